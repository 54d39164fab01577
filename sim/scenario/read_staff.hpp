// Chairs, staff, equipment, and what visits need of them.
#pragma once

#include <optional>
#include <vector>

#include "clinicsim/clinic/clinic_plan.hpp"
#include "draft.hpp"

namespace clinicsim::reading {

/// `staff` and `equipment` of a clinic. Before its visits, which name them.
void read_staff(MapReader& clinic, ClinicPlan& plan);

/// `chairs`, `changes` and `breakdowns` of a clinic. Before its visits, which name kinds.
void read_chairs(const Draft& draft, MapReader& clinic, ClinicPlan& plan);
/// `changes` and `breakdowns` alone: after the chairs of the sites.
void read_chair_events(const Draft& draft, MapReader& clinic, ClinicPlan& plan);
/// `chairs` of a clinic, or of one of its sites. `chairs` may be absent.
void read_number(const Value& chairs, ClinicPlan& plan, std::optional<SiteId> site);

/// `chairs` of a visit: the kinds that it may use.
void read_kinds(const Value& value, const ClinicPlan& plan, VisitParts& parts);

/// Faults where a kind of chair is for nobody, or a visit has none. For a scenario without faults
/// so far.
void check_chairs(Draft& draft, const Value& root);

/// A length, or {takes, needs}; what it leaves out stays as it is. `value` may be absent.
void read_phase(const Value& value, VisitPhase phase, const ClinicPlan& plan, Distribution& takes,
                PhaseNeeds& needs);

/// Faults where no time of the opening hours has the staff of a visit, and warnings of staff that
/// no visit needs. For a scenario without faults so far.
void check_staff(Draft& draft, const Value& root);
/// Warnings of opening hours in which a group that visits need is never there.
void warn_of_hours_without_staff(Draft& draft, const Value& root);
/// Warnings of staff and chairs that cannot do the planned work, and of those of whom one visit
/// leaves too few for the next.
void warn_of_workload(Draft& draft, const Value& root);

}  // namespace clinicsim::reading
