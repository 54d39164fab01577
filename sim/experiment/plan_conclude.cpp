#include "plan_conclude.hpp"

#include "plan_question.hpp"

namespace clinicsim::planning {

namespace {

std::string blame(const PolicyPlan& policy, const std::string& target) {
    if (!policy.unlimited) return {};
    for (const TargetResult& free : policy.unlimited->targets) {
        if (free.text != target || !free.met) continue;
        return *free.met ? ": with unlimited chairs and staff it is met, so the plan needs a range "
                           "that goes further, or more to choose"
                         : ": it is missed even with unlimited chairs and staff in the same hours, "
                           "so it is not chairs or staff that are short";
    }
    return {};
}

}  // namespace

void explain_none(PolicyPlan& policy, const Choices& choices) {
    const PlanPoint* best = nullptr;
    for (const PlanPoint& point : policy.curve)
        if (best == nullptr || choices.step_of(point.choice) >= choices.step_of(best->choice))
            best = &point;
    if (best == nullptr) return;
    for (const TargetResult& target : best->targets)
        if (target.met == false)
            policy.remarks.push_back("no choice meets " + target.text + blame(policy, target.text));
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
