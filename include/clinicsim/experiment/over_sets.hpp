// What the numbers that targets are about become over parameter sets that fit the evidence about as
// well: the fitted point is one set among them.
//
// Replication r takes set r modulo their number, as `run` does with `posterior`, so every set has
// replications, and with them patients, of its own. They are few; the chance that this leaves in
// the spread of the sets is taken off (stats/variance_split.hpp).
#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "clinicsim/experiment/results.hpp"
#include "clinicsim/scenario/parameter_sets.hpp"

namespace clinicsim {

/// Two are the fewest that tell chance from the sets; more sets say more than more replications.
constexpr std::uint32_t kReplicationsOfSet = 2;

struct OverSets {
    std::size_t sets = 0;  // that were run
    std::size_t met = 0;   // of them: have the number, and it lies inside what is accepted
    /// From the 5 % to the 95 % quantile of the sets that have the number, in its unit; infinite
    /// where it is a time that is not reached. Nothing: no set has it.
    std::optional<Interval> middle;
    double met_share() const { return static_cast<double>(met) / static_cast<double>(sets); }
    bool operator==(const OverSets&) const = default;
};

struct OverSetsOptions {
    unsigned threads = 1;                     // >= 1
    const std::atomic<bool>* stop = nullptr;  // as in RunOptions
};

/// One for each of `targets`, which are those of a run of the scenario; nothing when interrupted.
/// `scenario` is one of with_sets(), and takes turns at `sets` sets.
std::optional<std::vector<OverSets>> over_sets(const Scenario& scenario, std::size_t sets,
                                               std::span<const TargetResult> targets,
                                               const OverSetsOptions& options);

}  // namespace clinicsim
