// What is observed of symptom courses.
#include "draft.hpp"
#include "rules.hpp"

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

/// A rule of a relapse; response ends an episode, so the rule must not hold in response.
ScoreRule read_relapse(const Value& value, const Observation& observation) {
    const std::size_t before = value.context().fault_count();
    MapReader map{value, kScoreRuleSection};
    const ScoreRule rule =
        read_score_rule(map, observation.scale, true, observation.self.every == Days{7});
    if (value.context().fault_count() == before && rule.below > observation.scale.response)
        map.fault("a relapse at an improvement below " + number_text(rule.below * 100) +
                  " % would begin in response, which is " +
                  number_text(observation.scale.response * 100) + " % here and ends it");
    return rule;
}

}  // namespace

void read_observation(Draft& draft, const Value& value) {
    if (!value) return;
    Observation& observation = draft.model().observation;
    MapReader map{value, kObservationSection};
    const std::size_t before = draft.context.fault_count();
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
        observation.relapse = read_relapse(relapse, observation);
    if (draft.context.fault_count() != before || !map.readable()) return;
    const auto none = [](const Ratings& r) { return r.every == Duration{} || r.done == 0; };
    if (!draft.has_symptoms())
        draft.context.warn(value.node().place, value.path(),
                           "this says nothing: no condition has a symptom course");
    else if (none(observation.self) && none(observation.check_ups) && observation.at_visits == 0)
        draft.context.warn(value.node().place, value.path(),
                           "nothing is rated after an induction, so no relapse is ever known");
}

}  // namespace clinicsim::reading
