// Booking by the rules of clinic.booking: a series whole, with its spacing; preferences.
#include <algorithm>
#include <cmath>

#include "run.hpp"

namespace clinicsim {

DaysApart days_apart(const Distribution& gap) {
    constexpr double kTicks = 86'400'000, kMost = 366;
    const auto least = static_cast<std::int64_t>(std::min(std::floor(lowest(gap) / kTicks), kMost));
    const auto most = static_cast<std::int64_t>(std::min(std::ceil(highest(gap) / kTicks), kMost));
    DaysApart apart;
    apart.least = std::max<std::int64_t>(1, least);
    apart.most = std::max(apart.least, most);
    return apart;
}

/// Null: likes every time.
const Preference* ClinicRun::preference_of(Slot slot) const {
    const std::size_t which = bookings_[slot].preference;
    return which < rules_->preferences.size() ? &rules_->preferences[which] : nullptr;
}

/// The last instant of the book.
Instant ClinicRun::farthest() const { return later(now(), rules_->horizon); }

/// In kinds of chairs of the clinic. A time that the patient likes is taken if it does not come too
/// much later than the first that there is; rescues come when they can.
ClinicRun::Places ClinicRun::places_at(SiteId site, Slot slot, AppointmentBook::SeriesWish wish,
                                       Instant earliest) {
    const Patient& p = patients_[slot];
    AppointmentBook& book = books_[site];
    wish.first.kinds = visit_plan_at(site, p, p.visits == 0).in_book;
    wish.later.kinds = visit_plan_at(site, p, false).in_book;
    const auto find = [&](const AppointmentBook::SeriesWish& of) {
        if (of.visits > 1) return book.find_series(of, earliest, farthest(), now());
        const AppointmentBook::Place place = book.find(of.first, earliest, farthest(), now());
        return place.start == kNever ? Places{} : Places{place};
    };
    Places places = find(wish);
    const Preference* likes = preference_of(slot);
    if (!places.empty() && !wish.first.urgent && likes != nullptr) {
        for (AppointmentBook::Wish* visit : {&wish.first, &wish.later}) {
            visit->weekdays = likes->weekdays;
            visit->hours = likes->hours;
        }
        Places liked = find(wish);
        if (!liked.empty() && liked.front().start - places.front().start <= likes->waits)
            places = std::move(liked);
    }
    for (AppointmentBook::Place& place : places) place.kind = kind_at(site, place.kind);
    return places;
}

/// Into places_. A series or a pair that has begun goes on where it began.
void ClinicRun::find_places(Slot slot, VisitKind kind, const AppointmentBook::SeriesWish& wish,
                            Instant wanted, Instant earliest) {
    const Patient& p = patients_[slot];
    if (goes_on(p)) {
        places_ = places_at(p.site, slot, wish, earliest);
        return;
    }
    const SiteId usual = usual_site(p, p.visits == 0, p.visits > 0 || wish.visits > 1);
    places_ = places_at(usual, slot, wish, earliest);
    if (sites_ > 1 && rules_->transfers) look_elsewhere(slot, kind, usual, wish, wanted, earliest);
}

/// The open request; the first of a pair with the rest of it.
void ClinicRun::book_visit_by_rules(Slot slot, Instant not_before) {
    Patient& p = patients_[slot];
    Bookings& b = bookings_[slot];
    const bool second = p.pair_left > 0;
    const bool urgent = p.request.kind == VisitKind::rescue;
    const AppointmentBook::Wish visit{p.request.length, kWholeDay, kAnyDay, urgent};
    const auto [least, most] = plan_of(p).pair;
    const std::uint32_t visits = second ? p.pair_left : policy_of(p).infusions;
    if (second)  // never two on one day
        not_before = std::max(not_before, morning_of(p.last_infusion) + Days{least});
    find_places(slot, p.request.kind, {visits, visit, visit, least, most, visits * most},
                p.request.wanted, not_before);
    if (places_.empty())
        return wait_for_place(slot, Line::request, p.request.wanted, p.request.kind, true);
    if (second && days_between(p.last_infusion, places_.front().start) > most) break_series(slot);
    b.waits[static_cast<std::size_t>(Line::request)] = false;
    b.made[static_cast<std::size_t>(Line::request)] = now();
    p.request.booked = places_.front().start;
    p.request.chair = places_.front().kind;
    for (const auto [start, chair] : places_) {
        const Request visit_of_pair{p.request.wanted, start, VisitKind::booster, chair,
                                    p.request.length};
        take(visit_of_pair);
        if (start != p.request.booked) b.rest.push_back(visit_of_pair);
        sink_.on(BookingMade{now(), p.request.wanted, start, p.id, p.group, p.request.kind});
    }
    enlist(slot, Line::request, p.request.wanted, p.request.kind, p.request.booked);
}

/// What is left of the induction, whole. After a visit that was given, its spacing is kept if the
/// book allows it.
void ClinicRun::book_series_by_rules(Slot slot, Instant wanted, Instant not_before) {
    Patient& p = patients_[slot];
    Bookings& b = bookings_[slot];
    constexpr auto kSeries = static_cast<std::size_t>(Line::series);
    const DaysApart gap =
        series_spacing_[model_.patients.conditions[p.group.condition].induction.value()];
    const std::int64_t within = rules_->series_within.count();
    Instant earliest = std::max(not_before, earliest_booking(wanted));
    if (p.visit_of_series == 0) {
        b.broken = false;
        if (attendance_ != nullptr && attendance_->patience && !p.in_care && b.patience == kNever) {
            Engine e = engine(p, Purpose::booking_patience, 0);
            b.patience = later(wanted, draw_duration(*attendance_->patience, e));
        }
    } else {
        earliest = std::max(earliest, morning_of(p.last_infusion) + Days{gap.least});
    }
    find_places(slot, VisitKind::induction,
                {p.series_length - p.visit_of_series,
                 {visit_plan(p, p.visits == 0).slot},
                 {visit_plan(p, false).slot},
                 gap.least,
                 gap.most,
                 within},
                wanted, earliest);
    b.series_wanted = wanted;
    p.patience_until = kNever;
    const bool can_leave = !p.in_care && b.patience != kNever;
    if (can_leave && !places_.empty() && places_.front().start > b.patience)
        return lose_to_waiting(slot, wanted);
    if (places_.empty()) {
        if (can_leave) p.patience_until = std::max(now(), b.patience);
        return wait_for_place(slot, Line::series, wanted, VisitKind::induction, true);
    }
    b.waits[kSeries] = false;
    b.made[kSeries] = now();
    if (p.visit_of_series > 0 && (days_between(p.last_infusion, places_.front().start) > gap.most ||
                                  days_between(p.induction_since, places_.back().start) > within))
        break_series(slot);
    lay_series(slot, wanted);
    for (auto visit = series_[slot].rbegin(); visit != series_[slot].rend(); ++visit) {
        take(*visit);
        sink_.on(
            BookingMade{now(), visit->wanted, visit->booked, p.id, p.group, VisitKind::induction});
    }
    if (p.visit_of_series == 0)
        enlist(slot, Line::series, wanted, VisitKind::induction, places_.front().start);
}

/// The visits at places_ as what is left of the induction.
void ClinicRun::lay_series(Slot slot, Instant wanted) {
    const Patient& p = patients_[slot];
    series_[slot].clear();
    for (std::size_t k = places_.size(); k-- > 0;) {
        const auto [start, chair] = places_[k];
        series_[slot].push_back({k == 0 ? wanted : start, start, VisitKind::induction, chair,
                                 visit_plan(p, p.visits + k == 0).slot});
    }
}

void ClinicRun::break_series(Slot slot) {
    Bookings& b = bookings_[slot];
    const Patient& p = patients_[slot];
    const bool induction = p.stage_kind == StageKind::induction;
    if (induction && b.broken) return;
    b.broken = induction;
    sink_.on(SeriesBroken{now(), p.id, p.group});
}

}  // namespace clinicsim
