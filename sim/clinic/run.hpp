// One run: the loop where clock, chairs and patients meet. Internal to the clinic room; simulate()
// in clinic/model.hpp is the way in.
//
//   run_loop.cpp     start, events, alarms, end
//   run_visits.cpp   requests, waiting, chairs
//   run_booking.cpp  appointments: what is booked, given back, booked again
//   run_rules.cpp    booking by the rules of clinic.booking: series, preferences
//   run_waiting_list.cpp who gets a time when there is one, and who an earlier one
//   run_sites.cpp    at which site a visit takes place, and in which book
//   run_attendance.cpp who comes to what is booked
//   run_sick_days.cpp who is called off because staff are sick
//   run_resources.cpp phases of a visit, staff and equipment
//   run_care.cpp     stages of the pathway, episodes, the booster schedule
//   run_laws.cpp     the laws of conservation
//   run_symptoms.cpp ratings of symptom courses, and what follows from them
//
// What every visit comes through takes the patient, the rest the slot.
//
// Invariants: a patient has at most one open request (`where` != home) and one alarm; who is in a
// chair never leaves before the visit ends; an event whose owner has moved on is ignored.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "bookings.hpp"
#include "clinicsim/clinic/arrivals.hpp"
#include "clinicsim/clinic/book.hpp"
#include "clinicsim/clinic/model.hpp"
#include "clinicsim/clinic/opening_hours.hpp"
#include "clinicsim/kernel/agenda.hpp"
#include "clinicsim/kernel/servers.hpp"
#include "clinicsim/kernel/waiting_line.hpp"
#include "clinicsim/random/engine.hpp"
#include "patient_table.hpp"
#include "run_parts.hpp"
#include "staff_levels.hpp"

namespace clinicsim {

class ClinicRun {
  public:
    ClinicRun(const Model& model, const PolicyModel& policy, std::uint32_t replication, Sink& sink);
    RunCount run();
    void handle(const Event& event);
    /// Brings the patient of an event to come into the cache: with thousands in care, memory is
    /// most of what a visit waits for. Whatever the event is: to ask would be a coin toss, which
    /// costs the processor more than it saves. (Out of line it would have no effect that the
    /// compiler sees, and be left out.)
    [[gnu::always_inline]] void soon(std::uint32_t payload) const {
        const Slot slot = payload & (kMostSlots - 1);
        if (slot >= patients_.size()) return;
        const auto* at = reinterpret_cast<const char*>(&patients_[slot]);
        for (std::size_t line = 0; line < kOrdinaryVisit; line += 64)
            __builtin_prefetch(at + line, 1);
        if (!any_symptoms_) return;
        const auto* course = reinterpret_cast<const char*>(&symptoms_[slot]);
        for (std::size_t line = 0; line < sizeof(SymptomState); line += 64)
            __builtin_prefetch(course + line, 1);
    }

  private:
    static constexpr int kSlotBits = 25;
    static constexpr Slot kMostSlots = Slot{1} << kSlotBits;
    enum class Happening : std::uint8_t {
        arrival,
        alarm,
        visit_end,
        chair_free,
        opening,  // of a site's doors, its slot; slot kNewDay: midnight
        seize,
        phase_end,  // its slot is that of the visit
        capacity    // people come on duty or go, chairs come, break or are mended
    };

    static constexpr Slot kNewDay = kMostSlots - 1;
    static constexpr Slot kSickCall = kMostSlots / 2;  // and the site

    /// A policy with what is asked of it often.
    struct PolicyPlan {
        const Policy* policy;
        const Pathway* pathway;
        bool plans;               // has planned boosters
        bool reset;               // every infusion moves the next planned booster
        std::vector<bool> timed;  // per stage: a way out has a time
        DaysApart pair;           // between the infusions of a booster
    };

    // --- run_loop.cpp
    Instant now() const { return agenda_.now(); }
    std::uint64_t schedule(Instant at, Phase phase, Happening what, Slot slot = 0);
    Engine engine(const Patient& p, Purpose purpose, std::uint64_t index) const {
        return Engine{{model_.seed, replication_, p.id, purpose, index}};
    }
    bool chance(double share, const Patient& p, Purpose purpose, std::uint64_t index) const {
        if (share <= 0) return false;
        if (share >= 1) return true;
        Engine e = engine(p, purpose, index);
        return happens(share, e);
    }
    Slot admit(PatientId id);
    void arrive();
    void place_stock();
    void open_doors(SiteId site);
    void ring(Patient& p);
    Instant next_but_course(const Patient& p) const;
    // apart, or every alarm would pay for what they need
    [[gnu::noinline]] Instant time_of_way(const Patient& p) const;
    [[gnu::noinline]] Instant next_booked_alarm(const Patient& p) const;
    bool leaves_chair_before(const Patient& p, Instant at) const {
        return knows_ends_ && p.where == Patient::Where::in_chair &&
               at > Instant{Duration{static_cast<std::int64_t>(p.hold)}};
    }
    void set_alarm(Patient& p);
    void guard(const Event& event);
    bool series_due(Slot slot, Instant here_for) const {
        return booked_ && !series_[slot].empty() && series_[slot].back().booked <= here_for;
    }
    void settle();
    void close();

    // --- run_laws.cpp
    Census take_census() const;
    void check_conservation();
    PatientId misplaced();
    void check_called_off(const Claim& claim) const;

    // --- run_visits.cpp
    const VisitPlan& visit_plan(const Patient& p, bool first) const {
        return visit_plan_at(p.site, p, first);
    }
    const VisitPlan& next_visit_plan(const Patient& p) const {
        return visit_plan(p, p.visits == 0);
    }
    bool waits_count(const Patient& p) const;
    void come(Patient& p);
    void join_line(Slot slot);
    void leave_line(Patient& p);  // unserved
    void wait_ends(Patient& p);
    /// Brings the integral of the number waiting up to now; before every change of that number.
    void count_line();
    void enter_room(Slot slot);
    void attend(Slot slot);
    void dispatch();
    bool may_start(const Patient& p) const { return only_chairs_count_ || allowed_to_start(p); }
    bool allowed_to_start(const Patient& p) const;
    void start_visit(Patient& p);
    Duration side_effects(Patient& p);
    void end_visit(Patient& p);
    void turn_away(Slot slot);
    void lose_patience(Slot slot);
    /// Ends the open request, if any, without a visit, and gives its booked time back.
    void withdraw_request(Slot slot);

    // --- run_booking.cpp
    Instant earliest_booking(Instant wanted) const;
    /// Its first instant.
    static Instant day_after(Instant at) {
        return kRunStart + Days{(at - kRunStart) / Days{1} + 1};
    }
    AppointmentBook::Place first_place(const Patient& p, bool first_visit, Instant earliest,
                                       Duration length, bool urgent);
    /// What is booked for the next planned booster.
    Request planned_visit(const Patient& p) const {
        return {p.planned_due, p.planned_slot, VisitKind::booster, p.planned_chair,
                visit_plan(p, false).slot};
    }
    void take(const Request& visit) {
        book_of(visit.chair).take({visit.booked, in_book(visit.chair)}, visit.length);
    }
    /// Books the open request. What it had before is given back by then.
    void book_visit(Slot slot, Instant not_before);
    void book_planned(Slot slot, Instant not_before);
    void book_series(Slot slot, Instant wanted, Instant not_before);
    void cancel_series(Slot slot, ReleasedBecause because = ReleasedBecause::not_needed);
    /// Gives the booked time of the open request back, and those of the rest of its pair.
    void unbook(Slot slot, ReleasedBecause because);
    void release(Slot slot, const Request& visit, ReleasedBecause because);
    bool request_open(const Patient& p) const;

    // --- run_rules.cpp: with clinic.booking
    using Line = BookedLine;
    const Preference* preference_of(Slot slot) const;
    Instant farthest() const;
    using Places = std::vector<AppointmentBook::Place>;
    Places places_at(SiteId site, Slot slot, AppointmentBook::SeriesWish wish, Instant earliest);
    void find_places(Slot slot, VisitKind kind, const AppointmentBook::SeriesWish& wish,
                     Instant wanted, Instant earliest);
    void book_visit_by_rules(Slot slot, Instant not_before);
    void book_series_by_rules(Slot slot, Instant wanted, Instant not_before);
    void lay_series(Slot slot, Instant wanted);
    void break_series(Slot slot);

    // --- run_waiting_list.cpp
    void wait_for_place(Slot slot, Line line, Instant wanted, VisitKind kind, bool tell);
    void enlist(Slot slot, Line line, Instant wanted, VisitKind kind, Instant booked);
    bool is_current(const InList& entry) const;
    void turn_page();
    void place_waiting();
    void refill();
    void call_about(Instant start, SiteId site);
    std::vector<Request> booked_in(Slot slot, Line line) const;
    bool could_come_at(const InList& entry, Instant start, SiteId site);
    bool find_rest_after(Instant start, SiteId site, const AppointmentBook::Wish& wish,
                         const InList& entry, const std::vector<Request>& visits);
    void move_up(const InList& entry);

    // --- run_sites.cpp
    void lay_out_sites();
    void count_staff_in_book(SiteId site);
    std::vector<AppointmentBook::LimitAt> book_limits(SiteId site) const;
    AppointmentBook::LimitAt limit_as_known(SiteId site, CapacityCalendar planned,
                                            CapacityCalendar there) const;
    AppointmentBook& book_of(ChairKindId kind) { return books_[model_.clinic.site_of(kind)]; }
    /// The kind as numbered in its site's book.
    ChairKindId in_book(ChairKindId kind) const {
        return static_cast<ChairKindId>(kind - first_kind_[model_.clinic.site_of(kind)]);
    }
    ChairKindId kind_at(SiteId site, ChairKindId in_book) const {
        return static_cast<ChairKindId>(first_kind_[site] + in_book);
    }
    const VisitPlan& visit_plan_at(SiteId site, const Patient& p, bool first) const {
        const auto& of = visit_plans_[p.group.condition * sites_ + site];
        return first ? of.first : of.later;
    }
    bool has_chairs(SiteId site, const Patient& p, bool first, bool later) const;
    SiteId usual_site(const Patient& p, bool first, bool later) const;
    bool goes_on(const Patient& p) const {
        return p.pair_left > 0 || (p.stage_kind == StageKind::induction && p.visit_of_series > 0);
    }
    bool stays(Slot slot) const;
    /// The next visit, and how often it was tried in vain; never 0.
    static std::uint64_t attempt_of(const Patient& p) {
        return std::uint64_t{p.attendances} << 24 | (p.visits + 1);
    }
    void look_elsewhere(Slot slot, VisitKind kind, SiteId usual,
                        const AppointmentBook::SeriesWish& wish, Instant wanted, Instant earliest);

    // --- run_attendance.cpp: with clinic.attendance
    Duration off_time(const Patient& p, std::uint32_t attendance) const;
    Instant comes_early(const Patient& p, Instant booked) const;
    ChairKindId next_chair(Slot slot) const;
    Instant comes_late(const Patient& p, Instant booked) const;
    Instant here_for(const Patient& p) const;
    void not_shown(Slot slot);
    void come_or_not(Slot slot);
    void be_on_the_way(Slot slot, Instant comes, bool too_late = false);
    bool is_too_late(Instant booked, Instant comes) const;
    void visit_missed(Slot slot);
    bool misses(Slot slot);
    Line next_line(Slot slot) const;
    Instant next_booked(Slot slot) const;
    [[gnu::noinline]] void foresee_attendance(Slot slot);
    bool changes_mind(Slot slot);
    void book_again(Slot slot, Instant not_before);
    void book_anew(Slot slot, Instant not_before);
    void rebook_who_was_sent_home();
    void give_up(Slot slot, VisitKind kind, Instant wanted);
    void request_failed(Slot slot);
    void lose_to_waiting(Slot slot, Instant wanted);

    // --- run_sick_days.cpp
    bool calls_off() const {
        return !rostered_.empty() && model_.clinic.on_sick_days == OnSickDays::call_off;
    }
    Instant sick_call_after(SiteId site, Instant midnight) const;
    bool staff_are_sick(SiteId site, Instant on) const;
    void sick_call(SiteId site);
    std::vector<Claim> claims_until(Instant end, SiteId site) const;
    std::vector<Request> visits_of(const Claim& claim, Instant until) const;
    bool keeps_its_time(const std::vector<Request>& visits);
    void call_off(const Claim& claim, Instant until);

    // --- run_resources.cpp
    using VisitSlot = std::uint32_t;  // into under_way_
    static void plan_phases(VisitPlan& plan, SiteId site);
    void lay_out_staff();
    void lay_out_chairs();
    void change_capacity();
    Instant change_roster();
    Instant change_chairs();
    /// The kind that a visit by this plan would take now; none: it has to wait.
    std::optional<ChairKindId> free_kind(const Patient& p) const;
    void take_chair(Patient& p) {
        chairs_.seize();
        if (several_kinds_) take_kind(p);
    }
    void take_kind(Patient& p);
    void release_chair(ChairKindId kind) {
        chairs_.release();
        if (several_kinds_) kinds_[kind].release();
    }
    const Need* missing_to_start(const VisitPlan& plan) const;
    bool staff_allow(const VisitPlan& plan) const { return missing_to_start(plan) == nullptr; }
    void let_nobody_overtake(const Patient& p);
    bool lacks_staff(const Patient& p);
    void recount_who_lacks_staff();
    void tell_who_lacks_staff();
    Duration draw_phases(const VisitPlan& plan, Engine& e);
    void tell_phases(const Patient& p, Duration length);
    void begin_phase(VisitSlot visit);
    VisitSlot seat(Slot slot, const VisitPlan& plan, Engine& e);
    void begin_phases(VisitSlot visit, Duration longer);
    void end_phase(VisitSlot visit);
    void go_on(VisitSlot visit);
    void free_chair(VisitSlot visit);
    void call(VisitSlot visit);
    void take_awaited(const UnderWay& of);
    void serve_held_up();
    void tell_levels(GroupSet groups);
    void close_visits();
    std::size_t starting_before(const Patient& p, bool& starts);

    // --- run_care.cpp
    const PolicyPlan& plan_of(const Patient& p) const { return plans_[p.policy]; }
    const Policy& policy_of(const Patient& p) const { return *plans_[p.policy].policy; }
    const Stage& stage_of(const Patient& p) const { return (*plans_[p.policy].pathway)[p.stage]; }
    /// Nothing for a symptom course.
    const RenewalCourse* renewal_of(const Patient& p) const { return courses_[p.group.condition]; }
    /// Nothing for a renewal course.
    const SymptomCourse* symptom_of(const Patient& p) const {
        return any_symptoms_ ? symptom_courses_[p.group.condition] : nullptr;
    }
    bool remission_known(const Patient& p) const {
        return symptom_of(p) != nullptr || renewal_of(p)->remits >= 0;
    }
    const Induction& induction_of(const Patient& p) const;
    bool due_to_leave(const Patient& p) const { return p.drop_out <= now(); }

    void enter(Patient& p, StageId stage) const {
        p.stage = stage;
        p.stage_kind = stage_of(p).kind;
        p.timed_stage = plan_of(p).timed[stage];
    }
    void leave(Slot slot, LeftBecause because);
    void take_way(Slot slot, int way);
    void take_way_by_share(Slot slot);
    void begin_stage(Slot slot);
    /// The way whose condition with a time holds first, and when; way -1 and kNever for none.
    std::pair<int, Instant> timed_way(const Patient& p) const;
    void begin_induction(Slot slot);
    void end_induction_visit(Patient& p);
    void end_induction(Slot slot, bool in_remission);
    void end_booster_visit(Patient& p);
    void begin_stock(Slot slot);
    void count_drop_out(Patient& p, DropOutFrom from);
    void begin_follow_up(Slot slot);

    void renew_risk(Patient& p, Duration since_last_infusion);
    void fall_ill(Slot slot, Instant onset);
    void get_well(Slot slot);
    void foresee_asking(Patient& p);
    void see_relapse(Slot slot);
    void ask(Slot slot);

    void plan_booster(Patient& p, Instant missed = kNever);
    void drop_planned(Patient& p, ReleasedBecause because = ReleasedBecause::not_needed) {
        if (booked_) unbook_planned(p, because);
        p.planned_due = kNever;
        p.will_miss = false;
    }
    void unbook_planned(Patient& p, ReleasedBecause because);
    void planned_falls_due(Patient& p, Instant here_for);
    Instant earliest_by_cap(Slot slot) const;
    YearlyDay anniversary_of(const Patient& p) const;

    // --- run_symptoms.cpp
    /// Patients with a symptom course, by slot.
    struct SymptomState {
        Symptoms symptoms;
        Instant arrival;
        Instant rated = kNever;    // last: an instant is looked at once
        ScoreCount relapse, wish;  // ratings towards a relapse; towards asking by score
        std::uint32_t wishes = 0;
        bool assessing = false;  // the induction's infusions are given, its rating is due
    };
    /// Asks by ratings of its own, not because of a relapse.
    bool goes_by_score(const Patient& p) const {
        const auto& asking = policy_of(p).asking;
        return asking && asking->on_score;
    }
    const Scale& scale_of(const Patient& p) const {
        return model_.observation.scale_of(p.group.condition, p.group.severity);
    }
    void begin_symptoms(Slot slot, Instant arrival);
    SymptomPatient symptom_patient(const Patient& p, std::uint32_t attempt) const;
    /// The state at the first instant of somebody in care at the start: a responder to an induction
    /// that nothing disturbed.
    void begin_symptoms_of_stock(Slot slot, Instant first);
    void infuse(Slot slot, bool drug);
    void assess(Slot slot);
    Instant next_rating(const SymptomState& state, Instant after) const;
    std::optional<double> rating_on_grid(const Patient& p, Instant at);
    void rate(Slot slot);
    [[gnu::noinline]] void rate_ahead(Patient& p, Instant until);
    void take_rating(Slot slot, double improvement);
    void wish_by_score(Slot slot);
    void rate_at_visit(Slot slot);

    const Model& model_;
    const std::uint32_t replication_;
    Sink& sink_;
    const Instant end_;
    const bool booked_;
    const BookingPlan* const rules_;          // null: none
    const AttendancePlan* const attendance_;  // null: no_show alone; never without rules_
    const Punctuality* const arrival_;        // null: everybody comes at the booked time
    const bool leaves_at_once_;
    const std::size_t sites_;
    const std::vector<OpeningHours> hours_;  // [site]
    const bool always_open_;
    const bool several_kinds_;  // of chairs
    const bool staffed_;        // visits go phase by phase and need more than a chair
    const bool tells_phases_;
    const bool only_chairs_count_;  // a free one is all that a visit needs to start
    // of visits under way. Not in a booked clinic, where alarms would get another order, by which
    // those who are booked for one minute come
    const bool knows_ends_;

    std::vector<PolicyPlan> plans_;
    std::vector<std::uint8_t> policy_index_;  // [condition * severities + severity]
    struct VisitPlans {
        VisitPlan first, later;
    };
    std::vector<VisitPlans> visit_plans_;                // [condition * sites + site]
    std::vector<const RenewalCourse*> courses_;          // [condition]; null: a symptom course
    std::vector<const SymptomCourse*> symptom_courses_;  // [condition]; null: a renewal course
    bool any_symptoms_ = false;
    bool any_cap_ = false;

    Agenda agenda_;
    ArrivalSource arrivals_;
    PatientId next_patient_ = 0;
    PatientTable patients_;
    std::vector<Slot> free_slots_;
    // booked clinic, by slot: visits of the induction still to come, the next one last
    std::vector<std::vector<Request>> series_;
    std::vector<std::vector<Instant>> boosters_given_;  // by slot; only where a policy has a cap
    std::vector<SymptomState> symptoms_;                // by slot; only where there are any

    Servers chairs_;              // all of them; where there are several kinds, only counted here
    std::vector<Servers> kinds_;  // [kind]; empty where all are alike
    std::vector<CapacityCalendar> chairs_over_time_;  // [kind]; empty where they stay the same
    WaitingLine line_;
    struct Coming {
        Slot slot;
        std::uint64_t hold;
    };
    std::vector<Coming> coming_;  // fell due while closed, in order of due time
    std::uint64_t holds_ = 0;
    std::vector<AppointmentBook> books_;     // [site]
    std::vector<ChairKindId> first_kind_;    // [site]
    std::vector<std::vector<SiteId>> near_;  // [site] itself, then the others as they are far

    StaffLevels staff_;
    std::vector<CapacityCalendar> on_duty_;  // [group]
    std::vector<CapacityCalendar>
        rostered_;                         // the same if nobody were sick; booked, where some may
    std::vector<Instant> sickness_known_;  // [site] until then the book counts who is there
    std::vector<UnderWay> under_way_;
    std::vector<VisitSlot> free_visits_;
    std::vector<VisitSlot> held_up_;  // who called somebody first; each in order of time: nobody
                                      // overtakes for the same group
    GroupSet closed_ = 0;             // groups that those wait for
    GroupSet closed_to_starts_ = 0;   // groups that somebody before in the line waits for
    GroupSet needed_to_start_ = 0;    // groups of which every visit takes a part when it starts
    std::vector<Lacking> lacking_;    // [group]
    std::size_t seen_waiting_ = 0;    // asked in vain, in the look that goes on
    std::array<Duration, kVisitPhases> takes_{};  // drawn last; where tells_phases_

    std::vector<OnTheWay> on_the_way_;       // by slot; only with arrival_
    std::vector<Bookings> bookings_;         // by slot; only with rules_
    std::vector<DaysApart> series_spacing_;  // [induction]
    Places places_;                          // found last, in kinds of chairs of the clinic
    std::set<InList> unbooked_;              // in the order in which they get a time
    std::set<InList> would_come_earlier_;    // in the order in which they are called
    std::uint64_t list_serial_ = 0;
    std::vector<Released> released_;  // not offered to anybody yet
    bool dispatch_wanted_ = false;
    Instant seize_scheduled_ = kNever;
    static constexpr std::uint32_t kMostEventsAtOnce = 1000;
    std::uint32_t until_guard_ = kMostEventsAtOnce;  // events until guard() looks again
    Instant guarded_ = kNever;                       // the instant of the event that it saw last
    // events from one look at the laws of conservation to the next, for each patient's place
    static constexpr std::uint64_t kEventsPerPatientAndCheck = 16;
    std::uint64_t events_since_laws_ = 0;
    Instant lawful_ = kRunStart;                                 // the laws were seen to hold
    std::unordered_map<Slot, std::uint32_t> events_by_patient_;  // of a crowded instant
    RunCount count_;

    Ledger ledger_;
};

}  // namespace clinicsim
