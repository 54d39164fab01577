// --set and extends: values that do not stand in the file itself.
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "scenario_text.hpp"

namespace clinicsim {
namespace {

namespace fs = std::filesystem;

std::string faults_of(const std::vector<Override>& overrides) {
    return messages(read_text(kSmall, overrides));
}

TEST(Set, ReplacesValuesByTheirPath) {
    const Scenario scenario = must_read(kSmall, {{"clinic.chairs", "7"},
                                                 {"policies.monthly.every", "28 days"},
                                                 {"run.horizon", "2 years"},
                                                 {"title", "\"a: title, with [signs]\""},
                                                 {"run.seed", "5"},
                                                 {"run.seed", "6"}});
    EXPECT_EQ(scenario.model.clinic.chairs, std::optional<std::uint32_t>{7});
    EXPECT_EQ(scenario.policies[0].choice.policies[0].schedule,
              (Schedule{FixedInterval{{.fixed = Days{28}}, ScheduleClock::reset}}));
    EXPECT_EQ(scenario.horizon, (Span{.months = 24}));
    EXPECT_EQ(scenario.title, "a: title, with [signs]");
    EXPECT_EQ(scenario.model.seed, 6u) << "the last one counts";
}

TEST(Set, MakesKeysThatAreMissingAndTakesFlowMappings) {
    const Scenario scenario =
        must_read(kSmall, {{"policies.as_needed", "{when: relapse, asks: 80 %}"},
                           {"patients.drop_out.time", "{exponential: {mean: 2 years}}"},
                           {"clinic.open", "{mon-fri: \"08:00-17:00\"}"}});
    EXPECT_EQ(scenario.policies.size(), 2u);
    EXPECT_TRUE(scenario.model.patients.drop_out.time.has_value());
    EXPECT_FALSE(scenario.model.clinic.open.always);
}

TEST(Set, OfOneValueTwiceIsAFaultAsInAFile) {
    const auto both = [](const char* path, const char* value, const char* other,
                         const char* second) {
        return faults_of({{.path = path, .value = value, .only = true},
                          {.path = other, .value = second, .only = true}});
    };
    EXPECT_EQ(both("clinic.chairs", "3", "clinic.chairs", "4"),
              "--set clinic.chairs=4: error: clinic.chairs: set twice; another --set gives "
              "clinic.chairs\n");
    EXPECT_NE(both("run.seed", "1", "run", "{seed: 2}").find("run: set twice"), std::string::npos);
    EXPECT_NE(both("run", "{horizon: 1 year}", "run.seed", "2").find("run.seed: set twice"),
              std::string::npos);
    EXPECT_EQ(both("run.seed", "1", "run.horizon", "2 years"), "");
    EXPECT_EQ(both("clinic.chairs", "3", "policies.monthly.every", "28 days"), "");
}

TEST(Set, NamesTheWholePathOfAKeyGivenTwice) {
    EXPECT_NE(faults_of({{"clinic", "{chairs: 3, chairs: 4}"}})
                  .find("error: clinic.chairs: key given twice"),
              std::string::npos);
}

TEST(Set, ReachesIntoLists) {
    const std::string yaml = replaced(kSmall, "responds: 60 %", "responds: [10 %, 20 %]");
    const Scenario scenario = must_read(yaml, {{"courses.usual.renewal.responds.1", "35 %"}});
    EXPECT_EQ(std::get<RenewalCourse>(scenario.model.patients.courses[0].law).responds,
              (std::vector{0.1, 0.35}));
    EXPECT_NE(messages(read_text(yaml, {{"courses.usual.renewal.responds.2", "35 %"}}))
                  .find("'2' is no place in a list of 2"),
              std::string::npos);
}

TEST(Set, FaultsNameTheOptionInsteadOfALine) {
    EXPECT_EQ(faults_of({{"clinic.chairs", "banana"}}),
              "--set clinic.chairs=banana: error: clinic.chairs: expected a whole number from 1 to "
              "10000, unlimited, or a mapping of names; found 'banana'\n");
    EXPECT_EQ(faults_of({{"clinic.chiars", "2"}}).substr(0, 72),
              "--set clinic.chiars=2: error: clinic.chiars: unknown key; did you mean '");
    EXPECT_EQ(faults_of({{"clinic.chairs.legs", "4"}}),
              "--set clinic.chairs.legs=4: error: clinic.chairs.legs: 'legs' lies under a single "
              "value, not under a mapping\n");
    EXPECT_EQ(faults_of({{"clinic..chairs", "4"}}),
              "--set clinic..chairs=4: error: clinic..chairs: expected keys with dots between "
              "them, such as clinic.chairs\n");
    EXPECT_NE(faults_of({{"clinic.chairs", "[1"}}).find("this is not YAML"), std::string::npos);
    EXPECT_NE(faults_of({{"extends", "other.yaml"}}).find("cannot be set"), std::string::npos);
    EXPECT_NE(faults_of({{"run.horizon", ""}}).find("found nothing"), std::string::npos);
}

TEST(Set, ReportsEveryFaultyOption) {
    const ReadResult result = read_text(kSmall, {{"clinic.chairs", "banana"}, {"run.seed", "-1"}});
    EXPECT_EQ(result.diagnostics.size(), 2u) << messages(result);
}

/// A folder of files for one test.
class Folder {
  public:
    explicit Folder(const std::string& name)
        : path_{fs::path{testing::TempDir()} / ("clinicsim_" + name + std::to_string(getpid()))} {
        fs::remove_all(path_);
        fs::create_directories(path_ / "in/deeper");
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream{path_ / name} << text;
        return (path_ / name).string();
    }
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

TEST(Extends, GoesDownAChainOfFilesEachNamedFromItsOwnFolder) {
    const Folder folder{"chain"};
    folder.write("in/deeper/base.yaml", kSmall);
    folder.write("in/deeper/middle.yaml", "extends: base.yaml\nclinic: {chairs: 3}\n");
    const std::string top =
        folder.write("in/top.yaml", "extends: deeper/middle.yaml\nrun: {seed: 9}\ntitle: Top\n");
    const ReadResult result = read_scenario(top, {{"run.replications", "3"}});
    ASSERT_TRUE(result.scenario) << messages(result);
    EXPECT_EQ(result.scenario->title, "Top");
    EXPECT_EQ(result.scenario->model.clinic.chairs, std::optional<std::uint32_t>{3});
    EXPECT_EQ(result.scenario->model.seed, 9u);
    EXPECT_EQ(result.scenario->replications, 3u);
    EXPECT_EQ(result.scenario->file, "top.yaml");
}

TEST(Extends, IsReadFromAnyWorkingFolder) {
    const Folder folder{"working"};
    folder.write("in/base.yaml", kSmall);
    folder.write("in/top.yaml", "extends: base.yaml\n");
    const fs::path before = fs::current_path();
    fs::current_path(folder.path() / "in");
    const ReadResult result = read_scenario("top.yaml");
    fs::current_path(before);
    EXPECT_TRUE(result.scenario) << messages(result);
}

TEST(Extends, ReplacesAChosenDistributionInsteadOfMixingTwo) {
    const Folder folder{"choice"};
    folder.write("in/base.yaml", kSmall);
    const std::string top = folder.write(
        "in/top.yaml",
        "extends: base.yaml\ncourses: {usual: {renewal: {relapse: {weibull: {shape: 2, scale: 40 "
        "days}}}}}\n");
    const ReadResult result = read_scenario(top);
    ASSERT_TRUE(result.scenario) << messages(result);
    const auto& course = std::get<RenewalCourse>(result.scenario->model.patients.courses[0].law);
    EXPECT_EQ(course.relapse, Distribution{(Weibull{2, 40 * 86400e3})});
    EXPECT_EQ(course.responds, std::vector{0.6});
}

TEST(Extends, ReplacesOneKindOfThingByAnotherAndMergesTheSameKind) {
    const Folder folder{"kinds"};
    const std::string symptom = "{symptom: {of: ptsd, noise_sd: 5 %}}";
    folder.write("in/renewal.yaml", kSmall);
    folder.write(
        "in/symptom.yaml",
        replaced(kSmall, "{renewal: {responds: 60 %, relapse: {exponential: {mean: 60 days}}}}",
                 symptom) +
            "observation: {scale: MADRS, relapse: {improvement_below: 40 %, for: 3 ratings}}\n");
    const auto extended = [&](const std::string& base, const std::string& change) {
        const ReadResult result = read_scenario(
            folder.write("in/top.yaml", "extends: " + base + ".yaml\n" + change + "\n"));
        EXPECT_TRUE(result.scenario) << messages(result);
        return result.scenario.value_or(Scenario{}).model;
    };
    const auto course = [](const Model& model) { return *model.patients.courses.at(0).symptom(0); };
    EXPECT_EQ(course(extended("renewal", "courses: {usual: {symptom: {noise_sd: 4 %}}}")).noise_sd,
              0.04);
    const SymptomCourse changed =
        course(extended("symptom", "courses: {usual: {symptom: {noise_sd: 4 %}}}"));
    EXPECT_EQ(changed.noise_sd, 0.04);
    EXPECT_EQ(changed.half_life_factor, 1.5) << "still of PTSD";
    EXPECT_EQ(extended("symptom", "observation: {relapse: {for: 4 ratings}}").observation.relapse,
              (ScoreRule{0.4, 4}));
    EXPECT_EQ(extended("symptom", "observation: {relapse: {loss_of_response: 1 rating}}")
                  .observation.relapse,
              (ScoreRule{0.5, 1}));
}

TEST(Extends, NeverLeavesTheFolderOfTheScenario) {
    const Folder folder{"outside"};
    folder.write("secret.yaml", kSmall);
    fs::create_symlink(folder.path() / "secret.yaml", folder.path() / "in/link.yaml");
    fs::create_directory_symlink(folder.path(), folder.path() / "in/up");
    for (const std::string& name :
         {std::string{"../secret.yaml"}, std::string{"link.yaml"}, std::string{"up/secret.yaml"},
          std::string{"deeper/../../secret.yaml"}, (folder.path() / "secret.yaml").string()}) {
        const std::string top = folder.write("in/top.yaml", "extends: " + name + "\n");
        const ReadResult result = read_scenario(top);
        EXPECT_FALSE(result.scenario) << name;
        EXPECT_FALSE(result.unreadable) << name;
        EXPECT_NE(messages(result).find(":1:10: error: extends:"), std::string::npos)
            << messages(result);
    }
}

TEST(Extends, HoldsForSetsOfParametersToo) {
    const Folder folder{"sets"};
    folder.write("secret.csv", "noise_sd\n0.05\n");
    folder.write("in/deeper/mine.csv", "noise_sd\n0.05\n0.06\n");
    const auto reads = [&](const std::string& name) {
        return read_scenario(folder.write(
            "in/top.yaml",
            replaced(kSmall, "{renewal: {responds: 60 %, relapse: {exponential: {mean: 60 days}}}}",
                     "{symptom: {}, posterior: " + name + "}")));
    };
    const ReadResult mine = reads("deeper/mine.csv");
    ASSERT_TRUE(mine.scenario) << messages(mine);
    EXPECT_EQ(mine.scenario->model.patients.courses[0].symptom(3)->noise_sd, 0.06);
    EXPECT_NE(messages(reads("../secret.csv")).find("leads out of the scenario's folder"),
              std::string::npos);
}

TEST(Extends, HoldsForObservedValuesToo) {
    const Folder folder{"csv"};
    folder.write("secret.csv", "days\n30\n");
    folder.write("in/mine.csv", "days\n30\n40\n");
    const auto reads = [&](const std::string& name) {
        const std::string relapse = "{empirical: {csv: " + name + ", column: days, unit: days}}";
        return read_scenario(folder.write(
            "in/top.yaml", replaced(kSmall, "{exponential: {mean: 60 days}}", relapse)));
    };
    EXPECT_TRUE(reads("mine.csv").scenario);
    EXPECT_NE(messages(reads("../secret.csv")).find("leads out of the scenario's folder"),
              std::string::npos);
}

TEST(Extends, InACircleIsAFault) {
    const Folder folder{"circle"};
    folder.write("in/b.yaml", "extends: a.yaml\n");
    const ReadResult result = read_scenario(folder.write("in/a.yaml", "extends: b.yaml\n"));
    EXPECT_NE(messages(result).find("b.yaml:1:10: error: extends: 'a.yaml' extends this file in "
                                    "turn: a cycle"),
              std::string::npos)
        << messages(result);
}

TEST(Extends, OfAFileThatIsNotThereIsUnreadable) {
    const Folder folder{"missing"};
    const ReadResult result = read_scenario(folder.write("in/a.yaml", "extends: nowhere.yaml\n"));
    EXPECT_TRUE(result.unreadable);
    EXPECT_EQ(result.diagnostics.at(0).line, 1);
}

TEST(Reading, OfAFolderSaysThatItIsOne) {
    const Folder folder{"folder"};
    EXPECT_NE(messages(read_scenario(folder.write("in/a.yaml", "extends: deeper\n")))
                  .find("extends: 'deeper' is a folder"),
              std::string::npos);
}

TEST(Extends, IsRefusedForTextWithoutAFolder) {
    EXPECT_NE(messages(read_text("extends: a.yaml\n")).find("no other file can be read here"),
              std::string::npos);
}

}  // namespace
}  // namespace clinicsim
