#include "clinicsim/care/policy.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

using namespace std::chrono_literals;
using std::chrono::day;
using std::chrono::month;

const Dates kDates{Date{std::chrono::year{2026} / 1 / 1}};

Instant on(const char* date) { return kDates.midnight_of(*parse_date(date)); }
Span days(int n) { return {.fixed = Days{n}}; }
Span months(int n) { return {.months = n}; }

/// Induction over, nothing given since.
CareView after_induction(Instant at) { return {at, at, at, 0}; }
/// Only the last infusion matters to a schedule that is reset by it.
CareView after_infusion(Instant at) { return {kRunStart, at, kRunStart, 0}; }

/// Planned boosters as they fall due, each given at once.
std::vector<Instant> planned(const Schedule& schedule, Instant induction_end, std::size_t n) {
    CareView seen = after_induction(induction_end);
    std::vector<Instant> due;
    while (due.size() < n) {
        due.push_back(next_due(schedule, seen, kDates));
        seen.last_infusion = seen.last_planned_due = due.back();
        ++seen.well_in_a_row;
    }
    return due;
}

// --- schedules -----------------------------------------------------------------------------------

TEST(NoSchedule, PlansNothing) {
    EXPECT_EQ(next_due(NoSchedule{}, after_induction(kRunStart), kDates), kNever);
}

TEST(FixedInterval, CountsFromTheLastInfusionOfAnyKindWhenReset) {
    const FixedInterval monthly{days(30), ScheduleClock::reset};
    const Instant rescue = kRunStart + Days{12} + 7h;
    EXPECT_EQ(monthly.next_due(after_infusion(rescue), kDates), rescue + Days{30});
}

TEST(FixedInterval, CountsCalendarMonthsFromTheDateOfTheLastInfusion) {
    const FixedInterval monthly{months(1), ScheduleClock::reset};
    EXPECT_EQ(monthly.next_due(after_infusion(on("2026-01-31") + 9h), kDates),
              on("2026-02-28") + 9h);
    EXPECT_EQ(monthly.next_due(after_infusion(on("2026-02-28") + 9h), kDates),
              on("2026-03-28") + 9h)
        << "each month counts from where it begins";
}

TEST(FixedInterval, KeepsToMultiplesAfterTheInductionOnTheCalendarClock) {
    const FixedInterval monthly{days(28), ScheduleClock::calendar};
    CareView seen = after_induction(kRunStart + Days{10});
    EXPECT_EQ(monthly.next_due(seen, kDates), kRunStart + Days{38});
    seen.last_infusion = kRunStart + Days{37};  // a rescue the day before changes nothing
    EXPECT_EQ(monthly.next_due(seen, kDates), kRunStart + Days{38});
    seen.last_planned_due = kRunStart + Days{38};
    EXPECT_EQ(monthly.next_due(seen, kDates), kRunStart + Days{66});
    seen.last_planned_due = kRunStart + Days{66} - 1ms;
    EXPECT_EQ(monthly.next_due(seen, kDates), kRunStart + Days{66});
    seen.last_planned_due = kRunStart + Days{10 + 28 * 1000};
    EXPECT_EQ(monthly.next_due(seen, kDates), kRunStart + Days{10 + 28 * 1001});
}

TEST(FixedInterval, CountsEveryCalendarMonthFromTheSameDate) {
    const FixedInterval monthly{months(1), ScheduleClock::calendar};
    const Instant end = on("2026-01-31") + 9h;
    EXPECT_EQ(planned(monthly, end, 3),
              (std::vector<Instant>{on("2026-02-28") + 9h, on("2026-03-31") + 9h,
                                    on("2026-04-30") + 9h}));
    CareView late = after_induction(end);
    late.last_planned_due = on("2046-02-28") + 9h;  // twenty years of uneven months
    EXPECT_EQ(monthly.next_due(late, kDates), on("2046-03-31") + 9h);
}

TEST(FixedInterval, MayJoinMonthsAndDays) {
    const FixedInterval odd{{.months = 1, .fixed = Days{1}}, ScheduleClock::calendar};
    EXPECT_EQ(planned(odd, on("2026-01-31"), 2),
              (std::vector<Instant>{on("2026-03-01"), on("2026-04-02")}));
}

TEST(Steps, TakesTheStepInForceWhenTheLastInfusionEnded) {
    const Steps steps{{{days(30), days(180)}, {days(90), {}}}, ScheduleClock::reset};
    EXPECT_EQ(steps.next_due(after_infusion(kRunStart), kDates), kRunStart + Days{30});
    const Instant boundary = kRunStart + Days{180};
    EXPECT_EQ(steps.next_due(after_infusion(boundary - 1ms), kDates), boundary - 1ms + Days{30});
    EXPECT_EQ(steps.next_due(after_infusion(boundary), kDates), boundary + Days{90});
}

TEST(Steps, RunsEveryStepOnItsOwnGridOnTheCalendarClock) {
    const Steps steps{{{days(30), days(100)}, {days(60), {}}}, ScheduleClock::calendar};
    EXPECT_EQ(
        planned(steps, kRunStart, 5),
        (std::vector<Instant>{kRunStart + Days{30}, kRunStart + Days{60}, kRunStart + Days{90},
                              kRunStart + Days{160}, kRunStart + Days{220}}));
}

TEST(Steps, GivesTheBoosterAtAStepsVeryEndToThatStep) {
    const Steps steps{{{days(30), days(60)}, {days(45), {}}}, ScheduleClock::calendar};
    EXPECT_EQ(planned(steps, kRunStart, 4),
              (std::vector<Instant>{kRunStart + Days{30}, kRunStart + Days{60},
                                    kRunStart + Days{105}, kRunStart + Days{150}}));
}

TEST(Steps, MonthlyForSixMonthsThenQuarterlyFollowsTheCalendar) {
    const Steps steps{{{months(1), months(6)}, {months(3), {}}}, ScheduleClock::calendar};
    const auto due = planned(steps, on("2026-01-31"), 8);
    EXPECT_EQ(due[0], on("2026-02-28"));
    EXPECT_EQ(due[5], on("2026-07-31"));
    EXPECT_EQ(due[6], on("2026-10-31"));
    EXPECT_EQ(due[7], on("2027-01-31"));
}

TEST(StepsDeathTest, NeedALastStepWithoutEnd) {
    const Steps steps{{{days(30), days(60)}}, ScheduleClock::reset};
    EXPECT_EXIT(steps.next_due(after_infusion(kRunStart + Days{60}), kDates),
                testing::ExitedWithCode(1), "the last step of a schedule has no end");
}

TEST(Lengthening, GrowsByOneStepForEveryBoosterGivenToSomebodyWell) {
    const Lengthening schedule{days(21), days(35), days(7)};
    CareView seen = after_infusion(kRunStart + Days{100});
    std::vector<std::int64_t> intervals;
    for (seen.well_in_a_row = 0; seen.well_in_a_row < 5; ++seen.well_in_a_row)
        intervals.push_back((schedule.next_due(seen, kDates) - seen.last_infusion) / Days{1});
    EXPECT_EQ(intervals, (std::vector<std::int64_t>{21, 28, 35, 35, 35}));
}

TEST(Lengthening, ReturnsToItsStartAfterARelapse) {
    const Lengthening schedule{days(21), days(35), days(7)};
    CareView seen = after_infusion(kRunStart + Days{100});
    seen.well_in_a_row = 4;
    EXPECT_EQ(schedule.next_due(seen, kDates), seen.last_infusion + Days{35});
    seen.well_in_a_row = 0;  // what the clinic's loop does when the booster finds a relapse
    EXPECT_EQ(schedule.next_due(seen, kDates), seen.last_infusion + Days{21});
}

TEST(Lengthening, EndsAtItsLongestEvenBetweenSteps) {
    const Lengthening schedule{days(20), days(33), days(7)};
    CareView seen = after_infusion(kRunStart);
    seen.well_in_a_row = 1;
    EXPECT_EQ(schedule.next_due(seen, kDates), kRunStart + Days{27});
    seen.well_in_a_row = 2;
    EXPECT_EQ(schedule.next_due(seen, kDates), kRunStart + Days{33});
    seen.well_in_a_row = 4'000'000'000;
    EXPECT_EQ(schedule.next_due(seen, kDates), kRunStart + Days{33});
}

// --- certain days --------------------------------------------------------------------------------

TEST(BeforeDates, FallDueAheadOfTheNextOfTheirDays) {
    const BeforeDates before{{{month{12}, day{24}}, {month{5}, day{1}}},
                             false,
                             std::chrono::duration_cast<Duration>(Days{3})};
    EXPECT_EQ(next_before_date(before, {}, kRunStart, kDates), on("2026-04-28"));
    EXPECT_EQ(next_before_date(before, {}, on("2026-04-28") - 1ms, kDates), on("2026-04-28"));
    EXPECT_EQ(next_before_date(before, {}, on("2026-04-28"), kDates), on("2026-12-21"))
        << "strictly after";
    EXPECT_EQ(next_before_date(before, {}, on("2026-12-22"), kDates), on("2027-04-28"));
}

TEST(BeforeDates, IncludeAPersonalDayWhereOneIsWanted) {
    BeforeDates before{{{month{12}, day{24}}}, true, Days{0}};
    const YearlyDay birthday{month{3}, day{9}};
    EXPECT_EQ(next_before_date(before, birthday, kRunStart, kDates), on("2026-03-09"));
    before.anniversary = false;
    EXPECT_EQ(next_before_date(before, birthday, kRunStart, kDates), on("2026-12-24"));
}

TEST(BeforeDates, AreNothingWhenThereAreNone) {
    EXPECT_TRUE(BeforeDates{}.empty());
    EXPECT_EQ(next_before_date({}, {}, kRunStart, kDates), kNever);
}

// --- being seen ----------------------------------------------------------------------------------

TEST(SeenAt, IsTheOnsetWhenSeenAtOnce) {
    const Instant onset = kRunStart + Days{40};
    EXPECT_EQ(seen_at(SeenAtOnce{}, onset, kRunStart, Days{9}), onset);
}

TEST(SeenAt, IsTheDrawnDelayAfterOnset) {
    const Instant onset = kRunStart + Days{40};
    EXPECT_EQ(seen_at(SeenAfter{}, onset, kRunStart, Days{9}), onset + Days{9});
    EXPECT_EQ(seen_at(SeenAfter{}, onset, kRunStart, kNever - kRunStart), kNever);
}

TEST(SeenAt, IsTheNextCheckUpCountedFromTheLastInfusion) {
    const SeenAtCheckUps weekly{Days{7}};
    const Instant infusion = kRunStart + Days{3} + 11h;
    const auto seen_after = [&](Duration since) {
        return seen_at(weekly, infusion + since, infusion, {}) - infusion;
    };
    EXPECT_EQ(seen_after(Days{6}), Days{7});
    EXPECT_EQ(seen_after(Days{7}), Days{7}) << "one at the very instant of onset sees it";
    EXPECT_EQ(seen_after(Days{7} + 1ms), Days{14});
    EXPECT_EQ(seen_after(1ms), Days{7});
    EXPECT_EQ(seen_after(0ms), Days{7}) << "there is no check-up at the infusion itself";
}

// --- policies as values --------------------------------------------------------------------------

TEST(PolicyChoice, PicksByConditionOrSeverityOrNothing) {
    PolicyChoice choice;
    choice.policies = {Policy{.name = "a"}, Policy{.name = "b"}};
    choice.by = PolicyChoice::By::condition;
    EXPECT_EQ(choice.of(1, 0).name, "b");
    choice.by = PolicyChoice::By::severity;
    EXPECT_EQ(choice.of(1, 0).name, "a");
    EXPECT_EQ(choice.of(0, 1).name, "b");
    choice.by = PolicyChoice::By::nothing;
    EXPECT_EQ(choice.of(1, 1).name, "a");
}

TEST(Policy, PlansWhenItHasAScheduleOrCertainDays) {
    Policy policy;
    EXPECT_FALSE(policy.plans());
    policy.before.anniversary = true;
    EXPECT_TRUE(policy.plans());
    policy.before = {};
    policy.schedule = FixedInterval{days(30), ScheduleClock::reset};
    EXPECT_TRUE(policy.plans());
}

}  // namespace
}  // namespace clinicsim
