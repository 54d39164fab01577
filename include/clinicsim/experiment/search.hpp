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

constexpr std::size_t kWalkers = 8;

struct Chain {
    std::vector<std::vector<Found>> generations;  // [generation][walker], the first ones included
    double accepted = 0;                          // share of the proposals
};

/// Differential-evolution Markov chain Monte Carlo that takes its directions from the past (ter
/// Braak and Vrugt 2008), for the density exp(-f / 2) in the cube, 0 outside: a walker moves, in
/// some or all coordinates (Vrugt 2009), by gamma times the sum of one to three differences of
/// states that any walker has been in; gamma = 2.38 / sqrt(2 x differences x coordinates), every
/// fifth time 1. Directions from the past keep walkers few and so their ways long: what settles in
/// sixteen dimensions is the length of a way. The walkers begin around `around`, each at the next
/// of them.
Chain sampled(const PointFunction& f, const std::vector<Found>& around, std::uint64_t generations,
              std::uint64_t seed, const SearchOptions& options);

/// Gelman and Rubin's potential scale reduction over the walkers, generations from `begin` on; the
/// greatest of all coordinates. Near 1: the walkers have seen the same. Infinite where a walker has
/// not moved or there are fewer than 4 generations.
double scale_reduction(const Chain& chain, std::size_t begin);

}  // namespace clinicsim
