#include "clinicsim/stats/interval.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "clinicsim/base/check.hpp"

namespace clinicsim {

namespace {

/// Plain doubles: long double differs between processors.
using Plain = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

struct Moments {
    double mean = 0;
    double variance = 0;  // divided by n - 1; 0 under two values
};

Moments moments_of(std::span<const double> values) {
    if (values.empty()) return {};
    const auto n = static_cast<double>(values.size());
    const double origin = values.front();  // so that a large common part costs no digits
    double sum = 0;
    for (const double x : values) sum += x - origin;
    const double shift = sum / n;
    double squares = 0, rest = 0;
    for (const double x : values) {
        const double d = x - origin - shift;
        squares += d * d;
        rest += d;  // 0 but for rounding (Chan, Golub & LeVeque 1983)
    }
    if (values.size() < 2) return {origin + shift, 0};
    return {origin + shift, std::max(0.0, squares - rest * rest / n) / (n - 1)};
}

/// `around` with the spread of `values`: the values themselves, or the pseudo-values of a
/// jackknife.
Estimate estimate_around(double around, std::span<const double> values) {
    Estimate estimate{around, std::nullopt, std::nullopt, values.size()};
    if (values.size() < 2) return estimate;
    const auto n = static_cast<double>(values.size());
    const double sd = std::sqrt(moments_of(values).variance);
    const double half = student_quantile(0.975, n - 1) * sd / std::sqrt(n);
    estimate.sd = sd;
    estimate.ci95 = Interval{around - half, around + half};
    return estimate;
}

/// A difference whose replications differ in the last bits only counts as constant.
std::optional<double> variance_reduction(std::span<const double> a, std::span<const double> b,
                                         std::span<const double> difference) {
    if (difference.size() < 2) return std::nullopt;
    double size = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        size = std::max(size, std::abs(a[i]) + std::abs(b[i]));
    const double noise = 4 * std::numeric_limits<double>::epsilon() * size;
    const double variance = moments_of(difference).variance;
    if (variance <= noise * noise) return std::nullopt;
    return (moments_of(a).variance + moments_of(b).variance) / variance;
}

struct Jackknife {
    double ratio = 0;  // of the sums
    std::vector<double> pseudo_values;

    Jackknife operator-(const Jackknife& other) const {
        Jackknife difference{ratio - other.ratio, {}};
        for (std::size_t i = 0; i < pseudo_values.size(); ++i)
            difference.pseudo_values.push_back(pseudo_values[i] - other.pseudo_values[i]);
        return difference;
    }
};

/// All denominators are positive.
Jackknife jackknife(std::span<const Ratio> ratios) {
    double above = 0, below = 0;
    for (const auto& r : ratios) above += r.numerator, below += r.denominator;
    Jackknife result{above / below, {}};
    if (ratios.size() < 2) {
        result.pseudo_values.assign(ratios.size(), result.ratio);
        return result;
    }
    // n R - (n - 1) R(without i), written so that two equal ratios leave exactly R: the difference
    // R - R(without i) is (y_i - R x_i) / (sum of x without i)
    const auto n = static_cast<double>(ratios.size());
    for (const auto& r : ratios) {
        const double own = r.numerator - result.ratio * r.denominator;
        result.pseudo_values.push_back(result.ratio + (n - 1) * own / (below - r.denominator));
    }
    return result;
}

bool exists(const Ratio& ratio) {
    CLINICSIM_CHECK(ratio.denominator >= 0, "an exposure or a count is not negative");
    return ratio.denominator > 0;
}
bool exists(const Excess& excess) { return exists(excess.of) && exists(excess.less); }

/// Of the replications in which both ratios exist, and which are `wanted` by their number.
template <class Wanted>
Jackknife excesses_where(std::span<const Excess> replications, Wanted wanted) {
    std::vector<Ratio> of, less;
    for (std::size_t i = 0; i < replications.size(); ++i) {
        if (!exists(replications[i]) || !wanted(i)) continue;
        of.push_back(replications[i].of);
        less.push_back(replications[i].less);
    }
    return of.empty() ? Jackknife{} : jackknife(of) - jackknife(less);
}

Difference difference_of(const Jackknife& a, const Jackknife& b) {
    const Jackknife difference = a - b;
    return {estimate_around(difference.ratio, difference.pseudo_values),
            variance_reduction(a.pseudo_values, b.pseudo_values, difference.pseudo_values)};
}

}  // namespace

double student_quantile(double p, double degrees_of_freedom) {
    CLINICSIM_CHECK(p > 0 && p < 1 && degrees_of_freedom > 0, "Student's quantile exists");
    return quantile(boost::math::students_t_distribution<double, Plain>{degrees_of_freedom}, p);
}

double student_tail(double t, double degrees_of_freedom) {
    CLINICSIM_CHECK(degrees_of_freedom > 0, "Student's law exists");
    return cdf(
        complement(boost::math::students_t_distribution<double, Plain>{degrees_of_freedom}, t));
}

double standard_normal_quantile(double p) {
    CLINICSIM_CHECK(p > 0 && p < 1, "the normal quantile exists");
    return quantile(boost::math::normal_distribution<double, Plain>{}, p);
}

Estimate student_estimate(std::span<const std::optional<double>> replications) {
    std::vector<double> values;
    for (const auto& value : replications)
        if (value) values.push_back(*value);
    if (values.empty()) return {};
    return estimate_around(moments_of(values).mean, values);
}

Estimate ratio_estimate(std::span<const Ratio> replications) {
    std::vector<Ratio> ratios;
    for (const auto& ratio : replications)
        if (exists(ratio)) ratios.push_back(ratio);
    if (ratios.empty()) return {};
    const Jackknife all = jackknife(ratios);
    return estimate_around(all.ratio, all.pseudo_values);
}

Difference difference_of_averages(std::span<const std::optional<double>> policy,
                                  std::span<const std::optional<double>> baseline) {
    CLINICSIM_CHECK(policy.size() == baseline.size(), "replications are paired by number");
    std::vector<double> a, b, difference;
    for (std::size_t i = 0; i < policy.size(); ++i) {
        if (!policy[i] || !baseline[i]) continue;
        a.push_back(*policy[i]);
        b.push_back(*baseline[i]);
        difference.push_back(*policy[i] - *baseline[i]);
    }
    if (difference.empty()) return {};
    return {estimate_around(moments_of(difference).mean, difference),
            variance_reduction(a, b, difference)};
}

Difference difference_of_ratios(std::span<const Ratio> policy, std::span<const Ratio> baseline) {
    CLINICSIM_CHECK(policy.size() == baseline.size(), "replications are paired by number");
    std::vector<Ratio> in_both_policy, in_both_baseline;
    for (std::size_t i = 0; i < policy.size(); ++i) {
        if (!exists(policy[i]) || !exists(baseline[i])) continue;
        in_both_policy.push_back(policy[i]);
        in_both_baseline.push_back(baseline[i]);
    }
    if (in_both_policy.empty()) return {};
    return difference_of(jackknife(in_both_policy), jackknife(in_both_baseline));
}

Estimate excess_estimate(std::span<const Excess> replications) {
    const auto found = excesses_where(replications, [](std::size_t) { return true; });
    return found.pseudo_values.empty() ? Estimate{}
                                       : estimate_around(found.ratio, found.pseudo_values);
}

Difference difference_of_excesses(std::span<const Excess> policy,
                                  std::span<const Excess> baseline) {
    CLINICSIM_CHECK(policy.size() == baseline.size(), "replications are paired by number");
    const auto a = excesses_where(policy, [&](std::size_t i) { return exists(baseline[i]); });
    const auto b = excesses_where(baseline, [&](std::size_t i) { return exists(policy[i]); });
    return a.pseudo_values.empty() ? Difference{} : difference_of(a, b);
}

Estimate jointly(Estimate estimate, std::size_t together) {
    CLINICSIM_CHECK(together > 0, "an interval holds together with itself at least");
    if (!estimate.ci95) return estimate;
    const double outside = 0.025 / static_cast<double>(together);
    const auto n = static_cast<double>(estimate.n);
    // where nothing varied the limits are those of an exponential tail
    const double times = *estimate.sd > 0
                             ? student_quantile(1 - outside, n - 1) / student_quantile(0.975, n - 1)
                             : std::log(outside) / std::log(0.025);
    const double mean = *estimate.mean;
    estimate.ci95 = Interval{mean - times * (mean - estimate.ci95->low),
                             mean + times * (estimate.ci95->high - mean)};
    return estimate;
}

Estimate within(Estimate estimate, double lowest, double highest) {
    if (estimate.ci95)
        estimate.ci95 = Interval{std::clamp(estimate.ci95->low, lowest, highest),
                                 std::clamp(estimate.ci95->high, lowest, highest)};
    return estimate;
}

bool is_one_sided(const Estimate& estimate) {
    if (!estimate.mean) return false;
    if (!estimate.ci95) return estimate.n >= 2;
    return (estimate.ci95->low == *estimate.mean) != (estimate.ci95->high == *estimate.mean);
}

std::optional<double> relative_half_width(const Estimate& estimate) {
    if (!estimate.ci95 || !estimate.mean || *estimate.mean == 0) return std::nullopt;
    const double mean = *estimate.mean;
    return std::max(estimate.ci95->high - mean, mean - estimate.ci95->low) / std::abs(mean);
}

}  // namespace clinicsim
