// What a plan is asked, with all that was left to us decided.
#pragma once

#include <string>
#include <vector>

#include "plan_judge.hpp"

namespace clinicsim::planning {

constexpr const char* kChairs = "clinic.chairs";

inline bool is_of_a_metric(PlanAim aim) {
    return aim == PlanAim::lowest || aim == PlanAim::highest;
}

/// What a plan without targets keeps, each policy those whose visits there are: rescues alone would
/// be kept by too few chairs, for they go first.
std::vector<Target> usual_targets();
/// The question's own targets, else the scenario's, else the usual ones (true).
bool decide_targets(const Scenario& scenario, Plan& plan);
/// The policies that are named, else those of the question, else all, each with its targets.
std::vector<Asked> asked_of(const Scenario& scenario, const std::vector<std::string>& names,
                            PlanQuestion& question);
/// Runs of a plan that names no budget.
std::uint64_t usual_budget(double events_of_a_run, std::size_t policies);
/// From one chair to what must be enough.
PlanVariable chairs_around(const std::string& path, const std::vector<PolicyPlan>& policies);

/// The sites whose chairs a plan varies; all, where it varies none of a single site.
std::vector<bool> sites_that_count(const ClinicPlan& clinic, const std::vector<PlanVariable>& vary);

bool is_of_chairs(const PlanVariable& variable);

}  // namespace clinicsim::planning
