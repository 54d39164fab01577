// What a plan may choose, and what people call it.
#include "scenario_text.hpp"

namespace clinicsim {
namespace {

PlanVariable variable(const std::string& yaml, const std::string& vary) {
    const Scenario scenario = must_read(yaml + "plan: {vary: {" + vary + "}}\n");
    return scenario.plan && !scenario.plan->vary.empty() ? scenario.plan->vary.front()
                                                         : PlanVariable{};
}

std::string staffed() {
    return replaced(kSmall, "chairs: 2",
                    "chairs: 2, open: {mon-fri: \"08:00-17:00\"}, staff: {desk: 1, nurse: {shifts: "
                    "[{people: 1, days: mon-fri, hours: \"08:00-12:00\"}]}}");
}

TEST(PlanNames, AreWhatPeopleCallAVariable) {
    EXPECT_EQ(variable(kSmall, "clinic.chairs: 1..3").called, "chairs");
    EXPECT_EQ(variable(kSmall, "patients.arrivals.poisson.mean: 1..3").called,
              "new patients a week");
    EXPECT_EQ(variable(staffed(), "clinic.staff.desk: 1..3").called, "people on duty as desk");
    EXPECT_EQ(variable(staffed(), "clinic.staff.nurse.shifts.0.people: 1..3").called,
              "people on duty as nurse mon-fri 08:00-12:00");
    EXPECT_EQ(variable(staffed(), "clinic.open.mon-fri: [\"08:00-12:00\", \"08:00-17:00\"]").called,
              "opening hours mon-fri");
    EXPECT_EQ(variable(kSmall, "clinic.closing: [refuse, finish]").called, "");
}

TEST(PlanGoal, OfTheFileGivesWayToVariablesOfTheCommandLine) {
    const std::string yaml =
        kSmall + "plan: {vary: {clinic.chairs: 1..3}, goal: most clinic.chairs}\n";
    const Scenario other =
        must_read(yaml, {{"plan.vary", "{patients.arrivals.poisson.mean: 1..3}", "--vary"}});
    ASSERT_TRUE(other.plan);
    EXPECT_EQ(other.plan->of, "patients.arrivals.poisson.mean");
    EXPECT_EQ(other.plan->aim, PlanAim::fewest);
    // within one file it is a slip
    EXPECT_FALSE(
        read_text(replaced(yaml, "goal: most clinic.chairs", "goal: most clinic.slot")).scenario);
    // and so it is where both stand on the command line
    EXPECT_FALSE(read_text(yaml, {{"plan.vary", "{patients.arrivals.poisson.mean: 1..3}", "--vary"},
                                  {"plan.goal", "most clinic.chairs", "--goal"}})
                     .scenario);
}

TEST(PlanGoal, OfTheCommandLineLeavesTheIndifferenceOfTheFileBehind) {
    const std::string yaml = kSmall +
                             "plan: {vary: {clinic.chairs: 1..3}, goal: lowest "
                             "wait_days_rescue.p95, indifference: 0.5 days}\n";
    EXPECT_EQ(must_read(yaml).plan->indifference, 0.5);
    const Override goal{"plan.goal", "lowest chair_utilisation", "--goal"};
    const ReadResult other = read_text(yaml, {goal});
    ASSERT_TRUE(other.scenario) << messages(other);
    EXPECT_EQ(other.scenario->plan->indifference, std::nullopt);
    ASSERT_EQ(other.scenario->warnings.size(), 1u);
    EXPECT_TRUE(
        other.scenario->warnings[0].message.starts_with("left out: it belongs to the goal"));
    const ReadResult both = read_text(yaml, {goal, {"plan.indifference", "1 %", "--set"}});
    ASSERT_TRUE(both.scenario) << messages(both);
    EXPECT_EQ(both.scenario->plan->indifference, 0.01);
    EXPECT_TRUE(both.scenario->warnings.empty());
}

}  // namespace
}  // namespace clinicsim
