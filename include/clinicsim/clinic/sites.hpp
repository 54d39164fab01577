// Which sites there are for a patient, and which chairs for a visit at each.
#pragma once

#include <vector>

#include "clinicsim/clinic/clinic_plan.hpp"

namespace clinicsim {

/// `home`, then the others, the nearest first.
std::vector<SiteId> nearest_sites(const ClinicPlan& clinic, SiteId home);

/// The kinds of chairs at a site that the visit may use, the one liked best first; none: it cannot
/// take place there.
std::vector<ChairKindId> kinds_at(const ClinicPlan& clinic, const VisitParts& visit, SiteId site);

}  // namespace clinicsim
