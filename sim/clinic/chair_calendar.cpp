#include "clinicsim/clinic/chair_calendar.hpp"

#include <algorithm>
#include <vector>

#include "clinicsim/clinic/opening_hours.hpp"
#include "clinicsim/random/engine.hpp"

namespace clinicsim {
namespace {

CapacityCalendar planned(const ClinicPlan& clinic, std::size_t kind, const Dates& dates) {
    std::vector<CapacityCalendar::Change> changes{{kRunStart, clinic.chairs_at_start(kind)}};
    for (const ChairChange& change : clinic.changes)
        if (const auto& chairs = change.chairs[kind]; chairs && *chairs != changes.back().capacity)
            changes.push_back({dates.midnight_of(change.from), *chairs});
    return CapacityCalendar{std::move(changes)};
}

/// Where chair number `chair` is one of those planned and broken: one less from `from` to `to`.
void break_chair(const CapacityCalendar& plan, std::uint32_t chair, Instant from, Instant to,
                 std::vector<CapacityStep>& steps) {
    while (from < to) {
        const Instant until = std::min(to, plan.next(from).at);
        if (chair < plan.at(from)) {
            steps.push_back({from, -1});
            steps.push_back({until, 1});
        }
        from = until;
    }
}

}  // namespace

CapacityCalendar chairs_over_time(const ClinicPlan& clinic, std::size_t kind, const Dates& dates,
                                  Instant until, const std::optional<BreakdownDraws>& draws) {
    CapacityCalendar plan = planned(clinic, kind, dates);
    if (!clinic.breakdowns || !draws) return plan;
    const Instant end = until + kCalendarMargin;
    std::vector<CapacityStep> steps;
    std::int64_t before = 0;
    std::uint32_t most = 0;
    for (const auto& change : plan.changes()) {
        steps.push_back({change.at, change.capacity - before});
        before = change.capacity;
        most = std::max(most, change.capacity);
    }
    for (std::uint32_t chair = 0; chair < most; ++chair) {
        const auto which = static_cast<std::uint32_t>(kind) << 16 | chair;
        Instant at = kRunStart;
        for (std::uint64_t n = 0; at < end; ++n) {
            Engine e{{draws->seed, draws->replication, which, Purpose::chair_breakdown, n}};
            const Instant broken = later(at, draw_duration(clinic.breakdowns->every, e));
            at = later(broken, draw_duration(clinic.breakdowns->lasts, e));
            break_chair(plan, chair, std::min(broken, end), std::min(at, end), steps);
        }
    }
    return summed(std::move(steps));
}

}  // namespace clinicsim
