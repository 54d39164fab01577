// clinicsim calibrate: parameters of the symptom course, fitted to published numbers.
#include "clinicsim/experiment/calibrate.hpp"

#include <cstdio>
#include <thread>

#include "clinicsim/observe/metrics.hpp"
#include "clinicsim/report/calibration.hpp"
#include "commands.hpp"
#include "failure.hpp"
#include "interrupt.hpp"
#include "terminal.hpp"

namespace clinicsim::cli {

namespace {

CalibrationResult read(const Request& request) {
    std::vector<MetricUnit> metrics;
    for (const MetricRow& row : metric_rows())
        metrics.push_back({std::string{row.name}, std::string{row.unit}});
    CalibrationResult found = read_calibration(request.files.front(), request.overrides, metrics);
    for (const Diagnostic& diagnostic : found.diagnostics)
        std::fputs(text(diagnostic).c_str(), stderr);
    return found;
}

std::string quoted(const std::string& word) {
    if (word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                               "_-./=%,") == std::string::npos)
        return word;
    std::string text = "'";
    for (const char c : word) text += c == '\'' ? std::string{"'\\''"} : std::string{c};
    return text + '\'';
}

/// The line that gives the same result, wherever the file lies.
std::string command_of(const Request& request, const Calibration& calibration,
                       std::uint64_t evaluations) {
    std::string line = "clinicsim calibrate " + quoted(calibration.file) + " --evaluations " +
                       std::to_string(evaluations);
    for (const Override& one : request.overrides)
        line += " --set " + quoted(one.path + "=" + one.value);
    return line;
}

}  // namespace

int calibrate(const Request& request) {
    const CalibrationResult found = read(request);
    if (!found.calibration) return found.unreadable ? kFile : kWrong;
    const bool writes = !request.folder.empty();
    if (writes) report::check_new_folder(request.folder);  // before the work, not after

    CalibrateOptions options;
    options.evaluations = request.evaluations;
    if (request.budget) options.budget_seconds = *request.budget;
    options.threads =
        request.threads > 0 ? request.threads : std::max(1u, std::thread::hardware_concurrency());
    options.stop = &stop_on_interrupt();
    Progress progress{request};
    options.progress = [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); };
    const CalibrationFit fit = clinicsim::calibrate(*found.calibration, options);
    progress.clear();

    int code = fit.interrupted ? kInterrupted : fit.settled ? kDone : kNotReached;
    if (writes) {
        try {
            report::write_new_folder(request.folder,
                                     report::calibration_files(
                                         *found.calibration, fit,
                                         command_of(request, *found.calibration, fit.evaluations)));
        } catch (const report::FileError& error) {
            say(error.what());  // the fit is still worth printing
            code = kFile;
        }
    }
    print(request.format == "json"
              ? report::calibration_json(*found.calibration, fit)
              : report::calibration_table(*found.calibration, fit,
                                          {columns(), colour(request), false}));
    return code;
}

}  // namespace clinicsim::cli
