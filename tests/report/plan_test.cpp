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

Estimate about(double mean, double half) {
    Estimate found;
    found.mean = mean;
    found.ci95 = Interval{mean - half, mean + half};
    return found;
}

TEST(PlanTable, SaysWhatElseTheAnswerWouldDo) {
    Plan plan = made_up_plan();
    plan.currency = "USD";
    plan.policies[0].facts = {{"wait_minutes_in_room.mean", about(61, 4)},
                              {"sent_home_per_year", about(107, 15)},
                              {"staff_utilisation.nurse", about(0.9, 0.01)},
                              {"contribution_per_year", about(512'000, 9'000)}};
    const std::string text = plan_table(plan, {.columns = 100});
    for (const char* part :
         {"minutes in the waiting room, mean", "61 ± 4\n", "107 ± 15\n", "nurse utilisation",
          "90.0 ± 1.0 %", "contribution a year, USD", "512 ± 9 thousand"})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    const Json found = Json::parse(plan_json(plan));
    const Json& facts = found["policies"][0]["answer_metrics"];
    EXPECT_EQ(facts["sent_home_per_year"]["mean"], 107);
    EXPECT_EQ(facts["contribution_per_year"]["unit"], "USD per year");
    EXPECT_EQ(facts["wait_minutes_in_room.mean"]["ci95"], (Json::array({57.0, 65.0})));
}

TEST(PlanTable, OfSeveralVariablesShowsTheNeighboursOfTheAnswerAndWhatIsAsGood) {
    Plan plan = made_up_plan();
    plan.question.aim = PlanAim::highest;
    plan.question.of = "contribution_per_year";
    plan.question.vary = {{"clinic.chairs", {"6", "7", "8"}, {6, 7, 8}, "chairs"},
                          {"clinic.staff.nurse", {"1", "2", "3"}, {1, 2, 3}, "nurses"}};
    plan.choices.clear();
    plan.policies[0].curve.clear();
    for (const char* chairs : {"6", "7", "8"})
        for (const char* nurses : {"1", "2", "3"}) {
            plan.policies[0].curve.push_back(point(plan.choices.size(), 5, 0.1, true, false));
            plan.choices.push_back({chairs, nurses});
        }
    plan.answer = plan.policies[0].answer = 4;  // 7, 2
    plan.policies[0].indifference = 10'000;
    plan.policies[0].ties = {8};  // 8, 3
    const std::string text = plan_table(plan, {.columns = 100});
    for (const char* part : {"  6, 2 ", "  7, 1 ", "  7, 2 ←", "  7, 3 ", "  8, 2 ", "  8, 3 ≈",
                             "up to 10 thousand", "8 chairs with 3 nurses"})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    for (const char* part : {"  6, 1 ", "  6, 3 ", "  8, 1 "})
        EXPECT_EQ(text.find(part), std::string::npos) << part << "\n" << text;
    EXPECT_EQ(Json::parse(plan_json(plan))["policies"][0]["as_good"],
              Json::parse(R"([{"clinic.chairs": 8, "clinic.staff.nurse": 3}])"));
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

TEST(PlanTable, TellsWhatFewerAndMoreWouldEarn) {
    Plan plan = made_up_plan();
    plan.currency = "EUR";
    EXPECT_EQ(plan_table(plan, {.columns = 100}).find("would earn"), std::string::npos);
    double thousands = 400;
    for (PlanPoint& point : plan.policies[0].curve) {
        point.contribution.emplace();
        point.contribution->mean = 1000 * (thousands += 50);
        point.contribution->ci95 =
            Interval{*point.contribution->mean - 9000, *point.contribution->mean + 9000};
    }
    const std::string text = plan_table(plan, {.columns = 100});
    EXPECT_NE(text.find("What they would earn: contribution a year, EUR\n"
                        "              monthly\n"
                        "  6  450 ± 9 thousand\n"
                        "  7  500 ± 9 thousand ←\n"
                        "  8  550 ± 9 thousand\n"),
              std::string::npos)
        << text;
    const Json found = Json::parse(plan_json(plan));
    EXPECT_EQ(found["curve"][2]["contribution_per_year"]["mean"], 550e3);
    EXPECT_EQ(found["curve"][2]["contribution_per_year"]["ci95"][0], 541e3);
    EXPECT_NE(plan_csv(plan).find("monthly,8,contribution_per_year,EUR per year,550000,541000,"),
              std::string::npos)
        << plan_csv(plan);
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
    EXPECT_EQ(text.find("no answer for now"), std::string::npos);
    plan.timetable[0].remarks = {"in the quarter from month 9 it was passed over"};
    plan.policies.emplace_back().policy = "weekly";
    const std::string two = plan_table(plan, {.columns = 100});
    EXPECT_NE(two.find("    in the quarter from month 9 it was passed over\n"), std::string::npos);
    EXPECT_NE(two.find("  weekly: the plan has no answer for now to begin with\n"),
              std::string::npos)
        << two;
    EXPECT_EQ(Json::parse(plan_json(plan))["timetable_remarks"][0]["policy"], "monthly");
}

TEST(PlanTable, LetsNothingSteerATerminal) {
    Plan plan = made_up_plan();
    plan.title = "A \x1b[2J clinic";
    plan.choices[1] = {"\x1b[31m"};
    EXPECT_EQ(plan_table(plan, {.columns = 100}).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace clinicsim::report
