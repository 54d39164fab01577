// What is exact about distributions: values, faults, makers, moments, and the draws themselves.
#include "clinicsim/random/distribution.hpp"

#include <numbers>
#include <set>

#include <boost/math/distributions.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <gtest/gtest.h>

#include "random/cases.hpp"

namespace clinicsim {
namespace {

namespace bm = boost::math;

TEST(Distribution, IsNamedAfterItsKindAndEveryKindIsTested) {
    std::set<std::string> tested;
    for (const auto& d : all_kinds()) tested.insert(name(d));
    EXPECT_EQ(tested.size(), kDistributionNames.size());
    EXPECT_EQ(name(Weibull{1.5, 40}), "weibull");
    EXPECT_EQ(name(Distribution{}), "constant");
}

TEST(Distribution, ComparesByValue) {
    const auto once = all_kinds(), again = all_kinds();
    for (std::size_t i = 0; i < once.size(); ++i)
        for (std::size_t k = 0; k < once.size(); ++k) EXPECT_EQ(once[i] == again[k], i == k);
    for (const auto& [right, wrong] : continuous_cases()) EXPECT_NE(right, wrong);
}

TEST(Distribution, PrintsInWords) {
    EXPECT_EQ(text(Weibull{1.5, 40}), "weibull (shape 1.5, scale 40)");
    EXPECT_EQ(text(Normal{5, 4, 0, kNoEnd}), "normal (mean 5, sd 4, min 0, max inf)");
    EXPECT_EQ(text(Empirical{{3, 8}}), "empirical (2 values)");
    EXPECT_EQ(text(Mixture{{{Constant{0}, 0.25}, {Erlang{3, 5}, 0.75}}}),
              "mixture (25 % constant (value 0), 75 % erlang (stages 3, mean 5))");
}

TEST(Distribution, AcceptsAllItsKindsAndTheirDegenerateForms) {
    for (const auto& d : all_kinds()) EXPECT_EQ(validity(d), "") << text(d);
    for (const auto& [right, wrong] : continuous_cases()) EXPECT_EQ(validity(wrong), "");
    EXPECT_EQ(validity(Uniform{5, 5}), "");
    EXPECT_EQ(validity(Triangular{5, 5, 5}), "");
    EXPECT_EQ(validity(Beta{2, 3, 5, 5}), "");
    EXPECT_EQ(validity(Discrete{{1, 2, 3}, {1 / 3.0, 1 / 3.0, 1 / 3.0}}), "");
}

TEST(Distribution, SaysInASentenceWhatIsWrong) {
    const double nan = std::nan("");
    const struct {
        Distribution d;
        const char* fault;
    } faults[] = {
        {Constant{nan}, "the value must be finite"},
        {Uniform{2, 1}, "max must not be below min"},
        {Uniform{0, kNoEnd}, "min and max must be finite numbers"},
        {Triangular{3, 2, 1}, "max must not be below min"},
        {Triangular{1, 4, 3}, "mode must lie between min and max"},
        {Triangular{1, nan, 3}, "mode must lie between min and max"},
        {Exponential{0}, "mean must be a number above 0"},
        {Exponential{kNoEnd}, "mean must be a number above 0"},
        {Gamma{0, 1}, "shape must lie between 0.001 and 1e+09"},
        {Gamma{1, -1}, "scale must be a number above 0"},
        {Gamma::of_mean_sd(3, 0), "shape must lie between 0.001 and 1e+09"},
        {Erlang{0, 1}, "stages must lie between 1 and 1e+06"},
        {Erlang{2, 0}, "mean must be a number above 0"},
        {Weibull{nan, 1}, "shape must lie between 0.001 and 1e+06"},
        {Weibull{1, 0}, "scale must be a number above 0"},
        {Weibull{0.001, 1}, "its mean and sd must be finite"},
        {Lognormal{0, 1}, "median must be a number above 0"},
        {Lognormal{1, 0}, "sigma must be a number above 0"},
        {Lognormal{1, 40}, "its mean and sd must be finite"},
        {Lognormal::of_mean_sd(-1, 1), "median must be a number above 0"},
        {Normal{nan, 1}, "mean must be a finite number"},
        {Normal{0, 0}, "sd must be a number above 0"},
        {Normal{0, 1, 2, 2}, "max must be above min"},
        {Normal{0, 1, nan, 2}, "max must be above min"},
        {Normal{0, 1, 7, kNoEnd}, "min and max leave less than a billionth of this normal"},
        {Normal{0, 1, -kNoEnd, -7}, "min and max leave less than a billionth of this normal"},
        {Beta{1, 1, 1, 0}, "max must not be below min"},
        {Beta{1, 1e7}, "beta must lie between 0.001 and 1e+06"},
        {Beta::of_mean_sd(0.5, 0.51),
         "no beta has this mean and sd between min and max: the mean must lie inside, and sd "
         "squared below (mean - min) x (max - mean)"},
        {Discrete{{}, {}}, "there must be at least one value"},
        {Discrete{{1, 2}, {1}}, "there must be one share for every value"},
        {Discrete{{1, 2}, {0.5, 0.4}}, "the shares must sum to 1, they sum to 0.9"},
        {Discrete{{1, 2}, {0.5, 0.50001}}, "the shares must sum to 1, they sum to 1.00001"},
        {Discrete{{1, 2}, {1.5, -0.5}}, "every share must lie between 0 and 1"},
        {Discrete{{1, kNoEnd}, {0.5, 0.5}}, "every value must be finite"},
        {Empirical{{}}, "there must be at least one value"},
        {Empirical{{nan}}, "every value must be finite"},
        {Mixture{{}}, "there must be at least one part"},
        {Mixture{{{Constant{1}, 0.5}, {Uniform{2, 1}, 0.5}}}, "part 2: max must not be below min"},
        {Mixture{{{Constant{1}, 0.5}, {Constant{2}, 0.4}}},
         "the shares must sum to 1, they sum to 0.9"},
    };
    for (const auto& [d, fault] : faults) EXPECT_EQ(validity(d), fault) << text(d);
}

TEST(Distribution, RefusesNegativeDurations) {
    EXPECT_EQ(duration_validity(Normal{5, 4, 0, kNoEnd}), "");
    EXPECT_EQ(duration_validity(Normal{5, 4}), "a duration must not go below 0");
    EXPECT_EQ(duration_validity(Constant{-1}), "a duration must not go below 0");
    EXPECT_EQ(duration_validity(Mixture{{{Constant{-1}, 0}, {Constant{2}, 1}}}), "");
    EXPECT_EQ(duration_validity(Uniform{2, 1}), "max must not be below min");
}

TEST(Distribution, IsMadeFromWhatAClinicianKnows) {
    const auto expect_mean_sd = [](const Distribution& d, double m, double s) {
        EXPECT_NEAR(mean(d), m, 1e-12 * m) << text(d);
        EXPECT_NEAR(sd(d), s, 1e-12 * s) << text(d);
    };
    expect_mean_sd(Gamma::of_mean_sd(30, 12), 30, 12);
    expect_mean_sd(Gamma::of_mean_shape(30, 4), 30, 15);
    expect_mean_sd(Lognormal::of_mean_sd(30, 12), 30, 12);
    expect_mean_sd(Beta::of_mean_sd(45, 5, 30, 80), 45, 5);
    EXPECT_NEAR(mean(Weibull::of_shape_mean(1.3, 60)), 60, 1e-11);
    EXPECT_NEAR(cdf(Weibull::of_shape_median(1.3, 60), 60), 0.5, 1e-15);
    EXPECT_NEAR(mean(Lognormal::of_mean_sigma(1, 0.4)), 1, 1e-15);
    EXPECT_EQ(Lognormal::of_median_sd(30, 12).median, 30);
    EXPECT_NEAR(sd(Lognormal::of_median_sd(30, 12)), 12, 1e-12);
    EXPECT_EQ(Lognormal::of_mu_sigma(std::log(30), 0.4).sigma, 0.4);
    EXPECT_NEAR(Lognormal::of_mu_sigma(std::log(30), 0.4).median, 30, 1e-13);
}

/// Mean, sd and distribution function (inside and at both sides) against Boost.Math.
template <class Oracle>
void expect_law(const Distribution& d, const Oracle& oracle) {
    SCOPED_TRACE(text(d));
    EXPECT_NEAR(mean(d), bm::mean(oracle), 1e-12 * std::abs(bm::mean(oracle)));
    EXPECT_NEAR(sd(d), bm::standard_deviation(oracle), 1e-11 * bm::standard_deviation(oracle));
    for (double p = 0.001; p < 1; p += 0.037)
        EXPECT_NEAR(cdf(d, bm::quantile(oracle, p)), p, 1e-12);
}

TEST(Distribution, HasTheMomentsAndTheDistributionFunctionOfBoostMath) {
    expect_law(Uniform{60, 80}, bm::uniform{60, 80});
    expect_law(Triangular{40, 45, 60}, bm::triangular{40, 45, 60});
    expect_law(Triangular{1, 1, 4}, bm::triangular{1, 1, 4});
    expect_law(Triangular{1, 4, 4}, bm::triangular{1, 4, 4});
    expect_law(Exponential{40}, bm::exponential{1 / 40.0});
    expect_law(Gamma{0.3, 10}, bm::gamma_distribution<>{0.3, 10});
    expect_law(Gamma{60, 0.5}, bm::gamma_distribution<>{60, 0.5});
    expect_law(Erlang{4, 6}, bm::gamma_distribution<>{4, 1.5});
    expect_law(Weibull{0.7, 40}, bm::weibull{0.7, 40});
    expect_law(Weibull{1.5, 40}, bm::weibull{1.5, 40});
    expect_law(Lognormal{30, 0.5}, bm::lognormal{std::log(30.0), 0.5});
    expect_law(Normal{50, 10}, bm::normal{50, 10});
    expect_law(Beta{2, 3}, bm::beta_distribution<>{2, 3});
    expect_law(Beta{0.4, 3}, bm::beta_distribution<>{0.4, 3});
}

TEST(Distribution, KeepsTheSdOfAWeibullThatHardlyVaries) {
    // For a large shape k the sd is pi / (sqrt(6) k) x scale, to first order in 1/k.
    EXPECT_NEAR(sd(Weibull{1e5, 40}), 40 * std::numbers::pi / std::sqrt(6.0) / 1e5, 1e-8);
}

TEST(Distribution, HasClosedFormsWhereTheyCanBeWrittenDown) {
    EXPECT_NEAR(cdf(Erlang{3, 6}, 5), 1 - std::exp(-2.5) * (1 + 2.5 + 2.5 * 2.5 / 2), 1e-15);
    EXPECT_NEAR(cdf(Beta{2, 1, 10, 20}, 15), 0.25, 1e-15);
    EXPECT_NEAR(mean(Beta{2, 3, 10, 20}), 14, 1e-14);
    EXPECT_NEAR(sd(Beta{2, 3, 10, 20}), 2, 1e-14);
    const Discrete coins{{1, 2, 5}, {0.5, 0.3, 0.2}};
    EXPECT_NEAR(mean(coins), 2.1, 1e-15);
    EXPECT_NEAR(sd(coins), std::sqrt(0.5 * 1 + 0.3 * 4 + 0.2 * 25 - 2.1 * 2.1), 1e-15);
    EXPECT_EQ(cdf(coins, 0.999), 0);
    EXPECT_EQ(cdf(coins, 1), 0.5);
    EXPECT_EQ(cdf(coins, 4.999), 0.8);
    EXPECT_EQ(cdf(coins, 5), 1);
    EXPECT_EQ(mean(Empirical{{3, 8, 8, 21}}), 10);
    EXPECT_NEAR(sd(Empirical{{3, 8, 8, 21}}), std::sqrt((49 + 4 + 4 + 121) / 4.0), 1e-14);
    EXPECT_EQ(cdf(Empirical{{3, 8, 8, 21}}, 8), 0.75);
    const Mixture mixture{{{Constant{0}, 0.25}, {Uniform{0, 12}, 0.75}}};
    EXPECT_EQ(mean(mixture), 4.5);
    EXPECT_NEAR(sd(mixture), std::sqrt(0.25 * 0 + 0.75 * (12 + 36) - 4.5 * 4.5), 1e-14);
    EXPECT_EQ(cdf(mixture, 0), 0.25);
    EXPECT_EQ(cdf(mixture, 6), 0.25 + 0.75 / 2);
    EXPECT_EQ(sd(Constant{7}), 0);
}

/// The truncated normal against plain integration of its density.
void expect_truncated(const Normal& d, double from, double to) {
    SCOPED_TRACE(text(d));
    const bm::normal whole{d.mean, d.sd};
    const auto integral = [&](const auto& f) {
        return bm::quadrature::gauss_kronrod<double, 61>::integrate(
            [&](double x) { return f(x) * pdf(whole, x); }, from, to, 15, 1e-14);
    };
    const double mass = integral([](double) { return 1; });
    const double m = from + integral([&](double x) { return x - from; }) / mass;
    const double variance = integral([&](double x) { return (x - m) * (x - m); }) / mass;
    EXPECT_NEAR(mean(d), m, 1e-10 * (to - from));
    EXPECT_NEAR(sd(d), std::sqrt(variance), 1e-9 * std::sqrt(variance));
    const double x = from + (to - from) * 0.3;
    const double below = bm::quadrature::gauss_kronrod<double, 61>::integrate(
        [&](double t) { return pdf(whole, t); }, from, x, 15, 1e-14);
    EXPECT_NEAR(cdf(d, x), below / mass, 1e-9);
}

TEST(TruncatedNormal, AgreesWithTheIntegralOfItsDensityInTailsAndInNarrowGaps) {
    expect_truncated({5, 4, 0, kNoEnd}, 0, 45);
    expect_truncated({10, 2, 9, 15}, 9, 15);
    expect_truncated({0, 1, 3, kNoEnd}, 3, 14);
    expect_truncated({0, 1, 5.5, kNoEnd}, 5.5, 14);
    expect_truncated({0, 1, -kNoEnd, -5}, -14, -5);
    expect_truncated({0, 1e6, 0, 1}, 0, 1);
    expect_truncated({0, 1, 4, 4.2}, 4, 4.2);
}

TEST(Distribution, KnowsItsEnds) {
    EXPECT_EQ(lowest(Normal{5, 4}), -kNoEnd);
    EXPECT_EQ(highest(Beta{2, 3, 10, 20}), 20);
    EXPECT_EQ(lowest(Discrete{{1, 2, 5}, {0, 0.5, 0.5}}), 2);
    EXPECT_EQ(highest(Discrete{{1, 2, 5}, {0.5, 0.5, 0}}), 2);
    EXPECT_EQ(highest(Mixture{{{Constant{50}, 0}, {Uniform{2, 9}, 1}}}), 9);
    EXPECT_TRUE(is_constant(Uniform{5, 5}));
    EXPECT_TRUE(is_constant(Empirical{{3, 3}}));
    EXPECT_TRUE(is_constant(Mixture{{{Constant{5}, 0.5}, {Uniform{5, 5}, 0.5}}}));
    EXPECT_FALSE(is_constant(Uniform{5, 6}));
    EXPECT_FALSE(is_constant(Exponential{5}));
}

TEST(Draw, ReturnsTheOneValueOfADegenerateDistribution) {
    for (std::uint64_t i = 0; i < 1000; ++i) {
        ASSERT_EQ(draw_at(Uniform{5, 5}, i), 5);
        ASSERT_EQ(draw_at(Triangular{5, 5, 5}, i), 5);
        ASSERT_EQ(draw_at(Beta{0.5, 3, 5, 5}, i), 5);
        ASSERT_EQ(draw_at(Discrete{{1, 2, 3}, {0, 1, 0}}, i), 2);
    }
}

TEST(Draw, StaysFiniteWhereTheParametersAreExtreme) {
    for (const Distribution& d : std::vector<Distribution>{
             Gamma{1e-3, 1}, Gamma{1e9, 1}, Beta{1e-3, 1e-3}, Beta{1e6, 1e-3}, Beta{1e6, 1e6},
             Erlang{1'000'000, 1}, Weibull{0.05, 1}, Weibull{1e6, 1}, Lognormal{1, 5},
             Normal{0, 1, 5.9, kNoEnd}, Normal{0, 1, -kNoEnd, -5.9}, Normal{0, 1, -30, kNoEnd}}) {
        ASSERT_EQ(validity(d), "") << text(d);
        for (std::uint64_t i = 0; i < 20'000; ++i) {
            const double x = draw_at(d, i);
            ASSERT_TRUE(std::isfinite(x) && x >= lowest(d) && x <= highest(d)) << text(d) << x;
        }
    }
}

TEST(Draw, KeepsItsPrecisionInTheUpperTailOfANormal) {
    // P(Z > z) = (1 - u) P(Z > 5.9): near 1 the distribution function itself has 9 digits left.
    const double beyond = 0.5 * std::erfc(5.9 / std::sqrt(2.0));
    for (std::uint64_t i = 0; i < 1000; ++i) {
        Engine engine{{.index = i}}, same{{.index = i}};
        const double z = draw(Normal{0, 1, 5.9, kNoEnd}, engine);
        const double expected = (1 - uniform01(same)) * beyond;
        ASSERT_NEAR(0.5 * std::erfc(z / std::sqrt(2.0)), expected, 1e-12 * expected);
    }
}

TEST(Draw, ReadsNothingForAConstant) {
    Engine engine{{.seed = 8}}, untouched{{.seed = 8}};
    EXPECT_EQ(draw(Constant{7}, engine), 7);
    EXPECT_EQ(engine(), untouched());
}

TEST(Draw, IsAMonotoneFunctionOfOneUniformWhereItIsAnInversion) {
    for (const Distribution& d : std::vector<Distribution>{
             Uniform{60, 80}, Triangular{40, 45, 60}, Triangular{2, 6, 6}, Exponential{40},
             Weibull{0.7, 40}, Weibull{1.5, 40}, Lognormal{30, 0.5}, Normal{50, 10},
             Normal{10, 2, 9, 15}, Normal{0, 1, 3, kNoEnd}, Normal{0, 1, -kNoEnd, -5}}) {
        std::vector<std::pair<double, double>> points;
        for (std::uint64_t i = 0; i < 2000; ++i) {
            Engine engine{{.index = i}}, same{{.index = i}};
            const double x = draw(d, engine);
            points.emplace_back(uniform01(same), x);
            ASSERT_EQ(engine(), same()) << text(d) << " read more than one uniform";
        }
        std::sort(points.begin(), points.end());
        const double sign = d.as<Exponential>() ? -1 : 1;
        for (std::size_t i = 1; i < points.size(); ++i)
            ASSERT_LT(sign * points[i - 1].second, sign * points[i].second) << text(d);
    }
}

TEST(Draw, ScalesToTheLastBitByPowersOfTwo) {
    for (const Distribution& d : all_kinds())
        for (const double factor : {2.0, 0.25, 0x1p20, 3.0}) {
            const Distribution larger = scaled(d, factor);
            ASSERT_EQ(name(larger), name(d));
            EXPECT_NEAR(mean(larger), factor * mean(d), 1e-12 * std::abs(factor * mean(d)));
            for (std::uint64_t i = 0; i < 200; ++i) {
                const double expected = factor * draw_at(d, i);
                if (factor == 3)
                    ASSERT_NEAR(draw_at(larger, i), expected, 1e-12 * std::abs(expected) + 1e-13);
                else
                    ASSERT_EQ(draw_at(larger, i), expected) << text(d);
            }
        }
}

TEST(DrawDuration, RoundsTicksHalfUp) {
    Engine engine{{}};
    EXPECT_EQ(draw_duration(Constant{2.5}, engine), Duration{3});
    EXPECT_EQ(draw_duration(Constant{1e300}, engine), kNever.time_since_epoch());
}

}  // namespace
}  // namespace clinicsim
