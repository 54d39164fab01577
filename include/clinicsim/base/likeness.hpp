// Names that say what a mistyped one says in other words: nurse_utilisation is
// staff_utilisation.nurse.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace clinicsim {

/// Those of `known` with the most words of `name` in them, at least half; three at most, the
/// shortest first. Words stand between '_', '.', '-' and spaces; those under four letters do not
/// count, and two letters may be wrong in a long one: utilization.
std::vector<std::string_view> names_alike(std::string_view name,
                                          std::span<const std::string_view> known);
/// "; did you mean 'a', 'b' or 'c'?"; empty where there is none.
std::string meant_text(std::span<const std::string_view> names);

}  // namespace clinicsim
