// The section of a plan: variables are paths of the scenario, values what --set would take.
#include <algorithm>
#include <cmath>

#include "draft.hpp"
#include "plan_names.hpp"
#include "resolved.hpp"
#include "words.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::size_t kMostValues = 200;  // of one variable

/// "12", "2.5", "10 %", "6 hours": a number and what stands behind it.
struct WithUnit {
    double number = 0;
    std::string_view unit;
};
std::optional<WithUnit> with_unit(std::string_view text) {
    text = trimmed(text);
    const std::size_t end = std::min(text.find_first_not_of("-0123456789.e"), text.size());
    const auto number = parse_number(text.substr(0, end));
    if (!number.fits) return std::nullopt;
    return WithUnit{number.value, trimmed(text.substr(end))};
}

std::string text_of(const WithUnit& value) {
    return number_text(value.number) +
           (value.unit.empty() ? std::string{} : " " + std::string{value.unit});
}

/// "1..12", "2..8 by 0.5", "10 %..50 % by 10 %"; why not in `why`.
std::vector<std::string> expanded(std::string_view text, std::string& why) {
    const std::size_t dots = text.find("..");
    std::string_view rest = text.substr(dots + 2), by = "1";
    if (const std::size_t at = rest.find(" by "); at != std::string_view::npos) {
        by = rest.substr(at + 4);
        rest = rest.substr(0, at);
    }
    auto first = with_unit(text.substr(0, dots)), last = with_unit(rest), step = with_unit(by);
    if (!first || !last || !step) return {};
    for (auto* one : {&*first, &*step})
        if (one->unit.empty())
            one->unit = last->unit;
        else if (one->unit != last->unit)
            why = "the units differ";
    if (!(step->number > 0)) why = "the step must be over 0";
    if (last->number < first->number) why = "the range ends before it begins";
    if (!why.empty()) return {};
    const double steps = std::floor((last->number - first->number) / step->number + 1e-9);
    if (steps >= static_cast<double>(kMostValues)) {
        why = "more than " + std::to_string(kMostValues) + " values";
        return {};
    }
    std::vector<std::string> values;
    for (int i = 0; i <= static_cast<int>(steps); ++i)
        values.push_back(text_of({first->number + i * step->number, last->unit}));
    return values;
}

/// A value on one line, as YAML in flow style.
std::string flow_text(const Node& node) {
    const auto scalar = [](const std::string& text, bool quoted) {
        const bool plain = !quoted && !text.empty() &&
                           text.find_first_of(",[]{}#:&*!|>'\"@`\\\n") == std::string::npos;
        return plain ? text : json_string(text);
    };
    std::string out;
    switch (node.kind) {
        case Node::Kind::scalar:
            return scalar(node.text, node.quoted);
        case Node::Kind::list:
            for (const Node& item : node.items) out += (out.empty() ? "" : ", ") + flow_text(item);
            return "[" + out + "]";
        case Node::Kind::map:
            for (const Entry& entry : node.entries)
                out += (out.empty() ? "" : ", ") + scalar(entry.key, false) + ": " +
                       flow_text(entry.value);
            return "{" + out + "}";
        case Node::Kind::nothing:
        case Node::Kind::refused:
            break;
    }
    return "null";
}

/// Ascending, where all are numbers with the same unit; else as they were written.
void put_in_order(PlanVariable& variable) {
    std::vector<std::pair<double, std::string>> sorted;
    std::optional<std::string_view> unit;
    for (const std::string& text : variable.values) {
        const auto value = with_unit(text);
        if (!value || (unit && *unit != value->unit)) return;
        unit = value->unit;
        sorted.emplace_back(value->number, text);
    }
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    variable.values.clear();
    for (auto& [number, text] : sorted) {
        variable.numbers.push_back(number);
        variable.values.push_back(std::move(text));
    }
}

/// Whether the scenario has a value at this path, defaults included; else what there is instead.
bool leads_somewhere(const Node& root, std::string_view path, std::string& instead) {
    const Node* node = &root;
    for (;;) {
        const std::size_t dot = path.find('.');
        const std::string_view segment = path.substr(0, dot);
        if (node->kind == Node::Kind::list) {
            const auto index = parse_whole(segment);
            if (!index.fits || index.value >= node->items.size()) {
                instead = "; '" + std::string{segment} + "' is no place in a list of " +
                          std::to_string(node->items.size()) + ", which count from 0";
                return false;
            }
            node = &node->items[static_cast<std::size_t>(index.value)];
        } else {
            const Entry* entry = node->kind == Node::Kind::map ? node->find(segment) : nullptr;
            if (entry == nullptr) {
                std::vector<std::string_view> known;
                for (const Entry& one : node->entries) known.push_back(one.key);
                instead = advice(segment, known, "there are");
                return false;
            }
            node = &entry->value;
        }
        if (dot == std::string_view::npos) return true;
        path.remove_prefix(dot + 1);
    }
}

void read_values(PlanVariable& variable, const Value& value) {
    if (value.is_scalar() && value.node().text.find("..") != std::string::npos) {
        std::string why;
        variable.values = expanded(value.node().text, why);
        if (variable.values.empty()) value.misfit(why);
    } else if (value.is_list() && !value.node().items.empty()) {
        if (value.node().items.size() > kMostValues)
            value.fault("more than " + std::to_string(kMostValues) + " values");
        else
            for (const Node& item : value.node().items) variable.values.push_back(flow_text(item));
    } else {
        value.misfit(value.is_list() ? "it is empty" : "");
    }
    for (std::size_t i = 0; i < variable.values.size(); ++i)
        if (std::count(variable.values.begin(), variable.values.end(), variable.values[i]) > 1) {
            value.fault(variable.values[i] + " is named twice");
            break;
        }
    put_in_order(variable);
}

void read_vary(Draft& draft, PlanQuestion& plan, const Value& vary, const Value& root) {
    if (!vary.is_map() || vary.node().entries.empty()) {
        const std::string needs =
            "a plan needs something to choose, such as {clinic.chairs: 1..12}";
        if (vary.is_map())
            vary.fault(needs);
        else
            vary.misfit(needs);
        return;
    }
    vary.node().in_order = true;  // of two choices that are as good, the first is taken
    std::size_t candidates = 1;
    for (Entry& entry : vary.node().entries) {
        const std::string path = vary.path() + "." + entry.key;
        const auto fault = [&](std::string message) {
            draft.context.fault(entry.place, path, std::move(message));
        };
        PlanVariable& variable = plan.vary.emplace_back();
        variable.path = entry.key;
        variable.called = called(root.node(), entry.key);
        std::string instead;
        constexpr std::array<std::string_view, 9> kNever{"clinicsim", "title",   "extends",
                                                         "run",       "compare", "groups",
                                                         "targets",   "plan",    "limits"};
        if (std::find(kNever.begin(), kNever.end(), entry.key.substr(0, entry.key.find('.'))) !=
            kNever.end())
            fault("this is nothing that a clinic can choose");
        else if (!leads_somewhere(root.node(), entry.key, instead))
            fault("the scenario has no '" + entry.key + "'" + instead);
        read_values(variable, {draft.context, entry.value, path, "candidates"});
        candidates *= std::max<std::size_t>(1, variable.values.size());
        if (candidates > kMostPlanCandidates) {
            vary.fault("over " + std::to_string(kMostPlanCandidates) +
                       " combinations: name fewer values");
            return;
        }
    }
}

void read_goal(const Draft& draft, PlanQuestion& plan, const Value& goal) {
    const std::string_view text = goal.is_scalar() ? trimmed(goal.node().text) : std::string_view{};
    const std::size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    bool known = false;
    for (const PlanAim aim : {PlanAim::fewest, PlanAim::most, PlanAim::lowest, PlanAim::highest})
        if (word == name(aim)) {
            plan.aim = aim;
            known = true;
        }
    if (!known || space == std::string_view::npos) {
        goal.misfit();
        return;
    }
    plan.of = std::string{trimmed(text.substr(space))};
    std::vector<std::string_view> names;
    const std::vector<MetricUnit> metrics = metrics_of_clinic(draft);
    const bool of_a_metric = plan.aim == PlanAim::lowest || plan.aim == PlanAim::highest;
    if (of_a_metric)
        for (const MetricUnit& metric : metrics) names.push_back(metric.name);
    else if (plan.vary.empty())
        names.push_back("clinic.chairs");
    else
        for (const PlanVariable& variable : plan.vary) names.push_back(variable.path);
    if (of_a_metric && names.empty()) return;  // who calls knows no metrics
    if (std::find(names.begin(), names.end(), plan.of) == names.end())
        goal.fault(of_a_metric
                       ? "there is no metric '" + plan.of + "'" + advice(plan.of, names, "metrics")
                       : "'" + plan.of + "' is not among what may vary" +
                             advice(plan.of, names, "there are"));
}

bool is_from_option(const Draft& draft, const Value& value) {
    const int file = value.node().place.file;
    return file >= 0 && draft.context.source(file).is_option;
}

/// A file's goal of a variable says nothing of the variables that an option puts in their place.
bool is_left_behind(const Draft& draft, const Value& goal, const Value& vary) {
    if (!vary || !is_from_option(draft, vary) || is_from_option(draft, goal) || !goal.is_scalar())
        return false;
    const std::string_view text = trimmed(goal.node().text);
    return text.starts_with(std::string{name(PlanAim::fewest)} + " ") ||
           text.starts_with(std::string{name(PlanAim::most)} + " ");
}

double unit_of_indifference(const Draft& draft, const PlanQuestion& plan, const Value& value) {
    if (plan.aim != PlanAim::lowest && plan.aim != PlanAim::highest) {
        value.fault("it goes with a goal of lowest or highest");
        return 1;
    }
    std::string unit;
    for (const MetricUnit& metric : metrics_of_clinic(draft))
        if (metric.name == plan.of) unit = metric.unit;
    const std::size_t before = draft.context.fault_count();
    const double number = read_measure(value, unit);
    if (draft.context.fault_count() == before && !(number > 0)) value.misfit("it must be over 0");
    return number;
}

/// "2000 replications", or 2000.
std::uint32_t runs(const Value& value) {
    std::string_view text = value.is_scalar() ? trimmed(value.node().text) : std::string_view{};
    constexpr std::string_view kUnit = "replications";
    if (text.ends_with(kUnit)) text = trimmed(text.substr(0, text.size() - kUnit.size()));
    const auto number = parse_whole(text);
    if (!number.fits || number.value < 1 || number.value > 1'000'000) {
        value.misfit(number.fits ? "from 1 to 1000000" : number.why);
        return 1;
    }
    return static_cast<std::uint32_t>(number.value);
}

}  // namespace

void read_plan(Draft& draft, const Value& value, const Value& root) {
    if (!value || value.node().kind == Node::Kind::nothing) return;  // `plan:` alone says nothing
    PlanQuestion& plan = draft.scenario.plan.emplace();
    MapReader map{value, kPlanSection};
    if (draft.is_study()) map.fault("a study has no clinic to plan");
    const Value vary = map.take("vary");
    if (vary) read_vary(draft, plan, vary, root);
    const auto& sites = draft.model().clinic.sites;
    if (!vary && !sites.empty())
        map.missing("vary",
                    "the chairs stand at several sites: say which may vary, such as "
                    "{clinic.sites." +
                        sites[0].name + ".chairs: 2..6}");
    const Value goal = map.take("goal");
    if (goal) {
        if (!plan.vary.empty() && is_left_behind(draft, goal, vary))
            goal.node().text = std::string{name(PlanAim::fewest)} + " " + plan.vary.front().path;
        read_goal(draft, plan, goal);
    }
    if (const Value indifference = map.take("indifference")) {
        // it belongs to the goal beside it, whatever the unit of another
        if (goal && is_from_option(draft, goal) && !is_from_option(draft, indifference))
            draft.context.warn(indifference.node().place, "plan.indifference",
                               "left out: it belongs to the goal of the file, and an option asks "
                               "for another; --set plan.indifference=... gives that one its own");
        else
            plan.indifference = unit_of_indifference(draft, plan, indifference);
    }
    if (const Value targets = map.take("targets"))
        for (const Value& item : targets.items())
            plan.targets.push_back(read_plain_target(draft, item));
    if (const Value confidence = map.take("confidence")) plan.confidence = confidence.share();
    if (const Value policies = map.take("policies"))
        for (const Value& item : policies.items())
            if (const auto at = item.reference(draft.policies, "policy", "policies"))
                plan.policies.push_back(draft.policies[*at]);
    if (const Value budget = map.take("budget")) plan.budget = runs(budget);
}

}  // namespace clinicsim::reading
