// The rows: every example loads and comes back as what it names, every row is met by some scenario,
// and every key is explained.
#include <filesystem>
#include <set>

#include "../../sim/scenario/distribution_rows.hpp"
#include "../../sim/scenario/policy_rows.hpp"
#include "../../sim/scenario/read_scenario.hpp"
#include "scenario_text.hpp"

namespace clinicsim::reading {
namespace {

namespace fs = std::filesystem;

TEST(PolicyRow, HasAnExampleThatLoadsAsWhatItNames) {
    for (const PolicyRow& row : policy_rows()) {
        const Scenario scenario = must_read(
            kSmall + "  as_needed: {when: relapse}\n  example: " + std::string{row.example} + "\n");
        EXPECT_EQ(kind_of(scenario.policies.back().choice), row.name);
    }
}

TEST(PolicyRow, NamesKeysThatHaveRows) {
    for (const PolicyRow& row : policy_rows())
        for (const auto keys : {row.markers, row.keys})
            for (const auto key : keys)
                EXPECT_NE(kPolicySection.row(key), nullptr) << row.name << " " << key;
}

TEST(DistributionRow, HasExamplesThatLoadAsWhatItNames) {
    for (const DistributionRow& row : distribution_rows()) {
        const std::string relapse =
            "{" + std::string{row.name} + ": " + std::string{row.example} + "}";
        const std::string frailty =
            "{" + std::string{row.name} + ": " + std::string{row.plain_example} + "}";
        const Scenario scenario =
            must_read(replaced(kSmall, "relapse: {exponential: {mean: 60 days}}",
                               "relapse: " + relapse + ", frailty: " + frailty));
        const auto& course = std::get<RenewalCourse>(scenario.model.patients.courses.at(0).law);
        EXPECT_EQ(name(*course.relapse), row.name);
        EXPECT_EQ(name(course.frailty), row.name);
    }
}

TEST(Distributions, MeanTheSameHoweverTheyAreWritten) {
    const auto relapse = [](const std::string& written) {
        const Scenario scenario =
            must_read(replaced(kSmall, "{exponential: {mean: 60 days}}", written));
        return std::get<RenewalCourse>(scenario.model.patients.courses.at(0).law).relapse.value();
    };
    constexpr double kDay = 86400e3;
    EXPECT_EQ(relapse("60 days"), Distribution{Constant{60 * kDay}});
    EXPECT_EQ(relapse("{constant: 60 days}"), relapse("60 days"));
    EXPECT_NEAR(mean(relapse("{gamma: {mean: 60 days, shape: 4}}")), 60 * kDay, 1);
    EXPECT_NEAR(sd(relapse("{gamma: {mean: 60 days, shape: 4}}")), 30 * kDay, 1);
    EXPECT_EQ(relapse("{gamma: {shape: 4, scale: 15 days}}"), Distribution{(Gamma{4, 15 * kDay})});
    EXPECT_NEAR(mean(relapse("{weibull: {shape: 2, mean: 60 days}}")), 60 * kDay, 1);
    EXPECT_NEAR(cdf(relapse("{weibull: {shape: 2, median: 60 days}}"), 60 * kDay), 0.5, 1e-12);
    EXPECT_NEAR(cdf(relapse("{lognormal: {median: 60 days, sd: 20 days}}"), 60 * kDay), 0.5, 1e-12);
    EXPECT_NEAR(sd(relapse("{lognormal: {median: 60 days, sd: 20 days}}")), 20 * kDay, 1e3);
    EXPECT_NEAR(mean(relapse("{lognormal: {mean: 60 days, sigma: 0.5}}")), 60 * kDay, 1);
    EXPECT_EQ(relapse("{lognormal: {median: 60 days, sigma: 0.5}}"),
              Distribution{(Lognormal{60 * kDay, 0.5})});
    EXPECT_EQ(lowest(relapse("{normal: {mean: 60 days, sd: 30 days}}")), 0);
    EXPECT_EQ(relapse("{exponential: {mean: 1 year}}"), Distribution{Exponential{365.25 * kDay}});
    EXPECT_EQ(relapse("{exponential: {mean: 1 month}}"),
              Distribution{Exponential{365.25 / 12 * kDay}});
}

std::set<const KeyRow*> met_in(const fs::path& folder) {
    std::set<const KeyRow*> met;
    for (const auto& file : fs::directory_iterator(folder))
        if (file.path().extension() == ".yaml")
            read({content_of(file.path().string()), file.path().filename().string(),
                  folder.string(), file.path().string()},
                 {}, {}, &met);
    return met;
}

TEST(KeyRow, IsMetByAValidScenarioOrARowsExample) {
    std::set<const KeyRow*> met = met_in(kGolden + "valid");
    for (const DistributionRow& row : distribution_rows()) {
        const std::string named = "{" + std::string{row.name} + ": ";
        const std::string text =
            replaced(kSmall, "{exponential: {mean: 60 days}}",
                     named + std::string{row.example} + "}, frailty: " + named +
                         std::string{row.plain_example} + "}");
        read({text, "row", "", ""}, {}, {}, &met);
    }
    for (const Section* section : all_sections())
        for (const KeyRow& row : section->rows)
            EXPECT_TRUE(met.contains(&row)) << section->name << ": " << row.key;
}

TEST(KeyRow, SaysWhatItIs) {
    for (const Section* section : all_sections()) {
        EXPECT_FALSE(section->summary.empty()) << section->name;
        for (const KeyRow& row : section->rows) {
            EXPECT_FALSE(row.summary.empty()) << section->name << ": " << row.key;
            EXPECT_FALSE(row.example.empty()) << section->name << ": " << row.key;
        }
    }
}

TEST(Section, HasANameOfItsOwn) {
    std::set<std::string_view> names;
    for (const Section* section : all_sections())
        EXPECT_TRUE(names.insert(section->name).second) << section->name;
}

TEST(Explain, KnowsEveryKeyByItsPath) {
    const auto keys = explained_keys();
    EXPECT_GT(keys.size(), 150u);
    for (const std::string& key : keys) {
        const Explanation explanation = explain(key);
        EXPECT_TRUE(explanation.known) << key;
        EXPECT_NE(explanation.text.find("example: "), std::string::npos) << key;
    }
}

TEST(Explain, TellsUnitDefaultAndExample) {
    EXPECT_EQ(explain("clinic.chairs").text,
              "clinic.chairs\n  infusion chairs; or of several kinds, by name\n"
              "  a whole number from 1 to 10000, unlimited, or a mapping of names\n"
              "  default: none, required without sites\n  example: chairs: 6\n");
    EXPECT_NE(explain("run.warm_up").text.find("default: 0 days"), std::string::npos);
    EXPECT_NE(explain("patients.psychotherapy").text.find("a share such as '75 %' or 0.75"),
              std::string::npos);
}

TEST(Explain, FindsKeysByTheUsersOwnNamesAndBareKeysEverywhere) {
    EXPECT_EQ(explain("patients.conditions.depression.share").text,
              explain("patients.conditions.NAME.share").text);
    EXPECT_NE(explain("courses.usual.renewal.relapse.weibull.shape").text.find("hazard"),
              std::string::npos);
    EXPECT_NE(explain("policies.x.steps.0.every").text.find("policies.NAME.steps.N.every"),
              std::string::npos);
    const std::string every = explain("every").text;
    EXPECT_NE(every.find("policies.NAME.every"), std::string::npos);
    EXPECT_NE(every.find("patients.arrivals.every"), std::string::npos);
}

TEST(Explain, FollowsThePathsOfAStudy) {
    for (const std::string key :
         {"study.phases.optimisation.next", "study.phases.one.arms.placebo.gets",
          "study.phases.one.infusions.spaced.when", "study.phases.one.event.counts",
          "study.phases.one.ratings.at.0.uniform.min", "study.outcomes.free.event_free",
          "observation.relapse.improvement_below", "policies.x.when.for",
          "policies.x.rescue.when.loss_of_response", "courses.usual.posterior.sets"})
        EXPECT_TRUE(explain(key).known) << key;
    EXPECT_EQ(explain("study.phases.one.arms.placebo.gets").text.substr(0, 29),
              "study.phases.NAME.arms.NAME.g");
}

TEST(Explain, KnowsPoliciesDistributionsAndSections) {
    for (const PolicyRow& row : policy_rows()) EXPECT_TRUE(explain(row.name).known) << row.name;
    for (const DistributionRow& row : distribution_rows())
        EXPECT_TRUE(explain(row.name).known) << row.name;
    for (const Section* section : all_sections())
        EXPECT_TRUE(explain(section->name).known) << section->name;
    EXPECT_TRUE(explain("").known);
}

TEST(Explain, OffersANearKeyForOneThatIsNotThere) {
    const Explanation explanation = explain("clinic.chiars");
    EXPECT_FALSE(explanation.known);
    EXPECT_EQ(explanation.text, "there is no key 'clinic.chiars'; did you mean 'chairs'?\n");
}

}  // namespace
}  // namespace clinicsim::reading
