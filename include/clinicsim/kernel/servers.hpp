// Servers of one kind: how many there are, how many are busy. Their number may change over time;
// when it falls below the busy ones, those finish and are not handed out again.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "clinicsim/base/check.hpp"
#include "clinicsim/base/time.hpp"

namespace clinicsim {

constexpr std::uint32_t kUnlimited = std::numeric_limits<std::uint32_t>::max();

class Servers {
  public:
    explicit Servers(std::uint32_t capacity = kUnlimited) : capacity_{capacity} {}

    std::uint32_t capacity() const { return capacity_; }
    std::uint32_t busy() const { return busy_; }
    bool any_free() const { return busy_ < capacity_; }

    void seize() {
        CLINICSIM_CHECK(any_free(), "only a free server is seized");
        ++busy_;
    }
    void release() {
        CLINICSIM_CHECK(busy_ > 0, "only a busy server is released");
        --busy_;
    }
    void set_capacity(std::uint32_t capacity) { capacity_ = capacity; }

  private:
    std::uint32_t capacity_;
    std::uint32_t busy_ = 0;
};

/// How many servers there are from when on: sorted by time, the first entry at or before the start.
class CapacityCalendar {
  public:
    struct Change {
        Instant at;
        std::uint32_t capacity;
    };
    explicit CapacityCalendar(std::vector<Change> changes) : changes_{std::move(changes)} {
        for (std::size_t i = 1; i < changes_.size(); ++i)
            CLINICSIM_CHECK(changes_[i - 1].at < changes_[i].at, "a calendar is in order of time");
    }
    /// In force at `at`; 0 before the first change.
    std::uint32_t at(Instant at) const {
        std::uint32_t capacity = 0;
        for (const Change& change : changes_)
            if (change.at <= at) capacity = change.capacity;
        return capacity;
    }
    /// The first change strictly after `after`; at = kNever where there is none.
    Change next(Instant after) const {
        for (const Change& change : changes_)
            if (change.at > after) return change;
        return {kNever, changes_.empty() ? 0 : changes_.back().capacity};
    }

  private:
    std::vector<Change> changes_;
};

}  // namespace clinicsim
