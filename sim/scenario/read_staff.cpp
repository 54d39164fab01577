// Staff, equipment, and what the phases of a visit need of them.
#include "read_staff.hpp"

#include <algorithm>

#include "distribution_rows.hpp"
#include "words.hpp"

namespace clinicsim::reading {
namespace {

Shift read_shift(const Value& value) {
    Shift shift;
    MapReader map{value, kShiftSection};
    if (const Value people = map.take("people"))
        shift.people = static_cast<std::uint32_t>(people.whole());
    if (const Value days = map.take("days")) shift.days = days.weekdays();
    const auto hours_of = [](const Value& hours) {
        const Stretch stretch = hours.stretch();
        return DayHours{stretch.from, stretch.to};
    };
    const std::size_t before = value.context().fault_count();
    if (const Value hours = map.take("hours")) shift.hours = hours_of(hours);
    if (const Value pause = map.take("break")) {
        shift.pause = hours_of(pause);
        if (value.context().fault_count() != before) return shift;
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
    return shift;
}

StaffGroup read_group(const std::string& name, const Value& value) {
    StaffGroup group;
    group.name = name;
    if (!value.is_map()) {  // so many in all opening hours
        Shift& shift = group.shifts.emplace_back();
        shift.people = static_cast<std::uint32_t>(value.whole());
        return group;
    }
    MapReader map{value, kStaffGroupSection};
    if (const Value shifts = map.take("shifts")) {
        const auto items = shifts.items();
        for (const Value& item : items) group.shifts.push_back(read_shift(item));
        if (shifts.is_list() && items.empty()) shifts.fault("name at least one shift");
    }
    if (const Value sick = map.take("sick")) group.sick = sick.share();
    return group;
}

std::vector<Need> read_needs(const Value& value, const std::vector<StaffGroup>& groups) {
    std::vector<std::string> known;
    for (const StaffGroup& group : groups) known.push_back(group.name);
    std::vector<Need> needs;
    for (const auto& [name, portion] : value.named()) {
        const auto at = std::find(known.begin(), known.end(), name);
        const std::uint32_t parts = portion.is("present") ? 0 : portion.portion();
        if (at == known.end())
            value.context().fault(value.node().find(name)->place, portion.path(),
                                  known.empty() ? "nobody is called '" + name +
                                                      "': write clinic.staff or clinic.equipment"
                                                : "there is no staff or equipment '" + name + "'" +
                                                      advice(name, known, "staff and equipment"));
        else
            needs.push_back({static_cast<StaffGroupId>(at - known.begin()), parts});
    }
    return needs;
}

}  // namespace

void read_staff(MapReader& clinic, ClinicPlan& plan) {
    const Value staff = clinic.take("staff"), equipment = clinic.take("equipment");
    const auto full = [&](const Value& at) {
        if (plan.staff.size() < kMostStaffGroups) return false;
        at.fault("at most " + std::to_string(kMostStaffGroups) + " groups can be told apart");
        return true;
    };
    if (staff)
        for (const auto& [name, value] : staff.named())
            if (!full(value)) plan.staff.push_back(read_group(name, value));
    if (!equipment) return;
    for (const auto& [name, value] : equipment.named()) {
        if (full(value)) return;
        StaffGroup device;
        device.name = name;
        device.devices = static_cast<std::uint32_t>(value.whole());
        if (std::any_of(plan.staff.begin(), plan.staff.end(),
                        [&, &known = name](const StaffGroup& one) { return one.name == known; }))
            value.fault("there is staff of this name");
        plan.staff.push_back(std::move(device));
    }
}

void read_phase(const Value& value, VisitPhase phase, const std::vector<StaffGroup>& groups,
                Distribution& takes, PhaseNeeds& needs) {
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
    needs[static_cast<std::size_t>(phase)] = read_needs(wanted, groups);
    const auto* constant = takes.as<Constant>();
    if (constant != nullptr && constant->value == 0 && !wanted.node().entries.empty())
        wanted.fault("the phase takes no time, so it needs nobody; say with takes how long it is");
}

}  // namespace clinicsim::reading
