// Files of a calibration: what is read, and every fault with its place. CLINICSIM_UPDATE_GOLDEN=1
// writes the messages anew; read the difference before you keep it.
#include "clinicsim/scenario/calibration.hpp"

#include <cstdlib>

#include "scenario_text.hpp"

namespace clinicsim {
namespace {

const std::string kFolder = kGolden + "calibration/";
const std::vector<MetricUnit> kMetrics{{"boosters_per_patient_year", "per patient-year"}};

std::string messages_of(const CalibrationResult& result) {
    std::string all;
    for (Diagnostic diagnostic : result.diagnostics) {
        if (diagnostic.file.starts_with(kFolder)) diagnostic.file.erase(0, kFolder.size());
        all += text(diagnostic);
    }
    return all;
}

Calibration must_read_file(const std::string& name, const std::vector<Override>& overrides = {}) {
    const CalibrationResult result = read_calibration(kFolder + name, overrides, kMetrics);
    EXPECT_TRUE(result.calibration) << messages_of(result);
    return result.calibration.value_or(Calibration{});
}

TEST(CalibrationFile, IsReadAsWritten) {
    const Calibration read = must_read_file("valid.yaml");
    EXPECT_EQ(read.title, "Small");
    EXPECT_EQ(read.file, "valid.yaml");
    EXPECT_EQ(read.seed, 3u);
    EXPECT_EQ(read.patients, 200u);
    EXPECT_EQ(read.check_patients, 500u);
    EXPECT_EQ(read.set_size, 20u);
    EXPECT_EQ(read.sha256.size(), 64u);
    ASSERT_EQ(read.parameters.size(), 5u);
    const auto bounds = [&](std::size_t i) {
        return std::pair{read.parameters[i].from, read.parameters[i].to};
    };
    EXPECT_EQ(read.parameters[0].parameter, symptom_parameter("slow_half_life"));
    EXPECT_EQ(bounds(0), std::pair(4.0, 35.0));
    EXPECT_EQ(bounds(1), std::pair(0.001, 0.05));
    EXPECT_EQ(bounds(2), std::pair(0.55, 0.95));
    EXPECT_EQ(bounds(3), std::pair(1.0, 12.0));
    EXPECT_EQ(bounds(4), std::pair(0.3, 0.5));
    EXPECT_EQ(read.parameters[0].start, symptom_parameter("slow_half_life")->value);
    EXPECT_EQ(read.parameters[4].parameter, symptom_parameter("nasal_dose"));
    EXPECT_EQ(read.parameters[4].start, 0.5) << "70.95 % put within the bounds";
}

TEST(CalibrationFile, NamesEachStudyOnceAndItsNumbersInTheirUnits) {
    const Calibration read = must_read_file("valid.yaml");
    ASSERT_EQ(read.studies.size(), 2u);
    EXPECT_EQ(read.studies[0].title, "Two infusions");
    EXPECT_FALSE(read.studies[1].study);
    ASSERT_EQ(read.targets.size(), 4u);
    EXPECT_EQ(read.targets[0].study, 0u);
    EXPECT_EQ(read.targets[0].value, 0.45);
    EXPECT_EQ(read.targets[0].sd, 0.05);
    EXPECT_EQ(read.targets[0].source, "made up");
    EXPECT_FALSE(read.targets[0].logarithmic);
    EXPECT_EQ(read.targets[1].outcome_at, 1u);
    EXPECT_EQ(read.targets[1].value, 21);
    EXPECT_EQ(read.targets[1].sd, 0.2);
    EXPECT_TRUE(read.targets[1].logarithmic);
    EXPECT_EQ(read.targets[2].study, 1u);
    EXPECT_EQ(read.targets[2].policy, "monthly");
    EXPECT_EQ(read.targets[3].study, 0u);
    EXPECT_EQ(read.targets[3].sd, 2);
}

TEST(CalibrationFile, TakesValuesOnTop) {
    const Calibration plain = must_read_file("valid.yaml");
    const Calibration changed = must_read_file("valid.yaml", {{"patients", "77"}, {"seed", "9"}});
    EXPECT_EQ(changed.patients, 77u);
    EXPECT_EQ(changed.seed, 9u);
    EXPECT_NE(changed.sha256, plain.sha256);
}

TEST(CalibrationFile, ThatDoesNotExistIsUnreadable) {
    const CalibrationResult result = read_calibration(kFolder + "nowhere.yaml");
    EXPECT_TRUE(result.unreadable);
    EXPECT_FALSE(result.calibration);
}

TEST(CalibrationFile, OfTheProjectIsRead) {
    const CalibrationResult result = read_calibration(
        std::string{CLINICSIM_SOURCE_DIR} +
            "/scenarios/calibration/"
            "symptom_course.yaml",
        {}, {{"booster_interval_days_of_patients", "days"}, {"booster_interval_days", "days"}});
    ASSERT_TRUE(result.calibration) << messages_of(result);
    EXPECT_EQ(result.calibration->targets.size(), 32u);
    EXPECT_EQ(result.calibration->parameters.size(), 16u);
    EXPECT_EQ(result.calibration->studies.size(), 7u);
}

class BrokenCalibration : public testing::TestWithParam<const char*> {};

TEST_P(BrokenCalibration, GivesItsMessages) {
    const std::string name = GetParam();
    const CalibrationResult result = read_calibration(kFolder + name + ".yaml", {}, kMetrics);
    const std::string expected = kFolder + name + ".txt", messages = messages_of(result);
    if (std::getenv("CLINICSIM_UPDATE_GOLDEN") != nullptr) std::ofstream{expected} << messages;
    EXPECT_FALSE(result.calibration);
    EXPECT_FALSE(messages.empty());
    EXPECT_EQ(messages, content_of(expected));
    for (const Diagnostic& diagnostic : result.diagnostics) EXPECT_GT(diagnostic.line, 0);
}

INSTANTIATE_TEST_SUITE_P(Gallery, BrokenCalibration,
                         testing::Values("faults_of_parameters", "faults_of_targets",
                                         "faults_of_use"),
                         [](const auto& each) { return std::string{each.param}; });

TEST(Calibrated, LeavesAValueThatACourseNames) {
    const std::vector<CalibrationParameter> parameters{
        {"slow_gain", symptom_parameter("slow_gain"), 0, 1, 0.3},
        {"fast_share", symptom_parameter("fast_share"), 0, 1, 0.1},
        {"nasal_dose", symptom_parameter("nasal_dose"), 0.3, 1, 0.6}};
    SymptomCourse course = default_symptom_course();
    course.fast_share = 0.5;
    SymptomCourse expected = course;
    expected.slow_gain = 0.2;
    expected.nasal_dose = 0.9;
    EXPECT_EQ(calibrated(course, parameters, {0.2, 0.4, 0.9}), expected);
}

}  // namespace
}  // namespace clinicsim
