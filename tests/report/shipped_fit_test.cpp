// The shipped result of the calibration is what the program writes of the shipped sets and numbers:
// whatever the program learns to say of a fit, the files in scenarios/ say it, too, without another
// search. CLINICSIM_UPDATE_GOLDEN=1 writes them anew; read the difference before you keep it.
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

#include <gtest/gtest.h>

#include "clinicsim/observe/metrics.hpp"
#include "clinicsim/report/calibration.hpp"

namespace clinicsim::report {
namespace {

const std::string kScenarios = std::string{CLINICSIM_SOURCE_DIR} + "/scenarios/";
const std::string kResult = kScenarios + "calibration/result/";

std::string content_of(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    EXPECT_TRUE(in) << path;
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// The cells of every line after the headings. Only the last one may be quoted, and is not needed.
std::vector<std::vector<std::string>> rows_of(const std::string& path) {
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines{content_of(path)};
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        rows.emplace_back();
        std::istringstream cells{line};
        for (std::string cell; std::getline(cells, cell, ',');) rows.back().push_back(cell);
    }
    return rows;
}

std::string match(const std::string& text, const std::string& pattern) {
    std::smatch found;
    EXPECT_TRUE(std::regex_search(text, found, std::regex{pattern})) << pattern;
    return found.empty() ? "" : found[1].str();
}

Calibration calibration_of_the_project() {
    std::vector<MetricUnit> metrics;
    for (const MetricRow& row : metric_rows())
        metrics.push_back({std::string{row.name}, std::string{row.unit}});
    const CalibrationResult read =
        read_calibration(kScenarios + "calibration/symptom_course.yaml", {}, metrics);
    EXPECT_TRUE(read.calibration);
    return read.calibration.value_or(Calibration{});
}

CalibrationFit shipped_fit(const Calibration& calibration) {
    CalibrationFit fit;
    for (const auto& parameter : calibration.parameters)
        fit.best.push_back(parameter.parameter->value);
    const std::size_t values = fit.best.size();
    for (const auto& cells : rows_of(kResult + "sets.csv")) {
        FittingSet& set = fit.set.emplace_back();
        for (std::size_t k = 0; k < values; ++k) set.values.push_back(std::stod(cells.at(k)));
        set.sum = std::stod(cells.at(values));
        set.fresh.sum = std::stod(cells.at(values + 1));
        for (std::size_t k = values + 2; k < cells.size(); ++k)
            set.fresh.simulated.push_back(std::stod(cells[k]));
        EXPECT_EQ(set.fresh.simulated.size(), calibration.targets.size());
    }
    const auto rows = rows_of(kResult + "fit.csv");
    EXPECT_EQ(rows.size(), calibration.targets.size());
    for (std::size_t t = 0; t < std::min(rows.size(), calibration.targets.size()); ++t) {
        const CalibrationTarget& target = calibration.targets[t];
        const auto take = [&](Evaluation& evaluation, std::size_t cell) {
            const double simulated = std::stod(rows[t].at(cell));
            const double z = target.logarithmic ? std::log(simulated / target.value) / target.sd
                                                : (simulated - target.value) / target.sd;
            EXPECT_NEAR(z, std::stod(rows[t].at(cell + 1)), 0.0051) << target.outcome;
            evaluation.simulated.push_back(simulated);
            evaluation.z.push_back(z);
            evaluation.sum += std::min(z * z, kFarthest * kFarthest);
        };
        take(fit.check, 7);
        take(fit.present, 9);
    }
    return fit;
}

TEST(ShippedFit, IsWhatTheProgramWritesOfTheShippedSets) {
    Calibration calibration = calibration_of_the_project();
    CalibrationFit fit = shipped_fit(calibration);
    ASSERT_EQ(fit.set.size(), 200u);
    ASSERT_EQ(fit.check.z.size(), calibration.targets.size());
    // what the search alone knew stands in the head of the file
    const std::string head = content_of(kResult + "course.yaml");
    fit.settled = head.find("have settled") == std::string::npos;
    fit.evaluations = std::stoull(match(head, "seed 1, ([0-9]+) evaluations"));
    calibration.sha256 = match(head, "sha256 of what was asked ([0-9a-f]{64})");
    const std::string command = match(head, "# made by: ([^\n]+)");

    for (const ResultFile& file : calibration_files(calibration, fit, command)) {
        std::vector<std::string> places{kResult + file.name};
        if (file.name == "posterior.csv")
            places.push_back(kScenarios + "lessons/fits_about_as_well.csv");
        for (const std::string& place : places) {
            if (std::getenv("CLINICSIM_UPDATE_GOLDEN") != nullptr)
                std::ofstream{place, std::ios::binary} << file.bytes;
            EXPECT_EQ(content_of(place), file.bytes) << place;
        }
    }
}

TEST(ShippedFit, SaysInItsHeadWhatPressesOnABound) {
    for (const char* name : {"course.yaml", "posterior.csv"})
        EXPECT_NE(content_of(kResult + name)
                      .find("# warning: usual_care_half_life presses on its upper bound, 12: "),
                  std::string::npos)
            << name;
}

}  // namespace
}  // namespace clinicsim::report
