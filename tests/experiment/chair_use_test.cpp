// What the chairs do, with the clinic itself under it.
#include "clinicsim/experiment/chair_use.hpp"

#include <gtest/gtest.h>

#include "clinic/small_models.hpp"
#include "clinicsim/observe/run_observer.hpp"
#include "made_up.hpp"

namespace clinicsim {
namespace {

Scenario clinic(Access access) {
    Scenario scenario;
    scenario.replications = 4;
    Model& model = scenario.model;
    model = test::renewal_model(60, test::weibull_course(1.5, 40), Days{100}, Days{30});
    model.clinic.chairs = 2;
    model.clinic.open = test::daily({{8, 12}, {13, 17}});
    model.clinic.access = access;
    model.clinic.closing = Closing::finish;
    model.clinic.no_show = access == Access::booked ? 0.2 : 0;
    VisitParts& parts = model.clinic.visits[0].later;
    parts.infusion = Uniform{0.5 * test::kDay / 24, 2 * test::kDay / 24};
    parts.turnover = test::always(minutes{10});
    for (const Days interval : {Days{14}, Days{28}}) {
        Policy policy = test::every(interval, ScheduleClock::reset, Asking{});
        policy.name = "every_" + std::to_string(interval.count());
        scenario.policies.push_back(test::with_pathway(model, policy));
    }
    return scenario;
}

TEST(ChairUseOfRuns, AddsUpToTheChairTimeOpenAndAgreesWithUtilisationToTheTick) {
    for (const Access access : {Access::walk_in, Access::booked}) {
        const Scenario scenario = clinic(access);
        const Model& model = scenario.model;
        const SiteHours open = opening_hours(model.clinic, model.dates, model.end);
        for (std::uint32_t replication = 0; replication < 3; ++replication) {
            DetailedObserver observer{model, scenario.policies[0], replication, open};
            simulate(model, scenario.policies[0], replication, observer);
            const RunTallies tallies = observer.finish();
            const ChairUseTally use = observer.chair_use();
            ChairTime by_hour, by_month;
            for (const ChairTime& time : use.hours) by_hour.add(time);
            for (const ChairTime& time : use.months) by_month.add(time);
            EXPECT_EQ(by_hour, by_month);
            EXPECT_EQ(by_hour.open(), 2 * tallies.window.open.count());
            const auto of = [&](ChairState state) {
                return by_hour.ticks[static_cast<std::size_t>(state)];
            };
            EXPECT_EQ(by_hour.used(), tallies.chairs.held_open);
            EXPECT_GT(of(ChairState::turnover), 0);
            EXPECT_GT(of(ChairState::idle), 0);
            EXPECT_EQ(of(ChairState::no_show) > 0, access == Access::booked);
        }
    }
}

TEST(ChairUseOfRuns, ChangesNoOtherResultAndIsTheSameForAnyNumberOfThreads) {
    const Scenario scenario = clinic(Access::booked);
    const Comparison without = run_comparison(scenario, {});
    const Comparison one = run_comparison(scenario, {.threads = 1, .chair_use = true});
    const Comparison eight = run_comparison(scenario, {.threads = 8, .chair_use = true});
    for (std::size_t policy = 0; policy < 2; ++policy) {
        EXPECT_FALSE(without.policies[policy].chair_use);
        EXPECT_EQ(one.policies[policy].samples, without.policies[policy].samples);
        EXPECT_EQ(one.policies[policy].chair_use.value().all.shares,
                  eight.policies[policy].chair_use.value().all.shares);
    }
    const ChairUse& use = *one.policies[0].chair_use;
    EXPECT_EQ(use.hours.size(), 7u * 8);
    EXPECT_EQ(use.hours[0].at, "mon 08:00");
    EXPECT_EQ(use.months.size(), 5u) << "31 January to 10 May";
    const Estimate &used = use.all.used,
                   &utilisation = metric(one.policies[0], "chair_utilisation");
    EXPECT_NEAR(*used.mean, *utilisation.mean, 1e-12);
    EXPECT_NEAR(used.ci95->low, utilisation.ci95->low, 1e-12);
}

TEST(ChairUseOfRuns, DoesNotExistWhereChairsAreUnlimited) {
    Scenario scenario = clinic(Access::walk_in);
    scenario.model.clinic.chairs.reset();
    EXPECT_FALSE(run_comparison(scenario, {.chair_use = true}).policies[0].chair_use);
}

}  // namespace
}  // namespace clinicsim
