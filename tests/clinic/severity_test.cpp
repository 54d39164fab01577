// Patients of several conditions and severities in one clinic: each is rated on a scale of its own,
// and severity reaches the course.
#include <cmath>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "symptom_models.hpp"

namespace clinicsim::test {
namespace {

/// Two conditions and two severities; the same course without chance: 0.8 x 2^(-t / 7 days).
Model two_by_two() {
    Model model = one_referred(one_store(), Days{60});
    model.patients.conditions = {{"depression", 1, InductionId{0}, 0},
                                 {"ptsd", 0, InductionId{0}, 0}};
    model.clinic.visits.resize(2);
    model.patients.severities = {{"moderate", 1}, {"severe", 0}};
    const Scale madrs{"MADRS", 32, 60, 0.5, 0.69}, caps{"CAPS-5", 42, 80, 0.3, 0.74};
    model.observation.measures = {{madrs, {0.42, 2}},
                                  {madrs.with_baseline(1.5), {0.42, 2}},
                                  {caps, {0.25, 2}},
                                  {caps.with_baseline(1.5), {0.25, 2}}};
    model.observation.severities = 2;
    return model;
}

Model all_are(Model model, std::size_t condition, std::size_t severity) {
    for (std::size_t i = 0; i < 2; ++i) {
        model.patients.conditions[i].share = i == condition ? 1 : 0;
        model.patients.severities[i].share = i == severity ? 1 : 0;
    }
    return model;
}

TEST(Scales, OfEachConditionSayWhenARelapseBegins) {
    // ratings at 7, 14, 21, ...: 0.4, 0.2, 0.1: under 0.42 from 7 on, under 0.25 from 14 on
    const Model model = two_by_two();
    EXPECT_EQ(told(all_are(model, 0, 0), nothing(), relapses), (Lines{"7d relapse 1"}));
    EXPECT_EQ(told(all_are(model, 1, 0), nothing(), relapses), (Lines{"14d relapse 1"}));
}

TEST(Scales, OfEachConditionSayWhatIsAResponse) {
    Model model = two_by_two();
    model.observation.response_after = Days{8};  // 0.362
    EXPECT_EQ(told(all_are(model, 0, 0), nothing(), care).back(), "8d care ends: pathway");
    EXPECT_EQ(told(all_are(model, 1, 0), nothing(), care).back(), "60d care ends: end of run");
}

TEST(Scales, AskForABoosterByThePatientsOwnResponse) {
    Asking wish = by_score(0.5, 1);
    wish.on_score->by = ScoreRule::By::response;
    const Model model = two_by_two();
    EXPECT_EQ(told(all_are(model, 0, 0), only_rescue(wish), asking).front(), "7d seen, will ask");
    EXPECT_EQ(told(all_are(model, 1, 0), only_rescue(wish), asking).front(), "14d seen, will ask");
}

/// Whether a patient with this much improvement a day after the infusion is in remission.
bool remits(const Model& model) {
    struct Ended final : Sink {
        using Sink::on;
        void on(const InductionEnded& f) override { in_remission = f.in_remission; }
        bool in_remission = false;
    } ended;
    simulate(model, with_pathway(model, nothing()), 0, ended);
    return ended.in_remission;
}

TEST(Severity, RaisesTheImprovementThatRemissionTakes) {
    // 0.725 a day later: over 0.69, and under 1 - 0.31 / 1.5 = 0.793
    const Model model = two_by_two();
    EXPECT_TRUE(remits(all_are(model, 0, 0)));
    EXPECT_FALSE(remits(all_are(model, 0, 1)));
}

TEST(Severity, OfTheMildMakesNoRemissionWithoutAResponse) {
    Model model = two_by_two();
    model.observation.measures[0].scale = model.observation.measures[0].scale.with_baseline(0.5);
    ASSERT_LT(model.observation.measures[0].scale.remission, 0.4);
    model.observation.response_after = Days{6};  // 0.442: over that, and no response
    EXPECT_FALSE(remits(all_are(model, 0, 0)));
    model.observation.response_after = Days{4};  // 0.538
    EXPECT_TRUE(remits(all_are(model, 0, 0)));
}

TEST(Severity, LowersTheCeilingOfThoseWhoHaveItAndOfNobodyElse) {
    // one patient after the other is rated without noise; 0.725 a day later, cut at the ceiling
    Model model = two_by_two();
    model.patients.severities = {{"moderate", 0.5}, {"severe", 0.5}};
    model.patients.severities[1].ceiling_shift = -0.38;  // 0.98 - 0.38 = 0.6
    model.patients.arrivals = RegularArrivals{Days{1}, hours{0}, 40};
    struct Rated1 final : Sink {
        using Sink::on;
        void on(const CourseBegan& f) override {
            Symptoms copy = f.symptoms;
            copy.infuse(f.at);
            levels[f.group.severity].insert(copy.level(f.at));
        }
        std::map<int, std::set<double>> levels;
    } seen;
    simulate(model, with_pathway(model, nothing()), 0, seen);
    EXPECT_EQ(seen.levels[0], (std::set<double>{0.8}));
    ASSERT_EQ(seen.levels[1].size(), 1u);
    EXPECT_DOUBLE_EQ(*seen.levels[1].begin(), 0.6);
}

TEST(Lifestyle, ChangesTheCourseOfThoseWhoHaveTheHabitAndOfNobodyElse) {
    Model model = two_by_two();
    model.patients.lifestyle = {{"exercise", 0.5, 2, 1, 1}, {"alcohol", 0.25, 1, 1, 0.5}};
    model.patients.arrivals = RegularArrivals{Days{1}, hours{0}, 400};
    model.end = kRunStart + Days{500};
    struct Levels final : Sink {
        using Sink::on;
        void on(const CourseBegan& f) override {
            Symptoms copy = f.symptoms;
            copy.infuse(f.at);
            ++levels[std::lround(1000 * copy.level(f.at + Days{14}))];
        }
        std::map<long, int> levels;
    } seen;
    simulate(model, with_pathway(model, nothing()), 0, seen);
    // 14 days later: 0.8 x 1/4, or x 1/2 with twice the half-life; and half of it where the
    // response is halved, so that 0.2 comes about in two ways
    ASSERT_EQ(seen.levels.size(), 3u);
    const auto expect = [&](long level, double share) {
        EXPECT_NEAR(seen.levels[level], 400 * share, 4.8916 * std::sqrt(400 * share * (1 - share)))
            << level;
    };
    expect(400, 0.5 * 0.75);
    expect(200, 0.5 * 0.75 + 0.5 * 0.25);
    expect(100, 0.5 * 0.25);
}

}  // namespace
}  // namespace clinicsim::test
