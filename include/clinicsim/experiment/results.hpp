// What a comparison of policies found: plain data, complete, for the reports. Nothing of it depends
// on the machine, the number of threads or the time of day. Estimates are as stats/interval.hpp
// says: averages, quantiles and counts by Student, ratios by jackknife.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clinicsim/clinic/model.hpp"
#include "clinicsim/experiment/chair_use.hpp"
#include "clinicsim/observe/chair_metrics.hpp"
#include "clinicsim/observe/metrics.hpp"
#include "clinicsim/observe/staff_metrics.hpp"
#include "clinicsim/scenario/scenario.hpp"
#include "clinicsim/stats/interval.hpp"
#include "clinicsim/stats/variance_split.hpp"

namespace clinicsim {

struct GroupResult {
    std::string by;                 // "condition", "severity" or "site"
    std::string is;                 // "depression", "severe", …
    std::vector<Estimate> metrics;  // in the order of metric_rows(); those that are not
                                    // by_group have n = 0 and are left out of reports
    bool operator==(const GroupResult&) const = default;
};

/// How patients went through one pathway, per replication, in the measured time.
struct PathwayFlow {
    std::string of;  // the condition or severity whose pathway it is; empty: everybody's
    std::vector<Flow> flows;
};

/// What was found of one group of staff or equipment, or of the chairs of a site or kind.
struct PartResult {
    std::string group;
    std::vector<Estimate> metrics;                   // in the order of the part's rows
    std::vector<std::vector<MetricSample>> samples;  // [replication][metric]
};
struct PartDifference {
    std::string group;
    std::vector<Difference> metrics;  // in the order of the part's rows
};

/// Patients who got no infusions for a reason that the screening found, in the measured time.
struct ScreenedOut {
    std::string reason;
    Estimate share;  // of who was screened
    std::string standing, source;
};

struct PolicyResult {
    std::string name;
    bool withholds_drug = false;                     // a placebo, or nothing, for somebody
    std::vector<Estimate> metrics;                   // in the order of metric_rows()
    std::vector<std::vector<MetricSample>> samples;  // [replication][metric]
    std::vector<GroupResult> groups;                 // conditions, severities, sites, as asked for
    std::vector<PathwayFlow> pathways;               // as many as the policy has pathways
    std::vector<ScreenedOut> screened_out;           // in the order of the scenario
    std::optional<ChairUse> chair_use{};             // where it was asked for
    std::vector<PartResult> staff;                   // [staff_parts()], by staff_metric_rows()
    std::vector<PartResult> chairs{};                // [chair_parts()], by chair_metric_rows()

    /// By the name of any metric, "staff_utilisation.nurse" included; null: there is none.
    const Estimate* find(std::string_view metric) const;
};

struct PolicyDifference {
    std::string policy;
    std::string baseline;
    std::vector<Difference> metrics;  // in the order of metric_rows()
    std::vector<PartDifference> staff{}, chairs{};
    /// The same over parameter sets that fit about as well; empty where the courses have none, or
    /// no set was met twice.
    std::vector<std::optional<VarianceSplit>> splits;
};

struct TargetResult {
    std::string policy;
    std::string text;  // as the scenario writes it
    std::string metric;
    std::optional<bool> met;  // true, false (clearly missed), or not clear yet
    std::optional<double> estimate;
    std::optional<Interval> ci95;
    bool expect_missed = false;
    std::string because;             // why it is not met; may be empty
    Published published;             // the number that the target stands for
    double lowest = 0, highest = 0;  // of the target, in the metric's unit; may be infinite
    /// What makes the program end with exit code 5.
    bool against_expectation() const { return met && *met == expect_missed; }
};

struct Comparison {
    std::string title, file, sha256;  // of the scenario
    std::uint64_t seed = 0;
    std::uint32_t replications = 0;  // finished for all policies: what everything here is made of
    double warm_up_days = 0, horizon_days = 0;
    std::string courses;                        // their standing, in words
    std::string currency;                       // of money; empty where there are no costs
    std::vector<PolicyResult> policies;         // in the order of the scenario
    std::vector<PolicyDifference> differences;  // every other policy, when the baseline was run
    std::vector<TargetResult> targets;          // by target, then policy
    std::vector<std::string> warnings;          // sentences for the reader
    /// So many differences of one metric hold together with 95 %; 0: each by itself.
    std::size_t differences_together = 0;
    bool interrupted = false;               // stopped before all replications were done
    std::uint32_t replications_asked = 0;   // > replications where interrupted
    std::optional<bool> precision_reached;  // where a precision was asked for
    RunCount count;                         // of the replications above, all policies together
};

}  // namespace clinicsim
