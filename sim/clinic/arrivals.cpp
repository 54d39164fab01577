#include "clinicsim/clinic/arrivals.hpp"

#include <cmath>
#include <numbers>

#include "clinicsim/random/engine.hpp"

namespace clinicsim {

// intensity(t) = a e^{gt} (1 + s cos(w (t - peak))), whose integral is elementary
double expected_arrivals(const PoissonArrivals& poisson, double peak, double t) {
    const double year = static_cast<double>(kYear.count());
    const double g = std::log1p(poisson.growth_per_year) / year;
    const double s = poisson.season_amplitude;
    const double w = 2 * std::numbers::pi / year;
    const double trend = g == 0 ? t : std::expm1(g * t) / g;
    if (s == 0) return poisson.per_tick * trend;
    const auto wave = [&](double at) {
        return std::exp(g * at) * (g * std::cos(w * (at - peak)) + w * std::sin(w * (at - peak))) /
               (g * g + w * w);
    };
    return poisson.per_tick * (trend + s * (wave(t) - wave(0)));
}

ArrivalSource::ArrivalSource(const Arrivals& arrivals, const Dates& dates, std::uint64_t seed,
                             std::uint32_t replication)
    : arrivals_{arrivals}, seed_{seed}, replication_{replication} {
    if (const auto* poisson = std::get_if<PoissonArrivals>(&arrivals);
        poisson && poisson->season_amplitude > 0)
        peak_ =
            static_cast<double>((dates.next(poisson->season_peak, kRunStart) - kRunStart).count());
}

Instant ArrivalSource::next() {
    const std::uint32_t n = patient_++;
    if (const auto* poisson = std::get_if<PoissonArrivals>(&arrivals_))
        return next_poisson(*poisson);
    if (const auto* regular = std::get_if<RegularArrivals>(&arrivals_)) {
        if (regular->count && n >= *regular->count) return kNever;
        return kRunStart + regular->first + regular->every * n;
    }
    if (const auto* listed = std::get_if<ListedArrivals>(&arrivals_))
        return n < listed->at.size() ? listed->at[n] : kNever;
    return kNever;
}

/// A unit exponential of intensity mass further on (time change, Cinlar 1975): no rejection, so
/// arrival n has one draw whatever growth and season do.
Instant ArrivalSource::next_poisson(const PoissonArrivals& poisson) {
    Engine engine{{seed_, replication_, patient_ - 1, Purpose::arrival, 0}};
    const double step = -std::log(uniform01(engine));
    const auto at = [](double ticks) { return kRunStart + from_ticks(ticks); };
    if (poisson.growth_per_year == 0 && poisson.season_amplitude == 0) {
        last_ += step / poisson.per_tick;
        return at(last_);
    }
    mass_ += step;
    const auto end = static_cast<double>(kNever.time_since_epoch().count());
    double low = last_, high = last_ + step / poisson.per_tick + 1;
    while (expected_arrivals(poisson, peak_, high) < mass_) {
        if (high >= end) return kNever;  // a shrinking clinic may see nobody again
        high = std::min(end, low + 2 * (high - low));
    }
    // bisection to a tenth of a tick: 50 steps a patient, and no derivative to go wrong
    while (high - low > 0.1) {
        const double middle = low + (high - low) / 2;
        (expected_arrivals(poisson, peak_, middle) < mass_ ? low : high) = middle;
    }
    last_ = high;
    return at(last_);
}

}  // namespace clinicsim
