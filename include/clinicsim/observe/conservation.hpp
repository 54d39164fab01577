// Nobody gets lost: what begins ends or is still there. A handful of counters in every run; a run
// that breaks them is our fault and stops the program.
#pragma once

#include "clinicsim/base/check.hpp"
#include "clinicsim/clinic/facts.hpp"
#include "clinicsim/stats/wide.hpp"

namespace clinicsim {

class ConservationObserver {
  public:
    /// Events happen before `end`; what is still open is told at `end`.
    explicit ConservationObserver(Instant end) : end_{end} {}

    void on(const Referred&) { ++referred_; }
    void on(const CareBegan& fact) {
        ++care_begun_;
        first_visits_ += fact.patient < kFirstOfStock;
        care_ticks_ -= fact.at.time_since_epoch().count();
        care_since_ += fact.at.time_since_epoch().count();
    }
    void on(const CareEnded& fact) {
        lost_for_waiting_ -= fact.because == LeftBecause::went_elsewhere;
        if (!fact.was_in_care) {
            never_begun_ += fact.because != LeftBecause::end_of_run;
            return;
        }
        ++care_ended_;
        care_ticks_ += fact.at.time_since_epoch().count();
        care_since_ -= fact.since.time_since_epoch().count();
    }
    void on(const LostForWaiting&) { ++lost_for_waiting_; }
    void on(const InductionBegan&) { ++inductions_begun_; }
    void on(const InductionEnded& fact) {
        ++inductions_ended_;
        CLINICSIM_CHECK(fact.finished || !fact.responded,
                        "only a finished induction ends in response", Scene{fact.at, fact.patient});
    }
    void on(const Relapsed&) { ++relapses_; }
    void on(const EpisodeEnded& fact) {
        ++episodes_ended_;
        CLINICSIM_CHECK(episodes_ended_ <= relapses_, "an episode ends after it began",
                        Scene{fact.at, fact.patient});
    }
    void on(const CareSpan& fact) {
        CLINICSIM_CHECK(fact.from <= fact.to && fact.to <= end_, "follow-up lies in the run",
                        Scene{fact.to, fact.patient});
        span_ticks_ += (fact.to - fact.from).count();
    }
    // What every visit tells is counted down again: two instructions and a branch that is never
    // taken, for each of the three facts.
    void on(const VisitStarted&) {
        ++infusions_due_;
        ++chairs_taken_;
    }
    void on(const InfusionGiven& fact) {
        --infusions_due_;
        CLINICSIM_CHECK(infusions_due_ >= 0, "an infusion is given in a visit",
                        Scene{fact.at, fact.patient});
    }
    void on(const ChairHeld& fact) {
        CLINICSIM_CHECK(fact.from <= fact.to, "a chair is freed after it was taken",
                        Scene{fact.to, fact.patient});
        --chairs_taken_;
        CLINICSIM_CHECK(chairs_taken_ >= 0, "a chair is freed by the visit that took it",
                        Scene{fact.to, fact.patient});
        if (fact.to >= end_) [[unlikely]]
            hold_at_end(fact);
    }

    void on(const StaffChanged& fact) {
        CLINICSIM_CHECK(
            fact.used <= std::uint64_t{fact.there} * kWhole && fact.there >= fact.on_duty,
            "no more staff is used than there is", Scene{fact.at});
    }
    void on(const VisitHeldUp& fact) {
        CLINICSIM_CHECK(fact.from < fact.to && fact.to <= end_, "who is held up waits in the run",
                        Scene{fact.to, fact.patient});
    }

    /// After the last fact of the run.
    void check() const;

  private:
    void hold_at_end(const ChairHeld& fact) {
        CLINICSIM_CHECK(fact.from < end_, "nothing begins at the end of the run",
                        Scene{fact.from, fact.patient});
        ++held_at_end_;
    }

    Instant end_;
    std::uint64_t referred_ = 0, care_begun_ = 0, first_visits_ = 0, care_ended_ = 0;
    std::uint64_t never_begun_ = 0, inductions_begun_ = 0, inductions_ended_ = 0;
    std::uint64_t relapses_ = 0, episodes_ended_ = 0;
    std::int64_t infusions_due_ = 0, chairs_taken_ = 0;  // of the visits begun
    std::int64_t held_at_end_ = 0;
    std::int64_t lost_for_waiting_ = 0;  // less those who left because of it
    I128 care_ticks_ = 0;                // time in care of those whose care ended
    I128 care_since_ = 0;                // 0 when every care ended that began
    I128 span_ticks_ = 0;
};

}  // namespace clinicsim
