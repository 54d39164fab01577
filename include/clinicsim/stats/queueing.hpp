// Exact answers for waiting lines with Poisson arrivals: what a simulation is compared with, and a
// first answer before simulating (Erlang 1917; formulas as in Cooper 1981).
#pragma once

#include <optional>

namespace clinicsim {

/// Share of arrivals lost when nobody can wait (M/G/c/c, any service law). `servers` >= 0; `load` =
/// arrival rate x mean service >= 0.
double erlang_b(int servers, double load);

/// Share of arrivals that wait in M/M/c; 1 where the load is `servers` (>= 1) or more.
double erlang_c(int servers, double load);

/// M/M/c in the long run, first come first served. Times in the unit of the rates.
class Mmc {
  public:
    /// Nothing where the line grows without end: arrival_rate >= servers x service_rate.
    static std::optional<Mmc> make(int servers, double arrival_rate, double service_rate);

    double share_waiting() const { return waiting_; }
    double utilisation() const { return arrivals_ / (slack_ + arrivals_); }
    double mean_wait() const { return waiting_ / slack_; }
    double mean_line() const { return arrivals_ * mean_wait(); }  // persons waiting
    /// P(wait > t), t >= 0.
    double share_waiting_longer(double t) const;
    /// Wait that the share p in [0, 1) does not exceed; 0 where that many do not wait.
    double wait_quantile(double p) const;

  private:
    Mmc(double waiting, double slack, double arrivals)
        : waiting_{waiting}, slack_{slack}, arrivals_{arrivals} {}
    double waiting_;   // share
    double slack_;     // servers x service rate - arrival rate
    double arrivals_;  // rate
};

/// Mean wait in G/G/c by Allen and Cunneen (1978): M/M/c's, times the mean of the squared
/// coefficients of variation of the times between arrivals and of the service. An approximation,
/// exact for M/M/c; nothing where the line grows without end.
std::optional<double> allen_cunneen_wait(int servers, double arrival_rate, double service_rate,
                                         double arrival_variation, double service_variation);

/// The beta of Halfin and Whitt (1981) at which a share `waiting` in (0, 1) of arrivals waits in
/// many servers: the root of 1 / (1 + beta Phi(beta) / phi(beta)).
double square_root_factor(double waiting);
/// Square-root staffing: load + beta sqrt(load), rounded up; at least 1. load >= 0.
int square_root_staffing(double load, double waiting);
/// The fewest servers of M/M/c with which at most this share in (0, 1) waits, exactly.
int servers_for_waiting(double load, double waiting);

}  // namespace clinicsim
