// Parameter sets that are laid over scenarios which do not name them.
#include "clinicsim/scenario/parameter_sets.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

namespace fs = std::filesystem;

class OfSets : public testing::Test {
  protected:
    OfSets()
        : file_{fs::temp_directory_path() /
                ("clinicsim_sets_" +
                 std::string{testing::UnitTest::GetInstance()->current_test_info()->name()})} {}
    ~OfSets() override { fs::remove(file_); }

    ParameterSetsResult read(const std::string& text) {
        std::ofstream{file_, std::ios::binary} << text;
        return read_parameter_sets(file_.string());
    }
    fs::path file_;
};

Scenario study_of(const std::string& courses, const std::string& course) {
    const ReadResult read = read_scenario_text(
        "clinicsim: 1\ntitle: T\nrun: {seed: 1, replications: 2}\ncourses: " + courses +
            "\nstudy:\n  patients: 5\n  course: " + course +
            "\n  phases:\n    induction: {infusions: {days: [0]}, ratings: {after_infusion: 1 "
            "day}}\n  outcomes: {response: {share: response, phase: induction}}\n",
        "t.yaml", "");
    EXPECT_TRUE(read.scenario) << (read.diagnostics.empty() ? "" : text(read.diagnostics[0]));
    return read.scenario.value();
}

TEST_F(OfSets, AreReadWithTheirHeadingsAndCommentsLeftOut) {
    const auto read_back = read("# a comment\r\nnoise_sd, slow_gain\r\n0.05, 0.5\n\n0.06,0.25\n");
    ASSERT_TRUE(read_back.sets);
    ASSERT_EQ(read_back.sets->parameters.size(), 2u);
    EXPECT_EQ(read_back.sets->parameters[1]->name, "slow_gain");
    EXPECT_EQ(read_back.sets->values,
              (std::vector<std::vector<double>>{{0.05, 0.5}, {0.06, 0.25}}));
    EXPECT_TRUE(read_back.diagnostics.empty());
}

TEST_F(OfSets, AllFaultsOfAFileAreNamedWithTheirPlace) {
    const auto wrong = read("noise_sd,slow_gain\n0.05,many\n0.06\n0.05,1.5\n");
    EXPECT_FALSE(wrong.sets);
    ASSERT_EQ(wrong.diagnostics.size(), 3u);
    EXPECT_EQ(wrong.diagnostics[0].line, 2);
    EXPECT_EQ(wrong.diagnostics[0].column, 6);
    EXPECT_EQ(wrong.diagnostics[0].message, "'many' is no number");
    EXPECT_EQ(wrong.diagnostics[0].source, "0.05,many");
    EXPECT_EQ(wrong.diagnostics[1].line, 3);
    EXPECT_EQ(wrong.diagnostics[2].message, "1.5 is out of range for slow_gain, 0 to 1");

    const auto nothing = read("# empty\n");
    EXPECT_FALSE(nothing.sets);
    ASSERT_EQ(nothing.diagnostics.size(), 1u);
    EXPECT_EQ(nothing.diagnostics[0].message, "the file holds no sets of parameters");
    EXPECT_EQ(nothing.diagnostics[0].line, 0);
    EXPECT_FALSE(nothing.unreadable);

    const auto nowhere = read_parameter_sets("nowhere.csv");
    EXPECT_FALSE(nowhere.sets);
    EXPECT_TRUE(nowhere.unreadable);
}

ParameterSets two_sets() {
    return {{symptom_parameter("noise_sd"), symptom_parameter("slow_gain")},
            {{0.1, 0.5}, {0.2, 0.4}}};
}

TEST(WithSets, GiveTheirValuesToWhatTheFileLeavesAtItsDefaultAndToNothingElse) {
    const Scenario scenario = study_of(
        "{a: {symptom: {of: ptsd, slow_gain: 20 %, expectation: 25 %}}, b: {symptom: {}}}", "a");
    const WithSets with = with_sets(scenario, two_sets());
    EXPECT_EQ(with.fault, "");
    ASSERT_TRUE(with.scenario);
    const Course& course = with.scenario->model.patients.courses[0];
    ASSERT_EQ(course.posterior.size(), 2u);
    SymptomCourse expected = *scenario.model.patients.courses[0].symptom(0);
    EXPECT_EQ(std::get<SymptomCourse>(course.law), expected);
    expected.noise_sd = 0.1;
    EXPECT_EQ(course.posterior[0], expected) << "the file's slow_gain stays, and so does the rest";
    expected.noise_sd = 0.2;
    EXPECT_EQ(*course.symptom(3), expected);
    EXPECT_TRUE(with.scenario->model.patients.courses[1].posterior.empty()) << "nobody has it";
}

TEST(WithSets, LeaveAloneWhatTheyDoNotChange) {
    const ParameterSets sets = two_sets();
    const auto changes = [&](const std::string& symptom) {
        return with_sets(study_of("{a: " + symptom + "}", "a"), sets).scenario.has_value();
    };
    EXPECT_TRUE(changes("{symptom: {}}"));
    EXPECT_FALSE(changes("{symptom: {noise_sd: 7 %, slow_gain: 20 %}}"));
    EXPECT_FALSE(
        changes("{symptom: {}, posterior: {parameters: [noise_sd], sets: [[0.1], [0.3]]}}"))
        << "it has sets of its own";
}

TEST(WithSets, SayWhichSetAFileCannotTake) {
    const Scenario scenario =
        study_of("{a: {symptom: {stressful_factor: 1.5, anniversary: yes}}}", "a");
    const ParameterSets sets{{symptom_parameter("season")}, {{0.1}, {0.9}}};
    const WithSets with = with_sets(scenario, sets);
    EXPECT_FALSE(with.scenario);
    EXPECT_EQ(with.fault.substr(0, 8), "set 2: s") << with.fault;
}

TEST(Thinned, TakesSetsEvenlyApart) {
    ParameterSets ten{{symptom_parameter("noise_sd")}, {}};
    for (int i = 0; i < 10; ++i) ten.values.push_back({i / 10.0});
    EXPECT_EQ(thinned(ten, 3).values, (std::vector<std::vector<double>>{{0}, {0.3}, {0.6}}));
    EXPECT_EQ(thinned(ten, 10).values, ten.values);
    EXPECT_EQ(thinned(ten, 50).values, ten.values);
}

}  // namespace
}  // namespace clinicsim
