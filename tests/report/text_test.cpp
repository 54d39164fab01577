#include "text.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace clinicsim::report {
namespace {

Estimate with_half_width(double mean, double half) {
    return {mean, 1.0, Interval{mean - half, mean + half}, 10};
}
std::string shown(const Estimate& estimate, double scale = 1) {
    const Rounded number = rounded(estimate, scale);
    return number.text();
}

TEST(Rounding, GivesAsManyDigitsAsTheIntervalIsWorth) {
    EXPECT_EQ(shown(with_half_width(0.61234, 0.0058)), "0.612 ± 0.006");
    EXPECT_EQ(shown(with_half_width(0.61234, 0.0134)), "0.612 ± 0.013");  // a 1 is worth one more
    EXPECT_EQ(shown(with_half_width(1234.5, 34.2)), "1234 ± 34");
    EXPECT_EQ(shown(with_half_width(0.6123, 0.0058), 100), "61.2 ± 0.6");
    EXPECT_EQ(shown(with_half_width(-0.0001, 0.1)), "0.00 ± 0.10");  // no "-0.00"
}

TEST(Rounding, ShowsWhatWasNeverOtherwiseWithTheEndOfItsInterval) {
    const Estimate none{0.0, 0.0, Interval{0, 0.18444}, 20}, all{1.0, 0.0, Interval{0.9932, 1}, 20};
    EXPECT_EQ(shown(none), "0 < 0.18");
    EXPECT_EQ(shown(all, 100), "100 > 99.3");
    EXPECT_TRUE(rounded(none).one_sided());
    EXPECT_FALSE(rounded(with_half_width(1, 0.1)).one_sided());
    EXPECT_EQ(shown({0.05, 0.2, Interval{0, 0.15}, 20}), "0.05 ± 0.10") << "one end was cut off";
}

TEST(Rounding, ShowsThreeDigitsWithoutAnInterval) {
    EXPECT_EQ(shown({5.4321, std::nullopt, std::nullopt, 1}), "5.43");
    EXPECT_EQ(shown({12.0, std::nullopt, std::nullopt, 1}), "12");
    EXPECT_EQ(shown({0.00123456, std::nullopt, std::nullopt, 1}), "0.00123");
}

TEST(Rounding, ShowsADashForWhatIsMissing) {
    EXPECT_EQ(shown({}), "–");
    EXPECT_EQ(shown({std::numeric_limits<double>::quiet_NaN(), std::nullopt, std::nullopt, 1}),
              "–");
}

TEST(Rounding, TakesEqualReplicationsForAnIntervalOfNothing) {
    EXPECT_EQ(shown({12.5, 0.0, Interval{12.5, 12.5}, 10}), "12.5 ± 0");
    EXPECT_EQ(shown(with_half_width(12.5, 1e-13)), "12.5 ± 0");
}

TEST(Shortest, ReadsBackAsTheSameNumber) {
    EXPECT_EQ(shortest(0.1), "0.1");
    EXPECT_EQ(shortest(1.0 / 3), "0.3333333333333333");
    EXPECT_EQ(shortest(365.0), "365");
    EXPECT_EQ(shortest(std::nullopt), "");
    EXPECT_EQ(shortest(std::numeric_limits<double>::infinity()), "");
}

TEST(Wrapping, BreaksBetweenWordsAndIndentsWhatFollows) {
    EXPECT_EQ(wrapped("one two three", 7), "one two\nthree");
    EXPECT_EQ(wrapped("one two three", 9, 2), "one two\n  three");
    EXPECT_EQ(wrapped("extraordinarily", 5), "extraordinarily");
}

TEST(Headings, BreakAfterSpacesUnderscoresAndHyphens) {
    EXPECT_EQ(heading_lines("monthly_then_quarterly", 10),
              (std::vector<std::string>{"monthly_", "then_", "quarterly"}));
    EXPECT_EQ(heading_lines("time ill, %", 9), (std::vector<std::string>{"time ill,", "%"}));
}

TEST(Width, CountsCharactersAndNotBytes) {
    EXPECT_EQ(width("± –"), 3u);
    EXPECT_EQ(pad_left("±", 3), "  ±");
    EXPECT_EQ(pad_right("±", 3) + "|", "±  |");
}

TEST(Lists, EndWithAnd) {
    EXPECT_EQ(listed({"a"}), "a");
    EXPECT_EQ(listed({"a", "b", "c"}), "a, b and c");
}

}  // namespace
}  // namespace clinicsim::report
