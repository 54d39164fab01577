// clinic.booking and clinic.attendance.
#pragma once

#include "draft.hpp"

namespace clinicsim::reading {

/// After the clinic's chairs, opening hours, slot and attendance.
void read_booking(const Value& booking, ClinicPlan& plan);
/// After the slot; may bring clinic.booking with it.
void read_attendance(const Value& attendance, ClinicPlan& plan);
/// Who comes early and late.
void read_arrival(const Value& arrival, ClinicPlan& plan);
/// Whether series fit into the book. Where the scenario has no faults so far.
void check_booking(Draft& draft, const Value& root);

}  // namespace clinicsim::reading
