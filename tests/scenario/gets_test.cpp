// What policies and courses give, as values: the drug, a placebo or nothing; infusions or nasal
// doses.
#include "clinicsim/care/symptom_defaults.hpp"
#include "scenario_text.hpp"

namespace clinicsim {
namespace {

const std::string kPolicies = "  monthly: {every: 30 days, clock: reset}\n";
Scenario with(const std::string& more, const std::string& symptom = "") {
    return must_read(replaced(
        replaced(kSmall, "{renewal: {responds: 60 %, relapse: {exponential: {mean: 60 days}}}}",
                 "{symptom: {" + symptom + "}}"),
        kPolicies, kPolicies + more));
}
const Policy& policy_of(const Scenario& scenario, std::size_t at) {
    return scenario.policies.at(at).choice.policies.front();
}

TEST(Gets, IsTheDrugWhereNothingIsSaid) {
    const Scenario scenario = with("");
    EXPECT_EQ(policy_of(scenario, 0).gets, Gets{});
    EXPECT_TRUE(policy_of(scenario, 0).treats);
    EXPECT_FALSE(scenario.model.follows_everybody);
}

TEST(Gets, ANameGoesForAllVisitsAndAMapForEachKind) {
    const Scenario scenario = with(
        "  all: {extends: monthly, gets: placebo}\n"
        "  boosters: {when: relapse, gets: {boosters: placebo}}\n"
        "  induction: {gets: {induction: placebo}}\n"
        "  both: {from: 3 weeks, to: 5 weeks, by: 1 week, gets: drug}\n");
    const auto drug = Given::drug, placebo = Given::placebo;
    EXPECT_EQ(policy_of(scenario, 1).gets, (Gets{placebo, placebo}));
    EXPECT_EQ(policy_of(scenario, 1).schedule, policy_of(scenario, 0).schedule);
    EXPECT_EQ(policy_of(scenario, 2).gets, (Gets{drug, placebo}));
    EXPECT_EQ(policy_of(scenario, 3).gets, (Gets{placebo, drug}));
    EXPECT_EQ(policy_of(scenario, 4).gets, Gets{});
    for (std::size_t i = 0; i < 5; ++i) EXPECT_TRUE(policy_of(scenario, i).treats) << i;
    EXPECT_TRUE(scenario.model.follows_everybody);
}

TEST(Gets, NothingLeadsFromTheReferralOutOfCare) {
    const Scenario scenario = with("  nobody: {gets: nothing}\n");
    EXPECT_FALSE(policy_of(scenario, 1).treats);
    EXPECT_TRUE(scenario.model.follows_everybody);
    const Pathway& pathway = scenario.policies[1].pathways.at(0);
    EXPECT_EQ(pathway, pathway_without_treatment(false));
    EXPECT_EQ(pathway[pathway[0].ways.at(0).to].kind, StageKind::exit);
    EXPECT_EQ(scenario.policies[0].pathways.at(0).size(), 4u) << "of the others it is their own";
}

TEST(Gets, NothingPassesByAPathwayOfOnesOwnAndLeavesThoseInCareWhereTheyAre) {
    const std::string text = replaced(
        replaced(
            replaced(kSmall, "{renewal: {responds: 60 %, relapse: {exponential: {mean: 60 days}}}}",
                     "{symptom: {}}"),
            kPolicies, kPolicies + "  nobody: {gets: nothing}\n"),
        "patients:\n",
        "pathway:\n  screening: {to: {induction: 100 %}}\n"
        "  induction: {to: {boosters: 100 %}}\n  boosters: {to: {}}\n"
        "patients:\n  in_care_at_start: {patients: 9, last_infusion: at_start}\n");
    const Scenario scenario = must_read(text);
    EXPECT_EQ(scenario.policies.at(1).pathways.at(0), pathway_without_treatment(true));
    EXPECT_TRUE(scenario.policies.at(1).pathways.at(0).first_boosters());
    EXPECT_EQ(scenario.policies.at(0).pathways.at(0)[1].name, "screening");
}

TEST(Gets, IsKnownToExplain) {
    for (const char* key : {"policies.x.gets", "policies.x.gets.boosters",
                            "courses.x.symptom.doses", "courses.x.symptom.nasal_dose"})
        EXPECT_TRUE(explain(key).known) << key;
    EXPECT_NE(explain("courses.x.symptom.nasal_dose")
                  .text.find("fitted; 95 % of the sets that fit: "
                             "42 % to 99 %"),
              std::string::npos)
        << explain("courses.x.symptom.nasal_dose").text;
}

TEST(NasalDoses, OfAClinicAreWhatTheCourseSays) {
    const auto course_of = [](const Scenario& scenario) {
        return *scenario.model.patients.courses.at(0).symptom(0);
    };
    EXPECT_EQ(course_of(with("")).dose_of_visit(), 1);
    EXPECT_EQ(course_of(with("", "nasal_dose: 60 %")).dose_of_visit(), 1);
    EXPECT_EQ(course_of(with("", "doses: nasal, nasal_dose: 60 %")).dose_of_visit(), 0.6);
    EXPECT_EQ(course_of(with("", "doses: nasal")).dose_of_visit(),
              default_symptom_course().nasal_dose);
}

TEST(NasalDoses, OfAStudyAreSaidAtItsInfusions) {
    const std::string study =
        "clinicsim: 1\ntitle: Nasal\nrun: {seed: 1}\ncourses: {usual: {symptom: {}}}\nstudy:\n"
        "  course: usual\n  phases: {one: {infusions: {days: [0], dose: nasal}, "
        "ratings: {at: [1 day]}}}\n  outcomes: {responded: {share: response}}\n";
    const StudyInfusions infusions = must_read(study).study->phases.at(0).infusions.value();
    EXPECT_TRUE(infusions.nasal);
    SymptomCourse course;
    course.nasal_dose = 0.4;
    EXPECT_EQ(infusions.dose_in(course), 0.4);
    const StudyInfusions half = must_read(replaced(study, "dose: nasal", "dose: 50 %"))
                                    .study->phases.at(0)
                                    .infusions.value();
    EXPECT_FALSE(half.nasal);
    EXPECT_EQ(half.dose_in(course), 0.5);
}

}  // namespace
}  // namespace clinicsim
