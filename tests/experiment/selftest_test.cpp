// The table of exact cases against the reference cases, and that the test of the program can fail.
// Here run only those of its cases that cost little; the program's own test runs all of them.
#include "clinicsim/experiment/selftest.hpp"

#include <cmath>
#include <fstream>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "clinicsim/scenario/scenario.hpp"

namespace clinicsim {
namespace {

using Name = std::pair<std::string, std::string>;  // case, quantity

/// Fields of a line of CSV; quotation marks may hold commas, and are doubled inside.
std::vector<std::string> fields(const std::string& line) {
    std::vector<std::string> result(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            result.emplace_back();
        else
            result.back() += c;
    }
    return result;
}

const std::map<Name, double>& reference() {
    static const std::map<Name, double> values = [] {
        std::map<Name, double> result;
        std::ifstream in{CLINICSIM_SOURCE_DIR "/tests/golden/theory_cases.csv"};
        std::string line;
        std::getline(in, line);
        EXPECT_EQ(line.substr(0, 3), "id,");
        while (std::getline(in, line)) {
            const auto parts = fields(line);
            EXPECT_EQ(parts.size(), 6u) << line;
            result[{parts[0], parts[4]}] = std::stod(parts[5]);
        }
        return result;
    }();
    return values;
}

bool is_left_out(const Name& name) {
    for (const LeftOut& one : left_out()) {
        const bool this_case =
            one.cases == name.first || (one.cases.size() == 1 && one.cases[0] == name.first[0]);
        if (this_case && (one.quantity.empty() || one.quantity == name.second)) return true;
    }
    return false;
}

/// The first case of this name, from so many replications.
ExactCase case_of(const std::string& id, int replications = 64) {
    for (ExactCase& one : exact_cases()) {
        if (one.id != id) continue;
        const std::string before = "replications: 64";
        const std::size_t at = one.scenario.find(before);
        if (at != std::string::npos)
            one.scenario.replace(at, before.size(),
                                 "replications: " + std::to_string(replications));
        return one;
    }
    ADD_FAILURE() << "no case " << id;
    return {};
}

// --- the table -----------------------------------------------------------------------------------

TEST(ExactCases, AreTheReferenceCasesToTheLastDigit) {
    ASSERT_EQ(reference().size(), 347u);
    for (const ExactCase& one : exact_cases())
        for (const ExactValue& value : one.values) {
            const auto known = reference().find({one.id, value.quantity});
            ASSERT_NE(known, reference().end()) << one.id << ' ' << value.quantity;
            EXPECT_EQ(value.exact, known->second) << one.id << ' ' << value.quantity;
        }
}

TEST(ExactCases, AreAllReferenceCasesButThoseLeftOutByName) {
    std::set<Name> rerun;
    for (const ExactCase& one : exact_cases())
        for (const ExactValue& value : one.values) rerun.insert({one.id, value.quantity});
    for (const auto& [name, exact] : reference())
        EXPECT_NE(rerun.count(name) > 0, is_left_out(name)) << name.first << ' ' << name.second;
    for (const LeftOut& one : left_out()) EXPECT_FALSE(one.why.empty()) << one.cases;
}

TEST(ExactCases, AreSixtyAtLeastAndEveryOneIsReadWithoutAFaultOrAWarning) {
    std::set<std::string> ids, named;
    for (const ExactCase& one : exact_cases()) {
        ids.insert(one.id);
        EXPECT_TRUE(named.insert(one.id + '/' + one.variant).second) << one.id << one.variant;
        EXPECT_FALSE(one.values.empty()) << one.id;
        const ReadResult read = read_scenario_text(one.scenario, one.id, "");
        ASSERT_TRUE(read.scenario) << one.scenario << read.diagnostics.front().message;
        // D05's line grows without end, and its scenario is told so
        const std::size_t expected = one.id == "D05" ? 1 : 0;
        EXPECT_EQ(read.diagnostics.size(), expected)
            << one.id << (read.diagnostics.empty() ? "" : read.diagnostics.front().message);
        EXPECT_GE(read.scenario->replications, 30u) << one.id;
    }
    EXPECT_GE(ids.size(), 60u);
}

// --- the bound -----------------------------------------------------------------------------------

TEST(SelftestBound, IsStudentsQuantileOfTheShareThatEveryNumberGets) {
    EXPECT_NEAR(selftest_bound(1, 10), 4.7809, 1e-4);          // t, 0.9995, 9 degrees of freedom
    EXPECT_NEAR(selftest_bound(20, 1'000'000), 4.0556, 1e-3);  // normal, 1 - 2.5e-5
    EXPECT_GT(selftest_bound(300, 64), selftest_bound(300, 640));
    EXPECT_GT(selftest_bound(300, 64), selftest_bound(30, 64));
}

// --- runs ----------------------------------------------------------------------------------------

TEST(Selftest, HoldsForClockworkToTheTick) {
    const SelftestResult result = run_selftest(exact_cases(), {.cases = {"X"}});
    ASSERT_EQ(result.rows.size(), 6u);
    for (const SelftestRow& row : result.rows) {
        EXPECT_EQ(row.z, 0) << row.id << ' ' << row.quantity;
        EXPECT_NEAR(row.estimate, row.exact, 1e-12) << row.id << ' ' << row.quantity;
    }
    EXPECT_TRUE(result.all_hold());
}

TEST(Selftest, HoldsForAQueueAPolicyAndCompetingRisks) {
    const SelftestResult result =
        run_selftest({case_of("K04", 32), case_of("R16", 32), case_of("C04", 32)}, {});
    ASSERT_EQ(result.rows.size(), 5u + 3u + 2u);
    for (const SelftestRow& row : result.rows)
        EXPECT_TRUE(result.holds(row)) << row.id << ' ' << row.quantity << ": z = " << row.z;
    EXPECT_TRUE(result.all_hold());
    EXPECT_EQ(result.bound, selftest_bound(10, 32));
    EXPECT_EQ(result.rows[6].quantity, "total_boost_py");
    EXPECT_EQ(result.rows[6].z, 0) << "boosters by the calendar are counted, not drawn";
}

TEST(Selftest, FailsWhereAnExactValueIsThreePercentWrong) {
    ExactCase wrong = case_of("R08", 32);
    wrong.values[0].exact *= 1.03;
    const SelftestResult result = run_selftest({wrong}, {});
    EXPECT_FALSE(result.holds(result.rows[0])) << result.rows[0].z;
    EXPECT_FALSE(result.all_hold());
    for (std::size_t i = 1; i < result.rows.size(); ++i) EXPECT_TRUE(result.holds(result.rows[i]));
}

TEST(Selftest, FailsWhereAPolicyIsNotTheOneThatIsMeant) {
    const auto with = [](const std::string& from, const std::string& to) {
        ExactCase one = case_of("R19", 32);
        const std::size_t at = one.scenario.find(from);
        EXPECT_NE(at, std::string::npos) << one.scenario;
        one.scenario.replace(at, from.size(), to);
        return run_selftest({one}, {}).all_hold();
    };
    EXPECT_TRUE(with("planned: kept", "planned: kept"));
    EXPECT_FALSE(with("planned: kept", "planned: cancelled"));
    EXPECT_FALSE(with("clock: reset", "clock: calendar"));
    EXPECT_FALSE(with("asks_after: 7 days", "asks_after: 6 days"));
}

TEST(Selftest, FailsWhereWhatCannotVaryIsWrongOrVaries) {
    ExactCase one = case_of("X02");
    one.values[0].exact *= 1 + 1e-9;
    const SelftestResult off = run_selftest({one}, {});
    EXPECT_EQ(off.rows[0].z, -kCertainlyWrong);
    EXPECT_FALSE(off.all_hold());

    ExactCase varies = case_of("R08", 32);
    varies.values[0].certain = true;
    EXPECT_EQ(std::abs(run_selftest({varies}, {}).rows[0].z), kCertainlyWrong);
}

TEST(Selftest, FailsWhereNothingIsObserved) {
    ExactCase one = case_of("X01");
    one.values[0].of = [](const Observed&) { return Ratio{}; };
    const SelftestResult result = run_selftest({one}, {});
    EXPECT_TRUE(std::isnan(result.rows[0].estimate));
    EXPECT_FALSE(result.holds(result.rows[0]));
}

TEST(Selftest, GivesTheSameNumbersForAnyNumberOfThreadsAloneAndInCompany) {
    const std::vector<ExactCase> cases{case_of("X01"), case_of("K04", 30), case_of("C04", 30)};
    const SelftestResult one = run_selftest(cases, {.threads = 1});
    const SelftestResult four = run_selftest(cases, {.threads = 4});
    const SelftestResult alone = run_selftest(cases, {.cases = {"K04"}});
    ASSERT_EQ(one.rows.size(), four.rows.size());
    for (std::size_t i = 0; i < one.rows.size(); ++i) {
        EXPECT_EQ(one.rows[i].estimate, four.rows[i].estimate);
        EXPECT_EQ(one.rows[i].z, four.rows[i].z);
    }
    ASSERT_EQ(alone.rows.size(), 5u);
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(alone.rows[i].estimate, one.rows[3 + i].estimate);
}

TEST(Selftest, TakesAnotherSeedAndMoreReplications) {
    const std::vector<ExactCase> cases{case_of("C04", 30)};
    const SelftestResult usual = run_selftest(cases, {});
    const SelftestResult other = run_selftest(cases, {.seed = 2});
    const SelftestResult more = run_selftest(cases, {.thorough = true});
    EXPECT_NE(usual.rows[0].estimate, other.rows[0].estimate);
    EXPECT_TRUE(other.all_hold());
    EXPECT_EQ(more.least_replications, 300u);
    EXPECT_NEAR(more.rows[0].se, usual.rows[0].se / std::sqrt(10.), 0.3 * usual.rows[0].se);
    EXPECT_TRUE(more.all_hold());
}

TEST(Selftest, StopsWhenAsked) {
    const std::atomic<bool> stop{true};
    const SelftestResult result = run_selftest({case_of("X01")}, {.stop = &stop});
    EXPECT_TRUE(result.interrupted);
    EXPECT_TRUE(result.rows.empty());
}

TEST(Selftest, RefusesANameThatIsNoCase) {
    EXPECT_THROW(run_selftest(exact_cases(), {.cases = {"X01", "Z01"}}), UnknownCase);
    EXPECT_THROW(run_selftest(exact_cases(), {.cases = {""}}), UnknownCase);
}

}  // namespace
}  // namespace clinicsim
