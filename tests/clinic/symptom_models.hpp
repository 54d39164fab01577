// Models of clinics whose patients have a symptom course.
#pragma once

#include "clinicsim/care/symptom_defaults.hpp"
#include "one_store.hpp"
#include "told.hpp"

namespace clinicsim::test {

/// One patient, referred at `arrival` to an induction of so many infusions, a day apart.
inline Model one_referred(const SymptomCourse& course, Days horizon, std::uint32_t infusions = 1,
                          Duration arrival = {}) {
    Model model = empty_model(horizon);
    model.patients.arrivals = ListedArrivals{{kRunStart + arrival}};
    model.patients.conditions[0].induction = InductionId{0};
    model.patients.inductions = {{"series", infusions, always(Days{1})}};
    model.patients.courses = {{"course", course, {}}};
    model.observation.relapse = {0.42, 2};
    return model;
}

/// Patients with the default course who come all through the run, and some in care at the start.
inline Model crowd(Days horizon = Days{400}) {
    Model model = one_referred(default_symptom_course(), horizon, 6);
    model.patients.arrivals = RegularArrivals{Days{2}, hours{1}, {}};
    model.patients.in_care_at_start = {60, Days{28}};
    model.patients.inductions[0].gap = Uniform{2 * kDay, 3 * kDay};
    model.clinic.visits[0].first.infusion = always(45min);
    model.clinic.visits[0].later = model.clinic.visits[0].first;
    return model;
}

inline Policy nothing() { return {}; }
inline Policy only_rescue(const Asking& asking) {
    Policy policy;
    policy.asking = asking;
    return policy;
}
inline Asking by_score(double below, std::uint32_t in_a_row, Days after = Days{0}) {
    Asking asking = asks_after(after);
    asking.on_score = ScoreRule{below, in_a_row};
    return asking;
}

inline Lines told(const Model& model, const Policy& policy, unsigned of, const Span& ill_for = {}) {
    return test::told(model, with_pathway(model, policy, ill_for), of);
}

}  // namespace clinicsim::test
