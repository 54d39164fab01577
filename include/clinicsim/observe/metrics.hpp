// The one table of metrics: name, unit, what it means, and how it comes out of a run's tallies.
// Names are permanent: never renamed, never used again for something else.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "clinicsim/clinic/costs.hpp"
#include "clinicsim/observe/tallies.hpp"

namespace clinicsim {

/// How replications become one number. average: mean over replications. ratio: sum of numerators
/// over sum of denominators. quantile: of all waits of a replication, then the mean over
/// replications. count: like average, a whole number per replication. excess: a ratio less the same
/// ratio of the same patients without limits.
enum class MetricKind : std::uint8_t { average, ratio, quantile, count, excess };
const char* name(MetricKind kind);

/// A metric of one replication, in the metric's unit.
struct MetricSample {
    double numerator = 0;
    double denominator = 1;                           // 1 but for ratios
    bool exists = false;                              // no: nothing was observed
    double less_numerator = 0, less_denominator = 1;  // of an excess: the ratio without limits
    std::optional<double> value() const {
        if (!exists) return std::nullopt;
        return numerator / denominator - less_numerator / less_denominator;
    }
    bool operator==(const MetricSample&) const = default;
};

/// What a metric is computed from. `chairs` is null for a group of patients: chairs belong to all.
/// `without_limits` are the same patients in the clinic without limits; null where it was not run.
/// `costs` is null where the scenario says nothing of money.
struct MetricInput {
    const Window& window;
    const PatientTallies& patients;
    const ChairTally* chairs;
    const PatientTallies* without_limits = nullptr;
    const CostPlan* costs = nullptr;
    std::span<const StaffTally> staff{};  // [group of the clinic]
};

struct MetricRow {
    std::string_view name;
    std::string_view unit;        // "share", "per year", "days", "patients", "money per year", …
    std::string_view definition;  // one sentence
    MetricKind kind;
    bool by_group;  // no: for all patients together only
    MetricSample (*of)(const MetricInput&);
    std::string_view note = {};  // a sentence without which the number is never shown
    bool signed_share = false;   // a share that may be under 0
};

/// Every metric, in the order of the reports.
std::span<const MetricRow> metric_rows();
/// The row's unit, with the currency where it says money.
std::string unit_of(const MetricRow& row, std::string_view currency);
/// Of a metric that every part of a clinic has: the row's name with the part's.
std::string part_metric_name(std::string_view row, std::string_view part);
/// Its place in metric_rows(); nothing where no metric has this name.
std::optional<std::size_t> metric_index(std::string_view name);

}  // namespace clinicsim
