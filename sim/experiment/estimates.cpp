#include "clinicsim/experiment/estimates.hpp"

#include <cmath>
#include <limits>

#include "clinicsim/observe/unseen.hpp"
#include "clinicsim/stats/proportion.hpp"

namespace clinicsim {

namespace {

std::vector<std::optional<double>> values_of(std::span<const MetricSample> samples) {
    std::vector<std::optional<double>> values;
    for (const MetricSample& sample : samples) values.push_back(sample.value());
    return values;
}
std::vector<Ratio> ratios_of(std::span<const MetricSample> samples) {
    std::vector<Ratio> ratios;
    for (const MetricSample& sample : samples)
        ratios.push_back(sample.exists ? Ratio{sample.numerator, sample.denominator} : Ratio{});
    return ratios;
}

std::vector<Excess> excesses_of(std::span<const MetricSample> samples) {
    std::vector<Excess> excesses;
    for (const MetricSample& sample : samples)
        excesses.push_back(sample.exists ? Excess{{sample.numerator, sample.denominator},
                                                  {sample.less_numerator, sample.less_denominator}}
                                         : Excess{});
    return excesses;
}

/// The ends that no value of the metric can be beyond.
Estimate in_bounds(Estimate found, MetricKind kind, std::string_view unit) {
    if (kind == MetricKind::excess || unit.starts_with("money")) return found;
    return within(found, 0, unit == "share" ? 1 : std::numeric_limits<double>::infinity());
}

/// What the replications add up to, where they are all of one kind.
struct Summed {
    double below = 0;        // sum of the denominators
    bool nothing = true;     // every replication gave 0
    bool everything = true;  // every case counts
};
Summed sum_of(std::span<const MetricSample> replications) {
    Summed sum;
    for (const MetricSample& one : replications) {
        if (!one.exists) continue;
        sum.below += one.denominator;
        sum.nothing &= one.value() == 0;
        sum.everything &= one.numerator == one.denominator;
    }
    return sum;
}

/// Of a metric that may happen although every replication gave 0.
std::optional<Interval> interval_of_none(const Unseen& unseen, double below) {
    switch (unseen.by) {
        case Unseen::By::constant:
            return Interval{0, 0};
        case Unseen::By::cases: {
            // as clopper_pearson_interval(), for as many cases as a double counts
            const double high = -std::expm1(-limit_of_none_seen(below));
            return Interval{0, high};
        }
        case Unseen::By::events: {
            const double high = unseen.most * limit_of_none_seen(below);
            return Interval{unseen.either_sign ? -high : 0, high};
        }
        case Unseen::By::unknown:
            break;
    }
    return std::nullopt;
}

}  // namespace

Estimate estimate(MetricKind kind, std::span<const MetricSample> replications) {
    if (kind == MetricKind::ratio) return ratio_estimate(ratios_of(replications));
    if (kind == MetricKind::excess) return excess_estimate(excesses_of(replications));
    return student_estimate(values_of(replications));
}

Estimate estimate_of_row(std::size_t metric, const MetricColumn& column, const Setting& setting) {
    const MetricRow& row = metric_rows()[metric];
    const std::vector<MetricSample> replications = column(metric);
    Estimate found = estimate(row.kind, replications);
    if (row.signed_share) return found;
    found = in_bounds(found, row.kind, row.unit);
    if (!found.ci95 || found.ci95->low != found.ci95->high) return found;
    const Unseen unseen = unseen_of(row, setting.measured_days());
    const Summed sum = sum_of(replications);
    if (sum.nothing && can_be_seen(row.name, setting.model, setting.policy)) {
        if (const auto quantile = waited_row(row)) {
            const Estimate waited = estimate_of_row(quantile->waited, column, setting);
            if (waited.ci95 && waited.ci95->high <= 1 - quantile->p) return found;
        }
        found.ci95 = interval_of_none(unseen, sum.below);
        return in_bounds(found, row.kind, row.unit);
    }
    if (unseen.by == Unseen::By::cases && sum.everything &&
        can_be_missed(row.name, setting.model, setting.policy))
        found.ci95 = Interval{1 - interval_of_none(unseen, sum.below)->high, 1};
    return found;
}

template <class Row>
Estimate estimate_of_part(const Row& row, std::span<const MetricSample> replications,
                          const Setting& setting) {
    Estimate found = in_bounds(estimate(row.kind, replications), row.kind, row.unit);
    const Summed sum = sum_of(replications);
    if (found.ci95 && sum.nothing && can_be_seen(row.name, setting.model, setting.policy))
        found.ci95 = interval_of_none(unseen_of_part(row.unit, setting.measured_days()), sum.below);
    return found;
}
template Estimate estimate_of_part(const StaffMetricRow&, std::span<const MetricSample>,
                                   const Setting&);
template Estimate estimate_of_part(const ChairMetricRow&, std::span<const MetricSample>,
                                   const Setting&);

Difference difference(MetricKind kind, std::span<const MetricSample> policy,
                      std::span<const MetricSample> baseline) {
    if (kind == MetricKind::ratio)
        return difference_of_ratios(ratios_of(policy), ratios_of(baseline));
    if (kind == MetricKind::excess)
        return difference_of_excesses(excesses_of(policy), excesses_of(baseline));
    return difference_of_averages(values_of(policy), values_of(baseline));
}

Difference difference(MetricKind kind, std::span<const MetricSample> policy,
                      std::span<const MetricSample> baseline, const Estimate& of_policy,
                      const Estimate& of_baseline) {
    Difference found = difference(kind, policy, baseline);
    auto& ci = found.estimate.ci95;
    if (!ci || ci->low != ci->high) return found;
    const auto unseen = [&](const Estimate& one) {
        return is_one_sided(one) || (kind == MetricKind::excess && one.mean == 0);
    };
    if (!unseen(of_policy) || !unseen(of_baseline)) return found;
    const auto &a = of_policy.ci95, &b = of_baseline.ci95;
    ci = a && b ? std::optional{Interval{a->low - b->high, a->high - b->low}} : std::nullopt;
    return found;
}

std::optional<bool> verdict(const Interval& ci, double lowest, double highest) {
    if (ci.low >= lowest && ci.high <= highest) return true;
    if (ci.high < lowest || ci.low > highest) return false;
    return std::nullopt;
}

TargetResult judge(const Target& target, const std::string& policy, const Estimate& found) {
    TargetResult result;
    result.policy = policy;
    result.text = target.text;
    result.metric = target.metric;
    result.estimate = found.mean;
    result.ci95 = found.ci95;
    result.expect_missed = target.expect_missed;
    result.because = target.because;
    result.published = target.published;
    result.lowest = target.lowest;
    result.highest = target.highest;
    if (found.ci95) result.met = verdict(*found.ci95, target.lowest, target.highest);
    return result;
}

}  // namespace clinicsim
