// Help with words that were mistyped.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace clinicsim::reading {

/// Letters to insert, delete, replace or swap with their neighbour (optimal string alignment); at
/// most `most` + 1.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most);
/// The nearest of `known` within two edits and less than the word's length; empty: none.
std::string_view nearest(std::string_view word, std::span<const std::string_view> known);
/// "; did you mean 'every'? (known: a, b, c)", shortened where there are many.
std::string advice(std::string_view word, std::span<const std::string_view> known,
                   std::string_view known_as);
std::string advice(std::string_view word, const std::vector<std::string>& known,
                   std::string_view known_as);

}  // namespace clinicsim::reading
