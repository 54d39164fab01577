// A scenario in the making: what the readers of its sections share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clinicsim/scenario/scenario.hpp"
#include "reader.hpp"

namespace clinicsim::reading {

/// A condition whose induction and course are both known.
struct InductionUse {
    std::string condition;
    InductionId induction;
    CourseId course;
};

struct Draft {
    Context& context;
    const std::vector<MetricUnit>& metrics;
    Scenario scenario;
    // names are known before the sections are read, so that one fault does not make ten
    std::vector<std::string> inductions, courses, severities, conditions, policies;
    std::vector<InductionUse> uses;
    std::vector<std::optional<CourseId>> course_of;  // by condition; nothing after a fault
    std::vector<Value> condition_values;             // as written
    std::vector<Value> scale_of, relapse_of;         // by condition, as written there
    std::string scales_in_use;        // of symptom courses, where they differ: "MADRS and CAPS-5"
    std::vector<std::string> phases;  // of a study
    bool screening_known = true;      // false after a fault in who is enrolled
    std::vector<MetricUnit> outcomes;
    Span ill_for;  // repeat_induction
    bool has_pathway = false;

    Model& model() { return scenario.model; }
    bool has_induction() const;
    /// Whether a condition has a symptom course.
    bool has_symptoms() const;
    bool is_rated(std::size_t condition) const;
    std::size_t conditions_read() const { return scenario.model.patients.conditions.size(); }
    /// The first condition with a renewal course; null: none.
    const Condition* first_renewal() const;
    bool is_study() const { return scenario.study.has_value(); }
    bool has_arrivals() const {
        return !std::holds_alternative<std::monostate>(scenario.model.patients.arrivals);
    }
};

/// All that a target may name, with a metric of each group of staff in the place of "….*".
std::vector<MetricUnit> metrics_of_clinic(const Draft& draft);

/// The names in a mapping, without any fault; none where there is no mapping.
std::vector<std::string> names_in(const Value& map);

void read_run(Draft& draft, const Value& run);
void read_clinic(Draft& draft, const Value& clinic);
void read_patients(Draft& draft, const Value& patients);
void read_arrivals(Draft& draft, const Value& arrivals);
void read_inductions(Draft& draft, const Value& inductions);
void read_courses(Draft& draft, const Value& courses);
/// `symptom` and `posterior` of a course.
void read_symptom_course(const Draft& draft, MapReader& map, Course& course);
/// After the courses, before the policies.
void read_observation(Draft& draft, const Value& observation);
void read_policies(Draft& draft, const Value& policies);
/// After the courses. Fills `outcomes`, which targets may name.
void read_study(Draft& draft, const Value& study);
void read_outcomes(Draft& draft, const Value& outcomes);
/// Of a phase without faults so far: what belongs together, in every arm.
void check_phase(const Value& value, const StudyPhase& phase);
/// `pathway` and `repeat` may be absent.
void read_pathways(Draft& draft, const Value& pathway, const Value& repeat);
void read_promises(Draft& draft, const Value& promises);
/// After the clinic.
void read_costs(Draft& draft, const Value& costs);
void read_questions(Draft& draft, MapReader& scenario);  // compare, groups
void read_targets(Draft& draft, const Value& targets);
void read_limits(Draft& draft, const Value& limits);
/// A target without `expect`; `metrics` as for read_scenario.
Target read_plain_target(Draft& draft, const Value& target);
/// A number in a metric's unit; reports what does not fit.
double read_measure(const Value& value, std::string_view unit);
/// After everything else: a variable is a path of `root`, defaults included.
void read_plan(Draft& draft, const Value& plan, const Value& root);

/// Checks that need the whole scenario, where it has no faults so far: that visits fit the opening
/// hours, that the sizes keep the limits.
void check_whole(Draft& draft, const Value& root);

}  // namespace clinicsim::reading
