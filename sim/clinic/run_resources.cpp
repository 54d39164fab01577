// What visits need: chairs of several kinds, which come, break and go; and, in a clinic with staff
// or equipment, whom each phase of a visit needs.
//
// A visit begins when a chair is free and its first phase has its staff. From phase to phase it
// gives back one share and takes the next at the same instant; where that cannot be, it waits in
// its chair, holding nobody, and goes before whoever has not begun. So nothing waits in a circle.
// With a side effect it waits for who is on call, and goes before all others; it keeps its nurse
// meanwhile, and what it keeps is nobody's to be called (check_staff.cpp), so there is no circle
// either.
#include <algorithm>
#include <utility>

#include "clinicsim/clinic/chair_calendar.hpp"
#include "clinicsim/clinic/roster.hpp"
#include "run.hpp"

namespace clinicsim {
namespace {

constexpr std::size_t index(VisitPhase phase) { return static_cast<std::size_t>(phase); }
constexpr VisitPhase after(VisitPhase phase) { return static_cast<VisitPhase>(index(phase) + 1); }
constexpr auto kVisitOver = static_cast<VisitPhase>(kVisitPhases);

}  // namespace

void ClinicRun::plan_phases(VisitPlan& plan, SiteId site) {
    for (auto& needs : plan.parts.needs)
        for (Need& need : needs) need.group = static_cast<StaffGroupId>(need.group + site);
    const std::array<const Distribution*, kVisitPhases> phases{
        &plan.parts.preparation, &plan.parts.infusion, &plan.parts.recovery, &plan.parts.turnover};
    Duration begins{};
    plan.first = kVisitOver;
    for (std::size_t i = 0; i < kVisitPhases; ++i) {
        plan.begins[i] = begins;
        begins += from_ticks(mean(*phases[i]));
        const auto* constant = phases[i]->as<Constant>();
        if (constant != nullptr && constant->value == 0)
            plan.parts.needs[i].clear();
        else if (plan.first == kVisitOver)
            plan.first = static_cast<VisitPhase>(i);
    }
    // a visit that takes no time at all still takes place
    plan.first = std::min(plan.first, VisitPhase::recovery);
    for (std::size_t i = kVisitPhases; i-- > 0;)
        plan.groups_from[i] = plan.groups_from[i + 1] | set_of(plan.parts.needs[i]);
    plan.called = plan.parts.needs[index(VisitPhase::infusion)];
    for (Need& need : plan.called) {
        if (!need.on_call) continue;
        need.parts = kWhole;
        plan.on_call |= set_of(need.group);
    }
}

void ClinicRun::lay_out_staff() {
    lacking_.resize(staff_.size());
    for (StaffGroupId group = 0; group < staff_.size(); ++group)
        on_duty_.push_back(
            on_duty(model_.clinic, group, model_.dates, end_, SickDays{model_.seed, replication_}));
    const auto& groups = model_.clinic.staff;
    if (booked_ && std::any_of(groups.begin(), groups.end(),
                               [](const StaffGroup& group) { return group.sick > 0; }))
        for (StaffGroupId group = 0; group < staff_.size(); ++group)
            rostered_.push_back(on_duty(model_.clinic, group, model_.dates, end_));
    needed_to_start_ = ~GroupSet{0};
    for (const VisitPlans& plans : visit_plans_)
        for (const VisitPlan* plan : {&plans.first, &plans.later}) {
            for (const auto& needs : plan->parts.needs)
                for (const Need& need : needs) staff_.may_need(need);
            GroupSet takes = 0;
            for (const Need& need : plan->parts.needs[index(plan->first)])
                if (need.parts > 0) takes |= set_of(need.group);
            needed_to_start_ &= takes;
        }
}

void ClinicRun::lay_out_chairs() {
    const ClinicPlan& clinic = model_.clinic;
    const std::size_t kinds = clinic.kinds_of_chairs();
    if (several_kinds_)
        for (std::size_t kind = 0; kind < kinds; ++kind)
            kinds_.emplace_back(clinic.chairs ? clinic.chairs_at_start(kind) : kUnlimited);
    if (clinic.changes.empty() && !clinic.breakdowns) return;
    for (std::size_t kind = 0; kind < kinds; ++kind)
        chairs_over_time_.push_back(chairs_over_time(clinic, kind, model_.dates, end_,
                                                     BreakdownDraws{model_.seed, replication_}));
}

void ClinicRun::change_capacity() {
    const Instant next = std::min(change_roster(), change_chairs());
    schedule(next, Phase::release, Happening::capacity);
    dispatch_wanted_ = true;
}

/// Returns when the next change is due; so does change_roster().
Instant ClinicRun::change_chairs() {
    Instant next = kNever;
    for (std::size_t kind = 0; kind < chairs_over_time_.size(); ++kind) {
        (several_kinds_ ? kinds_[kind] : chairs_).set_capacity(chairs_over_time_[kind].at(now()));
        next = std::min(next, chairs_over_time_[kind].next(now()).at);
    }
    return next;
}

std::optional<ChairKindId> ClinicRun::free_kind(const Patient& p) const {
    if (booked_) return kinds_[p.chair].any_free() ? std::optional{p.chair} : std::nullopt;
    for (const ChairKindId kind : next_visit_plan(p).kinds)
        if (kinds_[kind].any_free()) return kind;
    return std::nullopt;
}

void ClinicRun::take_kind(Patient& p) {
    const auto kind = free_kind(p);
    CLINICSIM_CHECK(kind.has_value(), "a visit starts where a chair of its kind is free",
                    Scene{now(), p.id});
    p.chair = *kind;
    kinds_[*kind].seize();
}

Instant ClinicRun::change_roster() {
    Instant next = kNever;
    for (StaffGroupId group = 0; group < staff_.size(); ++group) {
        const std::uint32_t people = on_duty_[group].at(now());
        next = std::min(next, on_duty_[group].next(now()).at);
        if (people == staff_.of(group).on_duty) continue;
        staff_.set_on_duty(group, people);
        tell_levels(set_of(group));
    }
    return next;
}

/// Whom a visit by this plan lacks for its first phase now, or will not find for a later one: a
/// roster that has nobody then would leave the patient in the chair. Null: nobody.
const Need* ClinicRun::missing_to_start(const VisitPlan& plan) const {
    if (const Need* missing = staff_.missing_at_start(plan.parts.needs[index(plan.first)],
                                                      closed_ | closed_to_starts_))
        return missing;
    for (std::size_t i = index(plan.first) + 1; i < index(VisitPhase::turnover); ++i)
        for (const Need& need : plan.parts.needs[i])
            if (staff_.of(need.group).on_duty < need.people() &&
                on_duty_[need.group].at(later(now(), plan.begins[i])) < need.people())
                return &need;
    return nullptr;
}

/// Who is first in the line for a group of staff gets them first, even where others need less.
void ClinicRun::let_nobody_overtake(const Patient& p) {
    const VisitPlan& plan = next_visit_plan(p);
    if (const Need* missing = staff_.missing_at_start(plan.parts.needs[index(plan.first)], closed_))
        closed_to_starts_ |= set_of(missing->group);
}

/// Somebody in the line may not start: counts them with those who lack the same staff. Whether to
/// ask the others is in vain, for every visit needs whom this one waits for: a line that grows
/// without end would be walked through at every event. The others are then counted as lacking them,
/// too.
bool ClinicRun::lacks_staff(const Patient& p) {
    ++seen_waiting_;
    const VisitPlan& plan = next_visit_plan(p);
    if (several_kinds_ && !free_kind(p)) {
        let_nobody_overtake(p);
        return false;
    }
    const Need* missing = missing_to_start(plan);
    let_nobody_overtake(p);
    if (missing == nullptr) return false;  // it is too late in the day
    std::uint32_t& waiting = lacking_[missing->group].waiting;
    ++waiting;
    if (!(closed_to_starts_ & needed_to_start_)) return false;
    waiting += static_cast<std::uint32_t>(line_.waiting() - seen_waiting_);
    return true;
}

/// Somebody has left the line.
void ClinicRun::recount_who_lacks_staff() {
    using Turn = WaitingLine::Turn;
    closed_to_starts_ = 0;
    line_.serve([&](const WaitingLine::Entry& entry) {
        if (!chairs_.any_free()) return Turn::nobody;
        const Patient& p = patients_[entry.who];
        if (p.where != Patient::Where::waiting || p.hold != entry.ticket) return Turn::stale;
        if (!may_start(p)) return lacks_staff(p) ? Turn::nobody : Turn::waits;
        ++seen_waiting_;
        return Turn::waits;
    });
    closed_to_starts_ = 0;
    tell_who_lacks_staff();
}

/// After a look at the line.
void ClinicRun::tell_who_lacks_staff() {
    std::uint64_t before = 0;
    for (StaffGroupId group = 0; group < lacking_.size(); ++group) {
        Lacking& of = lacking_[group];
        before += of.told;
        if (of.waiting != of.told) sink_.on(StaffAwaited{now(), group, of.waiting});
        of.told = std::exchange(of.waiting, 0);
    }
    ledger_.lacking_ticks +=
        before * static_cast<std::uint64_t>((now() - ledger_.lacking_counted).count());
    ledger_.lacking_counted = now();
    seen_waiting_ = 0;
}

/// As seat() does, where no phase waits for anybody; returns the whole length without turnover.
Duration ClinicRun::draw_phases(const VisitPlan& plan, Engine& e) {
    takes_ = {draw_duration(plan.parts.preparation, e), draw_duration(plan.parts.infusion, e),
              draw_duration(plan.parts.recovery, e), Duration{}};
    return takes_[0] + takes_[1] + takes_[2];
}

/// All phases of a visit that begins now and is `length` long, side effects included.
void ClinicRun::tell_phases(const Patient& p, Duration length) {
    const VisitPlan& plan = visit_plan(p, p.visits == 1);
    takes_[index(VisitPhase::turnover)] = p.turnover;
    takes_[index(std::max(plan.first, VisitPhase::infusion))] +=
        length - takes_[0] - takes_[1] - takes_[2];
    Instant at = now();
    for (std::size_t i = 0; i < kVisitPhases; ++i) {
        const Instant until = later(at, takes_[i]);
        if (until > at)
            sink_.on(PhaseBegan{at, until, p.id, p.group, static_cast<VisitPhase>(i), p.chair});
        at = until;
    }
}

/// Draws how long each phase takes: the same draws, in the same order, as of a clinic without
/// staff.
ClinicRun::VisitSlot ClinicRun::seat(Slot slot, const VisitPlan& plan, Engine& e) {
    if (free_visits_.empty()) {
        free_visits_.push_back(static_cast<VisitSlot>(under_way_.size()));
        under_way_.emplace_back();
    }
    const VisitSlot visit = free_visits_.back();
    free_visits_.pop_back();
    Patient& p = patients_[slot];
    UnderWay& of = under_way_[visit];
    of = UnderWay{};
    of.plan = &plan;
    of.slot = slot;
    of.patient = p.id;
    of.group = p.group;
    of.chair = p.chair;
    of.since = now();
    of.takes = {draw_duration(plan.parts.preparation, e), draw_duration(plan.parts.infusion, e),
                draw_duration(plan.parts.recovery, e), Duration{}};
    return visit;
}

/// `longer`: what side effects add to the infusion, or to recovery where there is nothing else.
void ClinicRun::begin_phases(VisitSlot visit, Duration longer) {
    UnderWay& of = under_way_[visit];
    Patient& p = patients_[of.slot];
    p.hold = visit;
    of.takes[index(VisitPhase::turnover)] = p.turnover;
    of.phase = of.plan->first;
    const bool calls = of.plan->on_call && of.takes[index(VisitPhase::infusion)] > Duration::zero();
    (calls ? of.hold : of.takes[index(std::max(of.phase, VisitPhase::infusion))]) += longer;
    const GroupSet groups = of.plan->groups_from[index(of.phase)];
    staff_.begin_visit(groups);
    staff_.exchange(kNobody, of.needs());
    staff_.for_each(groups, [&](StaffGroupId group) { staff_.settle(group); });
    tell_levels(set_of(of.needs()));
    begin_phase(visit);
}

/// Its staff are there.
void ClinicRun::begin_phase(VisitSlot visit) {
    const UnderWay& of = under_way_[visit];
    const Instant until = later(now(), of.takes[index(of.phase)]);
    if (tells_phases_ && until > now())
        sink_.on(PhaseBegan{now(), until, of.patient, of.group, of.phase, of.chair});
    schedule(until, Phase::release, Happening::phase_end, visit);
}

void ClinicRun::end_phase(VisitSlot visit) {
    const UnderWay& of = under_way_[visit];
    if (of.phase == VisitPhase::infusion && of.hold > Duration::zero()) return call(visit);
    const bool last = of.phase < VisitPhase::turnover &&
                      std::all_of(of.takes.begin() + index(of.phase) + 1,
                                  of.takes.begin() + index(VisitPhase::turnover),
                                  [](Duration takes) { return takes == Duration::zero(); });
    if (last)
        end_visit(patients_[of.slot]);
    else
        go_on(visit);
}

/// To the next phase that takes time, to wait for it, or to the end.
void ClinicRun::go_on(VisitSlot visit) {
    UnderWay& of = under_way_[visit];
    const std::vector<Need>& held = of.needs();
    of.called = false;
    const GroupSet had = set_of(held), needed = of.plan->groups_from[index(of.phase)];
    if (of.phase == VisitPhase::turnover) --ledger_.turnovers;
    do of.phase = after(of.phase);
    while (of.phase != kVisitOver && of.takes[index(of.phase)] == Duration::zero());
    const GroupSet still_needed = of.plan->groups_from[index(of.phase)];
    staff_.end_visit(needed & ~still_needed);
    if (of.phase == VisitPhase::turnover) ++ledger_.turnovers;
    GroupSet has = 0;
    if (of.phase == kVisitOver) {
        staff_.exchange(held, kNobody);
        free_chair(visit);
    } else if (const Need* missing = staff_.missing_to_go_on(held, of.needs(), closed_)) {
        staff_.exchange(held, kNobody);
        of.held_up = now();
        of.lacks = missing->group;
        held_up_.push_back(visit);
        closed_ |= set_of(of.needs());
    } else {
        staff_.exchange(held, of.needs());
        has = set_of(of.needs());
        begin_phase(visit);
    }
    staff_.for_each(needed, [&](StaffGroupId group) { staff_.settle(group); });
    tell_levels(had | has | (needed & ~still_needed));
    dispatch_wanted_ = true;
}

/// The infusion is over but for a side effect, for which who is on call comes.
void ClinicRun::call(VisitSlot visit) {
    UnderWay& of = under_way_[visit];
    of.called = true;
    of.takes[index(of.phase)] = std::exchange(of.hold, Duration::zero());
    GroupSet awaited = 0;  // by those who called before
    auto next = held_up_.begin();
    for (; next != held_up_.end() && under_way_[*next].called; ++next)
        awaited |= under_way_[*next].waits_for();
    if (const Need* missing = staff_.missing_to_go_on(of.kept(), of.needs(), awaited)) {
        of.held_up = now();
        of.lacks = missing->group;
        held_up_.insert(next, visit);
        closed_ |= of.waits_for();
    } else {
        take_awaited(of);
        begin_phase(visit);
    }
}

/// Whom the visit lacked are there now.
void ClinicRun::take_awaited(const UnderWay& of) {
    const GroupSet groups = of.waits_for();
    staff_.exchange(of.kept(), of.needs());
    staff_.for_each(groups, [&](StaffGroupId group) { staff_.settle(group); });
    tell_levels(groups);
}

void ClinicRun::free_chair(VisitSlot visit) {
    UnderWay& of = under_way_[visit];
    release_chair(of.chair);
    sink_.on(ChairHeld{of.since, now(), of.patient, of.group, of.chair});
    of.plan = nullptr;
    free_visits_.push_back(visit);
}

void ClinicRun::serve_held_up() {
    closed_ = 0;
    std::size_t kept = 0;
    for (const VisitSlot visit : held_up_) {
        UnderWay& of = under_way_[visit];
        if (staff_.missing_to_go_on(of.kept(), of.needs(), closed_) != nullptr) {
            closed_ |= of.waits_for();
            held_up_[kept++] = visit;
            continue;
        }
        take_awaited(of);
        if (of.held_up < now())
            sink_.on(
                VisitHeldUp{of.held_up, now(), of.patient, of.group, of.lacks, of.phase, of.chair});
        of.held_up = kNever;
        begin_phase(visit);
    }
    held_up_.resize(kept);
}

void ClinicRun::tell_levels(GroupSet groups) {
    staff_.for_each(groups, [&](StaffGroupId group) {
        const StaffLevels::Group& of = staff_.of(group);
        sink_.on(StaffChanged{now(), group, of.on_duty, of.there(), of.used});
    });
}

/// The end of the run: what is still held is told, the shares in use must be those of the visits
/// under way, and every busy chair must be of some kind.
void ClinicRun::close_visits() {
    std::uint32_t busy = 0;
    for (const Servers& kind : kinds_) busy += kind.busy();
    CLINICSIM_CHECK(!several_kinds_ || busy == chairs_.busy(), "every busy chair is of a kind",
                    Scene{end_});
    std::vector<std::uint64_t> used(staff_.size());
    for (const UnderWay& of : under_way_) {
        if (of.plan == nullptr) continue;
        if (of.phase == VisitPhase::turnover)
            sink_.on(ChairHeld{of.since, end_, of.patient, of.group, of.chair});
        if (of.held_up != kNever) {
            if (of.held_up < end_)
                sink_.on(VisitHeldUp{of.held_up, end_, of.patient, of.group, of.lacks, of.phase,
                                     of.chair});
        }
        for (const Need& need : of.held_up != kNever ? of.kept() : of.needs())
            used[need.group] += need.parts;
    }
    for (StaffGroupId group = 0; group < staff_.size(); ++group)
        CLINICSIM_CHECK(staff_.of(group).used == used[group],
                        "the shares in use are those of the visits under way", Scene{end_});
}

/// How many of those ahead of somebody who comes now will be handed a chair, and their staff, at
/// this very instant, and whether the one who comes will: they take no place in the waiting room.
std::size_t ClinicRun::starting_before(const Patient& p, bool& starts) {
    const std::size_t free = chairs_.capacity() - std::min(chairs_.capacity(), chairs_.busy());
    if (free == 0) return 0;
    const StaffLevels staff_before = staff_;
    const std::vector<Servers> kinds_before = kinds_;
    std::size_t starting = 0;
    const auto start = [&](const Patient& who) {
        if (starting == free) return false;
        if (!may_start(who)) {
            if (staffed_) let_nobody_overtake(who);
            return false;
        }
        ++starting;
        if (several_kinds_) kinds_[*free_kind(who)].seize();
        if (staffed_) {
            const VisitPlan& plan = next_visit_plan(who);
            staff_.exchange(kNobody, plan.parts.needs[index(plan.first)]);
        }
        return true;
    };
    if (!line_.empty())
        line_.serve([&](const WaitingLine::Entry& entry) {
            const Patient& ahead = patients_[entry.who];
            if (ahead.where != Patient::Where::waiting || ahead.hold != entry.ticket)
                return WaitingLine::Turn::stale;
            start(ahead);
            return WaitingLine::Turn::waits;
        });
    const std::size_t ahead = starting;
    starts = start(p);
    staff_ = staff_before;
    kinds_ = kinds_before;
    closed_to_starts_ = 0;
    return ahead;
}

}  // namespace clinicsim
