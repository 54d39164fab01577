// What a comparison of policies found: plain data, complete, for the reports. Nothing of it depends
// on the machine, the number of threads or the time of day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clinicsim/clinic/model.hpp"
#include "clinicsim/observe/metrics.hpp"

namespace clinicsim {

struct Range {
    double low = 0, high = 0;
    bool operator==(const Range&) const = default;
};

/// A metric over replications. What does not exist (nothing observed; sd and interval: fewer than
/// two replications) is empty, never 0 or NaN.
struct MetricEstimate {
    std::optional<double> mean;  // ratios: sum of numerators / sum of denominators
    std::optional<double> sd;    // between replications; ratios: sqrt(n) x jackknife standard error
    std::optional<Range> ci95;  // Student; ratios: jackknife, Student with n - 1 degrees of freedom
    std::uint32_t n = 0;        // replications in which the metric exists
    bool operator==(const MetricEstimate&) const = default;
};

/// A policy less the baseline, paired by replication number.
struct MetricDifference {
    std::optional<double> mean;
    std::optional<Range> ci95;
    std::uint32_t n = 0;                       // replications in which both exist
    std::optional<double> variance_reduction;  // (var A + var B) / var(A - B): > 1 where pairing
                                               // helped; empty when the denominator is 0
    bool operator==(const MetricDifference&) const = default;
};

struct GroupResult {
    std::string by;                       // "condition" or "severity"
    std::string is;                       // "depression", "severe", …
    std::vector<MetricEstimate> metrics;  // in the order of metric_rows(); those that are not
                                          // by_group have n = 0 and are left out of reports
    bool operator==(const GroupResult&) const = default;
};

/// How patients went through one pathway, per replication, in the measured time.
struct PathwayFlow {
    std::string of;  // the condition or severity whose pathway it is; empty: everybody's
    std::vector<Flow> flows;
};

struct PolicyResult {
    std::string name;
    std::vector<MetricEstimate> metrics;             // in the order of metric_rows()
    std::vector<std::vector<MetricSample>> samples;  // [replication][metric]
    std::vector<GroupResult> groups;                 // conditions, then severities, as asked for
    std::vector<PathwayFlow> pathways;               // as many as the policy has pathways
};

struct PolicyDifference {
    std::string policy;
    std::string baseline;
    std::vector<MetricDifference> metrics;  // in the order of metric_rows()
};

struct TargetResult {
    std::string policy;
    std::string text;  // as the scenario writes it
    std::string metric;
    std::optional<bool> met;  // true, false (clearly missed), or not clear yet
    std::optional<double> estimate;
    std::optional<Range> ci95;
    bool expect_missed = false;
    std::string because;  // the reason of expect_missed
    /// What makes the program end with exit code 5.
    bool against_expectation() const { return met && *met == expect_missed; }
};

struct Comparison {
    std::string title, file, sha256;  // of the scenario
    std::uint64_t seed = 0;
    std::uint32_t replications = 0;  // finished for all policies: what everything here is made of
    double warm_up_days = 0, horizon_days = 0;
    std::vector<PolicyResult> policies;         // in the order of the scenario
    std::vector<PolicyDifference> differences;  // every other policy, when the baseline was run
    std::vector<TargetResult> targets;          // by target, then policy
    std::vector<std::string> warnings;          // sentences for the reader
    bool interrupted = false;                   // stopped before all replications were done
    std::uint32_t replications_asked = 0;       // > replications where interrupted
    std::optional<bool> precision_reached;      // where a precision was asked for
    RunCount count;                             // of the replications above, all policies together
};

}  // namespace clinicsim
