// A scenario by hand and made-up runs of it, so that the fold is tested without a clinic: the
// numbers of every run are arithmetic of its policy and replication.
#pragma once

#include <string>

#include "clinicsim/experiment/run.hpp"

namespace clinicsim {

inline Instant at_day(std::int64_t day) { return kRunStart + Days{day}; }

/// What one run is to show in the measured time of 100 days after 10 days of warm-up.
struct MadeUp {
    int relapses = 0;
    int well_days = 1;  // of the one patient, 1..99
    int rescue_wait_days = 0;
    int newcomers = 0;  // come into care on day 20 and stay
    int waiting = 0;    // at the end, of the one patient
    Group group{};
};

inline RunCount play(const MadeUp& numbers, const Model& model, Sink& sink) {
    const Group group = numbers.group;
    const PatientId first = kFirstOfStock;
    sink.on(CareBegan{at_day(0), first, group});
    sink.on(ResponseBegan{at_day(10), first, group});
    for (int i = 0; i < numbers.relapses; ++i)
        sink.on(Relapsed{at_day(11), first, group, static_cast<std::uint32_t>(i + 1)});
    sink.on(StageLeft{at_day(11), first, group, 0, 0});
    const Instant asked = at_day(15), seen = asked + Days{numbers.rescue_wait_days};
    sink.on(VisitStarted{seen, asked, first, group, VisitKind::rescue, true, false});
    sink.on(InfusionGiven{seen + hours{1}, first, group, VisitKind::rescue, true});
    sink.on(ChairHeld{seen, seen + hours{2}, first, group});
    for (int i = 0; i < numbers.newcomers; ++i) {
        const auto patient = static_cast<PatientId>(i);
        sink.on(Referred{at_day(20), patient, group});
        sink.on(CareBegan{at_day(20), patient, group});
        sink.on(CareEnded{model.end, at_day(20), true, patient, group, LeftBecause::end_of_run});
    }
    for (int i = 0; i < numbers.waiting; ++i)
        sink.on(StillWaiting{model.end, at_day(50), first, group, VisitKind::rescue, true});
    sink.on(CareSpan{at_day(10), at_day(10 + numbers.well_days), first, group, CareState::well});
    sink.on(CareEnded{model.end, at_day(0), true, first, group, LeftBecause::end_of_run});
    return {.events = 10, .visits = 1, .patients = 1u + static_cast<unsigned>(numbers.newcomers)};
}

inline PolicyModel made_up_policy(const std::string& name) {
    Way onwards;
    onwards.to = 1;
    PolicyModel policy;
    policy.choice.name = name;
    policy.choice.policies.resize(1);
    policy.pathways.emplace_back(
        std::vector<Stage>{{"referral", StageKind::referral, Constant{0}, {onwards}},
                           {"left", StageKind::exit, Constant{0}, {}}});
    return policy;
}

/// Policies "a" (the baseline), "b" and "c".
inline Scenario made_up_scenario(std::uint32_t replications) {
    Scenario scenario;
    scenario.title = "Made up";
    scenario.file = "made_up.yaml";
    scenario.sha256 = "5ca1ab1e";
    scenario.replications = replications;
    scenario.model.seed = 77;
    scenario.model.warm_up_end = at_day(10);
    scenario.model.end = at_day(110);
    scenario.model.clinic.chairs = 1;
    scenario.model.patients.conditions = {{"depression", 0.5, std::nullopt, 0},
                                          {"ptsd", 0.5, std::nullopt, 0}};
    scenario.model.patients.courses = {{"course", RenewalCourse{}, {}}};
    scenario.model.patients.severities = {{"mild", 0.5}, {"severe", 0.5}};
    for (const char* name : {"a", "b", "c"}) scenario.policies.push_back(made_up_policy(name));
    scenario.baseline = 0;
    return scenario;
}

/// Numbers that vary by replication and policy: b has three relapses more than a in every
/// replication, c runs the other way.
inline MadeUp numbers_of(const std::string& policy, std::uint32_t replication) {
    const int r = static_cast<int>(replication);
    MadeUp numbers;
    numbers.relapses = policy == "c" ? 40 - r : r + (policy == "b" ? 4 : 1);
    numbers.well_days = 10 + 5 * (r % 7);
    numbers.rescue_wait_days = 1 + r % 3;
    numbers.group.condition = replication % 2;
    numbers.group.severity = 1;
    return numbers;
}

inline RunCount simulate_made_up(const Model& model, const PolicyModel& policy,
                                 std::uint32_t replication, Sink& sink) {
    return play(numbers_of(policy.choice.name, replication), model, sink);
}

inline const Estimate& metric(const PolicyResult& policy, std::string_view name) {
    return policy.metrics[metric_index(name).value()];
}
inline const Difference& metric(const PolicyDifference& difference, std::string_view name) {
    return difference.metrics[metric_index(name).value()];
}

}  // namespace clinicsim
