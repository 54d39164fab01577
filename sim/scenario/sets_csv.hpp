// Parameter sets in a CSV file: lines that start with # are comments, the first other line names
// parameters, every further one is a set.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "clinicsim/scenario/parameter_sets.hpp"

namespace clinicsim::reading {

constexpr std::size_t kLargestSetsFile = 16u << 20;  // bytes

/// Told of every fault; line and column count from 1, and are 0 where it is about the whole file.
using SetsFault =
    std::function<void(std::size_t line, std::size_t column, const std::string& message)>;
/// What could be read; complete where there was no fault.
ParameterSets parse_sets(std::string_view text, const SetsFault& fault);

// what sets that stand in the scenario itself are held to, too
std::vector<std::string_view> parameter_names();
std::string range_fault(const SymptomParameter& parameter, double value);  // empty: within range
std::string count_fault(std::size_t found, std::size_t expected);
/// Why the frequency of stress may rise over its bound; empty: it may not.
std::string too_much_stress(const SymptomCourse& course);

}  // namespace clinicsim::reading
