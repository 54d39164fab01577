// A study comes back as exactly the protocol that the file says.
#include "scenario_text.hpp"

namespace clinicsim {
namespace {

using What = RatingTest::What;
constexpr double kDay = 86400e3;

const std::string kSmallStudy = R"(clinicsim: 1
title: Small study
run: {seed: 1}
courses: {usual: {symptom: {}}}
study:
  course: usual
  phases:
    infusions: {infusions: {days: [0]}, ratings: {after_infusion: 1 day}}
  outcomes: {responded: {share: response}}
)";

Scenario everything() {
    const ReadResult result = read_scenario(kGolden + "valid/study.yaml");
    EXPECT_TRUE(result.scenario) << messages(result);
    EXPECT_TRUE(result.diagnostics.empty()) << messages(result);
    return result.scenario.value_or(Scenario{});
}

Duration day(double n) { return from_ticks(n * kDay); }

TEST(StudySection, ReadsWhoIsEnrolledAndWhereTheyStart) {
    const Scenario scenario = everything();
    EXPECT_EQ(scenario.replications, 40u);
    EXPECT_EQ(scenario.model.seed, 7u);
    EXPECT_EQ(Dates::text(scenario.model.dates.first_day()), "2026-03-01");
    EXPECT_TRUE(scenario.policies.empty());
    EXPECT_EQ(scenario.model.patients.courses[1].posterior.size(), 3u);
    const Study& study = scenario.study.value();
    EXPECT_EQ(study.patients, 500u);
    EXPECT_EQ(study.enrolled, (std::vector<Study::Enrolled>{{0, 0.25}, {1, 0.75}}));
    EXPECT_EQ(study.start, (std::vector<Study::Start>{{0, 0.6}, {1, 0.4}}));
    EXPECT_EQ(study.scale, (Scale{"MADRS", 34, 60, 0.5, 0.69}));
}

Scenario screened() {
    const ReadResult result = read_scenario(kGolden + "valid/study_enrolled.yaml");
    EXPECT_TRUE(result.scenario) << messages(result);
    EXPECT_TRUE(result.diagnostics.empty()) << messages(result);
    return result.scenario.value_or(Scenario{});
}

TEST(StudySection, ReadsWhoIsScreenedAndWhoIsNotEnrolled) {
    const Study study = screened().study.value();
    EXPECT_EQ(study.enrolled, (std::vector<Study::Enrolled>{{0, 0.6}, {1, 0.3}, {2, 0.1}}));
    Screening expected;
    expected.baseline_sd = 5.5;
    expected.at_least = 28;
    expected.below = 40;
    expected.error = 0.05;
    expected.excluded = {1, 2};
    expected.from_screening = true;
    EXPECT_EQ(study.screening, expected);
    EXPECT_FALSE(study.outcomes[0].excluded);
    EXPECT_EQ(study.outcomes[1].excluded, Exclusion::course);
    EXPECT_EQ(study.outcomes[2].excluded, Exclusion::score);
    EXPECT_EQ(study.outcomes[2].kind, StudyOutcome::Kind::share_excluded);
}

TEST(StudySection, ReadsEveryKeyOfAPhase) {
    const Study study = everything().study.value();
    const auto test = [](What what, double at_least = 0) { return RatingTest{what, at_least}; };
    StudyPhase twice;
    twice.name = "twice";
    twice.infusions = StudyInfusions{{}, day(3.5), 8, 0.632, {}};
    twice.ratings.after_infusion = day(1);
    twice.ratings.at = {Constant{kDay}, Constant{3 * kDay}, Uniform{14 * kDay, 31 * kDay}};
    twice.ratings.error = 0.05;
    twice.lasts = day(28);
    twice.until = test(What::remission);
    twice.leaves_per_infusion = 0.03;
    twice.next = {{2, test(What::response)}};
    StudyPhase thrice;
    thrice.name = "thrice";
    thrice.infusions =
        StudyInfusions{{day(0), day(2), day(4.5), day(7), day(9), day(11)}, {}, 0, 1, {}};
    thrice.ratings.after_infusion = day(1.5);
    thrice.next = {{2, {What::worse, 0, true, 2, 3}}};
    StudyPhase optimisation;
    optimisation.name = "optimisation";
    optimisation.infusions = StudyInfusions{
        {}, day(7), 0, 1, false, StudyInfusions::Spaced{day(14), day(28), test(What::remission)}};
    optimisation.ratings.every = Constant{7 * kDay};
    optimisation.lasts = day(84);
    optimisation.arms = {{"weekly", 0.5}, {"two_weekly", 0.5}};
    optimisation.arms[1].infusions = StudyInfusions{{}, day(14), 0, 1, {}};
    optimisation.drop_out = Exponential{365.25 * kDay};
    optimisation.next = {{3, {What::remission, 0, false, 3, 4}},
                         {4, {What::at_least, 0.45, false, 2, 2}},
                         {5, test(What::always)}};
    StudyPhase remission;
    remission.name = "stable_remission";
    remission.infusions = StudyInfusions{{}, day(14), 0, 1, {}};
    remission.ratings.every = Discrete{{7 * kDay, 14 * kDay}, {0.5, 0.5}};
    remission.lasts = day(84);
    remission.event = ScoreRule{0.5, 2};
    remission.event_at_first = false;
    remission.from_last_infusion = true;
    remission.arms = {{"esketamine", 0.5, ArmGets::as_written},
                      {"placebo", 0.3, ArmGets::placebo},
                      {"stopped", 0.2, ArmGets::nothing, true}};
    remission.arms[1].infusions = StudyInfusions{{}, day(28), 0, 0.5, {}};
    remission.arms[1].ratings.emplace().every = Constant{14 * kDay};
    remission.censored = Exponential{29 * 7 * kDay};
    StudyPhase response;
    response.name = "stable_response";
    response.ratings.every = Constant{7 * kDay};
    response.lasts = kYear;
    response.event = ScoreRule{0.5, 2, ScoreRule::By::response};
    response.drop_out = Exponential{3 * 365.25 * kDay};
    StudyPhase rest;
    rest.name = "rest";
    rest.ratings.at = {Constant{90 * kDay}};
    rest.event = ScoreRule{1 - 22.0 / 34, 1, ScoreRule::By::score, 22};
    const std::vector<StudyPhase> expected{twice, thrice, optimisation, remission, response, rest};
    ASSERT_EQ(study.phases.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_EQ(study.phases[i], expected[i]) << expected[i].name;
}

TEST(StudySection, ReadsEveryKindOfOutcome) {
    using Kind = StudyOutcome::Kind;
    const auto outcome = [](const std::string& name, Kind kind, std::size_t phase) {
        StudyOutcome one;
        one.name = name;
        one.kind = kind;
        one.phase = phase;
        return one;
    };
    std::vector<StudyOutcome> expected{outcome("responded", Kind::share, 0),
                                       outcome("remitted", Kind::share, 1),
                                       outcome("stable", Kind::share_going_on, 2),
                                       outcome("free_28", Kind::event_free, 3),
                                       outcome("relapsed", Kind::share_with_event, 3),
                                       outcome("median", Kind::median_time, 4),
                                       outcome("median_of_relapsed", Kind::median_event_time, 4),
                                       outcome("rmst", Kind::restricted_mean, 4),
                                       outcome("hr", Kind::hazard_ratio, 3),
                                       outcome("incidence", Kind::incidence, 4),
                                       outcome("change", Kind::mean_change, 2),
                                       outcome("number", Kind::median_infusions, 0),
                                       outcome("points", Kind::mean_difference, 3),
                                       outcome("d", Kind::effect_size, 3),
                                       outcome("free_competing", Kind::event_free, 4),
                                       outcome("left", Kind::share_dropped_out, 2),
                                       outcome("left_in_time", Kind::incidence, 4),
                                       outcome("trial_hr", Kind::hazard_ratio, 3),
                                       outcome("trial_high", Kind::hazard_ratio, 3),
                                       outcome("power", Kind::log_rank, 3),
                                       outcome("chi_square", Kind::log_rank, 3)};
    expected[0].test.what = What::response;
    expected[0].rating = 6;
    expected[0].among_rated = true;
    expected[1].test.what = What::remission;
    expected[2].other = 3;
    expected[3].time = day(28);
    expected[3].arm = 0;
    expected[4].arm = 1;
    expected[7].time = day(90);
    expected[8].arm = 0;
    expected[8].other_arm = 1;
    expected[9].time = kYear;
    expected[12].arm = expected[13].arm = 0;
    expected[12].other_arm = 1;
    expected[12].rating = 2;
    expected[13].other_arm = 2;
    expected[14].time = day(28);
    expected[14].competing = true;
    expected[16].time = kYear;
    expected[16].of_drop_out = true;
    for (std::size_t i = 17; i <= 20; ++i) {
        expected[i].arm = 0;
        expected[i].other_arm = 1;
        if (i < 20) expected[i].trial = StudyOutcome::Trial{30, 30};
    }
    expected[17].trial->patients = 40;
    expected[18].shows = StudyOutcome::Shows::high;
    expected[19].shows = StudyOutcome::Shows::significant;
    expected.push_back(outcome("stays", Kind::share, 3));
    expected.back().test = {What::remission};
    expected.back().among = StudyOutcome::Among{2, {What::remission, 0, true}, 3};
    expected.push_back(outcome("lasting", Kind::hazard_ratio, 4));
    expected.back().arm = 0;
    expected.back().other_arm = 1;
    expected.back().arms_of = 2;
    expected.back().trial = StudyOutcome::Trial{40, 30};
    const auto outcomes = everything().study.value().outcomes;
    ASSERT_EQ(outcomes.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_EQ(outcomes[i], expected[i]) << expected[i].name;
}

TEST(StudySection, HasTargetsThatNameItsOutcomes) {
    const auto targets = everything().targets;
    ASSERT_EQ(targets.size(), 5u);
    EXPECT_EQ(targets[0].metric, "median");
    EXPECT_EQ(targets[0].lowest, 11);
    EXPECT_EQ(targets[0].highest, 27);
    EXPECT_EQ(targets[0].published.value, std::optional{18.0});
    EXPECT_EQ(targets[1].published.value, std::optional{0.75});
    EXPECT_EQ(targets[2].published.value, std::optional{0.49});
    EXPECT_EQ(targets[3].published.value, std::optional{-15.5});
    EXPECT_EQ(targets[3].lowest, -20);
    EXPECT_FALSE(targets[4].published.value);
    const Published& median = targets[0].published;
    EXPECT_EQ(median.standing, TargetStanding::fitted);
    EXPECT_EQ(median.low, 11);
    EXPECT_EQ(median.high, 27);
    EXPECT_EQ(median.patients, 24u);
    EXPECT_EQ(median.derived, "from the quartiles");
    EXPECT_EQ(median.source, "made up");
    EXPECT_EQ(targets[1].published.standing, TargetStanding::held_out)
        << "unless the file says else";
}

TEST(StudySection, NeedsLittle) {
    const Scenario scenario = must_read(kSmallStudy);
    const Study& study = scenario.study.value();
    EXPECT_EQ(study.patients, 1000u);
    EXPECT_EQ(study.enrolled, (std::vector<Study::Enrolled>{{0, 1}}));
    EXPECT_EQ(study.start, (std::vector<Study::Start>{{0, 1}}));
    EXPECT_EQ(study.scale, Scale{});
    EXPECT_EQ(study.outcomes[0].phase, 0u) << "the only phase need not be named";
    EXPECT_EQ(scenario.replications, 20u);
}

TEST(StudySection, IsReadAgainFromItsOwnResolvedText) {
    for (const Scenario& first : {everything(), screened(), must_read(kSmallStudy)}) {
        const Scenario again = must_read(first.resolved);
        EXPECT_EQ(again.study, first.study);
        EXPECT_EQ(again.model, first.model);
        EXPECT_EQ(again.resolved, first.resolved);
    }
}

TEST(StudySection, HasAFingerprintOfItsProtocolAndOfTheOrderOfItsPhases) {
    const std::string two = replaced(kSmallStudy, "ratings: {after_infusion: 1 day}}\n",
                                     "ratings: {after_infusion: 1 day}, next: {a: response, b: "
                                     "always}}\n    a: {ratings: {at: [1 day]}}\n"
                                     "    b: {ratings: {at: [1 day]}}\n");
    const std::string named = replaced(two, "share: response", "share: response, phase: a");
    EXPECT_NE(
        must_read(named).sha256,
        must_read(replaced(named, "a: response, b: always", "b: response, a: always")).sha256);
    EXPECT_NE(must_read(named).sha256, must_read(replaced(named, "[0]", "[1]")).sha256);
    EXPECT_EQ(must_read(named).sha256, must_read(replaced(named, "[0]", "[0] ")).sha256);
}

TEST(StudySection, TakesOverrides) {
    const Scenario scenario =
        must_read(kSmallStudy, {{"study.patients", "50"}, {"study.scale", "QIDS"}});
    EXPECT_EQ(scenario.study->patients, 50u);
    EXPECT_EQ(scenario.study->scale.name, "QIDS");
}

TEST(RatingTest, IsReadInAllItsForms) {
    const auto test = [](const std::string& text) {
        return must_read(replaced(kSmallStudy, "share: response", "share: " + text))
            .study.value_or(Study{{}, {}, {}, {}, {}, {StudyOutcome{}}})
            .outcomes[0]
            .test;
    };
    EXPECT_EQ(test("worse"), (RatingTest{What::worse}));
    EXPECT_EQ(test("no response"), (RatingTest{What::response, 0, true}));
    EXPECT_EQ(test("no remission at 2 of 5"), (RatingTest{What::remission, 0, true, 2, 5}));
    EXPECT_EQ(test("improvement >= 45 %"), (RatingTest{What::at_least, 0.45}));
    EXPECT_EQ(test("improvement>=0.45"), (RatingTest{What::at_least, 0.45}));
    EXPECT_EQ(test("improvement >= -10 % at 1 of 2"),
              (RatingTest{What::at_least, -0.1, false, 1, 2}));
    EXPECT_EQ(test("always"), RatingTest{});
    for (const std::string wrong :
         {"responds", "no always", "always at 1 of 2", "response at 3 of 2", "response at 0 of 2",
          "response at 2", "improvement > 45 %", "improvement >= 450 %", "no"})
        EXPECT_FALSE(
            read_text(replaced(kSmallStudy, "share: response", "share: " + wrong)).scenario)
            << wrong;
}

TEST(Size, OfAStudyIsItsPatients) {
    const Size size = estimate_size(everything());
    EXPECT_EQ(size.patients, 500);
    EXPECT_EQ(size.events, 500.0 * 40 * 60);
}

}  // namespace
}  // namespace clinicsim
