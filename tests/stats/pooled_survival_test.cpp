// Medians and hazard ratios over replications of which some have none.
#include "clinicsim/stats/pooled_survival.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "clinicsim/random/engine.hpp"

namespace clinicsim {
namespace {

using Patients = std::vector<FollowUp>;

/// Exponential times with this median, followed for `days`.
std::vector<Patients> exponential(std::uint32_t replications, std::uint32_t patients, double median,
                                  double days, std::uint64_t seed) {
    std::vector<Patients> result(replications);
    for (std::uint32_t r = 0; r < replications; ++r)
        for (std::uint32_t patient = 0; patient < patients; ++patient) {
            Engine e{{seed, r, patient, Purpose::arrival, 0}};
            const double time = -median / std::log(2) * std::log(1 - uniform01(e));
            result[r].push_back({std::min(time, days), time < days ? 1 : 0});
        }
    return result;
}

Patients joined(const std::vector<Patients>& replications) {
    Patients all;
    for (const Patients& one : replications) all.insert(all.end(), one.begin(), one.end());
    return all;
}

/// The mean over the replications that have a median: what must not be shown.
double mean_of_those_with_one(const std::vector<Patients>& replications) {
    double sum = 0, n = 0;
    for (const Patients& one : replications)
        if (const auto median = time_quantile(kaplan_meier(one))) sum += *median, n += 1;
    return sum / n;
}

TEST(PooledMedian, IsThatOfAllPatientsAndNotTheMeanOverWhoReachedIt) {
    // followed hardly longer than the median: about a third of the replications do not reach it
    const auto replications = exponential(400, 60, 100, 105, 1);
    const Estimate found = pooled_median(replications);
    EXPECT_EQ(found.mean, time_quantile(kaplan_meier(joined(replications))));
    EXPECT_GT(found.n, 200u);
    EXPECT_LT(found.n, 350u);
    // sd of a median of N: 1 / (2 f(m) root N) = 100 / ln 2 / root N; 4.9 of them: 1 in 10^6
    const double se = 100 / std::log(2) / std::sqrt(400 * 60.0);
    EXPECT_NEAR(found.mean.value(), 100, 4.9 * se);
    ASSERT_TRUE(found.ci95);
    EXPECT_NEAR((found.ci95->high - found.ci95->low) / 2, 2.09 * se, 0.6 * 2.09 * se);
    EXPECT_LT(mean_of_those_with_one(replications), 100 - 4.9 * se) << "the biased mean fails";
}

TEST(PooledMedian, IsNotReachedWhereHalfOfAllHaveNoEventThoughSomeReplicationsReachIt) {
    const auto replications = exponential(40, 60, 100, 90, 2);  // 53.6 % at the end
    const Estimate found = pooled_median(replications);
    EXPECT_FALSE(found.mean);
    EXPECT_GT(found.n, 0u);
    EXPECT_LT(mean_of_those_with_one(replications), 90) << "a number where there is none";
    ASSERT_TRUE(found.ci95);
    EXPECT_GT(found.ci95->low, 80);
    EXPECT_LE(found.ci95->low, 90);
    EXPECT_EQ(found.ci95->high, std::numeric_limits<double>::infinity());
}

TEST(PooledMedian, HasAnIntervalThatHoldsTheTruthAsOftenAsItSays) {
    int held = 0;
    constexpr int kRuns = 400;
    for (int run = 0; run < kRuns; ++run) {
        const auto found = pooled_median(exponential(20, 50, 100, 300, 100 + run)).ci95;
        held += found && found->low <= 100 && 100 <= found->high;
    }
    // 95 %, with 4.9 binomial sd below: 1 in 10^6; an interval of half the width holds 67 %
    EXPECT_GT(held, kRuns * (0.95 - 4.9 * std::sqrt(0.95 * 0.05 / kRuns)));
}

TEST(PooledMedian, OfNobodyIsNothingAndOfOneReplicationHasNoInterval) {
    EXPECT_EQ(pooled_median({}), Estimate{});
    EXPECT_EQ(pooled_median(std::vector<Patients>(3)), Estimate{});
    const auto one = exponential(1, 50, 100, 300, 3);
    EXPECT_TRUE(pooled_median(one).mean);
    EXPECT_FALSE(pooled_median(one).ci95);
}

TEST(PooledMedian, OfWhatCompetesIsLaterThanWhereTheOtherCauseIsCensored) {
    // by hand: of four, one leaves (2) at 1, the event (1) comes to the others at 2, 3 and 4;
    // 1 - incidence is 3/4, 1/2, 1/4, and Kaplan-Meier 2/3, 1/3, 0
    const std::vector<Patients> four{{{1, 2}, {2, 1}, {3, 1}, {4, 1}}};
    EXPECT_EQ(pooled_median(four, 1, true).mean, 3);
    EXPECT_EQ(pooled_median(four, 1, false).mean, 3);
    const std::vector<Patients> more{{{1, 2}, {2, 1}, {3, 1}, {4, 2}, {5, 2}}};
    EXPECT_FALSE(pooled_median(more, 1, true).mean) << "two of five have the event";
    EXPECT_EQ(pooled_median(more, 1, false).mean, 3);
    const SurvivalCurve free = free_of(more[0], 1);
    ASSERT_EQ(free.size(), 5u);
    EXPECT_NEAR(free.back().survival, 0.6, 1e-15);
    EXPECT_NEAR(restricted_mean(free, 6).mean, 2 + 0.8 + 0.6 * 3, 1e-12);
}

TEST(PooledHazardRatio, IsThatOfAllPatientsWhereFewReplicationsHaveOne) {
    // four patients an arm: often no event while both are at risk, or all in one arm
    const auto a = exponential(400, 4, 200, 50, 4), b = exponential(400, 4, 100, 50, 5);
    const Estimate found = pooled_hazard_ratio(a, b);
    const auto all = hazard_ratio(joined(a), joined(b));
    ASSERT_TRUE(all && found.mean && found.ci95);
    EXPECT_NEAR(*found.mean, all->ratio, 1e-9);
    EXPECT_LT(found.n, 300u);
    double sum = 0, n = 0;
    for (std::size_t r = 0; r < a.size(); ++r)
        if (const auto one = hazard_ratio(a[r], b[r])) sum += one->ratio, n += 1;
    EXPECT_NEAR(std::log(*found.mean), std::log(0.5), 4.9 * all->se_log);  // 1 in 10^6
    EXPECT_GT(std::log(sum / n), std::log(0.5) + 4.9 * all->se_log)
        << "the mean of the others fails";
    const double half = std::log(found.ci95->high / found.ci95->low) / 2;
    EXPECT_NEAR(half, 2.09 * all->se_log, 0.6 * 2.09 * all->se_log) << "as Cox's own";
}

}  // namespace
}  // namespace clinicsim
