// Servers of one kind: how many there are, how many are busy. Their number may change over time;
// when it falls below the busy ones, those finish and are not handed out again.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
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
        bool operator==(const Change&) const = default;
    };
    explicit CapacityCalendar(std::vector<Change> changes) : changes_{std::move(changes)} {
        for (std::size_t i = 1; i < changes_.size(); ++i)
            CLINICSIM_CHECK(changes_[i - 1].at < changes_[i].at, "a calendar is in order of time");
    }
    /// In force at `at`; 0 before the first change.
    std::uint32_t at(Instant at) const {
        const auto later = after(at);
        return later == changes_.begin() ? 0 : std::prev(later)->capacity;
    }
    /// The first change strictly after `at`; at = kNever where there is none.
    Change next(Instant at) const {
        const auto later = after(at);
        if (later != changes_.end()) return *later;
        return {kNever, changes_.empty() ? 0 : changes_.back().capacity};
    }
    const std::vector<Change>& changes() const { return changes_; }
    bool operator==(const CapacityCalendar&) const = default;

  private:
    std::vector<Change>::const_iterator after(Instant at) const {
        return std::upper_bound(changes_.begin(), changes_.end(), at,
                                [](Instant t, const Change& change) { return t < change.at; });
    }

    std::vector<Change> changes_;
};

/// So many more, or fewer, from an instant on.
struct CapacityStep {
    Instant at;
    std::int64_t by;
};

/// The sums of the steps, one change per instant at which the sum differs from before.
inline CapacityCalendar summed(std::vector<CapacityStep> steps) {
    std::stable_sort(steps.begin(), steps.end(),
                     [](const CapacityStep& a, const CapacityStep& b) { return a.at < b.at; });
    std::vector<CapacityCalendar::Change> changes;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < steps.size();) {
        const Instant at = steps[i].at;
        for (; i < steps.size() && steps[i].at == at; ++i) sum += steps[i].by;
        CLINICSIM_CHECK(sum >= 0, "there are never fewer than none", Scene{at});
        const auto level = static_cast<std::uint32_t>(sum);
        if (changes.empty() ? level > 0 : changes.back().capacity != level)
            changes.push_back({at, level});
    }
    return CapacityCalendar{std::move(changes)};
}

}  // namespace clinicsim
