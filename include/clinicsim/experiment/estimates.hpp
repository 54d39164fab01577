// From a metric's replications to its estimate, its difference to the baseline and the verdict on a
// target.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "clinicsim/base/time.hpp"
#include "clinicsim/experiment/results.hpp"
#include "clinicsim/scenario/scenario.hpp"

namespace clinicsim {

/// Whose metric is estimated: says what can happen at all.
struct Setting {
    const Model& model;
    const PolicyModel& policy;
    double measured_days() const { return in_days(model.end - model.warm_up_end); }
};
/// One metric of every replication.
using MetricColumn = std::function<std::vector<MetricSample>(std::size_t metric)>;

/// A metric over replications, by its kind alone.
Estimate estimate(MetricKind kind, std::span<const MetricSample> replications);

/// A metric of metric_rows(). No interval leaves what the metric can be. Where nothing was seen of
/// what may happen, or no case failed, the interval is the exact Poisson or binomial one of
/// observe/unseen.hpp; there is none where nothing limits what may come.
Estimate estimate_of_row(std::size_t metric, const MetricColumn& column, const Setting& setting);

/// The same of a metric that every group of staff or kind of chair has.
template <class Row>
Estimate estimate_of_part(const Row& row, std::span<const MetricSample> replications,
                          const Setting& setting);

/// A policy less the baseline: both in the order of replications and equally many.
Difference difference(MetricKind kind, std::span<const MetricSample> policy,
                      std::span<const MetricSample> baseline);
/// The same beside the estimates of both: where neither saw anything, it is as uncertain as they
/// are.
Difference difference(MetricKind kind, std::span<const MetricSample> policy,
                      std::span<const MetricSample> baseline, const Estimate& of_policy,
                      const Estimate& of_baseline);

/// Whether a number whose 95 % interval is `ci` lies in [lowest, highest]: true when the interval
/// lies wholly inside, false when wholly outside, else not clear yet.
std::optional<bool> verdict(const Interval& ci, double lowest, double highest);
/// A target beside what was found for it.
TargetResult judge(const Target& target, const std::string& policy, const Estimate& found);

}  // namespace clinicsim
