#include "clinicsim/report/table.hpp"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "report/made_up.hpp"
#include "text.hpp"

namespace clinicsim::report {
namespace {

/// Ten replications around `mean`; `pattern` shuffles them, so that two metrics need not move
/// together.
std::vector<double> around(double mean, double spread, int pattern = 3) {
    std::vector<double> values;
    for (int i = 0; i < 10; ++i) values.push_back(mean + spread * ((i * pattern) % 10 - 4.5));
    return values;
}

MadeUp clinic(double busy, double relapses, double ill, int pattern = 3) {
    return {{"chair_utilisation", around(busy, 0.003, pattern)},
            {"chairs_for_85_percent", around(7 * busy, 0.02, pattern)},
            {"infusions_per_week", around(160 * busy, 0.5, pattern)},
            {"wait_days_rescue.mean", around(3 * busy, 0.05, pattern)},
            {"relapses_per_patient_year", around(relapses * (1 - ill), 0.02, pattern)},
            {"relapses_per_well_patient_year", around(relapses, 0.02, pattern)},
            {"share_of_time_ill", around(ill, 0.001, pattern)},
            {"boosters_per_patient_year", around(15 * busy, 0.1, pattern)},
            {"patients_in_care", around(400, 4, pattern)}};
}

Comparison two() {
    Comparison all = made_up(
        10, {{"monthly", clinic(0.8, 1.3, 0.081)}, {"as_needed", clinic(0.3, 2.1, 0.0815, 7)}});
    all.targets.push_back({"as_needed", "wait_days_rescue.p95 <= 7 days", "wait_days_rescue.p95",
                           true, 5.2, Interval{4.9, 5.5}, false, ""});
    all.targets.push_back({"monthly", "chair_utilisation <= 75 %", "chair_utilisation", false, 0.8,
                           Interval{0.79, 0.81}, true, "monthly fills the chairs"});
    all.targets.push_back({"monthly", "chair_utilisation <= 80 %", "chair_utilisation",
                           std::nullopt, 0.8, Interval{0.79, 0.81}, false, ""});
    all.warnings.push_back("monthly: patients in care go from 400.0 to 500.0 in the measured time");
    return all;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}
bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}
std::string on_one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

TEST(Table, PutsPoliciesSideBySideWhereTheyFit) {
    EXPECT_EQ(table(two(), {100, false}), R"(A small clinic
small.yaml, seed 7: 10 replications, each 1826 days after a warm-up of 365 days

courses: assumed, not calibrated
Compared with monthly, as_needed needs 2.10 instead of 5.60 chairs at 85 % use, gives 4.50 instead
of 12 boosters per patient-year and has 2.10 instead of 1.30 relapses per well patient-year; these
cannot be told apart: time ill (8.15 % and 8.10 %).

mean ± 95 %                             monthly     as_needed
Capacity
  chair utilisation, %              80.0 ± 0.6    30.0 ± 0.6
  chairs that would be 85 % full    5.60 ± 0.04   2.10 ± 0.04
  infusions per week               128.0 ± 1.1    48.0 ± 1.1
Waiting
  wait for a rescue, days           2.40 ± 0.11   0.90 ± 0.11
Relapses and time ill
  relapses per patient-year         1.19 ± 0.04   1.93 ± 0.04
  relapses per well patient-year    1.30 ± 0.04   2.10 ± 0.04
  time ill, %                        8.1 ± 0.2     8.1 ± 0.2
  boosters per patient-year         12.0 ± 0.2     4.5 ± 0.2
Patients
  patients in care                   400 ± 9       400 ± 9

A slow clinic has fewer relapses per patient-year, because an ill patient cannot relapse again:
compare relapses per well patient-year, and the time ill.
What a metric means: clinicsim explain METRIC, such as relapses_per_well_patient_year. More of them:
--details, or --format json or csv.

                                                                                     time ill,
                chairs that would         relapses per    relapses per well         percentage
Differences          be 85 % full         patient-year         patient-year             points
  as_needed   -3.50 ± 0.07   ×0.7   0.73 ± 0.07   ×0.7   0.80 ± 0.07   ×0.7   0.0 ± 0.4 ~ ×0.7

                   boosters per
Differences        patient-year
  as_needed   -7.5 ± 0.4   ×0.7
  Policy less monthly, the same patients under both, ± 95 %. Each interval is 95 % by itself: of
  twenty, one is off by chance. ~: cannot be told apart. ×: how many times as many runs it would
  take without pairing.

Targets
  ✓ met            as_needed: wait_days_rescue.p95 <= 7 days, is 5.2 ± 0.3
  ✗ missed         monthly: chair_utilisation <= 75 %, is 80.0 ± 1.0 % (expected to be missed:
                   monthly fills the chairs)
  ? not clear yet  monthly: chair_utilisation <= 80 %, is 80.0 ± 1.0 %

warning: monthly: patients in care go from 400.0 to 500.0 in the measured time

A simulation of synthetic patients, to compare policies and to plan capacity. This is no medical
advice.
)");
}

TEST(Table, PutsPoliciesBelowEachOtherWithDetailsWhereTheyDoNotFit) {
    EXPECT_EQ(table(two(), {60, false, true}), R"(A small clinic
small.yaml, seed 7: 10 replications, each 1826 days after a
warm-up of 365 days

courses: assumed, not calibrated
Compared with monthly, as_needed needs 2.10 instead of 5.60
chairs at 85 % use, gives 4.50 instead of 12 boosters per
patient-year and has 2.10 instead of 1.30 relapses per well
patient-year; these cannot be told apart: time ill (8.15 %
and 8.10 %).

                     chair   chairs that
              utilisation,   would be 85     infusions
Capacity                 %        % full      per week
  monthly       80.0 ± 0.6   5.60 ± 0.04   128.0 ± 1.1
  as_needed     30.0 ± 0.6   2.10 ± 0.04    48.0 ± 1.1

               wait for a
                  rescue,
Waiting              days
  monthly     2.40 ± 0.11
  as_needed   0.90 ± 0.11

                           relapses      relapses
                                per      per well
                           patient-      patient-
Relapses and time ill          year          year
  monthly               1.19 ± 0.04   1.30 ± 0.04
  as_needed             1.93 ± 0.04   2.10 ± 0.04

                                      boosters
                                           per
                        time ill,     patient-
Relapses and time ill           %         year
  monthly               8.1 ± 0.2   12.0 ± 0.2
  as_needed             8.1 ± 0.2    4.5 ± 0.2
  A slow clinic has fewer relapses per patient-year, because
  an ill patient cannot relapse again: compare relapses per
  well patient-year, and the time ill.

              patients
Patients       in care
  monthly      400 ± 9
  as_needed    400 ± 9

Means over the replications ± the half-width of their 95 %
intervals.
What a metric means: clinicsim explain METRIC, such as
relapses_per_well_patient_year. All of them: --format json
or csv.

                chairs that would         relapses per
Differences          be 85 % full         patient-year
  as_needed   -3.50 ± 0.07   ×0.7   0.73 ± 0.07   ×0.7

                                          time ill,
               relapses per well         percentage
Differences         patient-year             points
  as_needed   0.80 ± 0.07   ×0.7   0.0 ± 0.4 ~ ×0.7

                   boosters per
Differences        patient-year
  as_needed   -7.5 ± 0.4   ×0.7
  Policy less monthly, the same patients under both, ± 95 %.
  Each interval is 95 % by itself: of twenty, one is off by
  chance. ~: cannot be told apart. ×: how many times as many
  runs it would take without pairing.

Targets
  ✓ met            as_needed: wait_days_rescue.p95 <= 7
                   days, is 5.2 ± 0.3
  ✗ missed         monthly: chair_utilisation <= 75 %, is
                   80.0 ± 1.0 % (expected to be missed:
                   monthly fills the chairs)
  ? not clear yet  monthly: chair_utilisation <= 80 %, is
                   80.0 ± 1.0 %

warning: monthly: patients in care go from 400.0 to 500.0 in
the measured time

A simulation of synthetic patients, to compare policies and
to plan capacity. This is no medical advice.
)");
}

TEST(Table, BeginsWithTheFewMetricsThatDecideWherePoliciesDoNotFit) {
    const std::string text = table(two(), {60, false});
    EXPECT_TRUE(holds(text, R"(
                     chair   chairs that    wait for a
              utilisation,   would be 85       rescue,
Policy                   %        % full          days
  monthly       80.0 ± 0.6   5.60 ± 0.04   2.40 ± 0.11
  as_needed     30.0 ± 0.6   2.10 ± 0.04   0.90 ± 0.11
)")) << text;
    EXPECT_TRUE(holds(on_one_line(text), "More of them: --details, or --format json or csv."));
    EXPECT_FALSE(holds(text, "infusions"));
}

TEST(Table, KeepsToTheWidth) {
    std::vector<std::pair<std::string, MadeUp>> policies;
    for (const char* name : {"none", "monthly", "every_four_months", "monthly_then_quarterly",
                             "lengthening_3_to_5_weeks", "as_needed", "as_needed_pair"})
        policies.emplace_back(name, clinic(0.4, 1.5, 0.1));
    const Comparison all = made_up(10, policies);
    for (const std::size_t columns : {60, 80, 100, 160, 200})
        for (const std::string& line : lines_of(table(all, {columns, false})))
            EXPECT_LE(width(line), columns) << line;
}

TEST(Table, ColoursOnlyWhenAsked) {
    EXPECT_FALSE(holds(table(two(), {100, false}), "\x1b"));
    const std::string coloured = table(two(), {100, true});
    EXPECT_TRUE(holds(coloured, "\x1b[32m✓ met"));
    EXPECT_TRUE(holds(coloured, "\x1b[1mA small clinic\x1b[0m"));
}

TEST(Table, NeverSendsTheUsersControlCharactersToATerminal) {
    Comparison all = two();
    all.title = "evil \x1b]0;title\x07";
    all.file = "x\x1b[2J.yaml";
    all.policies[0].name = "mon\nthly";
    all.targets[0].text = "a\x1b[31m";
    all.targets[1].because = "\x1b[5m";
    all.warnings[0] = "\x1b[8m";
    for (const std::size_t columns : {60, 100})
        for (const char c : table(all, {columns, false}))
            EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << int{c};
}

TEST(Table, AlwaysShowsBothKindsOfRelapsesWithTimeIllAndBoosters) {
    const Comparison nothing = made_up(10, {{"queue", {{"infusions_per_week", around(9, 0.1)}}}});
    const std::string text = on_one_line(table(nothing, {100, false}));
    for (const char* label : {"relapses per patient-year ", "relapses per well patient-year ",
                              "time ill, % ", "boosters per patient-year ", "–"})
        EXPECT_TRUE(holds(text, label)) << label;
    EXPECT_FALSE(holds(text, "remission rate"));  // nobody has one
}

TEST(Table, ShowsMoneyInABlockOfItsOwnInThousandsOnlyWhereThereAreCosts) {
    Comparison paid = made_up(10, {{"monthly",
                                    {{"revenue_per_year", around(1'234'567, 1000)},
                                     {"contribution_per_year", around(-56'789, 1000)},
                                     {"contribution_per_chair_hour", around(-4.5, 0.1)}}}});
    paid.currency = "EUR";
    paid.targets.push_back({"monthly", "revenue_per_year >= 1000000", "revenue_per_year", true,
                            1'234'567, Interval{1'232'000, 1'237'134}, false, ""});
    const std::string text = table(paid, {100, false});
    EXPECT_TRUE(holds(text, "\nMoney, EUR\n"));
    EXPECT_TRUE(holds(text, "  revenue a year, thousand "));
    EXPECT_TRUE(holds(text, " 1235 ± 2"));
    EXPECT_TRUE(holds(text, " -57 ± 2"));
    EXPECT_TRUE(holds(text, "revenue_per_year >= 1000000, is 1235000 ± 3000") ||
                holds(text, "revenue_per_year >= 1000000, is 1234567 ± 2567"));
    EXPECT_FALSE(holds(text, "cost a year"));
    EXPECT_FALSE(holds(table(two(), {100, false}), "Money"));
}

TEST(Table, ShowsTheWaitingRoomWithDetailsOnly) {
    const Comparison all =
        made_up(10, {{"queue", {{"wait_minutes_in_room.mean", around(9, 0.1)}}}});
    EXPECT_FALSE(holds(table(all, {100, false, false}), "in the waiting room"));
    EXPECT_TRUE(holds(on_one_line(table(all, {100, false, true})), "minutes in the waiting room"));
    EXPECT_TRUE(holds(on_one_line(table(all, {100, false, false})), "More of them: --details"));
}

TEST(Table, NeverShowsTheChangeInRelapsesByWaitingWithoutWhatItMeans) {
    const Comparison waits =
        made_up(10, {{"queue",
                      {{"days_ill_caused_by_waiting_per_patient_year", around(12, 0.5)},
                       {"relapse_change_by_waiting_per_patient_year", around(-0.2, 0.01)}}}});
    const auto without_spaces = [](std::string text) {
        std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
        return text;
    };
    const std::string wide = on_one_line(table(waits, {100, false}));
    EXPECT_TRUE(holds(wide, "days ill a year caused by waiting"));
    EXPECT_TRUE(holds(wide, "relapses a year changed by waiting"));
    for (const std::size_t columns : {45u, 100u})
        EXPECT_TRUE(holds(without_spaces(table(waits, {columns, false, true})),
                          without_spaces("because an ill patient cannot relapse again: a change")))
            << columns;
    EXPECT_FALSE(holds(without_spaces(table(waits, {45, false, false})), "changed"))
        << "the short table shows neither";
    EXPECT_FALSE(holds(on_one_line(table(two(), {100, false})), "caused by waiting"))
        << "not where it was not run";
}

TEST(Table, SaysThatCoursesAreAssumedAndThatItIsNoMedicalAdvice) {
    const auto lines = lines_of(table(two(), {100, false}));
    const auto assumed = std::find(lines.begin(), lines.end(), "courses: assumed, not calibrated");
    ASSERT_NE(assumed, lines.end());
    EXPECT_TRUE(holds(*(assumed + 1), "Compared with monthly"));
    EXPECT_TRUE(holds(lines[lines.size() - 2] + " " + lines.back(), "This is no medical advice."));
}

TEST(Table, SplitsGroupsOfPatientsByPolicy) {
    Comparison all = two();
    all.policies[0].groups.push_back({"condition", "depression", all.policies[0].metrics});
    all.policies[0].groups.push_back({"severity", "severe", all.policies[1].metrics});
    const auto lines = lines_of(table(all, {100, false}));
    const auto row = std::find_if(lines.begin(), lines.end(), [](const std::string& line) {
        return line.rfind("  condition depression", 0) == 0;
    });
    ASSERT_NE(row, lines.end());
    EXPECT_TRUE(holds(*row, "1.30 ± "));
    EXPECT_EQ((row - 1)->substr(0, 7), "monthly");
}

TEST(Answer, ComparesTwoPoliciesAndSaysWhatCannotBeToldApart) {
    EXPECT_EQ(
        answer(two()),
        "Compared with monthly, as_needed needs 2.10 instead of 5.60 chairs at 85 % use, gives "
        "4.50 instead of 12 boosters per patient-year and has 2.10 instead of 1.30 relapses per "
        "well patient-year; these cannot be told apart: time ill (8.15 % and 8.10 %).");
}

TEST(Answer, SaysSoWhenNothingCanBeToldApart) {
    const Comparison all = made_up(10, {{"a", {{"share_of_time_ill", around(0.1, 0.01)}}},
                                        {"b", {{"share_of_time_ill", around(0.1001, 0.01, 7)}}}});
    EXPECT_EQ(answer(all),
              "Between b and a, these cannot be told apart: time ill (10.0 % and 10 %).");
}

TEST(Answer, LeavesOutWhatIsNothingUnderAllPolicies) {
    const MadeUp early{{"chairs_for_85_percent", around(0, 0)},
                       {"share_of_time_ill", around(0.05, 0.001)}};
    const MadeUp late{{"chairs_for_85_percent", around(0, 0)},
                      {"share_of_time_ill", around(0.31, 0.001)}};
    EXPECT_EQ(answer(made_up(10, {{"early", early}, {"late", late}})),
              "Compared with early, late leaves patients ill for 31 % instead of 5 % of the time.");
    EXPECT_FALSE(holds(answer(made_up(10, {{"a", early}, {"b", late}, {"c", late}})), "chairs"));
}

TEST(Answer, SetsTheLeanestOfManyAgainstTheBaselineOrNamesTheBestOfEach) {
    const Comparison all = made_up(
        10,
        {{"monthly", clinic(0.8, 1.3, 0.08)},
         {"none",
          {{"boosters_per_patient_year", around(0, 0)}, {"share_of_time_ill", around(0.9, 0.001)}}},
         {"as_needed", clinic(0.3, 2.1, 0.08, 7)},
         {"quarterly", clinic(0.4, 1.9, 0.1)}});
    EXPECT_EQ(
        answer(all),
        "Compared with monthly, as_needed needs 2.10 instead of 5.60 chairs at 85 % use, gives "
        "4.50 instead of 12 boosters per patient-year and has 2.10 instead of 1.30 relapses "
        "per well patient-year; these cannot be told apart: time ill (8 % and 8 %). No policy "
        "leaves patients ill for clearly less of the time than monthly (8 %). Without "
        "boosters (none) it is 90 % of the time.");
    Comparison no_baseline = all;
    no_baseline.differences.clear();
    EXPECT_EQ(answer(no_baseline),
              "Among the policies that give boosters of the drug: fewest chairs at 85 % use under "
              "as_needed (2.10); fewest boosters per patient-year under as_needed (4.50); fewest "
              "relapses "
              "per well patient-year under monthly (1.30); least time ill under monthly and "
              "as_needed (8 % and 8 %, cannot be told apart).");
}

TEST(Answer, ChoosesNoPolicyThatWithholdsTheDrug) {
    Comparison all = made_up(10, {{"monthly", clinic(0.8, 1.3, 0.08)},
                                  {"as_needed", clinic(0.7, 1.5, 0.1)},
                                  {"placebo", clinic(0.1, 9, 0.9)}});
    EXPECT_TRUE(holds(answer(all), "Compared with monthly, placebo needs"));
    all.policies[2].withholds_drug = true;
    EXPECT_TRUE(holds(answer(all), "Compared with monthly, as_needed needs"));
    EXPECT_TRUE(
        holds(answer(all), "Where not all get the drug, patients are ill for 90 % (placebo)"));
    all.differences.clear();
    EXPECT_FALSE(holds(answer(all), "placebo"));
}

TEST(Answer, DescribesOnePolicyAlone) {
    EXPECT_EQ(
        answer(made_up(10, {{"monthly", clinic(0.8, 1.3, 0.08)}})),
        "monthly uses 80 % of the chair time, needs 5.60 chairs at 85 % use, gives 12 boosters "
        "per patient-year, has 1.30 relapses per well patient-year and leaves patients ill for "
        "8 % of the time.");
}

TEST(Answer, DoesNotComparePoliciesByOneReplication) {
    EXPECT_EQ(answer(made_up(1, {{"a", {{"share_of_time_ill", {0.1}}}},
                                 {"b", {{"share_of_time_ill", {0.2}}}}})),
              "One replication has no interval: it cannot tell the policies apart.");
}

TEST(Answer, IsEmptyWhereNothingWasObserved) {
    EXPECT_EQ(answer(made_up(10, {{"a", {}}})), "");
    EXPECT_EQ(answer(made_up(10, {{"a", {}}, {"b", {}}})), "");
    EXPECT_EQ(answer(Comparison{}), "");
}

}  // namespace
}  // namespace clinicsim::report
