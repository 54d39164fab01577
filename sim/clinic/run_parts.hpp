// Plain parts of a run that more than one of its files uses. Internal to the clinic room.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "clinicsim/clinic/clinic_plan.hpp"
#include "staff_levels.hpp"

namespace clinicsim {

/// A visit of one condition, first or later, at one site, with what is derived from its
/// distributions.
struct VisitPlan {
    VisitParts parts;
    Duration planned;   // mean length without turnover
    Duration slot;      // booked length
    Duration constant;  // of the length without turnover, the parts that are always the same
    std::vector<Distribution> varying;            // the other parts, in their order
    std::optional<Duration> turnover;             // where it is always the same
    std::vector<ChairKindId> kinds;               // that it may use, the one liked best first
    std::vector<ChairKindId> in_book;             // the same as numbered in the site's book
    VisitPhase first = VisitPhase::preparation;   // the first one that takes time
    std::array<Duration, kVisitPhases> begins{};  // planned, from the start of the visit
    std::array<GroupSet, kVisitPhases + 1> groups_from{};  // [phase] needed in it or later
    std::vector<Need>
        called;            // needs of the infusion when who is on call has come; empty: nobody is
    GroupSet on_call = 0;  // who comes
};

inline const std::vector<Need> kNobody;

/// Those of the line for whom there is a chair, but not this group of staff, when last looked at.
struct Lacking {
    std::uint32_t waiting = 0, told = 0;
};

/// A patient who comes early or late to what is booked.
struct OnTheWay {
    Instant comes = kNever;
    bool too_late = false;  // to be seen
};

/// A booked time that was given back.
struct Released {
    Instant start;
    SiteId site;
};

/// Where everybody is, for the laws of conservation.
struct Census {
    std::size_t in_chairs = 0, in_line = 0;
    std::size_t on_the_way = 0;       // came to what was booked, and stands before closed doors
    std::uint64_t pending = 0;        // booked times still to come
    std::uint64_t ticks_waiting = 0;  // of those in line, up to now
};

/// What must add up at the end of every run. Ticks are counted modulo 2^64, which loses no
/// equality.
struct Ledger {
    std::uint64_t attended = 0, missed = 0;  // booked times reached
    std::uint64_t sent_home = 0;             // of who came: too late, or nobody was left
    std::uint64_t withdrawn = 0;             // of who came: while waiting
    std::uint64_t lacking_ticks = 0;         // integral of those waiting who lack staff alone
    Instant lacking_counted;
    std::uint64_t line_ticks = 0;  // integral of the number waiting
    std::uint64_t wait_ticks = 0;  // sum of the waits that ended
    std::uint64_t turnovers = 0;   // chairs being made ready
    Instant line_counted;
};

}  // namespace clinicsim
