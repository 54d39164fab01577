#include "clinicsim/stats/selection.hpp"

#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "clinicsim/stats/interval.hpp"

namespace clinicsim {
namespace {

constexpr double kOneInAMillion = 4.8916;

// --- constants -----------------------------------------------------------------------------------

TEST(KimNelsonConstants, AreThoseOfThePublishedFormula) {  // E6
    const auto two = kim_nelson_constants(2, 10, 0.05);
    EXPECT_NEAR(two.eta, 0.3340503, 5e-8);
    EXPECT_NEAR(two.h_squared, 6.012905, 5e-7);
    const auto five = kim_nelson_constants(5, 10, 0.05);
    EXPECT_NEAR(five.eta, 0.6349673, 5e-8);
    EXPECT_NEAR(five.h_squared, 11.429411, 5e-7);
}

TEST(RinottConstant, IsThatOfTheTables) {  // E7
    EXPECT_NEAR(rinott_constant(2, 20, 0.95), 2.452473, 5e-7);
    EXPECT_NEAR(rinott_constant(5, 20, 0.95), 3.385419, 5e-7);
}

TEST(RinottConstant, OfTwoIsTheQuantileOfTheSumOfTwoStudents) {
    // one degree of freedom: the sum of two Cauchy variables is twice one
    for (const double p : {0.6, 0.9, 0.95})
        EXPECT_NEAR(rinott_constant(2, 2, p), 2 * std::tan(std::numbers::pi * (p - 0.5)),
                    1e-8 * rinott_constant(2, 2, p))
            << p;
    // very many: the sum of two normals
    EXPECT_NEAR(rinott_constant(2, 100'000'001, 0.95),
                std::sqrt(2.0) * standard_normal_quantile(0.95), 1e-7);
}

TEST(RinottConstant, GrowsWithTheNumberToChooseFromAndWithTheConfidence) {
    EXPECT_LT(rinott_constant(5, 20, 0.9), rinott_constant(5, 20, 0.95));
    EXPECT_LT(rinott_constant(5, 20, 0.95), rinott_constant(6, 20, 0.95));
    EXPECT_GT(rinott_constant(5, 10, 0.95), rinott_constant(5, 20, 0.95));
}

TEST(RinottReplications, AreTheFirstStageAtLeast) {
    EXPECT_EQ(rinott_replications(3, 20, 4, 0.5), 144u);  // 9 x 4 / 0.25
    EXPECT_EQ(rinott_replications(3, 20, 4.01, 0.5), 145u);
    EXPECT_EQ(rinott_replications(3, 20, 0.1, 0.5), 20u);
    EXPECT_EQ(rinott_replications(3, 20, 0, 0.5), 20u);
}

// --- the procedure by hand -----------------------------------------------------------------------

/// With alpha = 1/8 and two replications in the first stage h^2 is (1/4)^-2 - 1 = 15. Differences
/// with a variance of 2 and a zone of 2 allow to be behind by (7.5 - r) / r.
SelectionPlan by_hand(std::size_t configurations = 2) {
    return {.configurations = configurations,
            .first_stage = 2,
            .alpha = 0.125 * static_cast<double>(configurations - 1),
            .indifference = 2};
}

TEST(KimNelson, DropsWhoIsBehindByMoreThanTheWedgeAllows) {
    KimNelson kn{by_hand()};
    EXPECT_EQ(kn.survivors(), (std::vector<std::size_t>{0, 1}));
    kn.add(std::vector{5.0, 6.0});
    EXPECT_FALSE(kn.winner());
    EXPECT_FALSE(kn.most_replications());
    kn.add(std::vector{5.0, 8.0});  // behind by 2, 2.75 allowed
    EXPECT_FALSE(kn.winner());
    EXPECT_EQ(kn.most_replications(), 8u);  // 7.5, rounded down, and one
    kn.add(std::vector{9.0, 11.0});         // behind by 2, 1.5 allowed
    EXPECT_EQ(kn.winner(), 1u);
    EXPECT_EQ(kn.replications(), 3u);
}

TEST(KimNelson, KeepsWhoIsBehindByExactlyWhatIsAllowed) {
    for (const double more : {0.0, 1e-9}) {
        KimNelson kn{by_hand()};
        kn.add(std::vector{0.0, 1.75 + more});
        kn.add(std::vector{0.0, 3.75 + more});  // behind by 2.75, 2.75 allowed
        EXPECT_EQ(kn.winner().has_value(), more > 0);
    }
}

TEST(KimNelson, TakesTheSmallestWhereLessIsBetter) {
    SelectionPlan plan = by_hand();
    plan.smaller_is_better = true;
    KimNelson kn{plan};
    for (const double more : {1.0, 3.0, 2.0}) kn.add(std::vector{5.0, 5.0 + more});
    EXPECT_EQ(kn.winner(), 0u);
}

TEST(KimNelson, JudgesEachPairByItsOwnVarianceAndDoesNotLookAtTheDropped) {
    KimNelson kn{by_hand(3)};
    // the first two always differ by 10: nothing varies, nothing is allowed
    kn.add(std::vector{10.0, 0.0, 11.0});
    kn.add(std::vector{20.0, 10.0, 23.0});  // the third is ahead of the first by 2
    EXPECT_EQ(kn.survivors(), (std::vector<std::size_t>{0, 2}));
    kn.add(std::vector{30.0, std::nan(""), 32.0});
    EXPECT_EQ(kn.winner(), 2u);
}

TEST(KimNelson, EndsByItsLastReplicationEvenWhereAllAreAlike) {
    KimNelson same{by_hand(3)};
    same.add(std::vector{1.0, 1.0, 1.0});
    same.add(std::vector{2.0, 2.0, 2.0});
    EXPECT_EQ(same.winner(), 0u);

    KimNelson close{by_hand()};
    for (const double ahead : {1.0, -1.0}) close.add(std::vector{0.0, ahead});
    while (!close.winner()) close.add(std::vector{0.0, 1e-6});
    EXPECT_EQ(close.replications(), 8u);
    EXPECT_EQ(close.winner(), 1u);
}

TEST(KimNelson, LosesNoDigitsToALargeCommonPart) {
    for (const double common : {0.0, 1e9}) {
        KimNelson kn{by_hand()};
        for (const double more : {1.0, 3.0}) kn.add(std::vector{common, common + more});
        EXPECT_EQ(kn.most_replications(), 8u);
        kn.add(std::vector{common, common + 2.0});
        EXPECT_EQ(kn.winner(), 1u);
    }
}

// --- the promise ---------------------------------------------------------------------------------

/// So many configurations of which number 0 is ahead by `ahead`; a common part (the same patients)
/// and one of their own.
struct Contest {
    SelectionPlan plan;
    double ahead = 1;
    double common_sd = 0;
    double own_sd = 2;

    struct Outcome {
        double correct = 0;  // share
        double replications = 0;
    };
    Outcome over(int contests) const {
        std::mt19937_64 bits{20260105};
        std::normal_distribution<double> normal;
        Outcome all;
        std::vector<double> x(plan.configurations);
        for (int c = 0; c < contests; ++c) {
            KimNelson kn{plan};
            while (!kn.winner()) {
                const double common = common_sd * normal(bits);
                for (double& one : x) one = common + own_sd * normal(bits);
                x[0] += ahead;
                kn.add(x);
            }
            all.correct += kn.winner() == 0u;
            all.replications += static_cast<double>(kn.replications());
        }
        all.correct /= contests;
        all.replications /= contests;
        return all;
    }
};

/// The least share of correct choices that 95 % in truth may show in so many contests.
double least_share(int contests) {
    return 0.95 - kOneInAMillion * std::sqrt(0.95 * 0.05 / contests);
}

TEST(KimNelson, ChoosesTheBestAsOftenAsPromised) {
    constexpr int kContests = 3000;
    Contest contest{{.configurations = 5, .first_stage = 10, .alpha = 0.05, .indifference = 1}};
    EXPECT_GE(contest.over(kContests).correct, least_share(kContests));
    contest.plan.configurations = 2;
    EXPECT_GE(contest.over(kContests).correct, least_share(kContests));
    contest.ahead = 0.5;  // closer than the zone: no promise, and the check sees it
    EXPECT_LT(contest.over(kContests).correct, least_share(kContests)) << "no power";
}

TEST(KimNelson, EndsSoonerTheMoreAlikeTheConfigurationsAnswer) {
    const SelectionPlan plan{
        .configurations = 4, .first_stage = 10, .alpha = 0.05, .indifference = 1};
    // the same total variance; with common random numbers nine parts in ten are common
    const auto apart = Contest{plan, 1, 0, std::sqrt(10.0)}.over(500);
    const auto paired = Contest{plan, 1, 3, 1}.over(500);
    EXPECT_LT(5 * paired.replications, apart.replications + 5 * 10);
    EXPECT_GE(paired.correct, least_share(500));
}

/// Two configurations with standard deviations 1 and 2, the first ahead by the zone. The mean of a
/// first stage does not depend on its variance, so both are drawn as they are distributed.
double correct_by_rinott(double h, int contests) {
    std::mt19937_64 bits{20260106};
    std::normal_distribution<double> normal;
    constexpr std::size_t kFirstStage = 20;
    std::chi_squared_distribution<double> chi_squared{kFirstStage - 1};
    constexpr double kZone = 0.05;
    int correct = 0;
    for (int c = 0; c < contests; ++c) {
        double mean[2]{};
        for (const int i : {0, 1}) {
            const double sd = 1 + i;
            const double variance = sd * sd * chi_squared(bits) / (kFirstStage - 1);
            const auto n = rinott_replications(h, kFirstStage, variance, kZone);
            mean[i] = (i == 0 ? kZone : 0) + sd / std::sqrt(static_cast<double>(n)) * normal(bits);
        }
        correct += mean[0] > mean[1];
    }
    return static_cast<double>(correct) / contests;
}

TEST(Rinott, AsksForNoMoreReplicationsThanANumberHolds) {
    EXPECT_EQ(rinott_replications(3, 20, 1, 1e-200), 1'000'000'000'000'000u);
    EXPECT_EQ(rinott_replications(3, 20, 1e300, 1e-10), 1'000'000'000'000'000u);
    EXPECT_EQ(rinott_replications(2, 20, 4, 0.5), 64u);
}

TEST(KimNelson, AsksForNoMoreReplicationsThanANumberHolds) {
    KimNelson race{{.configurations = 2, .first_stage = 2, .indifference = 1e-200}};
    for (const double x : {0.0, 1.0}) race.add(std::vector{x, -x});
    EXPECT_EQ(race.most_replications(), 1'000'000'000'000'000u);
}

TEST(Rinott, ChoosesTheBetterOfTwoExactlyAsOftenAsAsked) {
    constexpr int kContests = 100'000;
    const double bound = kOneInAMillion * std::sqrt(0.95 * 0.05 / kContests);
    EXPECT_NEAR(correct_by_rinott(rinott_constant(2, 20, 0.95), kContests), 0.95, bound);
    EXPECT_LT(correct_by_rinott(rinott_constant(2, 20, 0.94), kContests), 0.95 - bound)
        << "no power";
    // the constant of known variances is too small
    EXPECT_LT(correct_by_rinott(std::sqrt(2.0) * standard_normal_quantile(0.95), kContests),
              0.95 - bound);
}

}  // namespace
}  // namespace clinicsim
