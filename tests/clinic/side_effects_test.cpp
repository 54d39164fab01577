// What an infusion may bring with it: the visit takes longer, the infusion is broken off, the
// treatment ends. Exact stories first, then how often.
#include <cmath>

#include <gtest/gtest.h>

#include "told.hpp"

namespace clinicsim::test {
namespace {

Model with_effect(Model model, const SideEffect& effect) {
    model.patients.side_effects = {effect};
    return model;
}
Policy every_ten_days() { return every(Days{10}, ScheduleClock::reset); }

TEST(SideEffect, HoldsThePatientInTheChairForLonger) {
    const Model model =
        with_effect(one_in_care(never_relapses(), Days{12}),
                    {.name = "blood_pressure", .chance = 1, .holds = always(45min)});
    EXPECT_EQ(told(model, with_pathway(model, every_ten_days()), infusions | chairs),
              (Lines{"10d 02:15 chair held since 10d", "10d 01:45 booster works"}));
}

TEST(SideEffect, ThatEndsAnInfusionTakesItsEffect) {
    const SideEffect effect{.name = "blood_pressure", .chance = 1, .ends_infusion = 1};
    const Model model = with_effect(one_in_care(relapses_after(Days{5}), Days{22}), effect);
    EXPECT_EQ(told(model, with_pathway(model, every_ten_days()), infusions | relapses),
              (Lines{"5d relapse 1", "10d 01:00 booster fails", "20d 02:00 booster fails"}));
}

TEST(SideEffect, ThatEndsTheRespondingInfusionLeavesTheResponseToTheNext) {
    RenewalCourse second = never_relapses();
    second.responds = {0, 1};
    second.responds_at_last = false;
    SideEffect effect{.name = "nausea", .chance = 1, .ends_infusion = 1};
    Model model = referred_at({day(0)}, 3, second, Days{10});
    EXPECT_EQ(told(model, with_pathway(model, Policy{}), infusions),
              (Lines{"0d 01:00 induction fails", "1d 02:00 induction works",
                     "2d 03:00 induction works"}));
    EXPECT_EQ(told(with_effect(model, effect), with_pathway(model, Policy{}), infusions),
              (Lines{"0d 01:00 induction fails", "1d 02:00 induction fails",
                     "2d 03:00 induction fails"}));
    effect.from_infusion = 3;
    EXPECT_EQ(told(with_effect(model, effect), with_pathway(model, Policy{}), infusions),
              (Lines{"0d 01:00 induction fails", "1d 02:00 induction works",
                     "2d 03:00 induction works"}));
}

TEST(SideEffect, ThatStopsTheTreatmentEndsCareAfterTheVisit) {
    const SideEffect effect{
        .name = "bladder", .chance = 1, .from_infusion = 3, .stops_treatment = 1};
    const Model model = with_effect(one_in_care(never_relapses(), Days{40}), effect);
    // the infusion before the start counts as the first
    EXPECT_EQ(told(model, with_pathway(model, every_ten_days()), care | infusions),
              (Lines{"0d care begins", "10d 01:00 booster works", "20d 02:00 booster works",
                     "20d 02:00 care ends: side effect"}));
}

TEST(SideEffect, HappensFromOneInfusionUntilAnother) {
    const auto effects = [](Model model) {
        model.patients.side_effects = {
            {.name = "blood_pressure", .chance = 1, .from_infusion = 2, .until_infusion = 3}};
        struct Seen final : Sink {
            using Sink::on;
            void on(const SideEffectSeen& fact) override {
                days.push_back(in_days(fact.at - kRunStart));
            }
            std::vector<double> days;
        } sink;
        simulate(model, with_pathway(model, every_ten_days()), 0, sink);
        return sink.days;
    };
    const auto whole_days = [](std::vector<double> days) {
        for (double& day : days) day = std::floor(day);
        return days;
    };
    Model model = referred_at({day(0)}, 4, never_relapses(), Days{40});
    EXPECT_EQ(whole_days(effects(model)), (std::vector<double>{1, 2}));
    // in care at the start: the infusion of day 0 was the first, or the last of an induction of two
    model = one_in_care(never_relapses(), Days{40});
    EXPECT_EQ(whole_days(effects(model)), (std::vector<double>{10, 20}));
    model.patients.inductions = {{"series", 2, always(Days{1})}};
    model.patients.conditions[0].induction = InductionId{0};
    EXPECT_EQ(whole_days(effects(model)), (std::vector<double>{10}));
}

TEST(SideEffect, OfASymptomCourseThatEndsAnInfusionLeavesTheLevelAlone) {
    SymptomCourse course;
    course.response_mean = 1;
    course.ceiling_mean = 0.98;
    course.fast_share = 1;
    course.fast_half_life = 10;
    Model model = referred_at({day(0)}, 1, {}, Days{30});
    model.patients.courses = {{"symptom", course}};
    const auto improvement = [](const Model& of) {
        struct First final : Sink {
            using Sink::on;
            void on(const InductionEnded& f) override { responded = f.responded; }
            bool responded = false;
        } sink;
        simulate(of, with_pathway(of, Policy{}), 0, sink);
        return sink.responded;
    };
    EXPECT_TRUE(improvement(model));
    EXPECT_FALSE(improvement(with_effect(model, {.name = "x", .chance = 1, .ends_infusion = 1})));
}

TEST(SideEffect, ComesAsOftenAsItsChanceSaysAndAtTheSameVisitsUnderEveryPolicy) {
    Model model = renewal_model(400, never_relapses(), Days{1000});
    model.patients.side_effects = {{.name = "nausea", .chance = 0.1}};
    struct Seen final : Sink {
        using Sink::on;
        void on(const SideEffectSeen&) override { ++effects; }
        void on(const InfusionGiven&) override { ++infusions; }
        double effects = 0, infusions = 0;
    } sink;
    simulate(model, with_pathway(model, every_ten_days()), 0, sink);
    const double z = (sink.effects - 0.1 * sink.infusions) / std::sqrt(0.09 * sink.infusions);
    EXPECT_LT(std::abs(z), 4.8916) << "false alarm one in a million";
    const double other = (sink.effects - 0.11 * sink.infusions) / std::sqrt(0.09 * sink.infusions);
    EXPECT_GT(std::abs(other), 4.8916) << "a tenth more would be told";
}

}  // namespace
}  // namespace clinicsim::test
