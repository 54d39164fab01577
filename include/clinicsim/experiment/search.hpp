// Looks for the lowest values of a function over a box, and draws a sample of where it is low. The
// box is the unit cube here; who calls maps it. What is called is a function of a point alone (no
// noise: common random numbers), from several threads at once, and the answer does not depend on
// their number.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

namespace clinicsim {

using Point = std::vector<double>;  // every coordinate in [0, 1]
/// Must be safe to call from several threads. What it throws comes out of the search.
using PointFunction = std::function<double(const Point&)>;

struct Found {
    Point point;
    double value = 0;
};

struct SearchOptions {
    unsigned threads = 1;                     // >= 1
    const std::atomic<bool>* stop = nullptr;  // no new evaluations are begun once it is set
    std::function<void()> evaluated;          // after each; safe to call from several threads
};

/// Local searches by NLopt's BOBYQA (Powell 2009; Subplex, Rowan 1990, in one dimension), `starts`
/// of them with `evaluations` each: the first from `first`, each other one from the best of ten
/// uniform points. The ends in ascending order of value, at most `starts`; those that a stop
/// prevented are missing.
std::vector<Found> local_searches(const PointFunction& f, const Point& first, std::size_t starts,
                                  std::uint64_t evaluations, std::uint64_t seed,
                                  const SearchOptions& options);

/// NLopt's Subplex (Rowan 1990) from every one of `from`, each with `evaluations`: slower, and sure
/// of foot where the function has steps. In the order of `from`.
std::vector<Found> polished(const PointFunction& f, const std::vector<Found>& from,
                            std::uint64_t evaluations, const SearchOptions& options);

struct Chain {
    std::size_t walkers = 0;
    std::vector<std::vector<Found>> generations;  // [generation][walker], the first ones included
    double accepted = 0;                          // share of the proposals
};

/// Walkers of a chain in so many dimensions.
constexpr std::size_t walkers_for(std::size_t dimensions) {
    return dimensions < 3 ? 8 : 2 * dimensions + 4;
}

/// Differential-evolution Markov chain Monte Carlo (ter Braak 2006) for the density exp(-f / 2) in
/// the cube, 0 outside: a walker moves by gamma times the difference of two others, gamma = 2.38 /
/// sqrt(2 d), every tenth time 1. The walkers of one half move by differences of the other half, so
/// that a half can be evaluated at once. The first generation is scattered around `around`.
Chain sampled(const PointFunction& f, const std::vector<Found>& around, std::uint64_t generations,
              std::uint64_t seed, const SearchOptions& options);

/// Gelman and Rubin's potential scale reduction over the walkers, generations from `begin` on; the
/// greatest of all coordinates. Near 1: the walkers have seen the same. Infinite where a walker has
/// not moved or there are fewer than 4 generations.
double scale_reduction(const Chain& chain, std::size_t begin);

}  // namespace clinicsim
