// Runs of a study: replications, threads, targets, interruption.
#include <gtest/gtest.h>

#include "clinicsim/experiment/study.hpp"
#include "relapsing_study.hpp"

namespace clinicsim {
namespace {

using Kind = StudyOutcome::Kind;

Target target(const std::string& metric, double lowest, double highest) {
    Target one;
    one.text = one.metric = metric;
    one.lowest = lowest;
    one.highest = highest;
    one.published.value = 0.5;
    one.published.source = "a source";
    return one;
}

Scenario with_outcomes(std::uint32_t replications) {
    Scenario scenario = relapsing(replications);
    StudyOutcome event = outcome(Kind::share_with_event),
                 free = outcome(Kind::event_free, Days{14});
    event.name = "event";
    free.name = "free";
    scenario.study->outcomes = {event, free};
    return scenario;
}

TEST(RunStudy, IsTheSameForAnyNumberOfThreads) {
    const Scenario scenario = with_outcomes(13);
    const StudyResult one = run_study(scenario, {.threads = 1});
    for (const unsigned threads : {2u, 3u, 0u}) {
        const StudyResult other = run_study(scenario, {.threads = threads});
        for (std::size_t i = 0; i < 2; ++i) {
            EXPECT_EQ(other.outcomes[i].samples, one.outcomes[i].samples);
            EXPECT_EQ(other.outcomes[i].estimate, one.outcomes[i].estimate);
        }
    }
    EXPECT_NE(one.outcomes[0].samples[0], one.outcomes[0].samples[1]) << "replications differ";
}

TEST(RunStudy, EstimatesSharesAsRatiosAndCurvesAsAverages) {
    const StudyResult result = run_study(with_outcomes(12), {.threads = 1});
    double events = 0;
    for (const MetricSample& sample : result.outcomes[0].samples) events += sample.numerator;
    EXPECT_DOUBLE_EQ(result.outcomes[0].estimate.mean.value(), events / (12 * 400));
    EXPECT_NEAR(result.outcomes[1].estimate.mean.value(), 1 - events / (12 * 400), 1e-12);
    EXPECT_EQ(result.outcomes[0].unit, "share");
    EXPECT_EQ(result.outcomes[0].name, "event");
    EXPECT_EQ(result.outcomes[0].estimate.n, 12u);
    EXPECT_EQ(result.title, "Relapsing");
    EXPECT_EQ(result.patients, 400u);
    EXPECT_TRUE(result.warnings.empty());
    EXPECT_FALSE(result.interrupted);
}

TEST(RunStudy, AMedianThatNotEveryReplicationReachesIsOfAllPatientsTogether) {
    Scenario scenario = relapsing(40);
    scenario.study->patients = 20;
    scenario.study->enrolled = {{0, 0.45}, {1, 0.55}};  // 45 % have the event: it is not reached
    scenario.study->outcomes = {outcome(Kind::median_time)};
    scenario.targets = {target("outcome", 0, 14)};
    const StudyResult result = run_study(scenario, {.threads = 1});
    const OutcomeResult& median = result.outcomes[0];
    EXPECT_GT(median.estimate.n, 0u) << "some replications reach it";
    EXPECT_FALSE(median.estimate.mean);
    EXPECT_NE(median.note.find("not reached"), std::string::npos) << median.note;
    EXPECT_EQ(result.targets[0].met, false) << "14 days are clearly too short";
    scenario.study->enrolled = {{0, 0.55}, {1, 0.45}};
    const StudyResult reached = run_study(scenario, {.threads = 1});
    EXPECT_EQ(reached.outcomes[0].estimate.mean, 14);
    EXPECT_NE(reached.outcomes[0].note.find("of all their patients"), std::string::npos);
}

TEST(RunStudy, AnOptionSaysHowManyReplicationsAndFewAreWarnedOf) {
    const StudyResult result = run_study(with_outcomes(12), {.replications = 4, .threads = 2});
    EXPECT_EQ(result.replications, 4u);
    EXPECT_EQ(result.warnings,
              (std::vector<std::string>{
                  "only 4 replications: the intervals are rough, 10 or more are advised"}));
    const StudyResult one = run_study(with_outcomes(12), {.replications = 1});
    EXPECT_FALSE(one.outcomes[0].estimate.ci95);
    EXPECT_EQ(one.warnings.at(0), "one replication only: there are no intervals");
}

TEST(RunStudy, JudgesTargetsByTheirIntervals) {
    Scenario scenario = with_outcomes(12);
    Target known = target("event", 0.4, 0.6);
    known.expect_missed = true;
    known.because = "the model is another";
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    scenario.targets = {target("event", 0.2, 0.3), known, target("free", -kInfinity, 0.5),
                        target("free", 0.75, kInfinity)};
    const StudyResult result = run_study(scenario, {});
    ASSERT_EQ(result.targets.size(), 4u);
    EXPECT_EQ(result.targets[0].met, true);
    EXPECT_EQ(result.targets[0].policy, "study");
    EXPECT_EQ(result.targets[0].estimate, result.outcomes[0].estimate.mean);
    EXPECT_EQ(result.targets[0].published.value, 0.5);
    EXPECT_FALSE(result.targets[0].against_expectation());
    EXPECT_EQ(result.targets[1].met, false);
    EXPECT_FALSE(result.targets[1].against_expectation()) << "as known";
    EXPECT_EQ(result.targets[2].met, false);
    EXPECT_TRUE(result.targets[2].against_expectation());
    EXPECT_FALSE(result.targets[3].met) << "not clear";
}

TEST(RunStudy, KeepsWhatWasFinishedWhenItIsInterrupted) {
    const Scenario scenario = with_outcomes(20);
    std::atomic<bool> stop{false};
    RunOptions options{.threads = 1, .stop = &stop};
    options.progress = [&](std::uint64_t done, std::uint64_t total) {
        EXPECT_EQ(total, 20u);
        if (done == 11) stop = true;
    };
    const StudyResult result = run_study(scenario, options);
    EXPECT_TRUE(result.interrupted);
    EXPECT_EQ(result.replications, 11u);
    EXPECT_EQ(result.replications_asked, 20u);
    EXPECT_EQ(result.warnings,
              (std::vector<std::string>{"interrupted: 11 of 20 replications were finished, and "
                                        "only they are used"}));
    const StudyResult eleven = run_study(scenario, {.replications = 11});
    EXPECT_EQ(result.outcomes[0].samples, eleven.outcomes[0].samples);
}

TEST(Study, SaysHowManyOfItsParameterSetsWereMet) {
    Scenario scenario = relapsing(20);
    Course& course = scenario.model.patients.courses[1];
    course.posterior.assign(200, std::get<SymptomCourse>(course.law));
    const StudyResult found = run_study(scenario, {.threads = 1});
    EXPECT_EQ(found.warnings,
              std::vector<std::string>{"the replications met 20 of the 200 parameter sets of long: "
                                       "run 200 to meet all"});
    course.posterior.resize(20);
    EXPECT_TRUE(run_study(scenario, {.threads = 1}).warnings.empty());
}

}  // namespace
}  // namespace clinicsim
