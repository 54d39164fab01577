// What is wrong with the user's input, and where. A diagnostic is data: readers collect all of
// them, the program prints them once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace clinicsim {

enum class Severity : std::uint8_t { error, warning };

struct Diagnostic {
    Severity severity = Severity::error;
    std::string file;      // as the user named it, or "--set" for an option
    int line = 0;          // counts from 1; 0 where there is no line
    int column = 0;        // in characters, from 1
    std::string path;      // "policies.monthly.every"; may be empty
    std::string message;   // what was expected, what was found
    std::string source;    // the offending line itself, without its line break
    std::string policy{};  // the only one that it is about; empty: all
    bool operator==(const Diagnostic&) const = default;
};

using Diagnostics = std::vector<Diagnostic>;

bool has_errors(const Diagnostics& found);
/// By file, line and column; errors and warnings mixed, doubles removed.
void sort(Diagnostics& found);
/// "file:line:column: error: path: message", the source line, and a caret under the column. Control
/// characters of the input are shown as '?', never sent to a terminal.
std::string text(const Diagnostic& diagnostic);
/// Control characters (U+0080 to U+009F included) replaced by '?', for anything of the user's that
/// goes to a terminal.
std::string printable(std::string_view text);

}  // namespace clinicsim
