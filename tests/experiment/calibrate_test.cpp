#include "clinicsim/experiment/calibrate.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

constexpr double kOneInAMillion = 4.8916;

/// Six infusions, and how it goes on; `event` is what relapses are.
Scenario small_study(const std::string& event = "{improvement_below: 50 %, for: 2 ratings}") {
    const ReadResult read = read_scenario_text(
        "clinicsim: 1\ntitle: Small\nrun: {seed: 1}\n"
        "courses: {washout: {symptom: {treatment: washout, response_sd: 0.9}}}\n"
        "study:\n  patients: 400\n  course: washout\n  phases:\n"
        "    induction: {infusions: {days: [0, 2, 4, 7, 9, 11]}, "
        "ratings: {after_infusion: 1 day}, next: {after: response}}\n"
        "    after: {ratings: {every: 3.5 days}, lasts: 84 days, event: " +
            event +
            "}\n  outcomes:\n    response: {share: response, phase: induction}\n"
            "    well_at_14_days: {event_free: 14 days, phase: after}\n"
            "    well_at_42_days: {event_free: 42 days, phase: after}\n"
            "    median: {median_time: after}\n",
        "small.yaml", "");
    for (const Diagnostic& diagnostic : read.diagnostics) ADD_FAILURE() << text(diagnostic);
    return read.scenario.value_or(Scenario{});
}

CalibrationParameter free(const std::string& name, double from, double to) {
    const SymptomParameter* parameter = symptom_parameter(name);
    return {name, parameter, from, to, parameter->value};
}

Calibration small_calibration() {
    Calibration calibration;
    calibration.title = "Small";
    calibration.seed = 5;
    calibration.patients = 1000;
    calibration.check_patients = 20'000;
    calibration.set_size = 60;
    calibration.studies.push_back(small_study());
    calibration.parameters = {free("slow_half_life", 4, 40)};
    calibration.targets = {{0, "well_at_14_days", 1, "", "share", 0.5, 0.05, false, ""},
                           {0, "well_at_42_days", 2, "", "share", 0.2, 0.05, false, ""}};
    return calibration;
}

TEST(Evaluation, MeasuresDistanceInSdPlainOrOfTheLogarithm) {
    Calibration calibration = small_calibration();
    calibration.targets.push_back({0, "median", 3, "", "days", 10, 0.2, true, ""});
    const Evaluation found = evaluate(calibration, {12.0}, 2000, Numbers::search);
    ASSERT_EQ(found.z.size(), 3u);
    EXPECT_DOUBLE_EQ(found.z[0], (*found.simulated[0] - 0.5) / 0.05);
    EXPECT_DOUBLE_EQ(found.z[2], std::log(*found.simulated[2] / 10) / 0.2);
    EXPECT_DOUBLE_EQ(found.sum, found.z[0] * found.z[0] + found.z[1] * found.z[1] +
                                    std::min(25.0, found.z[2] * found.z[2]));
}

TEST(Evaluation, CountsANumberThatIsNotThereAndOneThatIsHopelessAsFive) {
    Calibration calibration = small_calibration();
    calibration.studies[0] = small_study("{improvement_below: 0 %, for: 20 ratings}");
    calibration.targets = {{0, "median", 3, "", "days", 10, 0.2, true, ""},
                           {0, "well_at_14_days", 1, "", "share", 0.0, 0.001, false, ""}};
    const Evaluation found = evaluate(calibration, {12.0}, 500, Numbers::search);
    EXPECT_FALSE(found.simulated[0]);
    EXPECT_EQ(found.z[0], 5);
    EXPECT_GT(found.z[1], 100);
    EXPECT_EQ(found.sum, 50);
}

TEST(Evaluation, HasCommonNumbersForEveryUseAndTheSameForAnyNumberOfThreads) {
    Calibration calibration = small_calibration();
    calibration.studies.push_back(small_study());
    calibration.targets.push_back({1, "response", 0, "", "share", 0.5, 0.05, false, ""});
    const auto at = [&](Numbers numbers, unsigned threads) {
        return evaluate(calibration, {12.0}, 1000, numbers, threads).simulated;
    };
    EXPECT_EQ(at(Numbers::search, 1), at(Numbers::search, 2));
    EXPECT_NE(at(Numbers::search, 1), at(Numbers::check, 1));
    EXPECT_NE(at(Numbers::set, 1), at(Numbers::check, 1));
}

TEST(Evaluation, ChangesOnlyWhatTheStudyLeavesAtTheDefault) {
    Calibration calibration = small_calibration();
    calibration.parameters = {free("response_sd", 0.2, 1.5)};  // the study names its own
    const auto at = [&](double value) {
        return evaluate(calibration, {value}, 1000, Numbers::search).simulated;
    };
    EXPECT_EQ(at(0.3), at(1.4));
    calibration.parameters = {free("ceiling_mean", 0.3, 0.9)};
    EXPECT_NE(at(0.5), at(0.8));
}

TEST(Evaluation, TakesTheNasalDoseForNasalDosesOnly) {
    Calibration calibration = small_calibration();
    calibration.parameters = {free("nasal_dose", 0.3, 1)};
    const auto at = [&](double dose) {
        return evaluate(calibration, {dose}, 1000, Numbers::search).simulated;
    };
    StudyInfusions& infusions = *calibration.studies[0].study->phases[0].infusions;
    EXPECT_EQ(at(0.3), at(0.9));
    infusions.dose = 0.7;
    EXPECT_EQ(at(0.3), at(0.9));
    const auto seventy = at(0.3);
    infusions.nasal = true;
    EXPECT_NE(at(0.3), at(0.9));
    EXPECT_EQ(at(0.7), seventy);
    EXPECT_EQ(at(0.45), at(0.45));
}

/// Targets as the program itself gives them with this half-life.
Calibration made_with(double half_life) {
    Calibration calibration = small_calibration();
    constexpr double kPatients = 40'000;
    const Evaluation truth = evaluate(calibration, {half_life}, kPatients, Numbers::check);
    for (std::size_t t = 0; t < calibration.targets.size(); ++t) {
        calibration.targets[t].value = truth.simulated[t].value();
        calibration.targets[t].sd = 0.05;  // wide against the noise of a search: 0.02
    }
    calibration.seed = 6;  // the fit must not see the numbers that the targets were made with
    return calibration;
}

TEST(Calibrate, FindsTheValueThatTheTargetsWereMadeWith) {
    const double half_life = 11;
    const Calibration calibration = made_with(half_life);
    // How far off chance may take it: the shares are known with 4 x 1000 patients, of whom about
    // half respond; their slope in the half-life tells what that means for it.
    const auto share = [&](double value) {
        return *evaluate(calibration, {value}, 40'000, Numbers::check).simulated[0];
    };
    const double slope =
        (share(half_life * 1.1) - share(half_life / 1.1)) / (half_life * 1.1 - half_life / 1.1);
    const double p = share(half_life), responders = 4000 * 0.5;
    const double tolerance = kOneInAMillion * std::sqrt(p * (1 - p) / responders) / slope;
    EXPECT_LT(tolerance, 3) << "the study says something about the half-life";

    const CalibrationFit fit = calibrate(calibration, {.evaluations = 1200, .threads = 2});
    EXPECT_NEAR(fit.best.at(0), half_life, tolerance);
    EXPECT_LT(fit.check.sum, 1);
    EXPECT_GT(fit.present.sum, 4) << "the default is elsewhere";
    const auto ranges = ranges_of(fit);
    EXPECT_LT(ranges.at(0).low, half_life);
    EXPECT_GT(ranges.at(0).high, half_life);
    EXPECT_TRUE(fit.settled) << fit.scale_reduction;
    EXPECT_FALSE(fit.interrupted);

    const CalibrationFit other = calibrate(made_with(half_life * 1.6), {.evaluations = 300});
    EXPECT_GT(std::abs(other.best.at(0) - half_life), tolerance) << "the check has lost its power";
}

void expect_same(const CalibrationFit& a, const CalibrationFit& b) {
    EXPECT_EQ(a.best, b.best);
    EXPECT_EQ(a.check.simulated, b.check.simulated);
    EXPECT_EQ(a.check.sum, b.check.sum);
    EXPECT_EQ(a.accepted, b.accepted);
    EXPECT_EQ(a.scale_reduction, b.scale_reduction);
    ASSERT_EQ(a.set.size(), b.set.size());
    for (std::size_t i = 0; i < a.set.size(); ++i) {
        EXPECT_EQ(a.set[i].values, b.set[i].values);
        EXPECT_EQ(a.set[i].fresh.simulated, b.set[i].fresh.simulated);
    }
}

TEST(Calibrate, GivesTheSameForAnyNumberOfThreads) {
    Calibration calibration = small_calibration();
    calibration.patients = 200;
    calibration.check_patients = 400;
    calibration.parameters.push_back(free("ceiling_mean", 0.55, 0.95));
    const CalibrationFit one = calibrate(calibration, {.evaluations = 300, .threads = 1});
    expect_same(one, calibrate(calibration, {.evaluations = 300, .threads = 3}));
    calibration.seed = 77;
    EXPECT_NE(one.best, calibrate(calibration, {.evaluations = 300}).best);
}

TEST(Calibrate, NamesTheEvaluationsThatRepeatAFitWithinABudget) {
    Calibration calibration = small_calibration();
    calibration.patients = 50;
    calibration.check_patients = 100;
    calibration.set_size = 10;
    const CalibrationFit fit = calibrate(calibration, {.budget_seconds = 0.5});
    EXPECT_GE(fit.evaluations, 60u);
    expect_same(fit, calibrate(calibration, {.evaluations = fit.evaluations, .threads = 2}));
}

TEST(Calibrate, KeepsTheBestSoFarWhenItIsStopped) {
    Calibration calibration = small_calibration();
    calibration.patients = 100;
    calibration.check_patients = 100;
    std::atomic<bool> stop{false};
    CalibrateOptions options{.evaluations = 100'000, .threads = 2, .stop = &stop};
    options.progress = [&](std::uint64_t done, std::uint64_t total) {
        EXPECT_LE(done, total);
        if (done > 50) stop = true;
    };
    const CalibrationFit fit = calibrate(calibration, options);
    EXPECT_TRUE(fit.interrupted);
    EXPECT_FALSE(fit.settled);
    ASSERT_EQ(fit.best.size(), 1u);
    EXPECT_EQ(fit.check.z.size(), 2u);
}

// --- what a fit says ----------------------------------------------------------------------------

/// Two parameters and three targets over a set of five: the second parameter falls as the first
/// rises; number 0 rises with it, number 1 falls, number 2 does not care.
CalibrationFit by_hand(double z0, double z1) {
    CalibrationFit fit;
    fit.best = {3, 1};
    for (int i = 0; i < 5; ++i) {
        FittingSet one;
        one.values = {1.0 + i, 10.0 - i};
        one.fresh.z = {0.1 * i, -0.3 * i, i == 2 ? 1.0 : 0.0};
        fit.set.push_back(one);
    }
    fit.check.z = {z0, z1, 0.5};
    return fit;
}

TEST(Ranges, AreQuantilesOfTheSet) {
    const auto ranges = ranges_of(by_hand(1, 1));
    ASSERT_EQ(ranges.size(), 2u);
    EXPECT_DOUBLE_EQ(ranges[0].low, 1 + 4 * 0.025);
    EXPECT_DOUBLE_EQ(ranges[0].middle, 3);
    EXPECT_DOUBLE_EQ(ranges[1].high, 6 + 4 * 0.975);
    EXPECT_TRUE(ranges_of(CalibrationFit{}).empty());
}

TEST(PressedBounds, AreWhereMuchOfTheSetLiesAtABound) {
    Calibration calibration;
    calibration.parameters = {{.name = "free", .from = 0, .to = 100},
                              {.name = "at_the_top", .from = 0, .to = 10}};
    const auto pressed = pressed_bounds(calibration, by_hand(1, 1));  // 1 to 5, and 10 to 6
    ASSERT_EQ(pressed.size(), 2u) << "1 to 5 lie within five of 0";
    EXPECT_EQ(pressed[0].parameter, 0u);
    EXPECT_FALSE(pressed[0].upper);
    EXPECT_DOUBLE_EQ(pressed[0].share, 1);
    EXPECT_EQ(pressed[1].parameter, 1u);
    EXPECT_TRUE(pressed[1].upper);
    EXPECT_DOUBLE_EQ(pressed[1].share, 0.2) << "10 of 10, 9, 8, 7, 6";
    calibration.parameters[0].from = -100;
    calibration.parameters[1].to = 11;
    EXPECT_TRUE(pressed_bounds(calibration, by_hand(1, 1)).empty());
    EXPECT_TRUE(pressed_bounds(calibration, CalibrationFit{}).empty());
}

TEST(DistinctSets, AreCountedOnce) {
    CalibrationFit fit = by_hand(1, 1);
    EXPECT_EQ(distinct_sets(fit), 5u);
    fit.set.push_back(fit.set.front());
    EXPECT_EQ(distinct_sets(fit), 5u);
}

TEST(TiedParameters, AreThoseThatGoTogetherOverTheSet) {
    const auto pairs = tied_parameters(by_hand(1, 1), 5);
    ASSERT_EQ(pairs.size(), 1u);
    EXPECT_EQ(pairs[0].a, 0u);
    EXPECT_EQ(pairs[0].b, 1u);
    EXPECT_DOUBLE_EQ(pairs[0].correlation, -1);
    EXPECT_TRUE(tied_parameters(by_hand(1, 1), 0).empty());
}

TEST(OpposedTargets, AreThoseOfWhichOnlyOneCanComeNearer) {
    // both too high, and one rises as the other falls: they pull against each other
    const auto opposed = opposed_targets(by_hand(1, 2), 5);
    ASSERT_EQ(opposed.size(), 1u);
    EXPECT_EQ(opposed[0].a, 0u);
    EXPECT_EQ(opposed[0].b, 1u);
    EXPECT_NEAR(opposed[0].correlation, -1, 1e-12);
    // one too high, one too low: the same change brings both nearer
    EXPECT_TRUE(opposed_targets(by_hand(1, -2), 5).empty());
}

}  // namespace
}  // namespace clinicsim
