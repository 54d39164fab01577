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

}  // namespace
}  // namespace clinicsim
