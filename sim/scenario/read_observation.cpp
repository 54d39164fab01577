// What is observed of symptom courses.
#include <algorithm>

#include "clinicsim/care/symptom_defaults.hpp"
#include "draft.hpp"
#include "rules.hpp"
#include "words.hpp"

namespace clinicsim::reading {
namespace {

Ratings read_ratings(const Value& value, const Section& section) {
    Ratings ratings;
    if (!value || value.is("none")) return ratings;
    MapReader map{value, section};
    if (const Value every = map.take("every")) ratings.every = every.duration();
    if (const Value done = map.take("done")) ratings.done = done.share();
    if (const Value error = map.take("error")) ratings.error = error.share();
    return ratings;
}

bool is_weekly(const Observation& observation) { return observation.self.every == Days{7}; }

/// Response ends an episode, so the rule of a relapse must not hold in response.
std::string why_in_response(const ScoreRule& rule, const Scale& scale) {
    if (rule.below <= scale.response) return {};
    return "a relapse at an improvement below " + number_text(rule.below * 100) +
           " % would begin in response, which is " + number_text(scale.response * 100) +
           " % here and ends it";
}

ScoreRule read_relapse(const Value& value, const Scale& scale, bool weekly) {
    const std::size_t before = value.context().fault_count();
    MapReader map{value, kScoreRuleSection};
    const ScoreRule rule = read_score_rule(map, scale, true, weekly);
    if (value.context().fault_count() == before)
        if (const std::string why = why_in_response(rule, scale); !why.empty()) map.fault(why);
    return rule;
}

// --- condition by condition ---------------------------------------------------------------------

/// The condition, of those with defaults, that the patients have: what their course is said to be
/// of, else what the scenario calls them.
const ConditionDefaults* defaults_of(const Draft& draft, std::size_t condition) {
    const PatientMix& patients = draft.scenario.model.patients;
    const Course& course = patients.courses[patients.conditions[condition].course];
    const std::string& name = course.of.empty() ? patients.conditions[condition].name : course.of;
    for (const ConditionDefaults& one : condition_defaults())
        if (one.name == name) return &one;
    return nullptr;
}

/// What the reader decided, into the tree.
void decide(const Value& condition, const char* key, Node value) {
    value.place = condition.node().place;
    condition.node().entries.push_back({key, condition.node().place, std::move(value)});
}

Node relapse_node(const ScoreRule& rule) {
    Node map;
    map.kind = Node::Kind::map;
    map.entries.push_back({"improvement_below", {}, Node::scalar(number_text(rule.below))});
    map.entries.push_back({"for", {}, Node::scalar(std::to_string(rule.ratings) + " ratings")});
    return map;
}

/// The scale of all conditions that name none, where it is one; else the first of all scales.
std::string_view common_scale(const Draft& draft) {
    const std::string_view first = condition_defaults().front().scale;
    std::string_view found;
    for (std::size_t i = 0; i < draft.conditions_read(); ++i) {
        if (!draft.is_rated(i) || draft.scale_of[i]) continue;
        const ConditionDefaults* defaults = defaults_of(draft, i);
        const std::string_view scale = defaults != nullptr ? defaults->scale : first;
        if (!found.empty() && found != scale) return first;
        found = scale;
    }
    return found.empty() ? first : found;
}

struct Given {
    bool scale = false;    // by the section observation
    bool relapse = false;  // the same
    ScoreRule rule;        // not yet on any scale
};

/// How the patients of one condition are rated; `relapse` is not yet on any scale.
Measure read_measure(Draft& draft, std::size_t condition, const Given& given) {
    const Observation& observation = draft.model().observation;
    const Value own_scale = draft.scale_of[condition], own_relapse = draft.relapse_of[condition];
    const Value& place = draft.condition_values[condition];
    Measure measure{observation.scale, given.rule};
    if (own_scale) {
        measure.scale = read_scale(own_scale);
    } else if (const ConditionDefaults* defaults = defaults_of(draft, condition);
               !given.scale && defaults != nullptr && defaults->scale != observation.scale.name) {
        measure.scale = scale_named(defaults->scale).value();
        decide(place, "scale", Node::scalar(std::string{defaults->scale}));
    }
    if (own_relapse) {
        measure.relapse = read_relapse(own_relapse, measure.scale, is_weekly(observation));
    } else if (!given.relapse) {
        measure.relapse.below = usual_relapse(measure.scale);
        if (measure.relapse != ScoreRule{}) decide(place, "relapse", relapse_node(measure.relapse));
    } else if (given.rule.by == ScoreRule::By::score &&
               measure.scale.name != observation.scale.name) {
        place.fault("the relapse of observation is a score of " + observation.scale.name +
                    ", and these patients are rated by " + measure.scale.name +
                    ": give them a relapse of their own");
    } else if (const std::string why = why_in_response(given.rule.on(measure.scale), measure.scale);
               !why.empty()) {
        place.fault(why + ": give these patients a relapse of their own");
    }
    return measure;
}

void check_baseline(const Draft& draft, std::size_t condition, const SeverityClass& severity,
                    const Scale& scale) {
    if (scale.baseline <= scale.worst) return;
    draft.condition_values[condition].fault(
        "with a baseline_factor of " + number_text(severity.baseline_factor) + ", severity " +
        severity.name + " has an untreated score of " + number_text(scale.baseline) +
        "; the highest of " + scale.name + " is " + number_text(scale.worst));
}

void name_scales(Draft& draft, const std::vector<Measure>& by_condition) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < by_condition.size(); ++i)
        if (draft.is_rated(i) &&
            std::count(names.begin(), names.end(), by_condition[i].scale.name) == 0)
            names.push_back(by_condition[i].scale.name);
    if (names.size() < 2) return;
    for (const std::string& name : names)
        draft.scales_in_use += (draft.scales_in_use.empty() ? "" : " and ") + name;
}

/// Condition by severity, where they are not all rated alike.
void read_measures(Draft& draft, const Given& given) {
    const PatientMix& patients = draft.scenario.model.patients;
    Observation& observation = draft.model().observation;
    const std::size_t before = draft.context.fault_count();
    std::vector<Measure> by_condition;
    for (std::size_t i = 0; i < patients.conditions.size(); ++i) {
        if (draft.is_rated(i)) {
            by_condition.push_back(read_measure(draft, i, given));
            continue;
        }
        by_condition.push_back({observation.scale, given.rule});
        for (const Value& own : {draft.scale_of[i], draft.relapse_of[i]})
            if (own) own.fault("a renewal course has no scores, so nothing is rated");
    }
    if (draft.context.fault_count() != before) return;
    name_scales(draft, by_condition);
    if (!by_condition.empty() && draft.scales_in_use.empty())
        for (std::size_t i = 0; i < by_condition.size(); ++i)
            if (draft.is_rated(i)) {  // what scores in policies are read on
                observation.scale = by_condition[i].scale;
                break;
            }

    const std::size_t severities = std::max<std::size_t>(1, patients.severities.size());
    std::vector<Measure> measures;
    for (std::size_t i = 0; i < by_condition.size(); ++i)
        for (std::size_t severity = 0; severity < severities; ++severity) {
            Measure measure = by_condition[i];
            if (!patients.severities.empty()) {
                const SeverityClass& one = patients.severities[severity];
                measure.scale = measure.scale.with_baseline(one.baseline_factor);
                check_baseline(draft, i, one, measure.scale);
            }
            measure.relapse = measure.relapse.on(measure.scale);
            measures.push_back(std::move(measure));
        }
    const Measure everybody{observation.scale, given.rule.on(observation.scale)};
    observation.relapse = everybody.relapse;
    if (std::all_of(measures.begin(), measures.end(),
                    [&](const Measure& one) { return one == everybody; }))
        return;
    observation.measures = std::move(measures);
    observation.severities = severities;
}

Given read_section(Draft& draft, const Value& value) {
    Given given;
    Observation& observation = draft.model().observation;
    const std::string usual{common_scale(draft)};
    observation.scale = scale_named(usual).value();
    if (!value) return given;
    MapReader map{value, kObservationSection};
    const std::size_t before = draft.context.fault_count();
    given.scale = map.has("scale");
    given.relapse = map.has("relapse");
    map.decided("scale", usual);
    observation.scale = read_scale(map.take("scale"));
    observation.self = read_ratings(map.take("self_ratings"), kSelfRatingsSection);
    observation.check_ups = read_ratings(map.take("check_ups"), kCheckUpsSection);
    if (const Value visits = map.take("at_visits")) {
        MapReader one{visits, kAtVisitsSection};
        if (const Value done = one.take("done")) observation.at_visits = done.share();
        if (const Value error = one.take("error")) observation.visit_error = error.share();
    }
    if (const Value after = map.take("response_after"))
        observation.response_after = after.duration();
    if (const Value relapse = map.take("relapse"))
        given.rule = read_relapse(relapse, observation.scale, is_weekly(observation));
    if (draft.context.fault_count() != before || !map.readable()) return given;
    const auto none = [](const Ratings& r) { return r.every == Duration{} || r.done == 0; };
    if (!draft.has_symptoms())
        draft.context.warn(value.node().place, value.path(),
                           "this says nothing: no condition has a symptom course");
    else if (none(observation.self) && none(observation.check_ups) && observation.at_visits == 0)
        draft.context.warn(value.node().place, value.path(),
                           "nothing is rated after an induction, so no relapse is ever known");
    return given;
}

}  // namespace

bool Draft::is_rated(std::size_t condition) const {
    const auto& known = scenario.model.patients.courses;
    const auto& id = course_of[condition];
    return id && *id < known.size() && known[*id].renewal() == nullptr;
}

void read_observation(Draft& draft, const Value& value) {
    const Given given = read_section(draft, value);
    // a fault in a course or a condition would make more of them here
    if (!draft.context.has_faults()) read_measures(draft, given);
}

}  // namespace clinicsim::reading
