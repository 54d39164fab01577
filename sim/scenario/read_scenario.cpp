#include "read_scenario.hpp"

#include <algorithm>
#include <filesystem>

#include "draft.hpp"
#include "files.hpp"
#include "overrides.hpp"
#include "parse_yaml.hpp"
#include "resolved.hpp"

namespace clinicsim {
namespace reading {
namespace {

void read_clinic_scenario(Draft& draft, MapReader& scenario) {
    const auto required = [&](std::string_view key) {
        if (!scenario.has(key)) scenario.missing(key);
        return scenario.take(key);
    };
    const Value run = scenario.take("run"), clinic = required("clinic");
    const Value patients = required("patients"), inductions = scenario.take("inductions");
    const Value courses = scenario.take("courses"), policies = required("policies");
    draft.inductions = names_in(inductions);
    draft.courses = names_in(courses);
    draft.policies = names_in(policies);
    const auto names_under = [&](std::string_view key, std::string_view type) {
        Entry* entry = patients && patients.is_map() ? patients.node().find(key) : nullptr;
        if (entry == nullptr) return std::vector<std::string>{};
        return names_in(Value{draft.context, entry->value, std::string{key}, type});
    };
    draft.conditions = names_under("conditions", "map of {condition}");
    draft.severities = names_under("severity", "map of share");

    read_run(draft, run);
    read_clinic(draft, clinic);
    read_patients(draft, patients);
    read_inductions(draft, inductions);
    read_courses(draft, courses);
    if (draft.has_symptoms()) scenario.decided("observation", "{}");
    read_observation(draft, scenario.take("observation"));
    read_policies(draft, policies);
    const Value pathway = scenario.take("pathway");
    read_pathways(draft, pathway, scenario.take("repeat_induction"));
    if (pathway && policies && policies.is_map())
        for (const auto& [name, policy] : policies.named())
            if (policy.is_map())
                if (const Entry* stop = policy.node().find("stop"))
                    draft.context.fault(stop->place, policy.path() + ".stop",
                                        "beside a pathway, write it there: boosters: {to: "
                                        "{discharged: well 1 year}}");
    read_promises(draft, scenario.take("promises"));
    read_costs(draft, scenario.take("costs"));
    read_questions(draft, scenario);
}

void read_study_scenario(Draft& draft, MapReader& scenario, const Value& study) {
    draft.scenario.study.emplace();
    constexpr std::string_view kAlone = "in a study every patient follows the protocol alone: ";
    const auto absent = [&](std::string_view key, std::string_view why) {
        scenario.unfit(key, std::string{kAlone} + std::string{why});
    };
    absent("clinic", "there are no chairs to wait for");
    absent("patients", "study.patients and study.course say who is enrolled");
    absent("inductions", "its infusions are those of study.phases");
    absent("observation", "its scale and ratings are those of study");
    absent("pathway", "the ways are next, from phase to phase");
    absent("repeat_induction", "the ways are next, from phase to phase");
    absent("policies", "its infusions are those of study.phases");
    absent("promises", "nobody waits for a chair");
    absent("costs", "there is no clinic that pays for chairs and staff");
    absent("compare", "arms are compared by the outcome hazard_ratio");
    absent("groups", "name an outcome for each arm instead");
    const Value courses = scenario.take("courses");
    draft.courses = names_in(courses);
    read_run(draft, scenario.take("run"));
    read_courses(draft, courses);
    read_study(draft, study);
}

void read_sections(Draft& draft, const Value& root) {
    MapReader scenario{root, kScenarioSection};
    if (const Value version = scenario.take("clinicsim")) version.whole();
    if (const Value title = scenario.take("title")) draft.scenario.title = title.text();
    if (const Value study = scenario.take("study"))
        read_study_scenario(draft, scenario, study);
    else
        read_clinic_scenario(draft, scenario);
    read_targets(draft, scenario.take("targets"));
    read_limits(draft, scenario.take("limits"));
    read_plan(draft, scenario.take("plan"), root);
}

/// Every value of every variable of the plan, read as strictly as if it stood in the file. The
/// first fault of each is told at the variable.
void check_plan_values(Context& context, const Node& tree, const PlanQuestion& plan,
                       const ScenarioSource& source, const std::vector<Override>& overrides,
                       const std::vector<MetricUnit>& metrics) {
    for (const PlanVariable& variable : plan.vary) {
        const Entry* at = tree.find("plan")->value.find("vary")->value.find(variable.path);
        for (const std::string& value : variable.values) {
            std::vector<Override> with = overrides;
            with.push_back({variable.path, value});
            with.push_back({"plan", "null"});
            const ReadResult result = read(source, with, metrics);
            const auto fault =
                std::find_if(result.diagnostics.begin(), result.diagnostics.end(),
                             [](const Diagnostic& d) { return d.severity == Severity::error; });
            if (fault == result.diagnostics.end()) continue;
            context.fault(at->value.place, "plan.vary." + variable.path,
                          "with " + value + ": " +
                              (fault->path == variable.path ? "" : fault->path + ": ") +
                              fault->message);
        }
    }
}

}  // namespace

ReadResult read(const ScenarioSource& source, const std::vector<Override>& overrides,
                const std::vector<MetricUnit>& metrics, std::set<const KeyRow*>* met) {
    Context context;
    context.folder = source.folder;
    const int file = context.add_source(
        {source.name, source.text, std::filesystem::path{source.real_path}.parent_path().string()});
    Node tree = with_extended(context, file, source.real_path);
    ReadResult result;
    if (tree.kind != Node::Kind::map) {
        if (!context.has_faults())
            context.fault({file, 1, 1}, "",
                          tree.kind == Node::Kind::nothing
                              ? "the file is empty; clinicsim init writes a scenario to start from"
                              : "expected a mapping, such as clinicsim: 1; " + found_text(tree));
    } else {
        apply_overrides(context, tree, overrides);
        Draft draft{.context = context, .metrics = metrics};
        const Value root{context, tree, "", "{scenario}"};
        read_sections(draft, root);
        check_whole(draft, root);
        if (!context.has_faults() && draft.scenario.plan)
            check_plan_values(context, tree, *draft.scenario.plan, source, overrides, metrics);
        if (!context.has_faults()) {
            draft.scenario.file = std::filesystem::path{source.name}.filename().string();
            draft.scenario.resolved = canonical_json(tree);
            draft.scenario.sha256 = sha256(draft.scenario.resolved);
            result.scenario = std::move(draft.scenario);
        }
    }
    result.unreadable = context.unreadable;
    if (met != nullptr) met->insert(context.met.begin(), context.met.end());
    result.diagnostics = context.take_diagnostics();
    if (result.scenario) result.scenario->warnings = result.diagnostics;
    return result;
}

}  // namespace reading

ReadResult read_scenario(const std::string& path, const std::vector<Override>& overrides,
                         const std::vector<MetricUnit>& metrics) {
    namespace fs = std::filesystem;
    const reading::FileText file = reading::read_file(path, reading::kLargestFile);
    if (!file.text)
        return {.diagnostics = {{.file = path, .message = "the file " + file.why}},
                .unreadable = true};
    const fs::path folder = fs::path{path}.parent_path();
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    return reading::read(
        {*file.text, path, folder.empty() ? "." : folder.string(), error ? path : real.string()},
        overrides, metrics);
}

ReadResult read_scenario_text(const std::string& text, const std::string& name,
                              const std::string& folder, const std::vector<Override>& overrides,
                              const std::vector<MetricUnit>& metrics) {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path real = folder.empty() ? fs::path{} : fs::canonical(folder, error) / name;
    return reading::read({text, name, folder, real.string()}, overrides, metrics);
}

}  // namespace clinicsim
