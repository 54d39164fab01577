// How patients fare: inductions and what came of them, relapses, time well and ill, infusions.
#pragma once

#include "clinicsim/observe/tallies.hpp"

namespace clinicsim {

class CourseObserver {
  public:
    CourseObserver(const Window& window, const GroupGrid& grid)
        : window_{window}, grid_{grid}, cells_(grid.cells()) {}

    void on(const InductionBegan& fact) {
        cells_[grid_.cell(fact.group)].inductions_repeated +=
            fact.repeated && window_.contains(fact.at);
    }
    void on(const InductionEnded& fact) {
        if (!window_.contains(fact.at)) return;
        CourseTally& cell = cells_[grid_.cell(fact.group)];
        ++cell.inductions_ended;
        cell.inductions_responded += fact.responded;
        cell.inductions_with_scores += fact.remission_known;
        cell.inductions_in_remission += fact.remission_known && fact.in_remission;
    }
    void on(const ResponseBegan& fact) {
        cells_[grid_.cell(fact.group)].responder_ticks += window_.part(fact.at, window_.to).count();
    }
    void on(const Relapsed& fact) {
        cells_[grid_.cell(fact.group)].relapses += window_.contains(fact.at);
    }
    void on(const CareSpan& fact) {
        CourseTally& cell = cells_[grid_.cell(fact.group)];
        I128& ticks = fact.state == CareState::ill ? cell.ill_ticks : cell.well_ticks;
        ticks += window_.part(fact.from, fact.to).count();
    }
    void on(const InfusionGiven& fact) {
        if (!window_.contains(fact.at)) return;
        CourseTally& cell = cells_[grid_.cell(fact.group)];
        ++cell.infusions[static_cast<std::size_t>(fact.kind)];
        if (fact.kind != VisitKind::induction) cell.booster_ticks += fact.since_last.count();
    }
    void on(const CareEnded& fact) {
        if (fact.boosters == 0) return;
        CourseTally& cell = cells_[grid_.cell(fact.group)];
        ++cell.boosted;
        cell.mean_booster_ticks += fact.booster_time.count() / fact.boosters;
    }
    void on(const Rated& fact) {
        if (!window_.contains(fact.at)) return;
        CourseTally& cell = cells_[grid_.cell(fact.group)];
        ++cell.ratings;
        cell.ratings_in_response += fact.in_response;
    }

    const std::vector<CourseTally>& cells() const { return cells_; }

  private:
    Window window_;
    GroupCells grid_;
    std::vector<CourseTally> cells_;
};

}  // namespace clinicsim
