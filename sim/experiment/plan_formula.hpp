// What formulas say of the chairs: the load by a short pilot, then waiting lines.
#pragma once

#include "clinicsim/experiment/plan.hpp"

namespace clinicsim::planning {

/// What one run with unlimited chairs shows of the load.
struct Pilot {
    double chairs_busy = 0;  // on average in opening hours, of the sites that count
    double visits = 0;
    double hours = 0, hours_squared = 0;  // sums over visits, turnover included
    double open_hours = 0, all_hours = 0;
    std::uint64_t events = 0;
};
/// `counts` by site; empty: there are no sites.
Pilot pilot(const Scenario& unlimited, std::size_t policy, const std::vector<bool>& counts,
            const Simulate& simulate_one);

PlanFormula formula(const Pilot& pilot, const std::vector<Target>& targets);

/// Why a simulated answer may differ from the formula's, as far as it is so in this scenario.
std::vector<std::string> reasons_for_a_gap(const Scenario& scenario, const PlanFormula& formula,
                                           const std::vector<bool>& counts);

}  // namespace clinicsim::planning
