#include "plan_judge.hpp"

#include <algorithm>
#include <cmath>

#include "clinicsim/experiment/fold.hpp"

namespace clinicsim::planning {

namespace {

/// P(an estimate as far below `bound` as this, or farther | the truth is `bound`).
double p_below(const Estimate& found, double bound) {
    if (!std::isfinite(bound)) return 0;
    if (!found.mean || !found.sd || found.n < 2) return 1;
    const double n = static_cast<double>(found.n), distance = bound - *found.mean;
    if (!(*found.sd > 0)) {
        // never otherwise: the chance of that falls off exponentially, and is 2.5 % at the end of
        // the interval
        if (distance < 0 || !found.ci95) return 1;
        const double reach = found.ci95->high - *found.mean;
        return reach > 0 ? std::pow(0.025, distance / reach) : 0;
    }
    return student_tail(distance / (*found.sd / std::sqrt(n)), n - 1);
}
Estimate mirrored(Estimate found) {
    if (found.mean) found.mean = -*found.mean;
    if (found.ci95) found.ci95 = Interval{-found.ci95->high, -found.ci95->low};
    return found;
}
double p_above(const Estimate& found, double bound) { return p_below(mirrored(found), -bound); }

/// From what the target asks for; 0: inside.
double distance(const TargetResult& target, double at) {
    return std::max({0.0, at - target.highest, target.lowest - at});
}

}  // namespace

std::vector<std::string> leave_out_unseen(Asked& asked, const PlanRuns& runs,
                                          const std::vector<Ask>& seen) {
    std::vector<std::string> left_out;
    Asked kept = asked;
    kept.targets.clear();
    kept.metrics.clear();
    for (std::size_t t = 0; t < asked.targets.size(); ++t) {
        const bool exists = std::any_of(seen.begin(), seen.end(), [&](const Ask& ask) {
            return runs.estimate_of(ask, asked.metrics[t]).n > 0;
        });
        if (exists) {
            kept.targets.push_back(asked.targets[t]);
            kept.metrics.push_back(asked.metrics[t]);
        } else {
            left_out.push_back(asked.targets[t].text);
        }
    }
    asked = std::move(kept);
    return left_out;
}

PlanPoint point_of(const PlanRuns& runs, const Asked& asked, const Ask& ask) {
    PlanPoint point;
    point.choice = ask.choice;
    point.replications = static_cast<std::uint32_t>(runs.samples(ask).size());
    point.fresh = ask.block == Block::confirm;
    bool all_met = true, one_missed = false;
    for (std::size_t i = 0; i < asked.targets.size(); ++i) {
        point.targets.push_back(
            judge(asked.targets[i], asked.name, runs.estimate_of(ask, asked.metrics[i])));
        all_met &= point.targets.back().met == true;
        one_missed |= point.targets.back().met == false;
    }
    if (one_missed)
        point.met = false;
    else if (all_met)
        point.met = true;
    if (asked.goal) point.goal = runs.estimate_of(ask, *asked.goal);
    if (asked.contribution) point.contribution = runs.estimate_of(ask, *asked.contribution);
    return point;
}

bool is_clearly_nearer(const TargetResult& one, const TargetResult& other) {
    if (!one.ci95 || !other.ci95) return false;
    return std::max(distance(one, one.ci95->low), distance(one, one.ci95->high)) <
           std::min(distance(other, other.ci95->low), distance(other, other.ci95->high));
}

bool is_kept(const TargetResult& target) {
    return target.estimate && *target.estimate >= target.lowest &&
           *target.estimate <= target.highest;
}

Step step_of(const PlanPoint& point) {
    const bool leans = std::all_of(point.targets.begin(), point.targets.end(), is_kept);
    return {point.replications, leans, point.met};
}

double p_of_meeting(const PlanRuns& runs, const Asked& asked, const Ask& ask) {
    double worst = 0;
    for (std::size_t i = 0; i < asked.targets.size(); ++i) {
        const Estimate found = runs.estimate_of(ask, asked.metrics[i]);
        worst = std::max({worst, p_below(found, asked.targets[i].highest),
                          p_above(found, asked.targets[i].lowest)});
    }
    return worst;
}

std::optional<Side> missed_side(const PlanRuns& runs, const Asked& asked, const Ask& ask) {
    std::optional<Side> surest;
    double least = 0.5;
    for (std::size_t i = 0; i < asked.targets.size(); ++i)
        for (const bool above : {true, false}) {
            const double bound = above ? asked.targets[i].highest : asked.targets[i].lowest;
            if (!std::isfinite(bound)) continue;
            const double p = p_of_missing(runs, asked, ask, {i, above});
            if (p < least) {
                least = p;
                surest = Side{i, above};
            }
        }
    return surest;
}

double p_of_missing(const PlanRuns& runs, const Asked& asked, const Ask& ask, const Side& side) {
    const Target& target = asked.targets[side.target];
    const Estimate found = runs.estimate_of(ask, asked.metrics[side.target]);
    return side.above ? p_above(found, target.highest) : p_below(found, target.lowest);
}

}  // namespace clinicsim::planning
