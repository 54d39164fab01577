// Numbers over parameter sets, by hand where there is no chance, and against a run that takes turns
// at the sets itself.
#include "clinicsim/experiment/over_sets.hpp"

#include <cmath>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "clinicsim/experiment/estimates.hpp"
#include "clinicsim/experiment/study.hpp"

namespace clinicsim {
namespace {

/// All patients are alike, and improve the more the higher `slow_gain` is.
const char* const kStudy = R"(clinicsim: 1
title: T
run: {seed: 1, replications: 4}
courses:
  sure:
    symptom: {response_mean: 1, response_sd: 0, ceiling_mean: 98 %, ceiling_sd: 0, fast_share: 0,
              slow_half_life: 10000 days, usual_care_half_life: 1, usual_care_response: 1,
              half_life_sd: 0, stress: 0 per day, recovery: 0 per day, noise_sd: 0 %}
study:
  patients: 40
  course: sure
  phases:
    induction: {infusions: {days: [0]}, ratings: {after_infusion: 1 day}}
  outcomes:
    change: {mean_change: induction}
    response: {share: response, phase: induction}
)";

Scenario must_read(const std::string& text) {
    const ReadResult read = read_scenario_text(text, "t.yaml", "");
    EXPECT_TRUE(read.scenario) << (read.diagnostics.empty() ? ""
                                                            : clinicsim::text(read.diagnostics[0]));
    return read.scenario.value();
}

ParameterSets gains(std::vector<double> values) {
    ParameterSets sets{{symptom_parameter("slow_gain")}, {}};
    for (const double value : values) sets.values.push_back({value});
    return sets;
}

TargetResult target(const std::string& metric, double lowest, double highest,
                    const std::string& policy = "study") {
    TargetResult one;
    one.metric = metric;
    one.policy = policy;
    one.lowest = lowest;
    one.highest = highest;
    return one;
}

TEST(OverSets, AreTheNumbersOfTheSetsWhereThereIsNoChance) {
    const Scenario scenario = must_read(kStudy);
    const ParameterSets sets = gains({0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8});
    const WithSets with = with_sets(scenario, sets);
    ASSERT_TRUE(with.scenario);
    const auto change = [&](double gain) {
        Scenario alone = scenario;
        std::get<SymptomCourse>(alone.model.patients.courses[0].law).slow_gain = gain;
        return *run_study(alone, {.replications = 1, .threads = 1}).outcomes[0].estimate.mean;
    };
    const double from = change(0.55), to = change(0.25);
    const std::vector<TargetResult> targets{target("change", from, to),
                                            target("response", 0.99, 1)};
    const auto found = over_sets(*with.scenario, 8, targets, {1, nullptr});
    ASSERT_TRUE(found);
    EXPECT_EQ((*found)[0].sets, 8u);
    EXPECT_EQ((*found)[0].met, 3u) << "0.3, 0.4, 0.5";
    EXPECT_NEAR((*found)[0].middle->low, change(0.8) + 0.35 * (change(0.7) - change(0.8)), 1e-9)
        << "of eight, the 5 % quantile lies 0.35 of the way from the first to the second";
    EXPECT_NEAR((*found)[0].middle->high, change(0.1) + 0.35 * (change(0.2) - change(0.1)), 1e-9);
    EXPECT_EQ((*found)[1].met, change(0.6) <= -19 ? 3u : 2u) << "half of 38 points";
    EXPECT_EQ((*found)[1].middle, (Interval{0, 1}));
    EXPECT_DOUBLE_EQ((*found)[0].met_share(), 3.0 / 8);
}

TEST(OverSets, TakeTheReplicationsThatARunWithAPosteriorTakes) {
    std::string text = kStudy;
    text.replace(text.find("noise_sd: 0 %"), 13, "noise_sd: 20 %");
    const Scenario scenario = must_read(text);
    const ParameterSets sets = gains({0.3, 0.5, 0.7});
    const WithSets with = with_sets(scenario, sets);
    ASSERT_TRUE(with.scenario);
    const StudyResult run = run_study(*with.scenario, {.replications = 6, .threads = 1});
    const auto& samples = run.outcomes[0].samples;
    std::vector<std::optional<double>> replications;
    std::vector<double> own;
    for (const MetricSample& one : samples) replications.push_back(one.value());
    for (std::size_t set = 0; set < 3; ++set)
        own.push_back((*replications[set] + *replications[set + 3]) / 2);
    const auto split = variance_split(replications, 3);
    ASSERT_TRUE(split);
    ASSERT_GT(split->sd_chance, 0);
    const auto expected = without_chance(own, *split, 2);
    const std::vector<TargetResult> targets{target("change", -100, 100)};
    const auto found = over_sets(*with.scenario, 3, targets, {1, nullptr});
    ASSERT_TRUE(found);
    EXPECT_NEAR((*found)[0].middle->low, expected[2] + 0.1 * (expected[1] - expected[2]), 1e-9);
    EXPECT_NEAR((*found)[0].middle->high, expected[0] + 0.1 * (expected[1] - expected[0]), 1e-9);
    EXPECT_EQ(found, over_sets(*with.scenario, 3, targets, {3, nullptr})) << "on three threads";
}

TEST(OverSets, LeaveAMedianOnTheDaysOfRatingsAndSayWhereItIsNotReached) {
    // half of 0.9 is left after the half-life of the set; a relapse is under 45 %
    std::string text = kStudy;
    text.replace(text.find("slow_half_life: 10000 days"), 26, "slow_gain: 90 %");
    text.replace(text.find("noise_sd: 0 %"), 13, "noise_sd: 3 %");
    text.replace(text.find("ratings: {after_infusion: 1 day}}"), 33,
                 "ratings: {every: 7 days}, lasts: 28 days, event: {improvement_below: 45 %, for: "
                 "1 rating}}");
    text.replace(text.find("change: {mean_change: induction}"), 32,
                 "median: {median_time: induction}");
    const ParameterSets sets{{symptom_parameter("slow_half_life")}, {{3}, {10}, {500}}};
    const WithSets with = with_sets(must_read(text), sets);
    ASSERT_TRUE(with.scenario);
    const std::vector<TargetResult> targets{target("median", 7, 14)};
    const auto found = over_sets(*with.scenario, 3, targets, {1, nullptr});
    ASSERT_TRUE(found);
    EXPECT_EQ((*found)[0].met, 2u) << "7 and 14 days; the third is not reached";
    EXPECT_NEAR((*found)[0].middle->low, 7 + 0.1 * 7, 1e-9);
    EXPECT_TRUE(std::isinf((*found)[0].middle->high));
}

TEST(OverSets, OfAClinicAreRunThePolicyThatTheTargetNames) {
    const Scenario scenario = must_read(R"(clinicsim: 1
title: T
run: {seed: 1, start: 2026-01-05, warm_up: 0 days, horizon: 100 days, replications: 2}
clinic: {chairs: unlimited, open: always, access: walk_in, visit: {infusion: 45 min}}
patients:
  arrivals: {poisson: {mean: 5, per: day}}
  conditions: {depression: {induction: one, course: usual}}
inductions: {one: {visits: 1}}
courses: {usual: {symptom: {}}}
policies: {none: {}, monthly: {every: 30 days, clock: reset}}
)");
    const ParameterSets sets{{symptom_parameter("response_mean")}, {{0.01}, {0.02}, {20}, {20}}};
    const WithSets with = with_sets(scenario, sets);
    ASSERT_TRUE(with.scenario);
    const std::vector<TargetResult> targets{target("response_rate", 0.6, 1, "monthly"),
                                            target("boosters_per_patient_year", 0, 0, "none"),
                                            target("boosters_per_patient_year", 1, 100, "monthly")};
    const auto found = over_sets(*with.scenario, 4, targets, {2, nullptr});
    ASSERT_TRUE(found);
    EXPECT_EQ((*found)[0].met, 2u);
    EXPECT_EQ((*found)[1].met, 4u);
    EXPECT_EQ((*found)[2].sets, 4u);
    EXPECT_GE((*found)[2].met, 2u);
}

}  // namespace
}  // namespace clinicsim
