// The whole of what was run, as text and as a fingerprint.
#pragma once

#include <string>
#include <string_view>

#include "node.hpp"

namespace clinicsim::reading {

/// JSON with sorted keys and two spaces of indent; numbers as written, everything else as strings.
std::string canonical_json(const Node& tree);
/// A JSON string with its quotes.
std::string json_string(std::string_view text);
/// Lower-case hexadecimal.
std::string sha256(std::string_view text);

}  // namespace clinicsim::reading
