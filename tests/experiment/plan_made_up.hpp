// A made-up clinic for plans: what a run shows is arithmetic of chairs, policy and replication,
// with noise whose law is known, so that the right answer is known exactly.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>

#include "clinicsim/experiment/plan.hpp"
#include "clinicsim/random/engine.hpp"
#include "clinicsim/random/normal.hpp"
#include "made_up.hpp"

namespace clinicsim {

/// Days that rescues wait on average with so many chairs (0: unlimited) under a policy, and the
/// standard deviation between replications.
struct Truth {
    std::function<double(const std::string& policy, std::uint32_t chairs)> wait;
    double sd = 1;
};

/// One standard normal number of a replication, the same for every choice: as common random numbers
/// are, but for a part of its own for every number of chairs.
inline double noise(std::uint64_t seed, std::uint32_t replication, std::uint32_t chairs) {
    const auto draw = [&](std::uint32_t who) {
        Engine engine{{seed, replication, who, Purpose::search, 0}};
        return normal_quantile(std::min(std::max(uniform01(engine), 1e-12), 1 - 1e-12));
    };
    return std::sqrt(0.5) * draw(1'000'000) + std::sqrt(0.5) * draw(chairs);
}

inline Simulate simulate_truth(Truth truth) {
    return [truth](const Model& model, const PolicyModel& policy, std::uint32_t replication,
                   Sink& sink) {
        const std::uint32_t chairs = model.clinic.chairs.value_or(0);
        const double days = truth.wait(policy.choice.name, chairs) +
                            truth.sd * noise(model.seed, replication, chairs);
        const Group group{};
        const PatientId first = kFirstOfStock;
        const Instant asked = at_day(15);
        const Instant seen =
            asked + Duration{std::llround(std::clamp(days, 0.0, 90.0) * 86'400'000.0)};
        sink.on(CareBegan{at_day(0), first, group});
        sink.on(ResponseBegan{at_day(10), first, group});
        sink.on(VisitStarted{seen, asked, first, group, VisitKind::rescue, true, false});
        sink.on(InfusionGiven{seen + hours{1}, first, group, VisitKind::rescue, true});
        sink.on(ChairHeld{seen, seen + hours{2}, first, group});
        sink.on(CareSpan{at_day(10), at_day(20), first, group, CareState::well});
        sink.on(CareEnded{model.end, at_day(0), true, first, group, LeftBecause::end_of_run});
        return RunCount{.events = 1000, .visits = 1, .patients = 1};
    };
}

/// One policy, "a"; the target is a mean wait of 40 days or less.
inline Scenario plan_scenario(std::uint64_t seed = 1) {
    Scenario scenario = made_up_scenario(10);
    scenario.model.seed = seed;
    scenario.model.clinic.chairs = 5;
    scenario.policies.resize(1);
    PlanQuestion plan;
    plan.vary.push_back({"clinic.chairs", {}, {}});
    for (int chairs = 1; chairs <= 12; ++chairs) {
        plan.vary[0].values.push_back(std::to_string(chairs));
        plan.vary[0].numbers.push_back(chairs);
    }
    plan.of = "clinic.chairs";
    Target target;
    target.text = "wait_days_rescue.mean <= 40 days";
    target.metric = "wait_days_rescue.mean";
    target.lowest = -HUGE_VAL;
    target.highest = 40;
    plan.targets.push_back(target);
    plan.budget = 2000;
    scenario.plan = plan;
    return scenario;
}

inline ReadChoice read_chairs(const Scenario& scenario) {
    return [scenario](const std::vector<Override>& values) {
        Scenario read = scenario;
        for (const Override& one : values)
            if (one.path == "clinic.chairs")
                read.model.clinic.chairs = static_cast<std::uint32_t>(std::stoul(one.value));
        return read;
    };
}

inline Plan plan_of(const Scenario& scenario, const Truth& truth, unsigned threads = 1) {
    return make_plan(scenario, read_chairs(scenario), {.threads = threads}, simulate_truth(truth));
}

/// The value of the answer, "none" where there is none.
inline std::string answer_of(const Plan& plan, std::size_t policy = 0) {
    const auto& answer = plan.policies.at(policy).answer;
    return answer ? plan.choices[*answer].front() : "none";
}

}  // namespace clinicsim
