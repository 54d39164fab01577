// clinicsim plan as users and scripts see it.
#include <regex>

#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace clinicsim::cli {
namespace {

using Json = nlohmann::ordered_json;

class PlanCommand : public Program {
  protected:
    PlanCommand() { write("queue.yaml", kQueue); }

    Json json(const std::string& line, int code = 0) const {
        const Ended ended = shell("clinicsim plan " + line + " --format json");
        EXPECT_EQ(ended.code, code) << ended.err;
        return Json::parse(ended.out, nullptr, false);
    }

    // M/M/c with a load of 5: one in five may wait
    static constexpr const char* kQueue = R"(clinicsim: 1
title: A waiting line
run: {seed: 1, start: 2026-01-01, warm_up: 10 days, horizon: 180 days, replications: 10}
clinic: {chairs: 6, open: always, access: walk_in, priority: none, visit: {infusion: {exponential: {mean: 1 hour}}}}
patients:
  arrivals: {poisson: {mean: 5, per: hour}}
  conditions: {depression: {induction: single, course: leaves}}
inductions: {single: {visits: 1}}
courses: {leaves: {renewal: {responds: 0 %}}}
policies: {none: {}}
targets: [{target: "wait_days_induction.waited <= 20 %"}]
)";
};

TEST_F(PlanCommand, FindsWhatErlangSaysOfAWaitingLine) {
    // E15 of the theory: 8 servers for a load of 5, 14 for one of 10; by default chairs vary
    const Json five = json("queue.yaml");
    EXPECT_EQ(five["answer"]["clinic.chairs"], 8);
    EXPECT_EQ(five["confirmed"], true);
    EXPECT_EQ(five["analytic"]["none"]["chairs_for_targets"], 8);
    const Json ten = json("queue.yaml --set patients.arrivals.poisson.mean=10");
    EXPECT_EQ(ten["answer"]["clinic.chairs"], 14);
    EXPECT_EQ(ten["confirmed"], true);
}

TEST_F(PlanCommand, CountsInTheFormulaOnlyTheSiteWhoseChairsVary) {
    write("sites.yaml",
          std::regex_replace(std::string{kQueue}, std::regex{"chairs: 6, open: always"},
                             "sites: {north: {chairs: 8, open: always, patients: 25 %}, south: "
                             "{chairs: 40, open: always, patients: 75 %}}"));
    const std::string twenty_an_hour = "sites.yaml --set patients.arrivals.poisson.mean=20";
    const Json north = json(twenty_an_hour + " --vary clinic.sites.north.chairs=7..9")["analytic"];
    // M/M/infinity: a mean over 4320 hours has the variance 2 x 5 / 4320; five standard errors
    EXPECT_NEAR(north["none"]["load"], 5, 0.24);
    EXPECT_EQ(north["none"]["chairs_for_targets"], 8);  // as under one roof, above

    // which chairs may vary is not clear by itself
    const Ended ended = shell("clinicsim plan sites.yaml");
    EXPECT_EQ(ended.code, 3);
    EXPECT_NE(ended.err.find("clinic.sites.north.chairs, clinic.sites.south.chairs"),
              std::string::npos)
        << ended.err;
    EXPECT_EQ(ended.out, "");
}

TEST_F(PlanCommand, VariesTheOnlyKindOfChairsWhereNothingIsSaid) {
    write("kinds.yaml", std::regex_replace(std::string{kQueue}, std::regex{"chairs: 6"},
                                           "chairs: {recliner: 6}"));
    EXPECT_EQ(json("kinds.yaml")["answer"]["clinic.chairs.recliner"], 8);
}

TEST_F(PlanCommand, FindsTheMostArrivalsThatEightChairsCanServe) {
    // Erlang C with 8 servers: 16.7 % wait with a load of 5, 25.1 % with 5.5
    const Json found = json(
        "queue.yaml --set clinic.chairs=8 --vary patients.arrivals.poisson.mean=\"4..6.5 by 0.5\" "
        "--goal \"most patients.arrivals.poisson.mean\"");
    EXPECT_EQ(found["answer"]["patients.arrivals.poisson.mean"], 5);
    EXPECT_EQ(found["confirmed"], true);
}

TEST_F(PlanCommand, GivesTheSameBytesForAnyNumberOfThreads) {
    for (const char* format : {"json", "csv", "table"}) {
        const std::string line = std::string{"clinicsim plan queue.yaml --format "} + format;
        const std::string one = shell(line + " --threads 1").out;
        EXPECT_GT(one.size(), 200u);
        EXPECT_EQ(one, shell(line + " --threads 3").out) << format;
    }
}

TEST_F(PlanCommand, TakesTheCommandLineOverTheSection) {
    write("asked.yaml", std::string{kQueue} +
                            "plan: {vary: {clinic.chairs: 1..3}, targets: [{target: "
                            "\"wait_days_induction.waited <= 50 %\"}], confidence: 99 %}\n");
    // three chairs cannot serve a load of five, and unlimited ones can
    const Json narrow = json("asked.yaml", 5);
    EXPECT_TRUE(narrow["answer"].is_null());
    EXPECT_EQ(narrow["policies"][0]["outcome"], "none");
    EXPECT_TRUE(holds(narrow["policies"][0]["remarks"][0], "a range that goes further"));
    const Json wide = json("asked.yaml --vary clinic.chairs=5,6,7,8,9 --confidence 90%");
    EXPECT_EQ(wide["answer"]["clinic.chairs"], 7);  // 32.4 %; 6: 58.8 %
    EXPECT_EQ(wide["confidence"], 0.9);
    EXPECT_EQ(json("asked.yaml --vary clinic.chairs=5..9 --target "
                   "\"wait_days_induction.waited <= 20 %\"")["answer"]["clinic.chairs"],
              8);
}

TEST_F(PlanCommand, EndsWithSixWhereTheBudgetTellsNothingApart) {
    // Erlang C says 0.32415 for 7 chairs: on the bound itself
    const Json found =
        json("queue.yaml --target \"wait_days_induction.waited <= 32.415 %\" --budget 200", 6);
    EXPECT_EQ(found["confirmed"], false);
    EXPECT_EQ(found["policies"][0]["outcome"], "unclear");
    EXPECT_EQ(found["answer"]["clinic.chairs"], 8);  // safe
    EXPECT_LE(found["runs"].get<int>(), 200);
}

TEST_F(PlanCommand, NamesThePlaceOfWhatIsWrong) {
    write("wrong.yaml", std::string{kQueue} + "plan: {vary: {clinic.nurses: 1..3}}\n");
    const Ended ended = shell("clinicsim plan wrong.yaml");
    EXPECT_EQ(ended.code, 3);
    EXPECT_TRUE(holds(ended.err, "wrong.yaml:12:15: error: plan.vary.clinic.nurses")) << ended.err;
    EXPECT_EQ(shell("clinicsim check wrong.yaml").code, 3);
    const Ended option = shell("clinicsim plan queue.yaml --vary clinic.chairs=0..3");
    EXPECT_EQ(option.code, 3);
    EXPECT_TRUE(holds(option.err, "--vary: error: plan.vary.clinic.chairs: with 0")) << option.err;
    const Ended target = shell("clinicsim plan queue.yaml --target \"waits <= 7 days\"");
    EXPECT_EQ(target.code, 3);
    EXPECT_TRUE(holds(target.err, "--target: error")) << target.err;
}

TEST_F(PlanCommand, RefusesWhatMakesNoSense) {
    for (const char* options :
         {"--vary clinic.chairs", "--budget 0", "--monthly-growth 50%", "--monthly-growth x",
          "--policy weekly",
          "--monthly-growth 3% --vary patients.arrivals.poisson.mean=1..3 --goal \"most "
          "patients.arrivals.poisson.mean\""}) {
        const Ended ended = shell(std::string{"clinicsim plan queue.yaml "} + options);
        EXPECT_EQ(ended.code, 2) << options << ended.err;
        EXPECT_EQ(ended.out, "") << options;
    }
}

TEST_F(PlanCommand, WritesItsFilesIntoANewFolder) {
    ASSERT_EQ(shell("clinicsim plan queue.yaml -o out").code, 0);
    EXPECT_EQ(read("out/plan.json"), shell("clinicsim plan queue.yaml --format json").out);
    EXPECT_EQ(read("out/plan.csv"), shell("clinicsim plan queue.yaml --format csv").out);
    EXPECT_EQ(Json::parse(read("out/manifest.json"))["scenario"]["title"], "A waiting line");
    const Ended again = shell("clinicsim plan queue.yaml -o out");
    EXPECT_EQ(again.code, 4);
    EXPECT_EQ(again.out, "");  // said before the work
}

TEST_F(PlanCommand, SaysWhenMoreIsDueWhereArrivalsGrow) {
    const Json found = json("queue.yaml --monthly-growth 3%");
    ASSERT_GE(found["timetable"].size(), 2u);
    EXPECT_EQ(found["timetable"][0]["from_month"], 0);
    int chairs = 0, month = -1;
    for (const Json& step : found["timetable"]) {
        if (!step["answer"].is_null()) {
            EXPECT_GT(step["answer"]["clinic.chairs"].get<int>(), chairs);
            chairs = step["answer"]["clinic.chairs"];
        }
        EXPECT_GT(step["from_month"].get<int>(), month);
        month = step["from_month"];
    }
    // after 35 months the load is 14, for which Erlang C asks for 18 chairs, a few more or fewer
    EXPECT_GE(chairs, 15);
}

TEST_F(PlanCommand, PrintsWhatWasFinishedWhenItIsInterrupted) {
    const Ended ended =
        shell("'" CLINICSIM_PROGRAM
              "' plan queue.yaml --set run.horizon='40 years' --set limits.patients=1e9 --set "
              "limits.events=1e15 --threads 1 --format json &\njob=$!\nsleep 4\nkill -INT "
              "$job\nwait $job");
    EXPECT_EQ(ended.code, 130) << ended.err;
    const Json found = Json::parse(ended.out, nullptr, false);
    EXPECT_EQ(found["interrupted"], true);
    EXPECT_EQ(found["confirmed"], false);
}

}  // namespace
}  // namespace clinicsim::cli
