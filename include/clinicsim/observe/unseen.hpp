// What can be said of a metric when nothing of what it counts was seen in any replication: without
// spread there is no interval by Student or jackknife, and "0 ± 0" would be a lie unless it cannot
// happen at all.
#pragma once

#include <optional>
#include <string_view>

#include "clinicsim/clinic/model.hpp"
#include "clinicsim/observe/metrics.hpp"

namespace clinicsim {

struct Unseen {
    /// constant: the same in every replication is believed. cases: a share of cases counted one by
    /// one, so the binomial law limits it from both ends. events: the Poisson law limits how often
    /// something happens per unit of the denominator, and `most` is what one adds to the numerator.
    /// unknown: there is no limit.
    enum class By : std::uint8_t { constant, cases, events, unknown };
    By by = By::constant;
    double most = 1;
    bool either_sign = false;  // what one adds may be below 0
};

/// Of an average or quantile: unknown or constant; a quantile is judged by waited_row().
Unseen unseen_of(const MetricRow& row, double measured_days);
/// Of a metric of staff or of a kind of chairs, by its unit.
Unseen unseen_of_part(std::string_view unit, double measured_days);

/// Whether what the metric counts can happen at all under this policy; yes where it is not plain
/// that it cannot.
bool can_be_seen(std::string_view metric, const Model& model, const PolicyModel& policy);
/// Of a share: whether a case can fail to count.
bool can_be_missed(std::string_view metric, const Model& model, const PolicyModel& policy);

/// A quantile of waits is 0 for sure when fewer wait at all than lie above it.
struct QuantileOf {
    double p;
    std::size_t waited;  // the metric that says how many waited
};
std::optional<QuantileOf> waited_row(const MetricRow& row);

}  // namespace clinicsim
