// The parameters of the symptom course in one table: what each means, its default, and where that
// comes from. The reader's keys, `explain` and `calibrate` all use this table.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "clinicsim/care/symptoms.hpp"

namespace clinicsim {

/// published: read off a study. fitted: by `clinicsim calibrate` to the studies of
/// scenarios/evidence. assumed: a choice of ours, or one that no study tells.
enum class Standing : std::uint8_t { published, fitted, assumed };
const char* name(Standing standing);

struct SymptomParameter {
    enum class Unit : std::uint8_t { plain, share, days, per_day };
    std::string_view name;  // key in a scenario
    Unit unit;
    double SymptomCourse::*field;
    double value;            // the default
    double lowest, highest;  // allowed
    Standing standing;
    double fits_from, fits_to;  // 95 % of the sets that fit about as well; both 0: not fitted
    std::string_view meaning;
    std::string_view source;
};

std::span<const SymptomParameter> symptom_parameters();
/// Nothing where there is no such parameter.
const SymptomParameter* symptom_parameter(std::string_view name);
/// Depression in usual care.
SymptomCourse default_symptom_course();
/// The course with `values` in those of the parameters, in their order, that it leaves at their
/// default; one that has another value keeps it.
SymptomCourse calibrated(const SymptomCourse& course,
                         std::span<const SymptomParameter* const> parameters,
                         std::span<const double> values);

/// How the course of a condition differs from that of depression.
struct ConditionDefaults {
    std::string_view name;  // depression, ptsd, anxiety, chronic_pain
    double half_life_factor;
    double response_factor;
    std::string_view scale;
    Standing standing;
    std::string_view source;
};
std::span<const ConditionDefaults> condition_defaults();

}  // namespace clinicsim
