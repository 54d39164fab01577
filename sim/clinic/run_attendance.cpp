// Who comes to what is booked: no-shows, cancellations, other times asked for, patience.
#include <algorithm>

#include "run.hpp"

namespace clinicsim {

double VisitChance::of(VisitKind kind, bool first, bool ill, Duration lead) const {
    double chance = of_kind[static_cast<std::size_t>(kind)].value_or(share);
    if (first && first_visit) chance = *first_visit;
    double times = 1;
    for (const Lead& step : leads)
        if (lead > step.over) times = step.times;
    return std::min(1.0, chance * times * (ill ? when_ill : 1));
}

double VisitChance::most() const {
    double chance = std::max(share, first_visit.value_or(0));
    for (const auto& kind : of_kind) chance = std::max(chance, kind.value_or(0));
    double times = 1;
    for (const Lead& step : leads) times = std::max(times, step.times);
    return std::min(1.0, chance * times * std::max(1.0, when_ill));
}

/// How long after the booked time the patient comes to the n-th visit that is booked, or below zero
/// before it: the same whenever that visit is, and under every policy.
Duration ClinicRun::off_time(const Patient& p, std::uint32_t attendance) const {
    Engine e = engine(p, Purpose::punctuality, attendance);
    const double u = uniform01(e);
    if (u < arrival_->early)
        return -std::min(arrival_->at_most, draw_duration(arrival_->early_by, e));
    if (u < arrival_->early + arrival_->late)
        return std::min(arrival_->at_most, draw_duration(arrival_->late_by, e));
    return {};
}

/// When the patient, who may start before the booked time, comes to it; not before it: never.
Instant ClinicRun::comes_early(const Patient& p, Instant booked) const {
    if (!arrival_->early_starts || booked == kNever) return kNever;
    const Duration off = off_time(p, p.attendances + 1);
    if (off >= Duration::zero()) return kNever;
    const SiteId site = model_.clinic.site_of(next_chair(p.slot));
    return always_open_ ? booked + off
                        : std::max(booked + off, hours_[site].stretch_at_or_after(booked).from);
}

ChairKindId ClinicRun::next_chair(Slot slot) const {
    switch (next_line(slot)) {
        case Line::series:
            return series_[slot].empty() ? ChairKindId{0} : series_[slot].back().chair;
        case Line::request:
            return patients_[slot].request.chair;
        case Line::planned:
            break;
    }
    return patients_[slot].planned_chair;
}

/// The booked time for which the patient is here now, or would be at the latest.
Instant ClinicRun::here_for(const Patient& p) const {
    const Instant booked = next_booked(p.slot);
    return comes_early(p, booked) <= now() ? std::max(booked, now()) : now();
}

/// When who comes to this booked time does: now, or later.
Instant ClinicRun::comes_late(const Patient& p, Instant booked) const {
    const Duration off = off_time(p, p.attendances);
    if (off <= Duration::zero()) return now();
    return always_open_ ? booked + off
                        : std::min(booked + off, hours_[p.site].stretch_at_or_after(booked).to);
}

void ClinicRun::be_on_the_way(Slot slot, Instant comes, bool too_late) {
    patients_[slot].where = Patient::Where::coming;
    on_the_way_[slot] = {comes, too_late};
}

bool ClinicRun::is_too_late(Instant booked, Instant comes) const {
    return arrival_->refused_after && comes - booked > *arrival_->refused_after;
}

/// Who is late is here now; or the time has come of whom an early comer's luck keeps away.
void ClinicRun::come_or_not(Slot slot) {
    Patient& p = patients_[slot];
    if (on_the_way_[slot].comes > now()) return;
    p.where = Patient::Where::home;
    if (p.request.booked != kNever) return not_shown(slot);
    if (on_the_way_[slot].too_late) {
        ++ledger_.sent_home;
        sink_.on(SentHome{now(), now(), p.id, p.group, p.request.kind, SentHomeBecause::too_late});
        return visit_missed(slot);
    }
    p.came_late = true;
    join_line(slot);
}

void ClinicRun::not_shown(Slot slot) {
    Patient& p = patients_[slot];
    ++ledger_.missed;
    sink_.on(NoShow{now(), p.id, p.group, p.request.kind, p.request.length, p.request.chair});
    p.request.booked = kNever;
    visit_missed(slot);
}

/// Its booked time has passed and the patient was not seen.
void ClinicRun::visit_missed(Slot slot) {
    if (rules_ != nullptr) unbook(slot, ReleasedBecause::series_moved);  // the rest of a pair
    const Instant not_again = now() + kBookGrid;                         // the time just missed
    book_again(slot, rules_ != nullptr ? day_after(now()) : not_again);
}

/// Whose booked time has come: does the patient stay away?
bool ClinicRun::misses(Slot slot) {
    Patient& p = patients_[slot];
    const bool first = p.visits == 0;
    if (attendance_ == nullptr) {
        const double no_show = first ? model_.clinic.no_show_first : model_.clinic.no_show;
        return chance(no_show, p, Purpose::no_show, ++p.attendances);
    }
    const Duration lead =
        p.request.booked - bookings_[slot].made[static_cast<std::size_t>(Line::request)];
    double share = attendance_->no_show.of(p.request.kind, first, p.ill(), lead);
    if (const auto& reminder = attendance_->reminder; reminder && lead > reminder->before)
        share *= 1 - reminder->lowers;
    Engine e = engine(p, Purpose::attendance, ++p.attendances);
    return happens(share, e);
}

/// Which of the patient's bookings comes next.
ClinicRun::Line ClinicRun::next_line(Slot slot) const {
    const Patient& p = patients_[slot];
    const Instant series = series_[slot].empty() ? kNever : series_[slot].back().booked;
    const Instant planned = p.pair_left == 0 && !p.will_miss ? p.planned_slot : kNever;
    if (series <= p.request.booked && series <= planned) return Line::series;
    return p.request.booked <= planned ? Line::request : Line::planned;
}

Instant ClinicRun::next_booked(Slot slot) const {
    const Patient& p = patients_[slot];
    switch (next_line(slot)) {
        case Line::series:
            return series_[slot].empty() ? kNever : series_[slot].back().booked;
        case Line::request:
            return p.request.booked;
        case Line::planned:
            return p.planned_slot;
    }
    return kNever;
}

/// When the patient might cancel the next booked time or ask for another: drawn once for every
/// attendance, so that the same patient has the same luck whenever the visit is.
void ClinicRun::foresee_attendance(Slot slot) {
    const Patient& p = patients_[slot];
    Bookings& b = bookings_[slot];
    const Instant booked = p.where == Patient::Where::home ? next_booked(slot) : kNever;
    if (booked == b.foreseen && p.attendances == b.foreseen_ordinal) return;
    b.foreseen = booked;
    b.foreseen_ordinal = p.attendances;
    b.moves_at = b.cancels_at = kNever;
    if (booked == kNever) return;
    Engine e = engine(p, Purpose::attendance, p.attendances + 1);
    b.stays_away = uniform01(e);
    b.cancels = uniform01(e);
    b.moves = uniform01(e);
    const Duration cancel_notice = draw_duration(attendance_->cancel_notice, e);
    const Duration move_notice = draw_duration(attendance_->reschedule_notice, e);
    const Instant made = b.made[static_cast<std::size_t>(next_line(slot))];
    const auto when = [&](bool might, Duration notice) {
        // who was booked at shorter notice than that had no time to think better of it
        return might && booked - made > notice && booked - notice >= now() ? booked - notice
                                                                           : kNever;
    };
    b.cancels_at = when(b.cancels < attendance_->late_cancel.most(), cancel_notice);
    b.moves_at = when(b.moves < attendance_->reschedule.most(), move_notice);
}

/// The patient asks for another time, or cancels, if the instant of that has come.
bool ClinicRun::changes_mind(Slot slot) {
    Patient& p = patients_[slot];
    Bookings& b = bookings_[slot];
    if (std::min(b.moves_at, b.cancels_at) > now()) return false;
    const bool moves = b.moves_at <= now();
    (moves ? b.moves_at : b.cancels_at) = kNever;
    const Line line = next_line(slot);
    Request visit = p.request;
    if (line == Line::series) visit = series_[slot].back();
    if (line == Line::planned) visit = planned_visit(p);
    const Duration lead = visit.booked - b.made[static_cast<std::size_t>(line)];
    const VisitChance& chances = moves ? attendance_->reschedule : attendance_->late_cancel;
    if ((moves ? b.moves : b.cancels) >= chances.of(visit.kind, p.visits == 0, p.ill(), lead))
        return false;
    const auto because = moves ? ReleasedBecause::rescheduled : ReleasedBecause::cancelled;
    const std::uint32_t ordinal = ++p.attendances;
    const bool again = moves || chance(attendance_->books_again, p, Purpose::books_again, ordinal);
    const Instant not_before = day_after(visit.booked);
    switch (line) {
        case Line::series:
            release(slot, visit, because);
            series_[slot].pop_back();
            if (again) {
                book_series(slot, visit.wanted, not_before);
            } else {
                give_up(slot, visit.kind, visit.wanted);
            }
            break;
        case Line::request:
            unbook(slot, because);
            if (again)
                book_visit(slot, not_before);
            else
                give_up(slot, visit.kind, visit.wanted);
            break;
        case Line::planned:
            if (again) {
                release(slot, visit, because);
                p.planned_slot = kNever;
                for (const Request& other : b.planned_rest)
                    release(slot, other, ReleasedBecause::series_moved);
                b.planned_rest.clear();
                book_planned(slot, not_before);
            } else {
                drop_planned(p, because);
                give_up(slot, visit.kind, visit.wanted);
            }
            break;
    }
    return true;
}

/// After a booked time at which the patient did not come.
void ClinicRun::book_again(Slot slot, Instant not_before) {
    Patient& p = patients_[slot];
    if (attendance_ != nullptr &&
        !chance(attendance_->books_again, p, Purpose::books_again, p.attendances))
        return give_up(slot, p.request.kind, p.request.wanted);
    book_anew(slot, not_before);
}

/// The open request, whose booked time is gone; its wait still counts from when it was wanted.
void ClinicRun::book_anew(Slot slot, Instant not_before) {
    const Request& request = patients_[slot].request;
    if (request.kind == VisitKind::induction)
        book_series(slot, request.wanted, not_before);
    else
        book_visit(slot, not_before);
}

/// Those who came on an earlier day, and whom nobody was left to see, were sent home in the
/// evening: they are booked anew when the doors open.
void ClinicRun::rebook_who_was_sent_home() {
    const auto day_of = [](Instant at) { return (at - kRunStart) / Days{1}; };
    for (Slot slot = 0; slot < patients_.size(); ++slot) {
        Patient& p = patients_[slot];
        const bool waits = p.present && p.where == Patient::Where::waiting;
        if (!waits || day_of(p.place_since) == day_of(now())) continue;
        sink_.on(SentHome{now(), p.place_since, p.id, p.group, p.request.kind,
                          staff_are_sick(p.site, p.place_since) ? SentHomeBecause::staff_sick
                                                                : SentHomeBecause::nobody_left});
        ++ledger_.sent_home;
        leave_line(p);
        if (rules_ != nullptr) unbook(slot, ReleasedBecause::series_moved);  // the rest of a pair
        book_anew(slot, now());
        set_alarm(patients_[slot]);
    }
}

/// The patient asks for no other time. A first visit: is lost to the clinic. Another visit of an
/// induction: drops out. A planned booster: the next an interval later. A rescue: asks again if
/// the episode lasts.
void ClinicRun::give_up(Slot slot, VisitKind kind, Instant wanted) {
    Patient& p = patients_[slot];
    if (!p.in_care) return leave(slot, LeftBecause::stayed_away);
    if (kind == VisitKind::induction) return leave(slot, LeftBecause::dropped_out);
    p.request.kind = kind;
    p.request.wanted = wanted;
    request_failed(slot);
    const auto& asking = policy_of(p).asking;
    // what the rescue had taken the place of
    if (p.planned_due == kNever && !(asking && asking->planned == PlannedInEpisode::cancelled))
        plan_booster(p);
}

/// An open request for a booster comes to nothing: a planned one counts as missed, a rescue is
/// asked for again.
void ClinicRun::request_failed(Slot slot) {
    Patient& p = patients_[slot];
    const auto ask_again = [&] { p.asks_at = later(now(), policy_of(p).asking->repeat_after); };
    if (p.request.kind == VisitKind::booster) {
        if (p.pair_left > 0) {
            p.pair_left = 0;
            plan_booster(p);
        } else {
            plan_booster(p, p.request.wanted);
        }
        if (p.rescue_open && p.ill()) ask_again();
        return;
    }
    p.rescue_open = false;
    ask_again();
    // one that fell due meanwhile is dropped: the next an interval later
    if (p.planned_due <= now()) plan_booster(p, p.planned_due);
}

void ClinicRun::lose_to_waiting(Slot slot, Instant wanted) {
    const Patient& p = patients_[slot];
    sink_.on(LostForWaiting{now(), wanted, p.id, p.group});
    leave(slot, LeftBecause::went_elsewhere);
}

}  // namespace clinicsim
