#include "weekdays.hpp"

#include <algorithm>
#include <optional>

#include "quantities.hpp"

namespace clinicsim::reading {
namespace {

std::optional<std::size_t> day_number(std::string_view name) {
    const auto at = std::find(kDayNames.begin(), kDayNames.end(), trimmed(name));
    if (at == kDayNames.end()) return std::nullopt;
    return static_cast<std::size_t>(at - kDayNames.begin());
}

}  // namespace

std::vector<std::size_t> days_of(std::string_view text) {
    std::vector<std::size_t> days;
    for (;;) {
        const std::size_t comma = text.find(',');
        const std::string_view part = text.substr(0, comma);
        const std::size_t dash = part.find('-');
        const auto first = day_number(part.substr(0, dash));
        const auto last =
            dash == std::string_view::npos ? first : day_number(part.substr(dash + 1));
        if (!first || !last) return {};
        for (std::size_t day = *first;; day = (day + 1) % kDayNames.size()) {
            days.push_back(day);
            if (day == *last) break;
        }
        if (comma == std::string_view::npos) return days;
        text.remove_prefix(comma + 1);
    }
}

}  // namespace clinicsim::reading
