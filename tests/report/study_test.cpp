// What is printed and written of a study, and of the evidence of several.
#include "clinicsim/report/study.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/made_up.hpp"

namespace clinicsim::report {
namespace {

using Json = nlohmann::ordered_json;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

OutcomeResult outcome(const std::string& name, const std::string& unit,
                      std::optional<double> mean = {}, std::optional<Interval> ci = {}) {
    OutcomeResult one;
    one.name = name;
    one.unit = unit;
    one.definition = "What " + name + " is.";
    one.estimate.mean = mean;
    one.estimate.ci95 = ci;
    one.estimate.n = mean ? 20 : 0;
    if (mean) one.estimate.sd = 0.25;
    one.samples = {mean ? MetricSample{*mean * 10, 10, true} : MetricSample{}};
    return one;
}

TargetResult target(const OutcomeResult& of, double lowest, double highest, std::optional<bool> met,
                    std::optional<double> published) {
    TargetResult one;
    one.policy = "study";
    one.text = of.name + " in …";
    one.metric = of.name;
    one.met = met;
    one.estimate = of.estimate.mean;
    one.ci95 = of.estimate.ci95;
    one.published.value = published;
    one.lowest = lowest;
    one.highest = highest;
    one.published.source = "Somebody 2013, a journal";
    return one;
}

StudyResult study() {
    StudyResult all;
    all.title = "Somebody 2013";
    all.file = "somebody.yaml";
    all.sha256 = std::string(64, 'b');
    all.seed = 7;
    all.replications = all.replications_asked = 20;
    all.patients = 1000;
    all.outcomes = {outcome("response", "share", 0.708, Interval{0.7, 0.716}),
                    outcome("median", "days", 18.5, Interval{18, 19}),
                    outcome("ratio", "ratio", 0.5, Interval{0.45, 0.55}), outcome("never", "days")};
    all.targets = {target(all.outcomes[0], 0.57, 0.85, true, 0.71),
                   target(all.outcomes[1], 11, 17, false, 14),
                   target(all.outcomes[2], -kInfinity, 0.5, std::nullopt, std::nullopt),
                   target(all.outcomes[3], 1, 2, std::nullopt, 1.5)};
    all.targets[1].expect_missed = true;
    all.targets[1].because = "the trial was small";
    all.targets[1].published.standing = TargetStanding::fitted;
    all.targets[1].published.low = 12, all.targets[1].published.high = 16;
    all.targets[1].published.patients = 24;
    all.targets[1].published.derived = "read off a figure";
    return all;
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(StudyTable, SaysWhatANumberThatWasNeverOtherwiseMeansAndThatPatientsWereScreened) {
    StudyResult one = study();
    EXPECT_EQ(study_table(one, {}).find("none seen in any replication"), std::string::npos);
    EXPECT_NE(study_table(one, {}).find("20 replications of 1000 patients\n"), std::string::npos);
    one.screens = true;
    one.outcomes[0].estimate.mean = 0;
    one.outcomes[0].estimate.ci95 = Interval{0, 0.0018};
    const std::string table = study_table(one, {});
    EXPECT_NE(table.find("0 < 0.18 %"), std::string::npos) << table;
    EXPECT_NE(table.find("none seen in any replication"), std::string::npos);
    EXPECT_NE(table.find("20 replications of 1000 patients screened\n"), std::string::npos);
}

TEST(StudyJson, IsTheContractOfResultsWithOnePolicy) {
    const Json json = Json::parse(study_json(study()));
    EXPECT_EQ(json["format"], 1);
    EXPECT_EQ(json["scenario"]["file"], "somebody.yaml");
    EXPECT_EQ(json["scenario"]["sha256"], std::string(64, 'b'));
    EXPECT_EQ(json["seed"], 7);
    EXPECT_EQ(json["replications"], 20);
    ASSERT_EQ(json["policies"].size(), 1u);
    EXPECT_EQ(json["policies"][0]["name"], "study");
    const Json& metrics = json["policies"][0]["metrics"];
    EXPECT_EQ(metrics["response"]["unit"], "share");
    EXPECT_EQ(metrics["response"]["mean"], 0.708);
    EXPECT_EQ(metrics["response"]["sd"], 0.25);
    EXPECT_EQ(metrics["response"]["n"], 20);
    EXPECT_EQ(metrics["response"]["ci95"], Json::array({0.7, 0.716}));
    EXPECT_TRUE(metrics["never"]["mean"].is_null());
    EXPECT_TRUE(metrics["never"]["ci95"].is_null());
    EXPECT_EQ(metrics["never"]["n"], 0);
    EXPECT_TRUE(json["differences"].empty());
    EXPECT_FALSE(json.contains("interrupted"));
    EXPECT_FALSE(json.contains("warnings"));
}

TEST(StudyJson, TargetsSayWhatWasMetAndWhatWasKnownToBeMissed) {
    const Json targets = Json::parse(study_json(study()))["targets"];
    ASSERT_EQ(targets.size(), 4u);
    EXPECT_EQ(targets[0]["policy"], "study");
    EXPECT_EQ(targets[0]["target"], "response in …");
    EXPECT_EQ(targets[0]["met"], true);
    EXPECT_EQ(targets[0]["estimate"], 0.708);
    EXPECT_EQ(targets[0]["published"], 0.71);
    EXPECT_EQ(targets[0]["source"], "Somebody 2013, a journal");
    EXPECT_FALSE(targets[0].contains("expect"));
    EXPECT_EQ(targets[1]["met"], false);
    EXPECT_EQ(targets[1]["expect"], "missed");
    EXPECT_EQ(targets[1]["because"], "the trial was small");
    EXPECT_TRUE(targets[2]["met"].is_null());
    EXPECT_TRUE(targets[2]["published"].is_null());
}

TEST(StudyJson, SaysThatItWasInterrupted) {
    StudyResult part = study();
    part.interrupted = true;
    part.replications_asked = 50;
    part.warnings = {"interrupted"};
    const Json json = Json::parse(study_json(part));
    EXPECT_EQ(json["interrupted"], true);
    EXPECT_EQ(json["replications_asked"], 50);
    EXPECT_EQ(json["warnings"], Json::array({"interrupted"}));
}

TEST(StudyCsv, HasALineForEveryOutcome) {
    StudyResult all = study();
    all.targets.pop_back();
    EXPECT_EQ(
        study_csv(all),
        "outcome,unit,mean,sd,n,ci_low,ci_high,published,target_low,target_high,met,source\n"
        "response,share,0.708,0.25,20,0.7,0.716,0.71,0.57,0.85,yes,\"Somebody 2013, a journal\"\n"
        "median,days,18.5,0.25,20,18,19,14,11,17,no,\"Somebody 2013, a journal\"\n"
        "ratio,ratio,0.5,0.25,20,0.45,0.55,,,0.5,,\"Somebody 2013, a journal\"\n"
        "never,days,,,0,,,,,,,\n");
}

TEST(StudyTable, SetsThePublishedBesideTheSimulated) {
    const std::string table = study_table(study(), {100, false, false});
    EXPECT_EQ(
        table,
        "Somebody 2013\n"
        "somebody.yaml, seed 7: 20 replications of 1000 patients\n"
        "\n"
        "outcome   simulated ± 95 %                          published     accepted  standing\n"
        "response      70.8 ± 0.8 %                               71 %     57 to 85  held out  "
        "met\n"
        "median     18.5 ± 0.5 days  14 days (12 to 16), n 24, derived     11 to 17    fitted  "
        "missed, as known\n"
        "ratio          0.50 ± 0.05                                     at most 0.5            ? "
        "not clear\n"
        "never                    –                           1.5 days       1 to 2  held out  ? "
        "not clear\n"
        "\n"
        "not met, and why\n"
        "median: the trial was small\n"
        "\n"
        "derived from what was published\n"
        "median: read off a figure\n"
        "\n"
        "sources\n"
        "Somebody 2013, a journal\n");
    EXPECT_FALSE(holds(table, "What response is."));
    EXPECT_FALSE(holds(table, "\x1b"));
    EXPECT_TRUE(holds(study_table(study(), {100, false, true}), "response: What response is."));
    EXPECT_TRUE(holds(study_table(study(), {100, true, false}), "\x1b[32mmet\x1b[0m"));
}

TEST(StudyTable, ASteeringTitleIsPrintedHarmlessly) {
    StudyResult all = study();
    all.title = "Some\x1b[2Jbody";
    EXPECT_FALSE(holds(study_table(all, {100, false, false}), "\x1b"));
}

TEST(StudyFiles, AreThoseOfAResultsFolder) {
    Scenario scenario;
    scenario.file = "somebody.yaml";
    scenario.sha256 = std::string(64, 'b');
    scenario.resolved = R"({"clinicsim": 1})";
    const StudyResult all = study();
    const auto files = study_files({scenario, {}, std::nullopt, {"GNU 12", "-O3"}}, all);
    ASSERT_EQ(files.size(), 4u);
    EXPECT_EQ(files[0].name, "manifest.json");
    EXPECT_EQ(files[1].name, "summary.json");
    EXPECT_EQ(files[1].bytes, study_json(all));
    EXPECT_EQ(files[2].name, "summary.csv");
    EXPECT_EQ(files[3].name, "replications.csv");
    EXPECT_EQ(
        files[3].bytes.substr(0, 85),
        "outcome,replication,value,numerator,denominator\nresponse,0,0.708,7.08,10\nmedian,0,18.");
    EXPECT_TRUE(holds(files[3].bytes, "\nnever,0,,,\n"));
}

// --- evidence ------------------------------------------------------------------------------------

TEST(Evidence, RowsAreTheContractOfItsJson) {
    const auto rows = evidence_rows(study());
    ASSERT_EQ(rows.size(), 4u);
    const Json json = Json::parse(evidence_json(rows));
    const Json& row = json["rows"][0];
    EXPECT_EQ(row["study"], "Somebody 2013");
    EXPECT_EQ(row["number"], "response");
    EXPECT_EQ(row["published"], 0.71);
    EXPECT_EQ(row["accepted"], Json::array({0.57, 0.85}));
    EXPECT_EQ(row["standing"], "held_out");
    EXPECT_FALSE(row.contains("published_ci")) << "nobody published one";
    EXPECT_FALSE(row.contains("n"));
    EXPECT_FALSE(row.contains("derived"));
    EXPECT_EQ(row["simulated"], 0.708);
    EXPECT_EQ(row["ci95"], Json::array({0.7, 0.716}));
    EXPECT_EQ(row["met"], true);
    EXPECT_EQ(row["source"], "Somebody 2013, a journal");
    EXPECT_FALSE(row.contains("policy"));
    EXPECT_EQ(json["rows"][1]["expect"], "missed");
    EXPECT_EQ(json["rows"][1]["standing"], "fitted");
    EXPECT_EQ(json["rows"][1]["published_ci"], Json::array({12, 16}));
    EXPECT_EQ(json["rows"][1]["accepted"], Json::array({11, 17}));
    EXPECT_EQ(json["rows"][1]["n"], 24);
    EXPECT_EQ(json["rows"][1]["derived"], "read off a figure");
    EXPECT_FALSE(json["rows"][2].contains("standing")) << "no number was published";
    EXPECT_EQ(json["counts"]["held_out"], (Json{{"numbers", 2}, {"met", 1}, {"missed", 0}}));
    EXPECT_EQ(json["counts"]["fitted"], (Json{{"numbers", 1}, {"met", 0}, {"missed", 1}}));
    EXPECT_FALSE(json["counts"].contains("tuned"));
    EXPECT_EQ(json["rows"][2]["accepted"], Json::array({nullptr, 0.5})) << "one side only";
    EXPECT_TRUE(json["rows"][2]["met"].is_null());
    EXPECT_TRUE(json["rows"][3]["simulated"].is_null());
    EXPECT_TRUE(json["rows"][3]["ci95"].is_null());
}

TEST(Evidence, GivesTheReasonOfWhatIsNotClearButNotOfWhatIsMet) {
    StudyResult all = study();
    all.targets[0].because = "met all the same";
    all.targets[2].because = "the interval lies across";
    ASSERT_EQ(all.targets[0].met, true);
    ASSERT_FALSE(all.targets[2].met);
    const auto rows = evidence_rows(all);
    for (const std::string& text :
         {evidence_table(rows, {}), evidence_markdown(rows), study_table(all, {})}) {
        EXPECT_TRUE(holds(text, "the interval lies across")) << text;
        EXPECT_FALSE(holds(text, "met all the same")) << text;
    }
    const Json json = Json::parse(evidence_json(rows));
    EXPECT_EQ(json["rows"][0]["because"], "met all the same");
    EXPECT_FALSE(json["rows"][0].contains("expect"));
}

TEST(Evidence, RowsOfAClinicNameThePolicy) {
    Comparison clinic = made_up(2, {{"monthly", {{"booster_interval_days", {30, 32}}}}});
    TargetResult found;
    found.policy = "monthly";
    found.metric = "booster_interval_days";
    found.lowest = 20, found.highest = 40;
    clinic.targets = {found};
    const auto rows = evidence_rows(clinic);
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].unit, "days");
    EXPECT_EQ(Json::parse(evidence_json(rows))["rows"][0]["policy"], "monthly");
    EXPECT_TRUE(
        holds(evidence_table(rows, {100, false, false}), "booster_interval_days (monthly)"));
}

TEST(Evidence, TheTableNamesEveryStudyOnceAndItsVerdicts) {
    auto rows = evidence_rows(study());
    const auto more = [] {
        StudyResult other = study();
        other.title = "Another 2020";
        return evidence_rows(other);
    }();
    rows.insert(rows.end(), more.begin(), more.end());
    const std::string table = evidence_table(rows, {100, false, false});
    EXPECT_EQ(table.find("\nSomebody 2013\n"), table.rfind("\nSomebody 2013\n")) << table;
    EXPECT_TRUE(holds(table, "\nAnother 2020\n")) << table;
    EXPECT_TRUE(holds(table, "Another 2020, median: the trial was small")) << table;
    EXPECT_TRUE(holds(table, "missed, as known"));
    EXPECT_TRUE(holds(table, "14 days (12 to 16), n 24, derived")) << table;
    EXPECT_TRUE(holds(table, "Another 2020, median: read off a figure")) << table;
    EXPECT_TRUE(holds(table,
                      "  4 held out, which test the model: 2 met, 0 missed, 2 not clear\n"
                      "  2 fitted: they are in the calibration: 0 met, 2 missed\n"))
        << table;
}

TEST(Evidence, AsAPageNamesEveryStudyOnceWithALinkToItsFileAndReasonsBelow) {
    StudyResult found = study();
    found.targets[0].published.source = "a|b_c";
    const std::string page = evidence_markdown(evidence_rows(found));
    const std::string link =
        "| [Somebody 2013](" + found.file + ") | response | 71 % | 57 to 85 % |";
    EXPECT_TRUE(holds(page, link)) << page;
    EXPECT_EQ(page.find("[Somebody 2013]"), page.rfind("[Somebody 2013]"));
    EXPECT_TRUE(holds(page, "a\\|b\\_c")) << "a bar would end the cell";
    EXPECT_TRUE(holds(page, "- **Somebody 2013**, median: the trial was small")) << page;
    EXPECT_TRUE(holds(page, "1 files, 4 published numbers"));
    EXPECT_TRUE(holds(page, "- 1 fitted: they are in the calibration: 0 met, 1 missed\n")) << page;
    EXPECT_TRUE(holds(page, "| fitted | missed, as known |")) << page;
}

TEST(Evidence, GivesBothEndsOfAnIntervalThatBeginsOrEndsAtAMedian) {
    StudyResult found = study();
    for (TargetResult& target : found.targets)
        if (target.metric == "median") target.estimate = 210, target.ci95 = Interval{203, 210};
    const std::string table = evidence_table(evidence_rows(found), {100, false, false});
    EXPECT_TRUE(holds(table, "210 (203 to 210) days")) << table;
}

// --- over parameter sets ------------------------------------------------------------------------

/// met, missed, not clear and one that was not run over sets.
std::vector<EvidenceRow> over_sets_rows() {
    auto rows = evidence_rows(study());
    rows[0].over_sets = OverSets{200, 80, Interval{0.61, 0.755}};
    rows[1].over_sets = OverSets{200, 10, Interval{10, std::numeric_limits<double>::infinity()}};
    rows[2].over_sets = OverSets{200, 200, Interval{0, 0.4}};
    return rows;
}

TEST(Evidence, ShowsWhereTheParameterSetsLieBesideTheVerdictOfThePoint) {
    const auto rows = over_sets_rows();
    const std::string table = evidence_table(rows, {160, false, false});
    EXPECT_TRUE(holds(table, "90 % of sets  sets met  standing")) << table;
    EXPECT_TRUE(holds(table, "61 to 75.5      40 %  held out  met\n")) << table;
    EXPECT_TRUE(holds(table, "10 to not reached       5 %    fitted  missed, as known\n")) << table;
    EXPECT_TRUE(holds(table,
                      "over 200 parameter sets that fit about as well: of the 1 missed, 1 are met "
                      "by one set in twenty or more, 0 by none; of the 1 met, 1 are met by fewer "
                      "than half\n"))
        << table;
    EXPECT_TRUE(holds(table, "It is run on 2 replications")) << table;
    const std::string page = evidence_markdown(rows);
    EXPECT_TRUE(holds(page, "| 61 to 75.5 % | 40 % | held out | met |")) << page;
    EXPECT_TRUE(holds(page, "| 10 days to not reached | 5 % | fitted | missed, as known |"))
        << page;
    EXPECT_TRUE(holds(page, "- over 200 parameter sets")) << page;
    // as many cells in every line of the table
    std::size_t lines = 0;
    for (std::size_t at = 0; (at = page.find("\n| ", at)) != std::string::npos; ++at, ++lines) {
        const std::string line = page.substr(at + 1, page.find('\n', at + 1) - at - 1);
        EXPECT_EQ(std::count(line.begin(), line.end(), '|'), 11) << line;
    }
    EXPECT_EQ(lines, 5u) << "the heading and four numbers";
}

TEST(Evidence, AsJsonHoldsTheSetsAndNullWhereNoneWereRun) {
    const Json json = Json::parse(evidence_json(over_sets_rows()));
    EXPECT_EQ(json["rows"][0]["over_sets"],
              (Json{{"low", 0.61}, {"high", 0.755}, {"met_share", 0.4}, {"sets", 200}}));
    EXPECT_TRUE(json["rows"][1]["over_sets"]["high"].is_null());
    EXPECT_TRUE(json["rows"][3]["over_sets"].is_null());
    EXPECT_EQ(json["over_sets"]["sets"], 200);
    EXPECT_EQ(json["over_sets"]["missed"],
              (Json{{"numbers", 1}, {"met_by_one_set_in_twenty", 1}, {"met_by_no_set", 0}}));
    EXPECT_EQ(json["over_sets"]["met"], (Json{{"numbers", 1}, {"met_by_under_half", 1}}));
}

TEST(Evidence, SaysNothingOfSetsWhereNoneWereRun) {
    const auto rows = evidence_rows(study());
    for (const std::string& text : {evidence_table(rows, {}), evidence_markdown(rows)})
        EXPECT_FALSE(holds(text, "sets")) << text;
    EXPECT_FALSE(Json::parse(evidence_json(rows)).contains("over_sets"));
}

}  // namespace
}  // namespace clinicsim::report
