#include "clinicsim/observe/chair_metrics.hpp"

#include <array>

#include "part_metrics.hpp"

namespace clinicsim {
namespace {

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
    return row_and_part(kRows, name);
}

}  // namespace clinicsim
