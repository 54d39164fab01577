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

void add_estimate(std::string& out, const std::string& policy, std::string_view by,
                  std::string_view group, std::string_view metric, std::string_view unit,
                  const Estimate& found, MetricKind kind, std::string_view note = {}) {
    add_row(out, {policy, by, group, metric, unit, shortest(found.mean), shortest(found.sd),
                  std::to_string(found.n), shortest(low(found)), shortest(high(found)), name(kind),
                  note});
}

void add_sample(std::string& out, const std::string& policy, std::size_t replication,
                std::string_view metric, const MetricSample& sample, std::string_view note = {}) {
    const auto part = [&](double value) {
        return shortest(sample.exists ? std::optional{value} : std::nullopt);
    };
    add_row(out, {policy, std::to_string(replication), metric, shortest(sample.value()),
                  part(sample.numerator), part(sample.denominator), note});
}

void add_difference(std::string& out, const PolicyDifference& of, std::string_view metric,
                    std::string_view unit, const Difference& found, std::string_view note = {}) {
    add_row(out, {of.policy, of.baseline, metric, unit, shortest(found.estimate.mean),
                  shortest(found.estimate.sd), std::to_string(found.estimate.n),
                  shortest(low(found.estimate)), shortest(high(found.estimate)),
                  shortest(found.variance_reduction), note});
}

void add_estimates(std::string& out, const std::string& policy, std::string_view by,
                   std::string_view group, const std::vector<Estimate>& estimates,
                   const std::string& currency) {
    const auto rows = metric_rows();
    for (std::size_t i = 0; i < rows.size() && i < estimates.size(); ++i) {
        if (!by.empty() && !rows[i].by_group) continue;
        add_estimate(out, policy, by, group, rows[i].name, unit_of(rows[i], currency), estimates[i],
                     rows[i].kind, rows[i].note);
    }
}

/// Calls use(part, metric's place, its row) for all that is found of staff and chairs.
template <class Found, class Use>
void for_parts(const Found& found, Use use) {
    const auto each = [&](const auto& parts, const auto& rows) {
        for (const auto& part : parts)
            for (std::size_t i = 0; i < part.metrics.size(); ++i) use(part, i, rows[i]);
    };
    each(found.staff, staff_metric_rows());
    each(found.chairs, chair_metric_rows());
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
    std::string out = "policy,group_by,group,metric,unit,mean,sd,n,ci_low,ci_high,kind,note\n";
    for (const PolicyResult& policy : comparison.policies) {
        add_estimates(out, policy.name, "", "", policy.metrics, comparison.currency);
        for_parts(policy, [&](const PartResult& part, std::size_t i, const auto& row) {
            add_estimate(out, policy.name, "", "", part_metric_name(row.name, part.group), row.unit,
                         part.metrics[i], row.kind);
        });
        for (const GroupResult& group : policy.groups)
            add_estimates(out, policy.name, group.by, group.is, group.metrics, comparison.currency);
    }
    return out;
}

std::string replications_csv(const Comparison& comparison) {
    std::string out = "policy,replication,metric,value,numerator,denominator,note\n";
    const auto rows = metric_rows();
    for (const PolicyResult& policy : comparison.policies)
        for (std::size_t replication = 0; replication < policy.samples.size(); ++replication) {
            const auto& samples = policy.samples[replication];
            for (std::size_t i = 0; i < rows.size() && i < samples.size(); ++i)
                add_sample(out, policy.name, replication, rows[i].name, samples[i], rows[i].note);
            for_parts(policy, [&](const PartResult& part, std::size_t i, const auto& row) {
                add_sample(out, policy.name, replication, part_metric_name(row.name, part.group),
                           part.samples[replication][i]);
            });
        }
    return out;
}

std::string differences_csv(const Comparison& comparison) {
    std::string out =
        "policy,baseline,metric,unit,mean,sd,n,ci_low,ci_high,variance_reduction,note\n";
    const auto rows = metric_rows();
    for (const PolicyDifference& found : comparison.differences) {
        for (std::size_t i = 0; i < rows.size() && i < found.metrics.size(); ++i)
            add_difference(out, found, rows[i].name, unit_of(rows[i], comparison.currency),
                           found.metrics[i], rows[i].note);
        for_parts(found, [&](const PartDifference& part, std::size_t i, const auto& row) {
            add_difference(out, found, part_metric_name(row.name, part.group), row.unit,
                           part.metrics[i]);
        });
    }
    return out;
}

}  // namespace clinicsim::report
