// Chair-time inside and outside opening hours, of all chairs and of each kind.
#pragma once

#include <algorithm>
#include <vector>

#include "clinicsim/clinic/opening_hours.hpp"
#include "clinicsim/observe/tallies.hpp"

namespace clinicsim {

class ChairObserver {
  public:
    /// `open`: [site], must outlive the observer.
    ChairObserver(const Window& window, const std::vector<OpeningHours>& open,
                  const std::vector<ChairKind>& kinds = {})
        : window_{window}, tally_of_kind_(kinds.size()) {
        for (const OpeningHours& site : open) {
            sites_.emplace_back(site);
            always_open_ = always_open_ && site.always();
        }
        for (const ChairKind& kind : kinds) site_of_kind_.push_back(kind.site);
    }

    void on(const ChairHeld& fact) {
        const bool several = !site_of_kind_.empty();
        if (several) tally_of_kind_[fact.chair].visits += window_.contains(fact.from);
        const Instant from = std::max(fact.from, window_.from);
        const Instant to = std::min(fact.to, window_.to);
        if (from >= to) return;
        Duration inside = to - from;
        if (!always_open_) {
            Site& site = sites_[several ? site_of_kind_[fact.chair] : 0];
            inside = open_part(site, from, to);
            if (inside < to - from) count_late(site, from, to);
        }
        tally_.held_open += inside.count();
        tally_.held_closed += (to - from - inside).count();
        if (!several) return;
        tally_of_kind_[fact.chair].held_open += inside.count();
        tally_of_kind_[fact.chair].held_closed += (to - from - inside).count();
    }

    void on(const HeldTimePassed& fact) {
        if (!window_.contains(fact.at - Duration{1})) return;
        tally_.kept_for_rescues += fact.held.count();
        tally_.kept_and_booked += fact.booked.count();
    }

    const ChairTally& tally() const { return tally_; }
    /// [kind]; empty where all are alike.
    const std::vector<ChairKindTally>& tally_of_kind() const { return tally_of_kind_; }

  private:
    struct Site {
        explicit Site(const OpeningHours& its_hours) : open{&its_hours} {}
        const OpeningHours* open;
        OpeningHours::Stretch last{kRunStart, kRunStart};
        Instant late_until = kRunStart;  // counted so far
    };

    /// Everybody stays from closing time until the last chair is ready, or the doors open again.
    void count_late(Site& site, Instant from, Instant to) {
        const auto& all = site.open->stretches();
        auto day = std::upper_bound(
            all.begin(), all.end(), from,
            [](Instant at, const OpeningHours::Stretch& stretch) { return at < stretch.from; });
        if (day != all.begin()) --day;
        for (; day != all.end() && day->to < to; ++day) {
            const Instant opens = std::next(day) != all.end() ? std::next(day)->from : kNever;
            const Instant since = std::max({day->to, window_.from, site.late_until});
            const Instant until = std::min(to, opens);
            if (until <= since) continue;
            tally_.late += (until - since).count();
            site.late_until = until;
        }
    }
    /// Most visits lie in the same stretch as the one before: no search.
    static Duration open_part(Site& site, Instant from, Instant to) {
        const OpeningHours& open = *site.open;
        if (open.always()) return to - from;
        if (from < site.last.from || from >= site.last.to)
            site.last = open.stretch_at_or_after(from);
        if (from >= site.last.from && to <= site.last.to) return to - from;
        return open.open_before(to) - open.open_before(from);
    }

    Window window_;
    std::vector<Site> sites_;
    bool always_open_ = true;
    std::vector<SiteId> site_of_kind_;  // [kind]; empty where all are alike
    std::vector<ChairKindTally> tally_of_kind_;
    ChairTally tally_;
};

}  // namespace clinicsim
