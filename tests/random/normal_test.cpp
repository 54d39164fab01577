#include "clinicsim/random/normal.hpp"

#include <boost/math/distributions/normal.hpp>
#include <gtest/gtest.h>

namespace clinicsim {
namespace {

const boost::math::normal kOracle;

void expect_close(double found, double expected, double relative) {
    EXPECT_NEAR(found, expected, relative * std::abs(expected));
}

TEST(NormalQuantile, AgreesWithBoostMathFromTheMiddleToTheFarTails) {
    for (int i = 1; i < 2000; ++i)
        if (i != 1000)
            expect_close(normal_quantile(i / 2000.0), quantile(kOracle, i / 2000.0), 2e-15);
    for (double p = 0.5; p > 1e-300; p *= 0.37)
        if (p != 0.5) expect_close(normal_quantile(p), quantile(kOracle, p), 2e-15);
    EXPECT_EQ(normal_quantile(0.5), 0);
}

TEST(NormalQuantile, IsFiniteAndAnExactMirrorAtTheEndsOfUniform01) {
    const double first = open_unit(0), last = open_unit(~std::uint64_t{0});
    EXPECT_EQ(normal_quantile(first), -normal_quantile(last));
    expect_close(normal_quantile(first), quantile(kOracle, first), 2e-15);
    for (std::uint64_t bits = 12345; bits < std::uint64_t{1} << 63; bits = bits * 3 + 1)
        ASSERT_EQ(normal_quantile(open_unit(bits)), -normal_quantile(open_unit(~bits)));
}

TEST(NormalQuantile, RisesWithItsArgumentAcrossTheSeamsOfTheApproximation) {
    // AS 241 changes its formula at |p - 0.5| = 0.425 and where sqrt(-ln p) = 5.
    for (const double seam : {0.075, 0.925, std::exp(-25.0)})
        for (int i = -50; i < 50; ++i)
            ASSERT_LT(normal_quantile(seam * (1 + i * 1e-12)),
                      normal_quantile(seam * (1 + (i + 1) * 1e-12)));
}

TEST(NormalCdf, KeepsItsPrecisionInTheLowerTail) {
    for (double x = -37; x < 8; x += 0.1) expect_close(normal_cdf(x), cdf(kOracle, x), 1e-12);
}

TEST(StandardNormal, IsTheQuantileOfOneUniform) {
    Engine engine{{.seed = 4}}, again{{.seed = 4}};
    for (int i = 0; i < 512; ++i)
        ASSERT_EQ(standard_normal(engine), normal_quantile(uniform01(again)));
}

}  // namespace
}  // namespace clinicsim
