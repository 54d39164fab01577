// Metrics of which every site, and every kind of chair, has its own. Their names are those of the
// rows with the site's or kind's: "chair_utilisation.north". Rows are permanent, as those of
// metric_rows() are.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "clinicsim/observe/metrics.hpp"
#include "clinicsim/observe/tallies.hpp"

namespace clinicsim {

struct ChairMetricRow {
    std::string_view name;  // "chair_utilisation"
    std::string_view unit;
    std::string_view definition;  // one sentence
    MetricKind kind;
    MetricSample (*of)(const Window&, const ChairKindTally&, double open_chair_hours);
};

std::span<const ChairMetricRow> chair_metric_rows();

/// "chair_utilisation.north" as the row's place and the name behind it; nothing where it is no
/// such.
std::optional<std::pair<std::size_t, std::string_view>> chair_metric(std::string_view name);

}  // namespace clinicsim
