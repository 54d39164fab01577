// The longer texts of --help.
#pragma once

#include <string>

namespace clinicsim::cli {

/// What stands first in the help of the program ("clinicsim") and of every command.
const std::string& examples_of(const std::string& name);

/// What clinicsim --help says of exit codes.
constexpr const char* kExitCodes =
    "Exit codes: 0 done, 1 a fault of the program, 2 usage, 3 the scenario is wrong, 4 a file "
    "could\n"
    "not be read or written, 5 a target of the scenario is clearly missed, 6 the asked precision "
    "or\n"
    "a limit was reached first, 130 interrupted.";

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

/// What plan --help says of defaults and exit codes.
constexpr const char* kOfPlan =
    "What is left out is taken from the scenario's section plan: (clinicsim explain plan), and is "
    "by "
    "default the\nfewest clinic.chairs that keep the scenario's targets or, where there are none, "
    "95 % of rescues, of planned\nboosters and of first visits within 7 days, as far as a policy "
    "has them.\nExit code 0: answered and confirmed. 5: no choice meets the targets under any "
    "policy. 6: not all could be told\n"
    "apart within the budget. 130: interrupted; what was finished is shown.";

/// What evidence --help says of parameter sets and exit codes.
constexpr const char* kOfEvidence =
    "Beside every number stands what it is over parameter sets that fit about as well: "
    "from their\n5 % to their 95 % quantile, and how many of them lie inside what is "
    "accepted. A set gives its\nvalues to the parameters that a file leaves at their "
    "default. Nothing stands there where no course\nof the file takes any, or where it "
    "has a posterior: of its own.\nExit code 0, or 5 where the fitted point clearly "
    "misses a number that it was not expected to miss.";

/// What calibrate --help says of method and files.
constexpr const char* kOfCalibration =
    "Search: NLopt's BOBYQA from several points, the best polished by Subplex, on common "
    "random\nnumbers. Set: differential-evolution Markov chain Monte Carlo. What is shown "
    "comes from fresh\nrandom numbers. Files of -o: course.yaml (to extend a scenario "
    "with), posterior.csv (for\nposterior: of a course), sets.csv, fit.csv. Exit code 6 "
    "where there were too few evaluations\nfor the set to settle; the files are written "
    "all the same.";

}  // namespace clinicsim::cli
