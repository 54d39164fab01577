#include "clinicsim/observe/unseen.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>

namespace clinicsim {

namespace {

constexpr double kDaysPerYear = 365.25, kHoursPerDay = 24, kMinutesPerDay = 1440;

template <std::size_t n>
bool is_one_of(std::string_view metric, const std::array<std::string_view, n>& names) {
    return std::find(names.begin(), names.end(), metric) != names.end();
}

/// Shares of time, and what rests on whole numbers of patients that a scenario may fix.
constexpr std::array<std::string_view, 7> kConstant{
    "chair_utilisation", "held_time_booked",          "patients_in_care", "patients_in_care_at_end",
    "referrals",         "patients_in_care_at_start", "patients_started"};

/// No count of cases that were independent of each other.
constexpr std::array<std::string_view, 2> kShareOfTime{"well_share_of_started",
                                                       "well_share_of_all_patients"};

template <class Test>
bool any_policy(const PolicyModel& model, Test test) {
    return std::any_of(model.choice.policies.begin(), model.choice.policies.end(), test);
}
bool asks(const Policy& policy) { return policy.asking && policy.asking->asks > 0; }
bool plans(const Policy& policy) { return policy.plans(); }

template <class Test>
bool any_course(const Model& model, Test of_renewal) {
    const PatientMix& mix = model.patients;
    return std::any_of(mix.conditions.begin(), mix.conditions.end(), [&](const Condition& one) {
        const RenewalCourse* renewal = mix.courses[one.course].renewal();
        return renewal == nullptr || of_renewal(*renewal);
    });
}
double share_that_responds(const RenewalCourse& course) {
    return std::accumulate(course.responds.begin(), course.responds.end(), 0.0);
}
bool may_relapse(const Model& model) {
    return any_course(model, [&](const RenewalCourse& course) {
        return course.relapse &&
               (share_that_responds(course) > 0 || model.patients.in_care_at_start.patients > 0);
    });
}
bool may_drop_out(const Model& model) {
    return model.patients.drop_out.time || model.patients.drop_out.per_induction_visit > 0;
}
bool closes(const ClinicPlan& clinic) {
    for (std::size_t site = 0; site < clinic.number_of_sites(); ++site)
        if (!clinic.open_at(static_cast<SiteId>(site)).always) return true;
    return false;
}
bool may_be_sick(const ClinicPlan& clinic) {
    return std::any_of(clinic.staff.begin(), clinic.staff.end(),
                       [](const StaffGroup& group) { return group.sick > 0; });
}
bool is_booked(const Model& model) { return model.clinic.access == Access::booked; }
bool may_wait(const Model& model) {
    return has_limits(model) || closes(model.clinic) || is_booked(model);
}
bool may_turn_away(const Model& model) {
    return is_booked(model) || model.clinic.patience || model.clinic.waiting_room;
}
bool repeats_inductions(const PolicyModel& policy) {
    for (const Pathway& pathway : policy.pathways)
        for (const Stage& stage : pathway.stages())
            for (const Way& way : stage.ways)
                if (stage.kind != StageKind::referral && stage.kind != StageKind::screening &&
                    pathway[way.to].kind == StageKind::induction)
                    return true;
    return false;
}
template <class Test>
bool any_side_effect(const Model& model, Test test) {
    const auto& effects = model.patients.side_effects;
    return std::any_of(effects.begin(), effects.end(),
                       [&](const SideEffect& one) { return one.chance > 0 && test(one); });
}

}  // namespace

Unseen unseen_of(const MetricRow& row, double measured_days) {
    using By = Unseen::By;
    if (is_one_of(row.name, kConstant) || row.unit.starts_with("money")) return {};
    if (row.kind == MetricKind::count) return {By::events};
    // ill for the rest of the measured time is the most that one relapse, or one wait, can do
    if (row.name == "share_of_time_ill") return {By::events, measured_days / kDaysPerYear};
    if (row.name == "days_ill_caused_by_waiting_per_patient_year")
        return {By::events, measured_days, true};
    if (row.kind == MetricKind::ratio) {
        if (row.unit == "hours per week") return {By::events, kHoursPerDay};  // until midnight
        if (row.unit == "days" && row.name.starts_with("wait_")) return {By::events, measured_days};
        if (row.unit == "minutes") return {By::events, kMinutesPerDay};  // nobody waits overnight
        if (row.unit == "per 100 infusions") return {By::events, 100};
        if (row.unit.find("per ") != std::string_view::npos) return {By::events};
        if (row.unit == "share" && !is_one_of(row.name, kShareOfTime)) return {By::cases};
    }
    return {By::unknown};
}

Unseen unseen_of_part(std::string_view unit, double measured_days) {
    const double weeks = measured_days / 7;
    if (!(weeks > 0)) return {};
    if (unit == "hours per week") return {Unseen::By::events, kHoursPerDay / weeks};
    if (unit == "visits per week") return {Unseen::By::events, 1 / weeks};
    return {};
}

bool can_be_seen(std::string_view metric, const Model& model, const PolicyModel& policy) {
    const ClinicPlan& clinic = model.clinic;
    const auto starts = [&](std::string_view with) { return metric.starts_with(with); };
    if (starts("relapse_change") || starts("days_ill_caused"))
        return has_limits(model) && may_relapse(model);
    if (starts("relapses") || metric == "share_of_time_ill") return may_relapse(model);
    if (starts("rescue_boosters")) return any_policy(policy, asks) && may_relapse(model);
    if (starts("planned_boosters")) return any_policy(policy, plans);
    if (starts("boosters")) return any_policy(policy, plans) || any_policy(policy, asks);
    if (metric == "left_while_ill")
        return may_relapse(model) && any_policy(policy, [](const Policy& one) {
                   return one.leaves_unless_asking && one.asking && one.asking->asks < 1;
               });
    if (metric == "inductions_repeated") return repeats_inductions(policy);
    if (metric == "dropouts") return may_drop_out(model);
    if (starts("side_effects"))
        return any_side_effect(model, [](const SideEffect&) { return true; });
    if (metric == "infusions_broken_off")
        return any_side_effect(model, [](const SideEffect& one) { return one.ends_infusion > 0; });
    if (metric == "stopped_by_side_effects")
        return any_side_effect(model,
                               [](const SideEffect& one) { return one.stops_treatment > 0; });
    if (metric == "no_shows")
        return is_booked(model) &&
               (clinic.no_show > 0 || clinic.no_show_first > 0 || clinic.attendance);
    if (metric == "late_cancels" || metric == "rescheduled") return clinic.attendance.has_value();
    if (metric == "late_arrivals") return clinic.arrival && clinic.arrival->late > 0;
    if (metric == "slots_refilled") return clinic.booking && clinic.booking->waiting_list;
    if (metric == "bookings_moved" || metric == "series_broken" || metric == "no_place_found" ||
        metric == "lost_for_waiting" || metric == "sent_home_per_year")
        return is_booked(model);
    if (metric == "sent_home_late_per_year")
        return is_booked(model) && clinic.arrival && clinic.arrival->refused_after;
    if (metric == "sent_home_sick_day_per_year") return is_booked(model) && may_be_sick(clinic);
    if (starts("called_off"))
        return is_booked(model) && may_be_sick(clinic) &&
               clinic.on_sick_days == OnSickDays::call_off;
    if (starts("transfers")) return is_booked(model) && clinic.number_of_sites() > 1;
    if (metric == "turned_away" || metric == "patients_lost") return may_turn_away(model);
    if (metric == "still_waiting" || starts("wait_")) return may_wait(model);
    if (starts("chair_overtime") || starts("clinic_overtime")) return closes(clinic);
    if (metric == "response_rate")
        return any_course(model,
                          [](const RenewalCourse& one) { return share_that_responds(one) > 0; });
    if (metric == "remission_rate")
        return any_course(model, [](const RenewalCourse& one) {
            return share_that_responds(one) > 0 && one.remits != 0;
        });
    return true;
}

bool can_be_missed(std::string_view metric, const Model& model, const PolicyModel&) {
    if (metric.starts_with("within_promise")) return may_wait(model);
    if (metric == "response_rate")
        return may_drop_out(model) || any_course(model, [](const RenewalCourse& one) {
                   return share_that_responds(one) < 1;
               });
    return true;
}

std::optional<QuantileOf> waited_row(const MetricRow& row) {
    const std::size_t dot = row.name.rfind(".p");
    if (row.kind != MetricKind::quantile || dot == std::string_view::npos) return std::nullopt;
    const auto waited = metric_index(std::string{row.name.substr(0, dot)} + ".waited");
    if (!waited) return std::nullopt;
    return QuantileOf{std::stod(std::string{row.name.substr(dot + 2)}) / 100, *waited};
}

}  // namespace clinicsim
