#include "clinicsim/stats/histogram.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace clinicsim {

void Histogram::merge(const Histogram& other) {
    if (other.counts_.size() > counts_.size()) counts_.resize(other.counts_.size());
    for (std::size_t bin = 0; bin < other.counts_.size(); ++bin) counts_[bin] += other.counts_[bin];
    count_ += other.count_;
}

std::optional<double> Histogram::quantile(double p) const {
    CLINICSIM_CHECK(p >= 0 && p <= 1, "a quantile's share lies in [0, 1]");
    if (count_ == 0) return std::nullopt;
    // 0.07 x 100 is a little over 7 in binary: the rank must be 7 all the same
    const double wanted = p * static_cast<double>(count_);
    const double rounded = std::ceil(wanted * (1 - 4 * std::numeric_limits<double>::epsilon()));
    const auto rank = std::clamp(static_cast<std::uint64_t>(rounded), std::uint64_t{1}, count_);

    std::size_t bin = 0;
    std::uint64_t before = 0;
    while (before + counts_[bin] < rank) before += counts_[bin++];
    const auto first = static_cast<double>(bin_start(bin));
    const auto last = static_cast<double>(bin_start(bin + 1) - 1);
    const double place = static_cast<double>(rank - before) - 0.5;
    return first + place / static_cast<double>(counts_[bin]) * (last - first);
}

}  // namespace clinicsim
