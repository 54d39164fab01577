// A target beside what was found for it, in words and in JSON, as studies and evidence show it.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "clinicsim/experiment/results.hpp"
#include "json_text.hpp"

namespace clinicsim::report {

Json number(std::optional<double> value);
Json interval(const std::optional<Interval>& ci);

/// Three digits, in per cent where it is a share.
std::string short_number(double value, const std::string& unit);
std::string short_unit(const std::string& unit);
/// "18.4 ± 0.3 days"; "over 301 days" of what may never come.
std::string simulated(const Estimate& estimate, const std::string& unit);
Estimate estimate_of(const TargetResult& target);
/// A share that was 0 or 1 in every replication: kNoneSeen says how to read it.
bool is_never_otherwise(const Estimate& estimate, const std::string& unit);
/// "11 to 27": what is accepted.
std::string target_text(const TargetResult& target, const std::string& unit);
/// "18 days (11 to 27), n 24": what was published.
std::string published_text(const TargetResult& target, const std::string& unit);
/// Whether its reason is shown: it has one, and is missed or not clear, or known to be missed.
bool shows_reason(const TargetResult& target);
std::string verdict_text(const TargetResult& target);
std::string in_colour(const TargetResult& target, const std::string& text, bool colour);
/// "held out"; empty where there is no published number.
std::string standing_text(const TargetResult& target);

/// The keys of a published number: published, published_ci, n, derived, accepted, standing, source.
void add_published(Json& row, const TargetResult& target);

/// Numbers of each standing, and how many were met.
struct StandingCount {
    std::size_t all = 0, met = 0, missed = 0;
};
using StandingCounts = std::array<StandingCount, kTargetStandings>;
StandingCounts count_standings(const std::vector<const TargetResult*>& targets);
/// "64 held out: 34 met, 29 missed, 1 not clear"; those that there are, each a line.
std::vector<std::string> standing_lines(const StandingCounts& counts);

}  // namespace clinicsim::report
