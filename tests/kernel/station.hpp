// A station with servers and a waiting line, as a program on the kernel that knows no medicine: the
// tests hold it to exact answers of queueing theory.
#pragma once

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

#include "clinicsim/kernel/agenda.hpp"
#include "clinicsim/kernel/servers.hpp"
#include "clinicsim/kernel/waiting_line.hpp"
#include "clinicsim/random/distribution.hpp"

namespace clinicsim {

/// One unit of the models' time. Long, so that rounding to ticks is out of sight.
constexpr double kUnit = 1e9;  // ticks

struct StationPlan {
    std::vector<double> arrival_rates;  // per unit, by class; class 0 is served first
    Distribution service = Exponential{kUnit};
    std::vector<CapacityCalendar::Change> capacity;
    std::size_t most_inside = std::numeric_limits<std::size_t>::max();  // K, those served included
    std::optional<Distribution> patience;
    double warm_up = 0, end = 0;  // units
};

/// What one run counts about those who came after the warm-up and whose wait is over.
struct StationCount {
    struct Class {
        double came = 0, admitted = 0, waited = 0, gave_up = 0;  // people
        double wait = 0;                                         // units, of all who were admitted
        double mean_wait() const { return wait / admitted; }
    };
    std::vector<Class> classes;
    std::size_t inside_at_end = 0;
    std::vector<double> waits;  // in order of service, the warm-up included
    double longest_wait() const { return *std::max_element(waits.begin(), waits.end()); }
};

class Station {
  public:
    Station(const StationPlan& plan, std::uint32_t run)
        : plan_{plan},
          run_{run},
          calendar_{plan.capacity},
          servers_{calendar_.at(kRunStart)},
          line_{std::max<std::size_t>(1, plan.arrival_rates.size())} {
        count_.classes.resize(std::max<std::size_t>(1, plan.arrival_rates.size()));
        for (const double rate : plan.arrival_rates) gaps_.push_back(Exponential{kUnit / rate});
    }

    /// Poisson arrivals of every class.
    StationCount run() {
        for (std::size_t c = 0; c < plan_.arrival_rates.size(); ++c) expect_arrival(c);
        return finish();
    }
    /// Somebody of class 0 at each of these instants (units).
    StationCount run(const std::vector<double>& arrivals) {
        for (const double at : arrivals)
            agenda_.schedule(unit(at), Phase::change, new_person(0, false));
        return finish();
    }

    void handle(const Event& event) {
        const std::uint32_t who = event.payload;
        if (event.phase == Phase::census) {
            servers_.set_capacity(calendar_.at(agenda_.now()));
            expect_capacity();
        } else if (event.phase == Phase::release) {
            servers_.release();
            --inside_;
        } else if (!people_[who].here) {
            arrive(who);
        } else if (people_[who].alarm == event.serial) {
            give_up(who);
        }
        serve();
    }

  private:
    enum : std::uint64_t { kNone = ~std::uint64_t{0} };
    struct Person {
        std::size_t rank;
        bool more;  // the next one of this class is drawn when this one comes
        bool here = false;
        Instant came{};
        std::uint64_t ticket = kNone, alarm = kNone;
    };

    static Instant unit(double units) { return kRunStart + from_ticks(units * kUnit); }
    Duration draw_of(const Distribution& law) {
        Engine engine{{.replication = run_, .index = draws_++}};
        return draw_duration(law, engine);
    }
    std::uint32_t new_person(std::size_t rank, bool more) {
        people_.push_back({rank, more});
        return static_cast<std::uint32_t>(people_.size() - 1);
    }
    void expect_arrival(std::size_t rank) {
        const Instant at = agenda_.now() + draw_of(gaps_[rank]);
        agenda_.schedule(at, Phase::change, new_person(rank, true));
    }
    void expect_capacity() { agenda_.schedule(calendar_.next(agenda_.now()).at, Phase::census, 0); }
    StationCount finish() {
        expect_capacity();
        agenda_.run_until(unit(plan_.end), *this);
        count_.inside_at_end = inside_;
        return std::move(count_);
    }

    bool measured(const Person& p) const { return p.came >= unit(plan_.warm_up); }
    void arrive(std::uint32_t who) {
        if (people_[who].more) expect_arrival(people_[who].rank);
        Person& p = people_[who];
        p.here = true;
        p.came = agenda_.now();
        auto& of_class = count_.classes[p.rank];
        if (measured(p)) ++of_class.came;
        if (inside_ == plan_.most_inside) return;
        ++inside_;
        p.ticket = line_.join(p.rank, who);
        if (plan_.patience)
            p.alarm =
                agenda_.schedule(agenda_.now() + draw_of(*plan_.patience), Phase::change, who);
    }
    void end_wait(Person& p) {
        p.ticket = p.alarm = kNone;
        const double wait = static_cast<double>((agenda_.now() - p.came).count()) / kUnit;
        if (!measured(p)) return;
        auto& of_class = count_.classes[p.rank];
        ++of_class.admitted;
        of_class.waited += wait > 0;
        of_class.wait += wait;
    }
    void give_up(std::uint32_t who) {
        line_.leave();
        --inside_;
        if (measured(people_[who])) ++count_.classes[people_[who].rank].gave_up;
        end_wait(people_[who]);
    }
    void serve() {
        line_.serve([&](const WaitingLine::Entry& entry) {
            Person& p = people_[entry.who];
            if (p.ticket != entry.ticket) return WaitingLine::Turn::stale;
            if (!servers_.any_free()) return WaitingLine::Turn::nobody;
            servers_.seize();
            end_wait(p);
            count_.waits.push_back(static_cast<double>((agenda_.now() - p.came).count()) / kUnit);
            agenda_.schedule(agenda_.now() + draw_of(plan_.service), Phase::release, entry.who);
            return WaitingLine::Turn::taken;
        });
    }

    const StationPlan plan_;
    const std::uint32_t run_;
    const CapacityCalendar calendar_;
    std::vector<Distribution> gaps_;
    Agenda agenda_;
    Servers servers_;
    WaitingLine line_;
    std::vector<Person> people_;
    std::size_t inside_ = 0;
    std::uint64_t draws_ = 0;
    StationCount count_;
};

}  // namespace clinicsim
