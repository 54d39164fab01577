// Policies that give a placebo, or nothing: the same visits, a level without the drug.
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "clinicsim/care/study.hpp"
#include "symptom_models.hpp"

namespace clinicsim::test {
namespace {

Policy with(Policy policy, Given induction, Given boosters) {
    policy.gets = {induction, boosters};
    return policy;
}
Policy monthly(Given induction, Given boosters) {
    return with(every(Days{30}, ScheduleClock::reset), induction, boosters);
}
constexpr Given drug = Given::drug, placebo = Given::placebo;

/// Ratings and infusions by patient, and two copies of each course: one infused as is told, one
/// that is left alone from the arrival (or the start of the run) on.
struct Heard final : Sink {
    using Sink::on;
    std::map<PatientId, std::vector<std::pair<Instant, double>>> ratings;
    std::map<PatientId, Symptoms> followed, left_alone;
    int with_drug = 0, without = 0;
    void on(const CourseBegan& f) override {
        followed[f.patient] = f.symptoms;
        left_alone[f.patient] = f.symptoms;
    }
    void on(const InfusionGiven& f) override {
        ++(f.drug ? with_drug : without);
        followed.at(f.patient).infuse(f.at, f.dose, f.drug);
    }
    void on(const Rated& f) override { ratings[f.patient].emplace_back(f.at, f.improvement); }
};
Heard heard(const Model& model, const PolicyModel& policy) {
    Heard all;
    simulate(model, policy, 0, all);
    return all;
}
Heard heard(const Model& model, const Policy& policy) {
    return heard(model, with_pathway(model, policy));
}

TEST(Placebo, OfBoostersHasTheVisitsOfTheDrugToTheTick) {
    Model model = crowd(Days{400});
    model.patients.drop_out.time = Exponential{200 * kDay};
    const auto visited = [&](Given boosters) {
        return test::told(model, with_pathway(model, monthly(drug, boosters)),
                          visits | infusions | care | chairs, true);
    };
    const Lines with_drug = visited(drug);
    EXPECT_GT(with_drug.size(), 1000U);
    EXPECT_EQ(visited(placebo), with_drug);
}

TEST(Placebo, WithoutExpectationLeavesEveryRatingAsItIsWithoutBoostersToTheBit) {
    const Model model = crowd(Days{400});
    const Heard none = heard(model, nothing()), given = heard(model, monthly(drug, placebo));
    EXPECT_GT(given.without, 300);
    EXPECT_GT(given.with_drug, 300) << "inductions";
    EXPECT_GT(none.ratings.size(), 100U);
    EXPECT_TRUE(given.ratings == none.ratings);
    EXPECT_FALSE(heard(model, monthly(drug, drug)).ratings == none.ratings)
        << "the drug does something";
}

TEST(Placebo, FromTheInductionOnIsTheCourseOfWhoIsLeftAloneToTheBit) {
    Model model = crowd(Days{300});
    model.patients.in_care_at_start.patients = 0;
    Heard given = heard(model, monthly(placebo, placebo));
    EXPECT_EQ(given.with_drug, 0);
    EXPECT_GT(given.without, 600);
    EXPECT_TRUE(given.ratings.empty()) << "nobody responds";
    int compared = 0;
    for (auto& [patient, symptoms] : given.followed) {
        const double level = symptoms.level(day(350));
        EXPECT_EQ(level, given.left_alone.at(patient).level(day(350))) << patient;
        ++compared;
    }
    EXPECT_EQ(compared, 150);
    // with expectation it is not
    std::get<SymptomCourse>(model.patients.courses[0].law).expectation = 0.25;
    given = heard(model, monthly(placebo, placebo));
    EXPECT_NE(given.followed.at(140).level(day(290)), given.left_alone.at(140).level(day(290)));
}

TEST(Placebo, FillsTheStoreOfExpectationAlone) {
    // strength 2, half of it expectation: 0.8 of the store is an improvement of 0.8
    SymptomCourse course = one_store(7);
    course.response_mean = 2;
    course.expectation = 0.5;
    const Model model = one_referred(course, Days{22});
    Policy ten_days = with(every(Days{10}, ScheduleClock::reset), placebo, placebo);
    Heard given = heard(model, ten_days);
    const auto left = [](double days) { return std::exp2(-days / 7); };
    const double at_10 = 0.8 * left(10), then = at_10 + 0.8 * (1 - at_10);
    const double at_20 = then * left(10), at_last = at_20 + 0.8 * (1 - at_20);
    ASSERT_EQ(given.ratings.at(0).size(), 3U);
    EXPECT_NEAR(given.ratings.at(0).at(0).second, 0.8 * left(7), 1e-12);
    EXPECT_NEAR(given.ratings.at(0).at(1).second, then * left(4), 1e-12);
    EXPECT_NEAR(given.ratings.at(0).at(2).second, at_last * left(1), 1e-12);
    // the drug's store beside it: what the induction has left fades, and boosters add expectation
    ten_days.gets = {drug, placebo};
    given = heard(model, ten_days);
    EXPECT_NEAR(given.ratings.at(0).at(1).second, 0.8 * left(14) + then * left(4), 1e-12);
}

/// A study's arm and a clinic's policy say the same in two languages.
TEST(Placebo, InAClinicIsThatOfAStudyToTheBit) {
    SymptomCourse course = default_symptom_course();
    course.noise_sd = 0;  // a rating is the level, whenever it is
    course.season = 0;    // and the time of the year says nothing
    course.expectation = 0.9;
    Model model = one_referred(course, Days{150}, 6);
    model.patients.arrivals = ListedArrivals{std::vector<Instant>(200, kRunStart)};
    const Heard clinic = heard(model, monthly(placebo, placebo));

    Study study;
    study.enrolled = {{0, 1}};
    study.start = {{0, 1}};
    StudyPhase& phase = study.phases.emplace_back();
    phase.infusions.emplace();
    for (const int on : {0, 1, 2, 3, 4, 5, 35, 65, 95, 125})
        phase.infusions->at.push_back(Days{on});
    for (int week = 1; week * 7 < 150; ++week)
        phase.ratings.at.push_back(Constant{week * 7 * kDay});
    phase.lasts = Days{150};
    phase.arms = {{"placebo", 1, ArmGets::placebo, false}};
    std::size_t compared = 0;
    for (const auto& [patient, ratings] : clinic.ratings) {
        const auto record =
            follow(study, model.patients.courses, model.seed, 0, patient, model.dates)
                .phases.front();
        ASSERT_EQ(record.ratings.size(), 21U);
        ASSERT_EQ(ratings.size(), 21U);
        for (std::size_t week = 0; week < ratings.size(); ++week, ++compared)
            EXPECT_EQ(ratings[week].second, record.ratings[week]) << patient << ' ' << week;
    }
    EXPECT_GT(compared, 1000U) << "enough of them respond to it";
    phase.arms[0].gets = ArmGets::as_written;
    const PatientId first = clinic.ratings.begin()->first;
    EXPECT_NE(clinic.ratings.begin()->second.at(3).second,
              follow(study, model.patients.courses, model.seed, 0, first, model.dates)
                  .phases.front()
                  .ratings.at(3));
}

TEST(NothingGiven, MeansThatNobodyComesAndThoseInCareGetNoBoosters) {
    Model model = crowd(Days{200});
    Policy untreated;
    untreated.treats = false;
    PolicyModel policy = with_pathway(model, untreated);
    policy.pathways = {pathway_without_treatment(true)};
    EXPECT_TRUE(test::told(model, policy, visits | infusions | inductions | bookings).size() == 60U)
        << "60 responses of patients in care at the start, and nothing else";
    Heard alone = heard(model, policy);
    EXPECT_EQ(alone.followed.size(), 60U + 100U) << "who is referred has a course all the same";
    // patients in care have the ratings of those without boosters
    const Heard none = heard(model, nothing());
    int compared = 0;
    for (const auto& [patient, ratings] : alone.ratings) {
        EXPECT_EQ(ratings, none.ratings.at(patient));
        ++compared;
    }
    EXPECT_EQ(compared, 60);
    // and without them nobody is ever in care
    model.patients.in_care_at_start.patients = 0;
    policy.pathways = {pathway_without_treatment(false)};
    EXPECT_EQ(faults(policy.pathways[0]).size(), 0U);
    const Lines told = test::told(model, policy, care);
    EXPECT_EQ(told.size(), 200U);
    EXPECT_EQ(told.at(1), "0d 01:00 care ends: pathway, never began");
}

}  // namespace
}  // namespace clinicsim::test
