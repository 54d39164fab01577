// People in line, by rank and then in order of joining. Who gives up is not taken out: the line is
// told how many are left, and an entry whose owner no longer holds its ticket is skipped when its
// turn comes (forgetting instead of cancelling). Patience is therefore the owner's alarm: when it
// rings, the owner drops the ticket and calls leave().
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "clinicsim/base/check.hpp"

namespace clinicsim {

class WaitingLine {
  public:
    struct Entry {
        std::uint32_t who;
        std::uint64_t ticket;  // unique in this line
    };
    /// What serve()'s callback decides about the entry it is shown.
    enum class Turn : std::uint8_t {
        taken,  // served: leaves the line
        stale,  // its owner has left before: forgotten
        waits,  // cannot be served now: keeps its place, the next one is asked
        nobody  // nobody can be served now: stop
    };

    explicit WaitingLine(std::size_t ranks = 1) : lanes_(ranks) {}

    std::uint64_t join(std::size_t rank, std::uint32_t who) {
        lanes_[rank].entries.push_back({who, ++tickets_});
        ++waiting_;
        return tickets_;
    }
    /// Somebody in the line has left unserved and forgotten their ticket.
    void leave() {
        CLINICSIM_CHECK(waiting_ > 0, "only who waits can leave the line");
        --waiting_;
    }
    std::size_t waiting() const { return waiting_; }
    bool empty() const { return waiting_ == 0; }

    /// Asks turn(const Entry&) -> Turn about each entry in order, until nobody or the end.
    template <class Ask>
    void serve(Ask ask) {
        for (Lane& lane : lanes_)
            if (!serve(lane, ask)) return;
    }

  private:
    struct Lane {
        std::vector<Entry> entries;  // [head, end) are in line
        std::size_t head = 0;
    };

    template <class Ask>
    bool serve(Lane& lane, Ask& ask) {
        std::size_t kept = 0, i = lane.head;
        bool go_on = true;
        for (; go_on && i < lane.entries.size(); ++i) {
            const Entry entry = lane.entries[i];
            switch (ask(entry)) {
                case Turn::taken:
                    leave();
                    break;
                case Turn::stale:
                    break;
                case Turn::waits:
                    lane.entries[lane.head + kept++] = entry;
                    break;
                case Turn::nobody:
                    go_on = false;
                    --i;
                    break;
            }
        }
        // the kept ones close up to the first one that was not asked
        for (std::size_t k = 0; k < kept; ++k)
            lane.entries[i - 1 - k] = lane.entries[lane.head + kept - 1 - k];
        lane.head = i - kept;
        if (lane.head == lane.entries.size()) {
            lane.entries.clear();
            lane.head = 0;
        } else if (lane.head > 64 && lane.head > lane.entries.size() / 2) {
            lane.entries.erase(lane.entries.begin(),
                               lane.entries.begin() + static_cast<std::ptrdiff_t>(lane.head));
            lane.head = 0;
        }
        return go_on;
    }

    std::vector<Lane> lanes_;
    std::uint64_t tickets_ = 0;
    std::size_t waiting_ = 0;
};

}  // namespace clinicsim
