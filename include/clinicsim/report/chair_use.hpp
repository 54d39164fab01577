// What the chairs do by hour of the week, by month and by cause: a file, and a table for a
// terminal.
#pragma once

#include <cstddef>
#include <string>

#include "clinicsim/experiment/results.hpp"

namespace clinicsim::report {

/// A row for every policy, part of the time and state of a chair, with its share of the chair time
/// open and the 95 % interval. Empty but for the heading where nothing was observed.
std::string chair_use_csv(const Comparison& comparison);

/// Shares by cause of every policy, then how busy the chairs are by day and hour. Empty where
/// nothing was observed. `bold` is applied to headings.
std::string chair_use_table(const Comparison& comparison, std::size_t columns,
                            std::string (*bold)(const std::string&));

}  // namespace clinicsim::report
