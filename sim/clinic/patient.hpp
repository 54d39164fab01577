// One patient's state during a run. Internal to the clinic room.
//
// The order is that of use: an ordinary visit touches the first four cache lines only (ClinicRun's
// soon() brings them near in time), which is worth a fifth of the time of a large clinic.
#pragma once

#include <cstddef>
#include <cstdint>

#include "clinicsim/base/time.hpp"
#include "clinicsim/clinic/facts.hpp"

namespace clinicsim {

using Slot = std::uint32_t;  // index into the run's patients; reused after a patient has left

/// A wish for a visit: in walk-in it exists from its wanted time on, in a booked clinic from the
/// booking on.
struct Request {
    Instant wanted;
    Instant booked = kNever;  // start of the booked time; kNever in walk-in
    VisitKind kind = VisitKind::booster;
    ChairKindId chair = 0;  // booked
    Duration length{};      // of the booked time
};

struct alignas(64) Patient {
    enum class Where : std::uint8_t {
        home,     // no request, or one that is booked for later
        coming,   // fell due while the clinic was closed: comes when it opens; booked: is late
        waiting,  // in the waiting line
        in_chair
    };

    // --- who, where
    PatientId id = 0;
    Group group;
    std::uint8_t policy = 0;  // index into the choice's policies and pathways
    StageId stage = 0;
    StageKind stage_kind = StageKind::referral;  // of `stage`
    bool timed_stage = false;                    // of `stage`: a way out has a time
    Where where = Where::home;
    bool present = false;          // the slot is taken
    bool in_care = false;          // the first visit has begun
    bool in_follow_up = false;     // an induction has ended in response
    bool lost_response = false;    // no infusion works any more
    bool induction_began = false;  // the present one
    bool well_now = false;         // in the present induction: the responding infusion was given
    bool in_therapy = false;
    bool asks = false;              // will ask, or has asked, in the present episode
    bool rescue_open = false;       // the visit asked for has not been given yet
    bool pair_of_rescue = false;    // the second of a pair belongs to a rescue
    bool will_miss = false;         // the next planned booster
    bool broken_off = false;        // the infusion under way: it will have no effect
    bool must_stop = false;         // leaves at the end of the visit under way
    bool came_late = false;         // to the booked time of the visit waited for
    ChairKindId chair = 0;          // kind of the one taken, or booked by who waits for it
    std::uint8_t pair_left = 0;     // infusions of the present booster still to come
    ChairKindId planned_chair = 0;  // booked for the next planned booster
    SiteId site = 0;                // of the visit waited for, under way or last; before: at home
    std::uint32_t visits = 0;       // begun; like all counts, the index of a purpose's draws
    std::uint32_t infusions = 0;
    std::uint32_t planned = 0;  // planned boosters that fell due
    Slot slot = 0;              // its own
    Instant alarm_at = kNever;
    std::uint64_t alarm_serial = 0;  // an alarm with another serial is ignored
    std::uint64_t hold = 0;          // ticket of the line that the patient stands in; in a chair:
                                     // with staff the visit, else (walk-in) the tick when it ends

    // --- what may happen next: the alarm is the earliest of these
    Instant course_at = kNever;  // the relapse (renewal course), the next rating (symptom course)
    Instant seen_at = kNever;    // the relapse is seen
    Instant asks_at = kNever;
    Instant patience_until = kNever;
    Instant drop_out = kNever;
    Instant next_visit = kNever;   // of the induction or of a pair; end of screening; first instant
    Instant planned_due = kNever;  // the next planned booster
    Instant ill_since = kNever;    // kNever: well

    // --- the visit and the schedule
    Request request;      // waited for, being served, or booked (rescue)
    Instant place_since;  // joined the line, or took the chair
    Duration turnover{};
    Instant last_infusion = kRunStart;
    Instant last_planned_due;

    // --- the course, and the schedule's longer memory
    Instant schedule_from;          // end of the induction, or entry to the boosters
    Instant planned_slot = kNever;  // booked time of the next planned booster; kNever in walk-in
    Instant state_since;            // begin of the present well or ill span
    Instant risk_from;              // when the risk clock was last renewed
    double factor = 1;              // personal factor on the time to relapse
    double risk_factor = 1;         // the same times the last infusion's own
    Duration booster_time{};        // sum of the times from the infusion before

    // --- the pathway
    Instant stage_since;
    Instant care_since = kNever;
    Instant induction_since;
    std::uint32_t relapses = 0;
    std::uint32_t well_in_a_row = 0;
    std::uint32_t boosters = 0;  // in the measured time
    std::uint32_t inductions = 0;
    std::uint32_t visit_of_series = 0;  // given in the present induction
    std::uint32_t series_length = 0;
    std::uint32_t responds_at = 0;  // infusion of the present induction, 0: never
    std::uint32_t branches = 0;
    std::uint32_t pairs = 0;
    std::uint32_t attendances = 0;  // booked times reached; walk-in: visits tried in vain

    bool ill() const { return ill_since != kNever; }
};
// Five cache lines: a million patients in care, with what else a run keeps of them, stay under 400
// bytes each.
static_assert(sizeof(Patient) == 320);

/// Bytes from the start of a Patient that an ordinary visit reads or writes.
constexpr std::size_t kOrdinaryVisit = 256;

}  // namespace clinicsim
