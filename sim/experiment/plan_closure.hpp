// When a clinic is closed for long: what a wait in a quarter owes to the calendar, and to no chair.
#pragma once

#include <optional>
#include <string>

#include "clinicsim/clinic/model.hpp"

namespace clinicsim::planning {

/// From so many days in a row without an opening hour on, a closure is more than a long weekend.
constexpr int kDaysOfAClosure = 7;

/// The longest closure of any site that reaches into [from, to): "closed 2026-12-24 to 2027-01-06",
/// with the weekends beside it. Only where holidays or closed dates are part of it.
std::optional<std::string> closure_in(const Model& model, Instant from, Instant to);

}  // namespace clinicsim::planning
