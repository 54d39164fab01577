// What is known of a distribution without drawing: mean, sd, distribution function, ends.
#include <cmath>

#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "clinicsim/random/distribution.hpp"
#include "clinicsim/random/normal.hpp"

namespace clinicsim {
namespace {

namespace policies = boost::math::policies;
// Too large is infinite, and validity() says so; nothing throws.
using Quiet = policies::policy<policies::domain_error<policies::ignore_error>,
                               policies::pole_error<policies::ignore_error>,
                               policies::overflow_error<policies::ignore_error>,
                               policies::evaluation_error<policies::ignore_error>>;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Mean and sd of a standard normal kept between a and b.
struct Moments {
    double mean;
    double sd;
};

Moments truncated(double a, double b) {
    if (a > 0) {  // the lower tail is the precise one
        const Moments mirrored = truncated(-b, -a);
        return {-mirrored.mean, mirrored.sd};
    }
    if (b - a < 1) {  // the closed form cancels: integrate around the middle instead
        const double middle = a + (b - a) / 2;
        const double half = (b - a) / 2;
        const auto integral = [&](int power, double centre) {
            return boost::math::quadrature::gauss<double, 15>::integrate(
                [&](double t) {
                    const double x = middle + half * t;
                    return std::exp((middle - x) * (middle + x) / 2) * std::pow(t - centre, power);
                },
                -1.0, 1.0);
        };
        const double mass = integral(0, 0);
        const double centre = integral(1, 0) / mass;
        return {middle + half * centre, half * std::sqrt(integral(2, centre) / mass)};
    }
    const auto density = [](double x) {
        return std::isinf(x) ? 0 : std::exp(-x * x / 2) * 0.39894228040143267794;
    };
    const auto weighted = [&](double x) { return std::isinf(x) ? 0 : x * density(x); };
    const double mass = normal_cdf(b) - normal_cdf(a);
    const double mean = (density(a) - density(b)) / mass;
    const double variance = 1 + (weighted(a) - weighted(b)) / mass - mean * mean;
    return {mean, std::sqrt(std::max(variance, 0.0))};
}

Moments truncated(const Normal& d) {
    const Moments z = truncated((d.min - d.mean) / d.sd, (d.max - d.mean) / d.sd);
    return {d.mean + d.sd * z.mean, d.sd * z.sd};
}

double mean_of(const Constant& d) { return d.value; }
double mean_of(const Uniform& d) { return d.min + (d.max - d.min) / 2; }
double mean_of(const Triangular& d) { return d.min + ((d.mode - d.min) + (d.max - d.min)) / 3; }
double mean_of(const Exponential& d) { return d.mean; }
double mean_of(const Gamma& d) { return d.shape * d.scale; }
double mean_of(const Erlang& d) { return d.mean; }
double mean_of(const Weibull& d) {
    return d.scale * (1 + boost::math::tgamma1pm1(1 / d.shape, Quiet{}));
}
double mean_of(const Lognormal& d) { return d.median * std::exp(d.sigma * d.sigma / 2); }
double mean_of(const Normal& d) { return truncated(d).mean; }
double mean_of(const Beta& d) { return d.min + (d.max - d.min) * d.alpha / (d.alpha + d.beta); }

double mean_of(const Discrete& d) {
    double sum = 0;
    for (std::size_t i = 0; i < d.values.size(); ++i) sum += d.shares[i] * d.values[i];
    return sum;
}

double mean_of(const Empirical& d) {
    double sum = 0;
    for (const double value : d.values) sum += value / static_cast<double>(d.values.size());
    return sum;
}

double mean_of(const Mixture& d) {
    double sum = 0;
    for (const auto& part : d.parts) sum += part.share * mean(part.distribution);
    return sum;
}

double sd_of(const Constant&) { return 0; }
double sd_of(const Uniform& d) { return (d.max - d.min) / std::sqrt(12.0); }

double sd_of(const Triangular& d) {
    const double range = d.max - d.min;
    const double rise = d.mode - d.min;
    return std::sqrt((range * range - range * rise + rise * rise) / 18);
}

double sd_of(const Exponential& d) { return d.mean; }
double sd_of(const Gamma& d) { return std::sqrt(d.shape) * d.scale; }
double sd_of(const Erlang& d) { return d.mean / std::sqrt(d.stages); }

double sd_of(const Weibull& d) {
    const double one = boost::math::tgamma1pm1(1 / d.shape, Quiet{});
    const double two = boost::math::tgamma1pm1(2 / d.shape, Quiet{});
    return d.scale * std::sqrt(two - 2 * one - one * one);
}

double sd_of(const Lognormal& d) { return mean_of(d) * std::sqrt(std::expm1(d.sigma * d.sigma)); }
double sd_of(const Normal& d) { return truncated(d).sd; }

double sd_of(const Beta& d) {
    const double both = d.alpha + d.beta;
    return (d.max - d.min) * std::sqrt(d.alpha * d.beta / (both + 1)) / both;
}

double sd_of(const Discrete& d) {
    const double centre = mean_of(d);
    double sum = 0;
    for (std::size_t i = 0; i < d.values.size(); ++i)
        sum += d.shares[i] * (d.values[i] - centre) * (d.values[i] - centre);
    return std::sqrt(sum);
}

double sd_of(const Empirical& d) {
    const double centre = mean_of(d);
    double sum = 0;
    for (const double value : d.values) sum += (value - centre) * (value - centre);
    return std::sqrt(sum / static_cast<double>(d.values.size()));
}

double sd_of(const Mixture& d) {
    const double centre = mean_of(d);
    double sum = 0;
    for (const auto& part : d.parts) {
        const double inside = sd(part.distribution);
        const double away = mean(part.distribution) - centre;
        sum += part.share * (inside * inside + away * away);
    }
    return std::sqrt(sum);
}

// P(X <= x) for lowest <= x < highest.
double cdf_of(const Constant&, double) { return 1; }
double cdf_of(const Uniform& d, double x) { return (x - d.min) / (d.max - d.min); }

double cdf_of(const Triangular& d, double x) {
    if (x < d.mode) return (x - d.min) / (d.max - d.min) * ((x - d.min) / (d.mode - d.min));
    return 1 - (d.max - x) / (d.max - d.min) * ((d.max - x) / (d.max - d.mode));
}

double cdf_of(const Exponential& d, double x) { return -std::expm1(-x / d.mean); }
double cdf_of(const Gamma& d, double x) {
    return boost::math::gamma_p(d.shape, x / d.scale, Quiet{});
}
double cdf_of(const Erlang& d, double x) {
    return cdf_of(Gamma{static_cast<double>(d.stages), d.mean / d.stages}, x);
}
double cdf_of(const Weibull& d, double x) { return -std::expm1(-std::pow(x / d.scale, d.shape)); }
double cdf_of(const Lognormal& d, double x) {
    return x > 0 ? normal_cdf(std::log(x / d.median) / d.sigma) : 0;
}

double cdf_of(const Normal& d, double x) {
    const double a = (d.min - d.mean) / d.sd;
    const double b = (d.max - d.mean) / d.sd;
    const double z = (x - d.mean) / d.sd;
    if (a > 0) return (normal_cdf(-a) - normal_cdf(-z)) / (normal_cdf(-a) - normal_cdf(-b));
    return (normal_cdf(z) - normal_cdf(a)) / (normal_cdf(b) - normal_cdf(a));
}

double cdf_of(const Beta& d, double x) {
    return boost::math::ibeta(d.alpha, d.beta, (x - d.min) / (d.max - d.min), Quiet{});
}

double cdf_of(const Discrete& d, double x) {
    double sum = 0;
    for (std::size_t i = 0; i < d.values.size(); ++i)
        if (d.values[i] <= x) sum += d.shares[i];
    return sum;
}

double cdf_of(const Empirical& d, double x) {
    const auto below =
        std::count_if(d.values.begin(), d.values.end(), [&](double v) { return v <= x; });
    return static_cast<double>(below) / static_cast<double>(d.values.size());
}

double cdf_of(const Mixture& d, double x) {
    double sum = 0;
    for (const auto& part : d.parts) sum += part.share * cdf(part.distribution, x);
    return sum;
}

struct Ends {
    double lowest;
    double highest;
};

void widen(Ends& ends, Ends by) {
    ends = {std::min(ends.lowest, by.lowest), std::max(ends.highest, by.highest)};
}

Ends ends_of(const Constant& d) { return {d.value, d.value}; }
Ends ends_of(const Uniform& d) { return {d.min, d.max}; }
Ends ends_of(const Triangular& d) { return {d.min, d.max}; }
Ends ends_of(const Exponential&) { return {0, kInfinity}; }
Ends ends_of(const Gamma&) { return {0, kInfinity}; }
Ends ends_of(const Erlang&) { return {0, kInfinity}; }
Ends ends_of(const Weibull&) { return {0, kInfinity}; }
Ends ends_of(const Lognormal&) { return {0, kInfinity}; }
Ends ends_of(const Normal& d) { return {d.min, d.max}; }
Ends ends_of(const Beta& d) { return {d.min, d.max}; }

Ends ends_of(const Discrete& d) {
    Ends ends{kInfinity, -kInfinity};
    for (std::size_t i = 0; i < d.values.size(); ++i)
        if (d.shares[i] > 0) widen(ends, {d.values[i], d.values[i]});
    return ends;
}

Ends ends_of(const Empirical& d) {
    Ends ends{kInfinity, -kInfinity};
    for (const double value : d.values) widen(ends, {value, value});
    return ends;
}

Ends ends_of(const Mixture& d) {
    Ends ends{kInfinity, -kInfinity};
    for (const auto& part : d.parts)
        if (part.share > 0) widen(ends, {lowest(part.distribution), highest(part.distribution)});
    return ends;
}

}  // namespace

double mean(const Distribution& d) {
    return std::visit([](const auto& one) { return mean_of(one); }, d.any());
}

double sd(const Distribution& d) {
    return std::visit([](const auto& one) { return sd_of(one); }, d.any());
}

double cdf(const Distribution& d, double x) {
    if (x < lowest(d)) return 0;
    if (x >= highest(d)) return 1;
    return std::visit([&](const auto& one) { return cdf_of(one, x); }, d.any());
}

double lowest(const Distribution& d) {
    return std::visit([](const auto& one) { return ends_of(one).lowest; }, d.any());
}

double highest(const Distribution& d) {
    return std::visit([](const auto& one) { return ends_of(one).highest; }, d.any());
}

}  // namespace clinicsim
