// UTF-8, for input that may be anything.
#pragma once

#include <string>
#include <string_view>

namespace clinicsim::reading {

/// Length of the UTF-8 sequence that starts at `at`; 0 where it is malformed (RFC 3629).
std::size_t utf8_length(std::string_view text, std::size_t at);
/// A column counted in bytes from 1 as one counted in characters, as editors do. A byte that
/// belongs to no sequence counts as one.
int in_characters(std::string_view line, int column);
/// The text with '?' for every byte that belongs to no sequence.
std::string valid_utf8(std::string_view text);

}  // namespace clinicsim::reading
