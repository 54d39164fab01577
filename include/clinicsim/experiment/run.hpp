// Runs the policies of a scenario on the same patients, replication by replication, on several
// threads, and compares them. The result is the same for any number of threads, and a policy's
// results are the same alone and in company.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "clinicsim/clinic/model.hpp"
#include "clinicsim/experiment/results.hpp"
#include "clinicsim/scenario/scenario.hpp"

namespace clinicsim {

/// Go on, batch by batch, until the half-width of the 95 % interval of every named metric, divided
/// by its |mean|, is at most stopping_half_width(relative) for every policy that has it, or `most`
/// replications (or the scenario's limit) are done. The first batch has ten replications or more;
/// the next is as long as the half-width suggests, at most double. Looking again and again stops
/// sooner where the spread came out small by chance, so an interval of 95 % covers a little less
/// often than that (Chow & Robbins 1965: in the limit of a small half-width it does).
struct Precision {
    double relative = 0.05;  // > 0
    std::vector<std::string> metrics{"chair_utilisation", "relapses_per_patient_year"};
    std::uint32_t most = 10'000;
};

struct RunOptions {
    std::vector<std::string> policies{};          // names; empty: all
    std::optional<std::uint32_t> replications{};  // none: the scenario's; the first batch where a
                                                  // precision is asked for; >= 1
    unsigned threads = 0;                         // 0: as many as the machine runs at once
    std::optional<Precision> precision{};
    bool chair_use = false;  // also what the chairs do by hour and month, where they are limited
    /// Told after every finished run of one policy and replication; never from two threads at once.
    /// `total` grows where a precision is asked for. Must not throw.
    std::function<void(std::uint64_t done, std::uint64_t total)> progress{};
    /// Set from outside (a signal) to stop: runs under way are finished and kept.
    const std::atomic<bool>* stop = nullptr;
    /// The intervals of a metric's differences are as wide as it takes for all of them to hold
    /// together with 95 %.
    bool simultaneous = false;
};

/// A name in the options or in a target that stands for nothing.
struct UnknownName : std::invalid_argument {
    using std::invalid_argument::invalid_argument;
};

/// One run; simulate() unless a test makes one up.
using Simulate =
    std::function<RunCount(const Model&, const PolicyModel&, std::uint32_t replication, Sink&)>;

/// Throws UnknownName before anything runs; an exception inside a run comes out here.
Comparison run_comparison(const Scenario& scenario, const RunOptions& options,
                          const Simulate& simulate_one);
inline Comparison run_comparison(const Scenario& scenario, const RunOptions& options) {
    return run_comparison(scenario, options, simulate);
}

}  // namespace clinicsim
