#include "clinicsim/clinic/roster.hpp"

#include <algorithm>
#include <vector>

#include "clinicsim/clinic/opening_hours.hpp"
#include "clinicsim/random/engine.hpp"

namespace clinicsim {
namespace {

bool works_on(const Shift& shift, Date date, std::chrono::weekday weekday) {
    if (shift.days && !(*shift.days)[weekday.c_encoding()]) return false;
    if ((shift.from && date < *shift.from) || (shift.until && *shift.until < date)) return false;
    return std::none_of(shift.away.begin(), shift.away.end(), [&](const auto& leave) {
        return leave.first <= date && date <= leave.second;
    });
}

/// The stretches of the day on which the shift works.
std::vector<DayHours> hours_of(const Shift& shift, const OpeningRule& open,
                               std::chrono::weekday weekday) {
    if (!shift.hours)
        return open.always ? std::vector<DayHours>{{Duration{}, Days{1}}}
                           : open.week[weekday.c_encoding()];
    if (!shift.pause) return {*shift.hours};
    return {{shift.hours->from, shift.pause->from}, {shift.pause->to, shift.hours->to}};
}

std::uint32_t well_people(const StaffGroup& of, StaffGroupId group, std::size_t shift,
                          std::int64_t day, const SickDays& sick) {
    std::uint32_t well = 0;
    for (std::uint32_t person = 0; person < of.shifts[shift].people; ++person) {
        const auto who = static_cast<std::uint32_t>(group) << 24 |
                         static_cast<std::uint32_t>(shift) << 12 | person;
        Engine e{{sick.seed, sick.replication, who, Purpose::sick_leave,
                  static_cast<std::uint64_t>(day)}};
        well += !happens(of.sick, e);
    }
    return well;
}

}  // namespace

const char* name(VisitPhase phase) {
    switch (phase) {
        case VisitPhase::preparation:
            return "preparation";
        case VisitPhase::infusion:
            return "infusion";
        case VisitPhase::recovery:
            return "recovery";
        case VisitPhase::turnover:
            return "turnover";
    }
    return "";
}

CapacityCalendar on_duty(const ClinicPlan& clinic, StaffGroupId group, const Dates& dates,
                         Instant until, const std::optional<SickDays>& sick) {
    const StaffGroup& of = clinic.staff[group];
    if (of.is_equipment()) return CapacityCalendar{{{kRunStart, of.devices}}};
    const OpeningRule& open = clinic.open_at(of.site);
    const std::int64_t days = (until - kRunStart) / Days{1} + 1 + kCalendarMargin.count();
    std::vector<CapacityStep> steps;
    for (std::int64_t day = 0; day < days; ++day) {
        const Instant midnight = kRunStart + Days{day};
        const Date date = dates.date_of(midnight);
        if (!open.always && is_closed(open, date)) continue;
        const std::chrono::weekday weekday = dates.weekday_of(midnight);
        for (std::size_t shift = 0; shift < of.shifts.size(); ++shift) {
            if (!works_on(of.shifts[shift], date, weekday)) continue;
            const std::uint32_t people = sick && of.sick > 0
                                             ? well_people(of, group, shift, day, *sick)
                                             : of.shifts[shift].people;
            for (const DayHours& part : hours_of(of.shifts[shift], open, weekday)) {
                steps.push_back({midnight + part.from, people});
                steps.push_back({midnight + part.to, -std::int64_t{people}});
            }
        }
    }
    return summed(std::move(steps));
}

}  // namespace clinicsim
