#include "clinicsim/stats/series.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

std::vector<double> falling_series() {
    std::vector<double> x;
    for (int i = 1; i <= 200; ++i)
        x.push_back(10 + 8 * std::exp(-i / 15.0) + std::sin(1.7 * i) + 0.5 * std::cos(0.37 * i));
    return x;
}

TEST(Mser5, DeletesTheWarmUpOfAKnownSeries) {
    const auto warm_up = mser5(falling_series());
    ASSERT_TRUE(warm_up);
    EXPECT_EQ(warm_up->observations, 35u);
    EXPECT_NEAR(warm_up->mser, 0.003950175, 5e-10);
    EXPECT_NEAR(warm_up->mean, 10.052809, 5e-7);
    EXPECT_FALSE(warm_up->too_short);
}

TEST(Mser5, SaysWhenASeriesIsTooShortToTell) {
    std::vector<double> trend;
    for (int i = 0; i < 100; ++i) trend.push_back(i);
    EXPECT_TRUE(mser5(trend)->too_short);
    EXPECT_EQ(mser5(trend)->observations, 50u);
    EXPECT_EQ(mser5(std::vector<double>(50, 3.0))->observations, 0u);
    EXPECT_FALSE(mser5(std::vector<double>(9, 3.0)));
}

TEST(BatchMeans, HaveTheIntervalOfAKnownSeries) {
    const Estimate e = batch_means(falling_series(), 10);
    EXPECT_EQ(e.n, 10u);
    EXPECT_NEAR(*e.mean, 10.574759, 5e-7);
    EXPECT_NEAR((e.ci95->high - e.ci95->low) / 2, 0.9852485, 5e-8);
}

TEST(BatchMeans, LeaveOutWhatFillsNoBatch) {
    const std::vector<double> x{1, 3, 5, 7, 100};
    EXPECT_EQ(batch_means(x, 2).mean, 4.0);
    EXPECT_EQ(batch_means(x, 6), Estimate{});
}

TEST(Lag1, IsTheCorrelationOfNeighbours) {
    EXPECT_NEAR(*lag1_correlation(falling_series()), 0.7063922, 5e-8);
    EXPECT_NEAR(*lag1_correlation(std::vector<double>{1, -1, 1, -1}), -0.75, 1e-15);
    EXPECT_FALSE(lag1_correlation(std::vector<double>{2, 2, 2}));
    EXPECT_FALSE(lag1_correlation(std::vector<double>{2}));
}

}  // namespace
}  // namespace clinicsim
