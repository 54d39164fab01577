// How many visits at once a clinic can carry: what an appointment book may promise.
#pragma once

#include "clinicsim/base/dates.hpp"
#include "clinicsim/care/patients.hpp"
#include "clinicsim/clinic/clinic_plan.hpp"
#include "clinicsim/clinic/roster.hpp"
#include "clinicsim/kernel/servers.hpp"

namespace clinicsim {

/// At one site over time, as far as plans reach (nobody is booked around sick days and breakdowns
/// to come): the chairs, and of each group of staff or equipment as many visits as those on duty
/// can look after on average over a visit. kUnlimited where nothing limits them. With `sick`: those
/// who are there.
CapacityCalendar bookable_visits(const ClinicPlan& clinic, const PatientMix& patients,
                                 const Dates& dates, Instant until, SiteId site = 0,
                                 const std::optional<SickDays>& sick = {});

}  // namespace clinicsim
