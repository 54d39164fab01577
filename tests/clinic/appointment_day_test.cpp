// A day of appointments (S01, S02, S04, S06, after Kaandorp & Koole 2007): exponential visits of
// one hour, who comes at which slot, and when the last one leaves. Exact values by the Markov chain
// of the number inside.
#include <random>

#include "replicated.hpp"

namespace clinicsim::test {
namespace {

constexpr double kHour = kDay / 24;

/// Hours.
struct Day final : Sink {
    double waits = 0, last_wait = 0, served = 0, ends = 0;
    using Sink::on;
    void on(const VisitStarted& f) override {
        last_wait = in_hours(f.at - f.wanted);  // first come, first served: the last one to start
        waits += last_wait;
    }
    void on(const ChairHeld& f) override {
        served += in_hours(f.to - f.from);
        ends = std::max(ends, in_hours(f.to - kRunStart));
    }
};

struct Exact {
    const char* name;
    std::uint32_t chairs;
    double no_show;
    std::vector<double> slots;  // hours
    double mean_wait, wait_last, makespan, sum_wait, idle;
};

std::vector<double> slots(int at_once, int all, double every) {
    std::vector<double> times(static_cast<std::size_t>(at_once), 0.0);
    for (int i = 1; static_cast<int>(times.size()) < all; ++i) times.push_back(i * every);
    return times;
}

void expect_day(const Exact& day) {
    Model model = queue_model(day.chairs, 1, Exponential{kHour}, Days{10});
    std::mt19937_64 bits{20260105};
    std::bernoulli_distribution stays_away{day.no_show};
    Ratio wait, last, makespan, sum, idle;
    const auto add = [](Ratio& ratio, double top, double bottom) {
        ratio.top.push_back(top);
        ratio.bottom.push_back(bottom);
    };
    for (std::uint32_t r = 0; r < 4000; ++r) {
        ListedArrivals shown;
        bool last_shown = false;
        for (const double slot : day.slots) {
            last_shown = !stays_away(bits);
            if (last_shown) shown.at.push_back(kRunStart + from_ticks(slot * kHour));
        }
        const auto shows = static_cast<double>(shown.at.size());
        model.patients.arrivals = std::move(shown);
        Day seen;
        simulate(model, with_pathway(model, Policy{}), r, seen);
        const double end = std::max(seen.ends, day.slots.back());
        add(wait, seen.waits, shows);
        add(last, last_shown ? seen.last_wait : 0, last_shown);
        add(makespan, end, 1);
        add(sum, seen.waits, 1);
        add(idle, day.chairs * end - seen.served, 1);
    }
    const std::string name = day.name;
    expect_exact(wait, day.mean_wait, 0.1, name + ", mean wait");
    expect_exact(last, day.wait_last, 0.15, name + ", wait of the last");
    expect_exact(makespan, day.makespan, 0.02, name + ", makespan");
    expect_exact(sum, day.sum_wait, 0.1, name + ", sum of waits");
    expect_exact(idle, day.idle, 0.15, name + ", idle");
}

TEST(AppointmentDay, HasTheExactWaitsMakespanAndIdleTime) {
    expect_day({"S01", 1, 0, slots(1, 10, 1), 1.0594539500760392, 1.8143940925635087,
                11.814394092563509, 10.594539500760392, 1.814394092563509});
    expect_day({"S02", 1, 0, slots(2, 10, 1), 1.3712179899675707, 2.040787414588863,
                11.040787414588863, 13.712179899675707, 1.0407874145888627});
    expect_day({"S06", 4, 0, slots(4, 20, 0.25), 0.26679415814660135, 0.5252257365784133,
                6.551433761172467, 5.335883162932027, 6.205735044689867});
}

TEST(AppointmentDay, WithNoShowsWaitsLessAndIdlesMore) {
    expect_day({"S04", 1, 0.1, slots(1, 10, 1), 0.8816927633709009, 1.4549265569625474,
                11.354926556962548, 7.935234870338108, 2.354926556962548});
}

}  // namespace
}  // namespace clinicsim::test
