// A waiting line with one server, whole, on the kernel: Poisson arrivals at 0.8 of the server's
// speed, exponential services of one hour. Ends with 0 if it finds the exact mean wait, 4 hours.
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
    std::uint64_t draws = 0;

    Instant in(double mean_hours) {
        Engine engine{{.seed = 1, .index = draws++}};
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
};

int main() {
    Queue queue;
    queue.agenda.schedule(queue.in(1 / 0.8), Phase::change, 0);
    queue.agenda.run_until(kRunStart + Days{50'000}, queue);
    const auto n = static_cast<double>(queue.gone);
    // the variance of a mean of n waits is 1976 / n (Daley 1968)
    return std::abs(in_hours(queue.waited) / n - 4) < 4.8916 * std::sqrt(1976 / n) ? 0 : 1;
}
