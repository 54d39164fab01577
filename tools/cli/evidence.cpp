// clinicsim evidence: published numbers beside simulated ones, study by study.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <thread>

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

/// Where the studies are that come with the program: beside the launcher, which says where that
/// is, or below the present folder.
std::string own_studies() {
    const char* root = std::getenv("CLINICSIM_ROOT");
    return (fs::path{root != nullptr ? root : "."} / "scenarios" / "evidence").string();
}

/// Files as they are, folders as the scenarios in them, by name.
std::vector<std::string> files_of(std::vector<std::string> names) {
    if (names.empty()) names.push_back(own_studies());
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

    RunOptions options;
    options.threads =
        request.threads > 0 ? request.threads : std::max(1u, std::thread::hardware_concurrency());
    options.stop = &stop_on_interrupt();
    Progress progress{request};
    std::vector<report::EvidenceRow> rows;
    for (std::size_t i = 0; i < scenarios.size(); ++i) {
        const Scenario& scenario = scenarios[i];
        bool interrupted = false;
        std::vector<report::EvidenceRow> found;
        if (scenario.study) {
            const StudyResult study = run_study(scenario, options);
            interrupted = study.interrupted;
            found = report::evidence_rows(study);
        } else {
            const Comparison comparison = run_comparison(scenario, options);
            interrupted = comparison.interrupted;
            found = report::evidence_rows(comparison);
        }
        if (interrupted) return kInterrupted;
        rows.insert(rows.end(), found.begin(), found.end());
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
