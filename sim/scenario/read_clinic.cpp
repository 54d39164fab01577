// The clinic's section: chairs, hours, visits, access.
#include <algorithm>
#include <array>

#include "distribution_rows.hpp"
#include "draft.hpp"
#include "read_booking.hpp"
#include "read_sites.hpp"
#include "read_staff.hpp"
#include "words.hpp"

namespace clinicsim::reading {
namespace {

std::vector<DayHours> stretches_of(const Value& value) {
    std::vector<DayHours> hours;
    const auto add = [&](const Value& one) {
        const std::size_t before = one.context().fault_count();
        const Stretch stretch = one.stretch();
        if (one.context().fault_count() != before || !one.is_scalar()) return;
        for (const DayHours& other : hours)
            if (stretch.from < other.to && other.from < stretch.to) {
                one.fault("two stretches of the same day overlap");
                return;
            }
        hours.push_back({stretch.from, stretch.to});
    };
    if (value.is_list()) {
        for (std::size_t i = 0; i < value.node().items.size(); ++i)
            add(Value{value.context(), value.node().items[i],
                      value.path() + "." + std::to_string(i), value.type()});
    } else {
        add(value);
    }
    std::sort(hours.begin(), hours.end(),
              [](const DayHours& a, const DayHours& b) { return a.from < b.from; });
    return hours;
}

}  // namespace

void read_open(const Value& open, OpeningRule& rule) {
    if (!open || open.is("always")) return;
    if (!open.is_map()) {
        open.misfit();
        return;
    }
    rule.always = false;
    std::array<bool, 7> named{};
    bool any = false;
    for (Entry& entry : open.node().entries) {
        const std::string path = open.path() + "." + entry.key;
        const auto days = weekdays_of(entry.key);
        if (days.empty()) {
            open.context().fault(entry.place, path,
                                 "expected days such as mon, mon-fri or \"mon,wed\"" +
                                     advice(entry.key, weekday_names(), "days"));
            continue;
        }
        const auto hours = stretches_of(Value{open.context(), entry.value, path, "opening hours"});
        for (const std::size_t day : days) {
            if (named[day])
                open.context().fault(entry.place, path,
                                     std::string{weekday_names()[day]} + " is named twice");
            named[day] = true;
            rule.week[day] = hours;
        }
        any = any || !hours.empty();
    }
    if (!any && !open.context().has_faults()) open.fault("no day is open");
}

namespace {

void read_closed_days(MapReader& clinic, OpeningRule& rule) {
    if (const Value holidays = clinic.take("holidays"))
        for (const Value& item : holidays.items()) {
            const auto days = item.yearly_days();
            rule.holidays.insert(rule.holidays.end(), days.begin(), days.end());
        }
    if (const Value closed = clinic.take("closed"))
        for (const Value& dates : closed.items()) {
            const DateRange range = dates.date_range();
            rule.closed.emplace_back(range.first, range.last);
        }
}

/// The parts that are named, on top of those in `parts`.
void read_parts(MapReader& map, const ClinicPlan& plan, VisitParts& parts) {
    const auto read = [&](std::string_view key, VisitPhase phase, Distribution& takes) {
        read_phase(map.take(key), phase, plan, takes, parts.needs);
    };
    read("preparation", VisitPhase::preparation, parts.preparation);
    read("infusion", VisitPhase::infusion, parts.infusion);
    read("recovery", VisitPhase::recovery, parts.recovery);
    read("turnover", VisitPhase::turnover, parts.turnover);
    read_kinds(map.take("chairs"), plan, parts);
}

void read_part_section(const Value& value, const ClinicPlan& plan, VisitParts& parts) {
    if (!value) return;
    MapReader map{value, kVisitPartsSection};
    read_parts(map, plan, parts);
}

void read_visit(Draft& draft, const Value& visit) {
    ClinicPlan& plan = draft.model().clinic;
    auto& visits = plan.visits;
    visits.resize(draft.conditions.size());
    if (!visit) return;
    MapReader map{visit, kVisitSection};
    ClinicPlan::Visits common;
    read_parts(map, plan, common.later);
    common.first = common.later;
    read_part_section(map.take("first_visit"), plan, common.first);
    std::fill(visits.begin(), visits.end(), common);
    const Value conditions = map.take("conditions");
    if (!conditions) return;
    for (const auto& [name, value] : conditions.named()) {
        const auto at = std::find(draft.conditions.begin(), draft.conditions.end(), name);
        if (at == draft.conditions.end()) {
            draft.context.fault(conditions.node().find(name)->place, value.path(),
                                "there is no condition '" + name + "'" +
                                    advice(name, draft.conditions, "conditions"));
        }
        ClinicPlan::Visits own = common;
        MapReader one{value, kVisitConditionSection};
        read_parts(one, plan, own.later);
        read_parts(one, plan, own.first);
        read_part_section(one.take("first_visit"), plan, own.first);
        if (at != draft.conditions.end())
            visits[static_cast<std::size_t>(at - draft.conditions.begin())] = own;
    }
}

void read_priority(const Value& priority, ClinicPlan& plan) {
    if (!priority) return;
    if (priority.is("none")) {
        plan.rank = {0, 0, 0};
        return;
    }
    const std::array kinds{VisitKind::rescue, VisitKind::induction, VisitKind::booster};
    std::array<bool, kVisitKinds> named{};
    std::uint8_t rank = 0;
    const std::size_t before = priority.context().fault_count();
    for (const Value& item : priority.items()) {
        const auto kind = static_cast<std::size_t>(kinds[item.choice()]);
        if (priority.context().fault_count() != before) return;
        if (named[kind]) item.fault("named twice");
        named[kind] = true;
        plan.rank[kind] = rank++;
    }
    if (priority.context().fault_count() == before &&
        std::count(named.begin(), named.end(), true) != static_cast<int>(kVisitKinds))
        priority.fault("name all of rescue, induction and booster, in their order, or none");
}

void read_walk_in(MapReader& clinic, ClinicPlan& plan) {
    if (plan.access == Access::walk_in) {
        if (const Value patience = clinic.take("patience"))
            plan.patience = read_distribution(patience);
        if (const Value places = clinic.take("waiting_room"))
            plan.waiting_room = static_cast<std::uint32_t>(places.whole());
        return;
    }
    clinic.unfit("patience", "only walk-in patients leave unserved; this clinic is booked");
    clinic.unfit("waiting_room", "only walk-in patients are turned away; this clinic is booked");
}

/// A real clinic calls: the default leaves nobody to wait for who has phoned in sick.
void read_sick_days(MapReader& clinic, ClinicPlan& plan) {
    if (std::all_of(plan.staff.begin(), plan.staff.end(),
                    [](const StaffGroup& group) { return group.is_equipment(); }))
        return clinic.unfit("on_sick_days", "there is no clinic.staff, so nobody is ever sick");
    const bool counts_staff = !plan.booking || plan.booking->template_.empty();
    plan.on_sick_days = counts_staff ? OnSickDays::call_off : OnSickDays::nobody_is_called;
    clinic.decided("on_sick_days", counts_staff ? "call_off" : "nobody_is_called");
    const Value does = clinic.take("on_sick_days");
    if (!does) return;
    plan.on_sick_days = static_cast<OnSickDays>(does.choice());
    if (plan.on_sick_days == OnSickDays::call_off && !counts_staff)
        does.fault(
            "a template says how many visits may start, whoever is there; call_off goes without "
            "one");
}

void read_booked(MapReader& clinic, ClinicPlan& plan) {
    if (plan.access == Access::walk_in) {
        clinic.unfit("attendance",
                     "without appointments nobody can stay away from one; it goes with access: "
                     "booked");
        clinic.unfit("arrival",
                     "without appointments nobody is early or late; it goes with access: booked");
        clinic.unfit("on_sick_days",
                     "without appointments nobody can be called off; it goes with access: booked");
        clinic.unfit("booking", "there are no appointments; booking goes with access: booked");
        clinic.unfit("slot", "there are no appointments; slot goes with access: booked");
        return;
    }
    if (const Value slot = clinic.take("slot")) plan.slot = slot.duration();
    read_attendance(clinic.take("attendance"), plan);
    read_arrival(clinic.take("arrival"), plan);
    read_booking(clinic.take("booking"), plan);
    read_sick_days(clinic, plan);
}

}  // namespace

void read_clinic(Draft& draft, const Value& value) {
    if (!value) return;
    MapReader clinic{value, kClinicSection};
    ClinicPlan& plan = draft.model().clinic;
    if (const Value sites = clinic.take("sites")) {
        clinic.unfit("chairs", "there are sites: each says its own chairs");
        clinic.unfit("open", "there are sites: each says its own opening hours");
        read_closed_days(clinic, plan.open);
        read_sites(sites, plan);
        read_chair_events(draft, clinic, plan);
    } else {
        read_chairs(draft, clinic, plan);
        read_open(clinic.take("open"), plan.open);
        read_closed_days(clinic, plan.open);
    }
    read_staff(clinic, plan);
    read_visit(draft, clinic.take("visit"));
    if (const Value access = clinic.take("access"))
        plan.access = static_cast<Access>(access.choice());
    plan.closing = plan.access == Access::booked ? Closing::finish : Closing::refuse;
    clinic.decided("closing", plan.access == Access::booked ? "finish" : "refuse");
    if (const Value closing = clinic.take("closing"))
        plan.closing = static_cast<Closing>(closing.choice());
    read_priority(clinic.take("priority"), plan);
    read_walk_in(clinic, plan);
    read_booked(clinic, plan);
}

}  // namespace clinicsim::reading
