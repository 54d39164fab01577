#include "clinicsim/base/dates.hpp"

#include <cstdio>

#include "clinicsim/base/check.hpp"

namespace clinicsim {
namespace {

namespace chr = std::chrono;

/// The same day of the month, or the month's last one where that does not exist.
Date clipped(Date date) { return date.ok() ? date : Date{date.year() / date.month() / chr::last}; }

std::optional<unsigned> digits(std::string_view text) {
    unsigned value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return text.empty() ? std::nullopt : std::optional{value};
}

}  // namespace

Dates::Dates(Date first_day) : first_{first_day}, origin_{chr::sys_days{first_day}} {
    CLINICSIM_CHECK(first_day.ok(), "a run starts on a date that exists");
}

Date Dates::date_of(Instant at) const {
    return Date{origin_ + chr::days{chr::floor<Days>(at.time_since_epoch()).count()}};
}

std::int64_t Dates::day_number(Date date) const { return (chr::sys_days{date} - origin_).count(); }

Instant Dates::midnight_of(Date date) const { return kRunStart + Days{day_number(date)}; }

chr::weekday Dates::weekday_of(Instant at) const {
    return chr::weekday{chr::sys_days{date_of(at)}};
}

Instant Dates::plus_months(Instant at, const Span& span, std::int64_t times) const {
    if (at == kNever) return kNever;
    const Date from = date_of(at);
    const Date to = clipped(from + chr::months{static_cast<int>(span.months * times)});
    return later(at + (midnight_of(to) - midnight_of(from)), span.fixed * times);
}

Instant Dates::next(const YearlyDay& day, Instant after) const {
    for (auto year = date_of(after).year();; ++year) {
        const Instant at = midnight_of(clipped(Date{year, day.month, day.day}));
        if (at > after) return at;
    }
}

std::string Dates::text(Date date) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return buffer;
}

std::string Dates::text(Instant at) const {
    if (at == kNever) return "never";
    const Date date = date_of(at);
    const auto ms = (at - midnight_of(date)).count();
    char buffer[32];
    int used = std::snprintf(buffer, sizeof buffer, " %02d:%02d", static_cast<int>(ms / 3'600'000),
                             static_cast<int>(ms / 60'000 % 60));
    std::string result = text(date) + std::string(buffer, static_cast<std::size_t>(used));
    if (ms % 60'000 != 0) {
        used = std::snprintf(buffer, sizeof buffer, ":%02d", static_cast<int>(ms / 1000 % 60));
        result.append(buffer, static_cast<std::size_t>(used));
    }
    if (ms % 1000 != 0) {
        used = std::snprintf(buffer, sizeof buffer, ".%03d", static_cast<int>(ms % 1000));
        result.append(buffer, static_cast<std::size_t>(used));
    }
    return result;
}

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)),
               day = digits(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const Date date{chr::year{static_cast<int>(*year)}, chr::month{*month}, chr::day{*day}};
    return date.ok() ? std::optional{date} : std::nullopt;
}

std::optional<YearlyDay> parse_yearly_day(std::string_view text) {
    // 2000 was a leap year, so 02-29 passes
    const auto date = parse_date("2000-" + std::string{text});
    if (!date) return std::nullopt;
    return YearlyDay{date->month(), date->day()};
}

std::string text(Duration d) {
    if (d < Duration::zero()) return "-" + text(-d);
    if (d == kNever.time_since_epoch()) return "never";
    std::string result;
    const auto add = [&](std::int64_t count, const char* unit) {
        if (count == 0) return;
        if (!result.empty()) result += ' ';
        result += std::to_string(count) + ' ' + unit;
    };
    const std::int64_t ms = d.count();
    const std::int64_t whole_days = ms / 86'400'000;
    add(whole_days, whole_days == 1 ? "day" : "days");
    add(ms / 3'600'000 % 24, "h");
    add(ms / 60'000 % 60, "min");
    add(ms / 1000 % 60, "s");
    add(ms % 1000, "ms");
    return result.empty() ? "0 min" : result;
}

}  // namespace clinicsim
