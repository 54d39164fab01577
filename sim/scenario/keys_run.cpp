// Rows of the sections that say what is run and what is asked of it.
#include "keys.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::array kScenarioRows{
    KeyRow{"clinicsim", "whole number 1..1", "version of the format; this program reads 1",
           "required", "1"},
    KeyRow{"title", "text", "one line that stands above the results", "untitled",
           "Monthly against as-needed boosters"},
    KeyRow{"extends", "text",
           "another scenario file, beside this one or deeper, which this one changes: mappings are "
           "merged key by key, everything else is replaced",
           "", "monthly.yaml"},
    KeyRow{"run", "{run}", "seed, dates and replications", "required",
           "{seed: 1, start: 2026-01-05, warm_up: 1 year, horizon: 5 years, replications: 20}"},
    KeyRow{"clinic", "{clinic}", "chairs, opening hours, visits, access",
           "(required, but in a study)", "{chairs: 6, visit: {infusion: 40 min}}"},
    KeyRow{"patients", "{patients}", "who comes, with what condition, and who drops out",
           "(required, but in a study)",
           "{arrivals: {poisson: {mean: 5, per: week}}, conditions: {depression: {induction: six, "
           "course: usual}}}"},
    KeyRow{"inductions", "map of {induction}", "first series of infusions, by name", "{}",
           "{six: {visits: 6, gap: 2 days}}"},
    KeyRow{"courses", "map of {course}", "how symptoms go, by name", "required",
           "{usual: {renewal: {responds: 60 %, relapse: {exponential: {mean: 90 days}}}}}"},
    KeyRow{"observation", "{observation}",
           "what is observed of symptom courses: scale, ratings, the rule of a relapse",
           "({} where a condition has a symptom course)", "{self_ratings: {every: 7 days}}"},
    KeyRow{
        "study", "{study}",
        "a published study as a protocol, instead of a clinic with its policies", "",
        "{course: usual, phases: {infusions: {infusions: {days: [0]}, ratings: {after_infusion: 1 "
        "day}}}, outcomes: {responded: {share: response}}}"},
    KeyRow{"pathway", "map of {stage}",
           "stages of care and the ways between them; without it: referral, induction, boosters",
           "",
           "{induction: {to: {boosters: responded, left: otherwise}}, boosters: {to: {induction: "
           "ill 60 days}}}"},
    KeyRow{"repeat_induction", "{repeat_induction}",
           "the whole induction again after a long relapse, under every policy", "",
           "{ill_for: 60 days}"},
    KeyRow{"policies", "map of {policy}", "the booster policies to compare, by name",
           "(required, but in a study)", "{none: {}, monthly: {every: 30 days, clock: reset}}"},
    KeyRow{"promises", "{promises}",
           "the longest waits that the clinic promises; the share kept is told", "",
           "{rescue: 7 days, induction: 2 weeks}"},
    KeyRow{"costs", "{costs}",
           "what the clinic charges and pays; revenue, cost and contribution are told", "",
           "{currency: USD, price: {induction: 475, booster: 475, rescue: 475, first_visit: 250, "
           "no_show: 0}, staff: {nurse: {people: 3, wage: 45}}, overtime: 1.5, chair_month: 900, "
           "supplies: 40, no_show: 0}"},
    KeyRow{"compare", "{compare}",
           "which differences are reported: between policies, and from a clinic without waiting",
           "", "{baseline: monthly}"},
    KeyRow{"groups", "list of one of condition, severity, site",
           "results for each condition or severity, too", "[]", "[condition]"},
    KeyRow{"targets", "list of {target}",
           "bounds that metrics, or outcomes of a study, should keep", "[]",
           "[{target: \"wait_days_rescue.p95 <= 7 days\"}]"},
    KeyRow{"plan", "{plan}",
           "what clinicsim plan may choose, and what it is to reach; run leaves it alone", "",
           "{vary: {clinic.chairs: 1..12}, goal: fewest clinic.chairs}"},
    KeyRow{"limits", "{limits}", "sizes over which a run is refused before it starts", "{}",
           "{patients: 1000000}"},
};

constexpr std::array kRunRows{
    KeyRow{"seed", "whole number", "names the random numbers: the same seed, the same results", "1",
           "20260105"},
    KeyRow{"start", "date", "date of the first day", "2026-01-01", "2026-01-05"},
    KeyRow{"warm_up", "length", "time before the tallies start, for the clinic to fill", "0 days",
           "1 year"},
    KeyRow{"horizon", "length over 0", "measured time, after the warm-up",
           "(required, but in a study)", "5 years"},
    KeyRow{"replications", "whole number 1..4000000000", "runs of every policy", "20", "100"},
};

constexpr std::array kCompareRows{
    KeyRow{"baseline", "name", "the policy from which differences are taken",
           "(required, but beside without_waiting)", "monthly"},
    KeyRow{"without_waiting", "yes/no",
           "whether the same patients are also run with unlimited chairs and the same opening "
           "hours, which tells the days ill that waiting causes and takes twice the time",
           "(yes where chairs are limited)", "no"},
};

constexpr std::array kTargetRows{
    KeyRow{"target", "target", "a metric and its bound", "required",
           "wait_days_rescue.p95 <= 7 days"},
    KeyRow{"for", "name | list of name", "policies it is meant for; absent: all", "",
           "[as_needed]"},
    KeyRow{"expect", "'missed'", "the target is known to be missed: meeting it is the surprise", "",
           "missed"},
    KeyRow{"published", "measure", "the number itself, beside what is accepted", "", "18 days"},
    KeyRow{"ci", "list of measure", "its own 95 % interval, as published", "",
           "[11 days, 27 days]"},
    KeyRow{"n", "whole number 1..1000000000", "how many patients it is read off", "", "24"},
    KeyRow{"derived", "text",
           "how the number was got from what was published; absent: it stands there as it is", "",
           "-50 % of an assumed baseline of 26 points"},
    KeyRow{"standing", "one of held_out, fitted, tuned, input",
           "what the number can say: held_out tests the model; fitted is in the calibration, tuned "
           "chose a value of this file or of a default, or is of a fitted file once more, input is "
           "what the file was told",
           "held_out", "fitted"},
    KeyRow{"because", "text", "why it is missed, or not clear; shown unless it is met", "",
           "two chairs are too few"},
    KeyRow{"source", "text", "where the number comes from", "", "Murrough 2013"},
};

constexpr std::array kLimitsRows{
    KeyRow{"patients", "number over 0", "expected patients in one replication", "5e6", "1e7"},
    KeyRow{"events", "number over 0", "expected events in all", "2e10", "1e11"},
    KeyRow{"replications", "whole number 1..4000000000", "replications", "100000", "1000"},
};

}  // namespace

constinit const Section kScenarioSection{"scenario", "", "a scenario file", kScenarioRows};
constinit const Section kRunSection{"run", "run", "seed, dates and replications", kRunRows};
constinit const Section kCompareSection{"compare", "compare", "which differences are reported",
                                        kCompareRows};
constinit const Section kTargetSection{"target", "targets.N", "a bound that a metric should keep",
                                       kTargetRows};
constinit const Section kLimitsSection{
    "limits", "limits", "sizes over which a run is refused before it starts", kLimitsRows};

}  // namespace clinicsim::reading
