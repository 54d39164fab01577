// A waiting line with one server, whole, on the kernel: Poisson arrivals at 0.8 of the server's
// speed, exponential services of one hour. Ends with 0 if 40 runs find the exact mean wait, 4
// hours.
#include <cmath>
#include <vector>

#include "clinicsim/kernel/agenda.hpp"
#include "clinicsim/random/distribution.hpp"

using namespace clinicsim;

struct Queue {
    Agenda agenda;
    std::vector<Instant> came;  // customer by customer
    std::size_t gone = 0;
    Duration waited{0};
    Address draws;

    Instant in(double mean_hours) {
        Engine engine{{.replication = draws.replication, .index = draws.index++}};
        return agenda.now() + draw_duration(Exponential{mean_hours * 3'600'000}, engine);
    }
    void serve_next() {
        waited += agenda.now() - came[gone];
        agenda.schedule(in(1), Phase::release, 0);
    }
    void handle(const Event& event) {
        if (event.phase == Phase::change) {  // somebody arrives
            came.push_back(agenda.now());
            agenda.schedule(in(1 / 0.8), Phase::change, 0);
            if (came.size() == gone + 1) serve_next();
        } else if (++gone < came.size()) {
            serve_next();
        }
    }
    double mean_wait(std::uint32_t run) {
        draws.replication = run;
        agenda.schedule(in(1 / 0.8), Phase::change, 0);
        agenda.run_until(kRunStart + Days{1'000}, *this);
        return in_hours(waited) / static_cast<double>(gone);
    }
};

int main() {
    double sum = 0, squares = 0;
    for (std::uint32_t run = 0; run < 40; ++run) {
        const double wait = Queue{}.mean_wait(run);
        sum += wait / 40, squares += wait * wait / 40;
    }
    return std::abs(sum - 4) < 4.8916 * std::sqrt((squares - sum * sum) / 39) ? 0 : 1;
}
