// The lists of those who wait for a time or for an earlier one, and the calls about times that were
// released.
#include <algorithm>
#include <tuple>

#include "run.hpp"

namespace clinicsim {

void ClinicRun::wait_for_place(Slot slot, Line line, Instant wanted, VisitKind kind, bool tell) {
    bool& waits = bookings_[slot].waits[static_cast<std::size_t>(line)];
    if (waits) return;  // and keeps its place in the list
    waits = true;
    const Patient& p = patients_[slot];
    unbooked_.insert({model_.clinic.rank[static_cast<std::size_t>(kind)], wanted, ++list_serial_,
                      slot, p.id, line, kNever});
    if (tell) sink_.on(NoPlaceFound{now(), wanted, p.id, p.group, kind});
}

/// Who has to come later than wanted may be called about an earlier time, for a series or a pair
/// that has not begun.
void ClinicRun::enlist(Slot slot, Line line, Instant wanted, VisitKind kind, Instant booked) {
    if (!rules_->waiting_list || days_between(wanted, booked) <= 0) return;
    if (line == Line::planned && !rules_->waiting_list->planned_boosters) return;
    const Patient& p = patients_[slot];
    if (p.pair_left > 0) return;
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
            if (b.series_wanted != entry.wanted) return false;
            if (entry.booked == kNever) return waits;
            return p.visit_of_series == 0 && !series_[entry.slot].empty() &&
                   series_[entry.slot].back().booked == entry.booked;
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
    schedule(now() + Days{1}, Phase::change, Happening::opening, kNewDay);
    if (rules_->held > 0 && now() > kRunStart) {
        const auto day = (now() - kRunStart) / Days{1};
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
        // the earliest first, so that who takes one of several brings all forward as far as it goes
        const auto first = std::min_element(
            released_.begin(), released_.end(), [](const Released& a, const Released& b) {
                return std::tie(a.start, a.site) < std::tie(b.start, b.site);
            });
        const auto [start, site] = *first;
        released_.erase(first);
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
        if (!is_current(*at)) {
            at = would_come_earlier_.erase(at);
            continue;
        }
        const InList entry = *at;
        if (!could_come_at(entry, start, site)) {
            ++at;
            continue;
        }
        ++calls;
        at = would_come_earlier_.erase(at);
        if (!chance(list.accepts, patients_[entry.slot], Purpose::waiting_list_call,
                    ++bookings_[entry.slot].calls))
            continue;
        return move_up(entry);
    }
}

/// All that the patient has in this line of the book, in order of time.
std::vector<Request> ClinicRun::booked_in(Slot slot, Line line) const {
    const Bookings& b = bookings_[slot];
    std::vector<Request> visits;
    switch (line) {
        case Line::series:
            visits.assign(series_[slot].rbegin(), series_[slot].rend());
            break;
        case Line::request:
            visits = b.rest;
            visits.insert(visits.begin(), patients_[slot].request);
            break;
        case Line::planned:
            visits = b.planned_rest;
            visits.insert(visits.begin(), planned_visit(patients_[slot]));
            break;
    }
    return visits;
}

/// Whether the patient likes this time, a day earlier at least, and the rest of the series or pair
/// can follow it with its spacing, no visit of it on a later day. If so, places_ has all of it.
bool ClinicRun::could_come_at(const InList& entry, Instant start, SiteId site) {
    if (days_between(start, entry.booked) <= 0 || earliest_booking(entry.wanted) > start)
        return false;
    const Patient& p = patients_[entry.slot];
    const std::vector<Request> visits = booked_in(entry.slot, entry.line);
    const bool first = p.visits == 0;
    if (site != usual_site(p, first, p.visits > 0 || visits.size() > 1)) return false;
    AppointmentBook::Wish wish{visits.front().length};
    wish.urgent = visits.front().kind == VisitKind::rescue;
    wish.kinds = visit_plan_at(site, p, first).in_book;
    if (const Preference* likes = preference_of(entry.slot); likes != nullptr && !wish.urgent) {
        wish.weekdays = likes->weekdays;
        wish.hours = likes->hours;
    }
    // what the patient has now lies on later days and is not in the way
    const auto kind = books_[site].fits(wish, start, now());
    if (!kind) return false;
    places_.assign(1, {start, kind_at(site, *kind)});
    if (visits.size() == 1) return true;

    wish.length = visits.back().length;
    wish.kinds = visit_plan_at(site, p, false).in_book;
    // but the rest may take any of the times that would be given back
    for (const Request& visit : visits)
        book_of(visit.chair).give_back({visit.booked, in_book(visit.chair)}, visit.length);
    const bool found = find_rest_after(start, site, wish, entry, visits);
    for (const Request& visit : visits) take(visit);
    return found;
}

/// Adds to places_ what comes after its first.
bool ClinicRun::find_rest_after(Instant start, SiteId site, const AppointmentBook::Wish& wish,
                                const InList& entry, const std::vector<Request>& visits) {
    const Patient& p = patients_[entry.slot];
    const auto rest = static_cast<std::uint32_t>(visits.size() - 1);
    const bool series = entry.line == Line::series;
    const DaysApart apart =
        series ? series_spacing_[model_.patients.conditions[p.group.condition].induction.value()]
               : plan_of(p).pair;
    const std::int64_t within = series ? rules_->series_within.count() : (rest + 1) * apart.most;
    const Instant earliest = morning_of(start) + Days{apart.least};
    const Instant latest = visits.back().booked;
    const auto add = [&](const AppointmentBook::Place& place) {
        places_.push_back({place.start, kind_at(site, place.kind)});
    };
    if (rest == 1) {
        const auto place = books_[site].find(wish, earliest, latest, now());
        if (place.start != kNever) add(place);
    } else {
        for (const auto& place : books_[site].find_series(
                 {rest, wish, wish, apart.least, apart.most, within - apart.least}, earliest,
                 latest, now()))
            add(place);
    }
    if (places_.size() != visits.size() || days_between(start, places_[1].start) > apart.most ||
        days_between(start, places_.back().start) > within)
        return false;
    for (std::size_t k = 1; k < visits.size(); ++k) {
        const std::int64_t earlier_by = days_between(places_[k].start, visits[k].booked);
        if (earlier_by < 0) return false;
        // who comes on the day anyway comes at the time that is known
        if (earlier_by == 0 && model_.clinic.site_of(visits[k].chair) == site)
            places_[k] = {visits[k].booked, visits[k].chair};
    }
    return true;
}

/// To places_, whole.
void ClinicRun::move_up(const InList& entry) {
    Patient& p = patients_[entry.slot];
    Bookings& b = bookings_[entry.slot];
    const std::vector<Request> before = booked_in(entry.slot, entry.line);
    if (entry.line == Line::series) {
        lay_series(entry.slot, entry.wanted);
    } else {
        const bool planned = entry.line == Line::planned;
        (planned ? p.planned_slot : p.request.booked) = places_.front().start;
        (planned ? p.planned_chair : p.request.chair) = places_.front().kind;
        auto& rest = planned ? b.planned_rest : b.rest;
        for (std::size_t k = 1; k < places_.size(); ++k) {
            rest[k - 1].booked = places_[k].start;
            rest[k - 1].chair = places_[k].kind;
        }
    }
    b.made[static_cast<std::size_t>(entry.line)] = now();
    const std::vector<Request> after = booked_in(entry.slot, entry.line);
    const auto stays = [&](std::size_t k) {
        return after[k].booked == before[k].booked && after[k].chair == before[k].chair;
    };
    for (std::size_t k = 0; k < before.size(); ++k)
        if (!stays(k)) release(entry.slot, before[k], ReleasedBecause::moved_up);
    for (std::size_t k = 0; k < after.size(); ++k) {
        if (stays(k)) continue;
        take(after[k]);
        sink_.on(BookingMade{now(), after[k].wanted, after[k].booked, p.id, p.group,
                             before.front().kind});
    }
    sink_.on(SlotRefilled{now(), after.front().booked, p.id, p.group, before.front().kind});
    set_alarm(p);
}

}  // namespace clinicsim
