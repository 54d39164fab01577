// Models built in code, and a sink that counts, for the tests of the clinic room.
#pragma once

#include <vector>

#include "clinicsim/clinic/model.hpp"

namespace clinicsim::test {

using namespace std::chrono_literals;

inline constexpr double kDay = 86'400'000;  // ticks

inline double ticks(Duration d) { return static_cast<double>(d.count()); }
inline Instant day(std::int64_t n, Duration after = {}) { return kRunStart + Days{n} + after; }
inline Distribution always(Duration d) { return Constant{ticks(d)}; }

/// A clinic open always with unlimited chairs and visits of no length; one condition, "depression".
inline Model empty_model(Days horizon, Days warm_up = Days{0}) {
    Model model;
    model.seed = 1;
    model.warm_up_end = kRunStart + warm_up;
    model.end = model.warm_up_end + horizon;
    model.clinic.visits.resize(1);
    model.patients.conditions = {{"depression", 1, std::nullopt, 0}};
    return model;
}

/// The same hours every day, from and to in hours after midnight.
inline OpeningRule daily(std::vector<std::pair<int, int>> stretches) {
    OpeningRule rule;
    rule.always = false;
    for (auto& day : rule.week)
        for (const auto& [from, to] : stretches) day.push_back({hours{from}, hours{to}});
    return rule;
}

inline RenewalCourse weibull_course(double shape, double scale_days) {
    RenewalCourse course;
    course.responds = {1.0};
    course.relapse = Weibull{shape, scale_days * kDay};
    return course;
}

/// Patients in care at the start, all treated at instant 0, who relapse by `course`.
inline Model renewal_model(std::uint32_t patients, const RenewalCourse& course, Days horizon,
                           Days warm_up = Days{0}) {
    Model model = empty_model(horizon, warm_up);
    model.patients.in_care_at_start = {patients, Duration{}};
    model.patients.courses = {{"course", course}};
    return model;
}

/// A queue: Poisson arrivals, one visit of `service`, then the patient leaves.
inline Model queue_model(std::uint32_t chairs, double per_hour, const Distribution& service,
                         Days horizon, Days warm_up = Days{0}) {
    Model model = empty_model(horizon, warm_up);
    model.clinic.chairs = chairs;
    model.clinic.rank = {0, 0, 0};
    model.clinic.visits[0].first.infusion = model.clinic.visits[0].later.infusion = service;
    model.patients.arrivals = PoissonArrivals{.per_tick = per_hour / 3'600'000};
    model.patients.conditions[0].induction = InductionId{0};
    model.patients.inductions = {{"single", 1, Constant{0}}};
    model.patients.courses = {{"leaves", RenewalCourse{}}};
    return model;
}

inline PolicyModel with_pathway(const Model& model, Policy policy, const Span& ill_for = {}) {
    PolicyModel result;
    result.choice.name = policy.name = policy.name.empty() ? "policy" : policy.name;
    result.pathways = {default_pathway(model.patients.conditions[0].induction.has_value(), ill_for,
                                       policy.stop_when_well)};
    result.choice.policies = {std::move(policy)};
    return result;
}

inline Policy every(Days interval, ScheduleClock clock, std::optional<Asking> rescue = {}) {
    Policy policy;
    policy.schedule = FixedInterval{Span{.fixed = interval}, clock};
    policy.asking = std::move(rescue);
    return policy;
}

inline Policy as_needed(const Asking& asking = {}) {
    Policy policy;
    policy.asking = asking;
    policy.leaves_unless_asking = true;
    return policy;
}

inline Asking asks_after(Days delay) {
    Asking asking;
    asking.asks_after = always(delay);
    return asking;
}

/// Counts inside [from, to) by the rules of the design, in the plainest way.
struct Count final : Sink {
    Instant from, to;
    double relapses = 0, planned = 0, rescues = 0, waits = 0, waited = 0, started = 0;
    double well = 0, ill = 0, held = 0;  // days
    double left_while_ill = 0, dropped_out = 0, turned_away = 0, missed = 0, no_shows = 0;
    double discharged = 0, inductions = 0, responded = 0, repeated = 0;
    double wait_hours = 0;

    explicit Count(const Model& model) : from{model.warm_up_end}, to{model.end} {}
    bool inside(Instant at) const { return at >= from && at < to; }
    double clipped_days(Instant a, Instant b) const {
        const Instant low = std::max(a, from), high = std::min(b, to);
        return low < high ? in_days(high - low) : 0;
    }

    using Sink::on;
    void on(const Relapsed& f) override { relapses += inside(f.at); }
    void on(const CareSpan& f) override {
        (f.state == CareState::well ? well : ill) += clipped_days(f.from, f.to);
    }
    void on(const InfusionGiven& f) override {
        if (f.kind == VisitKind::booster) planned += inside(f.at);
        if (f.kind == VisitKind::rescue) rescues += inside(f.at);
    }
    void on(const VisitStarted& f) override {
        if (!inside(f.wanted)) return;
        ++started;
        if (!f.waits_counted) return;
        ++waits;
        const Duration wait = std::max(Duration{}, f.at - f.wanted);
        waited += wait > Duration{};
        wait_hours += in_hours(wait);
    }
    void on(const ChairHeld& f) override { held += clipped_days(f.from, f.to); }
    void on(const TurnedAway& f) override { turned_away += inside(f.at); }
    void on(const BoosterMissed& f) override { missed += inside(f.at); }
    void on(const NoShow& f) override { no_shows += inside(f.at); }
    void on(const CareEnded& f) override {
        if (!inside(f.at)) return;
        left_while_ill += f.because == LeftBecause::left_while_ill;
        dropped_out += f.because == LeftBecause::dropped_out;
        discharged += f.because == LeftBecause::pathway;
    }
    void on(const InductionEnded& f) override {
        if (!inside(f.at)) return;
        ++inductions;
        responded += f.responded;
        repeated += f.repeated;
    }

    double years() const { return (well + ill) / 365.25; }
    double well_years() const { return well / 365.25; }
};

inline Count run(const Model& model, const PolicyModel& policy, std::uint32_t replication = 0) {
    Count count{model};
    simulate(model, policy, replication, count);
    return count;
}

}  // namespace clinicsim::test
