// How many people of a group are on duty from when on: shifts laid out over a run.
#pragma once

#include <cstdint>
#include <optional>

#include "clinicsim/base/dates.hpp"
#include "clinicsim/clinic/clinic_plan.hpp"
#include "clinicsim/kernel/servers.hpp"

namespace clinicsim {

/// Whose sick days are drawn. A person's day has an address of its own, so that nobody's sickness
/// moves when somebody is hired at the end of a shift's or the group's list.
struct SickDays {
    std::uint64_t seed = 0;
    std::uint32_t replication = 0;
};

/// From the start of the run to 400 days after `until`, as opening hours are. Without `sick`: as
/// planned.
CapacityCalendar on_duty(const ClinicPlan& clinic, StaffGroupId group, const Dates& dates,
                         Instant until, const std::optional<SickDays>& sick = {});

}  // namespace clinicsim
