// A clinic with everything in it, for laws that hold whatever the numbers are.
#pragma once

#include "told.hpp"

namespace clinicsim::test {

/// A clinic with everything in it: a stock, arrivals, inductions, relapses, drop-out, hours.
inline Model busy_clinic(Days horizon, std::optional<std::uint32_t> chairs = 2) {
    RenewalCourse course = weibull_course(1.5, 40);
    course.responds = {0.3, 0.2, 0.2};
    course.responds_at_last = false;
    course.works = 0.8;
    course.loss_of_response = 0.01;
    course.frailty = Gamma::of_mean_sd(1, 0.3);
    Model model = renewal_model(20, course, horizon);
    model.seed = 7;
    model.clinic.chairs = chairs;
    model.clinic.open = daily({{8, 12}, {13, 17}});
    model.clinic.visits[0].later = {always(10min),
                                    Triangular{30. * 60'000, 40. * 60'000, kDay / 24},
                                    always(20min), always(10min)};
    model.clinic.visits[0].first = model.clinic.visits[0].later;
    model.clinic.visits[0].first.preparation = always(40min);
    model.patients.in_care_at_start.spread = Days{30};
    model.patients.arrivals = PoissonArrivals{.per_tick = 0.6 / kDay};
    model.patients.severities = {{"mild", 0.5}, {"severe", 0.5}};
    model.patients.conditions[0].induction = InductionId{0};
    model.patients.inductions = {{"four", 4, Uniform{1.5 * kDay, 2.5 * kDay}}};
    model.patients.drop_out = {Exponential{200 * kDay}, DropOutFrom::first_visit,
                               DropOutLeaves::at_once, 0.03};
    return model;
}

inline Model booked(Model model) {
    model.clinic.access = Access::booked;
    model.clinic.no_show = model.clinic.no_show_first = 0.1;
    return model;
}

inline Policy monthly_with_rescue() {
    Policy policy = every(Days{28}, ScheduleClock::reset, asks_after(Days{2}));
    policy.missed = 0.1;
    return policy;
}

inline Policy pairs_as_needed() {
    Asking asking = asks_after(Days{1});
    asking.seen = SeenAtCheckUps{Days{7}};
    asking.asks = 0.9;
    Policy policy = as_needed(asking);
    policy.infusions = 2;
    policy.apart = Uniform{kDay, 2 * kDay};
    return policy;
}

inline Lines all_of(const Model& model, const Policy& policy, unsigned of = everything,
                    std::uint32_t replication = 0) {
    return told(model, with_pathway(model, policy, Span{.fixed = Days{60}}), of, true, replication);
}

}  // namespace clinicsim::test
