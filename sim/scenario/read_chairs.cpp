// Chairs: how many of which kinds, when they come and go, how they break.
#include <algorithm>
#include <map>

#include "clinicsim/clinic/chair_calendar.hpp"
#include "distribution_rows.hpp"
#include "places.hpp"
#include "read_sites.hpp"
#include "read_staff.hpp"
#include "words.hpp"

namespace clinicsim::reading {
namespace {

/// Each once, of all sites.
std::vector<std::string> names_of_kinds(const ClinicPlan& plan) {
    std::vector<std::string> names;
    for (const ChairKind& kind : plan.chair_kinds)
        if (!kind.name.empty() && std::count(names.begin(), names.end(), kind.name) == 0)
            names.push_back(kind.name);
    return names;
}

std::vector<ChairKindId> kinds_of_site(const ClinicPlan& plan, SiteId site) {
    std::vector<ChairKindId> kinds;
    for (std::size_t kind = 0; kind < plan.kinds_of_chairs(); ++kind)
        if (plan.site_of(kind) == site) kinds.push_back(static_cast<ChairKindId>(kind));
    return kinds;
}

void read_changed_chairs(const Value& value, const ClinicPlan& plan, SiteId site,
                         ChairChange& change) {
    const auto kinds = kinds_of_site(plan, site);
    if (!value.is_map()) {
        if (kinds.size() > 1)
            value.fault("there are several kinds of chairs; say how many of which, such as {" +
                        plan.chair_kinds[kinds[0]].name + ": 8}");
        else if (!kinds.empty())
            change.chairs[kinds[0]] = static_cast<std::uint32_t>(value.whole());
        return;
    }
    std::vector<std::string> known;
    for (const ChairKindId kind : kinds)
        if (!plan.chair_kinds.empty() && !plan.chair_kinds[kind].name.empty())
            known.push_back(plan.chair_kinds[kind].name);
    for (const auto& [name, number] : value.named()) {
        const auto at = std::find(known.begin(), known.end(), name);
        if (at == known.end())
            value.context().fault(value.node().find(name)->place, number.path(),
                                  known.empty() ? "the chairs are of one kind; write chairs: 8"
                                                : "there is no kind of chair '" + name + "'" +
                                                      advice(name, known, "kinds of chairs"));
        else
            change.chairs[kinds[static_cast<std::size_t>(at - known.begin())]] =
                static_cast<std::uint32_t>(number.whole());
    }
}

/// Where the chairs change; nothing after a fault.
std::optional<SiteId> site_of_change(MapReader& map, const Value& item, const ClinicPlan& plan) {
    const Value site = map.take("site");
    if (site) return read_site(site, plan);
    if (plan.sites.size() < 2) return SiteId{0};
    if (map.readable()) item.fault("at which site? Write site: " + plan.sites[0].name);
    return std::nullopt;
}

void read_changes(const Draft& draft, const Value& changes, ClinicPlan& plan) {
    if (!changes) return;
    const Dates& dates = draft.scenario.model.dates;
    std::map<SiteId, Date> last_change;
    for (const Value& item : changes.items()) {
        MapReader map{item, kChairChangeSection};
        ChairChange change;
        change.chairs.resize(plan.kinds_of_chairs());
        const std::size_t before = item.context().fault_count();
        const auto site = site_of_change(map, item, plan);
        if (const Value from = map.take("from")) {
            change.from = from.date();
            if (item.context().fault_count() == before && change.from <= dates.first_day())
                from.fault("the run begins on " + Dates::text(dates.first_day()) +
                           ": write its chairs as clinic.chairs");
            else if (item.context().fault_count() == before && site) {
                Date& last = last_change.try_emplace(*site, dates.first_day()).first->second;
                if (change.from <= last)
                    from.fault("changes stand in the order of their dates, each date once");
                last = change.from;
            }
        }
        if (const Value chairs = map.take("chairs"); chairs && site)
            read_changed_chairs(chairs, plan, *site, change);
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

void read_number(const Value& chairs, ClinicPlan& plan, std::optional<SiteId> site) {
    if (!chairs || chairs.is("unlimited")) return;
    const auto add = [&](const std::string& name, std::uint32_t number) {
        plan.chair_kinds.push_back({name, number, site.value_or(0)});
        plan.chairs = plan.chairs.value_or(0) + number;
    };
    if (!chairs.is_map()) {
        const auto number = static_cast<std::uint32_t>(chairs.whole());
        if (site)
            add("", number);
        else
            plan.chairs = number;
        return;
    }
    plan.chairs = plan.chairs.value_or(0);
    for (const auto& [name, value] : chairs.named()) {
        if (plan.chair_kinds.size() == kMostChairKinds) {
            value.fault("at most " + std::to_string(kMostChairKinds) +
                        " kinds of chairs can be told apart");
            return;
        }
        add(name, static_cast<std::uint32_t>(value.whole()));
    }
    if (chairs.node().entries.empty()) chairs.fault("name at least one kind of chair");
}

void read_chairs(const Draft& draft, MapReader& clinic, ClinicPlan& plan) {
    if (!clinic.has("chairs")) clinic.missing("chairs");
    read_number(clinic.take("chairs"), plan, std::nullopt);
    read_chair_events(draft, clinic, plan);
}

void read_chair_events(const Draft& draft, MapReader& clinic, ClinicPlan& plan) {
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
    const auto known = names_of_kinds(plan);
    const auto add = [&](const Value& one) {
        if (known.empty()) {
            one.fault(
                "the chairs are of one kind; name kinds as in clinic.chairs: {recliner: 5, "
                "private_room: 1}");
            return;
        }
        const Value name{one.context(), one.node(), one.path(), "name"};
        const auto which = name.reference(known, "kind of chair", "kinds of chairs");
        if (!which) return;
        bool twice = false;
        for (std::size_t kind = 0; kind < plan.chair_kinds.size(); ++kind) {
            if (plan.chair_kinds[kind].name != known[*which]) continue;
            const auto id = static_cast<ChairKindId>(kind);
            twice |= std::count(parts.chairs.begin(), parts.chairs.end(), id) > 0;
            parts.chairs.push_back(id);
        }
        if (twice) one.fault("named twice");
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
    const char* key = plan.sites.empty() ? "chairs" : "sites";
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
                draft.context.fault(place_at(root, {"clinic", key}), "clinic." + std::string{key},
                                    (first ? "a first visit for " : "a visit for ") +
                                        draft.conditions[c] +
                                        " has no chair that it may use: it would never start");
        }
    for (std::size_t kind = 0; kind < plan.chair_kinds.size(); ++kind) {
        if (used[kind]) continue;
        const ChairKind& unused = plan.chair_kinds[kind];
        const std::string tail = unused.name.empty() ? "" : "." + unused.name;
        if (plan.sites.empty())
            draft.context.fault(place_at(root, {"clinic", "chairs", unused.name}),
                                "clinic.chairs" + tail,
                                "no visit may use chairs of this kind; name it under chairs in "
                                "clinic.visit");
        else
            draft.context.fault(
                place_at(root,
                         {"clinic", "sites", plan.sites[unused.site].name, "chairs", unused.name}),
                "clinic.sites." + plan.sites[unused.site].name + ".chairs" + tail,
                "no visit may use these chairs; name their kind under chairs in clinic.visit");
    }
}

}  // namespace clinicsim::reading
