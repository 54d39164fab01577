#include "plan_question.hpp"

#include <algorithm>
#include <cmath>

namespace clinicsim {
namespace planning {

namespace {

constexpr const char* kSites = "clinic.sites.";

std::string site_path(const Site& site) { return kSites + site.name; }

void check_policies(const Scenario& scenario, const std::vector<std::string>& names) {
    std::string known;
    for (const PolicyModel& policy : scenario.policies)
        known += (known.empty() ? "" : ", ") + policy.choice.name;
    for (const std::string& name : names)
        if (std::none_of(scenario.policies.begin(), scenario.policies.end(),
                         [&](const PolicyModel& one) { return one.choice.name == name; }))
            throw UnknownName{"no policy is called '" + name + "'; there are: " + known};
}

bool is_among(const std::string& name, const std::vector<std::string>& names) {
    return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

std::size_t metric_named(const Scenario& scenario, const std::string& name) {
    const auto metric = plan_metric(scenario.model.clinic, name);
    if (!metric) throw UnknownName{"no metric is called '" + name + "'"};
    return *metric;
}

}  // namespace

std::vector<Target> usual_targets() {
    std::vector<Target> targets;
    for (const char* metric :
         {"wait_days_rescue.p95", "wait_days_booster.p95", "wait_days_induction.p95"}) {
        Target& one = targets.emplace_back();
        one.text = std::string{metric} + " <= 7 days";
        one.metric = metric;
        one.lowest = -HUGE_VAL;
        one.highest = 7;
    }
    return targets;
}

bool decide_targets(const Scenario& scenario, Plan& plan) {
    std::vector<Target>& targets = plan.question.targets;
    if (targets.empty())
        for (const Target& target : scenario.targets) {
            if (target.expect_missed)
                plan.warnings.push_back("the target " + target.text +
                                        " is expected to be missed: no plan keeps it");
            else
                targets.push_back(target);
        }
    plan.usual_targets = targets.empty() && !is_of_a_metric(plan.question.aim);
    if (plan.usual_targets) targets = usual_targets();
    return plan.usual_targets;
}

std::vector<Asked> asked_of(const Scenario& scenario, const std::vector<std::string>& names,
                            PlanQuestion& question) {
    const std::vector<std::string> wanted = names.empty() ? question.policies : names;
    check_policies(scenario, wanted);
    question.policies.clear();
    std::vector<Asked> all;
    for (std::size_t i = 0; i < scenario.policies.size(); ++i) {
        const std::string& name = scenario.policies[i].choice.name;
        if (!is_among(name, wanted)) continue;
        question.policies.push_back(name);
        Asked& asked = all.emplace_back();
        asked.policy = i;
        asked.name = name;
        for (const Target& target : question.targets) {
            const std::size_t metric = metric_named(scenario, target.metric);
            if (!is_among(name, target.policies)) continue;
            asked.targets.push_back(target);
            asked.metrics.push_back(metric);
        }
        if (is_of_a_metric(question.aim)) asked.goal = metric_named(scenario, question.of);
        if (scenario.model.costs) asked.contribution = metric_named(scenario, kContribution);
    }
    return all;
}

bool is_of_chairs(const PlanVariable& variable) {
    const std::string_view path = variable.path;
    if (path.starts_with(kSites)) return path.find(".chairs") != std::string_view::npos;
    return path == kChairs || path.starts_with(std::string{kChairs} + '.');
}

std::vector<bool> sites_that_count(const ClinicPlan& clinic,
                                   const std::vector<PlanVariable>& vary) {
    std::vector<bool> counts(clinic.sites.size());
    for (std::size_t site = 0; site < counts.size(); ++site)
        counts[site] = std::any_of(vary.begin(), vary.end(), [&](const PlanVariable& one) {
            return is_of_chairs(one) && one.path.starts_with(site_path(clinic.sites[site]) + '.');
        });
    if (std::find(counts.begin(), counts.end(), true) == counts.end())
        counts.assign(counts.size(), true);
    return counts;
}

std::uint64_t usual_budget(double events_of_a_run, std::size_t policies) {
    constexpr double kEvents = 2e8;
    constexpr std::uint64_t kMostRuns = 4000, kFewestOfAPolicy = 60;
    std::uint64_t runs = kMostRuns;
    if (events_of_a_run > 0)
        runs = std::min(runs, static_cast<std::uint64_t>(kEvents / events_of_a_run));
    return std::max(runs, kFewestOfAPolicy * policies);
}

PlanVariable chairs_around(const std::string& path, const std::vector<PolicyPlan>& policies) {
    int most = 12;
    for (const PolicyPlan& policy : policies)
        if (policy.formula)
            most = std::max({most, 3 * policy.formula->at_85_percent,
                             2 * policy.formula->for_targets.value_or(1)});
    PlanVariable chairs;
    chairs.path = path;
    chairs.called = "chairs";
    constexpr int kMostChairs = static_cast<int>(kMostPlanCandidates);
    for (int n = 1; n <= std::min(most, kMostChairs); ++n) {
        chairs.values.push_back(std::to_string(n));
        chairs.numbers.push_back(n);
    }
    return chairs;
}

}  // namespace planning

std::vector<std::string> chair_paths(const ClinicPlan& clinic) {
    using namespace planning;
    if (clinic.chair_kinds.empty()) return {kChairs};
    std::vector<std::string> paths;
    for (const ChairKind& kind : clinic.chair_kinds) {
        std::string path =
            clinic.sites.empty() ? kChairs : site_path(clinic.sites[kind.site]) + ".chairs";
        if (!kind.name.empty()) path += '.' + kind.name;
        paths.push_back(std::move(path));
    }
    return paths;
}

}  // namespace clinicsim
