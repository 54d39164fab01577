// Intervals without replications: for a share of independent cases, and for a quantile by the order
// of the observations.
#pragma once

#include <cstdint>
#include <optional>

#include "clinicsim/stats/interval.hpp"

namespace clinicsim {

/// Interval for a share by the score test (Wilson 1927): coverage close to `confidence` on average.
/// 0 <= successes <= trials, trials >= 1; inside [0, 1].
Interval wilson_interval(std::uint64_t successes, std::uint64_t trials, double confidence = 0.95);

/// Interval for a share whose coverage is never under `confidence` (Clopper & Pearson 1934).
Interval clopper_pearson_interval(std::uint64_t successes, std::uint64_t trials,
                                  double confidence = 0.95);

/// How often something may yet happen per unit of `exposure` (> 0) in which it never did: the upper
/// end of the exact Poisson interval (Garwood 1936), at 95 % 3.69 / exposure.
double limit_of_none_seen(double exposure, double confidence = 0.95);

/// The low-th and the high-th smallest of n observations (ranks from 1) enclose a quantile.
struct RankInterval {
    std::uint64_t low, high;
    double coverage;  // at least the asked confidence, for every continuous distribution
    bool operator==(const RankInterval&) const = default;
};

/// Ranks that enclose the p-quantile of n independent observations with at most (1 - confidence) /
/// 2 left out on either side (David & Nagaraja 2003, section 7.1). Nothing where n is too small.
std::optional<RankInterval> quantile_ranks(std::uint64_t n, double p, double confidence = 0.95);

}  // namespace clinicsim
