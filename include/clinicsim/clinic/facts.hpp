// What happened in a run: facts in the past tense, complete in themselves, and the Sink that hears
// them. Facts go out, nothing comes back, so no observer can change a run.
//
// Every fact of a run is sent, in order of time, from the start of the warm-up on; cutting the
// warm-up off is the observer's business. `CareSpan` facts are sent when the span ends (spans still
// open at the end of the run are sent then, with `to` = the end).
#pragma once

#include <cstdint>

#include "clinicsim/base/time.hpp"
#include "clinicsim/care/pathway.hpp"
#include "clinicsim/care/symptoms.hpp"
#include "clinicsim/clinic/clinic_plan.hpp"

namespace clinicsim {

using PatientId = std::uint32_t;  // arrivals count from 0, patients in care at the start from 2^31
constexpr PatientId kFirstOfStock = PatientId{1} << 31;

/// The groups that results may be split by.
struct Group {
    std::uint8_t condition = 0;
    std::uint8_t severity = 0;
    SiteId home = 0;
    bool operator==(const Group&) const = default;
};

struct Referred {  // an arrival; patients in care at the start have none
    Instant at;
    PatientId patient;
    Group group;
};

/// A symptom course begins: at the arrival, or for those in care at the start before the run, with
/// the infusions until then. Who infuses a copy with the infusions that are told, unless they are
/// broken off, follows the patient's level, and changes nothing.
struct CourseBegan {
    Instant at;
    PatientId patient;
    Group group;
    const Symptoms& symptoms;
};

struct CareBegan {  // the start of the first visit, or the start of the run for the stock
    Instant at;
    PatientId patient;
    Group group;
};

enum class LeftBecause : std::uint8_t {
    pathway,         // reached an exit of the pathway (discharged, not a responder, not suitable)
    dropped_out,     // left care before the policy was done with the patient
    left_while_ill,  // as-needed: saw the relapse and did not ask
    turned_away,     // the first visit could not be had
    side_effect,     // cannot go on with infusions
    went_elsewhere,  // the first visit was offered too late
    stayed_away,     // did not come to the first visit, or cancelled it, and booked no other
    end_of_run       // still there
};

struct CareEnded {
    Instant at;
    Instant
        since;  // when care began; == at where it never began (turned away before a first visit)
    bool was_in_care;
    PatientId patient;
    Group group;
    LeftBecause because;
    std::uint32_t boosters = 0;  // given in the measured time
    Duration booster_time{};     // sum of the times from the infusion before to each of them
};

struct InductionBegan {  // the start of its first visit
    Instant at;
    PatientId patient;
    Group group;
    bool repeated;
};

struct InductionEnded {  // the end of its last visit, or of care before it
    Instant at;
    Instant began;
    PatientId patient;
    Group group;
    bool repeated;
    bool finished;  // no: care ended inside it
    bool responded;
    bool remission_known, in_remission;
};

/// The first induction of this patient that ended in response (for the stock: the first instant).
/// `well_share_of_started` counts time from here.
struct ResponseBegan {
    Instant at;
    PatientId patient;
    Group group;
};

enum class CareState : std::uint8_t { well, ill };

/// Follow-up spent in one state without a break.
struct CareSpan {
    Instant from, to;
    PatientId patient;
    Group group;
    CareState state;
};

/// Symptom course: told when the rule is met, of the first of its ratings, so that `at` may lie
/// before facts told earlier; the well CareSpan that it ends is told with it.
struct Relapsed {
    Instant at;
    PatientId patient;
    Group group;
    std::uint32_t ordinal;  // of this patient, from 1
};

struct EpisodeEnded {
    Instant at;
    Instant onset;
    PatientId patient;
    Group group;
};

/// The clinic (check-up, patient, relatives) knows of the relapse, or ratings meet the policy's
/// rule.
struct RelapseSeen {
    Instant at;
    PatientId patient;
    Group group;
    bool asks;
    bool by_score = false;
};

struct VisitStarted {
    Instant at;
    Instant wanted;
    PatientId patient;
    Group group;
    VisitKind kind;      // of the request; the second of a pair is a booster
    bool waits_counted;  // no: a later visit of an induction
    bool first_visit;
    Instant came = at;  // into the waiting room
    ChairKindId chair = 0;
    bool late = false;  // came after the booked time
};

struct InfusionGiven {  // the end of the visit, before turnover
    Instant at;
    PatientId patient;
    Group group;
    VisitKind
        kind;  // induction; booster: planned; rescue: asked for, the second of its pair included
    bool worked;
    bool shows = true;      // no: a symptom course shows in ratings alone what an infusion did
    Duration since_last{};  // from the end of the infusion before; zero for the first
    ChairKindId chair = 0;
    bool drug = true;  // no: a placebo
    double dose = 1;   // symptom course: its weight
};

/// A rating of somebody in follow-up (symptom course).
struct Rated {
    Instant at;
    PatientId patient;
    Group group;
    double improvement;  // share of the baseline score
    bool in_response;
};

struct SideEffectSeen {  // told at the start of the visit, whose length it changes
    Instant at;
    PatientId patient;
    Group group;
    std::uint8_t which;  // into PatientMix::side_effects
    bool ends_infusion, stops_treatment;
};

struct ChairHeld {  // sent at the end of the visit, for `to` = the end of turnover is then known;
                    // in a clinic with staff at the end of turnover, which may have to wait for
                    // them (what is held at the end of the run: sent then, with `to` = the end)
    Instant from, to;
    PatientId patient;
    Group group;
    ChairKindId chair = 0;
};

/// A visit waited in its chair for staff or equipment, or the chair did to be made ready.
struct VisitHeldUp {
    Instant from, to;
    PatientId patient;
    Group group;
    StaffGroupId missing;
    VisitPhase before;  // the phase that could not begin
    ChairKindId chair = 0;
};

/// A phase of a visit begins; how long it lasts was drawn before. Where nothing but chairs is
/// scarce all phases are told at the start of the visit. Told to who wants_phases() only.
struct PhaseBegan {
    Instant at, until;
    PatientId patient;
    Group group;
    VisitPhase phase;
    ChairKindId chair = 0;
};

/// So many who wait in the room have a chair free for them and lack this group to begin: from `at`
/// on, until told otherwise.
struct StaffAwaited {
    Instant at;
    StaffGroupId group;
    std::uint32_t visits;
};

/// The staff of a group from `at` on, until told otherwise.
struct StaffChanged {
    Instant at;
    StaffGroupId group;
    std::uint32_t on_duty;  // people
    std::uint32_t there;    // people: those on duty, and those who stay longer for a visit
    std::uint64_t used;     // parts of them (kWhole is one)
};

struct TurnedAway {  // found the waiting room full, or lost patience
    Instant at;
    Instant wanted;
    PatientId patient;
    Group group;
    VisitKind kind;
    bool waits_counted;
};

/// A request that ended without a visit, for another reason than TurnedAway: withdrawn because the
/// episode ended, cancelled by a rescue, or the patient left care.
struct RequestWithdrawn {
    Instant at;
    Instant wanted;
    PatientId patient;
    Group group;
    VisitKind kind;
    bool waits_counted;
};

struct BookingMade {
    Instant at;
    Instant wanted;
    Instant slot;  // start of the booked time
    PatientId patient;
    Group group;
    VisitKind kind;
};

/// No time of the book will do: the patient waits until there is one.
struct NoPlaceFound {
    Instant at;
    Instant wanted;
    PatientId patient;
    Group group;
    VisitKind kind;
};

/// At the home site the patient would wait long, and another site has an earlier place.
struct TransferOffered {
    Instant at;
    PatientId patient;
    Group group;
    VisitKind kind;
    SiteId to;
    bool accepted;
};

enum class ReleasedBecause : std::uint8_t {
    not_needed,    // the request was withdrawn, or the patient left care
    rescue,        // moves: a rescue comes before
    series_moved,  // moves: an earlier visit of the series could not be had
    rescheduled,   // moves: the patient asks for another time
    moved_up,      // moves: the patient takes an earlier time that was released
    cancelled,     // the patient cancels
    staff_sick     // moves: those who are there cannot see everybody who is booked for the day
};

/// A booked time that nobody will use, unless it is refilled.
struct BookingReleased {
    Instant at;
    Instant slot;
    PatientId patient;
    Group group;
    VisitKind kind;
    ReleasedBecause because;
};

/// A released time was taken by a patient who was called.
struct SlotRefilled {
    Instant at;
    Instant slot;
    PatientId patient;
    Group group;
    VisitKind kind;
};

/// The spacing of a series or of a pair can no longer be kept. Told once per series.
struct SeriesBroken {
    Instant at;
    PatientId patient;
    Group group;
};

/// No first visit could be had before the patient's patience ended.
struct LostForWaiting {
    Instant at;
    Instant wanted;
    PatientId patient;
    Group group;
};

/// Chair time held for rescues on the day that ends, and how much of it was booked in the end.
struct HeldTimePassed {
    Instant at;  // the midnight that ends it
    Duration held, booked;
};

/// Chairs held for rescues that nobody had booked in the end. Told at the midnight that ends the
/// day, to who wants_phases() only.
struct HeldTimeUnused {
    Instant from, to;
    std::uint32_t chairs;
    SiteId site = 0;
};

/// too_late: came so long after the booked time that the clinic does not see them any more.
/// staff_sick, nobody_left: there was nobody in the evening to begin the visit, on a day on which
/// staff whom visits need were sick, or on another; told when the doors open next and another time
/// is booked.
enum class SentHomeBecause : std::uint8_t { too_late, nobody_left, staff_sick };

/// Came for a booked visit and was not seen.
struct SentHome {
    Instant at;
    Instant came;
    PatientId patient;
    Group group;
    VisitKind kind;
    SentHomeBecause because;
};

struct NoShow {
    Instant at;  // the booked time
    PatientId patient;
    Group group;
    VisitKind kind;
    Duration length{};  // of the booked time
    ChairKindId chair = 0;
};

struct BoosterMissed {  // a planned booster that the patient did not come for (policy: missed)
    Instant at;
    PatientId patient;
    Group group;
};

/// Took a way of the pathway; way -1: left care by no way of it.
struct StageLeft {
    Instant at;
    PatientId patient;
    Group group;
    StageId stage;
    int way;
};

/// Still waiting at the end of the run: a request whose wanted time has come and that has no visit.
struct StillWaiting {
    Instant at;  // the end of the run
    Instant wanted;
    PatientId patient;
    Group group;
    VisitKind kind;
    bool waits_counted;
};

/// Hears every fact. One overload per kind, so that sending one costs one call. An implementation
/// overrides what it needs.
class Sink {
  public:
    virtual ~Sink() = default;
    /// Whether PhaseBegan and HeldTimeUnused are told: every visit has up to four of the first.
    virtual bool wants_phases() const { return false; }
    virtual void on(const Referred&) {}
    virtual void on(const CourseBegan&) {}
    virtual void on(const CareBegan&) {}
    virtual void on(const CareEnded&) {}
    virtual void on(const InductionBegan&) {}
    virtual void on(const InductionEnded&) {}
    virtual void on(const ResponseBegan&) {}
    virtual void on(const CareSpan&) {}
    virtual void on(const Relapsed&) {}
    virtual void on(const EpisodeEnded&) {}
    virtual void on(const RelapseSeen&) {}
    virtual void on(const VisitStarted&) {}
    virtual void on(const InfusionGiven&) {}
    virtual void on(const Rated&) {}
    virtual void on(const SideEffectSeen&) {}
    virtual void on(const ChairHeld&) {}
    virtual void on(const VisitHeldUp&) {}
    virtual void on(const PhaseBegan&) {}
    virtual void on(const StaffAwaited&) {}
    virtual void on(const StaffChanged&) {}
    virtual void on(const TurnedAway&) {}
    virtual void on(const RequestWithdrawn&) {}
    virtual void on(const BookingMade&) {}
    virtual void on(const NoPlaceFound&) {}
    virtual void on(const TransferOffered&) {}
    virtual void on(const BookingReleased&) {}
    virtual void on(const SlotRefilled&) {}
    virtual void on(const SeriesBroken&) {}
    virtual void on(const LostForWaiting&) {}
    virtual void on(const HeldTimePassed&) {}
    virtual void on(const HeldTimeUnused&) {}
    virtual void on(const SentHome&) {}
    virtual void on(const NoShow&) {}
    virtual void on(const BoosterMissed&) {}
    virtual void on(const StageLeft&) {}
    virtual void on(const StillWaiting&) {}
};

}  // namespace clinicsim
