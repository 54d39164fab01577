// The run's section: seed, dates, replications; and the limits.
#include "draft.hpp"

namespace clinicsim::reading {
namespace {

/// Later years have no date in std::chrono.
constexpr int kLastYear = 30'000;

}  // namespace

void read_run(Draft& draft, const Value& value) {
    if (!value) return;
    MapReader run{value, kRunSection};
    Scenario& scenario = draft.scenario;
    Model& model = draft.model();
    if (const Value seed = run.take("seed")) model.seed = seed.whole();
    if (const Value start = run.take("start")) {
        const Date date = start.date();
        if (date.ok()) model.dates = Dates{date};
    }
    if (draft.is_study()) {
        run.unfit("warm_up", "a study has no clinic that must fill first");
        run.unfit("horizon", "a study lasts as long as its phases");
    } else {
        if (const Value warm_up = run.take("warm_up")) scenario.warm_up = warm_up.span();
        if (!run.has("horizon")) run.missing("horizon");
        if (const Value horizon = run.take("horizon")) scenario.horizon = horizon.span();
    }
    if (const Value replications = run.take("replications"))
        scenario.replications = static_cast<std::uint32_t>(replications.whole());
    model.warm_up_end = model.dates.plus(kRunStart, scenario.warm_up);
    model.end = model.dates.plus(model.warm_up_end, scenario.horizon);
    if (static_cast<int>(model.dates.date_of(model.end).year()) > kLastYear)
        run.fault("the run ends after the year 30000");
}

void read_limits(Draft& draft, const Value& value) {
    if (!value) return;
    MapReader map{value, kLimitsSection};
    Limits& limits = draft.scenario.limits;
    if (const Value patients = map.take("patients")) limits.patients = patients.number();
    if (const Value events = map.take("events")) limits.events = events.number();
    if (const Value replications = map.take("replications"))
        limits.replications = static_cast<std::uint32_t>(replications.whole());
}

}  // namespace clinicsim::reading
