#include "clinicsim/experiment/search.hpp"

#include <atomic>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

const SearchOptions kAlone{1, nullptr, {}};

/// Squared distance from `centre`, in units of `sd`.
PointFunction bowl(Point centre, double sd = 1) {
    return [centre, sd](const Point& x) {
        double sum = 0;
        for (std::size_t k = 0; k < x.size(); ++k)
            sum += (x[k] - centre[k]) * (x[k] - centre[k]) / (sd * sd);
        return sum;
    };
}

void expect_near(const Point& found, const Point& expected, double within) {
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t k = 0; k < found.size(); ++k) EXPECT_NEAR(found[k], expected[k], within);
}

TEST(LocalSearches, FindTheBottomOfABowlInOneAndInThreeDimensions) {
    const auto one = local_searches(bowl({0.3}), {0.9}, 1, 200, 1, kAlone);
    ASSERT_EQ(one.size(), 1u);
    expect_near(one[0].point, {0.3}, 1e-4);
    const Point centre{0.2, 0.7, 0.45};
    const auto three = local_searches(bowl(centre), {0.9, 0.1, 0.9}, 1, 300, 1, kAlone);
    expect_near(three.at(0).point, centre, 1e-4);
}

TEST(LocalSearches, FindABottomThatLiesOnABound) {
    const auto found = local_searches(bowl({-0.5, 0.5}), {0.5, 0.9}, 1, 300, 1, kAlone);
    expect_near(found.at(0).point, {0, 0.5}, 1e-4);
}

TEST(LocalSearches, FindTheDeeperOfTwoBowlsFromSeveralStartsOnly) {
    const PointFunction two = [](const Point& x) {
        return std::min(bowl({0.15, 0.15}, 0.1)(x) + 5, bowl({0.8, 0.8}, 0.1)(x));
    };
    const Point first{0.1, 0.1};
    EXPECT_GE(local_searches(two, first, 1, 300, 1, kAlone).at(0).value, 5);
    const auto several = local_searches(two, first, 6, 300, 1, kAlone);
    ASSERT_EQ(several.size(), 6u);
    expect_near(several[0].point, {0.8, 0.8}, 1e-3);
    for (std::size_t i = 1; i < 6; ++i) EXPECT_LE(several[i - 1].value, several[i].value);
}

TEST(LocalSearches, KeepToTheirEvaluations) {
    std::atomic<int> evaluated{0};
    SearchOptions options = kAlone;
    options.evaluated = [&] { ++evaluated; };
    local_searches(bowl({0.3, 0.3}), {0.9, 0.9}, 4, 25, 1, options);
    EXPECT_LE(evaluated, 4 * 25);
    EXPECT_GT(evaluated, 4 * 10);
}

TEST(LocalSearches, AreTheSameForAnyNumberOfThreads) {
    const auto one = local_searches(bowl({0.2, 0.7}), {0.5, 0.5}, 5, 60, 3, kAlone);
    const auto four = local_searches(bowl({0.2, 0.7}), {0.5, 0.5}, 5, 60, 3, {4, nullptr, {}});
    ASSERT_EQ(one.size(), four.size());
    for (std::size_t i = 0; i < one.size(); ++i) EXPECT_EQ(one[i].point, four[i].point);
    const auto other = local_searches(bowl({0.2, 0.7}), {0.5, 0.5}, 5, 60, 4, kAlone);
    EXPECT_NE(one[4].point, other[4].point) << "the seed changes where they start";
}

TEST(Polished, GoesDownStairs) {
    const PointFunction stairs = [](const Point& x) {
        return std::floor(40 * std::abs(x[0] - 0.31)) + std::floor(40 * std::abs(x[1] - 0.62));
    };
    const Found from{{0.5, 0.5}, stairs({0.5, 0.5})};
    const auto found = polished(stairs, {from}, 400, kAlone);
    EXPECT_EQ(found.at(0).value, 0);
    EXPECT_GT(from.value, 10) << "there was something to do";
}

/// Mean and sd of one coordinate over the second half of the chain.
struct Moments {
    double mean = 0, sd = 0, number = 0;
};
Moments moments(const Chain& chain, std::size_t coordinate) {
    Moments m;
    double squares = 0;
    for (std::size_t g = chain.generations.size() / 2; g < chain.generations.size(); ++g)
        for (const Found& found : chain.generations[g]) {
            const double x = found.point[coordinate];
            m.number += 1;
            m.mean += x;
            squares += x * x;
        }
    m.mean /= m.number;
    m.sd = std::sqrt(squares / m.number - m.mean * m.mean);
    return m;
}

// A draw of the chain is worth less than an independent one: at most so many of them make one
// (measured: under 20 in two dimensions).
constexpr double kDrawsPerIndependentOne = 40;

bool agrees(const Moments& found, double mean, double sd) {
    const double independent = found.number / kDrawsPerIndependentOne;
    const double of_mean = 4.8916 * sd / std::sqrt(independent);
    const double of_sd = 4.8916 * sd / std::sqrt(2 * independent);
    return std::abs(found.mean - mean) <= of_mean && std::abs(found.sd - sd) <= of_sd;
}

TEST(Sampled, HasTheLawOfTheDensity) {
    // exp(-f / 2) is a normal with sd 0.05, far from the walls
    const Chain chain = sampled(bowl({0.4, 0.6}, 0.05), {{{0.5, 0.5}, 0}}, 20'000, 1, kAlone);
    ASSERT_EQ(chain.generations.size(), 20'000u);
    EXPECT_TRUE(agrees(moments(chain, 0), 0.4, 0.05)) << moments(chain, 0).mean;
    EXPECT_TRUE(agrees(moments(chain, 1), 0.6, 0.05)) << moments(chain, 1).mean;
    EXPECT_FALSE(agrees(moments(chain, 0), 0.41, 0.05)) << "the check has lost its power";
    EXPECT_FALSE(agrees(moments(chain, 0), 0.4, 0.06)) << "the check has lost its power";
    EXPECT_GT(chain.accepted, 0.2);
    EXPECT_LT(chain.accepted, 0.6);
    EXPECT_LT(scale_reduction(chain, 10'000), 1.01);
}

TEST(Sampled, IsFlatUpToTheWallsWhereTheFunctionIs) {
    const Chain chain = sampled(bowl({0, 0}, 1e9), {{{0.1, 0.9}, 0}}, 20'000, 2, kAlone);
    const double sd = std::sqrt(1.0 / 12);
    EXPECT_TRUE(agrees(moments(chain, 0), 0.5, sd)) << moments(chain, 0).mean;
    EXPECT_TRUE(agrees(moments(chain, 1), 0.5, sd)) << moments(chain, 1).sd;
    EXPECT_EQ(chain.accepted, 1);
}

TEST(Sampled, IsTheSameForAnyNumberOfThreads) {
    const auto run = [](unsigned threads) {
        return sampled(bowl({0.4, 0.6, 0.5}, 0.1), {{{0.5, 0.5, 0.5}, 0}}, 50, 7,
                       {threads, nullptr, {}});
    };
    const Chain one = run(1), four = run(4);
    ASSERT_EQ(one.generations.size(), four.generations.size());
    for (std::size_t g = 0; g < one.generations.size(); ++g)
        for (std::size_t w = 0; w < kWalkers; ++w)
            ASSERT_EQ(one.generations[g][w].point, four.generations[g][w].point);
}

TEST(Sampled, EndsAtAStopWithWholeGenerationsOnly) {
    std::atomic<bool> stop{false};
    std::atomic<int> evaluated{0};
    SearchOptions options{2, &stop, [&] {
                              if (++evaluated == 100) stop = true;
                          }};
    const Chain chain = sampled(bowl({0.4, 0.6}, 0.1), {{{0.5, 0.5}, 0}}, 1000, 1, options);
    EXPECT_GE(chain.generations.size(), 5u);
    EXPECT_LE(chain.generations.size(), 13u);
    for (const auto& generation : chain.generations) EXPECT_EQ(generation.size(), 8u);
}

TEST(ScaleReduction, IsTheArithmeticOfGelmanAndRubin) {
    Chain chain;
    const double a[] = {0.1, 0.2, 0.3, 0.4}, b[] = {0.3, 0.4, 0.5, 0.6};
    for (int g = 0; g < 4; ++g) chain.generations.push_back({{{a[g]}, 0}, {{b[g]}, 0}});
    // means 0.25 and 0.45: between 0.02; within 0.05 / 3 in both
    EXPECT_NEAR(scale_reduction(chain, 0), std::sqrt(3.0 / 4 + 0.02 / (0.05 / 3)), 1e-12);
    EXPECT_EQ(scale_reduction(chain, 1), std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace clinicsim
