// --set path=value: values on top of the file, before it is read.
#pragma once

#include <vector>

#include "clinicsim/scenario/scenario.hpp"
#include "context.hpp"
#include "node.hpp"

namespace clinicsim::reading {

/// Puts every override into the tree, in order; missing mappings on the way are made. A value is
/// YAML text and replaces what was there. Segments of a path are keys, or places in a list from 0.
void apply_overrides(Context& context, Node& tree, const std::vector<Override>& overrides);

}  // namespace clinicsim::reading
