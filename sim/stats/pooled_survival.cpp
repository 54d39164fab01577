#include "clinicsim/stats/pooled_survival.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "clinicsim/base/check.hpp"

namespace clinicsim {

namespace {

/// Neighbouring replications are left out together, at most so many times: enough degrees of
/// freedom, and a long run does not fit Cox's model thousands of times.
constexpr std::size_t kMostGroups = 20;

/// Patients by group of replications; equal times and causes stand once.
using Groups = std::vector<std::vector<FollowUp>>;

void merge_equal(std::vector<FollowUp>& patients) {
    std::sort(patients.begin(), patients.end(), [](const FollowUp& a, const FollowUp& b) {
        return a.time < b.time || (a.time == b.time && a.cause < b.cause);
    });
    std::size_t kept = 0;
    for (const FollowUp& one : patients)
        if (kept > 0 && patients[kept - 1].time == one.time &&
            patients[kept - 1].cause == one.cause)
            patients[kept - 1].count += one.count;
        else
            patients[kept++] = one;
    patients.resize(kept);
}

Groups groups_of(Replicated replications) {
    const std::size_t n = replications.size(), groups = std::min(n, kMostGroups);
    Groups result(groups);
    for (std::size_t r = 0; r < n; ++r) {
        auto& group = result[r * groups / n];
        group.insert(group.end(), replications[r].begin(), replications[r].end());
    }
    for (auto& group : result) merge_equal(group);
    return result;
}

std::vector<FollowUp> all_but(const Groups& groups, std::size_t left_out) {
    std::vector<FollowUp> result;
    for (std::size_t g = 0; g < groups.size(); ++g)
        if (g != left_out) result.insert(result.end(), groups[g].begin(), groups[g].end());
    merge_equal(result);
    return result;
}
std::vector<FollowUp> all_of(const Groups& groups) { return all_but(groups, groups.size()); }

/// Student's half-width from the values that leave out one group each; nothing of one group.
std::optional<double> half_width(const std::vector<double>& without) {
    const auto g = static_cast<double>(without.size());
    if (g < 2) return std::nullopt;
    double mean = 0, squares = 0;
    for (const double value : without) mean += value / g;
    for (const double value : without) squares += (value - mean) * (value - mean);
    return student_quantile(0.975, g - 1) * std::sqrt((g - 1) / g * squares);
}

double level_at(const SurvivalCurve& curve, double time) {
    double level = 1;
    for (const SurvivalStep& step : curve)
        if (step.time <= time) level = step.survival;
    return level;
}

/// Least time at which the curve is at `level` or under it; nothing where it stays over it.
std::optional<double> time_at(const SurvivalCurve& curve, double level) {
    if (!(level > 0)) return std::nullopt;
    return level < 1 ? time_quantile(curve, 1 - level) : 0;
}

}  // namespace

Estimate pooled_median(Replicated replications, int cause, bool competing) {
    const auto curve_of = [&](std::span<const FollowUp> patients) {
        return competing ? free_of(patients, cause) : kaplan_meier(patients, cause);
    };
    constexpr double kHalf = 0.5, kForEver = std::numeric_limits<double>::infinity();
    Estimate result;
    for (const auto& one : replications)
        result.n += time_quantile(curve_of(one), kHalf).has_value();
    const Groups groups = groups_of(replications);
    const std::vector<FollowUp> all = all_of(groups);
    if (all.empty()) return result;
    const SurvivalCurve curve = curve_of(all);
    result.mean = time_quantile(curve, kHalf);
    const double last = all.back().time, at = result.mean.value_or(last);

    std::vector<double> levels;
    for (std::size_t g = 0; g < groups.size(); ++g)
        levels.push_back(level_at(curve_of(all_but(groups, g)), at));
    const auto half = half_width(levels);
    if (!half) return result;
    // the least time at which the level cannot be told from a half, and the greatest
    const double low = time_at(curve, kHalf + *half).value_or(last);
    const double high = result.mean ? time_at(curve, kHalf - *half).value_or(kForEver) : kForEver;
    result.ci95 = Interval{low, high};
    return result;
}

Estimate pooled_hazard_ratio(Replicated a, Replicated b, int cause) {
    CLINICSIM_CHECK(a.size() == b.size(), "both arms of every replication");
    Estimate result;
    for (std::size_t r = 0; r < a.size(); ++r)
        result.n += hazard_ratio(a[r], b[r], cause).has_value();
    const Groups groups_a = groups_of(a), groups_b = groups_of(b);
    const auto all = hazard_ratio(all_of(groups_a), all_of(groups_b), cause);
    if (!all) return result;
    result.mean = all->ratio;
    std::vector<double> logarithms;
    for (std::size_t g = 0; g < groups_a.size(); ++g) {
        const auto without = hazard_ratio(all_but(groups_a, g), all_but(groups_b, g), cause);
        if (!without) return result;  // one group alone decides whether there is a ratio
        logarithms.push_back(std::log(without->ratio));
    }
    if (const auto half = half_width(logarithms))
        result.ci95 = Interval{all->ratio * std::exp(-*half), all->ratio * std::exp(*half)};
    return result;
}

}  // namespace clinicsim
