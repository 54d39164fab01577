// Dates for instants: which day the run's first tick lies on, calendar months, weekdays, texts.
// Every day has 24 hours; there is no daylight saving.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "clinicsim/base/time.hpp"

namespace clinicsim {

using Date = std::chrono::year_month_day;

/// A day of every year, such as 20 December. 29 February falls on the 28th in other years.
struct YearlyDay {
    std::chrono::month month{1};
    std::chrono::day day{1};
    bool operator==(const YearlyDay&) const = default;
};

class Dates {
  public:
    /// `first_day` is the date of instant 0; it must be a date that exists.
    explicit Dates(Date first_day);

    Date first_day() const { return first_; }
    Date date_of(Instant at) const;
    /// Days since the first day; negative before it.
    std::int64_t day_number(Date date) const;
    Instant midnight_of(Date date) const;
    std::chrono::weekday weekday_of(Instant at) const;

    /// `at` + `times` x `span`. Months are calendar months from the date of `at`: 31 January + 1
    /// month is the last of February, + 2 months the 31st of March.
    Instant plus(Instant at, const Span& span, std::int64_t times = 1) const {
        return span.months == 0 ? later(at, span.fixed * times) : plus_months(at, span, times);
    }
    /// The first instant strictly after `after` that is midnight of `day` in some year.
    Instant next(const YearlyDay& day, Instant after) const;

    /// "2026-03-04 10:30" (seconds and milliseconds only where they are not zero).
    std::string text(Instant at) const;
    static std::string text(Date date);

    bool operator==(const Dates&) const = default;

  private:
    Instant plus_months(Instant at, const Span& span, std::int64_t times) const;

    Date first_;
    std::chrono::sys_days origin_;
};

/// "2026-01-05" -> date, nothing where it is malformed or no such day exists.
std::optional<Date> parse_date(std::string_view text);
/// "12-25" -> yearly day; 02-29 is allowed.
std::optional<YearlyDay> parse_yearly_day(std::string_view text);
/// A duration for people: "1 day 2 h 3 min", "45 min", "0 min".
std::string text(Duration d);

}  // namespace clinicsim
