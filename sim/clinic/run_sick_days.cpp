// The morning of a day on which staff are sick (clinic.on_sick_days: call_off): the book of the day
// is cut to what those who are there can carry, and who loses the time gets another.
#include <algorithm>

#include "clinicsim/base/check.hpp"
#include "run.hpp"

namespace clinicsim {

/// Of the first day from `midnight` on with open doors: kSickCallAhead of that, and not on the day
/// before.
Instant ClinicRun::sick_call_after(SiteId site, Instant midnight) const {
    const Instant opens = std::max(midnight, hours_[site].stretch_at_or_after(midnight).from);
    return opens == kNever ? kNever : std::max(morning_of(opens), opens - kSickCallAhead);
}

/// On the day of `on`, some whom visits at the site need are on duty by the roster and are not.
bool ClinicRun::staff_are_sick(SiteId site, Instant on) const {
    if (rostered_.empty()) return false;
    GroupSet needed = 0;
    for (std::size_t plan = site; plan < visit_plans_.size(); plan += sites_)
        needed |= visit_plans_[plan].first.groups_from[0] | visit_plans_[plan].later.groups_from[0];
    const Instant tomorrow = morning_of(on) + Days{1};
    bool sick = false;
    StaffLevels::for_each(needed, [&](StaffGroupId group) {
        const CapacityCalendar &planned = rostered_[group], &there = on_duty_[group];
        for (Instant at = morning_of(on); at < tomorrow && !sick;
             at = std::min(planned.next(at).at, there.next(at).at))
            sick = planned.at(at) != there.at(at);
    });
    return sick;
}

/// The patients of the site with a time from now until `end`. Who is here already is not called.
std::vector<Claim> ClinicRun::claims_until(Instant end, SiteId site) const {
    std::vector<Claim> claims;
    for (Slot slot = 0; slot < patients_.size(); ++slot) {
        const Patient& p = patients_[slot];
        if (!p.present || p.where != Patient::Where::home) continue;
        const auto claim = [&](Line line, const Request& visit) {
            if (visit.booked <= now() || visit.booked >= end) return;
            if (model_.clinic.site_of(visit.chair) != site) return;
            claims.push_back({model_.clinic.rank[static_cast<std::size_t>(visit.kind)], !goes_on(p),
                              visit.wanted, p.id, slot, line});
        };
        if (!series_[slot].empty()) claim(Line::series, series_[slot].back());
        claim(Line::request, p.request);
        claim(Line::planned, planned_visit(p));
    }
    std::sort(claims.begin(), claims.end());
    return claims;
}

/// What the patient has in this line until then; without rules a series may have two visits on a
/// day.
std::vector<Request> ClinicRun::visits_of(const Claim& claim, Instant until) const {
    const Patient& p = patients_[claim.slot];
    std::vector<Request> visits;
    switch (claim.line) {
        case Line::series:
            for (auto visit = series_[claim.slot].rbegin();
                 visit != series_[claim.slot].rend() && visit->booked < until; ++visit)
                visits.push_back(*visit);
            break;
        case Line::request:
            visits.push_back(p.request);
            break;
        case Line::planned:
            visits.push_back(planned_visit(p));
            break;
    }
    return visits;
}

/// Takes the times again if all of them are still to be had. Time held for rescues was free to who
/// has it.
bool ClinicRun::keeps_its_time(const std::vector<Request>& visits) {
    for (std::size_t k = 0; k < visits.size(); ++k) {
        const std::array kind{in_book(visits[k].chair)};
        const AppointmentBook::Wish wish{visits[k].length, kWholeDay, kAnyDay, true, kind};
        AppointmentBook& book = book_of(visits[k].chair);
        if (book.fits(wish, visits[k].booked, now())) {
            take(visits[k]);
            continue;
        }
        while (k-- > 0)
            book.give_back({visits[k].booked, in_book(visits[k].chair)}, visits[k].length);
        return false;
    }
    return true;
}

void ClinicRun::sick_call(SiteId site) {
    const Instant tomorrow = morning_of(now()) + Days{1};
    schedule(sick_call_after(site, tomorrow), Phase::change, Happening::opening, kSickCall + site);
    if (!staff_are_sick(site, now())) return;
    sickness_known_[site] = tomorrow;
    AppointmentBook& book = books_[site];
    book.limits_changed(morning_of(now()), tomorrow);

    const std::vector<Claim> claims = claims_until(tomorrow, site);
    for (const Claim& claim : claims)
        for (const Request& visit : visits_of(claim, tomorrow))
            book.give_back({visit.booked, in_book(visit.chair)}, visit.length);
    std::vector<Claim> off;
    for (const Claim& claim : claims)
        if (!keeps_its_time(visits_of(claim, tomorrow))) off.push_back(claim);
    for (const Claim& claim : off) call_off(claim, tomorrow);
}

/// Who has given the times until `until` back already. Nobody else is offered them.
void ClinicRun::call_off(const Claim& claim, Instant until) {
    Patient& p = patients_[claim.slot];
    const std::vector<Request> visits = visits_of(claim, until);
    for (const Request& visit : visits)
        sink_.on(BookingReleased{now(), visit.booked, p.id, p.group, visit.kind,
                                 ReleasedBecause::staff_sick});
    switch (claim.line) {
        case Line::series:
            series_[claim.slot].resize(series_[claim.slot].size() - visits.size());
            book_series(claim.slot, claim.wanted, now());
            break;
        case Line::request:
            p.request.booked = kNever;
            if (rules_ != nullptr) unbook(claim.slot, ReleasedBecause::series_moved);
            book_anew(claim.slot, now());
            break;
        case Line::planned:
            p.planned_slot = kNever;
            unbook_planned(p, ReleasedBecause::series_moved);
            book_planned(claim.slot, now());
            break;
    }
    check_called_off(claim);
    if (p.present) set_alarm(p);
}

}  // namespace clinicsim
