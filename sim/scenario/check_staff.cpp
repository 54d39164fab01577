// Whether the staff that a scenario names can do what its visits need.
#include <algorithm>
#include <string>

#include "clinicsim/clinic/coverage.hpp"
#include "clinicsim/clinic/opening_hours.hpp"
#include "clinicsim/clinic/roster.hpp"
#include "places.hpp"
#include "read_staff.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::array<std::string_view, kVisitPhases> kPhases{"preparation", "infusion", "recovery",
                                                             "turnover"};

std::string need_text(const Need& need, const std::string& name) {
    if (need.parts == 0) return name + " present";
    if (need.parts % kWhole == 0) return std::to_string(need.parts / kWhole) + " " + name;
    return number_text(static_cast<double>(need.parts) / kWhole) + " " + name;
}

/// One kind of visit against the roster as planned.
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

  private:
    static std::array<Duration, kVisitPhases> begins_of(const VisitParts& parts) {
        const Duration infusion = from_ticks(mean(parts.preparation));
        const Duration recovery = infusion + from_ticks(mean(parts.infusion));
        return {Duration{}, infusion, recovery, recovery + from_ticks(mean(parts.recovery))};
    }
    bool starts_at(const VisitParts& parts, Instant at) const {
        if (at >= model_.end || !hours_.is_open(at)) return false;
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

std::string visit_of(const Draft& draft, std::size_t condition, bool first) {
    return (first ? "a first visit for " : "a visit for ") + draft.conditions[condition];
}

/// The longest stretch of opening hours in which the book may promise a visit all along.
Duration longest_bookable(const Model& model, const OpeningHours& hours) {
    const CapacityCalendar visits =
        bookable_visits(model.clinic, model.patients, model.dates, model.end);
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

void check_bookable(Draft& draft, const Value& root, const OpeningHours& hours) {
    const ClinicPlan& plan = draft.model().clinic;
    const Duration longest = longest_bookable(draft.model(), hours);
    for (std::size_t c = 0; c < plan.visits.size(); ++c)
        for (const bool first : {true, false}) {
            const VisitParts& parts = first ? plan.visits[c].first : plan.visits[c].later;
            const Duration length =
                plan.slot.value_or(parts.planned_length() + from_ticks(mean(parts.turnover)));
            if (length <= longest) continue;
            draft.context.fault(
                place_at(root, {"clinic", "staff"}), "clinic.staff",
                visit_of(draft, c, first) + " is booked for " + text(length) +
                    ", but the staff that it needs is never there for longer than " +
                    text(longest) + " in opening hours without a break of all");
            return;
        }
}

}  // namespace

void check_staff(Draft& draft, const Value& root) {
    const Model& model = draft.model();
    const auto& groups = model.clinic.staff;
    if (groups.empty()) return;
    const OpeningHours hours{model.clinic.open, model.dates, model.end};
    const Coverage coverage{model, hours};
    std::vector<bool> needed(groups.size()), told(groups.size());
    const Place visit_place = place_at(root, {"clinic", "visit"});
    for (std::size_t c = 0; c < model.clinic.visits.size(); ++c)
        for (const bool first : {true, false}) {
            const VisitParts& parts =
                first ? model.clinic.visits[c].first : model.clinic.visits[c].later;
            bool covered = true;
            for (std::size_t i = 0; i < kVisitPhases; ++i)
                for (const Need& need : parts.needs[i]) {
                    needed[need.group] = true;
                    const std::uint32_t most = coverage.most(need.group);
                    if (most >= need.people()) continue;
                    covered = false;
                    if (told[need.group]) continue;
                    told[need.group] = true;
                    const std::string& name = groups[need.group].name;
                    const char* key = groups[need.group].is_equipment() ? "equipment" : "staff";
                    draft.context.fault(
                        place_at(root, {"clinic", key, name}),
                        "clinic." + std::string{key} + "." + name,
                        visit_of(draft, c, first) + " needs " + need_text(need, name) +
                            " for its " + std::string{kPhases[i]} + ", but " +
                            (most == 0 ? "nobody is ever there"
                                       : "at most " + std::to_string(most) + " are ever there") +
                            " in opening hours: it would never start");
                }
            if (covered && !coverage.ever_starts(parts))
                draft.context.fault(visit_place, "clinic.visit",
                                    visit_of(draft, c, first) +
                                        " would never start: no time in opening hours has the "
                                        "staff of all its phases");
        }
    if (model.clinic.access == Access::booked && !draft.context.has_faults())
        check_bookable(draft, root, hours);
    for (std::size_t group = 0; group < groups.size(); ++group)
        if (!needed[group]) {
            const std::string key = groups[group].is_equipment() ? "equipment" : "staff";
            draft.context.warn(place_at(root, {"clinic", key, groups[group].name}),
                               "clinic." + key + "." + groups[group].name,
                               "no visit needs it; write in a phase of clinic.visit, such as "
                               "preparation: {takes: 10 min, needs: {" +
                                   groups[group].name + ": 1}}");
        }
}

}  // namespace clinicsim::reading
