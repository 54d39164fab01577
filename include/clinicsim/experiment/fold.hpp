// From what single runs gave to what a comparison says: a fold in the order of replications, so
// that it does not matter which thread ran what, or when.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "clinicsim/experiment/estimates.hpp"
#include "clinicsim/experiment/results.hpp"
#include "clinicsim/observe/chair_use.hpp"
#include "clinicsim/scenario/scenario.hpp"

namespace clinicsim {

/// What is kept of one run.
struct Outcome {
    std::vector<MetricSample> everybody;            // [metric]
    std::vector<std::vector<MetricSample>> groups;  // [group, as groups_of() lists them][metric]
    std::vector<std::vector<WayCount>> flows;       // [pathway]
    RunCount count;
    std::vector<std::vector<MetricSample>> staff{};   // [staff_parts()][staff metric]
    std::vector<std::vector<MetricSample>> chairs{};  // [chair_parts()][chair metric]
    /// Where it was asked for. Apart: room for it in every outcome of a long run would be
    /// gigabytes.
    std::shared_ptr<const ChairUseTally> chair_use{};
};

/// A group that the scenario splits its results by.
struct GroupName {
    enum class By : std::uint8_t { condition, severity, site };
    By by;
    std::size_t index;  // into the conditions, severities or sites
    std::string is;
};
/// Conditions, then severities, then sites, as the scenario asks for them.
std::vector<GroupName> groups_of(const Scenario& scenario);
GroupGrid grid_of(const Scenario& scenario);

/// `without_limits`: of the same patients in the clinic without limits; null where it was not run.
Outcome outcome_of(const Model& model, const RunTallies& tallies, const RunTallies* without_limits,
                   std::span<const GroupName> groups, const RunCount& count);

/// How well the patients' courses are known, in words.
std::string standing_of_courses(const PatientMix& patients);

/// What readers are told where intervals come from so few replications; nothing from enough.
std::optional<std::string> warning_of_few(std::uint32_t replications);

/// Where the courses take turns at more parameter sets than there are replications: how many of
/// them were met.
std::vector<std::string> warnings_of_sets(const Scenario& scenario, std::uint32_t replications);

/// `outcomes`: [selected policy][replication], equally many for each; `selected` are indices into
/// the scenario's policies, ascending.
Comparison fold(const Scenario& scenario, std::span<const std::size_t> selected,
                const std::vector<std::vector<Outcome>>& outcomes);

}  // namespace clinicsim
