#include "plan_conclude.hpp"

#include <algorithm>
#include <cstdio>

#include "plan_question.hpp"

namespace clinicsim::planning {

namespace {

std::string blame(const PolicyPlan& policy, const std::string& target, PlanAim aim,
                  const std::optional<std::string>& closure) {
    if (!policy.unlimited) return {};
    for (const TargetResult& free : policy.unlimited->targets) {
        if (free.text != target || !free.met) continue;
        if (*free.met && aim == PlanAim::most)
            return ": with unlimited chairs and staff it is met, so the least that the plan may "
                   "choose is too much already for the chairs and staff there are";
        if (*free.met)
            return ": with unlimited chairs and staff it is met, so the plan needs a range that "
                   "goes further, or more to choose";
        return ": it is missed even with unlimited chairs and staff in the same hours, so it is "
               "not chairs or staff that are short" +
               (closure ? " (the longest closure: " + *closure + ")" : "");
    }
    return {};
}

bool met_somewhere(const PolicyPlan& policy, std::size_t target) {
    return std::any_of(policy.curve.begin(), policy.curve.end(),
                       [&](const PlanPoint& point) { return point.targets[target].met == true; });
}

/// "clinic.chairs 2 to clinic.chairs 4": the first and the last choice that meet a target.
std::string met_where(const PolicyPlan& policy, const Choices& choices, std::size_t target) {
    std::string first, last;
    for (const PlanPoint& point : policy.curve) {
        if (point.targets[target].met != true) continue;
        last = choices.text(point.choice);
        if (first.empty()) first = last;
    }
    return first == last ? first : first + " to " + last;
}

/// That the answer stands at the end of what may be chosen, of the goal's variable or of another.
std::string what_it_means(const Plan& plan, const PlanVariable& variable, bool first) {
    if (!is_of_a_metric(plan.question.aim) && variable.path != plan.question.of)
        return first ? ": less was not asked about"
                     : std::string{": a range that goes further may "} +
                           (plan.question.aim == PlanAim::fewest ? "need fewer " : "allow more ") +
                           plan.question.of;
    switch (plan.question.aim) {
        case PlanAim::fewest:
            return first ? ", and it does: less may do, too, but was not asked about"
                         : ": it does, and the plan has nothing beyond it for a busier year";
        case PlanAim::most:
            return first ? ", and the next one is too much already"
                         : ", and it still does: more may do, too; a range that goes further tells";
        case PlanAim::lowest:
        case PlanAim::highest:
            break;
    }
    return std::string{": the "} + name(plan.question.aim) + " " + plan.question.of +
           " may lie beyond; a range that goes further tells";
}

}  // namespace

void explain_none(PolicyPlan& policy, const Choices& choices, PlanAim aim,
                  const std::optional<std::string>& closure) {
    const PlanPoint* last = nullptr;  // the step that was to be easiest
    for (const PlanPoint& point : policy.curve)
        if (last == nullptr || choices.step_of(point.choice) >= choices.step_of(last->choice))
            last = &point;
    if (last == nullptr) return;
    bool one_for_all = false;
    for (std::size_t i = 0; i < last->targets.size(); ++i) {
        const TargetResult& target = last->targets[i];
        if (target.met != false || met_somewhere(policy, i)) continue;
        one_for_all = true;
        policy.remarks.push_back("no choice meets " + target.text +
                                 blame(policy, target.text, aim, closure));
    }
    if (one_for_all) return;
    policy.remarks.push_back(
        "each target is met by some choice, but no choice meets all together: "
        "they pull apart, so one of them has to give way");
    for (std::size_t i = 0; i < last->targets.size(); ++i)
        if (const auto where = met_where(policy, choices, i); !where.empty())
            policy.remarks.push_back(last->targets[i].text + " is met with " + where);
}

void explain_edge(PolicyPlan& policy, const Plan& plan) {
    const bool of_a_metric = is_of_a_metric(plan.question.aim);
    for (std::size_t v = 0; v < plan.question.vary.size(); ++v) {
        const PlanVariable& variable = plan.question.vary[v];
        const std::size_t n = variable.values.size();
        if (n < 2) continue;
        const bool of_the_goal = !of_a_metric && variable.path == plan.question.of;
        if (!of_the_goal && variable.numbers.empty()) continue;  // in no order of their own
        const std::string& value = plan.choices[*policy.answer][v];
        const bool first = value == variable.values.front();
        if (!first && value != variable.values.back()) continue;
        const bool nothing_below = variable.path == kChairs
                                       ? value == "1"
                                       : !variable.numbers.empty() && variable.numbers.front() == 0;
        if (first && nothing_below) continue;
        const std::string of = plan.question.vary.size() > 1 ? variable.path + " " : "";
        policy.remarks.push_back(of + value + " is the " +
                                 (variable.numbers.empty() ? first ? "first" : "last"
                                  : first                  ? "smallest"
                                                           : "largest") +
                                 " that the plan may choose" +
                                 what_it_means(plan, variable, first));
    }
}

void explain_overload(PolicyPlan& policy, const Plan& plan) {
    const std::vector<PlanVariable>& vary = plan.question.vary;
    if (vary.size() != 1 || !vary.front().path.ends_with(".chairs") || !policy.formula) return;
    if (vary.front().numbers.empty()) return;
    // the choices of one variable are its values
    if (vary.front().numbers[*policy.answer] >= policy.formula->load) return;
    char load[32];
    std::snprintf(load, sizeof load, "%.2f", policy.formula->load);
    policy.remarks.push_back("the patients would keep " + std::string{load} +
                             " chairs busy: with fewer than that, what no target keeps short waits "
                             "longer and longer");
}

void pass_on_warnings(PolicyPlan& policy, const Scenario& answer, const Scenario& scenario) {
    const auto same = [](const Diagnostic& one) {
        return [&one](const Diagnostic& other) {
            return one.path == other.path && one.message == other.message;
        };
    };
    const Diagnostics& known = scenario.warnings;
    for (const Diagnostic& warning : answer.warnings)
        if ((warning.policy.empty() || warning.policy == policy.policy) &&
            std::none_of(known.begin(), known.end(), same(warning)))
            policy.remarks.push_back("with this answer " + warning.path + ": " + warning.message);
}

void decide_for_all(Plan& plan, const Choices& choices) {
    bool all = true, any = false, sure = !plan.interrupted;
    for (const PolicyPlan& policy : plan.policies) {
        if (policy.end == PlanEnd::nothing) continue;
        any = true;
        sure &= policy.end == PlanEnd::found || policy.end == PlanEnd::none;
        if (!policy.answer)
            all = false;
        else if (!plan.answer)
            plan.answer = policy.answer;
        else if (is_of_a_metric(plan.question.aim))
            all &= plan.answer == policy.answer;
        else if (choices.step_of(*policy.answer) > choices.step_of(*plan.answer))
            plan.answer = policy.answer;
    }
    if (!all) plan.answer.reset();
    plan.confirmed = any && sure;
}

}  // namespace clinicsim::planning
