// What runs say of a choice: whether it meets the targets, how surely, and which target it misses.
#pragma once

#include <optional>
#include <vector>

#include "plan_runs.hpp"
#include "plan_search.hpp"

namespace clinicsim::planning {

/// The targets of one policy that can be judged: those whose metric exists there.
struct Asked {
    std::size_t policy = 0;  // into the scenario's policies
    std::string name;
    std::vector<Target> targets;
    std::vector<std::size_t> metrics;           // of the targets
    std::optional<std::size_t> goal;            // the metric of a goal of lowest or highest
    std::optional<std::size_t> contribution{};  // the metric, where there are costs
};

/// Takes out the targets whose metric none of these runs has, and returns their texts.
std::vector<std::string> leave_out_unseen(Asked& asked, const PlanRuns& runs,
                                          const std::vector<Ask>& seen);

/// By 95 % intervals.
PlanPoint point_of(const PlanRuns& runs, const Asked& asked, const Ask& ask);
/// By the estimate alone, whatever its interval.
bool is_kept(const TargetResult& target);
/// Nearer to what the target asks for, by 95 % intervals that do not overlap.
bool is_clearly_nearer(const TargetResult& one, const TargetResult& other);
/// The same as a step of the search.
Step step_of(const PlanPoint& point);

/// Chance, at most, of estimates as far inside the targets as these, if one of them is not met.
double p_of_meeting(const PlanRuns& runs, const Asked& asked, const Ask& ask);

/// One side of one target.
struct Side {
    std::size_t target = 0;  // into Asked::targets
    bool above = true;       // the metric lies above `highest`; else below `lowest`
};
/// The side on which the choice is the surest to miss; nothing where all estimates meet.
std::optional<Side> missed_side(const PlanRuns& runs, const Asked& asked, const Ask& ask);
/// Chance, at most, of an estimate as far outside as this, if that side is kept.
double p_of_missing(const PlanRuns& runs, const Asked& asked, const Ask& ask, const Side& side);

}  // namespace clinicsim::planning
