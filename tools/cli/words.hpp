// What words on the command line mean, where it takes more than a number or a name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "request.hpp"

namespace clinicsim::cli {

/// "5%", "5 %" or "0.05"; between 0 and 1.
std::optional<double> parse_relative(std::string text);

/// The options of plan, as given.
struct PlanWords {
    std::vector<std::string> vary, targets;
    std::string goal, confidence, growth;
    std::optional<std::uint32_t> budget;
};
/// What the command line says of the plan goes on top of the scenario's section. A Failure where it
/// makes no sense.
void complete_plan(Request& request, const PlanWords& words);

}  // namespace clinicsim::cli
