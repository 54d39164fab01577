// The renewal course: exact answers first, then laws of what is drawn. Seeds are fixed, and a
// correct program fails one check in a million.
#include "clinicsim/care/renewal.hpp"

#include <cmath>
#include <vector>

#include <boost/math/distributions/chi_squared.hpp>
#include <gtest/gtest.h>

namespace clinicsim {
namespace {

constexpr double kDay = 86'400'000;
constexpr std::uint64_t kDraws = 50'000;

Engine engine_at(std::uint64_t index, Purpose purpose = Purpose::relapse) {
    return Engine{{.seed = 20260105, .patient = 7, .purpose = purpose, .index = index}};
}

RenewalCourse relapsing(Distribution relapse) {
    RenewalCourse course;
    course.relapse = std::move(relapse);
    return course;
}

// --- response ------------------------------------------------------------------------------------

/// How often the response comes at each infusion; [0]: never.
std::vector<double> responses(const RenewalCourse& course, std::uint32_t visits) {
    std::vector<double> counts(visits + 1);
    for (std::uint64_t i = 0; i < kDraws; ++i) {
        Engine engine = engine_at(i, Purpose::response);
        ++counts[responds_at(course, visits, engine)];
    }
    return counts;
}

/// Chi-square of counts under shares; infinite where something without a share has happened.
double misfit(const std::vector<double>& counts, const std::vector<double>& shares) {
    double n = 0, statistic = 0;
    for (const double count : counts) n += count;
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (shares[i] > 0)
            statistic += std::pow(counts[i] - n * shares[i], 2) / (n * shares[i]);
        else if (counts[i] > 0)
            return std::numeric_limits<double>::infinity();
    return statistic;
}
double bound(double degrees) {
    return quantile(complement(boost::math::chi_squared{degrees}, 1e-6));
}

TEST(RespondsAt, IsTheLastVisitOrNeverWhereOnlyAShareIsGiven) {
    RenewalCourse course;
    course.responds = {0.6};
    EXPECT_LT(misfit(responses(course, 5), {0.4, 0, 0, 0, 0, 0.6}), bound(1));
    EXPECT_GT(misfit(responses(course, 5), {0.38, 0, 0, 0, 0, 0.62}), bound(1)) << "no power";
}

TEST(RespondsAt, FollowsTheSharesPerInfusion) {
    RenewalCourse course;
    course.responds = {0.2, 0, 0.3, 0.1};
    course.responds_at_last = false;
    EXPECT_LT(misfit(responses(course, 6), {0.4, 0.2, 0, 0.3, 0.1, 0, 0}), bound(3));
    EXPECT_GT(misfit(responses(course, 6), {0.38, 0.22, 0, 0.3, 0.1, 0, 0}), bound(3));
}

TEST(RespondsAt, IsNeverForThoseWhoseInfusionLiesBehindTheLastVisit) {
    RenewalCourse course;
    course.responds = {0.2, 0.1, 0.3, 0.1};
    course.responds_at_last = false;
    EXPECT_LT(misfit(responses(course, 2), {0.7, 0.2, 0.1}), bound(2));
}

TEST(RespondsAt, KnowsNoChanceAtTheEnds) {
    RenewalCourse course;
    course.responds = {0};
    EXPECT_EQ(responses(course, 3)[3], 0);
    course.responds = {1};
    EXPECT_EQ(responses(course, 3)[3], static_cast<double>(kDraws));
}

/// One visit more moves nobody's response to an earlier infusion.
TEST(RespondsAt, DoesNotDependOnHowManyVisitsFollow) {
    RenewalCourse course;
    course.responds = {0.3, 0.3, 0.3};
    course.responds_at_last = false;
    for (std::uint64_t i = 0; i < 1'000; ++i) {
        Engine few = engine_at(i), more = engine_at(i);
        const std::uint32_t at = responds_at(course, 2, few);
        if (at != 0) {
            EXPECT_EQ(responds_at(course, 6, more), at);
        }
    }
}

// --- factors -------------------------------------------------------------------------------------

TEST(PersonalFactor, IsTheProductOfFrailtySeverityAndTherapy) {
    RenewalCourse course;
    course.frailty = Constant{2};
    course.effects.severity = {1, 0.5};
    course.effects.psychotherapy = 1.5;
    Engine engine = engine_at(0);
    EXPECT_EQ(personal_factor(course, 0, false, engine), 2);
    EXPECT_EQ(personal_factor(course, 1, false, engine), 2 * 0.5);
    EXPECT_EQ(personal_factor(course, 1, true, engine), 2 * 0.5 * 1.5);
    EXPECT_EQ(personal_factor(course, 2, true, engine), 2 * 1.5) << "a class without a factor";
}

TEST(InfusionFactor, IsOneWhereNothingIsNamed) {
    EXPECT_EQ(infusion_factor({}, 0, {}), 1);
    EXPECT_EQ(infusion_factor({}, 9, Days{1}), 1);
}

TEST(InfusionFactor, GrowsWithEveryInfusionUpToItsMost) {
    RelapseEffects effects;
    effects.per_infusion = 1.5;
    effects.most_infusions = 3;
    EXPECT_EQ(infusion_factor(effects, 0, {}), 1);
    EXPECT_EQ(infusion_factor(effects, 1, {}), 1.5);
    EXPECT_EQ(infusion_factor(effects, 3, {}), 1.5 * 1.5 * 1.5);
    EXPECT_EQ(infusion_factor(effects, 4, {}), 1.5 * 1.5 * 1.5);
}

TEST(InfusionFactor, CountsInfusionsCloseTogetherUpToAndWithTheLimit) {
    RelapseEffects effects;
    effects.close_together = 2;
    effects.within = Days{3};
    EXPECT_EQ(infusion_factor(effects, 1, Days{3}), 2);
    EXPECT_EQ(infusion_factor(effects, 1, Days{3} + Duration{1}), 1);
    EXPECT_EQ(infusion_factor(effects, 0, Duration{0}), 1) << "there was none before";
    effects.per_infusion = 0.5;
    EXPECT_EQ(infusion_factor(effects, 2, Days{1}), 0.5 * 0.5 * 2);
}

// --- time to relapse -----------------------------------------------------------------------------

TEST(TimeToRelapse, IsNeverWhereNoneIsNamed) {
    Engine engine = engine_at(0);
    EXPECT_EQ(kRunStart + time_to_relapse(RenewalCourse{}, 1, engine), kNever);
    EXPECT_EQ(kRunStart + age_at_next_relapse(RenewalCourse{}, 1, Days{3}, engine), kNever);
}

TEST(TimeToRelapse, IsTheDrawTimesTheFactorRoundedToTheTick) {
    Engine engine = engine_at(0);
    EXPECT_EQ(time_to_relapse(relapsing(Constant{1'000}), 1.5, engine), Duration{1'500});
    EXPECT_EQ(time_to_relapse(relapsing(Constant{1'001}), 0.5, engine), Duration{501});
}

TEST(TimeToRelapse, IsFixedByItsAddress) {
    const auto course = relapsing(Weibull{1.5, 40 * kDay});
    Engine one = engine_at(5), same = engine_at(5), other = engine_at(6);
    const Duration drawn = time_to_relapse(course, 1, one);
    EXPECT_EQ(time_to_relapse(course, 1, same), drawn);
    EXPECT_NE(time_to_relapse(course, 1, other), drawn);
}

/// Chi-square on 50 cells of equal probability of the age at relapse, given that it is above `age`:
/// P(X <= x | X > a) = 1 - S(x) / S(a), with times counted in the factor.
double conditional_misfit(const RenewalCourse& course, const Distribution& law, double factor,
                          Duration age) {
    constexpr std::size_t kCells = 50;
    std::vector<double> counts(kCells);
    const auto survival = [&](double x) { return 1 - cdf(law, x / factor); };
    const double before = survival(static_cast<double>(age.count()));
    for (std::uint64_t i = 0; i < kDraws; ++i) {
        Engine engine = engine_at(i);
        const Duration at = age_at_next_relapse(course, factor, age, engine);
        if (at < age) return std::numeric_limits<double>::infinity();
        const double u = 1 - survival(static_cast<double>(at.count())) / before;
        ++counts[std::min(kCells - 1, static_cast<std::size_t>(u * kCells))];
    }
    return misfit(counts, std::vector<double>(kCells, 1.0 / kCells));
}

TEST(AgeAtNextRelapse, FollowsTheConditionalLawOfAWeibull) {
    const Weibull law{1.5, 40 * kDay};
    const auto course = relapsing(law);
    for (const double factor : {1.0, 0.7})
        for (const int age : {0, 20, 90}) {
            const double found = conditional_misfit(course, law, factor, Days{age});
            EXPECT_LT(found, bound(49)) << factor << ", " << age << " days";
        }
    EXPECT_GT(conditional_misfit(course, Weibull{1.5, 42 * kDay}, 1, Days{20}), bound(49));
}

TEST(AgeAtNextRelapse, FollowsTheConditionalLawOfAnyOtherDistribution) {
    const Distribution lognormal = Lognormal{40 * kDay, 0.8}, uniform = Uniform{0, 60 * kDay},
                       gamma = Gamma{2.5, 16 * kDay};
    for (const Distribution& law : {lognormal, uniform, gamma}) {
        const auto course = relapsing(law);
        EXPECT_LT(conditional_misfit(course, law, 1, Days{0}), bound(49)) << text(law);
        EXPECT_LT(conditional_misfit(course, law, 1, Days{35}), bound(49)) << text(law);
        EXPECT_LT(conditional_misfit(course, law, 1.3, Days{35}), bound(49)) << text(law);
        EXPECT_GT(conditional_misfit(course, scaled(law, 1.1), 1, Days{35}), bound(49))
            << "no power for " << text(law);
    }
}

/// The Weibull's closed form and the general search answer the same uniform alike: a mixture of one
/// part is the same law, but is not known to be a Weibull.
TEST(AgeAtNextRelapse, IsFoundBySearchWhereTheClosedFormPutsIt) {
    const Weibull law{1.5, 40 * kDay};
    const auto closed = relapsing(law);
    const auto searched = relapsing(Mixture{{{law, 1}}});
    for (std::uint64_t i = 0; i < 200; ++i) {
        Engine a = engine_at(i), b = engine_at(i);
        const Duration age = Days{static_cast<int>(i)};
        EXPECT_NEAR(static_cast<double>(age_at_next_relapse(closed, 1.3, age, a).count()),
                    static_cast<double>(age_at_next_relapse(searched, 1.3, age, b).count()), 2)
            << i;
    }
}

TEST(AgeAtNextRelapse, WaitsForAnAtom) {
    Engine engine = engine_at(0);
    EXPECT_EQ(age_at_next_relapse(relapsing(Constant{1'000}), 1, Duration{300}, engine),
              Duration{1'000});
}

/// Ages at which neighbouring numbers lie more than a tenth of a tick apart.
TEST(AgeAtNextRelapse, EndsItsSearchAmongHugeTimes) {
    const auto course = relapsing(Lognormal{1e17, 0.5});
    for (std::uint64_t i = 0; i < 20; ++i) {
        Engine engine = engine_at(i);
        const Duration age{100'000'000'000'000'000};
        EXPECT_GE(age_at_next_relapse(course, 1, age, engine), age);
    }
}

}  // namespace
}  // namespace clinicsim
