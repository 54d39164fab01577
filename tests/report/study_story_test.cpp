// A patient of a study in words: a course without chance, so that every line is known.
#include "clinicsim/report/study_story.hpp"

#include <gtest/gtest.h>

#include "one_store.hpp"

namespace clinicsim::report {
namespace {

constexpr double kDay = 86'400'000;

/// 0.8 after an infusion, half of it after a week.
const std::vector<Course> kCourses{{"washout", one_store(), {}}};

/// An infusion, and boosters for who responds: after a week again, or a placebo then.
Study boosters() {
    Study study;
    study.enrolled = {{0, 1}};
    study.start = {{0, 1}};
    study.scale = Scale{"MADRS", 40, 60, 0.5, 0.7};
    study.phases.resize(2);
    StudyPhase& first = study.phases[0];
    first.name = "induction";
    first.infusions.emplace().at = {Duration{}};
    first.ratings.at = {Constant{kDay}};
    first.next = {{1, {RatingTest::What::response}}};
    StudyPhase& then = study.phases[1];
    then.name = "boosters";
    then.infusions.emplace().at = {Days{6}};
    then.infusions->dose = 0.5;
    then.ratings.every = Constant{7 * kDay};
    then.lasts = Days{21};
    then.event = ScoreRule{0.25, 1};
    then.arms = {
        {"booster", 0.5}, {"placebo", 0.5, ArmGets::placebo}, {"stop", 0, ArmGets::nothing}};
    return study;
}

NamedTrack told(const Study& study, std::optional<std::size_t> arm) {
    const Dates dates{Date{std::chrono::year{2026} / 1 / 1}};
    return study_track("name", study, kCourses, tell(study, kCourses, 1, 0, 0, dates, {{}, arm}));
}
/// All that is said, a line for each instant.
std::vector<std::string> words(const NamedTrack& track) {
    std::vector<std::string> lines;
    for (const auto& moment : track.moments) {
        auto& line = lines.emplace_back();
        for (const std::string& event : moment.events) line += (line.empty() ? "" : "; ") + event;
    }
    return lines;
}

TEST(StudyStory, TellsScreeningPhasesInfusionsRatingsAndTheEnd) {
    const NamedTrack drug = told(boosters(), 0);
    EXPECT_EQ(words(drug),
              (std::vector<std::string>{
                  "screened: MADRS 40.0, course washout; enrolled; day 0: induction begins; "
                  "infusion 1 is given",
                  "MADRS 11.0, remission; induction ends; day 1: boosters begins, arm booster",
                  "infusion 2 is given, dose 50 %",
                  "MADRS 16.8, response",
                  "MADRS 28.4",
                  "MADRS 34.2; relapse 1, counted on day 21 of boosters",
              }));
    EXPECT_EQ(drug.infusions, 2U);
    EXPECT_EQ(drug.relapses, 1U);
    ASSERT_EQ(drug.moments.size(), 6U);
    // 0.4, of which half a dose makes 0.4 + 0.6 x 0.4; a day later 0.58, which is a score of 16.8
    EXPECT_NEAR(drug.moments[2].level.value(), 0.4, 1e-12) << "just before the second one";
    EXPECT_FALSE(drug.moments[2].rating);
    EXPECT_NEAR(drug.moments[1].rating.value(), 0.8 * std::exp2(-1.0 / 7), 1e-12);

    const auto placebo = words(told(boosters(), 1)), stop = words(told(boosters(), 2));
    EXPECT_EQ(placebo.at(2), "infusion 2 is given, dose 50 %, without the drug");
    EXPECT_EQ(placebo.back(), "MADRS 32.8; relapse 1, counted on day 14 of boosters");
    EXPECT_EQ(stop.at(2), "a visit; this arm gets nothing");
}

TEST(StudyStory, SaysWhoIsNotEnrolledAndWhoLeaves) {
    Study study = boosters();
    study.screening.at_least = 41;
    EXPECT_EQ(words(told(study, 0)),
              std::vector<std::string>{
                  "screened: MADRS 40.0, course washout; not enrolled because of the score"});
    study = boosters();
    study.phases[0].infusions->at.clear();
    study.phases[0].infusions->every = Days{2};
    study.phases[0].infusions->spaced =
        StudyInfusions::Spaced{Days{4}, Duration{}, {RatingTest::What::response}};
    study.phases[0].lasts = Days{3};
    EXPECT_EQ(words(told(study, 0)).at(2), "a visit without an infusion: they are spaced");
    study = boosters();
    study.phases[1].event.reset();
    EXPECT_EQ(words(told(study, 0)).back(), "MADRS 34.2; boosters ends");
    study.phases[1].until = RatingTest{RatingTest::What::response, 0, true};
    EXPECT_EQ(words(told(study, 0)).back(),
              "MADRS 28.4; boosters ends: what it waited for is reached");
    study.phases[1].drop_out = Constant{kDay};
    EXPECT_EQ(words(told(study, 0)).back(), "MADRS 16.8, response; drops out of boosters");
    study.phases[1].drop_out.reset();
    study.phases[1].censored = Constant{kDay};
    EXPECT_EQ(words(told(study, 0)).back(),
              "MADRS 16.8, response; boosters is followed until here: nothing is known of later");
}

TEST(StudyStory, OfOneArmStandsAloneAndOfTwoUntilTheyPart) {
    const Dates dates{Date{std::chrono::year{2026} / 1 / 1}};
    const NamedTrack drug = told(boosters(), 0), placebo = told(boosters(), 1);
    const std::string alone = patients_side_by_side({drug}, dates, {100, false, false});
    EXPECT_EQ(alone.find("differs"), std::string::npos) << alone;
    EXPECT_NE(alone.find("name: 2 infusions, 1 relapse\n"), std::string::npos) << alone;
    EXPECT_EQ(first_difference({drug, placebo}), drug.moments.at(1).at) << "in the arm";
    EXPECT_NE(patients_side_by_side({drug, placebo}, dates, {100, false, false}).find("until here"),
              std::string::npos);
    Study at_once = boosters();
    at_once.start = {{1, 1}};
    EXPECT_EQ(
        patients_side_by_side({told(at_once, 0), told(at_once, 1)}, dates, {100, false, false})
            .find("until here"),
        std::string::npos)
        << "nothing is the same before the first line";
    EXPECT_EQ(first_difference({drug, drug}), std::nullopt);
}

}  // namespace
}  // namespace clinicsim::report
