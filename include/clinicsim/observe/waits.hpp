// Access delay: from the time wanted to the start of the visit, who still waits at the end, and
// whether the wait kept what the clinic promises. Apart from it: waiting in the room, from coming
// to the start.
#pragma once

#include <algorithm>

#include "clinicsim/clinic/costs.hpp"
#include "clinicsim/observe/tallies.hpp"

namespace clinicsim {

class WaitsObserver {
  public:
    WaitsObserver(const Window& window, const GroupGrid& grid, const Promises& promises)
        : window_{window}, grid_{grid}, cells_(grid.cells()) {
        for (std::size_t kind = 0; kind < kVisitKinds; ++kind)
            promised_[kind] = promises[kind].value_or(kNothing);
    }

    void on(const VisitStarted& fact) {
        WaitsTally& cell = cells_[grid_.cell(fact.group)];
        if (window_.contains(fact.at)) {
            ++cell.visits;
            cell.late += fact.late;
            if (fact.came < fact.at) {
                cell.room_ticks.add(fact.at - fact.came);
                cell.ticks_in_room += (fact.at - fact.came).count();
            }
        }
        if (!fact.waits_counted || !window_.contains(fact.wanted)) return;
        // booked: the slot may lie at an earlier hour of the wanted day; that is no wait
        const Duration wait = std::max(fact.at - fact.wanted, Duration::zero());
        WaitTally& tally = cell.of_kind[index(fact.kind)];
        tally.ticks.add(wait);
        tally.waited += wait > Duration::zero();
        ++tally.visits;
        tally.ticks_of_visits += wait.count();
        judge(tally, fact.kind, wait);
    }
    void on(const TurnedAway& fact) {
        if (!fact.waits_counted || !window_.contains(fact.wanted)) return;
        if (promised_[index(fact.kind)] != kNothing)
            ++cells_[grid_.cell(fact.group)].of_kind[index(fact.kind)].broken;
    }
    void on(const StillWaiting& fact) {
        WaitsTally& cell = cells_[grid_.cell(fact.group)];
        ++cell.still_waiting;
        if (!fact.waits_counted || !window_.contains(fact.wanted)) return;
        WaitTally& tally = cell.of_kind[index(fact.kind)];
        const Duration so_far = window_.to - fact.wanted;
        tally.ticks.add(so_far);
        ++tally.waited;
        // of a wait that may still end in time nothing is known
        if (so_far > promised_[index(fact.kind)]) judge(tally, fact.kind, so_far);
    }

    const std::vector<WaitsTally>& cells() const { return cells_; }

  private:
    static constexpr Duration kNothing = Duration::max();  // is promised

    void judge(WaitTally& tally, VisitKind kind, Duration wait) const {
        const Duration promised = promised_[index(kind)];
        if (promised == kNothing) return;
        ++(wait <= promised ? tally.kept : tally.broken);
    }
    static constexpr std::size_t index(VisitKind kind) { return static_cast<std::size_t>(kind); }

    Window window_;
    GroupCells grid_;
    std::array<Duration, kVisitKinds> promised_;
    std::vector<WaitsTally> cells_;
};

}  // namespace clinicsim
