// Chairs: how many of which kinds, when they come and go, how they break.
#include <algorithm>

#include "clinicsim/clinic/chair_calendar.hpp"
#include "distribution_rows.hpp"
#include "places.hpp"
#include "read_staff.hpp"
#include "words.hpp"

namespace clinicsim::reading {
namespace {

std::vector<std::string> names_of(const std::vector<ChairKind>& kinds) {
    std::vector<std::string> names;
    for (const ChairKind& kind : kinds) names.push_back(kind.name);
    return names;
}

void read_number(const Value& chairs, ClinicPlan& plan) {
    if (!chairs || chairs.is("unlimited")) return;
    if (!chairs.is_map()) {
        plan.chairs = static_cast<std::uint32_t>(chairs.whole());
        return;
    }
    plan.chairs = 0;
    for (const auto& [name, value] : chairs.named()) {
        if (plan.chair_kinds.size() == kMostChairKinds) {
            value.fault("at most " + std::to_string(kMostChairKinds) +
                        " kinds of chairs can be told apart");
            return;
        }
        plan.chair_kinds.push_back({name, static_cast<std::uint32_t>(value.whole())});
        *plan.chairs += plan.chair_kinds.back().chairs;
    }
    if (chairs.node().entries.empty()) chairs.fault("name at least one kind of chair");
}

void read_changed_chairs(const Value& value, const ClinicPlan& plan, ChairChange& change) {
    if (!value.is_map()) {
        if (plan.kinds_of_chairs() > 1)
            value.fault("there are several kinds of chairs; say how many of which, such as {" +
                        plan.chair_kinds[0].name + ": 8}");
        else
            change.chairs[0] = static_cast<std::uint32_t>(value.whole());
        return;
    }
    const auto known = names_of(plan.chair_kinds);
    for (const auto& [name, number] : value.named()) {
        const auto at = std::find(known.begin(), known.end(), name);
        if (at == known.end())
            value.context().fault(value.node().find(name)->place, number.path(),
                                  known.empty() ? "the chairs are of one kind; write chairs: 8"
                                                : "there is no kind of chair '" + name + "'" +
                                                      advice(name, known, "kinds of chairs"));
        else
            change.chairs[static_cast<std::size_t>(at - known.begin())] =
                static_cast<std::uint32_t>(number.whole());
    }
}

void read_changes(const Draft& draft, const Value& changes, ClinicPlan& plan) {
    if (!changes) return;
    const Dates& dates = draft.scenario.model.dates;
    for (const Value& item : changes.items()) {
        MapReader map{item, kChairChangeSection};
        ChairChange change;
        change.chairs.resize(plan.kinds_of_chairs());
        const std::size_t before = item.context().fault_count();
        if (const Value from = map.take("from")) {
            change.from = from.date();
            if (item.context().fault_count() == before && change.from <= dates.first_day())
                from.fault("the run begins on " + Dates::text(dates.first_day()) +
                           ": write its chairs as clinic.chairs");
            else if (item.context().fault_count() == before && !plan.changes.empty() &&
                     change.from <= plan.changes.back().from)
                from.fault("changes stand in the order of their dates, each date once");
        }
        if (const Value chairs = map.take("chairs")) read_changed_chairs(chairs, plan, change);
        if (item.context().fault_count() == before) plan.changes.push_back(std::move(change));
    }
}

void read_breakdowns(const Value& value, ClinicPlan& plan) {
    if (!value) return;
    MapReader map{value, kBreakdownsSection};
    Breakdowns breakdowns{Constant{1}, Constant{1}};
    const std::size_t before = value.context().fault_count();
    if (const Value every = map.take("every")) {
        breakdowns.every = read_distribution(every);
        constexpr double kShortest = 3'600'000;  // ticks: more often is a slip
        if (value.context().fault_count() == before && mean(breakdowns.every) < kShortest)
            every.fault("a chair that breaks more often than every hour is no chair");
    }
    if (const Value lasts = map.take("lasts")) breakdowns.lasts = read_distribution(lasts);
    plan.breakdowns = std::move(breakdowns);
}

}  // namespace

void read_chairs(const Draft& draft, MapReader& clinic, ClinicPlan& plan) {
    read_number(clinic.take("chairs"), plan);
    const Value changes = clinic.take("changes"), breakdowns = clinic.take("breakdowns");
    if (clinic.has("chairs") && !plan.chairs) {
        const auto refuse = [](const Value& value) {
            if (value && !(value.is_list() && value.node().items.empty()))
                value.fault("the chairs are unlimited");
        };
        refuse(changes);
        refuse(breakdowns);
        return;
    }
    read_changes(draft, changes, plan);
    read_breakdowns(breakdowns, plan);
}

void read_kinds(const Value& value, const ClinicPlan& plan, VisitParts& parts) {
    if (!value) return;
    parts.chairs.clear();
    const auto known = names_of(plan.chair_kinds);
    const auto add = [&](const Value& one) {
        if (known.empty()) {
            one.fault(
                "the chairs are of one kind; name kinds as in clinic.chairs: {recliner: 5, "
                "private_room: 1}");
            return;
        }
        const Value name{one.context(), one.node(), one.path(), "name"};
        const auto kind = name.reference(known, "kind of chair", "kinds of chairs");
        if (!kind) return;
        const auto id = static_cast<ChairKindId>(*kind);
        if (std::count(parts.chairs.begin(), parts.chairs.end(), id) > 0) one.fault("named twice");
        parts.chairs.push_back(id);
    };
    if (!value.is_list()) {
        add(value);
        return;
    }
    for (const Value& item : value.items()) add(item);
    if (value.node().items.empty()) value.fault("name at least one kind of chair");
}

void check_chairs(Draft& draft, const Value& root) {
    const Model& model = draft.model();
    const ClinicPlan& plan = model.clinic;
    if (!plan.chairs) return;
    std::vector<std::uint32_t> most;
    for (std::size_t kind = 0; kind < plan.kinds_of_chairs(); ++kind) {
        most.push_back(0);
        const CapacityCalendar calendar = chairs_over_time(plan, kind, model.dates, model.end);
        for (const auto& change : calendar.changes())
            if (change.at < model.end) most.back() = std::max(most.back(), change.capacity);
    }
    std::vector<bool> used(most.size());
    for (std::size_t c = 0; c < plan.visits.size(); ++c)
        for (const bool first : {true, false}) {
            const VisitParts& parts = first ? plan.visits[c].first : plan.visits[c].later;
            bool some = false;
            for (std::size_t kind = 0; kind < most.size(); ++kind)
                if (parts.chairs.empty() || std::count(parts.chairs.begin(), parts.chairs.end(),
                                                       static_cast<ChairKindId>(kind)) > 0) {
                    used[kind] = true;
                    some |= most[kind] > 0;
                }
            if (!some)
                draft.context.fault(place_at(root, {"clinic", "chairs"}), "clinic.chairs",
                                    (first ? "a first visit for " : "a visit for ") +
                                        draft.conditions[c] +
                                        " has no chair that it may use: it would never start");
        }
    for (std::size_t kind = 0; kind < plan.chair_kinds.size(); ++kind)
        if (!used[kind])
            draft.context.fault(place_at(root, {"clinic", "chairs", plan.chair_kinds[kind].name}),
                                "clinic.chairs." + plan.chair_kinds[kind].name,
                                "no visit may use chairs of this kind; name it under chairs in "
                                "clinic.visit");
}

}  // namespace clinicsim::reading
