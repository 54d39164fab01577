// The file of a calibration: its rows, and how it is read. It is no scenario, so its sections are
// not among those of `explain` and of the JSON Schema.
#include <algorithm>
#include <filesystem>

#include "clinicsim/scenario/calibration.hpp"
#include "files.hpp"
#include "overrides.hpp"
#include "parse_yaml.hpp"
#include "reader.hpp"
#include "resolved.hpp"
#include "words.hpp"

namespace clinicsim {
namespace reading {
namespace {

namespace fs = std::filesystem;

constexpr std::array kCalibrationRows{
    KeyRow{"clinicsim_calibration", "whole number 1..1",
           "version of the format; this program reads 1", "required", "1"},
    KeyRow{"title", "text", "one line that stands above the results", "untitled",
           "The symptom course, to the studies"},
    KeyRow{"seed", "whole number", "of the search; what is quoted has fresh random numbers", "1",
           "7"},
    KeyRow{"patients", "whole number 10..1000000",
           "per study and evaluation, on average: each study in proportion to its own number",
           "1500", "1500"},
    KeyRow{"parameters", "map of {free_parameter}",
           "parameters of the symptom course, with their bounds", "required",
           "{slow_gain: {from: 5 %, to: 60 %}}"},
    KeyRow{"targets", "list of {published_number}", "the numbers to meet", "required",
           "[{study: murrough_2013.yaml, outcome: response, value: 70.8 %, sd: 7 %}]"},
    KeyRow{"check", "{calibration_check}", "how the result is checked with fresh random numbers",
           "{}", "{patients: 24000}"},
    KeyRow{"set", "{calibration_set}", "parameter sets that fit about as well", "{}",
           "{size: 200}"},
};
// the bounds' types are those of the parameters
constexpr std::array kFreeRows{
    KeyRow{"from", "text", "lower bound, in the parameter's unit", "required", "0.5"},
    KeyRow{"to", "text", "upper bound", "required", "2.5"},
};
constexpr std::array kNumberRows{
    KeyRow{"study", "text", "the scenario that it is read off, as a file", "required",
           "../evidence/murrough_2013.yaml"},
    KeyRow{"outcome", "text", "an outcome of the study, or a metric of a scenario without one",
           "required", "median_days_to_relapse"},
    KeyRow{"policy", "text", "of a scenario without a study: under which policy", "", "as_needed"},
    KeyRow{"value", "measure", "the published number", "required", "18 days"},
    KeyRow{"sd", "measure",
           "how far off counts as one: in the number's unit, or of its logarithm, a plain number",
           "required", "0.20"},
    KeyRow{"scale", "one of plain, log", "how distance is measured", "plain", "log"},
    KeyRow{"source", "text", "where the number comes from", "", "Murrough 2013"},
};
constexpr std::array kCheckRows{
    KeyRow{"patients", "whole number 10..10000000", "per study, on average", "24000", "24000"},
};
constexpr std::array kSetRows{
    KeyRow{"size", "whole number 2..10000", "how many sets are kept", "200", "200"},
};

constexpr Section kCalibrationSection{"calibration", "", "a calibration", kCalibrationRows};
constexpr Section kFreeSection{"free_parameter", "parameters.NAME", "bounds of a free parameter",
                               kFreeRows};
constexpr Section kNumberSection{"published_number", "targets.N", "a number to meet", kNumberRows};
constexpr Section kCheckSection{"calibration_check", "check", "the check", kCheckRows};
constexpr Section kSetSection{"calibration_set", "set", "the set", kSetRows};

/// These share a bound (kMostStress), so a box of them would hold courses that cannot be.
constexpr std::array<std::string_view, 3> kNeverFree{"season", "therapy_stress",
                                                     "stressful_factor"};

double in_unit(const Value& value, SymptomParameter::Unit unit) {
    using Unit = SymptomParameter::Unit;
    const auto typed = [&](std::string_view type) {
        return Value{value.context(), value.node(), value.path(), type};
    };
    switch (unit) {
        case Unit::share:
            return typed("share 0..10").share();
        case Unit::days:
            return typed("days").days();
        case Unit::per_day:
            return typed("frequency").per_day();
        case Unit::plain:
            break;
    }
    return typed("number").number();
}

/// A number in the unit of an outcome; reports what does not fit.
double measure(const Value& value, std::string_view unit) {
    if (!value.is_scalar()) {
        value.misfit();
        return 1;
    }
    const std::string& text = value.node().text;
    const auto finish = [&](const Parsed<double>& parsed) {
        if (!parsed.fits) value.misfit(parsed.why);
        return parsed.fits ? parsed.value : 1;
    };
    if (unit == "share") return finish(parse_per_cent(text));
    if (unit == "days") return finish(parse_days(text));
    return finish(parse_number(text));
}

class Reader {
  public:
    Reader(Context& context, const std::vector<MetricUnit>& metrics, std::string shown_folder)
        : context_{context}, metrics_{metrics}, shown_folder_{std::move(shown_folder)} {}

    void read(const Value& root) {
        MapReader map{root, kCalibrationSection};
        if (const Value version = map.take("clinicsim_calibration")) version.whole();
        if (const Value title = map.take("title")) result.title = title.text();
        if (const Value seed = map.take("seed")) result.seed = seed.whole();
        if (const Value patients = map.take("patients"))
            result.patients = static_cast<std::uint32_t>(patients.whole());
        const Value parameters = map.take("parameters");
        if (parameters) read_parameters(parameters);
        const Value targets = map.take("targets");
        if (targets) read_targets(targets);
        if (const Value check = map.take("check")) {
            MapReader inner{check, kCheckSection};
            if (const Value patients = inner.take("patients"))
                result.check_patients = static_cast<std::uint32_t>(patients.whole());
        }
        if (const Value set = map.take("set")) {
            MapReader inner{set, kSetSection};
            if (const Value size = inner.take("size"))
                result.set_size = static_cast<std::uint32_t>(size.whole());
        }
        if (!context_.has_faults()) check_use(parameters);
    }

    Calibration result;
    Diagnostics of_studies;

  private:
    void read_parameters(const Value& value) {
        std::vector<std::string_view> known;
        for (const SymptomParameter& one : symptom_parameters()) known.push_back(one.name);
        for (const auto& [name, bounds] : value.named()) {
            CalibrationParameter free{.name = name, .parameter = symptom_parameter(name)};
            if (free.parameter == nullptr) {
                bounds.fault("there is no parameter '" + name + "'" +
                             advice(name, known, "parameters"));
                continue;
            }
            if (std::count(kNeverFree.begin(), kNeverFree.end(), name) != 0)
                bounds.fault(
                    "season, therapy_stress and stressful_factor share a bound and cannot be free");
            read_bounds(bounds, free);
            result.parameters.push_back(std::move(free));
        }
        if (value.is_map() && value.node().entries.empty()) value.fault("name at least one");
    }

    void read_bounds(const Value& bounds, CalibrationParameter& free) {
        const double lowest = free.parameter->lowest, highest = free.parameter->highest;
        const std::size_t before = context_.fault_count();
        MapReader map{bounds, kFreeSection};
        const auto read = [&](std::string_view key, double& bound) {
            const Value value = map.take(key);
            if (!value) return;
            const std::size_t faults = context_.fault_count();
            bound = in_unit(value, free.parameter->unit);
            if (context_.fault_count() == faults && (bound < lowest || bound > highest))
                value.fault(number_text(bound) + " is out of range for " + free.name + ", " +
                            number_text(lowest) + " to " + number_text(highest));
        };
        read("from", free.from);
        read("to", free.to);
        if (context_.fault_count() == before && map.readable() && !(free.from < free.to))
            map.fault("from must be less than to");
    }

    void read_targets(const Value& targets) {
        for (const Value& item : targets.items()) {
            CalibrationTarget target;
            MapReader map{item, kNumberSection};
            const Value study = map.take("study"), outcome = map.take("outcome");
            const Value policy = map.take("policy"), value = map.take("value");
            const Value sd = map.take("sd");
            if (const Value scale = map.take("scale")) target.logarithmic = scale.choice() == 1;
            if (const Value source = map.take("source")) target.source = source.text();
            if (!study || !outcome || !study.is_scalar()) {
                if (study && !study.is_scalar()) study.misfit();
                continue;
            }
            const auto found = study_at(study);
            if (!found) continue;
            target.study = *found;
            const Scenario& scenario = result.studies[*found];
            if (!read_outcome(outcome, scenario, target)) continue;
            read_policy(map, policy, scenario, target);
            if (value) target.value = measure(value, target.unit);
            if (value && target.logarithmic && !(target.value > 0))
                value.fault("a number on a logarithmic scale is over 0");
            if (sd)
                target.sd = target.logarithmic
                                ? Value{context_, sd.node(), sd.path(), "number"}.number()
                                : measure(sd, target.unit);
            if (sd && !(target.sd > 0)) sd.fault("it must be over 0");
            result.targets.push_back(std::move(target));
        }
        if (targets.is_list() && targets.node().items.empty()) targets.fault("name at least one");
    }

    /// Its index; nothing where it has faults, which are reported once.
    std::optional<std::size_t> study_at(const Value& value) {
        const auto path = resolve(context_, value.node().place, value.path(), value.node().text);
        if (!path) return std::nullopt;
        const auto known = std::find(paths_.begin(), paths_.end(), *path);
        const auto at = static_cast<std::size_t>(known - paths_.begin());
        if (known != paths_.end()) return indices_[at];
        paths_.push_back(*path);
        const fs::path shown = fs::path{shown_folder_} / value.node().text;
        ReadResult read = read_scenario(shown.lexically_normal().string(), {}, metrics_);
        of_studies.insert(of_studies.end(), read.diagnostics.begin(), read.diagnostics.end());
        context_.unreadable |= read.unreadable;
        if (!read.scenario) {
            value.fault("this scenario has faults of its own");
            indices_.push_back(std::nullopt);
            return std::nullopt;
        }
        indices_.push_back(result.studies.size());
        result.studies.push_back(std::move(*read.scenario));
        return indices_.back();
    }

    bool read_outcome(const Value& value, const Scenario& scenario, CalibrationTarget& target) {
        target.outcome = value.text();
        std::vector<std::string> names;
        std::vector<std::string> units;
        if (scenario.study) {
            for (const StudyOutcome& one : scenario.study->outcomes) {
                names.push_back(one.name);
                units.emplace_back(unit_of(one));
            }
        } else {
            for (const MetricUnit& one : metrics_) {
                names.push_back(one.name);
                units.push_back(one.unit);
            }
        }
        const bool study = scenario.study.has_value();
        const auto at =
            value.reference(names, study ? "outcome" : "metric", study ? "outcomes" : "metrics");
        if (!at) return false;
        target.outcome_at = *at;
        target.unit = units[*at];
        return true;
    }

    void read_policy(MapReader& map, const Value& value, const Scenario& scenario,
                     CalibrationTarget& target) {
        if (scenario.study) {
            if (value) value.fault("a study has no policies");
            return;
        }
        if (!value) {
            map.fault("policy is missing: the scenario has no study, so name one of its policies");
            return;
        }
        std::vector<std::string> names;
        for (const PolicyModel& one : scenario.policies) names.push_back(one.choice.name);
        if (const auto at = value.reference(names, "policy", "policies"))
            target.policy = names[*at];
    }

    /// Every free parameter moves something, and starts from where it is now.
    void check_use(const Value& parameters) {
        for (CalibrationParameter& free : result.parameters) {
            const bool is_dose = free.parameter->field == &SymptomCourse::nasal_dose;
            if (is_dose ? !gives_nasal_doses() : !is_left_open(*free.parameter)) {
                const Entry* entry = parameters.node().find(free.name);
                context_.fault(entry->place, "parameters." + free.name,
                               is_dose ? "no study has infusions with dose: nasal"
                                       : "no study leaves it open: every course names another "
                                         "value");
                continue;
            }
            free.start = std::clamp(free.parameter->value, free.from, free.to);
        }
    }

    bool is_left_open(const SymptomParameter& parameter) const {
        for (const Scenario& study : result.studies)
            for (const Course& course : study.model.patients.courses)
                if (const auto* symptom = std::get_if<SymptomCourse>(&course.law))
                    if (symptom->*parameter.field == parameter.value) return true;
        return false;
    }

    bool gives_nasal_doses() const {
        for (const Scenario& scenario : result.studies)
            if (scenario.study)
                for (const StudyPhase& phase : scenario.study->phases)
                    for (std::size_t arm = 0; arm < phase.arm_count(); ++arm)
                        if (const auto* given = phase.infusions_in(arm); given && given->nasal)
                            return true;
        return false;
    }

    Context& context_;
    const std::vector<MetricUnit>& metrics_;
    std::string shown_folder_;
    std::vector<std::string> paths_;                   // of studies, as they really lie
    std::vector<std::optional<std::size_t>> indices_;  // of the same; nothing after a fault
};

}  // namespace
}  // namespace reading

CalibrationResult read_calibration(const std::string& path, const std::vector<Override>& overrides,
                                   const std::vector<MetricUnit>& metrics) {
    using namespace reading;
    namespace fs = std::filesystem;
    const FileText file = read_file(path, kLargestFile);
    if (!file.text)
        return {.diagnostics = {{.file = path, .message = "the file " + file.why}},
                .unreadable = true};
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    const fs::path folder = real.parent_path();
    Context context;
    context.folder = folder.parent_path().string();
    const int source = context.add_source({path, *file.text, folder.string()});
    Node tree = parse_yaml(context, source);
    CalibrationResult result;
    Diagnostics of_studies;
    if (tree.kind != Node::Kind::map) {
        if (!context.has_faults())
            context.fault(
                {source, 1, 1}, "",
                "expected a mapping, such as clinicsim_calibration: 1; " + found_text(tree));
    } else {
        apply_overrides(context, tree, overrides);
        Reader reader{context, metrics, fs::path{path}.parent_path().string()};
        reader.read(Value{context, tree, "", "{calibration}"});
        of_studies = std::move(reader.of_studies);
        if (!context.has_faults()) {
            result.calibration = std::move(reader.result);
            result.calibration->file = fs::path{path}.filename().string();
            std::string all = canonical_json(tree);
            for (const Scenario& study : result.calibration->studies) all += study.sha256;
            result.calibration->sha256 = sha256(all);
        }
    }
    result.unreadable = context.unreadable;
    result.diagnostics = context.take_diagnostics();
    result.diagnostics.insert(result.diagnostics.end(), of_studies.begin(), of_studies.end());
    sort(result.diagnostics);
    return result;
}

SymptomCourse calibrated(const SymptomCourse& course,
                         const std::vector<CalibrationParameter>& parameters,
                         const std::vector<double>& values) {
    std::vector<const SymptomParameter*> free;
    for (const CalibrationParameter& one : parameters) free.push_back(one.parameter);
    return calibrated(course, free, values);
}

}  // namespace clinicsim
