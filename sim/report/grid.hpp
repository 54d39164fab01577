// Rows and columns of numbers with their ±, aligned, in as few strips as the width allows.
#pragma once

#include <string>
#include <vector>

#include "text.hpp"

namespace clinicsim::report {

struct Cell {
    Rounded number;
    std::string after;  // follows the half-width: a remark
};

struct Column {
    std::string heading;
    std::vector<Cell> cells;
};

/// A heading within the rows: stands above row `before`.
struct Divider {
    std::size_t before;
    std::string text;
};

struct Grid {
    std::string title;              // above the row labels, beside the column headings
    std::vector<std::string> rows;  // labels
    std::vector<Column> columns;    // as many cells each as there are rows
    std::vector<Divider> dividers;
};

/// Columns of text that the grid takes in one strip.
std::size_t full_width(const Grid& grid);
/// One strip after the other, each at most `columns` wide where a single column fits; lines end
/// with a line break. `bold` is applied to title, headings and dividers.
std::string drawn(const Grid& grid, std::size_t columns, std::string (*bold)(const std::string&));

}  // namespace clinicsim::report
