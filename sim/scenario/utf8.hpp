// UTF-8, for input that may be anything.
#pragma once

#include <string>
#include <string_view>

namespace clinicsim::reading {

/// Length of the UTF-8 sequence that starts at `at`; 0 where it is malformed (RFC 3629).
std::size_t utf8_length(std::string_view text, std::size_t at);
/// The text with '?' for every byte that belongs to no sequence.
std::string valid_utf8(std::string_view text);

}  // namespace clinicsim::reading
