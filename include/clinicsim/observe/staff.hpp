// Staff and equipment: how much of those on duty is used, who stays longer, who is missing.
#pragma once

#include <algorithm>
#include <vector>

#include "clinicsim/observe/tallies.hpp"

namespace clinicsim {

class StaffObserver {
  public:
    StaffObserver(const Window& window, std::size_t groups)
        : window_{window}, groups_(groups), tallies_(groups) {}

    void on(const StaffChanged& fact) {
        Level& level = groups_[fact.group];
        add(level, fact.at, tallies_[fact.group]);
        level = {fact.at, fact.on_duty, fact.there, fact.used};
    }
    void on(const VisitHeldUp& fact) {
        tallies_[fact.missing].held_up += window_.part(fact.from, fact.to).count();
    }

    /// By group, up to the end of the window.
    std::vector<StaffTally> tallies() const {
        std::vector<StaffTally> result = tallies_;
        for (std::size_t group = 0; group < groups_.size(); ++group)
            add(groups_[group], window_.to, result[group]);
        return result;
    }

  private:
    struct Level {
        Instant since;
        std::uint32_t on_duty = 0, there = 0;
        std::uint64_t used = 0;
    };
    void add(const Level& level, Instant until, StaffTally& tally) const {
        const I128 ticks = window_.part(level.since, until).count();
        tally.on_duty += ticks * level.on_duty;
        tally.used += ticks * static_cast<std::int64_t>(
                                  std::min(level.used, std::uint64_t{level.on_duty} * kWhole));
        tally.overtime += ticks * (level.there - level.on_duty);
    }

    Window window_;
    std::vector<Level> groups_;
    std::vector<StaffTally> tallies_;
};

}  // namespace clinicsim
