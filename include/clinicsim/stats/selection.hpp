// Which of several configurations is best, with a stated confidence: ranking and selection. The
// promise is P(the best is chosen) >= 1 - alpha whenever the best is at least the indifference zone
// ahead of every other; where several are closer than that, one of those is chosen as often.
// Observations are means over a replication, taken as normal and independent between replications.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace clinicsim {

/// What is agreed on before the first replication.
struct SelectionPlan {
    std::size_t configurations = 2;  // k >= 2
    std::size_t first_stage = 10;    // n0 >= 2 replications before anything is judged
    double alpha = 0.05;             // in (0, 1 - 1/k): chance of a wrong choice
    double indifference = 0;         // > 0, in the unit of the observations: less is the same
    bool smaller_is_better = false;
};

struct KimNelsonConstants {
    double eta, h_squared;
};
/// eta = ((2 alpha / (k - 1))^(-2 / (n0 - 1)) - 1) / 2, h^2 = 2 eta (n0 - 1).
KimNelsonConstants kim_nelson_constants(std::size_t configurations, std::size_t first_stage,
                                        double alpha);

/// The fully sequential procedure KN of Kim & Nelson (2001), with c = 1: after every replication
/// the configurations that are clearly behind are dropped. Made for common random numbers: the more
/// alike configurations answer to the same patients, the sooner it ends.
class KimNelson {
  public:
    explicit KimNelson(const SelectionPlan& plan);

    /// One more replication: an observation of each configuration, by its number. Those of dropped
    /// configurations are not looked at and need not be simulated. Nothing may be added once there
    /// is a winner.
    void add(std::span<const double> replication);

    std::uint64_t replications() const { return count_; }
    /// In order of number.
    const std::vector<std::size_t>& survivors() const { return survivors_; }
    /// The one that is left; of several exactly alike the first.
    std::optional<std::size_t> winner() const {
        return survivors_.size() == 1 ? std::optional{survivors_.front()} : std::nullopt;
    }
    /// There is a winner by then at the latest. Nothing before the first stage is over.
    std::optional<std::uint64_t> most_replications() const;

  private:
    struct Configuration {
        double first = 0;  // observation: what sums count from, so that large values cost no digits
        double sum = 0;    // of observation - first
        std::vector<double> first_stage;
    };
    double mean_difference(std::size_t i, std::size_t l) const;
    double variance_of_difference(std::size_t i, std::size_t l) const;
    void end_first_stage();
    void drop_who_is_behind();

    SelectionPlan plan_;
    double h_squared_;
    std::uint64_t count_ = 0;
    std::vector<Configuration> configurations_;
    std::vector<double> enough_;  // [i * k + l]: h^2 S^2 / delta^2 of the difference of i and l
    std::vector<std::size_t> survivors_;
};

/// Rinott's constant h (1978) for `probability` in (1/k, 1) of a correct choice, k >= 2, n0 >= 2:
/// the root of E[E[Phi(h / sqrt((n0 - 1) (1/X + 1/Y))) | Y]^(k - 1)], X and Y chi-square with
/// n0 - 1 degrees of freedom; to 9 digits.
double rinott_constant(std::size_t configurations, std::size_t first_stage, double probability);

/// Replications that Rinott's two-stage procedure takes in all of a configuration whose first stage
/// of n0 had this variance (divided by n0 - 1, >= 0): max(n0, h^2 variance / indifference^2 rounded
/// up). Then the one with the best mean of all its replications is chosen. For configurations
/// simulated independently of each other, not for common random numbers.
std::uint64_t rinott_replications(double h, std::size_t first_stage, double variance,
                                  double indifference);

}  // namespace clinicsim
