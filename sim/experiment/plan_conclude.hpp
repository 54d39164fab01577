// What the answers of all policies come to.
#pragma once

#include <optional>
#include <string>

#include "clinicsim/experiment/plan.hpp"
#include "plan_choices.hpp"

namespace clinicsim::planning {

/// Adds which target no choice meets, and whether chairs and staff are to blame, or `closure`, the
/// clinic's longest; or which targets pull apart.
void explain_none(PolicyPlan& policy, const Choices& choices, PlanAim aim,
                  const std::optional<std::string>& closure);
/// Adds that the answer is the least or the most of what may be chosen, and what that means.
void explain_edge(PolicyPlan& policy, const Plan& plan);
/// Adds that the answer has fewer chairs than the patients would keep busy, where it does.
void explain_overload(PolicyPlan& policy, const Plan& plan);
/// Adds what reading the answer warned of and reading the scenario did not: with longer hours, say,
/// that nobody works in them.
void pass_on_warnings(PolicyPlan& policy, const Scenario& answer, const Scenario& scenario);
/// The answer that does for every policy with targets, and whether all are confirmed.
void decide_for_all(Plan& plan, const Choices& choices);

}  // namespace clinicsim::planning
