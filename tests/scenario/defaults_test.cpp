// The shipped defaults of the symptom course are what calibrate wrote: two places that must change
// together.
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "clinicsim/care/symptom_defaults.hpp"
#include "clinicsim/scenario/calibration.hpp"
#include "clinicsim/scenario/scenario.hpp"

namespace clinicsim {
namespace {

std::string text_of(const std::string& file) {
    std::ifstream in{std::string{CLINICSIM_SOURCE_DIR} + "/scenarios/calibration/result/" + file};
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

TEST(Defaults, OfTheSymptomCourseAreTheCalibrations) {
    const std::string scenario = R"(clinicsim: 1
title: The calibrated course
run: {seed: 1, horizon: 1 year}
clinic: {chairs: unlimited, visit: {infusion: 40 min}}
patients:
  arrivals: {poisson: {mean: 1, per: week}}
  conditions: {depression: {induction: six, course: usual_care}}
inductions: {six: {visits: 6, gap: 2 days}}
policies: {none: {}}
)" + text_of("course.yaml");
    const ReadResult read = read_scenario_text(scenario, "course.yaml", "");
    ASSERT_TRUE(read.scenario) << text(read.diagnostics.front());
    const SymptomCourse* course = read.scenario->model.patients.courses[0].symptom(0);
    ASSERT_NE(course, nullptr);
    const SymptomCourse defaults = default_symptom_course();
    for (const SymptomParameter& parameter : symptom_parameters()) {
        EXPECT_NEAR(course->*parameter.field, defaults.*parameter.field,
                    1e-3 * std::abs(defaults.*parameter.field))
            << parameter.name;
    }
}

TEST(Defaults, LieAmongTheSetsThatFitAboutAsWell) {
    for (const SymptomParameter& parameter : symptom_parameters()) {
        if (parameter.standing != Standing::fitted) continue;
        EXPECT_GE(parameter.value, parameter.fits_from) << parameter.name;
        EXPECT_LE(parameter.value, parameter.fits_to) << parameter.name;
    }
}

/// "murrough_2013.yaml: response", with the policy where there is one.
std::string number_of(const std::string& file, const std::string& outcome,
                      const std::string& policy) {
    return file + ": " + outcome + (policy.empty() ? "" : " (" + policy + ")");
}

TEST(StandingOfTargets, IsFittedForTheNumbersOfTheCalibrationAndForNoOthers) {
    namespace fs = std::filesystem;
    const std::string scenarios = std::string{CLINICSIM_SOURCE_DIR} + "/scenarios";
    const std::vector<MetricUnit> metrics{{"booster_interval_days_of_patients", "days"},
                                          {"booster_interval_days", "days"}};
    const auto read = read_calibration(scenarios + "/calibration/symptom_course.yaml", {}, metrics);
    ASSERT_TRUE(read.calibration);
    std::set<std::string> in_calibration, said_fitted;
    for (const CalibrationTarget& target : read.calibration->targets)
        in_calibration.insert(
            number_of(read.calibration->studies[target.study].file, target.outcome, target.policy));
    for (const auto& entry : fs::directory_iterator{scenarios + "/evidence"}) {
        if (entry.path().extension() != ".yaml") continue;
        const auto found = read_scenario(entry.path().string());
        ASSERT_TRUE(found.scenario) << entry.path();
        for (const Target& target : found.scenario->targets) {
            if (target.published.standing != TargetStanding::fitted) continue;
            if (target.policies.empty())
                said_fitted.insert(number_of(found.scenario->file, target.metric, ""));
            for (const std::string& policy : target.policies)
                said_fitted.insert(number_of(found.scenario->file, target.metric, policy));
        }
    }
    EXPECT_EQ(said_fitted, in_calibration);
    EXPECT_GT(said_fitted.size(), 20u);
}

}  // namespace
}  // namespace clinicsim
