// Appointments: what is booked, given back and booked again. Without clinic.booking every visit is
// booked by itself into the first free time; with it, by its rules (run_rules.cpp).
#include <algorithm>

#include "clinicsim/clinic/coverage.hpp"
#include "run.hpp"

namespace clinicsim {

/// As planned: nobody knows of a breakdown when a visit is booked.
AppointmentBook::LimitAt ClinicRun::chairs_at() const {
    const ClinicPlan& clinic = model_.clinic;
    if (!booked_ || (clinic.changes.empty() && clinic.staff.empty()))
        return [chairs = clinic.chairs.value_or(kUnlimited)](Instant) {
            return AppointmentBook::Limit{chairs, kNever};
        };
    return [visits = bookable_visits(clinic, model_.patients, model_.dates, end_)](Instant at) {
        return AppointmentBook::Limit{visits.at(at), visits.next(at).at};
    };
}

/// From the morning of the wanted day on, but not in the past.
Instant ClinicRun::earliest_booking(Instant wanted) const {
    const Instant morning = kRunStart + Days{(wanted - kRunStart) / Days{1}};
    return std::max(now(), morning);
}

Instant ClinicRun::first_place(Instant earliest, Duration length, bool urgent) {
    return book_.find({length, kWholeDay, kAnyDay, urgent}, earliest,
                      rules_ != nullptr ? farthest() : kNever, now());
}

/// Whether there is an open request with a booked time, or one that waits for it.
bool ClinicRun::request_open(const Patient& p) const {
    return p.request.booked != kNever ||
           (rules_ != nullptr && bookings_[p.slot].waits[static_cast<std::size_t>(Line::request)]);
}

void ClinicRun::book_visit(Slot slot, Instant not_before) {
    if (rules_ != nullptr) return book_visit_by_rules(slot, not_before);
    Patient& p = patients_[slot];
    p.request.booked = first_place(not_before, p.request.length, false);
    if (p.request.booked != kNever) book_.take(p.request.booked, p.request.length);
    sink_.on(BookingMade{now(), p.request.wanted, p.request.booked, p.id, p.group, p.request.kind});
}

/// The next planned booster, whose due time is set.
void ClinicRun::book_planned(Slot slot, Instant not_before) {
    Patient& p = patients_[slot];
    const Duration length = visit_plan(p, false).slot;
    if (rules_ == nullptr) {
        p.planned_slot = first_place(not_before, length, false);
        if (p.planned_slot != kNever) book_.take(p.planned_slot, length);
        sink_.on(
            BookingMade{now(), p.planned_due, p.planned_slot, p.id, p.group, VisitKind::booster});
        return;
    }
    Bookings& b = bookings_[slot];
    if (not_before > farthest())  // its turn comes
        return wait_for_place(slot, Line::planned, p.planned_due, VisitKind::booster, false);
    const AppointmentBook::Wish visit{length};
    const auto [least, most] = plan_of(p).pair;
    const std::uint32_t infusions = policy_of(p).infusions;
    find_places(slot, {infusions, visit, visit, least, most, infusions * most}, not_before);
    if (places_.empty())
        return wait_for_place(slot, Line::planned, p.planned_due, VisitKind::booster, true);
    b.waits[static_cast<std::size_t>(Line::planned)] = false;
    b.made[static_cast<std::size_t>(Line::planned)] = now();
    p.planned_slot = places_.front();
    for (const Instant start : places_) {
        book_.take(start, length);
        if (start != places_.front())
            b.planned_rest.push_back({p.planned_due, start, VisitKind::booster, length});
        sink_.on(BookingMade{now(), p.planned_due, start, p.id, p.group, VisitKind::booster});
    }
    enlist(slot, Line::planned, p.planned_due, VisitKind::booster, p.planned_slot);
}

/// Books what is left of the induction. Without rules: each visit as soon as it fits from its due
/// time's day on, the gap counted from the planned end of the visit before.
void ClinicRun::book_series(Slot slot, Instant wanted, Instant not_before) {
    cancel_series(slot, ReleasedBecause::series_moved);
    if (rules_ != nullptr) return book_series_by_rules(slot, wanted, not_before);
    Patient& p = patients_[slot];
    for (std::uint32_t k = p.visit_of_series; k < p.series_length; ++k) {
        const std::uint32_t ahead = k - p.visit_of_series;
        const VisitPlan& plan = visit_plan(p, p.visits + ahead == 0);
        const Instant at =
            first_place(std::max(not_before, earliest_booking(wanted)), plan.slot, false);
        if (at != kNever) book_.take(at, plan.slot);
        series_[slot].push_back({wanted, at, VisitKind::induction, plan.slot});
        sink_.on(BookingMade{now(), wanted, at, p.id, p.group, VisitKind::induction});
        if (at == kNever) break;
        Engine e = engine(p, Purpose::induction_gap, p.visits + ahead + 1);
        wanted = later(at, plan.planned + draw_duration(induction_of(p).gap, e));
    }
    std::reverse(series_[slot].begin(), series_[slot].end());
}

void ClinicRun::cancel_series(Slot slot, ReleasedBecause because) {
    if (!booked_) return;
    for (const Request& visit : series_[slot]) release(slot, visit, because);
    series_[slot].clear();
    if (rules_ != nullptr) bookings_[slot].waits[static_cast<std::size_t>(Line::series)] = false;
}

void ClinicRun::unbook(Slot slot, ReleasedBecause because) {
    Patient& p = patients_[slot];
    release(slot, p.request, because);
    p.request.booked = kNever;
    if (rules_ == nullptr) return;
    Bookings& b = bookings_[slot];
    for (const Request& visit : b.rest) release(slot, visit, because);
    b.rest.clear();
    b.waits[static_cast<std::size_t>(Line::request)] = false;
}

void ClinicRun::release(Slot slot, const Request& visit, ReleasedBecause because) {
    if (visit.booked == kNever) return;
    book_.give_back(visit.booked, visit.length);
    const Patient& p = patients_[slot];
    sink_.on(BookingReleased{now(), visit.booked, p.id, p.group, visit.kind, because});
    if (rules_ != nullptr) released_.push_back(visit.booked);
}

}  // namespace clinicsim
