// Whether staff and chairs are enough for the work that is planned, by arithmetic alone.
#include <algorithm>
#include <array>
#include <cstdio>

#include "clinicsim/clinic/opening_hours.hpp"
#include "clinicsim/clinic/roster.hpp"
#include "clinicsim/clinic/sites.hpp"
#include "places.hpp"
#include "read_staff.hpp"

namespace clinicsim::reading {
namespace {

using Phases = std::array<double, kVisitPhases>;

Phases lengths(const VisitParts& parts) {
    return {mean(parts.preparation), mean(parts.infusion), mean(parts.recovery),
            mean(parts.turnover)};
}

double hours(double ticks) {
    return ticks / static_cast<double>(Duration{std::chrono::hours{1}}.count());
}

std::uint32_t parts_needed(const VisitParts& visit, std::size_t phase, StaffGroupId group) {
    for (const Need& need : visit.needs[phase])
        if (need.group == group) return need.parts;
    return 0;
}

/// Ticks of a chair, or whole people times ticks of a group.
double work_of(const VisitParts& visit, const std::optional<StaffGroupId>& group) {
    const Phases length = lengths(visit);
    double work = 0;
    for (std::size_t i = 0; i < kVisitPhases; ++i)
        work +=
            length[i] * (group ? static_cast<double>(parts_needed(visit, i, *group)) / kWhole : 1);
    return work;
}

class Workload {
  public:
    Workload(Draft& draft, const Value& root)
        : draft_{draft}, root_{root}, model_{draft.model()}, clinic_{model_.clinic} {}

    void check() {
        // who is turned away, or leaves a line, keeps any clinic from being too small
        const bool overflows = clinic_.patience || clinic_.waiting_room;
        const auto names = staff_names(clinic_);
        for (std::size_t name = 0; name < names.size(); ++name) {
            check_one_at_a_time(name, names[name]);
            if (!overflows) check_hours_of(name, names[name]);
        }
        if (!overflows && clinic_.chairs && clinic_.changes.empty()) check_chair_hours();
    }

  private:
    /// Expected work of a whole run under a policy.
    double work(const PolicyModel& policy, const std::optional<StaffGroupId>& group) const {
        const std::vector<PlannedVisits> planned = planned_visits(draft_.scenario, policy);
        // a pathway may end care at any time
        const bool stays = root_.node().find("pathway") == nullptr;
        double work = 0;
        for (std::size_t c = 0; c < clinic_.visits.size(); ++c)
            work += planned[c].first * work_of(clinic_.visits[c].first, group) +
                    (planned[c].later + (stays ? planned[c].boosters : 0)) *
                        work_of(clinic_.visits[c].later, group);
        return work;
    }

    /// The policy with most of it.
    std::pair<double, std::string> most_work(const std::optional<StaffGroupId>& group) const {
        std::pair<double, std::string> most;
        for (const PolicyModel& policy : draft_.scenario.policies)
            if (const double one = work(policy, group); one > most.first)
                most = {one, policy.choice.name};
        return most;
    }

    double rostered(std::size_t name) const {
        double ticks = 0;
        for (std::size_t site = 0; site < clinic_.number_of_sites(); ++site) {
            const CapacityCalendar people =
                on_duty(clinic_, static_cast<StaffGroupId>(first_group(clinic_, name) + site),
                        model_.dates, model_.end);
            for (Instant at = kRunStart; at < model_.end;) {
                const Instant until = std::min(model_.end, people.next(at).at);
                ticks += static_cast<double>((until - at).count()) * people.at(at);
                at = until;
            }
        }
        return ticks;
    }

    std::string a_week(double ticks) const {
        const double weeks = in_days(model_.end - kRunStart) / 7;
        char text[32];
        std::snprintf(text, sizeof text, "%.3g", hours(ticks) / weeks);
        return text;
    }

    void tell(Place place, const std::string& path, const std::string& what,
              const std::pair<double, std::string>& work, double there) {
        constexpr double kClearly = 1.1;  // the estimate of who stays in care is rough
        if (work.first <= kClearly * there) return;
        draft_.context.warn(place, path,
                            "the planned visits of " + work.second + " want about " +
                                a_week(work.first) + " hours of " + what +
                                " a week, rescues left out, but there are " + a_week(there) +
                                ": waits grow as long as the run goes on",
                            work.second);
    }

    /// Of equipment there are as many as chairs, as a rule.
    void check_hours_of(std::size_t name, const std::string& called) {
        const StaffGroupId group = first_group(clinic_, name);
        if (clinic_.staff[group].is_equipment()) return;
        tell(place_at(root_, {"clinic", "staff", called}), "clinic.staff." + called, called,
             most_work(group), rostered(name));
    }

    void check_chair_hours() {
        const auto open = opening_hours(clinic_, model_.dates, model_.end);
        double there = 0;
        for (std::size_t kind = 0; kind < clinic_.kinds_of_chairs(); ++kind)
            there +=
                clinic_.chairs_at_start(kind) *
                static_cast<double>(open[clinic_.site_of(kind)].open_before(model_.end).count());
        tell(place_at(root_, {"clinic", clinic_.sites.empty() ? "chairs" : "sites"}),
             clinic_.sites.empty() ? "clinic.chairs" : "clinic.sites", "chairs", most_work({}),
             there);
    }

    /// A phase that needs so many that it cannot start beside one other visit in its longest.
    void check_one_at_a_time(std::size_t name, const std::string& called) {
        for (SiteId site = 0; site < clinic_.number_of_sites(); ++site) {
            const auto group = static_cast<StaffGroupId>(first_group(clinic_, name) + site);
            const std::uint32_t people = most_there(group);
            if (people == 0 || clinic_.staff[group].is_equipment() || chairs_at(site) < 2) continue;
            for (const auto& visits : clinic_.visits) {
                const VisitParts& visit = visits.later;
                const Phases length = lengths(visit);
                const auto longest = static_cast<std::size_t>(
                    std::max_element(length.begin(), length.end()) - length.begin());
                const std::uint32_t beside =
                    parts_needed(visit, longest, first_group(clinic_, name));
                for (std::size_t i = 0; beside > 0 && i < kVisitPhases; ++i) {
                    const std::uint32_t needed = parts_needed(visit, i, first_group(clinic_, name));
                    if (length[i] <= 0 || needed + beside <= people * kWhole) continue;
                    tell_one_at_a_time(called, site, people, i, longest);
                    return;
                }
            }
        }
    }

    void tell_one_at_a_time(const std::string& called, SiteId site, std::uint32_t people,
                            std::size_t phase, std::size_t longest) {
        const auto phase_name = [](std::size_t i) {
            return std::string{name(static_cast<VisitPhase>(i))};
        };
        draft_.context.warn(
            place_at(root_, {"clinic", "staff", called}), "clinic.staff." + called,
            std::to_string(chairs_at(site)) + " chairs" +
                (clinic_.sites.size() > 1 ? " at " + clinic_.sites[site].name : "") + ", but " +
                std::to_string(people) + " " + called + " can serve only 1 at a time: the " +
                phase_name(phase) + " of a visit needs more than the " + phase_name(longest) +
                " of another leaves");
    }

    std::uint32_t chairs_at(SiteId site) const {
        std::uint32_t chairs = 0;
        for (std::size_t kind = 0; clinic_.chairs && kind < clinic_.kinds_of_chairs(); ++kind)
            if (clinic_.site_of(kind) == site) chairs += clinic_.chairs_at_start(kind);
        return chairs;
    }
    std::uint32_t most_there(StaffGroupId group) const {
        std::uint32_t most = 0;
        const CapacityCalendar people = on_duty(clinic_, group, model_.dates, model_.end);
        for (const auto& change : people.changes()) most = std::max(most, change.capacity);
        return most;
    }

    Draft& draft_;
    const Value& root_;
    const Model& model_;
    const ClinicPlan& clinic_;
};

}  // namespace

void warn_of_workload(Draft& draft, const Value& root) { Workload{draft, root}.check(); }

}  // namespace clinicsim::reading
