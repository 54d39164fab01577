// clinicsim plan: how many chairs, how many nurses, which hours.
#include "clinicsim/experiment/plan.hpp"

#include <algorithm>
#include <cstdio>
#include <thread>

#include "clinicsim/observe/metrics.hpp"
#include "clinicsim/report/plan.hpp"
#include "commands.hpp"
#include "failure.hpp"
#include "inputs.hpp"
#include "interrupt.hpp"
#include "terminal.hpp"

namespace clinicsim::cli {

namespace {

/// Reads the scenario again with the values of a choice; those that do not go together end the
/// program.
ReadChoice reader_of(const Request& request) {
    return [&request](const std::vector<Override>& values) {
        std::vector<MetricUnit> metrics;
        for (const MetricRow& row : metric_rows())
            metrics.push_back({std::string{row.name}, std::string{row.unit}});
        std::vector<Override> all = request.overrides;
        all.insert(all.end(), values.begin(), values.end());
        all.push_back({"plan", ""});  // its values were checked before
        ReadResult read = read_scenario(request.files.front(), all, metrics);
        if (read.scenario) return *std::move(read.scenario);
        for (const Diagnostic& diagnostic : read.diagnostics)
            std::fputs(text(diagnostic).c_str(), stderr);
        throw Failure{read.unreadable ? kFile : kWrong,
                      "these values of the plan do not go together"};
    };
}

void check_growth(const Request& request, const Scenario& scenario) {
    if (!request.growth) return;
    if (!std::holds_alternative<PoissonArrivals>(scenario.model.patients.arrivals))
        throw Failure{kUsage,
                      "--monthly-growth: only arrivals of patients.arrivals.poisson can grow"};
    if (!scenario.plan) return;
    for (const PlanVariable& one : scenario.plan->vary)
        if (one.path.starts_with("patients.arrivals"))
            throw Failure{kUsage, "--monthly-growth: the plan itself chooses " + one.path};
}

void check_what_varies(const Scenario& scenario) {
    if (scenario.plan) return;
    const std::vector<std::string> paths = chair_paths(scenario.model.clinic);
    if (paths.size() == 1) return;
    std::string all;
    for (const std::string& path : paths) all += (all.empty() ? "" : ", ") + path;
    throw Failure{kWrong, scenario.file +
                              ": there is no `plan:` that says which chairs may be more or fewer; "
                              "there are " +
                              all + ". Write, for instance, `plan: {vary: {" + paths.front() +
                              ": 1..10}}`"};
}

int exit_code_of(const Plan& plan) {
    if (plan.interrupted) return kInterrupted;
    const auto all = [&](auto holds) {
        return std::all_of(plan.policies.begin(), plan.policies.end(), holds);
    };
    if (all([](const PolicyPlan& one) { return one.end == PlanEnd::none; })) return kMissed;
    if (!all([](const PolicyPlan& one) { return one.end != PlanEnd::unclear; })) return kNotReached;
    return kDone;
}

std::string formatted(const Request& request, const Plan& plan) {
    if (request.format == "json") return report::plan_json(plan);
    if (request.format == "csv") return report::plan_csv(plan);
    return report::plan_table(plan, {columns(), colour(request), false});
}

}  // namespace

int plan(const Request& request) {
    const Loaded loaded = load(request.files.front(), request);
    if (!loaded.scenario) return loaded.exit_code;
    const Scenario& scenario = *loaded.scenario;
    if (scenario.study)
        throw Failure{kUsage, "a study has no clinic to plan; clinicsim run shows its outcomes"};
    const auto selected = selected_policies(scenario, request);
    check_what_varies(scenario);
    check_growth(request, scenario);
    const bool writes = !request.folder.empty();
    if (writes) report::check_new_folder(request.folder);  // before the work, not after

    PlanOptions options;
    if (!request.policies.empty()) options.policies = policy_names(scenario, selected);
    options.threads =
        request.threads > 0 ? request.threads : std::max(1u, std::thread::hardware_concurrency());
    options.growth = request.growth;
    options.stop = &stop_on_interrupt();
    Progress progress{request};
    options.progress = [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); };
    const Plan plan = make_plan(scenario, reader_of(request), options);
    progress.clear();

    int code = exit_code_of(plan);
    if (writes) {
        try {
            const report::RunPlan run{
                scenario, plan.question.policies, {}, {CLINICSIM_COMPILER, CLINICSIM_FLAGS}};
            report::write_new_folder(request.folder, report::plan_files(run, plan));
        } catch (const report::FileError& error) {
            say(error.what());  // the plan is still worth printing
            code = kFile;
        }
    }
    if (request.format != "table")
        for (const std::string& warning : plan.warnings) say("warning: " + warning);
    print(formatted(request, plan));
    return code;
}

}  // namespace clinicsim::cli
