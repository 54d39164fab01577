#include "clinicsim/stats/time_weighted.hpp"

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

using namespace std::chrono_literals;

Instant at(Duration since_start) { return kRunStart + since_start; }

TEST(TimeWeighted, CountsOnlyTheMeasuredTime) {
    TimeWeighted chairs{at(60min), at(120min)};
    chairs.change(at(30min), +1);   // before the window: holds from 60 on
    chairs.change(at(90min), +1);   // two from 90
    chairs.change(at(100min), -1);  // one from 100
    chairs.change(at(150min), +5);  // after the window
    EXPECT_TRUE(chairs.integral() == Duration{30min + 2 * 10min + 20min}.count());
    EXPECT_EQ(chairs.covered(), 60min);
    EXPECT_DOUBLE_EQ(*chairs.time_average(), 70.0 / 60);
    EXPECT_EQ(chairs.level(), 6);
}

TEST(TimeWeighted, CountsTheLastLevelUpToTheEnd) {
    TimeWeighted patients{at(0min), at(100min), 3};
    patients.set(at(40min), 5);
    EXPECT_TRUE(patients.integral() == Duration{120min}.count());
    patients.close(at(1000min));
    EXPECT_TRUE(patients.integral() == Duration{3 * 40min + 5 * 60min}.count());
    EXPECT_DOUBLE_EQ(*patients.time_average(), 4.2);
}

TEST(TimeWeighted, EndsEarlyWhereItIsClosedEarlyAndCountsNothingMore) {
    TimeWeighted patients{at(0min), at(100min), 2};
    patients.close(at(50min));
    patients.change(at(60min), +7);
    patients.close(at(80min));
    EXPECT_TRUE(patients.integral() == Duration{100min}.count());
    EXPECT_DOUBLE_EQ(*patients.time_average(), 2);
}

TEST(TimeWeighted, ChangesOfOneInstantCountNothingByThemselves) {
    TimeWeighted chairs{at(0min), at(10min)};
    for (int i = 0; i < 100; ++i) chairs.change(at(5min), i % 2 == 0 ? +1000 : -1000);
    chairs.close(at(10min));
    EXPECT_TRUE(chairs.integral() == 0);
}

TEST(TimeWeighted, HasNoAverageOverNoTime) {
    TimeWeighted level{at(5min), at(5min), 1};
    level.close(at(9min));
    EXPECT_FALSE(level.time_average());
}

TEST(TimeWeightedDeathTest, RefusesToGoBackInTime) {
    TimeWeighted level{at(0min), at(10min)};
    level.set(at(6min), 1);
    EXPECT_EXIT(level.set(at(5min), 2), testing::ExitedWithCode(1), "in order of time");
}

}  // namespace
}  // namespace clinicsim
