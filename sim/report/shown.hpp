// Which metrics the table shows, under which heading and in which words.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "clinicsim/experiment/results.hpp"

namespace clinicsim::report {

struct ShownMetric {
    std::string_view name;   // as in metric_rows()
    std::string_view label;  // unit included
    /// always: with a dash where it was not observed. observed: where some policy has it. not_zero:
    /// where it is not 0 for every policy.
    enum class When { always, observed, not_zero };
    When when;
};

struct ShownSection {
    std::string_view heading;
    std::span<const ShownMetric> metrics;
    std::string_view remark;  // below it; may be empty
    bool is_money = false;    // the heading names the currency
    bool in_details = false;  // shown with --details only
    bool staff = false;       // followed by the metrics of each part of the clinic: the chairs of
                              // sites and kinds, groups of staff and equipment
};

/// As ShownMetric, after the part's name.
struct ShownOfPart {
    std::vector<PartResult> PolicyResult::*parts;
    std::size_t row;  // of the metrics of such a part
    std::string_view label;
    ShownMetric::When when;
};

std::span<const ShownSection> shown_sections();
/// The few metrics that a comparison of many policies begins with.
const ShownSection& shown_first();
/// Those of differences and of groups of patients.
std::span<const ShownMetric> shown_differences();
std::span<const ShownMetric> shown_of_groups();

std::span<const ShownOfPart> shown_of_parts();

const Estimate* find(const std::vector<Estimate>& estimates, std::string_view metric);
/// Of any metric, those of staff and chairs included.
std::string_view unit_of_metric(std::string_view metric);
/// 100 for shares, which the table gives in per cent, 0.001 for money per year, which it gives in
/// thousands, else 1.
double scale_of(std::string_view metric);
std::string heading_of(const ShownSection& section, const Comparison& comparison);
/// For a column that stands under no heading with the currency: money has it here.
std::string label_of(const ShownMetric& metric, const Comparison& comparison);
bool is_shown(const ShownMetric& metric, const Comparison& comparison);
/// For the part'th of each policy's.
bool is_shown(const ShownOfPart& metric, std::size_t part, const Comparison& comparison);

}  // namespace clinicsim::report
