// Access delay: from the time wanted to the start of the visit, and who still waits at the end.
#pragma once

#include <algorithm>

#include "clinicsim/observe/tallies.hpp"

namespace clinicsim {

class WaitsObserver {
  public:
    WaitsObserver(const Window& window, const GroupGrid& grid)
        : window_{window}, grid_{grid}, cells_(grid.cells()) {}

    void on(const VisitStarted& fact) {
        if (!fact.waits_counted || !window_.contains(fact.wanted)) return;
        // booked: the slot may lie at an earlier hour of the wanted day; that is no wait
        const Duration wait = std::max(fact.at - fact.wanted, Duration::zero());
        WaitTally& tally = cells_[grid_.cell(fact.group)].of_kind[index(fact.kind)];
        tally.ticks.add(wait);
        tally.waited += wait > Duration::zero();
        ++tally.visits;
        tally.ticks_of_visits += wait.count();
    }
    void on(const StillWaiting& fact) {
        WaitsTally& cell = cells_[grid_.cell(fact.group)];
        ++cell.still_waiting;
        if (!fact.waits_counted || !window_.contains(fact.wanted)) return;
        WaitTally& tally = cell.of_kind[index(fact.kind)];
        tally.ticks.add(window_.to - fact.wanted);
        ++tally.waited;
    }

    const std::vector<WaitsTally>& cells() const { return cells_; }

  private:
    static constexpr std::size_t index(VisitKind kind) { return static_cast<std::size_t>(kind); }

    Window window_;
    GroupGrid grid_;
    std::vector<WaitsTally> cells_;
};

}  // namespace clinicsim
