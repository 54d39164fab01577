// Rows of a study: who is enrolled, its phases, the numbers that are read off.
#include "keys.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::array kStudyRows{
    KeyRow{"patients", "whole number 1..1000000000",
           "patients of one replication, those included who are screened and not enrolled", "1000",
           "5000"},
    KeyRow{"course", "name | map of share",
           "the symptom course of who is screened, or several with their shares", "required",
           "{washout: 50 %, usual_care: 50 %}"},
    KeyRow{"enrolled", "{enrolled}", "who of them is enrolled; absent: everybody", "",
           "{baseline_sd: 5, score_at_least: 28, improvement_from: screening}"},
    KeyRow{"scale", "name | {scale}", "the severity scale of all ratings", "MADRS",
           "{name: MADRS, baseline: 34}"},
    KeyRow{"start", "name | map of share",
           "the phase in which patients begin, or parallel groups with their shares",
           "(the first phase)", "{twice: 50 %, thrice: 50 %}"},
    KeyRow{"phases", "map of {phase}", "phases in the order of time, by name", "required",
           "{infusions: {infusions: {days: [0, 2, 4]}, ratings: {after_infusion: 1 day}}}"},
    KeyRow{"outcomes", "map of {outcome}",
           "numbers read off the patients of a replication, by the names that targets use",
           "required", "{responded: {share: response, phase: infusions}}"},
};

constexpr std::array kEnrolledRows{
    KeyRow{
        "baseline_sd", "number 0..1000",
        "sd of patients' untreated scores, normal about the scale's baseline, within a twentieth "
        "of it and the worst score",
        "0", "5"},
    KeyRow{"score_at_least", "number over 0",
           "the score at screening from which on patients are enrolled; absent: any", "", "28"},
    KeyRow{"score_below", "number over 0",
           "the score at screening under which patients are enrolled; absent: any", "", "40"},
    KeyRow{"error", "share",
           "sd of a measurement error of that score, as a share of the baseline score", "0 %",
           "5 %"},
    KeyRow{"exclude", "list of name", "courses of who is screened and not enrolled", "[]",
           "[refractory]"},
    KeyRow{
        "improvement_from", "one of untreated, screening",
        "what improvements and changes are counted from: the patient's untreated score, which "
        "nobody sees, or the score at screening, as trials do: who is enrolled on a bad day then "
        "gets better by itself",
        "untreated", "screening"},
};

constexpr std::array kPhaseRows{
    KeyRow{"infusions", "{study_infusions}", "which infusions are given; absent: none", "",
           "{days: [0, 2, 4, 7, 9, 11]}"},
    KeyRow{"ratings", "{study_ratings}", "when patients are rated; all that are named", "",
           "{after_infusion: 1 day, every: 7 days}"},
    KeyRow{"lasts", "duration over 0",
           "length of the phase; absent: it ends with the last of the arm's ratings and infusions",
           "", "4 weeks"},
    KeyRow{"until", "test", "the phase ends at the first rating like this", "", "remission"},
    KeyRow{"leaves_per_infusion", "share", "chance to leave after each infusion but the last",
           "0 %", "3 %"},
    KeyRow{"next", "map of test",
           "who goes on where: the first that holds of the ratings of the phase; nobody after an "
           "event",
           "{}", "{stable: remission at 3 of 4, rest: always}"},
    KeyRow{"event", "{event}", "what the time is measured to", "",
           "{improvement_below: 50 %, for: 2 ratings}"},
    KeyRow{"clock", "one of phase, last_infusion", "what the time to the event counts from",
           "phase", "last_infusion"},
    KeyRow{
        "arms", "map of share or {arm}",
        "arms and their shares, drawn at the start of the phase, which may differ in what they get "
        "and in when; absent: one arm",
        "{}", "{esketamine: 50 %, placebo: {share: 50 %, gets: placebo}}"},
    KeyRow{"censored", "distribution",
           "how long after the start of the phase patients are followed; from the next rating on "
           "nothing is known of them",
           "", "{exponential: {mean: 29 weeks}}"},
    KeyRow{"drop_out", "distribution",
           "how long after the start of the phase patients leave, at the next rating: an end that "
           "competes with the event",
           "", "{exponential: {mean: 1 year}}"},
};

constexpr std::array kInfusionsRows{
    KeyRow{"days", "list of number or duration",
           "when they are given, counted from the start of the phase; plain numbers are days", "",
           "[0, 2, 4, 7, 9, 11]"},
    KeyRow{"every", "duration over 0", "in a rhythm, the first at the start of the phase", "",
           "3.5 days"},
    KeyRow{"count", "whole number 1..100000",
           "how many in that rhythm; absent: until the phase ends", "", "8"},
    KeyRow{"dose", "share 0..10 | 'nasal'",
           "weight of an infusion's effect; an intravenous one has 100 %, a nasal one the course's "
           "nasal_dose",
           "100 %", "nasal"},
    KeyRow{"spaced", "{spaced}", "a longer time between infusions for who is well", "",
           "{to: 2 weeks, after: 4 weeks, when: remission}"},
};

constexpr std::array kSpacedRows{
    KeyRow{"to", "duration over 0", "the longer time", "required", "2 weeks"},
    KeyRow{"after", "duration", "from so long after the start of the phase on", "0 days",
           "4 weeks"},
    KeyRow{"when", "test", "what the ratings must show; else the next one is given as planned",
           "required", "remission"},
};

constexpr std::array kStudyRatingsRows{
    KeyRow{"after_infusion", "duration over 0", "so long after every infusion of the phase", "",
           "1 day"},
    KeyRow{"at", "list of distribution", "at times counted from the start of the phase", "",
           "[1 day, 3 days, {uniform: {min: 14 days, max: 31 days}}]"},
    KeyRow{"every", "distribution", "time from one to the next", "", "7 days"},
    KeyRow{"error", "share", "sd of a measurement error, as a share of the baseline score", "0 %",
           "5 %"},
};

constexpr std::array kEventRows{
    KeyRow{"improvement_below", "share", "ratings with less improvement than this", "", "50 %"},
    KeyRow{"score_at_least", "number over 0", "ratings with at least this score", "", "22"},
    KeyRow{"loss_of_response", "ratings",
           "so many ratings in a row that are no response on the scale", "", "2 ratings"},
    KeyRow{"for", "ratings", "how many ratings in a row", "2 ratings", "2 ratings"},
    KeyRow{"counts", "one of first, last", "which of these ratings is the instant of the event",
           "first", "last"},
};

constexpr std::array kArmRows{
    KeyRow{"share", "share", "share of the patients; the shares sum to 100 %", "required", "50 %"},
    KeyRow{"gets", "one of as_written, placebo, nothing",
           "placebo: infusions without the drug; nothing: no infusions", "as_written", "placebo"},
    KeyRow{"therapy", "yes/no",
           "psychotherapy from the start of the phase on (the course's therapy_half_life and "
           "therapy_stress)",
           "no", "yes"},
    KeyRow{"infusions", "{study_infusions}",
           "infusions of this arm, instead of the phase's: all their keys, none is taken over", "",
           "{every: 2 weeks}"},
    KeyRow{"ratings", "{study_ratings}",
           "ratings of this arm, instead of the phase's, as with infusions; the number of a rating "
           "(an outcome's rating) counts those of the arm",
           "", "{every: 2 weeks}"},
};

constexpr std::array kOutcomeRows{
    KeyRow{"share", "test", "share: of who entered the phase, with such a rating", "", "response"},
    KeyRow{"going_on_to", "name", "share: of who entered the phase, gone on to that phase", "",
           "stable"},
    KeyRow{"event_free", "duration over 0", "share: without the event then (Kaplan-Meier)", "",
           "28 days"},
    KeyRow{"with_event", "name", "share: of who entered that phase, with the event", "",
           "follow_up"},
    KeyRow{"median_time", "name", "days: median time to the event of that phase (Kaplan-Meier)", "",
           "follow_up"},
    KeyRow{"median_event_time", "name", "days: median time of those who had the event", "",
           "follow_up"},
    KeyRow{"restricted_mean", "duration over 0", "days: mean time without the event up to then", "",
           "90 days"},
    KeyRow{"hazard_ratio", "name", "ratio: of arm against another arm in that phase (Cox)", "",
           "follow_up"},
    KeyRow{"incidence", "duration over 0",
           "share: with the event by then, drop-out competing (Aalen-Johansen)", "", "1 year"},
    KeyRow{"mean_change", "name", "points of the scale: mean change from the baseline", "",
           "induction"},
    KeyRow{"median_infusions", "name", "infusions: median of who ended that phase by its until", "",
           "induction"},
    KeyRow{"mean_difference", "name",
           "points of the scale: mean score of arm less that of against in that phase", "",
           "induction"},
    KeyRow{"effect_size", "name",
           "sd: mean improvement of arm less that of against in that phase, over their pooled "
           "standard deviation (Cohen's d)",
           "", "induction"},
    KeyRow{"dropped_out", "name", "share: of who entered that phase, dropped out of it", "",
           "follow_up"},
    KeyRow{"log_rank", "name",
           "of arm against another arm in that phase: chi-square, p, or the share of trials with p "
           "< 0.05, as shows says",
           "", "follow_up"},
    KeyRow{"excluded", "one of any, course, score",
           "share: of who was screened, not enrolled, for any reason or for the first of these two "
           "that holds",
           "", "any"},
    KeyRow{"phase", "name",
           "the phase that share, going_on_to, event_free, restricted_mean and "
           "incidence look at",
           "(the only phase)", "induction"},
    KeyRow{"arm", "name", "one arm of the phase; absent: all", "", "placebo"},
    KeyRow{"arms_of", "name",
           "an earlier phase whose arms arm and against name, such as the treatment before a "
           "follow-up; absent: the phase itself",
           "", "induction"},
    KeyRow{"against", "name",
           "the arm that hazard_ratio, log_rank, mean_difference and effect_size compare with", "",
           "placebo"},
    KeyRow{
        "trial", "whole number 1..1000000 | map of whole number 1..1000000",
        "hazard_ratio and log_rank: patients of each arm, or of both by name, in a trial of the "
        "published size; the number is the median over as many trials as the patients make, or "
        "the share of them. Absent: the hazard ratio of all patients, the log-rank test of those "
        "of a replication",
        "", "{esketamine: 90, placebo: 86}"},
    KeyRow{"shows", "one of ratio, low, high, chi_square, p, significant",
           "hazard_ratio of a trial: ratio, or the low or high end of its 95 % interval; log_rank: "
           "chi_square, p, or significant, the share of trials with p < 0.05 (power)",
           "(ratio, chi_square)", "significant"},
    KeyRow{"cause", "one of event, drop_out",
           "incidence: of the event, drop-out competing, or of dropping out, the event competing",
           "(event)", "drop_out"},
    KeyRow{
        "rating", "whole number 1..1000000 | 'last'",
        "share, mean_change, mean_difference and effect_size: which rating of the phase, counted "
        "from 1",
        "(last)", "6"},
    KeyRow{"of", "one of entered, rated | {those_with}",
           "share: of all who entered the phase, of who has that rating, or of those with another "
           "rating of their own",
           "(entered)", "{with: response, rating: last}"},
    KeyRow{"drop_out", "one of censored, competing",
           "whether who leaves the phase is censored, as trials publish the time to an event, or "
           "never has the event (Aalen-Johansen)",
           "", "censored"},
};

constexpr std::array kThoseWithRows{
    KeyRow{"with", "test", "what their rating shows; who has none is not among them", "required",
           "no response"},
    KeyRow{"phase", "name", "the phase of that rating, of those who entered both",
           "(the outcome's)", "induction"},
    KeyRow{"rating", "whole number 1..1000000 | 'last'", "which rating of it, counted from 1",
           "last", "1"},
};

}  // namespace

constinit const Section kStudySection{"study", "study", "a published study as a protocol",
                                      kStudyRows};
constinit const Section kEnrolledSection{
    "enrolled", "study.enrolled", "who of those who are screened is enrolled", kEnrolledRows};
constinit const Section kPhaseSection{
    "phase", "study.phases.NAME",
    "a phase of a study; it ends at the event, a rating that meets until, or lasts", kPhaseRows};
constinit const Section kStudyInfusionsSection{"study_infusions", "study.phases.NAME.infusions",
                                               "infusions of a phase; days or every",
                                               kInfusionsRows};
constinit const Section kSpacedSection{"spaced", "study.phases.NAME.infusions.spaced",
                                       "a longer time between infusions for who is well",
                                       kSpacedRows};
constinit const Section kStudyRatingsSection{"study_ratings", "study.phases.NAME.ratings",
                                             "ratings of a phase; all that are named",
                                             kStudyRatingsRows};
constinit const Section kEventSection{
    "event", "study.phases.NAME.event",
    "what the time is measured to: ratings in a row; one of the first three", kEventRows};
constinit const Section kArmSection{
    "arm", "study.phases.NAME.arms.NAME",
    "an arm of a phase; all else than its own keys, such as event and lasts, is the phase's",
    kArmRows};
constinit const Section kThoseWithSection{
    "those_with", "study.outcomes.NAME.of",
    "of whom a share is: those of the phase (and arm) with such a rating", kThoseWithRows};
constinit const Section kOutcomeSection{
    "outcome", "study.outcomes.NAME",
    "a number that is read off; one of share to excluded, and what goes with it", kOutcomeRows};

}  // namespace clinicsim::reading
