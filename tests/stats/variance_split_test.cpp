#include "clinicsim/stats/variance_split.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "clinicsim/random/engine.hpp"
#include "clinicsim/random/normal.hpp"
#include "clinicsim/stats/interval.hpp"

namespace clinicsim {
namespace {

using Replications = std::vector<std::optional<double>>;

TEST(VarianceSplit, IsTheArithmeticOfAOneWayAnalysis) {
    // sets {1, 3} and {5, 9}: means 2 and 7; within (1 + 1 + 4 + 4) / 2 = 5; between 2 x 2 x 2.5^2
    const auto split = variance_split(Replications{1, 5, 3, 9}, 2);
    ASSERT_TRUE(split);
    EXPECT_EQ(split->sets, 2u);
    EXPECT_DOUBLE_EQ(split->mean, 4.5);
    EXPECT_DOUBLE_EQ(split->sd_chance, std::sqrt(5.0));
    EXPECT_DOUBLE_EQ(split->sd_sets, std::sqrt((25.0 - 5) / 2));
    EXPECT_DOUBLE_EQ(split->half_chance, student_quantile(0.975, 2) * std::sqrt(5.0 / 4));
    EXPECT_DOUBLE_EQ(split->half_sets, standard_normal_quantile(0.975) * std::sqrt(10.0));
    EXPECT_DOUBLE_EQ(split->half_whole, std::hypot(split->half_chance, split->half_sets));
    EXPECT_EQ(split->share_other_sign, 0);
}

TEST(VarianceSplit, CountsTheSetsThatGoTheOtherWay) {
    // means of the sets: 4, -1, 3, 2
    const auto split = variance_split(Replications{5, -2, 3, 2, 3, 0, 3, 2}, 4);
    ASSERT_TRUE(split);
    EXPECT_DOUBLE_EQ(split->mean, 2);
    EXPECT_DOUBLE_EQ(split->share_other_sign, 0.25);
}

TEST(VarianceSplit, LeavesOutWhatIsNotThereAndTakesSetsOfUnequalSize) {
    const auto whole = variance_split(Replications{1, 5, 3, 9, 2}, 2);
    const auto gap = variance_split(Replications{1, 5, 3, 9, 2, std::nullopt}, 2);
    ASSERT_TRUE(whole && gap);
    EXPECT_EQ(whole->sd_sets, gap->sd_sets);
    EXPECT_EQ(whole->mean, gap->mean);
    // sets of 3 and 2: the usual size is 5 - 13 / 5
    const double within = (2.0 + 8) / 3, between = 3 * 4.0 + 2 * 9.0;
    EXPECT_DOUBLE_EQ(whole->sd_sets, std::sqrt((between - within) / 2.4));
}

TEST(VarianceSplit, SaysNothingWhereNoSetIsMetTwiceOrThereIsOneSetOnly) {
    EXPECT_FALSE(variance_split(Replications{1, 2, 3}, 3));
    EXPECT_FALSE(variance_split(Replications{1, 2, 3}, 1));
    EXPECT_FALSE(variance_split(Replications{}, 4));
    EXPECT_FALSE(variance_split(Replications{1, 2}, 0));
    EXPECT_FALSE(variance_split(Replications{1, std::nullopt, 2, std::nullopt}, 2))
        << "one set met";
}

TEST(VarianceSplit, TakesChanceOffTheSpreadOfTheSets) {
    // sets with sd 2, chance with sd 3, twice each: the means of sets have an sd of sqrt(4 + 9 / 2)
    constexpr std::uint32_t kSets = 4000;
    const auto made = [](double sd_sets) {
        Replications all;
        for (std::uint32_t r = 0; r < 2 * kSets; ++r) {
            Engine of_set{{1, 0, r % kSets, Purpose::test, 0}},
                of_chance{{1, r, 0, Purpose::test, 1}};
            all.push_back(10 + sd_sets * standard_normal(of_set) + 3 * standard_normal(of_chance));
        }
        return variance_split(all, kSets).value();
    };
    // the sd of a variance estimate from n normals is var x sqrt(2 / n)
    const double of_chance = 9 * std::sqrt(2.0 / kSets);
    const double of_sets = std::hypot(8.5 * std::sqrt(2.0 / kSets), of_chance / 2);
    const auto split = made(2);
    EXPECT_NEAR(split.sd_chance * split.sd_chance, 9, 4.8916 * of_chance);
    EXPECT_NEAR(split.sd_sets * split.sd_sets, 4, 4.8916 * of_sets);
    EXPECT_GT(std::abs(8.5 - 4), 4.8916 * of_sets) << "with chance left in it would be seen";
    EXPECT_LT(made(0).sd_sets, 1);
}

TEST(WithoutChance, DrawsTheSetsTogetherUntilTheySpreadAsTheyDoThemselves) {
    VarianceSplit split;
    split.sd_sets = 3;
    split.sd_chance = 4;  // of two replications: a variance of 8 beside 9
    const double kept = std::sqrt(9.0 / 17);
    const std::vector<double> own{2, 4, 9};
    const auto found = without_chance(own, split, 2);
    ASSERT_EQ(found.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_DOUBLE_EQ(found[i], 5 + kept * (own[i] - 5));
    split.sd_chance = 0;
    EXPECT_EQ(without_chance(own, split, 2), own);
    split.sd_sets = 0;
    EXPECT_EQ(without_chance(own, split, 2), own) << "nothing spreads: nothing to take off";
    split.sd_chance = 1;
    EXPECT_EQ(without_chance(own, split, 2), (std::vector<double>{5, 5, 5})) << "all of it chance";
}

}  // namespace
}  // namespace clinicsim
