// How new patients come: at random, in a fixed rhythm, or at given instants.
#include <algorithm>

#include "draft.hpp"

namespace clinicsim::reading {
namespace {

PoissonArrivals read_poisson(const Value& value) {
    PoissonArrivals poisson;
    MapReader map{value, kPoissonSection};
    const Value mean = map.take("mean"), per = map.take("per");
    if (mean && per) poisson.per_tick = mean.number() / per.per();
    if (const Value growth = map.take("growth_per_year")) poisson.growth_per_year = growth.growth();
    if (const Value season = map.take("season")) {
        MapReader wave{season, kSeasonSection};
        if (const Value amplitude = wave.take("amplitude"))
            poisson.season_amplitude = amplitude.share();
        if (const Value peak = wave.take("peak")) poisson.season_peak = peak.yearly_day();
    }
    return poisson;
}

RegularArrivals read_regular(const Value& value) {
    RegularArrivals regular;
    MapReader map{value, kRegularSection};
    if (const Value gap = map.take("gap")) regular.every = gap.duration();
    if (const Value first = map.take("first")) regular.first = first.duration();
    if (const Value count = map.take("count")) regular.count = count.whole();
    return regular;
}

ListedArrivals read_listed(const Draft& draft, const Value& value) {
    ListedArrivals listed;
    for (const Value& item : value.items()) {
        const std::size_t before = item.context().fault_count();
        const DayAndTime when = item.day_and_time();
        if (item.context().fault_count() != before || !item.is_scalar()) continue;
        const Instant at = draft.scenario.model.dates.midnight_of(when.date) + when.after_midnight;
        if (at < kRunStart)
            item.fault("this lies before the start of the run, " +
                       Dates::text(draft.scenario.model.dates.first_day()));
        listed.at.push_back(at);
    }
    std::sort(listed.at.begin(), listed.at.end());
    return listed;
}

}  // namespace

void read_arrivals(Draft& draft, const Value& value) {
    if (!value) return;
    MapReader map{value, kArrivalsSection};
    Arrivals& arrivals = draft.model().patients.arrivals;
    int kinds = 0;
    for (const KeyRow& row : kArrivalsSection.rows) kinds += map.has(row.key);
    if (kinds > 1) map.fault("write one of poisson, every, dates");
    if (const Value poisson = map.take("poisson")) arrivals = read_poisson(poisson);
    if (const Value every = map.take("every")) arrivals = read_regular(every);
    if (const Value dates = map.take("dates")) arrivals = read_listed(draft, dates);
    if (kinds == 0 && map.readable() && value.node().entries.empty())
        map.fault("write one of poisson, every, dates");
}

}  // namespace clinicsim::reading
