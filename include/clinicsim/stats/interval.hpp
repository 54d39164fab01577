// What the replications say about a metric and about the difference of two policies: mean, spread
// between replications, 95 % interval. A replication in which a metric does not exist is not
// counted; what cannot be said is nothing, never 0 or NaN.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace clinicsim {

struct Interval {
    double low, high;
    bool operator==(const Interval&) const = default;
};

struct Estimate {
    std::optional<double> mean;
    std::optional<double> sd;      // between replications; nothing under two
    std::optional<Interval> ci95;  // nothing under two replications
    std::size_t n = 0;             // replications in which the metric exists
    bool operator==(const Estimate&) const = default;
};

/// One replication of a metric that is a ratio: events / exposure, sum of waits / waits.
struct Ratio {
    double numerator = 0;
    double denominator = 0;  // >= 0; 0: the metric does not exist in this replication
    bool operator==(const Ratio&) const = default;
};

/// One replication of a ratio less another one of the same patients (a clinic, and the same clinic
/// without limits).
struct Excess {
    Ratio of, less;
    bool operator==(const Excess&) const = default;
};

/// A policy minus the baseline.
struct Difference {
    Estimate estimate;  // n counts the replications in which both exist
    /// (var A + var B) / var(A - B): how many times as many independent runs would be needed for
    /// the same interval. Nothing where A - B does not vary.
    std::optional<double> variance_reduction;
    bool operator==(const Difference&) const = default;
};

/// Averages, counts and quantiles: mean over the replications, Student's interval.
Estimate student_estimate(std::span<const std::optional<double>> replications);

/// Rates, shares and mean waits: ratio of the sums, jackknife over replications (Quenouille 1956;
/// Miller 1974). `sd` is sqrt(n) x the jackknife standard error, the interval mean +- Student's
/// quantile with n - 1 degrees of freedom x that error.
Estimate ratio_estimate(std::span<const Ratio> replications);

/// Of averages, paired by replication: both spans are indexed by replication number and equally
/// long.
Difference difference_of_averages(std::span<const std::optional<double>> policy,
                                  std::span<const std::optional<double>> baseline);

/// Of ratios of sums, by a jackknife that leaves out a replication of both policies at once. The
/// variances of `variance_reduction` are those of the pseudo-values.
Difference difference_of_ratios(std::span<const Ratio> policy, std::span<const Ratio> baseline);

/// Ratio of sums less ratio of sums, by a jackknife that leaves out a replication of both at once.
/// A replication in which one of them does not exist is not counted.
Estimate excess_estimate(std::span<const Excess> replications);
/// Of two of them; all four leave out a replication at once.
Difference difference_of_excesses(std::span<const Excess> policy, std::span<const Excess> baseline);

/// The same with an interval wide enough that `together` of them all hold with 95 %, however they
/// depend on each other (Bonferroni 1936).
Estimate jointly(Estimate estimate, std::size_t together);

/// The same with an interval that ends where the quantity does: a count is not below 0.
Estimate within(Estimate estimate, double lowest, double highest);

/// Whether the interval begins or ends at the mean, or there is none in spite of replications: all
/// of them gave the same, and what was never seen may yet happen.
bool is_one_sided(const Estimate& estimate);

/// The farther end of the 95 % interval from the mean / |mean|; nothing without an interval or with
/// a mean of 0.
std::optional<double> relative_half_width(const Estimate& estimate);

/// The relative half-width at which to stop so that the true relative error is at most `wanted`
/// (Law 2015, section 9.4.1).
constexpr double stopping_half_width(double wanted) { return wanted / (1 + wanted); }

/// Quantile of Student's t, p in (0, 1), degrees of freedom > 0.
double student_quantile(double p, double degrees_of_freedom);
/// P(T > t) of Student's t, degrees of freedom > 0.
double student_tail(double t, double degrees_of_freedom);
/// Quantile of the standard normal, p in (0, 1).
double standard_normal_quantile(double p);

}  // namespace clinicsim
