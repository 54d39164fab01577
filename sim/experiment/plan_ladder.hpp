// The choices of a plan as steps of a ladder, as the runs of the search have shown them.
#pragma once

#include "plan_choices.hpp"
#include "plan_judge.hpp"

namespace clinicsim::planning {

/// What the search saw of a step is that of its best choice.
std::vector<Step> ladder_of(const PlanRuns& runs, const Asked& asked, const Choices& choices);
/// The first choice of a step that clearly meets all targets.
std::optional<std::size_t> clearly_met_on(const PlanRuns& runs, const Asked& asked,
                                          const Choices& choices, std::size_t step);
/// Further down the ladder a target is met, or clearly nearer to it, that the last step misses: for
/// that target more is worse, and the last step stands for nothing but itself.
bool more_is_worse(const PlanRuns& runs, const Asked& asked, const Choices& choices);

}  // namespace clinicsim::planning
