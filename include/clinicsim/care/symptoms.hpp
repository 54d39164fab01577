// The symptom course: how far a patient's symptoms are below their untreated level, in continuous
// time. An infusion fills a fast and a slow store of effect, which empty again; stress pushes the
// level down for a while; who is well for long enough may recover, and may fall ill anew. The model
// is evidence-based and its parameters are fitted (symptom_defaults.hpp gives values and sources).
//
// Everything but the noise is closed form between the instants of four things: infusions, stress,
// opportunities of recovery, opportunities of a new phase. The last three are Poisson processes of
// the patient alone, drawn at addresses of their own, so they are the same under every policy; a
// hazard that depends on the state is got by accepting or passing over an opportunity (thinning,
// Lewis and Shedler 1979). Nothing happens by itself: the state is brought up to an instant when
// somebody looks. Looking never changes the level, not by a bit; the noise of a rating is an exact
// Ornstein-Uhlenbeck transition, so its law does not depend on how often one rates.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "clinicsim/base/dates.hpp"
#include "clinicsim/base/time.hpp"
#include "clinicsim/random/address.hpp"

namespace clinicsim {

/// Improvement is a share of the untreated baseline score: 0 none, 1 no symptoms left. Times and
/// half-lives are in days, frequencies per day. Ranges in brackets.
struct SymptomCourse {
    // --- response to infusions
    double response_mean = 0, response_sd = 0;  // strength R: normal, cut at 0 [mean > 0, sd >= 0]
    double response_factor = 1;                 // on R: 0.5 for a refractory population [>= 0]
    double ceiling_mean = 0, ceiling_sd = 0;    // most improvement by the drug: normal, kept
                                                // within 0.2 and 0.98 [0..1, >= 0]
    double fast_share = 0;                      // of the effect that is in the fast store [0..1]
    double fast_gain = 1, slow_gain = 0;        // share of what is missing that an infusion fills
    double fast_half_life = 1, slow_half_life = 1;  // [> 0]
    double half_life_sd = 0;          // sd of the logarithm of a patient's own factor [>= 0]
    double half_life_factor = 1;      // of the condition, on both half-lives [> 0]
    double therapy_half_life = 1;     // factor for patients in psychotherapy [> 0]
    bool usual_care = true;           // takes antidepressants beside the infusions
    double usual_care_half_life = 1;  // factor on the slow half-life then [> 0]
    double usual_care_response = 1;   // factor on R then [>= 0]
    // --- nasal doses
    double nasal_dose = 1;  // weight of one, where an infusion's is 1 [> 0]
    bool nasal = false;     // a clinic's visits give nasal doses; a study says so itself
    // --- expectation: what an infusion without the drug does
    double expectation = 0;  // share of the effect that is expectation, not drug [0..1]
    // --- tolerance
    std::uint32_t tolerance_after = 20;  // infusions; from then on each one more ...
    double tolerance = 0;                // ... takes this share of R and of the slow gain [0..1)
    // --- stress
    double stress_per_day = 0;  // shocks [>= 0]
    double stress_size = 0;     // mean of an exponential fall [>= 0]
    double stress_days = 40;    // time constant of its fading [> 0]
    double stress_buffer = 0;   // share that a full store keeps off [0..1]
    double season = 0;          // amplitude of the frequency through the year [0..1]
    YearlyDay season_peak{std::chrono::month{2}, std::chrono::day{1}};
    double therapy_stress = 1;  // factor on the frequency for patients in psychotherapy [>= 0]
    std::vector<YearlyDay> stressful_days;  // holidays: the week around each of them, and
    bool anniversary = false;               // around a day of the patient's own, has
    double stressful_factor = 1;            // this factor on the frequency [>= 0]
    // --- recovery
    double recovery_per_day = 0;    // opportunities; taken at an improvement of half or more
    double recovered_level = 0.85;  // improvement without any drug then [0..1]
    double new_phase_per_day = 0;   // opportunities of falling ill anew [>= 0]
    // --- what a rating adds
    double noise_sd = 0;    // [>= 0]
    double noise_days = 8;  // time constant of its memory [> 0]

    /// Weight of what a visit of a clinic gives.
    double dose_of_visit() const { return nasal ? nasal_dose : 1; }
    bool operator==(const SymptomCourse&) const = default;
};

/// Candidates of stress come at this many times the plain frequency, whatever season, therapy and
/// holidays say, so that these keep the same candidates; their product may not exceed it.
constexpr double kMostStress = 2;
/// The most that season, therapy and holidays make of the frequency of shocks at any instant, as a
/// multiple of the plain one.
double most_stress(const SymptomCourse& course);

/// Who the patient is, as far as the course is concerned.
struct SymptomPatient {
    std::uint64_t seed = 0;
    std::uint32_t replication = 0;
    std::uint32_t patient = 0;
    std::uint32_t attempt = 0;  // of a patient in care at the start, drawn again until in response
    bool in_therapy = false;
    double ceiling_shift = 0;                        // by severity
    double half_life = 1, stress = 1, response = 1;  // factors, by lifestyle
    YearlyDay own_day{};                             // anniversary
};

/// One patient's state. `advance` and what calls it go forwards in time only.
class Symptoms {
  public:
    Symptoms() = default;
    /// From arrival on: untreated, no stress, noise as in the long run. Not before 30,000 years of
    /// run start.
    Symptoms(const SymptomCourse& course, const SymptomPatient& who, Instant arrival,
             const Dates& dates);

    /// The infusion's effect from the end of its visit on. `dose`: 1 for an infusion, less for a
    /// nasal dose; `drug` false: a placebo, which fills the store of expectation alone.
    void infuse(Instant at, double dose = 1, bool drug = true);
    /// Psychotherapy from now on; no change for who has it already.
    void begin_therapy(Instant at);
    /// Improvement without noise.
    double level(Instant at);
    /// Improvement as a rating gives it, before an infusion of the same instant; `error_sd` is the
    /// sd of a measurement error of its own. A second look at one instant gives the same number.
    double rating(Instant at, double error_sd = 0);
    bool recovered(Instant at);
    std::uint32_t infusions() const { return infusions_; }

  private:
    struct Process {
        Instant next = kNever;
        std::uint32_t index = 0;
    };

    void advance(Instant to) {
        if (to >= next_change_) change_until(to);
    }
    void change_until(Instant to);
    void draw_next(Process& process, Purpose purpose, double per_day, Instant from) const;
    bool stress_is_kept(Instant at) const;
    double stress_frequency(Instant at) const;  // relative to the plain one
    double level_now(Instant at) const;
    double stress_now(Instant at) const;
    Address address(Purpose purpose, std::uint64_t index) const;

    const SymptomCourse* course_ = nullptr;
    const Dates* dates_ = nullptr;
    SymptomPatient who_;

    double strength_ = 0, ceiling_ = 0;             // R, Y
    double fast_decay_ = 0, slow_decay_ = 0;        // per day
    double fast_ = 0, slow_ = 0;                    // stores just after the last infusion
    double expected_fast_ = 0, expected_slow_ = 0;  // the same of all infusions, drug or not
    Instant infused_;
    Instant season_peak_;  // the first one; without a season of no use
    double stress_ = 0;    // just after the last shock
    Instant stressed_;
    double noise_ = 0;  // at the last rating
    Instant rated_;
    // the step of the noise from one rating to the next: nearly always over the same time
    Duration noise_gap_{};
    double noise_kept_ = 0, noise_added_ = 0;  // share kept; sd of what is new
    bool recovered_ = false;
    std::uint32_t infusions_ = 0;
    Process shocks_, recovery_, new_phase_;
    Instant next_change_ = kNever;  // the earliest of the three
};

/// Somebody who was infused at arrival and then with these times between the infusions, each as a
/// visit of a clinic gives it.
Symptoms after_series(const SymptomCourse& course, const SymptomPatient& who, Instant arrival,
                      const std::vector<Duration>& gaps, const Dates& dates);

}  // namespace clinicsim
