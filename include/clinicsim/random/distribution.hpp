// The distributions that a scenario may name, as values: comparable, copyable, printable, and
// drawn from an engine that was made at an address. Parameters are named by what they mean and
// carry the caller's unit (ticks for a duration, points, shares, plain factors).
//
// How each is drawn. By inversion, so that one uniform is one draw: uniform, triangular,
// exponential (-mean ln u), Weibull (Boost.Random's), lognormal and normal (AS 241,
// random/normal.hpp; truncation by restricting the uniform), discrete, empirical. Triangular and
// uniform are ours: Boost's triangle is not monotone in its uniform and Boost's uniform never
// returns where min is max. By rejection, reading on inside the address: gamma and beta (Marsaglia
// and Tsang 2000, "A simple method for generating gamma variables", ACM TOMS 26:363), Erlang above
// four stages; up to four stages it is a product of uniforms. A mixture spends one uniform on the
// part, then draws the part.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <boost/random/weibull_distribution.hpp>

#include "clinicsim/base/time.hpp"
#include "clinicsim/random/engine.hpp"

namespace clinicsim {

struct Constant {
    static constexpr std::string_view name = "constant";
    double value = 0;
    bool operator==(const Constant&) const = default;
};

struct Uniform {
    static constexpr std::string_view name = "uniform";
    double min = 0, max = 0;  // min <= max
    bool operator==(const Uniform&) const = default;
};

struct Triangular {
    static constexpr std::string_view name = "triangular";
    double min = 0, mode = 0, max = 0;  // min <= mode <= max
    bool operator==(const Triangular&) const = default;
};

struct Exponential {
    static constexpr std::string_view name = "exponential";
    double mean = 0;  // above 0
    bool operator==(const Exponential&) const = default;
};

struct Gamma {
    static constexpr std::string_view name = "gamma";
    double shape = 0;  // 0.001 to 10^9
    double scale = 0;  // above 0; the mean is shape x scale
    static Gamma of_mean_sd(double mean, double sd);
    static Gamma of_mean_shape(double mean, double shape);
    bool operator==(const Gamma&) const = default;
};

struct Erlang {
    static constexpr std::string_view name = "erlang";
    int stages = 0;   // 1 to 10^6 exponential stages, one after another
    double mean = 0;  // of all stages together; above 0
    bool operator==(const Erlang&) const = default;
};

struct Weibull {
    static constexpr std::string_view name = "weibull";
    double shape = 0;  // 1: constant hazard; above 1: the hazard rises
    double scale = 0;  // the time by which 63.2 % are over; above 0
    static Weibull of_shape_median(double shape, double median);
    static Weibull of_shape_mean(double shape, double mean);
    bool operator==(const Weibull&) const = default;
};

/// median x exp(sigma x standard normal); sigma is the sd of the logarithm.
struct Lognormal {
    static constexpr std::string_view name = "lognormal";
    double median = 0;  // above 0
    double sigma = 0;   // above 0
    static Lognormal of_mu_sigma(double mu, double sigma);
    static Lognormal of_mean_sd(double mean, double sd);
    static Lognormal of_mean_sigma(double mean, double sigma);
    static Lognormal of_median_sd(double median, double sd);
    bool operator==(const Lognormal&) const = default;
};

/// Mean and sd are those before truncation to [min, max]; mean() and sd() give those after.
struct Normal {
    static constexpr std::string_view name = "normal";
    double mean = 0, sd = 0;  // sd above 0
    double min = -std::numeric_limits<double>::infinity();
    double max = std::numeric_limits<double>::infinity();
    bool operator==(const Normal&) const = default;
};

/// A beta variable stretched to [min, max].
struct Beta {
    static constexpr std::string_view name = "beta";
    double alpha = 0, beta = 0;  // 0.001 to 10^6
    double min = 0, max = 1;
    static Beta of_mean_sd(double mean, double sd, double min = 0, double max = 1);
    bool operator==(const Beta&) const = default;
};

struct Discrete {
    static constexpr std::string_view name = "discrete";
    std::vector<double> values;
    std::vector<double> shares;  // one per value, 0 to 1, sum 1
    bool operator==(const Discrete&) const = default;
};

/// Each of the observed values with the same probability.
struct Empirical {
    static constexpr std::string_view name = "empirical";
    std::vector<double> values;
    bool operator==(const Empirical&) const = default;
};

struct MixturePart;

struct Mixture {
    static constexpr std::string_view name = "mixture";
    std::vector<MixturePart> parts;
    bool operator==(const Mixture& other) const;
};

using AnyDistribution =
    std::variant<Constant, Uniform, Triangular, Exponential, Gamma, Erlang, Weibull, Lognormal,
                 Normal, Beta, Discrete, Empirical, Mixture>;

namespace detail {
template <class T, class Variant>
inline constexpr bool is_one_of = false;
template <class T, class... Ts>
inline constexpr bool is_one_of<T, std::variant<Ts...>> = (std::same_as<T, Ts> || ...);

template <class Variant>
inline constexpr auto names_of = nullptr;
template <class... Ts>
inline constexpr auto names_of<std::variant<Ts...>> = std::array{Ts::name...};
}  // namespace detail

/// In the order of the variant, one row per distribution: what has no name does not compile.
inline constexpr std::array kDistributionNames = detail::names_of<AnyDistribution>;
static_assert(kDistributionNames.size() == std::variant_size_v<AnyDistribution>);

class Distribution {
  public:
    Distribution() = default;  // constant 0
    template <class T>
    requires detail::is_one_of<T, AnyDistribution> Distribution(T one) : of_{std::move(one)} {}

    const AnyDistribution& any() const { return of_; }
    /// The alternative T, or nothing where it is another one.
    template <class T>
    const T* as() const {
        return std::get_if<T>(&of_);
    }
    bool operator==(const Distribution& other) const;

  private:
    AnyDistribution of_;
};

struct MixturePart {
    Distribution distribution;
    double share = 0;  // 0 to 1; the shares of all parts sum to 1
    bool operator==(const MixturePart&) const = default;
};

inline bool Mixture::operator==(const Mixture& other) const { return parts == other.parts; }
inline bool Distribution::operator==(const Distribution& other) const { return of_ == other.of_; }

/// Empty where all is well, otherwise a plain sentence ("max must not be below min"). Every other
/// function here needs a distribution that passed; makers given impossible numbers do not fail,
/// they make a distribution that does not pass.
std::string validity(const Distribution& d);
/// The same for a length of time, which must not go below 0 either.
std::string duration_validity(const Distribution& d);

namespace detail {

inline double sample(const Constant& d, Engine&) { return d.value; }

inline double sample(const Uniform& d, Engine& engine) {
    return std::min(d.min + (d.max - d.min) * uniform01(engine), d.max);
}

inline double sample(const Exponential& d, Engine& engine) {
    return -d.mean * std::log(uniform01(engine));
}

inline double sample(const Weibull& d, Engine& engine) {
    return boost::random::weibull_distribution<>{d.shape, d.scale}(engine);
}

double sample_any(const Distribution& d, Engine& engine);

}  // namespace detail

/// One draw; a constant reads no random number. What most scenarios draw most is inlined.
inline double draw(const Distribution& d, Engine& engine) {
    if (const auto* constant = d.as<Constant>()) return detail::sample(*constant, engine);
    if (const auto* uniform = d.as<Uniform>()) return detail::sample(*uniform, engine);
    if (const auto* exponential = d.as<Exponential>()) return detail::sample(*exponential, engine);
    if (const auto* weibull = d.as<Weibull>()) return detail::sample(*weibull, engine);
    return detail::sample_any(d, engine);
}

/// The same as a length of time, for distributions in ticks; rounded half up, at most kNever.
inline Duration draw_duration(const Distribution& d, Engine& engine) {
    return from_ticks(draw(d, engine));
}

double mean(const Distribution& d);
double sd(const Distribution& d);
/// P(X <= x).
double cdf(const Distribution& d, double x);
/// The ends of what can be drawn; infinite where there is no end.
double lowest(const Distribution& d);
double highest(const Distribution& d);
/// Whether every draw is the same number.
bool is_constant(const Distribution& d);

/// The distribution of `factor` times a draw, for a factor above 0. From the same address it draws
/// factor x as much (to the last bit where the factor is a power of two).
Distribution scaled(const Distribution& d, double factor);

/// Its name in a scenario.
std::string name(const Distribution& d);
/// In words, in the caller's unit: "weibull (shape 1.5, scale 40)".
std::string text(const Distribution& d);

}  // namespace clinicsim
