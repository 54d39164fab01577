#include "observed_values.hpp"

#include <algorithm>
#include <string>

#include "files.hpp"
#include "words.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::size_t kLargestCsv = 64u << 20;  // bytes

/// The cells of one line: quoted ones may hold commas and doubled quotes, but no line breaks.
std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"')
            cells.back() += line[++i];
        else if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            cells.emplace_back();
        else
            cells.back() += c;
    }
    for (std::string& cell : cells) cell = std::string{trimmed(cell)};
    return cells;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        lines.push_back(line);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return lines;
}

}  // namespace

std::vector<double> read_column(const Value& csv, const Value& column) {
    Context& context = csv.context();
    const std::string name = csv.text(), heading = column.text();
    if (context.fault_count() != 0 && (name.empty() || heading.empty())) return {};
    const auto path = resolve(context, csv.node().place, csv.path(), name);
    if (!path) return {};
    const FileText file = read_file(*path, kLargestCsv);
    if (!file.text) {
        csv.fault("'" + name + "' " + file.why);
        context.unreadable = true;
        return {};
    }
    if (file.text->size() > kLargestCsv) {
        csv.fault("'" + name + "' is larger than 64 MiB");
        return {};
    }
    const auto lines = lines_of(*file.text);
    const auto headings = cells_of(lines.empty() ? std::string_view{} : lines[0]);
    const auto at = std::find(headings.begin(), headings.end(), heading);
    if (at == headings.end()) {
        column.fault("'" + name + "' has no column '" + heading + "'" +
                     advice(heading, headings, "columns"));
        return {};
    }
    const auto index = static_cast<std::size_t>(at - headings.begin());
    std::vector<double> values;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (trimmed(lines[i]).empty()) continue;
        const auto cells = cells_of(lines[i]);
        const auto value = parse_number(index < cells.size() ? cells[index] : "");
        if (!value.fits) {
            csv.fault("'" + name + "', line " + std::to_string(i + 1) + ": '" +
                      (index < cells.size() ? cells[index] : "") + "' is no number");
            return {};
        }
        values.push_back(value.value);
    }
    if (values.empty()) csv.fault("'" + name + "' holds no values");
    return values;
}

}  // namespace clinicsim::reading
