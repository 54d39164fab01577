#include "clinicsim/report/study.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "clinicsim/base/diagnostic.hpp"
#include "clinicsim/report/csv.hpp"
#include "clinicsim/report/json.hpp"
#include "clinicsim/version.hpp"
#include "json_text.hpp"
#include "published.hpp"
#include "text.hpp"

namespace clinicsim::report {

namespace {

void add_reasons(std::string& out, const std::vector<const TargetResult*>& targets,
                 std::size_t columns) {
    for (const TargetResult* target : targets)
        if (shows_reason(*target))
            out +=
                wrapped(printable(target->metric) + ": " + printable(target->because), columns, 2) +
                '\n';
}

Json scenario_json(const std::string& title, const std::string& file, const std::string& sha256) {
    return {{"title", title}, {"file", file}, {"sha256", sha256}};
}

}  // namespace

std::string study_table(const StudyResult& study, const TableStyle& style) {
    std::string out = wrapped(printable(study.title), style.columns) + '\n';
    out += fmt::format("{}, seed {}: {} replication{} of {} patients{}\n\n", printable(study.file),
                       study.seed, study.replications, study.replications == 1 ? "" : "s",
                       study.patients, study.screens ? " screened" : "");
    Lines lines{{"outcome", "simulated ± 95 %", "published", "accepted", "standing", ""}};
    std::vector<const TargetResult*> targets;
    for (const OutcomeResult& outcome : study.outcomes) {
        bool any = false;
        for (const TargetResult& target : study.targets) {
            if (target.metric != outcome.name) continue;
            lines.push_back({any ? "" : printable(outcome.name),
                             any ? "" : simulated(outcome.estimate, outcome.unit),
                             published_text(target, outcome.unit),
                             target_text(target, outcome.unit), standing_text(target),
                             in_colour(target, verdict_text(target), style.colour)});
            targets.push_back(&target);
            any = true;
        }
        if (!any)
            lines.push_back({printable(outcome.name), simulated(outcome.estimate, outcome.unit), "",
                             "", "", ""});
    }
    out += columns_of(lines, 0, true);
    if (std::any_of(study.outcomes.begin(), study.outcomes.end(),
                    [](const auto& o) { return is_never_otherwise(o.estimate, o.unit); }))
        out += '\n' + wrapped(kNoneSeen, style.columns) + '\n';
    if (style.details) {
        out += '\n';
        for (const OutcomeResult& outcome : study.outcomes)
            out += wrapped(printable(outcome.name) + ": " + printable(outcome.definition),
                           style.columns, 2) +
                   '\n';
    }
    for (const OutcomeResult& outcome : study.outcomes)
        if (!outcome.note.empty())
            out += '\n' + wrapped(printable(outcome.name) + ": " + outcome.note, style.columns, 2) +
                   '\n';
    std::string notes;
    add_reasons(notes, targets, style.columns);
    if (!notes.empty()) out += "\nnot met, and why\n" + notes;
    notes.clear();
    for (const TargetResult* target : targets)
        if (!target->published.derived.empty())
            notes +=
                wrapped(printable(target->metric) + ": " + printable(target->published.derived),
                        style.columns, 2) +
                '\n';
    if (!notes.empty()) out += "\nderived from what was published\n" + notes;
    std::vector<std::string> sources;
    for (const TargetResult* target : targets)
        if (!target->published.source.empty() &&
            std::find(sources.begin(), sources.end(), target->published.source) == sources.end())
            sources.push_back(target->published.source);
    if (!sources.empty()) out += "\nsources\n";
    for (const std::string& source : sources)
        out += wrapped(printable(source), style.columns, 2) + '\n';
    for (const std::string& warning : study.warnings)
        out += "\nwarning: " + wrapped(printable(warning), style.columns) + '\n';
    return out;
}

std::string study_json(const StudyResult& study) {
    Json metrics = Json::object();
    for (const OutcomeResult& outcome : study.outcomes) {
        metrics[outcome.name] = {{"unit", outcome.unit},
                                 {"mean", number(outcome.estimate.mean)},
                                 {"sd", number(outcome.estimate.sd)},
                                 {"n", outcome.estimate.n},
                                 {"ci95", interval(outcome.estimate.ci95)},
                                 {"definition", outcome.definition}};
        if (!outcome.note.empty()) metrics[outcome.name]["note"] = outcome.note;
    }
    Json all{{"clinicsim", kVersion},
             {"format", kResultFormat},
             {"scenario", scenario_json(study.title, study.file, study.sha256)},
             {"seed", study.seed},
             {"replications", study.replications},
             {"patients", study.patients},
             {"policies",
              Json::array({Json{
                  {"name", "study"}, {"metrics", std::move(metrics)}, {"groups", Json::array()}}})},
             {"differences", Json::array()},
             {"targets", Json::array()}};
    for (const TargetResult& found : study.targets) {
        Json target{{"policy", "study"},
                    {"target", found.text},
                    {"met", found.met ? Json(*found.met) : Json(nullptr)},
                    {"estimate", number(found.estimate)},
                    {"ci95", interval(found.ci95)}};
        add_published(target, found);
        if (found.expect_missed) target["expect"] = "missed";
        if (!found.because.empty()) target["because"] = found.because;
        all["targets"].push_back(std::move(target));
    }
    if (!study.warnings.empty()) all["warnings"] = study.warnings;
    if (study.interrupted) {
        all["interrupted"] = true;
        all["replications_asked"] = study.replications_asked;
    }
    return json_text(all);
}

std::string study_csv(const StudyResult& study) {
    std::string out =
        "outcome,unit,mean,sd,n,ci_low,ci_high,published,target_low,target_high,met,source\n";
    for (const OutcomeResult& outcome : study.outcomes) {
        const auto target = std::find_if(study.targets.begin(), study.targets.end(),
                                         [&](const auto& t) { return t.metric == outcome.name; });
        const auto& found = outcome.estimate;
        const auto bound = [&](double Interval::*which) {
            return shortest(found.ci95 ? std::optional{(*found.ci95).*which} : std::nullopt);
        };
        out += csv_cell(outcome.name) + ',' + outcome.unit + ',' + shortest(found.mean) + ',' +
               shortest(found.sd) + ',' + std::to_string(found.n) + ',' + bound(&Interval::low) +
               ',' + bound(&Interval::high);
        if (target != study.targets.end())
            out += ',' + shortest(target->published.value) + ',' + shortest(target->lowest) + ',' +
                   shortest(target->highest) + ',' +
                   (!target->met   ? ""
                    : *target->met ? "yes"
                                   : "no") +
                   ',' + csv_cell(target->published.source) + '\n';
        else
            out += ",,,,,\n";
    }
    return out;
}

namespace {

std::string study_replications_csv(const StudyResult& study) {
    std::string out = "outcome,replication,value,numerator,denominator\n";
    for (const OutcomeResult& outcome : study.outcomes)
        for (std::size_t r = 0; r < outcome.samples.size(); ++r) {
            const MetricSample& sample = outcome.samples[r];
            const auto part = [&](double value) {
                return shortest(sample.exists ? std::optional{value} : std::nullopt);
            };
            out += csv_cell(outcome.name) + ',' + std::to_string(r) + ',' +
                   shortest(sample.value()) + ',' + part(sample.numerator) + ',' +
                   part(sample.denominator) + '\n';
        }
    return out;
}

}  // namespace

std::vector<ResultFile> study_files(const RunPlan& plan, const StudyResult& study) {
    const Finished finished{study.replications, study.replications_asked, study.interrupted};
    return {{"manifest.json", manifest_json(plan, &finished)},
            {"summary.json", study_json(study)},
            {"summary.csv", study_csv(study)},
            {"replications.csv", study_replications_csv(study)}};
}

}  // namespace clinicsim::report
