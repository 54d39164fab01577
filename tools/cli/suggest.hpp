// Help with mistyped names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace clinicsim::cli {

/// "; did you mean 'monthly'?" where one of `known` is near; else empty.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

}  // namespace clinicsim::cli
