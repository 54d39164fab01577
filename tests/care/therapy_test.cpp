// Psychotherapy that begins in the course of an illness: from then on the effect lasts longer, and
// stress comes more seldom.
#include <cmath>

#include <gtest/gtest.h>

#include "clinicsim/care/study.hpp"
#include "one_store.hpp"

namespace clinicsim {
namespace {

const Dates kDates{Date{std::chrono::year{2026} / 1 / 5}};
Instant day(double days) { return kRunStart + from_ticks(days * 86'400'000); }

TEST(Therapy, MakesWhatIsLeftOfTheEffectLastLongerFromItsBeginningOn) {
    SymptomCourse course = one_store();  // 0.8 x 2^(-t / 7 days)
    course.therapy_half_life = 2;
    Symptoms one{course, {1, 0, 0}, day(0), kDates};
    one.infuse(day(0));
    one.begin_therapy(day(7));
    EXPECT_NEAR(one.level(day(7)), 0.4, 1e-12) << "nothing at once";
    EXPECT_NEAR(one.level(day(21)), 0.2, 1e-12) << "a fortnight for a half";
    one.infuse(day(21));
    EXPECT_NEAR(one.level(day(35)), (0.2 + 0.8 * 0.8) / 2, 1e-12);
}

TEST(Therapy, ThatIsThereFromTheStartIsNotBegunASecondTime) {
    SymptomCourse course = one_store();
    course.therapy_half_life = 2;
    SymptomPatient who{1, 0, 0};
    who.in_therapy = true;
    Symptoms one{course, who, day(0), kDates}, two = one;
    one.infuse(day(0));
    two.infuse(day(0));
    two.begin_therapy(day(3));
    EXPECT_EQ(one.level(day(14)), two.level(day(14)));
}

TEST(Therapy, FromTheStartIsTherapyBegunAtTheStart) {
    const SymptomCourse course = [] {
        SymptomCourse made = one_store();
        made.therapy_half_life = 1.5;
        made.stress_per_day = 0.05;
        made.stress_size = 0.3;
        made.therapy_stress = 0.5;
        made.noise_sd = 0.1;
        return made;
    }();
    for (std::uint32_t id = 0; id < 50; ++id) {
        SymptomPatient who{1, 0, id};
        Symptoms begun{course, who, day(0), kDates};
        begun.begin_therapy(day(0));
        who.in_therapy = true;
        Symptoms had{course, who, day(0), kDates};
        begun.infuse(day(0));
        had.infuse(day(0));
        EXPECT_NEAR(begun.rating(day(100)), had.rating(day(100)), 1e-12) << id;
    }
}

TEST(Therapy, IsHadByTheArmOfAStudyThatSaysSo) {
    SymptomCourse course = one_store();
    course.therapy_half_life = 2;
    Study study;
    study.enrolled = {{0, 1}};
    study.start = {{0, 1}};
    StudyPhase phase;
    phase.name = "one";
    phase.infusions = StudyInfusions{{Duration{}}, {}, 0, 1, {}};
    phase.ratings.at = {Constant{14 * 86'400'000.0}};
    phase.arms = {{"therapy", 0.5, ArmGets::as_written, true}, {"usual", 0.5}};
    study.phases = {phase};
    const std::vector<Course> courses{{"course", course, {}}};
    int had = 0;
    for (std::uint32_t patient = 0; patient < 40; ++patient) {
        const PhaseRecord record = follow(study, courses, 1, 0, patient, kDates).phases.at(0);
        EXPECT_NEAR(record.ratings.at(0), record.arm == 0 ? 0.4 : 0.2, 1e-12);
        had += record.arm == 0;
    }
    EXPECT_GT(had, 5);
    EXPECT_LT(had, 35);
}

}  // namespace
}  // namespace clinicsim
