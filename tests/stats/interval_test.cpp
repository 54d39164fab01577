#include "clinicsim/stats/interval.hpp"

#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

using Values = std::vector<std::optional<double>>;

TEST(StudentQuantile, AgreesWithThePublishedTable) {
    const std::vector<std::pair<int, double>> table{{1, 12.706205}, {2, 4.302653},  {4, 2.776445},
                                                    {9, 2.262157},  {19, 2.093024}, {29, 2.045230},
                                                    {99, 1.984217}};
    for (const auto& [df, quantile] : table)
        EXPECT_NEAR(student_quantile(0.975, df), quantile, 5e-7) << df;
    EXPECT_NEAR(student_quantile(0.025, 4), -2.776445, 5e-7);
    EXPECT_NEAR(standard_normal_quantile(0.975), 1.959963984540054, 1e-14);
}

TEST(StudentEstimate, GivesTheMeanAndIntervalOfTenNumbers) {
    Values x{4.2, 3.9, 5.1, 4.4, 4.8, 3.7, 4.6, 5.0, 4.1, 4.3};
    const Estimate e = student_estimate(x);
    EXPECT_EQ(e.n, 10u);
    EXPECT_NEAR(*e.mean, 4.41, 1e-14);
    EXPECT_NEAR(*e.sd, 0.4629615, 5e-8);
    EXPECT_NEAR((e.ci95->high - e.ci95->low) / 2, 0.3311827, 5e-8);
    EXPECT_NEAR((e.ci95->high + e.ci95->low) / 2, 4.41, 1e-14);
    EXPECT_NEAR(*relative_half_width(e), 0.07509812, 5e-9);
    EXPECT_NEAR(stopping_half_width(0.1), 0.09090909, 5e-9);

    for (auto& value : x) *value += 1e9;
    const Estimate far = student_estimate(x);
    EXPECT_NEAR(*far.sd * *far.sd, 0.2143333, 5e-7);
}

TEST(StudentEstimate, CountsOnlyReplicationsInWhichTheMetricExists) {
    const Estimate e = student_estimate(Values{std::nullopt, 1.0, std::nullopt, 3.0});
    EXPECT_EQ(e.n, 2u);
    EXPECT_EQ(e.mean, 2.0);
    EXPECT_NEAR(*e.sd, std::sqrt(2.0), 1e-15);
    EXPECT_EQ(student_estimate(Values{std::nullopt, 1.5}),
              (Estimate{.mean = 1.5, .sd = {}, .ci95 = {}, .n = 1}));
    EXPECT_EQ(student_estimate(Values{std::nullopt}), Estimate{});
    EXPECT_EQ(student_estimate({}), Estimate{});
    EXPECT_FALSE(relative_half_width(student_estimate(Values{1.5})));
    EXPECT_FALSE(relative_half_width(student_estimate(Values{-1.0, 1.0})));
}

TEST(RatioEstimate, DividesTheSums) {
    // the ratio is 7/6; without the first, second, third replication 6/5, 4/4, 4/3
    const std::vector<Ratio> ratios{{1, 1}, {3, 2}, {3, 3}};
    const Estimate e = ratio_estimate(ratios);
    const double r = 7.0 / 6, p1 = 3 * r - 2 * 6.0 / 5, p2 = 3 * r - 2 * 4.0 / 4,
                 p3 = 3 * r - 2 * 4.0 / 3, m = (p1 + p2 + p3) / 3;
    const double sd =
        std::sqrt(((p1 - m) * (p1 - m) + (p2 - m) * (p2 - m) + (p3 - m) * (p3 - m)) / 2);
    EXPECT_EQ(e.n, 3u);
    EXPECT_NEAR(*e.mean, r, 1e-15);
    EXPECT_NEAR(*e.sd, sd, 1e-14);
    EXPECT_NEAR(e.ci95->high, r + 4.30265272991 * sd / std::sqrt(3.0), 1e-10);
}

TEST(RatioEstimate, OfEqualDenominatorsIsTheAverage) {
    const Values x{4.2, 3.9, 5.1, 4.4, 4.8, 3.7};
    std::vector<Ratio> ratios;
    for (const auto& value : x) ratios.push_back({*value * 7, 7});
    const Estimate average = student_estimate(x), ratio = ratio_estimate(ratios);
    EXPECT_NEAR(*ratio.mean, *average.mean, 1e-14);
    EXPECT_NEAR(*ratio.sd, *average.sd, 1e-14);
    EXPECT_NEAR(ratio.ci95->low, average.ci95->low, 1e-14);
}

TEST(RatioEstimate, DoesNotCountReplicationsWithoutADenominator) {
    EXPECT_EQ(ratio_estimate(std::vector<Ratio>{{0, 0}, {1, 4}, {0, 0}, {3, 4}}),
              ratio_estimate(std::vector<Ratio>{{1, 4}, {3, 4}}));
    EXPECT_EQ(ratio_estimate(std::vector<Ratio>{{0, 0}, {1, 4}}),
              (Estimate{.mean = 0.25, .sd = {}, .ci95 = {}, .n = 1}));
    EXPECT_EQ(ratio_estimate(std::vector<Ratio>{{0, 0}}), Estimate{});
    const Estimate never = ratio_estimate(std::vector<Ratio>{{0, 3}, {0, 5}});
    EXPECT_EQ(never.mean, 0.0);
    EXPECT_EQ(never.ci95, (Interval{0, 0}));
}

/// The jackknife's standard error as the textbook has it: leave one out, sum again, no
/// pseudo-values.
double textbook_error(const std::vector<Ratio>& a, const std::vector<Ratio>* b) {
    const auto without = [](const std::vector<Ratio>& all, std::size_t out) {
        double above = 0, below = 0;
        for (std::size_t i = 0; i < all.size(); ++i)
            if (i != out) above += all[i].numerator, below += all[i].denominator;
        return above / below;
    };
    std::vector<double> left;
    for (std::size_t i = 0; i < a.size(); ++i)
        left.push_back(without(a, i) - (b ? without(*b, i) : 0.0));
    const auto n = static_cast<double>(left.size());
    const double mean = std::accumulate(left.begin(), left.end(), 0.0) / n;
    double squares = 0;
    for (const double x : left) squares += (x - mean) * (x - mean);
    return std::sqrt((n - 1) / n * squares);
}

TEST(RatioEstimate, AgreesWithTheTextbookJackknife) {
    std::mt19937_64 dice{11};
    std::uniform_real_distribution<double> uniform{0.5, 4};
    for (std::size_t n : {2u, 3u, 10u, 57u}) {
        std::vector<Ratio> a, b;
        for (std::size_t i = 0; i < n; ++i) {
            a.push_back({uniform(dice), uniform(dice)});
            b.push_back({a.back().numerator + uniform(dice), uniform(dice)});
        }
        const auto count = static_cast<double>(n);
        const double error = textbook_error(a, nullptr);
        const Estimate e = ratio_estimate(a);
        EXPECT_NEAR(*e.sd, std::sqrt(count) * error, 1e-12 * *e.sd);
        EXPECT_NEAR(e.ci95->high - *e.mean, student_quantile(0.975, count - 1) * error, 1e-11);

        const Difference d = difference_of_ratios(b, a);
        const double paired = textbook_error(b, &a);
        EXPECT_NEAR(*d.estimate.mean, *ratio_estimate(b).mean - *e.mean, 1e-12);
        EXPECT_NEAR(*d.estimate.sd, std::sqrt(count) * paired, 1e-11 * *d.estimate.sd);
        EXPECT_EQ(d.estimate.n, n);
        const double other = textbook_error(b, nullptr);
        EXPECT_NEAR(*d.variance_reduction, (error * error + other * other) / (paired * paired),
                    1e-9 * *d.variance_reduction);
    }
}

TEST(DifferenceOfAverages, IsPairedByReplicationNumber) {
    const Values policy{5.0, 7.0, std::nullopt, 12.0, 8.0}, baseline{4.0, 5.0, 2.0, 9.0, {}};
    const Difference d = difference_of_averages(policy, baseline);  // 1, 2, 3
    EXPECT_EQ(d.estimate.n, 3u);
    EXPECT_EQ(d.estimate.mean, 2.0);
    EXPECT_EQ(d.estimate.sd, 1.0);
    EXPECT_NEAR(d.estimate.ci95->high, 2 + 4.30265272991 / std::sqrt(3.0), 1e-10);
    EXPECT_NEAR(*d.variance_reduction, 13 + 7, 1e-12);  // var {5,7,12} + var {4,5,9} over 1
}

TEST(Differences, OfAPolicyFromItselfAreZeroAndHaveNoVarianceReduction) {
    const Values x{0.1, 0.7, 0.3};
    const Difference same = difference_of_averages(x, x);
    EXPECT_EQ(same.estimate.ci95, (Interval{0, 0}));
    EXPECT_FALSE(same.variance_reduction);
    const Difference constant = difference_of_averages(Values{0.4, 1.0, 0.6}, x);
    EXPECT_NEAR(*constant.estimate.mean, 0.3, 1e-15);
    EXPECT_FALSE(constant.variance_reduction) << "only the last bits differ";

    const std::vector<Ratio> r{{1, 3}, {2, 7}, {5, 11}};
    const Difference ratios = difference_of_ratios(r, r);
    EXPECT_EQ(ratios.estimate.mean, 0.0);
    EXPECT_EQ(ratios.estimate.ci95, (Interval{0, 0}));
    EXPECT_FALSE(ratios.variance_reduction);
}

TEST(Differences, NeedBothPoliciesInAReplication) {
    const Difference one = difference_of_averages(Values{1.0, {}}, Values{3.0, 4.0});
    EXPECT_EQ(one.estimate, (Estimate{.mean = -2.0, .sd = {}, .ci95 = {}, .n = 1}));
    EXPECT_FALSE(one.variance_reduction);
    EXPECT_EQ(difference_of_averages(Values{1.0, {}}, Values{{}, 4.0}), Difference{});
    const std::vector<Ratio> early{{1, 2}, {0, 0}}, late{{0, 0}, {1, 2}};
    EXPECT_EQ(difference_of_ratios(early, late), Difference{});
    const std::vector<Ratio> both{{1, 4}, {9, 9}};
    EXPECT_EQ(difference_of_ratios(early, both).estimate,
              (Estimate{.mean = 0.25, .sd = {}, .ci95 = {}, .n = 1}));
}

TEST(ExcessEstimate, IsThePairedDifferenceOfItsTwoRatios) {
    const std::vector<Ratio> of{{5, 10}, {9, 12}, {4, 9}}, less{{2, 11}, {3, 12}, {3, 8}};
    std::vector<Excess> excesses, none;
    for (std::size_t i = 0; i < of.size(); ++i) {
        excesses.push_back({of[i], less[i]});
        none.push_back({of[i], of[i]});
    }
    const Estimate e = excess_estimate(excesses);
    EXPECT_EQ(e, difference_of_ratios(of, less).estimate);
    EXPECT_NEAR(*e.mean, 18.0 / 31 - 8.0 / 31, 1e-15);
    EXPECT_EQ(excess_estimate(none).ci95, (Interval{0, 0}));
    const Difference d = difference_of_excesses(excesses, none);
    EXPECT_EQ(d.estimate, e) << "less something that is 0 in every replication";
    EXPECT_NEAR(*d.variance_reduction, 1, 1e-12);
}

TEST(ExcessEstimate, NeedsBothRatiosInAReplication) {
    const std::vector<Excess> some{{{1, 2}, {0, 0}}, {{3, 4}, {1, 4}}, {{0, 0}, {1, 2}}};
    EXPECT_EQ(excess_estimate(some), (Estimate{.mean = 0.5, .sd = {}, .ci95 = {}, .n = 1}));
    EXPECT_EQ(excess_estimate(std::vector<Excess>{some[0], some[2]}), Estimate{});
    const std::vector<Excess> others{{{1, 1}, {1, 1}}, {{0, 0}, {0, 0}}, {{1, 1}, {1, 1}}};
    EXPECT_EQ(difference_of_excesses(some, others), Difference{}) << "no replication has both";
    EXPECT_EQ(difference_of_excesses(some, some).estimate.n, 1u);
}

// Coverage of the 95 % intervals. One check in a million fails for a correct program.
constexpr double kOneInAMillion = 4.8916;

testing::AssertionResult covers_95_percent(int hits, int of) {
    const double tolerance = kOneInAMillion * std::sqrt(0.95 * 0.05 / of);
    const double share = static_cast<double>(hits) / of;
    if (std::abs(share - 0.95) <= tolerance) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "covers " << share << ", expected 0.95 +- " << tolerance;
}

bool holds(const Interval& interval, double truth) {
    return interval.low <= truth && truth <= interval.high;
}

TEST(StudentEstimate, CoversTheTrueMeanOfFiveNormalsIn95OutOf100) {
    std::mt19937_64 dice{20260105};
    std::normal_distribution<double> normal{3, 2};
    constexpr int runs = 20'000;
    int hits = 0, hits_of_normal_quantile = 0, hits_of_differences = 0;
    for (int run = 0; run < runs; ++run) {
        Values x, y;
        for (int i = 0; i < 5; ++i) {
            x.emplace_back(normal(dice));
            y.emplace_back(*x.back() + normal(dice));  // common part cancels: true difference 3
        }
        const Estimate e = student_estimate(x);
        hits += holds(*e.ci95, 3);
        const double half = 1.96 * *e.sd / std::sqrt(5.0);
        hits_of_normal_quantile += holds({*e.mean - half, *e.mean + half}, 3);
        hits_of_differences += holds(*difference_of_averages(y, x).estimate.ci95, 3);
    }
    EXPECT_TRUE(covers_95_percent(hits, runs));
    EXPECT_TRUE(covers_95_percent(hits_of_differences, runs));
    EXPECT_FALSE(covers_95_percent(hits_of_normal_quantile, runs)) << "the check lost its power";
}

TEST(RatioEstimate, CoversTheTrueRatioOfCorrelatedSumsIn95OutOf100) {
    // events = 2 x exposure + noise, exposure uniform on 1..3: the ratio is 2
    std::mt19937_64 dice{77};
    std::uniform_real_distribution<double> exposure{1, 3};
    std::normal_distribution<double> noise{0, 0.5};
    constexpr int runs = 4000;
    int hits = 0, hits_of_numerator_alone = 0, hits_of_differences = 0;
    for (int run = 0; run < runs; ++run) {
        std::vector<Ratio> a, b;
        Values fixed_denominator;
        for (int i = 0; i < 30; ++i) {
            const double x = exposure(dice), z = exposure(dice), shared = noise(dice);
            a.push_back({2 * x + shared, x});
            b.push_back({3 * z + shared + noise(dice), z});
            fixed_denominator.emplace_back(a.back().numerator / 2);
        }
        const Estimate ratio = ratio_estimate(a);
        hits += holds(*ratio.ci95, 2);
        hits_of_differences += holds(*difference_of_ratios(b, a).estimate.ci95, 1);
        // the spread of the events alone ignores that they go with the exposure: far too wide
        const double half = *relative_half_width(student_estimate(fixed_denominator)) * *ratio.mean;
        hits_of_numerator_alone += holds({*ratio.mean - half, *ratio.mean + half}, 2);
    }
    EXPECT_TRUE(covers_95_percent(hits, runs));
    EXPECT_TRUE(covers_95_percent(hits_of_differences, runs));
    EXPECT_FALSE(covers_95_percent(hits_of_numerator_alone, runs)) << "the check lost its power";
}

}  // namespace
}  // namespace clinicsim
