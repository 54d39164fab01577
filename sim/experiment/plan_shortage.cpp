#include "plan_shortage.hpp"

#include <algorithm>
#include <cstdio>

#include "clinicsim/clinic/sites.hpp"
#include "plan_question.hpp"

namespace clinicsim::planning {

namespace {

void double_chairs(ClinicPlan& clinic) {
    clinic.chairs = 2 * *clinic.chairs;
    for (ChairKind& kind : clinic.chair_kinds) kind.chairs *= 2;
    for (ChairChange& change : clinic.changes)
        for (auto& chairs : change.chairs)
            if (chairs) *chairs *= 2;
}

/// At every site.
void double_staff(ClinicPlan& clinic, std::size_t name) {
    for (std::size_t site = 0; site < clinic.number_of_sites(); ++site) {
        StaffGroup& group = clinic.staff[first_group(clinic, name) + site];
        group.devices *= 2;
        for (Shift& shift : group.shifts) shift.people *= 2;
    }
}

std::string number(const std::optional<double>& value) {
    if (!value) return "–";
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", *value);
    return text;
}

/// "wait_days_rescue.p95 from 29.8 to 3.1", of every target that was missed.
std::string change(const PlanPoint& from, const PlanPoint& to) {
    std::string text;
    for (std::size_t t = 0; t < from.targets.size(); ++t)
        if (!is_kept(from.targets[t]))
            text += (text.empty() ? "" : ", ") + from.targets[t].metric + " from " +
                    number(from.targets[t].estimate) + " to " + number(to.targets[t].estimate);
    return text;
}

std::string listed(const std::vector<std::string>& words, const char* last) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i)
        text += (i == 0 ? "" : i + 1 == words.size() ? last : ", ") + words[i];
    return text;
}

}  // namespace

std::optional<std::size_t> choice_that_is_short(const PolicyPlan& policy,
                                                const PlanQuestion& question,
                                                const Choices& choices) {
    if (is_of_a_metric(question.aim)) return std::nullopt;
    if (policy.unlimited && policy.unlimited->met == false) return std::nullopt;  // nothing is
    if (policy.end == PlanEnd::none) return choices.on_step(choices.steps() - 1).back();
    if (!policy.answer || question.aim != PlanAim::most) return std::nullopt;
    const auto& values = choices.values();
    const std::size_t at = choices.step_of(*policy.answer);
    for (std::size_t choice = 0; choice < choices.size(); ++choice)
        if (choices.step_of(choice) + 1 == at &&
            are_neighbours(question, values[*policy.answer], values[choice]))
            return choice;
    return std::nullopt;
}

Shortage shortage_of(PlanRuns& runs, std::size_t policy, const Ask& missing, std::string name) {
    Shortage result{policy, missing, std::move(name), {}};
    const Scenario& here = runs.scenario(missing.choice);
    const auto add = [&](std::string what, const auto& change) {
        Scenario changed = here;
        change(changed.model.clinic);
        Ask ask = missing;
        ask.choice = runs.add(std::move(changed));
        result.doubled.emplace_back(std::move(what), ask);
    };
    if (here.model.clinic.chairs) add("chairs", double_chairs);
    const auto names = staff_names(here.model.clinic);
    for (std::size_t i = 0; i < names.size(); ++i)
        add(names[i], [&](ClinicPlan& clinic) { double_staff(clinic, i); });
    return result;
}

std::vector<Ask> asks_of(const Shortage& shortage) {
    std::vector<Ask> asks{shortage.missing};
    for (const auto& [what, ask] : shortage.doubled) asks.push_back(ask);
    return asks;
}

std::optional<std::string> shortage_text(const PlanRuns& runs, const Asked& asked,
                                         const Shortage& shortage) {
    const PlanPoint now = point_of(runs, asked, shortage.missing);
    if (std::all_of(now.targets.begin(), now.targets.end(), is_kept)) return std::nullopt;
    std::vector<std::string> cures, helps, all;
    for (const auto& [what, ask] : shortage.doubled) {
        const PlanPoint twice = point_of(runs, asked, ask);
        bool nearer = false;
        for (std::size_t t = 0; t < now.targets.size(); ++t)
            nearer |=
                !is_kept(now.targets[t]) && is_clearly_nearer(twice.targets[t], now.targets[t]);
        const std::string told =
            what + " (twice as many and nothing else: " + change(now, twice) + ")";
        all.push_back(what);
        if (std::all_of(twice.targets.begin(), twice.targets.end(), is_kept))
            cures.push_back(told);
        else if (nearer)
            helps.push_back(told);
    }
    if (!cures.empty()) return shortage.name + ", what is short: " + listed(cures, " or ");
    if (!helps.empty())
        return shortage.name + ", what is short first, but not alone: " + listed(helps, " or ");
    return shortage.name + ", twice as many of one thing alone (" + listed(all, " or ") +
           ") brings no target clearly nearer: they are short together, or the hours are";
}

}  // namespace clinicsim::planning
