// clinicsim calibrate: from the file to files that scenarios can use.
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace clinicsim::cli {
namespace {

class Calibrate : public Program {
  protected:
    Calibrate() {
        fs::create_directories(folder_ / "evidence");
        fs::create_directories(folder_ / "fits");
        write("evidence/study.yaml", R"(clinicsim: 1
title: Two infusions
run: {seed: 1}
courses: {usual_care: {symptom: {}}}
study:
  patients: 300
  course: usual_care
  phases:
    two: {infusions: {days: [0, 3], dose: nasal}, ratings: {after_infusion: 1 day}}
  outcomes: {response: {share: response}, remission: {share: remission}}
)");
        write("fits/fit.yaml", R"(clinicsim_calibration: 1
title: A small fit
patients: 100
parameters:
  slow_gain: {from: 5 %, to: 60 %}
  slow_half_life: {from: 4 days, to: 20 days}
  stress: {from: 0.001 per day, to: 0.05 per day}
  nasal_dose: {from: 30 %, to: 100 %}
targets:
  - {study: ../evidence/study.yaml, outcome: response, value: 50 %, sd: 5 %, source: "made up, =1"}
  - {study: ../evidence/study.yaml, outcome: remission, value: 0.2, sd: 0.05}
check: {patients: 200}
set: {size: 15}
)");
    }
    Ended fit(const std::string& more) const {
        return shell("clinicsim calibrate fits/fit.yaml --evaluations 600 " + more);
    }
};

TEST_F(Calibrate, WritesFilesThatAScenarioReads) {
    const Ended ended = fit("-o result");
    EXPECT_TRUE(ended.code == 0 || ended.code == 6) << ended.err;
    write("with.yaml", R"(extends: result/course.yaml
clinicsim: 1
title: With the fit
run: {seed: 1, start: 2026-01-05, horizon: 100 days, replications: 2}
clinic: {chairs: 2, visit: {infusion: 40 min}}
patients:
  arrivals: {poisson: {mean: 5, per: week}}
  conditions: {depression: {induction: six, course: usual_care}}
inductions: {six: {visits: 6, gap: 2 days}}
courses: {usual_care: {posterior: result/posterior.csv}}
policies: {monthly: {every: 30 days, clock: reset}}
)");
    const Ended checked = shell("clinicsim check with.yaml");
    EXPECT_EQ(checked.code, 0) << checked.err << read("result/course.yaml");
    EXPECT_EQ(checked.err, "");
    // 15 sets of the parameters in the order of the file
    const std::string posterior = read("result/posterior.csv");
    EXPECT_TRUE(holds(posterior, "\nslow_gain,slow_half_life,stress,nasal_dose\n")) << posterior;
    std::size_t rows = 0;
    for (std::size_t at = 0; (at = posterior.find('\n', at)) != std::string::npos; ++at)
        rows += posterior[at + 1] >= '0' && posterior[at + 1] <= '9' ? 1 : 0;
    EXPECT_EQ(rows, 15u);
}

TEST_F(Calibrate, SaysWhereTheResultComesFrom) {
    fit("--set patients=120 --seed 4 -o result");
    const std::string course = read("result/course.yaml");
    EXPECT_TRUE(holds(course,
                      "# A small fit\n# made by: clinicsim calibrate fit.yaml "
                      "--evaluations 600 --set patients=120 --set seed=4\n"))
        << course;
    EXPECT_TRUE(holds(course, "courses:\n  usual_care:\n    symptom:\n      slow_gain: "))
        << course;
    EXPECT_TRUE(holds(course, "\n      nasal_dose: ")) << course;
    EXPECT_TRUE(holds(read("result/fit.csv"), "\"made up, =1\"")) << read("result/fit.csv");
    EXPECT_TRUE(holds(read("result/sets.csv"), ",nasal_dose,sum_of_the_search,sum_fresh,"));
}

TEST_F(Calibrate, WritesTheSameBytesForAnyNumberOfThreads) {
    const Ended one = fit("--threads 1 -o one"), two = fit("--threads 2 -o two");
    EXPECT_EQ(one.out, two.out);
    EXPECT_EQ(one.code, two.code);
    for (const char* name : {"course.yaml", "posterior.csv", "sets.csv", "fit.csv"}) {
        EXPECT_FALSE(read(std::string{"one/"} + name).empty()) << name;
        EXPECT_EQ(read(std::string{"one/"} + name), read(std::string{"two/"} + name)) << name;
    }
    EXPECT_NE(fit("--seed 9").out, one.out);
}

TEST_F(Calibrate, ShowsEveryNumberBesideItsPublishedOne) {
    const Ended ended = fit("");
    EXPECT_TRUE(holds(ended.out, "study response ")) << ended.out;
    EXPECT_TRUE(holds(ended.out, "50 ± 5 %")) << ended.out;
    EXPECT_TRUE(holds(ended.out, "sum of squared z ")) << ended.out;
    EXPECT_TRUE(holds(ended.out, "slow_half_life ")) << ended.out;
    EXPECT_TRUE(holds(ended.out, "The set: 15 sets of parameters")) << ended.out;
    const auto json = nlohmann::json::parse(fit("--format json").out);
    EXPECT_EQ(json["evaluations"], 600);
    ASSERT_EQ(json["targets"].size(), 2u);
    double sum = 0;
    for (const auto& target : json["targets"]) sum += double{target["z"]} * double{target["z"]};
    EXPECT_NEAR(json["sum_of_squared_z"], sum, 1e-9);
    EXPECT_EQ(json["parameters"].size(), 4u);
    EXPECT_EQ(json["set"]["size"], 15);
}

TEST_F(Calibrate, EndsWithSixAndAWarningWhereTheSetHasNotSettled) {
    const Ended ended =
        shell("clinicsim calibrate fits/fit.yaml --evaluations 10 --set set.size=5 -o few");
    EXPECT_EQ(ended.code, 6);
    EXPECT_TRUE(holds(ended.out, "warning: 10 evaluations are too few")) << ended.out;
    EXPECT_TRUE(holds(read("few/course.yaml"), "# warning: 10 evaluations are too few"));
}

TEST_F(Calibrate, WritesOverNothing) {
    fs::create_directories(folder_ / "full");
    write("full/mine.txt", "mine");
    const Ended ended = fit("-o full");
    EXPECT_EQ(ended.code, 4);
    EXPECT_TRUE(holds(ended.err, "full is not empty; name a new folder with -o")) << ended.err;
    EXPECT_EQ(ended.out, "");
    EXPECT_EQ(read("full/mine.txt"), "mine");
}

TEST_F(Calibrate, NamesFaultsWithTheirPlace) {
    write("fits/bad.yaml",
          "clinicsim_calibration: 1\nparameters: {slow_gian: {from: 1 %, to: 2 "
          "%}}\ntargets:\n  - {study: ../evidence/study.yaml, outcome: response, "
          "value: 50 %, sd: 5 days}\n");
    const Ended ended = shell("clinicsim calibrate fits/bad.yaml");
    EXPECT_EQ(ended.code, 3);
    EXPECT_TRUE(holds(ended.err,
                      "fits/bad.yaml:2:25: error: parameters.slow_gian: there is no "
                      "parameter 'slow_gian'; did you mean 'slow_gain'?"))
        << ended.err;
    EXPECT_TRUE(holds(ended.err, "fits/bad.yaml:4:")) << ended.err;
    EXPECT_EQ(shell("clinicsim calibrate fits/none.yaml").code, 4);
    EXPECT_EQ(shell("clinicsim calibrate fits/fit.yaml --budget 5 --evaluations 9").code, 2);
    EXPECT_EQ(shell("clinicsim calibrate fits/fit.yaml --evaluations 0").code, 2);
}

}  // namespace
}  // namespace clinicsim::cli
