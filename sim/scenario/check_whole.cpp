// Checks that need the whole scenario.
#include <algorithm>
#include <cstdio>

#include "draft.hpp"
#include "places.hpp"
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

void check_hours(Draft& draft, const Value& root) {
    const ClinicPlan& plan = draft.model().clinic;
    const auto longest = longest_stretch(plan.open);
    if (!longest) return;
    if (plan.slot && *plan.slot > *longest) {
        draft.context.fault(place_at(root, {"clinic", "slot"}), "clinic.slot",
                            "a slot of " + text(*plan.slot) +
                                " fits into no opening hours; the longest stretch has " +
                                text(*longest));
        return;
    }
    if (plan.access == Access::walk_in && plan.closing == Closing::finish) return;
    for (std::size_t i = 0; i < plan.visits.size(); ++i)
        for (const VisitParts* parts : {&plan.visits[i].first, &plan.visits[i].later})
            if (parts->planned_length() > *longest) {
                draft.context.fault(
                    place_at(root, {"clinic", "open"}), "clinic.open",
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
                         const Induction& induction) {
    constexpr std::uint32_t kPatients = 1000;
    const std::vector<Duration> gaps(induction.visits - 1, from_ticks(mean(induction.gap)));
    const Instant rated = kRunStart + from_ticks(mean(induction.gap)) * (induction.visits - 1) +
                          model.observation.response_after;
    std::uint32_t in_response = 0;
    for (std::uint32_t patient = 0; patient < kPatients; ++patient)
        in_response += after_series(course, {model.seed, 0, patient}, kRunStart, gaps, model.dates)
                           .rating(rated) >= model.observation.scale.response;
    return static_cast<double>(in_response) / kPatients;
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
    constexpr double kFewest = 0.01;
    for (const Condition& condition : patients.conditions) {
        const Course& course = patients.courses[condition.course];
        if (course.renewal() != nullptr) continue;
        const std::size_t sets = std::max<std::size_t>(1, course.posterior.size());
        for (std::size_t set = 0; set < std::min<std::size_t>(sets, 20); ++set) {
            const double share =
                share_in_response(draft.model(), *course.symptom(static_cast<std::uint32_t>(set)),
                                  patients.inductions[*condition.induction]);
            if (share >= kFewest) continue;
            draft.context.fault(place_at(root, {"courses", course.name}), "courses." + course.name,
                                "patients in care at the start are responders, and of 1,000 "
                                "patients " +
                                    number_text(share * 1000) + " respond to the induction " +
                                    patients.inductions[*condition.induction].name);
            break;
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
        check_hours(draft, root);
        check_chairs(draft, root);
        if (!draft.context.has_faults()) check_staff(draft, root);
        check_intervals(draft, root);
        check_stock(draft, root);
    }
    check_limits(draft, root);
}

}  // namespace clinicsim::reading
