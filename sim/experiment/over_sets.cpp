#include "clinicsim/experiment/over_sets.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "clinicsim/base/check.hpp"
#include "clinicsim/experiment/estimates.hpp"
#include "clinicsim/experiment/run.hpp"
#include "clinicsim/experiment/study.hpp"
#include "clinicsim/experiment/workers.hpp"
#include "study_readings.hpp"

namespace clinicsim {

namespace {

/// One number of all sets.
struct Column {
    std::vector<Estimate> of_sets;                    // [set], of its own replications
    std::vector<std::optional<double>> replications;  // [replication], each alone
    /// Falls on days of ratings or whole numbers, which taking chance off would leave.
    bool on_a_grid = false;
};

/// Of who has none because it is a time that is not reached: infinite.
std::optional<double> value_of(const Estimate& found) {
    if (found.mean) return found.mean;
    if (found.ci95 && !std::isfinite(found.ci95->high))
        return std::numeric_limits<double>::infinity();
    return std::nullopt;
}

/// Interpolated between neighbours (type 7 of Hyndman and Fan 1996).
double quantile(const std::vector<double>& sorted, double p) {
    const double at = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const double over = at - static_cast<double>(below);
    if (over == 0 || sorted[below] == sorted[below + 1]) return sorted[below];
    return sorted[below] + over * (sorted[below + 1] - sorted[below]);
}

OverSets summary(const Column& column, const TargetResult& target) {
    OverSets result;
    result.sets = column.of_sets.size();
    std::vector<double> values;
    std::size_t never = 0;
    for (const Estimate& one : column.of_sets)
        if (const auto value = value_of(one)) {
            if (std::isfinite(*value))
                values.push_back(*value);
            else
                ++never;
        }
    if (values.size() > 1 && !column.on_a_grid)
        if (const auto split = variance_split(column.replications, result.sets))
            values = without_chance(values, *split, kReplicationsOfSet);
    values.insert(values.end(), never, std::numeric_limits<double>::infinity());
    if (values.empty()) return result;
    result.met =
        static_cast<std::size_t>(std::count_if(values.begin(), values.end(), [&](double value) {
            return value >= target.lowest && value <= target.highest;
        }));
    std::sort(values.begin(), values.end());
    result.middle = Interval{quantile(values, 0.05), quantile(values, 0.95)};
    return result;
}

// --- studies ------------------------------------------------------------------------------------

std::optional<std::vector<OverSets>> of_study(const Scenario& scenario, std::size_t sets,
                                              std::span<const TargetResult> targets,
                                              const OverSetsOptions& options) {
    const Study& study = *scenario.study;
    std::vector<std::vector<Estimate>> found(sets);                             // [set][outcome]
    std::vector<std::vector<MetricSample>> samples(kReplicationsOfSet * sets);  // [replication]
    // a set is one item: what its patients went through is not kept
    const std::size_t done = do_items(
        sets, options.threads, options.stop,
        [&](std::size_t set) {
            std::vector<std::vector<Reading>> readings(study.outcomes.size());
            for (std::uint32_t turn = 0; turn < kReplicationsOfSet; ++turn) {
                const std::size_t replication = turn * sets + set;
                auto read =
                    readings_of(study, scenario.model.patients.courses, scenario.model.seed,
                                static_cast<std::uint32_t>(replication), scenario.model.dates);
                for (std::size_t i = 0; i < read.size(); ++i) {
                    samples[replication].push_back(read[i].sample);
                    readings[i].push_back(std::move(read[i]));
                }
            }
            for (std::size_t i = 0; i < readings.size(); ++i)
                found[set].push_back(estimate_of(study.outcomes[i], readings[i]));
        },
        [](std::size_t) {});
    if (done < sets) return std::nullopt;
    std::vector<OverSets> result;
    for (const TargetResult& target : targets) {
        const auto at = std::find_if(study.outcomes.begin(), study.outcomes.end(),
                                     [&](const auto& o) { return o.name == target.metric; });
        CLINICSIM_CHECK(at != study.outcomes.end(), "targets were checked before the runs");
        const auto i = static_cast<std::size_t>(at - study.outcomes.begin());
        Column column;
        column.on_a_grid = at->kind == StudyOutcome::Kind::median_time ||
                           at->kind == StudyOutcome::Kind::median_event_time ||
                           at->kind == StudyOutcome::Kind::median_infusions;
        for (const auto& of_set : found) column.of_sets.push_back(of_set[i]);
        for (const auto& one : samples) column.replications.push_back(one[i].value());
        result.push_back(summary(column, target));
    }
    return result;
}

// --- clinics ------------------------------------------------------------------------------------

/// A metric of all replications of a policy, and its kind.
struct Samples {
    MetricKind kind;
    std::vector<MetricSample> replications;
};

template <class Rows>
Samples samples_of(const Rows& rows, const std::vector<std::vector<MetricSample>>& replications,
                   std::size_t metric) {
    Samples result{rows[metric].kind, {}};
    for (const auto& one : replications) result.replications.push_back(one[metric]);
    return result;
}

Samples samples_of(const PolicyResult& policy, const std::string& metric) {
    const auto of_part = [&](const auto& rows, const std::vector<PartResult>& parts,
                             const auto& named) {
        const auto part = std::find_if(parts.begin(), parts.end(),
                                       [&](const auto& one) { return one.group == named.second; });
        CLINICSIM_CHECK(part != parts.end(), "targets were checked before the runs");
        return samples_of(rows, part->samples, named.first);
    };
    if (const auto at = metric_index(metric)) return samples_of(metric_rows(), policy.samples, *at);
    if (const auto named = staff_metric(metric))
        return of_part(staff_metric_rows(), policy.staff, *named);
    const auto named = chair_metric(metric);
    CLINICSIM_CHECK(named.has_value(), "targets were checked before the runs");
    return of_part(chair_metric_rows(), policy.chairs, *named);
}

std::optional<std::vector<OverSets>> of_clinic(const Scenario& scenario, std::size_t sets,
                                               std::span<const TargetResult> targets,
                                               const OverSetsOptions& options) {
    RunOptions run;
    run.threads = options.threads;
    run.stop = options.stop;
    run.replications = static_cast<std::uint32_t>(kReplicationsOfSet * sets);
    for (const TargetResult& target : targets)
        if (std::find(run.policies.begin(), run.policies.end(), target.policy) ==
            run.policies.end())
            run.policies.push_back(target.policy);
    const Comparison found = run_comparison(scenario, run);
    if (found.interrupted) return std::nullopt;
    std::vector<OverSets> result;
    for (const TargetResult& target : targets) {
        const auto policy =
            std::find_if(found.policies.begin(), found.policies.end(),
                         [&](const auto& one) { return one.name == target.policy; });
        CLINICSIM_CHECK(policy != found.policies.end(), "its policies are run");
        const Samples samples = samples_of(*policy, target.metric);
        Column column;
        for (const MetricSample& one : samples.replications)
            column.replications.push_back(one.value());
        for (std::size_t set = 0; set < sets; ++set) {
            std::vector<MetricSample> own;
            for (std::size_t turn = 0; turn < kReplicationsOfSet; ++turn)
                own.push_back(samples.replications[turn * sets + set]);
            column.of_sets.push_back(estimate(samples.kind, own));
        }
        result.push_back(summary(column, target));
    }
    return result;
}

}  // namespace

std::optional<std::vector<OverSets>> over_sets(const Scenario& scenario, std::size_t sets,
                                               std::span<const TargetResult> targets,
                                               const OverSetsOptions& options) {
    CLINICSIM_CHECK(sets > 0 && options.threads > 0, "there are sets, and threads to run them");
    return scenario.study ? of_study(scenario, sets, targets, options)
                          : of_clinic(scenario, sets, targets, options);
}

}  // namespace clinicsim
