#include "clinicsim/clinic/sites.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace clinicsim {

std::vector<SiteId> nearest_sites(const ClinicPlan& clinic, SiteId home) {
    std::vector<SiteId> near(clinic.number_of_sites());
    std::iota(near.begin(), near.end(), SiteId{0});
    if (clinic.sites.empty()) return near;
    const auto& travel = clinic.sites[home].travel;
    std::stable_sort(near.begin(), near.end(), [&](SiteId a, SiteId b) {
        return std::pair{a != home, travel[a]} < std::pair{b != home, travel[b]};
    });
    return near;
}

namespace {

bool is_ever_there(const ClinicPlan& clinic, ChairKindId kind) {
    return !clinic.chairs || clinic.chairs_at_start(kind) > 0 ||
           std::any_of(
               clinic.changes.begin(), clinic.changes.end(),
               [&](const ChairChange& change) { return change.chairs[kind].value_or(0) > 0; });
}

}  // namespace

std::vector<ChairKindId> kinds_at(const ClinicPlan& clinic, const VisitParts& visit, SiteId site) {
    std::vector<ChairKindId> kinds = visit.chairs;
    if (kinds.empty()) {
        kinds.resize(clinic.kinds_of_chairs());
        std::iota(kinds.begin(), kinds.end(), ChairKindId{0});
    }
    std::erase_if(kinds, [&](ChairKindId kind) {
        return clinic.site_of(kind) != site || !is_ever_there(clinic, kind);
    });
    return kinds;
}

std::vector<std::string> staff_names(const ClinicPlan& clinic) {
    std::vector<std::string> names;
    for (std::size_t group = 0; group < clinic.staff.size(); group += clinic.number_of_sites()) {
        std::string name = clinic.staff[group].name;
        if (clinic.sites.size() > 1) name.resize(name.size() - clinic.sites[0].name.size() - 1);
        names.push_back(std::move(name));
    }
    return names;
}

StaffGroupId first_group(const ClinicPlan& clinic, std::size_t name) {
    return static_cast<StaffGroupId>(name * clinic.number_of_sites());
}

std::vector<Part> staff_parts(const ClinicPlan& clinic) {
    std::vector<Part> parts;
    const auto names = staff_names(clinic);
    const auto nobody = [&](std::size_t group) {
        const auto& shifts = clinic.staff[group].shifts;
        return clinic.staff[group].devices == 0 &&
               std::all_of(shifts.begin(), shifts.end(),
                           [](const Shift& shift) { return shift.people == 0; });
    };
    for (std::size_t name = 0; name < names.size(); ++name) {
        Part all{names[name], {}};
        std::vector<Part> at_sites;
        for (std::size_t site = 0; site < clinic.number_of_sites(); ++site) {
            const auto group = static_cast<StaffGroupId>(first_group(clinic, name) + site);
            all.members.push_back(group);
            if (!nobody(group)) at_sites.push_back({clinic.staff[group].name, {group}});
        }
        parts.push_back(std::move(all));
        if (clinic.sites.size() > 1) parts.insert(parts.end(), at_sites.begin(), at_sites.end());
    }
    return parts;
}

std::vector<Part> chair_parts(const ClinicPlan& clinic) {
    std::vector<Part> sites, kinds, both;
    if (!clinic.chairs) return sites;
    const auto add = [](std::vector<Part>& parts, const std::string& name, ChairKindId kind) {
        auto at = std::find_if(parts.begin(), parts.end(),
                               [&](const Part& part) { return part.name == name; });
        if (at == parts.end()) at = parts.insert(at, Part{name, {}});
        at->members.push_back(kind);
    };
    for (ChairKindId kind = 0; kind < clinic.chair_kinds.size(); ++kind) {
        const ChairKind& of = clinic.chair_kinds[kind];
        if (!clinic.sites.empty()) add(sites, clinic.sites[of.site].name, kind);
        if (of.name.empty()) continue;
        add(kinds, of.name, kind);
        if (!clinic.sites.empty()) add(both, clinic.sites[of.site].name + "." + of.name, kind);
    }
    // what would say the same again is left out
    if (sites.size() < 2) sites.clear();
    if (kinds.size() < 2) kinds.clear();
    if (sites.empty() || kinds.empty()) both.clear();
    std::erase_if(both, [&](const Part& part) {
        const auto same = [&](const Part& other) { return other.members == part.members; };
        return std::any_of(sites.begin(), sites.end(), same) ||
               std::any_of(kinds.begin(), kinds.end(), same);
    });
    sites.insert(sites.end(), kinds.begin(), kinds.end());
    sites.insert(sites.end(), both.begin(), both.end());
    return sites;
}

}  // namespace clinicsim
