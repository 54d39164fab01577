// Fits parameters of the symptom course to published numbers, and says how well they are known.
//   1. Search: NLopt's BOBYQA from the present values and from points all over the box, on common
//      random numbers; the best ends polished by Subplex with four times the patients.
//   2. Set: a sample of all parameter sets that fit about as well, by differential-evolution Markov
//      chain Monte Carlo with the weight exp(-sum / 2), flat inside the bounds.
//   3. Fresh numbers: every set, and the ends of the search, evaluated with random numbers that the
//      search has not seen and four times the patients; the best of them is checked once more, with
//      other random numbers and many more patients. Only these are quoted: the sum that a search
//      ends with is too good by some.
// The sum is over the targets, of the smaller of z^2 and 25. Values are rounded to four digits
// before they are evaluated afresh, so that files say exactly what was checked.
//
// The same file, seed and number of evaluations give the same result for any number of threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "clinicsim/scenario/calibration.hpp"

namespace clinicsim {

/// No number counts more than one that is so many sd off: one hopeless study must not bend the
/// others.
constexpr double kFarthest = 5;

struct Evaluation {
    std::vector<std::optional<double>> simulated;  // by target; nothing: it does not exist
    std::vector<double> z;  // by target; kFarthest where there is nothing to compare
    double sum = 0;         // of the z^2, each at most kFarthest^2
};

/// Which random numbers: those of the search, or others that it never sees.
enum class Numbers : std::uint8_t { search, polish, set, check };

/// Simulates every study once with these values (in the order of the parameters) and about
/// `patients` patients per study; studies on several threads.
Evaluation evaluate(const Calibration& calibration, const std::vector<double>& values,
                    double patients, Numbers numbers, unsigned threads = 1);

struct CalibrateOptions {
    std::optional<std::uint64_t> evaluations{};  // of search and sample; none: by the budget
    double budget_seconds = 60;  // of everything; what is needed at least is done anyway
    unsigned threads = 1;
    const std::atomic<bool>* stop = nullptr;  // ends early with what there is
    /// In units of an evaluation of the search. Never from two threads at once. Must not throw.
    std::function<void(std::uint64_t done, std::uint64_t total)> progress{};
};

struct FittingSet {
    std::vector<double> values;  // in the order of the parameters
    double sum = 0;              // that the chain saw
    Evaluation fresh;
};

struct CalibrationFit {
    std::vector<double> best;  // in the order of the parameters
    double sum = 0;            // that the search saw, of `best`
    Evaluation check;          // of `best`, fresh
    Evaluation present;        // of the present values, with the numbers of `check`
    std::vector<FittingSet> set;
    std::uint64_t evaluations = 0;  // that were planned: the number that repeats this fit
    double accepted = 0;            // share of the chain's proposals
    double scale_reduction = 0;     // Gelman and Rubin, of the chain's second half
    bool settled = false;           // the chain had mixed: scale_reduction at most kSettled
    bool interrupted = false;
};
constexpr double kSettled = 1.2;

CalibrationFit calibrate(const Calibration& calibration, const CalibrateOptions& options);

// --- what a fit says ----------------------------------------------------------------------------

/// Middle and 2.5 to 97.5 % of a parameter over the set.
struct ParameterRange {
    double low = 0, middle = 0, high = 0;
};
std::vector<ParameterRange> ranges_of(const CalibrationFit& fit);

/// A parameter of which much of the set lies at a bound: the bound decides there, not the targets.
struct PressedBound {
    std::size_t parameter = 0;
    bool upper = false;
    double share = 0;  // of the set, within 5 % of the bounds' width
};
/// Where the share is at least 10 %, twice what a flat spread would have.
std::vector<PressedBound> pressed_bounds(const Calibration& calibration, const CalibrationFit& fit);

/// How many sets differ in a value.
std::size_t distinct_sets(const CalibrationFit& fit);

struct Pair {
    std::size_t a = 0, b = 0;
    double correlation = 0;  // Pearson, over the set
};
/// The parameters that are known together only: the strongest correlations first, at most `most`,
/// none under 0.3 in size.
std::vector<Pair> tied_parameters(const CalibrationFit& fit, std::size_t most);
/// Targets that pull against each other: over the set, what brings one nearer to its published
/// number takes the other farther away. By how strongly, times how far off both are; at most
/// `most`, with correlations of 0.3 or more in size.
std::vector<Pair> opposed_targets(const CalibrationFit& fit, std::size_t most);

}  // namespace clinicsim
