#include "plan_around.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "clinicsim/clinic/sites.hpp"
#include "clinicsim/experiment/fold.hpp"
#include "clinicsim/observe/metrics.hpp"
#include "clinicsim/observe/staff_metrics.hpp"

namespace clinicsim {
namespace planning {

namespace {

constexpr const char* kInTheRoom = "wait_minutes_in_room.mean";
constexpr double kLongInTheRoom = 30;  // minutes on average that an owner is told of

std::optional<double> mean_of_first(const PlanRuns& runs, const Asked& asked, const Ask& ask,
                                    std::size_t replications, MetricKind kind) {
    std::vector<MetricSample> column;
    for (std::size_t r = 0; r < replications; ++r)
        column.push_back(runs.samples(ask)[r].at(*asked.goal));
    return estimate(kind, column).mean;
}

Ask most_replicated(const PlanRuns& runs, const Asked& asked, std::size_t answer) {
    Ask most{answer, asked.policy, 0, Block::confirm};
    for (const Block block : {Block::select, Block::search}) {
        const Ask other{answer, asked.policy, 0, block};
        if (runs.samples(other).size() > runs.samples(most).size()) most = other;
    }
    return most;
}

}  // namespace

std::vector<std::size_t> ties_of(const PlanRuns& runs, const Asked& asked,
                                 const std::vector<std::size_t>& among, std::size_t answer,
                                 double indifference) {
    const Ask best{answer, asked.policy, 0, Block::search};
    const MetricKind kind = runs.kind_of(*asked.goal);
    std::vector<std::size_t> ties;
    for (const std::size_t choice : among) {
        const Ask other{choice, asked.policy, 0, Block::search};
        const std::size_t both = std::min(runs.samples(best).size(), runs.samples(other).size());
        if (choice == answer || both == 0) continue;
        const auto here = mean_of_first(runs, asked, best, both, kind);
        const auto there = mean_of_first(runs, asked, other, both, kind);
        if (here && there && std::abs(*here - *there) <= indifference) ties.push_back(choice);
    }
    return ties;
}

std::vector<PlanFact> facts_of(const PlanRuns& runs, const Asked& asked, const ClinicPlan& clinic,
                               std::size_t answer) {
    const std::string called_off = "called_off_per_year";
    std::vector<std::string> names{kInTheRoom, "sent_home_per_year", called_off,
                                   "clinic_overtime_hours_per_week", "chair_utilisation"};
    for (const Part& group : staff_parts(clinic))
        names.push_back(part_metric_name("staff_utilisation", group.name));
    names.push_back(kContribution);
    const Ask ask = most_replicated(runs, asked, answer);
    std::vector<PlanFact> facts;
    for (std::string& name : names) {
        const auto metric = plan_metric(clinic, name);
        if (!metric) continue;
        Estimate found = runs.estimate_of(ask, *metric);
        // who is only to be present is never used up, and not every clinic has staff who may be
        // sick
        const bool says_nothing =
            !found.mean || ((staff_metric(name) || name == called_off) && *found.mean == 0);
        if (!says_nothing) facts.push_back({std::move(name), std::move(found)});
    }
    return facts;
}

void explain_waiting_room(PolicyPlan& policy, const Asked& asked) {
    const auto is_of_the_room = [](const Target& target) {
        return target.metric.starts_with("wait_minutes_in_room");
    };
    if (std::any_of(asked.targets.begin(), asked.targets.end(), is_of_the_room)) return;
    for (const PlanFact& fact : policy.facts) {
        if (fact.metric != kInTheRoom || *fact.found.mean < kLongInTheRoom) continue;
        char minutes[32];
        std::snprintf(minutes, sizeof minutes, "%.0f", *fact.found.mean);
        policy.remarks.push_back("with this answer patients sit in the waiting room for " +
                                 std::string{minutes} +
                                 " minutes on average, and no target limits that; one would be " +
                                 kInTheRoom + " <= 15 minutes");
    }
}

}  // namespace planning

bool are_neighbours(const PlanQuestion& question, const std::vector<std::string>& one,
                    const std::vector<std::string>& other) {
    std::ptrdiff_t steps = 0;
    for (std::size_t v = 0; v < question.vary.size(); ++v) {
        const auto& values = question.vary[v].values;
        steps += std::abs(std::find(values.begin(), values.end(), one[v]) -
                          std::find(values.begin(), values.end(), other[v]));
    }
    return steps == 1;
}

}  // namespace clinicsim
