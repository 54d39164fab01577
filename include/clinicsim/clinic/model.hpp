// Everything one run needs, and the run itself: the one loop where clock, chairs and patients meet.
#pragma once

#include <cstdint>
#include <vector>

#include "clinicsim/base/dates.hpp"
#include "clinicsim/base/time.hpp"
#include "clinicsim/care/observation.hpp"
#include "clinicsim/care/pathway.hpp"
#include "clinicsim/care/patients.hpp"
#include "clinicsim/care/policy.hpp"
#include "clinicsim/clinic/clinic_plan.hpp"
#include "clinicsim/clinic/costs.hpp"
#include "clinicsim/clinic/facts.hpp"

namespace clinicsim {

/// What all policies of a comparison share.
struct Model {
    std::uint64_t seed = 0;
    Dates dates{Date{std::chrono::year{2026} / 1 / 1}};
    Instant warm_up_end;  // tallies start here
    Instant end;          // end of the horizon, exclusive
    ClinicPlan clinic;
    PatientMix patients;
    Observation observation;  // of symptom courses
    Promises promises;
    /// The courses of all patients are followed, in care or not: where policies are compared that
    /// do not treat, or not with the drug, only this has the same patients under each of them.
    bool follows_everybody = false;
    std::optional<CostPlan> costs;  // none: nothing is said of money
    bool operator==(const Model&) const = default;
};

/// Whether anything but opening hours makes patients wait.
bool has_limits(const Model& model);
/// The same patients, hours and rules with as many chairs as anybody asks for: who waits there
/// waits for opening hours. In a booked clinic every slot is free.
Model without_limits(const Model& model);

/// One policy of the comparison with the pathway its patients follow: as many pathways as the
/// choice has policies.
struct PolicyModel {
    PolicyChoice choice;
    std::vector<Pathway> pathways;
    bool operator==(const PolicyModel&) const = default;
};

/// What a run did, besides the facts: for the limits and the benchmark.
struct RunCount {
    std::uint64_t events = 0;
    std::uint64_t visits = 0;
    std::uint64_t patients = 0;
};

/// Runs one replication of one policy from the start to model.end and tells `sink` what happened.
/// An event at the end's very instant does not happen. The same arguments give the same facts,
/// whatever ran before; `replication` selects the patients, who are the same under every policy.
RunCount simulate(const Model& model, const PolicyModel& policy, std::uint32_t replication,
                  Sink& sink);

}  // namespace clinicsim
