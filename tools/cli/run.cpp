// clinicsim run: every policy, the comparison, the files.
#include "clinicsim/experiment/run.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <thread>

#include <fmt/format.h>
#include <sys/utsname.h>

#include "clinicsim/report/csv.hpp"
#include "clinicsim/report/json.hpp"
#include "clinicsim/report/results_folder.hpp"
#include "clinicsim/report/study.hpp"
#include "clinicsim/report/table.hpp"
#include "commands.hpp"
#include "failure.hpp"
#include "inputs.hpp"
#include "interrupt.hpp"
#include "terminal.hpp"

namespace clinicsim::cli {

namespace {

using Clock = std::chrono::steady_clock;

unsigned threads_of(const Request& request) {
    return request.threads > 0 ? request.threads
                               : std::max(1u, std::thread::hardware_concurrency());
}

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text)
        if (c == '"' || c == '\\')
            out += std::string{"\\"} + c;
        else
            out += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
    return out + '"';
}

/// The one file that tells of the machine and the time: no promise holds for it.
report::ResultFile run_info(const Request& request, const RunCount& count, double seconds) {
    utsname machine{};
    ::uname(&machine);
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    char date[32];
    std::strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &utc);
    const std::string system =
        fmt::format("{} {} {}", machine.sysname, machine.release, machine.machine);
    return {"run_info.json",
            fmt::format("{{\n  \"date\": \"{}\",\n  \"machine\": {},\n  \"system\": {},\n"
                        "  \"cores\": {},\n  \"threads\": {},\n  \"wall_seconds\": {:.3f},\n"
                        "  \"visits\": {},\n  \"events\": {}\n}}\n",
                        date, quoted(machine.nodename), quoted(system),
                        std::thread::hardware_concurrency(), threads_of(request), seconds,
                        count.visits, count.events)};
}

std::string formatted(const Request& request, const Comparison& comparison) {
    if (request.format == "json") return report::summary_json(comparison);
    if (request.format == "csv") return report::summary_csv(comparison);
    return report::table(comparison, {columns(), colour(request), request.details});
}

std::string formatted(const Request& request, const StudyResult& study) {
    if (request.format == "json") return report::study_json(study);
    if (request.format == "csv") return report::study_csv(study);
    return report::study_table(study, {columns(), colour(request), request.details});
}

bool against_expectation(const std::vector<TargetResult>& targets) {
    return std::any_of(targets.begin(), targets.end(),
                       [](const TargetResult& target) { return target.against_expectation(); });
}

int exit_code_of(const Comparison& comparison) {
    if (comparison.interrupted) return kInterrupted;
    if (against_expectation(comparison.targets)) return kMissed;
    if (comparison.precision_reached && !*comparison.precision_reached) return kNotReached;
    return kDone;
}

int run_the_study(const Request& request, const Scenario& scenario) {
    if (request.precision)
        throw Failure{kUsage, "--precision: a study has none; name more --replications"};
    if (!request.policies.empty()) throw Failure{kUsage, "--policy: a study has no policies"};
    const report::RunPlan plan{scenario, {}, {}, {CLINICSIM_COMPILER, CLINICSIM_FLAGS}};
    const bool writes = !request.folder.empty();
    if (writes) report::check_results_folder(request.folder, plan);

    RunOptions options;
    options.threads = threads_of(request);
    options.stop = &stop_on_interrupt();
    Progress progress{request};
    options.progress = [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); };
    const auto start = Clock::now();
    const StudyResult study = run_study(scenario, options);
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    progress.clear();
    if (study.interrupted && study.replications == 0) {
        say("interrupted before the first replication was finished");
        return kInterrupted;
    }
    int code = study.interrupted                    ? kInterrupted
               : against_expectation(study.targets) ? kMissed
                                                    : kDone;
    if (writes) {
        try {
            auto files = report::study_files(plan, study);
            RunCount count;
            count.patients = std::uint64_t{study.patients} * study.replications;
            files.push_back(run_info(request, count, seconds));
            report::write_results_folder(request.folder, plan, files);
        } catch (const report::FileError& error) {
            say(error.what());
            code = kFile;
        }
    }
    if (request.format != "table")
        for (const std::string& warning : study.warnings) say("warning: " + warning);
    print(formatted(request, study));
    return code;
}

}  // namespace

int run(const Request& request) {
    const Loaded loaded = load(request.files.front(), request);
    if (!loaded.scenario) return loaded.exit_code;
    const Scenario& scenario = *loaded.scenario;
    if (scenario.study) return run_the_study(request, scenario);
    const auto selected = selected_policies(scenario, request);

    const report::RunPlan plan{scenario,
                               policy_names(scenario, selected),
                               request.precision,
                               {CLINICSIM_COMPILER, CLINICSIM_FLAGS}};
    const bool writes = !request.folder.empty();
    if (writes) report::check_results_folder(request.folder, plan);  // before the work, not after

    RunOptions options;
    options.policies = plan.policies;
    options.threads = threads_of(request);
    if (request.precision) {
        options.precision.emplace();
        options.precision->relative = *request.precision;
    }
    options.simultaneous = request.simultaneous;
    options.chair_use = writes || (request.details && request.format == "table");
    options.stop = &stop_on_interrupt();
    Progress progress{request};
    options.progress = [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); };
    const auto start = Clock::now();
    const Comparison comparison = run_comparison(scenario, options);
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    progress.clear();

    if (comparison.interrupted && comparison.replications == 0) {
        say("interrupted before the first replication of all policies was finished");
        return kInterrupted;
    }
    int code = exit_code_of(comparison);
    if (writes) {
        try {
            auto files = report::result_files(plan, comparison);
            files.push_back(run_info(request, comparison.count, seconds));
            report::write_results_folder(request.folder, plan, files);
        } catch (const report::FileError& error) {
            say(error.what());  // the results are still worth printing
            code = kFile;
        }
    }
    if (request.format != "table")
        for (const std::string& warning : comparison.warnings) say("warning: " + warning);
    print(formatted(request, comparison));
    return code;
}

}  // namespace clinicsim::cli
