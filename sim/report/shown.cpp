#include "shown.hpp"

#include <algorithm>
#include <array>

#include "clinicsim/base/check.hpp"
#include "clinicsim/base/diagnostic.hpp"
#include "clinicsim/observe/metrics.hpp"
#include "clinicsim/observe/staff_metrics.hpp"

namespace clinicsim::report {

namespace {

constexpr auto always = ShownMetric::When::always, observed = ShownMetric::When::observed,
               not_zero = ShownMetric::When::not_zero;

constexpr std::array kCapacity{
    ShownMetric{"chair_utilisation", "chair utilisation, %", always},
    ShownMetric{"chairs_for_85_percent", "chairs that would be 85 % full", not_zero},
    ShownMetric{"chair_overtime_hours_per_week", "chair overtime, hours per week", not_zero},
    ShownMetric{"infusions_per_week", "infusions per week", always},
};
constexpr std::array kWaiting{
    ShownMetric{"wait_days_induction.mean", "wait for a first visit, days", observed},
    ShownMetric{"wait_days_booster.mean", "wait for a planned booster, days", observed},
    ShownMetric{"wait_days_rescue.mean", "wait for a rescue, days", observed},
    ShownMetric{"wait_days_rescue.p95", "95 % of rescues within, days", observed},
    ShownMetric{"within_promise_induction", "first visits as promised, %", observed},
    ShownMetric{"within_promise_booster", "planned boosters as promised, %", observed},
    ShownMetric{"within_promise_rescue", "rescues as promised, %", observed},
    ShownMetric{"patients_lost", "patients lost to waiting", not_zero},
    ShownMetric{"turned_away", "turned away, visits", not_zero},
    ShownMetric{"no_shows", "no-shows, visits", not_zero},
    ShownMetric{"late_cancels", "cancelled by patients, visits", not_zero},
    ShownMetric{"slots_refilled", "refilled from the waiting list, visits", not_zero},
    ShownMetric{"series_broken", "series broken", not_zero},
    ShownMetric{"held_time_booked", "held time booked in the end, %", observed},
    ShownMetric{"still_waiting", "still waiting at the end", not_zero},
    ShownMetric{"transfers_offered", "offers of another site", not_zero},
    ShownMetric{"transfers", "of these accepted", not_zero},
};
constexpr std::array kRelapses{
    ShownMetric{"relapses_per_patient_year", "relapses per patient-year", always},
    ShownMetric{"relapses_per_well_patient_year", "relapses per well patient-year", always},
    ShownMetric{"share_of_time_ill", "time ill, %", always},
    ShownMetric{"days_ill_caused_by_waiting_per_patient_year", "days ill a year caused by waiting",
                observed},
    ShownMetric{"relapse_change_by_waiting_per_patient_year", "relapses a year changed by waiting",
                observed},
    ShownMetric{"boosters_per_patient_year", "boosters per patient-year", always},
    ShownMetric{"well_share_of_started", "well since response, %", observed},
    ShownMetric{"well_share_of_all_patients", "well, all patients in care or not, %", observed},
    ShownMetric{"mean_improvement_of_all_patients", "their mean improvement, %", observed},
};
constexpr std::array kBoosters{
    ShownMetric{"planned_boosters_per_patient_year", "planned boosters per patient-year", observed},
    ShownMetric{"rescue_boosters_per_patient_year", "rescue boosters per patient-year", observed},
    ShownMetric{"booster_interval_days", "days between boosters", observed},
    ShownMetric{"ratings_in_response", "ratings in response, %", observed},
    ShownMetric{"inductions_repeated", "inductions repeated", not_zero},
};
constexpr std::array kPatients{
    ShownMetric{"patients_in_care", "patients in care", always},
    ShownMetric{"patients_in_care_at_start", "of these at the start", not_zero},
    ShownMetric{"patients_in_care_at_end", "and at the end", not_zero},
    ShownMetric{"patients_started", "patients started", not_zero},
    ShownMetric{"response_rate", "response rate, %", observed},
    ShownMetric{"remission_rate", "remission rate, %", observed},
    ShownMetric{"dropouts", "drop-outs", not_zero},
    ShownMetric{"left_while_ill", "left while ill", not_zero},
};
constexpr std::array kDay{
    ShownMetric{"wait_minutes_in_room.mean", "minutes in the waiting room", not_zero},
    ShownMetric{"wait_minutes_in_room.p95", "95 % of visits within, minutes", not_zero},
    ShownMetric{"wait_minutes_in_room.waited", "visits that waited there, %", not_zero},
    ShownMetric{"late_arrivals", "visits to which the patient came late, %", not_zero},
    ShownMetric{"sent_home_per_year", "sent home unseen, visits a year", not_zero},
    ShownMetric{"sent_home_late_per_year", "of these too late, visits a year", not_zero},
    ShownMetric{"sent_home_sick_day_per_year", "of these on a day with sick staff", not_zero},
    ShownMetric{"called_off_per_year", "called off for sick staff, visits a year", not_zero},
    ShownMetric{"called_off_the_day_per_year", "of these to another day", not_zero},
    ShownMetric{"clinic_overtime_hours_per_week", "clinic overtime, hours per week", not_zero},
};
constexpr std::array kMoney{
    ShownMetric{"revenue_per_year", "revenue a year, thousand", observed},
    ShownMetric{"cost_per_year", "cost a year, thousand", observed},
    ShownMetric{"staff_cost_per_year", "of this for staff, thousand", observed},
    ShownMetric{"contribution_per_year", "contribution a year, thousand", observed},
    ShownMetric{"contribution_per_chair_hour", "contribution per chair-hour", observed},
    ShownMetric{"cost_per_infusion", "cost per infusion", observed},
};
constexpr std::array kOfParts{
    ShownOfPart{&PolicyResult::chairs, 0, "chair utilisation, %", always},
    ShownOfPart{&PolicyResult::chairs, 1, "visits per week", always},
    ShownOfPart{&PolicyResult::staff, 0, "utilisation, %", not_zero},
    ShownOfPart{&PolicyResult::staff, 2, "overtime, hours per week", not_zero},
    ShownOfPart{&PolicyResult::staff, 3, "missing, chair hours per week", not_zero},
    ShownOfPart{&PolicyResult::staff, 4, "awaited in the room, hours per week", not_zero},
};
constexpr std::string_view kSlowClinic =
    "A slow clinic has fewer relapses per patient-year, because an ill patient cannot relapse "
    "again: compare relapses per well patient-year, and the time ill.";
constexpr std::array kFirst{
    ShownMetric{"chair_utilisation", "chair utilisation, %", always},
    ShownMetric{"chairs_for_85_percent", "chairs that would be 85 % full", not_zero},
    ShownMetric{"wait_days_rescue.mean", "wait for a rescue, days", observed},
    ShownMetric{"boosters_per_patient_year", "boosters per patient-year", always},
    ShownMetric{"relapses_per_patient_year", "relapses per patient-year", always},
    ShownMetric{"relapses_per_well_patient_year", "relapses per well patient-year", always},
    ShownMetric{"share_of_time_ill", "time ill, %", always},
    ShownMetric{"days_ill_caused_by_waiting_per_patient_year", "days ill a year caused by waiting",
                observed},
    ShownMetric{"well_share_of_all_patients", "well, all patients in care or not, %", observed},
    ShownMetric{"mean_improvement_of_all_patients", "their mean improvement, %", observed},
    ShownMetric{"contribution_per_year", "contribution a year, thousand", observed},
};
constexpr ShownSection kFirstSection{
    .heading = "Policy", .metrics = kFirst, .remark = kSlowClinic, .staff = true};
constexpr std::array kSections{
    ShownSection{.heading = "Capacity", .metrics = kCapacity, .remark = "", .staff = true},
    ShownSection{"Waiting", kWaiting, ""},
    ShownSection{"Relapses and time ill", kRelapses, kSlowClinic},
    ShownSection{"Boosters", kBoosters, ""},
    ShownSection{"Patients", kPatients, ""},
    ShownSection{"Money", kMoney, "", true},
    ShownSection{"Waiting room and closing time", kDay, "", false, true},
};

constexpr std::array kDifferences{
    ShownMetric{"chairs_for_85_percent", "chairs that would be 85 % full", not_zero},
    ShownMetric{"relapses_per_patient_year", "relapses per patient-year", observed},
    ShownMetric{"relapses_per_well_patient_year", "relapses per well patient-year", observed},
    ShownMetric{"share_of_time_ill", "time ill, percentage points", observed},
    ShownMetric{"days_ill_caused_by_waiting_per_patient_year", "days ill a year caused by waiting",
                observed},
    ShownMetric{"well_share_of_all_patients", "well, all patients, percentage points", observed},
    ShownMetric{"mean_improvement_of_all_patients", "their improvement, percentage points",
                observed},
    ShownMetric{"boosters_per_patient_year", "boosters per patient-year", observed},
    ShownMetric{"contribution_per_year", "contribution a year, thousand", observed},
};
constexpr std::array kOfGroups{
    ShownMetric{"patients_in_care", "patients in care", always},
    ShownMetric{"wait_days_induction.mean", "wait for a first visit, days", observed},
    ShownMetric{"wait_days_rescue.mean", "wait for a rescue, days", observed},
    ShownMetric{"response_rate", "response rate, %", always},
    ShownMetric{"relapses_per_patient_year", "relapses per patient-year", always},
    ShownMetric{"relapses_per_well_patient_year", "relapses per well patient-year", always},
    ShownMetric{"share_of_time_ill", "time ill, %", always},
    ShownMetric{"days_ill_caused_by_waiting_per_patient_year", "days ill a year caused by waiting",
                not_zero},
    ShownMetric{"boosters_per_patient_year", "boosters per patient-year", always},
};

}  // namespace

std::span<const ShownSection> shown_sections() { return kSections; }
const ShownSection& shown_first() { return kFirstSection; }
std::span<const ShownOfPart> shown_of_parts() { return kOfParts; }
std::span<const ShownMetric> shown_differences() { return kDifferences; }
std::span<const ShownMetric> shown_of_groups() { return kOfGroups; }

const Estimate* find(const std::vector<Estimate>& estimates, std::string_view metric) {
    const auto at = metric_index(metric);
    CLINICSIM_CHECK(at.has_value(), "the table shows metrics that exist");
    return *at < estimates.size() ? &estimates[*at] : nullptr;
}

double scale_of(std::string_view metric) {
    const std::string_view unit = unit_of_metric(metric);
    return unit == "share" ? 100 : unit == "money per year" ? 0.001 : 1;
}

std::string heading_of(const ShownSection& section, const Comparison& comparison) {
    return std::string{section.heading} +
           (section.is_money ? ", " + printable(comparison.currency) : "");
}

std::string label_of(const ShownMetric& metric, const Comparison& comparison) {
    const bool is_money = unit_of_metric(metric.name).starts_with("money");
    return std::string{metric.label} + (is_money ? ' ' + printable(comparison.currency) : "");
}

std::string_view unit_of_metric(std::string_view metric) {
    if (const auto at = metric_index(metric)) return metric_rows()[*at].unit;
    if (const auto of_staff = staff_metric(metric))
        return staff_metric_rows()[of_staff->first].unit;
    const auto of_chairs = chair_metric(metric);
    CLINICSIM_CHECK(of_chairs.has_value(), "reports name metrics that exist");
    return chair_metric_rows()[of_chairs->first].unit;
}

namespace {

/// `found` gives the metric of a policy.
template <class Find>
bool is_shown_when(ShownMetric::When when, const Comparison& comparison, Find found_in) {
    if (when == always) return true;
    const auto& policies = comparison.policies;
    return std::any_of(policies.begin(), policies.end(), [&](const PolicyResult& policy) {
        const Estimate* found = found_in(policy);
        if (found == nullptr || !found->mean) return false;
        return when == observed || *found->mean != 0;
    });
}

}  // namespace

bool is_shown(const ShownMetric& metric, const Comparison& comparison) {
    return is_shown_when(metric.when, comparison, [&](const PolicyResult& policy) {
        return find(policy.metrics, metric.name);
    });
}

bool is_shown(const ShownOfPart& metric, std::size_t part, const Comparison& comparison) {
    return is_shown_when(metric.when, comparison, [&](const PolicyResult& policy) {
        return &(policy.*metric.parts)[part].metrics[metric.row];
    });
}

}  // namespace clinicsim::report
