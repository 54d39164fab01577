#include "clinicsim/report/calibration.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "clinicsim/base/diagnostic.hpp"
#include "clinicsim/report/csv.hpp"
#include "clinicsim/report/json.hpp"
#include "clinicsim/version.hpp"
#include "json_text.hpp"
#include "text.hpp"

namespace clinicsim::report {

namespace {

using Unit = SymptomParameter::Unit;

/// As a scenario would say it; `digits` significant ones.
std::string value_text(const CalibrationParameter& parameter, double value, int digits) {
    switch (parameter.parameter->unit) {
        case Unit::share:
            return fmt::format("{:.{}g} %", value * 100, digits);
        case Unit::days:
            return fmt::format("{:.{}g} days", value, digits);
        case Unit::per_day:
            return fmt::format("{:.{}g} per day", value, digits);
        case Unit::plain:
            break;
    }
    return fmt::format("{:.{}g}", value, digits);
}
std::string range_text(const CalibrationParameter& parameter, const ParameterRange& range) {
    const double scale = parameter.parameter->unit == Unit::share ? 100 : 1;
    return fmt::format("{:.2g} to ", range.low * scale) + value_text(parameter, range.high, 2);
}

double scale_of_unit(const std::string& unit) { return unit == "share" ? 100 : 1; }
std::string unit_text(const std::string& unit) {
    return unit == "share" ? " %" : unit == "ratio" || unit.empty() ? "" : " " + unit;
}
std::string number_of(double value, const std::string& unit) {
    return fmt::format("{:.3g}", value * scale_of_unit(unit));
}

std::string study_of(const Calibration& calibration, const CalibrationTarget& target) {
    std::string name = calibration.studies[target.study].file;
    if (const auto dot = name.rfind(".yaml"); dot != std::string::npos) name.resize(dot);
    return printable(name);
}
std::string name_of(const Calibration& calibration, std::size_t target) {
    const CalibrationTarget& one = calibration.targets[target];
    return study_of(calibration, one) + " " + printable(one.outcome);
}

std::string published_text(const CalibrationTarget& target) {
    const std::string value = number_of(target.value, target.unit);
    return (target.logarithmic ? value + " ×/÷ " + fmt::format("{:.3g}", std::exp(target.sd))
                               : value + " ± " + number_of(target.sd, target.unit)) +
           unit_text(target.unit);
}

std::string simulated_text(const CalibrationTarget& target, const std::optional<double>& found) {
    return found ? number_of(*found, target.unit) : "–";
}

std::string z_text(const Evaluation& evaluation, std::size_t target) {
    return evaluation.simulated[target] ? fmt::format("{:+.1f}", evaluation.z[target])
                                        : "not there";
}

std::string warning_of(const CalibrationFit& fit) {
    if (fit.interrupted)
        return "interrupted: this is the best that was found until then, and the set is not "
               "complete";
    if (!fit.settled)
        return fmt::format(
            "{} evaluations are too few for the sample to have settled (scale reduction {:.2f}; "
            "{:.1f} or less would be): the ranges are rough, and better values may exist",
            fit.evaluations, fit.scale_reduction, kSettled);
    return "";
}

/// "z +1.7".
std::string off(const Evaluation& evaluation, std::size_t target) {
    return "z " + z_text(evaluation, target);
}

std::string opposed_text(const Calibration& calibration, const CalibrationFit& fit,
                         const Pair& pair) {
    return fmt::format(
        "{} ({}) against {} ({}): what brings the one nearer takes the other "
        "farther away (correlation {:+.2f})",
        name_of(calibration, pair.a), off(fit.check, pair.a), name_of(calibration, pair.b),
        off(fit.check, pair.b), pair.correlation);
}

/// "stress presses on its lower bound, 0.001 per day: 34 % of the set …".
std::vector<std::string> pressed_texts(const Calibration& calibration, const CalibrationFit& fit) {
    std::vector<std::string> texts;
    for (const PressedBound& one : pressed_bounds(calibration, fit)) {
        const CalibrationParameter& parameter = calibration.parameters[one.parameter];
        texts.push_back(fmt::format(
            "{} presses on its {} bound, {}: {:.0f} % of the set lie within 5 % of the bounds' "
            "width of it; its range is that of the bounds there, not of the targets",
            parameter.name, one.upper ? "upper" : "lower",
            value_text(parameter, one.upper ? parameter.to : parameter.from, 3), 100 * one.share));
    }
    return texts;
}

constexpr std::size_t kMostPairs = 8, kMostOpposed = 6;

/// Of the fresh sums of the set.
ParameterRange sums_of(const CalibrationFit& fit) {
    CalibrationFit sums;
    sums.best = {0};
    for (const FittingSet& one : fit.set) sums.set.push_back({{one.fresh.sum}, 0, {}});
    return ranges_of(sums).front();
}

}  // namespace

std::string calibration_table(const Calibration& calibration, const CalibrationFit& fit,
                              const TableStyle& style) {
    const auto bold = [&](const std::string& text) {
        return style.colour ? "\x1b[1m" + text + "\x1b[0m" : text;
    };
    std::string out = wrapped(printable(calibration.title), style.columns) + '\n';
    out += fmt::format(
        "{}, seed {}: {} evaluations; all numbers below are fresh, {} patients a "
        "study\n\n",
        printable(calibration.file), calibration.seed, fit.evaluations, calibration.check_patients);
    Lines lines{{bold("number"), "published", "simulated", "z", "now", "z"}};
    for (std::size_t t = 0; t < calibration.targets.size(); ++t) {
        const CalibrationTarget& target = calibration.targets[t];
        lines.push_back({name_of(calibration, t), published_text(target),
                         simulated_text(target, fit.check.simulated[t]), z_text(fit.check, t),
                         simulated_text(target, fit.present.simulated[t]), z_text(fit.present, t)});
    }
    lines.push_back({"sum of squared z", "", "", fmt::format("{:.1f}", fit.check.sum), "",
                     fmt::format("{:.1f}", fit.present.sum)});
    out += columns_of(lines);

    const auto ranges = ranges_of(fit);
    lines = {{bold("parameter"), "best", "2.5 to 97.5 % of the set", "now", "bounds"}};
    for (std::size_t k = 0; k < calibration.parameters.size(); ++k) {
        const CalibrationParameter& parameter = calibration.parameters[k];
        lines.push_back({parameter.name, value_text(parameter, fit.best[k], 3),
                         ranges.empty() ? "" : range_text(parameter, ranges[k]),
                         value_text(parameter, parameter.start, 3),
                         range_text(parameter, {parameter.from, 0, parameter.to})});
    }
    out += '\n' + columns_of(lines);
    if (!fit.set.empty()) {
        const ParameterRange sums = sums_of(fit);
        out += fmt::format(
            "The set: {} sets of parameters ({} distinct), with sums of {:.0f} to {:.0f} (median "
            "{:.0f}).\n",
            fit.set.size(), distinct_sets(fit), sums.low, sums.high, sums.middle);
    }
    if (const auto pairs = tied_parameters(fit, kMostPairs); !pairs.empty()) {
        out += '\n' + bold("known together only") + '\n';
        for (const Pair& pair : pairs)
            out += fmt::format("  {} and {}: {:+.2f}\n", calibration.parameters[pair.a].name,
                               calibration.parameters[pair.b].name, pair.correlation);
    }
    if (const auto pairs = opposed_targets(fit, kMostOpposed); !pairs.empty()) {
        out += '\n' + bold("targets that pull against each other") + '\n';
        for (const Pair& pair : pairs)
            out += "  " + wrapped(opposed_text(calibration, fit, pair), style.columns, 4) + '\n';
    }
    for (const std::string& text : pressed_texts(calibration, fit))
        out += "\nwarning: " + wrapped(text, style.columns) + '\n';
    if (const std::string warning = warning_of(fit); !warning.empty())
        out += "\nwarning: " + wrapped(warning, style.columns) + '\n';
    return out;
}

std::string calibration_json(const Calibration& calibration, const CalibrationFit& fit) {
    const auto number = [](std::optional<double> value) {
        return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
    };
    Json all{{"clinicsim", kVersion},
             {"format", kResultFormat},
             {"calibration",
              {{"title", calibration.title},
               {"file", calibration.file},
               {"sha256", calibration.sha256}}},
             {"seed", calibration.seed},
             {"evaluations", fit.evaluations},
             {"patients", calibration.check_patients},
             {"sum_of_squared_z", fit.check.sum},
             {"sum_of_squared_z_now", fit.present.sum},
             {"targets", Json::array()},
             {"parameters", Json::array()},
             {"set", Json::object()},
             {"known_together", Json::array()},
             {"opposed", Json::array()},
             {"settled", fit.settled},
             {"scale_reduction", number(fit.scale_reduction)},
             {"accepted", fit.accepted}};
    for (std::size_t t = 0; t < calibration.targets.size(); ++t) {
        const CalibrationTarget& target = calibration.targets[t];
        Json one{{"study", calibration.studies[target.study].file},
                 {"outcome", target.outcome},
                 {"unit", target.unit},
                 {"published", target.value},
                 {"sd", target.sd},
                 {"scale", target.logarithmic ? "log" : "plain"},
                 {"simulated", number(fit.check.simulated[t])},
                 {"z", fit.check.z[t]},
                 {"simulated_now", number(fit.present.simulated[t])},
                 {"z_now", fit.present.z[t]},
                 {"source", target.source}};
        if (!target.policy.empty()) one["policy"] = target.policy;
        all["targets"].push_back(std::move(one));
    }
    const auto ranges = ranges_of(fit);
    for (std::size_t k = 0; k < calibration.parameters.size(); ++k) {
        const CalibrationParameter& parameter = calibration.parameters[k];
        Json one{{"name", parameter.name},
                 {"best", fit.best[k]},
                 {"now", parameter.start},
                 {"from", parameter.from},
                 {"to", parameter.to}};
        if (!ranges.empty()) {
            one["median"] = ranges[k].middle;
            one["range95"] = Json::array({ranges[k].low, ranges[k].high});
        }
        all["parameters"].push_back(std::move(one));
    }
    all["set"]["size"] = fit.set.size();
    all["set"]["distinct"] = distinct_sets(fit);
    for (const PressedBound& one : pressed_bounds(calibration, fit))
        all["pressed_bounds"].push_back({{"parameter", calibration.parameters[one.parameter].name},
                                         {"bound", one.upper ? "upper" : "lower"},
                                         {"share", one.share}});
    if (!fit.set.empty()) {
        const ParameterRange sums = sums_of(fit);
        all["set"]["sums95"] = Json::array({sums.low, sums.high});
        all["set"]["sum_median"] = sums.middle;
    }
    for (const Pair& pair : tied_parameters(fit, kMostPairs))
        all["known_together"].push_back(
            {{"parameters",
              {calibration.parameters[pair.a].name, calibration.parameters[pair.b].name}},
             {"correlation", pair.correlation}});
    for (const Pair& pair : opposed_targets(fit, kMostOpposed))
        all["opposed"].push_back({{"targets", {pair.a, pair.b}},
                                  {"correlation", pair.correlation},
                                  {"text", opposed_text(calibration, fit, pair)}});
    if (const std::string warning = warning_of(fit); !warning.empty()) all["warning"] = warning;
    if (fit.interrupted) all["interrupted"] = true;
    return json_text(all);
}

// --- files ---------------------------------------------------------------------------------------

namespace {

std::string provenance(const Calibration& calibration, const CalibrationFit& fit,
                       const std::string& command) {
    std::string out = fmt::format(
        "# {}\n# made by: {}\n# clinicsim {}, seed {}, {} evaluations; sha256 of what was asked "
        "{}\n"
        "# sum of squared z over {} numbers, fresh, {} patients a study: {:.1f}\n",
        printable(calibration.title), printable(command), kVersion, calibration.seed,
        fit.evaluations, calibration.sha256, calibration.targets.size(), calibration.check_patients,
        fit.check.sum);
    for (const std::string& text : pressed_texts(calibration, fit))
        out += "# warning: " + text + '\n';
    if (const std::string warning = warning_of(fit); !warning.empty())
        out += "# warning: " + warning + '\n';
    return out;
}

std::string course_yaml(const Calibration& calibration, const CalibrationFit& fit,
                        const std::string& header) {
    std::string out = header;
    const auto ranges = ranges_of(fit);
    out += "courses:\n  usual_care:\n    symptom:\n";
    for (std::size_t k = 0; k < calibration.parameters.size(); ++k) {
        const CalibrationParameter& parameter = calibration.parameters[k];
        out += "      " + parameter.name + ": " + value_text(parameter, fit.best[k], 10);
        if (!ranges.empty()) out += "  # 95 % of the set: " + range_text(parameter, ranges[k]);
        out += '\n';
    }
    return out;
}

std::string posterior_csv(const Calibration& calibration, const CalibrationFit& fit,
                          const std::string& header) {
    std::string out = header + "# shares as fractions, times in days, frequencies per day\n", names;
    for (const CalibrationParameter& parameter : calibration.parameters)
        names += (names.empty() ? "" : ",") + parameter.name;
    out += names + '\n';
    for (const FittingSet& one : fit.set) {
        std::string row;
        for (const double value : one.values) row += (row.empty() ? "" : ",") + shortest(value);
        out += row + '\n';
    }
    return out;
}

std::string sets_csv(const Calibration& calibration, const CalibrationFit& fit) {
    std::string out;
    for (const CalibrationParameter& parameter : calibration.parameters)
        out += parameter.name + ',';
    out += "sum_of_the_search,sum_fresh";
    for (std::size_t t = 0; t < calibration.targets.size(); ++t) {
        std::string name = name_of(calibration, t);
        std::replace(name.begin(), name.end(), ' ', '.');
        out += ',' + csv_cell(name);
    }
    out += '\n';
    for (const FittingSet& one : fit.set) {
        for (const double value : one.values) out += shortest(value) + ',';
        out += fmt::format("{:.2f},{:.2f}", one.sum, one.fresh.sum);
        for (const auto& simulated : one.fresh.simulated)
            out += ',' + (simulated ? fmt::format("{:.4g}", *simulated) : std::string{});
        out += '\n';
    }
    return out;
}

std::string fit_csv(const Calibration& calibration, const CalibrationFit& fit) {
    std::string out =
        "study,outcome,policy,unit,published,sd,scale,simulated,z,simulated_now,z_now,source\n";
    for (std::size_t t = 0; t < calibration.targets.size(); ++t) {
        const CalibrationTarget& target = calibration.targets[t];
        out += csv_cell(calibration.studies[target.study].file) + ',' + csv_cell(target.outcome) +
               ',' + csv_cell(target.policy) + ',' + target.unit + ',' + shortest(target.value) +
               ',' + shortest(target.sd) + ',' + (target.logarithmic ? "log" : "plain") + ',' +
               shortest(fit.check.simulated[t]) + fmt::format(",{:.2f},", fit.check.z[t]) +
               shortest(fit.present.simulated[t]) + fmt::format(",{:.2f},", fit.present.z[t]) +
               csv_cell(target.source) + '\n';
    }
    return out;
}

}  // namespace

std::vector<ResultFile> calibration_files(const Calibration& calibration, const CalibrationFit& fit,
                                          const std::string& command) {
    const std::string header = provenance(calibration, fit, command);
    return {{"course.yaml", course_yaml(calibration, fit, header)},
            {"posterior.csv", posterior_csv(calibration, fit, header)},
            {"sets.csv", sets_csv(calibration, fit)},
            {"fit.csv", fit_csv(calibration, fit)}};
}

}  // namespace clinicsim::report
