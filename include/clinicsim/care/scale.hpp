// Severity scales: how an improvement becomes a score, and which scores count as response and as
// remission.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace clinicsim {

/// Scores fall as patients get better; improvement = 1 - score / baseline.
struct Scale {
    std::string name = "MADRS";
    double baseline = 32;     // mean untreated score of the patients (> 0)
    double worst = 60;        // highest score there is
    double response = 0.5;    // least improvement that counts as response
    double remission = 0.69;  // least improvement that counts as remission
    bool operator==(const Scale&) const = default;

    /// 0 to `worst`: what would be printed on a form, not rounded.
    double score(double improvement) const;
    /// The improvement at which `score` is reached.
    double improvement_at(double score) const { return 1 - score / baseline; }
    /// For patients whose untreated score is so many times the baseline: the score that counts as
    /// remission stays where it is, so that the more severely ill must improve by more.
    Scale with_baseline(double factor) const;
};

/// A scale as published, with where its numbers come from.
struct ScaleRow {
    Scale scale;
    std::string_view condition;  // which it is used for here
    std::string_view cut_offs;   // the published ones, in words
    std::string_view source;
};
std::span<const ScaleRow> scales();
std::optional<Scale> scale_named(std::string_view name);

}  // namespace clinicsim
