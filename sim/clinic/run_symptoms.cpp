#include <algorithm>

#include "run.hpp"

namespace clinicsim {

namespace {

/// So rare are responders only where the parameters leave hardly any.
constexpr std::uint32_t kMostAttempts = 10'000;

/// The first instant after `now` of a grid that begins at `from`.
Instant next_on_grid(Instant from, Duration every, Instant now) {
    if (every <= Duration::zero()) return kNever;
    return from + every * ((now - from) / every + 1);
}
bool is_on_grid(Instant from, Duration every, Instant now) {
    return every > Duration::zero() && (now - from) % every == Duration::zero();
}

}  // namespace

void ClinicRun::begin_symptoms(Slot slot, Instant arrival) {
    const Patient& p = patients_[slot];
    symptoms_[slot] = {};
    symptoms_[slot].arrival = arrival;
    symptoms_[slot].symptoms =
        Symptoms{*symptom_of(p), symptom_patient(p, 0), arrival, model_.dates};
    sink_.on(CourseBegan{arrival, p.id, p.group, symptoms_[slot].symptoms});
}

SymptomPatient ClinicRun::symptom_patient(const Patient& p, std::uint32_t attempt) const {
    SymptomPatient who{model_.seed, replication_, p.id, attempt, p.in_therapy};
    if (const auto& severities = model_.patients.severities; !severities.empty())
        who.ceiling_shift = severities[p.group.severity].ceiling_shift;
    for (std::size_t habit = 0; habit < model_.patients.lifestyle.size(); ++habit) {
        const Habit& one = model_.patients.lifestyle[habit];
        if (!chance(one.share, p, Purpose::lifestyle, habit)) continue;
        who.half_life *= one.half_life;
        who.stress *= one.stress;
        who.response *= one.response;
    }
    if (symptom_of(p)->anniversary) who.own_day = anniversary_of(p);
    return who;
}

void ClinicRun::begin_symptoms_of_stock(Slot slot, Instant first) {
    const Patient& p = patients_[slot];
    const auto& induction = model_.patients.conditions[p.group.condition].induction;
    std::vector<Duration> gaps;  // between infusions
    if (induction) {
        const Induction& series = model_.patients.inductions[*induction];
        for (std::uint32_t visit = 1; visit < series.visits; ++visit) {
            Engine e = engine(p, Purpose::stock_spread, visit);
            gaps.push_back(draw_duration(series.gap, e));
        }
    }
    Instant arrival = first - model_.observation.response_after;
    for (const Duration gap : gaps) arrival -= gap;
    for (std::uint32_t attempt = 0;; ++attempt) {
        CLINICSIM_CHECK(attempt < kMostAttempts,
                        "a patient in care at the start is a responder, and one in 10,000 is",
                        (Scene{now(), p.id}));
        Symptoms symptoms =
            after_series(*symptom_of(p), symptom_patient(p, attempt), arrival, gaps, model_.dates);
        if (symptoms.rating(first) < scale_of(p).response) continue;
        symptoms_[slot] = {};
        symptoms_[slot].arrival = arrival;
        symptoms_[slot].symptoms = symptoms;
        sink_.on(CourseBegan{arrival, p.id, p.group, symptoms_[slot].symptoms});
        return;
    }
}

void ClinicRun::infuse(Slot slot, bool drug) {
    Patient& p = patients_[slot];
    if (!p.broken_off) symptoms_[slot].symptoms.infuse(now(), symptom_of(p)->dose_of_visit(), drug);
    // what was rated before it says nothing of its effect: asking by score begins anew
    symptoms_[slot].wish.begin_anew();
    if (goes_by_score(p)) p.asks_at = kNever;
}

/// The rating that decides what came of an induction.
void ClinicRun::assess(Slot slot) {
    Patient& p = patients_[slot];
    SymptomState& state = symptoms_[slot];
    state.assessing = false;
    const Scale& scale = scale_of(p);
    const double improvement = state.symptoms.rating(now());
    p.well_now = improvement >= scale.response;
    if (p.in_follow_up && state.rated != now()) take_rating(slot, improvement);
    // who is mildly ill may be under the cut-off of remission before there is a response
    end_induction(slot, improvement >= std::max(scale.response, scale.remission));
}

Instant ClinicRun::next_rating(const SymptomState& state, Instant after) const {
    const Observation& observed = model_.observation;
    return std::min(next_on_grid(state.arrival, observed.self.every, after),
                    next_on_grid(state.arrival, observed.check_ups.every, after));
}

/// A rating at an instant of the patient's grid, if it is made. The clinic's own, where both fall
/// together.
std::optional<double> ClinicRun::rating_on_grid(const Patient& p, Instant at) {
    SymptomState& state = symptoms_[p.slot];
    const Observation& observed = model_.observation;
    const bool by_clinic = is_on_grid(state.arrival, observed.check_ups.every, at);
    const Ratings& ratings = by_clinic ? observed.check_ups : observed.self;
    // by its instant, in seconds of the patient's own time: the same under every policy
    const auto instant = static_cast<std::uint64_t>((at - state.arrival).count()) / 1000;
    if (!chance(ratings.done, p, Purpose::rating_done, instant)) return {};
    return state.symptoms.rating(at, ratings.error);
}

void ClinicRun::rate(Slot slot) {
    Patient& p = patients_[slot];
    p.course_at = next_rating(symptoms_[slot], now());
    const std::optional<double> improvement = rating_on_grid(p, now());
    if (!improvement) return;
    take_rating(slot, *improvement);
    if (p.stage_kind == StageKind::boosters) wish_by_score(slot);
}

/// Nothing but ratings can happen to the patient before `until`. Takes those at once that change
/// nothing, for an event costs more than a rating, and sets `course_at` to the first of the others;
/// what a rating gives does not depend on how often it is looked at.
void ClinicRun::rate_ahead(Patient& p, Instant until) {
    SymptomState& state = symptoms_[p.slot];
    const Scale& scale = scale_of(p);
    const double response = scale.response;
    const ScoreRule relapse = model_.observation.relapse_of(p.group.condition, p.group.severity);
    const bool by_score = goes_by_score(p);
    const ScoreRule wish = by_score ? policy_of(p).asking->on_score->on(scale) : ScoreRule{};
    const bool ill = p.ill();
    const Duration only_grid = model_.observation.check_ups.every == Duration::zero()
                                   ? model_.observation.self.every
                                   : Duration::zero();
    Instant at = p.course_at;
    // where there is only one grid, its next instant needs no division
    for (; at<until; at = only_grid> Duration{} ? at + only_grid : next_rating(state, at)) {
        const auto improvement = rating_on_grid(p, at);
        if (!improvement) continue;
        const bool in_response = *improvement >= response;
        ScoreCount towards_relapse = state.relapse, towards_wish = state.wish;
        if (ill ? in_response : towards_relapse.rated(relapse, at, *improvement)) break;
        if (by_score && towards_wish.rated(wish, at, *improvement)) break;
        state.relapse = towards_relapse;
        state.wish = towards_wish;
        state.rated = at;
        sink_.on(Rated{at, p.id, p.group, *improvement, in_response});
    }
    p.course_at = at;
}

/// A rating at the start of a visit for a booster.
void ClinicRun::rate_at_visit(Slot slot) {
    Patient& p = patients_[slot];
    if (!symptom_of(p) || !p.in_follow_up || p.request.kind == VisitKind::induction) return;
    const Observation& observed = model_.observation;
    const auto index = std::uint64_t{1} << 47 | p.visits;  // beside those of the grid
    if (symptoms_[slot].rated == now()) return;            // known already
    if (!chance(observed.at_visits, p, Purpose::rating_done, index)) return;
    take_rating(slot, symptoms_[slot].symptoms.rating(now(), observed.visit_error));
}

/// What a rating says of being ill: onset at the first of the ratings that meet the rule, the end
/// at the first in response again.
void ClinicRun::take_rating(Slot slot, double improvement) {
    Patient& p = patients_[slot];
    SymptomState& state = symptoms_[slot];
    const Scale& scale = scale_of(p);
    const bool in_response = improvement >= scale.response;
    state.rated = now();
    sink_.on(Rated{now(), p.id, p.group, improvement, in_response});
    if (const auto& asking = policy_of(p).asking; asking && asking->on_score)
        state.wish.rated(asking->on_score->on(scale), now(), improvement);
    if (p.ill()) {
        if (!in_response) return;
        get_well(slot);
        state.relapse.begin_anew();
        if (!policy_of(p).asking || goes_by_score(p)) return;
        // who asked because of the episode needs the visit no longer, and planned boosters that
        // were dropped for it come again
        if (p.request.kind == VisitKind::rescue && p.where != Patient::Where::in_chair)
            withdraw_request(slot);
        if (p.where == Patient::Where::home && p.request.booked == kNever &&
            p.planned_due == kNever && p.pair_left == 0)
            plan_booster(p);
    } else if (state.relapse.rated(
                   model_.observation.relapse_of(p.group.condition, p.group.severity), now(),
                   improvement)) {
        state.relapse.begin_anew();
        fall_ill(slot, std::max(state.relapse.first(), p.state_since));
    }
}

/// Asks for a booster where the ratings meet the policy's rule, or leaves.
void ClinicRun::wish_by_score(Slot slot) {
    Patient& p = patients_[slot];
    SymptomState& state = symptoms_[slot];
    const auto& asking = policy_of(p).asking;
    if (!asking || !asking->on_score || !state.wish.holds(*asking->on_score)) return;
    // one wish at a time, and none while a visit is on its way
    if (p.asks_at != kNever || p.rescue_open || p.where != Patient::Where::home) return;
    state.wish.begin_anew();
    ++state.wishes;
    p.asks = chance(asking->asks, p, Purpose::asks, state.wishes);
    sink_.on(RelapseSeen{now(), p.id, p.group, p.asks, true});
    if (!p.asks) {
        if (policy_of(p).leaves_unless_asking) leave(slot, LeftBecause::left_while_ill);
        return;
    }
    if (asking->planned == PlannedInEpisode::cancelled) drop_planned(p);
    Engine e = engine(p, Purpose::asks_after, state.wishes);
    p.asks_at = later(now(), draw_duration(asking->asks_after, e));
}

}  // namespace clinicsim
