// Parameter sets of the symptom course that fit the evidence about as well, as `calibrate` writes
// them (posterior.csv): for every scenario that leaves those parameters as they are, not for one
// that names them under `posterior`.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "clinicsim/care/symptom_defaults.hpp"
#include "clinicsim/scenario/scenario.hpp"

namespace clinicsim {

struct ParameterSets {
    std::vector<const SymptomParameter*> parameters;
    std::vector<std::vector<double>> values;  // [set], in the order of `parameters`
};

struct ParameterSetsResult {
    std::optional<ParameterSets> sets;  // none when `diagnostics` has errors; else at least one
    Diagnostics diagnostics;
    bool unreadable = false;  // the file could not be opened
};
ParameterSetsResult read_parameter_sets(const std::string& path);

/// `most` of them at the most, evenly apart: neighbours of a chain are alike.
ParameterSets thinned(const ParameterSets& sets, std::size_t most);

/// Courses of which patients are, each once: a file may name others.
std::vector<CourseId> courses_used(const Scenario& scenario);

/// The scenario whose symptom courses take turns at the sets, as `posterior` makes them do. A set
/// gives its values to the parameters that a course leaves at their default; one that names another
/// value, or has a `posterior` of its own, keeps it.
struct WithSets {
    std::optional<Scenario> scenario;  // none where the sets change no course
    std::string fault;                 // why the scenario cannot take a set; else empty
};
WithSets with_sets(const Scenario& scenario, const ParameterSets& sets);

}  // namespace clinicsim
