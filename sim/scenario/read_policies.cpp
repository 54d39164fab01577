// The policies: what they extend, what they are, and which policy goes for which group.
#include <algorithm>
#include <set>
#include <string>

#include "draft.hpp"
#include "files.hpp"
#include "policy_rows.hpp"
#include "words.hpp"

namespace clinicsim::reading {
namespace {

/// Replaces every policy by itself on top of what it extends.
class Extender {
  public:
    Extender(const Draft& draft, const Value& policies) : draft_{draft}, policies_{policies} {
        for (Entry& entry : policies_.node().entries) extend(entry);
    }

  private:
    void extend(Entry& entry) {
        if (done_.count(entry.key) != 0) return;
        Entry* extends =
            entry.value.kind == Node::Kind::map ? entry.value.find("extends") : nullptr;
        if (extends == nullptr) {
            done_.insert(entry.key);
            return;
        }
        draft_.context.met.insert(kPolicySection.row("extends"));
        const Value name{draft_.context, extends->value,
                         policies_.path() + "." + entry.key + ".extends", "name"};
        if (std::count(open_.begin(), open_.end(), entry.key) != 0) {
            name.fault("this policy extends itself by way of others: a cycle");
            forget(entry);
            return;
        }
        const auto base = name.reference(draft_.policies, "policy", "policies");
        if (!base) {
            forget(entry);
            return;
        }
        const std::string base_key = draft_.policies[*base];
        open_.push_back(entry.key);
        Entry* under = policies_.node().find(base_key);
        extend(*under);
        open_.pop_back();
        // a cycle was cut somewhere below
        if (entry.value.find("extends") == nullptr) return;
        entry.value = merged(under->value, entry.value);
        forget(entry);
    }
    void forget(Entry& entry) {
        entry.value.entries.remove_if([](const Entry& e) { return e.key == "extends"; });
        done_.insert(entry.key);
    }

    const Draft& draft_;
    const Value& policies_;
    std::set<std::string> done_;
    std::vector<std::string> open_;
};

PolicyChoice read_group(const Draft& draft, const std::string& name, const Value& by) {
    PolicyChoice choice;
    choice.name = name;
    const Value typed{by.context(), by.node(), by.path(), "{by_group}"};
    MapReader groups{typed, kGroupSection};
    if (groups.readable() && groups.has("severity") == groups.has("condition"))
        groups.fault("write one of severity, condition");
    const Value severity = groups.take("severity"), condition = groups.take("condition");
    if (!severity && !condition) return choice;
    choice.by = severity ? PolicyChoice::By::severity : PolicyChoice::By::condition;
    const auto& known = severity ? draft.severities : draft.conditions;
    const Value& chosen = severity ? severity : condition;
    const std::string what = severity ? "severity" : "condition";

    std::vector<std::optional<std::size_t>> of(known.size());
    std::optional<std::size_t> otherwise;
    const std::size_t before = draft.context.fault_count();
    for (const auto& [group, policy] : chosen.named()) {
        const auto at = std::find(known.begin(), known.end(), group);
        if (group != "otherwise" && at == known.end())
            draft.context.fault(chosen.node().find(group)->place, policy.path(),
                                "there is no " + what + " '" + group + "'" +
                                    advice(group, known, severity ? "severities" : "conditions"));
        const auto id = policy.reference(draft.policies, "policy", "policies");
        if (!id) continue;
        if (draft.policies[*id] == name) policy.fault("a policy cannot choose itself");
        if (group == "otherwise")
            otherwise = id;
        else if (at != known.end())
            of[static_cast<std::size_t>(at - known.begin())] = id;
    }
    if (draft.context.fault_count() != before) return choice;
    for (std::size_t i = 0; i < known.size(); ++i) {
        const auto id = of[i] ? of[i] : otherwise;
        if (!id) {
            chosen.fault("no policy for " + known[i] + "; name it, or otherwise");
            return choice;
        }
        const auto& target = draft.scenario.policies[*id].choice;
        if (target.policies.size() != 1 || target.by != PolicyChoice::By::nothing) {
            chosen.fault("'" + target.name + "' chooses by group itself");
            return choice;
        }
        choice.policies.push_back(target.policies.front());
    }
    return choice;
}

}  // namespace

void read_policies(Draft& draft, const Value& value) {
    if (!value) return;
    if (value.is_map() && value.node().entries.size() > 200) {
        value.fault("more than 200 are not supported");
        return;
    }
    if (!value.is_map()) {
        value.misfit();
        return;
    }
    if (value.node().entries.empty()) value.fault("name at least one policy");
    Extender{draft, value};
    const auto policies = value.named();
    draft.policies.clear();
    for (const auto& [name, one] : policies) draft.policies.push_back(name);
    std::vector<std::pair<std::size_t, Value>> groups;
    for (std::size_t i = 0; i < policies.size(); ++i) {
        const auto& [name, one] = policies[i];
        MapReader map{one, kPolicySection};
        PolicyModel model;
        model.choice.name = name;
        if (const PolicyRow* row = map.readable() ? choose_policy_row(map) : nullptr) {
            if (row->read == nullptr) {
                groups.emplace_back(i, map.take("by"));
            } else {
                Policy policy;
                policy.name = name;
                row->read(draft, map, policy);
                model.choice.policies.push_back(std::move(policy));
            }
        }
        draft.scenario.policies.push_back(std::move(model));
    }
    for (const auto& [i, by] : groups)
        draft.scenario.policies[i].choice = read_group(draft, policies[i].first, by);
    for (const PolicyModel& model : draft.scenario.policies)
        draft.model().follows_everybody |= model.choice.withholds_drug();
}

}  // namespace clinicsim::reading
