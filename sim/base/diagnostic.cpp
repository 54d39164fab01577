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
    std::string result{text};
    for (char& c : result)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
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
    result += "  " + number + " | " + printable(d.source) + "\n";
    const int before = std::clamp(d.column - 1, 0, static_cast<int>(d.source.size()));
    result += "  " + margin + " | " + std::string(static_cast<std::size_t>(before), ' ') + "^\n";
    return result;
}

}  // namespace clinicsim
