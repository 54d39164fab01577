#include "clinicsim/scenario/parameter_sets.hpp"

#include <algorithm>

#include "clinicsim/base/check.hpp"
#include "context.hpp"
#include "files.hpp"
#include "sets_csv.hpp"

namespace clinicsim {

ParameterSetsResult read_parameter_sets(const std::string& path) {
    using namespace reading;
    const FileText file = read_file(path, kLargestSetsFile);
    if (!file.text)
        return {.diagnostics = {{.file = path, .message = "the file " + file.why}},
                .unreadable = true};
    if (file.text->size() > kLargestSetsFile)
        return {.diagnostics = {{.file = path, .message = "the file is larger than 16 MiB"}}};
    Context context;
    const int source = context.add_source({path, *file.text, ""});
    ParameterSets sets = parse_sets(
        *file.text, [&](std::size_t line, std::size_t column, const std::string& message) {
            context.fault({source, static_cast<int>(line), static_cast<int>(column)}, "",
                          line == 0 ? "the file " + message : message);
        });
    ParameterSetsResult result;
    if (!context.has_faults()) result.sets = std::move(sets);
    result.diagnostics = context.take_diagnostics();
    return result;
}

ParameterSets thinned(const ParameterSets& sets, std::size_t most) {
    if (sets.values.size() <= most) return sets;
    ParameterSets some{sets.parameters, {}};
    for (std::size_t i = 0; i < most; ++i)
        some.values.push_back(sets.values[i * sets.values.size() / most]);
    return some;
}

std::vector<CourseId> courses_used(const Scenario& scenario) {
    std::vector<CourseId> used;
    const auto use = [&](CourseId course) {
        if (std::find(used.begin(), used.end(), course) == used.end()) used.push_back(course);
    };
    if (scenario.study)
        for (const Study::Enrolled& one : scenario.study->enrolled) use(one.course);
    else
        for (const Condition& condition : scenario.model.patients.conditions) use(condition.course);
    return used;
}

WithSets with_sets(const Scenario& scenario, const ParameterSets& sets) {
    CLINICSIM_CHECK(!sets.values.empty(), "there is a set");
    WithSets result{scenario, ""};
    bool any = false;
    for (const CourseId id : courses_used(scenario)) {
        Course& course = result.scenario->model.patients.courses[id];
        const auto* base = std::get_if<SymptomCourse>(&course.law);
        if (base == nullptr || !course.posterior.empty()) continue;
        for (std::size_t set = 0; set < sets.values.size(); ++set) {
            const SymptomCourse one = calibrated(*base, sets.parameters, sets.values[set]);
            if (const auto why = reading::too_much_stress(one); !why.empty())
                return {std::nullopt, "set " + std::to_string(set + 1) + ": " + why};
            any |= one != *base;
            course.posterior.push_back(one);
        }
    }
    if (!any) result.scenario.reset();
    return result;
}

}  // namespace clinicsim
