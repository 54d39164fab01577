#include "clinicsim/stats/histogram.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

constexpr auto kMost = std::numeric_limits<std::int64_t>::max();

TEST(Histogram, GivesTheObservationOfTheAskedRankExactlyForSmallValues) {
    Histogram h;
    for (const int value : {40, 0, 3, 3, 31, 0, 17, 63, 5, 8}) h.add(value);
    // in order: 0 0 3 3 5 8 17 31 40 63
    EXPECT_EQ(h.quantile(0), 0);
    EXPECT_EQ(h.quantile(0.2), 0);
    EXPECT_EQ(h.quantile(0.21), 3);
    EXPECT_EQ(h.quantile(0.5), 5);
    EXPECT_EQ(h.quantile(0.51), 8);
    EXPECT_EQ(h.quantile(0.9), 40);
    EXPECT_EQ(h.quantile(1), 63);
    EXPECT_EQ(h.zeros(), 2u);
    EXPECT_EQ(h.count(), 10u);
}

TEST(Histogram, TakesSevenPercentOfAHundredAsTheSeventhInSpiteOfBinaryFractions) {
    Histogram h;
    for (int value = 1; value <= 50; ++value) h.add(value, 2);
    ASSERT_GT(0.07 * 100, 7);
    EXPECT_EQ(h.quantile(0.07), 4);
    EXPECT_EQ(h.quantile(0.08), 4);
    EXPECT_EQ(h.quantile(0.081), 5);
}

TEST(Histogram, InterpolatesInsideABinFromItsFirstToItsLastTick) {
    Histogram h;  // the bin of 1024 holds 1024 .. 1055
    h.add(1024, 4);
    EXPECT_EQ(h.quantile(0.25), 1024 + 31.0 / 8);
    EXPECT_EQ(h.quantile(0.5), 1024 + 3 * 31.0 / 8);
    EXPECT_EQ(h.quantile(1), 1024 + 7 * 31.0 / 8);
}

TEST(Histogram, HasNoQuantileOfNothing) {
    EXPECT_FALSE(Histogram{}.quantile(0.5));
    EXPECT_EQ(Histogram{}.zeros(), 0u);
    Histogram h;
    h.add(1000, 0);
    EXPECT_EQ(h, Histogram{});
}

TEST(Histogram, BinsFollowEachOtherWithoutGapsUpToTheGreatestTick) {
    const std::size_t last = Histogram::bin_of(kMost);
    for (std::size_t bin = 0; bin < last; ++bin) {
        const auto start = static_cast<std::int64_t>(Histogram::bin_start(bin));
        const auto end = static_cast<std::int64_t>(Histogram::bin_start(bin + 1)) - 1;
        ASSERT_EQ(Histogram::bin_of(start), bin);
        ASSERT_EQ(Histogram::bin_of(end), bin);
        ASSERT_LE(32 * (end - start + 1), std::max<std::int64_t>(start, 32)) << bin;
    }
    EXPECT_EQ(Histogram::bin_start(last + 1), std::uint64_t{1} << 63);
    EXPECT_EQ(Histogram::bin_of(2048) - Histogram::bin_of(1024), 32u);
    Histogram h;
    h.add(kMost);
    EXPECT_NEAR(*h.quantile(0.5), 0x1p63, 0x1p58);
}

TEST(Histogram, IsNeverWrongByMoreThanAThirtySecondOfTheValue) {
    std::mt19937_64 dice{7};
    Histogram h;
    std::vector<std::int64_t> all;
    for (int i = 0; i < 20'000; ++i) {
        all.push_back(static_cast<std::int64_t>(dice() >> (24 + dice() % 38)));
        h.add(all.back());
    }
    std::ranges::sort(all);
    double worst = 0;
    for (std::size_t rank = 1; rank <= all.size(); rank += 7) {
        const auto exact = static_cast<double>(all[rank - 1]);
        const double p = static_cast<double>(rank) / static_cast<double>(all.size());
        const double error = std::abs(*h.quantile(p) - exact) / std::max(1.0, exact);
        ASSERT_LE(error, 1.0 / 32) << "p=" << p << ", exact " << exact;
        worst = std::max(worst, error);
    }
    EXPECT_GT(worst, 0.001) << "the values were too small to need a bin";
}

TEST(Histogram, MergesInAnyOrderToWhatOneWouldHaveSeen) {
    std::mt19937_64 dice{3};
    Histogram whole;
    std::vector<Histogram> parts(5);
    for (int i = 0; i < 5000; ++i) {
        const auto value = static_cast<std::int64_t>(dice() >> (2 + dice() % 60));
        whole.add(value);
        parts[dice() % parts.size()].add(value);
    }
    Histogram forward, backward;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        forward.merge(parts[i]);
        backward.merge(parts[parts.size() - 1 - i]);
    }
    EXPECT_EQ(forward, whole);
    EXPECT_EQ(backward, whole);
    EXPECT_NE(parts[0], whole);
}

TEST(HistogramDeathTest, RefusesNegativeTicks) {
    Histogram h;
    EXPECT_EXIT(h.add(-1), testing::ExitedWithCode(1), "no negative ticks");
}

}  // namespace
}  // namespace clinicsim
