// clinicsim evidence: published numbers beside simulated ones, study by study.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "clinicsim/experiment/over_sets.hpp"
#include "clinicsim/experiment/run.hpp"
#include "clinicsim/experiment/study.hpp"
#include "clinicsim/report/study.hpp"
#include "commands.hpp"
#include "failure.hpp"
#include "inputs.hpp"
#include "interrupt.hpp"
#include "terminal.hpp"

namespace clinicsim::cli {

namespace {

namespace fs = std::filesystem;

/// Where the scenarios are that come with the program: beside the launcher, which says where that
/// is, or below the present folder.
fs::path own_scenarios() {
    const char* root = std::getenv("CLINICSIM_ROOT");
    return fs::path{root != nullptr ? root : "."} / "scenarios";
}

/// Files as they are, folders as the scenarios in them, by name.
std::vector<std::string> files_of(std::vector<std::string> names) {
    if (names.empty()) names.push_back((own_scenarios() / "evidence").string());
    std::vector<std::string> files;
    for (const std::string& name : names) {
        std::error_code error;
        if (!fs::is_directory(name, error)) {
            files.push_back(name);
            continue;
        }
        std::vector<std::string> inside;
        for (const auto& entry : fs::directory_iterator{name, error})
            if (entry.path().extension() == ".yaml") inside.push_back(entry.path().string());
        if (error) throw Failure{kFile, "cannot read the folder " + name};
        if (inside.empty()) throw Failure{kFile, "there are no scenarios (.yaml) in " + name};
        std::sort(inside.begin(), inside.end());
        files.insert(files.end(), inside.begin(), inside.end());
    }
    return files;
}

/// The parameter sets, as many as are asked for; nothing where none are. A Failure where the file
/// is wrong.
std::optional<ParameterSets> sets_of(const Request& request) {
    if (request.sets == std::size_t{0}) return std::nullopt;
    const bool own = request.posterior.empty();
    const std::string file =
        own ? (own_scenarios() / "calibration" / "result" / "posterior.csv").string()
            : request.posterior;
    std::error_code error;
    if (own && !request.sets && !fs::exists(file, error)) {
        std::fprintf(stderr,
                     "clinicsim: there are no parameter sets at %s, so what is not known is not "
                     "shown; --posterior names their file\n",
                     file.c_str());
        return std::nullopt;
    }
    ParameterSetsResult read = read_parameter_sets(file);
    for (const Diagnostic& diagnostic : read.diagnostics)
        std::fputs(text(diagnostic).c_str(), stderr);
    if (!read.sets)
        throw Failure{read.unreadable ? kFile : kWrong, "the parameter sets cannot be used"};
    const std::size_t there = read.sets->values.size(), asked = request.sets.value_or(there);
    if (asked > there) throw Failure{kUsage, "--sets: " + file + " holds " + std::to_string(there)};
    return thinned(*read.sets, asked);
}

/// One study's rows; nothing when interrupted.
std::optional<std::vector<report::EvidenceRow>> rows_of(const Scenario& scenario,
                                                        const std::optional<ParameterSets>& sets,
                                                        const RunOptions& options) {
    std::vector<report::EvidenceRow> rows;
    std::vector<TargetResult> targets;
    const auto take = [&](const auto& result) {
        rows = report::evidence_rows(result);
        targets = result.targets;
        return !result.interrupted;
    };
    if (!(scenario.study ? take(run_study(scenario, options))
                         : take(run_comparison(scenario, options))))
        return std::nullopt;
    if (!sets) return rows;
    const WithSets with = with_sets(scenario, *sets);
    if (!with.fault.empty()) throw Failure{kWrong, scenario.file + ": " + with.fault};
    if (!with.scenario) return rows;
    const auto found =
        over_sets(*with.scenario, sets->values.size(), targets, {options.threads, options.stop});
    if (!found) return std::nullopt;
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].over_sets = (*found)[i];
    return rows;
}

}  // namespace

int evidence(const Request& request) {
    std::vector<Scenario> scenarios;
    int code = kDone;
    for (const std::string& file : files_of(request.files)) {
        Loaded loaded = load(file, request);
        if (!loaded.scenario)
            code = std::max(code, loaded.exit_code);
        else if (loaded.scenario->targets.empty())
            throw Failure{kUsage, file + " has no targets, so nothing can be set beside it"};
        else
            scenarios.push_back(std::move(*loaded.scenario));
    }
    if (code != kDone) return code;
    const std::optional<ParameterSets> sets = sets_of(request);

    RunOptions options;
    options.threads =
        request.threads > 0 ? request.threads : std::max(1u, std::thread::hardware_concurrency());
    options.stop = &stop_on_interrupt();
    Progress progress{request};
    std::vector<report::EvidenceRow> rows;
    for (std::size_t i = 0; i < scenarios.size(); ++i) {
        const auto found = rows_of(scenarios[i], sets, options);
        if (!found) return kInterrupted;
        rows.insert(rows.end(), found->begin(), found->end());
        progress.show(i + 1, scenarios.size());
    }
    progress.clear();
    print(request.format == "json" ? report::evidence_json(rows)
          : request.format == "markdown"
              ? report::evidence_markdown(rows)
              : report::evidence_table(rows, {columns(), colour(request), false}));
    const bool missed = std::any_of(rows.begin(), rows.end(), [](const report::EvidenceRow& row) {
        return row.found.against_expectation();
    });
    return missed ? kMissed : kDone;
}

}  // namespace clinicsim::cli
