#include "clinicsim/experiment/fold.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "made_up.hpp"

namespace clinicsim {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

TEST(Fold, TakesTheMeanOfCountsAndStudentsInterval) {
    const Comparison result = run_comparison(made_up_scenario(5), {.threads = 1}, simulate_made_up);
    const Estimate& relapses = metric(result.policies[0], "relapses");  // 1, 2, 3, 4, 5
    EXPECT_EQ(relapses.n, 5u);
    EXPECT_DOUBLE_EQ(relapses.mean.value(), 3);
    EXPECT_DOUBLE_EQ(relapses.sd.value(), std::sqrt(2.5));
    const double half = 2.7764451051977987 * std::sqrt(2.5 / 5);  // t with 4 degrees of freedom
    EXPECT_NEAR(relapses.ci95->low, 3 - half, 1e-12);
    EXPECT_NEAR(relapses.ci95->high, 3 + half, 1e-12);
}

TEST(Fold, TakesRatiosAsSumOverSum) {
    const Comparison result = run_comparison(made_up_scenario(3), {.threads = 1}, simulate_made_up);
    const Estimate& rate = metric(result.policies[0], "relapses_per_patient_year");
    EXPECT_DOUBLE_EQ(rate.mean.value(), (1 + 2 + 3) / ((10 + 15 + 20) / 365.25));
    EXPECT_EQ(rate.n, 3u);
    const Estimate& wait = metric(result.policies[0], "wait_days_rescue.mean");
    EXPECT_DOUBLE_EQ(wait.mean.value(), (1 + 2 + 3) / 3.0);
}

TEST(Fold, LeavesEmptyWhatDoesNotExist) {
    const Comparison result = run_comparison(made_up_scenario(3), {.threads = 1}, simulate_made_up);
    for (const char* name : {"response_rate", "wait_days_booster.p95", "wait_days_booster.mean"}) {
        const Estimate& missing = metric(result.policies[0], name);
        EXPECT_EQ(missing, Estimate{}) << name;
        EXPECT_EQ(metric(result.differences[0], name), Difference{}) << name;
    }
    const Comparison one = run_comparison(made_up_scenario(1), {.threads = 1}, simulate_made_up);
    EXPECT_TRUE(metric(one.policies[0], "relapses").mean);
    EXPECT_FALSE(metric(one.policies[0], "relapses").sd);
    EXPECT_FALSE(metric(one.policies[0], "relapses").ci95);
}

TEST(Fold, PairsDifferencesByReplication) {
    const Comparison result =
        run_comparison(made_up_scenario(12), {.threads = 1}, simulate_made_up);
    ASSERT_EQ(result.differences.size(), 2u);
    EXPECT_EQ(result.differences[0].policy, "b");
    EXPECT_EQ(result.differences[0].baseline, "a");
    const Difference& always_three = metric(result.differences[0], "relapses");
    EXPECT_DOUBLE_EQ(always_three.estimate.mean.value(), 3);
    EXPECT_EQ(always_three.estimate.ci95, (Interval{3, 3}));
    EXPECT_FALSE(always_three.variance_reduction) << "no variance left to divide by";
    // c falls by one where a rises by one: var(c - a) = 4 var, (var + var) / 4 var
    const Difference& opposed = metric(result.differences[1], "relapses");
    EXPECT_DOUBLE_EQ(opposed.variance_reduction.value(), 0.5);
    EXPECT_EQ(opposed.estimate.n, 12u);
}

TEST(Fold, TakesDifferencesOfRatiosFromTheirSums) {
    const Comparison result = run_comparison(made_up_scenario(4), {.threads = 1}, simulate_made_up);
    const Difference& found = metric(result.differences[0], "relapses_per_patient_year");
    EXPECT_DOUBLE_EQ(found.estimate.mean.value(), 4 * 3 / ((10 + 15 + 20 + 25) / 365.25));
    EXPECT_TRUE(found.variance_reduction);
}

TEST(Fold, GivesFlowsPerReplication) {
    const Comparison result = run_comparison(made_up_scenario(4), {.threads = 1}, simulate_made_up);
    ASSERT_EQ(result.policies[0].pathways.size(), 1u);
    const PathwayFlow& pathway = result.policies[0].pathways[0];
    EXPECT_EQ(pathway.of, "");
    ASSERT_EQ(pathway.flows.size(), 3u);
    EXPECT_EQ(pathway.flows[0].stage, 0);
    EXPECT_EQ(pathway.flows[0].way, 0);
    EXPECT_EQ(pathway.flows[0].patients, 1);
    EXPECT_EQ(pathway.flows[1].way, -1);
    EXPECT_EQ(pathway.flows[1].patients, 0);
}

TEST(Fold, TellsChanceFromWhatIsNotKnownWhereEveryParameterSetIsMetTwice) {
    Scenario scenario = made_up_scenario(4);
    Course& course = scenario.model.patients.courses[0];
    course.law = SymptomCourse{};
    course.posterior.resize(2);
    const Comparison result = run_comparison(scenario, {.threads = 1}, simulate_made_up);
    // c - a is 39 - 2 r: set 0 has 39 and 35, set 1 has 37 and 33
    const auto& splits = result.differences[1].splits;
    const auto& split = splits.at(metric_index("relapses").value());
    ASSERT_TRUE(split);
    EXPECT_EQ(split->sets, 2u);
    EXPECT_DOUBLE_EQ(split->mean, 36);
    EXPECT_DOUBLE_EQ(split->sd_chance, std::sqrt((4 + 4 + 4 + 4) / 2.0));
    EXPECT_EQ(split->sd_sets, 0) << "4 between the sets is no more than 8 of chance";
    EXPECT_EQ(split->share_other_sign, 0);

    scenario.replications = 2;
    const Comparison once = run_comparison(scenario, {.threads = 1}, simulate_made_up);
    EXPECT_TRUE(once.differences[1].splits.empty());
    EXPECT_NE(once.warnings.back().find("run 4 replications"), std::string::npos);
    scenario = made_up_scenario(4);
    const Comparison known = run_comparison(scenario, {.threads = 1}, simulate_made_up);
    EXPECT_TRUE(known.differences[1].splits.empty()) << "one set of parameters";
}

TEST(Fold, SaysHowManyOfTheParameterSetsWereMetWhereTheReplicationsAreFewer) {
    Scenario scenario = made_up_scenario(4);
    Course& course = scenario.model.patients.courses[0];
    course.law = SymptomCourse{};
    course.posterior.resize(4);
    EXPECT_TRUE(warnings_of_sets(scenario, 4).empty());
    const std::vector<std::string> expected{"the replications met 3 of the 4 parameter sets of " +
                                            course.name + ": run 4 to meet all"};
    EXPECT_EQ(warnings_of_sets(scenario, 3), expected);
    scenario.replications = 3;
    const auto warned = run_comparison(scenario, {.threads = 1}, simulate_made_up).warnings;
    EXPECT_EQ(std::count(warned.begin(), warned.end(), expected[0]), 1);
    scenario.model.patients.courses.push_back(course);  // nobody has it
    scenario.model.patients.courses.back().posterior.resize(9);
    EXPECT_EQ(warnings_of_sets(scenario, 3), expected);
}

TEST(Fold, GivesTheReasonsForWhichPatientsGetNoInfusions) {
    Scenario scenario = made_up_scenario(4);
    for (PolicyModel& policy : scenario.policies) {
        // the one way that the made-up runs take, from stage 0
        std::vector<Stage> stages = policy.pathways[0].stages();
        stages[0].contraindications = {{"psychosis", 1, "assumed", "somewhere"}};
        policy.pathways[0] = Pathway{stages};
    }
    const Comparison result = run_comparison(scenario, {.threads = 1}, simulate_made_up);
    const auto& out = result.policies[0].screened_out;
    ASSERT_EQ(out.size(), 1u);
    EXPECT_EQ(out[0].reason, "psychosis");
    EXPECT_EQ(out[0].source, "somewhere");
    EXPECT_DOUBLE_EQ(out[0].share.mean.value(), 1);
    EXPECT_EQ(out[0].share.n, 4u);
}

TEST(Fold, SplitsByTheGroupsAskedForAndNoOthers) {
    Scenario scenario = made_up_scenario(4);
    EXPECT_TRUE(run_comparison(scenario, {}, simulate_made_up).policies[0].groups.empty());
    scenario.groups = {"condition", "severity"};
    const Comparison result = run_comparison(scenario, {}, simulate_made_up);
    const auto& groups = result.policies[0].groups;
    ASSERT_EQ(groups.size(), 4u);
    const auto relapses = [&](std::size_t group) {
        return groups[group].metrics[metric_index("relapses").value()].mean.value();
    };
    EXPECT_EQ(groups[0].by + groups[0].is, "conditiondepression");  // replications 0 and 2
    EXPECT_DOUBLE_EQ(relapses(0), (1 + 0 + 3 + 0) / 4.0);
    EXPECT_EQ(groups[1].by + groups[1].is, "conditionptsd");
    EXPECT_DOUBLE_EQ(relapses(1), (0 + 2 + 0 + 4) / 4.0);
    EXPECT_EQ(groups[2].by + groups[2].is, "severitymild");
    EXPECT_DOUBLE_EQ(relapses(2), 0);
    EXPECT_EQ(groups[3].by + groups[3].is, "severitysevere");
    EXPECT_DOUBLE_EQ(relapses(3), 2.5);
    EXPECT_EQ(groups[0].metrics[metric_index("chair_utilisation").value()].n, 0u);
    EXPECT_EQ(groups[0].metrics[metric_index("wait_days_rescue.p90").value()].n, 2u)
        << "only where somebody waited";
}

TEST(Fold, SaysWhatItIsMadeOf) {
    const Comparison result = run_comparison(made_up_scenario(3), {}, simulate_made_up);
    EXPECT_EQ(result.title, "Made up");
    EXPECT_EQ(result.file, "made_up.yaml");
    EXPECT_EQ(result.sha256, "5ca1ab1e");
    EXPECT_EQ(result.seed, 77u);
    EXPECT_EQ(result.warm_up_days, 10);
    EXPECT_EQ(result.horizon_days, 100);
    EXPECT_EQ(result.replications, 3u);
    EXPECT_EQ(result.count.visits, 9u);
    EXPECT_EQ(result.count.events, 90u);
    EXPECT_FALSE(result.interrupted);
    EXPECT_FALSE(result.precision_reached);
}

TEST(Fold, WarnsOfFewReplications) {
    const auto warnings = [](std::uint32_t replications) {
        return run_comparison(made_up_scenario(replications), {}, simulate_made_up).warnings;
    };
    EXPECT_EQ(warnings(10), std::vector<std::string>{});
    EXPECT_EQ(warnings(1),
              std::vector<std::string>{"one replication only: there are no intervals"});
    EXPECT_EQ(warnings(9),
              std::vector<std::string>{"only 9 replications: the intervals are rough, 10 or more "
                                       "are advised"});
}

TEST(Fold, WarnsOfAClinicThatGrows) {
    const auto warnings = [](auto newcomers_of) {
        return run_comparison(made_up_scenario(10), {.policies = {"a"}},
                              [&](const Model& model, const PolicyModel&, std::uint32_t replication,
                                  Sink& sink) {
                                  MadeUp numbers;
                                  numbers.newcomers = newcomers_of(replication);
                                  return play(numbers, model, sink);
                              })
            .warnings;
    };
    EXPECT_TRUE(warnings([](std::uint32_t) { return 0; }).empty());
    const auto grown = warnings([](std::uint32_t) { return 2; });
    ASSERT_EQ(grown.size(), 1u);
    EXPECT_EQ(grown[0],
              "a: patients in care go from 1.0 to 3.0 in the measured time; the results hold for "
              "these years, not in the long run");
    EXPECT_TRUE(warnings([](std::uint32_t r) { return r == 0 ? 2 : 0; }).empty()) << "chance";
}

TEST(Fold, WarnsOfChairsThatAreOverrun) {
    // one infusion in 100 days is 0.07 a week: one visit that waits is more than two weeks' work
    const auto warnings = [](int waiting) {
        return run_comparison(
                   made_up_scenario(10), {.policies = {"a"}},
                   [&](const Model& model, const PolicyModel&, std::uint32_t, Sink& sink) {
                       MadeUp numbers;
                       numbers.waiting = waiting;
                       return play(numbers, model, sink);
                   })
            .warnings;
    };
    EXPECT_TRUE(warnings(0).empty());
    EXPECT_EQ(warnings(3), std::vector<std::string>{
                               "a: 3 visits still wait at the end, and a week sees 0: the chairs "
                               "are overrun, and what could not be given is missing from boosters "
                               "and chairs"});
}

TEST(Verdict, IsClearOnlyWhenTheWholeIntervalIs) {
    EXPECT_EQ(verdict({4, 5}, -kInfinite, 7), true);
    EXPECT_EQ(verdict({6, 7}, -kInfinite, 7), true);
    EXPECT_EQ(verdict({6, 8}, -kInfinite, 7), std::nullopt);
    EXPECT_EQ(verdict({7, 8}, -kInfinite, 7), std::nullopt);
    EXPECT_EQ(verdict({7.5, 8}, -kInfinite, 7), false);
    EXPECT_EQ(verdict({7.5, 8}, 7, kInfinite), true);
    EXPECT_EQ(verdict({2, 3}, 2, 4), true);
    EXPECT_EQ(verdict({1, 3}, 2, 4), std::nullopt);
    EXPECT_EQ(verdict({1, 5}, 2, 4), std::nullopt) << "the interval holds the whole target";
    EXPECT_EQ(verdict({0, 1}, 2, 4), false);
    EXPECT_EQ(verdict({5, 6}, 2, 4), false);
}

TEST(Targets, AreJudgedForThePoliciesTheyName) {
    Scenario scenario = made_up_scenario(10);
    Target all{"relapses <= 100", "relapses", -kInfinite, 100, {}, false, ""};
    Target some{"relapses >= 50", "relapses", 50, kInfinite, {"a", "c"}, true, "as published"};
    Target none{"response_rate >= 0.5", "response_rate", 0.5, kInfinite, {"b"}, false, ""};
    scenario.targets = {all, some, none};
    const Comparison result = run_comparison(scenario, {}, simulate_made_up);
    ASSERT_EQ(result.targets.size(), 3u + 2 + 1);
    EXPECT_EQ(result.targets[0].policy, "a");
    EXPECT_EQ(result.targets[0].met, true);
    EXPECT_FALSE(result.targets[0].against_expectation());
    EXPECT_EQ(result.targets[3].text, "relapses >= 50");
    EXPECT_EQ(result.targets[3].met, false);
    EXPECT_FALSE(result.targets[3].against_expectation()) << "a miss was expected";
    EXPECT_EQ(result.targets[3].because, "as published");
    EXPECT_EQ(result.targets[4].policy, "c");
    EXPECT_EQ(result.targets[5].met, std::nullopt) << "does not exist: not clear";
    EXPECT_FALSE(result.targets[5].against_expectation());
}

TEST(Targets, GoAgainstExpectationWhenMissedOrWhenAnExpectedMissIsMet) {
    TargetResult target;
    target.met = false;
    EXPECT_TRUE(target.against_expectation());
    target.expect_missed = true;
    EXPECT_FALSE(target.against_expectation());
    target.met = true;
    EXPECT_TRUE(target.against_expectation());
    target.met.reset();
    EXPECT_FALSE(target.against_expectation());
}

}  // namespace
}  // namespace clinicsim
