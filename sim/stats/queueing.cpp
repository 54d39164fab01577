#include "clinicsim/stats/queueing.hpp"

#include <algorithm>
#include <cmath>

#include "clinicsim/base/check.hpp"

namespace clinicsim {

double erlang_b(int servers, double load) {
    CLINICSIM_CHECK(servers >= 0 && load >= 0, "servers and load are not negative");
    double lost = 1;  // with the recursion over servers no factorial can overflow
    for (int n = 1; n <= servers; ++n) lost = load * lost / (n + load * lost);
    return lost;
}

double erlang_c(int servers, double load) {
    CLINICSIM_CHECK(servers >= 1, "somebody serves");
    if (load >= servers) return 1;
    const double lost = erlang_b(servers, load);
    return lost / (1 - load / servers * (1 - lost));
}

std::optional<Mmc> Mmc::make(int servers, double arrival_rate, double service_rate) {
    CLINICSIM_CHECK(arrival_rate >= 0 && service_rate > 0, "rates");
    const double slack = servers * service_rate - arrival_rate;
    if (slack <= 0) return std::nullopt;
    return Mmc{erlang_c(servers, arrival_rate / service_rate), slack, arrival_rate};
}

double Mmc::share_waiting_longer(double t) const {
    CLINICSIM_CHECK(t >= 0, "a wait is not negative");
    return waiting_ * std::exp(-slack_ * t);
}

double Mmc::wait_quantile(double p) const {
    CLINICSIM_CHECK(p >= 0 && p < 1, "a quantile's share lies in [0, 1)");
    return waiting_ > 1 - p ? std::log(waiting_ / (1 - p)) / slack_ : 0;
}

std::optional<double> allen_cunneen_wait(int servers, double arrival_rate, double service_rate,
                                         double arrival_variation, double service_variation) {
    CLINICSIM_CHECK(arrival_variation >= 0 && service_variation >= 0, "they are squares");
    const auto exponential = Mmc::make(servers, arrival_rate, service_rate);
    if (!exponential) return std::nullopt;
    return exponential->mean_wait() * (arrival_variation + service_variation) / 2;
}

double square_root_factor(double waiting) {
    CLINICSIM_CHECK(waiting > 0 && waiting < 1, "a share inside (0, 1)");
    const auto share = [](double beta) {
        // Phi(beta) / phi(beta); for any beta that can matter nothing overflows
        const double mills = std::erfc(-beta / std::sqrt(2.0)) / 2 *
                             std::sqrt(2 * std::acos(-1.0)) * std::exp(beta * beta / 2);
        return 1 / (1 + beta * mills);
    };
    double low = 0, high = 1;
    while (share(high) > waiting) high *= 2;
    while (high - low > 1e-12 * high) {
        const double middle = low + (high - low) / 2;
        (share(middle) > waiting ? low : high) = middle;
    }
    return high;
}

int square_root_staffing(double load, double waiting) {
    CLINICSIM_CHECK(load >= 0, "a load is not negative");
    return std::max(
        1, static_cast<int>(std::ceil(load + square_root_factor(waiting) * std::sqrt(load))));
}

int servers_for_waiting(double load, double waiting) {
    CLINICSIM_CHECK(load >= 0 && waiting > 0 && waiting < 1, "a load and a share inside (0, 1)");
    int servers = static_cast<int>(std::floor(load)) + 1;
    while (erlang_c(servers, load) > waiting) ++servers;
    return servers;
}

}  // namespace clinicsim
