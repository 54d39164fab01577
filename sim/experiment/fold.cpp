#include "clinicsim/experiment/fold.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <numeric>

#include "clinicsim/base/check.hpp"
#include "clinicsim/clinic/sites.hpp"
#include "clinicsim/scenario/parameter_sets.hpp"

namespace clinicsim {

namespace {

constexpr std::uint32_t kFewReplications = 10;
constexpr double kOverrunWeeks = 2;  // of work still waiting at the end
constexpr double kMuchGrowth = 0.1;

bool asks_for(const Scenario& scenario, const char* group) {
    return std::find(scenario.groups.begin(), scenario.groups.end(), group) !=
           scenario.groups.end();
}

/// One metric of every replication; `group` as in Outcome, nothing for everybody.
std::vector<MetricSample> column(const std::vector<Outcome>& outcomes,
                                 std::optional<std::size_t> group, std::size_t metric) {
    std::vector<MetricSample> samples;
    for (const Outcome& outcome : outcomes)
        samples.push_back(group ? outcome.groups[*group][metric] : outcome.everybody[metric]);
    return samples;
}

std::vector<Estimate> estimates(const std::vector<Outcome>& outcomes,
                                std::optional<std::size_t> group, const Setting& setting) {
    const MetricColumn of = [&](std::size_t metric) { return column(outcomes, group, metric); };
    std::vector<Estimate> result;
    for (std::size_t metric = 0; metric < metric_rows().size(); ++metric)
        result.push_back(estimate_of_row(metric, of, setting));
    return result;
}

/// Of everybody where there is no group.
PatientTallies patients_of(const RunTallies& tallies, const GroupName* group) {
    if (group == nullptr) return tallies.everybody();
    switch (group->by) {
        case GroupName::By::condition:
            return tallies.of_condition(group->index);
        case GroupName::By::severity:
            return tallies.of_severity(group->index);
        case GroupName::By::site:
            return tallies.of_site(group->index);
    }
    return {};
}

const char* name(GroupName::By by) {
    switch (by) {
        case GroupName::By::condition:
            return "condition";
        case GroupName::By::severity:
            return "severity";
        case GroupName::By::site:
            return "site";
    }
    return "";
}

using PartSamples = std::vector<std::vector<MetricSample>> Outcome::*;  // [part][metric]

/// One metric of one part in every replication.
std::vector<MetricSample> part_column(const std::vector<Outcome>& outcomes, PartSamples of,
                                      std::size_t part, std::size_t metric) {
    std::vector<MetricSample> samples;
    for (const Outcome& outcome : outcomes) samples.push_back((outcome.*of)[part][metric]);
    return samples;
}

template <class Row>
std::vector<PartResult> results_of(const std::vector<Part>& parts, std::span<const Row> rows,
                                   const std::vector<Outcome>& outcomes, PartSamples of,
                                   const Setting& setting) {
    std::vector<PartResult> result;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        PartResult& found = result.emplace_back();
        found.group = parts[part].name;
        for (std::size_t metric = 0; metric < rows.size(); ++metric)
            found.metrics.push_back(
                estimate_of_part(rows[metric], part_column(outcomes, of, part, metric), setting));
        for (const Outcome& outcome : outcomes) found.samples.push_back((outcome.*of)[part]);
    }
    return result;
}

template <class Row>
std::vector<PartDifference> differences_of(const std::vector<Part>& parts,
                                           std::span<const Row> rows,
                                           const std::vector<Outcome>& outcomes,
                                           const std::vector<Outcome>& of_baseline, PartSamples of,
                                           const std::vector<PartResult>& estimates,
                                           const std::vector<PartResult>& baseline_estimates) {
    std::vector<PartDifference> result;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        PartDifference& found = result.emplace_back();
        found.group = parts[part].name;
        for (std::size_t metric = 0; metric < rows.size(); ++metric)
            found.metrics.push_back(difference(
                rows[metric].kind, part_column(outcomes, of, part, metric),
                part_column(of_baseline, of, part, metric), estimates[part].metrics[metric],
                baseline_estimates[part].metrics[metric]));
    }
    return result;
}

std::vector<PathwayFlow> flows(const Scenario& scenario, const PolicyModel& policy,
                               const std::vector<Outcome>& outcomes) {
    std::vector<PathwayFlow> result;
    for (std::size_t pathway = 0; pathway < policy.pathways.size(); ++pathway) {
        PathwayFlow& all = result.emplace_back();
        const PatientMix& mix = scenario.model.patients;
        if (policy.choice.by == PolicyChoice::By::condition) all.of = mix.conditions[pathway].name;
        if (policy.choice.by == PolicyChoice::By::severity) all.of = mix.severities[pathway].name;
        if (outcomes.empty()) continue;
        for (std::size_t way = 0; way < outcomes[0].flows[pathway].size(); ++way) {
            const WayCount& first = outcomes[0].flows[pathway][way];
            std::uint64_t patients = 0;
            for (const Outcome& outcome : outcomes)
                patients += outcome.flows[pathway][way].patients;
            all.flows.push_back(
                {first.stage, first.way,
                 static_cast<double>(patients) / static_cast<double>(outcomes.size())});
        }
    }
    return result;
}

/// All pathways of a policy are the scenario's own where it has a screening.
std::vector<ScreenedOut> screened_out(const PolicyModel& policy,
                                      const std::vector<Outcome>& outcomes) {
    std::vector<ScreenedOut> result;
    if (policy.pathways.empty()) return result;
    const auto& stages = policy.pathways.front().stages();
    for (std::size_t stage = 0; stage < stages.size(); ++stage)
        for (std::size_t way = 0; way < stages[stage].contraindications.size(); ++way) {
            const Contraindication& reason = stages[stage].contraindications[way];
            std::vector<MetricSample> samples;
            for (const Outcome& outcome : outcomes) {
                double out = 0, all = 0;
                for (const auto& pathway : outcome.flows)
                    for (const WayCount& count : pathway) {
                        if (count.stage != stage || count.way < 0) continue;
                        const auto patients = static_cast<double>(count.patients);
                        all += patients;
                        if (static_cast<std::size_t>(count.way) == way) out += patients;
                    }
                samples.push_back({out, all, all > 0});
            }
            result.push_back({reason.name, estimate(MetricKind::ratio, samples), reason.standing,
                              reason.source});
        }
    return result;
}

/// After how many replications the parameter sets of all courses come again together; 0: they are
/// one, or do not come again within a million.
std::size_t parameter_sets(const PatientMix& patients) {
    constexpr std::size_t kMost = 1'000'000;
    std::size_t sets = 1;
    for (const Condition& condition : patients.conditions)
        if (const auto& posterior = patients.courses[condition.course].posterior;
            !posterior.empty() && sets <= kMost)
            sets = std::lcm(sets, posterior.size());
    return sets > 1 && sets <= kMost ? sets : 0;
}

std::vector<std::optional<VarianceSplit>> splits_of(const std::vector<Outcome>& policy,
                                                    const std::vector<Outcome>& baseline,
                                                    std::size_t sets) {
    std::vector<std::optional<VarianceSplit>> splits;
    if (sets == 0 || policy.size() <= sets) return splits;
    for (std::size_t metric = 0; metric < metric_rows().size(); ++metric) {
        std::vector<std::optional<double>> differences;
        for (std::size_t r = 0; r < policy.size(); ++r) {
            const auto a = policy[r].everybody[metric].value();
            const auto b = baseline[r].everybody[metric].value();
            differences.push_back(a && b ? std::optional{*a - *b} : std::nullopt);
        }
        splits.push_back(variance_split(differences, sets));
    }
    return splits;
}

std::optional<ChairUse> chair_use(const Scenario& scenario, const std::vector<Outcome>& outcomes) {
    std::vector<ChairUseTally> tallies;
    for (const Outcome& outcome : outcomes)
        if (outcome.chair_use) tallies.push_back(*outcome.chair_use);
    if (tallies.empty()) return std::nullopt;
    return chair_use_of(tallies, months_of(scenario.model), chair_states(scenario.model.clinic));
}

PolicyDifference difference_of(const PolicyResult& policy, const std::vector<Outcome>& outcomes,
                               const PolicyResult& baseline,
                               const std::vector<Outcome>& of_baseline) {
    PolicyDifference result{policy.name, baseline.name, {}, {}};
    for (std::size_t metric = 0; metric < metric_rows().size(); ++metric)
        result.metrics.push_back(difference(metric_rows()[metric].kind,
                                            column(outcomes, std::nullopt, metric),
                                            column(of_baseline, std::nullopt, metric),
                                            policy.metrics[metric], baseline.metrics[metric]));
    return result;
}

/// A sentence where the clinic grew or shrank in the measured time by more than a tenth and by more
/// than chance.
std::optional<std::string> growth(const PolicyResult& policy,
                                  const std::vector<Outcome>& outcomes) {
    const std::size_t at_start = metric_index("patients_in_care_at_start").value();
    const std::size_t at_end = metric_index("patients_in_care_at_end").value();
    const auto from = policy.metrics[at_start].mean, to = policy.metrics[at_end].mean;
    if (!from || !to || std::abs(*to - *from) <= kMuchGrowth * *from) return std::nullopt;
    const Difference change = difference(MetricKind::count, column(outcomes, std::nullopt, at_end),
                                         column(outcomes, std::nullopt, at_start));
    // twice the 95 % interval, or one policy in twenty would be warned of by chance
    if (const auto& ci = change.estimate.ci95;
        ci && std::abs(*change.estimate.mean) <= ci->high - ci->low)
        return std::nullopt;
    char text[256];
    std::snprintf(text, sizeof text,
                  ": patients in care go from %.1f to %.1f in the measured time; the results hold "
                  "for these years, not in the long run",
                  *from, *to);
    return policy.name + text;
}

/// A sentence where the chairs are overrun: what could not be given is missing from the results.
std::optional<std::string> overrun(const PolicyResult& policy) {
    const auto waiting = policy.metrics[metric_index("still_waiting").value()].mean;
    const auto a_week = policy.metrics[metric_index("infusions_per_week").value()].mean;
    if (!waiting || !a_week || *a_week == 0 || *waiting <= kOverrunWeeks * *a_week)
        return std::nullopt;
    char text[256];
    std::snprintf(text, sizeof text,
                  ": %.0f visits still wait at the end, and a week sees %.0f: the chairs are "
                  "overrun, and what could not be given is missing from boosters and chairs",
                  *waiting, *a_week);
    return policy.name + text;
}

}  // namespace

std::string standing_of_courses(const PatientMix& patients) {
    bool symptom = false, renewal = false, posterior = false;
    for (const Condition& condition : patients.conditions) {
        const Course& course = patients.courses[condition.course];
        (course.symptom(0) != nullptr ? symptom : renewal) = true;
        posterior |= !course.posterior.empty();
    }
    if (!symptom) return "assumed, not calibrated";
    std::string text = renewal ? "some fitted to published studies, some assumed"
                               : "fitted to published studies (clinicsim evidence shows how well)";
    if (posterior)
        text +=
            "; every replication takes another of the parameter sets that fit about as well: ± is "
            "of "
            "the mean over them, their spread is the sd in --format json";
    return text;
}

const Estimate* PolicyResult::find(std::string_view metric) const {
    if (const auto at = metric_index(metric)) return &metrics[*at];
    const auto of_staff = staff_metric(metric), of_chairs = chair_metric(metric);
    const auto& named = of_staff ? of_staff : of_chairs;
    const std::vector<PartResult>& parts = of_staff ? staff : chairs;
    if (!named) return nullptr;
    const auto part = std::find_if(parts.begin(), parts.end(), [&](const PartResult& one) {
        return one.group == named->second;
    });
    return part == parts.end() ? nullptr : &part->metrics[named->first];
}

std::vector<GroupName> groups_of(const Scenario& scenario) {
    std::vector<GroupName> groups;
    const PatientMix& mix = scenario.model.patients;
    if (asks_for(scenario, "condition"))
        for (std::size_t i = 0; i < mix.conditions.size(); ++i)
            groups.push_back({GroupName::By::condition, i, mix.conditions[i].name});
    if (asks_for(scenario, "severity"))
        for (std::size_t i = 0; i < mix.severities.size(); ++i)
            groups.push_back({GroupName::By::severity, i, mix.severities[i].name});
    if (asks_for(scenario, "site"))
        for (std::size_t i = 0; i < scenario.model.clinic.sites.size(); ++i)
            groups.push_back({GroupName::By::site, i, scenario.model.clinic.sites[i].name});
    return groups;
}

GroupGrid grid_of(const Scenario& scenario) {
    GroupGrid grid;
    const PatientMix& mix = scenario.model.patients;
    if (asks_for(scenario, "condition")) grid.conditions = mix.conditions.size();
    if (asks_for(scenario, "severity") && !mix.severities.empty())
        grid.severities = mix.severities.size();
    if (asks_for(scenario, "site")) grid.sites = scenario.model.clinic.number_of_sites();
    return grid;
}

Outcome outcome_of(const Model& model, const RunTallies& tallies, const RunTallies* without_limits,
                   std::span<const GroupName> groups, const RunCount& count) {
    const CostPlan* costs = model.costs ? &*model.costs : nullptr;
    const auto samples = [&](const GroupName* group) {
        const PatientTallies patients = patients_of(tallies, group);
        const ChairTally* chairs = group == nullptr ? &tallies.chairs : nullptr;
        std::optional<PatientTallies> free;
        if (without_limits != nullptr) free = patients_of(*without_limits, group);
        const MetricInput input{tallies.window,          patients, chairs,
                                free ? &*free : nullptr, costs,    tallies.staff};
        std::vector<MetricSample> result;
        for (const MetricRow& row : metric_rows())
            result.push_back(chairs || row.by_group ? row.of(input) : MetricSample{});
        return result;
    };
    Outcome outcome{samples(nullptr), {}, tallies.flows, count};
    for (const Part& part : staff_parts(model.clinic)) {
        StaffTally tally;
        for (const StaffGroupId group : part.members) tally.add(tallies.staff[group]);
        auto& of_part = outcome.staff.emplace_back();
        for (const StaffMetricRow& row : staff_metric_rows())
            of_part.push_back(row.of(tallies.window, tally));
    }
    for (const Part& part : chair_parts(model.clinic)) {
        ChairKindTally tally;
        double open = 0;
        for (const ChairKindId kind : part.members) {
            tally.add(tallies.chair_kinds[kind]);
            open += tallies.window.open_chair_hours[kind];
        }
        auto& of_part = outcome.chairs.emplace_back();
        for (const ChairMetricRow& row : chair_metric_rows())
            of_part.push_back(row.of(tallies.window, tally, open));
    }
    for (const GroupName& group : groups) outcome.groups.push_back(samples(&group));
    return outcome;
}

std::optional<std::string> warning_of_few(std::uint32_t replications) {
    if (replications >= kFewReplications) return std::nullopt;
    if (replications == 1) return "one replication only: there are no intervals";
    return "only " + std::to_string(replications) +
           " replications: the intervals are rough, 10 or more are advised";
}

std::vector<std::string> warnings_of_sets(const Scenario& scenario, std::uint32_t replications) {
    std::map<std::size_t, std::string> courses;  // by the number of their sets
    for (const CourseId id : courses_used(scenario)) {
        const Course& course = scenario.model.patients.courses[id];
        if (course.posterior.size() <= replications) continue;
        std::string& names = courses[course.posterior.size()];
        names += (names.empty() ? "" : ", ") + course.name;
    }
    std::vector<std::string> warnings;
    for (const auto& [sets, names] : courses)
        warnings.push_back("the replications met " + std::to_string(replications) + " of the " +
                           std::to_string(sets) + " parameter sets of " + names + ": run " +
                           std::to_string(sets) + " to meet all");
    return warnings;
}

Comparison fold(const Scenario& scenario, std::span<const std::size_t> selected,
                const std::vector<std::vector<Outcome>>& outcomes) {
    CLINICSIM_CHECK(selected.size() == outcomes.size(), "every policy has its outcomes");
    Comparison result;
    result.title = scenario.title;
    result.file = scenario.file;
    result.sha256 = scenario.sha256;
    result.seed = scenario.model.seed;
    result.warm_up_days = in_days(scenario.model.warm_up_end - kRunStart);
    result.horizon_days = in_days(scenario.model.end - scenario.model.warm_up_end);
    result.courses = standing_of_courses(scenario.model.patients);
    if (scenario.model.costs) result.currency = scenario.model.costs->currency;
    result.replications =
        outcomes.empty() ? 0 : static_cast<std::uint32_t>(outcomes.front().size());
    result.replications_asked = result.replications;
    if (const auto warning = warning_of_few(result.replications))
        result.warnings.push_back(*warning);
    for (std::string& warning : warnings_of_sets(scenario, result.replications))
        result.warnings.push_back(std::move(warning));

    const auto groups = groups_of(scenario);
    const auto staff = staff_parts(scenario.model.clinic);
    const auto chairs = chair_parts(scenario.model.clinic);
    for (std::size_t i = 0; i < selected.size(); ++i) {
        const PolicyModel& model = scenario.policies[selected[i]];
        CLINICSIM_CHECK(outcomes[i].size() == result.replications,
                        "all policies have the same replications");
        PolicyResult& policy = result.policies.emplace_back();
        policy.name = model.choice.name;
        policy.withholds_drug = model.choice.withholds_drug();
        const Setting setting{scenario.model, model};
        policy.metrics = estimates(outcomes[i], std::nullopt, setting);
        for (const Outcome& outcome : outcomes[i]) {
            policy.samples.push_back(outcome.everybody);
            result.count.events += outcome.count.events;
            result.count.visits += outcome.count.visits;
            result.count.patients += outcome.count.patients;
        }
        for (std::size_t group = 0; group < groups.size(); ++group)
            policy.groups.push_back(
                {name(groups[group].by), groups[group].is, estimates(outcomes[i], group, setting)});
        policy.pathways = flows(scenario, model, outcomes[i]);
        policy.staff =
            results_of(staff, staff_metric_rows(), outcomes[i], &Outcome::staff, setting);
        policy.chairs =
            results_of(chairs, chair_metric_rows(), outcomes[i], &Outcome::chairs, setting);
        policy.screened_out = screened_out(model, outcomes[i]);
        policy.chair_use = chair_use(scenario, outcomes[i]);
        if (auto sentence = growth(policy, outcomes[i]))
            result.warnings.push_back(std::move(*sentence));
        if (auto sentence = overrun(policy)) result.warnings.push_back(std::move(*sentence));
    }

    const std::size_t sets = parameter_sets(scenario.model.patients);
    for (std::size_t base = 0; base < selected.size(); ++base)
        if (selected[base] == scenario.baseline)
            for (std::size_t i = 0; i < selected.size(); ++i)
                if (i != base) {
                    const PolicyResult &policy = result.policies[i],
                                       &of_base = result.policies[base];
                    PolicyDifference found =
                        difference_of(policy, outcomes[i], of_base, outcomes[base]);
                    found.staff =
                        differences_of(staff, staff_metric_rows(), outcomes[i], outcomes[base],
                                       &Outcome::staff, policy.staff, of_base.staff);
                    found.chairs =
                        differences_of(chairs, chair_metric_rows(), outcomes[i], outcomes[base],
                                       &Outcome::chairs, policy.chairs, of_base.chairs);
                    found.splits = splits_of(outcomes[i], outcomes[base], sets);
                    result.differences.push_back(std::move(found));
                }
    if (sets > 0 && !result.differences.empty() && result.replications <= sets)
        result.warnings.push_back(
            "every replication has parameters of its own, so chance and what is not known of the "
            "parameters cannot be told apart: run " +
            std::to_string(2 * sets) + " replications to meet each of the " + std::to_string(sets) +
            " sets twice");

    for (const Target& target : scenario.targets)
        for (const PolicyResult& policy : result.policies)
            if (target.policies.empty() || std::find(target.policies.begin(), target.policies.end(),
                                                     policy.name) != target.policies.end()) {
                const Estimate* found = policy.find(target.metric);
                CLINICSIM_CHECK(found != nullptr, "targets were checked before the runs");
                result.targets.push_back(judge(target, policy.name, *found));
            }
    return result;
}

}  // namespace clinicsim
