// Relapse as a Poisson process, so that what trials report is known: every stress is a relapse, and
// psychotherapy keeps off half of it, which makes the hazards of two arms proportional.
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "clinicsim/experiment/study.hpp"
#include "clinicsim/stats/interval.hpp"

namespace clinicsim {
namespace {

constexpr double kDay = 86'400'000;
constexpr double kOneInAMillion = 4.8916;  // P(|N(0,1)| > z) = 1e-6
constexpr double kPerDay = 0.02;           // relapses
constexpr double kRated = 0.5;             // days from one rating to the next
constexpr double kFollowed = 60;           // days

double normal_cdf(double z) { return std::erfc(-z / std::sqrt(2)) / 2; }

StudyOutcome outcome(const std::string& name, StudyOutcome::Kind kind, double days = 0) {
    StudyOutcome one;
    one.name = name;
    one.kind = kind;
    one.time = from_ticks(days * kDay);
    return one;
}

/// `ratio`: hazard in therapy against that without.
Scenario poisson(double ratio, std::uint32_t patients) {
    Scenario scenario;
    scenario.title = "Relapse by chance alone";
    scenario.replications = 20;
    scenario.model.seed = 11;
    SymptomCourse course;
    course.response_mean = 1;
    course.usual_care = false;
    course.stress_per_day = kPerDay;
    course.stress_size = 1e6;  // a fall under 1e-3 has a chance of 1e-9
    course.stress_days = 1e9;
    course.therapy_stress = ratio;
    scenario.model.patients.courses = {{"poisson", course, {}}};
    Study study;
    study.patients = patients;
    study.enrolled = {{0, 1}};
    study.start = {{0, 1}};
    StudyPhase phase;
    phase.name = "follow_up";
    phase.ratings.every = Constant{kRated * kDay};
    phase.lasts = from_ticks(kFollowed * kDay);
    phase.event = ScoreRule{-1e-3, 1};
    study.phases = {phase};
    scenario.study = study;
    return scenario;
}

using Kind = StudyOutcome::Kind;
using Shows = StudyOutcome::Shows;

// --- trials of a size ----------------------------------------------------------------------------

constexpr std::uint32_t kArm = 60;  // patients of a trial in each arm

Scenario trials(double ratio, std::uint32_t patients = 5'400) {
    Scenario scenario = poisson(ratio, patients);
    scenario.study->phases.front().arms = {{"therapy", 0.5, ArmGets::as_written, true},
                                           {"none", 0.5, ArmGets::as_written, false}};
    for (const auto& [name, kind, shows] :
         {std::tuple{"power", Kind::log_rank, Shows::significant},
          std::tuple{"ratio", Kind::hazard_ratio, Shows::value},
          std::tuple{"low", Kind::hazard_ratio, Shows::low},
          std::tuple{"high", Kind::hazard_ratio, Shows::high},
          std::tuple{"p", Kind::log_rank, Shows::p},
          std::tuple{"chi_square", Kind::log_rank, Shows::value}}) {
        StudyOutcome one = outcome(name, kind);
        one.shows = shows;
        one.trial = StudyOutcome::Trial{kArm, kArm};
        one.arm = 0;
        one.other_arm = 1;
        scenario.study->outcomes.push_back(one);
    }
    return scenario;
}
double cases(const OutcomeResult& outcome) {
    return std::accumulate(
        outcome.samples.begin(), outcome.samples.end(), 0.0,
        [](double sum, const MetricSample& sample) { return sum + sample.denominator; });
}

/// Events of one arm with this hazard.
double events(double per_day, double patients = kArm) {
    return patients * (1 - std::exp(-per_day * kFollowed));
}
/// Schoenfeld (1981), two-sided 5 %, equal arms.
double schoenfeld(double ratio, double patients = kArm) {
    const double all = events(kPerDay, patients) + events(ratio * kPerDay, patients);
    return normal_cdf(std::sqrt(all / 4) * std::abs(std::log(ratio)) -
                      standard_normal_quantile(0.975));
}

/// About nine hundred trials of a hazard ratio of a half.
const StudyResult& of_a_half() {
    static const StudyResult result = run_study(trials(0.5), {.threads = 1});
    return result;
}

TEST(Trials, HaveThePowerThatSchoenfeldsFormulaSays) {
    const StudyResult& result = of_a_half();
    const OutcomeResult& power = result.outcomes[0];
    const double n = cases(power), formula = schoenfeld(0.5);
    EXPECT_GT(n, 800);
    // the formula is of small effects; at 0.5 it is known to be within 0.02 (Hsieh 1992)
    const double tolerance = 0.02 + kOneInAMillion * std::sqrt(formula * (1 - formula) / n);
    EXPECT_NEAR(power.estimate.mean.value(), formula, tolerance);
    EXPECT_GT(std::abs(power.estimate.mean.value() - schoenfeld(0.5, kArm * 0.75)), tolerance)
        << "trials of 45 would be told from trials of 60";
    EXPECT_EQ(power.unit, "share");
    EXPECT_EQ(power.definition,
              "Power: how often the log-rank test of follow_up (therapy) against none has p < 0.05 "
              "in a trial of 60 + 60 patients.");
}

TEST(Trials, FindADifferenceWhereThereIsNoneInFiveOfAHundred) {
    const StudyResult result = run_study(trials(1), {.threads = 1});
    const double n = cases(result.outcomes[0]);
    // the test is of large samples: 5.0 to 5.5 % at 60 a side
    EXPECT_NEAR(result.outcomes[0].estimate.mean.value(), 0.0525,
                0.0025 + kOneInAMillion * std::sqrt(0.05 * 0.95 / n));
    const Estimate& ratio = result.outcomes[1].estimate;
    EXPECT_LT(ratio.ci95->low, 1.02);
    EXPECT_GT(ratio.ci95->high, 0.98);
    // p is uniform where nothing differs: its median of n is 1/2 with an error of 1 / (2 root n)
    EXPECT_NEAR(result.outcomes[4].estimate.mean.value(), 0.5,
                kOneInAMillion / 2 / std::sqrt(n) + 0.01);
}

TEST(Trials, ReportTheHazardRatioWithTheIntervalOfTheirSize) {
    const StudyResult& result = of_a_half();
    const double n = cases(result.outcomes[0]);
    // sd of the logarithm: root of the sum of 1 / events; a median of n has 1.2533 sd / root n
    const double sd = std::sqrt(1 / events(kPerDay) + 1 / events(kPerDay / 2));
    const double se = 1.2533 * sd / std::sqrt(n);
    const auto logarithm = [&](std::size_t i) {
        return std::log(result.outcomes[i].estimate.mean.value());
    };
    constexpr double kSmallSample = 0.02;
    EXPECT_NEAR(logarithm(1), std::log(0.5), kOneInAMillion * se + kSmallSample);
    EXPECT_NEAR(logarithm(3) - logarithm(2), 2 * 1.96 * sd, 0.03 * 2 * 1.96 * sd);
    const double wide = std::sqrt(2) * sd;  // half as many patients would be seen
    EXPECT_GT(std::abs(logarithm(3) - logarithm(2) - 2 * 1.96 * wide), 0.03 * 2 * 1.96 * sd);
    // the Monte-Carlo interval is that of a median
    const Interval ci = result.outcomes[1].estimate.ci95.value();
    EXPECT_NEAR(std::log(ci.high / ci.low), 2 * 1.96 * se, 0.5 * 1.96 * se);
    // and the test agrees with the interval: chi-square is the squared z of the score
    EXPECT_NEAR(std::erfc(std::sqrt(result.outcomes[5].estimate.mean.value() / 2)),
                result.outcomes[4].estimate.mean.value(), 1e-3);
}

TEST(Trials, AreNoneWhereTheStudyIsTooSmallAndTheNoteSaysSo) {
    Scenario scenario = trials(0.5, 100);
    const StudyResult result = run_study(scenario, {.threads = 1});
    EXPECT_FALSE(result.outcomes[0].estimate.mean);
    EXPECT_EQ(result.outcomes[0].note,
              "no replication has 60 + 60 patients in these arms who make a trial: the study needs "
              "more patients");
    for (StudyOutcome& one : scenario.study->outcomes) one.trial.reset();
    scenario.study->outcomes.erase(scenario.study->outcomes.begin() + 1,
                                   scenario.study->outcomes.begin() + 4);
    const StudyResult whole = run_study(scenario, {.threads = 1});
    EXPECT_EQ(cases(whole.outcomes[0]), 20) << "without a size every replication is a trial";
    EXPECT_NE(whole.outcomes[0].definition.find("in a replication, whose patients make one trial"),
              std::string::npos)
        << whole.outcomes[0].definition;
}

TEST(Trials, WithAllEventsOnOneSideReportNoBound) {
    Scenario scenario = trials(0, 1'200);  // therapy keeps off everything
    const StudyResult result = run_study(scenario, {.threads = 1});
    EXPECT_EQ(result.outcomes[0].estimate.mean, 1) << "power";
    const Interval power = result.outcomes[0].estimate.ci95.value();
    EXPECT_EQ(power.high, 1);
    EXPECT_NEAR(power.low, std::pow(0.025, 1 / cases(result.outcomes[0])), 1e-12);
    EXPECT_EQ(result.outcomes[1].estimate.mean, 0) << "ratio";
    EXPECT_EQ(result.outcomes[2].estimate.mean, 0) << "low";
    EXPECT_FALSE(result.outcomes[3].estimate.mean) << "the upper end is infinite";
}

// --- relapse and drop-out compete ----------------------------------------------------------------

constexpr double kLeave = 0.03;  // per day

Scenario leaving(std::uint32_t patients = 10'000) {
    Scenario scenario = poisson(1, patients);
    scenario.study->phases.front().drop_out = Exponential{kDay / kLeave};
    return scenario;
}

TEST(Competing, RelapseAndDropOutHaveTheIncidenceOfTwoExponentials) {
    Scenario scenario = leaving();
    StudyOutcome relapse = outcome("relapse", Kind::incidence, kFollowed),
                 left = outcome("left", Kind::incidence, kFollowed),
                 free = outcome("free", Kind::event_free, kFollowed),
                 censored = outcome("censored", Kind::event_free, kFollowed),
                 dropped = outcome("dropped", Kind::share_dropped_out),
                 mean = outcome("mean", Kind::restricted_mean, kFollowed);
    left.of_drop_out = true;
    free.competing = mean.competing = true;
    scenario.study->outcomes = {relapse, left, free, censored, dropped, mean};
    const StudyResult result = run_study(scenario, {.threads = 1});
    const auto value = [&](std::size_t i) { return result.outcomes[i].estimate.mean.value(); };
    const double n = 20 * 10'000.0, both = kPerDay + kLeave;
    const auto incidence = [&](double rate) {
        return rate / both * (1 - std::exp(-both * kFollowed));
    };
    const auto tolerance = [&](double share) {
        return kOneInAMillion * std::sqrt(share * (1 - share) / n);
    };
    // where both come between two ratings the relapse is seen: that moves at most so much
    const double between = kLeave * kRated / 2 * incidence(kPerDay);
    EXPECT_NEAR(value(0), incidence(kPerDay) + between, tolerance(incidence(kPerDay)) + between);
    EXPECT_NEAR(value(1), incidence(kLeave) - between, tolerance(incidence(kLeave)) + between);
    EXPECT_NEAR(value(2), 1 - value(0), 1e-12);
    EXPECT_NEAR(value(4), value(1), 1e-12) << "nobody is censored before the end";
    const double alone = std::exp(-kPerDay * kFollowed);  // Kaplan-Meier: nobody could leave
    EXPECT_NEAR(value(3), alone, 2 * tolerance(alone) + 0.002);
    EXPECT_GT(std::abs(1 - value(3) - incidence(kPerDay)), 0.2)
        << "1 - Kaplan-Meier is another number";
    // area under 1 - incidence
    const double area =
        kFollowed - kPerDay / both * (kFollowed - (1 - std::exp(-both * kFollowed)) / both);
    EXPECT_NEAR(value(5), area, 0.3);
    EXPECT_EQ(result.outcomes[4].definition,
              "Of who entered follow_up, those who dropped out before its end and before an "
              "event.");
    EXPECT_NE(result.outcomes[2].definition.find("1 - Aalen-Johansen"), std::string::npos);
}

TEST(Competing, KeepsTheMedianFromBeingReached) {
    Scenario scenario = leaving(2'000);
    StudyOutcome censored = outcome("censored", Kind::median_time), competing = censored;
    competing.competing = true;
    scenario.study->outcomes = {censored, competing};
    const StudyResult result = run_study(scenario, {.threads = 1});
    const double median = std::log(2) / kPerDay;
    // sd of a median: 1 / (2 f(m) root n), of more than two fifths of whom are still there
    const double se = 1 / (kPerDay * std::sqrt(20 * 2'000 * 0.3));
    EXPECT_NEAR(result.outcomes[0].estimate.mean.value(), median, kOneInAMillion * se + kRated);
    EXPECT_FALSE(result.outcomes[1].estimate.mean) << "no more than 2 in 5 ever relapse";
    EXPECT_NE(result.outcomes[1].note.find("not reached"), std::string::npos);
}

TEST(Competing, TheShareThatDropsOutIsTheSameHoweverItIsCounted) {
    Scenario scenario = leaving(500);
    scenario.study->outcomes = {outcome("dropped", Kind::share_dropped_out)};
    const Estimate dropped = run_study(scenario, {.threads = 1}).outcomes[0].estimate;
    ASSERT_TRUE(dropped.ci95);
    EXPECT_GT(dropped.ci95->low, 0.5);
    EXPECT_LT(dropped.ci95->high, 0.65);
    scenario.study->phases.front().drop_out.reset();
    EXPECT_EQ(run_study(scenario, {.threads = 1}).outcomes[0].estimate.mean, 0);
}

// --- what was never seen -------------------------------------------------------------------------

TEST(NeverSeen, SharesHaveTheExactLimitsOfAllPatients) {
    Scenario scenario = poisson(1, 50);
    StudyOutcome worse = outcome("none", Kind::share);
    worse.test = {RatingTest::What::at_least, 0.5, false, 1, 1};
    worse.rating = 1;
    StudyOutcome all = worse;
    all.test.what = RatingTest::What::always;
    scenario.study->outcomes = {worse, all, outcome("free", Kind::event_free, kFollowed),
                                outcome("relapse", Kind::incidence, kFollowed),
                                outcome("relapsed", Kind::share_with_event)};
    scenario.study->phases.front().event = ScoreRule{-1e12, 1};
    const StudyResult result = run_study(scenario, {.threads = 1});
    const double most = 1 - std::pow(0.025, 1 / 1000.0);  // Clopper and Pearson, 20 x 50 patients
    for (const auto& one : result.outcomes) {
        const bool none = one.estimate.mean == 0;
        EXPECT_EQ(one.estimate.mean, none ? 0 : 1) << one.name;
        ASSERT_TRUE(one.estimate.ci95) << one.name;
        EXPECT_NEAR(one.estimate.ci95->low, none ? 0 : 1 - most, 1e-12) << one.name;
        EXPECT_NEAR(one.estimate.ci95->high, none ? most : 1, 1e-12) << one.name;
    }
    EXPECT_EQ(result.outcomes[0].estimate.mean, 0);
    EXPECT_EQ(result.outcomes[2].estimate.mean, 1);
    EXPECT_EQ(result.outcomes[3].estimate.mean, 0);
}

TEST(NeverSeen, OfACurveOnlyWhoWasFollowedSoFarCounts) {
    Scenario scenario = poisson(1, 200);
    StudyPhase& phase = scenario.study->phases.front();
    phase.event = ScoreRule{-1e12, 1};
    phase.censored = Uniform{0, 2 * kFollowed * kDay};  // half are followed to the end
    scenario.study->outcomes = {outcome("free", Kind::event_free, kFollowed)};
    const Interval ci = run_study(scenario, {.threads = 1}).outcomes[0].estimate.ci95.value();
    const auto lowest = [](double known) { return std::pow(0.025, 1 / known); };
    EXPECT_GT(ci.low, lowest(1'850));  // 2,000 +- 4.9 root 1,000
    EXPECT_LT(ci.low, lowest(2'150));
    EXPECT_LT(ci.low, lowest(4'000)) << "not all who entered";
}

TEST(NeverSeen, AShareNearItsEndDoesNotLeaveIt) {
    Scenario scenario = poisson(1, 40);
    SymptomCourse course = *scenario.model.patients.courses[0].symptom(0);
    course.stress_per_day = 2e-4;
    scenario.model.patients.courses[0].law = course;
    scenario.study->outcomes = {outcome("relapsed", Kind::share_with_event)};
    const Estimate found = run_study(scenario, {.threads = 1}).outcomes[0].estimate;
    EXPECT_GT(found.mean.value(), 0);
    EXPECT_LT(found.mean.value(), 0.05);
    EXPECT_GE(found.ci95->low, 0);
}

TEST(Excluded, AreCountedOfWhoWasScreened) {
    Scenario scenario = poisson(1, 300);
    Screening& screening = scenario.study->screening;
    screening.baseline_sd = 5;
    screening.at_least = 28;
    StudyOutcome any = outcome("any", Kind::share_excluded), score = any, course = any;
    score.excluded = Exclusion::score;
    course.excluded = Exclusion::course;
    StudyOutcome there = outcome("there", Kind::share);
    there.rating = 1;
    scenario.study->outcomes = {any, score, course, there};
    const StudyResult result = run_study(scenario, {.threads = 1});
    EXPECT_EQ(cases(result.outcomes[0]), 20 * 300);
    EXPECT_EQ(result.outcomes[0].estimate, result.outcomes[1].estimate);
    EXPECT_EQ(result.outcomes[2].estimate.mean, 0);
    EXPECT_GT(result.outcomes[2].estimate.ci95->high, 0);
    const double excluded = result.outcomes[0].estimate.mean.value();
    EXPECT_NEAR(excluded, normal_cdf(-0.8), kOneInAMillion * std::sqrt(0.2119 * 0.7881 / 6000));
    EXPECT_NEAR(cases(result.outcomes[3]), 6000 * (1 - excluded), 1e-6)
        << "who is excluded enters no phase";
    EXPECT_TRUE(result.screens);
}

}  // namespace
}  // namespace clinicsim
