#include "clinicsim/stats/tally.hpp"

#include <cmath>

namespace clinicsim {

std::optional<double> Tally::mean() const {
    if (count_ == 0) return std::nullopt;
    return static_cast<double>(sum_) / static_cast<double>(count_);
}

std::optional<double> Tally::variance() const {
    if (count_ < 2) return std::nullopt;
    // Squares about the integer next to the mean are exact (the products wrap modulo 2^128, their
    // sum does not); what is left to subtract is at most a quarter per observation.
    const auto n = static_cast<I128>(count_);
    const I128 centre = sum_ / n;
    const U128 about_centre =
        squares_ - 2 * static_cast<U128>(centre) * static_cast<U128>(sum_) +
        static_cast<U128>(n) * static_cast<U128>(centre) * static_cast<U128>(centre);
    const auto rest = static_cast<double>(sum_ - n * centre);
    const auto count = static_cast<double>(count_);
    return (static_cast<double>(about_centre) - rest * rest / count) / (count - 1);
}

std::optional<double> Tally::sd() const {
    const auto v = variance();
    return v ? std::optional{std::sqrt(*v)} : std::nullopt;
}

}  // namespace clinicsim
