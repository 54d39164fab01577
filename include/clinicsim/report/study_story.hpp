// One patient of a study as a track of a story, which may stand beside those of other arms.
#pragma once

#include <string>
#include <vector>

#include "clinicsim/care/study_telling.hpp"
#include "clinicsim/report/patient_pair.hpp"

namespace clinicsim::report {

/// Screening, phases and arms, infusions, ratings with their scores, how each phase ended.
/// `courses` are those of the scenario.
NamedTrack study_track(const std::string& name, const Study& study,
                       const std::vector<Course>& courses, const StudyTelling& telling);

}  // namespace clinicsim::report
