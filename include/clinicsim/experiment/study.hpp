// Runs a study: patients who follow its protocol, replication by replication, and reads its
// outcomes off them. Like a comparison, the result is the same for any number of threads.
#pragma once

#include <string>
#include <vector>

#include "clinicsim/experiment/results.hpp"
#include "clinicsim/experiment/run.hpp"
#include "clinicsim/scenario/scenario.hpp"

namespace clinicsim {

struct OutcomeResult {
    std::string name, unit;
    std::string definition;             // one sentence
    Estimate estimate;                  // over replications, or of all their patients together
    std::vector<MetricSample> samples;  // [replication], each alone
    std::string note{};                 // where not every replication has it; else empty
};

struct StudyResult {
    std::string title, file, sha256;  // of the scenario
    std::uint64_t seed = 0;
    std::uint32_t replications = 0, replications_asked = 0;
    std::uint32_t patients = 0;  // per replication
    bool screens = false;        // not all of them are enrolled
    std::vector<OutcomeResult> outcomes;
    std::vector<TargetResult> targets;
    std::vector<std::string> warnings;
    bool interrupted = false;
};

/// One replication's outcomes, in the order of the study's.
std::vector<MetricSample> outcomes_of(const Study& study, const std::vector<Course>& courses,
                                      std::uint64_t seed, std::uint32_t replication,
                                      const Dates& dates);

/// What an outcome is, in one sentence.
std::string definition_of(const Study& study, const StudyOutcome& outcome);

/// `scenario.study` must be there. Of the options, replications, threads, progress and stop are
/// used.
StudyResult run_study(const Scenario& scenario, const RunOptions& options);

}  // namespace clinicsim
