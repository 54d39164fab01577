// Staff and equipment: how much of those on duty is used, who stays longer, who is missing.
#pragma once

#include <algorithm>
#include <vector>

#include "clinicsim/clinic/opening_hours.hpp"
#include "clinicsim/observe/tallies.hpp"

namespace clinicsim {

class StaffObserver {
  public:
    /// `open`: of each site; must outlive the observer.
    StaffObserver(const Window& window, const std::vector<StaffGroup>& groups,
                  const std::vector<OpeningHours>& open)
        : window_{window}, open_{&open}, groups_(groups.size()), tallies_(groups.size()) {
        for (std::size_t i = 0; i < groups.size(); ++i)
            if (groups[i].is_equipment()) groups_[i].open = &open[groups[i].site];
    }

    void on(const StaffChanged& fact) {
        Level& level = groups_[fact.group];
        add(level, fact.at, tallies_[fact.group]);
        level.since = fact.at;
        level.on_duty = fact.on_duty;
        level.there = fact.there;
        level.used = fact.used;
    }
    void on(const StaffAwaited& fact) {
        Level& level = groups_[fact.group];
        add_awaited(level, fact.at, tallies_[fact.group]);
        level.awaited_since = fact.at;
        level.awaited = fact.visits;
    }
    void on(const VisitHeldUp& fact) {
        tallies_[fact.missing].held_up += window_.part(fact.from, fact.to).count();
    }

    /// By group, up to the end of the window.
    std::vector<StaffTally> tallies() const {
        std::vector<StaffTally> result = tallies_;
        for (std::size_t group = 0; group < groups_.size(); ++group)
            add(groups_[group], window_.to, result[group]);
        for (std::size_t group = 0; group < groups_.size(); ++group)
            add_awaited(groups_[group], window_.to, result[group]);
        return result;
    }

  private:
    struct Level {
        Instant since;
        std::uint32_t on_duty = 0, there = 0;
        std::uint64_t used = 0;
        Instant awaited_since;
        std::uint32_t awaited = 0;           // visits
        const OpeningHours* open = nullptr;  // equipment, which is on duty in opening hours
    };
    /// Who waits into the night has gone home.
    void add_awaited(const Level& level, Instant until, StaffTally& tally) const {
        const Instant from = std::max(level.awaited_since, window_.from);
        until = std::min(until, window_.to);
        if (level.awaited == 0 || from >= until) return;
        Duration open{};
        for (const OpeningHours& site : *open_)
            open = std::max(open, site.open_before(until) - site.open_before(from));
        tally.awaited += I128{open.count()} * level.awaited;
    }
    void add(const Level& level, Instant until, StaffTally& tally) const {
        const Instant from = std::max(level.since, window_.from);
        until = std::min(until, window_.to);
        if (from >= until) return;
        const I128 ticks =
            (level.open ? level.open->open_before(until) - level.open->open_before(from)
                        : until - from)
                .count();
        tally.on_duty += ticks * level.on_duty;
        tally.used += ticks * static_cast<std::int64_t>(
                                  std::min(level.used, std::uint64_t{level.on_duty} * kWhole));
        tally.overtime += ticks * (level.there - level.on_duty);
    }

    Window window_;
    const std::vector<OpeningHours>* open_;
    std::vector<Level> groups_;
    std::vector<StaffTally> tallies_;
};

}  // namespace clinicsim
