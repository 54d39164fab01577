// How many chairs, how many nurses, which hours: looks among the choices of a plan for the one that
// reaches its goal, and confirms it.
//
// The promise. The search judges by 95 % intervals and promises nothing. What it finds becomes
// claims: the answer meets all targets, and every choice that would have been preferred to it and
// stands next to it misses one that is named before. The claims are tested with replications that
// the search never saw, one-sided by Student's t, each at (1 - confidence) / (claims of all
// policies x looks): so the chance that any claim is said to be confirmed and is false is at most
// 1 - confidence (Bonferroni), whatever the search did. That the answer meets all targets takes no
// further split: it is said only where each target passes (Berger 1982). Between choices that stand
// further off and the answer the plan takes more to be better, and says so where it saw otherwise.
//
// A goal of lowest or highest splits the error: half for Kim and Nelson's procedure among the
// choices that the search found to meet the targets, half for the claim that the chosen one does.
//
// Replications are numbered so that the same number means the same patients for every choice and
// policy; those of the search count from 0, of KN and of the confirmation from the constants below.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "clinicsim/experiment/results.hpp"
#include "clinicsim/experiment/run.hpp"
#include "clinicsim/scenario/scenario.hpp"

namespace clinicsim {

constexpr std::uint32_t kFirstConfirming = 1'000'000;
constexpr std::uint32_t kFirstSelecting = 2'000'000;

struct PlanOptions {
    std::vector<std::string> policies{};  // names; empty: those of the question
    unsigned threads = 0;                 // 0: as many as the machine runs at once
    std::optional<double> growth{};       // of the arrivals, per month: adds the timetable
    /// `total` is what the budget allows; most plans end before. Never from two threads at once.
    std::function<void(std::uint64_t done, std::uint64_t total)> progress{};
    const std::atomic<bool>* stop = nullptr;
};

/// The scenario of the plan with these values on top. What it throws, where they do not go
/// together, comes out of the plan.
using ReadChoice = std::function<Scenario(const std::vector<Override>&)>;

/// What formulas say before anything is searched, from the load of a pilot with unlimited chairs.
struct PlanFormula {
    double load = 0;             // chairs occupied on average in opening hours
    double visits_per_hour = 0;  // of opening time
    double mean_visit_hours = 0, visit_variation = 0;  // squared coefficient of variation
    double open_share = 1;                             // of all hours
    int enough_for_the_load = 1;                       // the fewest chairs over the load
    int at_85_percent = 1;
    int square_root = 1;             // square-root staffing: one in five waits
    std::optional<int> for_targets;  // Erlang C and Allen-Cunneen; nothing where a target has no
                                     // formula
};

/// One choice under one policy.
struct PlanPoint {
    std::size_t choice = 0;                // into Plan::choices
    std::vector<TargetResult> targets;     // by 95 % intervals, as everywhere
    std::optional<bool> met;               // all of them; false: one clearly missed
    std::optional<Estimate> goal;          // the metric of a goal of lowest or highest
    std::optional<Estimate> contribution;  // a year, where there are costs
    std::uint32_t replications = 0;
    bool fresh = false;  // from the replications of the confirmation alone
};

/// A metric of an answer that no target need ask about.
struct PlanFact {
    std::string metric;
    Estimate found;
};

enum class PlanEnd : std::uint8_t {
    found,    // the answer is confirmed
    unclear,  // within the budget; an answer, where there is one, is safe but perhaps too much
    none,     // no choice meets the targets
    nothing,  // the targets say nothing under this policy
    interrupted,
};

struct PolicyPlan {
    std::string policy;
    PlanEnd end = PlanEnd::interrupted;
    std::optional<std::size_t> answer;  // into Plan::choices
    double confidence_reached = 0;      // of the claims of this policy alone
    std::optional<PlanFormula> formula;
    std::vector<PlanPoint> curve;        // in the order of the choices
    std::optional<PlanPoint> unlimited;  // the same with unlimited chairs; choice has no meaning
    std::vector<PlanFact> facts;         // of the answer: what else an owner must know
    std::optional<double> indifference;  // of Kim and Nelson: a smaller difference is none
    std::vector<std::size_t> ties;       // choices within it of the answer, by the search
    std::vector<std::string> remarks;    // sentences: why, what was not clear
    std::uint32_t runs = 0;
};

/// From which month on how many are needed, where arrivals grow.
/// The metric that every point of a curve has, where the scenario has costs.
inline constexpr const char* kContribution = "contribution_per_year";

struct GrowthStep {
    std::uint32_t month = 0;            // the first, from the end of warm-up
    std::optional<std::size_t> choice;  // nothing: more than the plan may choose
};
struct GrowthTable {
    std::string policy;
    std::vector<GrowthStep> steps;
    std::vector<std::string> remarks;  // quarters passed over or of their own, and what is short
                                       // where the plan may choose no more
};

struct Plan {
    std::string title, file, sha256;
    std::uint64_t seed = 0;
    double warm_up_days = 0, horizon_days = 0;
    std::string courses;
    std::string currency;        // of money; empty where there are no costs
    PlanQuestion question;       // complete: with what was decided
    bool asked = true;           // no: the scenario has no `plan:`
    bool usual_targets = false;  // neither the plan nor the scenario has any: of these, each policy
                                 // keeps those that say something there
    std::vector<std::vector<std::string>> choices;  // [choice][variable] values
    std::vector<PolicyPlan> policies;
    std::vector<std::string> formula_of;  // sites whose chairs the formulas count; empty: all
    std::vector<std::string> reasons;     // why an answer may differ from the formulas'
    std::optional<std::size_t> answer;    // enough for every policy that has targets
    bool confirmed = false;               // every policy's answer is
    double confidence_reached = 0;
    std::uint64_t budget = 0, runs = 0;
    std::size_t claims = 0;  // tested with fresh replications
    std::optional<double> growth;
    std::vector<GrowthTable> timetable;
    std::vector<std::string> warnings;
    bool interrupted = false;
};

/// Whether two choices differ in one variable only, and there by one step.
bool are_neighbours(const PlanQuestion& question, const std::vector<std::string>& one,
                    const std::vector<std::string>& other);

/// The keys of a scenario that say how many chairs there are: of every site and kind.
std::vector<std::string> chair_paths(const ClinicPlan& clinic);

/// `scenario` was read without values on top; where it has no `plan:`, it has one key of chairs,
/// which is then what varies. Throws UnknownName before anything runs.
Plan make_plan(const Scenario& scenario, const ReadChoice& read, const PlanOptions& options,
               const Simulate& simulate_one);
inline Plan make_plan(const Scenario& scenario, const ReadChoice& read,
                      const PlanOptions& options) {
    return make_plan(scenario, read, options, simulate);
}

}  // namespace clinicsim
