#include "plan_formula.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "clinicsim/clinic/opening_hours.hpp"
#include "clinicsim/observe/run_observer.hpp"
#include "clinicsim/stats/queueing.hpp"

namespace clinicsim::planning {

namespace {

constexpr double kOneInFive = 0.2;  // waits: the mark of square-root staffing that is shown
constexpr int kMostChairs = 10'000;

/// Adds up how long chairs are held.
class Holds final : public Sink {
  public:
    Holds(const Window& window, const Model& model, const SiteHours& open,
          const std::vector<bool>& counts)
        : window_{window}, clinic_{model.clinic}, open_{open}, counts_{counts} {}

    void on(const ChairHeld& fact) override {
        const SiteId site = clinic_.site_of(fact.chair);
        if (!counts_.empty() && !counts_[site]) return;
        const Instant from = std::max(fact.from, window_.from), to = std::min(fact.to, window_.to);
        const OpeningHours& open = open_[site];
        if (from < to) busy_open += open.open_before(to) - open.open_before(from);
        if (!window_.contains(fact.from)) return;
        const double hours = in_hours(fact.to - fact.from);
        pilot.visits += 1;
        pilot.hours += hours;
        pilot.hours_squared += hours * hours;
    }
    Pilot pilot;
    Duration busy_open{};

  private:
    const Window& window_;
    const ClinicPlan& clinic_;
    const SiteHours& open_;
    const std::vector<bool>& counts_;
};

/// The fewest chairs with which M/M/c, its wait scaled as Allen and Cunneen do, keeps the target;
/// nothing where there is no formula for it, or no number does.
std::optional<int> chairs_for(const Target& target, const PlanFormula& f) {
    const auto suffix = [&](std::string_view end) { return target.metric.ends_with(end); };
    const bool of_a_wait = target.metric.starts_with("wait_days_");
    if (!std::isfinite(target.highest)) return std::nullopt;
    const double share = suffix(".p50") ? 0.5 : suffix(".p90") ? 0.9 : 0.95;
    const bool quantile = of_a_wait && (suffix(".p50") || suffix(".p90") || suffix(".p95"));
    const double scale = (1 + f.visit_variation) / 2;
    // a wait in days of the calendar, as hours of opening time
    const double open_hours = target.highest * 24 * f.open_share;
    const double rate = 1 / f.mean_visit_hours;
    for (int chairs = f.enough_for_the_load; chairs <= kMostChairs; ++chairs) {
        const auto line = Mmc::make(chairs, f.visits_per_hour, rate);
        if (!line) continue;
        bool enough = false;
        if (target.metric == "chair_utilisation")
            enough = f.load / chairs <= target.highest;
        else if (quantile)
            enough = line->wait_quantile(share) * scale <= open_hours;
        else if (of_a_wait && suffix(".mean"))
            enough =
                allen_cunneen_wait(chairs, f.visits_per_hour, rate, 1, f.visit_variation).value() <=
                open_hours;
        else if (of_a_wait && suffix(".waited"))
            enough = line->share_waiting() <= target.highest;
        else
            return std::nullopt;
        if (enough) return chairs;
    }
    return std::nullopt;
}

int whole_over(double load) {
    return static_cast<int>(std::min<double>(kMostChairs, std::floor(load) + 1));
}

}  // namespace

Pilot pilot(const Scenario& unlimited, std::size_t policy, const std::vector<bool>& counts,
            const Simulate& simulate_one) {
    const Model& model = unlimited.model;
    const SiteHours open = opening_hours(model.clinic, model.dates, model.end);
    const Window window = measured_time(model, open);
    Holds holds{window, model, open, counts};
    const RunCount count = simulate_one(model, unlimited.policies[policy], 0, holds);
    Pilot result = holds.pilot;
    result.open_hours = in_hours(window.open);
    if (std::count(counts.begin(), counts.end(), true) == 1) {
        const auto site = std::find(counts.begin(), counts.end(), true) - counts.begin();
        const OpeningHours& there = open[static_cast<std::size_t>(site)];
        result.open_hours = in_hours(there.open_before(window.to) - there.open_before(window.from));
    }
    result.all_hours = in_hours(window.length());
    result.events = count.events;
    if (result.open_hours > 0) result.chairs_busy = in_hours(holds.busy_open) / result.open_hours;
    return result;
}

PlanFormula formula(const Pilot& pilot, const std::vector<Target>& targets) {
    PlanFormula f;
    f.load = pilot.chairs_busy;
    f.open_share = pilot.all_hours > 0 ? pilot.open_hours / pilot.all_hours : 1;
    f.enough_for_the_load = whole_over(f.load);
    f.at_85_percent = std::max(1, static_cast<int>(std::ceil(f.load / 0.85)));
    f.square_root = square_root_staffing(f.load, kOneInFive);
    if (pilot.visits < 2 || !(pilot.hours > 0) || !(f.load > 0)) return f;
    f.mean_visit_hours = pilot.hours / pilot.visits;
    f.visits_per_hour = f.load / f.mean_visit_hours;
    f.visit_variation = std::max(
        0.0, pilot.hours_squared / pilot.visits / (f.mean_visit_hours * f.mean_visit_hours) - 1);
    for (const Target& target : targets) {
        const auto chairs = chairs_for(target, f);
        if (!chairs) {
            f.for_targets.reset();
            break;
        }
        f.for_targets = std::max(f.for_targets.value_or(1), *chairs);
    }
    return f;
}

std::vector<std::string> reasons_for_a_gap(const Scenario& scenario, const PlanFormula& f,
                                           const std::vector<bool>& counts) {
    const Model& model = scenario.model;
    std::vector<std::string> reasons;
    if (f.open_share < 1) {
        char text[160];
        std::snprintf(text, sizeof text,
                      "the formula knows no closing time: here chairs are open %.0f %% of the "
                      "hours, and who asks on a Friday evening waits for Monday",
                      100 * f.open_share);
        reasons.emplace_back(text);
    }
    const auto sites = std::count(counts.begin(), counts.end(), true);
    if (sites > 1)
        reasons.emplace_back(
            "the chairs stand at several sites, and a free one at another site helps only who "
            "goes there; the formula has them under one roof");
    else if (counts.size() > 1)
        reasons.emplace_back(
            "the formula has only who lives next to this site; some go to another one, or come "
            "from there, and a target may speak of the patients of all sites");
    const auto of_a_site_that_counts = [&](const ChairKind& kind) {
        return counts.empty() || counts[kind.site];
    };
    if (std::count_if(model.clinic.chair_kinds.begin(), model.clinic.chair_kinds.end(),
                      of_a_site_that_counts) > sites + (counts.empty() ? 1 : 0))
        reasons.emplace_back(
            "some visits need a chair of their kind; the formula takes every chair for any visit");
    if (!model.clinic.staff.empty())
        reasons.emplace_back("staff can be what is short; the formula counts chairs alone");
    const auto& inductions = model.patients.inductions;
    if (std::any_of(inductions.begin(), inductions.end(),
                    [](const Induction& one) { return one.visits > 1; }))
        reasons.emplace_back(
            "visits come in series, and a relapse brings the next request: arrivals are no "
            "Poisson stream, and a late visit moves those after it");
    if (model.clinic.no_show > 0 || model.clinic.no_show_first > 0)
        reasons.emplace_back("a no-show leaves its chair empty and wants another appointment");
    if (model.clinic.access == Access::booked)
        reasons.emplace_back(
            "appointments take whole slots, and a visit that runs late makes the next one wait");
    if (model.clinic.rank[0] != model.clinic.rank[1] ||
        model.clinic.rank[1] != model.clinic.rank[2])
        reasons.emplace_back("some kinds of visit go before others; the formula has one line");
    const auto* poisson = std::get_if<PoissonArrivals>(&model.patients.arrivals);
    if (poisson != nullptr && (poisson->growth_per_year != 0 || poisson->season_amplitude != 0))
        reasons.emplace_back("arrivals grow or have a season: the formula has their mean load");
    return reasons;
}

}  // namespace clinicsim::planning
