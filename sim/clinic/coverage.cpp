#include "clinicsim/clinic/coverage.hpp"

#include <algorithm>
#include <vector>

#include "clinicsim/clinic/chair_calendar.hpp"

namespace clinicsim {
namespace {

/// What a visit takes of a group on average from its start to its end, in parts, and whether it
/// needs the group at all.
struct Use {
    double parts = 0;
    bool needed = false;
    bool by_all = false;  // conditions
};

Use use_of(const VisitParts& parts, StaffGroupId group) {
    const std::array phases{&parts.preparation, &parts.infusion, &parts.recovery, &parts.turnover};
    Use use;
    double length = 0, taken = 0;
    for (std::size_t i = 0; i < kVisitPhases; ++i) {
        length += mean(*phases[i]);
        for (const Need& need : parts.needs[i])
            if (need.group == group) {
                use.needed = true;
                taken += mean(*phases[i]) * need.parts;
            }
    }
    if (length > 0) use.parts = taken / length;
    return use;
}

/// Over the conditions by their shares; of first visits and later ones the more demanding.
Use use_of(const ClinicPlan& clinic, const PatientMix& patients, StaffGroupId group) {
    Use all{.by_all = true};
    for (std::size_t c = 0; c < clinic.visits.size(); ++c) {
        const Use first = use_of(clinic.visits[c].first, group);
        const Use later = use_of(clinic.visits[c].later, group);
        all.needed |= first.needed || later.needed;
        all.by_all &= first.needed || later.needed;
        all.parts += patients.conditions[c].share * std::max(first.parts, later.parts);
    }
    return all;
}

std::uint32_t visits_for(std::uint32_t people, const Use& use) {
    // who does not need them may come when nobody of them is there
    if (people == 0) return use.by_all ? 0 : kUnlimited;
    if (use.parts == 0) return kUnlimited;
    // a hair more than whole numbers of people give, so that a third of one is three
    const double visits = people * static_cast<double>(kWhole) / use.parts * (1 + 1e-9);
    return visits < kUnlimited ? static_cast<std::uint32_t>(visits) : kUnlimited;
}

}  // namespace

CapacityCalendar bookable_visits(const ClinicPlan& clinic, const PatientMix& patients,
                                 const Dates& dates, Instant until, SiteId site,
                                 const std::optional<SickDays>& sick) {
    struct Limit {
        CapacityCalendar calendar;
        Use use;
    };
    std::vector<CapacityCalendar> chairs;
    std::vector<Limit> staff;
    std::vector<Instant> instants{kRunStart};
    const auto note = [&](const CapacityCalendar& calendar) {
        for (const auto& change : calendar.changes()) instants.push_back(change.at);
    };
    if (clinic.chairs)
        for (std::size_t kind = 0; kind < clinic.kinds_of_chairs(); ++kind) {
            if (clinic.site_of(kind) != site) continue;
            chairs.push_back(chairs_over_time(clinic, kind, dates, until));
            note(chairs.back());
        }
    for (StaffGroupId group = 0; group < clinic.staff.size(); ++group) {
        if (clinic.staff[group].site != site) continue;
        // needs name the group at the first site
        const Use use = use_of(clinic, patients, static_cast<StaffGroupId>(group - site));
        if (!use.needed) continue;
        staff.push_back({on_duty(clinic, group, dates, until, sick), use});
        note(staff.back().calendar);
    }
    std::sort(instants.begin(), instants.end());
    std::vector<CapacityCalendar::Change> changes;
    for (const Instant at : instants) {
        std::uint32_t visits = clinic.chairs ? 0 : kUnlimited;
        for (const CapacityCalendar& kind : chairs) visits += kind.at(at);
        for (const Limit& limit : staff)
            visits = std::min(visits, visits_for(limit.calendar.at(at), limit.use));
        if (changes.empty() || changes.back().capacity != visits) changes.push_back({at, visits});
    }
    return CapacityCalendar{std::move(changes)};
}

}  // namespace clinicsim
