// Rows of the symptom course and of what is observed of it. The course's parameters come from their
// table, so that a parameter cannot have two defaults.
#include <deque>
#include <string>
#include <vector>

#include "clinicsim/care/symptom_defaults.hpp"
#include "keys.hpp"
#include "quantities.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::array kPosteriorRows{
    KeyRow{"parameters", "list of name", "the parameters that the sets name", "required",
           "[slow_gain, slow_half_life]"},
    KeyRow{"sets", "list of list of number",
           "their values: shares as fractions, times in days, frequencies per day", "required",
           "[[0.33, 7.3], [0.28, 9.1]]"},
};

constexpr std::array kObservationRows{
    KeyRow{
        "scale", "name | {scale}",
        "the severity scale of all ratings; absent: each condition's own (depression MADRS, ptsd "
        "CAPS-5, anxiety HAM-A, chronic_pain pain 0-10)",
        "MADRS", "{name: MADRS, baseline: 34}"},
    KeyRow{"self_ratings", "{self_ratings} | 'none'",
           "what patients report, on a grid of their own that counts from their arrival", "{}",
           "{every: 7 days, done: 80 %}"},
    KeyRow{"check_ups", "{check_ups} | 'none'", "ratings by the clinic, on a grid alike", "none",
           "{every: 30 days}"},
    KeyRow{"at_visits", "{at_visits}", "ratings at the start of booster visits", "{}",
           "{done: 100 %}"},
    KeyRow{"response_after", "duration over 0",
           "from the last infusion of an induction to the rating that decides on response and "
           "remission",
           "1 day", "1 day"},
    KeyRow{"relapse", "{score_rule}",
           "what counts as a relapse; it begins at the first rating. Absent: an improvement below "
           "42 %, or 84 % of that of response on a scale where that is less, at 2 ratings",
           "{}", "{improvement_below: 42 %, for: 2 ratings}"},
};

constexpr std::array kScaleRows{
    KeyRow{
        "name", "name",
        "which scale: MADRS, PHQ-9, QIDS, CAPS-5, HAM-A, pain 0-10; or, with highest and all the "
        "others, one of your own, such as HAM-D",
        "required", "MADRS"},
    KeyRow{"highest", "number over 0",
           "the highest score there is, of a scale of your own; scores run from 0 up to it",
           "(the scale's)", "52"},
    KeyRow{"baseline", "number over 0", "mean untreated score", "(the scale's)", "32"},
    KeyRow{"response", "share", "least improvement that counts as response", "(the scale's)",
           "50 %"},
    KeyRow{"remission", "share", "least improvement that counts as remission", "(the scale's)",
           "69 %"},
};

constexpr KeyRow kDone{"done", "share", "chance that a rating is made", "100 %", "80 %"};
constexpr KeyRow kError{
    "error", "share", "sd of a measurement error, as a share of the baseline score", "0 %", "5 %"};

constexpr std::array kSelfRatingsRows{
    KeyRow{"every", "duration over 0", "time from one to the next", "7 days", "14 days"},
    kDone,
    kError,
};
constexpr std::array kCheckUpsRows{
    KeyRow{"every", "duration over 0", "time from one to the next", "required", "30 days"},
    kDone,
    kError,
};
constexpr std::array kAtVisitsRows{
    KeyRow{"done", "share", "chance that a rating is made", "0 %", "100 %"},
    kError,
};

constexpr std::array kScoreRuleRows{
    KeyRow{"improvement_below", "share", "ratings with less improvement than this", "", "42 %"},
    KeyRow{"score_at_least", "number over 0", "ratings with at least this score", "", "22"},
    KeyRow{"loss_of_response", "ratings",
           "so many ratings in a row that are no response on the scale", "", "2 ratings"},
    KeyRow{"for", "ratings", "how many ratings in a row", "2 ratings", "2 weekly ratings"},
};

/// A number of a parameter as a scenario would say it.
std::string text_of(SymptomParameter::Unit unit, double value) {
    using Unit = SymptomParameter::Unit;
    switch (unit) {
        case Unit::share:
            return number_text(value * 100) + " %";
        case Unit::days:
            return number_text(value) + " days";
        case Unit::per_day:
            return number_text(value) + " per day";
        case Unit::plain:
            break;
    }
    return number_text(value);
}

std::string_view type_of(SymptomParameter::Unit unit) {
    using Unit = SymptomParameter::Unit;
    switch (unit) {
        case Unit::share:
            return "share";
        case Unit::days:
            return "days";
        case Unit::per_day:
            return "frequency";
        case Unit::plain:
            break;
    }
    return "number";
}

struct SymptomRows {
    std::deque<std::string> texts;  // what the rows' views look at
    std::vector<KeyRow> rows;

    std::string_view kept(std::string text) {
        texts.push_back(std::move(text));
        return texts.back();
    }

    SymptomRows() {
        std::string names, half_lives, strengths;
        for (const ConditionDefaults& one : condition_defaults()) {
            names += (names.empty() ? "" : ", ") + std::string{one.name};
            const std::string named =
                (half_lives.empty() ? "" : ", ") + std::string{one.name} + " ";
            half_lives += named + number_text(one.half_life_factor);
            strengths += named + number_text(one.response_factor);
        }
        rows.push_back(
            {"of", kept("one of " + names),
             "the condition, which gives half_life_factor and response_factor their defaults",
             "depression", "ptsd"});
        rows.push_back({"treatment", "one of usual_care, washout",
                        "usual_care: with antidepressants beside the infusions; washout: without",
                        "usual_care", "washout"});
        rows.push_back(
            {"doses", "one of infusion, nasal",
             "what a visit of a clinic gives: an infusion, or a nasal dose of the weight "
             "nasal_dose; a study says it at its infusions",
             "infusion", "nasal"});
        for (const SymptomParameter& one : symptom_parameters()) {
            const std::string_view value = kept(text_of(one.unit, one.value));
            const auto of_conditions = [&](const std::string& factors) {
                return kept("(that of the condition: " + factors + ")");
            };
            const std::string_view otherwise =
                one.field == &SymptomCourse::half_life_factor  ? of_conditions(half_lives)
                : one.field == &SymptomCourse::response_factor ? of_conditions(strengths)
                                                               : value;
            rows.push_back({one.name,
                            kept(std::string{type_of(one.unit)} + " " + number_text(one.lowest) +
                                 ".." + number_text(one.highest)),
                            one.meaning, otherwise, value});
        }
        rows.push_back({"tolerance_after", "whole number 0..100000",
                        "infusions after which tolerance begins", "20", "20"});
        rows.push_back({"season_peak", "yearly day", "the day of the year with the most shocks",
                        "02-01", "\"02-01\""});
        rows.push_back({"stressful_days", "list of yearly day",
                        "days of every year; in the week around each, shocks come more often by "
                        "stressful_factor",
                        "[]", "[\"12-20\"]"});
        rows.push_back({"anniversary", "yes/no",
                        "a stressful day of the year of each patient's own", "no", "yes"});
    }
};

}  // namespace

std::string parameter_details(std::string_view key, std::string_view margin) {
    const SymptomParameter* parameter = symptom_parameter(key);
    if (parameter == nullptr) return {};
    std::string out = std::string{margin} + name(parameter->standing);
    if (parameter->fits_to > 0)
        out += "; 95 % of the sets that fit: " + text_of(parameter->unit, parameter->fits_from) +
               " to " + text_of(parameter->unit, parameter->fits_to);
    return out + "\n" + std::string{margin} + "source: " + std::string{parameter->source} + "\n";
}

const Section& symptom_section() {
    static const SymptomRows kAll;
    static const Section kSection{
        "symptom", "courses.NAME.symptom",
        "improvement in continuous time, seen through ratings only; every "
        "parameter has a default that fits the published studies",
        kAll.rows};
    return kSection;
}

constinit const Section kPosteriorSection{
    "posterior", "courses.NAME.posterior",
    "sets of parameters that fit about as well; replication r uses set r modulo their number",
    kPosteriorRows};
constinit const Section kObservationSection{"observation", "observation",
                                            "what is rated, when, and what counts as a relapse",
                                            kObservationRows};
constinit const Section kScaleSection{"scale", "observation.scale",
                                      "a severity scale and its cut-offs", kScaleRows};
constinit const Section kSelfRatingsSection{"self_ratings", "observation.self_ratings",
                                            "ratings by the patients", kSelfRatingsRows};
constinit const Section kCheckUpsSection{"check_ups", "observation.check_ups",
                                         "ratings by the clinic", kCheckUpsRows};
constinit const Section kAtVisitsSection{"at_visits", "observation.at_visits",
                                         "ratings at the start of booster visits", kAtVisitsRows};
constinit const Section kScoreRuleSection{"score_rule", "observation.relapse",
                                          "a rule on ratings in a row; one of the first three",
                                          kScoreRuleRows};

}  // namespace clinicsim::reading
