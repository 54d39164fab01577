// Patients who follow a study's protocol: from phase to phase, in which arm, and whose draws
// decide. Closed forms first, then frequencies of what is drawn.
#include <cmath>

#include <gtest/gtest.h>

#include "study_protocol.hpp"

namespace clinicsim {
namespace {

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

TEST(Arms, HaveInfusionsAndRatingsOfTheirOwnInsteadOfThePhases) {
    Protocol protocol{one_store(7)};
    protocol.phase().infusions = rhythm(7, 2);
    protocol.phase().ratings.after_infusion = Duration{1};
    const auto rated = [&](StudyArm arm) {
        protocol.phase().arms = {std::move(arm)};
        return protocol.first();
    };
    const auto at = [](double level) { return level * std::exp2(-1.0 / (7 * 86'400'000.0)); };
    StudyRatings late;
    late.at = {days(21)};
    StudyArm both{"both"}, infusions{"infusions"}, ratings{"ratings"}, placebo{"placebo"};
    both.infusions = infusions.infusions = on_days({0, 7, 14});
    both.ratings = ratings.ratings = late;
    placebo.infusions = both.infusions;
    placebo.gets = ArmGets::placebo;
    expect_ratings(rated({"as written"}), {at(0.8), at(0.88)});
    expect_ratings(rated(infusions), {at(0.8), at(0.88), at(0.888)});
    expect_ratings(rated(ratings), {0.88 / 4});
    expect_ratings(rated(both), {0.888 / 2});
    EXPECT_EQ(rated(both).infusions, 3U);
    EXPECT_EQ(rated(placebo).infusions, 3U);
    expect_ratings(rated(placebo), {0, 0, 0});

    protocol.phase().infusions.reset();
    EXPECT_EQ(rated({"none"}).infusions, 0U);
    expect_ratings(rated(both), {0.888 / 2});
}

TEST(Arms, WithSchedulesOfTheirOwnKeepTheDrawsOfThePatient) {
    Protocol plain{default_symptom_course()};
    StudyPhase& phase = plain.phase();
    phase.infusions = rhythm(7);
    phase.ratings.every = Uniform{1 * 86'400'000.0, 2 * 86'400'000.0};
    phase.lasts = Days{84};
    phase.arms = {{"arm"}};
    Protocol written_out = plain, sparse = plain;
    written_out.phase().arms[0].infusions = phase.infusions;
    written_out.phase().arms[0].ratings = phase.ratings;
    written_out.phase().infusions = rhythm(1);
    written_out.phase().ratings = {};
    sparse.phase().arms[0].infusions = rhythm(28);
    int parted = 0;
    for (std::uint32_t id = 0; id < 100; ++id) {
        const PhaseRecord weekly = plain.first(id), monthly = sparse.first(id);
        EXPECT_EQ(weekly.ratings, written_out.first(id).ratings) << id;
        ASSERT_EQ(weekly.ratings.size(), monthly.ratings.size()) << "rated at the same instants";
        for (const std::size_t first_week : {0, 1, 2})
            EXPECT_EQ(weekly.ratings[first_week], monthly.ratings[first_week]) << id;
        parted += weekly.ratings != monthly.ratings;
    }
    EXPECT_GT(parted, 50) << "who responds and does not recover, from the second week on";
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
