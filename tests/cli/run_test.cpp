// The main job as users and scripts see it.
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace clinicsim::cli {
namespace {

using Json = nlohmann::ordered_json;

class Run : public Program {
  protected:
    Json json(const std::string& options) const {
        const Ended ended = shell("clinicsim run small.yaml --format json " + options);
        EXPECT_EQ(ended.code, 0) << ended.err;
        return Json::parse(ended.out);
    }
};

TEST_F(Run, PrintsATableWithoutColoursWhereNobodyLooks) {
    const Ended ended = shell("clinicsim run small.yaml");
    EXPECT_EQ(ended.code, 0);
    EXPECT_EQ(ended.err, "");  // no progress bar in a file
    EXPECT_EQ(ended.out.substr(0, 15), "A small clinic\n");
    EXPECT_FALSE(holds(ended.out, "\x1b"));
    EXPECT_TRUE(holds(ended.out, "courses: assumed, not calibrated\n"));
    EXPECT_TRUE(holds(ended.out, "warning: only 4 replications"));
}

TEST_F(Run, GivesTheSameBytesForAnyNumberOfThreads) {
    for (const char* format : {"json", "csv", "table"}) {
        const std::string line = std::string{"clinicsim run small.yaml --format "} + format;
        const std::string one = shell(line + " --threads 1").out;
        EXPECT_GT(one.size(), 1000u);
        EXPECT_EQ(one, shell(line + " --threads 2").out) << format;
        EXPECT_EQ(one, shell(line + " --threads 8").out) << format;
    }
}

TEST_F(Run, GivesAPolicyTheSameResultsAloneAndInCompany) {
    const Json both = json(""), alone = json("--policy as_needed");
    ASSERT_EQ(alone["policies"].size(), 1u);
    EXPECT_EQ(alone["policies"][0], both["policies"][1]);
    EXPECT_TRUE(alone["differences"].empty());
    EXPECT_EQ(both["differences"].size(), 1u);
}

TEST_F(Run, TakesPoliciesRepeatedOrAsAList) {
    const Json list = json("--policy as_needed,monthly");
    EXPECT_EQ(list, json("--policy as_needed --policy monthly"));
    EXPECT_EQ(list["policies"][0]["name"], "monthly");  // in the order of the scenario
}

TEST_F(Run, PutsSettingsOnTopOfTheScenario) {
    const Json before = json("");
    const Json fewer = json("--set clinic.chairs=1");
    EXPECT_NE(fewer["scenario"]["sha256"], before["scenario"]["sha256"]);
    EXPECT_GT(fewer["policies"][0]["metrics"]["chair_utilisation"]["mean"].get<double>(),
              before["policies"][0]["metrics"]["chair_utilisation"]["mean"].get<double>());
    EXPECT_EQ(json("--set clinic.chairs=2"), before);
}

TEST_F(Run, TakesSeedAndReplicationsAsPartsOfTheScenario) {
    const Json other = json("--seed 7 --replications 3");
    EXPECT_EQ(other["seed"], 7);
    EXPECT_EQ(other["replications"], 3);
    EXPECT_EQ(other, json("--set run.seed=7 --set run.replications=3"));
}

TEST_F(Run, RefusesASettingThatMakesNoSense) {
    const Ended ended = shell("clinicsim run small.yaml --set clinic.chairs=banana");
    EXPECT_EQ(ended.code, 3);
    EXPECT_TRUE(holds(ended.err, "--set")) << ended.err;
    EXPECT_EQ(ended.out, "");
}

TEST_F(Run, EndsWithFiveWhereATargetIsMissedAgainstExpectation) {
    const std::string missed =
        "targets: [{target: \"boosters_per_patient_year <= 1\", for: [monthly]}]\n";
    write("missed.yaml", kSmall + missed);
    EXPECT_EQ(shell("clinicsim run missed.yaml").code, 5);
    write("expected.yaml", std::string{kSmall} +
                               "targets: [{target: \"boosters_per_patient_year <= 1\", for: "
                               "[monthly], expect: missed, because: \"monthly is twelve\"}]\n");
    const Ended expected = shell("COLUMNS=200 clinicsim run expected.yaml");
    EXPECT_EQ(expected.code, 0) << expected.err;
    EXPECT_TRUE(holds(expected.out, "✗ missed"));
    EXPECT_TRUE(holds(expected.out, "expected to be missed: monthly is twelve"));
}

TEST_F(Run, EndsWithSixWhereThePrecisionIsNotReached) {
    const Ended ended =
        shell("clinicsim run small.yaml --precision 0.001% --set limits.replications=12");
    EXPECT_EQ(ended.code, 6) << ended.err;
    EXPECT_TRUE(holds(ended.out, "the asked precision was not reached")) << ended.out;
    EXPECT_EQ(shell("clinicsim run small.yaml --precision 90%").code, 0);
}

TEST_F(Run, WritesEveryFileAndRefusesAFolderOfAnotherRun) {
    ASSERT_EQ(shell("clinicsim run small.yaml -o out/deep --threads 2").code, 0);
    for (const char* name : {"manifest.json", "summary.json", "summary.csv", "replications.csv",
                             "differences.csv", "chair_use.csv", "run_info.json"})
        EXPECT_TRUE(exists(std::string{"out/deep/"} + name)) << name;
    EXPECT_EQ(read("out/deep/summary.json"), shell("clinicsim run small.yaml --format json").out);
    EXPECT_EQ(read("out/deep/summary.csv"), shell("clinicsim run small.yaml --format csv").out);

    const std::string manifest = read("out/deep/manifest.json");
    EXPECT_EQ(Json::parse(manifest)["scenario"]["resolved"]["clinic"]["chairs"], 2);
    EXPECT_EQ(shell("clinicsim run small.yaml -o out/deep --threads 1").code, 0);  // the same again
    EXPECT_EQ(read("out/deep/manifest.json"), manifest);

    const Ended other = shell("clinicsim run small.yaml --seed 2 -o out/deep");
    EXPECT_EQ(other.code, 4);
    EXPECT_EQ(other.out, "");  // said before the work
    EXPECT_TRUE(holds(other.err, "another run")) << other.err;
    EXPECT_EQ(read("out/deep/manifest.json"), manifest);
    EXPECT_EQ(shell("clinicsim run small.yaml -o .").code, 4);
    EXPECT_EQ(shell("clinicsim run small.yaml -o small.yaml").code, 4);
}

TEST_F(Run, TellsWhatTheChairsDoWithDetailsOnlyAndTheSameForAnyNumberOfThreads) {
    EXPECT_FALSE(holds(shell("clinicsim run small.yaml").out, "Chair time open"));
    const std::string details = shell("clinicsim run small.yaml --details --threads 1").out;
    EXPECT_TRUE(holds(details, "Chair time open, %"));
    EXPECT_EQ(shell("clinicsim run small.yaml --details --threads 8").out, details);
    EXPECT_FALSE(
        holds(shell("clinicsim run small.yaml --details --set clinic.chairs=unlimited").out,
              "Chair time open"));
}

TEST_F(Run, KeepsMachineThreadsAndTimeOutOfTheResultFiles) {
    ASSERT_EQ(
        shell("clinicsim run small.yaml -o a --threads 1 && cp small.yaml copy && mkdir sub && "
              "mv copy sub/small.yaml && clinicsim run sub/small.yaml -o b --threads 2")
            .code,
        0);
    for (const char* name :
         {"manifest.json", "summary.json", "summary.csv", "replications.csv", "differences.csv"})
        EXPECT_EQ(read(std::string{"a/"} + name), read(std::string{"b/"} + name)) << name;
}

TEST_F(Run, NoticesThatStandardOutputCannotBeWritten) {
    for (const char* line : {"clinicsim run small.yaml >/dev/full", "clinicsim --help >/dev/full",
                             "clinicsim schema >/dev/full", "clinicsim explain >/dev/full",
                             "clinicsim run small.yaml >&-"}) {
        const Ended ended = shell(line);
        EXPECT_EQ(ended.code, 4) << line;
        EXPECT_TRUE(holds(ended.err, "cannot write to standard output")) << line;
    }
}

TEST_F(Run, PrintsWhatWasFinishedWhenItIsInterrupted) {
    // a scenario that would take many minutes; its first replications take milliseconds
    const Ended ended =
        shell("'" CLINICSIM_PROGRAM
              "' run small.yaml --replications 90000 --threads 1 --format json -o out &\n"
              "job=$!\nsleep 2\nkill -INT $job\nwait $job");
    EXPECT_EQ(ended.code, 130) << ended.err;
    const Json found = Json::parse(ended.out);
    EXPECT_EQ(found["interrupted"], true);
    EXPECT_EQ(found["replications_asked"], 90000);
    const int finished = found["replications"];
    EXPECT_GT(finished, 0);
    EXPECT_LT(finished, 90000);
    EXPECT_EQ(read("out/summary.json"), ended.out);
    // what was finished is what a run of so many replications gives
    const Json whole = json("--replications " + std::to_string(finished));
    EXPECT_EQ(found["policies"], whole["policies"]);
}

TEST_F(Run, LeavesNothingHalfWrittenWhenItIsKilled) {
    const Ended killed = shell("'" CLINICSIM_PROGRAM
                               "' run small.yaml --replications 90000 --threads 1 -o out &\n"
                               "job=$!\nsleep 1\nkill -KILL $job\nwait $job");
    EXPECT_EQ(killed.code, 137);
    EXPECT_FALSE(exists("out/summary.json"));
    EXPECT_FALSE(exists("out/manifest.json"));
    EXPECT_EQ(shell("clinicsim run small.yaml -o out").code, 0);
}

TEST_F(Run, WritesNothingWhereAFileIsTooLarge) {
    const Ended ended = shell("(ulimit -f 8; trap '' XFSZ; clinicsim run small.yaml -o out)");
    EXPECT_EQ(ended.code, 4) << ended.err;
    EXPECT_TRUE(holds(ended.err, "cannot write"));
    EXPECT_FALSE(exists("out"));
}

}  // namespace
}  // namespace clinicsim::cli
