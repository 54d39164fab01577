// What the evidence says of the parameter sets that fit about as well: beside each number, and how
// the verdicts on the fitted point would change.
#pragma once

#include <span>
#include <string>

#include "clinicsim/report/study.hpp"
#include "json_text.hpp"

namespace clinicsim::report {

bool any_over_sets(std::span<const EvidenceRow> rows);

/// "41.2 to 58" and `unit`: 90 % of the sets. Empty where it was not run over sets.
std::string middle_text(const EvidenceRow& row, const std::string& unit = "");
/// "74 %": of the sets lie inside what is accepted. Empty where it was not run over sets.
std::string met_share_text(const EvidenceRow& row);

/// What the two mean, in a few sentences.
std::string definition_of_sets(std::span<const EvidenceRow> rows);
/// "of the 32 missed, 14 are met by …", of those that were run over sets.
std::string verdicts_over_sets(std::span<const EvidenceRow> rows);
/// The same counts.
Json json_of_verdicts(std::span<const EvidenceRow> rows);
/// low, high, met_share, sets; null where it was not run over sets.
Json json_of_sets(const EvidenceRow& row);

}  // namespace clinicsim::report
