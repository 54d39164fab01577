// The proof that anyone can rerun: scenarios whose results are known exactly, run by the program as
// it is, from the reader of YAML to the estimators. The exact values come from queueing and renewal
// theory (each case's source file names formula and author), never from this program.
//
// How a number is judged. A case runs n replications; the estimate is a ratio of sums over them (an
// average is a ratio to 1) with its jackknife standard error, as in every report; z = (estimate -
// exact) / standard error. A number that does not vary (standard error 0) must be equal, to the
// rounding of a double: its z is 0, or kCertainlyWrong.
//
// How the bound is chosen. With m numbers and a family-wise false alarm of alpha, |z| may reach
// Student's t quantile of 1 - alpha / 2m with n - 1 degrees of freedom (Bonferroni 1936; it needs
// no independence, and numbers of one case are dependent). The fewest replications of all rows give
// one bound for all. What remains inexact, all of it far below a standard error: who still waits at
// the end of a horizon is missing in a mean wait; long-run cases begin empty and are warmed up for
// four or more relaxation times; a quantile is interpolated inside its histogram bin (allowed for
// by `resolution`) and biased by 1 / (waits of a replication).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "clinicsim/observe/metrics.hpp"
#include "clinicsim/stats/interval.hpp"

namespace clinicsim {

/// What one replication gave, by the names of metrics; a name that no metric has is our own fault.
class Observed {
  public:
    Observed(std::span<const MetricSample> samples, double days) : samples_{samples}, days_{days} {}
    /// Numerator and denominator; 0 where nothing was observed.
    double top(std::string_view metric) const;
    double bottom(std::string_view metric) const;
    double days() const { return days_; }  // measured time

  private:
    std::span<const MetricSample> samples_;  // in the order of metric_rows()
    double days_;
};

/// A number that is known exactly, and how replications estimate it.
struct ExactValue {
    std::string quantity;  // "Wq", "relapse_py", …, as in the reference cases
    double exact = 0;
    std::function<Ratio(const Observed&)> of;
    bool certain = false;   // no chance in it: every replication must give exactly this
    double resolution = 0;  // how far the estimate may be off for a known reason, same unit
};

/// One scenario, one policy of it, and what is known.
struct ExactCase {
    std::string id;        // "Q01"; several cases may share one
    std::string variant;   // what tells them apart: "constant service"; may be empty
    std::string scenario;  // YAML, as a user would write it, but for the seed
    std::string policy;
    std::vector<ExactValue> values;
};

/// All of them. Queues: Q, B, G, K, A, D, S, X. Patients: F, R, C, I.
std::vector<ExactCase> exact_cases();

/// What is known exactly but not rerun here.
struct LeftOut {
    std::string_view cases;     // an id, or the letter of a family
    std::string_view quantity;  // empty: all of them
    std::string_view why;
};
std::span<const LeftOut> left_out();

/// Stands for |z| where a number that cannot vary is wrong.
constexpr double kCertainlyWrong = 1e6;
/// Chance that a right program fails, all numbers together.
constexpr double kFalseAlarm = 1e-3;

struct SelftestOptions {
    std::vector<std::string> cases{};  // ids, or letters of families; empty: all
    bool thorough = false;             // ten times the replications
    unsigned threads = 1;              // >= 1; the result is the same
    std::uint64_t seed = 1;            // every case makes its own from it
    std::function<void(std::uint64_t done, std::uint64_t total)> progress{};  // of cases
    const std::atomic<bool>* stop = nullptr;                                  // may be null
};

struct SelftestRow {
    std::string id, variant, quantity;
    double exact = 0;
    double estimate = 0;  // NaN where nothing was observed
    double se = 0;
    double z = 0;
    std::size_t replications = 0;
};

struct SelftestResult {
    std::vector<SelftestRow> rows;  // in the order of the cases
    double bound = 0;               // on |z|; 0 without rows
    std::size_t least_replications = 0;
    bool interrupted = false;  // cases are missing
    bool holds(const SelftestRow& row) const;
    bool all_hold() const;
};

/// A name in SelftestOptions::cases that is no case's.
struct UnknownCase : std::invalid_argument {
    using std::invalid_argument::invalid_argument;
};

/// Throws UnknownCase before anything runs.
SelftestResult run_selftest(const std::vector<ExactCase>& cases, const SelftestOptions& options);

/// The bound for `numbers` >= 1 numbers, each from `replications` >= 2 or more.
double selftest_bound(std::size_t numbers, std::size_t replications);

}  // namespace clinicsim
