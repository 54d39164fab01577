#include <algorithm>

#include <fmt/format.h>

#include "clinicsim/base/diagnostic.hpp"
#include "clinicsim/report/json.hpp"
#include "clinicsim/report/study.hpp"
#include "clinicsim/version.hpp"
#include "evidence_sets.hpp"
#include "published.hpp"
#include "shown.hpp"
#include "text.hpp"

namespace clinicsim::report {

namespace {

std::vector<const TargetResult*> found_of(std::span<const EvidenceRow> rows) {
    std::vector<const TargetResult*> found;
    for (const EvidenceRow& row : rows) found.push_back(&row.found);
    return found;
}

bool any_never_otherwise(std::span<const EvidenceRow> rows) {
    return std::any_of(rows.begin(), rows.end(), [](const EvidenceRow& row) {
        return is_never_otherwise(estimate_of(row.found), row.unit);
    });
}

}  // namespace

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
    const bool with_sets = any_over_sets(rows);
    Lines lines{{"", "simulated ± 95 %", "published", "accepted", "90 % of sets", "sets met",
                 "standing", ""}};
    std::size_t met = 0, missed = 0, known = 0;
    for (const EvidenceRow& row : rows) {
        if (row.study != study) lines.push_back({printable(row.study)});
        study = row.study;
        const std::string name = "  " + printable(row.found.metric) +
                                 (row.policy.empty() ? "" : " (" + row.policy + ")");
        lines.push_back({name, simulated(estimate_of(row.found), row.unit),
                         published_text(row.found, row.unit), target_text(row.found, row.unit),
                         middle_text(row), met_share_text(row), standing_text(row.found),
                         in_colour(row.found, verdict_text(row.found), style.colour)});
        if (!row.found.met) continue;
        met += *row.found.met;
        missed += !*row.found.met;
        known += !*row.found.met && row.found.expect_missed;
    }
    if (!with_sets)
        for (auto& line : lines)
            if (line.size() > 1) line.erase(line.begin() + 4, line.begin() + 6);
    // the titles stand across the columns
    Lines without = lines;
    std::erase_if(without, [](const auto& line) { return line.size() == 1; });
    const std::string body = columns_of(without, 0, true);
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
    if (any_never_otherwise(rows)) out += '\n' + wrapped(kNoneSeen, style.columns) + '\n';
    if (with_sets) out += '\n' + wrapped(definition_of_sets(rows), style.columns) + '\n';
    for (const EvidenceRow& row : rows)
        if (shows_reason(row.found))
            notes += wrapped(printable(row.study) + ", " + printable(row.found.metric) + ": " +
                                 printable(row.found.because),
                             style.columns, 2) +
                     '\n';
    if (!notes.empty()) out += "\nnot met, and why\n" + notes;
    notes.clear();
    for (const EvidenceRow& row : rows)
        if (!row.found.published.derived.empty())
            notes += wrapped(printable(row.study) + ", " + printable(row.found.metric) + ": " +
                                 printable(row.found.published.derived),
                             style.columns, 2) +
                     '\n';
    if (!notes.empty()) out += "\nderived from what was published\n" + notes;
    out +=
        fmt::format("\n{} published numbers: {} met, {} missed ({} of them known), {} not clear\n",
                    rows.size(), met, missed, known, rows.size() - met - missed);
    for (const std::string& line : standing_lines(count_standings(found_of(rows))))
        out += "  " + line + '\n';
    if (with_sets) out += wrapped(verdicts_over_sets(rows), style.columns) + '\n';
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
    const bool with_sets = any_over_sets(rows);
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
        "below the table. The simulation's interval is of its chance only, not of what is "
        "unknown{}.\n\n",
        studies, rows.size(), met, missed, rows.size() - met - missed,
        with_sets ? ": that stands beside it" : "");
    for (const std::string& line : standing_lines(count_standings(found_of(rows))))
        out += "- " + line + '\n';
    if (with_sets)
        out += "- " + verdicts_over_sets(rows) + "\n\n" + definition_of_sets(rows) + '\n';
    out += "\n| study | number | published | accepted | simulated ± 95 % | " +
           std::string{with_sets ? "90 % of sets | sets met | " : ""} +
           "standing | | source |\n|---|---|---|---|---|" + (with_sets ? "---|---|" : "") +
           "---|---|---|\n";
    study.clear();
    for (const EvidenceRow& row : rows) {
        const bool first = row.file != study;
        study = row.file;
        out += "| " + (first ? "[" + markdown(row.study) + "](" + row.file + ")" : std::string{}) +
               " | " + markdown(plain_name(row.found.metric)) +
               (row.policy.empty() ? "" : " (" + markdown(plain_name(row.policy)) + ")") + " | " +
               published_text(row.found, row.unit) + " | " + target_text(row.found, row.unit) +
               short_unit(row.unit) + " | " + simulated(estimate_of(row.found), row.unit) + " | " +
               (with_sets
                    ? middle_text(row, short_unit(row.unit)) + " | " + met_share_text(row) + " | "
                    : std::string{}) +
               standing_text(row.found) + " | " + verdict_text(row.found) + " | " +
               markdown(row.found.published.source) + " |\n";
    }
    std::string notes;
    for (const EvidenceRow& row : rows)
        if (shows_reason(row.found))
            notes += "- **" + markdown(row.study) + "**, " +
                     markdown(plain_name(row.found.metric)) + ": " + markdown(row.found.because) +
                     "\n";
    if (!notes.empty()) out += "\n## Not met, and why\n\n" + notes;
    notes.clear();
    for (const EvidenceRow& row : rows)
        if (!row.found.published.derived.empty())
            notes += "- **" + markdown(row.study) + "**, " +
                     markdown(plain_name(row.found.metric)) + ": " +
                     markdown(row.found.published.derived) + "\n";
    if (!notes.empty()) out += "\n## Numbers derived from what was published\n\n" + notes;
    return out;
}

std::string evidence_json(std::span<const EvidenceRow> rows) {
    Json all{{"clinicsim", kVersion}, {"format", kResultFormat}, {"rows", Json::array()}};
    for (const EvidenceRow& row : rows) {
        Json one{{"study", row.study},
                 {"number", row.found.metric},
                 {"unit", row.unit},
                 {"simulated", number(row.found.estimate)},
                 {"ci95", interval(row.found.ci95)},
                 {"met", row.found.met ? Json(*row.found.met) : Json(nullptr)}};
        add_published(one, row.found);
        one["over_sets"] = json_of_sets(row);
        if (!row.policy.empty()) one["policy"] = row.policy;
        if (row.found.expect_missed) one["expect"] = "missed";
        if (!row.found.because.empty()) one["because"] = row.found.because;
        all["rows"].push_back(std::move(one));
    }
    const StandingCounts counts = count_standings(found_of(rows));
    for (std::size_t i = 0; i < kTargetStandings; ++i)
        if (counts[i].all > 0)
            all["counts"][name(static_cast<TargetStanding>(i))] = {
                {"numbers", counts[i].all}, {"met", counts[i].met}, {"missed", counts[i].missed}};
    if (any_over_sets(rows)) all["over_sets"] = json_of_verdicts(rows);
    return json_text(all);
}

}  // namespace clinicsim::report
