#include <algorithm>
#include <utility>

#include "clinicsim/care/renewal.hpp"
#include "run.hpp"

namespace clinicsim {

const Induction& ClinicRun::induction_of(const Patient& p) const {
    return model_.patients
        .inductions[model_.patients.conditions[p.group.condition].induction.value()];
}

// --- the pathway ---------------------------------------------------------------------------------

void ClinicRun::leave(Slot slot, LeftBecause because) {
    Patient& p = patients_[slot];
    withdraw_request(slot);
    if (rules_ != nullptr) unbook(slot, ReleasedBecause::not_needed);  // the rest of a pair
    drop_planned(p);
    cancel_series(slot);
    if (p.induction_began)
        sink_.on(InductionEnded{now(), p.induction_since, p.id, p.group, p.inductions > 1, false,
                                false, remission_known(p), false});
    if (p.in_follow_up)
        sink_.on(CareSpan{p.state_since, now(), p.id, p.group,
                          p.ill() ? CareState::ill : CareState::well});
    if (because != LeftBecause::pathway) sink_.on(StageLeft{now(), p.id, p.group, p.stage, -1});
    sink_.on(CareEnded{now(), p.in_care ? p.care_since : now(), p.in_care, p.id, p.group, because,
                       p.boosters, p.booster_time});
    p.present = false;
    p.alarm_serial = ~std::uint64_t{0};
    free_slots_.push_back(slot);
}

void ClinicRun::take_way(Slot slot, int way) {
    Patient& p = patients_[slot];
    sink_.on(StageLeft{now(), p.id, p.group, p.stage, way});
    enter(p, stage_of(p).ways[static_cast<std::size_t>(way)].to);
    p.stage_since = now();
    begin_stage(slot);
}

void ClinicRun::take_way_by_share(Slot slot) {
    Patient& p = patients_[slot];
    const auto& ways = stage_of(p).ways;
    std::size_t way = 0;
    if (ways.size() > 1) {
        Engine e = engine(p, Purpose::branch, ++p.branches);
        for (double rest = uniform01(e) - ways[0].share; rest >= 0 && way + 1 < ways.size();)
            rest -= ways[++way].share;
    }
    take_way(slot, static_cast<int>(way));
}

void ClinicRun::begin_stage(Slot slot) {
    Patient& p = patients_[slot];
    const Stage& stage = stage_of(p);
    // a stage takes up nothing that an earlier one has left open
    withdraw_request(slot);
    if (rules_ != nullptr) unbook(slot, ReleasedBecause::not_needed);
    drop_planned(p);
    p.next_visit = p.seen_at = p.asks_at = kNever;
    p.pair_left = 0;
    p.rescue_open = false;
    switch (stage.kind) {
        case StageKind::referral:
            break;
        case StageKind::screening: {
            Engine e = engine(p, Purpose::screening, p.branches);
            p.next_visit = later(now(), draw_duration(stage.takes, e));
            break;
        }
        case StageKind::induction:
            begin_induction(slot);
            break;
        case StageKind::boosters:
            p.schedule_from = p.last_planned_due = now();
            p.well_in_a_row = 0;
            if (p.ill()) foresee_asking(p);
            plan_booster(p);
            break;
        case StageKind::follow_up:
            break;
        case StageKind::exit:
            leave(slot, LeftBecause::pathway);
            break;
    }
}

std::pair<int, Instant> ClinicRun::timed_way(const Patient& p) const {
    std::pair<int, Instant> first{-1, kNever};
    const auto& ways = stage_of(p).ways;
    for (std::size_t w = 0; w < ways.size(); ++w) {
        Instant since = p.stage_since;
        if (ways[w].when != Way::When::after) {
            if (!p.in_follow_up || p.ill() != (ways[w].when == Way::When::ill)) continue;
            since = std::max(since, p.state_since);
        }
        const Instant at = model_.dates.plus(since, ways[w].lasting);
        if (at < first.second) first = {static_cast<int>(w), at};
    }
    return first;
}

void ClinicRun::begin_induction(Slot slot) {
    Patient& p = patients_[slot];
    ++p.inductions;
    p.series_length = induction_of(p).visits;
    p.visit_of_series = 0;
    p.well_now = false;
    if (const RenewalCourse* renewal = renewal_of(p)) {
        p.course_at = kNever;  // possible again only after the last visit
        Engine e = engine(p, Purpose::response, p.inductions);
        p.responds_at = responds_at(*renewal, p.series_length, e);
    }
    if (booked_) {
        book_series(slot, now(), now());
        return;
    }
    p.request = {now(), kNever, VisitKind::induction, {}, {}};
    come(p);
}

void ClinicRun::end_induction_visit(Patient& p) {
    ++p.visit_of_series;
    if (p.broken_off && p.visit_of_series == p.responds_at) ++p.responds_at;  // if there is a next
    if (p.visit_of_series == p.responds_at) {
        p.well_now = true;
        if (p.ill()) get_well(p.slot);
    }
    const SymptomCourse* symptom = symptom_of(p);
    const bool by_ratings = symptom != nullptr;
    const bool drug = !by_ratings || policy_of(p).gets.induction == Given::drug;
    if (by_ratings) infuse(p.slot, drug);
    const Duration since_last = p.infusions > 1 ? now() - p.last_infusion : Duration::zero();
    sink_.on(InfusionGiven{now(), p.id, p.group, VisitKind::induction, p.well_now || by_ratings,
                           !by_ratings, since_last, p.chair, drug,
                           by_ratings ? symptom->dose_of_visit() : 1});
    p.last_infusion = now();
    if (leaves_at_once_ && due_to_leave(p)) return leave(p.slot, LeftBecause::dropped_out);
    if (p.visit_of_series == p.series_length) {
        if (by_ratings) {
            symptoms_[p.slot].assessing = true;
            p.next_visit = later(now(), model_.observation.response_after);
            return;
        }
        if (p.well_now) renew_risk(p, since_last);
        const RenewalCourse& course = *renewal_of(p);
        return end_induction(p.slot,
                             p.well_now && course.remits >= 0 &&
                                 chance(course.remits, p, Purpose::remission, p.inductions));
    }
    if (chance(model_.patients.drop_out.per_induction_visit, p, Purpose::per_visit_drop_out,
               p.visits))
        return leave(p.slot, LeftBecause::dropped_out);
    if (!booked_) {
        Engine e = engine(p, Purpose::induction_gap, p.visits);
        p.next_visit = later(now(), draw_duration(induction_of(p).gap, e));
    }
}

void ClinicRun::end_induction(Slot slot, bool in_remission) {
    Patient& p = patients_[slot];
    sink_.on(InductionEnded{now(), p.induction_since, p.id, p.group, p.inductions > 1, true,
                            p.well_now, remission_known(p), in_remission});
    p.induction_began = false;
    p.lost_response = !p.well_now;
    if (p.inductions == 1) count_drop_out(p, DropOutFrom::induction_end);
    if (p.well_now && !p.in_follow_up) begin_follow_up(slot);
    // an induction of somebody well that ends without response is where the response was lost;
    // ratings tell by themselves
    if (!p.well_now && p.in_follow_up && !p.ill() && !symptom_of(p)) fall_ill(slot, now());
    const auto& ways = stage_of(p).ways;
    if (ways[0].when == Way::When::share) return take_way_by_share(slot);
    const auto wanted = p.well_now ? Way::When::responded : Way::When::otherwise;
    const auto way =
        std::find_if(ways.begin(), ways.end(), [&](const Way& w) { return w.when == wanted; });
    CLINICSIM_CHECK(way != ways.end(), "an induction has a way for every end of it",
                    Scene{now(), p.id});
    take_way(slot, static_cast<int>(way - ways.begin()));
}

void ClinicRun::begin_follow_up(Slot slot) {
    Patient& p = patients_[slot];
    p.in_follow_up = true;
    p.state_since = now();
    if (symptom_of(p)) p.course_at = next_rating(symptoms_[slot], now());
    sink_.on(ResponseBegan{now(), p.id, p.group});
}

/// The first instant of a patient in care at the start: an infusion without a chair has just
/// worked.
void ClinicRun::begin_stock(Slot slot) {
    Patient& p = patients_[slot];
    p.infusions = p.visits = 1;
    p.last_infusion = p.stage_since = now();
    count_drop_out(p, model_.patients.drop_out.from);
    if (symptom_of(p)) {
        begin_symptoms_of_stock(slot, now());
        p.last_infusion = now() - model_.observation.response_after;
    }
    begin_follow_up(slot);
    if (!symptom_of(p)) renew_risk(p, Duration{});
    begin_stage(slot);
}

void ClinicRun::count_drop_out(Patient& p, DropOutFrom from) {
    const DropOut& drop_out = model_.patients.drop_out;
    if (!drop_out.time || drop_out.from != from) return;
    Engine e = engine(p, Purpose::drop_out, static_cast<std::uint64_t>(from));
    p.drop_out = later(now(), draw_duration(*drop_out.time, e));
}

// --- well and ill --------------------------------------------------------------------------------

void ClinicRun::renew_risk(Patient& p, Duration since_last_infusion) {
    const RenewalCourse& course = *renewal_of(p);
    if (!course.relapse) return;
    p.risk_from = now();
    p.risk_factor =
        p.factor * infusion_factor(course.effects, p.infusions - 1, since_last_infusion);
    Engine e = engine(p, Purpose::relapse, p.infusions);
    p.course_at = later(now(), time_to_relapse(course, p.risk_factor, e));
}

/// `onset`: now, or the first of the ratings that tell it.
void ClinicRun::fall_ill(Slot slot, Instant onset) {
    Patient& p = patients_[slot];
    if (!symptom_of(p)) p.course_at = kNever;
    ++p.relapses;
    sink_.on(CareSpan{p.state_since, onset, p.id, p.group, CareState::well});
    sink_.on(Relapsed{onset, p.id, p.group, p.relapses});
    p.ill_since = p.state_since = onset;
    if (p.stage_kind == StageKind::boosters) foresee_asking(p);
}

/// A working infusion ends the episode. What was asked for in it is that very visit, or was
/// withdrawn when another one took its place.
void ClinicRun::get_well(Slot slot) {
    Patient& p = patients_[slot];
    sink_.on(CareSpan{p.state_since, now(), p.id, p.group, CareState::ill});
    sink_.on(EpisodeEnded{now(), p.ill_since, p.id, p.group});
    p.ill_since = p.seen_at = kNever;
    p.state_since = now();
    if (goes_by_score(p)) return;  // what was asked for by ratings does not hang on the episode
    p.asks_at = kNever;
    p.asks = p.rescue_open = false;
}

/// When the present episode will be seen, and whether and when the patient will ask.
void ClinicRun::foresee_asking(Patient& p) {
    const auto& asking = policy_of(p).asking;
    if (!asking || asking->on_score) return;
    Engine delays = engine(p, Purpose::asks_after, p.relapses);
    Duration delay{};
    if (const auto* after = std::get_if<SeenAfter>(&asking->seen))
        delay = draw_duration(after->delay, delays);
    p.seen_at = seen_at(asking->seen, now(), p.last_infusion, delay);
    if (asking->by_others.share > 0) {
        Engine others = engine(p, Purpose::seen_by_others, p.relapses);
        if (happens(asking->by_others.share, others))
            p.seen_at =
                std::min(p.seen_at, later(now(), draw_duration(asking->by_others.delay, others)));
    }
    p.asks = chance(asking->asks, p, Purpose::asks, p.relapses);
    p.asks_at = p.asks ? later(p.seen_at, draw_duration(asking->asks_after, delays)) : kNever;
}

void ClinicRun::see_relapse(Slot slot) {
    Patient& p = patients_[slot];
    p.seen_at = kNever;
    sink_.on(RelapseSeen{now(), p.id, p.group, p.asks});
    if (!p.asks) {
        // who is being served stays until the end of the visit, which may end the episode
        if (policy_of(p).leaves_unless_asking && p.where != Patient::Where::in_chair)
            leave(slot, LeftBecause::left_while_ill);
    } else if (policy_of(p).asking->planned == PlannedInEpisode::cancelled) {
        drop_planned(p);
    }
}

void ClinicRun::ask(Slot slot) {
    Patient& p = patients_[slot];
    p.asks_at = kNever;
    if (!leaves_at_once_ && due_to_leave(p) && p.where != Patient::Where::in_chair)
        return leave(slot, LeftBecause::dropped_out);
    if (any_cap_)
        if (const Instant fits = earliest_by_cap(slot); fits > now()) {
            p.asks_at = fits;
            return;
        }
    p.rescue_open = true;
    // a visit under way, waited for, or the second of a pair serves the asking as well
    if (p.where != Patient::Where::home || p.pair_left > 0) return;
    const Request wish{now(), kNever, VisitKind::rescue, {}, visit_plan(p, false).slot};
    if (booked_) {
        // one booked before serves the asking if it comes first
        const Instant free =
            first_place(p, false, earliest_booking(now()), wish.length, true).start;
        const Instant before = std::min(p.planned_slot, p.request.booked);
        if (before <= free && (before != kNever || rules_ == nullptr)) return;
        withdraw_request(slot);
        if (plan_of(p).reset) drop_planned(p, ReleasedBecause::rescue);
    }
    p.request = wish;
    come(p);
}

// --- boosters ------------------------------------------------------------------------------------

void ClinicRun::end_booster_visit(Patient& p) {
    const Policy& policy = policy_of(p);
    const RenewalCourse* renewal = renewal_of(p);
    const bool second = p.pair_left > 0;
    const bool rescue = second ? p.pair_of_rescue : p.request.kind == VisitKind::rescue;
    const bool was_ill = p.ill();
    const bool drug = policy.gets.boosters == Given::drug;
    bool worked = false;  // as far as it is known now
    double dose = 1;
    if (renewal != nullptr) {
        if (!p.lost_response)
            p.lost_response = chance(renewal->loss_of_response, p, Purpose::loss, p.infusions);
        worked = p.in_follow_up && !p.lost_response && !p.broken_off &&
                 chance(renewal->works, p, Purpose::works, p.infusions);
    } else {
        infuse(p.slot, drug);
        dose = symptom_of(p)->dose_of_visit();
    }
    const Duration since_last = now() - std::exchange(p.last_infusion, now());
    sink_.on(InfusionGiven{now(), p.id, p.group, rescue ? VisitKind::rescue : VisitKind::booster,
                           worked || renewal == nullptr, renewal != nullptr, since_last, p.chair,
                           drug, dose});
    if (now() >= model_.warm_up_end) {
        ++p.boosters;
        p.booster_time += since_last;
    }
    if (any_cap_) boosters_given_[p.slot].push_back(now());
    if (second) {
        --p.pair_left;
    } else {
        p.pair_left = static_cast<std::uint8_t>(policy.infusions - 1);
        p.pair_of_rescue = rescue;
    }
    const bool asked = p.rescue_open;
    if (p.pair_left == 0) p.rescue_open = false;
    if (was_ill)
        p.well_in_a_row = 0;
    else if (!rescue && !second)
        ++p.well_in_a_row;

    if (worked) {
        if (was_ill) get_well(p.slot);
        if (!rescue || renewal->rescue_renews) {
            renew_risk(p, since_last);
        } else if (was_ill) {
            Engine e = engine(p, Purpose::relapse, p.infusions);
            p.course_at = later(
                p.risk_from, age_at_next_relapse(*renewal, p.risk_factor, now() - p.risk_from, e));
        }
    } else if (was_ill && asked && p.pair_left == 0 && !policy.asking->on_score) {
        p.asks_at = later(now(), policy.asking->repeat_after);
    }
    if (leaves_at_once_ && due_to_leave(p)) return leave(p.slot, LeftBecause::dropped_out);
    // seen while in the chair, did not ask, and the infusion did not help
    if (policy.leaves_unless_asking && !policy.asking->on_score && p.ill() && !p.asks &&
        p.seen_at == kNever)
        return leave(p.slot, LeftBecause::left_while_ill);

    if (p.pair_left > 0) {
        Engine e = engine(p, Purpose::pair_gap, ++p.pairs);
        const Instant due = later(now(), draw_duration(policy.apart, e));
        if (rules_ != nullptr && !bookings_[p.slot].rest.empty()) {
            auto& rest = bookings_[p.slot].rest;
            p.request = rest.front();
            p.request.wanted = due;
            rest.erase(rest.begin());
        } else if (booked_) {
            p.request = {due, kNever, VisitKind::booster, {}, {}};
            come(p);
        } else {
            p.next_visit = due;
        }
    } else if (plan_of(p).reset || p.planned_due <= now() || p.planned_due == kNever ||
               (any_cap_ && p.planned_due < earliest_by_cap(p.slot))) {
        plan_booster(p);
    }
}

/// Sets the next planned booster after now. `missed`: the due time of one that was missed; the next
/// comes one interval after it.
void ClinicRun::plan_booster(Patient& p, Instant missed) {
    drop_planned(p, ReleasedBecause::rescue);
    if (!plan_of(p).plans || p.stage_kind != StageKind::boosters) return;
    const Policy& policy = policy_of(p);
    // what fell due while another visit was open counts as given
    p.last_planned_due = std::max(p.last_planned_due, now());
    const CareView seen{p.schedule_from, missed == kNever ? p.last_infusion : missed,
                        p.last_planned_due, p.well_in_a_row};
    Instant due = next_due(policy.schedule, seen, model_.dates);
    if (!policy.before.empty())
        due = std::min(due, next_before_date(policy.before, anniversary_of(p), p.last_planned_due,
                                             model_.dates));
    due = std::max(due, now());
    if (any_cap_) due = std::max(due, earliest_by_cap(p.slot));
    if (due == kNever) return;
    p.planned_due = due;
    p.will_miss = chance(policy.missed, p, Purpose::missed, p.planned + 1);
    // by its day, for the time booked may lie earlier on it than the due time
    if (booked_ && !p.will_miss && earliest_booking(due) < end_)
        book_planned(p.slot, earliest_booking(due));
}

void ClinicRun::unbook_planned(Patient& p, ReleasedBecause because) {
    release(p.slot, planned_visit(p), because);
    p.planned_slot = kNever;
    if (rules_ == nullptr) return;
    Bookings& b = bookings_[p.slot];
    for (const Request& visit : b.planned_rest) release(p.slot, visit, because);
    b.planned_rest.clear();
    b.waits[static_cast<std::size_t>(Line::planned)] = false;
}

void ClinicRun::planned_falls_due(Patient& p, Instant here_for) {
    const bool here = booked_ && !p.will_miss ? p.planned_slot <= here_for : p.planned_due <= now();
    if (!here) return;
    ++p.planned;
    if (!leaves_at_once_ && due_to_leave(p)) {
        if (booked_ && p.planned_slot != kNever) ++ledger_.missed;
        p.planned_slot = kNever;  // used up: nobody else can have it at its very instant
        return leave(p.slot, LeftBecause::dropped_out);
    }
    const Instant due = std::exchange(p.planned_due, kNever);
    p.last_planned_due = std::max(p.last_planned_due, due);
    if (p.will_miss) {
        sink_.on(BoosterMissed{now(), p.id, p.group});
        return plan_booster(p, due);
    }
    const Instant booked = booked_ ? std::exchange(p.planned_slot, kNever) : kNever;
    if (request_open(p)) withdraw_request(p.slot);  // a rescue: this visit serves it
    if (rules_ != nullptr) {
        Bookings& b = bookings_[p.slot];
        b.rest = std::exchange(b.planned_rest, {});
        b.made[static_cast<std::size_t>(Line::request)] =
            b.made[static_cast<std::size_t>(Line::planned)];
    }
    p.request = {due, booked, VisitKind::booster, p.planned_chair, visit_plan(p, false).slot};
    if (booked_)
        attend(p.slot);
    else
        come(p);
}

/// From when on the policy's cap allows one more booster; the past where there is no cap.
Instant ClinicRun::earliest_by_cap(Slot slot) const {
    const Policy& policy = policy_of(patients_[slot]);
    if (!policy.cap) return kRunStart;
    const auto& given = boosters_given_[slot];
    if (given.size() + policy.infusions <= policy.cap->boosters) return kRunStart;
    return given[given.size() + policy.infusions - policy.cap->boosters - 1] + kCapWindow;
}

YearlyDay ClinicRun::anniversary_of(const Patient& p) const {
    Engine e = engine(p, Purpose::traits, 0);
    const auto day = static_cast<std::int64_t>(uniform01(e) * 365);
    const Date date{std::chrono::sys_days{std::chrono::year{2001} / 1 / 1} +
                    std::chrono::days{day}};
    return {date.month(), date.day()};
}

}  // namespace clinicsim
