// Relapses, rescues and their meeting with planned boosters, to the tick.
#include <gtest/gtest.h>

#include "told.hpp"

namespace clinicsim::test {
namespace {

constexpr auto kReset = ScheduleClock::reset;
constexpr auto kCalendar = ScheduleClock::calendar;

Asking rescue(Days after, PlannedInEpisode planned = PlannedInEpisode::kept) {
    Asking asking = asks_after(after);
    asking.planned = planned;
    return asking;
}

Lines told(const Model& model, const Policy& policy, unsigned of) {
    return test::told(model, with_pathway(model, policy), of);
}

/// The one chair is taken by a patient of another induction from `from` on, for `length`.
Model chair_taken(RenewalCourse course, Instant from, Duration length, Days horizon) {
    course.responds = {0};  // who takes the chair leaves after that visit
    Model model = one_in_care(course, horizon);
    model.clinic.chairs = 1;
    model.clinic.visits[0].first.infusion = always(length);
    model.clinic.visits[0].first.turnover = Constant{0};
    model.patients.arrivals = ListedArrivals{{from}};
    model.patients.conditions[0].induction = InductionId{0};
    model.patients.inductions = {{"once", 1, Constant{0}}};
    return model;
}

TEST(Rescue, APlannedBoosterThatComesFirstEndsTheEpisodeAndWithdrawsTheAsking) {
    const Model model = one_in_care(relapses_after(Days{25}), Days{40});
    EXPECT_EQ(told(model, every(Days{28}, kReset, rescue(Days{7})), visits | relapses | requests),
              (Lines{"25d relapse 1", "28d booster starts", "28d 01:00 recovers, ill since 25d"}));
}

TEST(Rescue, CancelledPlannedBoostersDoNotComeInAnEpisodeThatIsSeen) {
    const Model model = one_in_care(relapses_after(Days{25}), Days{65});
    const auto cancelled = rescue(Days{7}, PlannedInEpisode::cancelled);
    EXPECT_EQ(told(model, every(Days{28}, kReset, cancelled), visits),
              (Lines{"32d rescue starts", "64d 01:00 rescue starts"}));
}

TEST(Rescue, WhoDoesNotAskWaitsForThePlannedBooster) {
    const Model model = one_in_care(relapses_after(Days{20}), Days{40});
    Asking silent = rescue(Days{0}, PlannedInEpisode::cancelled);
    silent.asks = 0;
    for (const auto& policy : {every(Days{28}, kReset), every(Days{28}, kReset, silent)})
        EXPECT_EQ(
            told(model, policy, visits | relapses),
            (Lines{"20d relapse 1", "28d booster starts", "28d 01:00 recovers, ill since 20d"}));
}

TEST(Rescue, AsNeededLosesWhoDoesNotAskWhenTheRelapseIsSeen) {
    const Model model = one_in_care(relapses_after(Days{20}), Days{40});
    Asking silent;
    silent.seen = SeenAfter{always(Days{3})};
    silent.asks = 0;
    EXPECT_EQ(
        told(model, as_needed(silent), care | relapses | asking | spans),
        (Lines{"0d care begins", "20d well since 0d", "20d relapse 1", "23d seen, will not ask",
               "23d ill since 20d", "23d care ends: left while ill"}));
}

TEST(Rescue, AnInfusionThatDoesNotWorkIsRepeatedAWeekLater) {
    RenewalCourse course = relapses_after(Days{20});
    course.works = 0;
    const Model model = one_in_care(course, Days{35});
    EXPECT_EQ(told(model, as_needed(), infusions | relapses),
              (Lines{"20d relapse 1", "20d 01:00 rescue fails", "27d 02:00 rescue fails",
                     "34d 03:00 rescue fails"}));
}

TEST(Rescue, ASecondInfusionOfAPairThatWorksNeedsNoRepeat) {
    RenewalCourse course = relapses_after(Days{20});
    course.works = 0;
    const Model model = one_in_care(course, Days{40});
    Policy policy = as_needed();
    policy.infusions = 2;
    policy.apart = always(Days{1});
    // asked once, answered by two, asked again a week after the second
    EXPECT_EQ(
        told(model, policy, infusions),
        (Lines{"20d 01:00 rescue fails", "21d 02:00 rescue fails", "28d 03:00 rescue fails",
               "29d 04:00 rescue fails", "36d 05:00 rescue fails", "37d 06:00 rescue fails"}));
}

TEST(Rescue, CheckUpsCountFromTheEndOfTheLastVisitAndOneAtTheInstantOfOnsetSeesIt) {
    Asking check_ups;
    check_ups.seen = SeenAtCheckUps{Days{7}};
    const Model on_time = one_in_care(relapses_after(Days{21}), Days{40});
    EXPECT_EQ(told(on_time, as_needed(check_ups), relapses | asking),
              (Lines{"21d relapse 1", "21d seen, will ask", "21d 01:00 recovers, ill since 21d"}));
    const Model later = one_in_care(relapses_after(Days{22}), Days{59});
    EXPECT_EQ(told(later, as_needed(check_ups), relapses | asking),
              (Lines{"22d relapse 1", "28d seen, will ask", "28d 01:00 recovers, ill since 22d",
                     "50d 01:00 relapse 2", "56d 01:00 seen, will ask",
                     "56d 02:00 recovers, ill since 50d 01:00"}));
}

TEST(Rescue, OthersMaySeeItFirst) {
    Asking asking;
    asking.seen = SeenAfter{always(Days{5})};
    asking.by_others = {1, always(Days{2})};
    const Model model = one_in_care(relapses_after(Days{20}), Days{30});
    EXPECT_EQ(told(model, as_needed(asking), visits), (Lines{"22d rescue starts"}));
    asking.by_others.delay = always(Days{9});
    EXPECT_EQ(told(model, as_needed(asking), visits), (Lines{"25d rescue starts"}));
}

TEST(Rescue, WithoutRenewalItEndsTheEpisodeAndTheRiskRunsOn) {
    RenewalCourse course = relapses_after(Days{20});
    course.rescue_renews = false;
    course.relapse = Weibull{1000, 20 * kDay};  // all but a constant: the risk past its end is huge
    const Model model = one_in_care(course, Days{22});
    Lines lines = told(model, as_needed(), relapses);
    ASSERT_GE(lines.size(), 4);
    EXPECT_LE(std::stoi(lines[2]), 21) << "a renewed clock would have waited until day 40";
}

TEST(PlannedDuringARescue, IsDroppedUnderResetAndCountsAsGivenUnderCalendar) {
    // asks on day 27, the chair is taken from day 26 to day 36; planned for day 28
    const Model model = chair_taken(relapses_after(Days{27}), day(26), Days{10}, Days{60});
    EXPECT_EQ(told(model, every(Days{28}, kReset, rescue(Days{0})), visits),
              (Lines{"26d induction starts, first visit", "36d rescue starts, wanted 27d"}));
    EXPECT_EQ(told(model, every(Days{28}, kCalendar, rescue(Days{0})), visits),
              (Lines{"26d induction starts, first visit", "36d rescue starts, wanted 27d",
                     "56d booster starts"}));
}

TEST(PlannedDuringARescue, AskingWhileThePlannedOneWaitsIsServedByIt) {
    // planned for day 28, the chair is taken from day 26 to day 36, asks on day 30
    const Model model = chair_taken(relapses_after(Days{30}), day(26), Days{10}, Days{60});
    EXPECT_EQ(told(model, every(Days{28}, kReset, rescue(Days{0})), visits | relapses | requests),
              (Lines{"26d induction starts, first visit", "30d relapse 1",
                     "36d booster starts, wanted 28d", "36d 01:00 recovers, ill since 30d"}));
}

TEST(PlannedDuringARescue, AskingWhileThePlannedOneWaitsInVainAsksAgainAWeekLater) {
    // planned for day 28, ill on day 30, patience of 5 days, the chair is taken until day 46
    Model model = chair_taken(relapses_after(Days{30}), day(26), Days{20}, Days{55});
    model.clinic.patience = always(Days{5});
    EXPECT_EQ(
        told(model, every(Days{28}, kCalendar, rescue(Days{0})), visits | relapses | requests),
        (Lines{"26d induction starts, first visit", "30d relapse 1",
               "33d booster turned away, wanted 28d", "45d rescue turned away, wanted 40d",
               "52d rescue starts", "52d 01:00 recovers, ill since 30d"}));
}

TEST(Rescue, SeenInTheChairWhoDoesNotAskLeavesAfterAVisitThatDoesNotHelp) {
    // a booster before 20 March (day 78) is the one visit, and the relapse comes in the middle of
    // it
    RenewalCourse course = relapses_after(Days{71} + Duration{30min});
    Asking silent;
    silent.asks = 0;
    Policy policy = as_needed(silent);
    policy.before = {.days = {YearlyDay{std::chrono::month{3}, std::chrono::day{20}}},
                     .by = Days{7}};
    EXPECT_EQ(told(one_in_care(course, Days{80}), policy, visits | relapses | care),
              (Lines{"0d care begins", "71d booster starts", "71d 00:30 relapse 1",
                     "71d 01:00 recovers, ill since 71d 00:30", "80d care ends: end of run"}));
    course.works = 0;
    EXPECT_EQ(told(one_in_care(course, Days{80}), policy, visits | relapses | care),
              (Lines{"0d care begins", "71d booster starts", "71d 00:30 relapse 1",
                     "71d 01:00 care ends: left while ill"}));
}

TEST(Effects, OfTheNumberOfInfusionsAndOfTwoCloseTogether) {
    RenewalCourse course = relapses_after(Days{20});
    course.effects.per_infusion = 0.5;
    course.effects.most_infusions = 2;
    course.effects.close_together = 3;
    course.effects.within = Days{10};
    // 20; 20/2; 20/4 x 3, for the infusion before was 10 days back; 20/4; 20/4 x 3
    EXPECT_EQ(told(renewal_model(1, course, Days{66}), as_needed(), visits),
              (Lines{"20d rescue starts", "30d rescue starts", "45d rescue starts",
                     "50d rescue starts", "65d rescue starts"}));
}

TEST(RepeatInduction, AfterSixtyDaysIllTheSeriesBeginsAgainAndSheIsIllUntilItWorks) {
    RenewalCourse course = relapses_after(Days{30});
    course.responds = {0, 1};  // at the second of three
    course.responds_at_last = false;
    const Model model = referred_at({day(0)}, 3, course, Days{160});
    const auto policy = with_pathway(model, Policy{}, Span{.fixed = Days{60}});
    // visits on days 0, 1, 2 (end 03:00): relapse a day 32, back on day 92; well from day 93 on,
    // and the next relapse counts from the end of the last visit
    EXPECT_EQ(
        test::told(model, policy, inductions | spans | infusions),
        (Lines{"0d induction begins", "0d 01:00 induction fails", "1d 02:00 induction works",
               "2d 03:00 induction works", "2d 03:00 induction ends: responded, began 0d",
               "2d 03:00 response", "32d 03:00 well since 2d 03:00", "92d 03:00 induction again",
               "92d 04:00 induction fails", "93d 05:00 ill since 32d 03:00",
               "93d 05:00 induction works", "94d 06:00 induction works",
               "94d 06:00 induction ends: responded, began 92d 03:00",
               "124d 06:00 well since 93d 05:00", "160d ill since 124d 06:00"}));
}

TEST(LossOfResponse, NoInfusionWorksAnyMore) {
    RenewalCourse course = relapses_after(Days{20});
    course.loss_of_response = 1;
    const Model model = one_in_care(course, Days{60});
    EXPECT_EQ(told(model, every(Days{15}, kReset), infusions | relapses),
              (Lines{"15d 01:00 booster fails", "20d relapse 1", "30d 02:00 booster fails",
                     "45d 03:00 booster fails"}))
        << "an infusion that fails leaves the risk of the first one running";
}

}  // namespace
}  // namespace clinicsim::test
