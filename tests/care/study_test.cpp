// Patients who follow a study's protocol without chance, so that every rating is known in closed
// form: tests of ratings, infusions, events, ends.
#include <cmath>

#include <gtest/gtest.h>

#include "study_protocol.hpp"

namespace clinicsim {
namespace {

// --- what a test of ratings says -----------------------------------------------------------------

TEST(RatingTest, ResponseAndRemissionAreThoseOfTheScaleAndIncludeTheirBounds) {
    const Scale scale{"MADRS", 32, 60, 0.5, 0.69};
    EXPECT_TRUE(response().holds(0.5, scale));
    EXPECT_FALSE(response().holds(0.4999, scale));
    EXPECT_TRUE(remission().holds(0.69, scale));
    EXPECT_FALSE(remission().holds(0.6899, scale));
    const RatingTest worse{RatingTest::What::worse, 0, false, 1, 1};
    EXPECT_TRUE(worse.holds(-0.001, scale));
    EXPECT_FALSE(worse.holds(0.0, scale)) << "as bad as before is not worse";
    const RatingTest half{RatingTest::What::at_least, 0.3, false, 1, 1};
    EXPECT_TRUE(half.holds(0.3, scale));
    EXPECT_FALSE(half.holds(0.29, scale));
}

TEST(RatingTest, ThreeOfTheLastFourLooksAtTheLastFourOnly) {
    const Scale scale;
    const RatingTest three = remission(3, 4);
    EXPECT_TRUE(three.holds({0.0, 0.7, 0.7, 0.1, 0.7}, scale));
    EXPECT_FALSE(three.holds({0.7, 0.7, 0.0, 0.1, 0.7}, scale)) << "two of the last four";
    EXPECT_TRUE(three.holds({0.7, 0.7, 0.7}, scale)) << "three are enough";
    EXPECT_FALSE(three.holds({0.7, 0.7}, scale));
    EXPECT_FALSE(three.holds(std::vector<double>{}, scale));
}

TEST(RatingTest, NoIsTheContraryOfTheWholeTest) {
    const Scale scale;
    RatingTest none = remission(2, 2);
    none.negated = true;
    EXPECT_TRUE(none.holds({0.7, 0.1}, scale));
    EXPECT_FALSE(none.holds({0.7, 0.7}, scale));
    EXPECT_TRUE((RatingTest{}.holds(std::vector<double>{}, scale))) << "always";
}

// --- infusions and ratings -----------------------------------------------------------------------

TEST(Follow, ARatingAtTheInstantOfAnInfusionIsTakenBeforeIt) {
    Protocol protocol{one_store(7)};
    protocol.phase().infusions = rhythm(7);
    protocol.phase().ratings.every = days(7);
    protocol.phase().lasts = Days{21};
    const PhaseRecord record = protocol.first();
    // 0.8, half of it is 0.4; + 0.8 x 0.6 = 0.88, half of it is 0.44; + 0.8 x 0.56 = 0.888
    expect_ratings(record, {0.4, 0.44, 0.444});
    EXPECT_EQ(record.infusions, 3U) << "none at the end of the phase";
    EXPECT_EQ(record.end, PhaseEnd::finished);
    EXPECT_DOUBLE_EQ(record.days, 21);
    EXPECT_FALSE(record.reached);
}

TEST(Follow, RatesSoLongAfterEveryInfusionAndEndsWithTheLast) {
    Protocol protocol{one_store(1)};
    protocol.phase().infusions = on_days({0, 2});
    protocol.phase().ratings.after_infusion = Days{1};
    const PhaseRecord record = protocol.first();
    expect_ratings(record, {0.4, 0.42});  // 0.2 + 0.8 x 0.8 = 0.84, half of it
    EXPECT_DOUBLE_EQ(record.days, 3);
    protocol.phase().ratings.after_infusion = Days{2};  // the second infusion's very instant
    expect_ratings(protocol.first(), {0.2, 0.21});
}

TEST(Follow, RatesAtNamedTimesInTheOrderOfTime) {
    Protocol protocol{one_store(1)};
    protocol.phase().infusions = on_days({0});
    protocol.phase().ratings.at = {days(3), days(1), days(0)};
    const PhaseRecord record = protocol.first();
    expect_ratings(record, {0, 0.4, 0.1});
    EXPECT_DOUBLE_EQ(record.days, 3);
}

TEST(Follow, ARatingAtTheEndOfThePhaseCountsAndOneAfterItIsNotMade) {
    Protocol protocol{one_store(1)};
    protocol.phase().infusions = on_days({0, 2});
    protocol.phase().ratings.at = {days(2), days(2.5)};
    protocol.phase().lasts = Days{2};
    const PhaseRecord record = protocol.first();
    expect_ratings(record, {0.2});
    EXPECT_EQ(record.infusions, 2U) << "one named for the last day is given";
    EXPECT_DOUBLE_EQ(record.days, 2);
}

TEST(Follow, APhaseWithoutAnythingLeftLastsUntilItsEnd) {
    Protocol protocol{one_store(1)};
    protocol.phase().infusions = on_days({0});
    protocol.phase().lasts = Days{4};
    protocol.phase().next = {{1, {}}};
    protocol.add("rated").ratings.at = {days(0)};
    const auto records = protocol.all();
    EXPECT_DOUBLE_EQ(records.at(0).days, 4);
    expect_ratings(records.at(1), {0.05});  // the course goes on from phase to phase
}

TEST(Follow, ANasalDoseCountsItsShareOfAnInfusion) {
    Protocol protocol{one_store(1)};
    protocol.phase().infusions = on_days({0});
    protocol.phase().infusions->dose = 0.5;
    protocol.phase().ratings.after_infusion = Days{1};
    expect_ratings(protocol.first(), {0.2});
}

TEST(Follow, ADoseThatIsNasalIsTheCoursesOwn) {
    SymptomCourse course = one_store(1);
    course.nasal_dose = 0.75;
    Protocol protocol{course};
    protocol.phase().infusions = on_days({0});
    protocol.phase().infusions->dose = 0.5;
    protocol.phase().infusions->nasal = true;
    protocol.phase().ratings.after_infusion = Days{1};
    expect_ratings(protocol.first(), {0.3});
}

TEST(Follow, UntilEndsThePhaseAtTheFirstRatingThatMeetsIt) {
    Protocol protocol{one_store(7)};
    StudyPhase& phase = protocol.phase();
    phase.infusions = rhythm(1, 5);
    phase.infusions->dose = 0.5;  // fills by 0.4
    phase.ratings.after_infusion = Days{1};
    phase.until = response();
    const double day = std::exp2(-1.0 / 7);
    const PhaseRecord record = protocol.first();
    expect_ratings(record, {0.4 * day, (0.4 * day + 0.4 * (1 - 0.4 * day)) * day});  // 0.36, 0.56
    EXPECT_TRUE(record.reached);
    EXPECT_EQ(record.infusions, 2U);
    EXPECT_EQ(record.end, PhaseEnd::finished);
    phase.until->negated = true;
    EXPECT_EQ(protocol.first().infusions, 1U) << "no response, at the first rating";
    phase.until = remission();
    phase.infusions->most = 2;
    EXPECT_FALSE(protocol.first().reached);
    EXPECT_EQ(protocol.first().infusions, 2U);
}

TEST(Follow, WhoIsWellHasEverySecondDoseLeftOut) {
    Protocol protocol{one_store(70)};  // 0.746 after a week, 0.696 after two: remission
    StudyPhase& phase = protocol.phase();
    phase.infusions = rhythm(7);
    phase.infusions->spaced = StudyInfusions::Spaced{Days{14}, Duration{}, remission()};
    phase.ratings.every = days(7);
    phase.lasts = Days{35};
    EXPECT_EQ(protocol.first().infusions, 3U) << "days 0, 14 and 28";
    const double week = std::exp2(-0.1);
    const double again = 0.8 * week * week + 0.8 * (1 - 0.8 * week * week);
    const std::vector<double> ratings = protocol.first().ratings;
    EXPECT_NEAR(ratings.at(1), 0.8 * week * week, 1e-12);
    EXPECT_NEAR(ratings.at(2), again * week, 1e-12);

    phase.infusions->spaced->after = Days{21};
    EXPECT_EQ(protocol.first().infusions, 4U) << "days 0, 7, 14 and 28";
    phase.infusions->spaced->after = Duration{};
    phase.infusions->spaced->to = Days{21};
    EXPECT_EQ(protocol.first().infusions, 2U) << "days 0 and 21";
}

TEST(Follow, WhoIsNotWellHasNoDoseLeftOut) {
    Protocol protocol{one_store(7)};
    StudyPhase& phase = protocol.phase();
    phase.infusions = rhythm(7);
    phase.infusions->spaced = StudyInfusions::Spaced{Days{14}, Duration{}, remission()};
    phase.ratings.every = days(7);
    phase.lasts = Days{35};
    EXPECT_EQ(protocol.first().infusions, 5U);
}

// --- events --------------------------------------------------------------------------------------

/// One infusion, then 0.4, 0.2, 0.1, … at weekly ratings.
Protocol relapsing(double below, std::uint32_t in_a_row) {
    Protocol protocol{one_store(7)};
    StudyPhase& phase = protocol.phase();
    phase.infusions = on_days({0});
    phase.ratings.every = days(7);
    phase.lasts = Days{70};
    phase.event = ScoreRule{below, in_a_row};
    return protocol;
}

TEST(Event, OfOneRatingIsAtThatRating) {
    const PhaseRecord record = relapsing(0.3, 1).first();
    EXPECT_EQ(record.end, PhaseEnd::event);
    EXPECT_DOUBLE_EQ(record.days, 14);
    expect_ratings(record, {0.4, 0.2});
}

TEST(Event, BelowIsBelow) {
    EXPECT_DOUBLE_EQ(relapsing(0.4 + 1e-9, 1).first().days, 7);
    EXPECT_DOUBLE_EQ(relapsing(0.4 - 1e-9, 1).first().days, 14);
}

TEST(Event, OfTwoRatingsCountsFromTheFirstOrTheLast) {
    Protocol protocol = relapsing(0.42, 2);
    EXPECT_DOUBLE_EQ(protocol.first().days, 7);
    EXPECT_EQ(protocol.first().ratings.size(), 2U) << "but it takes the second to tell";
    protocol.phase().event_at_first = false;
    EXPECT_DOUBLE_EQ(protocol.first().days, 14);
}

TEST(Event, RatingsInBetweenBreakTheRow) {
    Protocol protocol = relapsing(0.42, 2);
    // 7: 0.4; 8: an infusion; 14: 0.468; 21: 0.234; 28: 0.117
    protocol.phase().infusions = on_days({0, 8});
    const double left = 0.8 * std::exp2(-8.0 / 7);
    const double again = left + 0.8 * (1 - left);
    const PhaseRecord record = protocol.first();
    expect_ratings(record, {0.4, again * std::exp2(-6.0 / 7), again * std::exp2(-13.0 / 7),
                            again * std::exp2(-20.0 / 7)});
    EXPECT_DOUBLE_EQ(record.days, 21);
}

TEST(Event, OfWhoNeverHasItIsCensoredAtTheEnd) {
    const PhaseRecord record = relapsing(-1, 1).first();
    EXPECT_EQ(record.end, PhaseEnd::finished);
    EXPECT_DOUBLE_EQ(record.days, 70);
    EXPECT_EQ(record.ratings.size(), 10U);
}

TEST(Event, ItsClockMayCountFromTheLastInfusion) {
    Protocol protocol{one_store(7)};
    protocol.phase().infusions = on_days({0, 2, 4});
    protocol.phase().ratings.after_infusion = Days{1};
    protocol.phase().next = {{1, {}}};
    StudyPhase& then = protocol.add("follow-up");
    then.ratings.every = days(7);
    then.lasts = Days{70};
    then.event = ScoreRule{0.3, 1};
    // the series ends a day after its last infusion with 0.9 or so: under 0.3 at the second rating
    EXPECT_DOUBLE_EQ(protocol.all().at(1).days, 14);
    then.from_last_infusion = true;
    EXPECT_DOUBLE_EQ(protocol.all().at(1).days, 15);
}

TEST(Event, ItsClockStandsStillWhenThePhaseItselfInfuses) {
    Protocol protocol = relapsing(0.3, 1);
    protocol.phase().from_last_infusion = true;
    protocol.phase().infusions = on_days({3});
    // 7: 0.8 x 2^(-4/7) = 0.54, 14: 0.27
    EXPECT_DOUBLE_EQ(protocol.first().days, 14) << "from the enrolment: there was none before";
}

// --- ends ----------------------------------------------------------------------------------------

TEST(End, CensoringTakesEffectAtTheNextRating) {
    Protocol protocol = relapsing(0.05, 1);  // would be day 35: 0.025
    protocol.phase().censored = days(10);
    EXPECT_EQ(protocol.first().end, PhaseEnd::censored);
    EXPECT_DOUBLE_EQ(protocol.first().days, 14);
    protocol.phase().censored = days(14);
    EXPECT_DOUBLE_EQ(protocol.first().days, 14) << "at the very instant";
    protocol.phase().censored = days(14.01);
    EXPECT_DOUBLE_EQ(protocol.first().days, 21);
    protocol.phase().censored = days(1000);
    EXPECT_EQ(protocol.first().end, PhaseEnd::event);
}

TEST(End, AnEventAtThatVeryRatingIsSeen) {
    Protocol protocol = relapsing(0.3, 1);
    protocol.phase().censored = days(10);
    EXPECT_EQ(protocol.first().end, PhaseEnd::event);
    protocol.phase().censored = days(7);
    EXPECT_EQ(protocol.first().end, PhaseEnd::censored);
}

TEST(End, OfCensoringAndDropOutTheEarlierCounts) {
    Protocol protocol = relapsing(-1, 1);
    protocol.phase().drop_out = days(10);
    EXPECT_EQ(protocol.first().end, PhaseEnd::dropped_out);
    EXPECT_DOUBLE_EQ(protocol.first().days, 14);
    protocol.phase().censored = days(9);
    EXPECT_EQ(protocol.first().end, PhaseEnd::censored);
    protocol.phase().censored = days(11);
    EXPECT_EQ(protocol.first().end, PhaseEnd::dropped_out);
}

TEST(End, NobodyGoesOnAfterAnEventACensoringOrLeaving) {
    Protocol protocol = relapsing(0.3, 1);
    protocol.phase().next = {{1, {}}};
    protocol.add("next").ratings.at = {days(0)};
    EXPECT_EQ(protocol.all().size(), 1U);
    protocol.phase().event = std::nullopt;
    EXPECT_EQ(protocol.all().size(), 2U);
    protocol.phase().censored = days(1);
    EXPECT_EQ(protocol.all().size(), 1U);
    protocol.phase().censored = std::nullopt;
    protocol.phase().drop_out = days(1);
    EXPECT_EQ(protocol.all().size(), 1U);
}

}  // namespace
}  // namespace clinicsim
