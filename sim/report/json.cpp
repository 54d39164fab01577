#include "clinicsim/report/json.hpp"

#include <cmath>

#include "clinicsim/observe/metrics.hpp"
#include "clinicsim/version.hpp"
#include "json_text.hpp"

namespace clinicsim::report {

namespace {

Json number(std::optional<double> value) {
    return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}
Json interval(const std::optional<Interval>& ci) {
    if (!ci || !std::isfinite(ci->low) || !std::isfinite(ci->high)) return nullptr;
    return Json::array({ci->low, ci->high});
}

Json metric(std::string_view unit, const Estimate& found) {
    return {{"unit", unit},
            {"mean", number(found.mean)},
            {"sd", number(found.sd)},
            {"n", found.n},
            {"ci95", interval(found.ci95)}};
}

Json difference(const Difference& metric) {
    return {{"mean", number(metric.estimate.mean)},
            {"ci95", interval(metric.estimate.ci95)},
            {"n", metric.estimate.n},
            {"variance_reduction", number(metric.variance_reduction)}};
}

Json metrics(const std::vector<Estimate>& estimates, bool by_group_only,
             const std::string& currency) {
    Json result = Json::object();
    const auto rows = metric_rows();
    for (std::size_t i = 0; i < rows.size() && i < estimates.size(); ++i) {
        if (by_group_only && !rows[i].by_group) continue;
        result[std::string{rows[i].name}] = metric(unit_of(rows[i], currency), estimates[i]);
        if (!rows[i].note.empty() && estimates[i].mean)
            result[std::string{rows[i].name}]["note"] = rows[i].note;
    }
    return result;
}

Json policy(const PolicyResult& found, const std::string& currency) {
    Json groups = Json::array();
    for (const GroupResult& group : found.groups)
        groups.push_back({{"by", group.by},
                          {"is", group.is},
                          {"metrics", metrics(group.metrics, true, currency)}});
    Json metrics_found = metrics(found.metrics, false, currency);
    const auto add_parts = [&](const std::vector<PartResult>& parts, const auto& rows) {
        for (const PartResult& part : parts)
            for (std::size_t i = 0; i < part.metrics.size(); ++i)
                metrics_found[part_metric_name(rows[i].name, part.group)] =
                    metric(rows[i].unit, part.metrics[i]);
    };
    add_parts(found.staff, staff_metric_rows());
    add_parts(found.chairs, chair_metric_rows());
    Json all{
        {"name", found.name}, {"metrics", std::move(metrics_found)}, {"groups", std::move(groups)}};
    for (const ScreenedOut& out : found.screened_out)
        all["screened_out"].push_back({{"reason", out.reason},
                                       {"share", number(out.share.mean)},
                                       {"n", out.share.n},
                                       {"ci95", interval(out.share.ci95)},
                                       {"standing", out.standing},
                                       {"source", out.source}});
    return all;
}

/// Over parameter sets that fit about as well: what is chance, and what is not known.
Json split(const VarianceSplit& found) {
    return {{"mean", found.mean},
            {"sets", found.sets},
            {"sd_chance", found.sd_chance},
            {"sd_sets", found.sd_sets},
            {"half_width_chance", found.half_chance},
            {"half_width_sets", found.half_sets},
            {"half_width", found.half_whole},
            {"share_chance", found.share_chance},
            {"share_of_sets_with_other_sign", found.share_other_sign}};
}

Json difference(const PolicyDifference& found) {
    Json all = Json::object();
    const auto rows = metric_rows();
    for (std::size_t i = 0; i < rows.size() && i < found.metrics.size(); ++i) {
        all[std::string{rows[i].name}] = difference(found.metrics[i]);
        if (!rows[i].note.empty() && found.metrics[i].estimate.mean)
            all[std::string{rows[i].name}]["note"] = rows[i].note;
        if (i < found.splits.size() && found.splits[i])
            all[std::string{rows[i].name}]["parameters"] = split(*found.splits[i]);
    }
    const auto add_parts = [&](const std::vector<PartDifference>& parts, const auto& part_rows) {
        for (const PartDifference& part : parts)
            for (std::size_t i = 0; i < part.metrics.size(); ++i)
                all[part_metric_name(part_rows[i].name, part.group)] = difference(part.metrics[i]);
    };
    add_parts(found.staff, staff_metric_rows());
    add_parts(found.chairs, chair_metric_rows());
    return {{"policy", found.policy}, {"baseline", found.baseline}, {"metrics", std::move(all)}};
}

Json target(const TargetResult& found) {
    Json result{{"policy", found.policy},
                {"target", found.text},
                {"met", found.met ? Json(*found.met) : Json(nullptr)},
                {"estimate", number(found.estimate)},
                {"ci95", interval(found.ci95)}};
    if (found.published.value) {
        result["published"] = *found.published.value;
        result["standing"] = name(found.published.standing);
    }
    if (found.expect_missed) result["expect"] = "missed";
    if (!found.because.empty()) result["because"] = found.because;
    return result;
}

}  // namespace

std::string summary_json(const Comparison& comparison) {
    Json all{
        {"clinicsim", kVersion},
        {"format", kResultFormat},
        {"scenario",
         {{"title", comparison.title}, {"file", comparison.file}, {"sha256", comparison.sha256}}},
        {"seed", comparison.seed},
        {"replications", comparison.replications},
        {"warm_up_days", comparison.warm_up_days},
        {"horizon_days", comparison.horizon_days},
        {"policies", Json::array()},
        {"differences", Json::array()},
        {"targets", Json::array()}};
    for (const auto& found : comparison.policies)
        all["policies"].push_back(policy(found, comparison.currency));
    for (const auto& found : comparison.differences)
        all["differences"].push_back(difference(found));
    if (comparison.differences_together > 0)
        all["differences_together"] = comparison.differences_together;
    for (const auto& found : comparison.targets) all["targets"].push_back(target(found));
    if (!comparison.warnings.empty()) all["warnings"] = comparison.warnings;
    if (comparison.interrupted) {
        all["interrupted"] = true;
        all["replications_asked"] = comparison.replications_asked;
    }
    if (comparison.precision_reached) all["precision_reached"] = *comparison.precision_reached;
    return json_text(all);
}

}  // namespace clinicsim::report
