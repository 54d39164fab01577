// The fold with the clinic itself under it: a walk-in queue and patients in care at the start.
#include <gtest/gtest.h>

#include "clinic/small_models.hpp"
#include "made_up.hpp"

namespace clinicsim {
namespace {

Scenario small_clinic() {
    RenewalCourse course = test::weibull_course(1.5, 40);
    course.frailty = Gamma{2.0, 0.5};
    Scenario scenario;
    scenario.replications = 6;
    scenario.model = test::renewal_model(30, course, Days{200}, Days{50});
    scenario.model.clinic.chairs = 1;
    scenario.model.clinic.visits[0].later.infusion = test::always(hours{2});
    Asking asking;
    asking.asks_after = test::always(Days{3});
    Policy monthly = test::every(Days{28}, ScheduleClock::reset, asking);
    monthly.name = "monthly";
    Policy as_needed = test::as_needed(asking);
    as_needed.name = "as_needed";
    for (const Policy& policy : {monthly, as_needed})
        scenario.policies.push_back(test::with_pathway(scenario.model, policy));
    scenario.baseline = 0;
    return scenario;
}

TEST(ClinicRuns, GiveTheSameSamplesForAnyNumberOfThreadsAndAlone) {
    const Scenario scenario = small_clinic();
    const Comparison one = run_comparison(scenario, {.threads = 1});
    const Comparison eight = run_comparison(scenario, {.threads = 8});
    const Comparison alone = run_comparison(scenario, {.policies = {"as_needed"}, .threads = 2});
    for (std::size_t policy = 0; policy < 2; ++policy) {
        EXPECT_EQ(one.policies[policy].samples, eight.policies[policy].samples);
        EXPECT_EQ(one.policies[policy].metrics, eight.policies[policy].metrics);
    }
    EXPECT_EQ(one.policies[1].samples, alone.policies[0].samples);
    EXPECT_NE(one.policies[0].samples[0], one.policies[0].samples[1]) << "replications differ";
}

TEST(ClinicRuns, SpendTheirChairTimeOnTheirInfusions) {
    const Comparison result = run_comparison(small_clinic(), {});
    for (const PolicyResult& policy : result.policies) {
        const double held = 24 * 7 * metric(policy, "chair_utilisation").mean.value();
        // but for visits under way at either end of the 200 days
        EXPECT_NEAR(held, 2 * metric(policy, "infusions_per_week").mean.value(), 2.0 * 7 / 200);
        EXPECT_NEAR(metric(policy, "patients_in_care").mean.value(), 30, 1e-9);
    }
}

}  // namespace
}  // namespace clinicsim
