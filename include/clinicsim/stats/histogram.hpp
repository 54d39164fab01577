// Counts of non-negative ticks in log-linear bins, 32 per octave (after HdrHistogram, Tene 2012):
// values under 64 have a bin of their own, above that a bin is at most 1/32 of its values wide.
// Only integers: merging is exact and the same in any order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "clinicsim/base/check.hpp"
#include "clinicsim/base/time.hpp"

namespace clinicsim {

class Histogram {
  public:
    static constexpr int kBinBits = 5;  // 32 bins per octave

    void add(std::int64_t ticks, std::uint64_t times = 1) {
        CLINICSIM_CHECK(ticks >= 0, "histograms hold no negative ticks");
        const std::size_t bin = bin_of(ticks);
        if (bin >= counts_.size()) [[unlikely]] {
            if (times == 0) return;  // the last bin is never empty, so that equality means equality
            counts_.resize(bin + 1);
        }
        counts_[bin] += times;
        count_ += times;
    }
    void add(Duration d, std::uint64_t times = 1) { add(d.count(), times); }
    void merge(const Histogram& other);

    std::uint64_t count() const { return count_; }
    /// How many were exactly 0.
    std::uint64_t zeros() const { return counts_.empty() ? 0 : counts_.front(); }

    /// The least value that at least the share p in [0, 1] of all observations does not exceed
    /// (type 1 of Hyndman & Fan 1996), that is the observation of rank ceil(p n); the observations
    /// of a bin count as spread evenly from its first to its last tick. Hence exact under 64 ticks,
    /// and wrong by less than 1/32 of the value above. Nothing where nothing was observed.
    std::optional<double> quantile(double p) const;

    /// Bin `b` holds the ticks bin_start(b) .. bin_start(b + 1) - 1. Bins past the last used one do
    /// not exist.
    const std::vector<std::uint64_t>& bins() const { return counts_; }
    static constexpr std::size_t bin_of(std::int64_t ticks) {
        const auto value = static_cast<std::uint64_t>(ticks);
        if (value < (2u << kBinBits)) return value;
        const int shift = 63 - __builtin_clzll(value) - kBinBits;
        return (static_cast<std::size_t>(shift) << kBinBits) + (value >> shift);
    }
    static constexpr std::uint64_t bin_start(std::size_t bin) {
        if (bin < (2u << kBinBits)) return bin;
        const std::size_t shift = (bin >> kBinBits) - 1;
        return static_cast<std::uint64_t>(bin - (shift << kBinBits)) << shift;
    }

    bool operator==(const Histogram&) const = default;

  private:
    std::vector<std::uint64_t> counts_;
    std::uint64_t count_ = 0;
};

}  // namespace clinicsim
