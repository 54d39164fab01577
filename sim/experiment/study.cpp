#include "clinicsim/experiment/study.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <thread>

#include "clinicsim/base/check.hpp"
#include "clinicsim/experiment/fold.hpp"
#include "clinicsim/experiment/workers.hpp"
#include "clinicsim/stats/survival.hpp"

namespace clinicsim {

namespace {

using Kind = StudyOutcome::Kind;
constexpr int kEvent = 1, kDropOut = 2;

/// A patient's phases, as many records as phases entered.
using Path = std::vector<PhaseRecord>;

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

MetricSample read_off(const Study& study, const StudyOutcome& outcome,
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
            std::vector<double> times;
            for (const PhaseRecord* record : records)
                if (record->end == PhaseEnd::event) times.push_back(record->days);
            return plain(median_of(std::move(times)));
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
            std::vector<double> numbers;
            for (const PhaseRecord* record : records)
                if (record->reached) numbers.push_back(record->infusions);
            return plain(median_of(std::move(numbers)));
        }
    }
    return {};
}

bool is_ratio(Kind kind) {
    return kind == Kind::share || kind == Kind::share_going_on || kind == Kind::share_with_event ||
           kind == Kind::mean_change;
}

Estimate estimate_of(Kind kind, const std::vector<MetricSample>& samples) {
    return estimate(is_ratio(kind) ? MetricKind::ratio : MetricKind::average, samples);
}

std::string test_text(const RatingTest& test) {
    std::string text = test.negated ? "no " : "";
    switch (test.what) {
        case RatingTest::What::always:
            text += "any rating";
            break;
        case RatingTest::What::response:
            text += "response";
            break;
        case RatingTest::What::remission:
            text += "remission";
            break;
        case RatingTest::What::worse:
            text += "a score above the baseline";
            break;
        case RatingTest::What::at_least: {
            char number[64];
            std::snprintf(number, sizeof number, "improvement of %g %% or more",
                          100 * test.improvement);
            text += number;
            break;
        }
    }
    if (test.of > 1)
        text += " at " + std::to_string(test.hits) + " of the last " + std::to_string(test.of) +
                " ratings";
    return text;
}

}  // namespace

std::vector<MetricSample> outcomes_of(const Study& study, const std::vector<Course>& courses,
                                      std::uint64_t seed, std::uint32_t replication,
                                      const Dates& dates) {
    std::vector<Path> paths;
    paths.reserve(study.patients);
    for (std::uint32_t patient = 0; patient < study.patients; ++patient)
        paths.push_back(follow(study, courses, seed, replication, patient, dates));
    std::vector<MetricSample> samples;
    for (const StudyOutcome& outcome : study.outcomes)
        samples.push_back(read_off(study, outcome, paths));
    return samples;
}

std::string definition_of(const Study& study, const StudyOutcome& outcome) {
    const StudyPhase& phase = study.phases[outcome.phase];
    std::string who = phase.name;
    if (outcome.arm) who += " (" + phase.arms[*outcome.arm].name + ")";
    char number[32];
    std::snprintf(number, sizeof number, "%g days", in_days(outcome.time));
    const std::string days = number;
    const std::string when =
        outcome.rating == 0 ? "the last rating" : "rating " + std::to_string(outcome.rating);
    switch (outcome.kind) {
        case Kind::share:
            return "Of who " + std::string{outcome.among_rated ? "was rated in " : "entered "} +
                   who + ", those with " + test_text(outcome.test) + " at " + when + ".";
        case Kind::share_going_on:
            return "Of who entered " + who + ", those who went on to " +
                   study.phases[outcome.other].name + ".";
        case Kind::event_free:
            return "Event-free after " + days + " of " + who + " (Kaplan-Meier).";
        case Kind::share_with_event:
            return "Of who entered " + who + ", those with an event.";
        case Kind::median_time:
            return "Median time to the event in " + who + " (Kaplan-Meier).";
        case Kind::median_event_time:
            return "Median time to the event of those in " + who + " who had it.";
        case Kind::restricted_mean:
            return "Mean event-free time in " + who + " up to " + days + " (Kaplan-Meier).";
        case Kind::hazard_ratio:
            return "Hazard of the event in " + who + " against " +
                   phase.arms[outcome.other_arm.value()].name + " (Cox).";
        case Kind::incidence:
            return "Share with the event after " + days + " of " + who +
                   ", drop-out competing (Aalen-Johansen).";
        case Kind::mean_change:
            return "Mean change of the " + study.scale.name + " score from baseline in " + who +
                   " at " + when + ".";
        case Kind::mean_difference:
            return "Mean " + study.scale.name + " score in " + who + " at " + when +
                   " less that of " + phase.arms[outcome.other_arm.value()].name + ".";
        case Kind::effect_size:
            return "Mean improvement in " + who + " at " + when + " less that of " +
                   phase.arms[outcome.other_arm.value()].name +
                   ", over their pooled standard deviation (Cohen's d).";
        case Kind::median_infusions:
            return "Median number of infusions of who reached the goal of " + who + ".";
    }
    return "";
}

StudyResult run_study(const Scenario& scenario, const RunOptions& options) {
    CLINICSIM_CHECK(scenario.study.has_value(), "the scenario has a study");
    const Study& study = *scenario.study;
    StudyResult result;
    result.title = scenario.title;
    result.file = scenario.file;
    result.sha256 = scenario.sha256;
    result.seed = scenario.model.seed;
    result.patients = study.patients;
    const std::uint32_t asked = options.replications.value_or(scenario.replications);
    CLINICSIM_CHECK(asked >= 1, "at least one replication");
    result.replications_asked = asked;

    std::vector<std::vector<MetricSample>> found(asked);
    const unsigned threads =
        options.threads > 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
    const std::size_t done = do_items(
        asked, threads, options.stop,
        [&](std::size_t replication) {
            found[replication] =
                outcomes_of(study, scenario.model.patients.courses, scenario.model.seed,
                            static_cast<std::uint32_t>(replication), scenario.model.dates);
        },
        [&](std::size_t now_done) {
            if (options.progress) options.progress(now_done, asked);
        });
    result.replications = static_cast<std::uint32_t>(done);
    result.interrupted = done < asked;
    if (result.interrupted)
        result.warnings.push_back("interrupted: " + std::to_string(done) + " of " +
                                  std::to_string(asked) +
                                  " replications were finished, and only they are used");
    if (const auto warning = warning_of_few(result.replications))
        result.warnings.push_back(*warning);

    for (std::size_t i = 0; i < study.outcomes.size(); ++i) {
        const StudyOutcome& outcome = study.outcomes[i];
        OutcomeResult& row = result.outcomes.emplace_back();
        row.name = outcome.name;
        row.unit = unit_of(outcome.kind);
        row.definition = definition_of(study, outcome);
        for (std::size_t r = 0; r < done; ++r) row.samples.push_back(found[r][i]);
        row.estimate = estimate_of(outcome.kind, row.samples);
    }
    for (const Target& target : scenario.targets) {
        const auto row = std::find_if(result.outcomes.begin(), result.outcomes.end(),
                                      [&](const auto& o) { return o.name == target.metric; });
        CLINICSIM_CHECK(row != result.outcomes.end(), "targets were checked before the runs");
        result.targets.push_back(judge(target, "study", row->estimate));
    }
    return result;
}

}  // namespace clinicsim
