#include "study_readings.hpp"

#include <algorithm>
#include <cmath>

#include "clinicsim/base/check.hpp"
#include "clinicsim/experiment/fold.hpp"
#include "clinicsim/stats/pooled_survival.hpp"
#include "clinicsim/stats/proportion.hpp"
#include "study_trials.hpp"

namespace clinicsim {

namespace {

using Kind = StudyOutcome::Kind;
using Shows = StudyOutcome::Shows;
constexpr int kEvent = 1, kDropOut = 2;

/// A patient in a phase, and the scale of that patient.
struct Entered {
    const PhaseRecord* record;
    const Scale* scale;
};

/// Rating number `number` of the phase, from 1; 0: the last. Nothing where there is none.
const double* rating_of(const PhaseRecord& record, std::uint32_t number) {
    if (record.ratings.empty() || number > record.ratings.size()) return nullptr;
    return number == 0 ? &record.ratings.back() : &record.ratings[number - 1];
}

/// Who dropped out of the phase has no last rating: the patient is no responder, whatever the last
/// one before said.
bool is_rated(const PhaseRecord& record, std::uint32_t number) {
    return rating_of(record, number) != nullptr &&
           (number > 0 || record.end != PhaseEnd::dropped_out);
}

bool meets(const RatingTest& test, const PhaseRecord& record, std::uint32_t number,
           const Scale& scale) {
    if (!is_rated(record, number)) return false;
    const double* rating = rating_of(record, number);
    if (test.of > 1)  // the ratings up to the one that is named
        return test.holds(std::vector<double>(record.ratings.data(), rating + 1), scale);
    return test.holds(*rating, scale) != test.negated;
}

bool is_among(const StudyOutcome::Among& among, const StudyPath& path) {
    return std::any_of(path.phases.begin(), path.phases.end(), [&](const PhaseRecord& record) {
        return record.phase == among.phase && meets(among.test, record, among.rating, path.scale);
    });
}

bool is_in_arm(const StudyPath& path, std::size_t phase, std::size_t arm) {
    return std::any_of(path.phases.begin(), path.phases.end(), [&](const PhaseRecord& record) {
        return record.phase == phase && record.arm == arm;
    });
}

/// Those of the outcome's phase in this arm, in the order of the patients.
std::vector<Entered> entered(const StudyOutcome& outcome, const std::vector<StudyPath>& paths,
                             std::optional<std::size_t> arm) {
    std::vector<Entered> found;
    for (const StudyPath& path : paths) {
        if (outcome.among && !is_among(*outcome.among, path)) continue;
        if (arm && !is_in_arm(path, outcome.phase_of_arms(), *arm)) continue;
        for (const PhaseRecord& record : path.phases)
            if (record.phase == outcome.phase) found.push_back({&record, &path.scale});
    }
    return found;
}

std::vector<FollowUp> times_of(const std::vector<Entered>& patients) {
    std::vector<FollowUp> times;
    for (const auto& [record, scale] : patients)
        times.push_back({std::max(0.0, record->days), record->end == PhaseEnd::event ? kEvent
                                                      : record->end == PhaseEnd::dropped_out
                                                          ? kDropOut
                                                          : 0});
    return times;
}

/// Patients of whom it is known whether the event came by then.
std::uint64_t known_at(const std::vector<FollowUp>& times, double days, bool competing) {
    return static_cast<std::uint64_t>(
        std::count_if(times.begin(), times.end(), [&](const FollowUp& one) {
            return one.time >= days || one.cause == kEvent || (competing && one.cause == kDropOut);
        }));
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
std::vector<double> infusions_of(const std::vector<Entered>& patients) {
    std::vector<double> numbers;
    for (const auto& [record, scale] : patients)
        if (record->reached) numbers.push_back(record->infusions);
    return numbers;
}

double survival_at(const SurvivalCurve& curve, double days) {
    double survival = 1;
    for (const SurvivalStep& step : curve)
        if (step.time <= days) survival = step.survival;
    return survival;
}

/// Improvements at a rating, of those who have it.
std::vector<double> rated(const std::vector<Entered>& patients, std::uint32_t number) {
    std::vector<double> found;
    for (const auto& [record, scale] : patients)
        if (const double* rating = rating_of(*record, number)) found.push_back(*rating);
    return found;
}
/// Sum of their scores, less that of the scores that improvement is counted from; of how many.
struct Scores {
    double sum = 0, change = 0;
    std::size_t rated = 0;
    double mean() const { return sum / static_cast<double>(rated); }
};
Scores scores_of(const std::vector<Entered>& patients, std::uint32_t number) {
    Scores scores;
    for (const auto& [record, scale] : patients)
        if (const double* rating = rating_of(*record, number)) {
            const double score = scale->score(*rating);
            scores.sum += score;
            scores.change += score - scale->baseline;
            ++scores.rated;
        }
    return scores;
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

std::size_t count_ended(const std::vector<Entered>& patients, PhaseEnd end) {
    return static_cast<std::size_t>(
        std::count_if(patients.begin(), patients.end(),
                      [&](const Entered& one) { return one.record->end == end; }));
}

MetricSample excluded(const std::vector<StudyPath>& paths, std::optional<Exclusion> why) {
    return ratio(static_cast<std::size_t>(std::count_if(paths.begin(), paths.end(),
                                                        [&](const StudyPath& path) {
                                                            return why ? path.excluded == *why
                                                                       : path.excluded !=
                                                                             Exclusion::none;
                                                        })),
                 paths.size());
}

MetricSample sample_of(const StudyOutcome& outcome, const std::vector<StudyPath>& paths) {
    const auto records = entered(outcome, paths, outcome.arm);
    const double days = in_days(outcome.time);
    const auto curve = [&] {
        return outcome.competing ? free_of(times_of(records), kEvent)
                                 : kaplan_meier(times_of(records), kEvent);
    };
    switch (outcome.kind) {
        case Kind::share: {
            std::size_t met = 0, of = 0;
            for (const auto& [record, scale] : records) {
                if (outcome.among_rated && !is_rated(*record, outcome.rating)) continue;
                ++of;
                met += meets(outcome.test, *record, outcome.rating, *scale);
            }
            return ratio(met, of);
        }
        case Kind::share_going_on: {
            std::size_t went = 0;
            for (const StudyPath& path : paths) {
                const auto& phases = path.phases;
                const auto at = [&](std::size_t phase) {
                    return std::find_if(phases.begin(), phases.end(),
                                        [&](const PhaseRecord& r) { return r.phase == phase; });
                };
                const auto from = at(outcome.phase);
                if (from == phases.end() ||
                    (outcome.arm && !is_in_arm(path, outcome.phase_of_arms(), *outcome.arm)))
                    continue;
                went += at(outcome.other) != phases.end();
            }
            return ratio(went, records.size());
        }
        case Kind::share_with_event:
            return ratio(count_ended(records, PhaseEnd::event), records.size());
        case Kind::share_dropped_out:
            return ratio(count_ended(records, PhaseEnd::dropped_out), records.size());
        case Kind::share_excluded:
            return excluded(paths, outcome.excluded);
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
            const auto found = hazard_ratio(
                times_of(records), times_of(entered(outcome, paths, outcome.other_arm)), kEvent);
            return found ? plain(found->ratio) : MetricSample{};
        }
        case Kind::incidence: {
            if (records.empty()) return {};
            double incidence = 0;
            const int cause = outcome.of_drop_out ? kDropOut : kEvent;
            for (const IncidenceStep& step : cumulative_incidence(times_of(records), cause))
                if (step.time <= days) incidence = step.incidence;
            return plain(incidence);
        }
        case Kind::mean_change: {
            const Scores scores = scores_of(records, outcome.rating);
            if (scores.rated == 0) return {};
            return {scores.change, static_cast<double>(scores.rated), true};
        }
        case Kind::mean_difference: {
            const Scores of_arm = scores_of(records, outcome.rating);
            const Scores of_other =
                scores_of(entered(outcome, paths, outcome.other_arm), outcome.rating);
            if (of_arm.rated == 0 || of_other.rated == 0) return {};
            return plain(of_arm.mean() - of_other.mean());
        }
        case Kind::effect_size:
            return plain(standardised_difference(
                rated(records, outcome.rating),
                rated(entered(outcome, paths, outcome.other_arm), outcome.rating)));
        case Kind::log_rank:
            break;  // of trials
        case Kind::median_infusions: {
            return plain(median_of(infusions_of(records)));
        }
    }
    return {};
}

/// Of trials: the share of them, or the middle of what they report.
MetricSample sample_of_trials(const StudyOutcome& outcome, const std::vector<double>& trials) {
    if (outcome.shows != Shows::significant) return plain(median_of(trials));
    return ratio(static_cast<std::size_t>(std::count_if(
                     trials.begin(), trials.end(), [](double p) { return p < kSignificantUnder; })),
                 trials.size());
}

bool is_of_trials(const StudyOutcome& outcome) {
    return outcome.kind == Kind::log_rank || outcome.trial;
}

bool is_ratio(const StudyOutcome& outcome) {
    switch (outcome.kind) {
        case Kind::share:
        case Kind::share_going_on:
        case Kind::share_with_event:
        case Kind::share_dropped_out:
        case Kind::share_excluded:
        case Kind::mean_change:
            return true;
        case Kind::log_rank:
            return outcome.shows == Shows::significant;
        case Kind::event_free:
        case Kind::median_time:
        case Kind::median_event_time:
        case Kind::restricted_mean:
        case Kind::hazard_ratio:
        case Kind::incidence:
        case Kind::median_infusions:
        case Kind::mean_difference:
        case Kind::effect_size:
            break;
    }
    return false;
}

/// Where every replication gave 0, or all: what was never seen, or never failed, may yet happen,
/// and the patients of all replications say how often at most.
Estimate with_exact_limits(Estimate found, std::span<const Reading> readings) {
    found = within(found, 0, 1);
    const bool never_otherwise = found.ci95 && found.ci95->low == found.ci95->high;
    if (!never_otherwise || (found.mean != 0 && found.mean != 1)) return found;
    std::uint64_t known = 0;
    for (const Reading& reading : readings) known += reading.known;
    if (known == 0)
        found.ci95.reset();
    else
        found.ci95 = clopper_pearson_interval(found.mean == 1 ? known : 0, known);
    return found;
}

/// The middle of all trials, and the interval by their order.
Estimate median_of_trials(std::span<const Reading> readings) {
    Estimate result;
    std::vector<double> all;
    for (const Reading& reading : readings) {
        result.n += reading.sample.exists;
        all.insert(all.end(), reading.trials.begin(), reading.trials.end());
    }
    const auto middle = median_of(all);
    if (middle && std::isfinite(*middle)) result.mean = middle;
    std::sort(all.begin(), all.end());
    if (const auto ranks = quantile_ranks(all.size(), 0.5))
        result.ci95 = Interval{all[ranks->low - 1], all[ranks->high - 1]};
    if (!result.mean && result.ci95 && std::isfinite(result.ci95->high)) result.ci95.reset();
    return result;
}

}  // namespace

bool is_pooled(const StudyOutcome& outcome) {
    if (is_of_trials(outcome)) return outcome.shows != Shows::significant;
    return outcome.kind == Kind::median_time || outcome.kind == Kind::median_event_time ||
           outcome.kind == Kind::median_infusions || outcome.kind == Kind::hazard_ratio;
}

Reading read_off(const StudyOutcome& outcome, const std::vector<StudyPath>& paths) {
    const auto times = [&](std::optional<std::size_t> arm) {
        return times_of(entered(outcome, paths, arm));
    };
    Reading reading;
    if (is_of_trials(outcome)) {
        reading.trials = trials_of(outcome, times(outcome.arm), times(outcome.other_arm), kEvent);
        reading.sample = sample_of_trials(outcome, reading.trials);
        reading.known = reading.trials.size();
        return reading;
    }
    reading.sample = sample_of(outcome, paths);
    switch (outcome.kind) {
        case Kind::median_time:
            reading.patients = times(outcome.arm);
            break;
        case Kind::median_event_time:
            reading.patients = only_events(times(outcome.arm));
            break;
        case Kind::median_infusions:
            for (const double number : infusions_of(entered(outcome, paths, outcome.arm)))
                reading.patients.push_back({number, kEvent});
            break;
        case Kind::hazard_ratio:
            reading.patients = times(outcome.arm);
            reading.other = times(outcome.other_arm);
            break;
        case Kind::event_free:
        case Kind::incidence:
            reading.known = known_at(times(outcome.arm), in_days(outcome.time),
                                     outcome.competing || outcome.kind == Kind::incidence);
            break;
        default:  // the other shares count patients
            reading.known = static_cast<std::uint64_t>(reading.sample.denominator);
    }
    return reading;
}

Estimate estimate_of(const StudyOutcome& outcome, std::span<const Reading> readings) {
    if (is_of_trials(outcome) && outcome.shows != Shows::significant)
        return median_of_trials(readings);
    std::vector<MetricSample> samples;
    std::vector<std::vector<FollowUp>> patients, other;
    for (const Reading& reading : readings) {
        samples.push_back(reading.sample);
        if (!is_pooled(outcome)) continue;
        patients.push_back(reading.patients);
        other.push_back(reading.other);
    }
    if (outcome.kind == Kind::hazard_ratio) return pooled_hazard_ratio(patients, other, kEvent);
    if (is_pooled(outcome)) return pooled_median(patients, kEvent, outcome.competing);
    const Estimate found =
        estimate(is_ratio(outcome) ? MetricKind::ratio : MetricKind::average, samples);
    return unit_of(outcome) == std::string_view{"share"} ? with_exact_limits(found, readings)
                                                         : found;
}

}  // namespace clinicsim
