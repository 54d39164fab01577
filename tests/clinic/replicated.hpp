// Means over independent replications against exact values.
//
// The standard error comes from the replications themselves: the sd of these quantities is not
// known from theory. The bound is that of a normal at one in a million; with 100 replications the
// t distribution makes it one in 250,000.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "small_models.hpp"

namespace clinicsim::test {

constexpr double kOneInAMillion = 4.8916;
constexpr std::uint32_t kReplications = 100;

/// Ratio of sums over replications, with the jackknife-free standard error of a ratio (linearised).
struct Ratio {
    std::vector<double> top, bottom;

    double mean() const { return sum(top) / sum(bottom); }
    double se() const {
        const double r = mean(), n = static_cast<double>(top.size());
        double squares = 0;
        for (std::size_t i = 0; i < top.size(); ++i)
            squares += (top[i] - r * bottom[i]) * (top[i] - r * bottom[i]);
        return std::sqrt(squares * n / (n - 1)) / sum(bottom);
    }

  private:
    static double sum(const std::vector<double>& v) {
        double total = 0;
        for (const double x : v) total += x;
        return total;
    }
};

/// Runs all replications and takes `top` / `bottom` of each.
struct Replications {
    std::vector<Count> counts;

    Replications(const Model& model, const PolicyModel& policy,
                 std::uint32_t number = kReplications) {
        for (std::uint32_t r = 0; r < number; ++r) counts.push_back(run(model, policy, r));
    }
    template <class Top, class Bottom>
    Ratio ratio(Top top, Bottom bottom) const {
        Ratio result;
        for (const Count& c : counts) {
            result.top.push_back(static_cast<double>(std::invoke(top, c)));
            result.bottom.push_back(static_cast<double>(std::invoke(bottom, c)));
        }
        return result;
    }
    template <class Top>
    Ratio mean(Top top) const {
        return ratio(top, [](const Count&) { return 1.0; });
    }
};

/// The estimate is the exact value, and would not be one that is `power` (a share) away from it.
inline void expect_exact(const Ratio& ratio, double exact, double power, const std::string& what) {
    const double bound = kOneInAMillion * ratio.se();
    EXPECT_NEAR(ratio.mean(), exact, bound)
        << what << ": z = " << (ratio.mean() - exact) / ratio.se();
    EXPECT_LT(bound, power * exact) << what << ": a fault of " << power * 100
                                    << " % would not be seen, only one of " << bound / exact * 100;
}

}  // namespace clinicsim::test
