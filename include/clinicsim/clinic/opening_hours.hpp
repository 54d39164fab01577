// Opening hours laid out over a run: is it open, when does it open or close next, how much opening
// time lies before an instant. Constant or logarithmic time each.
#pragma once

#include <cstdint>
#include <vector>

#include "clinicsim/base/dates.hpp"
#include "clinicsim/base/time.hpp"
#include "clinicsim/clinic/clinic_plan.hpp"

namespace clinicsim {

/// What is booked or finished after the end of the run still finds opening hours, and staff.
constexpr Days kCalendarMargin{400};

/// A holiday, or closed for the day.
bool is_closed(const OpeningRule& rule, Date date);

class OpeningHours {
  public:
    /// Lays `rule` out from the start of the run to kCalendarMargin after `until`.
    OpeningHours(const OpeningRule& rule, const Dates& dates, Instant until);

    struct Stretch {  // [from, to)
        Instant from, to;
    };

    bool always() const { return always_; }
    bool is_open(Instant at) const;
    /// The opening stretch that contains `at`, or the next one after it; {kNever, kNever} when
    /// there is none left.
    Stretch stretch_at_or_after(Instant at) const;
    /// Opening time in [run start, at): the denominator of utilisation, from differences.
    Duration open_before(Instant at) const;
    /// All of them, in order; empty where it is always open.
    const std::vector<Stretch>& stretches() const { return stretches_; }

  private:
    std::size_t index_at_or_after(Instant at) const;

    bool always_;
    std::vector<Stretch> stretches_;     // sorted, disjoint, not touching
    std::vector<Duration> open_before_;  // per stretch: opening time before its start
    std::vector<std::uint32_t>
        first_of_day_;  // per day: its first stretch, or the next one after it
};

/// [site]
std::vector<OpeningHours> opening_hours(const ClinicPlan& clinic, const Dates& dates,
                                        Instant until);

}  // namespace clinicsim
