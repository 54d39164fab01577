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
    parts.preparation = test::always(minutes{5});
    parts.recovery = Uniform{0, 0.2 * test::kDay / 24};
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
            EXPECT_GT(of(ChairState::preparation), 0);
            EXPECT_GT(of(ChairState::infusion), of(ChairState::preparation));
            EXPECT_GT(of(ChairState::recovery), 0);
            EXPECT_GT(of(ChairState::turnover), of(ChairState::preparation));
            EXPECT_EQ(of(ChairState::held_for_rescue), 0);
            EXPECT_GT(of(ChairState::idle), 0);
            EXPECT_EQ(of(ChairState::no_show) > 0, access == Access::booked);
        }
    }
}

TEST(ChairUseOfRuns, TellsWhichGroupChairsWaitForInAClinicWithStaff) {
    Scenario scenario = clinic(Access::booked);
    Model& model = scenario.model;
    StaffGroup nurses{"nurse", 0, {Shift{}}, 0}, drips{"drip", 1, {}, 0};
    model.clinic.staff = {nurses, drips};
    PhaseNeeds& needs = model.clinic.visits[0].later.needs;
    needs[0] = {{0, kWhole}};
    needs[1] = {{1, kWhole}};
    needs[3] = {{0, kWhole}};
    for (const auto& policy : scenario.policies) {
        const SiteHours open = opening_hours(model.clinic, model.dates, model.end);
        DetailedObserver observer{model, policy, 0, open};
        simulate(model, policy, 0, observer);
        const RunTallies tallies = observer.finish();
        ChairTime all;
        for (const ChairTime& time : observer.chair_use().hours) all.add(time);
        EXPECT_EQ(all.open(), 2 * tallies.window.open.count());
        EXPECT_EQ(all.used(), tallies.chairs.held_open);
        // two chairs and one drip; what is held up is all of it in opening hours
        EXPECT_GT(all.ticks[kFirstHeldUp + 1], 0);
        EXPECT_LE(all.ticks[kFirstHeldUp + 1], tallies.staff[1].held_up);
        EXPECT_EQ(all.ticks[kFirstHeldUp + 2], 0);
    }
    const Comparison found = run_comparison(scenario, {.chair_use = true});
    EXPECT_EQ(found.policies[0].chair_use.value().states.back(), "held_up.drip");
}

TEST(ChairUseOfRuns, HoldsHalfOfADayForRescuesThatNobodyAsksFor) {
    Scenario scenario = clinic(Access::booked);
    Model& model = scenario.model;
    model.patients.in_care_at_start.patients = 1;  // hardly anybody comes
    model.clinic.booking.emplace().held = 0.5;
    const SiteHours open = opening_hours(model.clinic, model.dates, model.end);
    DetailedObserver observer{model, scenario.policies[1], 0, open};
    simulate(model, scenario.policies[1], 0, observer);
    observer.finish();
    ChairTime all;
    for (const ChairTime& time : observer.chair_use().hours) all.add(time);
    // one of two chairs all day, but for the last day, which no midnight ends
    const double held =
        static_cast<double>(all.ticks[static_cast<std::size_t>(ChairState::held_for_rescue)]);
    EXPECT_NEAR(held / static_cast<double>(all.open()), 0.5, 0.01);
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
