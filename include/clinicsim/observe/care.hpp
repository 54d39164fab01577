// Who comes, who is in care, who leaves it.
#pragma once

#include "clinicsim/observe/tallies.hpp"

namespace clinicsim {

class CareObserver {
  public:
    CareObserver(const Window& window, const GroupGrid& grid)
        : window_{window}, grid_{grid}, cells_(grid.cells()) {}

    void on(const Referred& fact) {
        cells_[grid_.cell(fact.group)].referrals += window_.contains(fact.at);
    }
    void on(const CareBegan& fact) {
        CareTally& cell = cells_[grid_.cell(fact.group)];
        cell.started += fact.patient < kFirstOfStock && window_.contains(fact.at);
        count_from(cell, fact.at, 1);
    }
    void on(const CareEnded& fact) {
        CareTally& cell = cells_[grid_.cell(fact.group)];
        if (fact.was_in_care) count_from(cell, fact.at, -1);
        if (!window_.contains(fact.at)) return;
        cell.dropouts += fact.because == LeftBecause::dropped_out;
        cell.left_while_ill += fact.because == LeftBecause::left_while_ill;
        cell.lost += !fact.was_in_care && (fact.because == LeftBecause::turned_away ||
                                           fact.because == LeftBecause::went_elsewhere);
        cell.stopped_by_side_effects += fact.because == LeftBecause::side_effect;
    }
    void on(const SideEffectSeen& fact) {
        if (!window_.contains(fact.at)) return;
        CareTally& cell = cells_[grid_.cell(fact.group)];
        ++cell.side_effects;
        cell.broken_off += fact.ends_infusion;
    }

    const std::vector<CareTally>& cells() const { return cells_; }

  private:
    /// The level changes by `patients` from `at` on: counted to the end at once, so that no level
    /// has to be carried along.
    void count_from(CareTally& cell, Instant at, std::int64_t patients) const {
        if (at >= window_.to) return;
        cell.at_start += at <= window_.from ? patients : 0;
        cell.at_end += patients;
        cell.patient_ticks += static_cast<I128>(window_.part(at, window_.to).count()) * patients;
    }

    Window window_;
    GroupCells grid_;
    std::vector<CareTally> cells_;
};

}  // namespace clinicsim
