// Observations that have no duration (waits, lengths of stay, counts): number, sum, sum of squares,
// least and greatest, all integers. Merging is exact and the same in any order.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

#include "clinicsim/stats/wide.hpp"

namespace clinicsim {

class Tally {
  public:
    /// Any unit, mostly ticks. The sum of squares holds 2^33 observations of 10^14 ticks (3,000
    /// years) each.
    void add(std::int64_t value) {
        ++count_;
        sum_ += value;
        const U128 magnitude = value < 0 ? -static_cast<U128>(value) : static_cast<U128>(value);
        squares_ += magnitude * magnitude;
        least_ = std::min(least_, value);
        greatest_ = std::max(greatest_, value);
    }
    void merge(const Tally& other) {
        count_ += other.count_;
        sum_ += other.sum_;
        squares_ += other.squares_;
        least_ = std::min(least_, other.least_);
        greatest_ = std::max(greatest_, other.greatest_);
    }

    std::uint64_t count() const { return count_; }
    I128 sum() const { return sum_; }
    U128 sum_of_squares() const { return squares_; }
    /// Nothing where nothing was observed.
    std::optional<std::int64_t> min() const {
        return count_ > 0 ? std::optional{least_} : std::nullopt;
    }
    std::optional<std::int64_t> max() const {
        return count_ > 0 ? std::optional{greatest_} : std::nullopt;
    }
    std::optional<double> mean() const;
    /// Divided by count - 1; nothing under two observations.
    std::optional<double> variance() const;
    std::optional<double> sd() const;

    bool operator==(const Tally&) const = default;

  private:
    std::uint64_t count_ = 0;
    I128 sum_ = 0;
    U128 squares_ = 0;
    std::int64_t least_ = std::numeric_limits<std::int64_t>::max();
    std::int64_t greatest_ = std::numeric_limits<std::int64_t>::min();
};

}  // namespace clinicsim
