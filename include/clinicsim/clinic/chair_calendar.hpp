// How many chairs of a kind can be used from when on: what is planned, less what is broken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "clinicsim/base/dates.hpp"
#include "clinicsim/clinic/clinic_plan.hpp"
#include "clinicsim/kernel/servers.hpp"

namespace clinicsim {

/// Whose breakdowns are drawn. A chair's n-th has an address of its own: no policy, and no chair
/// more, moves it.
struct BreakdownDraws {
    std::uint64_t seed = 0;
    std::uint32_t replication = 0;
};

/// From the start of the run to kCalendarMargin after `until`; for a clinic with a number of
/// chairs. Without `draws`: as planned.
CapacityCalendar chairs_over_time(const ClinicPlan& clinic, std::size_t kind, const Dates& dates,
                                  Instant until, const std::optional<BreakdownDraws>& draws = {});

}  // namespace clinicsim
