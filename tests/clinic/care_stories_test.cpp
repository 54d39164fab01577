// Schedules and their clocks, to the tick: every length is a constant, so each line can be worked
// out by hand.
#include <gtest/gtest.h>

#include "told.hpp"

namespace clinicsim::test {
namespace {

constexpr auto kReset = ScheduleClock::reset;
constexpr auto kCalendar = ScheduleClock::calendar;

Asking rescue(Days after = Days{0}, PlannedInEpisode planned = PlannedInEpisode::kept) {
    Asking asking = asks_after(after);
    asking.planned = planned;
    return asking;
}

Lines told(const Model& model, const Policy& policy, unsigned of) {
    return test::told(model, with_pathway(model, policy), of);
}

TEST(ScheduleClock, ResetCountsFromTheEndOfTheVisitBeforeTurnover) {
    const Model model = one_in_care(never_relapses(), Days{60});
    EXPECT_EQ(told(model, every(Days{28}, kReset), visits | infusions | chairs),
              (Lines{"28d booster starts", "28d 01:30 chair held since 28d",
                     "28d 01:00 booster works", "56d 01:00 booster starts",
                     "56d 02:30 chair held since 56d 01:00", "56d 02:00 booster works"}));
}

TEST(ScheduleClock, CalendarCountsFromTheEndOfTheInductionWhateverAVisitLasts) {
    const Model model = one_in_care(never_relapses(), Days{60});
    EXPECT_EQ(told(model, every(Days{28}, kCalendar), visits),
              (Lines{"28d booster starts", "56d booster starts"}));
}

TEST(ScheduleClock, ARescueMovesTheNextPlannedBoosterUnderResetOnly) {
    // ill at day 20, a rescue at once, until 20d 01:00; the next relapse 20 days later
    const Model model = one_in_care(relapses_after(Days{20}), Days{42});
    EXPECT_EQ(told(model, every(Days{28}, kReset, rescue()), visits),
              (Lines{"20d rescue starts", "40d 01:00 rescue starts"}));
    EXPECT_EQ(told(model, every(Days{28}, kCalendar, rescue()), visits),
              (Lines{"20d rescue starts", "28d booster starts"}));
}

TEST(ScheduleClock, CalendarMonthsKeepTheDayOfTheMonth) {
    Model model = one_in_care(never_relapses(), Days{100});
    model.dates = Dates{Date{std::chrono::year{2026} / 1 / 31}};
    Policy monthly;
    monthly.schedule = FixedInterval{Span{.months = 1}, kCalendar};
    // 28 February, 31 March, 30 April
    EXPECT_EQ(told(model, monthly, visits),
              (Lines{"28d booster starts", "59d booster starts", "89d booster starts"}));
}

TEST(Steps, MonthlyForAWhileThenQuarterly) {
    const Model model = one_in_care(never_relapses(), Days{200});
    Policy policy;
    policy.schedule = Steps{
        {{Span{.fixed = Days{30}}, Span{.fixed = Days{60}}}, {Span{.fixed = Days{90}}, Span{}}},
        kCalendar};
    EXPECT_EQ(told(model, policy, visits),
              (Lines{"30d booster starts", "60d booster starts", "150d booster starts"}));
    policy.schedule = Steps{
        {{Span{.fixed = Days{30}}, Span{.fixed = Days{61}}}, {Span{.fixed = Days{90}}, Span{}}},
        kReset};
    // the visit that ends on day 60 at 02:00 still lies in the first step, that of day 90 does not
    EXPECT_EQ(told(model, policy, visits),
              (Lines{"30d booster starts", "60d 01:00 booster starts", "90d 02:00 booster starts",
                     "180d 03:00 booster starts"}));
}

TEST(Lengthening, StretchesWhileWellAndGoesBackToItsStartAfterARelapse) {
    const Model model = one_in_care(relapses_after(Days{33}), Days{160});
    Policy policy;
    policy.schedule =
        Lengthening{Span{.fixed = Days{21}}, Span{.fixed = Days{35}}, Span{.fixed = Days{7}}};
    policy.asking = rescue();
    // 21 days, 28 days, then 35: but ill after 33, so 21 and 28 days again
    EXPECT_EQ(told(model, policy, visits | relapses),
              (Lines{"21d booster starts", "49d 01:00 booster starts", "82d 02:00 relapse 1",
                     "82d 02:00 rescue starts", "82d 03:00 recovers, ill since 82d 02:00",
                     "103d 03:00 booster starts", "131d 04:00 booster starts"}));
}

TEST(Lengthening, StaysAtItsLongest) {
    const Model model = one_in_care(never_relapses(), Days{130});
    Policy policy;
    policy.schedule =
        Lengthening{Span{.fixed = Days{21}}, Span{.fixed = Days{35}}, Span{.fixed = Days{10}}};
    EXPECT_EQ(told(model, policy, visits),
              (Lines{"21d booster starts", "52d 01:00 booster starts", "87d 02:00 booster starts",
                     "122d 03:00 booster starts"}));
}

TEST(BeforeDates, ABoosterComesAheadOfTheDayAndTheScheduleGoesOnFromIt) {
    // the run begins on 1 January 2026; 20 March is day 78
    const Model model = one_in_care(never_relapses(), Days{120});
    Policy policy = every(Days{50}, kReset);
    policy.before = {.days = {YearlyDay{std::chrono::month{3}, std::chrono::day{20}}},
                     .by = Days{7}};
    EXPECT_EQ(told(model, policy, visits),
              (Lines{"50d booster starts", "71d booster starts"}));  // 71 = 78 - 7; then 121
    policy.schedule = NoSchedule{};
    EXPECT_EQ(told(model, policy, visits), (Lines{"71d booster starts"}));
}

TEST(BeforeDates, EverybodyHasAnAnniversaryOnceAYear) {
    const Model model = one_in_care(never_relapses(), Days{2 * 365});
    Policy policy;
    policy.before = {.anniversary = true, .by = Days{3}};
    const Lines lines = told(model, policy, visits);
    ASSERT_EQ(lines.size(), 2);
    EXPECT_EQ(std::stoi(lines[1]) - std::stoi(lines[0]), 365);
}

TEST(Pair, TheSecondInfusionComesADayAfterTheEndOfTheFirst) {
    const Model model = one_in_care(never_relapses(), Days{60});
    Policy policy = every(Days{28}, kReset);
    policy.infusions = 2;
    policy.apart = always(Days{1});
    EXPECT_EQ(told(model, policy, visits),
              (Lines{"28d booster starts", "29d 01:00 booster starts", "57d 02:00 booster starts",
                     "58d 03:00 booster starts"}));
}

TEST(Pair, BothInfusionsOfARescueAreRescues) {
    const Model model = one_in_care(relapses_after(Days{20}), Days{30});
    Policy policy = as_needed();
    policy.infusions = 2;
    policy.apart = always(Days{2});
    EXPECT_EQ(told(model, policy, infusions | relapses),
              (Lines{"20d relapse 1", "20d 01:00 rescue works", "20d 01:00 recovers, ill since 20d",
                     "22d 02:00 rescue works"}));
}

TEST(Missed, AMissedBoosterUsesNoChairAndTheNextComesOneIntervalLater) {
    const Model model = one_in_care(never_relapses(), Days{90});
    Policy policy = every(Days{28}, kReset);
    policy.missed = 1;
    EXPECT_EQ(told(model, policy, visits | infusions | chairs),
              (Lines{"28d booster missed", "56d booster missed", "84d booster missed"}));
    policy.schedule = FixedInterval{Span{.fixed = Days{28}}, kCalendar};
    EXPECT_EQ(told(model, policy, visits | infusions | chairs),
              (Lines{"28d booster missed", "56d booster missed", "84d booster missed"}));
}

TEST(Cap, OneBoosterMoreWaitsUntilTheOldestIsAYearBack) {
    const Model model = one_in_care(never_relapses(), Days{500});
    Policy policy = every(Days{100}, kReset);
    policy.cap = Cap{2};
    // given at 01:00 on day 100, so the third on day 465 at 01:00: 365 days apart are no longer one
    // year
    EXPECT_EQ(
        told(model, policy, visits),
        (Lines{"100d booster starts", "200d 01:00 booster starts", "465d 01:00 booster starts"}));
}

TEST(Cap, CountsARescueAndBothOfAPair) {
    const Model model = one_in_care(relapses_after(Days{50}), Days{800});
    Policy policy = as_needed();
    policy.infusions = 2;
    policy.apart = always(Days{1});
    policy.cap = Cap{3};
    // days 50 and 51 count two: a second pair fits only when the first infusion is a year back
    EXPECT_EQ(told(model, policy, visits),
              (Lines{"50d rescue starts", "51d 01:00 booster starts", "415d 01:00 rescue starts",
                     "416d 02:00 booster starts", "780d 02:00 rescue starts",
                     "781d 03:00 booster starts"}));
}

TEST(Cap, HoldsUnderTheCalendarClockAfterARescueInBetween) {
    const Model model = one_in_care(relapses_after(Days{45}), Days{440});
    Policy policy = every(Days{100}, kCalendar, rescue());
    policy.cap = Cap{1};
    // the rescue of day 45 is the one of this year: the booster of day 100 waits until day 410
    EXPECT_EQ(told(model, policy, visits),
              (Lines{"45d rescue starts", "410d 01:00 rescue starts"}));
}

TEST(StopRule, DischargesAfterSoLongWithoutRelapse) {
    const Model well = one_in_care(never_relapses(), Days{200});
    Policy policy = every(Days{28}, kReset, rescue());
    policy.stop_when_well = Span{.fixed = Days{60}};
    EXPECT_EQ(told(well, policy, visits | care),
              (Lines{"0d care begins", "28d booster starts", "56d 01:00 booster starts",
                     "60d care ends: pathway"}));
    // a relapse begins the count again
    const Model relapsing = one_in_care(relapses_after(Days{27}), Days{60});
    EXPECT_EQ(told(relapsing, policy, visits | care),
              (Lines{"0d care begins", "27d rescue starts", "54d 01:00 rescue starts",
                     "60d care ends: end of run"}));
}

TEST(EndOfRun, AnEventAtTheVeryInstantOfTheEndDoesNotHappen) {
    Model model = one_in_care(relapses_after(Days{20}), Days{28});
    EXPECT_EQ(told(model, every(Days{28}, kReset), visits | care),
              (Lines{"0d care begins", "28d care ends: end of run"}));
    model.end += Duration{1};
    EXPECT_EQ(
        told(model, every(Days{28}, kReset), visits | care),
        (Lines{"0d care begins", "28d booster starts", "28d 00:00:00.001 care ends: end of run"}));
}

}  // namespace
}  // namespace clinicsim::test
