// Waiting lines on the kernel against exact answers: to the digit where nothing is random or the
// random numbers are a published generator's, to a z of one in a million where they are ours. The
// time unit is the mean service.
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <ostream>
#include <vector>

#include <gtest/gtest.h>

#include "kernel/station.hpp"

namespace clinicsim {
namespace {

constexpr double kOneInAMillion = 4.8916;

// --- nothing is random ---------------------------------------------------------------------------

StationCount run_regular(std::uint32_t servers, double service, const std::vector<double>& arrivals,
                         std::vector<CapacityCalendar::Change> capacity = {}) {
    StationPlan plan;
    plan.service = Constant{service * kUnit};
    plan.capacity = std::move(capacity);
    if (plan.capacity.empty()) plan.capacity = {{kRunStart, servers}};
    plan.end = 1'000;
    return Station{plan, 0}.run(arrivals);
}

TEST(DDc, SixAtOnceWaitInPairsBehindTwoServers) {  // X01
    const auto count = run_regular(2, 1, {0, 0, 0, 0, 0, 0});
    EXPECT_EQ(count.waits, (std::vector<double>{0, 0, 1, 1, 2, 2}));
    EXPECT_EQ(count.classes[0].mean_wait(), 1);
    EXPECT_EQ(count.longest_wait(), 2);
}

TEST(DDc, ArrivalsFasterThanTwoServersWaitEverLonger) {  // X02
    std::vector<double> arrivals(10);
    std::iota(arrivals.begin(), arrivals.end(), 0.0);
    const auto count = run_regular(2, 3, arrivals);
    EXPECT_EQ(count.waits, (std::vector<double>{0, 0, 1, 1, 2, 2, 3, 3, 4, 4}));
    EXPECT_EQ(count.classes[0].mean_wait(), 2);
    EXPECT_EQ(9 + count.waits.back() + 3, 16) << "the last one leaves at 16";
}

/// Two servers until 3.5, none until 10, then one. Who is in service at 3.5 is finished.
TEST(DDc, ShiftsHoldUpWhoHasNotBegun) {
    const auto at = [](double units) { return kRunStart + from_ticks(units * kUnit); };
    const auto count = run_regular(0, 3, {0, 1, 2, 3, 4}, {{at(0), 2}, {at(3.5), 0}, {at(10), 1}});
    // services begin at 0, 1, 3, 10 and 13; the server who finishes at 4 takes nobody on
    EXPECT_EQ(count.waits, (std::vector<double>{0, 0, 1, 7, 9}));
}

// --- a published generator -----------------------------------------------------------------------

/// The M/M/1 of Law and Kelton, "Simulation Modeling and Analysis", with their generator (stream
/// 1) and their order of draws: their results must come out to the last printed digit.
class LawAndKelton {
  public:
    LawAndKelton(double mean_gap, double mean_service) : gap_{mean_gap}, service_{mean_service} {}

    void run() {
        agenda_.schedule(in(gap_), Phase::change, 0);
        agenda_.run_until(kRunStart + from_ticks(2'000 * kUnit), *this);
    }
    void handle(const Event& event) {
        if (waits_ == 1'000) return;  // it is over
        const double passed = units(agenda_.now() - since_);
        queue_area_ += passed * static_cast<double>(line_.size());
        busy_area_ += passed * server_.busy();
        since_ = agenda_.now();
        if (event.phase == Phase::change) {
            agenda_.schedule(in(gap_), Phase::change, 0);
            line_.push_back(agenda_.now());
        } else {
            server_.release();
        }
        if (line_.empty() || !server_.any_free()) return;
        server_.seize();
        wait_ += units(agenda_.now() - line_.front());
        line_.erase(line_.begin());
        // the last one counted begins no service
        if (++waits_ < 1'000) agenda_.schedule(in(service_), Phase::release, 0);
    }
    double mean_wait() const { return wait_ / waits_; }
    double mean_queue() const { return queue_area_ / end(); }
    double utilisation() const { return busy_area_ / end(); }
    double end() const { return units(since_ - kRunStart); }

  private:
    static double units(Duration d) { return static_cast<double>(d.count()) / kUnit; }
    Instant in(double mean) {
        random_ = random_ * 630'360'016 % 2'147'483'647;
        const double u = static_cast<double>(random_ >> 7 | 1) / 16'777'216.0;
        return agenda_.now() + from_ticks(-mean * std::log(u) * kUnit);
    }

    double gap_, service_;
    std::uint64_t random_ = 1'973'272'912;
    Agenda agenda_;
    Servers server_{1};
    std::vector<Instant> line_;
    Instant since_ = kRunStart;
    double queue_area_ = 0, busy_area_ = 0, wait_ = 0;
    int waits_ = 0;
};

TEST(LawAndKeltonsMM1, GivesTheirPrintedResults) {  // figure 1.37
    LawAndKelton model{1.0, 0.5};
    model.run();
    EXPECT_NEAR(model.mean_wait(), 0.42999, 5e-6);
    EXPECT_NEAR(model.mean_queue(), 0.41831, 5e-6);
    EXPECT_NEAR(model.utilisation(), 0.46005, 5e-6);
    EXPECT_NEAR(model.end(), 1027.9150, 5e-5);
}

TEST(LawAndKeltonsMM1, GivesTheirPrintedResultsNearSaturation) {  // page 61
    LawAndKelton model{0.505, 0.5};
    model.run();
    EXPECT_NEAR(model.mean_wait(), 17.40367, 5e-6);
    EXPECT_NEAR(model.mean_queue(), 34.83109, 5e-6);
    EXPECT_NEAR(model.utilisation(), 0.99698, 5e-6);
    EXPECT_NEAR(model.end(), 504.065, 5e-4);
}

// --- our random numbers --------------------------------------------------------------------------

/// A mean over independent runs with its standard error.
struct Estimate {
    double mean, se;
    bool agrees_with(double exact) const { return std::abs(mean - exact) < kOneInAMillion * se; }
};
std::ostream& operator<<(std::ostream& out, const Estimate& e) {
    return out << e.mean << " +- " << e.se;
}

using Number = std::function<double(const StationCount&)>;

std::vector<Estimate> over_runs(const StationPlan& plan, std::uint32_t runs,
                                const std::vector<Number>& numbers) {
    std::vector<double> sum(numbers.size()), squares(numbers.size());
    for (std::uint32_t run = 0; run < runs; ++run) {
        const StationCount count = Station{plan, run}.run();
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            const double x = numbers[i](count);
            sum[i] += x;
            squares[i] += x * x;
        }
    }
    std::vector<Estimate> found;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const double mean = sum[i] / runs;
        found.push_back({mean, std::sqrt((squares[i] / runs - mean * mean) / (runs - 1))});
    }
    return found;
}

StationPlan poisson(std::uint32_t servers, std::vector<double> rates) {
    StationPlan plan;
    plan.arrival_rates = std::move(rates);
    plan.capacity = {{kRunStart, servers}};
    plan.warm_up = 100;
    plan.end = 2'100;
    return plan;
}
constexpr std::uint32_t kRuns = 100;

/// `exact` must be met, and what is `off` by that share must not: the check has power.
void expect(const Estimate& found, double exact, double off) {
    EXPECT_TRUE(found.agrees_with(exact)) << found << ", exact " << exact;
    EXPECT_FALSE(found.agrees_with(exact * (1 + off))) << found << " tells nothing apart";
    EXPECT_FALSE(found.agrees_with(exact * (1 - off))) << found << " tells nothing apart";
}

double mean_wait(const StationCount& count) { return count.classes[0].mean_wait(); }
double share_waiting(const StationCount& count) {
    return count.classes[0].waited / count.classes[0].admitted;
}
double share_blocked(const StationCount& count) {
    return 1 - count.classes[0].admitted / count.classes[0].came;
}
double share_giving_up(const StationCount& count) {
    return count.classes[0].gave_up / count.classes[0].came;
}

TEST(MMc, WaitsAsErlangSays) {
    const auto two = over_runs(poisson(2, {1}), kRuns, {mean_wait, share_waiting});  // Q04
    expect(two[0], 0.3333333333333333, 0.25);
    expect(two[1], 0.3333333333333333, 0.1);
    const auto four = over_runs(poisson(4, {3.2}), kRuns, {mean_wait, share_waiting});  // Q08
    expect(four[0], 0.7455405897342555, 0.25);
    expect(four[1], 0.5964324717874044, 0.1);
}

TEST(MMcK, TurnsAwayWhoFindsItFull) {  // K03
    StationPlan plan = poisson(4, {3.8});
    plan.most_inside = 8;
    const auto found = over_runs(plan, kRuns, {share_blocked, mean_wait, share_waiting});
    expect(found[0], 0.11701802223911573, 0.1);
    expect(found[1], 0.36759600599588216, 0.1);
    expect(found[2], 0.6036229867185895, 0.05);
}

TEST(MMcPlusM, LosesWhoHasNoPatience) {
    // the wait of everybody, who gives up included
    struct Case {
        std::uint32_t servers;
        double rate, mean_patience, giving_up, wait, waiting, off;
    };
    for (const Case& c :
         {Case{2, 1.6, 2, 0.1623298760053499, 0.3246597520106998, 0.5235299210604846, 0.1},
          Case{4, 5, 1, 0.28736871275480824, 0.28736871275480824, 0.7349740847026383, 0.05},
          Case{8, 7.6, 10, 0.05034522850335219, 0.5034522850335219, 0.6951066785107148, 0.15}}) {
        StationPlan plan = poisson(c.servers, {c.rate});
        plan.patience = Exponential{c.mean_patience * kUnit};
        const auto found = over_runs(plan, 40, {share_giving_up, mean_wait, share_waiting});
        expect(found[0], c.giving_up, c.off);
        expect(found[1], c.wait, c.off);
        expect(found[2], c.waiting, c.off);
    }
}

/// Two classes, served in this order. Whoever is served first, the mean wait of all is that of one
/// class with all arrivals: the work in the house does not depend on the order.
void expect_priority(std::uint32_t servers, double first, double second, double wait_first,
                     double wait_second, double wait_of_all, double off) {
    const auto wait_of = [](std::size_t rank) -> Number {
        return [rank](const StationCount& count) { return count.classes[rank].mean_wait(); };
    };
    const Number of_all = [](const StationCount& count) {
        const auto &a = count.classes[0], &b = count.classes[1];
        return (a.wait + b.wait) / (a.admitted + b.admitted);
    };
    const auto found =
        over_runs(poisson(servers, {first, second}), kRuns, {wait_of(0), wait_of(1), of_all});
    expect(found[0], wait_first, off);
    expect(found[1], wait_second, 2.5 * off);
    expect(found[2], wait_of_all, 2.5 * off);
    expect(over_runs(poisson(servers, {first + second}), kRuns, {mean_wait})[0], wait_of_all,
           2.5 * off);
}

TEST(PriorityMMc, ServesTheFirstClassFirstWithoutInterruption) {
    expect_priority(1, 0.2, 0.6, 1.0, 5.0, 4.0, 0.15);  // P01
    expect_priority(4, 1, 2.4, 0.2297720738937262, 1.5318138259581746, 1.148860369468631,
                    0.15);  // P02
}

/// Two servers in [0, 5), one in [5, 10); who is being served at 5 is finished, so that for a while
/// two may be busy where one is meant to be. The mean number inside at 10 follows from the balance
/// equations of the number inside, integrated by Runge and Kutta's fourth-order rule: before 5 it
/// falls by min(n, 2); from 5 on by 2 until the first of the two leaves, then by min(n, 1).
double exact_inside_at_ten(double rate) {
    constexpr std::size_t kMost = 80;
    using Chain = std::array<std::vector<double>, 2>;  // [1]: two are busy in the second shift
    const auto change = [&](const Chain& p, bool second) {
        Chain d{std::vector<double>(kMost), std::vector<double>(kMost)};
        for (std::size_t over = 0; over < 2; ++over)
            for (std::size_t n = 0; n < kMost; ++n) {
                const double busy =
                    over == 1 ? 2 : static_cast<double>(std::min<std::size_t>(n, second ? 1 : 2));
                if (n + 1 < kMost) {
                    d[over][n] -= rate * p[over][n];
                    d[over][n + 1] += rate * p[over][n];
                }
                if (n > 0) {
                    d[over][n] -= busy * p[over][n];
                    d[0][n - 1] += busy * p[over][n];
                }
            }
        return d;
    };
    const auto plus = [](Chain p, const Chain& d, double h) {
        for (std::size_t over = 0; over < 2; ++over)
            for (std::size_t n = 0; n < kMost; ++n) p[over][n] += h * d[over][n];
        return p;
    };
    Chain p{std::vector<double>(kMost), std::vector<double>(kMost)};
    p[0][0] = 1;
    constexpr int kSteps = 2'000;
    constexpr double h = 10.0 / kSteps;
    for (int step = 0; step < kSteps; ++step) {
        const bool second = step >= kSteps / 2;
        if (step == kSteps / 2)
            for (std::size_t n = 2; n < kMost; ++n) std::swap(p[0][n], p[1][n]);
        const Chain a = change(p, second), b = change(plus(p, a, h / 2), second),
                    c = change(plus(p, b, h / 2), second), d = change(plus(p, c, h), second);
        p = plus(plus(plus(plus(p, a, h / 6), b, h / 3), c, h / 3), d, h / 6);
    }
    double inside = 0;
    for (std::size_t n = 1; n < kMost; ++n) inside += static_cast<double>(n) * (p[0][n] + p[1][n]);
    return inside;
}

TEST(MMcWithShifts, HasInsideWhatTheBalanceEquationsSay) {
    StationPlan plan = poisson(2, {1.5});
    plan.capacity.push_back({kRunStart + from_ticks(5 * kUnit), 1});
    plan.warm_up = 0;
    plan.end = 10;
    const std::vector<Number> inside{
        [](const StationCount& count) { return static_cast<double>(count.inside_at_end); }};
    const double exact = exact_inside_at_ten(1.5);
    expect(over_runs(plan, 20'000, inside)[0], exact, 0.1);
    plan.capacity.pop_back();
    EXPECT_FALSE(over_runs(plan, 20'000, inside)[0].agrees_with(exact)) << "without shifts";
}

}  // namespace
}  // namespace clinicsim
