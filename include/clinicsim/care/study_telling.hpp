// One patient of a study, told: what came when, and what would have come in another arm.
#pragma once

#include <optional>
#include <vector>

#include "clinicsim/care/study.hpp"

namespace clinicsim {

/// One thing that happened.
struct StudyNote {
    enum class What : std::uint8_t {
        screened,    // `value`: the score
        entered,     // a phase and its arm
        therapy,     // psychotherapy begins
        infused,     // `value`: the dose; `gets`: what was given
        spaced_out,  // a visit that passes without an infusion because the patient is well
        rated,       // `value`: the improvement
        ended        // the phase; how, the record says
    };
    Instant at;
    What what;
    std::size_t record = 0;  // into StudyPath::phases
    double level = 0;        // latent improvement just before, which no rater sees
    double value = 0;
    ArmGets gets = ArmGets::as_written;
    bool operator==(const StudyNote&) const = default;
};

struct StudyTelling {
    CourseId course = 0;
    StudyPath path;
    std::vector<StudyNote> notes;  // as they came
};

/// As follow(). `arms` are by phase, instead of the arm that is drawn, and may be shorter than the
/// phases; the patient's draws stay the same in every arm.
StudyTelling tell(const Study& study, const std::vector<Course>& courses, std::uint64_t seed,
                  std::uint32_t replication, std::uint32_t patient, const Dates& dates,
                  std::vector<std::optional<std::size_t>> arms = {});

}  // namespace clinicsim
