#include "read_sites.hpp"

#include <algorithm>
#include <cmath>

#include "read_staff.hpp"
#include "words.hpp"

namespace clinicsim::reading {
namespace {

/// Travelling times as written; 0: not said.
void read_travel(const Value& value, ClinicPlan& plan, SiteId from) {
    if (!value) return;
    const auto known = site_names(plan);
    for (const auto& [name, time] : value.named()) {
        const auto to = std::find(known.begin(), known.end(), name);
        if (to == known.end())
            value.context().fault(value.node().find(name)->place, time.path(),
                                  "there is no site '" + name + "'" + advice(name, known, "sites"));
        else if (to - known.begin() == from)
            time.fault("travelling times are those to the other sites");
        else
            plan.sites[from].travel[static_cast<std::size_t>(to - known.begin())] = time.duration();
    }
}

/// Where only one way is said, the other is as long.
void travel_both_ways(std::vector<Site>& sites) {
    for (std::size_t a = 0; a < sites.size(); ++a)
        for (std::size_t b = 0; b < sites.size(); ++b)
            if (sites[a].travel[b] == Duration::zero()) sites[a].travel[b] = sites[b].travel[a];
}

void check_shares(const Value& value, const std::vector<Site>& sites) {
    double sum = 0;
    for (const Site& site : sites) sum += site.share;
    if (std::abs(sum - 1) > 1e-9)
        value.fault("the patients of all sites sum to " + number_text(100 * sum) +
                    " %, not 100 %: patients says which share of them lives next to a site");
}

}  // namespace

std::vector<std::string> site_names(const ClinicPlan& plan) {
    std::vector<std::string> names;
    for (const Site& site : plan.sites) names.push_back(site.name);
    return names;
}

std::optional<SiteId> read_site(const Value& value, const ClinicPlan& plan) {
    if (plan.sites.empty()) {
        value.fault("the clinic has one site; several are named in clinic.sites");
        return std::nullopt;
    }
    const Value name{value.context(), value.node(), value.path(), "name"};
    const auto site = name.reference(site_names(plan), "site", "sites");
    return site ? std::optional{static_cast<SiteId>(*site)} : std::nullopt;
}

void read_sites(const Value& value, ClinicPlan& plan) {
    const std::size_t before = value.context().fault_count();
    const auto named = value.named();
    if (named.size() > kMostSites) {
        value.fault("at most " + std::to_string(kMostSites) + " sites can be told apart");
        return;
    }
    if (value.is_map() && named.empty()) value.fault("name at least one site");
    for (const auto& [name, site] : named)
        plan.sites.push_back({name, plan.open, 0, std::vector<Duration>(named.size())});
    plan.chairs = 0;
    for (SiteId i = 0; i < named.size(); ++i) {
        MapReader map{named[i].second, kSiteSection};
        Site& site = plan.sites[i];
        if (const Value chairs = map.take("chairs")) read_number(chairs, plan, i);
        if (const Value open = map.take("open")) read_open(open, site.open);
        if (const Value share = map.take("patients")) site.share = share.share();
        read_travel(map.take("travel"), plan, i);
        for (const ChairKind& kind : plan.chair_kinds)
            if (kind.name == site.name)
                named[i].second.fault(
                    "there are chairs of this name: results could not be told "
                    "apart");
    }
    travel_both_ways(plan.sites);
    if (value.context().fault_count() == before && !named.empty()) check_shares(value, plan.sites);
}

void read_transfers(const Value& value, const ClinicPlan& plan, BookingPlan& booking) {
    if (!value) return;
    MapReader map{value, kTransfersSection};
    TransferPlan transfers;
    if (const Value after = map.take("after")) transfers.after = after.duration();
    if (const Value accepts = map.take("accepts")) transfers.accepts = accepts.share();
    const Value halves = map.take("halves_every");
    if (halves) transfers.halves_every = halves.duration();
    booking.transfers = transfers;
    if (plan.sites.size() < 2) {
        value.fault("there is no other site to go to; clinic.sites names several");
        return;
    }
    if (!halves) return;
    for (const Site& from : plan.sites)
        for (std::size_t to = 0; to < plan.sites.size(); ++to)
            if (&from != &plan.sites[to] && from.travel[to] == Duration::zero()) {
                halves.fault("how long does it take from " + from.name + " to " +
                             plan.sites[to].name + "? Write it in clinic.sites." + from.name +
                             ", such as travel: {" + plan.sites[to].name + ": 30 min}");
                return;
            }
}

}  // namespace clinicsim::reading
