// What people call the values that a plan most often chooses.
#pragma once

#include <string>
#include <string_view>

#include "node.hpp"

namespace clinicsim::reading {

/// "new patients a week", of patients.arrivals.poisson.mean; empty where the path says it best.
std::string called(const Node& root, std::string_view path);

}  // namespace clinicsim::reading
