#include "clinicsim/stats/proportion.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

void expect_interval(Interval found, double low, double high) {
    EXPECT_NEAR(found.low, low, 5e-8);
    EXPECT_NEAR(found.high, high, 5e-8);
}

TEST(Shares, HaveThePublishedIntervals) {
    expect_interval(wilson_interval(0, 20), 0, 0.1611252);
    expect_interval(clopper_pearson_interval(0, 20), 0, 0.1684335);
    expect_interval(wilson_interval(3, 20), 0.05236875, 0.3604189);
    expect_interval(clopper_pearson_interval(3, 20), 0.03207094, 0.3789268);
    expect_interval(wilson_interval(1000, 1000), 0.9961732, 1);
    expect_interval(clopper_pearson_interval(1000, 1000), 0.9963179, 1);
    EXPECT_EQ(wilson_interval(0, 20).low, 0);
    EXPECT_EQ(wilson_interval(1000, 1000).high, 1);
}

TEST(NoneSeen, LeavesTheRuleOfThreeAndItsExactForm) {
    EXPECT_NEAR(limit_of_none_seen(1), 3.6888794541139363, 1e-12);  // Garwood's table, 0 events
    EXPECT_NEAR(limit_of_none_seen(1, 0.90), 2.995732273553991, 1e-12);
    EXPECT_NEAR(limit_of_none_seen(20), 3.6888794541139363 / 20, 1e-12);
    // of many rare cases the binomial limit is the same
    EXPECT_NEAR(clopper_pearson_interval(0, 1'000'000).high, limit_of_none_seen(1e6), 1e-10);
}

TEST(Shares, AreSymmetricInSuccessAndFailure) {
    for (std::uint64_t k : {0u, 1u, 7u, 30u}) {
        const Interval yes = clopper_pearson_interval(k, 30),
                       no = clopper_pearson_interval(30 - k, 30);
        EXPECT_NEAR(yes.low, 1 - no.high, 1e-12);
        EXPECT_NEAR(wilson_interval(k, 30).low, 1 - wilson_interval(30 - k, 30).high, 1e-12);
        EXPECT_LE(yes.low, wilson_interval(k, 30).low + 1e-12);
    }
}

double binomial_probability(int n, int k, double p) {
    return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) +
                    k * std::log(p) + (n - k) * std::log1p(-p));
}

TEST(ClopperPearson, CoversAtLeastAsOftenAsItSays) {
    for (const double truth : {0.1, 0.37, 0.5}) {
        double covered = 0, covered_by_narrower = 0;
        for (int k = 0; k <= 40; ++k) {
            const auto successes = static_cast<std::uint64_t>(k);
            const Interval i = clopper_pearson_interval(successes, 40);
            const Interval narrower = clopper_pearson_interval(successes, 40, 0.8);
            const double weight = binomial_probability(40, k, truth);
            covered += i.low <= truth && truth <= i.high ? weight : 0;
            covered_by_narrower += narrower.low <= truth && truth <= narrower.high ? weight : 0;
        }
        EXPECT_GE(covered, 0.95) << truth;
        EXPECT_GE(covered_by_narrower, 0.8) << truth;
        EXPECT_LT(covered_by_narrower, 0.95) << truth;
    }
}

TEST(QuantileRanks, EncloseAQuantileWithThePublishedCoverage) {
    const struct {
        std::uint64_t n;
        double p;
        std::uint64_t low, high;
        double coverage;
    } table[] = {{100, 0.5, 40, 61, 0.964800},
                 {100, 0.9, 84, 96, 0.955690},
                 {1000, 0.95, 936, 964, 0.958095}};
    for (const auto& row : table) {
        const auto ranks = quantile_ranks(row.n, row.p);
        ASSERT_TRUE(ranks);
        EXPECT_EQ(ranks->low, row.low);
        EXPECT_EQ(ranks->high, row.high);
        EXPECT_NEAR(ranks->coverage, row.coverage, 5e-7);
    }
}

TEST(QuantileRanks, HaveTheCoverageOfTheBinomialAndNoNarrowerOnesWould) {
    for (const double p : {0.2, 0.5, 0.9}) {
        for (int n = 40; n <= 200; n += 20) {
            const auto ranks = quantile_ranks(static_cast<std::uint64_t>(n), p);
            ASSERT_TRUE(ranks);
            double below = 0, inside = 0, above = 0;
            for (int k = 0; k <= n; ++k) {
                const auto under = static_cast<std::uint64_t>(k);
                (under < ranks->low    ? below
                 : under < ranks->high ? inside
                                       : above) += binomial_probability(n, k, p);
            }
            EXPECT_NEAR(inside, ranks->coverage, 1e-10);
            EXPECT_LE(below, 0.025);
            EXPECT_LE(above, 0.025);
            const int low = static_cast<int>(ranks->low), high = static_cast<int>(ranks->high);
            EXPECT_GT(below + binomial_probability(n, low, p), 0.025);
            EXPECT_GT(above + binomial_probability(n, high - 1, p), 0.025);
        }
    }
}

TEST(QuantileRanks, DoNotExistForFewObservations) {
    EXPECT_FALSE(quantile_ranks(0, 0.5));
    EXPECT_FALSE(quantile_ranks(5, 0.5));
    EXPECT_FALSE(quantile_ranks(20, 0.95));
    EXPECT_EQ(quantile_ranks(6, 0.5)->low, 1u);
    EXPECT_EQ(quantile_ranks(6, 0.5)->high, 6u);
}

}  // namespace
}  // namespace clinicsim
