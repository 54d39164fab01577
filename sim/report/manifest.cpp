#include <algorithm>

#include "clinicsim/report/chair_use.hpp"
#include "clinicsim/report/csv.hpp"
#include "clinicsim/report/json.hpp"
#include "clinicsim/report/results_folder.hpp"
#include "clinicsim/version.hpp"
#include "json_text.hpp"

namespace clinicsim::report {

std::string manifest_json(const RunPlan& plan, const Finished* finished) {
    const Scenario& scenario = plan.scenario;
    // what is no JSON is kept as the text that it is
    Json resolved = Json::parse(scenario.resolved, nullptr, false);
    if (resolved.is_discarded()) resolved = scenario.resolved;
    Json all{{"clinicsim", kVersion},
             {"format", kResultFormat},
             {"compiler", plan.build.compiler},
             {"flags", plan.build.flags},
             {"scenario",
              {{"title", scenario.title},
               {"file", scenario.file},
               {"sha256", scenario.sha256},
               {"resolved", std::move(resolved)}}},
             {"seed", scenario.model.seed},
             {"replications", finished != nullptr ? finished->replications : scenario.replications},
             {"policies", plan.policies}};
    if (plan.precision) all["precision"] = *plan.precision;
    if (finished != nullptr && finished->interrupted) {
        all["interrupted"] = true;
        all["replications_asked"] = finished->asked;
    }
    return json_text(all);
}

std::vector<ResultFile> result_files(const RunPlan& plan, const Comparison& comparison) {
    const Finished finished{comparison.replications, comparison.replications_asked,
                            comparison.interrupted};
    std::vector<ResultFile> files{{"manifest.json", manifest_json(plan, &finished)},
                                  {"summary.json", summary_json(comparison)},
                                  {"summary.csv", summary_csv(comparison)},
                                  {"replications.csv", replications_csv(comparison)},
                                  {"differences.csv", differences_csv(comparison)}};
    if (std::any_of(comparison.policies.begin(), comparison.policies.end(),
                    [](const PolicyResult& policy) { return policy.chair_use.has_value(); }))
        files.push_back({"chair_use.csv", chair_use_csv(comparison)});
    return files;
}

}  // namespace clinicsim::report
