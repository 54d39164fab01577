#include "clinicsim/observe/run_observer.hpp"

#include <algorithm>

#include "clinicsim/clinic/chair_calendar.hpp"
#include "clinicsim/clinic/roster.hpp"

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
    CLINICSIM_CHECK(lost_for_waiting_ == 0, "who goes elsewhere was lost to waiting", scene);
    CLINICSIM_CHECK(chairs_taken_ == 0, "every visit frees its chair", scene);
    CLINICSIM_CHECK(infusions_due_ <= held_at_end_,
                    "a visit ends in an infusion or is under way at the end", scene);
}

namespace {

/// Chairs of a kind as planned, on average over the opening time of their site in [from, to).
double average_chairs(const Model& model, std::size_t kind, const OpeningHours& open, Instant from,
                      Instant to) {
    const auto open_in = [&](Instant begin, Instant end) {
        return static_cast<double>((open.open_before(end) - open.open_before(begin)).count());
    };
    const CapacityCalendar chairs = chairs_over_time(model.clinic, kind, model.dates, to);
    const double ticks = open_in(from, to);
    if (ticks <= 0 || model.clinic.changes.empty()) return chairs.at(from);
    double chair_ticks = 0;
    for (Instant at = from; at < to;) {
        const Instant until = std::min(to, chairs.next(at).at);
        chair_ticks += chairs.at(at) * open_in(at, until);
        at = until;
    }
    return chair_ticks / ticks;
}

/// People on duty by the roster, times the hours in [from, to).
double planned_hours(const Model& model, StaffGroupId group, Instant from, Instant to) {
    const CapacityCalendar people = on_duty(model.clinic, group, model.dates, to);
    double hours = 0;
    for (Instant at = from; at < to;) {
        const Instant until = std::min(to, people.next(at).at);
        hours += people.at(at) * in_hours(until - at);
        at = until;
    }
    return hours;
}

}  // namespace

Window measured_time(const Model& model, const SiteHours& open) {
    const ClinicPlan& clinic = model.clinic;
    Window window{model.warm_up_end, model.end, {}, {}, {}, {}};
    if (model.costs)
        for (StaffGroupId group = 0; group < clinic.staff.size(); ++group)
            window.planned_staff_hours.push_back(
                planned_hours(model, group, window.from, window.to));
    const auto open_at = [&](SiteId site) {
        return open[site].open_before(model.end) - open[site].open_before(model.warm_up_end);
    };
    window.open = open_at(0);
    if (!clinic.chairs) {
        double ticks = 0;
        for (SiteId site = 0; site < clinic.sites.size(); ++site)
            ticks += clinic.sites[site].share * static_cast<double>(open_at(site).count());
        if (!clinic.sites.empty()) window.open = from_ticks(ticks);
        return window;
    }
    window.chairs = 0;
    double chair_hours = 0;
    for (std::size_t kind = 0; kind < clinic.kinds_of_chairs(); ++kind) {
        const SiteId site = clinic.site_of(kind);
        const double chairs = average_chairs(model, kind, open[site], window.from, window.to);
        *window.chairs += chairs;
        chair_hours += chairs * in_hours(open_at(site));
        if (!clinic.chair_kinds.empty())
            window.open_chair_hours.push_back(chairs * in_hours(open_at(site)));
    }
    constexpr double kTicksPerHour = 3'600'000;
    if (open.size() > 1 && *window.chairs > 0)
        window.open = from_ticks(chair_hours / *window.chairs * kTicksPerHour);
    return window;
}

RunObserver::RunObserver(const Model& model, const PolicyModel& policy, const SiteHours& open,
                         const GroupGrid& grid)
    : window_{measured_time(model, open)},
      grid_{grid},
      observers_{WaitsObserver{window_, grid, model.promises},
                 CareObserver{window_, grid},
                 CourseObserver{window_, grid},
                 AttendanceObserver{window_, grid},
                 ChairObserver{window_, open, model.clinic.chair_kinds},
                 FlowObserver{window_, policy},
                 StaffObserver{window_, model.clinic.staff, open},
                 ConservationObserver{window_.to},
                 EverybodyObserver{window_, grid, model}} {}

RunTallies RunObserver::finish() const {
    std::get<ConservationObserver>(observers_).check();
    RunTallies tallies{window_,
                       grid_,
                       {},
                       std::get<ChairObserver>(observers_).tally(),
                       std::get<FlowObserver>(observers_).flows(),
                       std::get<StaffObserver>(observers_).tallies(),
                       std::get<ChairObserver>(observers_).tally_of_kind()};
    for (std::size_t cell = 0; cell < grid_.cells(); ++cell)
        tallies.cells.push_back({std::get<WaitsObserver>(observers_).cells()[cell],
                                 std::get<CareObserver>(observers_).cells()[cell],
                                 std::get<CourseObserver>(observers_).cells()[cell],
                                 std::get<AttendanceObserver>(observers_).cells()[cell],
                                 std::get<EverybodyObserver>(observers_).cells()[cell]});
    return tallies;
}

}  // namespace clinicsim
