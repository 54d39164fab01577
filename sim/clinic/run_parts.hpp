// Plain parts of a run that more than one of its files uses. Internal to the clinic room.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "clinicsim/clinic/clinic_plan.hpp"
#include "patient.hpp"
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

/// A visit from its start until its chair is free again; in a clinic with staff only. The
/// patient may leave, and the slot be another's, before the chair has been made ready.
struct UnderWay {
    const VisitPlan* plan = nullptr;  // null: free for the next visit
    std::array<Duration, kVisitPhases> takes{};
    Slot slot = 0;
    PatientId patient = 0;
    Group group;
    VisitPhase phase = VisitPhase::preparation;
    ChairKindId chair = 0;
    StaffGroupId lacks = 0;    // whom it waits for
    Instant since;             // took the chair
    Instant held_up = kNever;  // since then it waits in its chair; kNever: it does not
    Duration hold{};           // for which who is on call will come; zero: for none
    bool called = false;       // they were, for the rest of the phase
    const std::vector<Need>& needs() const {
        return called ? plan->called : plan->parts.needs[static_cast<std::size_t>(phase)];
    }
    /// What it holds while it waits in its chair: with a side effect nobody leaves the patient.
    const std::vector<Need>& kept() const {
        return called ? plan->parts.needs[static_cast<std::size_t>(phase)] : kNobody;
    }
    GroupSet waits_for() const { return called ? plan->on_call : set_of(needs()); }
};

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
