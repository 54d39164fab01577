#include <algorithm>
#include <utility>

#include "clinicsim/care/renewal.hpp"
#include "run.hpp"

namespace clinicsim {
namespace {

constexpr std::uint64_t kNoSerial = ~std::uint64_t{0};

/// By value: with the references of std::min the processor must know which one to load.
constexpr Instant earlier(Instant a, Instant b) { return b < a ? b : a; }

template <class Classes>
std::uint8_t pick(const Classes& classes, double u) {
    double below = 0;
    for (std::size_t i = 0; i + 1 < classes.size(); ++i) {
        below += classes[i].share;
        if (u < below) return static_cast<std::uint8_t>(i);
    }
    return static_cast<std::uint8_t>(classes.size() - 1);
}

bool counts_from_last_infusion(const Schedule& schedule) {
    if (const auto* fixed = std::get_if<FixedInterval>(&schedule))
        return fixed->clock == ScheduleClock::reset;
    if (const auto* steps = std::get_if<Steps>(&schedule))
        return steps->clock == ScheduleClock::reset;
    return std::holds_alternative<Lengthening>(schedule);
}

}  // namespace

ClinicRun::ClinicRun(const Model& model, const PolicyModel& policy, std::uint32_t replication,
                     Sink& sink)
    : model_{model},
      replication_{replication},
      sink_{sink},
      end_{model.end},
      booked_{model.clinic.access == Access::booked},
      rules_{booked_ && model.clinic.booking ? &*model.clinic.booking : nullptr},
      attendance_{rules_ != nullptr && model.clinic.attendance ? &*model.clinic.attendance
                                                               : nullptr},
      arrival_{booked_ && model.clinic.arrival ? &*model.clinic.arrival : nullptr},
      leaves_at_once_{model.patients.drop_out.leaves == DropOutLeaves::at_once},
      sites_{model.clinic.number_of_sites()},
      hours_{opening_hours(model.clinic, model.dates, model.end)},
      always_open_{std::all_of(hours_.begin(), hours_.end(),
                               [](const OpeningHours& site) { return site.always(); })},
      several_kinds_{model.clinic.kinds_of_chairs() > 1},
      staffed_{!model.clinic.staff.empty()},
      tells_phases_{sink.wants_phases()},
      only_chairs_count_{always_open_ && !several_kinds_ && !staffed_},
      knows_ends_{!booked_ && !staffed_},
      arrivals_{model.patients.arrivals, model.dates, model.seed, replication},
      chairs_{several_kinds_ ? kUnlimited : model.clinic.chairs.value_or(kUnlimited)},
      line_{kVisitKinds},
      staff_{model.clinic.staff.size()} {
    CLINICSIM_CHECK(policy.choice.policies.size() == policy.pathways.size(),
                    "every policy of a choice has its pathway");
    for (std::size_t i = 0; i < policy.choice.policies.size(); ++i) {
        const Policy& of = policy.choice.policies[i];
        const Pathway& pathway = policy.pathways[i];
        const DaysApart pair = days_apart(of.apart);
        PolicyPlan plan{&of, &pathway, of.plans(), counts_from_last_infusion(of.schedule),
                        {},  pair};
        for (const Stage& stage : pathway.stages())
            plan.timed.push_back(
                (stage.kind == StageKind::boosters || stage.kind == StageKind::follow_up) &&
                !stage.ways.empty());
        plans_.push_back(std::move(plan));
        any_cap_ = any_cap_ || of.cap.has_value();
        CLINICSIM_CHECK(!of.cap || of.cap->boosters >= of.infusions,
                        "a cap leaves room for one booster");
    }
    const std::size_t severities = std::max<std::size_t>(1, model.patients.severities.size());
    for (std::size_t c = 0; c < model.patients.conditions.size(); ++c)
        for (std::size_t s = 0; s < severities; ++s) {
            const Policy& of = policy.choice.of(c, s);
            policy_index_.push_back(static_cast<std::uint8_t>(&of - policy.choice.policies.data()));
        }
    const auto plan_visit = [&](const VisitParts& parts, SiteId site) {
        VisitPlan plan{parts, parts.planned_length(), {}, {}, {}, {}};
        plan.slot = model.clinic.slot.value_or(parts.booked_length());
        for (const Distribution* part : {&parts.preparation, &parts.infusion, &parts.recovery})
            if (const auto* constant = part->as<Constant>())
                plan.constant += from_ticks(constant->value);
            else
                plan.varying.push_back(*part);
        if (const auto* constant = parts.turnover.as<Constant>())
            plan.turnover = from_ticks(constant->value);
        if (staffed_ || tells_phases_) plan_phases(plan, site);
        return plan;
    };
    for (const auto& visits : model.clinic.visits)
        for (SiteId site = 0; site < sites_; ++site)
            visit_plans_.push_back(
                {plan_visit(visits.first, site), plan_visit(visits.later, site)});
    const bool gives_drug = std::all_of(plans_.begin(), plans_.end(), [](const PolicyPlan& plan) {
        return plan.policy->gets == Gets{};
    });
    for (const Condition& condition : model.patients.conditions) {
        const Course& course = model.patients.courses[condition.course];
        courses_.push_back(course.renewal());
        symptom_courses_.push_back(course.symptom(replication));
        any_symptoms_ |= symptom_courses_.back() != nullptr;
        CLINICSIM_CHECK(symptom_courses_.back() != nullptr || gives_drug,
                        "what a placebo does is known of a symptom course");
    }
    CLINICSIM_CHECK(visit_plans_.size() == courses_.size() * sites_,
                    "every condition has its visits");
    if (staffed_) lay_out_staff();
    lay_out_chairs();
    lay_out_sites();
    for (const Induction& induction : model.patients.inductions)
        series_spacing_.push_back(days_apart(induction.gap));
}

RunCount ClinicRun::run() {
    if (staffed_ || !chairs_over_time_.empty()) change_capacity();
    place_stock();
    schedule(arrivals_.next(), Phase::change, Happening::arrival);
    for (SiteId site = 0; site < sites_; ++site)
        if (!hours_[site].always())
            schedule(hours_[site].stretch_at_or_after(kRunStart).from, Phase::change,
                     Happening::opening, site);
    if (rules_ != nullptr) schedule(kRunStart, Phase::change, Happening::opening, kNewDay);
    if (calls_off())
        for (SiteId site = 0; site < sites_; ++site)
            schedule(sick_call_after(site, kRunStart), Phase::change, Happening::opening,
                     kSickCall + site);
    count_.events = agenda_.run_until(end_, *this);
    close();
    return count_;
}

std::uint64_t ClinicRun::schedule(Instant at, Phase phase, Happening what, Slot slot) {
    return agenda_.schedule(at, phase, static_cast<std::uint32_t>(what) << kSlotBits | slot);
}

void ClinicRun::handle(const Event& event) {
    if (--until_guard_ == 0) [[unlikely]]
        guard(event);
    const Slot slot = event.payload & (kMostSlots - 1);
    switch (static_cast<Happening>(event.payload >> kSlotBits)) {
        case Happening::arrival:
            arrive();
            break;
        case Happening::alarm:
            if (Patient& p = patients_[slot]; p.alarm_serial == event.serial) ring(p);
            break;
        case Happening::visit_end:
            end_visit(patients_[slot]);
            break;
        case Happening::chair_free:
            release_chair(static_cast<ChairKindId>(slot));
            --ledger_.turnovers;
            dispatch_wanted_ = true;
            break;
        case Happening::opening:
            if (slot == kNewDay)
                turn_page();
            else if (slot >= kSickCall)
                sick_call(static_cast<SiteId>(slot - kSickCall));
            else
                open_doors(static_cast<SiteId>(slot));
            break;
        case Happening::seize:
            seize_scheduled_ = kNever;
            dispatch();
            break;
        case Happening::phase_end:
            end_phase(slot);
            break;
        case Happening::capacity:
            change_capacity();
            break;
    }
    if (!released_.empty()) refill();
    settle();
}

/// Hands out free chairs: at once when nothing else can happen at this instant, else when it has.
void ClinicRun::settle() {
    if (!dispatch_wanted_) return;
    dispatch_wanted_ = false;
    if (line_.empty() && held_up_.empty()) return;
    if (agenda_.quiet()) {
        dispatch();
    } else if (seize_scheduled_ != now()) {
        seize_scheduled_ = now();
        schedule(now(), Phase::seize, Happening::seize);
    }
}

Slot ClinicRun::admit(PatientId id) {
    if (free_slots_.empty()) {
        CLINICSIM_CHECK(patients_.size() < kMostSlots, "at most 2^25 patients are present at once",
                        Scene{now(), id});
        free_slots_.push_back(static_cast<Slot>(patients_.size()));
        patients_.add();
        if (booked_) series_.emplace_back();
        if (arrival_ != nullptr) on_the_way_.emplace_back();
        if (rules_ != nullptr) bookings_.emplace_back();
        if (any_cap_) boosters_given_.emplace_back();
        if (any_symptoms_) symptoms_.emplace_back();
    }
    const Slot slot = free_slots_.back();
    free_slots_.pop_back();
    Patient& p = patients_[slot] = Patient{};
    p.id = id;
    p.slot = slot;
    p.present = true;
    p.alarm_serial = kNoSerial;
    if (any_cap_) boosters_given_[slot].clear();
    if (any_symptoms_) symptoms_[slot].assessing = false;
    if (rules_ != nullptr) {
        bookings_[slot] = Bookings{};
        Engine e = engine(p, Purpose::booking_preference, 0);
        double u = rules_->preferences.empty() ? 0 : uniform01(e);
        std::size_t& which = bookings_[slot].preference;
        while (which < rules_->preferences.size() && u >= rules_->preferences[which].share)
            u -= rules_->preferences[which++].share;
    }
    ++count_.patients;

    const PatientMix& mix = model_.patients;
    const auto uniform = [&](Purpose purpose) {
        Engine e = engine(p, purpose, 0);
        return uniform01(e);
    };
    if (mix.conditions.size() > 1)
        p.group.condition = pick(mix.conditions, uniform(Purpose::condition));
    if (mix.severities.size() > 1)
        p.group.severity = pick(mix.severities, uniform(Purpose::severity));
    if (sites_ > 1) p.group.home = pick(model_.clinic.sites, uniform(Purpose::home_site));
    p.site = p.group.home;
    p.in_therapy = chance(mix.psychotherapy, p, Purpose::therapy, 0);
    const std::size_t severities = std::max<std::size_t>(1, mix.severities.size());
    p.policy = policy_index_[p.group.condition * severities + p.group.severity];
    if (const RenewalCourse* renewal = renewal_of(p)) {
        Engine frailty = engine(p, Purpose::frailty, 0);
        p.factor = personal_factor(*renewal, p.group.severity, p.in_therapy, frailty);
    }
    return slot;
}

void ClinicRun::arrive() {
    const Slot slot = admit(next_patient_++);
    schedule(arrivals_.next(), Phase::change, Happening::arrival);
    Patient& p = patients_[slot];
    if (symptom_of(p)) begin_symptoms(slot, now());
    sink_.on(Referred{now(), p.id, p.group});
    take_way_by_share(slot);
    if (p.present) set_alarm(p);
}

void ClinicRun::place_stock() {
    const StockAtStart& stock = model_.patients.in_care_at_start;
    for (std::uint32_t i = 0; i < stock.patients; ++i) {
        const Slot slot = admit(kFirstOfStock + i);
        Patient& p = patients_[slot];
        enter(p, plan_of(p).pathway->first_boosters().value());
        p.in_care = true;
        p.care_since = kRunStart;
        sink_.on(CareBegan{kRunStart, p.id, p.group});
        Engine e = engine(p, Purpose::stock_spread, 0);
        p.next_visit = kRunStart + Duration{static_cast<std::int64_t>(
                                       uniform01(e) * static_cast<double>(stock.spread.count()))};
        p.stage_since = p.next_visit;  // or a way with a time could be taken before
        set_alarm(p);
    }
}

void ClinicRun::open_doors(SiteId site) {
    const auto today = hours_[site].stretch_at_or_after(now());
    schedule(hours_[site].stretch_at_or_after(today.to).from, Phase::change, Happening::opening,
             site);
    if (booked_ && staffed_ && !line_.empty()) rebook_who_was_sent_home();
    // who comes now may be turned away and never be in the list again, but nobody joins it here
    std::size_t elsewhere = 0;
    for (const auto [slot, hold] : coming_) {
        Patient& p = patients_[slot];
        if (p.where != Patient::Where::coming || p.hold != hold) continue;
        if (p.site != site) {
            coming_[elsewhere++] = {slot, hold};
            continue;
        }
        enter_room(slot);
        if (p.present) set_alarm(p);
    }
    coming_.resize(elsewhere);
    dispatch_wanted_ = true;
}

/// Whatever was to happen to this patient by now, in a fixed order: falls ill, is seen to be,
/// leaves, moves on in the pathway, asks, gives up waiting, comes.
void ClinicRun::ring(Patient& p) {
    p.alarm_at = kNever;
    p.alarm_serial = kNoSerial;
    if (p.course_at <= now()) {
        if (symptom_of(p))
            rate(p.slot);
        else
            fall_ill(p.slot, now());
        if (!p.present) return;
    }
    if (p.seen_at <= now()) see_relapse(p.slot);
    if (!p.present) return;
    if (p.where != Patient::Where::in_chair) {
        if (leaves_at_once_ && due_to_leave(p)) return leave(p.slot, LeftBecause::dropped_out);
        if (p.timed_stage)
            if (const auto [way, at] = timed_way(p); at <= now()) {
                if (due_to_leave(p)) return leave(p.slot, LeftBecause::dropped_out);
                take_way(p.slot, way);
            }
        // who comes to a stage of boosters ill may be seen there at once, before asking
        if (p.present && p.seen_at <= now()) see_relapse(p.slot);
        if (!p.present) return;
    }
    if (p.asks_at <= now()) ask(p.slot);
    if (p.present && p.patience_until <= now()) lose_patience(p.slot);
    if (p.present && booked_ && p.where == Patient::Where::coming) come_or_not(p.slot);
    if (p.present && p.where == Patient::Where::home) {
        const Instant here = arrival_ == nullptr ? now() : here_for(p);
        if (attendance_ != nullptr && changes_mind(p.slot)) {
            // and whatever else was due now comes next
        } else if (p.next_visit <= now()) {
            const Instant due = std::exchange(p.next_visit, kNever);
            if (p.stage_kind == StageKind::screening) {
                take_way_by_share(p.slot);
            } else if (any_symptoms_ && symptoms_[p.slot].assessing) {
                assess(p.slot);
            } else if (p.infusions == 0 && p.id >= kFirstOfStock) {
                begin_stock(p.slot);
            } else {
                p.request = {due, kNever,
                             p.stage_kind == StageKind::induction ? VisitKind::induction
                                                                  : VisitKind::booster};
                come(p);
            }
        } else if (series_due(p.slot, here)) {
            p.request = series_[p.slot].back();
            series_[p.slot].pop_back();
            if (rules_ != nullptr)
                bookings_[p.slot].made[static_cast<std::size_t>(Line::request)] =
                    bookings_[p.slot].made[static_cast<std::size_t>(Line::series)];
            attend(p.slot);
        } else if (p.request.booked <= here) {
            attend(p.slot);
        } else if (p.pair_left == 0) {
            planned_falls_due(p, here);
        }
    }
    if (p.present) set_alarm(p);
}

Instant ClinicRun::next_but_course(const Patient& p) const {
    Instant at = earlier(p.seen_at, earlier(p.asks_at, p.patience_until));
    if (p.where == Patient::Where::in_chair) return at;
    if (leaves_at_once_) at = earlier(at, p.drop_out);
    if (p.timed_stage) at = earlier(at, time_of_way(p));
    if (p.where == Patient::Where::coming && booked_) return earlier(at, on_the_way_[p.slot].comes);
    if (p.where != Patient::Where::home) return at;
    at = earlier(at, earlier(p.next_visit, p.request.booked));
    if (booked_) return earlier(at, next_booked_alarm(p));
    return p.pair_left == 0 ? earlier(at, p.planned_due) : at;
}

Instant ClinicRun::time_of_way(const Patient& p) const { return timed_way(p).second; }

Instant ClinicRun::next_booked_alarm(const Patient& p) const {
    Instant at = kNever;
    if (!series_[p.slot].empty()) at = series_[p.slot].back().booked;
    if (attendance_ != nullptr)
        at = earlier(at, earlier(bookings_[p.slot].moves_at, bookings_[p.slot].cancels_at));
    if (p.pair_left == 0) at = earlier(at, p.will_miss ? p.planned_due : p.planned_slot);
    if (arrival_ != nullptr) at = earlier(at, comes_early(p, next_booked(p.slot)));
    return at;
}

void ClinicRun::set_alarm(Patient& p) {
    if (attendance_ != nullptr) foresee_attendance(p.slot);
    const Instant other = next_but_course(p);
    // not in a booked clinic: those booked for one minute come in the order of their alarms, which
    // would be another, and with a waiting list others may call the patient before the next alarm
    if (any_symptoms_ && !booked_ && now() < p.course_at && p.course_at < other &&
        p.where == Patient::Where::home && symptom_of(p))
        rate_ahead(p, earlier(other, end_));
    Instant at = std::max(now(), earlier(p.course_at, other));
    // never happens in this run, or the end of the visit sets it anew before
    if (at >= end_ || leaves_chair_before(p, at)) at = kNever;
    if (at == p.alarm_at) return;
    p.alarm_at = at;
    p.alarm_serial =
        at == kNever ? kNoSerial : schedule(at, Phase::change, Happening::alarm, p.slot);
}

/// A patient whose events never let the clock go on would run for ever. One event in a thousand is
/// looked at; patients are told apart only once a thousand have passed within one instant.
void ClinicRun::guard(const Event& event) {
    if (event.at != guarded_) {
        guarded_ = event.at;
        events_by_patient_.clear();
        until_guard_ = kMostEventsAtOnce;
        events_since_laws_ += kMostEventsAtOnce;
        if (events_since_laws_ >= kEventsPerPatientAndCheck * patients_.size())
            check_conservation();
        return;
    }
    until_guard_ = 1;
    // an arrival, an opening or a chair that falls free is no patient's event
    const auto what = static_cast<Happening>(event.payload >> kSlotBits);
    if (what != Happening::alarm && what != Happening::visit_end) return;
    const Slot slot = event.payload & (kMostSlots - 1);
    CLINICSIM_CHECK(++events_by_patient_[slot] <= kMostEventsAtOnce,
                    "a patient has at most 1,000 events at one instant",
                    Scene{now(), slot < patients_.size() ? patients_[slot].id : slot});
}

/// The end of the run: spans still open are sent.
void ClinicRun::close() {
    check_conservation();
    for (Slot slot = 0; slot < patients_.size(); ++slot) {
        Patient& p = patients_[slot];
        if (!p.present) continue;
        const auto still_waiting = [&](const Request& request) {
            if (request.wanted < end_)
                sink_.on(StillWaiting{end_, request.wanted, p.id, p.group, request.kind,
                                      waits_count(p)});
        };
        switch (p.where) {
            case Patient::Where::in_chair:
                sink_.on(ChairHeld{p.place_since, end_, p.id, p.group, p.chair});
                break;
            case Patient::Where::waiting:
            case Patient::Where::coming:
                still_waiting(p.request);
                break;
            case Patient::Where::home:
                if (booked_ && !series_[slot].empty()) still_waiting(series_[slot].back());
                if (p.request.booked != kNever) still_waiting(p.request);
                if (p.planned_slot != kNever)
                    still_waiting({p.planned_due, p.planned_slot, VisitKind::booster, {}, {}});
                if (rules_ != nullptr) {
                    const auto& waits = bookings_[slot].waits;
                    if (waits[static_cast<std::size_t>(Line::series)])
                        still_waiting(
                            {bookings_[slot].series_wanted, kNever, VisitKind::induction, {}, {}});
                    if (waits[static_cast<std::size_t>(Line::request)]) still_waiting(p.request);
                    if (waits[static_cast<std::size_t>(Line::planned)])
                        still_waiting({p.planned_due, kNever, VisitKind::booster, {}, {}});
                }
        }
        if (p.in_follow_up)
            sink_.on(CareSpan{p.state_since, end_, p.id, p.group,
                              p.ill() ? CareState::ill : CareState::well});
        sink_.on(CareEnded{end_, p.in_care ? p.care_since : end_, p.in_care, p.id, p.group,
                           LeftBecause::end_of_run, p.boosters, p.booster_time});
    }
    close_visits();
}

RunCount simulate(const Model& model, const PolicyModel& policy, std::uint32_t replication,
                  Sink& sink) {
    return ClinicRun{model, policy, replication, sink}.run();
}

}  // namespace clinicsim
