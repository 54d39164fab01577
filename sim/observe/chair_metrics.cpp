#include "clinicsim/observe/chair_metrics.hpp"

#include <array>

namespace clinicsim {
namespace {

constexpr double kTicksPerHour = 3'600'000, kHoursPerWeek = 24 * 7;

double hours_of(I128 ticks) { return static_cast<double>(ticks) / kTicksPerHour; }

MetricSample per_week(const Window& window, double number) {
    const double weeks = in_hours(window.length()) / kHoursPerWeek;
    return weeks > 0 ? MetricSample{number / weeks, 1, true} : MetricSample{};
}

constexpr std::array kRows{
    ChairMetricRow{"chair_utilisation", "share",
                   "Chair time occupied inside opening hours, divided by the chair time open: of "
                   "the chairs of this site, or of this kind.",
                   MetricKind::ratio,
                   [](const Window&, const ChairKindTally& tally, double open_chair_hours) {
                       if (!(open_chair_hours > 0)) return MetricSample{};
                       return MetricSample{hours_of(tally.held_open), open_chair_hours, true};
                   }},
    ChairMetricRow{"visits_per_week", "visits per week",
                   "Visits begun in the chairs of this site, or of this kind, per week, wherever "
                   "the patient lives.",
                   MetricKind::average,
                   [](const Window& window, const ChairKindTally& tally, double) {
                       return per_week(window, static_cast<double>(tally.visits));
                   }},
    ChairMetricRow{"chair_overtime_hours_per_week", "hours per week",
                   "Chair time occupied outside opening hours, of the chairs of this site, or of "
                   "this kind, per week.",
                   MetricKind::average,
                   [](const Window& window, const ChairKindTally& tally, double) {
                       return per_week(window, hours_of(tally.held_closed));
                   }},
};

}  // namespace

std::span<const ChairMetricRow> chair_metric_rows() { return kRows; }

std::optional<std::pair<std::size_t, std::string_view>> chair_metric(std::string_view name) {
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    for (std::size_t i = 0; i < kRows.size(); ++i)
        if (kRows[i].name == name.substr(0, dot)) return std::pair{i, name.substr(dot + 1)};
    return std::nullopt;
}

}  // namespace clinicsim
