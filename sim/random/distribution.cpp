#include "clinicsim/random/distribution.hpp"

#include <cstdio>

namespace clinicsim {

Gamma Gamma::of_mean_sd(double mean, double sd) {
    return {.shape = (mean / sd) * (mean / sd), .scale = sd * (sd / mean)};
}

Gamma Gamma::of_mean_shape(double mean, double shape) {
    return {.shape = shape, .scale = mean / shape};
}

Weibull Weibull::of_shape_median(double shape, double median) {
    return {.shape = shape, .scale = median / std::pow(0.69314718055994530942, 1 / shape)};
}

Weibull Weibull::of_shape_mean(double shape, double mean) {
    return {.shape = shape, .scale = mean / std::tgamma(1 + 1 / shape)};
}

Lognormal Lognormal::of_mu_sigma(double mu, double sigma) {
    return {.median = std::exp(mu), .sigma = sigma};
}

Lognormal Lognormal::of_mean_sd(double mean, double sd) {
    const double spread = std::log1p((sd / mean) * (sd / mean));  // sigma squared
    return {.median = mean * std::exp(-spread / 2), .sigma = std::sqrt(spread)};
}

Lognormal Lognormal::of_mean_sigma(double mean, double sigma) {
    return {.median = mean * std::exp(-sigma * sigma / 2), .sigma = sigma};
}

Lognormal Lognormal::of_median_sd(double median, double sd) {
    // With w = exp(sigma^2): (sd / median)^2 = w (w - 1).
    const double ratio = (sd / median) * (sd / median);
    const double w_less_one = 2 * ratio / (1 + std::sqrt(1 + 4 * ratio));
    return {.median = median, .sigma = std::sqrt(std::log1p(w_less_one))};
}

Beta Beta::of_mean_sd(double mean, double sd, double min, double max) {
    const double m = (mean - min) / (max - min);
    const double s = sd / (max - min);
    const double both = m * (1 - m) / (s * s) - 1;  // alpha + beta
    return {.alpha = m * both, .beta = (1 - m) * both, .min = min, .max = max};
}

namespace {

bool finite(double x) { return std::isfinite(x); }

std::string positive(const char* what, double x) {
    if (finite(x) && x > 0) return {};
    return std::string{what} + " must be a number above 0";
}

std::string within(const char* what, double x, double least, double most) {
    if (x >= least && x <= most) return {};
    char message[120];
    std::snprintf(message, sizeof message, "%s must lie between %g and %g", what, least, most);
    return message;
}

/// The first fault that is one.
std::string first_of(std::initializer_list<std::string> faults) {
    for (const std::string& fault : faults)
        if (!fault.empty()) return fault;
    return {};
}

std::string ordered(double min, double max) {
    if (!finite(min) || !finite(max)) return "min and max must be finite numbers";
    return max < min ? "max must not be below min" : "";
}

std::string shares_fault(const std::vector<double>& shares) {
    double sum = 0;
    for (const double share : shares) {
        if (!(share >= 0 && share <= 1)) return "every share must lie between 0 and 1";
        sum += share;
    }
    if (std::abs(sum - 1) <= 1e-9) return {};
    char message[80];
    std::snprintf(message, sizeof message, "the shares must sum to 1, they sum to %g", sum);
    return message;
}

std::string values_fault(const std::vector<double>& values) {
    if (values.empty()) return "there must be at least one value";
    if (!std::all_of(values.begin(), values.end(), finite)) return "every value must be finite";
    return {};
}

std::string fault(const Constant& d) { return finite(d.value) ? "" : "the value must be finite"; }
std::string fault(const Uniform& d) { return ordered(d.min, d.max); }
std::string fault(const Exponential& d) { return positive("mean", d.mean); }

std::string fault(const Triangular& d) {
    if (const auto wrong = ordered(d.min, d.max); !wrong.empty()) return wrong;
    return d.mode >= d.min && d.mode <= d.max ? "" : "mode must lie between min and max";
}

std::string fault(const Gamma& d) {
    return first_of({within("shape", d.shape, 1e-3, 1e9), positive("scale", d.scale)});
}

std::string fault(const Erlang& d) {
    return first_of({within("stages", d.stages, 1, 1e6), positive("mean", d.mean)});
}

std::string fault(const Weibull& d) {
    return first_of({within("shape", d.shape, 1e-3, 1e6), positive("scale", d.scale)});
}

std::string fault(const Lognormal& d) {
    return first_of({positive("median", d.median), positive("sigma", d.sigma)});
}

std::string fault(const Normal& d) {
    if (!finite(d.mean)) return "mean must be a finite number";
    if (const auto wrong = positive("sd", d.sd); !wrong.empty()) return wrong;
    if (!(d.min < d.max)) return "max must be above min";
    if (!(cdf(Normal{d.mean, d.sd}, d.max) - cdf(Normal{d.mean, d.sd}, d.min) >= 1e-9) &&
        !(cdf(Normal{-d.mean, d.sd}, -d.min) - cdf(Normal{-d.mean, d.sd}, -d.max) >= 1e-9))
        return "min and max leave less than a billionth of this normal";
    return {};
}

std::string fault(const Beta& d) {
    if (const auto wrong = ordered(d.min, d.max); !wrong.empty()) return wrong;
    if (!(d.alpha > 0 && d.beta > 0))
        return "no beta has this mean and sd between min and max: the mean must lie inside, and sd "
               "squared below (mean - min) x (max - mean)";
    return first_of({within("alpha", d.alpha, 1e-3, 1e6), within("beta", d.beta, 1e-3, 1e6)});
}

std::string fault(const Discrete& d) {
    if (d.values.size() != d.shares.size()) return "there must be one share for every value";
    return first_of({values_fault(d.values), shares_fault(d.shares)});
}

std::string fault(const Empirical& d) { return values_fault(d.values); }

std::string fault(const Mixture& d) {
    if (d.parts.empty()) return "there must be at least one part";
    std::vector<double> shares;
    for (const auto& part : d.parts) {
        shares.push_back(part.share);
        if (const auto wrong = validity(part.distribution); !wrong.empty())
            return "part " + std::to_string(shares.size()) + ": " + wrong;
    }
    return shares_fault(shares);
}

Distribution times(const Constant& d, double k) { return Constant{d.value * k}; }
Distribution times(const Uniform& d, double k) { return Uniform{d.min * k, d.max * k}; }
Distribution times(const Triangular& d, double k) {
    return Triangular{d.min * k, d.mode * k, d.max * k};
}
Distribution times(const Exponential& d, double k) { return Exponential{d.mean * k}; }
Distribution times(const Gamma& d, double k) { return Gamma{d.shape, d.scale * k}; }
Distribution times(const Erlang& d, double k) { return Erlang{d.stages, d.mean * k}; }
Distribution times(const Weibull& d, double k) { return Weibull{d.shape, d.scale * k}; }
Distribution times(const Lognormal& d, double k) { return Lognormal{d.median * k, d.sigma}; }
Distribution times(const Normal& d, double k) {
    return Normal{d.mean * k, d.sd * k, d.min * k, d.max * k};
}
Distribution times(const Beta& d, double k) { return Beta{d.alpha, d.beta, d.min * k, d.max * k}; }
Distribution times(Discrete d, double k) {
    for (double& value : d.values) value *= k;
    return d;
}
Distribution times(Empirical d, double k) {
    for (double& value : d.values) value *= k;
    return d;
}
Distribution times(Mixture d, double k) {
    for (auto& part : d.parts) part.distribution = scaled(part.distribution, k);
    return d;
}

struct Field {
    const char* what;
    double value;
};

std::string listed(std::initializer_list<Field> fields) {
    std::string result;
    for (const Field& field : fields) {
        char one[80];
        std::snprintf(one, sizeof one, "%s%s %g", result.empty() ? "" : ", ", field.what,
                      field.value);
        result += one;
    }
    return result;
}

std::string details(const Constant& d) { return listed({{"value", d.value}}); }
std::string details(const Uniform& d) { return listed({{"min", d.min}, {"max", d.max}}); }
std::string details(const Triangular& d) {
    return listed({{"min", d.min}, {"mode", d.mode}, {"max", d.max}});
}
std::string details(const Exponential& d) { return listed({{"mean", d.mean}}); }
std::string details(const Gamma& d) { return listed({{"shape", d.shape}, {"scale", d.scale}}); }
std::string details(const Erlang& d) {
    return listed({{"stages", static_cast<double>(d.stages)}, {"mean", d.mean}});
}
std::string details(const Weibull& d) { return listed({{"shape", d.shape}, {"scale", d.scale}}); }
std::string details(const Lognormal& d) {
    return listed({{"median", d.median}, {"sigma", d.sigma}});
}
std::string details(const Normal& d) {
    return listed({{"mean", d.mean}, {"sd", d.sd}, {"min", d.min}, {"max", d.max}});
}
std::string details(const Beta& d) {
    return listed({{"alpha", d.alpha}, {"beta", d.beta}, {"min", d.min}, {"max", d.max}});
}
std::string details(const Discrete& d) { return std::to_string(d.values.size()) + " values"; }
std::string details(const Empirical& d) { return std::to_string(d.values.size()) + " values"; }
std::string details(const Mixture& d) {
    std::string result;
    for (const auto& part : d.parts) {
        char share[40];
        std::snprintf(share, sizeof share, "%s%g %% ", result.empty() ? "" : ", ",
                      part.share * 100);
        result += share + text(part.distribution);
    }
    return result;
}

}  // namespace

std::string validity(const Distribution& d) {
    if (const auto wrong = std::visit([](const auto& one) { return fault(one); }, d.any());
        !wrong.empty())
        return wrong;
    return finite(mean(d)) && finite(sd(d)) ? "" : "its mean and sd must be finite";
}

std::string duration_validity(const Distribution& d) {
    if (const auto wrong = validity(d); !wrong.empty()) return wrong;
    return lowest(d) < 0 ? "a duration must not go below 0" : "";
}

bool is_constant(const Distribution& d) { return lowest(d) == highest(d); }

Distribution scaled(const Distribution& d, double factor) {
    CLINICSIM_CHECK(factor > 0 && finite(factor), "distributions are scaled by factors above 0");
    return std::visit([&](const auto& one) { return times(one, factor); }, d.any());
}

std::string name(const Distribution& d) {
    return std::string{kDistributionNames.at(d.any().index())};
}

std::string text(const Distribution& d) {
    return name(d) + " (" + std::visit([](const auto& one) { return details(one); }, d.any()) + ")";
}

}  // namespace clinicsim
