// Appointments: what is booked, given back and booked again. Without clinic.booking every visit is
// booked by itself into the first free time; with it, by its rules (run_rules.cpp).
#include <algorithm>

#include "run.hpp"

namespace clinicsim {

/// From the morning of the wanted day on, but not in the past.
Instant ClinicRun::earliest_booking(Instant wanted) const {
    const Instant morning = kRunStart + Days{(wanted - kRunStart) / Days{1}};
    return std::max(now(), morning);
}

/// At the usual site, in a kind of chair of the clinic.
AppointmentBook::Place ClinicRun::first_place(const Patient& p, bool first_visit, Instant earliest,
                                              Duration length, bool urgent) {
    const SiteId site = usual_site(p, first_visit, !first_visit);
    AppointmentBook::Place place = books_[site].find(
        {length, kWholeDay, kAnyDay, urgent, visit_plan_at(site, p, first_visit).in_book}, earliest,
        rules_ != nullptr ? farthest() : kNever, now());
    place.kind = kind_at(site, place.kind);
    return place;
}

/// Whether there is an open request with a booked time, or one that waits for it.
bool ClinicRun::request_open(const Patient& p) const {
    return p.request.booked != kNever ||
           (rules_ != nullptr && bookings_[p.slot].waits[static_cast<std::size_t>(Line::request)]);
}

void ClinicRun::book_visit(Slot slot, Instant not_before) {
    if (rules_ != nullptr) return book_visit_by_rules(slot, not_before);
    Patient& p = patients_[slot];
    const auto place = first_place(p, p.visits == 0, not_before, p.request.length, false);
    p.request.booked = place.start;
    p.request.chair = place.kind;
    if (p.request.booked != kNever) take(p.request);
    sink_.on(BookingMade{now(), p.request.wanted, p.request.booked, p.id, p.group, p.request.kind});
}

/// The next planned booster, whose due time is set.
void ClinicRun::book_planned(Slot slot, Instant not_before) {
    Patient& p = patients_[slot];
    const Duration length = visit_plan(p, false).slot;
    if (rules_ == nullptr) {
        const auto place = first_place(p, false, not_before, length, false);
        p.planned_slot = place.start;
        p.planned_chair = place.kind;
        if (p.planned_slot != kNever) take(planned_visit(p));
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
    find_places(slot, VisitKind::booster, {infusions, visit, visit, least, most, infusions * most},
                p.planned_due, not_before);
    if (places_.empty())
        return wait_for_place(slot, Line::planned, p.planned_due, VisitKind::booster, true);
    b.waits[static_cast<std::size_t>(Line::planned)] = false;
    b.made[static_cast<std::size_t>(Line::planned)] = now();
    p.planned_slot = places_.front().start;
    p.planned_chair = places_.front().kind;
    for (const auto [start, chair] : places_) {
        const Request visit_of_pair{p.planned_due, start, VisitKind::booster, chair, length};
        take(visit_of_pair);
        if (start != p.planned_slot) b.planned_rest.push_back(visit_of_pair);
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
        const auto [at, chair] =
            first_place(p, p.visits + ahead == 0, std::max(not_before, earliest_booking(wanted)),
                        plan.slot, false);
        series_[slot].push_back({wanted, at, VisitKind::induction, chair, plan.slot});
        if (at != kNever) take(series_[slot].back());
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
    book_of(visit.chair).give_back({visit.booked, in_book(visit.chair)}, visit.length);
    const Patient& p = patients_[slot];
    sink_.on(BookingReleased{now(), visit.booked, p.id, p.group, visit.kind, because});
    if (rules_ != nullptr) released_.push_back({visit.booked, model_.clinic.site_of(visit.chair)});
}

}  // namespace clinicsim
