// JSON as text that people can read, too: an object of plain values stands on one line.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace clinicsim::report {

using Json = nlohmann::ordered_json;

/// With a line break at the end. Control characters are escaped, those above 0x7e included, so that
/// the text may go to a terminal; bytes that are not UTF-8 become U+FFFD.
std::string json_text(const Json& value);

}  // namespace clinicsim::report
