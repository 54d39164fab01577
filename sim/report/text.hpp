// Numbers and words for people: rounding by what is known, columns as wide as they look, lines that
// end before the margin.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clinicsim/stats/interval.hpp"

namespace clinicsim::report {

/// The fewest digits that read back as the same number: for files. Nothing and what is not finite
/// give an empty text.
std::string shortest(std::optional<double> number);

/// A mean and the half-width of its interval, as many decimals as the half-width is worth: two
/// significant digits of it where the first is a 1, else one. Without an interval three significant
/// digits, and no half-width. Without a mean a dash. An interval that begins or ends at the mean
/// (it was never otherwise) gives its other end, "0 < 0.18" or "100 > 99.6".
struct Rounded {
    std::string mean, half_width;  // half_width may be empty, and then is no sign
    const char* sign = " ± ";
    /// "61.2 ± 0.4"
    std::string text() const { return half_width.empty() ? mean : mean + sign + half_width; }
    bool one_sided() const { return sign[1] == '<' || sign[1] == '>'; }
};
/// What a table says below where a number is one_sided().
constexpr std::string_view kNoneSeen =
    "0 < x: none seen in any replication, and with 95 % confidence fewer than x. 100 > x: all of "
    "them, and with 95 % confidence more than x.";
Rounded rounded(const Estimate& estimate, double scale = 1);

/// Columns that a text takes: UTF-8, each character one.
std::size_t width(std::string_view text);
std::string pad_left(std::string_view text, std::size_t columns);
std::string pad_right(std::string_view text, std::size_t columns);

/// Lines of at most `columns` where words allow; every line but the first begins with `indent`
/// spaces, and the first is taken to stand after as many. No line break at the end.
std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent = 0);
/// A heading of a column: broken after spaces, '_' and '-' into lines of about `columns`.
std::vector<std::string> heading_lines(std::string_view text, std::size_t columns);

/// Cells by row: columns as wide as their widest text, two blanks apart, the first to the left and
/// the others to the right. `words_last`: what stands last in a row stays as it is. Every line ends
/// with a line break.
using Lines = std::vector<std::vector<std::string>>;
std::string columns_of(const Lines& lines, std::size_t indent = 0, bool words_last = false);

/// "a, b and c".
std::string listed(const std::vector<std::string>& words, std::string_view last = "and");

}  // namespace clinicsim::report
