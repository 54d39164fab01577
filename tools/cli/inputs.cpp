#include "inputs.hpp"

#include <algorithm>
#include <cstdio>

#include "clinicsim/observe/chair_metrics.hpp"
#include "clinicsim/observe/metrics.hpp"
#include "clinicsim/observe/staff_metrics.hpp"
#include "failure.hpp"
#include "suggest.hpp"

namespace clinicsim::cli {

Loaded load(const std::string& file, const Request& request) {
    std::vector<MetricUnit> metrics;
    for (const MetricRow& row : metric_rows())
        metrics.push_back({std::string{row.name}, std::string{row.unit}});
    for (const StaffMetricRow& row : staff_metric_rows())
        metrics.push_back({part_metric_name(row.name, "*"), std::string{row.unit}});
    for (const ChairMetricRow& row : chair_metric_rows())
        metrics.push_back({part_metric_name(row.name, "*"), std::string{row.unit}, true});
    ReadResult read = read_scenario(file, request.overrides, metrics);
    for (const Diagnostic& diagnostic : read.diagnostics)
        std::fputs(text(diagnostic).c_str(), stderr);
    if (read.scenario) return {std::move(read.scenario), kDone};
    return {std::nullopt, read.unreadable ? kFile : kWrong};
}

std::vector<std::size_t> selected_policies(const Scenario& scenario, const Request& request) {
    std::vector<std::string> known;
    for (const PolicyModel& policy : scenario.policies) known.push_back(policy.choice.name);
    for (const std::string& name : request.policies)
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            std::string all;
            for (const std::string& one : known) all += (all.empty() ? "" : ", ") + one;
            throw Failure{kUsage, "--policy: the scenario has no policy '" + name + "'" +
                                      did_you_mean(name, known) + " (there are: " + all + ")"};
        }
    std::vector<std::size_t> selected;
    for (std::size_t i = 0; i < known.size(); ++i)
        if (request.policies.empty() || std::find(request.policies.begin(), request.policies.end(),
                                                  known[i]) != request.policies.end())
            selected.push_back(i);
    return selected;
}

std::vector<std::string> policy_names(const Scenario& scenario,
                                      const std::vector<std::size_t>& selected) {
    std::vector<std::string> names;
    for (const std::size_t i : selected) names.push_back(scenario.policies[i].choice.name);
    return names;
}

}  // namespace clinicsim::cli
