#include "clinicsim/experiment/study.hpp"

#include <algorithm>
#include <cstdio>
#include <thread>

#include "clinicsim/base/check.hpp"
#include "clinicsim/experiment/fold.hpp"
#include "clinicsim/experiment/workers.hpp"
#include "study_readings.hpp"

namespace clinicsim {

namespace {

using Kind = StudyOutcome::Kind;

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

std::string size_text(const StudyOutcome::Trial& trial) {
    return std::to_string(trial.patients) + " + " + std::to_string(trial.other);
}

/// "Hazard of the event in follow_up (drug) against placebo" and what trials of it report.
std::string trial_definition(const StudyOutcome& outcome, const std::string& compared) {
    const std::string trial = outcome.trial
                                  ? "a trial of " + size_text(*outcome.trial) + " patients"
                                  : "a replication, whose patients make one trial";
    const std::string median = " Median over trials.";
    switch (outcome.shows) {
        case StudyOutcome::Shows::value:
            return (outcome.kind == Kind::hazard_ratio ? "Hazard ratio (Cox) of "
                                                       : "Chi-square of the log-rank test of ") +
                   compared + " in " + trial + "." + median;
        case StudyOutcome::Shows::low:
        case StudyOutcome::Shows::high:
            return std::string{outcome.shows == StudyOutcome::Shows::low ? "Lower" : "Upper"} +
                   " end of the 95 % interval of the hazard ratio (Cox) of " + compared + " in " +
                   trial + "." + median;
        case StudyOutcome::Shows::p:
            return "Two-sided p of the log-rank test of " + compared + " in " + trial + "." +
                   median;
        case StudyOutcome::Shows::significant:
            break;
    }
    return "Power: how often the log-rank test of " + compared + " has p < 0.05 in " + trial + ".";
}

/// What the reader must know of an outcome that not every replication has; empty: they all do.
std::string note_of(const StudyOutcome& outcome, const Estimate& estimate,
                    std::span<const Reading> readings) {
    const auto replications = static_cast<std::uint32_t>(readings.size());
    if (estimate.n == replications) return "";
    const auto has_patients = [](const Reading& one) {
        return one.sample.exists || !one.patients.empty();
    };
    if (!outcome.trial && std::none_of(readings.begin(), readings.end(), has_patients))
        return "there is nobody to read it off";
    const std::string some =
        std::to_string(estimate.n) + " of " + std::to_string(replications) + " replications";
    if (outcome.trial && estimate.n == 0)
        return "no replication has " + size_text(*outcome.trial) +
               " patients in these arms who make a trial: the study needs more patients";
    if (!is_pooled(outcome)) return "exists in " + some + " only: what is shown is of these";
    if (estimate.mean)
        return "exists in " + some + " alone; what is shown is of all their patients";
    if (outcome.kind != Kind::median_time) return "does not exist, in all patients together either";
    char days[64] = "";
    if (estimate.ci95) std::snprintf(days, sizeof days, "; over %g days", estimate.ci95->low);
    return "not reached: half of all patients together have no event" + std::string{days} +
           " (reached in " + some + " alone)";
}

}  // namespace

std::vector<Reading> readings_of(const Study& study, const std::vector<Course>& courses,
                                 std::uint64_t seed, std::uint32_t replication,
                                 const Dates& dates) {
    std::vector<StudyPath> paths;
    paths.reserve(study.patients);
    for (std::uint32_t patient = 0; patient < study.patients; ++patient)
        paths.push_back(follow(study, courses, seed, replication, patient, dates));
    std::vector<Reading> readings;
    for (const StudyOutcome& outcome : study.outcomes) readings.push_back(read_off(outcome, paths));
    return readings;
}

std::vector<MetricSample> outcomes_of(const Study& study, const std::vector<Course>& courses,
                                      std::uint64_t seed, std::uint32_t replication,
                                      const Dates& dates) {
    std::vector<MetricSample> samples;
    for (const Reading& reading : readings_of(study, courses, seed, replication, dates))
        samples.push_back(reading.sample);
    return samples;
}

std::string definition_of(const Study& study, const StudyOutcome& outcome) {
    const StudyPhase& phase = study.phases[outcome.phase];
    const auto arm_name = [&](std::optional<std::size_t> arm) {
        const StudyPhase& of = study.phases[outcome.phase_of_arms()];
        return of.arms[arm.value()].name + (outcome.arms_of ? " of " + of.name : "");
    };
    std::string who = phase.name;
    if (outcome.arm) who += " (" + arm_name(outcome.arm) + ")";
    char number[32];
    std::snprintf(number, sizeof number, "%g days", in_days(outcome.time));
    const std::string days = number;
    const auto number_of = [](std::uint32_t rating) {
        return rating == 0 ? "the last rating" : "rating " + std::to_string(rating);
    };
    const std::string when = number_of(outcome.rating);
    const bool leaves = phase.drop_out || phase.leaves_per_infusion > 0;
    const std::string estimator =
        outcome.competing
            ? "1 - Aalen-Johansen: who drops out never has it"
            : std::string{"Kaplan-Meier"} + (leaves ? ", who drops out censored" : "");
    switch (outcome.kind) {
        case Kind::share:
            if (outcome.among)
                who += " and had " + test_text(outcome.among->test) + " at " +
                       number_of(outcome.among->rating) +
                       (outcome.among->phase == outcome.phase
                            ? ""
                            : " of " + study.phases[outcome.among->phase].name);
            return "Of who " + std::string{outcome.among_rated ? "was rated in " : "entered "} +
                   who + ", those with " + test_text(outcome.test) + " at " + when + ".";
        case Kind::share_going_on:
            return "Of who entered " + who + ", those who went on to " +
                   study.phases[outcome.other].name + ".";
        case Kind::event_free:
            return "Event-free after " + days + " of " + who + " (" + estimator + ").";
        case Kind::share_with_event:
            return "Of who entered " + who + ", those with an event.";
        case Kind::median_time:
            return "Median time to the event in " + who + " (" + estimator +
                   "; all replications' patients together).";
        case Kind::median_event_time:
            return "Median time to the event of those in " + who + " who had it.";
        case Kind::restricted_mean:
            return "Mean event-free time in " + who + " up to " + days + " (" + estimator + ").";
        case Kind::hazard_ratio:
            if (outcome.trial)
                return trial_definition(outcome, who + " against " + arm_name(outcome.other_arm));
            return "Hazard of the event in " + who + " against " + arm_name(outcome.other_arm) +
                   " (Cox; all replications' patients together).";
        case Kind::incidence:
            if (outcome.of_drop_out)
                return "Share that has dropped out after " + days + " of " + who +
                       ", the event competing (Aalen-Johansen).";
            return "Share with the event after " + days + " of " + who +
                   ", drop-out competing (Aalen-Johansen).";
        case Kind::share_dropped_out:
            return "Of who entered " + who +
                   ", those who dropped out before its end and before an event.";
        case Kind::log_rank:
            return trial_definition(outcome, who + " against " + arm_name(outcome.other_arm));
        case Kind::share_excluded:
            return std::string{"Of who was screened, those who were not enrolled"} +
                   (!outcome.excluded                        ? "."
                    : *outcome.excluded == Exclusion::course ? " because of their course."
                                                             : " because of their score.");
        case Kind::mean_change:
            return "Mean change of the " + study.scale.name + " score from baseline in " + who +
                   " at " + when + ".";
        case Kind::mean_difference:
            return "Mean " + study.scale.name + " score in " + who + " at " + when +
                   " less that of " + arm_name(outcome.other_arm) + ".";
        case Kind::effect_size:
            return "Mean improvement in " + who + " at " + when + " less that of " +
                   arm_name(outcome.other_arm) +
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
    result.screens = study.screening.excludes();
    const std::uint32_t asked = options.replications.value_or(scenario.replications);
    CLINICSIM_CHECK(asked >= 1, "at least one replication");
    result.replications_asked = asked;

    std::vector<std::vector<Reading>> found(asked);
    const unsigned threads =
        options.threads > 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
    const std::size_t done = do_items(
        asked, threads, options.stop,
        [&](std::size_t replication) {
            found[replication] =
                readings_of(study, scenario.model.patients.courses, scenario.model.seed,
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
    for (std::string& warning : warnings_of_sets(scenario, result.replications))
        result.warnings.push_back(std::move(warning));

    for (std::size_t i = 0; i < study.outcomes.size(); ++i) {
        const StudyOutcome& outcome = study.outcomes[i];
        OutcomeResult& row = result.outcomes.emplace_back();
        row.name = outcome.name;
        row.unit = unit_of(outcome);
        row.definition = definition_of(study, outcome);
        std::vector<Reading> readings;
        for (std::size_t r = 0; r < done; ++r) {
            readings.push_back(std::move(found[r][i]));
            row.samples.push_back(readings.back().sample);
        }
        row.estimate = estimate_of(outcome, readings);
        row.note = note_of(outcome, row.estimate, readings);
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
