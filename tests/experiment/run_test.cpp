#include "clinicsim/experiment/run.hpp"

#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

#include "made_up.hpp"

namespace clinicsim {
namespace {

void expect_same(const PolicyResult& a, const PolicyResult& b) {
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.metrics, b.metrics);
    EXPECT_EQ(a.samples, b.samples);
    EXPECT_EQ(a.groups, b.groups);
    ASSERT_EQ(a.pathways.size(), b.pathways.size());
    for (std::size_t i = 0; i < a.pathways.size(); ++i) {
        ASSERT_EQ(a.pathways[i].flows.size(), b.pathways[i].flows.size());
        for (std::size_t way = 0; way < a.pathways[i].flows.size(); ++way)
            EXPECT_EQ(a.pathways[i].flows[way].patients, b.pathways[i].flows[way].patients);
    }
}

void expect_same(const Comparison& a, const Comparison& b) {
    EXPECT_EQ(a.replications, b.replications);
    EXPECT_EQ(a.warnings, b.warnings);
    EXPECT_EQ(a.count.visits, b.count.visits);
    ASSERT_EQ(a.policies.size(), b.policies.size());
    for (std::size_t i = 0; i < a.policies.size(); ++i) expect_same(a.policies[i], b.policies[i]);
    ASSERT_EQ(a.differences.size(), b.differences.size());
    for (std::size_t i = 0; i < a.differences.size(); ++i)
        EXPECT_EQ(a.differences[i].metrics, b.differences[i].metrics);
}

TEST(Comparison, IsTheSameForAnyNumberOfThreads) {
    Scenario scenario = made_up_scenario(37);
    scenario.groups = {"condition", "severity"};
    const Comparison one = run_comparison(scenario, {.threads = 1}, simulate_made_up);
    for (const unsigned threads : {2u, 8u, 0u})
        expect_same(run_comparison(scenario, {.threads = threads}, simulate_made_up), one);
}

TEST(Comparison, GivesAPolicyTheSameResultsAloneAndInCompany) {
    const Scenario scenario = made_up_scenario(11);
    const Comparison all = run_comparison(scenario, {}, simulate_made_up);
    for (std::size_t i = 0; i < 3; ++i) {
        const Comparison alone =
            run_comparison(scenario, {.policies = {all.policies[i].name}}, simulate_made_up);
        ASSERT_EQ(alone.policies.size(), 1u);
        expect_same(alone.policies[0], all.policies[i]);
        EXPECT_TRUE(alone.differences.empty());
    }
}

TEST(Comparison, GivesDifferencesWhereTheBaselineIsAmongThePolicies) {
    const Scenario scenario = made_up_scenario(10);
    const auto differences = [&](std::vector<std::string> policies) {
        return run_comparison(scenario, {.policies = std::move(policies)}, simulate_made_up)
            .differences;
    };
    EXPECT_TRUE(differences({"b", "c"}).empty());
    const auto found = differences({"c", "a"});
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].policy, "c");
    Scenario without = scenario;
    without.baseline.reset();
    EXPECT_TRUE(run_comparison(without, {}, simulate_made_up).differences.empty());
}

TEST(Comparison, KeepsTheScenariosOrderOfPolicies) {
    const Comparison result =
        run_comparison(made_up_scenario(2), {.policies = {"c", "a", "c"}}, simulate_made_up);
    ASSERT_EQ(result.policies.size(), 2u);
    EXPECT_EQ(result.policies[0].name, "a");
    EXPECT_EQ(result.policies[1].name, "c");
}

TEST(Comparison, HasAsManyReplicationsAsTheOptionSays) {
    const Comparison result =
        run_comparison(made_up_scenario(20), {.replications = 12}, simulate_made_up);
    EXPECT_EQ(result.replications, 12u);
    EXPECT_EQ(result.policies[0].samples.size(), 12u);
}

TEST(Comparison, RefusesNamesThatStandForNothing) {
    Scenario scenario = made_up_scenario(2);
    const auto never = [](const Model&, const PolicyModel&, std::uint32_t, Sink&) -> RunCount {
        throw std::logic_error{"ran"};
    };
    const auto message = [&](const RunOptions& options) -> std::string {
        try {
            run_comparison(scenario, options, never);
        } catch (const UnknownName& error) {
            return error.what();
        }
        return "accepted";
    };
    EXPECT_EQ(message({.policies = {"a", "d"}}), "no policy is called 'd'; there are: a, b, c");
    EXPECT_EQ(message({.precision = Precision{.metrics = {"relapse"}}}),
              "no metric is called 'relapse'");
    scenario.targets = {{"waits <= 7 days", "waits", 0, 7, {}, false, ""}};
    EXPECT_EQ(message({}), "no metric is called 'waits'");
    scenario.targets = {{"relapses <= 7", "relapses", 0, 7, {"weekly"}, false, ""}};
    EXPECT_EQ(message({}), "no policy is called 'weekly'; there are: a, b, c");
}

TEST(Comparison, CarriesAnExceptionOutOfARun) {
    for (const unsigned threads : {1u, 2u, 8u}) try {
            run_comparison(made_up_scenario(50), {.threads = threads},
                           [](const Model& model, const PolicyModel& policy,
                              std::uint32_t replication, Sink& sink) {
                               if (replication >= 20 && policy.choice.name == "b")
                                   throw std::runtime_error{"run " + std::to_string(replication)};
                               return simulate_made_up(model, policy, replication, sink);
                           });
            FAIL() << "nothing thrown";
        } catch (const std::runtime_error& error) {
            EXPECT_EQ(error.what(), std::string{"run 20"}) << threads << " threads";
        }
}

TEST(Comparison, TellsItsProgress) {
    std::vector<std::uint64_t> told;
    RunOptions options{.threads = 2};
    options.progress = [&](std::uint64_t done, std::uint64_t total) {
        told.push_back(done);
        EXPECT_EQ(total, 3u * 7);
    };
    run_comparison(made_up_scenario(7), options, simulate_made_up);
    ASSERT_EQ(told.size(), 21u);
    for (std::size_t i = 0; i < told.size(); ++i) EXPECT_EQ(told[i], i + 1);
}

TEST(Interruption, KeepsTheReplicationsThatAllPoliciesFinished) {
    const Scenario scenario = made_up_scenario(40);
    for (const unsigned threads : {1u, 2u, 8u}) {
        std::atomic<bool> stop{false};
        RunOptions options{.threads = threads};
        options.stop = &stop;
        options.progress = [&](std::uint64_t done, std::uint64_t) { stop = done >= 47; };
        const Comparison cut = run_comparison(scenario, options, simulate_made_up);
        EXPECT_TRUE(cut.interrupted);
        EXPECT_EQ(cut.replications_asked, 40u);
        EXPECT_GE(cut.replications, 15u);  // 47 / 3
        EXPECT_LE(cut.replications, (47 + threads) / 3);
        Comparison whole =
            run_comparison(scenario, {.replications = cut.replications}, simulate_made_up);
        whole.warnings.push_back("interrupted: " + std::to_string(cut.replications) +
                                 " of 40 replications were finished, and only they are used");
        expect_same(cut, whole);
    }
}

TEST(Interruption, BeforeTheFirstReplicationLeavesNothingButSaysSo) {
    const std::atomic<bool> stop{true};
    RunOptions options;
    options.stop = &stop;
    const Comparison result = run_comparison(made_up_scenario(5), options, simulate_made_up);
    EXPECT_TRUE(result.interrupted);
    EXPECT_EQ(result.replications, 0u);
    ASSERT_EQ(result.policies.size(), 3u);
    EXPECT_EQ(metric(result.policies[0], "relapses"), Estimate{});
}

/// Relapses of 100 ± `spread` in turn: sd about `spread`.
Simulate swinging(int spread) {
    return [spread](const Model& model, const PolicyModel&, std::uint32_t replication, Sink& sink) {
        MadeUp numbers;
        numbers.relapses = 100 + (replication % 2 == 0 ? spread : -spread);
        return play(numbers, model, sink);
    };
}

RunOptions precise(double relative, std::uint32_t most, std::vector<std::string> metrics) {
    RunOptions options;
    options.replications = 4;
    options.precision = Precision{relative, std::move(metrics), most};
    return options;
}

TEST(Precision, IsReachedByMoreReplications) {
    const Comparison result =
        run_comparison(made_up_scenario(4), precise(0.02, 1000, {"relapses"}), swinging(10));
    EXPECT_EQ(result.precision_reached, true);
    EXPECT_LE(relative_half_width(metric(result.policies[0], "relapses")).value(), 0.02 / 1.02);
    // 1.98 x 10 / sqrt(n) = 100 x 0.0196 at n = 102
    EXPECT_GE(result.replications, 100u);
    EXPECT_LE(result.replications, 204u) << "at most doubled";
    EXPECT_EQ(result.replications_asked, result.replications);
}

TEST(Precision, TakesTheSameNumberForAnyNumberOfThreads) {
    RunOptions options = precise(0.02, 1000, {"relapses"});
    options.threads = 1;
    const Comparison one = run_comparison(made_up_scenario(4), options, swinging(10));
    options.threads = 8;
    expect_same(run_comparison(made_up_scenario(4), options, swinging(10)), one);
}

TEST(Precision, AddsReplicationsToThoseBeforeAndRepeatsNone) {
    // of numbers that differ in every replication, so that a batch of the same ones would show
    const Comparison grown =
        run_comparison(made_up_scenario(4), precise(0.3, 1000, {"relapses"}), simulate_made_up);
    ASSERT_GT(grown.replications, 10u) << "more than the first batch";
    expect_same(run_comparison(made_up_scenario(grown.replications), {}, simulate_made_up), grown);
}

TEST(Precision, StopsAtTheFirstBatchOfTenWhereNothingVaries) {
    const Comparison result =
        run_comparison(made_up_scenario(4), precise(0.01, 1000, {"relapses"}), swinging(0));
    EXPECT_EQ(result.precision_reached, true);
    EXPECT_EQ(result.replications, 10u);
}

TEST(Precision, SaysWhenTheLimitCameFirst) {
    const Comparison result =
        run_comparison(made_up_scenario(4), precise(0.001, 30, {"relapses"}), swinging(10));
    EXPECT_EQ(result.precision_reached, false);
    EXPECT_EQ(result.replications, 30u);
    EXPECT_FALSE(result.interrupted);
    ASSERT_EQ(result.warnings.size(), 1u);
    EXPECT_EQ(result.warnings[0],
              "the asked precision was not reached: relapses of a is known to 3.8 %, asked for "
              "0.1 %");
    Scenario limited = made_up_scenario(4);
    limited.limits.replications = 25;
    EXPECT_EQ(run_comparison(limited, precise(0.001, 30, {"relapses"}), swinging(10)).replications,
              25u);
}

TEST(Precision, OfMetricsThatDoNotExistIsNeverReached) {
    const Comparison result = run_comparison(
        made_up_scenario(4), precise(0.01, 1000, {"response_rate"}), simulate_made_up);
    EXPECT_EQ(result.precision_reached, false);
    EXPECT_EQ(result.replications, 10u) << "more would not help";
}

TEST(Precision, CanBeInterrupted) {
    std::atomic<bool> stop{false};
    RunOptions options = precise(0.001, 1000, {"relapses"});
    options.threads = 1;
    options.stop = &stop;
    options.progress = [&](std::uint64_t done, std::uint64_t) { stop = done >= 45; };
    const Comparison result = run_comparison(made_up_scenario(4), options, swinging(10));
    EXPECT_TRUE(result.interrupted);
    EXPECT_EQ(result.replications, 15u);
    EXPECT_EQ(result.precision_reached, false);
}

}  // namespace
}  // namespace clinicsim
