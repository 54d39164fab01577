// Chairs against queueing theory: patients who come once and leave (M/M/c, M/G/1, Erlang's B,
// waiting rooms of limited size, impatience, regular arrivals), and patients in care who come back
// (finite source). One hour is the unit of theory. The exact values are the reference cases; the
// letters say which.
//
// Priorities between two Poisson streams (P01, P02) cannot be written with the kinds of request of
// this clinic: rank belongs to what a visit is for, and only inductions come as a Poisson stream.
#include <algorithm>
#include <numeric>
#include <vector>

#include <boost/math/distributions/poisson.hpp>

#include "clinicsim/care/pathway.hpp"
#include "replicated.hpp"

namespace clinicsim::test {
namespace {

constexpr double kHour = kDay / 24;

Distribution lognormal(double cv) { return Lognormal::of_mean_sd(kHour, cv * kHour); }

Replications queue(std::uint32_t chairs, double per_hour, const Distribution& service,
                   Days horizon) {
    const Model model = queue_model(chairs, per_hour, service, horizon, Days{8});
    return {model, with_pathway(model, Policy{})};
}

Ratio mean_wait(const Replications& runs) { return runs.ratio(&Count::wait_hours, &Count::waits); }
Ratio share_waiting(const Replications& runs) { return runs.ratio(&Count::waited, &Count::waits); }
/// Of those who came in the measured time; everybody is turned away, or starts, at coming.
Ratio share_turned_away(const Replications& runs) {
    return runs.ratio(&Count::turned_away,
                      [](const Count& n) { return n.turned_away + n.started; });
}
Ratio utilisation(const Replications& runs, double chairs, double days) {
    return runs.mean([=](const Count& n) { return n.held / (chairs * days); });
}

TEST(Mmc, WaitsAsErlangSays) {
    const auto q01 = queue(1, 0.5, Exponential{kHour}, Days{60});
    expect_exact(share_waiting(q01), 0.5, 0.1, "Q01, share who wait");
    expect_exact(mean_wait(q01), 1, 0.2, "Q01, mean wait");
    expect_exact(utilisation(q01, 1, 60), 0.5, 0.1, "Q01, utilisation");
    const auto q04 = queue(2, 1, Exponential{kHour}, Days{40});
    expect_exact(share_waiting(q04), 1. / 3, 0.1, "Q04, share who wait");
    expect_exact(mean_wait(q04), 1. / 3, 0.2, "Q04, mean wait");
    const auto q11 = queue(8, 6.4, Exponential{kHour}, Days{20});
    expect_exact(share_waiting(q11), 0.4576449, 0.1, "Q11, share who wait");
    expect_exact(mean_wait(q11), 0.2860281, 0.2, "Q11, mean wait");
    EXPECT_GT(std::abs(mean_wait(q11).mean() - 0.2860281 * 1.25),
              kOneInAMillion * mean_wait(q11).se())
        << "the check has lost its power";
}

TEST(Mg1, WaitsAsPollaczekAndKhinchineSay) {
    expect_exact(mean_wait(queue(1, 0.5, Constant{kHour}, Days{60})), 0.5, 0.2, "G01");
    expect_exact(mean_wait(queue(1, 0.5, lognormal(1.5), Days{100})), 1.625, 0.5, "G03");
    expect_exact(mean_wait(queue(1, 0.8, lognormal(0.5), Days{100})), 2.5, 0.3, "G05");
}

TEST(LossSystem, LosesAsErlangsBWhateverTheServiceLaw) {
    for (const auto& [law, name] : {std::pair{Distribution{Exponential{kHour}}, "exponential"},
                                    {lognormal(1), "lognormal"},
                                    {Distribution{Constant{kHour}}, "constant"}}) {
        Model model = queue_model(3, 2, law, Days{30}, Days{2});
        model.clinic.waiting_room = 0;
        const Replications runs{model, with_pathway(model, Policy{})};
        expect_exact(share_turned_away(runs), 0.2105263158, 0.1, std::string{"B02, "} + name);
        expect_exact(utilisation(runs, 1, 30), 1.578947368, 0.05, std::string{"B02, "} + name);
    }
}

TEST(WaitingRoom, OfLimitedSizeTurnsAwayAsBirthAndDeathSay) {
    Model k01 = queue_model(1, 0.8, Exponential{kHour}, Days{60}, Days{4});
    k01.clinic.waiting_room = 4;  // theory's K = 5 counts who is served
    const Replications one{k01, with_pathway(k01, Policy{})};
    expect_exact(share_turned_away(one), 0.0888195, 0.2, "K01, share turned away");
    expect_exact(mean_wait(one), 1.563065, 0.1, "K01, mean wait");
    Model k03 = queue_model(4, 3.8, Exponential{kHour}, Days{20}, Days{4});
    k03.clinic.waiting_room = 4;
    const Replications four{k03, with_pathway(k03, Policy{})};
    expect_exact(share_turned_away(four), 0.117018, 0.2, "K03, share turned away");
    expect_exact(mean_wait(four), 0.367596, 0.1, "K03, mean wait");
}

TEST(Patience, LosesAsErlangsASays) {
    Model model = queue_model(4, 5, Exponential{kHour}, Days{20}, Days{4});
    model.clinic.patience = Exponential{kHour};
    const Replications runs{model, with_pathway(model, Policy{})};
    expect_exact(share_turned_away(runs), 0.2873687, 0.1, "A03, share who give up");
    expect_exact(utilisation(runs, 4, 20), 0.8907891, 0.05, "A03, utilisation");
}

/// Arrivals at a fixed rhythm, of whom a share does not come: screening stands for the no-show.
Replications regular(Duration every, double shown, Days horizon) {
    Model model = queue_model(1, 1, Exponential{kHour}, horizon, Days{8});
    model.patients.arrivals = RegularArrivals{.every = every};
    PolicyModel policy = with_pathway(model, Policy{});
    std::vector<Stage> stages = policy.pathways[0].stages();
    const auto screening = static_cast<StageId>(stages.size());
    const auto out = static_cast<StageId>(screening + 1);
    const StageId induction = stages[0].ways[0].to;
    stages[0].ways[0].to = screening;
    stages.push_back({"screening",
                      StageKind::screening,
                      Constant{0},
                      {{.share = shown, .to = induction}, {.share = 1 - shown, .to = out}}});
    stages.push_back({"no_show", StageKind::exit, Constant{0}, {}});
    policy.pathways = {Pathway{stages}};
    return {model, policy};
}

TEST(RegularArrivals, WaitAsGiM1Says) {
    const auto all = regular(75min, 1, Days{60});
    expect_exact(share_waiting(all), 0.6286298, 0.1, "D01, share who wait");
    expect_exact(mean_wait(all), 1.692731, 0.3, "D01, mean wait");
    const auto some = regular(60min, 0.8, Days{60});
    expect_exact(share_waiting(some), 0.6781561, 0.1, "D03, share who wait");
    expect_exact(mean_wait(some), 2.107097, 0.3, "D03, mean wait");
}

/// Half a patient a day who stays Weibull(1.5, 180 days), from an empty clinic on: how many are
/// there after so many days (I01: 90), in each of 2,000 replications.
std::vector<int> census_after(Days days) {
    Model model = queue_model(1, 0.5 / 24, Weibull{1.5, 180 * kDay}, days);
    model.clinic.chairs.reset();
    struct Census final : Sink {
        int present = 0;
        using Sink::on;
        void on(const CareEnded& f) override { present += f.because == LeftBecause::end_of_run; }
    };
    std::vector<int> all;
    for (std::uint32_t r = 0; r < 2000; ++r) {
        Census census;
        simulate(model, with_pathway(model, Policy{}), r, census);
        all.push_back(census.present);
    }
    return all;
}

/// Chi-square of a sample against Poisson of this mean, in the classes "at most first", single
/// values, "from last on".
double chi_square_of_poisson(const std::vector<int>& sample, double mean, int first, int last) {
    const boost::math::poisson_distribution<> law{mean};
    const auto n = static_cast<double>(sample.size());
    double sum = 0;
    for (int k = first; k <= last; ++k) {
        const double expected = n * (k == first  ? cdf(law, k)
                                     : k == last ? cdf(complement(law, k - 1))
                                                 : pdf(law, k));
        const auto seen = std::count_if(sample.begin(), sample.end(),
                                        [&](int x) { return std::clamp(x, first, last) == k; });
        sum += (static_cast<double>(seen) - expected) * (static_cast<double>(seen) - expected) /
               expected;
    }
    return sum;
}

TEST(Census, OfUnlimitedChairsIsPoisson) {
    const std::vector<int> present = census_after(Days{90});
    const auto n = static_cast<double>(present.size());
    double sum = 0, squares = 0;
    for (const double x : present) sum += x, squares += x * x;
    constexpr double exact = 39.28285;
    const double variance = (squares - sum * sum / n) / (n - 1);
    EXPECT_NEAR(sum / n, exact, kOneInAMillion * std::sqrt(exact / n));
    EXPECT_NEAR(variance, exact, kOneInAMillion * std::sqrt((2 * exact * exact + exact) / n));
    EXPECT_GT(0.05 * exact, kOneInAMillion * std::sqrt(exact / n)) << "5 % would be seen";
    // 24 degrees of freedom: 72.1 is one in a million
    EXPECT_LT(chi_square_of_poisson(present, exact, 28, 52), 72.1);
    EXPECT_GT(chi_square_of_poisson(present, 1.05 * exact, 28, 52), 72.1) << "5 % would be seen";
}

/// P0 of I01 and I02 is the same law's value at 0, under 1 in 10^17 and never seen. Where it can be
/// seen, it is there: after three days 1.5 patients have come, and e^-1.497 of the clinics are
/// empty.
TEST(Census, OfAYoungClinicIsEmptyAsOftenAsPoissonSays) {
    const std::vector<int> present = census_after(Days{3});
    // arrivals x integral of exp(-(t / 180)^1.5) over 3 days, by its series
    const double t = 3.0 / 180;
    const double mean = 0.5 * 180 * (t - std::pow(t, 2.5) / 2.5 + std::pow(t, 4) / 8);
    const double empty = std::exp(-mean);
    const auto n = static_cast<double>(present.size());
    const auto seen = static_cast<double>(std::count(present.begin(), present.end(), 0)) / n;
    const double bound = kOneInAMillion * std::sqrt(empty * (1 - empty) / n);
    EXPECT_NEAR(seen, empty, bound);
    EXPECT_GT(std::abs(std::exp(-1.3 * mean) - empty), bound) << "a third more would be seen";
    // 5 degrees of freedom: 35.9 is one in a million
    EXPECT_LT(chi_square_of_poisson(present, mean, 0, 5), 35.9);
}

// --- finite source: the loop is closed -----------------------------------------------------------

/// N patients in care who relapse after a Weibull time of mean `well` days and then need a chair
/// for an exponential time of mean `chair` days.
void expect_finite_source(const char* name, std::uint32_t patients, std::uint32_t chairs,
                          double well, double chair, double throughput, double wait,
                          double frac_well, Days horizon) {
    for (const double shape : {0.7, 1.0, 1.5}) {  // only the mean of the well time matters
        RenewalCourse course = weibull_course(1, 1);
        course.relapse = Weibull::of_shape_mean(shape, well * kDay);
        Model model = renewal_model(patients, course, horizon, Days{static_cast<int>(well) * 10});
        model.clinic.chairs = chairs;
        model.clinic.visits[0].first.infusion = model.clinic.visits[0].later.infusion =
            Exponential{chair * kDay};
        const Replications runs{model, with_pathway(model, as_needed()), 50};
        const std::string what = std::string{name} + ", shape " + std::to_string(shape);
        const auto days = static_cast<double>(horizon.count());
        expect_exact(runs.mean([=](const Count& n) { return n.rescues / days; }), throughput, 0.1,
                     what + ", visits a day");
        expect_exact(runs.ratio([](const Count& n) { return n.wait_hours / 24; }, &Count::waits),
                     wait, 0.3, what + ", mean wait");
        expect_exact(runs.ratio(&Count::well, [](const Count& n) { return n.well + n.ill; }),
                     frac_well, 0.03, what + ", share of time well");
        expect_exact(runs.mean([=](const Count& n) { return n.held / days / chairs; }),
                     throughput * chair / chairs, 0.1, what + ", utilisation");
    }
}

TEST(FiniteSource, IsInsensitiveToTheLawOfTheWellTime) {
    expect_finite_source("F01", 10, 1, 20, 1, 0.4620368, 0.6432962, 0.9240737, Days{1500});
    expect_finite_source("F02", 30, 2, 20, 1, 1.384032, 0.6758053, 0.9226877, Days{600});
    expect_finite_source("F04", 200, 4, 40, 0.5, 4.926825, 0.0940933, 0.985365, Days{300});
}

}  // namespace
}  // namespace clinicsim::test
