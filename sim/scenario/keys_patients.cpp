// Rows of the patients' sections: where they come from, what they have, how it goes.
#include "keys.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::array kPatientsRows{
    KeyRow{"arrivals", "{arrivals}", "new patients; absent: nobody new", "",
           "{poisson: {mean: 5, per: week}}"},
    KeyRow{"in_care_at_start", "{in_care_at_start}",
           "responders in care when the run starts; absent: nobody", "",
           "{patients: 400, last_infusion: spread over 30 days}"},
    KeyRow{"drop_out", "{drop_out}", "leaving for reasons outside the model; absent: nobody does",
           "", "{time: {exponential: {mean: 2 years}}}"},
    KeyRow{"side_effects", "map of {side_effect}",
           "what an infusion may bring with it, by names of your own; absent: nothing", "{}",
           "{blood_pressure: {chance: 1 %, holds: 30 min, ends_infusion: 5 %}}"},
    KeyRow{"psychotherapy", "share", "share of patients who have psychotherapy, too", "0 %",
           "30 %"},
    KeyRow{
        "lifestyle", "map of {habit}",
        "habits of some patients, by names of your own, and what each changes in a symptom course "
        "(assumed: the studies give no numbers)",
        "{}", "{exercise: {share: 40 %, stress: 0.8}}"},
    KeyRow{"severity", "map of share or {severity_class}",
           "severity classes and their shares; they sum to 100 %", "{}",
           "{mild: 20 %, moderate: 50 %, severe: {share: 30 %, baseline_factor: 1.2}}"},
    KeyRow{"conditions", "map of {condition}",
           "conditions by name: depression, anxiety, ptsd, chronic_pain or any other", "required",
           "{depression: {induction: six, course: usual}}"},
};

constexpr std::array kArrivalsRows{
    KeyRow{"poisson", "{arrivals.poisson}", "at random, with a mean number per time", "",
           "{mean: 5, per: week}"},
    KeyRow{"every", "{arrivals.every}", "in a fixed rhythm", "", "{gap: 1 hour, count: 10}"},
    KeyRow{"dates", "list of date and time", "at given instants; one named twice is two patients",
           "", "[2026-01-05 09:00, 2026-01-06 10:30]"},
};

constexpr std::array kPoissonRows{
    KeyRow{"mean", "number over 0", "mean number of new patients in that time", "required", "5"},
    KeyRow{"per", "per", "the time: hour, day, week, month (1/12 year), year, or a duration",
           "required", "week"},
    KeyRow{"growth_per_year", "growth", "how much more each year, compounding", "0 %", "10 %"},
    KeyRow{"season", "{season}", "a wave through the year; absent: none", "",
           "{amplitude: 20 %, peak: \"03-01\"}"},
};

constexpr std::array kSeasonRows{
    KeyRow{"amplitude", "share", "the highest above the mean, as a share of it", "required",
           "20 %"},
    KeyRow{"peak", "yearly day", "the day of the year with the most new patients", "required",
           "\"03-01\""},
};

constexpr std::array kRegularRows{
    KeyRow{"gap", "duration over 0", "time from one patient to the next", "required", "1 hour"},
    KeyRow{"first", "duration", "the first patient's time after the start of the run", "0 min",
           "9 h"},
    KeyRow{"count", "whole number", "how many patients; absent: without end", "", "10"},
};

constexpr std::array kStockRows{
    KeyRow{"patients", "whole number 0..1000000000", "how many", "required", "400"},
    KeyRow{"last_infusion", "'at_start' | spread",
           "when they were last infused: all at the start, or each at a uniform instant of the "
           "first so many days",
           "required", "spread over 30 days"},
};

constexpr std::array kDropOutRows{
    KeyRow{"time", "distribution | 'never'", "how long patients stay; absent: for good", "never",
           "{exponential: {mean: 2 years}}"},
    KeyRow{"from", "one of first_visit, induction_end", "what the time counts from", "first_visit",
           "induction_end"},
    KeyRow{
        "leaves", "one of at_once, at_next_due",
        "at_next_due: nothing happens before the next booster falls due, then the patient leaves",
        "at_once", "at_next_due"},
    KeyRow{"per_induction_visit", "share",
           "chance to leave after each induction visit but the last", "0 %", "3 %"},
};

constexpr std::array kSideEffectRows{
    KeyRow{"chance", "share", "chance at each infusion", "required", "1 %"},
    KeyRow{"from_infusion", "whole number 1..100000",
           "before this one it does not happen; who is in care at the start has had an induction",
           "1", "20"},
    KeyRow{"until_infusion", "whole number 1..100000",
           "after this one it does not happen; absent: to the end", "", "3"},
    KeyRow{"holds", "distribution", "how much longer the visit takes then", "0 min", "30 min"},
    KeyRow{"ends_infusion", "share",
           "share of them in which the infusion is broken off and has no effect", "0 %", "5 %"},
    KeyRow{"stops_treatment", "share", "share of them after which the patient leaves for good",
           "0 %", "100 %"},
};

constexpr std::array kHabitRows{
    KeyRow{"share", "share", "share of the patients who have it, whatever else they have",
           "required", "40 %"},
    KeyRow{"half_life", "number over 0", "factor on both half-lives of the effect", "1", "1.1"},
    KeyRow{"stress", "number 0..2", "factor on the frequency of shocks", "1", "0.8"},
    KeyRow{"response", "number 0..10", "factor on the strength of response", "1", "0.9"},
};

constexpr std::array kConditionRows{
    KeyRow{"share", "share", "share of the patients; the shares sum to 100 %",
           "(100 % where there is one condition)", "75 %"},
    KeyRow{"induction", "name | 'none'",
           "name under inductions; none: for patients in care at the start only", "required",
           "six_in_two_weeks"},
    KeyRow{"course", "name", "name under courses", "required", "usual_care"},
    KeyRow{"scale", "name | {scale}",
           "the severity scale of these patients' ratings (symptom course); absent: that of "
           "observation, else that of the condition (depression MADRS, ptsd CAPS-5, anxiety HAM-A, "
           "chronic_pain pain 0-10)",
           "", "CAPS-5"},
    KeyRow{"relapse", "{score_rule}",
           "what counts as a relapse of these patients (symptom course); absent: that of "
           "observation",
           "", "{loss_of_response: 2 ratings}"},
};

constexpr std::array kSeverityRows{
    KeyRow{"share", "share", "share of the patients; the shares sum to 100 %", "required", "30 %"},
    KeyRow{
        "baseline_factor", "number over 0",
        "their untreated score, as a multiple of the scale's; the score of remission stays where "
        "it is, and response is half of their own score (symptom course); absent: 1.2 for a class "
        "named very_severe (assumed; McInnes 2022: response does not depend on severity, remission "
        "a little: so it comes out), else 1",
        "", "1.2"},
    KeyRow{"ceiling_shift", "growth",
           "on the most improvement that the drug gives (symptom course)", "0 %", "-5 %"},
};

constexpr std::array kInductionRows{
    KeyRow{"visits", "whole number 1..1000", "infusions of the series", "required", "6"},
    KeyRow{"gap", "distribution", "from the end of a visit to the next visit's due time",
           "(required from 2 visits on)", "{uniform: {min: 2 days, max: 3 days}}"},
};

constexpr std::array kCourseRows{
    KeyRow{"renewal", "{renewal}",
           "the time to relapse is drawn afresh after every infusion that works", "",
           "{responds: 60 %, relapse: {weibull: {shape: 1.3, median: 60 days}}}"},
    KeyRow{"symptom", "{symptom}",
           "improvement in continuous time, seen through ratings only; {} is depression in usual "
           "care",
           "", "{of: ptsd, treatment: washout}"},
    KeyRow{"posterior", "text | {posterior}",
           "sets of parameters of a symptom course, one for each replication in turn: a CSV file "
           "beside the scenario or deeper, whose line of headings names parameters (shares as "
           "fractions, times in days, frequencies per day; lines that start with # are comments)",
           "", "usual_care_sets.csv"},
};

constexpr std::array kRenewalRows{
    KeyRow{"responds", "share | list of share",
           "share who respond at the last infusion of the induction, or at infusion 1, 2, …; the "
           "rest never",
           "(required where a condition with an induction uses the course)", "60 %"},
    KeyRow{"remits", "share", "share of responders who are in remission; absent: not known", "",
           "30 %"},
    KeyRow{"relapse", "distribution | 'never'", "time to relapse from the end of an infusion",
           "(required where anybody responds)", "{weibull: {shape: 1.3, median: 60 days}}"},
    KeyRow{"frailty", "plain distribution",
           "a patient's own factor on the time to relapse, drawn once", "1",
           "{gamma: {mean: 1, sd: 0.3}}"},
    KeyRow{"works", "share", "chance that an infusion after the induction works", "100 %", "90 %"},
    KeyRow{"loss_of_response", "share",
           "chance at each later infusion that from then on none works any more", "0 %", "1 %"},
    KeyRow{"rescue_renews", "yes/no", "no: a rescue ends the episode only, and the risk runs on",
           "yes", "no"},
    KeyRow{"effects", "{effects}", "factors on the time to relapse", "{}", "{psychotherapy: 1.5}"},
};
constexpr std::array kRenewalHints{
    Hint{"improvement_below", "the renewal course has no scores"},
};

constexpr std::array kEffectsRows{
    KeyRow{"per_infusion", "{per_infusion}", "for every infusion received before", "",
           "{factor: 1.02, most: 20}"},
    KeyRow{"close_together", "{close_together}", "where the infusion before was shortly before", "",
           "{factor: 1.3, within: 3 days}"},
    KeyRow{"psychotherapy", "number over 0", "for patients who have psychotherapy", "1", "1.5"},
    KeyRow{"severity", "map of number over 0", "by severity class; 1 for those not named", "{}",
           "{severe: 0.8}"},
};

constexpr std::array kPerInfusionRows{
    KeyRow{"factor", "number over 0", "factor for each infusion received before", "required",
           "1.02"},
    KeyRow{"most", "whole number 1..100000", "how many infusions count at most", "100", "20"},
};

constexpr std::array kCloseTogetherRows{
    KeyRow{"factor", "number over 0", "factor where the infusion before was that close", "required",
           "1.3"},
    KeyRow{"within", "duration over 0", "how close", "required", "3 days"},
};

}  // namespace

constinit const Section kPatientsSection{
    "patients", "patients", "who comes, with what condition, and who drops out", kPatientsRows};
constinit const Section kArrivalsSection{"arrivals", "patients.arrivals",
                                         "how new patients come; one of these", kArrivalsRows};
constinit const Section kPoissonSection{"arrivals.poisson", "patients.arrivals.poisson",
                                        "new patients at random", kPoissonRows};
constinit const Section kSeasonSection{"season", "patients.arrivals.poisson.season",
                                       "a wave of new patients through the year", kSeasonRows};
constinit const Section kRegularSection{"arrivals.every", "patients.arrivals.every",
                                        "new patients in a fixed rhythm", kRegularRows};
constinit const Section kStockSection{"in_care_at_start", "patients.in_care_at_start",
                                      "patients in care when the run starts", kStockRows};
constinit const Section kDropOutSection{"drop_out", "patients.drop_out",
                                        "leaving for reasons outside the model", kDropOutRows};
constinit const Section kSideEffectSection{"side_effect", "patients.side_effects.NAME",
                                           "something that an infusion may bring with it",
                                           kSideEffectRows};
constinit const Section kConditionSection{"condition", "patients.conditions.NAME",
                                          "a condition: who has it, how it is treated, its course",
                                          kConditionRows};
constinit const Section kHabitSection{"habit", "patients.lifestyle.NAME",
                                      "a habit, and what it changes in a symptom course",
                                      kHabitRows};
constinit const Section kSeveritySection{
    "severity_class", "patients.severity.NAME",
    "a severity class: how many, and how it changes the course", kSeverityRows};
constinit const Section kInductionSection{"induction", "inductions.NAME",
                                          "a first series of infusions", kInductionRows};
constinit const Section kCourseSection{"course", "courses.NAME", "how symptoms go", kCourseRows};
constinit const Section kRenewalSection{"renewal", "courses.NAME.renewal",
                                        "relapse times drawn afresh after every infusion",
                                        kRenewalRows, kRenewalHints};
constinit const Section kEffectsSection{"effects", "courses.NAME.renewal.effects",
                                        "factors on the time to relapse; above 1: longer well",
                                        kEffectsRows};
constinit const Section kPerInfusionSection{"per_infusion",
                                            "courses.NAME.renewal.effects.per_infusion",
                                            "effect of the infusions so far", kPerInfusionRows};
constinit const Section kCloseTogetherSection{
    "close_together", "courses.NAME.renewal.effects.close_together",
    "effect of two infusions close together", kCloseTogetherRows};

}  // namespace clinicsim::reading
