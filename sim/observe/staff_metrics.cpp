#include "clinicsim/observe/staff_metrics.hpp"

#include <array>

#include "part_metrics.hpp"

namespace clinicsim {
namespace {

constexpr std::array kRows{
    StaffMetricRow{
        "staff_utilisation", "share",
        "Shares of this group in use, divided by those on duty: of all people, over all "
        "hours of duty. Breaks and days sick are no duty, work beyond duty is overtime. Equipment "
        "is on duty in opening hours.",
        MetricKind::ratio,
        [](const Window&, const StaffTally& tally) {
            if (tally.on_duty == 0) return MetricSample{};
            return MetricSample{hours_of(tally.used) / kWhole, hours_of(tally.on_duty), true};
        }},
    StaffMetricRow{"staff_hours_per_week", "hours per week",
                   "People of this group on duty, times their hours, per week.",
                   MetricKind::average,
                   [](const Window& window, const StaffTally& tally) {
                       return per_week(window, hours_of(tally.on_duty));
                   }},
    StaffMetricRow{"staff_overtime_hours_per_week", "hours per week",
                   "People of this group who stay beyond their hours, or through their break, "
                   "because a visit that has begun needs them, times their hours, per week.",
                   MetricKind::average,
                   [](const Window& window, const StaffTally& tally) {
                       return per_week(window, hours_of(tally.overtime));
                   }},
    StaffMetricRow{"held_up_hours_per_week", "hours per week",
                   "Time that visits waited in their chairs between two phases, or chairs to be "
                   "made ready, because this group was missing, per week. Who waits for the start "
                   "of a visit is in awaited_hours_per_week.",
                   MetricKind::average,
                   [](const Window& window, const StaffTally& tally) {
                       return per_week(window, hours_of(tally.held_up));
                   }},
    StaffMetricRow{"awaited_hours_per_week", "hours per week",
                   "Time in opening hours that patients waited in the room with a chair free for "
                   "them, because this group was missing to begin the visit, all added up, per "
                   "week. Where every visit needs the group, the line is counted as waiting for "
                   "whom its first one waits for.",
                   MetricKind::average,
                   [](const Window& window, const StaffTally& tally) {
                       return per_week(window, hours_of(tally.awaited));
                   }},
};

}  // namespace

std::span<const StaffMetricRow> staff_metric_rows() { return kRows; }

std::optional<std::pair<std::size_t, std::string_view>> staff_metric(std::string_view name) {
    return row_and_part(kRows, name);
}

}  // namespace clinicsim
