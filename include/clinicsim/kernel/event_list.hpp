// Two event lists behind one interface: the calendar that the program runs on, and an ordered set
// as the plain reference of the property test.
//
//   void push(EventKey)               a key not before the last one taken, with a serial above
//   those
//                                     of all keys pushed before
//   bool take_before(limit, key&)     the smallest key, if its tick is < limit
//   bool any_at(tick) const           is a key with this tick pending? (the tick last taken)
//   const EventKey* after_next() const  a guess at the second key from now: for prefetching only
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
/// sorted once when its time comes. What is scheduled into it after that is put in its place when
/// that lies near the front, where taking has left room, and else goes to a small heap. Amortised
/// constant time for the loads of a clinic; `tools/bench` compares it with the set.
class CalendarList {
  public:
    CalendarList() { begin_today(); }
    CalendarList(const CalendarList&) = delete;  // it points into itself
    CalendarList& operator=(const CalendarList&) = delete;

    void push(EventKey key) {
        ++size_;
        const std::int64_t bucket = tick_of(key) >> kBucketBits;
        if (bucket <= current_) {
            if (!put_near_front(key)) {
                late_.push_back(key);
                std::push_heap(late_.begin(), late_.end(), Later{});
            }
        } else if (bucket < far_from_) {
            ring_[static_cast<std::size_t>(bucket) % kBuckets].push_back(key);
            ++in_ring_;
        } else {
            far_.push_back(key);
        }
    }

    bool take_before(std::int64_t limit, EventKey& key) {
        EventKey late = late_.front();
        while (is_none(*next_) && is_none(late)) {
            if (size_ == 0 || !open_next_bucket(limit)) return false;
            late = late_.front();
        }
        const bool from_late = late < *next_;
        key = from_late ? late : *next_;
        if (tick_of(key) >= limit) return false;
        --size_;
        if (from_late) {
            std::pop_heap(late_.begin(), late_.end(), Later{});
            late_.pop_back();
        } else {
            ++next_;
        }
        return true;
    }

    /// A key that is likely to be the second one to be taken from now on; null where none is known.
    const EventKey* after_next() const {
        return is_none(*next_) || is_none(next_[1]) ? nullptr : next_ + 1;
    }

    bool any_at(std::int64_t tick) const {
        return tick_of(*next_) == tick || tick_of(late_.front()) == tick;
    }

    std::size_t size() const { return size_; }

  private:
    static constexpr int kBucketBits = 26;  // 18.6 hours: most visits end in the bucket they begin
    static constexpr std::size_t kBuckets = 64;
    static constexpr std::size_t kNear = 48;  // measured: farther back the heap is cheaper
    static constexpr int kLeastPartBits = 6, kMostPartBits = 12;
    static constexpr std::size_t kKept = 4096;  // a larger bucket gives its memory back
    // After all keys: spares the question whether there is one.
    static constexpr EventKey kNoKey = ~EventKey{0};
    struct Later {  // a type and not a function: inlined into the heap's loops
        bool operator()(EventKey a, EventKey b) const { return b < a; }
    };

    /// Moves the few keys of today before this one forward by one, into the room of those taken.
    bool put_near_front(EventKey key) {
        if (next_ == today_.data()) return false;
        // its serial is the highest: it comes after all that share its instant and phase
        const std::uint64_t turn = turn_of(key);
        if (static_cast<std::size_t>(end_ - next_) > kNear && turn_of(next_[kNear]) < turn)
            return false;
        EventKey* place = --next_;
        for (; turn_of(place[1]) <= turn; ++place) *place = place[1];
        *place = key;
        return true;
    }
    static constexpr bool is_none(EventKey key) { return turn_of(key) == turn_of(kNoKey); }
    static constexpr std::uint64_t turn_of(EventKey key) {
        return static_cast<std::uint64_t>(key >> 64);
    }

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
        sort_into_today(ring_[static_cast<std::size_t>(bucket) % kBuckets]);
        in_ring_ -= today_.size();
        begin_today();
        return true;
    }

    /// By the part of the bucket first, so that little is left to sort, and the processor has
    /// little to guess: a third off the cost of an event where thousands are pending.
    void sort_into_today(std::vector<EventKey>& bucket) {
        today_.clear();
        if (bucket.size() < 32) {
            today_.swap(bucket);
            std::sort(today_.begin(), today_.end());
            return;
        }
        int bits = kLeastPartBits;
        while (bits < kMostPartBits && bucket.size() >> bits > 2) ++bits;
        const std::size_t parts = std::size_t{1} << bits;
        const auto part = [&](EventKey key) {
            return static_cast<std::size_t>(tick_of(key) >> (kBucketBits - bits)) & (parts - 1);
        };
        ends_.assign(parts + 1, 0);
        for (const EventKey key : bucket) ++ends_[part(key) + 1];
        for (std::size_t p = 0; p < parts; ++p) ends_[p + 1] += ends_[p];
        today_.resize(bucket.size());
        // ends_[p] is where part p begins, and after this where it ends
        for (const EventKey key : bucket) today_[ends_[part(key)]++] = key;
        std::size_t begin = 0;
        for (std::size_t p = 0; p < parts; begin = ends_[p++])
            if (ends_[p] - begin > 1) std::sort(today_.data() + begin, today_.data() + ends_[p]);
        if (bucket.size() > kKept)
            std::vector<EventKey>{}.swap(bucket);
        else
            bucket.clear();
    }

    void begin_today() {
        today_.push_back(kNoKey);
        next_ = today_.data();
        end_ = &today_.back();
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
    std::vector<EventKey> today_;                                  // sorted, kNoKey last
    EventKey* next_ = nullptr;                                     // of today_
    EventKey* end_ = nullptr;                                      // the kNoKey of today_
    std::vector<std::uint32_t> ends_;                              // while sorting: of each part
    std::vector<EventKey> late_ = {kNoKey};  // heap, smallest in front; kNoKey is always in it
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
    const EventKey* after_next() const { return nullptr; }
    std::size_t size() const { return keys_.size(); }

  private:
    std::set<EventKey> keys_;
};

}  // namespace clinicsim
