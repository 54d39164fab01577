// A study's outcomes, and the evidence of several studies: for a terminal, as JSON, as CSV, as
// files.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "clinicsim/experiment/over_sets.hpp"
#include "clinicsim/experiment/study.hpp"
#include "clinicsim/report/results_folder.hpp"
#include "clinicsim/report/table.hpp"

namespace clinicsim::report {

/// Simulated, published and target side by side; with `details` what each outcome is.
std::string study_table(const StudyResult& study, const TableStyle& style);
/// As summary_json(): the outcomes are the metrics of one policy, "study".
std::string study_json(const StudyResult& study);
/// outcome, unit, mean, sd, n, ci_low, ci_high, published, target_low, target_high, met, source.
std::string study_csv(const StudyResult& study);
/// The files of a results folder.
std::vector<ResultFile> study_files(const RunPlan& plan, const StudyResult& study);

/// A published number beside the simulated one.
struct EvidenceRow {
    std::string study;   // title of the scenario
    std::string policy;  // empty for a study
    std::string unit;
    TargetResult found;
    std::string file;                     // the scenario's
    std::optional<OverSets> over_sets{};  // where it was run over parameter sets
};
std::vector<EvidenceRow> evidence_rows(const StudyResult& study);
std::vector<EvidenceRow> evidence_rows(const Comparison& comparison);
std::string evidence_table(std::span<const EvidenceRow> rows, const TableStyle& style);
std::string evidence_json(std::span<const EvidenceRow> rows);
/// A page: the table, the reasons of known misses, and how to make it again.
std::string evidence_markdown(std::span<const EvidenceRow> rows);

}  // namespace clinicsim::report
