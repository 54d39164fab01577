#include "clinicsim/care/policy.hpp"

#include <algorithm>

#include "clinicsim/base/check.hpp"

namespace clinicsim {
namespace {

/// The first of anchor + k x every, k = 1, 2, …, strictly after `after`. Calendar months make the
/// steps uneven, so k is estimated from below and then counted up.
Instant first_multiple_after(Instant anchor, const Span& every, Instant after, const Dates& dates) {
    const Duration longest = every.fixed + Days{31} * every.months;
    std::int64_t k = std::max<std::int64_t>(1, (after - anchor) / longest);
    Instant at = dates.plus(anchor, every, k);
    while (at <= after) at = dates.plus(anchor, every, ++k);
    return at;
}

}  // namespace

Instant FixedInterval::next_due(const CareView& seen, const Dates& dates) const {
    if (clock == ScheduleClock::reset) return dates.plus(seen.last_infusion, every);
    return first_multiple_after(seen.induction_end, every, seen.last_planned_due, dates);
}

Instant Steps::next_due(const CareView& seen, const Dates& dates) const {
    // reset: the step in force when the last infusion ended decides; calendar: each step's own grid
    const Instant reference =
        clock == ScheduleClock::reset ? seen.last_infusion : seen.last_planned_due;
    Instant begins = seen.induction_end;
    for (const Step& step : steps) {
        const Instant ends = step.lasts.empty() ? kNever : dates.plus(begins, step.lasts);
        if (clock == ScheduleClock::reset) {
            if (reference < ends) return dates.plus(reference, step.every);
        } else if (reference < ends) {
            const Instant due = first_multiple_after(begins, step.every, reference, dates);
            if (due <= ends) return due;
        }
        begins = ends;
    }
    CLINICSIM_CHECK(false, "the last step of a schedule has no end");
    return kNever;
}

Instant Lengthening::next_due(const CareView& seen, const Dates&) const {
    const auto steps = static_cast<std::int64_t>(seen.well_in_a_row);
    const std::int64_t most = (to.fixed - from.fixed) / by.fixed + 1;
    const Duration interval = std::min(to.fixed, from.fixed + by.fixed * std::min(steps, most));
    return later(seen.last_infusion, interval);
}

Instant next_due(const Schedule& schedule, const CareView& seen, const Dates& dates) {
    // by far the most frequent one, without the jump
    if (const auto* fixed = std::get_if<FixedInterval>(&schedule))
        return fixed->next_due(seen, dates);
    return std::visit([&](const auto& kind) { return kind.next_due(seen, dates); }, schedule);
}

Instant next_before_date(const BeforeDates& before, const YearlyDay& anniversary, Instant after,
                         const Dates& dates) {
    Instant first = kNever;
    const auto consider = [&](const YearlyDay& day) {
        first = std::min(first, dates.next(day, after + before.by) - before.by);
    };
    for (const YearlyDay& day : before.days) consider(day);
    if (before.anniversary) consider(anniversary);
    return first;
}

Instant seen_at(const Seen& seen, Instant onset, Instant last_infusion, Duration delay) {
    if (std::holds_alternative<SeenAfter>(seen)) return later(onset, delay);
    if (const auto* check_ups = std::get_if<SeenAtCheckUps>(&seen)) {
        const Duration since = onset - last_infusion;
        const std::int64_t k = (since + check_ups->every - Duration{1}) / check_ups->every;
        return later(last_infusion, check_ups->every * std::max<std::int64_t>(k, 1));
    }
    return onset;
}

}  // namespace clinicsim
