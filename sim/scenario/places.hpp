// Where in the file a key stands, for checks of the whole scenario.
#pragma once

#include <initializer_list>
#include <string_view>

#include "reader.hpp"

namespace clinicsim::reading {

/// The place of the node at a path of keys, or of the last of them that is there.
Place place_at(const Value& root, std::initializer_list<std::string_view> keys);

}  // namespace clinicsim::reading
