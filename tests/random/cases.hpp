// One list of distributions for all tests of this room, with every kind and the corners of each
// sampler. `wrong` is the same with a parameter 5-15 % off: what a test must be able to tell apart.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "clinicsim/random/distribution.hpp"

namespace clinicsim {

struct Case {
    Distribution right;
    Distribution wrong;
};

inline constexpr double kNoEnd = std::numeric_limits<double>::infinity();

/// Without atoms: the distribution function of a draw is uniform.
inline std::vector<Case> continuous_cases() {
    return {
        {Uniform{60, 80}, Uniform{60, 81}},
        {Triangular{40, 45, 60}, Triangular{40, 46, 60}},
        {Triangular{-1, -1, 1}, Triangular{-1, -0.9, 1}},
        {Triangular{2, 6, 6}, Triangular{2, 5.7, 6}},
        {Exponential{40}, Exponential{42.5}},
        {Gamma{0.3, 10}, Gamma{0.32, 10}},
        {Gamma{1, 2}, Gamma{1.05, 2}},
        {Gamma{2.5, 4}, Gamma{2.5, 4.2}},
        {Gamma{60, 0.5}, Gamma{60, 0.51}},
        {Erlang{1, 5}, Erlang{1, 5.3}},
        {Erlang{3, 5}, Erlang{3, 5.2}},
        {Erlang{4, 5}, Erlang{5, 5}},
        {Erlang{5, 5}, Erlang{4, 5}},
        {Erlang{40, 5}, Erlang{42, 5}},
        {Weibull{0.7, 40}, Weibull{0.74, 40}},
        {Weibull{1.5, 40}, Weibull{1.5, 42}},
        {Lognormal{30, 0.5}, Lognormal{30, 0.53}},
        {Lognormal{1, 1}, Lognormal{1.07, 1}},
        {Normal{50, 10}, Normal{50, 10.6}},
        {Normal{5, 4, 0, kNoEnd}, Normal{5, 4.3, 0, kNoEnd}},
        {Normal{0, 1, 3, kNoEnd}, Normal{0, 1.06, 3, kNoEnd}},
        {Normal{0, 1, -kNoEnd, -5}, Normal{0, 1.06, -kNoEnd, -5}},
        {Normal{10, 2, 9, 15}, Normal{10, 2.2, 9, 15}},
        {Beta{2, 3, 10, 20}, Beta{2.1, 3, 10, 20}},
        {Beta{0.5, 0.5}, Beta{0.53, 0.5}},
        {Beta{0.4, 3, -1, 1}, Beta{0.4, 3.3, -1, 1}},
        {Mixture{{{Exponential{5}, 0.3}, {Normal{30, 3}, 0.7}}},
         Mixture{{{Exponential{5}, 0.33}, {Normal{30, 3}, 0.67}}}},
    };
}

inline std::vector<Distribution> all_kinds() {
    std::vector<Distribution> all{
        Constant{7},
        Discrete{{1, 2, 5}, {0.5, 0.3, 0.2}},
        Empirical{{3, 8, 8, 21}},
        Mixture{{{Constant{0}, 0.25}, {Weibull{1.5, 40}, 0.75}}},
    };
    for (const Case& one : continuous_cases()) all.push_back(one.right);
    return all;
}

/// The i-th draw, at an address of its own as in a simulation.
inline double draw_at(const Distribution& d, std::uint64_t i, std::uint64_t seed = 20260105) {
    Engine engine{{.seed = seed, .index = i}};
    return draw(d, engine);
}

inline std::vector<double> draws(const Distribution& d, std::size_t n) {
    std::vector<double> result(n);
    for (std::size_t i = 0; i < n; ++i) result[i] = draw_at(d, i);
    return result;
}

}  // namespace clinicsim
