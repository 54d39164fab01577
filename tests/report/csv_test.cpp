#include "clinicsim/report/csv.hpp"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "report/made_up.hpp"

namespace clinicsim::report {
namespace {

TEST(CsvCell, IsNeverAFormula) {
    EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
    EXPECT_EQ(csv_cell("+cmd"), "'+cmd");
    EXPECT_EQ(csv_cell("-x"), "'-x");
    EXPECT_EQ(csv_cell("@SUM(A1)"), "'@SUM(A1)");
    EXPECT_EQ(csv_cell("\t=1"), "'\t=1");
    EXPECT_EQ(csv_cell("\r=1"), "\"'\r=1\"");
    EXPECT_EQ(csv_cell("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
    EXPECT_EQ(csv_cell("-1e5+2"), "'-1e5+2");  // begins as a number, and is none
}

TEST(CsvCell, LeavesNumbersAlone) {
    EXPECT_EQ(csv_cell("-0.5"), "-0.5");
    EXPECT_EQ(csv_cell("+1e-05"), "+1e-05");
    EXPECT_EQ(csv_cell(""), "");
}

TEST(CsvCell, IsQuotedWhereItMustBe) {
    EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
    EXPECT_EQ(csv_cell("a \"b\""), "\"a \"\"b\"\"\"");
    EXPECT_EQ(csv_cell("a\nb"), "\"a\nb\"");
    EXPECT_EQ(csv_cell("as_needed"), "as_needed");
}

const Comparison& small() {
    static const Comparison all =
        made_up(2, {{"monthly", {{"relapses", {3, 5}}}},
                    {"=evil", {{"relapses", {4, 4}}, {"share_of_time_ill", {0.5, 0.25}}}}});
    return all;
}

std::vector<std::string> lines_with(const std::string& text, const std::string& part) {
    std::vector<std::string> found;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);)
        if (line.find(part) != std::string::npos) found.push_back(line);
    return found;
}

TEST(SummaryCsv, HasARowForEveryMetricOfEveryPolicy) {
    const std::string text = summary_csv(small());
    EXPECT_EQ(text.substr(0, text.find('\n')),
              "policy,group_by,group,metric,unit,mean,sd,n,ci_low,ci_high,kind,note");
    EXPECT_EQ(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')),
              1 + 2 * metric_rows().size());
    EXPECT_EQ(text.find('\r'), std::string::npos);
    const auto relapses = lines_with(text, ",relapses,");
    ASSERT_EQ(relapses.size(), 2u);
    // mean 4, sd sqrt(2), Student's interval with one degree of freedom: 12.706... x 1
    EXPECT_EQ(relapses[0].substr(0, relapses[0].rfind(',')).substr(0, 57),
              "monthly,,,relapses,relapses,4,1.4142135623730951,2,-8.706");
    EXPECT_EQ(relapses[1], "'=evil,,,relapses,relapses,4,0,2,4,4,count,");
}

TEST(SummaryCsv, LeavesCellsEmptyWhereNothingWasObserved) {
    const auto missing = lines_with(summary_csv(small()), "monthly,,,remission_rate");
    ASSERT_EQ(missing.size(), 1u);
    EXPECT_EQ(missing[0], "monthly,,,remission_rate,share,,,0,,,ratio,");
}

TEST(SummaryCsv, GivesGroupsOnlyTheMetricsThatGroupsHave) {
    Comparison all = made_up(2, {{"monthly", {{"relapses", {3, 5}}}}});
    all.policies[0].groups.push_back({"condition", "depression", all.policies[0].metrics});
    const auto rows = lines_with(summary_csv(all), "monthly,condition,depression,");
    const auto by_group = std::count_if(metric_rows().begin(), metric_rows().end(),
                                        [](const MetricRow& row) { return row.by_group; });
    EXPECT_EQ(rows.size(), static_cast<std::size_t>(by_group));
    EXPECT_LT(rows.size(), metric_rows().size());
}

TEST(ReplicationsCsv, GivesNumeratorAndDenominatorOfEachReplication) {
    const std::string text = replications_csv(small());
    EXPECT_EQ(
        lines_with(text, ",share_of_time_ill,"),
        (std::vector<std::string>{
            "monthly,0,share_of_time_ill,,,,", "monthly,1,share_of_time_ill,,,,",
            "'=evil,0,share_of_time_ill,0.5,1,2,", "'=evil,1,share_of_time_ill,0.25,0.5,2,"}));
}

TEST(DifferencesCsv, NamesPolicyAndBaseline) {
    const auto rows = lines_with(differences_csv(small()), ",relapses,");
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].substr(0, 46), "'=evil,monthly,relapses,relapses,0,1.414213562");
    EXPECT_EQ(rows[0].substr(rows[0].rfind(',') - 2), ",1,");  // (0 + 2) / 2
}

TEST(Csv, NeverShowsTheChangeOfRelapsesWithoutTheSentenceThatGoesWithIt) {
    const std::string metric = "relapse_change_by_waiting_per_patient_year";
    const Comparison all = made_up(2, {{"a", {{metric, {0.1, 0.2}}}}, {"b", {{metric, {0, 0.1}}}}});
    for (const std::string& text :
         {summary_csv(all), replications_csv(all), differences_csv(all)}) {
        const auto rows = lines_with(text, "," + metric + ",");
        ASSERT_FALSE(rows.empty());
        for (const std::string& row : rows)
            EXPECT_NE(row.find("an ill patient cannot relapse again"), std::string::npos) << row;
        EXPECT_TRUE(text.substr(0, text.find('\n')).ends_with(",note"));
    }
}

TEST(SummaryCsv, GivesMoneyInTheScenariosCurrency) {
    Comparison paid = made_up(3, {{"a", {{"revenue_per_year", {1e6, 1e6, 1e6}}}}, {"b", {}}});
    paid.currency = "EUR";
    EXPECT_NE(summary_csv(paid).find("a,,,revenue_per_year,EUR per year,1000000"),
              std::string::npos);
    EXPECT_NE(differences_csv(paid).find("b,a,revenue_per_year,EUR per year,"), std::string::npos);
}

}  // namespace
}  // namespace clinicsim::report
