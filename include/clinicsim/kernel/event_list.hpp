// Two event lists behind one interface: the calendar that the program runs on, and an ordered set
// as the plain reference of the property test.
//
//   void push(EventKey)               a key not before the last one taken
//   bool take_before(limit, key&)     the smallest key, if its tick is < limit
//   bool any_at(tick) const           is a key with this tick pending? (the tick last taken)
//   std::size_t size() const
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <set>
#include <vector>

#include "clinicsim/kernel/event_key.hpp"

namespace clinicsim {

/// A ring of buckets for the near future and one list for what is farther off (a calendar queue
/// after Brown 1988, with a fixed bucket width). Only the current bucket is kept in order: it is
/// sorted once when its time comes; what is scheduled into it after that goes to a small heap.
/// Amortised constant time for the loads of a clinic; `tools/bench` compares it with the set.
class CalendarList {
  public:
    void push(EventKey key) {
        ++size_;
        const std::int64_t bucket = tick_of(key) >> kBucketBits;
        if (bucket <= current_) {
            late_.push_back(key);
            std::push_heap(late_.begin(), late_.end(), later);
        } else if (bucket < far_from_) {
            ring_[static_cast<std::size_t>(bucket) % kBuckets].push_back(key);
            ++in_ring_;
        } else {
            far_.push_back(key);
        }
    }

    bool take_before(std::int64_t limit, EventKey& key) {
        while (next_ == today_.size() && late_.empty())
            if (size_ == 0 || !open_next_bucket(limit)) return false;
        const bool from_late =
            next_ == today_.size() || (!late_.empty() && late_.front() < today_[next_]);
        key = from_late ? late_.front() : today_[next_];
        if (tick_of(key) >= limit) return false;
        --size_;
        if (from_late) {
            std::pop_heap(late_.begin(), late_.end(), later);
            late_.pop_back();
        } else {
            ++next_;
        }
        return true;
    }

    bool any_at(std::int64_t tick) const {
        return (next_ != today_.size() && tick_of(today_[next_]) == tick) ||
               (!late_.empty() && tick_of(late_.front()) == tick);
    }

    std::size_t size() const { return size_; }

  private:
    static constexpr int kBucketBits = 26;  // 18.6 hours: most visits end in the bucket they begin
    static constexpr std::size_t kBuckets = 64;
    static bool later(EventKey a, EventKey b) { return b < a; }

    /// Moves on to the next bucket with events; false when that lies at or after `limit`.
    bool open_next_bucket(std::int64_t limit) {
        std::int64_t bucket = current_ + 1;
        if (in_ring_ == 0) bucket = std::max(bucket, first_far_bucket());
        // the ring does not move past the limit: earlier buckets may still be filled
        for (;; ++bucket) {
            if (bucket > (limit - 1) >> kBucketBits) return false;
            if (bucket >= far_from_) bring_near(bucket);
            if (!ring_[static_cast<std::size_t>(bucket) % kBuckets].empty()) break;
        }
        current_ = bucket;
        today_.clear();
        next_ = 0;
        today_.swap(ring_[static_cast<std::size_t>(bucket) % kBuckets]);
        in_ring_ -= today_.size();
        std::sort(today_.begin(), today_.end());
        return true;
    }

    std::int64_t first_far_bucket() const {
        std::int64_t first = std::numeric_limits<std::int64_t>::max();
        for (const EventKey key : far_) first = std::min(first, tick_of(key) >> kBucketBits);
        return first;
    }

    /// From here on the ring stands for the buckets [from, from + kBuckets).
    void bring_near(std::int64_t from) {
        far_from_ = from + static_cast<std::int64_t>(kBuckets);
        const auto is_far = [&](EventKey key) {
            const std::int64_t bucket = tick_of(key) >> kBucketBits;
            if (bucket >= far_from_) return true;
            ring_[static_cast<std::size_t>(bucket) % kBuckets].push_back(key);
            ++in_ring_;
            return false;
        };
        std::size_t kept = 0;
        for (const EventKey key : far_)
            if (is_far(key)) far_[kept++] = key;
        far_.resize(kept);
    }

    std::int64_t current_ = -1;  // number of the bucket in today_ and late_
    std::int64_t far_from_ = static_cast<std::int64_t>(kBuckets);  // buckets from here on are far
    std::size_t next_ = 0;                                         // into today_
    std::vector<EventKey> today_;                                  // sorted
    std::vector<EventKey> late_;                                   // heap, smallest in front
    std::array<std::vector<EventKey>, kBuckets> ring_;
    std::vector<EventKey> far_;
    std::size_t in_ring_ = 0;
    std::size_t size_ = 0;
};

class OrderedList {
  public:
    void push(EventKey key) { keys_.insert(key); }
    bool take_before(std::int64_t limit, EventKey& key) {
        if (keys_.empty() || tick_of(*keys_.begin()) >= limit) return false;
        key = *keys_.begin();
        keys_.erase(keys_.begin());
        return true;
    }
    bool any_at(std::int64_t tick) const {
        return !keys_.empty() && tick_of(*keys_.begin()) == tick;
    }
    std::size_t size() const { return keys_.size(); }

  private:
    std::set<EventKey> keys_;
};

}  // namespace clinicsim
