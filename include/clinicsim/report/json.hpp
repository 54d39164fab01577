// A comparison as JSON: what `--format json` prints and what summary.json holds.
#pragma once

#include <string>

#include "clinicsim/experiment/results.hpp"

namespace clinicsim::report {

constexpr int kResultFormat = 1;  // of summary.json and the files beside it

/// UTF-8, ending with a line break. Keys in a fixed order, all metrics of metric_rows(), numbers
/// that read back exactly; what cannot be said is null. After the keys of every comparison come,
/// only where they apply, `warnings` (sentences), `interrupted` with `replications_asked`, and
/// `precision_reached`; a target that is expected to be missed has `expect` and `because`.
std::string summary_json(const Comparison& comparison);

}  // namespace clinicsim::report
