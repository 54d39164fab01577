// When new patients are referred. The gap before the n-th arrival is drawn at patient n, so that a
// patient more, or another policy, moves nobody's arrival.
#pragma once

#include <cstdint>

#include "clinicsim/base/dates.hpp"
#include "clinicsim/care/patients.hpp"

namespace clinicsim {

class ArrivalSource {
  public:
    ArrivalSource(const Arrivals& arrivals, const Dates& dates, std::uint64_t seed,
                  std::uint32_t replication);

    /// The instant of the next arrival (patients 0, 1, 2, … in order); kNever when there is none.
    Instant next();

  private:
    Instant next_poisson(const PoissonArrivals& poisson);

    const Arrivals& arrivals_;
    std::uint64_t seed_;
    std::uint32_t replication_;
    std::uint32_t patient_ = 0;
    double mass_ = 0;  // of the intensity, up to the last arrival (growth or season)
    double last_ = 0;  // the last arrival, in ticks before rounding
    double peak_ = 0;  // ticks from the start to the season's first peak
};

/// Expected arrivals in the first `ticks` of the run: the integral of the intensity. Exact.
double expected_arrivals(const PoissonArrivals& poisson, double peak_ticks, double ticks);

}  // namespace clinicsim
