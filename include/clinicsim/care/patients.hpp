// Who the patients are: where they come from, what they suffer from, how their course goes. Plain
// values, read from a scenario; nothing here draws a number or knows a clock.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "clinicsim/base/dates.hpp"
#include "clinicsim/base/time.hpp"
#include "clinicsim/care/symptoms.hpp"
#include "clinicsim/random/distribution.hpp"

namespace clinicsim {

using InductionId = std::uint8_t;
using CourseId = std::uint8_t;
using ConditionId = std::uint8_t;
using SeverityId = std::uint8_t;

/// The first series of infusions. The gap runs from the end of a visit (before turnover) to the
/// next visit's due time, in ticks.
struct Induction {
    std::string name;
    std::uint32_t visits = 1;  // 1..1000
    Distribution gap = Constant{0};
    bool operator==(const Induction&) const = default;
};

/// Factors on the time to relapse, each 1 where the scenario does not name it.
struct RelapseEffects {
    double per_infusion = 1;  // for every infusion received before, up to `most_infusions`
    std::uint32_t most_infusions = 100;
    double close_together = 1;  // when the infusion before lies at most `within` back
    Duration within{};
    double psychotherapy = 1;      // for patients in psychotherapy
    std::vector<double> severity;  // by SeverityId; empty: 1
    bool operator==(const RelapseEffects&) const = default;
};

/// The time to relapse is drawn afresh after every infusion that works (reference: renewal theory,
/// Barlow and Proschan 1965); there are no scores.
struct RenewalCourse {
    /// [k] = probability to respond at infusion k+1 of an induction; the rest never responds.
    /// `responds_at_last` says that [0] is meant for the last infusion, whatever its number.
    std::vector<double> responds{0.0};
    bool responds_at_last = true;
    double remits = -1;                   // share of responders in remission; < 0: not known
    std::optional<Distribution> relapse;  // ticks from the end of the infusion; none: never
    Distribution frailty = Constant{1};   // personal factor on the time to relapse
    double works = 1;                     // chance that an infusion after the induction works
    double loss_of_response = 0;          // chance per later infusion that none works any more
    bool rescue_renews = true;            // no: a rescue ends the episode, the risk runs on
    RelapseEffects effects;
    bool operator==(const RenewalCourse&) const = default;
};

/// The closed set of courses.
struct Course {
    std::string name;
    std::variant<RenewalCourse, SymptomCourse> law;
    /// Parameter sets that fit the evidence about as well, where parameters are uncertain:
    /// replication r uses number r modulo their number instead of `law`.
    std::vector<SymptomCourse> posterior;
    /// The condition whose defaults a symptom course takes; empty: not named.
    std::string of;

    /// Nothing where it is another kind of course.
    const RenewalCourse* renewal() const { return std::get_if<RenewalCourse>(&law); }
    const SymptomCourse* symptom(std::uint32_t replication) const {
        return posterior.empty() ? std::get_if<SymptomCourse>(&law)
                                 : &posterior[replication % posterior.size()];
    }
    bool operator==(const Course&) const = default;
};

struct Condition {
    std::string name;                      // "depression", "anxiety", "ptsd", "chronic_pain"
    double share = 1;                      // of the patients who arrive, and of those in care
    std::optional<InductionId> induction;  // none: only for patients in care at the start
    CourseId course = 0;
    bool operator==(const Condition&) const = default;
};

struct SeverityClass {
    std::string name;  // "mild", "moderate", "severe", …
    double share = 1;
    // --- symptom courses
    double baseline_factor = 1;  // of the scale's untreated score
    double ceiling_shift = 0;    // on the most improvement that the drug gives
    bool operator==(const SeverityClass&) const = default;
};

// --- where patients come from -------------------------------------------------------------------

struct PoissonArrivals {
    double per_tick = 0;          // intensity at the start of the run
    double growth_per_year = 0;   // 0.1: a tenth more each year of 365.25 days, compounding
    double season_amplitude = 0;  // 0..1: the intensity varies by this share around its trend
    YearlyDay season_peak{};
    bool operator==(const PoissonArrivals&) const = default;
};

struct RegularArrivals {
    Duration every{};
    Duration first{};                    // after the start of the run
    std::optional<std::uint64_t> count;  // none: without end
    bool operator==(const RegularArrivals&) const = default;
};

struct ListedArrivals {
    std::vector<Instant> at;  // sorted; equal instants are several patients
    bool operator==(const ListedArrivals&) const = default;
};

using Arrivals = std::variant<std::monostate, PoissonArrivals, RegularArrivals, ListedArrivals>;

/// Patients in care when the run starts: each a responder, well, infused without a chair at a
/// uniform instant of [0, spread); spread 0: at the start.
struct StockAtStart {
    std::uint32_t patients = 0;
    Duration spread{};
    bool operator==(const StockAtStart&) const = default;
};

enum class DropOutFrom : std::uint8_t { first_visit, induction_end };
enum class DropOutLeaves : std::uint8_t { at_once, at_next_due };

struct DropOut {
    std::optional<Distribution> time;  // ticks from `from`; none: never
    DropOutFrom from = DropOutFrom::first_visit;
    DropOutLeaves leaves = DropOutLeaves::at_once;
    double per_induction_visit = 0;  // chance to leave after each induction visit but the last
    bool operator==(const DropOut&) const = default;
};

/// Something that an infusion may bring with it.
struct SideEffect {
    std::string name;   // "blood_pressure", "nausea", "bladder", …
    double chance = 0;  // per infusion
    // It happens at these infusions of the patient, which count from 1; who is in care at the start
    // has had an induction.
    std::uint32_t from_infusion = 1, until_infusion = ~std::uint32_t{0};
    Distribution holds = Constant{0};  // ticks that the visit takes longer
    double ends_infusion = 0;    // share in which the infusion is broken off and has no effect
    double stops_treatment = 0;  // share in which the patient leaves for good
    bool operator==(const SideEffect&) const = default;
};

/// A habit of some patients (sleep, exercise, drinking, …) and what it changes in a symptom course.
struct Habit {
    std::string name;
    double share = 0;      // of the patients, independent of other habits
    double half_life = 1;  // factor on both half-lives (> 0)
    double stress = 1;     // factor on the frequency of shocks (>= 0)
    double response = 1;   // factor on the strength of response (>= 0)
    bool operator==(const Habit&) const = default;
};

struct PatientMix {
    Arrivals arrivals;
    StockAtStart in_care_at_start;
    DropOut drop_out;
    std::vector<SideEffect> side_effects;   // at most 16
    double psychotherapy = 0;               // share of patients in psychotherapy
    std::vector<Habit> lifestyle;           // at most 16
    std::vector<SeverityClass> severities;  // empty: one unnamed class
    std::vector<Condition> conditions;      // at least one; shares sum to 1
    std::vector<Induction> inductions;
    std::vector<Course> courses;
    bool operator==(const PatientMix&) const = default;
};

}  // namespace clinicsim
