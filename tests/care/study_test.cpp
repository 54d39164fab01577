// Patients who follow a study's protocol: first without chance, so that every rating is known in
// closed form, then frequencies of what is drawn.
#include "clinicsim/care/study.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "clinicsim/care/symptom_defaults.hpp"

namespace clinicsim {
namespace {

const Dates kDates{Date{std::chrono::year{2026} / 1 / 1}};
constexpr std::uint64_t kSeed = 20260105;
/// P(|N(0,1)| > z) = 1e-6.
constexpr double kOneInAMillion = 4.8916;

/// One store that an infusion fills by four fifths of what is missing, and nothing else: 0.8 after
/// the first infusion, and half of it after each half-life.
SymptomCourse one_store(double half_life_days) {
    SymptomCourse course;
    course.response_mean = 1;
    course.ceiling_mean = 0.98;
    course.fast_share = 1;
    course.fast_gain = 0.8;
    course.fast_half_life = half_life_days;
    course.usual_care = false;
    return course;
}
Distribution days(double d) { return Constant{d * 86'400'000}; }
RatingTest response() { return {RatingTest::What::response, 0, false, 1, 1}; }
RatingTest remission(std::uint32_t hits = 1, std::uint32_t of = 1) {
    return {RatingTest::What::remission, 0, false, hits, of};
}

/// `course` enrolled; phases are the test's.
struct Protocol {
    std::vector<Course> courses;
    Study study;

    explicit Protocol(const SymptomCourse& course) : courses{{"course", course, {}}} {
        study.enrolled = {{0, 1}};
        study.start = {{0, 1}};
        add("phase");
    }
    StudyPhase& add(const std::string& name) {
        study.phases.emplace_back().name = name;
        return study.phases.back();
    }
    StudyPhase& phase() { return study.phases.front(); }
    std::vector<PhaseRecord> all(std::uint32_t patient = 0, std::uint32_t replication = 0) const {
        return follow(study, courses, kSeed, replication, patient, kDates);
    }
    PhaseRecord first(std::uint32_t patient = 0) const { return all(patient).front(); }
};

/// Infusions in a rhythm of so many days.
StudyInfusions rhythm(int every_days, std::uint32_t most = 0) {
    StudyInfusions infusions;
    infusions.every = Days{every_days};
    infusions.most = most;
    return infusions;
}
StudyInfusions on_days(std::initializer_list<int> when) {
    StudyInfusions infusions;
    for (const int day : when) infusions.at.push_back(Days{day});
    return infusions;
}

void expect_ratings(const PhaseRecord& record, const std::vector<double>& expected) {
    ASSERT_EQ(record.ratings.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_NEAR(record.ratings[i], expected[i], 1e-12) << "rating " << i + 1;
}

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

// --- phases and arms -----------------------------------------------------------------------------

TEST(Next, TakesTheFirstThatHoldsOfTheRatingsOfThePhase) {
    Protocol protocol{one_store(7)};
    protocol.phase().infusions = on_days({0});
    protocol.phase().ratings.at = {days(0.5), days(1), days(2), days(7)};
    // 0.761, 0.725, 0.656, 0.4: in remission at two of four, at none of the last two
    protocol.add("a"), protocol.add("b"), protocol.add("c");
    for (const std::size_t phase : {1, 2, 3}) protocol.study.phases[phase].ratings.at = {days(1)};
    auto& next = protocol.phase().next;
    next = {{1, remission(3, 4)}, {2, remission(2, 4)}, {3, {}}};
    EXPECT_EQ(protocol.all().at(1).phase, 2U);
    next = {{1, remission(1, 2)}, {3, {}}};
    EXPECT_EQ(protocol.all().at(1).phase, 3U);
    next = {{1, remission(1, 2)}, {2, response()}};
    EXPECT_EQ(protocol.all().size(), 1U) << "none holds";
    next = {{1, {RatingTest::What::response, 0, true, 1, 1}}};
    EXPECT_EQ(protocol.all().at(1).phase, 1U) << "no response";
}

TEST(Arms, GetTheDrugOrThePlaceboOrNothing) {
    SymptomCourse course = one_store(7);
    course.expectation = 0.25;
    Protocol protocol{course};
    protocol.phase().infusions = rhythm(7, 2);
    protocol.phase().ratings.after_infusion = Duration{1};
    const auto rated = [&](ArmGets gets) {
        protocol.phase().arms = {{"arm", 1, gets}};
        return protocol.first();
    };
    const auto at = [](double level) { return level * std::exp2(-1.0 / (7 * 86'400'000.0)); };
    expect_ratings(rated(ArmGets::as_written), {at(0.8), at(0.88)});
    expect_ratings(rated(ArmGets::placebo), {at(0.2), at(0.22)});  // a quarter of it
    expect_ratings(rated(ArmGets::nothing), {0, 0});
    EXPECT_EQ(rated(ArmGets::placebo).infusions, 2U);
}

TEST(Arms, AreDrawnInTheirSharesAndTheRecordSaysWhich) {
    Protocol protocol{one_store(7)};
    protocol.phase().infusions = on_days({0});
    protocol.phase().ratings.at = {days(7)};
    protocol.phase().arms = {{"drug", 0.3, ArmGets::as_written},
                             {"placebo", 0.7, ArmGets::placebo}};
    constexpr int kPatients = 20'000;
    int drug = 0;
    for (std::uint32_t id = 0; id < kPatients; ++id) {
        const PhaseRecord record = protocol.first(id);
        ASSERT_NEAR(record.ratings.at(0), record.arm == 0 ? 0.4 : 0, 1e-12);
        drug += record.arm == 0;
    }
    const double tolerance = kOneInAMillion * std::sqrt(0.21 * kPatients);
    EXPECT_NEAR(drug, 0.3 * kPatients, tolerance);
    EXPECT_GT(std::abs(drug - 0.35 * kPatients), tolerance) << "the bound can tell";
}

TEST(Start, ParallelGroupsBeginInTheirPhasesAndCoursesMixIndependently) {
    Protocol protocol{one_store(7)};
    protocol.courses.push_back({"long", one_store(70), {}});
    protocol.study.enrolled = {{0, 0.25}, {1, 0.75}};
    protocol.add("other");
    protocol.study.start = {{0, 0.4}, {1, 0.6}};
    for (StudyPhase& phase : protocol.study.phases) {
        phase.infusions = on_days({0});
        phase.ratings.at = {days(7)};
    }
    constexpr int kPatients = 20'000;
    int other = 0, lasting = 0, both = 0;
    for (std::uint32_t id = 0; id < kPatients; ++id) {
        const auto records = protocol.all(id);
        ASSERT_EQ(records.size(), 1U);
        const bool is_other = records[0].phase == 1, is_long = records[0].ratings.at(0) > 0.5;
        other += is_other;
        lasting += is_long;
        both += is_other && is_long;
    }
    const auto tolerance = [](double p) {
        return kOneInAMillion * std::sqrt(p * (1 - p) * kPatients);
    };
    EXPECT_NEAR(other, 0.6 * kPatients, tolerance(0.6));
    EXPECT_NEAR(lasting, 0.75 * kPatients, tolerance(0.75));
    EXPECT_NEAR(both, 0.45 * kPatients, tolerance(0.45)) << "independent of each other";
    EXPECT_GT(std::abs(both - 0.5 * kPatients), tolerance(0.45)) << "the bound can tell";
}

TEST(Leaving, HappensAfterEveryInfusionButTheLast) {
    Protocol protocol{one_store(7)};
    protocol.phase().infusions = rhythm(2, 4);
    protocol.phase().ratings.after_infusion = Days{1};
    protocol.phase().leaves_per_infusion = 0.1;
    constexpr int kPatients = 20'000;
    std::vector<int> left(5);
    for (std::uint32_t id = 0; id < kPatients; ++id) {
        const PhaseRecord record = protocol.first(id);
        if (record.end == PhaseEnd::finished) {
            EXPECT_EQ(record.infusions, 4U);
            continue;
        }
        ASSERT_EQ(record.end, PhaseEnd::dropped_out);
        ASSERT_EQ(record.ratings.size(), record.infusions - 1) << "leaves before its rating";
        ASSERT_DOUBLE_EQ(record.days, 2.0 * (record.infusions - 1));
        ++left[record.infusions];
    }
    EXPECT_EQ(left[4], 0);
    double stays = 1;
    for (const std::size_t number : {1, 2, 3}) {
        const double p = stays * 0.1, tolerance = kOneInAMillion * std::sqrt(p * kPatients);
        EXPECT_NEAR(left[number], p * kPatients, tolerance) << number;
        EXPECT_GT(std::abs(left[number] - 1.25 * p * kPatients), tolerance) << "the bound can tell";
        stays *= 0.9;
    }
}

TEST(Leaving, NeedsAnInfusionThatWasGiven) {
    Protocol protocol{one_store(70)};
    StudyPhase& phase = protocol.phase();
    phase.infusions = rhythm(7);
    phase.infusions->spaced = StudyInfusions::Spaced{Days{14}, Duration{}, remission()};
    phase.ratings.every = days(7);
    phase.lasts = Days{700};
    phase.leaves_per_infusion = 0.1;
    int left = 0;
    for (std::uint32_t id = 0; id < 500; ++id) {
        const PhaseRecord record = protocol.first(id);
        if (record.end != PhaseEnd::dropped_out) continue;
        ++left;
        EXPECT_EQ(std::fmod(record.days, 14), 0) << "not at a visit that passed without one";
    }
    EXPECT_GT(left, 450);
}

// --- whose draws they are ------------------------------------------------------------------------

bool same(const PhaseRecord& a, const PhaseRecord& b) {
    return a.phase == b.phase && a.arm == b.arm && a.end == b.end && a.days == b.days &&
           a.infusions == b.infusions && a.reached == b.reached && a.ratings == b.ratings;
}

TEST(Follow, APatientHasTheSameDrawsWhateverElseIsInTheStudy) {
    Protocol plain{default_symptom_course()};
    StudyPhase& phase = plain.phase();
    phase.infusions = rhythm(3, 6);
    phase.ratings.after_infusion = Days{1};
    phase.ratings.at = {Uniform{14 * 86'400'000.0, 31 * 86'400'000.0}};
    phase.leaves_per_infusion = 0.05;
    phase.arms = {{"drug", 0.5, ArmGets::as_written}, {"placebo", 0.5, ArmGets::placebo}};

    Protocol more = plain;
    more.study.patients = 7;
    more.study.outcomes.resize(3);
    more.phase().next = {{1, response()}};
    StudyPhase& then = more.add("follow-up");
    then.ratings.every = Uniform{10 * 86'400'000.0, 20 * 86'400'000.0};
    then.lasts = Days{90};
    then.drop_out = Exponential{60 * 86'400'000.0};
    then.arms = plain.phase().arms;

    Protocol fewer_leave = plain;
    fewer_leave.phase().leaves_per_infusion = 0;
    int went_on = 0, stayed = 0;
    for (std::uint32_t id = 0; id < 300; ++id) {
        const auto records = more.all(id);
        const PhaseRecord alone = plain.first(id), all_stay = fewer_leave.first(id);
        EXPECT_TRUE(same(records[0], alone)) << id;
        went_on += records.size() == 2;
        if (alone.end != PhaseEnd::finished) continue;
        ++stayed;
        EXPECT_TRUE(same(alone, all_stay)) << id << ": who leaves takes no draw of another";
    }
    EXPECT_GT(went_on, 30);
    EXPECT_GT(stayed, 150);
    EXPECT_FALSE(same(plain.all(0, 0)[0], plain.all(0, 1)[0])) << "another replication";
    EXPECT_FALSE(same(plain.first(0), plain.first(1))) << "another patient";
}

TEST(Follow, RatingsMoreDoNotMoveAnInfusionOrTheLevel) {
    SymptomCourse course = default_symptom_course();
    course.noise_sd = 0;
    Protocol plain{course};
    plain.phase().infusions = rhythm(3, 6);
    plain.phase().ratings.at = {days(60)};
    plain.phase().lasts = Days{60};
    Protocol daily = plain;
    daily.phase().ratings.every = days(1);
    for (std::uint32_t id = 0; id < 200; ++id) {
        const PhaseRecord rare = plain.first(id), often = daily.first(id);
        ASSERT_EQ(often.ratings.size(), 60U);
        EXPECT_EQ(often.ratings.back(), rare.ratings.back()) << id;
        EXPECT_EQ(often.infusions, rare.infusions);
    }
}

TEST(Follow, TheErrorOfMeasurementSpreadsTheRatings) {
    Protocol protocol{one_store(7)};
    protocol.phase().infusions = on_days({0});
    protocol.phase().ratings.at = {days(7)};
    protocol.phase().ratings.error = 0.1;
    constexpr int kPatients = 20'000;
    double sum = 0, squares = 0;
    for (std::uint32_t id = 0; id < kPatients; ++id) {
        const double off = protocol.first(id).ratings.at(0) - 0.4;
        sum += off;
        squares += off * off;
    }
    EXPECT_NEAR(sum / kPatients, 0, kOneInAMillion * 0.1 / std::sqrt(kPatients));
    const double of_variance = kOneInAMillion * 0.01 * std::sqrt(2.0 / kPatients);
    EXPECT_NEAR(squares / kPatients, 0.01, of_variance);
    EXPECT_GT(std::abs(squares / kPatients - 1.1 * 0.01), of_variance) << "the bound can tell";
}

TEST(Follow, AReplicationTakesItsOwnSetOfParameters) {
    Protocol protocol{one_store(7)};
    protocol.courses[0].posterior = {one_store(7), one_store(3.5)};
    protocol.phase().infusions = on_days({0});
    protocol.phase().ratings.at = {days(7)};
    expect_ratings(protocol.all(0, 0)[0], {0.4});
    expect_ratings(protocol.all(0, 1)[0], {0.2});
    expect_ratings(protocol.all(0, 2)[0], {0.4});
}

}  // namespace
}  // namespace clinicsim
