#include "clinicsim/report/study.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "clinicsim/base/diagnostic.hpp"
#include "clinicsim/observe/metrics.hpp"
#include "clinicsim/report/csv.hpp"
#include "clinicsim/report/json.hpp"
#include "clinicsim/version.hpp"
#include "json_text.hpp"
#include "shown.hpp"
#include "text.hpp"

namespace clinicsim::report {

namespace {

Json number(std::optional<double> value) {
    return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}
Json interval(const std::optional<Interval>& ci) {
    if (!ci || !std::isfinite(ci->low) || !std::isfinite(ci->high)) return nullptr;
    return Json::array({ci->low, ci->high});
}

double scale_of_unit(const std::string& unit) { return unit == "share" ? 100 : 1; }
std::string short_unit(const std::string& unit) {
    return unit == "share" ? " %" : unit == "ratio" || unit.empty() ? "" : " " + unit;
}
/// Three digits, in per cent where it is a share.
std::string short_number(double value, const std::string& unit) {
    return fmt::format("{:.3g}", value * scale_of_unit(unit));
}

/// "over 301 days" of what may never come.
std::string simulated(const Estimate& estimate, const std::string& unit) {
    if (estimate.ci95 && !std::isfinite(estimate.ci95->high)) {
        const std::string over = "over " + short_number(estimate.ci95->low, unit);
        return (estimate.mean ? short_number(*estimate.mean, unit) + " (" + over + ")" : over) +
               short_unit(unit);
    }
    const Rounded shown = rounded(estimate, scale_of_unit(unit));
    return shown.mean + (shown.half_width.empty() ? "" : " ± " + shown.half_width) +
           (estimate.mean ? short_unit(unit) : "");
}

std::string target_text(const TargetResult& target, const std::string& unit) {
    if (std::isfinite(target.lowest) && std::isfinite(target.highest))
        return short_number(target.lowest, unit) + " to " + short_number(target.highest, unit);
    return std::isfinite(target.highest) ? "at most " + short_number(target.highest, unit)
                                         : "at least " + short_number(target.lowest, unit);
}

std::string verdict_text(const TargetResult& target) {
    if (!target.met) return "? not clear";
    if (!target.expect_missed) return *target.met ? "met" : "missed";
    return *target.met ? "met, against expectation" : "missed, as known";
}

std::string in_colour(const TargetResult& target, const std::string& text, bool colour) {
    if (!colour) return text;
    const char* code = !target.met || (target.expect_missed && !*target.met) ? "33"
                       : target.against_expectation()                        ? "31"
                                                                             : "32";
    return std::string{"\x1b["} + code + "m" + text + "\x1b[0m";
}

using Lines = std::vector<std::vector<std::string>>;

/// Columns as wide as their widest text, two blanks apart; the first to the left, numbers right.
std::string columns_of(const Lines& lines) {
    std::vector<std::size_t> widths;
    for (const auto& line : lines)
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (widths.size() <= i) widths.push_back(0);
            widths[i] = std::max(widths[i], width(line[i]));
        }
    std::string out;
    for (const auto& line : lines) {
        std::string text;
        for (std::size_t i = 0; i + 1 < line.size(); ++i)
            text += (i == 0 ? pad_right(line[i], widths[i]) : pad_left(line[i], widths[i])) + "  ";
        out += text + line.back();
        while (!out.empty() && out.back() == ' ') out.pop_back();
        out += '\n';
    }
    return out;
}

Estimate estimate_of(const TargetResult& target) {
    Estimate estimate;
    estimate.mean = target.estimate;
    estimate.ci95 = target.ci95;
    return estimate;
}

std::string published(const TargetResult& target, const std::string& unit) {
    return target.published ? short_number(*target.published, unit) + short_unit(unit) : "";
}

void add_known_misses(std::string& out, const std::vector<const TargetResult*>& targets,
                      std::size_t columns) {
    for (const TargetResult* target : targets)
        if (target->expect_missed)
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
    out += fmt::format("{}, seed {}: {} replication{} of {} patients\n\n", printable(study.file),
                       study.seed, study.replications, study.replications == 1 ? "" : "s",
                       study.patients);
    Lines lines{{"outcome", "simulated ± 95 %", "published", "accepted", ""}};
    std::vector<const TargetResult*> targets;
    for (const OutcomeResult& outcome : study.outcomes) {
        bool any = false;
        for (const TargetResult& target : study.targets) {
            if (target.metric != outcome.name) continue;
            lines.push_back({any ? "" : printable(outcome.name),
                             any ? "" : simulated(outcome.estimate, outcome.unit),
                             published(target, outcome.unit), target_text(target, outcome.unit),
                             in_colour(target, verdict_text(target), style.colour)});
            targets.push_back(&target);
            any = true;
        }
        if (!any)
            lines.push_back(
                {printable(outcome.name), simulated(outcome.estimate, outcome.unit), "", "", ""});
    }
    out += columns_of(lines);
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
    add_known_misses(notes, targets, style.columns);
    if (!notes.empty()) out += "\nknown misses\n" + notes;
    std::vector<std::string> sources;
    for (const TargetResult* target : targets)
        if (!target->source.empty() &&
            std::find(sources.begin(), sources.end(), target->source) == sources.end())
            sources.push_back(target->source);
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
                    {"ci95", interval(found.ci95)},
                    {"published", number(found.published)},
                    {"source", found.source}};
        if (found.expect_missed) {
            target["expect"] = "missed";
            target["because"] = found.because;
        }
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
            out += ',' + shortest(target->published) + ',' + shortest(target->lowest) + ',' +
                   shortest(target->highest) + ',' +
                   (!target->met   ? ""
                    : *target->met ? "yes"
                                   : "no") +
                   ',' + csv_cell(target->source) + '\n';
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

// --- evidence ------------------------------------------------------------------------------------

std::vector<EvidenceRow> evidence_rows(const StudyResult& study) {
    std::vector<EvidenceRow> rows;
    for (const TargetResult& target : study.targets) {
        const auto outcome = std::find_if(study.outcomes.begin(), study.outcomes.end(),
                                          [&](const auto& o) { return o.name == target.metric; });
        rows.push_back({study.title, "", outcome->unit, target, study.file});
    }
    return rows;
}

std::vector<EvidenceRow> evidence_rows(const Comparison& comparison) {
    std::vector<EvidenceRow> rows;
    for (const TargetResult& target : comparison.targets)
        rows.push_back({comparison.title, target.policy, std::string{unit_of_metric(target.metric)},
                        target, comparison.file});
    return rows;
}

std::string evidence_table(std::span<const EvidenceRow> rows, const TableStyle& style) {
    std::string out, study;
    Lines lines{{"", "simulated ± 95 %", "published", "accepted", ""}};
    std::size_t met = 0, missed = 0, known = 0;
    for (const EvidenceRow& row : rows) {
        if (row.study != study) lines.push_back({printable(row.study)});
        study = row.study;
        const std::string name = "  " + printable(row.found.metric) +
                                 (row.policy.empty() ? "" : " (" + row.policy + ")");
        lines.push_back({name, simulated(estimate_of(row.found), row.unit),
                         published(row.found, row.unit), target_text(row.found, row.unit),
                         in_colour(row.found, verdict_text(row.found), style.colour)});
        if (!row.found.met) continue;
        met += *row.found.met;
        missed += !*row.found.met;
        known += !*row.found.met && row.found.expect_missed;
    }
    // the titles stand across the columns
    std::string body = columns_of([&] {
        Lines without = lines;
        std::erase_if(without, [](const auto& line) { return line.size() == 1; });
        return without;
    }());
    std::size_t at = 0;
    for (const auto& line : lines) {
        if (line.size() == 1) {
            out += line[0] + '\n';
            continue;
        }
        const std::size_t end = body.find('\n', at);
        out += body.substr(at, end - at + 1);
        at = end + 1;
    }
    std::string notes;
    for (const EvidenceRow& row : rows)
        if (row.found.expect_missed)
            notes += wrapped(printable(row.study) + ", " + printable(row.found.metric) + ": " +
                                 printable(row.found.because),
                             style.columns, 2) +
                     '\n';
    if (!notes.empty()) out += "\nknown misses\n" + notes;
    out +=
        fmt::format("\n{} published numbers: {} met, {} missed ({} of them known), {} not clear\n",
                    rows.size(), met, missed, known, rows.size() - met - missed);
    return out;
}

namespace {

/// Text in a cell of a Markdown table: no bars, no line breaks, no markup.
std::string markdown(const std::string& text) {
    std::string out;
    for (const char c : printable(text)) {
        if (c == '|' || c == '_' || c == '*' || c == '`' || c == '<' || c == '[' || c == ']')
            out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

std::string plain_name(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
}

}  // namespace

std::string evidence_markdown(std::span<const EvidenceRow> rows) {
    std::size_t met = 0, missed = 0, studies = 0;
    std::string study;
    for (const EvidenceRow& row : rows) {
        met += row.found.met && *row.found.met;
        missed += row.found.met && !*row.found.met;
        studies += row.file != study ? 1 : 0;
        study = row.file;
    }
    std::string out = fmt::format(
        "# Published numbers beside simulated ones\n\n"
        "Made by `clinicsim evidence --format markdown`; a test holds this page to what the "
        "program "
        "says.\n\n"
        "{} files, {} published numbers: {} met, {} missed, {} not clear. Met: the simulation's 95 "
        "% "
        "interval lies inside what is accepted (the study's own interval, or what the file says "
        "instead). Every file says what it assumes, and every miss that is known has its reason "
        "below the table.\n\n"
        "| study | number | published | accepted | simulated ± 95 % | | source |\n"
        "|---|---|---|---|---|---|---|\n",
        studies, rows.size(), met, missed, rows.size() - met - missed);
    study.clear();
    for (const EvidenceRow& row : rows) {
        const bool first = row.file != study;
        study = row.file;
        out += "| " + (first ? "[" + markdown(row.study) + "](" + row.file + ")" : std::string{}) +
               " | " + markdown(plain_name(row.found.metric)) +
               (row.policy.empty() ? "" : " (" + markdown(plain_name(row.policy)) + ")") + " | " +
               published(row.found, row.unit) + " | " + target_text(row.found, row.unit) +
               short_unit(row.unit) + " | " + simulated(estimate_of(row.found), row.unit) + " | " +
               verdict_text(row.found) + " | " + markdown(row.found.source) + " |\n";
    }
    std::string notes;
    for (const EvidenceRow& row : rows)
        if (row.found.expect_missed)
            notes += "- **" + markdown(row.study) + "**, " +
                     markdown(plain_name(row.found.metric)) + ": " + markdown(row.found.because) +
                     "\n";
    if (!notes.empty()) out += "\n## Known misses, and why\n\n" + notes;
    return out;
}

std::string evidence_json(std::span<const EvidenceRow> rows) {
    Json all{{"clinicsim", kVersion}, {"format", kResultFormat}, {"rows", Json::array()}};
    for (const EvidenceRow& row : rows) {
        Json one{
            {"study", row.study},
            {"number", row.found.metric},
            {"unit", row.unit},
            {"published", number(row.found.published)},
            {"published_ci", Json::array({number(row.found.lowest), number(row.found.highest)})},
            {"simulated", number(row.found.estimate)},
            {"ci95", interval(row.found.ci95)},
            {"met", row.found.met ? Json(*row.found.met) : Json(nullptr)},
            {"source", row.found.source}};
        if (!row.policy.empty()) one["policy"] = row.policy;
        if (row.found.expect_missed) {
            one["expect"] = "missed";
            one["because"] = row.found.because;
        }
        all["rows"].push_back(std::move(one));
    }
    return json_text(all);
}

}  // namespace clinicsim::report
