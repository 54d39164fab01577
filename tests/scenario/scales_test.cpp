// Several conditions with scales of their own, severity classes that reach the course, and reasons
// for which who is screened gets no infusions, as values.
#include "scenario_text.hpp"

namespace clinicsim {
namespace {

Scenario several() {
    const ReadResult result = read_scenario(kGolden + "valid/scales.yaml");
    EXPECT_TRUE(result.scenario) << messages(result);
    EXPECT_TRUE(result.diagnostics.empty()) << messages(result);
    return result.scenario.value_or(Scenario{});
}

enum { depression, ptsd, veterans, chronic_pain };
enum { moderate, severe, very_severe };

TEST(Scales, AreThoseOfTheConditionsWhereNobodySaysOtherwise) {
    const Observation observed = several().model.observation;
    ASSERT_EQ(observed.measures.size(), 12u);
    EXPECT_EQ(observed.scale_of(depression, moderate), (Scale{"MADRS", 32, 60, 0.5, 0.69}));
    EXPECT_EQ(observed.scale_of(ptsd, moderate), (Scale{"CAPS-5", 42, 80, 0.3, 0.74}));
    EXPECT_EQ(observed.scale_of(veterans, moderate), (Scale{"PHQ-9", 18, 27, 0.5, 0.72}))
        << "its own goes before that of its course";
    EXPECT_EQ(observed.scale_of(chronic_pain, moderate), (Scale{"pain 0-100", 65, 100, 0.3, 0.8}))
        << "of the file's own";
}

TEST(Scales, GiveEveryConditionARelapseThatIsNoResponse) {
    const Observation observed = several().model.observation;
    EXPECT_EQ(observed.relapse_of(depression, moderate), (ScoreRule{0.42, 2}));
    EXPECT_EQ(observed.relapse_of(ptsd, moderate), (ScoreRule{0.84 * 0.3, 2}));
    EXPECT_EQ(observed.relapse_of(veterans, moderate), (ScoreRule{1 - 12.0 / 18, 3}));
    EXPECT_EQ(observed.relapse_of(chronic_pain, moderate), (ScoreRule{0.84 * 0.3, 2}));
}

TEST(Scales, OfASeverityKeepTheScoreOfRemissionAndMoveTheImprovementThatItTakes) {
    const Observation observed = several().model.observation;
    const Scale scale = observed.scale_of(depression, severe);
    EXPECT_DOUBLE_EQ(scale.baseline, 32 * 1.2);
    EXPECT_EQ(scale.response, 0.5) << "half of their own score";
    EXPECT_DOUBLE_EQ(scale.score(scale.remission), 32 * (1 - 0.69)) << "the same 10 points";
    EXPECT_DOUBLE_EQ(observed.relapse_of(veterans, severe).below, 1 - 12.0 / (18 * 1.2))
        << "the same 12 points";
    EXPECT_DOUBLE_EQ(observed.relapse_of(depression, severe).below, 0.42) << "an improvement";
}

TEST(Severity, MovesTheCeilingOnlyWhereItSaysSo) {
    const auto& severities = several().model.patients.severities;
    EXPECT_EQ(severities[moderate].ceiling_shift, 0);
    EXPECT_EQ(severities[severe].ceiling_shift, 0);
    EXPECT_EQ(severities[very_severe].ceiling_shift, -0.1);
    const Scenario by_name = must_read(
        replaced(kSmall, "{mild: 60 %, severe: 40 %}", "{mild: 60 %, very_severe: 40 %}"));
    EXPECT_EQ(by_name.model.patients.severities[1].ceiling_shift, 0)
        << "McInnes 2022: response is the same in the very severe";
    EXPECT_EQ(by_name.model.patients.severities[1].baseline_factor, 1.2) << "by its name";
    const Scenario by_number =
        must_read(replaced(kSmall, "{mild: 60 %, severe: 40 %}",
                           "{mild: 60 %, very_severe: {share: 40 %, baseline_factor: 1}}"));
    EXPECT_EQ(by_number.model.patients.severities[1].baseline_factor, 1) << "as it says";
}

TEST(Lifestyle, IsHabitsWithTheirSharesAndFactors) {
    const auto& habits = several().model.patients.lifestyle;
    ASSERT_EQ(habits.size(), 2u);
    EXPECT_EQ(habits[0], (Habit{"exercise", 0.4, 1.1, 0.8, 1}));
    EXPECT_EQ(habits[1], (Habit{"alcohol", 0.2, 1, 1, 0.9}));
}

TEST(Scales, OfAPolicysRuleAreEachPatientsOwn) {
    const Scenario scenario = several();
    const ScoreRule rule = *scenario.policies[0].choice.policies[0].asking->on_score;
    EXPECT_EQ(rule.by, ScoreRule::By::response);
    EXPECT_EQ(rule.on(scenario.model.observation.scale_of(ptsd, moderate)), (ScoreRule{0.3, 2}));
    EXPECT_EQ(rule.on(scenario.model.observation.scale_of(veterans, moderate)),
              (ScoreRule{0.5, 2}));
    EXPECT_EQ(rule.on(scenario.model.observation.scale_of(chronic_pain, severe)),
              (ScoreRule{0.3, 2}));
}

TEST(Scales, AreToldWholeInWhatWasRun) {
    const Scenario scenario = several();
    const Scenario again = must_read(scenario.resolved);
    EXPECT_EQ(again.model, scenario.model);
    EXPECT_EQ(again.resolved, scenario.resolved);
    EXPECT_NE(scenario.resolved.find("CAPS-5"), std::string::npos);
}

TEST(Scales, OfTheWholeScenarioGoBeforeThoseOfTheConditions) {
    const std::string text =
        content_of(kGolden + "valid/scales.yaml") + "observation: {scale: QIDS}\n";
    const Observation observed = must_read(text).model.observation;
    EXPECT_EQ(observed.scale_of(ptsd, moderate).name, "QIDS");
    EXPECT_EQ(observed.relapse_of(ptsd, moderate), (ScoreRule{0.42, 2}));
    EXPECT_EQ(observed.scale_of(veterans, moderate).name, "PHQ-9");
}

TEST(Contraindications, AreWaysToExitsOfTheirNames) {
    const ReadResult result = read_scenario(kGolden + "valid/walk_in.yaml");
    ASSERT_TRUE(result.scenario) << messages(result);
    const Pathway& pathway = result.scenario->policies[0].pathways[0];
    const Stage& screening = pathway[1];
    ASSERT_EQ(screening.contraindications.size(), 2u);
    EXPECT_EQ(screening.contraindications[0],
              (Contraindication{"uncontrolled_hypertension", 0.04, "assumed", ""}));
    EXPECT_EQ(screening.contraindications[1],
              (Contraindication{"psychosis", 0.02, "published", "made up"}));
    ASSERT_EQ(screening.ways.size(), 4u);
    EXPECT_EQ(pathway[screening.ways[0].to].name, "uncontrolled_hypertension");
    EXPECT_EQ(pathway[screening.ways[0].to].kind, StageKind::exit);
    EXPECT_DOUBLE_EQ(screening.ways[1].share, 0.02);
    EXPECT_DOUBLE_EQ(screening.ways[2].share, 0.9 * 0.94) << "of those who have none";
    EXPECT_DOUBLE_EQ(screening.ways[3].share, 0.1 * 0.94);
}

}  // namespace
}  // namespace clinicsim
