#include "evidence_sets.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "published.hpp"

namespace clinicsim::report {

namespace {

constexpr double kSome = 0.05;  // one set in twenty

/// Of the numbers that were run over sets.
struct Verdicts {
    std::size_t sets = 0;
    std::size_t missed = 0, missed_met_by_some = 0, missed_met_by_none = 0;
    std::size_t met = 0, met_by_under_half = 0;
};

Verdicts verdicts_of(std::span<const EvidenceRow> rows) {
    Verdicts all;
    for (const EvidenceRow& row : rows) {
        if (!row.over_sets) continue;
        all.sets = std::max(all.sets, row.over_sets->sets);
        if (!row.found.met) continue;
        const double share = row.over_sets->met_share();
        if (*row.found.met) {
            ++all.met;
            all.met_by_under_half += share < 0.5;
        } else {
            ++all.missed;
            all.missed_met_by_some += share >= kSome;
            all.missed_met_by_none += row.over_sets->met == 0;
        }
    }
    return all;
}

}  // namespace

bool any_over_sets(std::span<const EvidenceRow> rows) {
    return std::any_of(rows.begin(), rows.end(),
                       [](const EvidenceRow& row) { return row.over_sets.has_value(); });
}

std::string middle_text(const EvidenceRow& row, const std::string& unit) {
    if (!row.over_sets) return "";
    const auto& middle = row.over_sets->middle;
    if (!middle) return "-";
    if (!std::isfinite(middle->low)) return "not reached";
    const std::string low = short_number(middle->low, row.unit);
    if (!std::isfinite(middle->high)) return low + unit + " to not reached";
    const std::string high = short_number(middle->high, row.unit);
    return (low == high ? low : low + " to " + high) + unit;
}

std::string met_share_text(const EvidenceRow& row) {
    return row.over_sets ? fmt::format("{:.3g} %", 100 * row.over_sets->met_share()) : "";
}

std::string definition_of_sets(std::span<const EvidenceRow> rows) {
    return fmt::format(
        "90 % of sets: where the number lies over {} parameter sets that fit the studies about as "
        "well (the calibration's posterior.csv), from their 5 % to their 95 % quantile; sets met: "
        "how many of them lie inside what is accepted. Verdicts are those of the fitted point. A "
        "set gives its values to the parameters that a file leaves at their default. It is run on "
        "{} replications of its own, and the chance that these leave in the spread is taken off by "
        "analysis of variance, but for medians of times, which fall on days of ratings.",
        verdicts_of(rows).sets, kReplicationsOfSet);
}

std::string verdicts_over_sets(std::span<const EvidenceRow> rows) {
    const Verdicts all = verdicts_of(rows);
    return fmt::format(
        "over {} parameter sets that fit about as well: of the {} missed, {} are met by one set in "
        "twenty or more, {} by none; of the {} met, {} are met by fewer than half",
        all.sets, all.missed, all.missed_met_by_some, all.missed_met_by_none, all.met,
        all.met_by_under_half);
}

Json json_of_verdicts(std::span<const EvidenceRow> rows) {
    const Verdicts all = verdicts_of(rows);
    return {{"sets", all.sets},
            {"replications_of_set", kReplicationsOfSet},
            {"missed",
             {{"numbers", all.missed},
              {"met_by_one_set_in_twenty", all.missed_met_by_some},
              {"met_by_no_set", all.missed_met_by_none}}},
            {"met", {{"numbers", all.met}, {"met_by_under_half", all.met_by_under_half}}}};
}

Json json_of_sets(const EvidenceRow& row) {
    if (!row.over_sets) return nullptr;
    const auto& middle = row.over_sets->middle;
    return {{"low", number(middle ? std::optional{middle->low} : std::nullopt)},
            {"high", number(middle ? std::optional{middle->high} : std::nullopt)},
            {"met_share", row.over_sets->met_share()},
            {"sets", row.over_sets->sets}};
}

}  // namespace clinicsim::report
