// Visits that did not happen: patients who did not come, and patients who could not be seen.
#pragma once

#include "clinicsim/observe/tallies.hpp"

namespace clinicsim {

class AttendanceObserver {
  public:
    AttendanceObserver(const Window& window, const GroupGrid& grid)
        : window_{window}, grid_{grid}, cells_(grid.cells()) {}

    void on(const NoShow& fact) {
        cells_[grid_.cell(fact.group)].no_shows += window_.contains(fact.at);
    }
    void on(const TurnedAway& fact) {
        cells_[grid_.cell(fact.group)].turned_away += window_.contains(fact.at);
    }

    const std::vector<AttendanceTally>& cells() const { return cells_; }

  private:
    Window window_;
    GroupGrid grid_;
    std::vector<AttendanceTally> cells_;
};

}  // namespace clinicsim
