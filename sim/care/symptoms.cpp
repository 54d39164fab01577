#include "clinicsim/care/symptoms.hpp"

#include <algorithm>
#include <cmath>

#include "clinicsim/base/check.hpp"
#include "clinicsim/random/normal.hpp"

namespace clinicsim {

namespace {

constexpr double kLn2 = 0.69314718055994530942;
constexpr double kTicksPerDay = 86'400'000;
constexpr double kInResponse = 0.5;
constexpr double kLeastCeiling = 0.2, kMostCeiling = 0.98;
/// Instants before the start of the run have addresses, too: back to 34 years before it.
constexpr std::int64_t kBeforeStart = std::int64_t{1} << 40;
/// A week around a stressful day begins this long before its midnight.
constexpr Duration kHalfWeek{302'400'000};

double days_between(Instant from, Instant to) {
    return static_cast<double>((to - from).count()) / kTicksPerDay;
}

bool near(const YearlyDay& day, Instant at, const Dates& dates) {
    return dates.next(day, at - kHalfWeek - Days{1}) <= at + kHalfWeek;
}

}  // namespace

double most_stress(const SymptomCourse& course) {
    const bool days = course.anniversary || !course.stressful_days.empty();
    return (1 + course.season) * std::max(1.0, course.therapy_stress) *
           (days ? std::max(1.0, course.stressful_factor) : 1);
}

Symptoms::Symptoms(const SymptomCourse& course, const SymptomPatient& who, Instant arrival,
                   const Dates& dates)
    : course_{&course},
      dates_{&dates},
      who_{who},
      infused_{arrival},
      stressed_{arrival},
      rated_{arrival} {
    CLINICSIM_CHECK(arrival.time_since_epoch().count() > -kBeforeStart,
                    "a course begins at most 34 years before the run",
                    (Scene{arrival, who.patient}));
    Engine response{address(Purpose::symptom_traits, 0)};
    strength_ =
        std::max(0.0, course.response_mean + course.response_sd * standard_normal(response));
    strength_ *= course.response_factor * who.response;
    ceiling_ = std::clamp(
        course.ceiling_mean + who.ceiling_shift + course.ceiling_sd * standard_normal(response),
        kLeastCeiling, kMostCeiling);
    Engine time{address(Purpose::symptom_traits, 1)};
    double factor = std::exp(course.half_life_sd * standard_normal(time)) * course.half_life_factor;
    noise_ = course.noise_sd * standard_normal(time);
    if (who.in_therapy) factor *= course.therapy_half_life;
    factor *= who.half_life;
    fast_decay_ = kLn2 / (course.fast_half_life * factor);
    slow_decay_ = kLn2 / (course.slow_half_life * factor);
    if (course.usual_care) {
        strength_ *= course.usual_care_response;
        slow_decay_ /= course.usual_care_half_life;
    }
    if (course.season > 0) season_peak_ = dates.next(course.season_peak, kRunStart - Days{1});
    draw_next(shocks_, Purpose::stress, kMostStress * course.stress_per_day, arrival);
    draw_next(recovery_, Purpose::recovery, course.recovery_per_day, arrival);
    draw_next(new_phase_, Purpose::new_phase, course.new_phase_per_day, arrival);
    next_change_ = std::min({shocks_.next, recovery_.next, new_phase_.next});
}

Address Symptoms::address(Purpose purpose, std::uint64_t index) const {
    // traits are two blocks an attempt; the points of an attempt's processes lie 2^32 apart
    const std::uint64_t of_attempt = purpose == Purpose::symptom_traits
                                         ? std::uint64_t{who_.attempt} * 2
                                         : std::uint64_t{who_.attempt} << 32;
    return {who_.seed, who_.replication, who_.patient, purpose, of_attempt + index};
}

void Symptoms::draw_next(Process& process, Purpose purpose, double per_day, Instant from) const {
    if (!(per_day > 0)) return;
    Engine gap{address(purpose, process.index)};
    process.next = later(from, from_ticks(-std::log(uniform01(gap)) / per_day * kTicksPerDay));
    ++process.index;
}

double Symptoms::stress_frequency(Instant at) const {
    const SymptomCourse& c = *course_;
    double frequency = 1;
    if (c.season > 0)
        frequency *= 1 + c.season * std::cos(2 * M_PI * days_between(season_peak_, at) / 365.25);
    if (who_.in_therapy) frequency *= c.therapy_stress;
    frequency *= who_.stress;
    if (c.stressful_factor != 1) {
        bool stressful = c.anniversary && near(who_.own_day, at, *dates_);
        for (const YearlyDay& day : c.stressful_days) stressful |= near(day, at, *dates_);
        if (stressful) frequency *= c.stressful_factor;
    }
    return frequency;
}

bool Symptoms::stress_is_kept(Instant at) const {
    Engine kept{address(Purpose::stress_kept, shocks_.index - 1)};
    return uniform01(kept) * kMostStress < stress_frequency(at);
}

double Symptoms::stress_now(Instant at) const {
    return stress_ == 0 ? 0
                        : stress_ * std::exp(-days_between(stressed_, at) / course_->stress_days);
}

double Symptoms::level_now(Instant at) const {
    const SymptomCourse& c = *course_;
    const double since = days_between(infused_, at);
    const double fast_left = std::exp(-fast_decay_ * since);
    const double slow_left = std::exp(-slow_decay_ * since);
    const double p = c.fast_share;
    const auto effect = [&](double fast, double slow) {
        return p * fast * fast_left + (1 - p) * slow * slow_left;
    };
    const double drug = effect(fast_, slow_);
    double lifted = drug;
    if (c.expectation > 0)
        lifted =
            (1 - c.expectation) * drug + c.expectation * effect(expected_fast_, expected_slow_);
    double strength = strength_;
    if (c.tolerance > 0 && infusions_ > c.tolerance_after)
        strength *= std::pow(1 - c.tolerance, infusions_ - c.tolerance_after);
    double improvement = std::min(ceiling_, strength * lifted);
    if (recovered_) improvement = std::max(improvement, c.recovered_level);
    return improvement - stress_now(at) * (1 - c.stress_buffer * drug);
}

/// Ties: stress, recovery, new phase.
void Symptoms::change_until(Instant to) {
    for (;;) {
        const Instant at = std::min({shocks_.next, recovery_.next, new_phase_.next});
        next_change_ = at;
        if (at > to) return;
        if (shocks_.next == at) {
            if (stress_is_kept(at)) {
                Engine shock{address(Purpose::stress, shocks_.index - 1)};
                shock();  // the gap's
                stress_ = stress_now(at) - course_->stress_size * std::log(uniform01(shock));
                stressed_ = at;
            }
            draw_next(shocks_, Purpose::stress, kMostStress * course_->stress_per_day, at);
        } else if (recovery_.next == at) {
            if (!recovered_ && level_now(at) >= kInResponse) recovered_ = true;
            draw_next(recovery_, Purpose::recovery, course_->recovery_per_day, at);
        } else {
            recovered_ = false;
            draw_next(new_phase_, Purpose::new_phase, course_->new_phase_per_day, at);
        }
    }
}

void Symptoms::infuse(Instant at, double dose, bool drug) {
    advance(at);
    const SymptomCourse& c = *course_;
    // nothing is filled: moving the anchor would change the level in its last bit
    if (!drug && c.expectation == 0) return;
    const double since = days_between(infused_, at);
    const double fast_left = std::exp(-fast_decay_ * since);
    const double slow_left = std::exp(-slow_decay_ * since);
    double slow_gain = c.slow_gain;
    if (c.tolerance > 0 && infusions_ >= c.tolerance_after)
        slow_gain *= std::pow(1 - c.tolerance, infusions_ + 1 - c.tolerance_after);
    const auto fill = [&](double& fast, double& slow, double weight) {
        fast *= fast_left;
        slow *= slow_left;
        fast += c.fast_gain * weight * (1 - fast);
        slow += slow_gain * weight * (1 - slow);
    };
    fill(fast_, slow_, drug ? dose : 0);
    fill(expected_fast_, expected_slow_, dose);
    infused_ = at;
    if (drug) ++infusions_;
}

void Symptoms::begin_therapy(Instant at) {
    if (who_.in_therapy) return;
    advance(at);
    // the stores empty more slowly from here on: their anchor moves to this instant
    const double since = days_between(infused_, at);
    const double fast_left = std::exp(-fast_decay_ * since);
    const double slow_left = std::exp(-slow_decay_ * since);
    fast_ *= fast_left;
    slow_ *= slow_left;
    expected_fast_ *= fast_left;
    expected_slow_ *= slow_left;
    infused_ = at;
    fast_decay_ /= course_->therapy_half_life;
    slow_decay_ /= course_->therapy_half_life;
    who_.in_therapy = true;
}

double Symptoms::level(Instant at) {
    advance(at);
    return level_now(at);
}

double Symptoms::rating(Instant at, double error_sd) {
    advance(at);
    const auto ticks = at.time_since_epoch().count() + kBeforeStart;
    // every attempt has noise of its own (the first 64, in the runs of a hundred years), or one bad
    // day would keep a patient from ever being drawn as a responder
    const std::uint64_t of_attempt = std::uint64_t{who_.attempt % 64} << 42;
    Engine e{{who_.seed, who_.replication, who_.patient, Purpose::rating,
              static_cast<std::uint64_t>(ticks) ^ of_attempt}};
    if (at > rated_) {
        if (const Duration gap = at - rated_; gap != noise_gap_) {
            noise_gap_ = gap;
            noise_kept_ = std::exp(-days_between(rated_, at) / course_->noise_days);
            noise_added_ = course_->noise_sd * std::sqrt(1 - noise_kept_ * noise_kept_);
        }
        noise_ = noise_kept_ * noise_ + noise_added_ * standard_normal(e);
        rated_ = at;
    } else if (error_sd > 0) {
        e();  // the noise's
    }
    double improvement = level_now(at) + noise_;
    if (error_sd > 0) improvement += error_sd * standard_normal(e);
    return improvement;
}

bool Symptoms::recovered(Instant at) {
    advance(at);
    return recovered_;
}

Symptoms after_series(const SymptomCourse& course, const SymptomPatient& who, Instant arrival,
                      const std::vector<Duration>& gaps, const Dates& dates) {
    Symptoms symptoms{course, who, arrival, dates};
    Instant at = arrival;
    symptoms.infuse(at, course.dose_of_visit());
    for (const Duration gap : gaps) symptoms.infuse(at += gap, course.dose_of_visit());
    return symptoms;
}

}  // namespace clinicsim
