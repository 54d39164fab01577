// The sentence on top of the table.
#include <algorithm>
#include <array>

#include "clinicsim/base/diagnostic.hpp"
#include "clinicsim/experiment/fold.hpp"
#include "clinicsim/observe/metrics.hpp"
#include "clinicsim/report/table.hpp"
#include "shown.hpp"
#include "text.hpp"

namespace clinicsim::report {

namespace {

struct Criterion {
    std::string_view metric;
    std::string_view verb, object;       // "needs" 1.9 "chairs at 85 % use"
    std::string_view least, what, unit;  // "fewest" "chairs" "" (" %")
};
constexpr std::array kCriteria{
    Criterion{"chairs_for_85_percent", "needs", "chairs at 85 % use", "fewest",
              "chairs at 85 % use", ""},
    Criterion{"boosters_per_patient_year", "gives", "boosters per patient-year", "fewest",
              "boosters per patient-year", ""},
    Criterion{"relapses_per_well_patient_year", "has", "relapses per well patient-year", "fewest",
              "relapses per well patient-year", ""},
    Criterion{"share_of_time_ill", "leaves patients ill for", "of the time", "least", "time ill",
              " %"},
};

std::optional<double> mean_of(const PolicyResult& policy, std::string_view metric) {
    const Estimate* found = find(policy.metrics, metric);
    return found == nullptr ? std::nullopt : found->mean;
}
/// Three significant digits; how sure they are the table says.
std::string three_digits(Estimate found, double scale) {
    found.ci95.reset();
    return rounded(found, scale).mean;
}
std::string value_of(const PolicyResult& policy, const Criterion& criterion) {
    return three_digits(*find(policy.metrics, criterion.metric), scale_of(criterion.metric)) +
           std::string{criterion.unit};
}
std::string name_of(const PolicyResult& policy) { return printable(policy.name); }

/// A paired comparison that the replications decide.
bool told_apart(const PolicyResult& a, const PolicyResult& b, std::string_view metric) {
    const std::size_t at = metric_index(metric).value();
    const auto column = [at](const PolicyResult& policy) {
        std::vector<MetricSample> samples;
        for (const auto& replication : policy.samples) samples.push_back(replication[at]);
        return samples;
    };
    if (a.samples.size() != b.samples.size()) return false;
    const Difference found = difference(metric_rows()[at].kind, column(a), column(b));
    const auto& ci = found.estimate.ci95;
    return ci && (ci->low > 0 || ci->high < 0);
}

using Policies = std::vector<const PolicyResult*>;

std::string of_one(const PolicyResult& policy) {
    std::vector<std::string> parts;
    if (const auto* found = find(policy.metrics, "chair_utilisation"); found && found->mean)
        parts.push_back("uses " + three_digits(*found, 100) + " % of the chair time");
    for (const Criterion& criterion : kCriteria)
        if (mean_of(policy, criterion.metric))
            parts.push_back(std::string{criterion.verb} + " " + value_of(policy, criterion) + " " +
                            std::string{criterion.object});
    if (parts.empty()) return {};
    return name_of(policy) + " " + listed(parts) + ".";
}

std::string of_two(const PolicyResult& policy, const PolicyResult& baseline) {
    std::vector<std::string> clear, unclear;
    for (const Criterion& criterion : kCriteria) {
        const auto a = mean_of(policy, criterion.metric), b = mean_of(baseline, criterion.metric);
        if (!a || !b || (*a == 0 && *b == 0)) continue;  // 0 is 0 without any statistics
        const std::string here = value_of(policy, criterion), there = value_of(baseline, criterion);
        if (told_apart(policy, baseline, criterion.metric))
            clear.push_back(std::string{criterion.verb} + " " + here + " instead of " + there +
                            " " + std::string{criterion.object});
        else
            unclear.push_back(std::string{criterion.what} + " (" + here + " and " + there + ")");
    }
    std::string text;
    if (!clear.empty())
        text = "Compared with " + name_of(baseline) + ", " + name_of(policy) + " " + listed(clear);
    if (!unclear.empty())
        text += (text.empty() ? "Between " + name_of(policy) + " and " + name_of(baseline) +
                                    ", these cannot be told apart: "
                              : "; these cannot be told apart: ") +
                listed(unclear);
    return text.empty() ? text : text + ".";
}

/// Whoever has less of the criterion than all others, and those that cannot be told apart from it.
Policies least_of(const Criterion& criterion, const Policies& policies) {
    Policies having;
    for (const auto* policy : policies)
        if (mean_of(*policy, criterion.metric)) having.push_back(policy);
    if (having.empty()) return {};
    const auto* best = *std::min_element(having.begin(), having.end(), [&](auto* a, auto* b) {
        return *mean_of(*a, criterion.metric) < *mean_of(*b, criterion.metric);
    });
    Policies ties{best};
    for (const auto* policy : having)
        if (policy != best && !told_apart(*policy, *best, criterion.metric)) ties.push_back(policy);
    return ties;
}

std::string best_in(const Criterion& criterion, const Policies& policies,
                    const PolicyResult* baseline) {
    Policies having;
    for (const auto* policy : policies)
        if (mean_of(*policy, criterion.metric)) having.push_back(policy);
    const bool all_zero = std::all_of(having.begin(), having.end(), [&](auto* policy) {
        return *mean_of(*policy, criterion.metric) == 0;
    });
    if (having.size() < 2 || all_zero) return {};
    const Policies ties = least_of(criterion, having);
    const std::string what = std::string{criterion.what};
    if (ties.size() == having.size()) return what + " cannot be told apart";
    std::vector<std::string> names, values;
    for (const auto* policy : ties) {
        names.push_back(name_of(*policy));
        values.push_back(value_of(*policy, criterion));
    }
    std::string text = std::string{criterion.least} + " " + what + " under " + listed(names) + " (";
    const bool beats_baseline = baseline != nullptr &&
                                std::find(ties.begin(), ties.end(), baseline) == ties.end() &&
                                mean_of(*baseline, criterion.metric);
    text += listed(values);
    if (beats_baseline)
        text += " instead of " + name_of(*baseline) + "'s " + value_of(*baseline, criterion);
    if (ties.size() > 1) text += ", cannot be told apart";
    return text + ")";
}

bool gives_boosters(const PolicyResult& policy) {
    for (const auto metric : {"boosters_per_patient_year", "infusions_per_week"})
        if (const auto mean = mean_of(policy, metric)) return *mean > 0;
    return true;
}

/// Without boosters a policy would win every comparison of boosters and chairs; one that withholds
/// the drug is there to be compared with, not to be chosen.
bool can_be_chosen(const PolicyResult& policy) {
    return gives_boosters(policy) && !policy.withholds_drug;
}

/// Many policies and a baseline: the one that needs the fewest chairs against the baseline, the one
/// that leaves patients ill least, and what no boosters at all would do.
std::string against_baseline(const Policies& policies, const PolicyResult& baseline) {
    const Criterion& chairs = kCriteria.front();
    const Criterion& time_ill = kCriteria.back();
    Policies compared;
    const PolicyResult* without = nullptr;
    std::vector<std::string> without_drug;
    for (const auto* policy : policies)
        if (can_be_chosen(*policy))
            compared.push_back(policy);
        else if (!mean_of(*policy, time_ill.metric))
            continue;
        else if (policy->withholds_drug)
            without_drug.push_back(value_of(*policy, time_ill) + " (" + name_of(*policy) + ")");
        else
            without = policy;
    std::vector<std::string> sentences;
    const Policies leanest = least_of(chairs, compared);
    if (!leanest.empty() && std::find(leanest.begin(), leanest.end(), &baseline) == leanest.end())
        sentences.push_back(of_two(*leanest.front(), baseline));
    const Policies wellest = least_of(time_ill, compared);
    if (compared.size() == 1)
        sentences.push_back(of_one(baseline));
    else if (std::find(wellest.begin(), wellest.end(), &baseline) != wellest.end())
        sentences.push_back("No policy leaves patients ill for clearly less of the time than " +
                            name_of(baseline) + " (" + value_of(baseline, time_ill) + ").");
    else if (!wellest.empty() && wellest.front() != leanest.front())
        sentences.push_back(name_of(*wellest.front()) +
                            " leaves patients ill least: " + value_of(*wellest.front(), time_ill) +
                            " of the time instead of " + value_of(baseline, time_ill) + ".");
    if (without != nullptr)
        sentences.push_back("Without boosters (" + name_of(*without) + ") it is " +
                            value_of(*without, time_ill) + " of the time.");
    if (!without_drug.empty())
        sentences.push_back("Where not all get the drug, patients are ill for " +
                            listed(without_drug) + " of the time.");
    std::string text;
    for (const std::string& sentence : sentences) text += (text.empty() ? "" : " ") + sentence;
    return text;
}

std::string of_many(const Policies& policies, const PolicyResult* baseline) {
    if (baseline != nullptr && can_be_chosen(*baseline) &&
        mean_of(*baseline, kCriteria.front().metric) && mean_of(*baseline, kCriteria.back().metric))
        return against_baseline(policies, *baseline);
    Policies compared;
    for (const auto* policy : policies)
        if (can_be_chosen(*policy)) compared.push_back(policy);
    const bool some_left_out = compared.size() != policies.size();
    if (compared.size() < 2) compared = policies;
    std::vector<std::string> parts;
    for (const Criterion& criterion : kCriteria)
        if (auto part = best_in(criterion, compared, baseline); !part.empty())
            parts.push_back(std::move(part));
    if (parts.empty()) return {};
    std::string text = some_left_out && compared.size() != policies.size()
                           ? "Among the policies that give boosters of the drug: "
                           : "Among the " + std::to_string(policies.size()) + " policies: ";
    for (std::size_t i = 0; i < parts.size(); ++i) text += (i > 0 ? "; " : "") + parts[i];
    return text + ".";
}

}  // namespace

std::string answer(const Comparison& comparison) {
    Policies policies;
    const PolicyResult* baseline = nullptr;
    for (const PolicyResult& policy : comparison.policies) {
        policies.push_back(&policy);
        if (!comparison.differences.empty() &&
            policy.name == comparison.differences.front().baseline)
            baseline = &policy;
    }
    if (policies.empty()) return {};
    if (policies.size() == 1) return of_one(*policies.front());
    if (comparison.replications < 2)
        return "One replication has no interval: it cannot tell the policies apart.";
    if (policies.size() == 2 && baseline != nullptr)
        return of_two(*policies[policies[0] == baseline ? 1 : 0], *baseline);
    return of_many(policies, baseline);
}

}  // namespace clinicsim::report
