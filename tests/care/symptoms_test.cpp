// The symptom course: closed forms first, then what must hold to the bit, then laws of what is
// drawn. Seeds are fixed, and a correct program fails one check in a million.
#include "clinicsim/care/symptoms.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "clinicsim/care/symptom_defaults.hpp"

namespace clinicsim {
namespace {

const Dates kDates{Date{std::chrono::year{2026} / 1 / 1}};
Instant day(double d) { return kRunStart + Duration{static_cast<std::int64_t>(d * 86'400'000)}; }

/// Without chance: strength 1, no ceiling to speak of, no stress, no recovery, no noise.
SymptomCourse plain_course() {
    SymptomCourse course;
    course.response_mean = 1;
    course.ceiling_mean = 0.98;
    course.fast_share = 0.25;
    course.fast_gain = 0.8;
    course.slow_gain = 0.3;
    course.fast_half_life = 4;
    course.slow_half_life = 20;
    course.usual_care = false;
    return course;
}
Symptoms patient(const SymptomCourse& course, std::uint32_t id = 0) {
    return Symptoms{course, {20260105, 0, id}, kRunStart, kDates};
}

// --- closed forms --------------------------------------------------------------------------------

TEST(Symptoms, AnInfusionFillsTwoStoresThatHalveInTheirHalfLives) {
    const SymptomCourse course = plain_course();
    Symptoms one = patient(course);
    EXPECT_EQ(one.level(day(1)), 0);
    one.infuse(day(2));
    EXPECT_DOUBLE_EQ(one.level(day(2)), 0.25 * 0.8 + 0.75 * 0.3);
    EXPECT_DOUBLE_EQ(one.level(day(6)), 0.25 * 0.4 + 0.75 * 0.3 * std::exp2(-0.2));
    one.infuse(day(22));  // five and one half-lives later
    const double fast = 0.8 / 32 + 0.8 * (1 - 0.8 / 32), slow = 0.15 + 0.3 * 0.85;
    EXPECT_DOUBLE_EQ(one.level(day(22)), 0.25 * fast + 0.75 * slow);
}

TEST(Symptoms, ANasalDoseFillsInProportionToItsWeight) {
    const SymptomCourse course = plain_course();
    Symptoms one = patient(course);
    one.infuse(day(0), 0.5);
    EXPECT_DOUBLE_EQ(one.level(day(0)), 0.25 * 0.4 + 0.75 * 0.15);
}

TEST(Symptoms, UsualCareLengthensTheSlowStoreAndWeakensTheResponse) {
    SymptomCourse course = plain_course();
    course.usual_care = true;
    course.usual_care_half_life = 2;
    course.usual_care_response = 0.5;
    Symptoms one = patient(course);
    one.infuse(day(0));
    EXPECT_DOUBLE_EQ(one.level(day(40)), 0.5 * (0.25 * 0.8 * std::exp2(-10) + 0.75 * 0.15));
}

TEST(Symptoms, TheConditionAndPsychotherapyStretchBothHalfLives) {
    SymptomCourse course = plain_course();
    course.half_life_factor = 3;
    course.therapy_half_life = 1.25;
    Symptoms one{course, {.seed = 1, .in_therapy = true}, kRunStart, kDates};
    one.infuse(day(0));
    EXPECT_DOUBLE_EQ(one.level(day(75)), 0.25 * 0.8 * std::exp2(-5) + 0.75 * 0.15);
}

TEST(Symptoms, TheCeilingCutsTheImprovement) {
    SymptomCourse course = plain_course();
    course.ceiling_mean = 0.3;
    Symptoms one = patient(course);
    one.infuse(day(0));
    EXPECT_EQ(one.level(day(0)), 0.3);
    Symptoms shifted{course, {.seed = 1, .ceiling_shift = -0.05}, kRunStart, kDates};
    shifted.infuse(day(0));
    EXPECT_EQ(shifted.level(day(0)), 0.25);
}

TEST(Symptoms, AnInfusionWithoutDrugDoesWhatIsExpected) {
    SymptomCourse course = plain_course();
    Symptoms none = patient(course);
    none.infuse(day(0), 1, false);
    EXPECT_EQ(none.level(day(0)), 0) << "nobody expects anything";
    course.expectation = 0.6;
    Symptoms drug = patient(course), placebo = patient(course);
    drug.infuse(day(0));
    placebo.infuse(day(0), 1, false);
    EXPECT_DOUBLE_EQ(drug.level(day(3)), [] {
        const SymptomCourse same = plain_course();
        Symptoms one = patient(same);
        one.infuse(day(0));
        return one.level(day(3));
    }());
    EXPECT_DOUBLE_EQ(placebo.level(day(3)), 0.6 * drug.level(day(3)));
    EXPECT_EQ(placebo.infusions(), 0U);
}

TEST(Symptoms, ToleranceTakesFromEveryInfusionAfterTheFirstOnes) {
    SymptomCourse course = plain_course();
    course.fast_share = 0;
    course.tolerance = 0.1;
    course.tolerance_after = 1;
    Symptoms one = patient(course);
    one.infuse(day(0));
    EXPECT_DOUBLE_EQ(one.level(day(0)), 0.3);
    one.infuse(day(20));
    EXPECT_DOUBLE_EQ(one.level(day(20)), 0.9 * (0.15 + 0.27 * 0.85));
}

TEST(Symptoms, StressFadesAndTheDrugKeepsAPartOff) {
    SymptomCourse course = plain_course();
    course.stress_per_day = 0.02;
    course.stress_size = 0.4;
    course.stress_days = 40;
    course.stress_buffer = 0.5;
    int shaken = 0, faded = 0;
    for (std::uint32_t id = 0; id < 200; ++id) {
        Symptoms untreated = patient(course, id), treated = patient(course, id);
        treated.infuse(day(1));
        const double before = untreated.level(day(100)), after = untreated.level(day(101));
        if (before == 0) continue;
        ++shaken;
        if (std::abs(after / before - std::exp(-1.0 / 40)) > 1e-12) {
            EXPECT_GT(after / before, std::exp(-1.0 / 40)) << "another one came";
            continue;
        }
        ++faded;
        const double drug =
            0.25 * 0.8 * std::exp2(-100 / 4.0) + 0.75 * 0.3 * std::exp2(-100 / 20.0);
        EXPECT_NEAR(treated.level(day(101)), drug + after * (1 - 0.5 * drug), 1e-12);
    }
    EXPECT_GT(shaken, 100);
    EXPECT_GT(faded, 0.9 * shaken) << "one day in fifty has a shock";
}

TEST(Symptoms, WhoHasRecoveredStaysWellWithoutDrugUntilANewPhase) {
    SymptomCourse course = plain_course();
    course.slow_gain = 1;
    course.recovery_per_day = 0.5;
    Symptoms one = patient(course), idle = patient(course);
    one.infuse(day(0));
    EXPECT_TRUE(one.recovered(day(15)));  // half the improvement lasts for about 12 days
    EXPECT_FALSE(idle.recovered(day(15))) << "nobody recovers without improvement";
    EXPECT_EQ(one.level(day(400)), 0.85);
    course.new_phase_per_day = 0.5;
    Symptoms anew = patient(course);
    anew.infuse(day(0));
    EXPECT_LT(anew.level(day(400)), 0.01);
}

// --- to the bit ----------------------------------------------------------------------------------

TEST(Symptoms, LookingNeverChangesTheLevelByABit) {
    const SymptomCourse course = default_symptom_course();
    const std::vector<double> infusions{0, 2.5, 5, 7.5, 10, 12.5, 60, 120};
    std::uint32_t recovered = 0;
    for (std::uint32_t id = 0; id < 2000; ++id) {
        std::vector<double> levels;
        std::vector<double> ratings;
        for (const double every : {0.25, 1.0, 7.0, 1000.0}) {
            Symptoms one = patient(course, id);
            double next = every;
            for (const double infused : infusions) {
                for (; next < infused; next += every) one.rating(day(next));
                one.infuse(day(infused));
            }
            for (; next < 365; next += every) one.rating(day(next));
            levels.push_back(one.level(day(365)));
            ratings.push_back(one.rating(day(365)));
            recovered += one.recovered(day(365));
        }
        for (const double level : levels) ASSERT_EQ(level, levels[0]) << id;
        EXPECT_NE(ratings[2], ratings[3]) << "the noise goes another path";
    }
    EXPECT_GT(recovered, 1000U);
}

TEST(Symptoms, TheSecondLookAtAnInstantSeesTheSame) {
    const SymptomCourse course = default_symptom_course();
    Symptoms one = patient(course);
    for (const double d : {0.0, 0.0, 3.0, 3.0}) {
        const double first = one.rating(day(d), 0.1);
        EXPECT_EQ(one.rating(day(d), 0.1), first);
        EXPECT_NE(one.rating(day(d)), first) << "without the error of measurement";
    }
}

TEST(Symptoms, PathsWithOneMoreRatingComeTogetherAgain) {
    const SymptomCourse course = default_symptom_course();
    Symptoms weekly = patient(course), once_more = patient(course);
    once_more.rating(day(9));
    double before = 1;
    for (int week = 2; week < 12; ++week) {
        const double apart =
            std::abs(weekly.rating(day(7 * week)) - once_more.rating(day(7 * week)));
        if (week > 2) {
            EXPECT_NEAR(apart, before * std::exp(-7.0 / 8), 1e-12);
        }
        before = apart;
    }
    EXPECT_LT(before, 1e-4);
}

TEST(Symptoms, PsychotherapyThatHalvesStressKeepsASubsetOfTheSameShocks) {
    SymptomCourse course = plain_course();
    course.stress_per_day = 0.05;
    course.stress_size = 0.4;
    course.therapy_stress = 0.5;
    course.stress_days = 1e4;
    int fewer = 0;
    for (std::uint32_t id = 0; id < 300; ++id) {
        Symptoms without = patient(course, id);
        Symptoms with{
            course, {.seed = 20260105, .patient = id, .in_therapy = true}, kRunStart, kDates};
        EXPECT_GE(with.level(day(60)), without.level(day(60)));
        fewer += with.level(day(60)) > without.level(day(60));
    }
    EXPECT_GT(fewer, 150);
}

// --- laws ----------------------------------------------------------------------------------------

TEST(Symptoms, ShocksComeWithTheSeason) {
    SymptomCourse course = plain_course();
    course.stress_per_day = 0.03;
    course.stress_size = 1;
    course.stress_days = 0.5;
    // a shock of the last day shows: level under -0.1 has the chance q of a marked Poisson process
    const auto share_shaken = [&](double at) {
        int shaken = 0;
        for (std::uint32_t id = 0; id < 40'000; ++id)
            shaken += patient(course, id).level(day(at)) < -0.1;
        return shaken / 40'000.0;
    };
    const double plain = share_shaken(31);
    course.season = 0.8;
    const double se = std::sqrt(2 * 1.8 * plain / 40'000);
    EXPECT_NEAR(share_shaken(31), 1.8 * plain, 4.8916 * se * 1.8) << "1 February";
    EXPECT_NEAR(share_shaken(31 + 182.6), 0.2 * plain, 4.8916 * se) << "2 August";
    EXPECT_GT(share_shaken(31) - plain, 4.8916 * se) << "the bound can tell";
}

TEST(Symptoms, TheWeekAroundAStressfulDayHasMoreShocks) {
    SymptomCourse course = plain_course();
    course.stress_per_day = 0.03;
    course.stress_size = 1;
    course.stress_days = 0.5;
    course.stressful_days = {{std::chrono::month{12}, std::chrono::day{25}}};
    course.stressful_factor = 2;
    std::vector<int> shaken(3);
    const double days[] = {358, 361.4, 366};  // Christmas is day 358
    for (std::uint32_t id = 0; id < 40'000; ++id)
        for (std::size_t i = 0; i < 3; ++i)
            shaken[i] += patient(course, id).level(day(days[i])) < -0.1;
    const double se = std::sqrt(2.0 * shaken[2]);
    EXPECT_GT(shaken[0] - shaken[2], 4.8916 * se);
    EXPECT_GT(shaken[1] - shaken[2], 4.8916 * se);
    EXPECT_NEAR(shaken[0], 2.0 * shaken[2], 2 * 4.8916 * se);
}

TEST(SymptomDefaults, LieWithinTheirBoundsAndNameTheirSources) {
    for (const SymptomParameter& parameter : symptom_parameters()) {
        EXPECT_GE(parameter.value, parameter.lowest) << parameter.name;
        EXPECT_LE(parameter.value, parameter.highest) << parameter.name;
        EXPECT_FALSE(parameter.source.empty()) << parameter.name;
        EXPECT_EQ(symptom_parameter(parameter.name), &parameter);
        EXPECT_EQ(parameter.standing == Standing::fitted, parameter.fits_to > 0) << parameter.name;
    }
    EXPECT_EQ(symptom_parameter("response"), nullptr);
}

}  // namespace
}  // namespace clinicsim
