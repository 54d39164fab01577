#include "clinicsim/report/json.hpp"

#include <limits>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "clinicsim/version.hpp"
#include "report/made_up.hpp"

namespace clinicsim::report {
namespace {

using Json = nlohmann::ordered_json;

Comparison small() {
    return made_up(2, {{"monthly", {{"relapses", {3, 5}}, {"chair_utilisation", {0.5, 0.75}}}},
                       {"as_needed", {{"relapses", {4, 8}}}}});
}

std::vector<std::string> keys(const Json& object) {
    std::vector<std::string> all;
    for (const auto& item : object.items()) all.push_back(item.key());
    return all;
}

TEST(SummaryJson, HasTheKeysOfTheContractInTheirOrder) {
    const Json all = Json::parse(summary_json(small()));
    EXPECT_EQ(keys(all), (std::vector<std::string>{"clinicsim", "format", "scenario", "seed",
                                                   "replications", "warm_up_days", "horizon_days",
                                                   "policies", "differences", "targets"}));
    EXPECT_EQ(all["clinicsim"], kVersion);
    EXPECT_EQ(all["format"], 1);
    EXPECT_EQ(keys(all["scenario"]), (std::vector<std::string>{"title", "file", "sha256"}));
    EXPECT_EQ(all["scenario"]["file"], "small.yaml");
    EXPECT_EQ(all["seed"], 7);
    EXPECT_EQ(all["replications"], 2);
    EXPECT_EQ(all["warm_up_days"], 365.0);
    EXPECT_TRUE(all["warm_up_days"].is_number_float());
    EXPECT_EQ(all["policies"].size(), 2u);
    EXPECT_EQ(all["policies"][0]["name"], "monthly");
    EXPECT_TRUE(all["policies"][0]["groups"].is_array());
    EXPECT_TRUE(all["targets"].empty());
}

TEST(SummaryJson, HasEveryMetricWithUnitMeanSpreadAndInterval) {
    const Comparison comparison = small();
    const Json metrics = Json::parse(summary_json(comparison))["policies"][0]["metrics"];
    ASSERT_EQ(metrics.size(), metric_rows().size());
    for (std::size_t i = 0; i < metric_rows().size(); ++i) {
        const Json& found = metrics[std::string{metric_rows()[i].name}];
        const Estimate& expected = comparison.policies[0].metrics[i];
        EXPECT_EQ(keys(found), (std::vector<std::string>{"unit", "mean", "sd", "n", "ci95"}));
        EXPECT_EQ(found["unit"], metric_rows()[i].unit);
        EXPECT_EQ(found["n"], expected.n);
        ASSERT_EQ(found["mean"].is_null(), !expected.mean);
        ASSERT_EQ(found["ci95"].is_null(), !expected.ci95);
        if (expected.mean) {
            EXPECT_EQ(found["mean"].get<double>(), *expected.mean);  // to the bit
        }
        if (expected.ci95) {
            EXPECT_EQ(found["ci95"][0].get<double>(), expected.ci95->low);
            EXPECT_EQ(found["ci95"][1].get<double>(), expected.ci95->high);
        }
    }
    EXPECT_EQ(metrics["relapses"]["mean"], 4.0);
    EXPECT_TRUE(metrics["remission_rate"]["mean"].is_null());
    EXPECT_EQ(metrics["remission_rate"]["n"], 0);
}

TEST(SummaryJson, GivesMoneyInTheScenariosCurrency) {
    Comparison paid = made_up(3, {{"a", {{"revenue_per_year", {1e6, 1.1e6, 0.9e6}}}}});
    paid.currency = "EUR";
    const Json metrics = Json::parse(summary_json(paid))["policies"][0]["metrics"];
    EXPECT_EQ(metrics["revenue_per_year"]["unit"], "EUR per year");
    EXPECT_DOUBLE_EQ(metrics["revenue_per_year"]["mean"].get<double>(), 1e6);
    EXPECT_EQ(metrics["contribution_per_chair_hour"]["unit"], "EUR per chair-hour");
    EXPECT_TRUE(metrics["cost_per_year"]["mean"].is_null());
}

TEST(SummaryJson, NeverGivesTheChangeInRelapsesWithoutWhatItMeans) {
    const char* name = "relapse_change_by_waiting_per_patient_year";
    const Json all = Json::parse(summary_json(
        made_up(3, {{"a", {{name, {-0.1, -0.2, -0.3}}}}, {"b", {{name, {0, 0, 1}}}}})));
    for (const Json& metric :
         {all["policies"][0]["metrics"][name], all["differences"][0]["metrics"][name]})
        EXPECT_NE(metric["note"].get<std::string>().find("an ill patient cannot relapse"),
                  std::string::npos);
}

TEST(SummaryJson, GivesDifferencesTheirIntervalAndWhatPairingBrought) {
    const Json found = Json::parse(summary_json(small()))["differences"];
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(keys(found[0]), (std::vector<std::string>{"policy", "baseline", "metrics"}));
    const Json& relapses = found[0]["metrics"]["relapses"];
    EXPECT_EQ(keys(relapses),
              (std::vector<std::string>{"mean", "ci95", "n", "variance_reduction"}));
    EXPECT_EQ(relapses["mean"], 2.0);                // (1 + 3) / 2
    EXPECT_EQ(relapses["variance_reduction"], 5.0);  // (2 + 8) / 2
    EXPECT_EQ(relapses["n"], 2);
}

TEST(SummaryJson, WritesTargetsWithTheirVerdict) {
    Comparison all = small();
    all.targets.push_back(
        {"monthly", "relapses <= 9", "relapses", true, 4.0, Interval{3, 5}, false, ""});
    all.targets.push_back(
        {"monthly", "relapses <= 4", "relapses", std::nullopt, 4.0, std::nullopt, false, ""});
    all.targets.push_back({"as_needed", "relapses <= 1", "relapses", false, 6.0, Interval{5, 7},
                           true, "nobody is treated"});
    const Json targets = Json::parse(summary_json(all))["targets"];
    EXPECT_EQ(keys(targets[0]),
              (std::vector<std::string>{"policy", "target", "met", "estimate", "ci95"}));
    EXPECT_EQ(targets[0]["met"], true);
    EXPECT_EQ(targets[0]["ci95"], Json::array({3.0, 5.0}));
    EXPECT_TRUE(targets[1]["met"].is_null());
    EXPECT_EQ(targets[2]["met"], false);
    EXPECT_EQ(targets[2]["expect"], "missed");
    EXPECT_EQ(targets[2]["because"], "nobody is treated");
}

TEST(SummaryJson, SaysOnlyWhereItAppliesThatARunWasInterruptedOrWarns) {
    Comparison all = small();
    all.interrupted = true;
    all.replications_asked = 5;
    all.warnings = {"only 2 replications"};
    all.precision_reached = false;
    const Json found = Json::parse(summary_json(all));
    EXPECT_EQ(found["interrupted"], true);
    EXPECT_EQ(found["replications_asked"], 5);
    EXPECT_EQ(found["warnings"], Json::array({"only 2 replications"}));
    EXPECT_EQ(found["precision_reached"], false);
}

TEST(SummaryJson, NeverHoldsNaNOrInfinity) {
    Comparison all = small();
    all.policies[0].metrics[0].mean = std::numeric_limits<double>::quiet_NaN();
    all.policies[0].metrics[1].ci95 = Interval{0, std::numeric_limits<double>::infinity()};
    const std::string text = summary_json(all);
    EXPECT_EQ(text.find("nan"), std::string::npos);
    EXPECT_EQ(text.find("inf,"), std::string::npos);
    const Json metrics = Json::parse(text)["policies"][0]["metrics"];
    EXPECT_TRUE(metrics[std::string{metric_rows()[0].name}]["mean"].is_null());
    EXPECT_TRUE(metrics[std::string{metric_rows()[1].name}]["ci95"].is_null());
}

TEST(SummaryJson, KeepsUmlautsAndEscapesWhatWouldSteerATerminal) {
    Comparison all = small();
    all.title = "Größe \x1b[31m \x7f \xC2\x9b \"x\" \xFF";
    const std::string text = summary_json(all);
    EXPECT_NE(text.find(R"(Größe \u001b[31m \u007f \u009b \"x\" )"
                        "\uFFFD"),
              std::string::npos)
        << text.substr(0, 200);
    EXPECT_EQ(Json::parse(text)["scenario"]["title"], "Größe \x1b[31m \x7f \xC2\x9b \"x\" \uFFFD");
}

}  // namespace
}  // namespace clinicsim::report
