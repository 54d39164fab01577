#include "clinicsim/care/symptom_defaults.hpp"

#include <algorithm>
#include <array>

#include "clinicsim/base/check.hpp"

namespace clinicsim {

namespace {

using P = SymptomParameter;
using C = SymptomCourse;
constexpr auto plain = P::Unit::plain, share = P::Unit::share, days = P::Unit::days,
               per_day = P::Unit::per_day;
constexpr auto fitted = Standing::fitted, assumed = Standing::assumed;

constexpr std::string_view kFit =
    "clinicsim calibrate scenarios/calibration/symptom_course.yaml --evaluations 140000";

constexpr std::array kParameters{
    P{"response_mean", plain, &C::response_mean, 2.21, 0.01, 20, fitted, 1.1, 2.5,
      "strength of response: mean of a normal, cut at 0; a full store lifts by so many baselines, "
      "up to the ceiling",
      kFit},
    P{"response_sd", plain, &C::response_sd, 1.032, 0, 20, fitted, 0.23, 1.5,
      "its spread over patients: how many respond little", kFit},
    P{"response_factor", plain, &C::response_factor, 1, 0, 10, assumed, 0, 0,
      "factor on the strength; 0.5 for a refractory population",
      "0.5: Sakurai 2020 (pubmed.ncbi.nlm.nih.gov/32871698) and McIntyre 2020 have about half the "
      "responders"},
    P{"ceiling_mean", share, &C::ceiling_mean, 0.6512, 0.2, 0.98, fitted, 0.58, 0.77,
      "most improvement that the drug gives: mean of a normal, kept within 20 and 98 %", kFit},
    P{"ceiling_sd", share, &C::ceiling_sd, 0.15, 0, 1, assumed, 0, 0, "its spread over patients",
      "assumed; the ratio of remission to response fixes only the mean"},
    P{"fast_share", share, &C::fast_share, 0.2023, 0, 1, fitted, 0.1, 0.43,
      "share of the effect that comes and goes fast", kFit},
    P{"fast_gain", share, &C::fast_gain, 1, 0, 1, assumed, 0, 0,
      "share of what is missing in the fast store that an infusion fills",
      "assumed full; freeing it does not improve the fit"},
    P{"slow_gain", share, &C::slow_gain, 0.2981, 0, 1, fitted, 0.15, 0.59,
      "share of what is missing in the slow store that an infusion fills", kFit},
    P{"nasal_dose", share, &C::nasal_dose, 0.7095, 0.01, 10, fitted, 0.42, 0.99,
      "weight of a nasal dose (of esketamine): what it fills of what an infusion fills", kFit},
    P{"fast_half_life", days, &C::fast_half_life, 15.06, 0.01, 10'000, fitted, 2.4, 24,
      "half-life of the fast store", kFit},
    P{"slow_half_life", days, &C::slow_half_life, 7.42, 0.01, 10'000, fitted, 4.4, 20,
      "half-life of the slow store without antidepressants (washout)", kFit},
    P{"usual_care_half_life", plain, &C::usual_care_half_life, 12, 0.01, 1000, fitted, 3.8, 12,
      "factor on it in usual care", kFit},
    P{"usual_care_response", plain, &C::usual_care_response, 0.4784, 0, 10, fitted, 0.41, 0.96,
      "factor on the strength in usual care", kFit},
    P{"half_life_sd", plain, &C::half_life_sd, 0.2888, 0, 3, fitted, 0.21, 1.8,
      "sd of the logarithm of a patient's own factor on both half-lives (frailty)", kFit},
    P{"half_life_factor", plain, &C::half_life_factor, 1, 0.01, 100, assumed, 0, 0,
      "factor of the condition on both half-lives", "see the conditions"},
    P{"therapy_half_life", plain, &C::therapy_half_life, 1.25, 0.01, 100, assumed, 0, 0,
      "factor on both half-lives for patients in psychotherapy",
      "1.0 to 1.6 would do: Wilkinson 2021 (karger.com/pps/article-abstract/90/5/318/829016) finds "
      "d 0.65 (-0.55 to 1.82) at 14 weeks, a cohort of 1,296 finds nothing "
      "(moreblossom.com/papers/combined-ketamine-and-psychotherapy-provide-no-additional-)"},
    P{"expectation", share, &C::expectation, 0, 0, 1, assumed, 0, 0,
      "share of the effect that every infusion has, with the drug or without",
      "0 leaves placebo without effect. Every study of the table with a placebo arm is given 25 %: "
      "Singh 2016, Feder 2021 and Sigtermans 2009 allow it, KARMA-Dep 2 (2025, 33.3 % respond to "
      "midazolam) asks for 50 %"},
    P{"tolerance", share, &C::tolerance, 0, 0, 0.5, assumed, 0, 0,
      "share of the strength and of the slow gain that every infusion after the 20th takes away",
      "0: Alnefeesi 2022 (doi 10.1016/j.jpsychires.2022.04.037) finds no decline; 1 % is a "
      "sensitivity setting (Archer 2018: 4 of 11 lose the effect)"},
    P{"stress", per_day, &C::stress_per_day, 0.009435, 0, 10, fitted, 0.0024, 0.029,
      "frequency of shocks that make symptoms worse for a while", kFit},
    P{"stress_size", share, &C::stress_size, 0.3963, 0, 10, fitted, 0.16, 0.8,
      "mean size of a shock (exponential)", kFit},
    P{"stress_time", days, &C::stress_days, 40, 0.01, 10'000, assumed, 0, 0,
      "time constant of a shock's fading", "assumed; only frequency x size is known"},
    P{"stress_buffer", share, &C::stress_buffer, 0.45, 0, 1, assumed, 0, 0,
      "share of a shock that full stores keep off",
      "assumed; SUSTAIN-1's hazard ratios (Daly 2019, pmc PMC6551577) allow it"},
    P{"season", share, &C::season, 0.2, 0, 1, assumed, 0, 0,
      "amplitude of the frequency of shocks through the year, with its peak on 1 February",
      "at most this: Cobb 2014 (S0010-440X(14)00190-4), small peak December to April"},
    P{"therapy_stress", plain, &C::therapy_stress, 1, 0, 2, assumed, 0, 0,
      "factor on the frequency of shocks for patients in psychotherapy", "assumed"},
    P{"stressful_factor", plain, &C::stressful_factor, 1, 0, 2, assumed, 0, 0,
      "factor on the frequency of shocks in the week around a stressful day", "assumed"},
    P{"recovery", per_day, &C::recovery_per_day, 0.01195, 0, 10, fitted, 0.0047, 0.027,
      "frequency of opportunities to recover from the illness, taken at half improvement or more",
      kFit},
    P{"recovered_level", share, &C::recovered_level, 0.85, 0, 1, assumed, 0, 0,
      "improvement without any drug of who has recovered", "assumed"},
    P{"new_phase", per_day, &C::new_phase_per_day, 0.0009255, 0, 10, fitted, 0.00027, 0.0048,
      "frequency of opportunities for who has recovered to fall ill anew", kFit},
    P{"noise_sd", share, &C::noise_sd, 0.05995, 0, 1, fitted, 0.052, 0.15,
      "sd of what a rating adds to the level", kFit},
    P{"noise_time", days, &C::noise_days, 8, 0.01, 10'000, assumed, 0, 0,
      "time constant of the memory of that noise", "assumed"},
};

constexpr std::array kConditions{
    ConditionDefaults{"depression", 1, 1, "MADRS", fitted, kFit},
    ConditionDefaults{
        "ptsd", 1.5, 0.6, "CAPS-5", assumed,
        "Feder 2021 (psychiatryonline.org/doi/10.1176/appi.focus.23021014): half-lives "
        "by the median of 27.5 days to loss of response, against 18 in Murrough 2013; "
        "0.6 because depression's strength gives 89 % responders (a fall of 30 %), "
        "where 67 % were seen. Against it: Abdallah 2022, no effect in 158 veterans"},
    ConditionDefaults{"anxiety", 0.5, 1, "HAM-A", assumed,
                      "Glue 2018 (pubmed 29561204): doses once or twice a week are needed"},
    ConditionDefaults{"chronic_pain", 3, 0.5, "pain 0-10", assumed,
                      "half-lives: Sigtermans 2009, relief after one course of infusions fades by "
                      "week 12; 0.5: Patil (pubmed 21939497), 59-85 % have relief and 23-51 % for "
                      "over 3 weeks; with depression's strength 90 and 75 % would. Sigtermans and "
                      "Goldberg allow both"},
};

}  // namespace

const char* name(Standing standing) {
    switch (standing) {
        case Standing::published:
            return "published";
        case Standing::fitted:
            return "fitted";
        case Standing::assumed:
            return "assumed";
    }
    return "";
}

std::span<const SymptomParameter> symptom_parameters() { return kParameters; }

const SymptomParameter* symptom_parameter(std::string_view name) {
    const auto at = std::find_if(kParameters.begin(), kParameters.end(),
                                 [&](const P& p) { return p.name == name; });
    return at == kParameters.end() ? nullptr : &*at;
}

SymptomCourse default_symptom_course() {
    SymptomCourse course;
    for (const P& parameter : kParameters) course.*parameter.field = parameter.value;
    return course;
}

SymptomCourse calibrated(const SymptomCourse& course,
                         std::span<const SymptomParameter* const> parameters,
                         std::span<const double> values) {
    CLINICSIM_CHECK(parameters.size() == values.size(), "every parameter has a value");
    SymptomCourse result = course;
    for (std::size_t i = 0; i < parameters.size(); ++i)
        if (const SymptomParameter& one = *parameters[i]; course.*one.field == one.value)
            result.*one.field = values[i];
    return result;
}

std::span<const ConditionDefaults> condition_defaults() { return kConditions; }

}  // namespace clinicsim
