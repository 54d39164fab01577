// A clinic of several sites.
#pragma once

#include "clinicsim/clinic/clinic_plan.hpp"
#include "draft.hpp"

namespace clinicsim::reading {

/// `open` of a clinic or of one of its sites. `value` may be absent.
void read_open(const Value& open, OpeningRule& rule);

/// `sites` of a clinic: their chairs, hours and patients. After its holidays and closed days, which
/// hold for all sites.
void read_sites(const Value& sites, ClinicPlan& plan);

/// The names of a clinic's sites, in their order.
std::vector<std::string> site_names(const ClinicPlan& plan);

/// Which of the sites a value names; nothing after a fault.
std::optional<SiteId> read_site(const Value& value, const ClinicPlan& plan);

/// `transfers` of a clinic's booking. `value` may be absent.
void read_transfers(const Value& value, const ClinicPlan& plan, BookingPlan& booking);

}  // namespace clinicsim::reading
