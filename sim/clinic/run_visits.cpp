#include <algorithm>

#include "run.hpp"

namespace clinicsim {

const char* name(VisitKind kind) {
    switch (kind) {
        case VisitKind::induction:
            return "induction";
        case VisitKind::booster:
            return "booster";
        case VisitKind::rescue:
            return "rescue";
    }
    return "";
}

Duration VisitParts::planned_length() const {
    return from_ticks(mean(preparation) + mean(infusion) + mean(recovery));
}

Duration VisitParts::booked_length() const {
    const Duration on_grid = (planned_length() + kBookGrid - Duration{1}) / kBookGrid * kBookGrid;
    return on_grid + from_ticks(mean(turnover));
}

/// Only the first visit of an induction has a wait that counts, from its referral.
bool ClinicRun::waits_count(const Patient& p) const {
    return p.stage_kind != StageKind::induction || !p.induction_began;
}

void ClinicRun::come(Patient& p) {
    if (booked_) {
        p.request.length = next_visit_plan(p).slot;
        book_visit(p.slot, earliest_booking(p.request.wanted));
        return;
    }
    if (sites_ > 1) p.site = usual_site(p, p.visits == 0, p.visits > 0);
    if (always_open_ || hours_[p.site].is_open(now())) {
        // nobody ahead, a chair free, nothing else to come at this instant: the line can be spared
        if (line_.empty() && chairs_.any_free() && agenda_.quiet() && may_start(p))
            return start_visit(p);
        return enter_room(p.slot);
    }
    p.where = Patient::Where::coming;
    p.hold = ++holds_;
    coming_.push_back({p.slot, p.hold});
}

void ClinicRun::enter_room(Slot slot) {
    Patient& p = patients_[slot];
    if (const auto room = model_.clinic.waiting_room; room) {
        bool starts = false;
        const std::size_t starting = starting_before(p, starts);
        if (!starts && line_.waiting() - starting >= *room) return turn_away(slot);
    }
    join_line(slot);
    if (const auto& patience = model_.clinic.patience; patience) {
        // by visit, and by how often it was tried in vain
        const auto tried = std::uint64_t{p.attendances} << 24;
        Engine e = engine(p, Purpose::patience, tried | (p.visits + 1));
        p.patience_until = later(now(), draw_duration(*patience, e));
    }
}

/// A booked time has come, or somebody before it who may start then.
void ClinicRun::attend(Slot slot) {
    Patient& p = patients_[slot];
    if (!leaves_at_once_ && p.request.kind != VisitKind::induction && due_to_leave(p)) {
        p.request.booked = kNever;
        ++ledger_.missed;
        return leave(slot, LeftBecause::dropped_out);
    }
    const Instant booked = p.request.booked;
    p.came_late = false;
    if (misses(slot)) {
        if (booked > now()) return be_on_the_way(slot, booked);  // nobody knows it before
        return not_shown(slot);
    }
    p.request.booked = kNever;
    ++ledger_.attended;
    p.chair = p.request.chair;
    if (sites_ > 1) p.site = model_.clinic.site_of(p.chair);
    if (arrival_ != nullptr) {
        const Instant comes = comes_late(p, booked);
        if (comes > now()) return be_on_the_way(slot, comes, is_too_late(booked, comes));
    }
    join_line(slot);
}

void ClinicRun::join_line(Slot slot) {
    Patient& p = patients_[slot];
    count_line();
    p.where = Patient::Where::waiting;
    p.place_since = now();
    p.hold = line_.join(model_.clinic.rank[static_cast<std::size_t>(p.request.kind)], slot);
    dispatch_wanted_ = true;
}

void ClinicRun::wait_ends(Patient& p) {
    ledger_.wait_ticks += static_cast<std::uint64_t>((now() - p.place_since).count());
    p.where = Patient::Where::home;
}

void ClinicRun::leave_line(Patient& p) {
    count_line();
    line_.leave();
    wait_ends(p);
    if (staffed_) recount_who_lacks_staff();
}

void ClinicRun::count_line() {
    ledger_.line_ticks +=
        line_.waiting() * static_cast<std::uint64_t>((now() - ledger_.line_counted).count());
    ledger_.line_counted = now();
}

bool ClinicRun::allowed_to_start(const Patient& p) const {
    if (several_kinds_ && !free_kind(p)) return false;
    if (staffed_ && !staff_allow(next_visit_plan(p))) return false;
    if (always_open_) return true;
    const bool finish = model_.clinic.closing == Closing::finish;
    if (booked_ && finish) return true;  // came in opening hours
    const auto stretch = hours_[p.site].stretch_at_or_after(now());
    if (stretch.from > now()) return false;
    return finish || now() + next_visit_plan(p).planned <= stretch.to;
}

void ClinicRun::dispatch() {
    using Turn = WaitingLine::Turn;
    if (!held_up_.empty()) serve_held_up();
    closed_to_starts_ = 0;
    count_line();
    line_.serve([&](const WaitingLine::Entry& entry) {
        if (!chairs_.any_free()) return Turn::nobody;
        Patient& p = patients_[entry.who];
        if (p.where != Patient::Where::waiting || p.hold != entry.ticket) return Turn::stale;
        if (!may_start(p)) {
            return staffed_ && lacks_staff(p) ? Turn::nobody : Turn::waits;
        }
        start_visit(p);
        set_alarm(p);
        return Turn::taken;
    });
    closed_to_starts_ = 0;
    if (staffed_) tell_who_lacks_staff();
}

void ClinicRun::start_visit(Patient& p) {
    const VisitPlan& plan = next_visit_plan(p);
    take_chair(p);
    const bool first_visit = p.visits == 0;
    const bool waits_counted = waits_count(p);
    ++p.visits;
    ++count_.visits;
    // drawn first: the numbers are on their way while the facts are told
    Engine e = engine(p, Purpose::visit, p.visits);
    VisitSlot visit{};
    Duration length{};
    if (staffed_) {
        visit = seat(p.slot, plan, e);
    } else if (tells_phases_) {
        length = draw_phases(plan, e);
    } else {
        length = plan.constant;
        for (const Distribution& part : plan.varying) length += draw_duration(part, e);
    }
    p.turnover = plan.turnover ? *plan.turnover : draw_duration(plan.parts.turnover, e);
    if (!model_.patients.side_effects.empty()) length += side_effects(p);
    Instant came = now();
    if (p.where == Patient::Where::waiting) {
        came = p.place_since;
        wait_ends(p);
    }
    p.where = Patient::Where::in_chair;
    p.place_since = now();
    p.patience_until = kNever;
    if (!p.in_care) {
        p.in_care = true;
        p.care_since = now();
        sink_.on(CareBegan{now(), p.id, p.group});
        count_drop_out(p, DropOutFrom::first_visit);
    }
    if (p.stage_kind == StageKind::induction && !p.induction_began) {
        p.induction_began = true;
        p.induction_since = now();
        sink_.on(InductionBegan{now(), p.id, p.group, p.inductions > 1});
    }
    sink_.on(VisitStarted{now(), p.request.wanted, p.id, p.group, p.request.kind, waits_counted,
                          first_visit, came, p.chair, p.came_late});
    if (staffed_) {
        begin_phases(visit, length);
    } else {
        const Instant ends = later(now(), length);
        if (knows_ends_) p.hold = static_cast<std::uint64_t>(ends.time_since_epoch().count());
        schedule(ends, Phase::release, Happening::visit_end, p.slot);
    }
    if (tells_phases_ && !staffed_) tell_phases(p, length);
    if (any_symptoms_ && model_.observation.at_visits > 0) rate_at_visit(p.slot);
}

/// Draws what this visit's infusion brings with it: how much longer the visit takes.
Duration ClinicRun::side_effects(Patient& p) {
    constexpr std::uint64_t kMostKinds = 16;
    p.broken_off = p.must_stop = false;
    Duration longer{};
    const bool had_induction =
        p.id >= kFirstOfStock && model_.patients.conditions[p.group.condition].induction;
    // of which the last one alone is counted
    const std::uint32_t infusion =
        p.infusions + 1 + (had_induction ? induction_of(p).visits - 1 : 0);
    const auto& effects = model_.patients.side_effects;
    for (std::size_t i = 0; i < effects.size(); ++i) {
        const SideEffect& effect = effects[i];
        if (infusion < effect.from_infusion || infusion > effect.until_infusion) continue;
        Engine e = engine(p, Purpose::side_effect, p.visits * kMostKinds + i);
        if (!happens(effect.chance, e)) continue;
        const bool ends = happens(effect.ends_infusion, e);
        const bool stops = happens(effect.stops_treatment, e);
        longer += draw_duration(effect.holds, e);
        p.broken_off |= ends;
        p.must_stop |= stops;
        sink_.on(SideEffectSeen{now(), p.id, p.group, static_cast<std::uint8_t>(i), ends, stops});
    }
    return longer;
}

void ClinicRun::end_visit(Patient& p) {
    // a rating of this instant is taken before the infusion has its effect
    if (p.course_at <= now() && any_symptoms_ && symptom_of(p)) rate(p.slot);
    p.where = Patient::Where::home;
    ++p.infusions;
    if (staffed_) {
        go_on(static_cast<VisitSlot>(p.hold));
    } else if (p.turnover == Duration::zero()) {
        release_chair(p.chair);
        dispatch_wanted_ = true;
    } else {
        ++ledger_.turnovers;
        schedule(later(now(), p.turnover), Phase::release, Happening::chair_free, p.chair);
    }
    if (!staffed_)
        sink_.on(ChairHeld{p.place_since, later(now(), p.turnover), p.id, p.group, p.chair});
    if (p.request.kind == VisitKind::induction)
        end_induction_visit(p);
    else
        end_booster_visit(p);
    if (p.present && p.must_stop) leave(p.slot, LeftBecause::side_effect);
    if (p.present) set_alarm(p);
}

void ClinicRun::lose_patience(Slot slot) {
    Patient& p = patients_[slot];
    if (booked_) return lose_to_waiting(slot, bookings_[slot].series_wanted);
    leave_line(p);
    turn_away(slot);
}

/// A visit that could not be had. A first visit: the patient is lost. Another visit of an
/// induction: comes again a day later. A planned booster: as if missed. A rescue: asks again.
void ClinicRun::turn_away(Slot slot) {
    Patient& p = patients_[slot];
    p.where = Patient::Where::home;
    p.patience_until = kNever;
    ++p.attendances;
    sink_.on(TurnedAway{now(), p.request.wanted, p.id, p.group, p.request.kind, waits_count(p)});
    if (!p.in_care) return leave(slot, LeftBecause::turned_away);
    if (p.request.kind == VisitKind::induction)
        p.next_visit = later(now(), Days{1});
    else
        request_failed(slot);
}

void ClinicRun::withdraw_request(Slot slot) {
    Patient& p = patients_[slot];
    const bool open = p.where == Patient::Where::waiting || p.where == Patient::Where::coming;
    if (!open && !request_open(p)) return;
    if (p.where == Patient::Where::waiting) leave_line(p);
    ledger_.withdrawn += open && p.request.booked == kNever;
    unbook(slot, ReleasedBecause::not_needed);
    p.where = Patient::Where::home;
    p.patience_until = kNever;
    sink_.on(
        RequestWithdrawn{now(), p.request.wanted, p.id, p.group, p.request.kind, waits_count(p)});
}

}  // namespace clinicsim
