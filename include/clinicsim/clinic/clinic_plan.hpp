// What a clinic is: chairs, opening hours, visits, access, attendance. Plain values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clinicsim/base/dates.hpp"
#include "clinicsim/base/time.hpp"
#include "clinicsim/clinic/booking_plan.hpp"
#include "clinicsim/clinic/staff.hpp"
#include "clinicsim/random/distribution.hpp"

namespace clinicsim {

/// What a scenario says about opening: always, or stretches per weekday less closed days.
struct OpeningRule {
    bool always = true;
    std::array<std::vector<DayHours>, 7> week;  // [0] = Sunday, as std::chrono::weekday counts
    std::vector<YearlyDay> holidays;            // of every year
    std::vector<std::pair<Date, Date>> closed;  // first and last closed day, inclusive
    bool operator==(const OpeningRule&) const = default;
};

/// The phases of a visit, each in ticks. The chair is held through all of them; the infusion acts
/// at the end of recovery, before turnover.
struct VisitParts {
    Distribution preparation = Constant{0};
    Distribution infusion = Constant{0};
    Distribution recovery = Constant{0};
    Distribution turnover = Constant{0};
    PhaseNeeds needs;                  // [VisitPhase]; a phase that takes no time needs nobody
    std::vector<std::uint8_t> chairs;  // kinds, the one liked best first; empty: any. A visit at a
                                       // site takes one of those there
    bool operator==(const VisitParts&) const = default;

    /// Mean length without turnover, to the tick.
    Duration planned_length() const;
    /// The appointment: the planned length rounded up to kBookGrid, and the mean turnover.
    Duration booked_length() const;
};

/// Chairs that are not like others: recliners, private rooms; those at another site.
struct ChairKind {
    std::string name;  // several sites may have one of the same name
    std::uint32_t chairs = 0;
    SiteId site = 0;
    bool operator==(const ChairKind&) const = default;
};
using ChairKindId = std::uint8_t;
constexpr std::size_t kMostChairKinds = 32;

/// One of several places that a clinic treats at.
struct Site {
    std::string name;
    OpeningRule open;
    double share = 0;              // of the patients: they live here
    std::vector<Duration> travel;  // [site] for who lives here; 0 for this one
    bool operator==(const Site&) const = default;
};
constexpr std::size_t kMostSites = 32;

/// From a date on there are more chairs or fewer; who is in one that goes is not disturbed.
struct ChairChange {
    Date from;
    std::vector<std::optional<std::uint32_t>> chairs;  // [kind], as many as before where none
    bool operator==(const ChairChange&) const = default;
};

/// Of each chair by itself, in calendar time; a visit in it is finished first.
struct Breakdowns {
    Distribution every;  // ticks from the end of one to the begin of the next
    Distribution lasts;  // ticks
    bool operator==(const Breakdowns&) const = default;
};

/// Booked: who comes before the booked time and who after it; the others come on time. Nobody comes
/// before the doors open, nor after they close.
struct Punctuality {
    double early = 0, late = 0;                                  // shares, together at most 1
    Distribution early_by = Constant{0}, late_by = Constant{0};  // ticks
    Duration at_most = hours{1};  // what is drawn longer is that long
    /// Early comers start as soon as a chair and the staff are free; no: not before the booked
    /// time.
    bool early_starts = false;
    std::optional<Duration> refused_after;  // who comes later than this after the booked time
    bool operator==(const Punctuality&) const = default;
};

enum class Access : std::uint8_t { walk_in, booked };
/// refuse: a visit starts only if its planned length ends by closing time. finish: what has begun
/// to wait in opening hours may start until closing, and overtime is counted. Whatever is in a
/// chair at closing time is finished under both.
enum class Closing : std::uint8_t { refuse, finish };

/// Booked, on a day on which staff are sick. call_off: kSickCallAhead before the doors open,
/// everybody whom those who are there cannot see is reached and gets another time.
/// nobody_is_called: who cannot be seen waits and is sent home in the evening.
enum class OnSickDays : std::uint8_t { call_off, nobody_is_called };
constexpr Duration kSickCallAhead = hours{1};  // assumed: who is sick says so by then

struct ClinicPlan {
    std::optional<std::uint32_t> chairs;  // at the start, of all kinds; none: unlimited
    std::vector<ChairKind> chair_kinds;   // empty: all alike; sites one after another
    std::vector<ChairChange> changes;     // in order of their dates
    std::optional<Breakdowns> breakdowns;
    OpeningRule open;         // where there is one site
    std::vector<Site> sites;  // empty: one
    Access access = Access::walk_in;
    Closing closing = Closing::refuse;
    /// Rank of each VisitKind, 0 first; equal ranks go in order of their wanted (walk-in) or booked
    /// time.
    std::array<std::uint8_t, kVisitKinds> rank{1, 2, 0};
    /// [condition] a first visit and a later one.
    struct Visits {
        VisitParts first, later;
        bool operator==(const Visits&) const = default;
    };
    std::vector<Visits> visits;
    std::vector<StaffGroup> staff;  // and equipment; empty: nothing but chairs is scarce
    std::optional<Distribution>
        patience;  // walk-in: ticks in the waiting room, then leaves unserved
    std::optional<std::uint32_t>
        waiting_room;              // walk-in: places; who finds them taken is turned away
    double no_show = 0;            // booked: chance per booked visit
    double no_show_first = 0;      // the same for a first visit
    std::optional<Duration> slot;  // booked; none: planned length on the grid + mean turnover,
                                   // rounded up to kBookGrid
    /// Booked. None: every visit by itself, first free, without a horizon.
    std::optional<BookingPlan> booking;
    /// Booked. None: `no_show` alone, and who does not come books again at once.
    std::optional<AttendancePlan> attendance;
    std::optional<Punctuality> arrival;  // booked; none: everybody comes at the booked time
    OnSickDays on_sick_days = OnSickDays::nobody_is_called;
    bool operator==(const ClinicPlan&) const = default;

    std::size_t kinds_of_chairs() const { return chair_kinds.empty() ? 1 : chair_kinds.size(); }
    /// Where there is a number of them.
    std::uint32_t chairs_at_start(std::size_t kind) const {
        return chair_kinds.empty() ? chairs.value() : chair_kinds[kind].chairs;
    }
    std::size_t number_of_sites() const { return sites.empty() ? 1 : sites.size(); }
    SiteId site_of(std::size_t kind) const {
        return chair_kinds.empty() ? SiteId{0} : chair_kinds[kind].site;
    }
    const OpeningRule& open_at(SiteId site) const {
        return sites.empty() ? open : sites[site].open;
    }
};

}  // namespace clinicsim
