// What `clinicsim plan` prints and writes: the answer for every policy, how sure it is, what one
// step less and one more would do, and what formulas say beside it.
#pragma once

#include <string>
#include <vector>

#include "clinicsim/experiment/plan.hpp"
#include "clinicsim/report/results_folder.hpp"
#include "clinicsim/report/table.hpp"

namespace clinicsim::report {

std::string plan_table(const Plan& plan, const TableStyle& style);
/// {"answer": {"clinic.chairs": 7}, "confidence": 0.95, "confirmed": true, "analytic": {…},
/// "curve": […], …}; the answer does for every policy that has targets, null where there is none.
std::string plan_json(const Plan& plan);
/// policy, a column per variable, target, unit, estimate, ci_low, ci_high, met, replications,
/// fresh, answer.
std::string plan_csv(const Plan& plan);
/// manifest.json, plan.json, plan.csv.
std::vector<ResultFile> plan_files(const RunPlan& run, const Plan& plan);

}  // namespace clinicsim::report
