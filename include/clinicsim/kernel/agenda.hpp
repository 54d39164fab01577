// The agenda: what is going to happen, in order, and the main loop. It knows no medicine.
//
// There is no cancel. Whoever may change their mind keeps the serial that schedule() gave, and
// ignores an event whose serial is not the one kept.
#pragma once

#include <cstdint>

#include "clinicsim/base/check.hpp"
#include "clinicsim/kernel/event_key.hpp"
#include "clinicsim/kernel/event_list.hpp"

namespace clinicsim {

template <class List = CalendarList>
class BasicAgenda {
  public:
    Instant now() const { return now_; }

    /// Returns the serial that tells this event from every other of the run. `at` must not lie in
    /// the past; an earlier phase of the current instant is allowed and is then the next event.
    /// An event at kNever or later never happens and takes no room.
    std::uint64_t schedule(Instant at, Phase phase, std::uint32_t payload) {
        CLINICSIM_CHECK(at >= now_, "events are not put in the past", Scene{now_, payload});
        CLINICSIM_CHECK(payload < kMostPayloads, "a payload has 28 bits", Scene{now_});
        CLINICSIM_CHECK(next_serial_ < kMostSerials, "a run has at most 2^36 events", Scene{now_});
        const std::uint64_t serial = next_serial_++;
        if (at < kNever) list_.push(make_key({at, phase, serial, payload}));
        return serial;
    }

    /// The main loop: hands every event before `end` to world.handle(const Event&), in order, then
    /// leaves the clock at `end`. An event at `end` itself stays pending. Returns how many were
    /// run. A world with a soon(payload) is told of events a little before their turn, to get their
    /// data on its way from memory; not of all, and not in order.
    template <class World>
    std::uint64_t run_until(Instant end, World& world) {
        CLINICSIM_CHECK(end >= now_, "time does not run backwards", Scene{now_});
        std::uint64_t count = 0;
        EventKey key{};
        while (list_.take_before(end.time_since_epoch().count(), key)) {
            const Event event = event_of(key);
            now_ = event.at;
            ++count;
            if constexpr (requires { world.soon(event.payload); })
                if (const EventKey* later = list_.after_next())
                    world.soon(event_of(*later).payload);
            world.handle(event);
        }
        now_ = end;
        return count;
    }

    /// Nothing else is pending at the current instant, so what would be scheduled for its last
    /// phase may as well be done at once. For use inside handle().
    bool quiet() const { return !list_.any_at(now_.time_since_epoch().count()); }

    std::size_t pending() const { return list_.size(); }

  private:
    Instant now_ = kRunStart;
    std::uint64_t next_serial_ = 0;
    List list_;
};

using Agenda = BasicAgenda<CalendarList>;

}  // namespace clinicsim
