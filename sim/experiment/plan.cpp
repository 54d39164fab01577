#include "clinicsim/experiment/plan.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <thread>

#include "clinicsim/base/check.hpp"
#include "clinicsim/experiment/fold.hpp"
#include "clinicsim/experiment/workers.hpp"
#include "plan_around.hpp"
#include "plan_choices.hpp"
#include "plan_closure.hpp"
#include "plan_conclude.hpp"
#include "plan_confirm.hpp"
#include "plan_formula.hpp"
#include "plan_growth.hpp"
#include "plan_ladder.hpp"
#include "plan_question.hpp"
#include "plan_rounds.hpp"
#include "plan_runs.hpp"
#include "plan_select.hpp"
#include "plan_shortage.hpp"

namespace clinicsim {

namespace planning {
namespace {

class Planner {
  public:
    Planner(const Scenario& scenario, const ReadChoice& read, const PlanOptions& options,
            const Simulate& simulate_one)
        : scenario_{scenario},
          options_{options},
          simulate_one_{simulate_one},
          runs_{scenario, read, [this](std::size_t choice) { return overrides_of(choice); },
                options, simulate_one} {
        result_.title = scenario.title;
        result_.file = scenario.file;
        result_.sha256 = scenario.sha256;
        result_.seed = scenario.model.seed;
        const Model& model = scenario.model;
        result_.warm_up_days = in_days(model.warm_up_end - kRunStart);
        result_.horizon_days = in_days(model.end - model.warm_up_end);
        result_.courses = standing_of_courses(scenario.model.patients);
        if (scenario.model.costs) result_.currency = scenario.model.costs->currency;
        result_.asked = scenario.plan.has_value();
        result_.question = scenario.plan.value_or(PlanQuestion{});
        result_.growth = options.growth;
    }

    Plan run() {
        ask();
        find_formulas();
        complete_question();
        result_.choices = choices_.values();
        const bool whole = look_at_unlimited() && search() && choose() && confirm_all() &&
                           look_around() && name_what_is_short() && look_ahead();
        conclude(!whole);
        return std::move(result_);
    }

  private:
    PlanQuestion& question() { return result_.question; }
    const PlanQuestion& question() const { return result_.question; }
    std::vector<Override> overrides_of(std::size_t choice) const {
        return choice < choices_.size()
                   ? choices_.overrides(choice)
                   : overrides_in_quarter(choices_, choice, scenario_, options_.growth.value());
    }
    unsigned threads() const {
        return options_.threads > 0 ? options_.threads
                                    : std::max(1u, std::thread::hardware_concurrency());
    }
    void remark(std::size_t i, std::string text) {
        result_.policies[i].remarks.push_back(std::move(text));
    }

    // --- what is asked ------------------------------------------------------------------------

    void ask() {
        usual_ = decide_targets(scenario_, result_);
        asked_ = asked_of(scenario_, options_.policies, result_.question);
        for (const Asked& asked : asked_) {
            result_.policies.emplace_back().policy = asked.name;
            const auto is_a_difference = [this](std::size_t metric) {
                return kind_of_plan_metric(scenario_.model.clinic, metric) == MetricKind::excess;
            };
            if (std::any_of(asked.metrics.begin(), asked.metrics.end(), is_a_difference) ||
                (asked.goal && is_a_difference(*asked.goal)))
                runs_.run_twins();
        }
    }

    void find_formulas() {
        const Scenario& unlimited = runs_.scenario(kUnlimited);
        const ClinicPlan& clinic = scenario_.model.clinic;
        const auto counts = sites_that_count(clinic, question().vary);
        for (std::size_t site = 0; site < counts.size(); ++site)
            if (counts[site] && std::count(counts.begin(), counts.end(), false) > 0)
                result_.formula_of.push_back(clinic.sites[site].name);
        pilots_.resize(asked_.size());
        do_items(
            asked_.size(), threads(), nullptr,
            [&](std::size_t i) {
                pilots_[i] = pilot(unlimited, asked_[i].policy, counts, simulate_one_);
            },
            [](std::size_t) {});
        for (std::size_t i = 0; i < asked_.size(); ++i)
            result_.policies[i].formula = formula(pilots_[i], asked_[i].targets);
        if (result_.policies.empty()) return;
        result_.reasons = reasons_for_a_gap(scenario_, *result_.policies.front().formula, counts);
    }

    void complete_question() {
        PlanQuestion& asked = question();
        if (asked.vary.empty())
            asked.vary.push_back(
                chairs_around(chair_paths(scenario_.model.clinic).front(), result_.policies));
        if (asked.of.empty()) asked.of = asked.vary.front().path;
        choices_ = Choices{asked};
        const auto& changes = scenario_.model.clinic.changes;
        if (!changes.empty() && std::any_of(asked.vary.begin(), asked.vary.end(), is_of_chairs))
            result_.warnings.push_back(
                "clinic.changes says how many chairs there are from " +
                Dates::text(changes.front().from) +
                " on, whatever is chosen here: the choices differ before that only; to plan for "
                "the time after it, leave the changes out (--set clinic.changes=[])");
        double events = 0;
        for (const Pilot& one : pilots_) events += static_cast<double>(one.events);
        events /= static_cast<double>(std::max<std::size_t>(pilots_.size(), 1));
        result_.budget = asked.budget.value_or(usual_budget(events, asked_.size()));
        runs_.set_budget(result_.budget);
    }

    // --- the search ---------------------------------------------------------------------------

    /// What the clinic would be without limits: what stays of a wait there comes from elsewhere.
    /// With a first look at a choice it tells which targets say something under which policy.
    bool look_at_unlimited() {
        std::vector<Ask> asks, first;
        for (std::size_t i = 0; i < asked_.size(); ++i) {
            asks.push_back({kUnlimited, asked_[i].policy, kFirstLook});
            first.push_back(search_ask(i, choices_.on_step(start_of(result_, i, choices_)).front(),
                                       kFirstLook));
        }
        std::vector<Ask> both = asks;
        both.insert(both.end(), first.begin(), first.end());
        if (!runs_.run(both)) return false;
        for (std::size_t i = 0; i < asked_.size(); ++i) {
            leave_out_what_is_not_there(i, asks[i], first[i]);
            result_.policies[i].unlimited = point_of(runs_, asked_[i], asks[i]);
            result_.policies[i].formula = formula(pilots_[i], asked_[i].targets);
        }
        return true;
    }

    void leave_out_what_is_not_there(std::size_t i, const Ask& without_limits, const Ask& first) {
        for (const std::string& target :
             leave_out_unseen(asked_[i], runs_, {without_limits, first}))
            if (!usual_)
                remark(i, target + " says nothing here: there is no such metric under this policy");
    }

    bool says_something(std::size_t i) const {
        return planning::says_something(asked_[i], question());
    }
    Ask search_ask(std::size_t i, std::size_t choice, std::uint32_t replications) const {
        return planning::search_ask(asked_[i], choice, replications);
    }

    bool search() {
        SearchRounds rounds{runs_, asked_, choices_, result_};
        if (!rounds.run()) return false;
        spent_ = rounds.spent();
        return true;
    }

    // --- the choice and its claims -------------------------------------------------------------

    bool choose() {
        for (std::size_t i = 0; i < asked_.size(); ++i) {
            PolicyPlan& policy = result_.policies[i];
            if (!says_something(i)) {
                policy.end = PlanEnd::nothing;
                remark(i, "no target says anything under this policy, so any choice will do");
                continue;
            }
            if (is_of_a_metric(question().aim)) {
                if (!choose_by_metric(i)) return false;
            } else {
                choose_on_ladder(i);
            }
        }
        return true;
    }

    void choose_on_ladder(std::size_t i) {
        PolicyPlan& policy = result_.policies[i];
        const std::vector<Step> ladder = ladder_of(runs_, asked_[i], choices_);
        const Boundary boundary = boundary_of(ladder);
        std::size_t met = boundary.met.value_or(ladder.size());
        if (boundary.not_monotone) {
            remark(i, "more is not always better here, so every choice was looked at");
            met = 0;
            while (ladder[met].clear != true) ++met;
        }
        if (met == ladder.size()) {
            none_found(i, ladder);
            return;
        }
        policy.answer = clearly_met_on(runs_, asked_[i], choices_, met);
        policy.end = PlanEnd::found;
        claims_.push_back({&asked_[i], *policy.answer});
        for (std::size_t step = boundary.not_monotone ? 0 : met - (met > 0); step < met; ++step)
            if (ladder[step].clear == false) {
                claim_missed(i, step);
            } else {
                policy.end = PlanEnd::unclear;
                remark(i, "whether " + choices_.text(choices_.on_step(step).front()) +
                              " would do, too, cannot be told within the budget");
            }
    }

    void none_found(std::size_t i, const std::vector<Step>& ladder) {
        const bool all_were_seen = more_is_worse(runs_, asked_[i], choices_);
        const bool all_missed =
            ladder.back().clear == false &&
            std::none_of(ladder.begin(), ladder.end(), [&](const Step& step) {
                return (step.replications > 0 && step.leans_met) || (all_were_seen && !step.clear);
            });
        result_.policies[i].end = all_missed ? PlanEnd::none : PlanEnd::unclear;
        if (!all_missed)
            return remark(i,
                          "whether any choice meets the targets cannot be told within the budget");
        for (std::size_t step = all_were_seen ? 0 : ladder.size() - 1; step < ladder.size(); ++step)
            claim_missed(i, step);
    }

    /// That every choice of a step misses a target, named by what the search saw.
    void claim_missed(std::size_t i, std::size_t step) {
        for (const std::size_t choice : choices_.on_step(step)) {
            const auto side = missed_side(runs_, asked_[i], search_ask(i, choice, 0));
            if (side)
                claims_.push_back({&asked_[i], choice, side});
            else
                result_.policies[i].end = PlanEnd::unclear;
        }
    }

    bool choose_by_metric(std::size_t i) {
        PolicyPlan& policy = result_.policies[i];
        std::vector<std::size_t> among;
        std::size_t unclear = 0, without = 0;
        for (std::size_t choice = 0; choice < choices_.size(); ++choice) {
            const PlanPoint point = point_of(runs_, asked_[i], search_ask(i, choice, 0));
            if (point.replications == 0 || (!point.met && !point.targets.empty()))
                ++unclear;
            else if (point.met == false)
                continue;
            else if (!point.goal || !point.goal->mean)
                ++without;
            else
                among.push_back(choice);
        }
        if (without > 0)
            remark(i, std::to_string(without) + (without > 1 ? " choices have" : " choice has") +
                          " no " + question().of);
        if (unclear > 0)
            remark(i, "not clear whether they meet the targets, and left out: " +
                          std::to_string(unclear) + (unclear > 1 ? " choices" : " choice"));
        if (among.empty()) {
            policy.end = unclear > 0 ? PlanEnd::unclear : PlanEnd::none;
            return true;
        }
        policy.end = unclear > 0 ? PlanEnd::unclear : PlanEnd::found;
        policy.answer = among.front();
        if (among.size() > 1) {
            const auto selected = planning::select(
                runs_, asked_[i], among, question().aim == PlanAim::lowest, question().indifference,
                alpha() / 2 / static_cast<double>(asked_.size()));
            if (!selected) return false;
            policy.answer = selected->choice;
            policy.indifference = selected->indifference;
            policy.ties =
                ties_of(runs_, asked_[i], among, selected->choice, selected->indifference);
            selected_.push_back({i, *selected});
            if (!selected->sure) {
                policy.end = PlanEnd::unclear;
                std::string others;
                for (const std::size_t choice : selected->as_good)
                    if (choice != selected->choice)
                        others += (others.empty() ? "" : "; ") + choices_.text(choice);
                remark(i, "cannot be told apart within the budget from " + others);
            }
        }
        if (!asked_[i].targets.empty()) claims_.push_back({&asked_[i], *policy.answer});
        return true;
    }

    double alpha() const { return 1 - result_.question.confidence; }

    bool confirm_all() {
        const bool halved = is_of_a_metric(question().aim);
        if (!confirm(runs_, claims_, halved ? alpha() / 2 : alpha())) return false;
        double all = 0;
        for (std::size_t i = 0; i < asked_.size(); ++i) {
            PolicyPlan& policy = result_.policies[i];
            double p = 0;
            for (const auto& [of, selected] : selected_)
                if (of == i) p += selected.sure ? selected.alpha : 1;
            for (const Claim& claim : claims_) {
                if (claim.asked != &asked_[i]) continue;
                p += claim.p;
                if (claim.confirmed) continue;
                policy.end = PlanEnd::unclear;
                remark(i, not_confirmed(claim, choices_.text(claim.choice)));
            }
            policy.confidence_reached = std::max(0.0, 1 - p);
            all += p;
        }
        result_.confidence_reached = std::max(0.0, 1 - all);
        return true;
    }

    // --- the curve ------------------------------------------------------------------------------

    /// One step fewer and one more than every answer, in each variable. Where money is told there
    /// are enough runs to tell what a step is worth.
    bool look_around() {
        constexpr std::uint32_t kToTellMoney = 20;
        const std::uint32_t enough = scenario_.model.costs ? kToTellMoney : kFirstLook;
        std::vector<Ask> asks;
        const auto& values = choices_.values();
        for (std::size_t i = 0; i < asked_.size(); ++i) {
            const auto& answer = result_.policies[i].answer;
            for (std::size_t choice = 0; answer && choice < choices_.size(); ++choice)
                if (are_neighbours(question(), values[*answer], values[choice]) &&
                    runs_.samples(search_ask(i, choice, 0)).size() < enough)
                    asks.push_back(search_ask(i, choice, enough));
        }
        return runs_.run(asks);
    }

    bool name_what_is_short() {
        std::vector<Shortage> all;
        std::vector<Ask> asks;
        for (std::size_t i = 0; i < asked_.size(); ++i) {
            if (asked_[i].targets.empty()) continue;
            const auto choice =
                choice_that_is_short(result_.policies[i], result_.question, choices_);
            if (!choice) continue;
            all.push_back(shortage_of(runs_, i, search_ask(i, *choice, kFirstLook),
                                      "with " + choices_.text(*choice)));
            for (const Ask& ask : asks_of(all.back())) asks.push_back(ask);
        }
        if (!runs_.run(asks)) return false;
        for (const Shortage& one : all)
            if (const auto text =
                    shortage_text(runs_, scenario_.model.clinic, asked_[one.policy], one))
                short_[one.policy] = *text;
        return true;
    }

    bool look_ahead() {
        if (!options_.growth) return true;
        GrowthQuestion growth{*options_.growth, scenario_, choices_, asked_, {}};
        for (const PolicyPlan& policy : result_.policies) growth.from.push_back(policy.answer);
        const auto timetable = growth_timetable(growth, runs_);
        if (timetable) result_.timetable = *timetable;
        return timetable.has_value();
    }

    void conclude(bool interrupted) {
        result_.interrupted = interrupted;
        for (std::size_t i = 0; i < asked_.size(); ++i) {
            PolicyPlan& policy = result_.policies[i];
            for (std::size_t choice = 0; choice < choices_.size(); ++choice) {
                const Ask fresh{choice, asked_[i].policy, 0, Block::confirm};
                const Ask searched = search_ask(i, choice, 0);
                if (!runs_.samples(fresh).empty())
                    policy.curve.push_back(point_of(runs_, asked_[i], fresh));
                else if (!runs_.samples(searched).empty())
                    policy.curve.push_back(point_of(runs_, asked_[i], searched));
            }
            policy.runs = runs_.done_for(asked_[i].policy);
            if (interrupted) {
                policy.end = PlanEnd::interrupted;
                policy.confidence_reached = 0;
            } else if (policy.end == PlanEnd::none) {
                const Model& model = scenario_.model;
                explain_none(policy, choices_, question().aim,
                             closure_in(model, model.warm_up_end, model.end));
            } else if (policy.answer) {
                policy.facts = facts_of(runs_, asked_[i], scenario_.model.clinic, *policy.answer);
                explain_edge(policy, result_);
                explain_waiting_room(policy, asked_[i]);
                explain_overload(policy, result_);
                pass_on_warnings(policy, runs_.scenario(*policy.answer), scenario_);
            }
            if (const auto text = short_.find(i); text != short_.end()) remark(i, text->second);
        }
        result_.runs = runs_.done();
        if (spent_) result_.warnings.push_back("the budget ended the search before all was clear");
        if (interrupted)
            result_.warnings.push_back(
                "interrupted: nothing is confirmed, and what was finished "
                "by then is shown");
        for (Claim& claim : claims_) result_.claims += claim.replications > 0;
        decide_for_all(result_, choices_);
    }

    const Scenario& scenario_;
    const PlanOptions& options_;
    const Simulate& simulate_one_;
    Choices choices_;
    PlanRuns runs_;
    std::vector<Asked> asked_;  // of the policies of the plan, in the order of the scenario
    std::vector<Pilot> pilots_;
    std::vector<Claim> claims_;
    std::vector<std::pair<std::size_t, Selected>> selected_;
    std::map<std::size_t, std::string> short_;  // by policy
    bool usual_ = false;                        // the targets are ours
    bool spent_ = false;
    Plan result_;
};

}  // namespace
}  // namespace planning

Plan make_plan(const Scenario& scenario, const ReadChoice& read, const PlanOptions& options,
               const Simulate& simulate_one) {
    CLINICSIM_CHECK(!scenario.study, "a study has no plan");
    CLINICSIM_CHECK(scenario.plan || chair_paths(scenario.model.clinic).size() == 1,
                    "it is clear which chairs vary");
    return planning::Planner{scenario, read, options, simulate_one}.run();
}

}  // namespace clinicsim
