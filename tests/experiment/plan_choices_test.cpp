// Plans of small clinics, one for every kind of value that owners choose, with the answer that
// theory or arithmetic gives.
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include <gtest/gtest.h>

#include "../../sim/experiment/plan_growth.hpp"
#include "clinicsim/experiment/plan.hpp"
#include "clinicsim/observe/metrics.hpp"
#include "clinicsim/stats/queueing.hpp"

namespace clinicsim {
namespace {

constexpr double kHoursOfYear = 365.25 * 24;

const std::string kPatients = R"(
  conditions: {depression: {induction: single, course: leaves}}
inductions: {single: {visits: 1}}
courses: {leaves: {renewal: {responds: 0 %}}}
policies: {none: {}}
)";

/// Poisson arrivals of `per_hour`, always open, an exponential hour in a chair: the unit is 1 hour.
std::string waiting_line(double per_hour, const std::string& clinic) {
    return "clinicsim: 1\ntitle: A waiting line\nrun: {seed: 1, start: 2026-01-01, warm_up: 10 "
           "days, horizon: 360 days, replications: 10}\nclinic: {open: always, access: walk_in, "
           "priority: none, " +
           clinic + "}\npatients:\n  arrivals: {poisson: {mean: " + std::to_string(per_hour) +
           ", per: hour}}" + kPatients;
}

Scenario must_read(const std::string& yaml, const std::vector<Override>& overrides) {
    std::vector<MetricUnit> metrics;
    for (const MetricRow& row : metric_rows())
        metrics.push_back({std::string{row.name}, std::string{row.unit}});
    metrics.push_back({"staff_utilisation.*", "share"});
    const ReadResult result = read_scenario_text(yaml, "plan.yaml", "", overrides, metrics);
    std::string faults;
    for (const Diagnostic& diagnostic : result.diagnostics) faults += text(diagnostic);
    EXPECT_TRUE(result.scenario.has_value()) << faults;
    return result.scenario.value_or(Scenario{});
}

Plan plan_of_text(const std::string& yaml, const std::string& section) {
    const Scenario scenario = must_read(yaml + "plan: " + section + "\n", {});
    return make_plan(scenario,
                     [&](const std::vector<Override>& values) { return must_read(yaml, values); },
                     {.threads = 1});
}

std::string answer_of(const Plan& plan) {
    const auto& answer = plan.policies.at(0).answer;
    return answer ? plan.choices[*answer].front() : "none";
}

std::string remarks_of(const Plan& plan) {
    std::string all;
    for (const std::string& remark : plan.policies.at(0).remarks) all += remark + '\n';
    return all;
}

/// Chairs with the most of `of(chairs)`.
int best_of(int from, int to, const std::function<double(int)>& of) {
    int best = from;
    for (int chairs = from; chairs <= to; ++chairs)
        if (of(chairs) > of(best)) best = chairs;
    return best;
}

const std::string kLoss =
    "chairs: 6, waiting_room: 0, visit: {infusion: {exponential: {mean: 1 h}}}";
constexpr double kLoad = 5;

std::string costs(int price, int wage, int chair_month) {
    return "costs: {currency: USD, price: {induction: " + std::to_string(price) +
           ", booster: 0, rescue: 0, first_visit: 0, no_show: 0}, staff: {desk: {people: 1, "
           "wage: " +
           std::to_string(wage) + "}}, overtime: 1, chair_month: " + std::to_string(chair_month) +
           ", supplies: 0, no_show: 0}\n";
}

TEST(PlanChoices, ChairsThatEarnTheMostWhereTheTurnedAwayGoElsewhere) {
    const auto earned = [](int chairs) {
        return 10 * kLoad * kHoursOfYear * (1 - erlang_b(chairs, kLoad)) - 12.0 * 1000 * chairs;
    };
    const Plan plan = plan_of_text(waiting_line(kLoad, kLoss) + costs(10, 0, 1000),
                                   "{vary: {clinic.chairs: 3..12}, goal: highest "
                                   "contribution_per_year, indifference: 500}");
    EXPECT_EQ(answer_of(plan), std::to_string(best_of(3, 12, earned)));
    EXPECT_EQ(answer_of(plan), "9");  // Erlang B 3.75 %: 313,900; 8: 311,600; 10: 310,200
    EXPECT_TRUE(plan.confirmed) << remarks_of(plan);
    for (const PlanPoint& point : plan.policies[0].curve) {
        const double exact = earned(std::stoi(plan.choices[point.choice].front()));
        ASSERT_TRUE(point.goal && point.goal->mean && point.goal->sd);
        const double se = *point.goal->sd / std::sqrt(static_cast<double>(point.goal->n));
        EXPECT_NEAR(*point.goal->mean, exact, 8 * se + 1) << plan.choices[point.choice].front();
    }
}

/// All prices and wages times 8: money is so many times what it was, to the bit, and the answer
/// stays.
TEST(PlanChoices, AnotherCurrencyChangesNoAnswer) {
    const auto in_currency = [](int times) {
        return plan_of_text(waiting_line(kLoad, kLoss) + costs(10 * times, times, 1000 * times),
                            "{vary: {clinic.chairs: 7..10}, goal: highest contribution_per_year, "
                            "indifference: " +
                                std::to_string(500 * times) + "}");
    };
    const Plan plan = in_currency(1), times_8 = in_currency(8);
    EXPECT_EQ(answer_of(times_8), answer_of(plan));
    ASSERT_EQ(times_8.policies[0].curve.size(), plan.policies[0].curve.size());
    for (std::size_t i = 0; i < plan.policies[0].curve.size(); ++i) {
        const PlanPoint& here = plan.policies[0].curve[i];
        const PlanPoint& there = times_8.policies[0].curve[i];
        ASSERT_TRUE(here.goal && here.goal->mean && there.goal && there.goal->mean);
        EXPECT_EQ(*there.goal->mean, 8 * *here.goal->mean);
        EXPECT_EQ(there.goal->n, here.goal->n);
    }
    const Plan dearer_chairs =
        plan_of_text(waiting_line(kLoad, kLoss) + costs(10, 1, 8000),
                     "{vary: {clinic.chairs: 3..10}, goal: highest contribution_per_year, "
                     "indifference: 500}");
    EXPECT_NE(answer_of(dearer_chairs), answer_of(plan)) << "a change of one price alone is seen";
}

TEST(PlanChoices, ChairsThatMakeAnInfusionTheCheapest) {
    // a desk for 20 an hour is shared by those who are served; chairs that stand empty are not
    const auto cost = [](int chairs) {
        return (20 * kHoursOfYear + 12.0 * 1000 * chairs) /
               (kLoad * kHoursOfYear * (1 - erlang_b(chairs, kLoad)));
    };
    const Plan plan = plan_of_text(waiting_line(kLoad, kLoss) + costs(0, 20, 1000),
                                   "{vary: {clinic.chairs: 3..12}, goal: lowest "
                                   "cost_per_infusion, indifference: 0.02}");
    const int best = best_of(3, 12, [&](int chairs) { return -cost(chairs); });
    EXPECT_EQ(answer_of(plan), std::to_string(best));
    EXPECT_TRUE(plan.confirmed) << remarks_of(plan);
    // the answer is told apart from both neighbours by more than what counts as no difference
    EXPECT_GT(cost(best - 1) - cost(best), 0.02);
    EXPECT_GT(cost(best + 1) - cost(best), 0.02);
}

const std::string kNurses =
    "chairs: 60, staff: {nurse: 6}, visit: {infusion: {takes: {exponential: {mean: 1 h}}, needs: "
    "{nurse: 1}}}";

TEST(PlanChoices, NursesAreTheServersOfErlangWhereChairsAbound) {
    const Plan plan = plan_of_text(
        waiting_line(kLoad, kNurses),
        "{vary: {clinic.staff.nurse: 5..12}, targets: [{target: \"wait_days_induction.waited <= "
        "20 %\"}]}");
    EXPECT_EQ(answer_of(plan), std::to_string(servers_for_waiting(kLoad, 0.2)));
    EXPECT_EQ(answer_of(plan), "8");
    EXPECT_TRUE(plan.confirmed) << remarks_of(plan);
    EXPECT_EQ(plan.question.vary[0].called, "people on duty as nurse");
}

TEST(PlanChoices, FewestNursesWhoseLoadStaysUnderATarget) {
    // a load of 5: 6 nurses are 83 % busy, 7 are 71 %
    const Plan plan = plan_of_text(waiting_line(kLoad, kNurses),
                                   "{vary: {clinic.staff.nurse: 4..12}, targets: [{target: "
                                   "\"staff_utilisation.nurse <= 75 %\"}]}");
    EXPECT_EQ(answer_of(plan), "7");
    EXPECT_TRUE(plan.confirmed) << remarks_of(plan);
}

TEST(PlanChoices, FindsWhatLiesBetweenTwoTargetsThatPullApart) {
    // 83 % with 6 nurses alone is neither too busy nor too idle
    const Plan plan = plan_of_text(waiting_line(kLoad, kNurses),
                                   "{vary: {clinic.staff.nurse: 4..12}, targets: [{target: "
                                   "\"staff_utilisation.nurse <= 87 %\"}, {target: "
                                   "\"staff_utilisation.nurse >= 79 %\"}]}");
    EXPECT_EQ(answer_of(plan), "6") << remarks_of(plan);
    EXPECT_TRUE(plan.confirmed);
}

TEST(PlanChoices, SaysWhichTargetsPullApartWhereNothingLiesBetween) {
    const Plan plan = plan_of_text(waiting_line(kLoad, kNurses),
                                   "{vary: {clinic.staff.nurse: 4..12}, targets: [{target: "
                                   "\"staff_utilisation.nurse <= 69 %\"}, {target: "
                                   "\"staff_utilisation.nurse >= 74 %\"}]}");
    EXPECT_EQ(plan.policies[0].end, PlanEnd::none);
    const std::string remarks = remarks_of(plan);
    EXPECT_NE(remarks.find("they pull apart"), std::string::npos) << remarks;
    EXPECT_NE(remarks.find("<= 69 % is met with clinic.staff.nurse 8 to clinic.staff.nurse 12"),
              std::string::npos)
        << remarks;
    EXPECT_NE(remarks.find(">= 74 % is met with clinic.staff.nurse 4 to clinic.staff.nurse 6"),
              std::string::npos)
        << remarks;
    EXPECT_EQ(plan.claims, 9u);  // of every choice that it misses one
}

/// One chair, open ten hours of every day, an hour for every visit, booked.
std::string one_chair(double per_day, const std::string& clinic) {
    return "clinicsim: 1\ntitle: One chair\nrun: {seed: 1, start: 2026-01-01, warm_up: 30 days, "
           "horizon: 360 days, replications: 10}\nclinic: {chairs: 1, open: {mon-sun: "
           "\"08:00-18:00\"}, access: booked, visit: {infusion: 1 h}" +
           clinic + "}\npatients:\n  arrivals: {poisson: {mean: " + std::to_string(per_day) +
           ", per: day}}" + kPatients;
}

TEST(PlanChoices, OpeningHoursThatHoldTheWorkOfADay) {
    // 6.5 visits come on a day: six hours are too few, and with eight an hour is open per 0.81
    const Plan plan = plan_of_text(one_chair(6.5, ""),
                                   "{vary: {clinic.open.mon-sun: [\"08:00-14:00\", "
                                   "\"08:00-16:00\", \"08:00-18:00\"]}, targets: [{target: "
                                   "\"wait_days_induction.mean <= 3 days\"}]}");
    EXPECT_EQ(answer_of(plan), "\"08:00-16:00\"") << remarks_of(plan);
    EXPECT_TRUE(plan.confirmed);
    EXPECT_EQ(plan.question.vary[0].called, "opening hours mon-sun");
}

TEST(PlanGrowth, GoesOnFromWhatTheScenarioHasGrownToByTheEndOfTheWarmUp) {
    // 4 an hour, a fifth more each year: 4.8 after a warm-up of a year
    std::string line = waiting_line(4, "chairs: 8, visit: {infusion: {exponential: {mean: 1 h}}}");
    const auto replace = [&](const std::string& what, const std::string& by) {
        line.replace(line.find(what), what.size(), by);
    };
    replace("warm_up: 10 days", "warm_up: 365.25 days");
    replace("per: hour}", "per: hour, growth_per_year: 20 %}");
    const Scenario scenario = must_read(line, {});
    PlanQuestion question;
    question.vary = {{"clinic.chairs", {"8"}, {8}}};
    question.of = "clinic.chairs";
    const planning::Choices choices{question};
    const auto overrides = planning::overrides_in_quarter(
        choices, planning::number_in_quarter(choices, 0, 0), scenario, 0);
    const auto mean = std::find_if(overrides.begin(), overrides.end(), [](const Override& one) {
        return one.path == "patients.arrivals.poisson.mean";
    });
    ASSERT_NE(mean, overrides.end());
    EXPECT_NEAR(std::stod(mean->value), 4.8 * 24, 1e-9);
}

TEST(PlanChoices, TellsOfChangesThatOverrideWhatIsChosen) {
    const std::string line = waiting_line(
        4,
        "chairs: 8, changes: [{from: 2026-06-01, chairs: 9}], visit: {infusion: {exponential: "
        "{mean: 1 h}}}");
    const Plan plan =
        plan_of_text(line,
                     "{vary: {clinic.chairs: 5..8}, budget: 60 replications, targets: "
                     "[{target: \"wait_days_induction.mean <= 3 hours\"}]}");
    const auto tells = [](const std::string& warning) {
        return warning.find("clinic.changes says how many chairs there are from 2026-06-01") !=
               std::string::npos;
    };
    EXPECT_EQ(std::count_if(plan.warnings.begin(), plan.warnings.end(), tells), 1);
}

TEST(PlanChoices, HoursInWhichNobodyWorksAreWarnedOf) {
    const auto remarks = [](const std::string& works) {
        std::string clinic =
            one_chair(6.5, ", staff: {nurse: {shifts: [{hours: \"" + works + "\"}]}}");
        const std::string visit = "{infusion: 1 h}";
        clinic.replace(clinic.find(visit), visit.size(),
                       "{infusion: {takes: 1 h, needs: {nurse: 1}}}");
        return remarks_of(plan_of_text(
            clinic,
            "{vary: {clinic.open.mon-sun: [\"08:00-17:00\", \"08:00-19:00\"]}, goal: highest "
            "infusions_per_week, budget: 100 replications}"));
    };
    const std::string warned =
        "with this answer clinic.staff.nurse: sun, mon, tue, wed, thu, fri, "
        "sat: open until 19:00, but the last nurse leaves at 18:00";
    EXPECT_NE(remarks("08:00-18:00").find(warned), std::string::npos) << remarks("08:00-18:00");
    EXPECT_EQ(remarks("08:00-19:00").find("with this answer"), std::string::npos);
}

TEST(PlanChoices, TheMostTimeHeldForRescuesThatLeavesRoomForTheOthers) {
    // 6.5 first visits a day; nobody asks for a rescue, and nothing is released before the day: of
    // ten hours 30 % leave seven, 40 % six
    const Plan plan = plan_of_text(
        one_chair(6.5, ", booking: {held_for_rescue: {share: 0 %, released: 0 min}}"),
        "{vary: {clinic.booking.held_for_rescue.share: 0 %..60 % by 10 %}, goal: most "
        "clinic.booking.held_for_rescue.share, targets: [{target: \"wait_days_induction.mean <= 5 "
        "days\"}]}");
    EXPECT_EQ(answer_of(plan), "30 %") << remarks_of(plan);
    EXPECT_TRUE(plan.confirmed);
    EXPECT_EQ(plan.question.vary[0].called, "chair time held for rescues");
}

TEST(PlanChoices, TheLeastOverbookingThatKeepsUpWithNoShows) {
    // half stay away and book again: 6 patients a day need 12 times, of which a day has ten
    const Plan plan =
        plan_of_text(one_chair(6, ", attendance: {no_show: 50 %}, booking: {overbook: 0 %}"),
                     "{vary: {clinic.booking.overbook: [0 %, 50 %, 100 %]}, targets: [{target: "
                     "\"wait_days_induction.mean <= 6 days\"}]}");
    EXPECT_EQ(answer_of(plan), "50 %") << remarks_of(plan);
    EXPECT_TRUE(plan.confirmed);
}

TEST(PlanChoices, TheMostNewPatientsThatADayHolds) {
    // ten hours: nine a day are served, ten fill every one of them, and the line has no end
    const Plan plan = plan_of_text(
        one_chair(5, ""),
        "{vary: {patients.arrivals.poisson.mean: 7..11}, goal: most "
        "patients.arrivals.poisson.mean, targets: [{target: \"wait_days_induction.mean <= 2 "
        "days\"}]}");
    EXPECT_EQ(answer_of(plan), "9") << remarks_of(plan);
    EXPECT_TRUE(plan.confirmed);
    EXPECT_EQ(plan.question.vary[0].called, "new patients a day");
    // ten would do with another chair, which is all that there is to be short of
    const std::string remarks = remarks_of(plan);
    EXPECT_TRUE(remarks.starts_with("with patients.arrivals.poisson.mean 10 (in use: chairs 9"))
        << remarks;
    EXPECT_NE(remarks.find(" % of their hours), what is short: chairs (twice as many"),
              std::string::npos)
        << remarks;
    const Plan narrow = plan_of_text(
        one_chair(5, ""),
        "{vary: {patients.arrivals.poisson.mean: 4..6}, goal: most "
        "patients.arrivals.poisson.mean, targets: [{target: \"wait_days_induction.mean <= 2 "
        "days\"}]}");
    EXPECT_EQ(answer_of(narrow), "6");
    EXPECT_NE(remarks_of(narrow).find("6 is the largest that the plan may choose, and it still "
                                      "does: more may do, too"),
              std::string::npos)
        << remarks_of(narrow);
}

TEST(PlanChoices, SaysWhyStaffAreShortWhoHaveHoursLeft) {
    // a nurse begins no visit beside another one: ten a day at most, with 35 of 60 minutes used
    std::string clinic = one_chair(12, ", staff: {nurse: 1}");
    const std::string visit = "{infusion: 1 h}";
    clinic.replace(clinic.find(visit), visit.size(),
                   "{preparation: {takes: 10 min, needs: {nurse: 1}}, infusion: {takes: 50 min, "
                   "needs: {nurse: 1/2}}}");
    const Plan plan = plan_of_text(clinic,
                                   "{vary: {clinic.chairs: 2..3}, targets: [{target: "
                                   "\"wait_days_induction.mean <= 3 days\"}]}");
    EXPECT_EQ(plan.policies[0].end, PlanEnd::none);
    const std::string remarks = remarks_of(plan);
    for (const char* part : {"(in use: nurse 5", "what is short: nurse (twice as many",
                             "nurse is short long before its hours are used up"})
        EXPECT_NE(remarks.find(part), std::string::npos) << part << '\n' << remarks;
}

TEST(PlanChoices, WarnsOfFewerChairsThanThePatientsKeepBusy) {
    // only who waited is asked about, and everybody does
    const Plan plan = plan_of_text(
        waiting_line(kLoad, "chairs: 6, visit: {infusion: {exponential: {mean: 1 h}}}"),
        "{vary: {clinic.chairs: 3..8}, targets: [{target: \"chair_utilisation >= 50 "
        "%\"}]}");
    EXPECT_EQ(answer_of(plan), "3");
    EXPECT_NE(remarks_of(plan).find("3 is the smallest that the plan may choose"),
              std::string::npos);
    EXPECT_NE(remarks_of(plan).find("chairs busy: with fewer than that"), std::string::npos)
        << remarks_of(plan);
}

}  // namespace
}  // namespace clinicsim
