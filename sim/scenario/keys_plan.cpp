// Rows of the section that says what a plan may choose and what it is to reach.
#include "keys.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::array kPlanRows{
    KeyRow{"vary", "map of candidates",
           "what may be chosen: paths of this scenario, as for --set, each with its values, from "
           "the least to the most",
           "(clinic.chairs, around what the formulas give)",
           "{clinic.chairs: 1..12, clinic.closing: [refuse, finish]}"},
    KeyRow{"goal", "goal",
           "fewest or most of a variable such that all targets are met; or, of what meets them, "
           "the lowest or highest of a metric",
           "(fewest of the first variable)", "fewest clinic.chairs"},
    KeyRow{"targets", "list of {target}", "what must be kept",
           "(the scenario's targets; where there are none, 95 % of rescues, of planned boosters "
           "and of "
           "first visits within 7 days, as far as a policy has them)",
           "[{target: \"wait_days_rescue.p95 <= 7 days\"}]"},
    KeyRow{"confidence", "share 0.5..0.9999",
           "chance that all of what is said to be confirmed is so, all policies together", "95 %",
           "99 %"},
    KeyRow{"policies", "list of name", "the policies to plan for", "(all)", "[monthly]"},
    KeyRow{"budget", "runs",
           "runs to spend at most, all together; a run is one replication of one policy with one "
           "choice",
           "(as many as come to 200 million events, 4000 at most)", "2000 replications"},
    KeyRow{"indifference", "measure",
           "for a goal of lowest or highest: a smaller difference in the metric is none",
           "(2 % of it)", "0.1 days"},
};

}  // namespace

constinit const Section kPlanSection{
    "plan", "plan", "what clinicsim plan may choose, and what it is to reach", kPlanRows};

}  // namespace clinicsim::reading
