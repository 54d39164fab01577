// What is printed of exact cases, on results made up by hand.
#include "clinicsim/report/selftest.hpp"

#include <limits>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace clinicsim::report {
namespace {

SelftestResult made_up() {
    SelftestResult result;
    result.rows = {{"Q01", "", "Wq", 1, 1.02, 0.01, 2, 64},
                   {"R01", "", "relapse_py", 7.199312, 7.9, 0.01, 70.07, 64},
                   {"B01", "constant service", "Ploss", 1.0 / 3, 1.0 / 3, 0, 0, 64},
                   {"X01", "", "util", 1, 0.5, 0, -kCertainlyWrong, 64}};
    result.bound = 4.5;
    result.least_replications = 64;
    return result;
}

bool holds_text(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(SelftestTable, MarksWhatIsBeyondTheBound) {
    const std::string text = selftest_table(made_up(), 100);
    EXPECT_EQ(text.substr(0, text.find("\n\n")),
              "case   quantity                     exact   estimate   standard error       z\n"
              "Q01    Wq                               1       1.02             0.01    2.00\n"
              "R01    relapse_py                 7.19931        7.9             0.01   70.07   "
              "beyond the bound\n"
              "B01    Ploss, constant service   0.333333   0.333333                0    0.00\n"
              "X01    util                             1        0.5                0   wrong   "
              "beyond the bound");
    EXPECT_TRUE(holds_text(text,
                           "\n2 of 4 numbers of 4 cases hold; the greatest z is wrong (X01 "
                           "util).\n"))
        << text;
}

TEST(SelftestTable, SaysHowTheBoundWasChosenAndWhatItWouldSee) {
    const std::string text = selftest_table(made_up(), 1000);
    EXPECT_TRUE(holds_text(text,
                           "Bound: |z| <= 4.50: Student's t with 63 degrees of freedom (the "
                           "fewest replications, less one) at 1 - 0.001 / (2 x 4)"))
        << text;
    // 4.5 x 0.01 of 1; the others vary less or not at all
    EXPECT_TRUE(
        holds_text(text, "The weakest show one of: Q01 Wq 4.5 % and R01 relapse_py 0.63 %."))
        << text;
}

TEST(SelftestJson, HasANumberForZInEveryRow) {
    SelftestResult result = made_up();
    result.rows[1].estimate = std::numeric_limits<double>::quiet_NaN();
    const auto proof = nlohmann::json::parse(selftest_json(result));
    ASSERT_EQ(proof["cases"].size(), 4u);
    for (const auto& row : proof["cases"]) EXPECT_TRUE(row["z"].is_number()) << row;
    EXPECT_TRUE(proof["cases"][1]["estimate"].is_null());
    EXPECT_EQ(proof["cases"][0]["estimate"], 1.02);
    EXPECT_EQ(proof["cases"][0]["holds"], true);
    EXPECT_EQ(proof["cases"][1]["holds"], false);
    EXPECT_EQ(proof["bound"], 4.5);
    EXPECT_EQ(proof["all_hold"], false);
}

TEST(SelftestTable, SaysWhenNothingWasFinished) {
    SelftestResult nothing;
    nothing.interrupted = true;
    EXPECT_EQ(selftest_table(nothing, 100), "no case was finished\n");
}

}  // namespace
}  // namespace clinicsim::report
