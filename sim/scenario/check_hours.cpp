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

/// How many people of a group the phases of visits need at once, each number with the phase that
/// needs it.
std::map<std::uint32_t, VisitPhase> numbers_needed(const ClinicPlan& clinic, std::size_t name) {
    const StaffGroupId first = first_group(clinic, name);
    std::map<std::uint32_t, VisitPhase> numbers;
    for (const auto& visits : clinic.visits)
        for (const VisitParts* parts : {&visits.first, &visits.later})
            for (std::size_t phase = 0; phase < kVisitPhases; ++phase)
                for (const Need& need : parts->needs[phase])
                    if (need.group == first)
                        numbers.emplace(need.people(), static_cast<VisitPhase>(phase));
    return numbers;
}

/// From when until when so many are there at once on a weekday, first to last; leave, breaks and
/// dates are left out. Nothing where they never are.
std::optional<DayHours> on_duty_on(const StaffGroup& group, std::size_t day, const DayHours& open,
                                   std::uint32_t people) {
    std::map<Duration, std::int64_t> steps;
    for (const Shift& shift : group.shifts) {
        if (shift.people == 0 || (shift.days && !(*shift.days)[day])) continue;
        const DayHours hours = shift.hours.value_or(open);
        steps[hours.from] += shift.people;
        steps[hours.to] -= shift.people;
    }
    std::optional<DayHours> all;
    std::int64_t there = 0;
    for (const auto& [at, by] : steps) {
        const bool were = there >= people;
        there += by;
        if (!all && there >= people) all = DayHours{at, at};
        if (were && all) all->to = at;
    }
    return all;
}

/// What is wrong on a weekday; empty where nothing is. `who`: "nurse", or "2 nurse".
std::string gap(const std::string& who, std::uint32_t people, const std::optional<DayHours>& duty,
                const DayHours& open) {
    const bool one = people == 1;
    if (!duty)
        return one ? "the clinic is open, but no " + who + " works"
                   : "the clinic is open, but there are never " + who + " at once";
    std::string text;
    if (duty->to < open.to)
        text = "open until " + clock(open.to) +
               (one ? ", but the last " + who + " leaves at "
                    : ", but " + who + " at once only until ") +
               clock(duty->to);
    if (duty->from > open.from)
        text += (text.empty() ? "" : "; ") + std::string{"open from "} + clock(open.from) +
                (one ? ", but the first " + who + " comes at "
                     : ", but " + who + " at once only from ") +
                clock(duty->from);
    return text;
}

}  // namespace

void warn_of_hours_without_staff(Draft& draft, const Value& root) {
    const ClinicPlan& clinic = draft.model().clinic;
    const auto names = staff_names(clinic);
    for (std::size_t name = 0; name < names.size(); ++name) {
        const auto numbers = numbers_needed(clinic, name);
        for (SiteId site = 0; !numbers.empty() && site < clinic.number_of_sites(); ++site) {
            const StaffGroup& group = clinic.staff[first_group(clinic, name) + site];
            const OpeningRule& open = clinic.open_at(site);
            if (group.is_equipment() || open.always) continue;
            std::map<std::string, std::string> days;  // by what is wrong and what comes of it
            for (std::size_t day = 0; day < open.week.size(); ++day) {
                const auto& week = open.week[day];
                if (week.empty()) continue;
                const DayHours whole{week.front().from, week.back().to};
                const auto tell = [&](const std::string& wrong, const std::string& so) {
                    if (wrong.empty()) return;
                    std::string& of = days[wrong + "; " + so];
                    of += (of.empty() ? "" : ", ") + std::string{weekday_names()[day]};
                };
                auto duty = on_duty_on(group, day, whole, 1);
                tell(gap(names[name], 1, duty, whole), "no visit that needs one begins then");
                for (const auto& [people, phase] : numbers) {
                    const auto fewer = duty;
                    duty = on_duty_on(group, day, whole, people);
                    if (duty == fewer) continue;  // told already
                    tell(gap(std::to_string(people) + " " + names[name], people, duty, whole),
                         std::string{"no "} + clinicsim::name(phase) + " that needs " +
                             std::to_string(people) + " begins then");
                }
            }
            for (const auto& [wrong, of] : days)
                draft.context.warn(
                    place_at(root, {"clinic", "staff", names[name]}), "clinic.staff." + names[name],
                    of + (clinic.sites.size() > 1 ? " at " + clinic.sites[site].name : "") + ": " +
                        wrong);
        }
    }
}

}  // namespace clinicsim::reading
