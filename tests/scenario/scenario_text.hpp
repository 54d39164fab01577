// Small scenarios for tests: a valid one, and the same with a piece replaced.
#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "clinicsim/scenario/scenario.hpp"

namespace clinicsim {

inline const std::string kSmall = R"(clinicsim: 1
title: Small
run: {seed: 1, horizon: 1 year}
clinic: {chairs: 2, visit: {infusion: 40 min}}
patients:
  arrivals: {poisson: {mean: 5, per: week}}
  severity: {mild: 60 %, severe: 40 %}
  conditions: {depression: {induction: six, course: usual}}
inductions: {six: {visits: 6, gap: 2 days}}
courses: {usual: {renewal: {responds: 60 %, relapse: {exponential: {mean: 60 days}}}}}
policies:
  monthly: {every: 30 days, clock: reset}
)";

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << "nothing to replace: " << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

inline std::string messages(const ReadResult& result) {
    std::string all;
    for (const Diagnostic& diagnostic : result.diagnostics) all += text(diagnostic);
    return all;
}

inline ReadResult read_text(const std::string& yaml, const std::vector<Override>& overrides = {}) {
    return read_scenario_text(yaml, "test.yaml", "", overrides);
}

/// The scenario, or an empty one and a failure that shows the messages.
inline Scenario must_read(const std::string& yaml, const std::vector<Override>& overrides = {}) {
    const ReadResult result = read_text(yaml, overrides);
    EXPECT_TRUE(result.scenario.has_value()) << messages(result);
    return result.scenario.value_or(Scenario{});
}

inline std::string content_of(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    EXPECT_TRUE(in) << path;
    return {std::istreambuf_iterator<char>{in}, {}};
}

inline const std::string kGolden = std::string{CLINICSIM_SOURCE_DIR} + "/tests/golden/";

}  // namespace clinicsim
