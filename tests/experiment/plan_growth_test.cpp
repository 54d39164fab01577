// When the next chair is due, in a clinic of hours on a growing number of days: what a closure
// does to a quarter is arithmetic of its days.
#include <gtest/gtest.h>

#include "../../sim/experiment/plan_closure.hpp"
#include "clinicsim/experiment/plan.hpp"
#include "clinicsim/observe/metrics.hpp"

namespace clinicsim {
namespace {

/// Ten visits of an hour fit in a chair and day. The quarters of the timetable begin on the last
/// days of January, April, July and October.
std::string hours_of_a_day(double per_day, const std::string& clinic) {
    return "clinicsim: 1\ntitle: Hours of a day\nrun: {seed: 1, start: 2026-01-01, warm_up: 30 "
           "days, horizon: 720 days, replications: 10}\nclinic: {chairs: 1, open: {mon-sun: "
           "\"08:00-18:00\"}, access: booked, visit: {infusion: 1 h}" +
           clinic + "}\npatients:\n  arrivals: {poisson: {mean: " + std::to_string(per_day) +
           R"(, per: day}}
  conditions: {depression: {induction: single, course: leaves}}
inductions: {single: {visits: 1}}
courses: {leaves: {renewal: {responds: 0 %}}}
policies: {none: {}}
)";
}

Scenario must_read(const std::string& yaml, const std::vector<Override>& overrides) {
    std::vector<MetricUnit> metrics;
    for (const MetricRow& row : metric_rows())
        metrics.push_back({std::string{row.name}, std::string{row.unit}});
    const ReadResult result = read_scenario_text(yaml, "growth.yaml", "", overrides, metrics);
    std::string faults;
    for (const Diagnostic& diagnostic : result.diagnostics) faults += text(diagnostic);
    EXPECT_TRUE(result.scenario.has_value()) << faults;
    return result.scenario.value_or(Scenario{});
}

GrowthTable timetable_of(const std::string& yaml, const std::string& chairs, double growth) {
    const Scenario scenario = must_read(yaml + "plan: {vary: {clinic.chairs: " + chairs +
                                            "}, budget: 60 replications, targets: [{target: "
                                            "\"wait_days_induction.p95 <= 7 days\"}]}\n",
                                        {});
    const Plan plan = make_plan(
        scenario, [&](const std::vector<Override>& values) { return must_read(yaml, values); },
        {.threads = 1, .growth = growth});
    EXPECT_EQ(plan.timetable.size(), 1u);
    return plan.timetable.empty() ? GrowthTable{} : plan.timetable.front();
}

/// "1@0 2@15": the first chair is the choice 0.
std::string steps_of(const GrowthTable& table) {
    std::string text;
    for (const GrowthStep& step : table.steps)
        text += (text.empty() ? "" : " ") + (step.choice ? std::to_string(*step.choice + 1) : "-") +
                "@" + std::to_string(step.month);
    return text;
}

TEST(PlanGrowth, AQuarterThatNoChairCanMendIsPassedOverAndTheTimetableGoesOn) {
    // who asks in the first 15 of 22 days waits for over a week: 16 % of the quarter
    const GrowthTable table =
        timetable_of(hours_of_a_day(7, ", closed: [2026-05-10 to 2026-05-31]"), "1..4", 0.03);
    ASSERT_EQ(table.remarks.size(), 1u);
    for (const char* part : {"quarter from month 3 wait_days_induction.p95 is ",
                             "even with unlimited chairs", "closed 2026-05-10 to 2026-05-31"})
        EXPECT_NE(table.remarks[0].find(part), std::string::npos) << table.remarks[0];
    // ten a day are reached after a year; without the closure the steps are the same
    const std::string steps = steps_of(table);
    EXPECT_EQ(steps.substr(0, 6), "1@0 2@") << steps;
    EXPECT_EQ(steps, steps_of(timetable_of(hours_of_a_day(7, ""), "1..4", 0.03)));
}

TEST(PlanGrowth, WhatAQuarterNeedsForAClosureAloneGoesWithIt) {
    // 10 days: 3.4 of 92 days wait for over a week by the calendar, under 5 %; but one chair
    // works the pile of 70 visits off at 3 a day
    const GrowthTable table =
        timetable_of(hours_of_a_day(7, ", closed: [2026-05-10 to 2026-05-19]"), "1..9", 0);
    ASSERT_EQ(table.remarks.size(), 1u);
    EXPECT_NE(table.remarks[0].find("month 3 the clinic is closed 2026-05-10 to 2026-05-19"),
              std::string::npos)
        << table.remarks[0];
    ASSERT_EQ(table.steps.size(), 3u) << steps_of(table);
    EXPECT_EQ(table.steps[1].month, 3u);
    EXPECT_GT(table.steps[1].choice, table.steps[0].choice);
    EXPECT_EQ(table.steps[2].month, 6u);
    EXPECT_EQ(table.steps[2].choice, table.steps[0].choice);
}

TEST(PlanGrowth, WhatTheNextQuarterNeedsAsWellIsNoMatterOfTheClosure) {
    // two chairs for the closure, and from the quarter after it on for 12 a day
    const GrowthTable table =
        timetable_of(hours_of_a_day(8, ", closed: [2026-05-10 to 2026-05-16]"), "1..3", 0.05);
    EXPECT_TRUE(steps_of(table).starts_with("1@0 2@3")) << steps_of(table);
    for (const std::string& remark : table.remarks)
        EXPECT_EQ(remark.find("from month 3 "), std::string::npos) << remark;
}

TEST(PlanGrowth, AClosureThatNothingOfThePlanMeetsEndsNoTimetable) {
    const GrowthTable table =
        timetable_of(hours_of_a_day(7, ", closed: [2026-05-10 to 2026-05-19]"), "1..1", 0);
    EXPECT_EQ(steps_of(table), "1@0");
    ASSERT_EQ(table.remarks.size(), 1u);
    EXPECT_NE(table.remarks[0].find("nothing that the plan may choose meets"), std::string::npos)
        << table.remarks[0];
}

TEST(PlanGrowth, ATimetableThatRunsOutOfChairsEndsAndSaysWhatIsShort) {
    const GrowthTable table = timetable_of(hours_of_a_day(9, ""), "1..1", 0.05);
    ASSERT_EQ(table.steps.size(), 2u) << steps_of(table);
    EXPECT_FALSE(table.steps[1].choice.has_value());
    ASSERT_EQ(table.remarks.size(), 1u);
    EXPECT_NE(table.remarks[0].find("what is short: chairs"), std::string::npos)
        << table.remarks[0];
}

TEST(PlanClosure, IsARunOfDaysWithItsWeekendsThatReachesIntoTheTime) {
    const auto closure = [](const std::string& clinic, int from_day, int to_day) {
        Model model = must_read(hours_of_a_day(1, clinic), {}).model;
        model.clinic.open.week[0].clear();  // Sundays
        model.clinic.open.week[6].clear();  // Saturdays
        return planning::closure_in(model, kRunStart + Days{from_day}, kRunStart + Days{to_day})
            .value_or("none");
    };
    // 2026-08-03 is a Monday, and the 215th day of the year counted from 1
    const std::string week = ", closed: [2026-08-03 to 2026-08-07]";
    EXPECT_EQ(closure(week, 200, 300), "closed 2026-08-01 to 2026-08-09");
    EXPECT_EQ(closure(week, 220, 300), "closed 2026-08-01 to 2026-08-09");  // its last Sunday
    EXPECT_EQ(closure(week, 221, 300), "none");
    EXPECT_EQ(closure(week, 100, 212), "none");
    EXPECT_EQ(closure(week, 100, 213), "closed 2026-08-01 to 2026-08-09");
    // a Friday off makes three days
    EXPECT_EQ(closure(", closed: [2026-08-07]", 200, 300), "none");
}

}  // namespace
}  // namespace clinicsim
