// Clinics with staff, for the stories and laws of visits in phases.
#pragma once

#include "told.hpp"

namespace clinicsim::test {

constexpr std::uint32_t whole = kWhole;

/// People who work every day from one hour to another.
inline Shift daily_shift(std::uint32_t people, Duration from, Duration to) {
    Shift shift;
    shift.people = people;
    shift.hours = DayHours{from, to};
    return shift;
}
inline Shift always_there(std::uint32_t people) { return daily_shift(people, 0h, 24h); }

inline StaffGroup group_of(std::string name, std::vector<Shift> shifts) {
    StaffGroup group;
    group.name = std::move(name);
    group.shifts = std::move(shifts);
    return group;
}

/// Patients who come for one visit of 10 min preparation, 40 min infusion, 20 min recovery and 10
/// min turnover, and leave. Open always, first come first served.
inline Model phases(std::vector<Instant> at, std::uint32_t chairs, Days horizon = Days{3}) {
    RenewalCourse leaves;
    leaves.responds = {0};
    Model model = referred_at(std::move(at), 1, leaves, horizon);
    model.clinic.chairs = chairs;
    model.clinic.rank = {0, 0, 0};
    model.clinic.visits[0].first = {always(10min), always(40min), always(20min), always(10min), {}};
    model.clinic.visits[0].later = model.clinic.visits[0].first;
    return model;
}

/// Needs of the first condition's visits, first and later.
inline void needs(Model& model, const PhaseNeeds& of) {
    model.clinic.visits[0].first.needs = model.clinic.visits[0].later.needs = of;
}

}  // namespace clinicsim::test
