// Chair-time inside and outside opening hours.
#pragma once

#include <algorithm>

#include "clinicsim/clinic/opening_hours.hpp"
#include "clinicsim/observe/tallies.hpp"

namespace clinicsim {

class ChairObserver {
  public:
    /// `open` must outlive the observer.
    ChairObserver(const Window& window, const OpeningHours& open) : window_{window}, open_{&open} {}

    void on(const ChairHeld& fact) {
        const Instant from = std::max(fact.from, window_.from);
        const Instant to = std::min(fact.to, window_.to);
        if (from >= to) return;
        const Duration inside = open_part(from, to);
        tally_.held_open += inside.count();
        tally_.held_closed += (to - from - inside).count();
        if (inside < to - from) count_late(from, to);
    }

    void on(const HeldTimePassed& fact) {
        if (!window_.contains(fact.at - Duration{1})) return;
        tally_.kept_for_rescues += fact.held.count();
        tally_.kept_and_booked += fact.booked.count();
    }

    const ChairTally& tally() const { return tally_; }

  private:
    /// Everybody stays from closing time until the last chair is ready, or the doors open again.
    void count_late(Instant from, Instant to) {
        const auto& all = open_->stretches();
        auto day = std::upper_bound(
            all.begin(), all.end(), from,
            [](Instant at, const OpeningHours::Stretch& stretch) { return at < stretch.from; });
        if (day != all.begin()) --day;
        for (; day != all.end() && day->to < to; ++day) {
            const Instant opens = std::next(day) != all.end() ? std::next(day)->from : kNever;
            const Instant since = std::max({day->to, window_.from, late_until_});
            const Instant until = std::min(to, opens);
            if (until <= since) continue;
            tally_.late += (until - since).count();
            late_until_ = until;
        }
    }
    /// Most visits lie in the same stretch as the one before: no search.
    Duration open_part(Instant from, Instant to) {
        if (open_->always()) return to - from;
        if (from < last_.from || from >= last_.to) last_ = open_->stretch_at_or_after(from);
        if (from >= last_.from && to <= last_.to) return to - from;
        return open_->open_before(to) - open_->open_before(from);
    }

    Window window_;
    const OpeningHours* open_;
    OpeningHours::Stretch last_{kRunStart, kRunStart};
    Instant late_until_ = kRunStart;  // counted so far
    ChairTally tally_;
};

}  // namespace clinicsim
