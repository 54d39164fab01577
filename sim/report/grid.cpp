#include "grid.hpp"

#include <algorithm>

namespace clinicsim::report {

namespace {

constexpr std::size_t kGap = 3;             // between columns
constexpr std::size_t kNarrowest = 9;       // a heading may make a column so wide
constexpr std::string_view kMargin = "  ";  // before row labels

/// A column made ready: every cell and heading line equally wide.
struct Ready {
    std::vector<std::string> heading, cells;
    std::size_t columns = 0;
};

Ready ready(const Column& column) {
    std::size_t mean = 0, half = 0, after = 0, content = 0;
    for (const Cell& cell : column.cells) {
        mean = std::max(mean, width(cell.number.mean));
        half = std::max(half, width(cell.number.half_width));
        after = std::max(after, width(cell.after));
    }
    Ready result;
    for (const Cell& cell : column.cells) {
        std::string text = pad_left(cell.number.mean, mean);
        if (half > 0)
            text += (cell.number.half_width.empty() ? "   " : cell.number.sign) +
                    pad_right(cell.number.half_width, half);
        if (after > 0) text += pad_right(cell.after, after);
        content = std::max(content, width(text));
        result.cells.push_back(text);
    }
    result.heading = heading_lines(column.heading, std::max(content, kNarrowest));
    result.columns = content;
    for (const auto& line : result.heading) result.columns = std::max(result.columns, width(line));
    for (auto& line : result.heading) line = pad_left(line, result.columns);
    for (auto& cell : result.cells) cell = pad_left(cell, result.columns);
    return result;
}

std::size_t label_width(const Grid& grid) {
    std::size_t wide = width(grid.title);
    for (const auto& row : grid.rows) wide = std::max(wide, kMargin.size() + width(row));
    return wide;
}

std::string trimmed(std::string line) {
    line.resize(line.find_last_not_of(' ') + 1);
    return line;
}

std::string strip(const Grid& grid, const std::vector<Ready>& columns, std::size_t from,
                  std::size_t to, std::string (*bold)(const std::string&)) {
    const std::size_t labels = label_width(grid);
    std::size_t lines = 1;
    for (std::size_t i = from; i < to; ++i) lines = std::max(lines, columns[i].heading.size());
    std::string out;
    const std::string gap(kGap, ' ');
    for (std::size_t line = 0; line < lines; ++line) {
        std::string text = pad_right(line + 1 == lines ? grid.title : "", labels);
        for (std::size_t i = from; i < to; ++i) {
            const auto& heading = columns[i].heading;
            const std::size_t above = lines - heading.size();  // headings stand on their last line
            text +=
                gap + (line < above ? std::string(columns[i].columns, ' ') : heading[line - above]);
        }
        out += bold(trimmed(text)) + '\n';
    }
    for (std::size_t row = 0; row < grid.rows.size(); ++row) {
        for (const Divider& divider : grid.dividers)
            if (divider.before == row) out += bold(divider.text) + '\n';
        std::string text = pad_right(std::string{kMargin} + grid.rows[row], labels);
        for (std::size_t i = from; i < to; ++i) text += gap + columns[i].cells[row];
        out += trimmed(text) + '\n';
    }
    return out;
}

std::vector<Ready> all_ready(const Grid& grid) {
    std::vector<Ready> columns;
    for (const Column& column : grid.columns) columns.push_back(ready(column));
    return columns;
}

}  // namespace

std::size_t full_width(const Grid& grid) {
    std::size_t wide = label_width(grid);
    for (const Ready& column : all_ready(grid)) wide += kGap + column.columns;
    return wide;
}

std::string drawn(const Grid& grid, std::size_t columns, std::string (*bold)(const std::string&)) {
    const std::vector<Ready> all = all_ready(grid);
    const std::size_t labels = label_width(grid);
    std::string out;
    for (std::size_t from = 0; from < all.size();) {
        std::size_t to = from, wide = labels;
        while (to < all.size() && (to == from || wide + kGap + all[to].columns <= columns))
            wide += kGap + all[to++].columns;
        if (from > 0) out += '\n';
        out += strip(grid, all, from, to, bold);
        from = to;
    }
    return out;
}

}  // namespace clinicsim::report
