// Weekdays in words.
#pragma once

#include <array>
#include <string_view>
#include <vector>

namespace clinicsim::reading {

/// As std::chrono::weekday counts.
constexpr std::array<std::string_view, 7> kDayNames{"sun", "mon", "tue", "wed",
                                                    "thu", "fri", "sat"};

/// "mon-fri", "mon,wed", "sat" as days; empty where the text is none.
std::vector<std::size_t> days_of(std::string_view text);

}  // namespace clinicsim::reading
