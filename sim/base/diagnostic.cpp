#include "clinicsim/base/diagnostic.hpp"

#include <algorithm>
#include <tuple>

namespace clinicsim {

bool has_errors(const Diagnostics& found) {
    return std::any_of(found.begin(), found.end(),
                       [](const Diagnostic& d) { return d.severity == Severity::error; });
}

void sort(Diagnostics& found) {
    const auto key = [](const Diagnostic& d) {
        return std::tie(d.file, d.line, d.column, d.path, d.message);
    };
    std::stable_sort(found.begin(), found.end(),
                     [&](const auto& a, const auto& b) { return key(a) < key(b); });
    found.erase(std::unique(found.begin(), found.end()), found.end());
}

std::string printable(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0u;
        const bool second_set = byte == 0xC2 && next >= 0x80 && next < 0xA0;  // U+0080 to U+009F
        result += byte < 0x20 || byte == 0x7f || second_set ? '?' : text[i];
        if (second_set) ++i;
    }
    return result;
}

std::string text(const Diagnostic& d) {
    std::string result = printable(d.file);
    if (d.line > 0) result += ":" + std::to_string(d.line) + ":" + std::to_string(d.column);
    result += d.severity == Severity::error ? ": error: " : ": warning: ";
    if (!d.path.empty()) result += printable(d.path) + ": ";
    result += printable(d.message) + "\n";
    if (d.source.empty()) return result;
    const std::string number = std::to_string(d.line);
    const std::string margin(number.size(), ' ');
    const std::string source = printable(d.source);
    result += "  " + number + " | " + source + "\n";
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
    const auto characters =
        std::count_if(source.begin(), source.end(), [&](char c) { return !continues(c); });
    const int before = std::clamp(d.column - 1, 0, static_cast<int>(characters));
    result += "  " + margin + " | " + std::string(static_cast<std::size_t>(before), ' ') + "^\n";
    return result;
}

}  // namespace clinicsim
