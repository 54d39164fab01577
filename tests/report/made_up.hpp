// Comparisons made by hand: every metric has a value per replication, and the estimates are those
// of the experiment room.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "clinicsim/experiment/fold.hpp"
#include "clinicsim/experiment/results.hpp"
#include "clinicsim/observe/metrics.hpp"

namespace clinicsim {

/// metric -> its value in replication 0, 1, …; ratios get a denominator of 2.
using MadeUp = std::map<std::string, std::vector<double>>;

inline std::vector<MetricSample> column_of(const PolicyResult& policy, std::size_t metric) {
    std::vector<MetricSample> samples;
    for (const auto& replication : policy.samples) samples.push_back(replication[metric]);
    return samples;
}

inline PolicyResult made_up_policy(const std::string& name, std::size_t replications,
                                   const MadeUp& values) {
    PolicyResult policy;
    policy.name = name;
    const auto rows = metric_rows();
    policy.samples.assign(replications, std::vector<MetricSample>(rows.size()));
    for (std::size_t metric = 0; metric < rows.size(); ++metric) {
        const auto found = values.find(std::string{rows[metric].name});
        if (found != values.end())
            for (std::size_t r = 0; r < replications && r < found->second.size(); ++r)
                policy.samples[r][metric] = rows[metric].kind == MetricKind::ratio
                                                ? MetricSample{2 * found->second[r], 2, true}
                                                : MetricSample{found->second[r], 1, true};
        policy.metrics.push_back(estimate(rows[metric].kind, column_of(policy, metric)));
    }
    return policy;
}

/// The first policy is the baseline.
inline Comparison made_up(std::uint32_t replications,
                          const std::vector<std::pair<std::string, MadeUp>>& policies) {
    Comparison all;
    all.title = "A small clinic";
    all.file = "small.yaml";
    all.sha256 = std::string(64, 'a');
    all.seed = 7;
    all.replications = all.replications_asked = replications;
    all.warm_up_days = 365;
    all.horizon_days = 1826;
    all.courses = "assumed, not calibrated";
    for (const auto& [name, values] : policies)
        all.policies.push_back(made_up_policy(name, replications, values));
    for (std::size_t i = 1; i < all.policies.size(); ++i) {
        PolicyDifference found{all.policies[i].name, all.policies[0].name, {}};
        for (std::size_t metric = 0; metric < metric_rows().size(); ++metric)
            found.metrics.push_back(difference(metric_rows()[metric].kind,
                                               column_of(all.policies[i], metric),
                                               column_of(all.policies[0], metric)));
        all.differences.push_back(std::move(found));
    }
    return all;
}

}  // namespace clinicsim
