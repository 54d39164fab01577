#include "clinicsim/stats/selection.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <boost/math/distributions/chi_squared.hpp>

#include "clinicsim/base/check.hpp"

namespace clinicsim {

namespace {

/// Plain doubles: long double differs between processors.
using Plain = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using ChiSquared = boost::math::chi_squared_distribution<double, Plain>;

struct Node {
    double inverse;  // degrees of freedom / x
    double weight;
};

/// Chi-square as a sum: the trapezium rule over ln x, which converges faster than any power of the
/// step where the integrand is smooth and dies away at both ends (Trefethen & Weideman 2014).
std::vector<Node> chi_square_nodes(double freedom) {
    constexpr double kOutside = 1e-17;
    const ChiSquared law{freedom};
    const double low = std::log(quantile(law, kOutside));
    const double high = std::log(quantile(complement(law, kOutside)));
    const double step = std::sqrt(2 / freedom) / 4;  // a quarter of the sd of ln x or less
    std::vector<Node> nodes;
    double all = 0;
    for (double t = low; t <= high + step; t += step) {
        // the density of ln x relative to its peak at x = freedom
        const double weight =
            std::exp(freedom / 2 * (t - std::log(freedom)) - (std::exp(t) - freedom) / 2);
        nodes.push_back({freedom / std::exp(t), weight});
        all += weight;
    }
    for (Node& node : nodes) node.weight /= all;
    return nodes;
}

/// A number of replications as a whole number, where a tiny difference that matters asks for more
/// than anybody runs (and than fits: such a cast would be undefined).
std::uint64_t whole_replications(double wanted) {
    constexpr double kMost = 1e15;
    CLINICSIM_CHECK(!std::isnan(wanted), "a variance is a number");
    return static_cast<std::uint64_t>(std::min(wanted, kMost));
}

double standard_normal_cdf(double z) { return std::erfc(-z / std::sqrt(2.0)) / 2; }

}  // namespace

// --- Kim and Nelson ------------------------------------------------------------------------------

KimNelsonConstants kim_nelson_constants(std::size_t configurations, std::size_t first_stage,
                                        double alpha) {
    CLINICSIM_CHECK(configurations >= 2 && first_stage >= 2, "there is something to choose from");
    const auto k = static_cast<double>(configurations), n0 = static_cast<double>(first_stage);
    CLINICSIM_CHECK(alpha > 0 && alpha < 1 - 1 / k, "better than choosing by chance");
    const double eta = (std::pow(2 * alpha / (k - 1), -2 / (n0 - 1)) - 1) / 2;
    return {eta, 2 * eta * (n0 - 1)};
}

KimNelson::KimNelson(const SelectionPlan& plan)
    : plan_{plan},
      h_squared_{kim_nelson_constants(plan.configurations, plan.first_stage, plan.alpha).h_squared},
      configurations_(plan.configurations),
      survivors_(plan.configurations) {
    CLINICSIM_CHECK(plan.indifference > 0, "some difference matters");
    std::iota(survivors_.begin(), survivors_.end(), std::size_t{0});
}

void KimNelson::add(std::span<const double> replication) {
    CLINICSIM_CHECK(replication.size() == plan_.configurations, "one observation of each");
    CLINICSIM_CHECK(survivors_.size() > 1, "nothing is added after the choice");
    for (const std::size_t i : survivors_) {
        Configuration& one = configurations_[i];
        const double x = plan_.smaller_is_better ? -replication[i] : replication[i];
        if (count_ == 0) one.first = x;
        one.sum += x - one.first;
        if (count_ < plan_.first_stage) one.first_stage.push_back(x);
    }
    ++count_;
    if (count_ < plan_.first_stage) return;
    if (count_ == plan_.first_stage) end_first_stage();
    drop_who_is_behind();
}

double KimNelson::mean_difference(std::size_t i, std::size_t l) const {
    const Configuration &a = configurations_[i], &b = configurations_[l];
    return (a.first - b.first) + (a.sum - b.sum) / static_cast<double>(count_);
}

/// Of the first stage, divided by n0 - 1.
double KimNelson::variance_of_difference(std::size_t i, std::size_t l) const {
    const Configuration &a = configurations_[i], &b = configurations_[l];
    const double mean = mean_difference(i, l);
    double squares = 0;
    for (std::size_t r = 0; r < plan_.first_stage; ++r) {
        const double off = a.first_stage[r] - b.first_stage[r] - mean;
        squares += off * off;
    }
    return squares / static_cast<double>(plan_.first_stage - 1);
}

void KimNelson::end_first_stage() {
    const std::size_t k = plan_.configurations;
    enough_.assign(k * k, 0);
    for (std::size_t i = 0; i < k; ++i)
        for (std::size_t l = 0; l < i; ++l)
            enough_[i * k + l] = enough_[l * k + i] = h_squared_ * variance_of_difference(i, l) /
                                                      (plan_.indifference * plan_.indifference);
}

void KimNelson::drop_who_is_behind() {
    const auto r = static_cast<double>(count_);
    const auto is_behind = [&](std::size_t i) {
        return std::any_of(survivors_.begin(), survivors_.end(), [&](std::size_t l) {
            if (l == i) return false;
            const double allowed =
                plan_.indifference / (2 * r) * (enough_[i * plan_.configurations + l] - r);
            return mean_difference(l, i) > std::max(0.0, allowed);
        });
    };
    std::vector<std::size_t> left;
    for (const std::size_t i : survivors_)
        if (!is_behind(i)) left.push_back(i);
    survivors_ = std::move(left);
    // past every horizon only what is exactly alike is left
    if (count_ >= *most_replications()) survivors_.resize(1);
}

std::optional<std::uint64_t> KimNelson::most_replications() const {
    if (count_ < plan_.first_stage) return std::nullopt;
    const double last = std::floor(*std::max_element(enough_.begin(), enough_.end())) + 1;
    return std::max<std::uint64_t>(plan_.first_stage, whole_replications(last));
}

// --- Rinott --------------------------------------------------------------------------------------

double rinott_constant(std::size_t configurations, std::size_t first_stage, double probability) {
    CLINICSIM_CHECK(configurations >= 2 && first_stage >= 2, "there is something to choose from");
    const auto k = static_cast<double>(configurations);
    CLINICSIM_CHECK(probability > 1 / k && probability < 1, "better than choosing by chance");
    const auto nodes = chi_square_nodes(static_cast<double>(first_stage - 1));
    const auto chance = [&](double h) {
        double all = 0;
        for (const Node& y : nodes) {
            double inner = 0;
            for (const Node& x : nodes)
                inner += x.weight * standard_normal_cdf(h / std::sqrt(x.inverse + y.inverse));
            all += y.weight * std::pow(inner, k - 1);
        }
        return all;
    };
    double low = 0, high = 4;
    while (chance(high) < probability) low = high, high *= 2;
    while (high - low > 1e-11 * high) {
        const double middle = low + (high - low) / 2;
        (chance(middle) < probability ? low : high) = middle;
    }
    return high;
}

std::uint64_t rinott_replications(double h, std::size_t first_stage, double variance,
                                  double indifference) {
    CLINICSIM_CHECK(h > 0 && variance >= 0 && indifference > 0, "some difference matters");
    const double wanted = std::ceil(h * h * variance / (indifference * indifference));
    return std::max<std::uint64_t>(first_stage, whole_replications(wanted));
}

}  // namespace clinicsim
