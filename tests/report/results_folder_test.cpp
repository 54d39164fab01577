#include "clinicsim/report/results_folder.hpp"

#include <filesystem>
#include <fstream>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "report/made_up.hpp"

namespace clinicsim::report {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

class ResultsFolder : public testing::Test {
  protected:
    ResultsFolder() {
        std::string name = (fs::temp_directory_path() / "clinicsim_results_XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error{name};
        place_ = name;
        scenario_.title = "A small clinic";
        scenario_.file = "small.yaml";
        scenario_.sha256 = std::string(64, 'a');
        scenario_.resolved = R"({"clinicsim": 1, "clinic": {"chairs": 6}})";
        scenario_.replications = 2;
    }
    ~ResultsFolder() override {
        std::error_code ignored;
        fs::remove_all(place_, ignored);
    }

    RunPlan plan() const { return {scenario_, {"monthly"}, std::nullopt, {"GNU 12", "-O3"}}; }
    std::string folder() const { return (place_ / "results").string(); }
    static Comparison comparison() { return made_up(2, {{"monthly", {{"relapses", {3, 5}}}}}); }
    void write() const {
        write_results_folder(folder(), plan(), result_files(plan(), comparison()));
    }
    std::set<std::string> names() const {
        std::set<std::string> found;
        for (const auto& entry : fs::directory_iterator(folder()))
            found.insert(entry.path().filename().string());
        return found;
    }
    std::string bytes(const std::string& name) const {
        std::ifstream in{folder() + "/" + name, std::ios::binary};
        return {std::istreambuf_iterator<char>{in}, {}};
    }
    void put(const std::string& name, const std::string& text) const {
        fs::create_directories(folder());
        std::ofstream{folder() + "/" + name} << text;
    }

    fs::path place_;
    Scenario scenario_;
};

const std::set<std::string> kFiles{"manifest.json", "summary.json", "summary.csv",
                                   "replications.csv", "differences.csv"};

TEST_F(ResultsFolder, HoldsExactlyTheFilesOfTheRun) {
    write();
    EXPECT_EQ(names(), kFiles);
    for (const ResultFile& file : result_files(plan(), comparison()))
        EXPECT_EQ(bytes(file.name), file.bytes) << file.name;
}

TEST_F(ResultsFolder, ManifestHoldsTheResolvedScenarioAndHowItWasBuilt) {
    const Finished done{2, 2, false};
    const Json found = Json::parse(manifest_json(plan(), &done));
    EXPECT_EQ(found["scenario"]["resolved"]["clinic"]["chairs"], 6);
    EXPECT_EQ(found["scenario"]["sha256"], std::string(64, 'a'));
    EXPECT_EQ(found["compiler"], "GNU 12");
    EXPECT_EQ(found["flags"], "-O3");
    EXPECT_EQ(found["replications"], 2);
    EXPECT_EQ(found["policies"], Json::array({"monthly"}));
    EXPECT_FALSE(found.contains("interrupted"));
}

TEST_F(ResultsFolder, MayHoldTheSameRunAgain) {
    write();
    const std::string before = bytes("summary.json");
    put("notes.txt", "mine");
    write();
    EXPECT_EQ(bytes("summary.json"), before);
    EXPECT_EQ(bytes("notes.txt"), "mine");
}

TEST_F(ResultsFolder, RefusesAnotherRun) {
    write();
    const std::string before = bytes("manifest.json");
    scenario_.sha256 = std::string(64, 'b');
    EXPECT_THROW(check_results_folder(folder(), plan()), FileError);
    EXPECT_THROW(write(), FileError);
    EXPECT_EQ(bytes("manifest.json"), before);
    EXPECT_EQ(names(), kFiles);
}

TEST_F(ResultsFolder, RefusesOtherPoliciesOfTheSameScenario) {
    write();
    const RunPlan other{scenario_, {"none"}, std::nullopt, {"GNU 12", "-O3"}};
    EXPECT_THROW(check_results_folder(folder(), other), FileError);
}

TEST_F(ResultsFolder, IsTriedBeforeTheRunWhereTheFileSystemTakesNoFolders) {
    EXPECT_THROW(check_results_folder("/proc/clinicsim", plan()), FileError);
    const std::string deep = folder() + "/not/yet";
    check_results_folder(deep, plan());
    EXPECT_FALSE(std::filesystem::exists(folder() + "/not")) << "nothing is left of the attempt";
}

TEST_F(ResultsFolder, RefusesWhatNoRunWrote) {
    put("photo.jpg", "x");
    EXPECT_THROW(write(), FileError);
    EXPECT_EQ(names(), std::set<std::string>{"photo.jpg"});
}

TEST_F(ResultsFolder, RefusesAManifestThatCannotBeRead) {
    put("manifest.json", "{ half");
    EXPECT_THROW(write(), FileError);
    EXPECT_EQ(bytes("manifest.json"), "{ half");
}

TEST_F(ResultsFolder, RefusesAFileInItsPlace) {
    std::ofstream{folder()} << "a file";
    EXPECT_THROW(check_results_folder(folder(), plan()), FileError);
}

TEST_F(ResultsFolder, GoesOnAfterAKilledRun) {
    put(".summary.csv.part", "half");  // killed while writing
    write();
    EXPECT_EQ(names(), kFiles);
    // killed between two renames: the manifest is not there yet
    fs::rename(folder() + "/manifest.json", folder() + "/.manifest.json.part");
    write();
    EXPECT_EQ(names(), kFiles);
}

TEST_F(ResultsFolder, TakesBackWhatItBeganWhenAFileCannotBeWritten) {
    auto files = result_files(plan(), comparison());
    files.push_back({"no/such/folder.csv", "x"});
    EXPECT_THROW(write_results_folder(folder(), plan(), files), FileError);
    EXPECT_FALSE(fs::exists(folder()));
}

TEST_F(ResultsFolder, SaysBeforeTheWorkThatAFolderCannotBeMade) {
    std::ofstream{place_ / "file"} << "x";
    EXPECT_THROW(check_results_folder((place_ / "file" / "results").string(), plan()), FileError);
}

TEST_F(ResultsFolder, IsMadeWithTheFoldersAboveIt) {
    const std::string deep = folder() + "/a/b/";
    check_results_folder(deep, plan());
    write_results_folder(deep, plan(), result_files(plan(), comparison()));
    EXPECT_TRUE(fs::exists(deep + "manifest.json"));
}

}  // namespace
}  // namespace clinicsim::report
