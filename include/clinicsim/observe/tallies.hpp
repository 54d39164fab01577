// What one run adds up to: integers only, so that adding two of them is exact in any order. All are
// cut at [end of warm-up, end of the horizon): an event counts by its instant, a time by its part
// inside, a wait by its wanted time.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "clinicsim/clinic/facts.hpp"
#include "clinicsim/stats/histogram.hpp"
#include "clinicsim/stats/wide.hpp"

namespace clinicsim {

/// Waits from the time wanted to the start of the visit, in ticks, of one kind of visit.
struct WaitTally {
    Histogram ticks;           // those that ended in a visit, and those still waiting at the end
                               // as at least that long
    std::uint64_t visits = 0;  // those that ended in a visit
    I128 ticks_of_visits = 0;  // their sum
    std::uint64_t waited = 0;  // of all in `ticks`: over 0
    std::uint64_t kept = 0;    // within the promised time, where one is promised
    std::uint64_t broken = 0;  // over it, still waiting included, or turned away
    void add(const WaitTally& other);
    bool operator==(const WaitTally&) const = default;
};

struct WaitsTally {
    std::array<WaitTally, kVisitKinds> of_kind;
    std::uint64_t still_waiting = 0;
    // of all visits begun, those of an induction included: from coming to the start
    Histogram room_ticks;  // over 0 only
    I128 ticks_in_room = 0;
    std::uint64_t visits = 0;
    std::uint64_t late = 0;  // visits whose patient came after the booked time
    void add(const WaitsTally& other);
    bool operator==(const WaitsTally&) const = default;
};

/// Who is in care.
struct CareTally {
    std::uint64_t referrals = 0;
    std::uint64_t started = 0;  // first visits; patients in care at the start of the run have none
    std::uint64_t dropouts = 0;
    std::uint64_t left_while_ill = 0;
    std::int64_t at_start = 0;  // in care at the end of warm-up, and at the end of the horizon
    std::int64_t at_end = 0;
    I128 patient_ticks = 0;  // time in care
    std::uint64_t stopped_by_side_effects = 0;
    std::uint64_t side_effects = 0;  // visits may have several
    std::uint64_t broken_off = 0;    // infusions
    std::uint64_t lost = 0;          // before a first visit, which could not be had
    void add(const CareTally& other);
    bool operator==(const CareTally&) const = default;
};

/// Inductions, follow-up and infusions.
struct CourseTally {
    std::uint64_t inductions_ended = 0;
    std::uint64_t inductions_responded = 0;
    std::uint64_t inductions_with_scores = 0;  // of those ended: remission is known
    std::uint64_t inductions_in_remission = 0;
    std::uint64_t inductions_repeated = 0;  // begun
    std::uint64_t relapses = 0;
    I128 well_ticks = 0;  // follow-up
    I128 ill_ticks = 0;
    I128 responder_ticks = 0;  // from response, or the end of warm-up if that
                               // is later, to the end, in care or not
    std::array<std::uint64_t, kVisitKinds> infusions{};  // [VisitKind]
    I128 booster_ticks = 0;       // from the infusion before, of all boosters
    std::uint64_t boosted = 0;    // patients with a booster in the measured time
    I128 mean_booster_ticks = 0;  // sum over them of their mean times between
    std::uint64_t ratings = 0;    // in follow-up
    std::uint64_t ratings_in_response = 0;
    void add(const CourseTally& other);
    bool operator==(const CourseTally&) const = default;
};

struct AttendanceTally {
    std::uint64_t no_shows = 0;
    std::uint64_t turned_away = 0;
    std::uint64_t no_place_found = 0;
    std::uint64_t moved = 0;  // bookings, by whom ever
    std::uint64_t rescheduled = 0;
    std::uint64_t cancelled = 0;
    std::uint64_t refilled = 0;
    std::uint64_t series_broken = 0;
    std::uint64_t lost_for_waiting = 0;
    std::uint64_t transfers_offered = 0;
    std::uint64_t transfers = 0;       // accepted
    std::uint64_t sent_home = 0;       // came and was not seen
    std::uint64_t sent_home_late = 0;  // of these: because of coming too late
    std::uint64_t sent_home_sick =
        0;                         // of these: nobody was left, on a day on which staff were sick
    std::uint64_t called_off = 0;  // by the clinic, because staff were sick
    std::uint64_t called_off_the_day = 0;  // of these: without another time on the same day
    void add(const AttendanceTally& other);
    bool operator==(const AttendanceTally&) const = default;
};

/// Weekly looks at the courses of all patients, in care or not.
struct EverybodyTally {
    static constexpr double kWhole = 1e6;  // so that the sum is a whole number
    std::uint64_t looks = 0;
    std::uint64_t in_response = 0;
    I128 millionths = 0;  // sum of the improvements
    void add(const EverybodyTally& other);
    bool operator==(const EverybodyTally&) const = default;
};

/// Chair-ticks from the start of a visit to the end of its turnover.
struct ChairTally {
    I128 held_open = 0;    // inside opening hours
    I128 held_closed = 0;  // outside
    I128 late = 0;         // clinic time, not chair time: from closing until the last one is ready
    I128 kept_for_rescues = 0;  // by the book, and the part of it that was booked in the end
    I128 kept_and_booked = 0;
    bool operator==(const ChairTally&) const = default;
};

/// One kind of chair at one site.
struct ChairKindTally {
    I128 held_open = 0;  // chair-ticks inside opening hours
    I128 held_closed = 0;
    std::uint64_t visits = 0;  // begun
    void add(const ChairKindTally& other);
    bool operator==(const ChairKindTally&) const = default;
};

/// One group of staff or equipment.
struct StaffTally {
    I128 on_duty = 0;   // people times ticks
    I128 used = 0;      // parts of them (kWhole is one) times ticks, at most all on duty
    I128 overtime = 0;  // people who stayed beyond their hours, times ticks
    I128 held_up = 0;   // ticks that visits waited for it in their chairs
    I128 awaited = 0;   // visits not begun that lacked nothing else, times ticks of opening time
    void add(const StaffTally& other);
    bool operator==(const StaffTally&) const = default;
};

/// All that is told of patients, or of a group of them.
struct PatientTallies {
    WaitsTally waits;
    CareTally care;
    CourseTally course;
    AttendanceTally attendance;
    EverybodyTally everybody;
    void add(const PatientTallies& other);
    bool operator==(const PatientTallies&) const = default;
};

/// The measured time of a run.
struct Window {
    Instant from, to;              // [from, to)
    Duration open{};               // opening time of one chair inside it, on average over them
    std::optional<double> chairs;  // average over the opening time; none: unlimited
    std::vector<double> open_chair_hours{};  // [kind] as planned; empty: all alike, or unlimited
    /// [group of staff] people times hours by the roster, sick or not; empty: nobody is paid.
    std::vector<double> planned_staff_hours{};
    Duration length() const { return to - from; }
    bool contains(Instant at) const { return at >= from && at < to; }
    /// The part of [begin, end) inside it.
    Duration part(Instant begin, Instant end) const {
        begin = begin < from ? from : begin;
        end = end > to ? to : end;
        return end > begin ? end - begin : Duration::zero();
    }
    bool operator==(const Window&) const = default;
};

/// The groups that a scenario splits its results by: sites x conditions x severities, one of each
/// where it does not split by them.
struct GroupGrid {
    std::size_t conditions = 1, severities = 1, sites = 1;
    std::size_t cells() const { return sites * conditions * severities; }
    std::size_t cell(Group group) const {
        return (sites > 1 ? group.home * conditions * severities : 0) +
               (conditions > 1 ? group.condition * severities : 0) +
               (severities > 1 ? group.severity : 0);
    }
    bool operator==(const GroupGrid&) const = default;
};

/// The same cells for who looks one up at every fact: without a question.
class GroupCells {
  public:
    explicit GroupCells(const GroupGrid& grid)
        : home_{grid.cell({0, 0, 1})},
          condition_{grid.cell({1, 0, 0})},
          severity_{grid.cell({0, 1, 0})} {}
    std::size_t cell(Group group) const {
        return group.home * home_ + group.condition * condition_ + group.severity * severity_;
    }

  private:
    std::size_t home_, condition_, severity_;  // from one to the next; 0: not split by
};

/// How many patients took a way of a pathway; way -1: left by no way of it.
struct WayCount {
    StageId stage = 0;
    int way = 0;
    std::uint64_t patients = 0;
    bool operator==(const WayCount&) const = default;
};

struct RunTallies {
    Window window;
    GroupGrid grid;
    std::vector<PatientTallies> cells;  // [grid.cell]
    ChairTally chairs;
    std::vector<std::vector<WayCount>> flows;   // [pathway of the policy], every way of every stage
                                                // in order, -1 last
    std::vector<StaffTally> staff;              // [group of the clinic]
    std::vector<ChairKindTally> chair_kinds{};  // [kind]; empty where all are alike

    PatientTallies everybody() const;
    PatientTallies of_condition(std::size_t condition) const;
    PatientTallies of_severity(std::size_t severity) const;
    /// Of those who live there.
    PatientTallies of_site(std::size_t site) const;
    bool operator==(const RunTallies&) const = default;
};

}  // namespace clinicsim
