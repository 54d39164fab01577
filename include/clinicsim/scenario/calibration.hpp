// What `clinicsim calibrate` is asked: which parameters of the symptom course are free and within
// which bounds, which published numbers they should meet, and how hard each of them counts. Typed,
// checked, complete; `read_calibration` is the only way to get one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clinicsim/care/symptom_defaults.hpp"
#include "clinicsim/scenario/scenario.hpp"

namespace clinicsim {

struct CalibrationParameter {
    std::string name;
    const SymptomParameter* parameter = nullptr;  // never null
    double from = 0, to = 1;                      // from < to, in the parameter's own unit
    double start = 0;                             // as it is now, put within the bounds
};

/// A published number and how far from it counts as one: z = (simulated - value) / sd, or
/// ln(simulated / value) / sd where `logarithmic`.
struct CalibrationTarget {
    std::size_t study = 0;       // into Calibration::studies
    std::string outcome;         // of the study; a metric where the scenario has no study
    std::size_t outcome_at = 0;  // into study->outcomes; unused for a metric
    std::string policy;          // of a scenario without a study
    std::string unit;            // "share", "days", …
    double value = 0, sd = 1;    // in that unit; the sd of a logarithm is a plain number
    bool logarithmic = false;
    std::string source;
};

struct Calibration {
    std::string title;
    std::string file;            // its name without folders
    std::string sha256;          // of the file with its defaults, and of the studies'
    std::uint64_t seed = 1;      // of the search; fresh numbers come from it, too
    std::uint32_t patients = 0;  // per study and evaluation, on average over the studies
    std::vector<CalibrationParameter> parameters;  // at least one
    std::vector<Scenario> studies;                 // each once, in the order of the targets
    std::vector<CalibrationTarget> targets;        // at least one
    std::uint32_t check_patients = 0;              // of the numbers that are quoted
    std::uint32_t set_size = 0;                    // parameter sets that fit about as well
};

struct CalibrationResult {
    std::optional<Calibration> calibration;  // none when `diagnostics` has errors
    Diagnostics diagnostics;                 // of the file and of the studies that it names
    bool unreadable = false;
};

/// Reads the file and the scenarios that its targets name (in its folder, or in a folder beside
/// its folder), as strictly as a scenario is read. `metrics` as for read_scenario.
CalibrationResult read_calibration(const std::string& path,
                                   const std::vector<Override>& overrides = {},
                                   const std::vector<MetricUnit>& metrics = {});

/// The course with the parameters in it that `values` names, where the course leaves them at their
/// default; one that names another value keeps it. `values` in the order of the parameters.
SymptomCourse calibrated(const SymptomCourse& course,
                         const std::vector<CalibrationParameter>& parameters,
                         const std::vector<double>& values);

}  // namespace clinicsim
