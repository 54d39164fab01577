// The samplers that are not inlined. None calls lgamma or tgamma: they are slow, and their last
// bits differ between processors.
#include <cmath>

#include "clinicsim/random/distribution.hpp"
#include "clinicsim/random/normal.hpp"

namespace clinicsim::detail {
namespace {

double sample(const Triangular& d, Engine& engine) {
    const double u = uniform01(engine);
    const double range = d.max - d.min;
    if (u * range < d.mode - d.min)
        return std::min(d.min + std::sqrt(u * range * (d.mode - d.min)), d.max);
    return std::max(d.max - std::sqrt((1 - u) * range * (d.max - d.mode)), d.min);
}

/// Marsaglia and Tsang (2000), for a shape of at least 1, scale 1.
double gamma_at_least_one(double shape, Engine& engine) {
    const double d = shape - 1.0 / 3.0;
    const double c = 1.0 / std::sqrt(9.0 * d);
    for (;;) {
        const double x = standard_normal(engine);
        const double root = 1.0 + c * x;
        const double u = uniform01(engine);
        if (root <= 0) continue;
        const double v = root * root * root;
        const double x2 = x * x;
        if (u < 1.0 - 0.0331 * x2 * x2) return d * v;  // the squeeze: no logarithm in 98 of 100
        if (std::log(u) < 0.5 * x2 + d * (1.0 - v + std::log(v))) return d * v;
    }
}

/// ln of a gamma variable of scale 1. Below a shape of 1: gamma(shape + 1) x u^(1/shape), where the
/// power itself may be too small for a double.
double log_gamma_draw(double shape, Engine& engine) {
    if (shape >= 1) return std::log(gamma_at_least_one(shape, engine));
    const double larger = std::log(gamma_at_least_one(shape + 1, engine));
    return larger + std::log(uniform01(engine)) / shape;
}

double gamma_draw(double shape, Engine& engine) {
    return shape >= 1 ? gamma_at_least_one(shape, engine) : std::exp(log_gamma_draw(shape, engine));
}

double sample(const Gamma& d, Engine& engine) { return d.scale * gamma_draw(d.shape, engine); }

double sample(const Erlang& d, Engine& engine) {
    const double stage = d.mean / d.stages;
    if (d.stages > 4) return stage * gamma_at_least_one(d.stages, engine);
    double product = uniform01(engine);
    for (int i = 1; i < d.stages; ++i) product *= uniform01(engine);
    return -stage * std::log(product);
}

double sample(const Lognormal& d, Engine& engine) {
    return d.median * std::exp(d.sigma * standard_normal(engine));
}

/// A standard normal between a < b, where a <= 0 or the lower tail is the precise one.
double between(double a, double b, double u) {
    const double below = normal_cdf(a);
    const double p = below + u * (normal_cdf(b) - below);
    return normal_quantile(std::min(p, 1 - 0x1p-53));
}

double sample(const Normal& d, Engine& engine) {
    const double u = uniform01(engine);
    const double a = (d.min - d.mean) / d.sd;
    const double b = (d.max - d.mean) / d.sd;
    if (std::isinf(a) && std::isinf(b)) return d.mean + d.sd * normal_quantile(u);
    const double z = a > 0 ? -between(-b, -a, 1 - u) : between(a, b, u);
    return std::clamp(d.mean + d.sd * z, d.min, d.max);
}

double sample(const Beta& d, Engine& engine) {
    // The ratio of two gammas; through logarithms where both could be too small for a double.
    double share = 0;
    if (d.alpha >= 1 && d.beta >= 1) {
        const double x = gamma_at_least_one(d.alpha, engine);
        share = x / (x + gamma_at_least_one(d.beta, engine));
    } else {
        const double x = log_gamma_draw(d.alpha, engine);
        share = 1.0 / (1.0 + std::exp(log_gamma_draw(d.beta, engine) - x));
    }
    return std::min(d.min + (d.max - d.min) * share, d.max);
}

/// Which of n parts the uniform falls into; rounding of the sum never chooses a share of 0.
template <class Share>
std::size_t chosen(std::size_t n, double u, const Share& share) {
    std::size_t last = 0;
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        if (!(share(i) > 0)) continue;
        last = i;
        sum += share(i);
        if (u < sum) break;
    }
    return last;
}

double sample(const Discrete& d, Engine& engine) {
    return d.values[chosen(d.values.size(), uniform01(engine),
                           [&](std::size_t i) { return d.shares[i]; })];
}

double sample(const Empirical& d, Engine& engine) {
    const auto n = d.values.size();
    const auto i = static_cast<std::size_t>(uniform01(engine) * static_cast<double>(n));
    return d.values[std::min(i, n - 1)];
}

double sample(const Mixture& d, Engine& engine) {
    const auto i =
        chosen(d.parts.size(), uniform01(engine), [&](std::size_t k) { return d.parts[k].share; });
    return draw(d.parts[i].distribution, engine);
}

}  // namespace

double sample_any(const Distribution& d, Engine& engine) {
    return std::visit([&](const auto& one) { return sample(one, engine); }, d.any());
}

}  // namespace clinicsim::detail
