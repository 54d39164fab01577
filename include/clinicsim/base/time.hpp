// Simulated time: a 64-bit count of milliseconds, so that ties are exact and results do not depend
// on floating point. Instants count from midnight at the start of the run's first day; dates are
// `base/dates.hpp`'s business.
#pragma once

#include <chrono>
#include <cstdint>
#include <ratio>

namespace clinicsim {

struct SimClock {
    using rep = std::int64_t;  // ticks: milliseconds of simulated time
    using period = std::milli;
    using duration = std::chrono::duration<rep, period>;
    using time_point = std::chrono::time_point<SimClock>;
    static constexpr bool is_steady = true;
};

using Duration = SimClock::duration;
using Instant = SimClock::time_point;

using std::chrono::hours;
using std::chrono::minutes;
using Days = std::chrono::duration<std::int64_t, std::ratio<86400>>;

constexpr Instant kRunStart{};
/// Later than anything that happens; fits the 62 bits that an agenda key has for an instant.
constexpr Instant kNever{Duration{(std::int64_t{1} << 61) - 1}};

/// Rates and the years and months inside a distribution use these (issue: years of 365.25 days).
constexpr Duration kYear{31'557'600'000};
constexpr Duration kMonth{kYear / 12};

constexpr double in_days(Duration d) { return static_cast<double>(d.count()) / 86'400'000.0; }
constexpr double in_hours(Duration d) { return static_cast<double>(d.count()) / 3'600'000.0; }
constexpr double in_years(Duration d) { return in_days(d) / 365.25; }

/// A drawn number of ticks as a duration, rounded half up. `ticks` must be finite and >= 0; values
/// past kNever are cut there.
inline Duration from_ticks(double ticks) {
    constexpr auto kMost = static_cast<double>(kNever.time_since_epoch().count());
    if (!(ticks < kMost)) return kNever.time_since_epoch();
    return Duration{static_cast<std::int64_t>(ticks + 0.5)};  // cuts, which is floor from 0 up
}

/// a + d, but never past kNever.
constexpr Instant later(Instant a, Duration d) { return d >= kNever - a ? kNever : a + d; }

/// A length as a scenario names it: calendar months (whose length depends on where they begin) and
/// a fixed part.
struct Span {
    std::int32_t months = 0;
    Duration fixed{};
    bool operator==(const Span&) const = default;
    bool empty() const { return months == 0 && fixed == Duration::zero(); }
};

}  // namespace clinicsim
