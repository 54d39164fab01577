#include "clinicsim/stats/tally.hpp"

#include <random>

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

Tally tally_of(const std::vector<std::int64_t>& values) {
    Tally tally;
    for (const auto value : values) tally.add(value);
    return tally;
}

TEST(Tally, CountsAndAveragesIntegers) {
    const Tally tally = tally_of({4, 7, 13, 16});
    EXPECT_EQ(tally.count(), 4u);
    EXPECT_TRUE(tally.sum() == 40);
    EXPECT_TRUE(tally.sum_of_squares() == 490);
    EXPECT_EQ(tally.min(), 4);
    EXPECT_EQ(tally.max(), 16);
    EXPECT_DOUBLE_EQ(*tally.mean(), 10);
    EXPECT_DOUBLE_EQ(*tally.variance(), 30);
    EXPECT_DOUBLE_EQ(*tally.sd(), std::sqrt(30.0));
}

TEST(Tally, HasNoMeanOfNothingAndNoSpreadOfOne) {
    Tally tally;
    EXPECT_FALSE(tally.mean() || tally.min() || tally.max() || tally.sd());
    tally.add(-3);
    EXPECT_EQ(tally.mean(), -3.0);
    EXPECT_EQ(tally.min(), -3);
    EXPECT_EQ(tally.max(), -3);
    EXPECT_FALSE(tally.sd());
}

TEST(Tally, KeepsTheVarianceOfLargeNumbersThatHardlyDiffer) {
    constexpr std::int64_t thousand_years = 31'557'600'000'000;
    const Tally tally = tally_of(
        {thousand_years + 4, thousand_years + 7, thousand_years + 13, thousand_years + 16});
    EXPECT_DOUBLE_EQ(*tally.variance(), 30);
    EXPECT_EQ(*tally_of({thousand_years, thousand_years, thousand_years}).sd(), 0);
    const Tally negative = tally_of(
        {-thousand_years - 4, -thousand_years - 7, -thousand_years - 13, -thousand_years - 16});
    EXPECT_DOUBLE_EQ(*negative.variance(), 30);
}

TEST(Tally, MergesInAnyOrderToWhatOneTallyWouldHaveSeen) {
    std::mt19937_64 dice{1};
    Tally whole;
    std::vector<Tally> parts(7);
    for (int i = 0; i < 1000; ++i) {
        const auto value = static_cast<std::int64_t>(dice() >> 18) - (std::int64_t{1} << 44);
        whole.add(value);
        parts[dice() % parts.size()].add(value);
    }
    Tally forward, backward;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        forward.merge(parts[i]);
        backward.merge(parts[parts.size() - 1 - i]);
    }
    EXPECT_EQ(forward, whole);
    EXPECT_EQ(backward, whole);
    EXPECT_NE(parts[0], whole);
    forward.merge(Tally{});
    EXPECT_EQ(forward, whole);
}

}  // namespace
}  // namespace clinicsim
