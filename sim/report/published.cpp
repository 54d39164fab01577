#include "published.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "text.hpp"

namespace clinicsim::report {

namespace {

double scale_of_unit(const std::string& unit) { return unit == "share" ? 100 : 1; }

}  // namespace

std::string short_number(double value, const std::string& unit) {
    return fmt::format("{:.3g}", value * scale_of_unit(unit));
}

Json number(std::optional<double> value) {
    return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}
Json interval(const std::optional<Interval>& ci) {
    if (!ci || !std::isfinite(ci->low) || !std::isfinite(ci->high)) return nullptr;
    return Json::array({ci->low, ci->high});
}

std::string short_unit(const std::string& unit) {
    if (unit == "share") return " %";
    return unit == "ratio" || unit == "p" || unit.empty() ? "" : " " + unit;
}

std::string simulated(const Estimate& estimate, const std::string& unit) {
    if (estimate.ci95 && !std::isfinite(estimate.ci95->high)) {
        const std::string over = "over " + short_number(estimate.ci95->low, unit);
        return (estimate.mean ? short_number(*estimate.mean, unit) + " (" + over + ")" : over) +
               short_unit(unit);
    }
    const Rounded shown = rounded(estimate, scale_of_unit(unit));
    // a median on the days of ratings, not something that was never otherwise
    if (shown.one_sided() && unit != "share" && *estimate.mean != 0)
        return fmt::format("{} ({} to {}){}", shown.mean, short_number(estimate.ci95->low, unit),
                           short_number(estimate.ci95->high, unit), short_unit(unit));
    return shown.text() + (estimate.mean ? short_unit(unit) : "");
}

bool is_never_otherwise(const Estimate& estimate, const std::string& unit) {
    return unit == "share" && (estimate.mean == 0 || estimate.mean == 1) &&
           rounded(estimate).one_sided();
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

Estimate estimate_of(const TargetResult& target) {
    Estimate estimate;
    estimate.mean = target.estimate;
    estimate.ci95 = target.ci95;
    return estimate;
}

std::string published_text(const TargetResult& target, const std::string& unit) {
    const Published& published = target.published;
    if (!published.value) return "";
    std::string out = short_number(*published.value, unit) + short_unit(unit);
    if (published.low && published.high)
        out += " (" + short_number(*published.low, unit) + " to " +
               short_number(*published.high, unit) + ")";
    if (published.patients) out += ", n " + std::to_string(*published.patients);
    return published.derived.empty() ? out : out + ", derived";
}

std::string standing_text(const TargetResult& target) {
    if (!target.published.value) return "";
    return target.published.standing == TargetStanding::held_out ? "held out"
                                                                 : name(target.published.standing);
}

void add_published(Json& row, const TargetResult& target) {
    const Published& published = target.published;
    row["published"] = number(published.value);
    if (published.low && published.high)
        row["published_ci"] = Json::array({*published.low, *published.high});
    if (published.patients) row["n"] = *published.patients;
    if (!published.derived.empty()) row["derived"] = published.derived;
    row["accepted"] = Json::array({number(target.lowest), number(target.highest)});
    if (published.value) row["standing"] = name(published.standing);
    row["source"] = published.source;
}

bool shows_reason(const TargetResult& target) {
    const bool met = target.met && *target.met;
    return !target.because.empty() && (!met || target.expect_missed);
}

StandingCounts count_standings(const std::vector<const TargetResult*>& targets) {
    StandingCounts counts;
    for (const TargetResult* target : targets) {
        if (!target->published.value) continue;
        StandingCount& count = counts[static_cast<std::size_t>(target->published.standing)];
        ++count.all;
        count.met += target->met && *target->met;
        count.missed += target->met && !*target->met;
    }
    return counts;
}

std::vector<std::string> standing_lines(const StandingCounts& counts) {
    constexpr std::array<const char*, kTargetStandings> kCalled{
        "held out, which test the model", "fitted: they are in the calibration",
        "tuned: they chose a value of their file or of a default, or are fitted numbers once more",
        "input: what their file was told"};
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < kTargetStandings; ++i) {
        const StandingCount& count = counts[i];
        if (count.all == 0) continue;
        std::string line =
            fmt::format("{} {}: {} met, {} missed", count.all, kCalled[i], count.met, count.missed);
        if (const auto open = count.all - count.met - count.missed; open > 0)
            line += fmt::format(", {} not clear", open);
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace clinicsim::report
