// What the chairs do at every instant of the opening hours, by hour of the week and by month.
// Only runs whose details are asked for have it: it follows every change of the chairs.
//
// A chair in use is in a phase of a visit, or held up in one because a group of staff or equipment
// is missing. An empty chair has a reason where one can be named: it is broken down; or, as many
// empty chairs as booked times of patients who did not come are running, it is a no-show; or, as
// many as the book held for rescues and nobody booked in the end, it is held for rescues; the rest
// is idle. So the states of an instant always add up to the chairs that are planned (or to those in
// use, where a chair goes that somebody sits in), and their times to the chair time open, to the
// tick: both are checked in the run.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <queue>
#include <string>
#include <utility>
#include <vector>

#include "clinicsim/clinic/chair_calendar.hpp"
#include "clinicsim/clinic/model.hpp"
#include "clinicsim/clinic/opening_hours.hpp"
#include "clinicsim/observe/tallies.hpp"

namespace clinicsim {

enum class ChairState : std::uint8_t {
    preparation,
    infusion,
    recovery,
    turnover,
    no_show,
    held_for_rescue,
    broken,
    idle,
    held_up  // in use, but nothing goes on for want of the first group of staff or equipment; those
             // of the other groups follow
};
constexpr std::size_t kFirstHeldUp = static_cast<std::size_t>(ChairState::held_up);
constexpr std::size_t kChairStates = kFirstHeldUp + kMostStaffGroups;
/// Those that the clinic can have: "preparation", …, "held_up.nurse", ….
std::vector<std::string> chair_states(const ClinicPlan& clinic);

/// Chair-ticks inside opening hours.
struct ChairTime {
    std::array<std::int64_t, kChairStates> ticks{};  // [ChairState]
    std::int64_t open() const;
    std::int64_t used() const;  // phases of visits, and held up in them
    void add(const ChairTime& other);
    bool operator==(const ChairTime&) const = default;
};

constexpr std::size_t kHoursOfWeek = 7 * 24;

struct ChairUseTally {
    std::array<ChairTime, kHoursOfWeek> hours;  // from Monday 00:00 on
    std::vector<ChairTime> months;              // of the measured time, parts of months included
    void add(const ChairUseTally& other);
    bool operator==(const ChairUseTally&) const = default;
};

/// The calendar months that the measured time touches: "2026-01", …
std::vector<std::string> months_of(const Model& model);

class ChairUseObserver {
  public:
    /// Of one site, whose opening hours `open` must outlive the observer. The model has a number of
    /// chairs, which break down as in this replication.
    ChairUseObserver(const Model& model, std::uint32_t replication, const OpeningHours& open,
                     SiteId site = 0);

    void on(const VisitStarted& fact) {
        advance(fact.at);
        ++now_.taken;
    }
    /// Told at the end of the visit or of the turnover; the chair is taken until `to` either way.
    void on(const ChairHeld& fact) { ends_.push({fact.to, &Levels::taken}); }
    void on(const NoShow& fact) {
        advance(fact.at);
        ++now_.no_shows;
        ends_.push({fact.at + fact.length, &Levels::no_shows});
    }
    void on(const PhaseBegan& fact) {
        in_use(static_cast<std::size_t>(fact.phase), fact.at, fact.until);
    }
    void on(const VisitHeldUp& fact) { in_use(kFirstHeldUp + fact.missing, fact.from, fact.to); }
    /// Told afterwards: what was counted as idle was not.
    void on(const HeldTimeUnused& fact);

    /// After the last fact of the run.
    ChairUseTally finish();

  private:
    struct Levels {
        std::int64_t taken = 0, no_shows = 0;
    };
    using Level = std::int64_t Levels::*;
    struct End {
        Instant at;
        Level of;
        bool operator>(const End& other) const { return at > other.at; }
    };

    /// How many there are until when.
    struct Chairs {
        std::int64_t planned = 0, working = 0;
        Instant until;
    };

    struct Idle {
        Instant from, to;
        std::int64_t chairs;
    };

    void in_use(std::size_t state, Instant from, Instant to);
    void advance(Instant to);
    void spend(Instant to);
    void count(const Chairs& chairs, Instant from, Instant to);
    const Chairs& chairs_at(Instant at);
    void add(const ChairTime& time, Instant at);
    /// Tells `piece` every stretch of opening time inside [from, to) and the measured time, cut at
    /// full hours.
    template <class Piece>
    void for_each_open_hour(Instant from, Instant to, Piece piece) const;

    const OpeningHours* open_;
    const Dates dates_;
    const Instant from_, to_;
    const int first_month_;                            // of the measured time, as year * 12 + month
    std::vector<CapacityCalendar> planned_, working_;  // [kind of chair]
    Chairs chairs_;
    Levels now_;
    Instant reached_;
    std::priority_queue<End, std::vector<End>, std::greater<>> ends_;
    std::vector<Idle> idle_today_;  // where the book holds time for rescues
    bool holds_time_;
    ChairUseTally tally_;
    std::array<std::int64_t, kHoursOfWeek> taken_{};  // chair-ticks in use, by the visits' ends
};

}  // namespace clinicsim
