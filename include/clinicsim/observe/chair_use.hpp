// What the chairs do at every instant of the opening hours, by hour of the week and by month.
// Only runs whose details are asked for have it: it follows every change of the chairs.
//
// An empty chair has a reason where one can be named: it is broken down, or, as many empty chairs
// as booked times of patients who did not come are running, it is a no-show; the rest is idle. So
// the states of an instant always add up to the chairs that are planned (or to those in use, where
// a chair goes that somebody sits in), and their times to the chair time open, to the tick.
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

/// held_up: in use, but nothing goes on, for staff or equipment is missing.
enum class ChairState : std::uint8_t { visit, held_up, turnover, no_show, broken, idle };
constexpr std::size_t kChairStates = 6;
const char* name(ChairState state);

/// Chair-ticks inside opening hours.
struct ChairTime {
    std::array<std::int64_t, kChairStates> ticks{};  // [ChairState]
    std::int64_t open() const;
    std::int64_t used() const;  // visits, turnover, and held up in them
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
        ++now_.in_visit;
    }
    void on(const InfusionGiven& fact) {
        advance(fact.at);
        --now_.in_visit;
        ++now_.in_turnover;
    }
    /// Told at the end of the visit or of the turnover; the chair is taken until `to` either way.
    void on(const ChairHeld& fact) { ends_.push({fact.to, &Levels::in_turnover}); }
    void on(const NoShow& fact) {
        advance(fact.at);
        ++now_.no_shows;
        ends_.push({fact.at + fact.length, &Levels::no_shows});
    }

    /// Told afterwards: what was counted as a visit, or as turnover, was none.
    void on(const VisitHeldUp& fact);

    /// After the last fact of the run.
    ChairUseTally finish();

  private:
    struct Levels {
        std::int64_t in_visit = 0, in_turnover = 0, no_shows = 0;
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
    ChairUseTally tally_;
};

}  // namespace clinicsim
