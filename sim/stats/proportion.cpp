#include "clinicsim/stats/proportion.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/binomial.hpp>

#include "clinicsim/base/check.hpp"

namespace clinicsim {

namespace {

using Plain = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using Binomial = boost::math::binomial_distribution<double, Plain>;

void check_share(std::uint64_t successes, std::uint64_t trials, double confidence) {
    CLINICSIM_CHECK(trials > 0 && successes <= trials, "a share of something");
    CLINICSIM_CHECK(confidence > 0 && confidence < 1, "a confidence lies inside (0, 1)");
}

/// Least k in [0, n] for which `holds`, which stays true once it is; n + 1 where it never is.
template <class Predicate>
std::uint64_t first_where(std::uint64_t n, Predicate holds) {
    std::uint64_t low = 0, high = n + 1;
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        if (holds(middle))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

}  // namespace

Interval wilson_interval(std::uint64_t successes, std::uint64_t trials, double confidence) {
    check_share(successes, trials, confidence);
    const double z = standard_normal_quantile((1 + confidence) / 2);
    const auto n = static_cast<double>(trials);
    const double p = static_cast<double>(successes) / n;
    const double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
    const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    // at the ends the bound is exact, and rounding would leave [0, 1]
    return {successes == 0 ? 0 : std::max(0.0, centre - half),
            successes == trials ? 1 : std::min(1.0, centre + half)};
}

Interval clopper_pearson_interval(std::uint64_t successes, std::uint64_t trials,
                                  double confidence) {
    check_share(successes, trials, confidence);
    const double outside = (1 - confidence) / 2;
    const auto n = static_cast<double>(trials), k = static_cast<double>(successes);
    return {successes == 0 ? 0 : Binomial::find_lower_bound_on_p(n, k, outside),
            successes == trials ? 1 : Binomial::find_upper_bound_on_p(n, k, outside)};
}

double limit_of_none_seen(double exposure, double confidence) {
    CLINICSIM_CHECK(exposure > 0, "nothing can be seen in no time");
    return -std::log((1 - confidence) / 2) / exposure;
}

std::optional<RankInterval> quantile_ranks(std::uint64_t n, double p, double confidence) {
    CLINICSIM_CHECK(p > 0 && p < 1, "a quantile's share lies inside (0, 1)");
    CLINICSIM_CHECK(confidence > 0 && confidence < 1, "a confidence lies inside (0, 1)");
    if (n == 0) return std::nullopt;
    // B ~ Bin(n, p) observations lie under the quantile; the ranks l and u enclose it when
    // l <= B < u
    const Binomial under{static_cast<double>(n), p};
    const double outside = (1 - confidence) / 2;
    const auto at_most = [&](std::uint64_t k) { return cdf(under, static_cast<double>(k)); };
    const auto more_than = [&](std::uint64_t k) {
        return cdf(complement(under, static_cast<double>(k)));
    };
    const std::uint64_t low = first_where(n, [&](std::uint64_t k) { return at_most(k) > outside; });
    const std::uint64_t high =
        1 + first_where(n, [&](std::uint64_t k) { return more_than(k) <= outside; });
    if (low == 0 || high > n) return std::nullopt;
    return RankInterval{low, high, 1 - at_most(low - 1) - more_than(high - 1)};
}

}  // namespace clinicsim
