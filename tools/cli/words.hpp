// What words on the command line mean, where it takes more than a number or a name; and the longer
// texts of --help.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "request.hpp"

namespace clinicsim::cli {

/// "5%", "5 %" or "0.05"; between 0 and 1.
std::optional<double> parse_relative(std::string text);

/// What run --help says of intervals.
constexpr const char* kOfIntervals =
    "Every interval is 95 % by itself: of many policies and metrics, some are off by chance;\n"
    "--simultaneous makes up for the number of policies.\n"
    "--precision looks after 10 replications or more, then goes on by what is missing, at most\n"
    "doubling their number. Because it looks again and again, an interval covers the truth a\n"
    "little less often than in 95 %. What was never seen reaches no precision.";

/// What selftest --help says of cases and bound.
constexpr const char* kOfExactCases =
    "Queues: Q M/M/c, B Erlang's loss, G M/G/1, K M/M/c/K, A patients who give up, D and S "
    "appointments,\nX clockwork. Patients: F finite source, R booster policies, C competing risks, "
    "I a clinic that fills.\n"
    "Bound: one on |z| for all m numbers, Student's t at 1 - 0.001 / 2m with the fewest "
    "replications of a\ncase, less one, as degrees of freedom: a right program fails one time in "
    "1,000, all numbers together\n(Bonferroni). Power: how large a fault the weakest numbers would "
    "show.\n"
    "Exit code 0 where all numbers hold, 1 where one does not.";

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
