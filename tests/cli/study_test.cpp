// Studies and evidence as users and scripts see them.
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace clinicsim::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kStudy = R"(clinicsim: 1
title: A small study
run: {seed: 1, replications: 10}
courses: {usual_care: {symptom: {}}}
study:
  patients: 50
  course: usual_care
  phases:
    induction: {infusions: {days: [0, 3, 7]}, ratings: {after_infusion: 1 day}}
  outcomes: {response: {share: response, phase: induction}}
)";
constexpr const char* kMet =
    R"(targets: [{target: "response in 1 .. 99 %", published: 60 %, source: "Somebody 2013"}]
)";
constexpr const char* kMissed = R"(targets: [{target: "response >= 99 %", source: "Somebody 2013"}]
)";

class OfStudies : public Program {
  protected:
    OfStudies() { write("study.yaml", std::string{kStudy} + kMet); }
};

TEST_F(OfStudies, ARunPrintsTheOutcomesAndEndsByItsTargets) {
    const Ended ended = shell("clinicsim run study.yaml");
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_TRUE(holds(ended.out, "A small study\nstudy.yaml, seed 1: 10 replications of 50"));
    EXPECT_TRUE(holds(ended.out, "1 to 99")) << ended.out;
    const Json json = Json::parse(shell("clinicsim run study.yaml --format json").out);
    EXPECT_EQ(json["policies"][0]["name"], "study");
    EXPECT_EQ(json["targets"][0]["met"], true);
    EXPECT_TRUE(holds(shell("clinicsim run study.yaml --format csv").out, "\nresponse,share,0."));
    write("missed.yaml", std::string{kStudy} + kMissed);
    EXPECT_EQ(shell("clinicsim run missed.yaml").code, 5);
}

TEST_F(OfStudies, ARunIsTheSameForAnyNumberOfThreads) {
    const std::string line = "clinicsim run study.yaml --format json --threads ";
    EXPECT_EQ(shell(line + "1").out, shell(line + "3").out);
}

TEST_F(OfStudies, AResultsFolderIsWrittenAndWrittenAgain) {
    EXPECT_EQ(shell("clinicsim run study.yaml -o results").code, 0);
    for (const char* name :
         {"manifest.json", "summary.json", "summary.csv", "replications.csv", "run_info.json"})
        EXPECT_TRUE(exists(std::string{"results/"} + name)) << name;
    const std::string summary = read("results/summary.json");
    EXPECT_EQ(summary, shell("clinicsim run study.yaml --format json").out);
    EXPECT_EQ(shell("clinicsim run study.yaml -o results").code, 0) << "the same again";
    EXPECT_EQ(read("results/summary.json"), summary);
    EXPECT_NE(shell("clinicsim run study.yaml --seed 2 -o results").code, 0)
        << "another scenario's results are not overwritten";
    EXPECT_EQ(read("results/summary.json"), summary);
}

TEST_F(OfStudies, WhatAStudyHasNotIsRefused) {
    const Ended policy = shell("clinicsim run study.yaml --policy monthly");
    EXPECT_EQ(policy.code, 2);
    EXPECT_TRUE(holds(policy.err, "--policy: a study has no policies")) << policy.err;
    const Ended precision = shell("clinicsim run study.yaml --precision 5%");
    EXPECT_EQ(precision.code, 2);
    EXPECT_TRUE(holds(precision.err, "--precision")) << precision.err;
    const Ended graph = shell("clinicsim graph study.yaml");
    EXPECT_EQ(graph.code, 2) << graph.err;
    EXPECT_TRUE(holds(graph.err, "study")) << graph.err;
    EXPECT_EQ(graph.out, "");
}

TEST_F(OfStudies, TraceTellsOnePatientAndSetsArmsSideBySide) {
    const std::string line = "clinicsim trace study.yaml --patient 3";
    const Ended story = shell(line);
    EXPECT_EQ(story.code, 0) << story.err;
    EXPECT_TRUE(holds(story.out, "A small study: patient 3, replication 0\n")) << story.out;
    EXPECT_TRUE(holds(story.out, "course usual_care; enrolled; day 0: induction")) << story.out;
    EXPECT_TRUE(holds(story.out, "\nas drawn: 3 infusions, 0 relapses\n")) << story.out;
    EXPECT_NE(shell("clinicsim trace study.yaml --patient 4").out, story.out);
    EXPECT_NE(shell(line + " --replication 1").out, story.out);

    std::string arms{kStudy};
    const std::string phase = "after_infusion: 1 day}}";
    arms.replace(arms.find(phase), phase.size(),
                 "after_infusion: 1 day}, arms: {drug: 50 %, more: {share: 50 %, infusions: "
                 "{days: [0, 2, 4]}}}}");
    write("arms.yaml", arms);
    const std::string in_arms = "clinicsim trace arms.yaml --patient 3 --arm ";
    const Ended both = shell(in_arms + "drug,more");
    EXPECT_EQ(both.code, 0) << both.err;
    EXPECT_TRUE(holds(both.out, "\ndrug: 3 infusions, 0 relapses\nmore: 3 infusions")) << both.out;
    const std::string drawn = shell("clinicsim trace arms.yaml --patient 3").out;
    const bool is_drug = holds(drawn, "arm drug");
    std::string named = shell(in_arms + (is_drug ? "drug" : "more")).out;
    const std::string name = is_drug ? "\ndrug:" : "\nmore:";
    ASSERT_TRUE(holds(named, name)) << named;
    EXPECT_EQ(drawn.substr(drawn.find("2026")).substr(0, 400),
              named.substr(named.find("2026")).substr(0, 400))
        << "the arm that was drawn, named";
    const Ended csv = shell(in_arms + "drug,more --format csv");
    EXPECT_EQ(csv.out.substr(0, 37), "at,day,drug.improvement,drug.rating,d") << csv.out;
    EXPECT_EQ(shell(line + " --format csv").code, 0);
}

TEST_F(OfStudies, TraceRefusesWhomAndWhatThereIsNot) {
    const auto refused = [&](const std::string& options, const std::string& why) {
        const Ended ended = shell("clinicsim trace " + options);
        EXPECT_EQ(ended.code, 2) << options;
        EXPECT_TRUE(holds(ended.err, why)) << ended.err;
        EXPECT_EQ(ended.out, "");
    };
    refused("study.yaml --patient 50", "there is no patient 50: 50 are screened (0 to 49)");
    refused("study.yaml --patient s0", "there is no patient s0");
    refused("study.yaml --patient 1 --arm drug", "there is no arm 'drug'; the study has none");
    refused("study.yaml --patient 1 --policy monthly", "a study has no policies");
    refused("small.yaml --patient 1 --arm drug", "a clinic has no arms");
}

TEST_F(OfStudies, CheckReadsThemAsStrictlyAsRun) {
    EXPECT_EQ(shell("clinicsim check study.yaml").code, 0);
    write("wrong.yaml", std::string{kStudy} + "targets: [{target: \"remission >= 1 %\"}]\n");
    for (const char* command : {"check", "run", "evidence"}) {
        const Ended ended = shell(std::string{"clinicsim "} + command + " wrong.yaml");
        EXPECT_EQ(ended.code, 3) << command;
        EXPECT_TRUE(holds(ended.err, "wrong.yaml:")) << ended.err;
    }
}

TEST_F(OfStudies, EvidenceOfAFolderHasARowForEveryTarget) {
    shell("mkdir studies && cp study.yaml studies/b.yaml && echo no > studies/notes.txt");
    write("studies/a.yaml", std::string{kSmall} +
                                "targets: [{target: \"relapses_per_patient_year in 0 .. 1000\", "
                                "for: [monthly], source: x}]\n");
    const Ended ended = shell("clinicsim evidence studies --format json");
    EXPECT_EQ(ended.code, 0) << ended.err;
    const Json rows = Json::parse(ended.out)["rows"];
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0]["study"], "A small clinic");
    EXPECT_EQ(rows[0]["policy"], "monthly");
    EXPECT_EQ(rows[1]["study"], "A small study");
    EXPECT_EQ(rows[1]["number"], "response");
    EXPECT_EQ(rows[1]["published"], 0.6);
    EXPECT_TRUE(holds(shell("clinicsim evidence studies").out, "\nA small study\n"));
    EXPECT_TRUE(
        holds(shell("clinicsim evidence studies --format markdown").out, "| [A small study]("));
    // without names: those that come with the program
    EXPECT_EQ(shell("mkdir -p root/scenarios && mv studies root/scenarios/evidence && "
                    "CLINICSIM_ROOT=root clinicsim evidence --format json")
                  .out,
              ended.out);
}

TEST_F(OfStudies, EvidenceEndsWithFiveWhereATargetIsMissed) {
    write("missed.yaml", std::string{kStudy} + kMissed);
    EXPECT_EQ(shell("clinicsim evidence study.yaml missed.yaml").code, 5);
    EXPECT_EQ(shell("clinicsim evidence study.yaml").code, 0);
}

TEST_F(OfStudies, EvidenceSaysWhatCannotBeReadOrSetBeside) {
    EXPECT_EQ(shell("clinicsim evidence nowhere").code, 4);
    shell("mkdir empty");
    const Ended empty = shell("clinicsim evidence empty");
    EXPECT_EQ(empty.code, 4);
    EXPECT_TRUE(holds(empty.err, "no scenarios")) << empty.err;
    const Ended none = shell("clinicsim evidence small.yaml");
    EXPECT_EQ(none.code, 2);
    EXPECT_TRUE(holds(none.err, "small.yaml has no targets")) << none.err;
}

TEST_F(OfStudies, EvidenceIsRunOverTheParameterSetsThatComeWithTheProgram) {
    shell("mkdir -p root/scenarios/calibration/result");
    write("root/scenarios/calibration/result/posterior.csv",
          "response_mean,response_sd\n0.01,0\n2.2,1\n2.3,1\n2.4,1\n");
    write("some.yaml",
          std::string{kStudy} + "targets: [{target: \"response in 20 .. 99 %\", source: x}]\n");
    const std::string line = "CLINICSIM_ROOT=root clinicsim evidence some.yaml --format json";
    const Ended ended = shell(line);
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_EQ(ended.err, "");
    const Json sets = Json::parse(ended.out)["rows"][0]["over_sets"];
    EXPECT_EQ(sets["sets"], 4);
    EXPECT_EQ(sets["met_share"], 0.75) << "nobody responds under the first";
    EXPECT_LT(sets["low"], 0.2);
    EXPECT_GT(sets["high"], 0.4);
    EXPECT_EQ(shell(line + " --threads 3").out, ended.out);
    EXPECT_EQ(Json::parse(shell(line + " --sets 2").out)["rows"][0]["over_sets"]["sets"], 2);
    EXPECT_TRUE(Json::parse(shell(line + " --sets 0").out)["rows"][0]["over_sets"].is_null());

    write("own.csv", "noise_sd\n0.1\n0.2\n");
    const Json own = Json::parse(shell("clinicsim evidence study.yaml --format json --posterior "
                                       "own.csv")
                                     .out);
    EXPECT_EQ(own["over_sets"]["sets"], 2);
}

TEST_F(OfStudies, EvidenceSaysWhatIsWrongWithTheParameterSets) {
    const Ended none = shell("clinicsim evidence study.yaml");
    EXPECT_EQ(none.code, 0) << "the fitted point can be shown alone";
    EXPECT_TRUE(holds(none.err, "posterior.csv, so what is not known is not shown")) << none.err;
    EXPECT_EQ(shell("clinicsim evidence study.yaml --sets 0").err, "");
    EXPECT_EQ(shell("clinicsim evidence study.yaml --sets 3").code, 4) << "there is no file";
    EXPECT_EQ(shell("clinicsim evidence study.yaml --posterior nowhere.csv").code, 4);
    write("wrong.csv", "noise_sd\nmany\n");
    const Ended wrong = shell("clinicsim evidence study.yaml --posterior wrong.csv");
    EXPECT_EQ(wrong.code, 3);
    EXPECT_TRUE(holds(wrong.err, "wrong.csv:2:1: error: 'many' is no number")) << wrong.err;
    write("two.csv", "noise_sd\n0.1\n0.2\n");
    const Ended more = shell("clinicsim evidence study.yaml --posterior two.csv --sets 3");
    EXPECT_EQ(more.code, 2);
    EXPECT_TRUE(holds(more.err, "--sets: two.csv holds 2")) << more.err;
    EXPECT_EQ(shell("clinicsim evidence study.yaml --sets many").code, 2);
}

}  // namespace
}  // namespace clinicsim::cli
