// A fit of the symptom course: for a terminal, as JSON, and as files that scenarios can use.
#pragma once

#include <string>
#include <vector>

#include "clinicsim/experiment/calibrate.hpp"
#include "clinicsim/report/results_folder.hpp"
#include "clinicsim/report/table.hpp"

namespace clinicsim::report {

/// Every number beside its published one, the parameters with their ranges, what is known together
/// only, which targets pull against each other.
std::string calibration_table(const Calibration& calibration, const CalibrationFit& fit,
                              const TableStyle& style);
std::string calibration_json(const Calibration& calibration, const CalibrationFit& fit);

/// course.yaml: the fitted parameters, to extend a scenario with. posterior.csv: the set, for
/// `posterior:` of a course; what presses on a bound stands in the head of both. sets.csv: the set
/// with sums and all numbers. fit.csv: the targets. `command` is the line that makes the same files
/// again; nothing in them tells of machine, threads or time.
std::vector<ResultFile> calibration_files(const Calibration& calibration, const CalibrationFit& fit,
                                          const std::string& command);

}  // namespace clinicsim::report
