// The hold model (Vaucher and Duval 1975): so many events pending; take the next, put it back a
// random gap later; again and again. It measures an event list and nothing else.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "clinicsim/kernel/event_list.hpp"

namespace clinicsim {

/// A 4-ary heap of the same keys, the plainest list that is not slow.
class HeapList {
  public:
    void push(EventKey key) {
        keys_.push_back(key);
        std::size_t i = keys_.size() - 1;
        for (; i > 0 && key < keys_[(i - 1) / 4]; i = (i - 1) / 4) keys_[i] = keys_[(i - 1) / 4];
        keys_[i] = key;
    }
    bool take_before(std::int64_t limit, EventKey& key) {
        if (keys_.empty() || tick_of(keys_.front()) >= limit) return false;
        key = keys_.front();
        const EventKey last = keys_.back();
        keys_.pop_back();
        if (keys_.empty()) return true;
        std::size_t i = 0;
        for (std::size_t child = 1; child < keys_.size(); child = 4 * i + 1) {
            const std::size_t end = std::min(child + 4, keys_.size());
            std::size_t least = child;
            for (++child; child < end; ++child)
                if (keys_[child] < keys_[least]) least = child;
            if (!(keys_[least] < last)) break;
            keys_[i] = keys_[least];
            i = least;
        }
        keys_[i] = last;
        return true;
    }

  private:
    std::vector<EventKey> keys_;
};

/// Runs `events` holds with `pending` events, gaps as in a clinic: of two events one is the end of
/// a visit (60-80 minutes), the other the next visit (exponential, mean 30 days). Returns the last
/// tick, so that nothing is optimised away.
template <class List>
std::int64_t hold(std::size_t pending, std::uint64_t events) {
    std::uint64_t state = 88'172'645'463'325'252;
    const auto random = [&state] {  // Marsaglia's xorshift, 2003
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return state;
    };
    std::array<std::int64_t, 4096> gaps;  // drawn before, so that drawing costs next to nothing
    for (std::int64_t& gap : gaps) {
        const double u = (static_cast<double>(random() >> 11) + 0.5) * 0x1p-53;
        gap = random() % 2 == 0 ? static_cast<std::int64_t>(3'600'000 + 1'200'000 * u)
                                : static_cast<std::int64_t>(-2'592'000'000 * std::log(u));
    }
    List list;
    std::uint64_t serial = 0;
    const auto put = [&](std::int64_t now) {
        const Instant at{Duration{now + gaps[random() % gaps.size()]}};
        list.push(make_key({at, Phase::change, serial++, 1}));
    };
    while (serial < pending) put(0);
    EventKey key{};
    while (serial < pending + events && list.take_before(kNever.time_since_epoch().count(), key))
        put(tick_of(key));
    return tick_of(key);
}

}  // namespace clinicsim
