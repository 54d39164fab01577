#include "clinicsim/stats/survival.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

/// Twelve patients, checked against R's survival 3.5-3.
const std::vector<FollowUp> kTwelve{{5, 1},  {8, 0},  {12, 1}, {12, 2}, {15, 1}, {20, 0},
                                    {22, 1}, {25, 2}, {30, 1}, {30, 1}, {34, 0}, {40, 0}};

TEST(KaplanMeier, AgreesWithROnTwelvePatients) {
    const SurvivalCurve curve = kaplan_meier(kTwelve, 1);
    const double times[] = {5, 12, 15, 22, 30};
    const double survival[] = {0.9166667, 0.8250000, 0.7218750, 0.6015625, 0.3007813};
    const double se[] = {0.07978559, 0.1127774, 0.1379971, 0.1590190, 0.1701150};
    ASSERT_EQ(curve.size(), 5u);
    for (std::size_t i = 0; i < curve.size(); ++i) {
        EXPECT_EQ(curve[i].time, times[i]);
        EXPECT_NEAR(curve[i].survival, survival[i], 1e-7);
        EXPECT_NEAR(curve[i].se, se[i], 1e-7);
    }
    EXPECT_EQ(curve.back().at_risk, 4u);
    EXPECT_EQ(curve.back().events, 2u);
    EXPECT_EQ(time_quantile(curve), 30);
    EXPECT_EQ(time_quantile(curve, 0.1), 12);
    EXPECT_FALSE(time_quantile(curve, 0.7));
}

TEST(RestrictedMean, AgreesWithROnTwelvePatients) {
    const RestrictedMean m = restricted_mean(kaplan_meier(kTwelve, 1), 30);
    EXPECT_NEAR(m.mean, 23.757292, 5e-7);
    EXPECT_NEAR(m.se, 2.620610, 5e-7);
    EXPECT_EQ(restricted_mean({}, 7).mean, 7);
    EXPECT_EQ(restricted_mean({}, 7).se, 0);
}

TEST(CumulativeIncidence, AgreesWithROnTwelvePatients) {
    const SurvivalCurve event_free = kaplan_meier(kTwelve);
    const IncidenceCurve first = cumulative_incidence(kTwelve, 1);
    const IncidenceCurve second = cumulative_incidence(kTwelve, 2);
    ASSERT_EQ(first.size(), event_free.size());
    ASSERT_EQ(second.size(), event_free.size());
    EXPECT_EQ(first[1].time, 12);
    EXPECT_NEAR(event_free[1].survival, 0.7333333, 5e-8);
    EXPECT_NEAR(first[1].incidence, 0.1750000, 5e-8);
    EXPECT_NEAR(second[1].incidence, 0.09166667, 5e-9);
    // R gives them at 40, the last step is at 30
    EXPECT_NEAR(event_free.back().survival, 0.2138889, 5e-8);
    EXPECT_NEAR(event_free.back().se, 0.1325017, 5e-8);
    EXPECT_NEAR(first.back().incidence, 0.5875000, 5e-8);
    EXPECT_NEAR(first.back().se, 0.1566421, 5e-8);
    EXPECT_NEAR(second.back().incidence, 0.1986111, 5e-8);
    EXPECT_NEAR(second.back().se, 0.12618153, 5e-9);  // as in exact fractions
}

TEST(LogRank, AgreesWithROnTwelvePatients) {
    std::vector<FollowUp> a, b;
    const int group[] = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 0};
    for (std::size_t i = 0; i < kTwelve.size(); ++i) (group[i] == 0 ? a : b).push_back(kTwelve[i]);
    const auto test = log_rank(a, b, 1);
    ASSERT_TRUE(test);
    EXPECT_EQ(test->observed_a, 5u);
    EXPECT_EQ(test->observed_b, 1u);
    EXPECT_NEAR(test->expected_a, 3, 1e-12);
    EXPECT_NEAR(test->expected_b, 3, 1e-12);
    EXPECT_NEAR(test->chi_square, 3, 1e-12);
    const auto swapped = log_rank(b, a, 1);
    EXPECT_NEAR(swapped->chi_square, test->chi_square, 1e-12);
    EXPECT_EQ(swapped->expected_b, test->expected_a);
}

TEST(LogRank, FindsNoDifferenceBetweenAGroupAndItself) {
    const auto test = log_rank(kTwelve, kTwelve);
    ASSERT_TRUE(test);
    EXPECT_NEAR(test->chi_square, 0, 1e-12);
    EXPECT_NEAR(test->p, 1, 1e-6);
    const std::vector<FollowUp> early{{1, 0}, {2, 0}}, late{{5, 1}, {6, 1}};
    EXPECT_FALSE(log_rank(early, late)) << "never both at risk when something happened";
}

TEST(Survival, WithoutCensoringIsTheShareLeft) {
    std::vector<FollowUp> patients;
    for (int day = 1; day <= 10; ++day) patients.push_back({static_cast<double>(day), 1});
    const SurvivalCurve curve = kaplan_meier(patients);
    for (std::size_t i = 0; i < 10; ++i) {
        const double share = 1 - static_cast<double>(i + 1) / 10;
        EXPECT_NEAR(curve[i].survival, share, 1e-15);
        EXPECT_NEAR(curve[i].se, std::sqrt(share * (1 - share) / 10), 1e-15);
    }
    EXPECT_NEAR(restricted_mean(curve, 100).mean, 5.5, 1e-14);
    EXPECT_NEAR(restricted_mean(curve, 10).se, std::sqrt(8.25 / 10), 1e-14);
    EXPECT_EQ(time_quantile(curve), 5);
}

TEST(Survival, OfCountedPatientsIsThatOfListedOnes) {
    std::vector<FollowUp> listed;
    for (const auto& p : kTwelve)
        for (int i = 0; i < 3; ++i) listed.push_back(p);
    std::vector<FollowUp> counted = kTwelve;
    for (auto& p : counted) p.count = 3;
    counted.push_back({17, 1, 0});  // nobody
    const SurvivalCurve a = kaplan_meier(listed), b = kaplan_meier(counted);
    const IncidenceCurve c = cumulative_incidence(listed, 2), d = cumulative_incidence(counted, 2);
    ASSERT_EQ(a.size(), b.size());
    ASSERT_EQ(c.size(), d.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_EQ(a[i].at_risk, b[i].at_risk);
        EXPECT_EQ(a[i].se, b[i].se);
        EXPECT_EQ(c[i].incidence, d[i].incidence);
        EXPECT_EQ(c[i].se, d[i].se);
    }
}

std::vector<FollowUp> many_patients(std::uint64_t seed, int patients) {
    std::mt19937_64 dice{seed};
    std::vector<FollowUp> all;
    for (int i = 0; i < patients; ++i)
        all.push_back({1 + static_cast<double>(dice() % 30), static_cast<int>(dice() % 4)});
    return all;
}

TEST(CumulativeIncidence, OfAllCausesAndTheEventFreeSumToOne) {
    const auto patients = many_patients(5, 300);
    const auto free = kaplan_meier(patients);
    const auto one = cumulative_incidence(patients, 1), two = cumulative_incidence(patients, 2),
               three = cumulative_incidence(patients, 3);
    for (std::size_t i = 0; i < free.size(); ++i) {
        EXPECT_NEAR(free[i].survival + one[i].incidence + two[i].incidence + three[i].incidence, 1,
                    1e-12);
    }
    const double naive = 1 - kaplan_meier(patients, 1).back().survival;
    EXPECT_GT(naive, one.back().incidence + 0.1)
        << "who takes the others as censored sees more risk";
}

TEST(CumulativeIncidence, OfTheOnlyCauseIsOneMinusKaplanMeier) {
    auto patients = many_patients(6, 80);
    for (auto& p : patients) p.cause = p.cause > 1 ? 1 : 0;
    const auto curve = kaplan_meier(patients);
    const auto incidence = cumulative_incidence(patients, 1);
    ASSERT_EQ(curve.size(), incidence.size());
    for (std::size_t i = 0; i < curve.size(); ++i) {
        EXPECT_NEAR(incidence[i].incidence, 1 - curve[i].survival, 1e-12);
        EXPECT_NEAR(incidence[i].se, curve[i].se, 1e-9);
    }
}

/// A relapse after a Weibull time competes with leaving after an exponential one, until `end`.
std::vector<FollowUp> competing(double shape, double scale, double hazard, double end,
                                std::size_t patients) {
    std::mt19937_64 bits{20260107};
    std::weibull_distribution<double> relapse{shape, scale};
    std::exponential_distribution<double> leaving{hazard};
    std::vector<FollowUp> found;
    while (found.size() < patients) {
        const double a = relapse(bits), b = leaving(bits);
        if (std::min(a, b) > end)
            found.push_back({end, 0});
        else
            found.push_back(a < b ? FollowUp{a, 1} : FollowUp{b, 2});
    }
    return found;
}

TEST(CumulativeIncidence, IsTheRiskWhereOneMinusKaplanMeierIsNot) {
    struct Case {
        const char* name;
        double shape, scale, hazard, end, relapse, leaving, naive;
    };
    for (const Case& c : {Case{"C01", 1.5, 40, 0.004, 90, 0.8471441328859519, 0.12898269604530108,
                               0.965781881688334},
                          Case{"C02", 0.8, 60, 0.002, 365, 0.8783610905704273, 0.11469219751906029,
                               0.9855850128273969},
                          Case{"C04", 1, 50, 0.005, 180, 0.7911128027694062, 0.19777820069235155,
                               0.9726762775527075},
                          Case{"C05", 1.5, 90, 0.003, 180, 0.7630579275768828, 0.2024983019088772,
                               0.9408942534380438}}) {
        constexpr std::size_t n = 40'000;
        constexpr double kOneInAMillion = 4.8916;
        const auto patients = competing(c.shape, c.scale, c.hazard, c.end, n);
        const auto bound = [](double p) {
            return kOneInAMillion * std::sqrt(p * (1 - p) / static_cast<double>(n));
        };
        const double risk = cumulative_incidence(patients, 1).back().incidence;
        EXPECT_NEAR(risk, c.relapse, bound(c.relapse)) << c.name;
        EXPECT_NEAR(cumulative_incidence(patients, 2).back().incidence, c.leaving, bound(c.leaving))
            << c.name;
        const auto curve = kaplan_meier(patients, 1);
        EXPECT_NEAR(1 - curve.back().survival, c.naive, kOneInAMillion * curve.back().se) << c.name;
        EXPECT_GT(c.naive - risk, 5 * bound(c.relapse)) << c.name << ": the two are far apart";
    }
}

TEST(CumulativeIncidence, HasTheErrorOfTheInfinitesimalJackknife) {
    // brute force: a little more weight for one patient at a time, as counts of a large number
    const auto patients = many_patients(9, 40);
    constexpr std::uint64_t weight = 1'000'000, more = 100;
    auto weighted = patients;
    for (auto& p : weighted) p.count = weight;
    const auto base = cumulative_incidence(weighted, 1);
    std::vector<double> squares(base.size());
    for (auto& p : weighted) {
        p.count += more;
        const auto moved = cumulative_incidence(weighted, 1);
        p.count -= more;
        for (std::size_t i = 0; i < base.size(); ++i)
            squares[i] += std::pow(
                (moved[i].incidence - base[i].incidence) * static_cast<double>(weight) / more, 2);
    }
    const auto curve = cumulative_incidence(patients, 1);
    for (std::size_t i = 0; i < curve.size(); ++i)
        EXPECT_NEAR(curve[i].se, std::sqrt(squares[i]), 1e-4) << curve[i].time;
}

// --- hazard ratio --------------------------------------------------------------------------------

TEST(HazardRatio, OfFourPatientsSolvesTheirPartialLikelihood) {
    // a fails at 1 and 3, b at 2 and 4: 2 = 2 r / (r + 1) + r / (r + 2), so r^2 = r + 4
    const std::vector<FollowUp> a{{1, 1}, {3, 1}}, b{{2, 1}, {4, 1}};
    const double r = (1 + std::sqrt(17)) / 2;
    const auto found = hazard_ratio(a, b);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->ratio, r, 1e-9);
    const double information = 2 * r / std::pow(r + 1, 2) + 2 * r / std::pow(r + 2, 2);
    EXPECT_NEAR(found->se_log, 1 / std::sqrt(information), 1e-9);
    EXPECT_NEAR(std::log(found->high / found->ratio), 1.959964 * found->se_log, 1e-6);
    EXPECT_NEAR(hazard_ratio(b, a)->ratio, 1 / r, 1e-9) << "the other way round";
}

TEST(HazardRatio, TreatsTiesAsEfronDid) {
    // one event of each at 1, then one of each censored: 1 = 2r/(2r+2) + 1.5r/(1.5r+1.5), r = 1;
    // two events of a and one of b at 1 among 3 and 3, solved by bisection of Efron's score
    const std::vector<FollowUp> even_a{{1, 1}, {2, 0}}, even_b{{1, 1}, {2, 0}};
    EXPECT_NEAR(hazard_ratio(even_a, even_b)->ratio, 1, 1e-9);
    const std::vector<FollowUp> a{{1, 1, 2}, {2, 0}}, b{{1, 1}, {2, 0, 2}};
    const auto score = [](double r) {
        double sum = 2;
        for (const double gone : {0.0, 1.0 / 3, 2.0 / 3})
            sum -= (3 - 2 * gone) * r / ((3 - 2 * gone) * r + 3 - gone);
        return sum;
    };
    double low = 1, high = 100;
    while (high - low > 1e-12 * low) (score((low + high) / 2) > 0 ? low : high) = (low + high) / 2;
    EXPECT_NEAR(hazard_ratio(a, b)->ratio, low, 1e-9);
}

TEST(HazardRatio, HasNoValueWithoutEventsInBothGroups) {
    const std::vector<FollowUp> none{{5, 0}, {6, 0}}, some{{1, 1}, {2, 1}, {7, 0}};
    EXPECT_FALSE(hazard_ratio(none, some));
    EXPECT_FALSE(hazard_ratio(some, none));
    EXPECT_FALSE(hazard_ratio(none, none));
    const std::vector<FollowUp> late{{10, 1}};
    EXPECT_FALSE(hazard_ratio(late, {some.data(), 2})) << "never both at risk at an event of late";
}

TEST(HazardRatio, OfTwoExponentialsIsTheRatioOfTheirRates) {
    std::mt19937_64 dice{11};
    const auto group = [&](double rate) {
        std::exponential_distribution<double> time{rate};
        std::vector<FollowUp> all;
        for (int i = 0; i < 20'000; ++i) {
            const double t = time(dice);
            all.push_back({std::min(t, 2.0), t < 2 ? 1 : 0});
        }
        return all;
    };
    const auto a = group(0.5), b = group(1);
    const auto found = hazard_ratio(a, b);
    const double z = std::log(found->ratio / 0.5) / found->se_log;
    EXPECT_LT(std::abs(z), 4.8916) << "false alarm one in a million";
    EXPECT_GT(std::abs(z + std::log(1.1) / found->se_log), 4.8916) << "a tenth more would be told";
}

}  // namespace
}  // namespace clinicsim
