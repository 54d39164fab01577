// What stands around an answer, and what an owner must know of it beside its targets.
#pragma once

#include <string>
#include <vector>

#include "plan_judge.hpp"

namespace clinicsim::planning {

/// Those among `among` whose goal differs from the answer's by no more than the indifference, by
/// the replications of the search that both have; the answer is not among them.
std::vector<std::size_t> ties_of(const PlanRuns& runs, const Asked& asked,
                                 const std::vector<std::size_t>& among, std::size_t answer,
                                 double indifference);

/// Waiting room, who is sent home, overtime, use of chairs and staff, contribution: those that
/// exist, from the block of the answer's replications that has the most.
std::vector<PlanFact> facts_of(const PlanRuns& runs, const Asked& asked, const ClinicPlan& clinic,
                               std::size_t answer);

/// Says so where patients sit for long and no target limits that.
void explain_waiting_room(PolicyPlan& policy, const Asked& asked);

}  // namespace clinicsim::planning
