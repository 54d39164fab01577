// A comparison as tidy CSV: one row per number that somebody may want to plot. RFC 4180 with \n as
// the line end; what cannot be said is an empty cell.
#pragma once

#include <string>
#include <string_view>

#include "clinicsim/experiment/results.hpp"

namespace clinicsim::report {

/// policy, group_by, group, metric, unit, mean, sd, n, ci_low, ci_high, kind; the rows of everybody
/// have no group.
std::string summary_csv(const Comparison& comparison);
/// policy, replication, metric, value, numerator, denominator (1 but for ratios).
std::string replications_csv(const Comparison& comparison);
/// policy, baseline, metric, unit, mean, sd, n, ci_low, ci_high, variance_reduction.
std::string differences_csv(const Comparison& comparison);

/// A text as a cell: quoted where it must be, and with an apostrophe in front where a spreadsheet
/// would take it for a formula (it begins with = + - @, a tab or a carriage return, and is no
/// number).
std::string csv_cell(std::string_view text);

}  // namespace clinicsim::report
