// A plan made by hand, printed and written.
#include "clinicsim/report/plan.hpp"

#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "clinicsim/observe/metrics.hpp"

namespace clinicsim::report {
namespace {

using Json = nlohmann::json;

PlanPoint point(std::size_t choice, double days, double half, std::optional<bool> met, bool fresh) {
    TargetResult target;
    target.policy = "monthly";
    target.text = "wait_days_rescue.p95 <= 7 days";
    target.metric = "wait_days_rescue.p95";
    target.lowest = -HUGE_VAL;
    target.highest = 7;
    target.met = met;
    target.estimate = days;
    target.ci95 = Interval{days - half, days + half};
    PlanPoint result;
    result.choice = choice;
    result.targets = {target};
    result.met = met;
    result.replications = 20;
    result.fresh = fresh;
    return result;
}

Plan made_up_plan() {
    Plan plan;
    plan.title = "A clinic";
    plan.file = "clinic.yaml";
    plan.sha256 = "5ca1ab1e";
    plan.seed = 7;
    plan.warm_up_days = 365;
    plan.horizon_days = 1826;
    plan.courses = "assumed";
    plan.question.vary = {{"clinic.chairs", {"6", "7", "8"}, {6, 7, 8}, "chairs"}};
    plan.question.of = "clinic.chairs";
    plan.question.policies = {"monthly"};
    Target target;
    target.text = "wait_days_rescue.p95 <= 7 days";
    target.metric = "wait_days_rescue.p95";
    target.lowest = -HUGE_VAL;
    target.highest = 7;
    plan.question.targets = {target};
    plan.choices = {{"6"}, {"7"}, {"8"}};
    plan.answer = 1;
    plan.confirmed = true;
    plan.confidence_reached = 0.9876;
    plan.claims = 2;
    plan.runs = 55;
    plan.budget = 2000;
    PolicyPlan& monthly = plan.policies.emplace_back();
    monthly.policy = "monthly";
    monthly.end = PlanEnd::found;
    monthly.answer = 1;
    monthly.confidence_reached = 0.9876;
    monthly.formula = PlanFormula{.load = 5.4, .for_targets = 6};
    monthly.curve = {point(0, 9.1, 0.4, false, true), point(1, 4, 0.25, true, true),
                     point(2, 2.8, 0.1, true, false)};
    monthly.runs = 55;
    return plan;
}

TEST(PlanJson, KeepsItsContract) {
    const Json found = Json::parse(plan_json(made_up_plan()));
    EXPECT_EQ(found["answer"], Json::parse(R"({"clinic.chairs": 7})"));
    EXPECT_EQ(found["confidence"], 0.95);
    EXPECT_EQ(found["confirmed"], true);
    EXPECT_TRUE(found["analytic"].is_object());
    EXPECT_EQ(found["analytic"]["monthly"]["chairs_for_targets"], 6);
    ASSERT_EQ(found["curve"].size(), 3u);
    const Json& row = found["curve"][0];
    EXPECT_EQ(row["clinic.chairs"], 6);
    EXPECT_EQ(row["policy"], "monthly");
    EXPECT_EQ(row["targets"][0]["target"], "wait_days_rescue.p95 <= 7 days");
    EXPECT_EQ(row["targets"][0]["met"], false);
    EXPECT_EQ(row["targets"][0]["estimate"], 9.1);
    EXPECT_EQ(row["targets"][0]["ci95"][0], 9.1 - 0.4);
    EXPECT_EQ(found["policies"][0]["answer"]["clinic.chairs"], 7);
    EXPECT_EQ(found["policies"][0]["outcome"], "found");
    EXPECT_EQ(found["plan"]["goal"], "fewest clinic.chairs");
}

TEST(PlanJson, HasNullWhereThereIsNoAnswerAndTextsForWhatIsNoNumber) {
    Plan plan = made_up_plan();
    plan.answer.reset();
    plan.policies[0].answer.reset();
    plan.policies[0].end = PlanEnd::unclear;
    plan.question.vary[0] = {"clinic.closing", {"refuse", "finish"}, {}};
    plan.choices = {{"refuse"}, {"finish"}, {"null"}};
    const Json found = Json::parse(plan_json(plan));
    EXPECT_TRUE(found["answer"].is_null());
    EXPECT_TRUE(found["policies"][0]["answer"].is_null());
    EXPECT_EQ(found["policies"][0]["outcome"], "unclear");
    EXPECT_EQ(found["curve"][0]["clinic.closing"], "refuse");
    EXPECT_EQ(found["curve"][2]["clinic.closing"], "null");
}

TEST(PlanCsv, HasARowForEveryChoiceAndTarget) {
    EXPECT_EQ(plan_csv(made_up_plan()),
              "policy,clinic.chairs,target,unit,estimate,ci_low,ci_high,met,replications,fresh,"
              "answer\n"
              "monthly,6,wait_days_rescue.p95 <= 7 days,days,9.1,8.7,9.5,no,20,yes,no\n"
              "monthly,7,wait_days_rescue.p95 <= 7 days,days,4,3.75,4.25,yes,20,yes,yes\n"
              "monthly,8,wait_days_rescue.p95 <= 7 days,days,2.8,2.6999999999999997,2.9,yes,20,no,"
              "no\n");
}

TEST(PlanTable, SaysTheAnswerHowSureItIsAndWhatFewerAndMoreWouldDo) {
    const std::string text = plan_table(made_up_plan(), {.columns = 100});
    for (const char* part : {"Chairs: 7 for monthly.\n", "98.7 %", "9.1 ± 0.4 ✗", "4.0 ± 0.2 ✓",
                             "7 ←", "fresh replications", "55 runs of at most 2000",
                             "2 claims were tested", "no medical advice"})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_NE(plan_table(made_up_plan(), {.columns = 100, .colour = true}).find("\x1b[1m"),
              std::string::npos);
}

TEST(PlanTable, RoundsConfidenceDown) {
    Plan plan = made_up_plan();
    plan.policies[0].confidence_reached = plan.confidence_reached = 0.99999;
    EXPECT_NE(plan_table(plan, {.columns = 100}).find("99.9 %"), std::string::npos);
}

TEST(PlanTable, SaysWhatIsNotClear) {
    Plan plan = made_up_plan();
    plan.confirmed = false;
    plan.policies[0].end = PlanEnd::unclear;
    plan.policies[0].remarks = {"whether clinic.chairs 6 would do, too, cannot be told"};
    const std::string text = plan_table(plan, {.columns = 100});
    for (const char* part : {"7 for monthly (not sure)", "not clear", "would do, too", "Not all"})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

TEST(PlanTable, TellsFromWhichMonthOnMoreIsDue) {
    Plan plan = made_up_plan();
    plan.growth = 0.03;
    plan.timetable = {{"monthly", {{0, 1}, {9, 2}, {21, std::nullopt}}}};
    const std::string text = plan_table(plan, {.columns = 100});
    EXPECT_NE(text.find("monthly: 7 now, 8 from month 9 then more than the plan may choose from "
                        "month 21"),
              std::string::npos)
        << text;
    const Json found = Json::parse(plan_json(plan));
    EXPECT_EQ(found["timetable"][1]["from_month"], 9);
    EXPECT_EQ(found["timetable"][1]["answer"]["clinic.chairs"], 8);
    EXPECT_TRUE(found["timetable"][2]["answer"].is_null());
}

TEST(PlanTable, LetsNothingSteerATerminal) {
    Plan plan = made_up_plan();
    plan.title = "A \x1b[2J clinic";
    plan.choices[1] = {"\x1b[31m"};
    EXPECT_EQ(plan_table(plan, {.columns = 100}).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace clinicsim::report
