// All patients' courses, in care or not: one store of effect without chance, so that every look is
// known in closed form.
#include "clinicsim/observe/everybody.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "one_store.hpp"

namespace clinicsim {
namespace {

Instant day(double d) { return kRunStart + from_ticks(d * 86'400'000.0); }

/// Measured from day `from` to day `to`; whoever begins has the course `course`.
struct Measured {
    SymptomCourse course = one_store(7);
    Model model;
    EverybodyObserver observer;

    explicit Measured(int from, int to, bool follows = true)
        : model{model_that(follows)},
          observer{Window{day(from), day(to), Duration{}, {}}, GroupGrid{}, model} {}
    static Model model_that(bool follows) {
        Model model;
        model.follows_everybody = follows;
        return model;
    }
    void begins(PatientId patient, double at) {
        const Symptoms symptoms{course, {.seed = 1, .patient = patient}, day(at), model.dates};
        observer.on(CourseBegan{day(at), patient, {}, symptoms});
    }
    void infused(PatientId patient, double at, bool drug = true, double dose = 1) {
        observer.on(InfusionGiven{
            day(at), patient, {}, VisitKind::booster, true, false, {}, 0, drug, dose});
    }
    void ends(PatientId patient, double at) {
        observer.on(CareEnded{day(at), day(0), true, patient, {}, LeftBecause::pathway});
    }
    const EverybodyTally& tally() const { return observer.cells().front(); }
    double sum() const { return static_cast<double>(tally().millionths) / EverybodyTally::kWhole; }
};

TEST(EverybodyObserver, LooksEveryWeekFromTheReferralToTheEndInCareOrNot) {
    Measured run{0, 30};
    run.begins(0, 1);   // looks on days 1, 8, 15, 22, 29
    run.infused(0, 4);  // fills 0.8, halved every week
    run.ends(0, 10);
    EXPECT_EQ(run.tally().looks, 5u);
    const double at_8 = 0.8 * std::exp2(-4.0 / 7);
    EXPECT_NEAR(run.sum(), at_8 * (1 + 0.5 + 0.25 + 0.125), 5e-6);
    EXPECT_EQ(run.tally().in_response, 1u) << "0.54 on day 8, 0.27 on day 15";
}

TEST(EverybodyObserver, LooksBeforeAnInfusionOfTheSameInstant) {
    Measured run{0, 7};
    run.begins(0, 0);
    run.infused(0, 0);
    run.ends(0, 7);  // the end is not inside
    EXPECT_EQ(run.tally().looks, 1u);
    EXPECT_EQ(run.sum(), 0);
}

TEST(EverybodyObserver, CountsTheMeasuredTimeOnlyAndFollowsFromBeforeIt) {
    Measured run{100, 120};
    run.begins(0, -30);  // in care at the start: looks on days 103, 110 and 117
    run.infused(0, 96);
    run.ends(0, 200);
    EXPECT_EQ(run.tally().looks, 3u);
    EXPECT_NEAR(run.sum(), 0.8 * (0.5 + 0.25 + 0.125), 5e-6);
}

TEST(EverybodyObserver, HasAFirstLookAtTheVeryBeginOfTheMeasuredTime) {
    Measured run{100, 101};
    run.begins(0, 93);
    run.begins(1, 92);
    run.ends(0, 100.5);
    run.ends(1, 100.5);
    EXPECT_EQ(run.tally().looks, 1u);
}

TEST(EverybodyObserver, GivesAPlaceboWhatTheCourseExpectsAndANasalDoseItsWeight) {
    Measured run{0, 8};
    run.course.expectation = 0.25;
    run.begins(0, 0);
    run.infused(0, 0, false);
    run.ends(0, 1);
    EXPECT_NEAR(run.sum(), 0.25 * 0.4, 1e-6) << "day 0 and day 7";
    run.begins(1, 0);
    run.infused(1, 0, true, 0.5);
    run.ends(1, 1);
    EXPECT_NEAR(run.sum(), 0.25 * 0.4 + 0.2, 2e-6);
}

TEST(EverybodyObserver, KnowsThatAnInfusionBrokenOffHasNoEffect) {
    Measured run{0, 8};
    run.begins(0, 0);
    run.observer.on(SideEffectSeen{day(0), 0, {}, 0, true, false});
    run.infused(0, 0);
    run.ends(0, 1);
    EXPECT_EQ(run.sum(), 0);
    run.begins(1, 0);
    run.observer.on(SideEffectSeen{day(0), 1, {}, 0, false, false});
    run.infused(1, 0);
    run.ends(1, 1);
    EXPECT_NEAR(run.sum(), 0.4, 1e-6);
}

TEST(EverybodyObserver, FollowsNobodyWhereTheModelDoesNotAskForIt) {
    Measured run{0, 30, false};
    run.begins(0, 1);
    run.infused(0, 4);
    run.ends(0, 10);
    EXPECT_EQ(run.tally(), EverybodyTally{});
}

TEST(EverybodyTally, AddsUp) {
    EverybodyTally one{3, 2, -5}, two = one;
    two.add(one);
    EXPECT_EQ(two, (EverybodyTally{6, 4, -10}));
}

}  // namespace
}  // namespace clinicsim
