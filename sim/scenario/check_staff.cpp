// Whether the staff that a scenario names can do what its visits need.
#include <algorithm>
#include <cmath>
#include <string>

#include "clinicsim/clinic/coverage.hpp"
#include "clinicsim/clinic/opening_hours.hpp"
#include "clinicsim/clinic/roster.hpp"
#include "clinicsim/clinic/sites.hpp"
#include "places.hpp"
#include "read_staff.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::array<std::string_view, kVisitPhases> kPhases{"preparation", "infusion", "recovery",
                                                             "turnover"};

std::string need_text(const Need& need, const std::string& name) {
    if (need.parts == 0) return name + (need.on_call ? " on call" : " present");
    if (need.parts % kWhole == 0) return std::to_string(need.parts / kWhole) + " " + name;
    return number_text(static_cast<double>(need.parts) / kWhole) + " " + name;
}

/// One kind of visit at one site against the roster as planned.
class Coverage {
  public:
    Coverage(const Model& model, const OpeningHours& hours) : model_{model}, hours_{hours} {
        for (StaffGroupId group = 0; group < model.clinic.staff.size(); ++group)
            on_duty_.push_back(on_duty(model.clinic, group, model.dates, model.end));
    }

    /// Most people of a group on duty at once while the clinic is open.
    std::uint32_t most(StaffGroupId group) const {
        std::uint32_t most = 0;
        for (const auto& change : on_duty_[group].changes()) {
            if (change.at >= model_.end) break;
            const Instant until = on_duty_[group].next(change.at).at;
            if (hours_.stretch_at_or_after(change.at).from < until)
                most = std::max(most, change.capacity);
        }
        return most;
    }

    /// Whether a visit can ever begin: some instant at which each of its phases has its staff.
    bool ever_starts(const VisitParts& parts) const {
        const auto begins = begins_of(parts);
        for (std::size_t i = 0; i < kVisitPhases; ++i)
            for (const Need& need : parts.needs[i])
                for (const auto& change : on_duty_[need.group].changes())
                    if (change.capacity >= need.people() && change.at - kRunStart >= begins[i] &&
                        starts_at(parts, change.at - begins[i]))
                        return true;
        if (hours_.always()) return starts_at(parts, kRunStart);
        return std::any_of(hours_.stretches().begin(), hours_.stretches().end(),
                           [&](const auto& stretch) { return starts_at(parts, stretch.from); });
    }

    /// The days from the start of the run on on which a visit can begin.
    std::vector<bool> days_of(const VisitParts& parts, Instant until) const {
        const auto begins = begins_of(parts);
        std::vector<bool> days(static_cast<std::size_t>((until - kRunStart) / Days{1}));
        const auto look_at = [&](Instant at) {
            if (at < kRunStart || at >= until) return;
            const auto day = static_cast<std::size_t>((at - kRunStart) / Days{1});
            if (!days[day]) days[day] = starts_at(parts, at, until);
        };
        for (std::size_t day = 0; day < days.size(); ++day) {
            const Instant midnight = kRunStart + Days{day};
            look_at(midnight);
            for (auto open = hours_.stretch_at_or_after(midnight); open.from < midnight + Days{1};
                 open = hours_.stretch_at_or_after(open.to)) {
                look_at(std::max(open.from, midnight));
                if (open.to == kNever) break;
            }
        }
        for (std::size_t i = 0; i < kVisitPhases; ++i)
            for (const Need& need : parts.needs[i])
                for (const auto& change : on_duty_[need.group].changes()) {
                    if (change.at - kRunStart >= begins[i]) look_at(change.at - begins[i]);
                    look_at(change.at);
                }
        return days;
    }

  private:
    static std::array<Duration, kVisitPhases> begins_of(const VisitParts& parts) {
        const Duration infusion = from_ticks(mean(parts.preparation));
        const Duration recovery = infusion + from_ticks(mean(parts.infusion));
        return {Duration{}, infusion, recovery, recovery + from_ticks(mean(parts.recovery))};
    }
    bool starts_at(const VisitParts& parts, Instant at) const {
        return starts_at(parts, at, model_.end);
    }
    bool starts_at(const VisitParts& parts, Instant at, Instant until) const {
        if (at >= until || !hours_.is_open(at)) return false;
        if (model_.clinic.closing == Closing::refuse &&
            at + parts.planned_length() > hours_.stretch_at_or_after(at).to)
            return false;
        const auto begins = begins_of(parts);
        for (std::size_t i = 0; i < static_cast<std::size_t>(VisitPhase::turnover); ++i)
            for (const Need& need : parts.needs[i])
                if (on_duty_[need.group].at(at + begins[i]) < need.people() &&
                    on_duty_[need.group].at(at) < need.people())
                    return false;
        return true;
    }

    const Model& model_;
    const OpeningHours& hours_;
    std::vector<CapacityCalendar> on_duty_;
};

/// Whether there is a day for every visit of a series; by what may follow each day.
bool has_days_for(const Induction& induction, const DaysApart& gap, std::int64_t within,
                  const std::vector<bool>& first, const std::vector<bool>& later) {
    const auto days = static_cast<std::int64_t>(first.size());
    const auto at = [](const std::vector<bool>& of, std::int64_t day) {
        return day >= 0 && of[static_cast<std::size_t>(day)];
    };
    for (std::int64_t start = 0; start < days; ++start) {
        if (!at(first, start)) continue;
        const std::int64_t span = std::min(days - start, within + 1);
        const auto from = later.begin() + start + 1;
        if (std::count(from, from + span - 1, true) + 1 < induction.visits) continue;
        std::vector<bool> here(static_cast<std::size_t>(span));  // of a visit, from start
        here[0] = true;
        bool any = true;
        for (std::uint32_t visit = 1; any && visit < induction.visits; ++visit) {
            std::vector<bool> next(here.size());
            any = false;
            int before = 0;  // days of the visit before that leave this one its gap
            for (std::int64_t to = 0; to < span; ++to) {
                before += at(here, to - gap.least) - at(here, to - gap.most - 1);
                if (before > 0 && at(later, start + to))
                    any = next[static_cast<std::size_t>(to)] = true;
            }
            here.swap(next);
        }
        if (any) return true;
    }
    return false;
}

std::string visit_of(const Draft& draft, std::size_t condition, bool first) {
    return (first ? "a first visit for " : "a visit for ") + draft.conditions[condition];
}

/// The longest stretch of opening hours in which the book may promise a visit all along.
Duration longest_bookable(const Model& model, const OpeningHours& hours, SiteId site) {
    const CapacityCalendar visits =
        bookable_visits(model.clinic, model.patients, model.dates, model.end, site);
    Duration longest{};
    Instant since = kRunStart;
    for (Instant at = kRunStart; at < model.end;) {
        const auto stretch = hours.stretch_at_or_after(at);
        if (stretch.from >= model.end) break;
        if (at < stretch.from) since = at = stretch.from;
        const Instant until = std::min({stretch.to, visits.next(at).at, model.end});
        if (visits.at(at) == 0) since = until;
        longest = std::max(longest, until - since);
        at = until;
        if (at == stretch.to) since = at;
    }
    return longest;
}

/// The staff of the visits at one site.
class SiteCheck {
  public:
    SiteCheck(Draft& draft, const Value& root, const OpeningHours& hours, SiteId site)
        : draft_{draft},
          root_{root},
          hours_{hours},
          coverage_{draft.model(), hours},
          site_{site},
          told_(draft.model().clinic.staff.size()) {}

    void check() {
        const ClinicPlan& clinic = plan();
        for (std::size_t c = 0; c < clinic.visits.size(); ++c)
            for (const bool first : {true, false}) {
                const VisitParts& parts = first ? clinic.visits[c].first : clinic.visits[c].later;
                if (!kinds_at(clinic, parts, site_).empty()) check(parts, c, first);
            }
        if (clinic.access == Access::booked && !draft_.context.has_faults()) check_bookable();
        if (clinic.booking && clinic.booking->template_.empty() && !draft_.context.has_faults())
            for (std::size_t c = 0; c < clinic.visits.size(); ++c) warn_of_series(c);
    }

  private:
    const ClinicPlan& plan() const { return draft_.model().clinic; }
    /// " at north", where there are several.
    std::string here() const {
        return plan().sites.size() > 1 ? " at " + plan().sites[site_].name : "";
    }
    /// The group here of one that a need names.
    StaffGroupId group_here(const Need& need) const {
        return static_cast<StaffGroupId>(need.group + site_);
    }

    void check(const VisitParts& parts, std::size_t condition, bool first) {
        VisitParts of_site = parts;
        bool covered = true;
        for (std::size_t i = 0; i < kVisitPhases; ++i)
            for (Need& need : of_site.needs[i]) {
                const std::size_t name = need.group / plan().number_of_sites();
                need.group = group_here(need);
                const std::uint32_t most = coverage_.most(need.group);
                if (most >= need.people()) continue;
                covered = false;
                if (told_[need.group]) continue;
                told_[need.group] = true;
                tell_missing(visit_of(draft_, condition, first), need, name, i, most);
            }
        if (covered && !coverage_.ever_starts(of_site))
            draft_.context.fault(place_at(root_, {"clinic", "visit"}), "clinic.visit",
                                 visit_of(draft_, condition, first) + " would never start" +
                                     here() +
                                     ": no time in opening hours has the staff of all its phases");
    }

    void tell_missing(const std::string& visit, const Need& need, std::size_t which,
                      std::size_t phase, std::uint32_t most) {
        const std::string name = staff_names(plan())[which];
        const char* key = plan().staff[need.group].is_equipment() ? "equipment" : "staff";
        draft_.context.fault(
            place_at(root_, {"clinic", key, name}), "clinic." + std::string{key} + "." + name,
            visit + " needs " + need_text(need, name) + " for its " + std::string{kPhases[phase]} +
                ", but " +
                (most == 0 ? "nobody is ever there"
                           : "at most " + std::to_string(most) + " are ever there") +
                " in opening hours" + here() + ": it would never start");
    }

    Duration booked_for(const VisitParts& parts) const {
        return plan().slot.value_or(parts.booked_length());
    }

    /// Needs of a visit as the book knows them: it tells visits apart by their length alone, and on
    /// average not even so.
    VisitParts as_booked(const VisitParts& parts) const {
        VisitParts all = parts;
        for (const auto& visits : plan().visits)
            for (const VisitParts* other : {&visits.first, &visits.later}) {
                if (booked_for(*other) != booked_for(parts) && !plan().booking->staff_on_average)
                    continue;
                for (std::size_t i = 0; i < kVisitPhases; ++i)
                    all.needs[i].insert(all.needs[i].end(), other->needs[i].begin(),
                                        other->needs[i].end());
            }
        return here_of(all);
    }
    VisitParts here_of(VisitParts parts) const {
        for (auto& needs : parts.needs)
            for (Need& need : needs) need.group = group_here(need);
        return parts;
    }

    /// Whose staff never leave the days that a series needs, an induction that is booked whole.
    void warn_of_series(std::size_t c) {
        const PatientMix& patients = draft_.model().patients;
        const Condition& condition = patients.conditions[c];
        if (!condition.induction) return;
        const Induction& induction = patients.inductions[*condition.induction];
        const double longest = highest(induction.gap);
        const auto& visits = plan().visits[c];
        if (induction.visits < 2 || !std::isfinite(longest) ||
            kinds_at(plan(), visits.first, site_).empty() ||
            kinds_at(plan(), visits.later, site_).empty())
            return;
        // not only to the end of a short run
        const Instant until = draft_.model().end + kCalendarMargin / 2;
        const DaysApart gap = days_apart(induction.gap);
        const auto has_days = [&](const VisitParts& first, const VisitParts& later) {
            return has_days_for(induction, gap, plan().booking->series_within.count(),
                                coverage_.days_of(first, until), coverage_.days_of(later, until));
        };
        if (has_days(as_booked(visits.first), as_booked(visits.later))) return;
        const bool alone = has_days(here_of(visits.first), here_of(visits.later));
        const std::string most = gap.least < gap.most ? " to " + std::to_string(gap.most) : "";
        draft_.context.warn(
            place_at(root_, {"inductions", induction.name}), "inductions." + induction.name,
            std::to_string(induction.visits) + " visits for " + draft_.conditions[c] + ", " +
                std::to_string(gap.least) + most + (gap.most == 1 ? " day" : " days") +
                " apart, can never be booked" + here() +
                ": the staff that they need is not there on days that follow each other so; nobody "
                "begins this induction" +
                (alone ? " (visits that are booked for the same length count as needing the same "
                         "staff: let one of them take 5 minutes more)"
                       : ""));
    }

    void check_bookable() {
        const Duration longest = longest_bookable(draft_.model(), hours_, site_);
        for (std::size_t c = 0; c < plan().visits.size(); ++c)
            for (const bool first : {true, false}) {
                const VisitParts& parts = first ? plan().visits[c].first : plan().visits[c].later;
                const Duration length =
                    plan().slot.value_or(parts.planned_length() + from_ticks(mean(parts.turnover)));
                if (length <= longest || kinds_at(plan(), parts, site_).empty()) continue;
                draft_.context.fault(place_at(root_, {"clinic", "staff"}), "clinic.staff",
                                     visit_of(draft_, c, first) + " is booked for " + text(length) +
                                         ", but the staff that it needs is never there" + here() +
                                         " for longer than " + text(longest) +
                                         " in opening hours without a break of all");
                return;
            }
    }

    Draft& draft_;
    const Value& root_;
    const OpeningHours& hours_;
    Coverage coverage_;
    SiteId site_;
    std::vector<bool> told_;  // [group]
};

void warn_of_idle_staff(Draft& draft, const Value& root) {
    const ClinicPlan& clinic = draft.model().clinic;
    const auto names = staff_names(clinic);
    std::vector<bool> needed(names.size());
    for (const auto& visits : clinic.visits)
        for (const VisitParts* parts : {&visits.first, &visits.later})
            for (const auto& needs : parts->needs)
                for (const Need& need : needs) needed[need.group / clinic.number_of_sites()] = true;
    for (std::size_t name = 0; name < names.size(); ++name)
        if (!needed[name]) {
            const std::string key =
                clinic.staff[first_group(clinic, name)].is_equipment() ? "equipment" : "staff";
            draft.context.warn(place_at(root, {"clinic", key, names[name]}),
                               "clinic." + key + "." + names[name],
                               "no visit needs it; write in a phase of clinic.visit, such as "
                               "preparation: {takes: 10 min, needs: {" +
                                   names[name] + ": 1}}");
        }
}

/// Who waits for somebody on call keeps the others of the infusion: two such visits must not keep
/// what the other one calls.
void fault_of_calls_in_a_circle(Draft& draft, const Value& root) {
    const ClinicPlan& clinic = draft.model().clinic;
    const auto names = staff_names(clinic);
    std::vector<bool> called(names.size()), kept(names.size());
    for (const auto& visits : clinic.visits)
        for (const VisitParts* parts : {&visits.first, &visits.later}) {
            const auto& needs = parts->needs[static_cast<std::size_t>(VisitPhase::infusion)];
            if (std::none_of(needs.begin(), needs.end(),
                             [](const Need& need) { return need.on_call; }))
                continue;
            for (const Need& need : needs) {
                const std::size_t name = need.group / clinic.number_of_sites();
                if (need.on_call)
                    called[name] = true;
                else if (need.parts > 0)
                    kept[name] = true;
            }
        }
    for (std::size_t name = 0; name < names.size(); ++name)
        if (called[name] && kept[name])
            draft.context.fault(place_at(root, {"clinic", "visit"}), "clinic.visit",
                                names[name] +
                                    " is on call in one kind of infusion and busy in another that "
                                    "calls somebody, too: each could wait for the other without "
                                    "end; make it present, or a share, in all of them");
}

/// Somebody is on call, and no side effect takes time.
void warn_of_calls_for_nothing(Draft& draft, const Value& root) {
    const Model& model = draft.model();
    for (const SideEffect& effect : model.patients.side_effects)
        if (effect.chance > 0 && mean(effect.holds) > 0) return;
    const auto names = staff_names(model.clinic);
    std::vector<bool> told(names.size());
    for (const auto& visits : model.clinic.visits)
        for (const VisitParts* parts : {&visits.first, &visits.later})
            for (const auto& needs : parts->needs)
                for (const Need& need : needs) {
                    const std::size_t name = need.group / model.clinic.number_of_sites();
                    if (!need.on_call || told[name]) continue;
                    told[name] = true;
                    draft.context.warn(
                        place_at(root, {"clinic", "visit", "infusion"}), "clinic.visit.infusion",
                        names[name] +
                            " is on call, and nothing ever holds a visit up: say what does, such "
                            "as patients.side_effects: {blood_pressure: {chance: 1 %, holds: 30 "
                            "min}}");
                }
}

}  // namespace

void check_staff(Draft& draft, const Value& root) {
    const Model& model = draft.model();
    if (model.clinic.staff.empty()) return;
    const auto hours = opening_hours(model.clinic, model.dates, model.end);
    for (SiteId site = 0; site < hours.size(); ++site)
        SiteCheck{draft, root, hours[site], site}.check();
    warn_of_idle_staff(draft, root);
    fault_of_calls_in_a_circle(draft, root);
    warn_of_calls_for_nothing(draft, root);
}

}  // namespace clinicsim::reading
