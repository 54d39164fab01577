// A comparison for a terminal: the answer in a sentence, then the main metrics of every policy with
// the half-width of their 95 % intervals, differences, targets and warnings.
#pragma once

#include <cstddef>
#include <string>

#include "clinicsim/experiment/results.hpp"

namespace clinicsim::report {

struct TableStyle {
    std::size_t columns = 100;  // policies stand side by side where they fit, else below each other
    bool colour = false;        // ANSI colours
    bool details = false;       // every section, also where policies stand below each other
};

/// UTF-8, ending with a line break; nothing in it can steer a terminal but the colours asked for.
std::string table(const Comparison& comparison, const TableStyle& style);

/// The comparison in a sentence or three: chairs, boosters, relapses per well patient-year and
/// share of time ill; what the replications cannot tell apart is said to be so. Empty where nothing
/// of these was observed.
std::string answer(const Comparison& comparison);

}  // namespace clinicsim::report
