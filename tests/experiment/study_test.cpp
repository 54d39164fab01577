// The outcomes of a study, by hand: courses without chance, of which it is known when who has the
// event, so that only the numbers of patients are drawn.
#include "clinicsim/experiment/study.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "../../sim/experiment/study_readings.hpp"
#include "relapsing_study.hpp"

namespace clinicsim {
namespace {

StudyOutcome share_of(RatingTest::What what, std::uint32_t rating = 0) {
    StudyOutcome one = outcome(StudyOutcome::Kind::share);
    one.test.what = what;
    one.rating = rating;
    return one;
}

/// What one outcome is in replication 0.
MetricSample read(Scenario scenario, const StudyOutcome& one) {
    scenario.study->outcomes = {one};
    return outcomes_of(*scenario.study, scenario.model.patients.courses, scenario.model.seed, 0,
                       scenario.model.dates)
        .at(0);
}
double value(const Scenario& scenario, const StudyOutcome& one) {
    const MetricSample sample = read(scenario, one);
    EXPECT_TRUE(sample.exists);
    return sample.value().value_or(std::numeric_limits<double>::quiet_NaN());
}

using Kind = StudyOutcome::Kind;
using What = RatingTest::What;

TEST(Outcomes, OfTheEventAreArithmeticOfWhoHasIt) {
    const Scenario scenario = relapsing();
    const MetricSample event = read(scenario, outcome(Kind::share_with_event));
    const double n = 400, a = event.numerator, b = n - a;
    EXPECT_EQ(event.denominator, n);
    EXPECT_GT(a, 60);
    EXPECT_LT(a, 140);
    EXPECT_EQ(value(scenario, outcome(Kind::event_free, Days{13})), 1);
    EXPECT_DOUBLE_EQ(value(scenario, outcome(Kind::event_free, Days{14})), b / n);
    EXPECT_DOUBLE_EQ(value(scenario, outcome(Kind::incidence, Days{14})), a / n);
    EXPECT_EQ(value(scenario, outcome(Kind::incidence, Days{13})), 0);
    EXPECT_DOUBLE_EQ(value(scenario, outcome(Kind::restricted_mean, Days{21})),
                     (14 * a + 21 * b) / n);
    EXPECT_EQ(value(scenario, outcome(Kind::median_event_time)), 14);
    EXPECT_FALSE(read(scenario, outcome(Kind::median_time)).exists) << "most never have it";
}

TEST(Outcomes, AShareMayBeOfThoseWithAnotherRating) {
    Scenario scenario = relapsing();
    const double a = read(scenario, outcome(Kind::share_with_event)).numerator, b = 400 - a;
    constexpr std::pair kNobody{0.0, 0.0};
    // who has the event has 0.4 and 0.2, the others 0.746, 0.696, 0.650, 0.606
    const auto of = [&](RatingTest test, std::uint32_t rating, RatingTest with,
                        std::uint32_t with_rating, std::size_t phase = 0) {
        StudyOutcome one = share_of(test.what, rating);
        one.test.negated = test.negated;
        one.among = StudyOutcome::Among{phase, with, with_rating};
        const MetricSample sample = read(scenario, one);
        return sample.exists ? std::pair{sample.numerator, sample.denominator} : kNobody;
    };
    const RatingTest response{What::response}, remission{What::remission};
    const RatingTest none{What::response, 0, true};
    EXPECT_EQ(of(remission, 2, response, 1), (std::pair{b, b}));
    EXPECT_EQ(of(remission, 3, response, 1), (std::pair{0.0, b}));
    EXPECT_EQ(of(none, 1, none, 2), (std::pair{a, a}));
    EXPECT_EQ(of(response, 1, none, 2), (std::pair{0.0, a}));
    EXPECT_EQ(of(response, 3, none, 1), (std::pair{0.0, a})) << "who has no third rating counts";
    EXPECT_EQ(of(response, 1, none, 3), kNobody) << "but is not among those with one";
    // of another phase, which not everybody comes to
    phase_of(scenario).next = {{1, remission}, {1, {What::at_least, 0.6}}};
    StudyPhase later;
    later.name = "later";
    later.ratings.at = {days(1), days(50)};  // 0.600, 0.370
    scenario.study->phases.push_back(later);
    EXPECT_EQ(of(remission, 1, response, 1, 1), (std::pair{b, b}));
    EXPECT_EQ(of(remission, 1, response, 2, 1), kNobody);
    EXPECT_EQ(of(remission, 3, none, 2, 1), (std::pair{0.0, b}));
    StudyOutcome one = share_of(What::remission, 2);
    one.among = StudyOutcome::Among{1, none, 2};
    EXPECT_EQ(definition_of(*scenario.study, one),
              "Of who entered follow-up and had no response at rating 2 of later, those with "
              "remission at rating 2.");
}

TEST(Outcomes, CompareArmsThatDifferInTheirInfusionsAlone) {
    Scenario scenario = relapsing();
    scenario.study->enrolled = {{0, 1}};
    phase_of(scenario).arms = {{"once", 0.5}, {"weekly", 0.5}};
    phase_of(scenario).arms[1].infusions.emplace().every = Days{7};
    // once: 0.4, 0.2 and the event on day 14; weekly: 0.4, 0.44, 0.444, 0.4444
    const auto of = [&](StudyOutcome one, std::size_t arm, std::optional<std::size_t> other = {}) {
        one.arm = arm;
        one.other_arm = other;
        return value(scenario, one);
    };
    EXPECT_EQ(of(outcome(Kind::share_with_event), 0), 1);
    EXPECT_EQ(of(outcome(Kind::share_with_event), 1), 0);
    EXPECT_EQ(of(outcome(Kind::event_free, Days{14}), 0), 0);
    EXPECT_EQ(of(outcome(Kind::event_free, Days{28}), 1), 1);
    EXPECT_EQ(of(outcome(Kind::median_time), 0), 14);
    StudyOutcome points = outcome(Kind::mean_difference);
    points.rating = 1;
    EXPECT_NEAR(of(points, 1, 0), 0, 1e-9);
    points.rating = 2;
    EXPECT_NEAR(of(points, 1, 0), -0.24 * scenario.study->scale.baseline, 1e-9);
    // all events of one arm at one instant: by hand, chi-square is one less than the patients
    EXPECT_NEAR(of(outcome(Kind::log_rank), 1, 0), 399, 1e-9);
    StudyOutcome power = outcome(Kind::log_rank);
    power.shows = StudyOutcome::Shows::significant;
    power.trial = StudyOutcome::Trial{10, 10};
    EXPECT_EQ(of(power, 1, 0), 1);
    phase_of(scenario).arms[1].infusions.reset();
    EXPECT_EQ(of(power, 1, 0), 0) << "and nothing where both do the same";
}

TEST(Outcomes, ALaterPhaseMayBeComparedByTheArmsBeforeIt) {
    Scenario scenario = relapsing();
    scenario.study->enrolled = {{0, 1}};
    StudyPhase treatment;
    treatment.name = "treatment";
    treatment.infusions.emplace().at = {Days{0}};
    treatment.lasts = Days{28};
    treatment.arms = {{"once", 0.5}, {"twice", 0.5}};
    treatment.arms[1].infusions.emplace().at = {Days{0}, Days{27}};
    treatment.next = {{1, {}}};
    StudyPhase follow_up = phase_of(scenario);
    follow_up.infusions.reset();
    follow_up.arms = {{"left", 0.5}, {"right", 0.5}};
    scenario.study->phases = {treatment, follow_up};
    // 0.8 on day 0 is 0.025 a week into the follow-up; 0.8 on day 27 is 0.37, then 0.18
    const auto of = [&](StudyOutcome one, std::size_t arm, std::optional<std::size_t> arms_of) {
        one.phase = 1;
        one.arm = arm;
        one.other_arm = 1 - arm;
        one.arms_of = arms_of;
        return read(scenario, one);
    };
    const StudyOutcome free = outcome(Kind::event_free, Days{7});
    EXPECT_EQ(of(free, 0, 0).value(), 0);
    EXPECT_EQ(of(free, 1, 0).value(), 1);
    const double of_left = of(free, 0, std::nullopt).value().value();
    EXPECT_GT(of_left, 0.3) << "its own arms are of both";
    EXPECT_LT(of_left, 0.7);
    EXPECT_EQ(of(outcome(Kind::median_time), 0, 0).value(), 7);
    EXPECT_EQ(of(outcome(Kind::median_time), 1, 0).value(), 14);
    const double once = of(share_of(What::worse), 0, 0).denominator;
    EXPECT_EQ(once + of(share_of(What::worse), 1, 0).denominator, 400);
    StudyOutcome one = free;
    one.phase = 1;
    one.arm = one.arms_of = 0;
    EXPECT_EQ(definition_of(*scenario.study, one),
              "Event-free after 7 days of follow-up (once of treatment) (Kaplan-Meier).");
}

TEST(Outcomes, TheMedianTimeExistsWhereHalfHaveTheEvent) {
    Scenario scenario = relapsing();
    scenario.study->enrolled = {{0, 0.75}, {1, 0.25}};
    EXPECT_EQ(value(scenario, outcome(Kind::median_time)), 14);
    phase_of(scenario).event->below = 0.05 + 1e-9;  // 0.4, 0.2, 0.1, 0.05
    EXPECT_EQ(value(scenario, outcome(Kind::median_time)), 28);
    phase_of(scenario).event->below = 0;
    EXPECT_FALSE(read(scenario, outcome(Kind::median_event_time)).exists);
}

TEST(Outcomes, OfRatingsAreOfWhoEnteredOrOfWhoWasRated) {
    const Scenario scenario = relapsing();
    const double a = read(scenario, outcome(Kind::share_with_event)).numerator, b = 400 - a;
    EXPECT_DOUBLE_EQ(value(scenario, share_of(What::response, 1)), b / 400);
    EXPECT_DOUBLE_EQ(value(scenario, share_of(What::remission, 2)), b / 400);  // 0.696
    EXPECT_EQ(value(scenario, share_of(What::remission, 3)), 0);               // 0.650
    EXPECT_DOUBLE_EQ(value(scenario, share_of(What::response)), b / 400) << "the last";
    EXPECT_EQ(value(scenario, share_of(What::worse, 1)), 0);
    StudyOutcome third = share_of(What::response, 3);  // who had the event has two ratings
    EXPECT_EQ(read(scenario, third).denominator, 400);
    third.among_rated = true;
    EXPECT_EQ(read(scenario, third).denominator, b);
    EXPECT_EQ(value(scenario, third), 1);
    StudyOutcome none = share_of(What::response, 1);
    none.test.negated = true;
    EXPECT_DOUBLE_EQ(value(scenario, none), a / 400);
    EXPECT_FALSE(read(scenario,
                      [&] {
                          StudyOutcome ninth = third;
                          ninth.rating = 9;
                          return ninth;
                      }())
                     .exists)
        << "nobody has nine";
}

TEST(Outcomes, SeveralRatingsAreThoseUpToTheOneThatIsNamed) {
    const Scenario scenario = relapsing();
    const double b = 400 - read(scenario, outcome(Kind::share_with_event)).numerator;
    StudyOutcome two = share_of(What::remission, 2);  // 0.746, 0.696
    two.test.hits = two.test.of = 2;
    EXPECT_DOUBLE_EQ(value(scenario, two), b / 400);
    two.rating = 3;  // 0.696, 0.650
    EXPECT_EQ(value(scenario, two), 0);
    two.test.hits = 1;
    EXPECT_DOUBLE_EQ(value(scenario, two), b / 400);
    two.rating = 4;
    EXPECT_EQ(value(scenario, two), 0);
}

TEST(Outcomes, WhoDroppedOutIsNoResponderAtTheEnd) {
    Scenario scenario = relapsing();
    scenario.study->enrolled = {{1, 1}};
    phase_of(scenario).event.reset();
    phase_of(scenario).drop_out = Uniform{0, 56 * kDay};  // half of them within the four weeks
    StudyOutcome last = share_of(What::response);
    const MetricSample all = read(scenario, last);
    EXPECT_EQ(all.denominator, 400);
    EXPECT_NEAR(all.numerator, 200, 4.8916 * 10);
    last.among_rated = true;
    EXPECT_EQ(value(scenario, last), 1) << "of who stayed, everybody";
    EXPECT_EQ(value(scenario, share_of(What::response, 1)), 1) << "a rating made is one";
}

TEST(Outcomes, MeanChangeIsInPointsOfTheScale) {
    Scenario scenario = relapsing();
    scenario.study->scale.baseline = 30;
    scenario.study->enrolled = {{0, 1}};
    StudyOutcome change = outcome(Kind::mean_change);
    change.rating = 1;
    EXPECT_NEAR(value(scenario, change), -30 * 0.4, 1e-9);
    change.rating = 0;
    EXPECT_NEAR(value(scenario, change), -30 * 0.2, 1e-9);
    EXPECT_EQ(read(scenario, change).denominator, 400);
}

TEST(Outcomes, DifferencesAreOfTheFirstArmAgainstTheOther) {
    Scenario scenario = relapsing();
    scenario.study->scale.baseline = 30;
    scenario.study->enrolled = {{0, 0.5}, {1, 0.5}};  // improvements of 0.4 and more at first
    StudyPhase& phase = phase_of(scenario);
    phase.event.reset();
    phase.arms = {{"drug", 0.5, ArmGets::as_written}, {"placebo", 0.5, ArmGets::placebo}};
    StudyOutcome points = outcome(Kind::mean_difference), sd = outcome(Kind::effect_size);
    points.rating = sd.rating = 1;
    points.arm = sd.arm = 0;
    points.other_arm = sd.other_arm = 1;
    StudyOutcome drug = outcome(Kind::mean_change);
    drug.rating = 1;
    drug.arm = 0;
    EXPECT_NEAR(value(scenario, points), value(scenario, drug), 1e-9) << "placebo stays at 0";
    EXPECT_LT(value(scenario, points), 0) << "lower scores are better";
    EXPECT_GT(value(scenario, sd), 0) << "and an effect over 0 is better";
    std::swap(points.arm, points.other_arm);
    EXPECT_NEAR(value(scenario, points), -value(scenario, drug), 1e-9);
    scenario.study->enrolled = {{0, 1}};
    EXPECT_FALSE(read(scenario, sd).exists) << "all are alike: no sd to divide by";
}

TEST(Outcomes, InfusionsAreCountedOfWhoReachedTheGoal) {
    Scenario scenario = relapsing();
    scenario.study->enrolled = {{0, 1}};
    StudyPhase& phase = phase_of(scenario);
    phase.event.reset();
    phase.lasts = Duration{};
    phase.ratings = {};
    phase.ratings.after_infusion = Days{1};
    phase.infusions = StudyInfusions{};
    phase.infusions->every = Days{1};
    phase.infusions->most = 3;
    phase.infusions->dose = 0.5;  // 0.36, 0.56, 0.67 a day after each
    phase.until = RatingTest{What::response, 0, false, 1, 1};
    EXPECT_EQ(value(scenario, outcome(Kind::median_infusions)), 2);
    phase.until = RatingTest{What::at_least, 0.6, false, 1, 1};
    EXPECT_EQ(value(scenario, outcome(Kind::median_infusions)), 3);
    phase.until = RatingTest{What::at_least, 0.9, false, 1, 1};
    EXPECT_FALSE(read(scenario, outcome(Kind::median_infusions)).exists);
}

TEST(Outcomes, SayWhereNobodyIsEnrolled) {
    Scenario scenario = relapsing(3);
    scenario.study->screening.at_least = scenario.study->scale.baseline + 1;
    for (const Kind kind : {Kind::share, Kind::median_time, Kind::share_with_event}) {
        scenario.study->outcomes = {outcome(kind)};
        const OutcomeResult row = run_study(scenario, {.threads = 1}).outcomes.at(0);
        EXPECT_FALSE(row.estimate.mean);
        EXPECT_EQ(row.note, "there is nobody to read it off");
    }
    scenario.study->screening.at_least.reset();
    EXPECT_EQ(run_study(scenario, {.threads = 1}).outcomes.at(0).note, "");
}

TEST(Outcomes, TheMedianNumberOfInfusionsIsOfAllReplicationsTogether) {
    // medians of 1, 1 and 3 by themselves, with a mean of 1.7; of all 13 patients it is 2
    const auto reading = [](std::vector<double> numbers) {
        Reading one;
        for (const double number : numbers) one.patients.push_back({number, 1});
        return one;
    };
    const std::vector<Reading> readings{reading({1, 1, 1, 2, 2}), reading({1, 1, 2}),
                                        reading({2, 3, 3, 3, 3})};
    EXPECT_EQ(estimate_of(outcome(Kind::median_infusions), readings).mean, 2);
}

TEST(Outcomes, OfAnArmAreOfItsPatientsAndGoingOnIsOfWhoEntered) {
    Scenario scenario = relapsing();
    StudyPhase& phase = phase_of(scenario);
    phase.arms = {{"drug", 0.5, ArmGets::as_written}, {"placebo", 0.5, ArmGets::placebo}};
    phase.event.reset();
    phase.next = {{1, RatingTest{What::response, 0, false, 1, 1}}};
    StudyPhase then;
    then.name = "then";
    then.ratings.at = {days(1)};
    scenario.study->phases.push_back(then);
    StudyOutcome response = share_of(What::response, 1), on = outcome(Kind::share_going_on);
    on.other = 1;
    const MetricSample both = read(scenario, response);
    response.arm = on.arm = 0;
    const MetricSample drug = read(scenario, response);
    EXPECT_EQ(drug.numerator, both.numerator) << "nobody responds to placebo";
    EXPECT_NEAR(drug.denominator, 200, 4.8916 * 10);
    EXPECT_EQ(read(scenario, on), drug);
    response.arm = on.arm = 1;
    EXPECT_EQ(read(scenario, response).numerator, 0);
    EXPECT_EQ(read(scenario, on).numerator, 0);
    StudyOutcome later = share_of(What::response, 1);
    later.phase = 1;
    EXPECT_EQ(read(scenario, later).denominator, both.numerator) << "who went on";
}

TEST(Outcomes, TheHazardRatioIsThatOfTheFirstArm) {
    Scenario scenario = relapsing();
    scenario.study->enrolled = {{1, 1}};
    StudyPhase& phase = phase_of(scenario);
    phase.lasts = Days{70};
    phase.ratings.every = Uniform{5 * kDay, 9 * kDay};
    phase.arms = {{"drug", 0.5, ArmGets::as_written}, {"placebo", 0.5, ArmGets::placebo}};
    phase.event = ScoreRule{0.6, 1};  // after some 29 days, placebo at the first rating
    StudyOutcome ratio = outcome(Kind::hazard_ratio);
    ratio.arm = 1;
    ratio.other_arm = 0;
    EXPECT_FALSE(read(scenario, ratio).exists) << "all of one arm before all of the other";
    // one patient in five has none of the drug's effect: a short course
    scenario.study->enrolled = {{0, 0.2}, {1, 0.8}};
    const double of_placebo = value(scenario, ratio);
    std::swap(ratio.arm, ratio.other_arm);
    EXPECT_GT(of_placebo, 3);
    EXPECT_NEAR(value(scenario, ratio), 1 / of_placebo, 1e-6);
}

TEST(Outcomes, DropOutCompetesAndIsNoCensoring) {
    Scenario scenario = relapsing();
    scenario.study->enrolled = {{0, 1}};  // everybody who is still there has the event on day 14
    phase_of(scenario).drop_out = Uniform{0, 14 * kDay};  // half leave on day 7
    const double events = value(scenario, outcome(Kind::share_with_event));
    EXPECT_NEAR(events, 0.5, 4.8916 * 0.025);
    EXPECT_DOUBLE_EQ(value(scenario, outcome(Kind::incidence, Days{20})), events);
    EXPECT_EQ(value(scenario, outcome(Kind::event_free, Days{20})), 0) << "Kaplan-Meier";
    // of who is censored nothing is known: then all count as having it in the end
    phase_of(scenario).censored = phase_of(scenario).drop_out;
    phase_of(scenario).drop_out.reset();
    EXPECT_DOUBLE_EQ(value(scenario, outcome(Kind::incidence, Days{20})), 1);
}

TEST(Outcomes, HaveOneSentenceEach) {
    Scenario scenario = relapsing();
    phase_of(scenario).arms = {{"drug", 0.5, ArmGets::as_written},
                               {"placebo", 0.5, ArmGets::placebo}};
    StudyOutcome ratio = outcome(Kind::hazard_ratio);
    ratio.arm = 0, ratio.other_arm = 1;
    EXPECT_EQ(definition_of(*scenario.study, ratio),
              "Hazard of the event in follow-up (drug) against placebo (Cox; all replications' "
              "patients together).");
    EXPECT_EQ(definition_of(*scenario.study, share_of(What::remission, 6)),
              "Of who entered follow-up, those with remission at rating 6.");
    EXPECT_EQ(definition_of(*scenario.study, outcome(Kind::incidence, Days{90})),
              "Share with the event after 90 days of follow-up, drop-out competing "
              "(Aalen-Johansen).");
}

}  // namespace
}  // namespace clinicsim
