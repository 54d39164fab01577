#include "text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace clinicsim::report {

namespace {

constexpr int kMostDecimals = 6;

int exponent_of(double value) { return static_cast<int>(std::floor(std::log10(value))); }

std::string fixed(double value, int decimals) {
    if (std::abs(value) >= 1e15) return fmt::format("{:.3g}", value);
    std::string text = fmt::format("{:.{}f}", value, decimals);
    if (text.find_first_not_of("-0.") == std::string::npos && text[0] == '-') text.erase(0, 1);
    return text;
}

int decimals_for(double mean, double half_width) {
    if (half_width > 0) {
        const int exponent = exponent_of(half_width);
        const bool begins_with_one = half_width / std::pow(10, exponent) < 1.95;
        return std::clamp((begins_with_one ? 1 : 0) - exponent, 0, kMostDecimals);
    }
    if (std::abs(mean - std::round(mean)) <= 1e-9 * std::abs(mean)) return 0;
    return std::clamp(2 - exponent_of(std::abs(mean)), 0, kMostDecimals);
}

}  // namespace

std::string shortest(std::optional<double> number) {
    return number && std::isfinite(*number) ? fmt::format("{}", *number) : std::string{};
}

Rounded rounded(const Estimate& estimate, double scale) {
    if (!estimate.mean || !std::isfinite(*estimate.mean)) return {"–", ""};
    const double mean = *estimate.mean * scale;
    const auto& ci = estimate.ci95;
    if (!ci || !std::isfinite(ci->low) || !std::isfinite(ci->high))
        return {fixed(mean, decimals_for(mean, 0)), ""};
    if (is_one_sided(estimate)) {
        const bool from_below = ci->low == *estimate.mean;
        const double end = (from_below ? ci->high : ci->low) * scale;
        const int decimals = decimals_for(mean, std::abs(end - mean));
        return {fixed(mean, 0), fixed(end, decimals), from_below ? " < " : " > "};
    }
    // where one end is cut off, the other tells how well the mean is known
    double half =
        std::max({(ci->high - ci->low) / 2, ci->high - *estimate.mean, *estimate.mean - ci->low}) *
        scale;
    if (half < 1e-9 * std::abs(mean)) half = 0;  // rounding errors of equal replications
    const int decimals = decimals_for(mean, half);
    return {fixed(mean, decimals), half > 0 ? fixed(half, decimals) : "0"};
}

std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;  // not a byte that continues
    }));
}

std::string pad_left(std::string_view text, std::size_t columns) {
    const std::size_t wide = width(text);
    return std::string(columns > wide ? columns - wide : 0, ' ') + std::string{text};
}
std::string pad_right(std::string_view text, std::size_t columns) {
    const std::size_t wide = width(text);
    return std::string{text} + std::string(columns > wide ? columns - wide : 0, ' ');
}

std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent) {
    std::string result;
    std::size_t column = indent;
    bool first_word = true;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!first_word && column + 1 + width(word) > columns) {
            result += '\n' + std::string(indent, ' ');
            column = indent;
        } else if (!first_word) {
            result += ' ';
            ++column;
        }
        result += word;
        column += width(word);
        first_word = false;
    }
    return result;
}

std::vector<std::string> heading_lines(std::string_view text, std::size_t columns) {
    std::vector<std::string> lines{""};
    while (!text.empty()) {
        const std::size_t at = text.find_first_of(" _-");
        const std::size_t length = at == std::string_view::npos ? text.size() : at + 1;
        const std::string_view piece = text.substr(0, length);
        text.remove_prefix(length);
        const std::size_t seen = width(piece) - (piece.back() == ' ' ? 1 : 0);
        if (!lines.back().empty() && width(lines.back()) + seen > columns) lines.emplace_back();
        lines.back() += piece;
    }
    for (std::string& line : lines)
        if (!line.empty() && line.back() == ' ') line.pop_back();
    return lines;
}

std::string columns_of(const Lines& lines, std::size_t indent, bool words_last) {
    std::vector<std::size_t> widths;
    for (const auto& line : lines)
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (widths.size() <= i) widths.push_back(0);
            widths[i] = std::max(widths[i], width(line[i]));
        }
    std::string out;
    for (const auto& line : lines) {
        std::string text(indent, ' ');
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (i > 0) text += "  ";
            text += i == 0                               ? pad_right(line[i], widths[i])
                    : words_last && i + 1 == line.size() ? line[i]
                                                         : pad_left(line[i], widths[i]);
        }
        while (!text.empty() && text.back() == ' ') text.pop_back();
        out += text + '\n';
    }
    return out;
}

std::string listed(const std::vector<std::string>& words, std::string_view last) {
    std::string result;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) result += i + 1 < words.size() ? ", " : " " + std::string{last} + " ";
        result += words[i];
    }
    return result;
}

}  // namespace clinicsim::report
