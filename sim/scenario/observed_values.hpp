// A column of observed values from a CSV file beside the scenario.
#pragma once

#include <vector>

#include "reader.hpp"

namespace clinicsim::reading {

/// The numbers of the column, top to bottom; on a fault, reported at `csv` or `column`, none.
std::vector<double> read_column(const Value& csv, const Value& column);

}  // namespace clinicsim::reading
