#include "clinicsim/experiment/run.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <thread>

#include "clinicsim/base/check.hpp"
#include "clinicsim/clinic/sites.hpp"
#include "clinicsim/experiment/fold.hpp"
#include "clinicsim/experiment/workers.hpp"
#include "clinicsim/observe/run_observer.hpp"

namespace clinicsim {

namespace {

/// A variance from fewer replications is no ground to stop on.
constexpr std::uint32_t kFirstBatch = 10;

void check_policy(const Scenario& scenario, const std::string& name) {
    std::string known;
    for (const PolicyModel& policy : scenario.policies) {
        if (policy.choice.name == name) return;
        known += (known.empty() ? "" : ", ") + policy.choice.name;
    }
    throw UnknownName{"no policy is called '" + name + "'; there are: " + known};
}

void check_metric(const Scenario& scenario, const std::string& name) {
    if (metric_index(name)) return;
    const ClinicPlan& clinic = scenario.model.clinic;
    if (const auto of_staff = staff_metric(name))
        for (const Part& part : staff_parts(clinic))
            if (part.name == of_staff->second) return;
    if (const auto of_chairs = chair_metric(name))
        for (const Part& part : chair_parts(clinic))
            if (part.name == of_chairs->second) return;
    throw UnknownName{"no metric is called '" + name + "'"};
}

std::vector<std::size_t> select(const Scenario& scenario, const RunOptions& options) {
    for (const std::string& name : options.policies) check_policy(scenario, name);
    for (const Target& target : scenario.targets) {
        check_metric(scenario, target.metric);
        for (const std::string& name : target.policies) check_policy(scenario, name);
    }
    if (options.precision)
        for (const std::string& name : options.precision->metrics) check_metric(scenario, name);

    std::vector<std::size_t> selected;
    for (std::size_t i = 0; i < scenario.policies.size(); ++i)
        if (options.policies.empty() ||
            std::find(options.policies.begin(), options.policies.end(),
                      scenario.policies[i].choice.name) != options.policies.end())
            selected.push_back(i);
    return selected;
}

/// How far the replications so far are from the asked precision.
struct Distance {
    bool anything = false;  // a named metric exists for some policy
    double worst = 0;       // greatest half-width / the one to stop at; <= 1: reached
    std::string what;       // the worst, in words
};

Distance distance(const Precision& precision, const Comparison& so_far) {
    Distance result;
    for (const std::string& name : precision.metrics)
        for (const PolicyResult& policy : so_far.policies) {
            const Estimate* of_name = policy.find(name);
            CLINICSIM_CHECK(of_name != nullptr, "the metric's name was checked");
            const Estimate& found = *of_name;
            if (found.n == 0) continue;
            result.anything = true;
            // what cannot vary; what was merely never seen has an interval or no interval at all
            if (found.ci95 && found.ci95->low == found.ci95->high) continue;
            const auto width = relative_half_width(found);
            const double times =
                width ? *width / stopping_half_width(precision.relative) : HUGE_VAL;
            if (times <= result.worst) continue;
            result.worst = times;
            result.what = name + " of " + policy.name;
            if (width) {
                char text[64];
                std::snprintf(text, sizeof text, " is known to %.2g %%, asked for %.2g %%",
                              100 * *width, 100 * stopping_half_width(precision.relative));
                result.what += text;
            } else if (is_one_sided(found)) {
                result.what += " was 0 in all " + std::to_string(found.n) + " replications";
            }
        }
    return result;
}

/// Everything that stays the same from batch to batch.
class Experiment {
  public:
    Experiment(const Scenario& scenario, const RunOptions& options, const Simulate& simulate_one)
        : scenario_{scenario},
          options_{options},
          simulate_one_{simulate_one},
          selected_{select(scenario, options)},
          groups_{groups_of(scenario)},
          grid_{grid_of(scenario)},
          open_{opening_hours(scenario.model.clinic, scenario.model.dates, scenario.model.end)},
          outcomes_(selected_.size()) {
        if (scenario.without_limits) without_limits_ = without_limits(scenario.model);
    }

    /// Runs every policy up to replication number `replications` - 1; false when stopped before.
    bool run_up_to(std::uint32_t replications) {
        const std::size_t first = finished_, policies = selected_.size();
        const std::size_t items = (replications - first) * policies;
        for (auto& of_policy : outcomes_) of_policy.resize(replications);
        const std::size_t done = do_items(
            items, threads(), options_.stop,
            [&](std::size_t item) {
                // all policies of a replication before the next: an interruption leaves whole ones
                const std::size_t policy = item % policies, replication = first + item / policies;
                outcomes_[policy][replication] = run_one(scenario_.policies[selected_[policy]],
                                                         static_cast<std::uint32_t>(replication));
            },
            [&](std::size_t now_done) {
                if (options_.progress)
                    options_.progress(first * policies + now_done, replications * policies);
            });
        finished_ = first + done / policies;
        for (auto& of_policy : outcomes_) of_policy.resize(finished_);
        return done == items;
    }

    Comparison result() const { return fold(scenario_, selected_, outcomes_); }
    bool empty() const { return selected_.empty(); }

  private:
    unsigned threads() const {
        return options_.threads > 0 ? options_.threads
                                    : std::max(1u, std::thread::hardware_concurrency());
    }
    Outcome run_one(const PolicyModel& policy, std::uint32_t replication) const {
        RunCount count;
        std::shared_ptr<const ChairUseTally> chair_use;
        RunTallies here;
        if (options_.chair_use && scenario_.model.clinic.chairs) {
            DetailedObserver observer{scenario_.model, policy, replication, open_, grid_};
            here = hear(observer, scenario_.model, policy, replication, count);
            chair_use = std::make_shared<const ChairUseTally>(observer.chair_use());
        } else {
            RunObserver observer{scenario_.model, policy, open_, grid_};
            here = hear(observer, scenario_.model, policy, replication, count);
        }
        std::optional<RunTallies> free;
        if (without_limits_) {
            RunObserver observer{*without_limits_, policy, open_, grid_};
            free = hear(observer, *without_limits_, policy, replication, count);
        }
        Outcome outcome =
            outcome_of(scenario_.model, here, free ? &*free : nullptr, groups_, count);
        outcome.chair_use = std::move(chair_use);
        return outcome;
    }
    RunTallies hear(RunObserver& observer, const Model& model, const PolicyModel& policy,
                    std::uint32_t replication, RunCount& count) const {
        const RunCount of_run = simulate_one_(model, policy, replication, observer);
        count.events += of_run.events;
        count.visits += of_run.visits;
        count.patients += of_run.patients;
        return observer.finish();
    }

    const Scenario& scenario_;
    const RunOptions& options_;
    const Simulate& simulate_one_;
    std::vector<std::size_t> selected_;
    std::vector<GroupName> groups_;
    GroupGrid grid_;
    SiteHours open_;
    std::optional<Model> without_limits_;         // where the scenario asks for it
    std::vector<std::vector<Outcome>> outcomes_;  // [selected policy][replication]
    std::size_t finished_ = 0;                    // replications
};

Comparison run_to_precision(Experiment& experiment, const Precision& precision,
                            std::uint32_t first_batch, std::uint32_t most) {
    std::uint32_t wanted = std::min(std::max(first_batch, kFirstBatch), most);
    for (;;) {
        const bool whole = experiment.run_up_to(wanted);
        Comparison result = experiment.result();
        result.replications_asked = wanted;
        result.interrupted = !whole;
        const Distance left = distance(precision, result);
        result.precision_reached = whole && left.anything && left.worst <= 1;
        if (*result.precision_reached || !whole) return result;
        if (!left.anything) {
            result.warnings.push_back("no metric of the asked precision exists in this scenario");
            return result;
        }
        if (wanted == most) {
            result.warnings.push_back("the asked precision was not reached: " + left.what);
            return result;
        }
        // the half-width shrinks with the root of the number; at most doubled, as the variance is
        // an estimate, too
        const double guess = std::min(left.worst * left.worst, 2.0) * static_cast<double>(wanted);
        wanted = std::min(most, std::max(wanted + 2, static_cast<std::uint32_t>(std::ceil(guess))));
    }
}

void hold_together(Comparison& result) {
    result.differences_together = result.differences.size();
    for (PolicyDifference& policy : result.differences) {
        const auto widen = [&](std::vector<Difference>& metrics) {
            for (Difference& one : metrics)
                one.estimate = jointly(one.estimate, result.differences_together);
        };
        widen(policy.metrics);
        for (PartDifference& part : policy.staff) widen(part.metrics);
        for (PartDifference& part : policy.chairs) widen(part.metrics);
    }
}

}  // namespace

Comparison run_comparison(const Scenario& scenario, const RunOptions& options,
                          const Simulate& simulate_one) {
    Experiment experiment{scenario, options, simulate_one};
    CLINICSIM_CHECK(!experiment.empty(), "a scenario has policies");
    const std::uint32_t asked = options.replications.value_or(scenario.replications);
    CLINICSIM_CHECK(asked >= 1, "at least one replication");
    Comparison result;
    if (options.precision) {
        result = run_to_precision(experiment, *options.precision, asked,
                                  std::min(options.precision->most, scenario.limits.replications));
    } else {
        const bool whole = experiment.run_up_to(asked);
        result = experiment.result();
        result.replications_asked = asked;
        result.interrupted = !whole;
    }
    if (options.simultaneous) hold_together(result);
    if (result.interrupted)
        result.warnings.push_back("interrupted: " + std::to_string(result.replications) + " of " +
                                  std::to_string(result.replications_asked) +
                                  " replications were finished, and only they are used");
    return result;
}

}  // namespace clinicsim
