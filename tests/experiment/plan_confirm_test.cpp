// Claims on the very bound, where a test errs as often as it may.
#include "../../sim/experiment/plan_confirm.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <gtest/gtest.h>

#include "plan_made_up.hpp"

namespace clinicsim::planning {
namespace {

struct Bench {
    explicit Bench(const Scenario& scenario, const Simulate& simulate_one)
        : runs{scenario, read_chairs(scenario),
               [&scenario](std::size_t choice) {
                   return std::vector<Override>{
                       {"clinic.chairs", scenario.plan->vary[0].values[choice]}};
               },
               options, simulate_one} {
        asked.name = "a";
        asked.targets = scenario.plan->targets;
        asked.metrics = {metric_index("wait_days_rescue.mean").value()};
        runs.set_budget(10'000);
        runs.run({{2, 0, 10}, {3, 0, 10}, {4, 0, 10}});  // what the search saw
    }
    PlanOptions options{.threads = 1};
    PlanRuns runs;
    Asked asked;
};

/// How many of 500 pairs of claims, both false by a hair, have one that is confirmed: that 4 chairs
/// meet 40 days, and that 5 miss them; `off` days away from the bound.
int falsely_confirmed(double alpha, double off) {
    int count = 0;
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        const Scenario scenario = plan_scenario(5000 + seed);
        const Simulate simulate_one = simulate_truth(
            {[off](const auto&, std::uint32_t chairs) {
                 return chairs == 4 ? 40.001 - off : chairs == 5 ? 39.999 + off : 1.0;
             },
             4});
        Bench bench{scenario, simulate_one};
        std::vector<Claim> claims{{&bench.asked, 3}, {&bench.asked, 4, Side{0, true}}};
        EXPECT_TRUE(confirm(bench.runs, claims, alpha));
        count += claims[0].confirmed || claims[1].confirmed;
    }
    return count;
}

TEST(PlanConfirm, ErrsNoMoreOftenThanItMay) {
    constexpr double kAlpha = 0.2;
    const int errors = falsely_confirmed(kAlpha, 0);
    // P(as many or more) is one in a million where each pair errs with probability alpha
    const boost::math::binomial_distribution<double> law{500, kAlpha};
    EXPECT_LE(errors, quantile(complement(law, 1e-6)));
    // and it is no test that never confirms anything
    EXPECT_GT(errors, 10);
    // the check can fail: two standard errors inside the bound, the claims are mostly confirmed
    EXPECT_GT(falsely_confirmed(kAlpha, 3), quantile(complement(law, 1e-6)));
}

TEST(PlanConfirm, LeavesClaimsUnconfirmedThatTheBudgetCannotPay) {
    const Scenario scenario = plan_scenario();
    const Simulate simulate_one =
        simulate_truth({[](const auto&, std::uint32_t chairs) { return 75.0 - 10.0 * chairs; }, 1});
    Bench bench{scenario, simulate_one};
    bench.runs.set_budget(bench.runs.done() + 15);
    std::vector<Claim> claims{{&bench.asked, 3}, {&bench.asked, 2, Side{0, true}}};
    EXPECT_TRUE(confirm(bench.runs, claims, 0.05));
    EXPECT_TRUE(claims[0].confirmed);
    EXPECT_FALSE(claims[1].confirmed);
    EXPECT_EQ(claims[1].replications, 0u);
    EXPECT_LE(bench.runs.done(), 45u);
}

}  // namespace
}  // namespace clinicsim::planning
