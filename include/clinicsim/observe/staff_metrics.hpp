// Metrics of which every group of staff or equipment has its own. Their names are those of the rows
// with the group's: "staff_utilisation.nurse". Rows are permanent, as those of metric_rows() are.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "clinicsim/clinic/staff.hpp"
#include "clinicsim/observe/metrics.hpp"
#include "clinicsim/observe/tallies.hpp"

namespace clinicsim {

struct StaffMetricRow {
    std::string_view name;  // "staff_utilisation"
    std::string_view unit;
    std::string_view definition;  // one sentence
    MetricKind kind;
    MetricSample (*of)(const Window&, const StaffTally&);
};

std::span<const StaffMetricRow> staff_metric_rows();

/// "staff_utilisation.nurse" as the row's place and the group's name; nothing where it is no such.
std::optional<std::pair<std::size_t, std::string_view>> staff_metric(std::string_view name);

}  // namespace clinicsim
