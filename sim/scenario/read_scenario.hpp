// The whole reading, with what tests want to see of it.
#pragma once

#include <vector>

#include "clinicsim/scenario/scenario.hpp"
#include "context.hpp"

namespace clinicsim::reading {

struct ScenarioSource {
    std::string text, name;
    std::string folder;     // what files may be read; empty: none
    std::string real_path;  // of the file, for `extends` beside it
};

/// `met`, where it is given, collects the rows whose keys stood in the file.
ReadResult read(const ScenarioSource& source, const std::vector<Override>& overrides,
                const std::vector<MetricUnit>& metrics, std::set<const KeyRow*>* met = nullptr);

}  // namespace clinicsim::reading
