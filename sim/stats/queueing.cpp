#include "clinicsim/stats/queueing.hpp"

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

}  // namespace clinicsim
