// When the next chair is due: a clinic whose arrivals grow, looked at quarter by quarter.
//
// A quarter that misses its targets even without limits, as one with a long closure may, asks for
// no chair: it is passed over and said so. What a quarter needs only because of a closure goes with
// it.
#pragma once

#include <optional>
#include <vector>

#include "plan_choices.hpp"
#include "plan_judge.hpp"

namespace clinicsim::planning {

/// Quarters of a year that the timetable covers, from the end of warm-up.
constexpr std::uint32_t kQuarters = 12;

struct GrowthQuestion {
    double per_month = 0;
    const Scenario& scenario;
    const Choices& choices;
    const std::vector<Asked>& asked;
    std::vector<std::optional<std::size_t>> from;  // by policy: the plan's answer
};

/// Choices in a quarter have numbers of their own among the runs of a plan.
std::size_t number_in_quarter(const Choices& choices, std::size_t choice, std::uint32_t quarter);
/// The values of such a number: those of the choice; arrivals that grow by `per_month` and are what
/// the scenario says at the end of warm-up; and the quarter alone as measured time.
std::vector<Override> overrides_in_quarter(const Choices& choices, std::size_t number,
                                           const Scenario& scenario, double per_month);

/// By estimates of ten replications: nothing of it is confirmed. Nothing where it was stopped.
std::optional<std::vector<GrowthTable>> growth_timetable(const GrowthQuestion& question,
                                                         PlanRuns& runs);

}  // namespace clinicsim::planning
