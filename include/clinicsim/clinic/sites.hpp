// Which sites there are for a patient, and which chairs for a visit at each.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "clinicsim/clinic/clinic_plan.hpp"

namespace clinicsim {

/// `home`, then the others, the nearest first.
std::vector<SiteId> nearest_sites(const ClinicPlan& clinic, SiteId home);

/// The kinds of chairs at a site that the visit may use, the one liked best first, without those of
/// which there is never one; none: it cannot take place there.
std::vector<ChairKindId> kinds_at(const ClinicPlan& clinic, const VisitParts& visit, SiteId site);

/// Staff and equipment as a scenario names them: where there are several sites, each name stands
/// for one group at each.
std::vector<std::string> staff_names(const ClinicPlan& clinic);
/// The group of the name'th of staff_names() at the first site; those at the others follow.
StaffGroupId first_group(const ClinicPlan& clinic, std::size_t name);

/// A part of the clinic that results are told of by itself.
struct Part {
    std::string name;
    std::vector<std::uint8_t> members;  // staff groups, or kinds of chairs
};
/// Each group of staff and equipment; where there are several sites, all of a name together, then
/// those at each site: "nurse", "nurse.north", …
std::vector<Part> staff_parts(const ClinicPlan& clinic);
/// Where there are several: the chairs of each site, those of each kind, and of a kind at a site:
/// "north", "recliner", "north.recliner". None of unlimited chairs.
std::vector<Part> chair_parts(const ClinicPlan& clinic);

}  // namespace clinicsim
