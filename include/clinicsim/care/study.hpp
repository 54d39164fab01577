// A published study as a protocol: who is enrolled, which infusions and ratings come when, who goes
// on to which phase, what counts as a relapse, and which numbers are read off. A study has no
// chairs and no queue; every patient follows the protocol alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clinicsim/base/dates.hpp"
#include "clinicsim/care/observation.hpp"
#include "clinicsim/care/patients.hpp"
#include "clinicsim/care/scale.hpp"
#include "clinicsim/random/distribution.hpp"

namespace clinicsim {

/// What a rating, or several, must show.
struct RatingTest {
    enum class What : std::uint8_t { always, response, remission, worse, at_least };
    What what = What::always;
    double improvement = 0;          // for at_least
    bool negated = false;            // "no response"
    std::uint32_t hits = 1, of = 1;  // at `hits` or more of the last `of` ratings
    bool operator==(const RatingTest&) const = default;

    bool holds(double rating, const Scale& scale) const;  // one rating, not negated
    /// Of the ratings of a phase, oldest first; fewer than `hits` ratings do not meet it, so that
    /// the contrary holds.
    bool holds(const std::vector<double>& ratings, const Scale& scale) const;
};

/// At instants after the start of the phase, or in a rhythm from it on.
struct StudyInfusions {
    std::vector<Duration> at;  // ascending; empty: by `every`
    Duration every{};          // > 0 where `at` is empty; the first at the start of the phase
    std::uint32_t most = 0;    // 0: until the phase ends
    double dose = 1;           // weight: an intravenous infusion is 1
    bool nasal = false;        // the course's own nasal_dose instead
    /// While the last rating holds, the next one only so long after the one before.
    struct Spaced {
        Duration to{};     // > every
        Duration after{};  // from so long after the start of the phase on
        RatingTest when;
        bool operator==(const Spaced&) const = default;
    };
    std::optional<Spaced> spaced;
    double dose_in(const SymptomCourse& course) const { return nasal ? course.nasal_dose : dose; }
    bool operator==(const StudyInfusions&) const = default;
};

/// All of these that are named.
struct StudyRatings {
    std::optional<Duration> after_infusion;  // after every infusion of the phase, and not after the
                                             // next one: at most the shortest gap
    std::vector<Distribution> at;            // ticks after the start of the phase
    std::optional<Distribution> every;       // gap from one to the next, in ticks
    double error = 0;                        // sd, as a share of the baseline score
    bool operator==(const StudyRatings&) const = default;
};

enum class ArmGets : std::uint8_t { as_written, placebo, nothing };

struct StudyArm {
    std::string name;
    double share = 1;  // the shares of a phase sum to 1
    ArmGets gets = ArmGets::as_written;
    bool therapy = false;  // psychotherapy, from the start of the phase on
    // its own instead of the phase's
    std::optional<StudyInfusions> infusions{};
    std::optional<StudyRatings> ratings{};
    bool operator==(const StudyArm&) const = default;
};

/// A phase ends at the first of: the event, leaving, a rating that meets `until`, `lasts`. Without
/// `lasts` it ends with the last of the arm's ratings and infusions.
struct StudyPhase {
    std::string name;
    std::optional<StudyInfusions> infusions;
    StudyRatings ratings;
    Duration lasts{};                 // zero: see above
    std::optional<RatingTest> until;  // of one rating
    std::vector<StudyArm> arms;       // randomised at the start of the phase; empty: one arm
    // --- time to an event
    std::optional<ScoreRule> event;   // as written: on whose scale, the patient says
    bool event_at_first = true;       // counts from the first of the ratings in a row, or the last
    bool from_last_infusion = false;  // the clock, else from the start of the phase
    std::optional<Distribution> censored;  // ticks after the start of the phase; takes effect at
                                           // the first rating at or after it
    std::optional<Distribution> drop_out;  // the same, as an end that competes with the event
    double leaves_per_infusion = 0;        // chance to leave after each infusion but the last
    /// Who goes on where: the first that holds at the end; nobody after an event or who left.
    struct Next {
        std::size_t phase;  // later in the list
        RatingTest when;
        bool operator==(const Next&) const = default;
    };
    std::vector<Next> next;
    bool operator==(const StudyPhase&) const = default;

    /// What is done in an arm: its own where it has them, else the phase's. 0 where there are no
    /// arms.
    const StudyInfusions* infusions_in(std::size_t arm) const;  // null: none
    const StudyRatings& ratings_in(std::size_t arm) const;
    bool has_own_ratings() const;  // in some arm
    /// To ask for one by one; a phase without arms is one.
    std::size_t arm_count() const { return arms.empty() ? 1 : arms.size(); }
};

/// Why who was screened is not enrolled: the first of these that holds.
enum class Exclusion : std::uint8_t { none, course, score };

/// What is known at screening, before the first phase, and whom it keeps out.
struct Screening {
    double baseline_sd = 0;  // of patients' untreated scores, points; their mean is the scale's
    std::optional<double> at_least, below;  // score at screening, points: who is enrolled
    double error = 0;                       // of that score: sd, as a share of the baseline score
    std::vector<CourseId> excluded;         // ascending
    /// Improvement is counted from the score at screening, as trials do, instead of from the
    /// untreated score, which nobody sees: who was enrolled on a bad day gets better by itself.
    bool from_screening = false;
    bool operator==(const Screening&) const = default;

    bool excludes() const { return at_least || below || !excluded.empty(); }
};

/// A number that is read off the patients of one replication.
struct StudyOutcome {
    enum class Kind : std::uint8_t {
        share,              // of who entered the phase: meets `test` at rating `rating`
        share_going_on,     // of who entered the phase: entered `other`
        event_free,         // Kaplan-Meier of the phase at `time`
        share_with_event,   // of who entered the phase
        median_time,        // Kaplan-Meier median of the phase, days
        median_event_time,  // of those with the event, days
        restricted_mean,    // event-free days up to `time`
        hazard_ratio,       // `arm` against `other_arm` (Cox, one covariate)
        incidence,          // Aalen-Johansen of the event at `time`, drop-out competing
        mean_change,        // of the score from baseline at rating `rating`, points of the scale
        median_infusions,   // of who ended the phase by `until`
        mean_difference,    // of the scores of `arm` and `other_arm` at rating `rating`, points;
                            // under 0: the arm's scores are lower
        effect_size,        // of the improvement: that difference over the pooled sd (Cohen's d);
                            // over 0: the arm is better
        share_dropped_out,  // of who entered the phase
        log_rank,           // `arm` against `other_arm`
        share_excluded      // of who was screened
    };
    /// Of hazard_ratio: value, or an end of its 95 % interval. Of log_rank: value (chi-square), p,
    /// or the share of trials with p < 0.05.
    enum class Shows : std::uint8_t { value, low, high, p, significant };
    /// Patients of a trial in `arm` and in `other_arm`.
    struct Trial {
        std::uint32_t patients, other;
        bool operator==(const Trial&) const = default;
    };
    /// Only who has such a rating in that phase.
    struct Among {
        std::size_t phase = 0;
        RatingTest test{};
        std::uint32_t rating = 0;  // as below
        bool operator==(const Among&) const = default;
    };
    std::string name;
    Kind kind = Kind::share;
    std::size_t phase = 0;
    std::optional<std::size_t> arm;        // into the arms of `arms_of`; none: all
    std::optional<std::size_t> other_arm;  // hazard_ratio, mean_difference, effect_size
    std::optional<std::size_t> arms_of;    // a phase that was passed before; none: `phase`
    std::size_t other = 0;                 // share_going_on: a phase
    std::uint32_t rating = 0;              // 1, 2, …; 0: the last that there is
    RatingTest test;
    Duration time{};
    bool among_rated = false;    // share: of who has the rating, instead of who entered
    std::optional<Among> among;  // share: of these, instead of all who entered
    /// event_free, median_time, restricted_mean: who drops out never has the event (1 - incidence),
    /// instead of being censored.
    bool competing = false;
    bool of_drop_out = false;  // incidence: of dropping out, with which the event competes
    /// hazard_ratio, log_rank: what trials of this size report, as many as the patients of a
    /// replication make. Nothing: hazard_ratio of all patients, log_rank of each replication's.
    std::optional<Trial> trial;
    Shows shows = Shows::value;
    std::optional<Exclusion> excluded;  // share_excluded: for this reason; nothing: for any
    bool operator==(const StudyOutcome&) const = default;

    std::size_t phase_of_arms() const { return arms_of.value_or(phase); }
};

struct Study {
    struct Enrolled {
        CourseId course;
        double share;
        bool operator==(const Enrolled&) const = default;
    };
    struct Start {
        std::size_t phase;
        double share;
        bool operator==(const Start&) const = default;
    };
    std::uint32_t patients = 1000;   // screened, per replication
    std::vector<Enrolled> enrolled;  // courses of who is screened; shares sum to 1
    std::vector<Start> start;        // shares sum to 1: parallel groups
    Scale scale;
    std::vector<StudyPhase> phases;
    std::vector<StudyOutcome> outcomes;
    Screening screening;
    bool operator==(const Study&) const = default;
};

/// "share", "days", "ratio", "points", "sd", "infusions", "chi-square" or "p".
const char* unit_of(const StudyOutcome& outcome);

// --- following it -------------------------------------------------------------------------------

enum class PhaseEnd : std::uint8_t { finished, event, censored, dropped_out };

/// A patient in one phase.
struct PhaseRecord {
    std::size_t phase = 0;
    std::size_t arm = 0;
    PhaseEnd end = PhaseEnd::finished;
    double days = 0;  // on the phase's clock: to the event, the censoring or the end
    std::uint32_t infusions = 0;
    bool reached = false;         // ended by `until`
    std::vector<double> ratings;  // improvements, in order
};

/// One who was screened.
struct StudyPath {
    Exclusion excluded = Exclusion::none;
    Scale scale;  // the study's, with the score that the patient's improvements are counted from
    double screening_score = 0;       // points
    std::vector<PhaseRecord> phases;  // in their order; none of who is excluded
};

/// `patient` numbers who is screened, from 0 within the replication; the draws are at the patient's
/// own addresses, so that who else is enrolled moves nothing. `courses` are those of the scenario;
/// all that are enrolled are symptom courses.
StudyPath follow(const Study& study, const std::vector<Course>& courses, std::uint64_t seed,
                 std::uint32_t replication, std::uint32_t patient, const Dates& dates);

}  // namespace clinicsim
