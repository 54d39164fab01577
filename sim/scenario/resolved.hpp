// The whole of what was run, as text and as a fingerprint.
#pragma once

#include <string>
#include <string_view>

#include "node.hpp"

namespace clinicsim::reading {

/// JSON with two spaces of indent; numbers as written, everything else as strings. Keys are sorted,
/// but names that the user gave (policies, conditions, …) keep their order, which decides the order
/// of results and who has which condition. It can be read as a scenario again.
std::string canonical_json(const Node& tree);
/// A JSON string with its quotes.
std::string json_string(std::string_view text);
/// Lower-case hexadecimal.
std::string sha256(std::string_view text);

}  // namespace clinicsim::reading
