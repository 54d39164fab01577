#include "clinicsim/base/dates.hpp"

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

using namespace std::chrono_literals;
using std::chrono::month;

const Dates kFrom2026{Date{std::chrono::year{2026} / 1 / 5}};

Instant on(const char* date) { return kFrom2026.midnight_of(*parse_date(date)); }

TEST(Dates, CountFromMidnightOfTheFirstDay) {
    EXPECT_EQ(on("2026-01-05"), kRunStart);
    EXPECT_EQ(on("2027-01-05"), kRunStart + Days{365});
    EXPECT_EQ(kFrom2026.text(kRunStart + Days{58} + 10h + 30min), "2026-03-04 10:30");
    EXPECT_EQ(kFrom2026.text(kRunStart + 1s + 5ms), "2026-01-05 00:00:01.005");
    EXPECT_EQ(kFrom2026.weekday_of(kRunStart), std::chrono::Monday);
}

TEST(Dates, AddCalendarMonthsFromTheDateTheyBegin) {
    const Span month{.months = 1};
    const Instant last_of_january = on("2026-01-31") + 9h;
    EXPECT_EQ(kFrom2026.plus(last_of_january, month), on("2026-02-28") + 9h);
    EXPECT_EQ(kFrom2026.plus(last_of_january, month, 2), on("2026-03-31") + 9h);
    EXPECT_EQ(kFrom2026.plus(on("2027-12-31"), Span{.months = 2}), on("2028-02-29"));
    EXPECT_EQ(kFrom2026.plus(kNever, month), kNever);
}

TEST(Dates, FindTheNextYearlyDayStrictlyAfterAnInstant) {
    const YearlyDay christmas{month{12}, std::chrono::day{25}};
    EXPECT_EQ(kFrom2026.next(christmas, kRunStart), on("2026-12-25"));
    EXPECT_EQ(kFrom2026.next(christmas, on("2026-12-25")), on("2027-12-25"));
    EXPECT_EQ(kFrom2026.next(*parse_yearly_day("02-29"), kRunStart), on("2026-02-28"));
}

TEST(Dates, RefuseWhatIsNoDate) {
    for (const char* text : {"2026-02-29", "2026-13-01", "26-01-01", "2026-1-1", "2026/01/01", ""})
        EXPECT_FALSE(parse_date(text)) << text;
    for (const char* text : {"13-01", "02-30", "1-1", "12-25x"})
        EXPECT_FALSE(parse_yearly_day(text)) << text;
}

TEST(Durations, RoundHalfUpToTheTick) {
    EXPECT_EQ(from_ticks(0.5), 1ms);
    EXPECT_EQ(from_ticks(2.499), 2ms);
    EXPECT_EQ(later(kRunStart, from_ticks(1e300)), kNever);
    EXPECT_EQ(later(kNever, 1ms), kNever);
}

TEST(Durations, PrintForPeople) {
    EXPECT_EQ(text(Duration{Days{1} + 2h + 3min}), "1 day 2 h 3 min");
    EXPECT_EQ(text(Duration{45min}), "45 min");
    EXPECT_EQ(text(Duration{}), "0 min");
    EXPECT_EQ(text(Duration{-1500ms}), "-1 s 500 ms");
}

}  // namespace
}  // namespace clinicsim
