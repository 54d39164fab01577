// A goal of lowest or highest: Kim and Nelson's procedure among the choices that meet the targets.
#pragma once

#include "plan_judge.hpp"

namespace clinicsim::planning {

struct Selected {
    std::size_t choice = 0;   // the best, or the best so far
    bool sure = false;        // Kim and Nelson's promise holds for it
    double indifference = 0;  // in the metric's unit
    double alpha = 0;
    std::vector<std::size_t> as_good;  // not told apart when the budget was spent, the choice too
};

/// `among`: two choices or more, all with the metric. Its replications have numbers of their own.
/// Nothing where it was stopped.
std::optional<Selected> select(PlanRuns& runs, const Asked& asked,
                               const std::vector<std::size_t>& among, bool smaller_is_better,
                               std::optional<double> indifference, double alpha);

}  // namespace clinicsim::planning
