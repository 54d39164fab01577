#include "plan_shortage.hpp"

#include <algorithm>
#include <cstdio>

#include "clinicsim/clinic/sites.hpp"
#include "clinicsim/observe/metrics.hpp"
#include "plan_question.hpp"

namespace clinicsim::planning {

namespace {

constexpr const char* kTwice = "twice as many";

using Count = std::uint32_t (*)(std::uint32_t);
std::uint32_t one_more(std::uint32_t count) { return count + 1; }
std::uint32_t twice(std::uint32_t count) { return 2 * count; }

void change_chairs(ClinicPlan& clinic, Count count) {
    clinic.chairs = count(*clinic.chairs);
    for (ChairKind& kind : clinic.chair_kinds) kind.chairs = count(kind.chairs);
    for (ChairChange& change : clinic.changes)
        for (auto& chairs : change.chairs)
            if (chairs) *chairs = count(*chairs);
}

/// At every site.
void change_staff(ClinicPlan& clinic, std::size_t name, Count count) {
    for (std::size_t site = 0; site < clinic.number_of_sites(); ++site) {
        StaffGroup& group = clinic.staff[first_group(clinic, name) + site];
        if (group.is_equipment()) group.devices = count(group.devices);
        for (Shift& shift : group.shifts) shift.people = count(shift.people);
    }
}

/// One more is a change of its own: it has one place, and is less than twice as many.
bool has_room_for_one(const ClinicPlan& clinic) {
    return clinic.number_of_sites() == 1 && clinic.chair_kinds.empty() && clinic.changes.empty() &&
           *clinic.chairs > 1;
}
bool has_room_for_one(const ClinicPlan& clinic, const StaffGroup& group) {
    if (clinic.number_of_sites() > 1) return false;
    return group.devices > 1 || std::any_of(group.shifts.begin(), group.shifts.end(),
                                            [](const Shift& shift) { return shift.people > 1; });
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

std::optional<double> share_in_use(const PlanRuns& runs, const ClinicPlan& clinic, const Ask& ask,
                                   const std::string& metric) {
    const auto at = plan_metric(clinic, metric);
    return at ? runs.estimate_of(ask, *at).mean : std::nullopt;
}

/// An owner who reads that staff is short while half of its hours are free wants to know how.
std::string why_so_early(const PlanRuns& runs, const ClinicPlan& clinic, const Ask& ask,
                         const std::string& group) {
    constexpr double kEarly = 0.75;
    const auto share =
        share_in_use(runs, clinic, ask, part_metric_name("staff_utilisation", group));
    if (!share || *share == 0 || *share > kEarly) return {};
    return "; " + group + " is short long before its hours are used up, because a visit begins " +
           "only where every phase of it finds the staff that it needs";
}

/// " (in use: nurse 97 %, chairs 38 % of their hours)", the busiest first and no more than four.
std::string in_use(const PlanRuns& runs, const ClinicPlan& clinic, const Ask& ask) {
    std::vector<std::pair<double, std::string>> shares;
    const auto add = [&](const std::string& metric, const std::string& what) {
        const auto share = share_in_use(runs, clinic, ask, metric);
        if (share && *share > 0) shares.emplace_back(*share, what);  // 0: only has to be there
    };
    add("chair_utilisation", "chairs");
    for (const Part& group : staff_parts(clinic))
        add(part_metric_name("staff_utilisation", group.name), group.name);
    if (shares.empty()) return {};
    std::stable_sort(shares.begin(), shares.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    constexpr std::size_t kTold = 4;
    if (shares.size() > kTold) shares.resize(kTold);
    std::vector<std::string> texts;
    for (const auto& [share, what] : shares)
        texts.push_back(what + " " + number(100 * share) + " %");
    return " (in use: " + listed(texts, " and ") + " of their hours)";
}

}  // namespace

std::optional<std::size_t> choice_that_is_short(const PolicyPlan& policy,
                                                const PlanQuestion& question,
                                                const Choices& choices) {
    if (policy.unlimited && policy.unlimited->met == false) return std::nullopt;  // nothing is
    if (!policy.answer && (policy.end == PlanEnd::none || policy.end == PlanEnd::unclear))
        return choices.on_step(choices.steps() - 1).back();
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
    const ClinicPlan& clinic = here.model.clinic;
    const auto add = [&](const std::string& thing, std::string how, const auto& change) {
        Scenario changed = here;
        change(changed.model.clinic);
        Ask ask = missing;
        ask.choice = runs.add(std::move(changed));
        result.reliefs.push_back({thing, std::move(how), ask});
    };
    if (clinic.chairs) {
        if (has_room_for_one(clinic))
            add("chairs", "one more", [](ClinicPlan& plan) { change_chairs(plan, one_more); });
        add("chairs", kTwice, [](ClinicPlan& plan) { change_chairs(plan, twice); });
    }
    const auto names = staff_names(clinic);
    for (std::size_t i = 0; i < names.size(); ++i) {
        const StaffGroup& group = clinic.staff[first_group(clinic, i)];
        if (has_room_for_one(clinic, group))
            add(names[i], group.shifts.size() > 1 ? "one more in every shift" : "one more",
                [&](ClinicPlan& plan) { change_staff(plan, i, one_more); });
        add(names[i], kTwice, [&](ClinicPlan& plan) { change_staff(plan, i, twice); });
    }
    return result;
}

std::vector<Ask> asks_of(const Shortage& shortage) {
    std::vector<Ask> asks{shortage.missing};
    for (const Relief& relief : shortage.reliefs) asks.push_back(relief.ask);
    return asks;
}

std::optional<std::string> shortage_text(const PlanRuns& runs, const ClinicPlan& clinic,
                                         const Asked& asked, const Shortage& shortage) {
    const PlanPoint now = point_of(runs, asked, shortage.missing);
    if (std::all_of(now.targets.begin(), now.targets.end(), is_kept)) return std::nullopt;
    std::vector<std::string> cures, helps, all;
    std::string cured;   // the last thing of which one more or twice as many is enough
    std::string helped;  // or brings the targets nearer
    for (const Relief& relief : shortage.reliefs) {
        if (relief.thing == cured) continue;
        const PlanPoint more = point_of(runs, asked, relief.ask);
        bool nearer = false;
        for (std::size_t t = 0; t < now.targets.size(); ++t)
            nearer |=
                !is_kept(now.targets[t]) && is_clearly_nearer(more.targets[t], now.targets[t]);
        const std::string told =
            relief.thing + " (" + relief.how + " and nothing else: " + change(now, more) + ")";
        const bool is_most = relief.how == kTwice;
        if (is_most) all.push_back(relief.thing);
        if (std::all_of(more.targets.begin(), more.targets.end(), is_kept)) {
            cures.push_back(told);
            cured = relief.thing;
        } else if (nearer && is_most) {
            helps.push_back(told);
            helped = relief.thing;
        }
    }
    if (cures.empty()) cured = helped;
    const std::string why = why_so_early(runs, clinic, shortage.missing, cured);
    const std::string with = shortage.name + in_use(runs, clinic, shortage.missing);
    if (!cures.empty()) return with + ", what is short: " + listed(cures, " or ") + why;
    if (!helps.empty())
        return with + ", what is short first, but not alone: " + listed(helps, " or ") + why;
    return with + ", twice as many of one thing alone (" + listed(all, " or ") +
           ") brings no target clearly nearer: they are short together, or the hours are";
}

}  // namespace clinicsim::planning
