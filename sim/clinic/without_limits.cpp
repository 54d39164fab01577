#include "clinicsim/clinic/model.hpp"

namespace clinicsim {

bool has_limits(const Model& model) {
    const auto& booking = model.clinic.booking;
    return model.clinic.chairs.has_value() || !model.clinic.staff.empty() ||
           (booking && !booking->template_.empty());
}

Model without_limits(const Model& model) {
    Model free = model;
    free.clinic.chairs.reset();
    free.clinic.chair_kinds.clear();
    for (std::size_t site = 0; site < model.clinic.sites.size(); ++site)
        free.clinic.chair_kinds.push_back({"", 0, static_cast<SiteId>(site)});
    free.clinic.changes.clear();
    free.clinic.breakdowns.reset();
    free.clinic.staff.clear();
    free.costs.reset();  // nobody says what such a clinic costs
    for (ClinicPlan::Visits& visits : free.clinic.visits)
        for (VisitParts* parts : {&visits.first, &visits.later}) {
            parts->needs = {};
            parts->chairs.clear();
        }
    if (auto& booking = free.clinic.booking) {
        booking->held = booking->overbook = 0;
        booking->template_.clear();
        booking->waiting_list.reset();
    }
    return free;
}

}  // namespace clinicsim
