// Who is on duty when.
#include "clinicsim/clinic/roster.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "staff_models.hpp"

namespace clinicsim::test {
namespace {

using std::chrono::year;

/// The run begins on Thursday, 1 January 2026.
const Dates kDates{Date{year{2026} / 1 / 1}};

ClinicPlan clinic(std::vector<Shift> shifts, const OpeningRule& open = daily({{8, 17}})) {
    ClinicPlan plan;
    plan.open = open;
    plan.staff = {group_of("nurse", std::move(shifts))};
    return plan;
}

/// "0d 08:00 2" for every change before the end of day `days` - 1.
Lines changes(const ClinicPlan& plan, std::int64_t days) {
    Lines lines;
    const CapacityCalendar calendar = on_duty(plan, 0, kDates, day(days));
    for (const auto& change : calendar.changes())
        if (change.at < day(days))
            lines.push_back(when(change.at) + " " + std::to_string(change.capacity));
    return lines;
}

TEST(Roster, AddsShiftsUpAndTakesBreaksOut) {
    Shift early = daily_shift(2, 8h, 14h), late = daily_shift(1, 12h, 18h);
    early.pause = DayHours{11h, 11h + 30min};
    EXPECT_EQ(changes(clinic({early, late}), 1), (Lines{"0d 08:00 2", "0d 11:00 0", "0d 11:30 2",
                                                        "0d 12:00 3", "0d 14:00 1", "0d 18:00 0"}));
}

TEST(Roster, HasNoChangeWhereOneShiftTakesOverFromAnother) {
    EXPECT_EQ(changes(clinic({daily_shift(1, 8h, 12h), daily_shift(1, 12h, 16h)}), 1),
              (Lines{"0d 08:00 1", "0d 16:00 0"}));
    EXPECT_EQ(changes(clinic({always_there(3)}), 5), (Lines{"0d 3"}));
}

TEST(Roster, FollowsTheOpeningHoursWhereAShiftNamesNone) {
    Shift shift;
    shift.people = 2;
    EXPECT_EQ(changes(clinic({shift}, daily({{8, 12}, {13, 17}})), 1),
              (Lines{"0d 08:00 2", "0d 12:00 0", "0d 13:00 2", "0d 17:00 0"}));
    EXPECT_EQ(changes(clinic({shift}, OpeningRule{}), 9), (Lines{"0d 2"}));
}

TEST(Roster, KnowsWeekdaysHolidaysClosuresLeavesAndDatesOfHiring) {
    OpeningRule open = daily({{8, 17}});
    open.holidays = {{std::chrono::month{1}, std::chrono::day{2}}};        // Friday
    open.closed = {{Date{year{2026} / 1 / 5}, Date{year{2026} / 1 / 5}}};  // Monday
    Shift part = daily_shift(1, 8h, 9h);
    part.days = {false, true, false, false, true, true, false};          // Mon, Thu, Fri
    part.away = {{Date{year{2026} / 1 / 8}, Date{year{2026} / 1 / 9}}};  // Thu, Fri
    Shift hired = daily_shift(1, 9h, 10h);
    hired.days = part.days;
    hired.from = Date{year{2026} / 1 / 9};
    hired.until = Date{year{2026} / 1 / 12};
    EXPECT_EQ(changes(clinic({part, hired}, open), 20),
              (Lines{"0d 08:00 1", "0d 09:00 0", "8d 09:00 1", "8d 10:00 0", "11d 08:00 1",
                     "11d 10:00 0", "14d 08:00 1", "14d 09:00 0", "15d 08:00 1", "15d 09:00 0",
                     "18d 08:00 1", "18d 09:00 0"}));
}

TEST(Roster, EquipmentIsThereFromTheStart) {
    ClinicPlan plan;
    plan.staff = {{"monitor", 4, {}, 0}};
    EXPECT_EQ(changes(plan, 100), (Lines{"0d 4"}));
}

/// Person-days at work in the first `days` days.
std::vector<std::uint32_t> at_noon(const ClinicPlan& plan, std::int64_t days,
                                   std::uint32_t replication) {
    const auto calendar = on_duty(plan, 0, kDates, day(days), SickDays{7, replication});
    std::vector<std::uint32_t> people;
    for (std::int64_t i = 0; i < days; ++i) people.push_back(calendar.at(day(i, 12h)));
    return people;
}

TEST(SickLeave, IsTheStatedShareOfPersonDays) {
    constexpr std::int64_t kDays = 4000;
    ClinicPlan plan = clinic({daily_shift(10, 8h, 17h)});
    plan.staff[0].sick = 0.05;
    double sick = 0;
    for (const std::uint32_t people : at_noon(plan, kDays, 0)) sick += 10 - people;
    // a false alarm in a million runs: 4.89 standard errors of a share of 40,000
    const double tolerance = 4.8916 * std::sqrt(0.05 * 0.95 / (10 * kDays));
    EXPECT_NEAR(sick / (10 * kDays), 0.05, tolerance);
    EXPECT_GT(std::abs(sick / (10 * kDays) - 0.06), tolerance) << "the check has lost its power";
}

TEST(SickLeave, OfPeopleOfOneShiftFallsOnDaysOfTheirOwn) {
    constexpr std::int64_t kDays = 4000;
    ClinicPlan plan = clinic({daily_shift(2, 8h, 17h)});
    plan.staff[0].sick = 0.5;
    double one_of_two = 0;
    for (const std::uint32_t people : at_noon(plan, kDays, 0)) one_of_two += people == 1;
    // half of the days; none, if they were sick together; a false alarm in a million runs
    EXPECT_NEAR(one_of_two / kDays, 0.5, 4.8916 * std::sqrt(0.25 / kDays));
}

TEST(SickLeave, OfOnePersonIsMovedByNobodyElse) {
    ClinicPlan small = clinic({daily_shift(1, 8h, 17h)});
    small.staff[0].sick = 0.2;
    ClinicPlan bigger = clinic({daily_shift(2, 8h, 17h), daily_shift(1, 8h, 17h)});
    bigger.staff[0].sick = 0.2;
    ClinicPlan second = clinic({daily_shift(0, 8h, 17h), daily_shift(1, 8h, 17h)});
    second.staff[0].sick = 0.2;
    const auto first_alone = at_noon(small, 300, 3), third_alone = at_noon(second, 300, 3);
    const auto three = at_noon(bigger, 300, 3);
    EXPECT_NE(first_alone, at_noon(small, 300, 4));
    int apart = 0;
    for (std::size_t i = 0; i < three.size(); ++i) {
        ASSERT_GE(three[i], first_alone[i] + third_alone[i]) << "day " << i;
        ASSERT_LE(three[i], first_alone[i] + third_alone[i] + 1) << "day " << i;
        apart += first_alone[i] != third_alone[i];
    }
    EXPECT_GT(apart, 50) << "everybody is sick on the same days";
}

TEST(SickLeave, IsTakenByNoDevice) {
    ClinicPlan plan;
    plan.staff = {{"monitor", 4, {}, 0.5}};
    EXPECT_EQ(at_noon(plan, 2, 0), (std::vector<std::uint32_t>{4, 4}));
}

}  // namespace
}  // namespace clinicsim::test
