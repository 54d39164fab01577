// The symptom course and the sets of its parameters that fit about as well.
#include <algorithm>
#include <cstdio>

#include "clinicsim/care/symptom_defaults.hpp"
#include "draft.hpp"
#include "files.hpp"
#include "sets_csv.hpp"
#include "words.hpp"

namespace clinicsim::reading {
namespace {

double value_of(const Value& value, SymptomParameter::Unit unit) {
    using Unit = SymptomParameter::Unit;
    switch (unit) {
        case Unit::share:
            return value.share();
        case Unit::days:
            return value.days();
        case Unit::per_day:
            return value.per_day();
        case Unit::plain:
            break;
    }
    return value.number();
}

SymptomCourse read_symptom(const Value& value, bool in_study, std::string& condition) {
    SymptomCourse course = default_symptom_course();
    MapReader map{value, symptom_section()};
    const std::size_t before = value.context().fault_count();
    const Value of = map.take("of");
    // the first is what a course is of that does not say
    if (of && of.choice() > 0) condition = condition_defaults()[of.choice()].name;
    if (of) {
        const ConditionDefaults& defaults = condition_defaults()[of.choice()];
        map.decided("half_life_factor", number_text(defaults.half_life_factor));
        map.decided("response_factor", number_text(defaults.response_factor));
    }
    if (const Value treatment = map.take("treatment")) course.usual_care = treatment.choice() == 0;
    if (const Value doses = map.take("doses")) {
        course.nasal = doses.choice() == 1;
        if (course.nasal && in_study)
            doses.fault("a study says it at its infusions: {days: [0, 3], dose: nasal}");
    }
    for (const SymptomParameter& parameter : symptom_parameters())
        if (const Value one = map.take(parameter.name))
            course.*parameter.field = value_of(one, parameter.unit);
    if (const Value after = map.take("tolerance_after"))
        course.tolerance_after = static_cast<std::uint32_t>(after.whole());
    if (const Value peak = map.take("season_peak")) course.season_peak = peak.yearly_day();
    const Value days = map.take("stressful_days");
    if (days)
        for (const Value& day : days.items()) course.stressful_days.push_back(day.yearly_day());
    if (const Value anniversary = map.take("anniversary"))
        course.anniversary = anniversary.yes_no();
    if (value.context().fault_count() != before || !map.readable()) return course;
    if (const std::string why = too_much_stress(course); !why.empty()) map.fault(why);
    const bool some_days = course.anniversary || !course.stressful_days.empty();
    if (some_days != (course.stressful_factor != 1))
        value.context().warn(value.node().place, value.path(),
                             some_days ? "stressful days change nothing while stressful_factor is 1"
                                       : "stressful_factor changes nothing without stressful_days "
                                         "or anniversary: yes");
    return course;
}

// --- sets of parameters -------------------------------------------------------------------------

/// The file's content becomes a part of the scenario, and so of what its fingerprint stands for.
void keep_sets(Node& node, const ParameterSets& sets) {
    const auto list_node = [&] {
        Node list;
        list.kind = Node::Kind::list;
        list.place = node.place;
        return list;
    };
    Node names = list_node(), rows = list_node();
    for (const SymptomParameter* one : sets.parameters)
        names.items.push_back(Node::scalar(std::string{one->name}));
    for (const auto& set : sets.values) {
        Node row = list_node();
        for (const double value : set) {
            char text[40];
            std::snprintf(text, sizeof text, "%.17g", value);
            row.items.push_back(Node::scalar(text));
        }
        rows.items.push_back(std::move(row));
    }
    Node map;
    map.kind = Node::Kind::map;
    map.place = node.place;
    map.entries.push_back({"parameters", node.place, std::move(names)});
    map.entries.push_back({"sets", node.place, std::move(rows)});
    node = std::move(map);
}

ParameterSets read_sets_of_file(const Value& value) {
    const std::string name = value.text();
    Context& context = value.context();
    if (!value.is_scalar()) return {};
    const auto path = resolve(context, value.node().place, value.path(), name);
    if (!path) return {};
    const FileText file = read_file(*path, kLargestSetsFile);
    if (!file.text) {
        value.fault("'" + name + "' " + file.why);
        context.unreadable = true;
        return {};
    }
    if (file.text->size() > kLargestSetsFile) {
        value.fault("'" + name + "' is larger than 16 MiB");
        return {};
    }
    const std::size_t before = context.fault_count();
    ParameterSets sets = parse_sets(
        *file.text, [&](std::size_t line, std::size_t column, const std::string& message) {
            const std::string at = line == 0 ? " "
                                             : ", line " + std::to_string(line) + ", column " +
                                                   std::to_string(column) + ": ";
            value.fault("'" + name + "'" + at + message);
        });
    if (context.fault_count() != before) return {};
    keep_sets(value.node(), sets);
    return sets;
}

ParameterSets read_sets(const Value& value) {
    if (!value.is_map()) return read_sets_of_file(value);
    ParameterSets sets;
    MapReader map{value, kPosteriorSection};
    const Value names = map.take("parameters"), rows = map.take("sets");
    if (!names || !rows) return {};
    const std::size_t before = value.context().fault_count();
    const auto known = parameter_names();
    const std::vector<std::string> words(known.begin(), known.end());
    for (const Value& name : names.items())
        if (const auto at = name.reference(words, "parameter", "parameters"))
            sets.parameters.push_back(&symptom_parameters()[*at]);
    if (names.is_list() && sets.parameters.empty()) names.fault("name at least one parameter");
    if (value.context().fault_count() != before) return {};
    for (const Value& row : rows.items()) {
        const auto items = row.items();
        if (row.is_list() && items.size() != sets.parameters.size())
            row.fault(count_fault(items.size(), sets.parameters.size()));
        if (value.context().fault_count() != before) break;
        std::vector<double> set;
        for (std::size_t i = 0; i < items.size(); ++i) {
            set.push_back(items[i].number());
            if (const auto why = range_fault(*sets.parameters[i], set.back()); !why.empty())
                items[i].fault(why);
        }
        sets.values.push_back(std::move(set));
    }
    if (rows.is_list() && sets.values.empty()) rows.fault("name at least one set");
    return sets;
}

void read_posterior(const Value& value, Course& course) {
    const std::size_t before = value.context().fault_count();
    const ParameterSets sets = read_sets(value);
    if (value.context().fault_count() != before) return;
    const auto* base = std::get_if<SymptomCourse>(&course.law);
    for (std::size_t i = 0; i < sets.values.size(); ++i) {
        SymptomCourse one = *base;
        for (std::size_t k = 0; k < sets.parameters.size(); ++k)
            one.*sets.parameters[k]->field = sets.values[i][k];
        if (const auto why = too_much_stress(one); !why.empty()) {
            value.fault("set " + std::to_string(i + 1) + ": " + why);
            return;
        }
        course.posterior.push_back(std::move(one));
    }
}

}  // namespace

void read_symptom_course(const Draft& draft, MapReader& map, Course& course) {
    if (const Value symptom = map.take("symptom"))
        course.law = read_symptom(symptom, draft.is_study(), course.of);
    if (const Value posterior = map.take("posterior")) read_posterior(posterior, course);
}

}  // namespace clinicsim::reading
