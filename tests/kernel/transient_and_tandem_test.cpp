// What no scenario can express, as programs on the kernel: the waits of the first customers of an
// empty M/M/1 (N01, N03), and three stations in a row (T01, T02, Jackson 1957). Exact values from
// the reference cases; a correct kernel fails a check once in a million.
#include <array>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "kernel/station.hpp"

namespace clinicsim {
namespace {

constexpr double kOneInAMillion = 4.8916;

/// Mean over independent runs, checked against `exact`, and against what is off by `off` of it.
struct Mean {
    double sum = 0, squares = 0, n = 0;
    void add(double x) { sum += x, squares += x * x, ++n; }
    double mean() const { return sum / n; }
    double se() const { return std::sqrt((squares / n - mean() * mean()) / (n - 1)); }
    void expect(double exact, double off) const {
        EXPECT_LT(std::abs(mean() - exact), kOneInAMillion * se()) << mean() << " +- " << se();
        EXPECT_GT(std::abs(mean() - exact * (1 + off)), kOneInAMillion * se()) << "no power";
        EXPECT_GT(std::abs(mean() - exact * (1 - off)), kOneInAMillion * se()) << "no power";
    }
};

struct FirstWaits {
    Mean tenth, last, all;
};
/// The first `people` customers of an M/M/1 that begins empty; by `end` that many were served.
FirstWaits first_waits(double rate, std::size_t people, double end, std::uint32_t runs) {
    StationPlan plan;
    plan.arrival_rates = {rate};
    plan.capacity = {{kRunStart, 1}};
    plan.end = end;
    FirstWaits found;
    for (std::uint32_t run = 0; run < runs; ++run) {
        const StationCount count = Station{plan, run}.run();
        if (count.waits.size() < people) {
            ADD_FAILURE() << "only " << count.waits.size() << " were served";
            break;
        }
        found.tenth.add(count.waits[9]);
        found.last.add(count.waits[people - 1]);
        found.all.add(std::accumulate(count.waits.begin(),
                                      count.waits.begin() + static_cast<std::ptrdiff_t>(people),
                                      0.0) /
                      static_cast<double>(people));
    }
    return found;
}

TEST(MM1FromEmpty, TheFirstFiftyWaitLessThanInTheLongRun) {  // N01
    const FirstWaits found = first_waits(0.5, 50, 220, 20'000);
    found.tenth.expect(0.9071616318155029, 0.08);
    found.last.expect(0.9998372424293284, 0.08);
    found.all.expect(0.9200217726066693, 0.05);
}

TEST(MM1FromEmpty, NearSaturationTwoHundredAreFarFromTheLongRun) {  // N03: there it is 19
    const FirstWaits found = first_waits(0.95, 200, 340, 4'000);
    found.tenth.expect(2.3606481701849424, 0.12);
    found.last.expect(10.808925830033449, 0.12);
    found.all.expect(7.577754341384089, 0.1);
}

/// Poisson arrivals go through three stations, each with exponential service.
class Tandem {
  public:
    static constexpr double kWarmUp = 500, kEnd = 4'500;  // units

    Tandem(double rate, std::uint32_t run) : gap_{1 / rate}, run_{run} {}

    /// Mean time at each station, waiting and service, of who came to it after the warm-up.
    std::array<double, 3> run() {
        agenda_.schedule(agenda_.now() + draw(gap_), Phase::change, 0);
        agenda_.run_until(kRunStart + from_ticks(kEnd * kUnit), *this);
        std::array<double, 3> means{};
        for (std::size_t s = 0; s < 3; ++s) means[s] = stations_[s].time / stations_[s].people;
        return means;
    }

    void handle(const Event& event) {
        if (event.phase == Phase::change) {
            agenda_.schedule(agenda_.now() + draw(gap_), Phase::change, 0);
            came_.push_back({});
            come(0, static_cast<std::uint32_t>(came_.size() - 1));
            return;
        }
        const std::size_t at = event.payload % 3;
        const std::uint32_t who = event.payload / 3;
        Station& station = stations_[at];
        station.servers.release();
        if (const Instant came = came_[who]; came >= kRunStart + from_ticks(kWarmUp * kUnit)) {
            station.time += static_cast<double>((agenda_.now() - came).count()) / kUnit;
            ++station.people;
        }
        if (at < 2) come(at + 1, who);
        serve(at);
    }

  private:
    struct Station {
        Servers servers;
        double mean_service;  // units
        WaitingLine line{};
        double time = 0, people = 0;
    };

    Duration draw(double mean) {
        Engine engine{{.replication = run_, .index = draws_++}};
        const Distribution law = Exponential{mean * kUnit};
        return draw_duration(law, engine);
    }
    void come(std::size_t at, std::uint32_t who) {
        came_[who] = agenda_.now();
        stations_[at].line.join(0, who);
        serve(at);
    }
    void serve(std::size_t at) {
        Station& station = stations_[at];
        station.line.serve([&](const WaitingLine::Entry& entry) {
            if (!station.servers.any_free()) return WaitingLine::Turn::nobody;
            station.servers.seize();
            agenda_.schedule(agenda_.now() + draw(station.mean_service), Phase::release,
                             entry.who * 3 + static_cast<std::uint32_t>(at));
            return WaitingLine::Turn::taken;
        });
    }

    const double gap_;  // units, mean
    const std::uint32_t run_;
    Agenda agenda_;
    std::array<Station, 3> stations_{Station{Servers{1}, 1 / 4.0}, Station{Servers{4}, 1 / 0.5},
                                     Station{Servers{1}, 1 / 3.0}};
    std::vector<Instant> came_;  // to the present station
    std::uint64_t draws_ = 0;
};

struct Sojourns {
    std::array<Mean, 3> at;
    Mean total;
};
Sojourns sojourns(double rate, std::uint32_t runs) {
    Sojourns found;
    for (std::uint32_t run = 0; run < runs; ++run) {
        const auto means = Tandem{rate, run}.run();
        for (std::size_t s = 0; s < 3; ++s) found.at[s].add(means[s]);
        found.total.add(means[0] + means[1] + means[2]);
    }
    return found;
}

TEST(Tandem, EachStationIsAsIfItStoodAlone) {  // T01
    const Sojourns found = sojourns(1.6, 60);
    found.at[0].expect(0.4166666666666667, 0.05);
    found.at[1].expect(3.491081179468511, 0.15);
    found.at[2].expect(0.7142857142857143, 0.05);
    found.total.expect(4.622033560420892, 0.12);
}

TEST(Tandem, NearSaturationTheMiddleStationHoldsNearlyAll) {  // T02
    const Sojourns found = sojourns(1.9, 50);
    found.at[0].expect(0.47619047619047616, 0.05);
    found.at[1].expect(10.914189951776736, 0.35);
    found.at[2].expect(0.9090909090909091, 0.05);
    found.total.expect(12.299471337058122, 0.3);
}

}  // namespace
}  // namespace clinicsim
