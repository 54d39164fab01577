// A symptom course without chance: one store of effect, filled by four fifths of what is missing
// and halved every half-life, so that every rating is known in closed form.
#pragma once

#include "clinicsim/care/symptoms.hpp"

namespace clinicsim {

inline SymptomCourse one_store(double half_life_days = 7) {
    SymptomCourse course;
    course.response_mean = 1;
    course.ceiling_mean = 0.98;
    course.fast_share = 1;
    course.fast_gain = 0.8;
    course.fast_half_life = half_life_days;
    course.usual_care = false;
    return course;
}

}  // namespace clinicsim
