#include "clinicsim/experiment/search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <nlopt.hpp>

#include "clinicsim/base/check.hpp"
#include "clinicsim/experiment/workers.hpp"
#include "clinicsim/random/engine.hpp"

namespace clinicsim {

namespace {

constexpr std::size_t kScattered = 10;     // uniform points, the best of which a search begins with
constexpr double kFirstStep = 0.12;        // of a local search, in the cube
constexpr double kAround = 0.08;           // how far walkers are scattered
constexpr double kSmallest = 1e-7;         // step at which a local search ends
constexpr double kJitter = 1e-4;           // so that the chain reaches every point
constexpr double kJumps = 0.2;             // share of proposals that may go from mode to mode
constexpr std::size_t kMostPairs = 3;      // differences that a proposal adds up
constexpr std::size_t kCrossings = 3;      // a third, two thirds or all of the coordinates move
constexpr std::uint64_t kRemembered = 10;  // generations from one remembered to the next
constexpr std::size_t kPastPerDimension = 10;  // points remembered at the start

/// What NLopt calls: counts, keeps the best, and ends the search at a stop.
struct Watched {
    const PointFunction& f;
    const SearchOptions& options;
    Found best{{}, std::numeric_limits<double>::infinity()};

    double operator()(const Point& point) {
        if (options.stop != nullptr && options.stop->load()) throw nlopt::forced_stop{};
        const double value = f(point);
        if (options.evaluated) options.evaluated();
        if (value < best.value) best = {point, value};
        return value;
    }
    static double call(const std::vector<double>& point, std::vector<double>&, void* self) {
        return (*static_cast<Watched*>(self))(point);
    }
};

void search_from(Watched& watched, nlopt::algorithm algorithm, Point from, double step,
                 std::uint64_t evaluations) {
    const auto dimensions = static_cast<unsigned>(from.size());
    nlopt::opt search{algorithm, dimensions};
    search.set_min_objective(&Watched::call, &watched);
    search.set_lower_bounds(0.0);
    search.set_upper_bounds(1.0);
    search.set_initial_step(step);
    search.set_xtol_abs(kSmallest);
    search.set_maxeval(static_cast<int>(std::min<std::uint64_t>(evaluations, 1'000'000'000)));
    double value = 0;
    try {
        search.optimize(from, value);
    } catch (const nlopt::roundoff_limited&) {
        // as near as the arithmetic goes: the best is kept
    }
}

/// Back into the cube, as from a mirror; keeps a symmetric proposal symmetric.
double mirrored(double x) {
    x = std::fmod(std::abs(x), 2.0);
    return x > 1 ? 2 - x : x;
}

Point uniform_point(std::size_t dimensions, Engine& engine) {
    Point point(dimensions);
    for (double& x : point) x = uniform01(engine);
    return point;
}

/// `from`, moved by differences of past states in some of the coordinates.
Point proposal(const Point& from, const std::vector<Point>& past, Engine& engine) {
    const auto below = [&](std::size_t number) {
        return std::min(number - 1,
                        static_cast<std::size_t>(uniform01(engine) * static_cast<double>(number)));
    };
    const std::size_t pairs = 1 + below(kMostPairs);
    const bool jumps = uniform01(engine) < kJumps;
    const double crossing = static_cast<double>(1 + below(kCrossings)) / kCrossings;
    std::vector<bool> moves(from.size());
    std::size_t moved = 0;
    for (std::size_t k = 0; k < from.size(); ++k)
        if (uniform01(engine) < crossing) moves[k] = true, ++moved;
    if (moved == 0) moves[below(from.size())] = true, moved = 1;

    const double gamma = jumps ? 1 : 2.38 / std::sqrt(2.0 * static_cast<double>(pairs * moved));
    Point point = from;
    for (std::size_t pair = 0; pair < pairs; ++pair) {
        const std::size_t a = below(past.size());
        std::size_t b = below(past.size() - 1);
        b += b >= a ? 1 : 0;
        for (std::size_t k = 0; k < from.size(); ++k)
            if (moves[k]) point[k] += gamma * (past[a][k] - past[b][k]);
    }
    for (std::size_t k = 0; k < from.size(); ++k)
        if (moves[k]) point[k] = mirrored(point[k] + kJitter * (2 * uniform01(engine) - 1));
    return point;
}

}  // namespace

std::vector<Found> local_searches(const PointFunction& f, const Point& first, std::size_t starts,
                                  std::uint64_t evaluations, std::uint64_t seed,
                                  const SearchOptions& options) {
    const auto algorithm = first.size() == 1 ? nlopt::LN_SBPLX : nlopt::LN_BOBYQA;
    std::vector<Found> ends(starts);
    do_items(
        starts, options.threads, options.stop,
        [&](std::size_t start) {
            Watched watched{f, options};
            std::uint64_t left = evaluations;
            Point from = first;
            try {
                if (start > 0) {
                    for (std::uint32_t i = 0; i < kScattered && left > 1; ++i, --left) {
                        Engine engine{
                            {seed, i, static_cast<std::uint32_t>(start), Purpose::search, 0}};
                        watched(uniform_point(first.size(), engine));
                    }
                    from = watched.best.point;
                }
                search_from(watched, algorithm, std::move(from), kFirstStep, left);
            } catch (const nlopt::forced_stop&) {
            }
            ends[start] = std::move(watched.best);
        },
        [](std::size_t) {});
    ends.erase(std::remove_if(ends.begin(), ends.end(),
                              [](const Found& found) { return found.point.empty(); }),
               ends.end());
    std::stable_sort(ends.begin(), ends.end(),
                     [](const Found& a, const Found& b) { return a.value < b.value; });
    return ends;
}

std::vector<Found> polished(const PointFunction& f, const std::vector<Found>& from,
                            std::uint64_t evaluations, const SearchOptions& options) {
    std::vector<Found> ends = from;
    do_items(
        from.size(), options.threads, options.stop,
        [&](std::size_t i) {
            Watched watched{f, options};
            try {
                search_from(watched, nlopt::LN_SBPLX, from[i].point, kFirstStep / 3, evaluations);
            } catch (const nlopt::forced_stop&) {
            }
            // the values of `from` may be of another function: only what was seen here counts
            if (!watched.best.point.empty()) ends[i] = std::move(watched.best);
        },
        [](std::size_t) {});
    return ends;
}

Chain sampled(const PointFunction& f, const std::vector<Found>& around, std::uint64_t generations,
              std::uint64_t seed, const SearchOptions& options) {
    CLINICSIM_CHECK(!around.empty(), "walkers are scattered around something");
    const std::size_t dimensions = around.front().point.size();
    const auto draws = [&](std::uint64_t generation, std::size_t walker, std::uint64_t index) {
        return Engine{{seed, static_cast<std::uint32_t>(generation),
                       static_cast<std::uint32_t>(walker), Purpose::search, index}};
    };
    const auto evaluate = [&](std::vector<Found>& walkers) {
        const std::size_t done = do_items(
            walkers.size(), options.threads, options.stop,
            [&](std::size_t i) {
                walkers[i].value = f(walkers[i].point);
                if (options.evaluated) options.evaluated();
            },
            [](std::size_t) {});
        return done == walkers.size();
    };

    std::vector<Point> past;
    for (std::size_t i = 0; i < kPastPerDimension * dimensions + kWalkers; ++i) {
        Engine engine = draws(0, i, 1);
        past.push_back(around[i % around.size()].point);
        for (double& x : past.back()) x = mirrored(x + kAround * (2 * uniform01(engine) - 1));
    }
    Chain chain;
    std::vector<Found> now(kWalkers);
    for (std::size_t w = 0; w < kWalkers; ++w) now[w].point = past[w];
    if (!evaluate(now)) return chain;
    chain.generations.push_back(now);

    std::uint64_t accepted = 0, proposed = 0;
    for (std::uint64_t generation = 1; generation < generations; ++generation) {
        std::vector<Found> proposals(kWalkers);
        for (std::size_t w = 0; w < kWalkers; ++w) {
            Engine engine = draws(generation, w, 2);
            proposals[w].point = proposal(now[w].point, past, engine);
        }
        if (!evaluate(proposals)) break;
        for (std::size_t w = 0; w < kWalkers; ++w) {
            Engine engine = draws(generation, w, 3);
            ++proposed;
            if (std::log(uniform01(engine)) < (now[w].value - proposals[w].value) / 2) {
                now[w] = std::move(proposals[w]);
                ++accepted;
            }
        }
        chain.generations.push_back(now);
        if (generation % kRemembered == 0)
            for (const Found& walker : now) past.push_back(walker.point);
    }
    if (proposed > 0)
        chain.accepted = static_cast<double>(accepted) / static_cast<double>(proposed);
    return chain;
}

double scale_reduction(const Chain& chain, std::size_t begin) {
    constexpr double kNone = std::numeric_limits<double>::infinity();
    if (chain.generations.size() < begin + 4) return kNone;
    const auto n = static_cast<double>(chain.generations.size() - begin);
    const std::size_t walkers = chain.generations.front().size();
    const auto m = static_cast<double>(walkers);
    double worst = 0;
    for (std::size_t k = 0; k < chain.generations.front().front().point.size(); ++k) {
        double grand = 0, within = 0, between = 0;
        std::vector<double> means(walkers);
        for (std::size_t w = 0; w < walkers; ++w) {
            for (std::size_t g = begin; g < chain.generations.size(); ++g)
                means[w] += chain.generations[g][w].point[k] / n;
            grand += means[w] / m;
            for (std::size_t g = begin; g < chain.generations.size(); ++g) {
                const double off = chain.generations[g][w].point[k] - means[w];
                within += off * off / (n - 1) / m;
            }
        }
        for (const double mean : means) between += (mean - grand) * (mean - grand) / (m - 1);
        if (within <= 0) return kNone;
        worst = std::max(worst, std::sqrt((n - 1) / n + between / within));
    }
    return worst;
}

}  // namespace clinicsim
