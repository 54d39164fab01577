#include "clinicsim/report/csv.hpp"

#include <cstdlib>
#include <initializer_list>

#include "clinicsim/observe/metrics.hpp"
#include "text.hpp"

namespace clinicsim::report {

namespace {

bool is_number(const std::string& text) {
    if (text.find_first_not_of("+-.0123456789eE") != std::string::npos) return false;
    char* end = nullptr;
    std::strtod(text.c_str(), &end);
    return end != text.c_str() && *end == '\0';
}

void add_row(std::string& out, std::initializer_list<std::string_view> cells) {
    bool first = true;
    for (const std::string_view cell : cells) {
        if (!first) out += ',';
        first = false;
        out += csv_cell(cell);
    }
    out += '\n';
}

std::optional<double> low(const Estimate& found) {
    return found.ci95 ? std::optional{found.ci95->low} : std::nullopt;
}
std::optional<double> high(const Estimate& found) {
    return found.ci95 ? std::optional{found.ci95->high} : std::nullopt;
}

void add_estimates(std::string& out, const std::string& policy, std::string_view by,
                   std::string_view group, const std::vector<Estimate>& estimates,
                   const std::string& currency) {
    const auto rows = metric_rows();
    for (std::size_t i = 0; i < rows.size() && i < estimates.size(); ++i) {
        if (!by.empty() && !rows[i].by_group) continue;
        const Estimate& found = estimates[i];
        add_row(out, {policy, by, group, rows[i].name, unit_of(rows[i], currency),
                      shortest(found.mean), shortest(found.sd), std::to_string(found.n),
                      shortest(low(found)), shortest(high(found)), name(rows[i].kind)});
    }
}

}  // namespace

std::string csv_cell(std::string_view text) {
    std::string cell{text};
    if (!cell.empty() && std::string_view{"=+-@\t\r"}.find(cell[0]) != std::string_view::npos &&
        !is_number(cell))
        cell.insert(0, 1, '\'');
    if (cell.find_first_of(",\"\n\r") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (const char c : cell) quoted += c == '"' ? std::string{"\"\""} : std::string{c};
    return quoted + '"';
}

std::string summary_csv(const Comparison& comparison) {
    std::string out = "policy,group_by,group,metric,unit,mean,sd,n,ci_low,ci_high,kind\n";
    for (const PolicyResult& policy : comparison.policies) {
        add_estimates(out, policy.name, "", "", policy.metrics, comparison.currency);
        for (const GroupResult& group : policy.groups)
            add_estimates(out, policy.name, group.by, group.is, group.metrics, comparison.currency);
    }
    return out;
}

std::string replications_csv(const Comparison& comparison) {
    std::string out = "policy,replication,metric,value,numerator,denominator\n";
    const auto rows = metric_rows();
    for (const PolicyResult& policy : comparison.policies)
        for (std::size_t replication = 0; replication < policy.samples.size(); ++replication) {
            const auto& samples = policy.samples[replication];
            for (std::size_t i = 0; i < rows.size() && i < samples.size(); ++i) {
                const MetricSample& sample = samples[i];
                const auto part = [&](double value) {
                    return shortest(sample.exists ? std::optional{value} : std::nullopt);
                };
                add_row(out, {policy.name, std::to_string(replication), rows[i].name,
                              shortest(sample.value()), part(sample.numerator),
                              part(sample.denominator)});
            }
        }
    return out;
}

std::string differences_csv(const Comparison& comparison) {
    std::string out = "policy,baseline,metric,unit,mean,sd,n,ci_low,ci_high,variance_reduction\n";
    const auto rows = metric_rows();
    for (const PolicyDifference& found : comparison.differences)
        for (std::size_t i = 0; i < rows.size() && i < found.metrics.size(); ++i) {
            const Difference& metric = found.metrics[i];
            add_row(out, {found.policy, found.baseline, rows[i].name,
                          unit_of(rows[i], comparison.currency), shortest(metric.estimate.mean),
                          shortest(metric.estimate.sd), std::to_string(metric.estimate.n),
                          shortest(low(metric.estimate)), shortest(high(metric.estimate)),
                          shortest(metric.variance_reduction)});
        }
    return out;
}

}  // namespace clinicsim::report
