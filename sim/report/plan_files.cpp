// A plan as JSON and CSV, and the files of its folder.
#include <cmath>

#include "clinicsim/observe/metrics.hpp"
#include "clinicsim/report/csv.hpp"
#include "clinicsim/report/json.hpp"
#include "clinicsim/report/plan.hpp"
#include "clinicsim/version.hpp"
#include "json_text.hpp"
#include "shown.hpp"
#include "text.hpp"

namespace clinicsim::report {

namespace {

Json number(const std::optional<double>& value) {
    return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}
Json interval(const std::optional<Interval>& ci) {
    if (!ci || !std::isfinite(ci->low) || !std::isfinite(ci->high)) return nullptr;
    return Json::array({ci->low, ci->high});
}
Json met(const std::optional<bool>& value) { return value ? Json(*value) : Json(nullptr); }

/// A number where it is one, else the text for --set.
Json value_of(const std::string& text) {
    Json parsed = Json::parse(text, nullptr, false);
    return parsed.is_number() ? parsed : Json(text);
}

Json choice_of(const Plan& plan, const std::optional<std::size_t>& choice) {
    if (!choice) return nullptr;
    Json result = Json::object();
    for (std::size_t i = 0; i < plan.question.vary.size(); ++i)
        result[plan.question.vary[i].path] = value_of(plan.choices[*choice][i]);
    return result;
}

Json targets_of(const PlanPoint& point) {
    Json all = Json::array();
    for (const TargetResult& target : point.targets)
        all.push_back({{"target", target.text},
                       {"met", met(target.met)},
                       {"estimate", number(target.estimate)},
                       {"ci95", interval(target.ci95)}});
    return all;
}

void add_point(Json& to, const Plan& plan, const PlanPoint& point) {
    to["targets"] = targets_of(point);
    to["met"] = met(point.met);
    if (point.goal)
        to["goal"] = {{"metric", plan.question.of},
                      {"mean", number(point.goal->mean)},
                      {"ci95", interval(point.goal->ci95)}};
    if (point.contribution)
        to[kContribution] = {{"mean", number(point.contribution->mean)},
                             {"ci95", interval(point.contribution->ci95)}};
    to["replications"] = point.replications;
}

const char* name(PlanEnd end) {
    switch (end) {
        case PlanEnd::found:
            return "found";
        case PlanEnd::unclear:
            return "unclear";
        case PlanEnd::none:
            return "none";
        case PlanEnd::nothing:
            return "no_target";
        case PlanEnd::interrupted:
            break;
    }
    return "interrupted";
}

Json formula_of(const PlanFormula& f) {
    return {{"load", f.load},
            {"visits_per_open_hour", f.visits_per_hour},
            {"visit_hours", f.mean_visit_hours},
            {"visit_variation", f.visit_variation},
            {"open_share", f.open_share},
            {"chairs_over_the_load", f.enough_for_the_load},
            {"chairs_85_percent_full", f.at_85_percent},
            {"chairs_square_root", f.square_root},
            {"chairs_for_targets", f.for_targets ? Json(*f.for_targets) : Json(nullptr)}};
}

std::string unit_of_any(const Plan& plan, const std::string& metric) {
    const auto plain = metric_index(metric);
    return plain ? unit_of(metric_rows()[*plain], plan.currency)
                 : std::string{unit_of_metric(metric)};
}

Json policy_of(const Plan& plan, const PolicyPlan& policy) {
    Json result{{"policy", policy.policy},     {"answer", choice_of(plan, policy.answer)},
                {"outcome", name(policy.end)}, {"confidence_reached", policy.confidence_reached},
                {"runs", policy.runs},         {"remarks", policy.remarks}};
    if (!policy.facts.empty()) {
        Json& facts = result["answer_metrics"] = Json::object();
        for (const PlanFact& fact : policy.facts)
            facts[fact.metric] = {{"unit", unit_of_any(plan, fact.metric)},
                                  {"mean", number(fact.found.mean)},
                                  {"ci95", interval(fact.found.ci95)}};
    }
    if (policy.indifference) {
        result["indifference"] = *policy.indifference;
        result["as_good"] = Json::array();
        for (const std::size_t choice : policy.ties)
            result["as_good"].push_back(choice_of(plan, choice));
    }
    if (policy.unlimited) {
        result["without_limits"] = Json::object();
        add_point(result["without_limits"], plan, *policy.unlimited);
    }
    return result;
}

Json question_of(const Plan& plan) {
    Json vary = Json::object();
    for (const PlanVariable& one : plan.question.vary) {
        Json& values = vary[one.path] = Json::array();
        for (const std::string& value : one.values) values.push_back(value_of(value));
    }
    Json called = Json::object();
    for (const PlanVariable& one : plan.question.vary)
        if (!one.called.empty()) called[one.path] = one.called;
    Json targets = Json::array();
    for (const Target& target : plan.question.targets) targets.push_back(target.text);
    return {{"asked", plan.asked},
            {"vary", std::move(vary)},
            {"called", std::move(called)},
            {"goal", std::string{clinicsim::name(plan.question.aim)} + " " + plan.question.of},
            {"targets", std::move(targets)},
            {"policies", plan.question.policies}};
}

}  // namespace

std::string plan_json(const Plan& plan) {
    Json all{{"clinicsim", kVersion},
             {"format", kResultFormat},
             {"scenario", {{"title", plan.title}, {"file", plan.file}, {"sha256", plan.sha256}}},
             {"seed", plan.seed},
             {"warm_up_days", plan.warm_up_days},
             {"horizon_days", plan.horizon_days},
             {"plan", question_of(plan)},
             {"answer", choice_of(plan, plan.answer)},
             {"confidence", plan.question.confidence},
             {"confirmed", plan.confirmed},
             {"confidence_reached", plan.confidence_reached},
             {"claims", plan.claims},
             {"runs", plan.runs},
             {"budget", plan.budget},
             {"policies", Json::array()},
             {"analytic", Json::object()},
             {"curve", Json::array()}};
    for (const PolicyPlan& policy : plan.policies) {
        all["policies"].push_back(policy_of(plan, policy));
        if (policy.formula) all["analytic"][policy.policy] = formula_of(*policy.formula);
        for (const PlanPoint& point : policy.curve) {
            Json row = choice_of(plan, point.choice);
            row["policy"] = policy.policy;
            add_point(row, plan, point);
            row["fresh"] = point.fresh;
            all["curve"].push_back(std::move(row));
        }
    }
    all["formulas_count_sites"] = plan.formula_of;  // empty: all
    all["why_formulas_differ"] = plan.reasons;
    if (plan.growth) {
        all["monthly_growth"] = *plan.growth;
        all["timetable"] = Json::array();
        for (const GrowthTable& table : plan.timetable)
            for (const GrowthStep& step : table.steps)
                all["timetable"].push_back({{"policy", table.policy},
                                            {"from_month", step.month},
                                            {"answer", choice_of(plan, step.choice)}});
        all["timetable_remarks"] = Json::array();
        for (const GrowthTable& table : plan.timetable)
            for (const std::string& remark : table.remarks)
                all["timetable_remarks"].push_back({{"policy", table.policy}, {"remark", remark}});
    }
    if (!plan.warnings.empty()) all["warnings"] = plan.warnings;
    if (plan.interrupted) all["interrupted"] = true;
    return json_text(all);
}

std::string plan_csv(const Plan& plan) {
    std::string out = "policy";
    for (const PlanVariable& one : plan.question.vary) out += "," + csv_cell(one.path);
    out += ",target,unit,estimate,ci_low,ci_high,met,replications,fresh,answer\n";
    const auto row = [&](const PolicyPlan& policy, const PlanPoint& point, const std::string& what,
                         const std::string& metric, const std::optional<double>& mean,
                         const std::optional<Interval>& ci, const std::string& met_text) {
        out += csv_cell(policy.policy);
        for (const std::string& value : plan.choices[point.choice]) out += "," + csv_cell(value);
        out += "," + csv_cell(what) + "," + csv_cell(unit_of_any(plan, metric)) + "," +
               shortest(mean) + "," + (ci ? shortest(ci->low) : "") + "," +
               (ci ? shortest(ci->high) : "") + "," + met_text + "," +
               std::to_string(point.replications) + "," + (point.fresh ? "yes" : "no") + "," +
               (policy.answer == point.choice ? "yes" : "no") + "\n";
    };
    for (const PolicyPlan& policy : plan.policies)
        for (const PlanPoint& point : policy.curve) {
            for (const TargetResult& target : point.targets)
                row(policy, point, target.text, target.metric, target.estimate, target.ci95,
                    !target.met   ? ""
                    : *target.met ? "yes"
                                  : "no");
            if (point.contribution && plan.question.of != kContribution)
                row(policy, point, kContribution, kContribution, point.contribution->mean,
                    point.contribution->ci95, "");
            if (point.goal)
                row(policy, point, plan.question.of, plan.question.of, point.goal->mean,
                    point.goal->ci95, "");
        }
    return out;
}

std::vector<ResultFile> plan_files(const RunPlan& run, const Plan& plan) {
    return {{"manifest.json", manifest_json(run, nullptr)},
            {"plan.json", plan_json(plan)},
            {"plan.csv", plan_csv(plan)}};
}

}  // namespace clinicsim::report
