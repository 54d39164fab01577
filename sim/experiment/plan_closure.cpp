#include "plan_closure.hpp"

#include <algorithm>

#include "clinicsim/clinic/opening_hours.hpp"

namespace clinicsim::planning {

namespace {

struct Closure {
    Instant first{}, last{};  // midnights of its days
    std::int64_t days = 0;
};

bool opens_on(const OpeningRule& rule, const Dates& dates, Instant midnight) {
    return !is_closed(rule, dates.date_of(midnight)) &&
           !rule.week[dates.weekday_of(midnight).c_encoding()].empty();
}

/// The longest run of days without an opening hour that reaches into [from, to) and is no ordinary
/// week's.
Closure longest(const OpeningRule& rule, const Dates& dates, Instant from, Instant to) {
    Closure longest, now;
    bool of_the_calendar = false;
    const auto end_run = [&](Instant next) {
        if (of_the_calendar && next > from && now.days > longest.days) longest = now;
        now = {};
        of_the_calendar = false;
    };
    // begins before the quarter where its closure does; a closure that outlasts it is long enough
    const Instant begin = std::max(kRunStart, from - Days{366});
    for (Instant day = begin; now.days > 0 || day < to; day += Days{1}) {
        if (opens_on(rule, dates, day) || day >= to + Days{366}) {
            end_run(day);
            continue;
        }
        if (now.days++ == 0) now.first = day;
        now.last = day;
        of_the_calendar |= is_closed(rule, dates.date_of(day));
    }
    return longest;
}

}  // namespace

std::optional<std::string> closure_in(const Model& model, Instant from, Instant to) {
    const ClinicPlan& clinic = model.clinic;
    Closure found;
    std::string where;
    for (std::size_t site = 0; site < clinic.number_of_sites(); ++site) {
        const OpeningRule& rule = clinic.open_at(static_cast<SiteId>(site));
        if (rule.always) continue;
        const Closure here = longest(rule, model.dates, from, to);
        if (here.days <= found.days) continue;
        found = here;
        if (clinic.number_of_sites() > 1) where = clinic.sites[site].name + " ";
    }
    if (found.days < kDaysOfAClosure) return std::nullopt;
    return where + "closed " + Dates::text(model.dates.date_of(found.first)) + " to " +
           Dates::text(model.dates.date_of(found.last));
}

}  // namespace clinicsim::planning
