// Checks that need the whole scenario.
#include <algorithm>
#include <cstdio>

#include "clinicsim/clinic/sites.hpp"
#include "draft.hpp"
#include "places.hpp"
#include "read_booking.hpp"
#include "read_staff.hpp"

namespace clinicsim::reading {

Place place_at(const Value& root, std::initializer_list<std::string_view> keys) {
    const Node* node = &root.node();
    Place place = node->place;
    for (const auto key : keys) {
        const Entry* entry = node->kind == Node::Kind::map ? node->find(key) : nullptr;
        if (entry == nullptr) break;
        if (entry->value.place.file >= 0) place = entry->value.place;
        node = &entry->value;
    }
    return place;
}

namespace {

/// The longest stretch without closing; nothing where some day never closes.
std::optional<Duration> longest_stretch(const OpeningRule& open) {
    constexpr Duration kDay = Days{1};
    if (open.always) return std::nullopt;
    Duration longest{};
    for (const auto& day : open.week)
        for (const DayHours& hours : day) {
            if (hours.to - hours.from == kDay) return std::nullopt;
            longest = std::max(longest, hours.to - hours.from);
        }
    return longest;
}

void check_hours(Draft& draft, const Value& root, SiteId site) {
    const ClinicPlan& plan = draft.model().clinic;
    const auto longest = longest_stretch(plan.open_at(site));
    if (!longest) return;
    if (plan.slot && *plan.slot > *longest) {
        draft.context.fault(place_at(root, {"clinic", "slot"}), "clinic.slot",
                            "a slot of " + text(*plan.slot) +
                                " fits into no opening hours; the longest stretch has " +
                                text(*longest));
        return;
    }
    if (plan.access == Access::walk_in && plan.closing == Closing::finish) return;
    const auto place = plan.sites.empty()
                           ? place_at(root, {"clinic", "open"})
                           : place_at(root, {"clinic", "sites", plan.sites[site].name, "open"});
    const std::string path =
        plan.sites.empty() ? "clinic.open" : "clinic.sites." + plan.sites[site].name + ".open";
    for (std::size_t i = 0; i < plan.visits.size(); ++i)
        for (const VisitParts* parts : {&plan.visits[i].first, &plan.visits[i].later}) {
            if (parts->planned_length() <= *longest || kinds_at(plan, *parts, site).empty())
                continue;
            draft.context.fault(place, path,
                                "a visit for " + draft.conditions[i] + " takes " +
                                    text(parts->planned_length()) +
                                    " on average, but the longest stretch of opening hours has " +
                                    text(*longest) + ": it would never start");
            return;
        }
}

void check_intervals(Draft& draft, const Value& root) {
    const Model& model = draft.model();
    for (const PolicyModel& policy : draft.scenario.policies) {
        if (policy.choice.by != PolicyChoice::By::nothing) continue;
        const auto* fixed = std::get_if<FixedInterval>(&policy.choice.policies.front().schedule);
        if (fixed == nullptr || model.dates.plus(model.warm_up_end, fixed->every) <= model.end)
            continue;
        draft.context.warn(place_at(root, {"policies", policy.choice.name, "every"}),
                           "policies." + policy.choice.name + ".every",
                           "the interval is longer than the horizon: no planned booster may fall "
                           "into the measured time");
    }
}

/// The share of 1,000 patients who are in response after an induction in its usual rhythm.
double share_in_response(const Model& model, const SymptomCourse& course,
                         const Induction& induction, double ceiling_shift, const Scale& scale) {
    constexpr std::uint32_t kPatients = 1000;
    const std::vector<Duration> gaps(induction.visits - 1, from_ticks(mean(induction.gap)));
    const Instant rated = kRunStart + from_ticks(mean(induction.gap)) * (induction.visits - 1) +
                          model.observation.response_after;
    std::uint32_t in_response = 0;
    for (std::uint32_t patient = 0; patient < kPatients; ++patient) {
        SymptomPatient who{model.seed, 0, patient};
        who.ceiling_shift = ceiling_shift;
        in_response +=
            after_series(course, who, kRunStart, gaps, model.dates).rating(rated) >= scale.response;
    }
    return static_cast<double>(in_response) / kPatients;
}

/// The least of the first twenty sets of parameters.
double fewest_in_response(const Model& model, const Course& course, const Induction& induction,
                          double ceiling_shift, const Scale& scale) {
    const std::size_t sets = std::clamp<std::size_t>(course.posterior.size(), 1, 20);
    double fewest = 1;
    for (std::uint32_t set = 0; set < sets; ++set)
        fewest = std::min(fewest, share_in_response(model, *course.symptom(set), induction,
                                                    ceiling_shift, scale));
    return fewest;
}

/// Those in care at the start are known by their ratings, so they have had an induction, and there
/// must be enough who respond to one.
void check_stock(Draft& draft, const Value& root) {
    const PatientMix& patients = draft.model().patients;
    if (patients.in_care_at_start.patients == 0) return;
    for (const Condition& condition : patients.conditions)
        if (!condition.induction && patients.courses[condition.course].renewal() == nullptr)
            draft.context.fault(
                place_at(root, {"patients", "conditions", condition.name, "induction"}),
                "patients.conditions." + condition.name + ".induction",
                "with a symptom course, patients in care at the start have had an induction: name "
                "it");
    if (draft.context.has_faults()) return;
    const Model& model = draft.model();
    for (std::size_t i = 0; i < patients.conditions.size(); ++i) {
        const Condition& condition = patients.conditions[i];
        const Course& course = patients.courses[condition.course];
        if (course.renewal() != nullptr) continue;
        const Induction& induction = patients.inductions[*condition.induction];
        const std::size_t severities = std::max<std::size_t>(1, patients.severities.size());
        double fewest = 1;
        std::string of;
        for (std::size_t severity = 0; severity < severities; ++severity) {
            const bool named = !patients.severities.empty();
            const double share = fewest_in_response(
                model, course, induction, named ? patients.severities[severity].ceiling_shift : 0,
                model.observation.scale_of(i, severity));
            if (share >= fewest) continue;
            fewest = share;
            of = named ? " of severity " + patients.severities[severity].name : "";
        }
        constexpr double kFewest = 0.01;
        if (fewest >= kFewest) continue;
        draft.context.fault(place_at(root, {"courses", course.name}), "courses." + course.name,
                            "patients in care at the start are responders, and of 1,000 "
                            "patients" +
                                of + " " + number_text(fewest * 1000) +
                                " respond to the induction " + induction.name);
    }
}

/// Candidates of stress come at kMostStress times the plain frequency, so it cannot rise higher.
void check_lifestyle(Draft& draft, const Value& root) {
    const PatientMix& patients = draft.model().patients;
    if (patients.lifestyle.empty()) return;
    if (!draft.has_symptoms())
        draft.context.warn(place_at(root, {"patients", "lifestyle"}), "patients.lifestyle",
                           "this says nothing: no condition has a symptom course");
    double most = 1;
    for (const Habit& habit : patients.lifestyle) most *= std::max(1.0, habit.stress);
    for (const Condition& condition : patients.conditions) {
        const Course& course = patients.courses[condition.course];
        if (course.renewal() != nullptr) continue;
        const std::size_t sets = std::max<std::size_t>(1, course.posterior.size());
        for (std::uint32_t set = 0; set < sets; ++set) {
            const double all = most * most_stress(*course.symptom(set));
            if (all <= kMostStress) continue;
            draft.context.fault(place_at(root, {"patients", "lifestyle"}), "patients.lifestyle",
                                "together with the season and whatever else course " + course.name +
                                    " names, the frequency of stress can rise " + number_text(all) +
                                    " times; at most " + number_text(kMostStress) + " is possible");
            return;
        }
    }
}

std::string rough_text(double value) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.2g", value);
    return buffer;
}

void check_limits(Draft& draft, const Value& root) {
    const Scenario& scenario = draft.scenario;
    const Limits& limits = scenario.limits;
    if (scenario.replications > limits.replications)
        draft.context.fault(place_at(root, {"run", "replications"}), "run.replications",
                            "over limits.replications, which is " +
                                std::to_string(limits.replications) + "; raise it if you mean it");
    const Size size = estimate_size(scenario);
    if (scenario.study && size.patients > limits.patients)
        draft.context.fault(place_at(root, {"study", "patients"}), "study.patients",
                            "over limits.patients, which is " + number_text(limits.patients) +
                                "; raise it if you mean it");
    else if (size.patients > limits.patients)
        draft.context.fault(place_at(root, {"patients"}), "patients",
                            "about " + rough_text(size.patients) +
                                " patients are expected in a replication, over limits.patients (" +
                                number_text(limits.patients) +
                                "): let fewer arrive, shorten run.horizon, or raise the limit");
    if (size.events > limits.events)
        draft.context.fault(
            place_at(root, {"run"}), "run",
            "about " + rough_text(size.events) +
                " events are expected in all, over limits.events (" + number_text(limits.events) +
                (scenario.study ? "): run fewer replications or patients, or raise the limit"
                                : "): run fewer replications or policies, shorten run.horizon, or "
                                  "raise the limit"));
}

}  // namespace

void check_whole(Draft& draft, const Value& root) {
    if (draft.context.has_faults()) return;
    if (!draft.is_study()) {
        for (SiteId site = 0; site < draft.model().clinic.number_of_sites(); ++site)
            check_hours(draft, root, site);
        check_chairs(draft, root);
        if (!draft.context.has_faults()) check_staff(draft, root);
        if (!draft.context.has_faults()) check_booking(draft, root);
        if (!draft.context.has_faults()) {
            warn_of_hours_without_staff(draft, root);
            warn_of_workload(draft, root);
        }
        check_intervals(draft, root);
        check_lifestyle(draft, root);
        check_stock(draft, root);
    }
    check_limits(draft, root);
}

}  // namespace clinicsim::reading
