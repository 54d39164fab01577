#include "study_readings.hpp"

#include <algorithm>
#include <cmath>

#include "clinicsim/base/check.hpp"
#include "clinicsim/experiment/fold.hpp"
#include "clinicsim/stats/pooled_survival.hpp"

namespace clinicsim {

namespace {

using Kind = StudyOutcome::Kind;
constexpr int kEvent = 1, kDropOut = 2;

using Path = StudyPath;

/// The records of one phase and arm, in the order of the patients.
std::vector<const PhaseRecord*> entered(const std::vector<Path>& paths, std::size_t phase,
                                        std::optional<std::size_t> arm) {
    std::vector<const PhaseRecord*> found;
    for (const Path& path : paths)
        for (const PhaseRecord& record : path)
            if (record.phase == phase && (!arm || record.arm == *arm)) found.push_back(&record);
    return found;
}

std::vector<FollowUp> times_of(const std::vector<const PhaseRecord*>& records) {
    std::vector<FollowUp> times;
    for (const PhaseRecord* record : records)
        times.push_back({std::max(0.0, record->days), record->end == PhaseEnd::event ? kEvent
                                                      : record->end == PhaseEnd::dropped_out
                                                          ? kDropOut
                                                          : 0});
    return times;
}

std::vector<FollowUp> only_events(std::vector<FollowUp> times) {
    std::erase_if(times, [](const FollowUp& one) { return one.cause != kEvent; });
    return times;
}

MetricSample ratio(std::size_t numerator, std::size_t denominator) {
    if (denominator == 0) return {};
    return {static_cast<double>(numerator), static_cast<double>(denominator), true};
}
MetricSample plain(std::optional<double> value) {
    return value ? MetricSample{*value, 1, true} : MetricSample{};
}

/// The middle of an unordered list; nothing of an empty one.
std::optional<double> median_of(std::vector<double> values) {
    if (values.empty()) return std::nullopt;
    std::sort(values.begin(), values.end());
    const std::size_t n = values.size();
    return (values[(n - 1) / 2] + values[n / 2]) / 2;
}

/// Of who ended the phase by its `until`.
std::vector<double> infusions_of(const std::vector<const PhaseRecord*>& records) {
    std::vector<double> numbers;
    for (const PhaseRecord* record : records)
        if (record->reached) numbers.push_back(record->infusions);
    return numbers;
}

double survival_at(const SurvivalCurve& curve, double days) {
    double survival = 1;
    for (const SurvivalStep& step : curve)
        if (step.time <= days) survival = step.survival;
    return survival;
}

/// Rating number `number` of the phase, from 1; 0: the last. Nothing where there is none.
const double* rating_of(const PhaseRecord& record, std::uint32_t number) {
    if (record.ratings.empty() || number > record.ratings.size()) return nullptr;
    return number == 0 ? &record.ratings.back() : &record.ratings[number - 1];
}

bool meets(const StudyOutcome& outcome, const PhaseRecord& record, const Scale& scale) {
    if (outcome.test.of > 1) {
        // the ratings up to the one that is named; who left before the end does not meet it
        const double* last = rating_of(record, outcome.rating);
        if (last == nullptr) return false;
        return outcome.test.holds(std::vector<double>(record.ratings.data(), last + 1), scale);
    }
    const double* rating = rating_of(record, outcome.rating);
    return rating != nullptr && outcome.test.holds(*rating, scale) != outcome.test.negated;
}

/// Improvements at a rating, of those who have it.
std::vector<double> rated(const std::vector<const PhaseRecord*>& records, std::uint32_t number) {
    std::vector<double> found;
    for (const PhaseRecord* record : records)
        if (const double* rating = rating_of(*record, number)) found.push_back(*rating);
    return found;
}

double mean_score(const std::vector<double>& improvements, const Scale& scale) {
    double sum = 0;
    for (const double one : improvements) sum += scale.score(one);
    return sum / static_cast<double>(improvements.size());
}

/// Cohen's d, with the pooled sd; nothing where there are too few, or all are alike.
std::optional<double> standardised_difference(const std::vector<double>& a,
                                              const std::vector<double>& b) {
    if (a.size() < 2 || b.size() < 2) return std::nullopt;
    const auto mean = [](const std::vector<double>& all) {
        double sum = 0;
        for (const double one : all) sum += one;
        return sum / static_cast<double>(all.size());
    };
    const auto squares = [](const std::vector<double>& all, double about) {
        double sum = 0;
        for (const double one : all) sum += (one - about) * (one - about);
        return sum;
    };
    const double mean_a = mean(a), mean_b = mean(b);
    const double variance =
        (squares(a, mean_a) + squares(b, mean_b)) / static_cast<double>(a.size() + b.size() - 2);
    constexpr double kAlike = 1e-18;  // of improvements: nothing but rounding
    if (!(variance > kAlike)) return std::nullopt;
    return (mean_a - mean_b) / std::sqrt(variance);
}

MetricSample sample_of(const Study& study, const StudyOutcome& outcome,
                       const std::vector<Path>& paths) {
    const auto records = entered(paths, outcome.phase, outcome.arm);
    const double days = in_days(outcome.time);
    const auto curve = [&] { return kaplan_meier(times_of(records), kEvent); };
    switch (outcome.kind) {
        case Kind::share: {
            std::size_t met = 0, of = 0;
            for (const PhaseRecord* record : records) {
                // who dropped out of the phase is no responder, whatever the last rating said
                const bool there = rating_of(*record, outcome.rating) != nullptr &&
                                   (outcome.rating > 0 || record->end != PhaseEnd::dropped_out);
                if (outcome.among_rated && !there) continue;
                ++of;
                met += there && meets(outcome, *record, study.scale);
            }
            return ratio(met, of);
        }
        case Kind::share_going_on: {
            std::size_t went = 0;
            for (const Path& path : paths) {
                const auto at = [&](std::size_t phase) {
                    return std::find_if(path.begin(), path.end(),
                                        [&](const PhaseRecord& r) { return r.phase == phase; });
                };
                const auto from = at(outcome.phase);
                if (from == path.end() || (outcome.arm && from->arm != *outcome.arm)) continue;
                went += at(outcome.other) != path.end();
            }
            return ratio(went, records.size());
        }
        case Kind::share_with_event:
            return ratio(static_cast<std::size_t>(std::count_if(
                             records.begin(), records.end(),
                             [](const auto* r) { return r->end == PhaseEnd::event; })),
                         records.size());
        case Kind::event_free:
            if (records.empty()) return {};
            return plain(survival_at(curve(), days));
        case Kind::median_time:
            return plain(time_quantile(curve()));
        case Kind::restricted_mean:
            if (records.empty()) return {};
            return plain(restricted_mean(curve(), days).mean);
        case Kind::median_event_time: {
            const auto times = only_events(times_of(records));
            return plain(time_quantile(kaplan_meier(times)));
        }
        case Kind::hazard_ratio: {
            const auto found =
                hazard_ratio(times_of(records),
                             times_of(entered(paths, outcome.phase, outcome.other_arm)), kEvent);
            return found ? plain(found->ratio) : MetricSample{};
        }
        case Kind::incidence: {
            if (records.empty()) return {};
            double incidence = 0;
            for (const IncidenceStep& step : cumulative_incidence(times_of(records), kEvent))
                if (step.time <= days) incidence = step.incidence;
            return plain(incidence);
        }
        case Kind::mean_change: {
            double sum = 0;
            std::size_t rated = 0;
            for (const PhaseRecord* record : records)
                if (const double* rating = rating_of(*record, outcome.rating)) {
                    sum += study.scale.score(*rating) - study.scale.baseline;
                    ++rated;
                }
            if (rated == 0) return {};
            return {sum, static_cast<double>(rated), true};
        }
        case Kind::mean_difference:
        case Kind::effect_size: {
            const auto of_arm = rated(records, outcome.rating);
            const auto of_other =
                rated(entered(paths, outcome.phase, outcome.other_arm), outcome.rating);
            if (outcome.kind == Kind::effect_size)
                return plain(standardised_difference(of_arm, of_other));
            if (of_arm.empty() || of_other.empty()) return {};
            return plain(mean_score(of_arm, study.scale) - mean_score(of_other, study.scale));
        }
        case Kind::median_infusions: {
            return plain(median_of(infusions_of(records)));
        }
    }
    return {};
}

bool is_ratio(Kind kind) {
    return kind == Kind::share || kind == Kind::share_going_on || kind == Kind::share_with_event ||
           kind == Kind::mean_change;
}

}  // namespace

bool is_pooled(Kind kind) {
    return kind == Kind::median_time || kind == Kind::median_event_time ||
           kind == Kind::hazard_ratio;
}

Reading read_off(const Study& study, const StudyOutcome& outcome, const std::vector<Path>& paths) {
    Reading reading{sample_of(study, outcome, paths)};
    if (!is_pooled(outcome.kind)) return reading;
    reading.patients = times_of(entered(paths, outcome.phase, outcome.arm));
    if (outcome.kind == Kind::median_event_time)
        reading.patients = only_events(std::move(reading.patients));
    if (outcome.kind == Kind::hazard_ratio)
        reading.other = times_of(entered(paths, outcome.phase, outcome.other_arm));
    return reading;
}

Estimate estimate_of(Kind kind, std::span<const Reading> readings) {
    std::vector<MetricSample> samples;
    std::vector<std::vector<FollowUp>> patients, other;
    for (const Reading& reading : readings) {
        samples.push_back(reading.sample);
        if (!is_pooled(kind)) continue;
        patients.push_back(reading.patients);
        other.push_back(reading.other);
    }
    if (kind == Kind::hazard_ratio) return pooled_hazard_ratio(patients, other, kEvent);
    if (is_pooled(kind)) return pooled_median(patients, kEvent);
    return estimate(is_ratio(kind) ? MetricKind::ratio : MetricKind::average, samples);
}

}  // namespace clinicsim
