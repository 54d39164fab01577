// The one Sink of a run: every fact goes to each observer that has a use for it. A new output is a
// new observer in the tuple; nothing flows back to the run.
#pragma once

#include <tuple>
#include <vector>

#include "clinicsim/clinic/model.hpp"
#include "clinicsim/clinic/opening_hours.hpp"
#include "clinicsim/observe/attendance.hpp"
#include "clinicsim/observe/care.hpp"
#include "clinicsim/observe/chair_use.hpp"
#include "clinicsim/observe/chairs.hpp"
#include "clinicsim/observe/conservation.hpp"
#include "clinicsim/observe/course.hpp"
#include "clinicsim/observe/everybody.hpp"
#include "clinicsim/observe/flows.hpp"
#include "clinicsim/observe/staff.hpp"
#include "clinicsim/observe/tallies.hpp"
#include "clinicsim/observe/waits.hpp"

namespace clinicsim {

/// The opening hours of each site.
using SiteHours = std::vector<OpeningHours>;

/// The measured time of a model, whose opening hours are `open`.
Window measured_time(const Model& model, const SiteHours& open);

class RunObserver : public Sink {
  public:
    /// `open` are the opening hours of the model; both must outlive the observer.
    RunObserver(const Model& model, const PolicyModel& policy, const SiteHours& open,
                const GroupGrid& grid = {});

    void on(const Referred& fact) override { hear(fact); }
    void on(const CourseBegan& fact) override { hear(fact); }
    void on(const CareBegan& fact) override { hear(fact); }
    void on(const CareEnded& fact) override { hear(fact); }
    void on(const InductionBegan& fact) override { hear(fact); }
    void on(const InductionEnded& fact) override { hear(fact); }
    void on(const ResponseBegan& fact) override { hear(fact); }
    void on(const CareSpan& fact) override { hear(fact); }
    void on(const Relapsed& fact) override { hear(fact); }
    void on(const EpisodeEnded& fact) override { hear(fact); }
    void on(const RelapseSeen& fact) override { hear(fact); }
    void on(const VisitStarted& fact) override { hear(fact); }
    void on(const InfusionGiven& fact) override { hear(fact); }
    void on(const Rated& fact) override { hear(fact); }
    void on(const SideEffectSeen& fact) override { hear(fact); }
    void on(const ChairHeld& fact) override { hear(fact); }
    void on(const VisitHeldUp& fact) override { hear(fact); }
    void on(const StaffAwaited& fact) override { hear(fact); }
    void on(const StaffChanged& fact) override { hear(fact); }
    void on(const TurnedAway& fact) override { hear(fact); }
    void on(const RequestWithdrawn& fact) override { hear(fact); }
    void on(const BookingMade& fact) override { hear(fact); }
    void on(const NoPlaceFound& fact) override { hear(fact); }
    void on(const TransferOffered& fact) override { hear(fact); }
    void on(const BookingReleased& fact) override { hear(fact); }
    void on(const SlotRefilled& fact) override { hear(fact); }
    void on(const SeriesBroken& fact) override { hear(fact); }
    void on(const LostForWaiting& fact) override { hear(fact); }
    void on(const HeldTimePassed& fact) override { hear(fact); }
    void on(const SentHome& fact) override { hear(fact); }
    void on(const NoShow& fact) override { hear(fact); }
    void on(const BoosterMissed& fact) override { hear(fact); }
    void on(const StageLeft& fact) override { hear(fact); }
    void on(const StillWaiting& fact) override { hear(fact); }

    /// After the last fact of the run: checks that nobody was lost, and gives what was counted.
    RunTallies finish() const;

  private:
    template <class Fact>
    void hear(const Fact& fact) {
        std::apply([&fact](auto&... observer) { (tell(observer, fact), ...); }, observers_);
    }
    template <class Observer, class Fact>
    static void tell(Observer& observer, const Fact& fact) {
        if constexpr (requires { observer.on(fact); }) observer.on(fact);
    }

    Window window_;
    GroupGrid grid_;
    std::tuple<WaitsObserver, CareObserver, CourseObserver, AttendanceObserver, ChairObserver,
               FlowObserver, StaffObserver, ConservationObserver, EverybodyObserver>
        observers_;
};

/// The same, and what the chairs do at every instant; for a clinic with a number of chairs.
class DetailedObserver final : public RunObserver {
  public:
    DetailedObserver(const Model& model, const PolicyModel& policy, std::uint32_t replication,
                     const SiteHours& open, const GroupGrid& grid = {})
        : RunObserver{model, policy, open, grid}, clinic_{model.clinic} {
        for (SiteId site = 0; site < open.size(); ++site)
            sites_.emplace_back(model, replication, open[site], site);
    }

    using RunObserver::on;
    void on(const VisitStarted& fact) override { tell_both(fact); }
    void on(const ChairHeld& fact) override { tell_both(fact); }
    void on(const VisitHeldUp& fact) override { tell_both(fact); }
    bool wants_phases() const override { return true; }
    void on(const PhaseBegan& fact) override { sites_[clinic_.site_of(fact.chair)].on(fact); }
    void on(const HeldTimeUnused& fact) override { sites_[fact.site].on(fact); }
    void on(const NoShow& fact) override { tell_both(fact); }

    /// After the last fact of the run.
    ChairUseTally chair_use() {
        ChairUseTally all = sites_.front().finish();
        for (std::size_t site = 1; site < sites_.size(); ++site) all.add(sites_[site].finish());
        return all;
    }

  private:
    template <class Fact>
    void tell_both(const Fact& fact) {
        RunObserver::on(fact);
        sites_[clinic_.site_of(fact.chair)].on(fact);
    }
    const ClinicPlan& clinic_;
    std::vector<ChairUseObserver> sites_;
};

}  // namespace clinicsim
