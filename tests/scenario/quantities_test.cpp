// Numbers and units by our own rules.
#include "../../sim/scenario/quantities.hpp"

#include <gtest/gtest.h>

#include "../../sim/scenario/words.hpp"
#include "scenario_text.hpp"

namespace clinicsim::reading {
namespace {

TEST(Number, IsDecimalAndNothingElse) {
    EXPECT_EQ(parse_number("0").value, 0);
    EXPECT_EQ(parse_number("-1.5").value, -1.5);
    EXPECT_EQ(parse_number("2e3").value, 2000);
    EXPECT_EQ(parse_number("1.5E-2").value, 0.015);
    for (const char* text : {"", "-", ".5", "5.", "010", "-01", "0x10", "0o7", "1_000", "1,5",
                             ".inf", "nan", "inf", "1e", "1e999", "1 2", "--1", "1.2.3", "one"})
        EXPECT_FALSE(parse_number(text).fits) << text;
}

TEST(WholeNumber, HasSixtyFourBits) {
    EXPECT_EQ(parse_whole("18446744073709551615").value, ~std::uint64_t{0});
    for (const char* text : {"18446744073709551616", "1.0", "1e3", "-1", "+1", "007"})
        EXPECT_FALSE(parse_whole(text).fits) << text;
}

TEST(Shares, OfADistributionMissOneHundredPerCentByNothing) {
    const auto read = [](const std::string& shares) {
        return messages(read_text(replaced(kSmall, "infusion: 40 min", "infusion: " + shares)));
    };
    const auto half_and = [](const std::string& share) {
        return "{discrete: [{value: 30 min, share: 50 %}, {value: 1 h, share: " + share + "}]}";
    };
    EXPECT_EQ(read(half_and("50 %")), "");
    for (const auto& [share, sum] : {std::pair{"49 %", "99 %"}, {"49.99 %", "99.99 %"}})
        EXPECT_NE(
            read(half_and(share)).find("the shares sum to " + std::string{sum} + ", not 100 %"),
            std::string::npos)
            << read(half_and(share));
    EXPECT_NE(read("{mixture: [{share: 99.99 %, of: {exponential: {mean: 1 h}}}]}")
                  .find("the shares sum to 99.99 %, not 100 %"),
              std::string::npos);
}

TEST(Share, IsWrittenInPerCentOrBetweenZeroAndOne) {
    EXPECT_EQ(parse_share("75 %").value, 0.75);
    EXPECT_EQ(parse_share("7%").value, 0.07);
    EXPECT_EQ(parse_share("0.75").value, 0.75);
    EXPECT_EQ(parse_share("100 %").value, 1);
    for (const char* text : {"75", "101 %", "-1 %", "1.01", "%", "75 percent", "75 % %"})
        EXPECT_FALSE(parse_share(text).fits) << text;
}

TEST(Share, InPerCentIsTheSameNumberAsItsFraction) {
    EXPECT_EQ(parse_share("2.7 %").value, 0.027);
    EXPECT_EQ(parse_share("62.9%").value, 0.629);
    EXPECT_EQ(parse_share("1e1 %").value, 0.1);
    EXPECT_NE(2.7 / 100, 0.027) << "which a division would not give";
}

TEST(DaysAndFrequencies, KeepTheirFractions) {
    EXPECT_EQ(parse_days("12.4 days").value, 12.4);
    EXPECT_EQ(parse_days("1 week 12 h").value, 7.5);
    EXPECT_EQ(parse_days("1 year").value, 365.25);
    EXPECT_FALSE(parse_days("7.25").fits);
    EXPECT_EQ(parse_frequency("0.0075 per day").value, 0.0075);
    EXPECT_EQ(parse_frequency("2.7 per year").value, 2.7 / 365.25);
    EXPECT_EQ(parse_frequency("1 per 2 weeks").value, 1.0 / 14);
    EXPECT_EQ(parse_frequency("never").value, 0);
    for (const char* text : {"", "1", "per day", "-1 per day", "1 per", "1 per 0 days", "2 a day"})
        EXPECT_FALSE(parse_frequency(text).fits) << text;
}

TEST(RatingsInARow, AreCounted) {
    EXPECT_EQ(parse_ratings("2 ratings").value.number, 2u);
    EXPECT_FALSE(parse_ratings("2 ratings").value.weekly);
    EXPECT_EQ(parse_ratings("1 rating").value.number, 1u);
    EXPECT_TRUE(parse_ratings("3 weekly ratings").value.weekly);
    for (const char* text :
         {"", "2", "ratings", "0 ratings", "1001 ratings", "2.5 ratings", "2 daily ratings"})
        EXPECT_FALSE(parse_ratings(text).fits) << text;
}

TEST(Growth, MayBeNegativeButNotAll) {
    EXPECT_EQ(parse_growth("10 %").value, 0.1);
    EXPECT_EQ(parse_growth("-5 %").value, -0.05);
    EXPECT_FALSE(parse_growth("-100 %").fits);
}

TEST(Length, OfADurationKnowsItsUnits) {
    using std::chrono::milliseconds;
    EXPECT_EQ(parse_duration("30 min").value, Duration{minutes{30}});
    EXPECT_EQ(parse_duration("90min").value, Duration{minutes{90}});
    EXPECT_EQ(parse_duration("1 h 30 min").value, Duration{minutes{90}});
    EXPECT_EQ(parse_duration("1.5 days").value, Duration{hours{36}});
    EXPECT_EQ(parse_duration("2 weeks").value, Duration{Days{14}});
    EXPECT_EQ(parse_duration("5 s").value, Duration{std::chrono::seconds{5}});
    EXPECT_EQ(parse_duration("7 ms").value, Duration{7});
    EXPECT_EQ(parse_duration("1 year").value, kYear);
    EXPECT_EQ(parse_duration("1 month").value, kMonth);
    EXPECT_EQ(parse_duration("0 min").value, Duration{0});
    for (const char* text : {"", "30", "0", "min", "30 mins", "-1 day", "1 day ago", "30 min 1 h",
                             "1 h 1 h", "20000 years", "1e9 weeks", "08:00", "1 d"})
        EXPECT_FALSE(parse_duration(text).fits) << text;
}

TEST(Length, InMonthsAndYearsFollowsTheCalendar) {
    EXPECT_EQ(parse_span("1 year").value, (Span{.months = 12}));
    EXPECT_EQ(parse_span("6 months").value, (Span{.months = 6}));
    EXPECT_EQ(parse_span("1 year 3 days").value, (Span{.months = 12, .fixed = Days{3}}));
    EXPECT_EQ(parse_span("0.5 years").value, (Span{.months = 6}));
    EXPECT_EQ(parse_span("52 weeks").value, (Span{.fixed = Days{364}}));
    EXPECT_FALSE(parse_span("1.5 months").fits);
}

TEST(Per, IsAUnitOrADuration) {
    EXPECT_EQ(parse_per("hour").value, 3.6e6);
    EXPECT_EQ(parse_per("week").value, 7 * 86400e3);
    EXPECT_EQ(parse_per("2 weeks").value, 14 * 86400e3);
    for (const char* text : {"wek", "0 days", "", "5"}) EXPECT_FALSE(parse_per(text).fits) << text;
}

TEST(Dates, ThatDoNotExistAreRefused) {
    EXPECT_TRUE(parse_day_and_time("2026-01-05 09:00").fits);
    EXPECT_TRUE(parse_day_and_time("2026-01-05").fits);
    for (const char* text : {"2026-02-29", "2026-1-5", "2026-01-05 25:00", "2026-01-05T09:00",
                             "2026-01-05 9:00", "2026-01-0509:00"})
        EXPECT_FALSE(parse_day_and_time(text).fits) << text;
    EXPECT_TRUE(parse_date_range("2026-08-10 to 2026-08-14").fits);
    EXPECT_EQ(parse_date_range("12-24 to 01-06").why,
              "days of every year are written under holidays");
    EXPECT_FALSE(parse_date_range("2026-08-14 to 2026-08-10").fits);
}

TEST(Dates, OfEveryYearMayGoOverItsEnd) {
    const auto day = [](unsigned m, unsigned d) {
        return YearlyDay{std::chrono::month{m}, std::chrono::day{d}};
    };
    EXPECT_EQ(parse_yearly_days("12-25").value, std::vector{day(12, 25)});
    EXPECT_EQ(parse_yearly_days("12-30 to 01-02").value,
              (std::vector{day(12, 30), day(12, 31), day(1, 1), day(1, 2)}));
    EXPECT_EQ(parse_yearly_days("02-28 to 03-01").value,
              (std::vector{day(2, 28), day(2, 29), day(3, 1)}));
    for (const char* text : {"01-06 to 12-24", "12-25 to 12-24", "12-24 to", "2026-12-24", "02-30"})
        EXPECT_FALSE(parse_yearly_days(text).fits) << text;
}

TEST(OpeningStretch, EndsAfterItBegins) {
    EXPECT_EQ(parse_stretch("08:00-17:30").value.to, Duration{hours{17} + minutes{30}});
    EXPECT_EQ(parse_stretch("00:00-24:00").value.to, Duration{Days{1}});
    for (const char* text : {"17:00-08:00", "08:00-08:00", "8:00-17:00", "08:00-24:01",
                             "08:60-17:00", "08:00", "08:00-"})
        EXPECT_FALSE(parse_stretch(text).fits) << text;
}

TEST(EditDistance, CountsASwapOfNeighboursOnce) {
    EXPECT_EQ(edit_distance("chairs", "chairs", 2), 0u);
    EXPECT_EQ(edit_distance("chiars", "chairs", 2), 1u);
    EXPECT_EQ(edit_distance("evry", "every", 2), 1u);
    EXPECT_EQ(edit_distance("clinic", "policy", 2), 3u) << "as far as it counts";
}

TEST(NearestWord, LiesWithinTwoEditsAndIsNotAllNew) {
    const std::vector<std::string_view> known{"every", "by", "to"};
    EXPECT_EQ(nearest("evry", known), "every");
    EXPECT_EQ(nearest("hourly", known), "");
    EXPECT_EQ(nearest("x", known), "") << "one letter is near everything short";
}

}  // namespace
}  // namespace clinicsim::reading
