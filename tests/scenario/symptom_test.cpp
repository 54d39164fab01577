// Symptom courses, what is observed of them, and policies that go by ratings, as values.
#include <limits>

#include "clinicsim/care/symptom_defaults.hpp"
#include "scenario_text.hpp"

namespace clinicsim {
namespace {

constexpr double kDay = 86400e3;

YearlyDay day(unsigned m, unsigned d) { return {std::chrono::month{m}, std::chrono::day{d}}; }

/// kSmall with a symptom course of these parameters.
std::string with_course(const std::string& symptom) {
    return replaced(kSmall, "{renewal: {responds: 60 %, relapse: {exponential: {mean: 60 days}}}}",
                    symptom);
}
std::string with_symptom(const std::string& parameters) {
    return with_course("{symptom: {" + parameters + "}}");
}

SymptomCourse course_of(const std::string& parameters) {
    const Scenario scenario = must_read(with_symptom(parameters));
    if (scenario.model.patients.courses.empty()) return {};
    const SymptomCourse* course = scenario.model.patients.courses[0].symptom(0);
    EXPECT_NE(course, nullptr);
    return course == nullptr ? SymptomCourse{} : *course;
}

Scenario everything() {
    const ReadResult result = read_scenario(kGolden + "valid/symptom.yaml");
    EXPECT_TRUE(result.scenario) << messages(result);
    EXPECT_TRUE(result.diagnostics.empty()) << messages(result);
    return result.scenario.value_or(Scenario{});
}

TEST(SymptomSection, WithoutAnyKeyIsDepressionInUsualCareToTheLastBit) {
    EXPECT_EQ(course_of(""), default_symptom_course());
}

TEST(SymptomSection, ReadsEveryParameterInItsOwnUnit) {
    SymptomCourse expected = default_symptom_course();
    expected.usual_care = false;
    expected.response_mean = 2;
    expected.response_sd = 0.5;
    expected.response_factor = 0.5;
    expected.ceiling_mean = 0.625;
    expected.ceiling_sd = 0.1;
    expected.fast_share = 0.2;
    expected.fast_gain = 0.9;
    expected.slow_gain = 0.325;
    expected.fast_half_life = 0.5;
    expected.slow_half_life = 7.25;
    expected.usual_care_half_life = 9;
    expected.usual_care_response = 0.5;
    expected.half_life_sd = 0.3;
    expected.half_life_factor = 1.5;  // of PTSD
    expected.therapy_half_life = 1.4;
    expected.expectation = 0.3;
    expected.tolerance = 0.01;
    expected.tolerance_after = 12;
    expected.stress_per_day = 2.7 / 365.25;
    expected.stress_size = 1.2;
    expected.stress_days = 35;
    expected.stress_buffer = 0.4;
    expected.season = 0.1;
    expected.season_peak = day(1, 15);
    expected.therapy_stress = 0.8;
    expected.stressful_days = {day(12, 20), day(12, 28)};
    expected.anniversary = true;
    expected.stressful_factor = 1.5;
    expected.recovery_per_day = 0.01;
    expected.recovered_level = 0.8;
    expected.new_phase_per_day = 0;
    expected.noise_sd = 0.07;
    expected.noise_days = 8;
    EXPECT_EQ(*everything().model.patients.courses[2].symptom(0), expected);
}

TEST(SymptomSection, HasAKeyForEveryParameterWithItsDefaultAndBounds) {
    for (const SymptomParameter& parameter : symptom_parameters()) {
        const std::string name{parameter.name};
        const Explanation explanation = explain("symptom." + name);
        EXPECT_TRUE(explanation.known) << name;
        EXPECT_NE(explanation.text.find(std::string{parameter.meaning}), std::string::npos) << name;
        const auto refuses = [&](double value) {
            std::string text = std::to_string(value);
            if (parameter.unit == SymptomParameter::Unit::days) text += " days";
            if (parameter.unit == SymptomParameter::Unit::per_day) text += " per day";
            const std::string other = name == "season" ? "" : "season: 0, ";
            return !read_text(with_symptom(other + name + ": " + text)).scenario.has_value();
        };
        EXPECT_TRUE(refuses(parameter.highest * 1.01)) << name;
        EXPECT_EQ(refuses(parameter.lowest * 0.9), parameter.lowest > 0) << name;
        EXPECT_FALSE(refuses(parameter.highest)) << name;
    }
}

TEST(SymptomSection, OfAConditionHasItsHalfLivesAndItsStrength) {
    for (const ConditionDefaults& condition : condition_defaults()) {
        SymptomCourse expected = default_symptom_course();
        expected.half_life_factor = condition.half_life_factor;
        expected.response_factor = condition.response_factor;
        EXPECT_EQ(course_of("of: " + std::string{condition.name}), expected) << condition.name;
    }
    EXPECT_EQ(course_of("of: ptsd, half_life_factor: 3").half_life_factor, 3);
    EXPECT_EQ(course_of("of: ptsd").response_factor, 0.6) << "Feder 2021 is not depression";
    EXPECT_EQ(course_of("of: chronic_pain").response_factor, 0.5) << "nor is Patil";
    EXPECT_EQ(course_of("of: chronic_pain, response_factor: 1").response_factor, 1);
}

TEST(Explain, TellsOfAParameterWhatIsKnownOfIt) {
    EXPECT_EQ(explain("courses.usual.symptom.slow_gain").text,
              "courses.NAME.symptom.slow_gain\n"
              "  share of what is missing in the slow store that an infusion fills\n"
              "  a share such as '75 %' or 0.75 from 0 % to 100 %\n"
              "  default: 29.81 %\n"
              "  example: slow_gain: 29.81 %\n"
              "  fitted; 95 % of the sets that fit: 15 % to 59 %\n"
              "  source: clinicsim calibrate scenarios/calibration/symptom_course.yaml "
              "--evaluations 140000\n");
    const std::string all = explain("symptom").text;
    for (const SymptomParameter& parameter : symptom_parameters()) {
        EXPECT_NE(all.find("  " + std::string{parameter.name} + " (default: "), std::string::npos)
            << parameter.name;
        EXPECT_NE(all.find("source: " + std::string{parameter.source}), std::string::npos);
    }
    EXPECT_NE(all.find("assumed\n"), std::string::npos);
    EXPECT_NE(all.find("season_peak (default: 02-01)"), std::string::npos);
}

TEST(Posterior, ChangesWhatItsHeadingsNameAndNothingElse) {
    const Course course = everything().model.patients.courses[1];
    SymptomCourse base = default_symptom_course();
    base.stress_buffer = 0.5;
    EXPECT_EQ(std::get<SymptomCourse>(course.law), base);
    const double sets[3][4] = {
        {0.33, 7.3, 0.0071, 0.41}, {0.28, 9.1, 0.0123, 0.3}, {0.41, 6.25, 0.005, 1.2}};
    ASSERT_EQ(course.posterior.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
        SymptomCourse one = base;
        one.slow_gain = sets[i][0];
        one.slow_half_life = sets[i][1];
        one.stress_per_day = sets[i][2];
        one.stress_size = sets[i][3];
        EXPECT_EQ(course.posterior[i], one) << i;
    }
    EXPECT_EQ(*course.symptom(4), course.posterior[1]) << "replication 4 uses set 4 modulo 3";
}

TEST(Posterior, IsOfASymptomCourseWhereNothingElseIsSaid) {
    const std::string sets = "posterior: {parameters: [noise_sd], sets: [[0.05]]}}";
    const Scenario alone = must_read(with_course("{" + sets));
    EXPECT_EQ(alone.model, must_read(with_course("{symptom: {}, " + sets)).model);
    EXPECT_EQ(alone.model.patients.courses[0].symptom(0)->stress_size,
              default_symptom_course().stress_size);
}

TEST(Posterior, IsAPartOfTheScenarioAndOfItsFingerprint) {
    const Scenario scenario = everything();
    EXPECT_EQ(scenario.resolved.find("sets.csv"), std::string::npos)
        << "what was run is told whole";
    const Scenario again = must_read(scenario.resolved);
    EXPECT_EQ(again.model, scenario.model);
    EXPECT_EQ(again.resolved, scenario.resolved);
    const std::string one = "{symptom: {}, posterior: {parameters: [noise_sd], sets: [[0.05]]}}";
    EXPECT_NE(must_read(with_course(one)).sha256,
              must_read(with_course(replaced(one, "0.05", "0.06"))).sha256);
}

TEST(Observation, IsExactlyWhatTheFileSays) {
    Observation expected;
    expected.scale = {"PHQ-9", 20, 27, 0.45, 0.75};
    expected.self = {Days{14}, 0.8, 0.05};
    expected.check_ups = {Days{30}, 0.9, 0.04};
    expected.at_visits = 0.5;
    expected.visit_error = 0.03;
    expected.response_after = Duration{hours{36}};
    expected.relapse = {1 - 12.0 / 20, 3};
    EXPECT_EQ(everything().model.observation, expected);
}

TEST(Observation, OfASymptomCourseNeedNotBeNamed) {
    const Scenario scenario = must_read(with_symptom(""));
    EXPECT_EQ(scenario.model.observation, Observation{});
    EXPECT_EQ(must_read(with_symptom("") + "observation: {scale: MADRS, relapse: "
                                           "{improvement_below: 42 %, for: 2 weekly ratings}}\n")
                  .model.observation,
              Observation{});
    EXPECT_EQ(must_read(scenario.resolved).resolved, scenario.resolved);
    EXPECT_EQ(must_read(kSmall).resolved.find("observation"), std::string::npos)
        << "a renewal course is not rated";
}

TEST(Observation, ReadsRulesOfRelapseOnTheScale) {
    const auto rule = [](const std::string& scale, const std::string& relapse) {
        return must_read(with_symptom("") + "observation: {scale: " + scale + ", relapse: {" +
                         relapse + "}}\n")
            .model.observation.relapse;
    };
    EXPECT_EQ(rule("MADRS", "score_at_least: 24"), (ScoreRule{0.25, 2}));
    EXPECT_EQ(rule("{name: MADRS, baseline: 40}", "score_at_least: 30, for: 1 rating"),
              (ScoreRule{0.25, 1}));
    EXPECT_EQ(rule("CAPS-5", "loss_of_response: 3 ratings"), (ScoreRule{0.3, 3}));
    EXPECT_EQ(rule("pain 0-10", "improvement_below: 40 %"), (ScoreRule{0.4, 2}));
}

TEST(Observation, MayHaveNoSelfRatings) {
    const Observation seen =
        must_read(with_symptom("") +
                  "observation: {self_ratings: none, check_ups: {every: 4 weeks}}\n")
            .model.observation;
    EXPECT_EQ(seen.self, Ratings{});
    EXPECT_EQ(seen.check_ups, Ratings{Days{28}});
}

TEST(Policy, MayGoByRatings) {
    const Scenario scenario = everything();
    const Policy monthly = scenario.policies[0].choice.policies[0];
    EXPECT_EQ(monthly.asking->on_score->on(scenario.model.observation.scale), (ScoreRule{0.45, 1}))
        << "the response of this scale";
    EXPECT_FALSE(monthly.leaves_unless_asking);
    const Policy by_score = scenario.policies[1].choice.policies[0];
    Asking asking;
    asking.on_score = ScoreRule{0.45, 2};
    asking.asks = 0.8;
    asking.asks_after = Constant{3 * kDay};
    EXPECT_EQ(by_score.asking, asking);
    EXPECT_TRUE(by_score.leaves_unless_asking);
    EXPECT_FALSE(scenario.policies[2].choice.policies[0].asking->on_score);
}

TEST(Target, MayNameThePublishedNumberInItsMetricsUnit) {
    const Scenario scenario = everything();
    EXPECT_EQ(scenario.targets[0].published.value, std::optional{0.65});
    const std::vector<MetricUnit> metrics{{"wait_days_rescue.p95", "days"}};
    const auto published = [&](const std::string& number) {
        return read_scenario_text(
            kSmall + "targets: [{target: \"wait_days_rescue.p95 <= 7 days\", published: " + number +
                "}]\n",
            "test.yaml", "", {}, metrics);
    };
    EXPECT_EQ(published("2 weeks").scenario.value_or(Scenario{}).targets.at(0).published.value,
              std::optional{14.0});
    EXPECT_NE(messages(published("2")).find("the unit is missing"), std::string::npos);
    EXPECT_NE(messages(published("2 %")).find("this metric is no share"), std::string::npos);
}

TEST(Size, OfASymptomCourseIsRough) {
    const Size size = estimate_size(must_read(with_symptom("")));
    EXPECT_NEAR(size.patients, 5 * 365 / 7.0, 1);
    EXPECT_GT(size.events, 0);
}

}  // namespace
}  // namespace clinicsim
