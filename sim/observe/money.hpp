// What a run's tallies are worth by the scenario's costs.
#pragma once

#include "clinicsim/observe/metrics.hpp"

namespace clinicsim::money {

/// Of the measured time. Nothing without costs; where chairs are unlimited, nothing but `revenue`.
MetricSample revenue_per_year(const MetricInput& in);
MetricSample staff_cost_per_year(const MetricInput& in);
MetricSample cost_per_year(const MetricInput& in);
MetricSample contribution_per_year(const MetricInput& in);
MetricSample contribution_per_chair_hour(const MetricInput& in);
MetricSample cost_per_infusion(const MetricInput& in);

}  // namespace clinicsim::money
