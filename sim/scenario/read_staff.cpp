// Staff, equipment, and what the phases of a visit need of them.
#include "read_staff.hpp"

#include <algorithm>

#include "clinicsim/clinic/sites.hpp"
#include "distribution_rows.hpp"
#include "read_sites.hpp"
#include "words.hpp"

namespace clinicsim::reading {
namespace {

/// Where a shift works on which days; no days: on all that it names.
struct WorksAt {
    SiteId site;
    std::optional<std::array<bool, 7>> days;
};

/// "north", or {"mon,wed": north, tue: south}.
std::vector<WorksAt> read_work_places(const Value& value, const ClinicPlan& plan) {
    std::vector<WorksAt> places;
    if (!value.is_map()) {
        if (const auto site = read_site(value, plan)) places.push_back({*site, std::nullopt});
        return places;
    }
    std::array<bool, 7> named{};
    for (Entry& entry : value.node().entries) {
        const std::string path = value.path() + "." + entry.key;
        const auto days = weekdays_of(entry.key);
        if (days.empty()) {
            value.context().fault(entry.place, path,
                                  "expected days such as mon, mon-fri or \"mon,wed\"" +
                                      advice(entry.key, weekday_names(), "days"));
            continue;
        }
        const auto site = read_site(Value{value.context(), entry.value, path, "name"}, plan);
        if (!site) continue;
        auto at = std::find_if(places.begin(), places.end(),
                               [&](const WorksAt& one) { return one.site == *site; });
        if (at == places.end()) at = places.insert(at, WorksAt{*site, std::array<bool, 7>{}});
        for (const std::size_t day : days) {
            if (named[day])
                value.context().fault(entry.place, path,
                                      std::string{weekday_names()[day]} + " is named twice");
            named[day] = (*at->days)[day] = true;
        }
    }
    if (value.node().entries.empty()) value.fault("name at least one site");
    return places;
}

/// A shift with the places where it works.
struct PlacedShift {
    Shift shift;
    std::vector<WorksAt> at;
};

PlacedShift read_shift(const Value& value, const ClinicPlan& plan) {
    PlacedShift placed;
    Shift& shift = placed.shift;
    MapReader map{value, kShiftSection};
    if (const Value people = map.take("people"))
        shift.people = static_cast<std::uint32_t>(people.whole());
    const Value site = map.take("site");
    if (site)
        placed.at = read_work_places(site, plan);
    else if (plan.sites.size() > 1 && map.readable())
        value.fault("at which site? Write site: " + plan.sites[0].name +
                    ", or by weekday, such as site: {mon: " + plan.sites[0].name +
                    ", tue: " + plan.sites[1].name + "}");
    else
        placed.at = {{0, std::nullopt}};
    if (site && site.is_map())
        map.unfit("days", "site says on which days");
    else if (const Value days = map.take("days"))
        shift.days = days.weekdays();
    const auto hours_of = [](const Value& hours) {
        const Stretch stretch = hours.stretch();
        return DayHours{stretch.from, stretch.to};
    };
    const std::size_t before = value.context().fault_count();
    if (const Value hours = map.take("hours")) shift.hours = hours_of(hours);
    if (const Value pause = map.take("break")) {
        shift.pause = hours_of(pause);
        if (value.context().fault_count() != before) return placed;
        if (!shift.hours)
            pause.fault("a break needs the shift's hours");
        else if (shift.pause->from <= shift.hours->from || shift.pause->to >= shift.hours->to)
            pause.fault("a break lies inside the shift's hours");
    }
    if (const Value from = map.take("from")) shift.from = from.date();
    if (const Value until = map.take("until")) {
        shift.until = until.date();
        if (value.context().fault_count() == before && shift.from && *shift.until < *shift.from)
            until.fault("the shift ends before it begins");
    }
    if (const Value away = map.take("away"))
        for (const Value& dates : away.items()) {
            const DateRange range = dates.date_range();
            shift.away.emplace_back(range.first, range.last);
        }
    return placed;
}

/// The group of this name at every site, with nobody yet.
std::vector<StaffGroup> groups_at_sites(const std::string& name, const ClinicPlan& plan) {
    std::vector<StaffGroup> groups(plan.number_of_sites());
    for (SiteId site = 0; site < groups.size(); ++site) {
        groups[site].name = groups.size() == 1 ? name : name + "." + plan.sites[site].name;
        groups[site].site = site;
    }
    return groups;
}

std::vector<StaffGroup> read_group(const std::string& name, const Value& value,
                                   const ClinicPlan& plan) {
    std::vector<StaffGroup> groups = groups_at_sites(name, plan);
    if (!value.is_map()) {  // so many in all opening hours
        Shift& shift = groups[0].shifts.emplace_back();
        shift.people = static_cast<std::uint32_t>(value.whole());
        if (groups.size() > 1)
            value.fault(
                "who works at which site? Write shifts, such as {shifts: [{people: 1, "
                "site: " +
                plan.sites[0].name + "}]}");
        return groups;
    }
    MapReader map{value, kStaffGroupSection};
    if (const Value shifts = map.take("shifts")) {
        const auto items = shifts.items();
        for (const Value& item : items) {
            const PlacedShift placed = read_shift(item, plan);
            for (const WorksAt& at : placed.at) {
                Shift& shift = groups[at.site].shifts.emplace_back(placed.shift);
                if (at.days) shift.days = at.days;
            }
        }
        if (shifts.is_list() && items.empty()) shifts.fault("name at least one shift");
    }
    const Value sick = map.take("sick");
    for (StaffGroup& group : groups) {
        if (sick) group.sick = sick.share();
        // nobody works here; without any shift it would be equipment
        if (group.shifts.empty()) group.shifts.emplace_back().people = 0;
    }
    return groups;
}

std::vector<StaffGroup> read_devices(const std::string& name, const Value& value,
                                     const ClinicPlan& plan) {
    std::vector<StaffGroup> groups = groups_at_sites(name, plan);
    if (!value.is_map()) {
        groups[0].devices = static_cast<std::uint32_t>(value.whole());
        if (groups.size() > 1)
            value.fault("how many are at which site? Write a number for each, such as {" +
                        plan.sites[0].name + ": 2}");
        return groups;
    }
    const auto known = site_names(plan);
    for (const auto& [site, number] : value.named()) {
        const auto at = std::find(known.begin(), known.end(), site);
        if (at == known.end())
            value.context().fault(
                value.node().find(site)->place, number.path(),
                known.empty() ? "the clinic has one site; write a number"
                              : "there is no site '" + site + "'" + advice(site, known, "sites"));
        else
            groups[static_cast<std::size_t>(at - known.begin())].devices =
                static_cast<std::uint32_t>(number.whole());
    }
    return groups;
}

std::vector<Need> read_needs(const Value& value, VisitPhase phase, const ClinicPlan& plan) {
    const std::vector<std::string> known = staff_names(plan);
    std::vector<Need> needs;
    for (const auto& [name, portion] : value.named()) {
        const auto at = std::find(known.begin(), known.end(), name);
        const bool on_call = portion.is("on call");
        const std::uint32_t parts = on_call || portion.is("present") ? 0 : portion.portion();
        if (on_call && phase != VisitPhase::infusion)
            portion.fault(
                "who is on call comes for a side effect of an infusion: write it in the needs of "
                "infusion; here write present, or a share");
        if (at == known.end())
            value.context().fault(value.node().find(name)->place, portion.path(),
                                  known.empty() ? "nobody is called '" + name +
                                                      "': write clinic.staff or clinic.equipment"
                                                : "there is no staff or equipment '" + name + "'" +
                                                      advice(name, known, "staff and equipment"));
        else
            needs.push_back(
                {first_group(plan, static_cast<std::size_t>(at - known.begin())), parts, on_call});
    }
    return needs;
}

}  // namespace

void read_staff(MapReader& clinic, ClinicPlan& plan) {
    const Value staff = clinic.take("staff"), equipment = clinic.take("equipment");
    const auto add = [&](const Value& at, std::vector<StaffGroup> groups) {
        if (plan.staff.size() + groups.size() > kMostStaffGroups) {
            at.fault("at most " + std::to_string(kMostStaffGroups) + " groups can be told apart" +
                     (groups.size() > 1 ? ", those of each site counted" : ""));
            return false;
        }
        for (StaffGroup& group : groups) plan.staff.push_back(std::move(group));
        return true;
    };
    if (staff)
        for (const auto& [name, value] : staff.named()) add(value, read_group(name, value, plan));
    if (!equipment) return;
    for (const auto& [name, value] : equipment.named()) {
        const auto known = staff_names(plan);
        if (std::count(known.begin(), known.end(), name) > 0)
            value.fault("there is staff of this name");
        if (!add(value, read_devices(name, value, plan))) return;
    }
}

void read_phase(const Value& value, VisitPhase phase, const ClinicPlan& plan, Distribution& takes,
                PhaseNeeds& needs) {
    if (!value) return;
    const bool detailed = value.is_map() && (value.node().find("takes") != nullptr ||
                                             value.node().find("needs") != nullptr);
    if (!detailed) {
        takes = read_distribution(value);
        return;
    }
    MapReader map{value, kVisitPhaseSection};
    if (const Value length = map.take("takes")) takes = read_distribution(length);
    const Value wanted = map.take("needs");
    if (!wanted) return;
    needs[static_cast<std::size_t>(phase)] = read_needs(wanted, phase, plan);
    const auto* constant = takes.as<Constant>();
    if (constant != nullptr && constant->value == 0 && !wanted.node().entries.empty())
        wanted.fault("the phase takes no time, so it needs nobody; say with takes how long it is");
}

}  // namespace clinicsim::reading
