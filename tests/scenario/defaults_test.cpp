// The shipped defaults of the symptom course are what calibrate wrote: two places that must change
// together.
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "clinicsim/care/symptom_defaults.hpp"
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

}  // namespace
}  // namespace clinicsim
