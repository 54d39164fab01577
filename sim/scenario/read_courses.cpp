// The courses' sections. A course is read after the conditions that use it, because what it must
// say depends on them.
#include <algorithm>
#include <numeric>

#include "clinicsim/care/symptom_defaults.hpp"
#include "distribution_rows.hpp"
#include "draft.hpp"
#include "words.hpp"

namespace clinicsim::reading {
namespace {

void read_responds(const Value& value, RenewalCourse& course) {
    if (!value.is_list()) {
        course.responds = {value.share()};
        return;
    }
    course.responds_at_last = false;
    course.responds.clear();
    const std::size_t before = value.context().fault_count();
    for (const Value& item : value.items()) course.responds.push_back(item.share());
    if (value.context().fault_count() != before) return;
    const double sum = std::accumulate(course.responds.begin(), course.responds.end(), 0.0);
    if (course.responds.empty())
        value.fault("name the share for infusion 1, 2, …");
    else if (sum > 1 + 1e-9)
        value.fault("the shares sum to " + number_text(sum * 100) + " %, over 100 %");
}

/// What the conditions that use the course need of its `responds`.
void check_responds(const Draft& draft, std::size_t id, MapReader& map, const Value& responds,
                    const RenewalCourse& course) {
    for (const InductionUse& use : draft.uses) {
        if (use.course != id) continue;
        if (!responds) {
            map.missing("responds", "condition " + use.condition + " has an induction");
            return;
        }
        const Induction& induction = draft.scenario.model.patients.inductions[use.induction];
        if (!course.responds_at_last && course.responds.size() > induction.visits) {
            responds.fault("there are shares for " + std::to_string(course.responds.size()) +
                           " infusions, but the induction " + induction.name + " of " +
                           use.condition + " has " + std::to_string(induction.visits));
            return;
        }
    }
}

void read_relapse(const Draft& draft, MapReader& map, RenewalCourse& course) {
    const Value relapse = map.take("relapse");
    if (relapse) {
        if (relapse.is("never")) return;
        const std::size_t before = draft.context.fault_count();
        course.relapse = read_distribution(relapse);
        if (draft.context.fault_count() == before && !(mean(*course.relapse) > 0))
            relapse.fault("a relapse must come some time after the infusion; its mean is 0");
        return;
    }
    const bool nobody = std::all_of(course.responds.begin(), course.responds.end(),
                                    [](double share) { return share == 0; });
    if (!nobody)
        map.missing("relapse", "or relapse: never");
    else if (draft.scenario.model.patients.in_care_at_start.patients > 0)
        map.missing("relapse", "patients in care at the start are responders");
}

void read_effects(const Draft& draft, const Value& value, RelapseEffects& effects) {
    if (!value) return;
    MapReader map{value, kEffectsSection};
    if (const Value per_infusion = map.take("per_infusion")) {
        MapReader one{per_infusion, kPerInfusionSection};
        if (const Value factor = one.take("factor")) effects.per_infusion = factor.number();
        if (const Value most = one.take("most"))
            effects.most_infusions = static_cast<std::uint32_t>(most.whole());
    }
    if (const Value close = map.take("close_together")) {
        MapReader one{close, kCloseTogetherSection};
        if (const Value factor = one.take("factor")) effects.close_together = factor.number();
        if (const Value within = one.take("within")) effects.within = within.duration();
    }
    if (const Value factor = map.take("psychotherapy")) effects.psychotherapy = factor.number();
    const Value severity = map.take("severity");
    if (!severity) return;
    const auto& known = draft.severities;
    for (const auto& [name, factor] : severity.named()) {
        const auto at = std::find(known.begin(), known.end(), name);
        if (at == known.end()) {
            draft.context.fault(
                severity.node().find(name)->place, factor.path(),
                "there is no severity '" + name + "'" + advice(name, known, "severities"));
            continue;
        }
        effects.severity.resize(known.size(), 1.0);
        effects.severity[static_cast<std::size_t>(at - known.begin())] = factor.number();
    }
}

RenewalCourse read_renewal(const Draft& draft, std::size_t id, const Value& value) {
    RenewalCourse course;
    course.responds = {1.0};
    MapReader map{value, kRenewalSection};
    const Value responds = map.take("responds");
    if (responds) read_responds(responds, course);
    if (!value.is_map()) return course;
    check_responds(draft, id, map, responds, course);
    if (const Value remits = map.take("remits")) course.remits = remits.share();
    read_relapse(draft, map, course);
    if (const Value frailty = map.take("frailty")) {
        const std::size_t before = draft.context.fault_count();
        course.frailty = read_distribution(frailty, Quantity::plain);
        if (draft.context.fault_count() == before &&
            (lowest(course.frailty) < 0 || !(mean(course.frailty) > 0)))
            frailty.fault("a factor on the time to relapse must not go below 0");
    }
    if (const Value works = map.take("works")) course.works = works.share();
    if (const Value loss = map.take("loss_of_response")) course.loss_of_response = loss.share();
    if (const Value renews = map.take("rescue_renews")) course.rescue_renews = renews.yes_no();
    read_effects(draft, map.take("effects"), course.effects);
    return course;
}

}  // namespace

bool Draft::has_symptoms() const {
    const auto& known = scenario.model.patients.courses;
    return std::any_of(course_of.begin(), course_of.end(), [&](const auto& id) {
        return id && *id < known.size() && known[*id].renewal() == nullptr;
    });
}

const Condition* Draft::first_renewal() const {
    const PatientMix& patients = scenario.model.patients;
    for (std::size_t i = 0; i < course_of.size(); ++i)
        if (course_of[i] && *course_of[i] < patients.courses.size() &&
            patients.courses[*course_of[i]].renewal() != nullptr)
            return &patients.conditions[i];
    return nullptr;
}

void read_courses(Draft& draft, const Value& value) {
    if (!value) return;
    if (value.is_map() && value.node().entries.size() > 200)
        value.fault("more than 200 are not supported");
    for (const auto& [name, one] : value.named()) {
        const auto at = std::find(draft.courses.begin(), draft.courses.end(), name);
        const auto id = static_cast<std::size_t>(at - draft.courses.begin());
        Course course;
        course.name = name;
        MapReader map{one, kCourseSection};
        // sets of parameters are those of a symptom course
        if (map.has("symptom") || (map.has("posterior") && !map.has("renewal"))) {
            course.law = default_symptom_course();
            map.unfit("renewal", "a course is of one kind; this one is symptom already");
            read_symptom_course(draft, map, course);
        } else {
            map.unfit("posterior", "sets of parameters go with a symptom course");
            if (const Value renewal = map.take("renewal"))
                course.law = read_renewal(draft, id, renewal);
            else if (map.readable() && !map.has_unknown())
                map.fault("write one of renewal, symptom");
        }
        draft.model().patients.courses.push_back(std::move(course));
    }
}

}  // namespace clinicsim::reading
