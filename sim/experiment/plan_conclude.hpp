// What the answers of all policies come to.
#pragma once

#include "clinicsim/experiment/plan.hpp"
#include "plan_choices.hpp"

namespace clinicsim::planning {

/// Adds which target no choice meets, and whether chairs and staff are to blame.
void explain_none(PolicyPlan& policy, const Choices& choices);
/// The answer that does for every policy with targets, and whether all are confirmed.
void decide_for_all(Plan& plan, const Choices& choices);

}  // namespace clinicsim::planning
