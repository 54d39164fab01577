#include "quantities.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <locale>
#include <sstream>
#include <vector>

namespace clinicsim::reading {
namespace {

struct Unit {
    std::string_view name;
    double ticks;
    int months;  // calendar units: how many months; else 0
};
constexpr double kTicksPerYear = 31'557'600'000.0;
constexpr double kTicksPerDay = 86'400'000.0;
constexpr std::array kUnits{
    Unit{"ms", 1, 0},
    Unit{"s", 1e3, 0},
    Unit{"sec", 1e3, 0},
    Unit{"second", 1e3, 0},
    Unit{"seconds", 1e3, 0},
    Unit{"min", 6e4, 0},
    Unit{"minute", 6e4, 0},
    Unit{"minutes", 6e4, 0},
    Unit{"h", 3.6e6, 0},
    Unit{"hour", 3.6e6, 0},
    Unit{"hours", 3.6e6, 0},
    Unit{"day", 8.64e7, 0},
    Unit{"days", 8.64e7, 0},
    Unit{"week", 6.048e8, 0},
    Unit{"weeks", 6.048e8, 0},
    Unit{"month", kTicksPerYear / 12, 1},
    Unit{"months", kTicksPerYear / 12, 1},
    Unit{"year", kTicksPerYear, 12},
    Unit{"years", kTicksPerYear, 12},
};
constexpr std::string_view kUnitNames = "ms, s, min, h, days, weeks, months, years";
constexpr double kLongestYears = 10'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\t'; }

template <class T>
Parsed<T> misfit(std::string why = {}) {
    return {.why = std::move(why)};
}

/// How many characters at the start look like a number.
std::size_t number_length(std::string_view text) {
    std::size_t i = 0;
    const auto digits = [&] {
        const std::size_t from = i;
        while (i < text.size() && is_digit(text[i])) ++i;
        return i > from;
    };
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    if (!digits()) return 0;
    if (i + 1 < text.size() && text[i] == '.' && is_digit(text[i + 1])) {
        ++i;
        digits();
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        const std::size_t before = i++;
        if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
        if (!digits()) i = before;
    }
    return i;
}

bool has_leading_zero(std::string_view number) {
    if (!number.empty() && (number[0] == '-' || number[0] == '+')) number.remove_prefix(1);
    return number.size() > 1 && number[0] == '0' && is_digit(number[1]);
}

/// Why a text that is no number may have been meant as one.
std::string number_advice(std::string_view text) {
    if (text.size() > 1 && text[0] == '0' && (text[1] == 'x' || text[1] == 'o'))
        return "only decimal numbers are read";
    if (text.find('_') != std::string_view::npos && is_digit(text[0]))
        return "write digits without underscores";
    if (text.find(',') != std::string_view::npos && is_digit(text[0]))
        return "write a decimal point, and no separators of thousands";
    if (text == ".nan" || text == "nan") return "write a number";
    if (text == ".inf" || text == "-.inf" || text == "inf")
        return "infinities are not numbers here";
    if (!text.empty() && (text[0] == '.' || text.back() == '.'))
        return "write digits on both sides of the decimal point";
    return {};
}

struct Amount {
    double value;
    const Unit* unit;
};

/// "1 h 30 min" as its parts.
Parsed<std::vector<Amount>> parse_amounts(std::string_view text) {
    using Amounts = std::vector<Amount>;
    text = trimmed(text);
    if (text.empty()) return misfit<Amounts>();
    Amounts amounts;
    while (!text.empty()) {
        const std::size_t length = number_length(text);
        if (length == 0) return misfit<Amounts>();
        const auto number = parse_number(text.substr(0, length));
        if (!number.fits) return misfit<Amounts>(number.why);
        if (number.value < 0) return misfit<Amounts>("it must not be negative");
        text = trimmed(text.substr(length));
        std::size_t end = 0;
        while (end < text.size() && !is_space(text[end]) && !is_digit(text[end])) ++end;
        const std::string_view word = text.substr(0, end);
        if (word.empty())
            return misfit<Amounts>("the unit is missing (" + std::string{kUnitNames} + ")");
        const Unit* unit = nullptr;
        for (const Unit& known : kUnits)
            if (known.name == word) unit = &known;
        if (unit == nullptr) {
            return misfit<Amounts>("'" + std::string{word} + "' is no unit of time (" +
                                   std::string{kUnitNames} + ")");
        }
        for (const Amount& before : amounts)
            if (before.unit->ticks <= unit->ticks)
                return misfit<Amounts>("name longer units first, each once");
        amounts.push_back({number.value, unit});
        text = trimmed(text.substr(end));
    }
    return {std::move(amounts), true, {}};
}

std::optional<Duration> parse_clock(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    for (const std::size_t i : {0u, 1u, 3u, 4u})
        if (!is_digit(text[i])) return std::nullopt;
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
    return Duration{hours{hour} + minutes{minute}};
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::string number_text(double value) {
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%.10g", value);
    return buffer;
}

Parsed<double> parse_number(std::string_view text) {
    text = trimmed(text);
    if (text.empty() || number_length(text) != text.size())
        return misfit<double>(text.empty() ? "" : number_advice(text));
    if (has_leading_zero(text)) return misfit<double>("write it without a leading zero");
    // a stream with the classic locale: the program's own might write a decimal comma
    std::istringstream in{std::string{text}};
    in.imbue(std::locale::classic());
    double value = 0;
    in >> value;
    if (in.fail() || !std::isfinite(value)) return misfit<double>("it is too large");
    return {value, true, {}};
}

Parsed<std::uint64_t> parse_whole(std::string_view text) {
    text = trimmed(text);
    const auto number = parse_number(text);
    if (!number.fits) return misfit<std::uint64_t>(number.why);
    if (number.value < 0) return misfit<std::uint64_t>("it must not be negative");
    std::uint64_t value = 0;
    for (const char c : text) {
        if (!is_digit(c)) return misfit<std::uint64_t>("write digits only");
        const auto digit = static_cast<std::uint64_t>(c - '0');
        if (value > (~std::uint64_t{0} - digit) / 10)
            return misfit<std::uint64_t>("it is too large");
        value = value * 10 + digit;
    }
    return {value, true, {}};
}

Parsed<double> parse_per_cent(std::string_view text) {
    text = trimmed(text);
    if (text.empty() || text.back() != '%') return parse_number(text);
    text = trimmed(text.substr(0, text.size() - 1));
    auto number = parse_number(text);
    if (!number.fits) return number;
    // "2.7 %" is the same number as 0.027, which 2.7 / 100 is not
    if (text.find_first_of("eE") == std::string_view::npos)
        return parse_number(std::string{text} + "e-2");
    number.value /= 100;
    return number;
}

Parsed<double> parse_share(std::string_view text) {
    auto share = parse_per_cent(text);
    if (!share.fits) return share;
    if (share.value < 0) return misfit<double>("it must not be negative");
    if (share.value > 1) {
        const bool per_cent = text.find('%') != std::string_view::npos;
        return misfit<double>(per_cent ? "it is over 100 %"
                                       : "without a % it must lie between 0 and 1");
    }
    return share;
}

Parsed<double> parse_growth(std::string_view text) {
    auto growth = parse_per_cent(text);
    if (growth.fits && (growth.value <= -1 || growth.value > 10))
        return misfit<double>("it must lie above -100 % and not over 1000 %");
    return growth;
}

Parsed<double> parse_ticks(std::string_view text) {
    const auto amounts = parse_amounts(text);
    if (!amounts.fits) return misfit<double>(amounts.why);
    double ticks = 0;
    for (const Amount& amount : amounts.value) ticks += amount.value * amount.unit->ticks;
    if (ticks > kLongestYears * kTicksPerYear) return misfit<double>("it is over 10,000 years");
    return {ticks, true, {}};
}

Parsed<double> parse_days(std::string_view text) {
    if (auto ticks = parse_ticks(text); !ticks.fits) return ticks;
    double days = 0;
    for (const Amount& amount : parse_amounts(text).value)
        days += amount.value * (amount.unit->ticks / kTicksPerDay);
    return {days, true, {}};
}

Parsed<Duration> parse_duration(std::string_view text) {
    const auto ticks = parse_ticks(text);
    if (!ticks.fits) return misfit<Duration>(ticks.why);
    return {from_ticks(ticks.value), true, {}};
}

Parsed<Span> parse_span(std::string_view text) {
    if (auto ticks = parse_ticks(text); !ticks.fits) return misfit<Span>(ticks.why);
    Span span;
    double fixed = 0;
    for (const Amount& amount : parse_amounts(text).value) {
        const double months = amount.value * amount.unit->months;
        if (months != std::floor(months))
            return misfit<Span>(
                "months and years are calendar lengths: write whole months, or days");
        span.months += static_cast<std::int32_t>(months);
        if (amount.unit->months == 0) fixed += amount.value * amount.unit->ticks;
    }
    span.fixed = from_ticks(fixed);
    return {span, true, {}};
}

Parsed<double> parse_per(std::string_view text) {
    text = trimmed(text);
    for (const Unit& unit : kUnits)
        if (unit.name == text && unit.ticks >= 1e3) return {unit.ticks, true, {}};
    auto ticks = parse_ticks(text);
    if (ticks.fits && !(ticks.value > 0)) return misfit<double>("it must be longer than 0");
    return ticks;
}

Parsed<double> parse_frequency(std::string_view text) {
    text = trimmed(text);
    if (text == "never") return {0, true, {}};
    const std::size_t at = text.find(" per ");
    if (at == std::string_view::npos) return misfit<double>();
    const auto times = parse_number(text.substr(0, at));
    if (!times.fits) return times;
    if (times.value < 0) return misfit<double>("it must not be negative");
    const auto per = parse_per(text.substr(at + 5));
    if (!per.fits) return per;
    return {times.value / (per.value / kTicksPerDay), true, {}};
}

Parsed<RatingsInARow> parse_ratings(std::string_view text) {
    text = trimmed(text);
    std::size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits])) ++digits;
    const auto number = parse_whole(text.substr(0, digits));
    std::string_view words = trimmed(text.substr(digits));
    const bool weekly = words.starts_with("weekly ");
    if (weekly) words = trimmed(words.substr(7));
    if (digits == 0 || (words != "ratings" && words != "rating")) return misfit<RatingsInARow>();
    if (!number.fits) return misfit<RatingsInARow>(number.why);
    if (number.value < 1 || number.value > 1000)
        return misfit<RatingsInARow>("it must be from 1 to 1000");
    return {{static_cast<std::uint32_t>(number.value), weekly}, true, {}};
}

Parsed<DayAndTime> parse_day_and_time(std::string_view text) {
    text = trimmed(text);
    const auto date = parse_date(text.substr(0, 10));
    if (!date) return misfit<DayAndTime>();
    if (text.size() == 10) return {{*date, Duration::zero()}, true, {}};
    const auto clock = text[10] == ' ' ? parse_clock(trimmed(text.substr(10))) : std::nullopt;
    if (!clock) return misfit<DayAndTime>();
    return {{*date, *clock}, true, {}};
}

Parsed<Stretch> parse_stretch(std::string_view text) {
    text = trimmed(text);
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) return misfit<Stretch>();
    const auto from = parse_clock(trimmed(text.substr(0, dash)));
    const auto to = parse_clock(trimmed(text.substr(dash + 1)));
    if (!from || !to) return misfit<Stretch>();
    if (*from == *to) return misfit<Stretch>("it must end after it begins, on the same day");
    if (*from > *to) {
        const std::string begin{trimmed(text.substr(0, dash))}, end{trimmed(text.substr(dash + 1))};
        return misfit<Stretch>("it must end on the day it begins; through a night write " + begin +
                               "-24:00, and 00:00-" + end + " on the day after");
    }
    return {{*from, *to}, true, {}};
}

Parsed<std::vector<YearlyDay>> parse_yearly_days(std::string_view text) {
    text = trimmed(text);
    const std::size_t to = text.find(" to ");
    const auto first = parse_yearly_day(trimmed(text.substr(0, to)));
    const auto last =
        to == std::string_view::npos ? first : parse_yearly_day(trimmed(text.substr(to + 4)));
    if (!first || !last) return misfit<std::vector<YearlyDay>>("write month-day, in quotes");
    constexpr std::chrono::year kLeap{2024};
    std::vector<YearlyDay> days;
    std::chrono::sys_days at{kLeap / first->month / first->day};
    for (;; at += std::chrono::days{1}) {
        const Date date{at};
        days.push_back({date.month(), date.day()});
        if (days.back() == *last) return {std::move(days), true, {}};
        constexpr std::size_t kMost = 183;
        if (days.size() == kMost)
            return misfit<std::vector<YearlyDay>>(
                "more than half a year; the first day stands before 'to'");
    }
}

Parsed<DateRange> parse_date_range(std::string_view text) {
    text = trimmed(text);
    const std::size_t to = text.find(" to ");
    const auto first = parse_date(trimmed(text.substr(0, to)));
    const auto last =
        to == std::string_view::npos ? first : parse_date(trimmed(text.substr(to + 4)));
    if (!first || !last)
        return parse_yearly_days(text).fits
                   ? misfit<DateRange>("days of every year are written under holidays")
                   : misfit<DateRange>();
    if (*last < *first) return misfit<DateRange>("it ends before it begins");
    return {{*first, *last}, true, {}};
}

namespace {

constexpr std::array<std::string_view, 7> kDayNames{"sun", "mon", "tue", "wed",
                                                    "thu", "fri", "sat"};

std::optional<std::size_t> day_number(std::string_view name) {
    const auto at = std::find(kDayNames.begin(), kDayNames.end(), trimmed(name));
    if (at == kDayNames.end()) return std::nullopt;
    return static_cast<std::size_t>(at - kDayNames.begin());
}

}  // namespace

std::span<const std::string_view> weekday_names() { return kDayNames; }

std::vector<std::size_t> weekdays_of(std::string_view text) {
    std::vector<std::size_t> days;
    for (;;) {
        const std::size_t comma = text.find(',');
        const std::string_view part = text.substr(0, comma);
        const std::size_t dash = part.find('-');
        const auto first = day_number(part.substr(0, dash));
        const auto last =
            dash == std::string_view::npos ? first : day_number(part.substr(dash + 1));
        if (!first || !last) return {};
        for (std::size_t day = *first;; day = (day + 1) % kDayNames.size()) {
            days.push_back(day);
            if (day == *last) break;
        }
        if (comma == std::string_view::npos) return days;
        text.remove_prefix(comma + 1);
    }
}

Parsed<std::array<bool, 7>> parse_weekdays(std::string_view text) {
    std::array<bool, 7> named{};
    const auto days = weekdays_of(text);
    for (const std::size_t day : days) {
        if (named[day])
            return misfit<std::array<bool, 7>>(std::string{kDayNames[day]} + " is named twice");
        named[day] = true;
    }
    return {named, !days.empty(), {}};
}

Parsed<std::uint32_t> parse_portion(std::string_view text) {
    constexpr double kMost = 1000;
    text = trimmed(text);
    const std::size_t slash = text.find('/');
    double parts = 0;
    if (slash != std::string_view::npos) {
        const auto above = parse_whole(trimmed(text.substr(0, slash)));
        const auto below = parse_whole(trimmed(text.substr(slash + 1)));
        if (!above.fits || !below.fits) return misfit<std::uint32_t>();
        if (below.value == 0) return misfit<std::uint32_t>("it divides by 0");
        parts = kWhole * static_cast<double>(above.value) / static_cast<double>(below.value);
    } else {
        const auto number = parse_per_cent(text);
        if (!number.fits) return misfit<std::uint32_t>(number.why);
        parts = kWhole * number.value;
    }
    if (parts <= 0) return misfit<std::uint32_t>("it must be over 0; leave out what is not needed");
    if (parts > kMost * kWhole) return misfit<std::uint32_t>("it is over 1000");
    const double whole = std::round(parts);
    if (std::abs(parts - whole) > 1e-6)
        return misfit<std::uint32_t>(
            "shares are exact: write a fraction with a denominator of 1 to 10, such as 1/3");
    return {static_cast<std::uint32_t>(whole), true, {}};
}

}  // namespace clinicsim::reading
