// What is said of a metric when no replication saw anything of what it counts.
#include "clinicsim/experiment/estimates.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "clinicsim/experiment/run.hpp"
#include "clinicsim/observe/unseen.hpp"
#include "clinicsim/stats/proportion.hpp"
#include "made_up.hpp"

namespace clinicsim {
namespace {

/// A scenario whose patients may relapse, or not.
Scenario scenario_of(bool relapses) {
    Scenario scenario = made_up_scenario(20);
    RenewalCourse course;
    course.responds = {0.5};
    if (relapses) course.relapse = Constant{86'400'000};
    scenario.model.patients.courses[0].law = course;
    return scenario;
}

/// `n` replications, each with `numerator` of `denominator`.
Estimate estimate_of(const char* metric, const Scenario& scenario, double numerator,
                     double denominator, std::size_t n = 20) {
    const Setting setting{scenario.model, scenario.policies[0]};
    const MetricColumn column = [&](std::size_t) {
        return std::vector<MetricSample>(n, MetricSample{numerator, denominator, true});
    };
    return estimate_of_row(metric_index(metric).value(), column, setting);
}

TEST(NoneSeen, LeavesACountTheExactPoissonLimit) {
    const Estimate found = estimate_of("relapses", scenario_of(true), 0, 1);
    EXPECT_EQ(found.mean, 0);
    EXPECT_EQ(found.ci95->low, 0);
    EXPECT_NEAR(found.ci95->high, 3.6888794541139363 / 20, 1e-12);
    // P(no event in 20 replications) at that limit is what is left out above
    EXPECT_NEAR(std::exp(-20 * found.ci95->high), 0.025, 1e-12);
    const Estimate rate = estimate_of("relapses_per_patient_year", scenario_of(true), 0, 100);
    EXPECT_NEAR(rate.ci95->high, 3.6888794541139363 / 2000, 1e-12);
}

TEST(NoneSeen, LeavesAShareTheExactBinomialLimitAtEitherEnd) {
    const Scenario scenario = scenario_of(true);
    const Interval exact = clopper_pearson_interval(0, 200);
    const Estimate none = estimate_of("response_rate", scenario, 0, 10);
    EXPECT_EQ(none.ci95->low, 0);
    EXPECT_NEAR(none.ci95->high, exact.high, 1e-9);
    const Estimate all = estimate_of("response_rate", scenario, 10, 10);
    EXPECT_NEAR(all.ci95->low, 1 - exact.high, 1e-9);
    EXPECT_EQ(all.ci95->high, 1);
}

TEST(NoneSeen, OfWhoComesTooLateIsCertainWhereTheClinicRefusesNobody) {
    Scenario scenario = scenario_of(false);
    scenario.model.clinic.access = Access::booked;
    EXPECT_EQ(estimate_of("sent_home_late_per_year", scenario, 0, 1).ci95, (Interval{0, 0}));
    scenario.model.clinic.arrival.emplace().refused_after = std::chrono::minutes{30};
    EXPECT_GT(estimate_of("sent_home_late_per_year", scenario, 0, 1).ci95->high, 0);
}

TEST(NoneSeen, IsNoUncertaintyWhereItCannotHappen) {
    const Scenario never = scenario_of(false);
    EXPECT_EQ(estimate_of("relapses", never, 0, 1).ci95, (Interval{0, 0}));
    EXPECT_EQ(estimate_of("share_of_time_ill", never, 0, 10).ci95, (Interval{0, 0}));
    EXPECT_EQ(estimate_of("dropouts", never, 0, 1).ci95, (Interval{0, 0}));
    EXPECT_EQ(estimate_of("side_effects_per_100_infusions", never, 0, 10).ci95, (Interval{0, 0}));
    EXPECT_GT(estimate_of("relapses", scenario_of(true), 0, 1).ci95->high, 0);
}

TEST(NoneSeen, MeetsATargetOnlyWhenEnoughWasWatched) {
    Target target;
    target.metric = "relapses";
    target.lowest = 0;
    target.highest = 0.05;
    const Scenario scenario = scenario_of(true);
    EXPECT_EQ(judge(target, "a", estimate_of("relapses", scenario, 0, 1, 20)).met, std::nullopt);
    EXPECT_EQ(judge(target, "a", estimate_of("relapses", scenario, 0, 1, 100)).met, true);
}

TEST(NoneSeen, MakesAQuantileOfWaitsCertainOnlyFromEnoughWaits) {
    Scenario scenario = scenario_of(true);
    scenario.model.clinic.chairs = 3;
    const Setting setting{scenario.model, scenario.policies[0]};
    const auto p95_from = [&](double waits) {
        const MetricColumn column = [&](std::size_t metric) {
            const bool counts = metric_rows()[metric].name == "wait_days_rescue.waited";
            return std::vector<MetricSample>(10, MetricSample{0, counts ? waits : 1, true});
        };
        return estimate_of_row(metric_index("wait_days_rescue.p95").value(), column, setting);
    };
    // with 73 waits of which none is over 0, at most 4.93 % are; with 70, 5.13 %
    EXPECT_EQ(p95_from(7.5).ci95, (Interval{0, 0}));
    EXPECT_EQ(p95_from(7.0).ci95, std::nullopt);
}

TEST(NoneSeen, MakesADifferenceAsUncertainAsBothPolicies) {
    const std::vector<MetricSample> none(20, MetricSample{0, 1, true});
    const Estimate one = estimate_of("relapses", scenario_of(true), 0, 1);
    const Estimate never = estimate_of("relapses", scenario_of(false), 0, 1);
    const Difference unseen = difference(MetricKind::count, none, none, one, one);
    EXPECT_EQ(unseen.estimate.ci95, (Interval{-one.ci95->high, one.ci95->high}));
    EXPECT_EQ(difference(MetricKind::count, none, none, never, never).estimate.ci95,
              (Interval{0, 0}));
}

TEST(Intervals, DoNotLeaveWhatTheMetricCanBe) {
    const Scenario scenario = scenario_of(true);
    const Setting setting{scenario.model, scenario.policies[0]};
    const MetricColumn rare = [](std::size_t) {
        std::vector<MetricSample> samples(20, MetricSample{0, 1, true});
        samples[7].numerator = 1;  // Student's interval begins under 0
        return samples;
    };
    const Estimate found = estimate_of_row(metric_index("relapses").value(), rare, setting);
    EXPECT_EQ(found.ci95->low, 0);
    EXPECT_NEAR(found.ci95->high, 0.05 + 2.093024054408263 * 0.05, 1e-9);
    EXPECT_NEAR(relative_half_width(found).value(), 2.093024054408263, 1e-9)
        << "the end that is not cut off tells the precision";
    EXPECT_FALSE(is_one_sided(found) && found.ci95->low == *found.mean);
}

TEST(Precision, IsNotReachedByHavingSeenNothing) {
    Scenario scenario = scenario_of(true);
    RunOptions options{.threads = 1};
    options.precision = Precision{.relative = 0.1, .metrics = {"relapses"}, .most = 40};
    const auto nothing = [](const Model&, const PolicyModel&, std::uint32_t, Sink&) {
        return RunCount{};
    };
    const Comparison unseen = run_comparison(scenario, options, nothing);
    EXPECT_EQ(unseen.precision_reached, false);
    EXPECT_EQ(unseen.replications, 40u);
    const Comparison never = run_comparison(scenario_of(false), options, nothing);
    EXPECT_EQ(never.precision_reached, true) << "a relapse cannot happen";
    EXPECT_EQ(never.replications, 20u);
}

TEST(Simultaneous, WidensEveryDifferenceForTheNumberOfPolicies) {
    RunOptions options{.threads = 1};
    const Comparison each = run_comparison(made_up_scenario(5), options, simulate_made_up);
    options.simultaneous = true;
    const Comparison all = run_comparison(made_up_scenario(5), options, simulate_made_up);
    EXPECT_EQ(each.differences_together, 0u);
    EXPECT_EQ(all.differences_together, 2u);
    const auto half = [](const Comparison& of) {
        const Estimate& found = metric(of.differences[1], "relapses").estimate;
        return found.ci95->high - *found.mean;
    };
    // Student's t with 4 degrees of freedom at 1 - 0.025 / 2 instead of 0.975
    EXPECT_NEAR(half(all) / half(each), 3.4954059 / 2.7764451, 1e-6);
    EXPECT_EQ(all.policies[0].metrics, each.policies[0].metrics) << "only differences";
}

TEST(Simultaneous, WidensTheLimitOfWhatWasNeverSeen) {
    const Estimate one = estimate_of("relapses", scenario_of(true), 0, 1);
    const Estimate four = jointly(one, 4);
    EXPECT_EQ(four.ci95->low, 0);
    EXPECT_NEAR(std::exp(-20 * four.ci95->high), 0.025 / 4, 1e-12);
}

TEST(Unseen, KnowsTheShareThatAQuantileIsOf) {
    const auto of = waited_row(metric_rows()[metric_index("wait_minutes_in_room.p90").value()]);
    ASSERT_TRUE(of);
    EXPECT_DOUBLE_EQ(of->p, 0.9);
    EXPECT_EQ(of->waited, metric_index("wait_minutes_in_room.waited").value());
}

}  // namespace
}  // namespace clinicsim
