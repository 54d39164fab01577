// Days ill caused by waiting: the same patients with unlimited chairs.
#include <cmath>

#include <gtest/gtest.h>

#include "clinic/small_models.hpp"
#include "made_up.hpp"

namespace clinicsim {
namespace {

constexpr const char* kDaysIll = "days_ill_caused_by_waiting_per_patient_year";
constexpr const char* kRelapses = "relapse_change_by_waiting_per_patient_year";

/// `patients` who are well for a Weibull time of mean `well` days, then ask at once for a chair and
/// hold it for an exponential time of mean `in_chair` days: the machine-repair queue.
Scenario machine_repair(std::uint32_t patients, std::optional<std::uint32_t> chairs, double well,
                        double in_chair, Days horizon) {
    RenewalCourse course = test::weibull_course(1, 1);
    course.relapse = Weibull::of_shape_mean(1.5, well * test::kDay);
    Scenario scenario;
    scenario.replications = 40;
    scenario.without_limits = true;
    scenario.model = test::renewal_model(patients, course, horizon, Days{200});
    scenario.model.clinic.chairs = chairs;
    scenario.model.clinic.visits[0].first.infusion =
        scenario.model.clinic.visits[0].later.infusion = Exponential{in_chair * test::kDay};
    scenario.policies.push_back(test::with_pathway(scenario.model, test::as_needed()));
    return scenario;
}

Estimate found(const Comparison& result, const char* metric_name) {
    return metric(result.policies.at(0), metric_name);
}

/// Of c chairs and N patients a share is ill that theory.md gives to seven digits (F02, F04); of
/// unlimited chairs it is in_chair / (well + in_chair).
void expect_exact_days(const Scenario& scenario, double share_ill, double share_ill_without,
                       double power) {
    constexpr double kOneInAMillion = 5.6;  // two-sided, Student with 39 degrees of freedom
    const Comparison result = run_comparison(scenario, {});
    const Estimate days = found(result, kDaysIll);
    const double exact = (share_ill - share_ill_without) * 365.25;
    const double bound = kOneInAMillion * *days.sd / std::sqrt(static_cast<double>(days.n));
    EXPECT_NEAR(*days.mean, exact, bound);
    EXPECT_LT(bound, power * exact) << "a fault of " << 100 * power << " % would not be seen";
    EXPECT_LT(found(result, kRelapses).ci95->high, 0)
        << "the ill cannot relapse: waiting makes relapses fewer";
}

TEST(DaysIllCausedByWaiting, AreThoseOfTheMachineRepairQueue) {
    expect_exact_days(machine_repair(30, 2, 20, 1, Days{2000}), 1 - 0.9226877498444312, 1.0 / 21,
                      0.1);
    expect_exact_days(machine_repair(200, 4, 40, 0.5, Days{1200}), 1 - 0.9853650309368346,
                      0.5 / 40.5, 0.2);
}

TEST(DaysIllCausedByWaiting, AreExactlyNoneWhereChairsAreNeverShort) {
    for (const auto chairs : {std::optional{10'000u}, std::optional<std::uint32_t>{}}) {
        const Comparison result =
            run_comparison(machine_repair(30, chairs, 20, 1, Days{300}), {.replications = 3});
        EXPECT_EQ(found(result, kDaysIll).mean, 0.0);
        // 10,000 chairs might be short one day, as far as three replications can tell
        const auto ci = found(result, kDaysIll).ci95;
        EXPECT_EQ(ci->low, -ci->high);
        EXPECT_EQ(ci->high > 0, chairs.has_value());
        EXPECT_EQ(found(result, kRelapses).mean, 0.0);
    }
}

TEST(DaysIllCausedByWaiting, AreExactlyNoneWhereEverySlotOfTheBookIsFree) {
    Scenario scenario = machine_repair(30, 10'000, 20, 0.1, Days{300});
    scenario.model.clinic.open = test::daily({{8, 12}, {13, 17}});
    scenario.model.clinic.access = Access::booked;
    scenario.model.clinic.closing = Closing::finish;
    const Comparison result = run_comparison(scenario, {.replications = 3});
    EXPECT_EQ(found(result, kDaysIll).mean, 0.0);
    EXPECT_GT(*found(result, "wait_days_rescue.mean").mean, 0) << "they wait for opening hours";

    scenario.model.clinic.chairs = 1;
    const Comparison scarce = run_comparison(scenario, {.replications = 3});
    EXPECT_GT(found(scarce, kDaysIll).ci95->low, 0);
}

TEST(DaysIllCausedByWaiting, AreOfTheTwoClinicsAsIfEachWereRunAlone) {
    Scenario scenario = machine_repair(30, 2, 20, 1, Days{300});
    const Comparison both = run_comparison(scenario, {.replications = 5});
    scenario.without_limits = false;
    const Comparison here = run_comparison(scenario, {.replications = 5});
    EXPECT_FALSE(found(here, kDaysIll).mean) << "it is told only where it was asked for";
    scenario.model = without_limits(scenario.model);
    const Comparison there = run_comparison(scenario, {.replications = 5});
    EXPECT_EQ(found(both, "share_of_time_ill"), found(here, "share_of_time_ill"));
    EXPECT_NEAR(
        *found(both, kDaysIll).mean,
        365.25 * (*found(here, "share_of_time_ill").mean - *found(there, "share_of_time_ill").mean),
        1e-9);
}

TEST(DaysIllCausedByWaiting, AreComparedBetweenPoliciesAndSplitByGroup) {
    Scenario scenario = machine_repair(30, 2, 20, 1, Days{300});
    Policy monthly = test::every(Days{28}, ScheduleClock::reset, Asking{});
    monthly.name = "monthly";
    scenario.policies.push_back(test::with_pathway(scenario.model, monthly));
    scenario.baseline = 0;
    scenario.groups = {"condition"};
    const Comparison result = run_comparison(scenario, {.replications = 10});
    const std::size_t at = metric_index(kDaysIll).value();
    const Estimate &first = result.policies[0].metrics[at],
                   &second = result.policies[1].metrics[at];
    EXPECT_NEAR(*result.differences.at(0).metrics[at].estimate.mean, *second.mean - *first.mean,
                1e-9);
    EXPECT_EQ(result.policies[0].groups.at(0).metrics[at], first) << "there is one condition";
}

}  // namespace
}  // namespace clinicsim
