// How a booked clinic books, and who comes to what was booked. Plain values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "clinicsim/base/time.hpp"
#include "clinicsim/clinic/staff.hpp"
#include "clinicsim/random/distribution.hpp"

namespace clinicsim {

/// What a visit is for; the order is that of the default priority table, not of urgency.
enum class VisitKind : std::uint8_t { induction, booster, rescue };
constexpr std::size_t kVisitKinds = 3;
const char* name(VisitKind kind);

constexpr DayHours kWholeDay{Duration{}, Days{1}};

/// The appointment book's grid where the scenario names none.
constexpr Duration kBookGrid{std::chrono::minutes{5}};

/// Weekdays as bits, bit 0 for Sunday, as std::chrono::weekday counts.
using Weekdays = std::uint8_t;
constexpr Weekdays kAnyDay = 0x7f;

/// Where on the first day with a place a visit goes. first_free: as early as possible. best_fit:
/// into the shortest stretch of free time that takes it. level_day: where the fewest chairs are
/// promised at its busiest moment. Ties: the earlier.
enum class PlaceRule : std::uint8_t { first_free, best_fit, level_day };

/// How many visits may start at a time of day.
struct DayStarts {
    Duration at{};  // after midnight, on the grid
    std::uint16_t visits = 0;
    bool operator==(const DayStarts&) const = default;
};

struct WaitingListPlan {
    std::uint32_t calls = 0;        // about one place at most
    double accepts = 0;             // chance per call
    Duration notice{};              // a place nearer than this is offered to nobody
    bool planned_boosters = false;  // are called, too
    bool operator==(const WaitingListPlan&) const = default;
};

/// Who would wait long at the home site is offered a place at the site with the earliest one.
struct TransferPlan {
    Duration after{};                      // offered to who would wait longer
    double accepts = 1;                    // chance, where it takes no travelling
    std::optional<Duration> halves_every;  // travelling time that halves it; none: does not matter
    bool operator==(const TransferPlan&) const = default;
    double chance(Duration travel) const;
};

/// What a share of the patients would like.
struct Preference {
    double share = 0;
    Weekdays weekdays = kAnyDay;
    DayHours hours = kWholeDay;  // the whole visit lies inside
    Duration waits{};            // takes a liked time that is at most so much later than any time
    bool operator==(const Preference&) const = default;
};

struct BookingPlan {
    PlaceRule rule = PlaceRule::first_free;
    Days horizon{84};           // nothing is booked further ahead
    Duration grid = kBookGrid;  // divides a day
    /// The book counts what visits take of the staff on average, not phase by phase.
    bool staff_on_average = false;
    double held = 0;         // share of each day's chair time that only rescues may book ...
    Duration released{};     // ... until so long before
    double overbook = 0;     // share of chair time promised beyond the chairs
    Days series_within{28};  // from the first visit of a series to its last
    std::optional<WaitingListPlan> waiting_list;
    std::vector<Preference> preferences;  // shares sum to at most 1; the rest likes every time
    std::vector<DayStarts> template_;     // empty: chairs limit what may be booked
    std::optional<TransferPlan> transfers;
    bool operator==(const BookingPlan&) const = default;
};

/// The gap between two visits as days in the calendar: the hour of a visit is the book's choice.
struct DaysApart {
    std::int64_t least = 1, most = 1;
};
DaysApart days_apart(const Distribution& gap);

/// A chance per booked visit. Factors multiply it; what passes 1 is 1.
struct VisitChance {
    double share = 0;
    std::optional<double> first_visit;                       // instead of `share`
    std::array<std::optional<double>, kVisitKinds> of_kind;  // instead of `share`
    double when_ill = 1;                                     // factor while in an episode
    struct Lead {
        Duration over;  // from the booking to the booked time
        double times;
        bool operator==(const Lead&) const = default;
    };
    std::vector<Lead> leads;  // in order; the last that is passed counts
    bool operator==(const VisitChance&) const = default;

    double of(VisitKind kind, bool first, bool ill, Duration lead) const;
    /// The most that of() can give.
    double most() const;
};

struct AttendancePlan {
    VisitChance no_show, late_cancel, reschedule;
    Distribution cancel_notice = Constant{0};  // ticks before the booked time
    Distribution reschedule_notice = Constant{0};
    double books_again = 1;  // of those who did not come or cancelled; the others are lost
    struct Reminder {
        Duration before{};  // sent to who was booked earlier than this
        double lowers = 0;  // share of no-shows that it avoids
        bool operator==(const Reminder&) const = default;
    };
    std::optional<Reminder> reminder;
    std::optional<Distribution> patience;  // from referral to the first visit; then goes elsewhere
    bool operator==(const AttendancePlan&) const = default;
};

}  // namespace clinicsim
