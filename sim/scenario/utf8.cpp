#include "utf8.hpp"

#include <algorithm>

namespace clinicsim::reading {

std::size_t utf8_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) -> unsigned {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
    };
    const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        if (!follows(1) || !follows(2)) return 0;
        const bool overlong = first == 0xE0 && byte(1) < 0xA0;
        const bool surrogate = first == 0xED && byte(1) > 0x9F;
        return overlong || surrogate ? 0 : 3;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        if (!follows(1) || !follows(2) || !follows(3)) return 0;
        const bool overlong = first == 0xF0 && byte(1) < 0x90;
        const bool too_high = first == 0xF4 && byte(1) > 0x8F;
        return overlong || too_high ? 0 : 4;
    }
    return 0;
}

int in_characters(std::string_view line, int column) {
    const auto end = static_cast<std::size_t>(column - 1);
    int characters = 1;
    std::size_t i = 0;
    for (; i < end && i < line.size(); ++characters)
        i += std::max<std::size_t>(1, utf8_length(line, i));
    return characters + static_cast<int>(end > i ? end - i : 0);  // past the end of the line
}

std::string valid_utf8(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8_length(text, i);
        if (length == 0)
            result += '?';
        else
            result += text.substr(i, length);
        i += length == 0 ? 1 : length;
    }
    return result;
}

}  // namespace clinicsim::reading
