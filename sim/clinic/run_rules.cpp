// Booking by the rules of clinic.booking: a series whole, with its spacing; preferences; the list
// of those who wait for a time, and the calls about times that were released.
#include <algorithm>
#include <cmath>

#include "run.hpp"

namespace clinicsim {
namespace {

constexpr Duration kDay = Days{1};

Instant morning_of(Instant at) { return kRunStart + Days{(at - kRunStart) / kDay}; }
std::int64_t days_between(Instant from, Instant to) {
    return (morning_of(to) - morning_of(from)) / kDay;
}

}  // namespace

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
    for (std::size_t k = 0; k < places_.size(); ++k) {
        const auto [start, chair] = places_[k];
        const Duration length = visit_plan(p, p.visits + k == 0).slot;
        series_[slot].push_back(
            {k == 0 ? wanted : start, start, VisitKind::induction, chair, length});
        take(series_[slot].back());
        sink_.on(BookingMade{now(), series_[slot].back().wanted, start, p.id, p.group,
                             VisitKind::induction});
    }
    std::reverse(series_[slot].begin(), series_[slot].end());
}

void ClinicRun::break_series(Slot slot) {
    Bookings& b = bookings_[slot];
    const Patient& p = patients_[slot];
    const bool induction = p.stage_kind == StageKind::induction;
    if (induction && b.broken) return;
    b.broken = induction;
    sink_.on(SeriesBroken{now(), p.id, p.group});
}

// --- the lists -----------------------------------------------------------------------------------

void ClinicRun::wait_for_place(Slot slot, Line line, Instant wanted, VisitKind kind, bool tell) {
    bool& waits = bookings_[slot].waits[static_cast<std::size_t>(line)];
    if (waits) return;  // and keeps its place in the list
    waits = true;
    const Patient& p = patients_[slot];
    unbooked_.insert({model_.clinic.rank[static_cast<std::size_t>(kind)], wanted, ++list_serial_,
                      slot, p.id, line, kNever});
    if (tell) sink_.on(NoPlaceFound{now(), wanted, p.id, p.group, kind});
}

/// Who has to come later than wanted may be called about an earlier time. A pair or a series is
/// not: one earlier visit would break its spacing.
void ClinicRun::enlist(Slot slot, Line line, Instant wanted, VisitKind kind, Instant booked) {
    if (!rules_->waiting_list || days_between(wanted, booked) <= 0) return;
    const Patient& p = patients_[slot];
    if (p.pair_left > 0 || policy_of(p).infusions > 1) return;
    would_come_earlier_.insert({model_.clinic.rank[static_cast<std::size_t>(kind)], wanted,
                                ++list_serial_, slot, p.id, line, booked});
}

/// Whether the patient is there and still has, or still waits for, what the entry says.
bool ClinicRun::is_current(const InList& entry) const {
    const Patient& p = patients_[entry.slot];
    if (!p.present || p.id != entry.id) return false;
    const Bookings& b = bookings_[entry.slot];
    const bool waits = b.waits[static_cast<std::size_t>(entry.line)];
    switch (entry.line) {
        case Line::series:
            return waits && b.series_wanted == entry.wanted;
        case Line::request:
            return p.request.wanted == entry.wanted && p.request.booked == entry.booked &&
                   (waits || entry.booked != kNever);
        case Line::planned:
            return p.planned_due == entry.wanted && p.planned_slot == entry.booked &&
                   (waits || entry.booked != kNever);
    }
    return false;
}

/// Midnight: the book reaches a day farther.
void ClinicRun::turn_page() {
    schedule(now() + kDay, Phase::change, Happening::opening, kNewDay);
    if (rules_->held > 0 && now() > kRunStart) {
        const auto day = (now() - kRunStart) / kDay;
        for (SiteId site = 0; site < books_.size(); ++site) {
            AppointmentBook& book = books_[site];
            const AppointmentBook::Held held = book.held_on(day - 1);
            if (held.held > Duration::zero())
                sink_.on(HeldTimePassed{now(), held.held, held.promised});
            if (tells_phases_)
                for (const AppointmentBook::Unused& unused : book.unused_held_on(day - 1))
                    sink_.on(HeldTimeUnused{unused.from, unused.to, unused.chairs, site});
        }
    }
    place_waiting();
}

/// Everybody without a time, in their order. Who is like one for whom there was no place need not
/// try.
void ClinicRun::place_waiting() {
    using Alike = std::tuple<Line, std::uint8_t, std::uint8_t, std::uint32_t, std::size_t, bool,
                             SiteId, bool>;
    std::vector<Alike> failed;
    for (auto at = unbooked_.begin(); at != unbooked_.end();) {
        if (!is_current(*at)) {
            at = unbooked_.erase(at);
            continue;
        }
        const auto [slot, line, wanted] = std::tuple{at->slot, at->line, at->wanted};
        Patient& p = patients_[slot];
        if (earliest_booking(wanted) > farthest()) {
            ++at;
            continue;
        }
        const Alike alike{line,
                          p.group.condition,
                          p.policy,
                          line == Line::series ? p.visit_of_series : p.pair_left,
                          bookings_[slot].preference,
                          p.visits == 0,
                          goes_on(p) ? p.site : p.group.home,
                          stays(slot)};
        if (wanted <= now() && std::find(failed.begin(), failed.end(), alike) != failed.end()) {
            ++at;
            continue;
        }
        switch (line) {
            case Line::series:
                book_series_by_rules(slot, wanted, now());
                break;
            case Line::request:
                book_visit_by_rules(slot, earliest_booking(wanted));
                break;
            case Line::planned:
                book_planned(slot, earliest_booking(wanted));
                break;
        }
        if (p.present) set_alarm(p);
        if (is_current(*at)) {
            // who was asked just now and will not go elsewhere says nothing of the others
            if (wanted <= now() && std::get<7>(alike) == stays(slot)) failed.push_back(alike);
            ++at;
        } else {
            at = unbooked_.erase(at);
        }
    }
}

void ClinicRun::refill() {
    if (!unbooked_.empty()) place_waiting();
    while (!released_.empty()) {
        const auto [start, site] = released_.back();
        released_.pop_back();
        if (rules_->waiting_list) call_about(start, site);
    }
}

/// Offers a released time to those who have to wait longest, until one accepts it. Nobody is called
/// twice about the same booking: or one cancellation would move half the book, day by day. Nor
/// about a time at a site that is not their usual one.
void ClinicRun::call_about(Instant start, SiteId site) {
    const WaitingListPlan& list = *rules_->waiting_list;
    if (start < later(now(), list.notice)) return;
    std::uint32_t calls = 0;
    for (auto at = would_come_earlier_.begin();
         at != would_come_earlier_.end() && calls < list.calls;) {
        const Slot slot = at->slot;
        if (!is_current(*at)) {
            at = would_come_earlier_.erase(at);
            continue;
        }
        Patient& p = patients_[slot];
        const Line line = at->line;
        const bool planned = line == Line::planned;
        const Request visit = planned ? planned_visit(p) : p.request;
        AppointmentBook::Wish wish{visit.length};
        wish.urgent = visit.kind == VisitKind::rescue;
        wish.kinds = visit_plan_at(site, p, p.visits == 0).in_book;
        // a day earlier at least, and a time that the patient likes
        if (const Preference* likes = preference_of(slot); likes != nullptr && !wish.urgent) {
            wish.weekdays = likes->weekdays;
            wish.hours = likes->hours;
        }
        if (days_between(start, at->booked) <= 0 || earliest_booking(at->wanted) > start ||
            site != usual_site(p, p.visits == 0, p.visits > 0)) {
            ++at;
            continue;
        }
        const auto kind = books_[site].fits(wish, start, now());
        if (!kind) {
            ++at;
            continue;
        }
        ++calls;
        at = would_come_earlier_.erase(at);
        if (!chance(list.accepts, p, Purpose::waiting_list_call, ++bookings_[slot].calls)) continue;
        const ChairKindId chair = kind_at(site, *kind);
        take({visit.wanted, start, visit.kind, chair, visit.length});
        (planned ? p.planned_slot : p.request.booked) = start;
        (planned ? p.planned_chair : p.request.chair) = chair;
        bookings_[slot].made[static_cast<std::size_t>(line)] = now();
        release(slot, visit, ReleasedBecause::moved_up);
        sink_.on(BookingMade{now(), visit.wanted, start, p.id, p.group, visit.kind});
        sink_.on(SlotRefilled{now(), start, p.id, p.group, visit.kind});
        set_alarm(p);
        return;
    }
}

}  // namespace clinicsim
