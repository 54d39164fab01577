// Hand-made runs for the tests of observers: a model with a measured time in hours, and instants.
#pragma once

#include "clinicsim/observe/run_observer.hpp"

namespace clinicsim {

inline Instant hour(std::int64_t h) { return kRunStart + hours{h}; }
inline std::int64_t ticks(Duration d) { return d.count(); }

/// Always open, warm-up to hour 100, end at hour 200, two chairs.
inline Model model_of_hours(std::int64_t warm_up = 100, std::int64_t end = 200) {
    Model model;
    model.warm_up_end = hour(warm_up);
    model.end = hour(end);
    model.clinic.chairs = 2;
    return model;
}

/// Open 08-12 and 13-17 every day, for five days after the first; two chairs.
inline Model model_of_days() {
    Model model = model_of_hours(24, 144);
    model.clinic.open.always = false;
    for (auto& day : model.clinic.open.week) day = {{hours{8}, hours{12}}, {hours{13}, hours{17}}};
    return model;
}

/// Referral to induction, to boosters when it responded, else out.
inline PolicyModel policy_of_one_pathway() {
    const auto way = [](StageId to, Way::When when) {
        Way w;
        w.to = to;
        w.when = when;
        return w;
    };
    const Stage referral{"referral", StageKind::referral, Constant{0}, {way(1, Way::When::share)}};
    const Stage induction{"induction",
                          StageKind::induction,
                          Constant{0},
                          {way(2, Way::When::responded), way(3, Way::When::otherwise)}};
    const Stage boosters{"boosters", StageKind::boosters, Constant{0}, {}};
    const Stage left{"left", StageKind::exit, Constant{0}, {}};
    PolicyModel policy;
    policy.choice.name = "monthly";
    policy.choice.policies.resize(1);
    policy.pathways.emplace_back(std::vector<Stage>{referral, induction, boosters, left});
    return policy;
}

/// One run heard by a RunObserver; begin and end of care are told for whoever a test puts in.
struct Story {
    Model model = model_of_hours();
    PolicyModel policy = policy_of_one_pathway();
    SiteHours open = opening_hours(model.clinic, model.dates, model.end);
    GroupGrid grid;
    RunObserver observer{model, policy, open, grid};

    Story() = default;
    explicit Story(const Model& m, GroupGrid g = {}) : model{m}, grid{g} {}

    /// A visit whose infusion is given and whose chair is free at once.
    void visit(VisitStarted started, Duration length = hours{1}) {
        observer.on(started);
        const Instant end = started.at + length;
        if (end < model.end)
            observer.on(InfusionGiven{end, started.patient, started.group, started.kind, true});
        observer.on(
            ChairHeld{started.at, std::min(end, model.end), started.patient, started.group});
    }
    void care(Instant from, Instant to, LeftBecause because, PatientId patient = 0,
              Group group = {}) {
        observer.on(Referred{from, patient, group});
        observer.on(CareBegan{from, patient, group});
        observer.on(CareEnded{to, from, true, patient, group, because});
    }
    PatientTallies everybody() const { return observer.finish().everybody(); }
};

}  // namespace clinicsim
