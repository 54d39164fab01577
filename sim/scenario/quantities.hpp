// Numbers, durations, shares and dates from the text of a scalar, by our own rules: YAML's would
// read 010 as 8, 0x10 as 16 and .inf as a number.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "clinicsim/base/dates.hpp"
#include "clinicsim/base/time.hpp"
#include "clinicsim/clinic/staff.hpp"

namespace clinicsim::reading {

/// A value, or a reason why the text is none. An empty reason with `fits` false: simply not one.
template <class T>
struct Parsed {
    T value{};
    bool fits = false;
    std::string why;
};

/// Decimal notation: "-1.5", "2e3". No leading zeros, hexadecimal, underscores, infinities.
Parsed<double> parse_number(std::string_view text);
Parsed<std::uint64_t> parse_whole(std::string_view text);
/// "75 %", "75%", "0.75": any number, as a share of 1.
Parsed<double> parse_per_cent(std::string_view text);
/// The same from 0 to 1.
Parsed<double> parse_share(std::string_view text);
/// "10 %", "-5 %", "0.1": above -1, at most 10.
Parsed<double> parse_growth(std::string_view text);
/// "30 min", "1 h 30 min", "2 weeks"; months and years count 1/12 of, and, 365.25 days. In ticks,
/// not rounded; 0 to 10,000 years.
Parsed<double> parse_ticks(std::string_view text);
/// The same in days; "7.25 days" is 7.25 exactly.
Parsed<double> parse_days(std::string_view text);
/// The same, rounded to the tick, half up.
Parsed<Duration> parse_duration(std::string_view text);
/// The same with months and years as calendar lengths: "1 year", "6 months", "1 month 3 days".
Parsed<Span> parse_span(std::string_view text);
/// "hour", "day", "week", "month", "year" or a duration such as "2 weeks". Above 0.
Parsed<double> parse_per(std::string_view text);
/// "0.0075 per day", "2.7 per year", "1 per 2 weeks", "never": times per day.
Parsed<double> parse_frequency(std::string_view text);
/// "2 ratings", "1 rating", "2 weekly ratings": 1 to 1000.
struct RatingsInARow {
    std::uint32_t number = 1;
    bool weekly = false;
};
Parsed<RatingsInARow> parse_ratings(std::string_view text);
/// "2026-01-05 09:00" or "2026-01-05".
struct DayAndTime {
    Date date;
    Duration after_midnight{};
};
Parsed<DayAndTime> parse_day_and_time(std::string_view text);
/// "08:00-17:00", ticks after midnight; until 24:00.
struct Stretch {
    Duration from{}, to{};
};
Parsed<Stretch> parse_stretch(std::string_view text);
/// "2026-08-03" or "2026-08-10 to 2026-08-14".
struct DateRange {
    Date first, last;
};
Parsed<DateRange> parse_date_range(std::string_view text);
/// "12-25", or "12-24 to 01-06", over the end of the year: every day of it, 29 February too.
Parsed<std::vector<YearlyDay>> parse_yearly_days(std::string_view text);

/// "sun", "mon", …, in the order of std::chrono::weekday.
std::span<const std::string_view> weekday_names();
/// "mon-fri", "mon,wed", "sat" as numbers of days; empty where the text is none.
std::vector<std::size_t> weekdays_of(std::string_view text);
/// The same, each named once, by number of the day.
Parsed<std::array<bool, 7>> parse_weekdays(std::string_view text);
/// "1", "2", "1/3", "50 %": over 0, in parts of which kWhole are one.
Parsed<std::uint32_t> parse_portion(std::string_view text);

std::string_view trimmed(std::string_view text);
/// The shortest text of up to 10 digits: "0.75", "1e+20".
std::string number_text(double value);

}  // namespace clinicsim::reading
