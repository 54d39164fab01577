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

/// Two sites that share a nurse by weekday; who would wait may go to the other.
Scenario two_sites() {
    Scenario scenario = small_clinic();
    Model& model = scenario.model;
    model.patients.in_care_at_start.spread = Days{28};
    ClinicPlan& clinic = model.clinic;
    clinic.access = Access::booked;
    clinic.booking.emplace().transfers = TransferPlan{Days{2}, 0.5, {}};
    clinic.chairs = 3;
    clinic.chair_kinds = {{"recliner", 1, 0}, {"room", 1, 0}, {"recliner", 1, 1}};
    const OpeningRule north = test::daily({{8, 17}}), south = test::daily({{10, 16}});
    clinic.sites = {{"north", north, 0.7, {Duration{}, hours{1}}},
                    {"south", south, 0.3, {hours{1}, Duration{}}}};
    const auto nurse_on = [](std::array<bool, 7> days) {
        Shift shift;
        shift.days = days;
        return std::vector{shift};
    };
    clinic.staff = {
        {"nurse.north", 0, nurse_on({true, true, true, true, false, false, false}), 0, 0},
        {"nurse.south", 0, nurse_on({false, false, false, false, true, true, true}), 0, 1}};
    clinic.visits[0].later.needs[1] = {{0, kWhole / 2}};
    scenario.groups = {"site"};
    return scenario;
}

TEST(SitesOfRuns, AddUpToTheWholeClinic) {
    const Comparison result = run_comparison(two_sites(), {});
    for (const PolicyResult& policy : result.policies) {
        const auto value = [&](const char* name) {
            const Estimate* found = policy.find(name);
            EXPECT_NE(found, nullptr) << name;
            return found->mean.value();
        };
        EXPECT_GT(value("transfers"), 0);
        EXPECT_GE(value("transfers_offered"), value("transfers"));
        const double visits = value("visits_per_week.north") + value("visits_per_week.south");
        EXPECT_NEAR(visits, value("visits_per_week.recliner") + value("visits_per_week.room"),
                    1e-9);
        // but for visits under way at either end of the 200 days
        EXPECT_NEAR(visits, value("infusions_per_week"), 3.0 * 7 / 200);
        // chairs times hours: 2 x 9 at north, 1 x 6 at south
        EXPECT_NEAR(
            value("chair_utilisation"),
            (18 * value("chair_utilisation.north") + 6 * value("chair_utilisation.south")) / 24,
            1e-9);
        EXPECT_NEAR(
            value("staff_hours_per_week.nurse"),
            value("staff_hours_per_week.nurse.north") + value("staff_hours_per_week.nurse.south"),
            1e-9);
        ASSERT_EQ(policy.groups.size(), 2u);
        EXPECT_EQ(policy.groups[1].by + " " + policy.groups[1].is, "site south");
        const auto transfers = metric_index("transfers").value();
        EXPECT_NEAR(policy.groups[0].metrics[transfers].mean.value() +
                        policy.groups[1].metrics[transfers].mean.value(),
                    value("transfers"), 1e-9);
        EXPECT_EQ(policy.find("visits_per_week.east"), nullptr);
    }
    ASSERT_EQ(result.differences.size(), 1u);
    EXPECT_EQ(result.differences[0].chairs.size(), result.policies[0].chairs.size())
        << "differences, too";
}

TEST(SitesOfRuns, DetailsOfTheirChairsAddUpToTheChairTimeOpen) {
    RunOptions options;
    options.chair_use = true;
    const Comparison result = run_comparison(two_sites(), options);
    const double used = [&] {
        double sum = 0;
        const auto& shares = result.policies[0].chair_use.value().all.shares;
        for (std::size_t state = 0; state < shares.size(); ++state)
            if (state <= static_cast<std::size_t>(ChairState::turnover) || state >= kFirstHeldUp)
                sum += shares[state].mean.value();
        return sum;
    }();
    EXPECT_NEAR(used, metric(result.policies[0], "chair_utilisation").mean.value(), 1e-9);
}

}  // namespace
}  // namespace clinicsim
