// clinicsim explain: keys of a scenario, and metrics of a result.
#include <algorithm>

#include "clinicsim/observe/chair_metrics.hpp"
#include "clinicsim/observe/metrics.hpp"
#include "clinicsim/observe/staff_metrics.hpp"
#include "clinicsim/scenario/scenario.hpp"
#include "commands.hpp"
#include "failure.hpp"
#include "suggest.hpp"
#include "terminal.hpp"

namespace clinicsim::cli {

namespace {

std::string text_of(const MetricRow& row) {
    return "metric " + std::string{row.name} + "\n  " + std::string{row.definition} +
           "\n  unit: " + std::string{row.unit} + "\n  over replications: " + name(row.kind) +
           (row.by_group ? "" : "\n  not by group of patients") +
           (row.note.empty() ? "" : "\n  " + std::string{row.note}) + "\n";
}

std::string text_of(const StaffMetricRow& row) {
    return "metric " + std::string{row.name} + ".NAME, of each group of clinic.staff and " +
           "clinic.equipment\n  " + std::string{row.definition} +
           "\n  unit: " + std::string{row.unit} + "\n  over replications: " + name(row.kind) +
           "\n  not by group of patients\n";
}

std::string text_of(const ChairMetricRow& row) {
    return "metric " + std::string{row.name} +
           ".NAME, of each site and each kind of chair, where there are several\n  " +
           std::string{row.definition} + "\n  unit: " + std::string{row.unit} +
           "\n  over replications: " + name(row.kind) + "\n  not by group of patients\n";
}

/// A row's own name, or with that of a part of the clinic.
template <class Rows>
auto row_named(const std::string& name, const Rows& rows) -> decltype(&rows[0]) {
    for (const auto& row : rows)
        if (name == row.name || name.starts_with(std::string{row.name} + ".")) return &row;
    return nullptr;
}

std::string all_metrics() {
    std::size_t wide = 0;
    for (const MetricRow& row : metric_rows()) wide = std::max(wide, row.name.size());
    std::string out = "\nmetrics:\n";
    for (const MetricRow& row : metric_rows())
        out += "  " + std::string{row.name} + std::string(wide + 2 - row.name.size(), ' ') +
               std::string{row.unit} + "\n";
    for (const StaffMetricRow& row : staff_metric_rows())
        out += "  " + std::string{row.name} + ".NAME  " + std::string{row.unit} + "\n";
    for (const ChairMetricRow& row : chair_metric_rows())
        out += "  " + std::string{row.name} + ".NAME  " + std::string{row.unit} + "\n";
    return out;
}

}  // namespace

int explain_key(const Request& request) {
    if (request.key.empty()) {
        print(explain("").text + all_metrics());
        return kDone;
    }
    std::string as_metric = request.key;  // "chair utilisation", as the table says it
    std::replace(as_metric.begin(), as_metric.end(), ' ', '_');
    std::replace(as_metric.begin(), as_metric.end(), '-', '_');
    if (const auto metric = metric_index(as_metric)) {
        print(text_of(metric_rows()[*metric]));
        return kDone;
    }
    if (const auto* row = row_named(as_metric, staff_metric_rows())) {
        print(text_of(*row));
        return kDone;
    }
    if (const auto* row = row_named(as_metric, chair_metric_rows())) {
        print(text_of(*row));
        return kDone;
    }
    const Explanation found = explain(request.key);
    if (found.known) {
        print(found.text);
        return kDone;
    }
    std::vector<std::string> metrics;
    for (const MetricRow& row : metric_rows()) metrics.emplace_back(row.name);
    for (const StaffMetricRow& row : staff_metric_rows()) metrics.emplace_back(row.name);
    for (const ChairMetricRow& row : chair_metric_rows()) metrics.emplace_back(row.name);
    std::string message = found.text;
    while (!message.empty() && message.back() == '\n') message.pop_back();
    if (message.find("did you mean") == std::string::npos)
        message += did_you_mean(as_metric, metrics);
    throw Failure{kUsage, message + " (clinicsim explain lists keys and metrics)"};
}

}  // namespace clinicsim::cli
