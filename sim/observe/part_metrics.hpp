// What the metrics of every group of staff and those of every site and kind of chair have in
// common. Internal to the observe room.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "clinicsim/base/time.hpp"
#include "clinicsim/observe/metrics.hpp"
#include "clinicsim/observe/tallies.hpp"

namespace clinicsim {

inline double hours_of(I128 ticks) { return static_cast<double>(ticks) / 3'600'000; }

/// Nothing where no time is measured.
inline MetricSample per_week(const Window& window, double number) {
    const double weeks = hours_of(window.length().count()) / (24 * 7);
    return weeks > 0 ? MetricSample{number / weeks, 1, true} : MetricSample{};
}

/// "staff_utilisation.nurse" as the row's place and the part's name; nothing where it is no such.
template <class Rows>
std::optional<std::pair<std::size_t, std::string_view>> row_and_part(const Rows& rows,
                                                                     std::string_view name) {
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].name == name.substr(0, dot)) return std::pair{i, name.substr(dot + 1)};
    return std::nullopt;
}

}  // namespace clinicsim
