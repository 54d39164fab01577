// The small language of the rows' types (keys.hpp), taken apart: what a value may be, in words and
// as JSON Schema, and which bounds and words it names.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clinicsim::reading {

/// The alternatives of a type: "share | list of share" -> {"share", "list of share"}.
std::vector<std::string_view> alternatives(std::string_view type);
/// The type of an element: "name | list of name" -> "name"; empty where there is no such list.
std::string_view element_of(std::string_view type, std::string_view prefix);
/// The words that a type names: "one of reset, calendar" -> {"reset", "calendar"}.
std::vector<std::string_view> words_of(std::string_view type);
/// The section that a type names, "" for none.
std::string_view section_of(std::string_view type);

struct Bounds {
    double lowest, highest;
    bool lowest_excluded;
};
/// Bounds of the alternative that begins with `scalar`, such as "whole number 1..10000".
Bounds bounds_of(std::string_view type, std::string_view scalar);

/// "a share such as '75 %', or a list".
std::string in_words(std::string_view type);
/// A JSON Schema for the type; sections are references to definitions with `prefix` before their
/// name.
std::string schema_of(std::string_view type, std::string_view prefix);

}  // namespace clinicsim::reading
