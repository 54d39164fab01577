// Opening hours against the shifts of those whom visits need.
#include <algorithm>
#include <map>

#include "clinicsim/clinic/sites.hpp"
#include "places.hpp"
#include "quantities.hpp"
#include "read_staff.hpp"

namespace clinicsim::reading {
namespace {

std::string clock(Duration of_day) {
    const auto minute = std::chrono::duration_cast<minutes>(of_day).count();
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(minute / 60) + ":" + two(minute % 60);
}

bool is_needed(const ClinicPlan& clinic, std::size_t name) {
    const StaffGroupId first = first_group(clinic, name);
    for (const auto& visits : clinic.visits)
        for (const VisitParts* parts : {&visits.first, &visits.later})
            for (const auto& needs : parts->needs)
                for (const Need& need : needs)
                    if (need.group == first) return true;
    return false;
}

/// From the first to come until the last to leave on a weekday; leave and dates are left out.
/// Nothing where nobody works.
std::optional<DayHours> on_duty_on(const StaffGroup& group, std::size_t day, const DayHours& open) {
    std::optional<DayHours> all;
    for (const Shift& shift : group.shifts) {
        if (shift.people == 0 || (shift.days && !(*shift.days)[day])) continue;
        const DayHours hours = shift.hours.value_or(open);
        if (!all) all = hours;
        all->from = std::min(all->from, hours.from);
        all->to = std::max(all->to, hours.to);
    }
    return all;
}

/// What is wrong on a weekday; empty where nothing is.
std::string gap(const std::string& name, const std::optional<DayHours>& duty,
                const DayHours& open) {
    if (!duty) return "the clinic is open, but no " + name + " works";
    std::string text;
    if (duty->to < open.to)
        text = "open until " + clock(open.to) + ", but the last " + name + " leaves at " +
               clock(duty->to);
    if (duty->from > open.from)
        text += (text.empty() ? "" : "; ") + std::string{"open from "} + clock(open.from) +
                ", but the first " + name + " comes at " + clock(duty->from);
    return text;
}

}  // namespace

void warn_of_hours_without_staff(Draft& draft, const Value& root) {
    const ClinicPlan& clinic = draft.model().clinic;
    const auto names = staff_names(clinic);
    for (std::size_t name = 0; name < names.size(); ++name)
        for (SiteId site = 0; is_needed(clinic, name) && site < clinic.number_of_sites(); ++site) {
            const StaffGroup& group = clinic.staff[first_group(clinic, name) + site];
            const OpeningRule& open = clinic.open_at(site);
            if (group.is_equipment() || open.always) continue;
            std::map<std::string, std::string> days;  // by what is wrong
            for (std::size_t day = 0; day < open.week.size(); ++day) {
                const auto& week = open.week[day];
                if (week.empty()) continue;
                const DayHours whole{week.front().from, week.back().to};
                const std::string wrong = gap(names[name], on_duty_on(group, day, whole), whole);
                if (wrong.empty()) continue;
                std::string& of = days[wrong];
                of += (of.empty() ? "" : ", ") + std::string{weekday_names()[day]};
            }
            for (const auto& [wrong, of] : days)
                draft.context.warn(
                    place_at(root, {"clinic", "staff", names[name]}), "clinic.staff." + names[name],
                    of + (clinic.sites.size() > 1 ? " at " + clinic.sites[site].name : "") + ": " +
                        wrong + "; no visit that needs one begins then");
        }
}

}  // namespace clinicsim::reading
