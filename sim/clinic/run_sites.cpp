// Several sites: at which of them a visit takes place. Without `sites` there is one, and its book.
#include <algorithm>
#include <cmath>

#include "clinicsim/clinic/chair_calendar.hpp"
#include "clinicsim/clinic/coverage.hpp"
#include "clinicsim/clinic/roster.hpp"
#include "clinicsim/clinic/sites.hpp"
#include "run.hpp"

namespace clinicsim {
namespace {

bool counts_staff_by_phase(const ClinicPlan& clinic) {
    if (clinic.access != Access::booked || clinic.staff.empty()) return false;
    return !clinic.booking ||
           (!clinic.booking->staff_on_average && clinic.booking->template_.empty());
}

AppointmentBook::LimitAt constant_limit(std::uint32_t number) {
    return [number](Instant) { return AppointmentBook::Limit{number, kNever}; };
}

AppointmentBook::LimitAt limit_by(CapacityCalendar calendar) {
    return [calendar = std::move(calendar)](Instant at) {
        return AppointmentBook::Limit{calendar.at(at), calendar.next(at).at};
    };
}

}  // namespace

double TransferPlan::chance(Duration travel) const {
    if (!halves_every) return accepts;
    return accepts * std::exp2(-in_hours(travel) / in_hours(*halves_every));
}

void ClinicRun::lay_out_sites() {
    const ClinicPlan& clinic = model_.clinic;
    sickness_known_.assign(sites_, kRunStart);
    const std::size_t kinds = clinic.kinds_of_chairs();
    first_kind_.assign(sites_, 0);
    for (std::size_t kind = kinds; kind-- > 0;)
        first_kind_[clinic.site_of(kind)] = static_cast<ChairKindId>(kind);
    for (std::size_t plan = 0; plan < visit_plans_.size(); ++plan)
        for (VisitPlan* of : {&visit_plans_[plan].first, &visit_plans_[plan].later}) {
            of->kinds = kinds_at(clinic, of->parts, static_cast<SiteId>(plan % sites_));
            for (const ChairKindId kind : of->kinds) of->in_book.push_back(in_book(kind));
        }
    for (SiteId site = 0; site < sites_; ++site) {
        near_.push_back(nearest_sites(clinic, site));
        books_.emplace_back(book_limits(site), hours_[site], clinic.booking.value_or(BookingPlan{}),
                            model_.dates.weekday_of(kRunStart).c_encoding());
        if (counts_staff_by_phase(clinic)) count_staff_in_book(site);
    }
}

/// What each kind of visit takes of whom, in cells of the book: where two phases share a cell, what
/// the more demanding one does.
void ClinicRun::count_staff_in_book(SiteId site) {
    const Duration grid = books_[site].grid();
    std::vector<AppointmentBook::LimitAt> people;
    for (StaffGroupId group = 0; group < staff_.size(); ++group)
        people.push_back(calls_off() ? limit_as_known(site, rostered_[group], on_duty_[group])
                                     : limit_by(on_duty(model_.clinic, group, model_.dates, end_)));
    std::vector<std::pair<Duration, std::vector<AppointmentBook::StaffUse>>> uses;
    const auto add = [&](const VisitPlan& plan) {
        const auto cells = static_cast<std::size_t>(
            std::max<std::int64_t>(1, (plan.slot + grid - Duration{1}) / grid));
        auto& [length, of_groups] = uses.emplace_back();
        length = plan.slot;
        of_groups.assign(staff_.size(),
                         {std::vector<std::uint32_t>(cells), std::vector<bool>(cells)});
        for (std::size_t phase = 0; phase < kVisitPhases; ++phase) {
            const Duration ends = phase + 1 < kVisitPhases
                                      ? plan.begins[phase + 1]
                                      : plan.begins[phase] + from_ticks(mean(plan.parts.turnover));
            const auto first = static_cast<std::size_t>(plan.begins[phase] / grid);
            const auto end = static_cast<std::size_t>((ends + grid - Duration{1}) / grid);
            for (const Need& need : plan.parts.needs[phase]) {
                AppointmentBook::StaffUse& use = of_groups[need.group];
                for (std::size_t cell = first; cell < std::min(end, cells); ++cell)
                    use.parts[cell] = std::max(use.parts[cell], need.parts);
                // present: when the phase starts
                if (need.parts == 0 && first < cells) use.present[first] = true;
            }
        }
    };
    for (std::size_t plan = site; plan < visit_plans_.size(); plan += sites_) {
        add(visit_plans_[plan].first);
        add(visit_plans_[plan].later);
    }
    books_[site].count_staff(std::move(people), std::move(uses));
}

/// As planned, and on the day that they are called off for, as it is.
AppointmentBook::LimitAt ClinicRun::limit_as_known(SiteId site, CapacityCalendar planned,
                                                   CapacityCalendar there) const {
    return [&known = sickness_known_[site], planned = std::move(planned),
            there = std::move(there)](Instant at) {
        const bool is_known = at < known;
        const CapacityCalendar& of = is_known ? there : planned;
        const Instant until = of.next(at).at;
        return AppointmentBook::Limit{of.at(at), is_known ? std::min(until, known) : until};
    };
}

/// As planned: nobody knows of a breakdown when a visit is booked.
std::vector<AppointmentBook::LimitAt> ClinicRun::book_limits(SiteId site) const {
    const ClinicPlan& clinic = model_.clinic;
    const bool stays = !booked_ || (clinic.changes.empty() && clinic.staff.empty());
    const bool by_phase = counts_staff_by_phase(clinic);
    const auto all = [&] {
        if (by_phase) return constant_limit(kUnlimited);  // the book counts the staff itself
        const auto visits = [&](const std::optional<SickDays>& sick) {
            return bookable_visits(clinic, model_.patients, model_.dates, end_, site, sick);
        };
        if (!calls_off()) return limit_by(visits({}));
        return limit_as_known(site, visits({}), visits(SickDays{model_.seed, replication_}));
    };
    std::vector<AppointmentBook::LimitAt> limits;
    for (std::size_t kind = 0; kind < clinic.kinds_of_chairs(); ++kind) {
        if (clinic.site_of(kind) != site) continue;
        if (!clinic.chairs || stays)
            limits.push_back(
                constant_limit(clinic.chairs ? clinic.chairs_at_start(kind) : kUnlimited));
        else
            limits.push_back(limit_by(chairs_over_time(clinic, kind, model_.dates, end_)));
    }
    if (limits.size() > 1)
        limits.push_back(all());
    else if (!stays && !by_phase)
        limits.front() = all();
    return limits;
}

bool ClinicRun::has_chairs(SiteId site, const Patient& p, bool first, bool later) const {
    return (!first || !visit_plan_at(site, p, true).kinds.empty()) &&
           (!later || !visit_plan_at(site, p, false).kinds.empty());
}

/// The site next to the patient's home that has chairs for a first visit, a later one, or both.
SiteId ClinicRun::usual_site(const Patient& p, bool first, bool later) const {
    if (sites_ == 1) return 0;
    const auto& near = near_[p.group.home];
    const auto site = std::find_if(near.begin(), near.end(),
                                   [&](SiteId one) { return has_chairs(one, p, first, later); });
    CLINICSIM_CHECK(site != near.end(), "every visit has a site that it fits", Scene{now(), p.id});
    return *site;
}

/// Whether the patient has refused to go elsewhere for the next visit.
bool ClinicRun::stays(Slot slot) const {
    return sites_ > 1 && bookings_[slot].stays_for == attempt_of(patients_[slot]);
}

/// Where places_ at the usual site come late, or are none: the earliest at another site that is a
/// day earlier at least, if the patient accepts it. Nobody is asked twice about a visit.
void ClinicRun::look_elsewhere(Slot slot, VisitKind kind, SiteId usual,
                               const AppointmentBook::SeriesWish& wish, Instant wanted,
                               Instant earliest) {
    const Patient& p = patients_[slot];
    const TransferPlan& plan = *rules_->transfers;
    const Instant here = places_.empty() ? kNever : places_.front().start;
    if (here <= later(std::max(wanted, earliest), plan.after) || stays(slot)) return;
    const auto day_of = [](Instant at) { return (at - kRunStart) / Days{1}; };
    Places best;
    SiteId to = usual;
    for (const SiteId site : near_[usual]) {
        if (site == usual || !has_chairs(site, p, p.visits == 0, p.visits > 0 || wish.visits > 1))
            continue;
        Places found = places_at(site, slot, wish, earliest);
        if (found.empty() || day_of(found.front().start) >= day_of(here)) continue;
        if (!best.empty() && found.front().start >= best.front().start) continue;
        best = std::move(found);
        to = site;
    }
    if (best.empty()) return;
    const bool accepts = chance(plan.chance(model_.clinic.sites[p.group.home].travel[to]), p,
                                Purpose::transfer, attempt_of(p));
    sink_.on(TransferOffered{now(), p.id, p.group, kind, to, accepts});
    if (accepts)
        places_ = std::move(best);
    else
        bookings_[slot].stays_for = attempt_of(p);
}

}  // namespace clinicsim
