// Ratings, and the times between boosters.
#include <gtest/gtest.h>

#include "story.hpp"

namespace clinicsim {
namespace {

/// Measured from hour 100 to 200.
struct Measured {
    CourseObserver observer{Window{hour(100), hour(200), hours{100}, 2}, GroupGrid{}};
    const CourseTally& everybody() const { return observer.cells().front(); }
};

TEST(CourseObserver, SumsTheTimesBeforeTheBoostersOfTheMeasuredTime) {
    Measured story;
    const auto infusion = [&](std::int64_t at, VisitKind kind, std::int64_t since) {
        story.observer.on(InfusionGiven{hour(at), 0, {}, kind, true, true, hours{since}});
    };
    infusion(99, VisitKind::booster, 1000);  // in the warm-up
    infusion(100, VisitKind::booster, 10);
    infusion(120, VisitKind::induction, 500);
    infusion(140, VisitKind::rescue, 20);
    infusion(199, VisitKind::booster, 59);
    infusion(200, VisitKind::booster, 1);  // the end is not inside
    EXPECT_EQ(story.everybody().booster_ticks, ticks(hours{10 + 20 + 59}));
}

TEST(CourseObserver, CountsEveryPatientWithABoosterOnceByTheirOwnMean) {
    Measured story;
    const auto ends = [&](std::int64_t at, std::uint32_t boosters, std::int64_t sum) {
        story.observer.on(
            CareEnded{hour(at), hour(0), true, 0, {}, LeftBecause::pathway, boosters, hours{sum}});
    };
    ends(150, 3, 60);
    ends(200, 1, 100);
    ends(160, 0, 0);  // had none
    ends(50, 0, 0);   // before the measured time
    EXPECT_EQ(story.everybody().boosted, 2u);
    EXPECT_EQ(story.everybody().mean_booster_ticks, ticks(hours{20 + 100}));
}

TEST(CourseObserver, CountsRatingsOfTheMeasuredTimeAndThoseInResponse) {
    Measured story;
    for (const std::int64_t at : {99, 100, 150, 199, 200})
        story.observer.on(Rated{hour(at), 0, {}, 0.6, at != 150});
    EXPECT_EQ(story.everybody().ratings, 3u);
    EXPECT_EQ(story.everybody().ratings_in_response, 2u);
}

TEST(CourseTally, AddsWhatRatingsAndIntervalsCount) {
    CourseTally one, two;
    one.booster_ticks = 1, one.boosted = 2, one.mean_booster_ticks = 3;
    one.ratings = 4, one.ratings_in_response = 5;
    two = one;
    two.add(one);
    EXPECT_EQ(two.booster_ticks, 2);
    EXPECT_EQ(two.boosted, 4u);
    EXPECT_EQ(two.mean_booster_ticks, 6);
    EXPECT_EQ(two.ratings, 8u);
    EXPECT_EQ(two.ratings_in_response, 10u);
}

}  // namespace
}  // namespace clinicsim
