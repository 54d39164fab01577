#include "clinicsim/observe/run_observer.hpp"

#include <algorithm>

#include "clinicsim/clinic/chair_calendar.hpp"

namespace clinicsim {

FlowObserver::FlowObserver(const Window& window, const PolicyModel& policy)
    : window_{window}, by_{policy.choice.by} {
    for (const Pathway& pathway : policy.pathways) {
        auto& first = first_of_stage_.emplace_back();
        auto& flows = flows_.emplace_back();
        for (std::size_t stage = 0; stage < pathway.size(); ++stage) {
            first.push_back(flows.size());
            const int ways = static_cast<int>(pathway.stages()[stage].ways.size());
            for (int way = 0; way < ways; ++way)
                flows.push_back({static_cast<StageId>(stage), way, 0});
            flows.push_back({static_cast<StageId>(stage), -1, 0});
        }
        first.push_back(flows.size());
    }
}

void ConservationObserver::check() const {
    const Scene scene{end_};
    CLINICSIM_CHECK(care_begun_ == care_ended_, "whose care began has left it or is there", scene);
    CLINICSIM_CHECK(care_since_ == 0, "care ends for those for whom it began", scene);
    CLINICSIM_CHECK(first_visits_ + never_begun_ <= referred_, "patients come by referral", scene);
    CLINICSIM_CHECK(inductions_ended_ <= inductions_begun_, "inductions end after they began",
                    scene);
    CLINICSIM_CHECK(span_ticks_ <= care_ticks_, "follow-up is time in care", scene);
    CLINICSIM_CHECK(chairs_taken_ == 0, "every visit frees its chair", scene);
    CLINICSIM_CHECK(infusions_due_ <= held_at_end_,
                    "a visit ends in an infusion or is under way at the end", scene);
}

namespace {

/// The number of chairs as planned, on average over the opening time in [from, to).
double average_chairs(const Model& model, const OpeningHours& open, Instant from, Instant to) {
    const auto open_in = [&](Instant begin, Instant end) {
        return static_cast<double>((open.open_before(end) - open.open_before(begin)).count());
    };
    double sum = 0, chair_ticks = 0;
    for (std::size_t kind = 0; kind < model.clinic.kinds_of_chairs(); ++kind) {
        const CapacityCalendar chairs = chairs_over_time(model.clinic, kind, model.dates, to);
        sum += chairs.at(from);
        for (Instant at = from; at < to;) {
            const Instant until = std::min(to, chairs.next(at).at);
            chair_ticks += chairs.at(at) * open_in(at, until);
            at = until;
        }
    }
    const double ticks = open_in(from, to);
    return ticks > 0 && !model.clinic.changes.empty() ? chair_ticks / ticks : sum;
}

}  // namespace

Window measured_time(const Model& model, const OpeningHours& open) {
    Window window{model.warm_up_end,
                  model.end,
                  open.open_before(model.end) - open.open_before(model.warm_up_end),
                  {}};
    if (model.clinic.chairs) window.chairs = average_chairs(model, open, window.from, window.to);
    return window;
}

RunObserver::RunObserver(const Model& model, const PolicyModel& policy, const OpeningHours& open,
                         const GroupGrid& grid)
    : window_{measured_time(model, open)},
      grid_{grid},
      observers_{WaitsObserver{window_, grid, model.promises},
                 CareObserver{window_, grid},
                 CourseObserver{window_, grid},
                 AttendanceObserver{window_, grid},
                 ChairObserver{window_, open},
                 FlowObserver{window_, policy},
                 StaffObserver{window_, model.clinic.staff.size()},
                 ConservationObserver{window_.to}} {}

RunTallies RunObserver::finish() const {
    std::get<ConservationObserver>(observers_).check();
    RunTallies tallies{window_,
                       grid_,
                       {},
                       std::get<ChairObserver>(observers_).tally(),
                       std::get<FlowObserver>(observers_).flows(),
                       std::get<StaffObserver>(observers_).tallies()};
    for (std::size_t cell = 0; cell < grid_.cells(); ++cell)
        tallies.cells.push_back({std::get<WaitsObserver>(observers_).cells()[cell],
                                 std::get<CareObserver>(observers_).cells()[cell],
                                 std::get<CourseObserver>(observers_).cells()[cell],
                                 std::get<AttendanceObserver>(observers_).cells()[cell]});
    return tallies;
}

}  // namespace clinicsim
