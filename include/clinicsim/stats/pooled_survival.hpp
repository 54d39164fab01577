// Numbers of time to an event that not every replication has: half of the patients may have had no
// event in some of them, and an average over the others would be too low. So they are read off the
// patients of all replications together, and the replications only say how sure they are.
#pragma once

#include <span>
#include <vector>

#include "clinicsim/stats/interval.hpp"
#include "clinicsim/stats/survival.hpp"

namespace clinicsim {

/// One span of patients per replication.
using Replicated = std::span<const std::vector<FollowUp>>;

/// Kaplan-Meier median of all patients. The interval is Woodruff's (1952): that of the curve's
/// level at the median, by a jackknife over replications, carried over to the axis of time. Its end
/// may be infinite. Where the curve of all stays over a half there is no mean, and the interval is
/// from the least time that cannot be excluded to infinity. `n`: replications that have a median
/// alone. `sd` is nothing: on the axis of time there is none. `competing`: of free_of() instead, so
/// that other causes than `cause` (>= 1) keep patients from the event for ever.
Estimate pooled_median(Replicated replications, int cause = kAnyCause, bool competing = false);

/// Cox's hazard ratio of all patients; the interval is by a jackknife of its logarithm over
/// replications. `n`: replications that have one alone. Nothing where all together have none.
Estimate pooled_hazard_ratio(Replicated a, Replicated b, int cause = kAnyCause);

}  // namespace clinicsim
