// Staff: what is used of those on duty, who stays longer, who is missing; cut at the measured time.
#include "clinicsim/observe/staff.hpp"

#include <gtest/gtest.h>

#include "clinicsim/observe/staff_metrics.hpp"

namespace clinicsim {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Instant hour(int n) { return kRunStart + hours{n}; }
constexpr std::uint32_t one = kWhole;
const Window kWeek{hour(100), hour(100 + 168), hours{40}, 2};

const Dates kDates{Date{std::chrono::year{2026} / 1 / 5}};
/// One site that is open always, and one from 8 to 16 every day.
const std::vector<OpeningHours> kAlways{OpeningHours{OpeningRule{}, kDates, hour(1000)}};
std::vector<OpeningHours> by_day() {
    OpeningRule rule;
    rule.always = false;
    for (auto& day : rule.week) day = {{hours{8}, hours{16}}};
    return {OpeningHours{rule, kDates, hour(1000)}};
}

std::vector<StaffGroup> people(std::size_t groups) {
    StaffGroup group;
    group.shifts.emplace_back();
    return std::vector<StaffGroup>(groups, group);
}

double value(std::string_view name, const StaffTally& tally) {
    const auto found = staff_metric(name);
    EXPECT_TRUE(found) << name;
    return staff_metric_rows()[found->first].of(kWeek, tally).value().value_or(-1);
}

TEST(StaffObserver, CountsUseOfThoseOnDutyAndWorkBeyondIt) {
    StaffObserver observer{kWeek, people(2), kAlways};
    observer.on(StaffChanged{hour(98), 1, 2, 2, one});           // two on duty, one in use
    observer.on(StaffChanged{hour(102), 1, 2, 2, 2 * one});      // 2 h of it are measured
    observer.on(StaffChanged{hour(104), 1, 0, 2, 3 * one / 2});  // shift over, both stay
    observer.on(StaffChanged{hour(105), 1, 1, 2, 3 * one / 2});  // one comes on duty
    observer.on(StaffChanged{hour(107), 1, 1, 1, 0});
    observer.on(StaffChanged{hour(110), 1, 0, 0, 0});
    const StaffTally tally = observer.tallies()[1];
    EXPECT_DOUBLE_EQ(value("staff_hours_per_week.x", tally), 2 * 4 + 1 * 5);
    EXPECT_DOUBLE_EQ(value("staff_overtime_hours_per_week.x", tally), 2 * 1 + 1 * 2);
    EXPECT_DOUBLE_EQ(value("staff_utilisation.x", tally), (1. * 2 + 2 * 2 + 1 * 2) / 13);
    EXPECT_EQ(observer.tallies()[0], StaffTally{});
}

TEST(StaffObserver, CountsTheLastLevelToTheEndAndNothingAfterIt) {
    StaffObserver observer{kWeek, people(1), kAlways};
    observer.on(StaffChanged{hour(0), 0, 4, 4, one});
    EXPECT_DOUBLE_EQ(value("staff_hours_per_week.x", observer.tallies()[0]), 4 * 168);
    observer.on(StaffChanged{hour(300), 0, 9, 9, one});
    EXPECT_DOUBLE_EQ(value("staff_hours_per_week.x", observer.tallies()[0]), 4 * 168);
    EXPECT_DOUBLE_EQ(value("staff_utilisation.x", observer.tallies()[0]), 0.25);
}

TEST(StaffObserver, CountsTimeHeldUpByGroupInsideTheMeasuredTime) {
    StaffObserver observer{kWeek, people(2), kAlways};
    observer.on(VisitHeldUp{hour(99), hour(101), 1, {}, 0, VisitPhase::infusion});
    observer.on(VisitHeldUp{hour(101), hour(101) + minutes{30}, 2, {}, 1, VisitPhase::turnover});
    EXPECT_DOUBLE_EQ(value("held_up_hours_per_week.x", observer.tallies()[0]), 1);
    EXPECT_DOUBLE_EQ(value("held_up_hours_per_week.x", observer.tallies()[1]), 0.5);
}

TEST(StaffObserver, CountsWhoWaitsForAGroupInOpeningHoursOfTheMeasuredTime) {
    const std::vector<OpeningHours> open = by_day();
    StaffObserver observer{kWeek, people(2), open};
    // the measured time begins at 04:00 of the fifth day, the doors open at 08:00
    observer.on(StaffAwaited{hour(99), 1, 2});
    observer.on(StaffAwaited{hour(106), 1, 1});              // two of them for two hours
    observer.on(StaffAwaited{hour(107), 1, 3});              // one for an hour
    observer.on(StaffAwaited{hour(4 * 24 + 32 + 1), 1, 0});  // three until 16:00 and from 08:00 on
    EXPECT_DOUBLE_EQ(value("awaited_hours_per_week.x", observer.tallies()[1]),
                     2 * 2 + 1 + 3 * (5 + 1));
    EXPECT_DOUBLE_EQ(value("awaited_hours_per_week.x", observer.tallies()[0]), 0);
}

TEST(StaffObserver, CountsEquipmentInOpeningHours) {
    const std::vector<OpeningHours> open = by_day();
    StaffGroup monitors;
    monitors.devices = 2;
    StaffObserver observer{kWeek, {monitors}, open};
    observer.on(StaffChanged{hour(0), 0, 2, 2, 0});
    observer.on(StaffChanged{hour(104), 0, 2, 2, one});     // from the opening of the fifth day
    observer.on(StaffChanged{hour(104 + 24), 0, 2, 2, 0});  // to that of the sixth: 8 of 56 hours
    EXPECT_DOUBLE_EQ(value("staff_utilisation.x", observer.tallies()[0]), 8. / (2 * 7 * 8));
}

TEST(StaffMetrics, HaveTheirPermanentNames) {
    std::vector<std::string> names;
    for (const StaffMetricRow& row : staff_metric_rows()) {
        names.push_back(part_metric_name(row.name, "nurse"));
        EXPECT_EQ(staff_metric(names.back())->second, "nurse");
        EXPECT_TRUE(row.definition.ends_with('.'));
        EXPECT_FALSE(row.unit.empty());
        EXPECT_FALSE(metric_index(row.name)) << "two metrics of one name";
    }
    EXPECT_EQ(names, (std::vector<std::string>{
                         "staff_utilisation.nurse", "staff_hours_per_week.nurse",
                         "staff_overtime_hours_per_week.nurse", "held_up_hours_per_week.nurse",
                         "awaited_hours_per_week.nurse"}));
    EXPECT_FALSE(staff_metric("staff_utilisation"));
    EXPECT_FALSE(staff_metric("chair_utilisation.nurse"));
}

TEST(StaffMetrics, DoNotExistWhereNobodyIsEverOnDuty) {
    EXPECT_FALSE(staff_metric_rows()[0].of(kWeek, StaffTally{}).exists);
}

}  // namespace
}  // namespace clinicsim
