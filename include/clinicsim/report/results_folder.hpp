// The files of `-o DIR`: written so that each is there whole or not at all, and so that no run ever
// writes over another.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "clinicsim/experiment/results.hpp"
#include "clinicsim/scenario/scenario.hpp"

namespace clinicsim::report {

/// A file or folder that could not be read or written, or that is not ours to write.
struct FileError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct ResultFile {
    std::string name, bytes;
};

/// How the program was built.
struct Build {
    std::string compiler, flags;
};

/// What is to be run, before it is.
struct RunPlan {
    const Scenario& scenario;
    std::vector<std::string> policies;  // in the order of the scenario
    std::optional<double> precision;    // relative, where one is asked for
    Build build;
};

/// How far a run went.
struct Finished {
    std::uint32_t replications = 0, asked = 0;
    bool interrupted = false;
};

/// manifest.json: what was run and what it was built with, the resolved scenario in full.
/// `finished` is none before the run.
std::string manifest_json(const RunPlan& plan, const Finished* finished);
/// manifest.json, summary.json, summary.csv, replications.csv, differences.csv, and chair_use.csv
/// where it was observed: they depend on the scenario and the options alone.
std::vector<ResultFile> result_files(const RunPlan& plan, const Comparison& comparison);

/// Throws FileError where the folder cannot be used for this run: it cannot be made or written to,
/// holds another run, or holds files that no run of ours wrote. Changes nothing.
void check_results_folder(const std::string& folder, const RunPlan& plan);
/// Makes the folder where it is missing and writes the files, all of them into hidden files first,
/// then by renaming, manifest.json last. After a FileError the folder is as it was before.
void write_results_folder(const std::string& folder, const RunPlan& plan,
                          const std::vector<ResultFile>& files);

/// The same for files that are no run's: into a new folder or an empty one. Throws FileError.
void check_new_folder(const std::string& folder);
void write_new_folder(const std::string& folder, const std::vector<ResultFile>& files);

}  // namespace clinicsim::report
