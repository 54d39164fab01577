// A study without chance but who is who, of which it is known when who has the event.
#pragma once

#include <string>

#include "clinicsim/experiment/study.hpp"
#include "one_store.hpp"

namespace clinicsim {

constexpr double kDay = 86'400'000;
inline Distribution days(double d) { return Constant{d * kDay}; }

/// 0.8 after an infusion, half of it after each half-life.
inline Course course_of_one_store(const std::string& name, double half_life_days) {
    return {name, one_store(half_life_days), {}};
}

/// One infusion and weekly ratings for four weeks. A quarter has 0.4, 0.2, … and so the event on
/// day 14, the others stay over 0.6.
inline Scenario relapsing(std::uint32_t replications = 1) {
    Scenario scenario;
    scenario.title = "Relapsing";
    scenario.file = "relapsing.yaml";
    scenario.replications = replications;
    scenario.model.seed = 5;
    scenario.model.patients.courses = {course_of_one_store("short", 7),
                                       course_of_one_store("long", 70)};
    Study study;
    study.patients = 400;
    study.enrolled = {{0, 0.25}, {1, 0.75}};
    study.start = {{0, 1}};
    StudyPhase phase;
    phase.name = "follow-up";
    phase.infusions.emplace().at = {Days{0}};
    phase.ratings.every = days(7);
    phase.lasts = Days{28};
    phase.event = ScoreRule{0.3, 1};
    study.phases = {phase};
    scenario.study = study;
    return scenario;
}
inline StudyPhase& phase_of(Scenario& scenario) { return scenario.study->phases.front(); }

inline StudyOutcome outcome(StudyOutcome::Kind kind, Duration time = {}) {
    StudyOutcome one;
    one.name = "outcome";
    one.kind = kind;
    one.time = time;
    return one;
}

}  // namespace clinicsim
