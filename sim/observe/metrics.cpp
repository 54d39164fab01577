#include "clinicsim/observe/metrics.hpp"

#include <array>

#include "metric_parts.hpp"
#include "money.hpp"

namespace clinicsim {

namespace {

using namespace metric_parts;

constexpr auto average = MetricKind::average, quotient = MetricKind::ratio,
               quantile = MetricKind::quantile, count = MetricKind::count,
               beyond = MetricKind::excess;
constexpr bool by_group = true, all_only = false;
constexpr auto induction = VisitKind::induction, booster = VisitKind::booster,
               rescue = VisitKind::rescue;

// of the three kinds of visits alike
constexpr std::string_view kMeanWait =
    "Mean time from wanted (an induction: the referral, first visit only; a planned booster: its "
    "due time; a rescue: when the patient asks) to the start of the visit, of visits that began.";
constexpr std::string_view kP50 =
    "Half of all waits from wanted to the start of the visit are at most this long; who still "
    "waits at the end counts as at least so far.";
constexpr std::string_view kP90 =
    "90 % of all waits from wanted to the start of the visit are at most this long; who still "
    "waits at the end counts as at least so far.";
constexpr std::string_view kP95 =
    "95 % of all waits from wanted to the start of the visit are at most this long; who still "
    "waits at the end counts as at least so far.";
constexpr std::string_view kWaited =
    "Requests that waited at all, or still wait, of all that were served or still wait.";

constexpr std::string_view kWithinPromise =
    "Waits from wanted to the start of the visit that kept what the scenario promises, of those "
    "that kept or broke it; who was turned away, or waits for longer at the end, broke it.";
constexpr std::string_view kRoomQuantile =
    "So many of all visits begin within this time after the patient came into the waiting room.";

constexpr std::array kRows{
    MetricRow{"chair_utilisation", "share",
              "Chair time occupied inside opening hours, turnover included, divided by chair time "
              "open; nothing where chairs are unlimited.",
              quotient, all_only, chair_utilisation},
    MetricRow{"chair_overtime_hours_per_week", "hours per week",
              "Chair time occupied outside opening hours, all chairs together.", quotient, all_only,
              overtime},
    MetricRow{
        "chairs_for_85_percent", "chairs",
        "The number of chairs that the chair time occupied inside opening hours would fill to "
        "85 %.",
        quotient, all_only, chairs_for_85_percent},
    MetricRow{"clinic_overtime_hours_per_week", "hours per week",
              "Time from closing until the last chair is ready again, for which staff stay; the "
              "clinic's, however many chairs are late.",
              quotient, all_only,
              [](In in) {
                  if (!in.chairs) return MetricSample{};
                  return ratio(number(in.chairs->late) / kTicksPerHour, weeks(in.window));
              }},
    MetricRow{"infusions_per_week", "per week", "Infusions given, those of inductions included.",
              quotient, by_group,
              [](In in) {
                  return ratio(number(infusions(in, induction) + boosters(in)), weeks(in.window));
              }},
    MetricRow{"referrals", "patients", "Patients who were referred to the clinic.", count, by_group,
              [](In in) { return plain(number(care(in).referrals)); }},
    MetricRow{"patients_started", "patients", "Patients whose first visit began.", count, by_group,
              [](In in) { return plain(number(care(in).started)); }},
    MetricRow{"patients_in_care", "patients",
              "Patients in care (from the start of the first visit to discharge or drop-out), "
              "averaged over the measured time.",
              average, by_group,
              [](In in) {
                  const auto ticks = in.window.length().count();
                  if (ticks <= 0) return MetricSample{};
                  return plain(number(care(in).patient_ticks) / number(ticks));
              }},
    MetricRow{"patients_in_care_at_start", "patients",
              "Patients in care when the measured time begins.", count, by_group,
              [](In in) { return plain(number(care(in).at_start)); }},
    MetricRow{"patients_in_care_at_end", "patients",
              "Patients in care when the measured time ends.", count, by_group,
              [](In in) { return plain(number(care(in).at_end)); }},
    MetricRow{"response_rate", "share",
              "Inductions that ended in response, of all that ended; who dropped out did not "
              "respond.",
              quotient, by_group,
              [](In in) {
                  return ratio(number(course(in).inductions_responded),
                               number(course(in).inductions_ended));
              }},
    MetricRow{
        "remission_rate", "share",
        "Inductions that ended in remission, of all that ended; nothing where the course says "
        "nothing of remission.",
        quotient, by_group,
        [](In in) {
            return ratio(number(course(in).inductions_in_remission),
                         number(course(in).inductions_with_scores));
        }},
    MetricRow{"relapses", "relapses", "Relapses that began, seen by the clinic or not.", count,
              by_group, [](In in) { return plain(number(course(in).relapses)); }},
    MetricRow{"relapses_per_patient_year", "per patient-year",
              "Relapses divided by years of follow-up; who is ill cannot relapse again, so a slow "
              "clinic has fewer.",
              quotient, by_group,
              [](In in) { return ratio(number(course(in).relapses), patient_years(in)); }},
    MetricRow{"relapses_per_well_patient_year", "per well patient-year",
              "Relapses divided by years of follow-up spent well.", quotient, by_group,
              [](In in) { return ratio(number(course(in).relapses), well_years(in)); }},
    MetricRow{
        "share_of_time_ill", "share",
        "Follow-up spent ill (from a relapse to the infusion that ended it, or to the first rating "
        "in response again), of all follow-up.",
        quotient, by_group,
        [](In in) { return ratio(years(course(in).ill_ticks), patient_years(in)); }},
    MetricRow{
        "days_ill_caused_by_waiting_per_patient_year", "days per patient-year",
        "Days ill per year of follow-up, less those of the same patients in a clinic with "
        "unlimited chairs and the same opening hours. Days before the first visit are no "
        "follow-up: they are wait_days_induction. Below 0 by chance, or where infusions given "
        "late do less harm than those in time (a risk that falls after each of them).",
        beyond, by_group,
        [](In in) {
            return excess(
                in, [](const CourseTally& of) { return days(of.ill_ticks); }, follow_up_years);
        }},
    MetricRow{"relapse_change_by_waiting_per_patient_year", "per patient-year",
              "Relapses per year of follow-up, less those of the same patients in a clinic with "
              "unlimited chairs and the same opening hours. An ill patient cannot relapse again, "
              "so waiting can make relapses fewer while it makes patients ill for longer.",
              beyond, by_group,
              [](In in) {
                  return excess(
                      in, [](const CourseTally& of) { return number(of.relapses); },
                      follow_up_years);
              },
              "Waiting can make relapses fewer, because an ill patient cannot relapse again: a "
              "change below 0 is no gain."},
    MetricRow{"well_share_of_started", "share",
              "Time well of all who ever responded, divided by the time since their response; time "
              "after leaving care counts as not well.",
              quotient, by_group,
              [](In in) { return ratio(well_years(in), years(course(in).responder_ticks)); }},
    MetricRow{"well_share_of_all_patients", "share",
              "Time with an improvement of response or more, of all time from the referral (or the "
              "start of the run, for those in care then) to the end, of all patients, in care or "
              "not: the improvement of the course itself, without the noise of ratings, looked at "
              "every seven days. Nothing where every policy gives the drug (policies.NAME.gets), "
              "and of patients with a renewal course.",
              quotient, by_group,
              [](In in) {
                  const EverybodyTally& all = in.patients.everybody;
                  return ratio(number(all.in_response), number(all.looks));
              }},
    MetricRow{"mean_improvement_of_all_patients",
              "share",
              "Mean improvement over the same time of the same patients, as a share of the "
              "untreated score; under 0 where stress makes symptoms worse than that.",
              quotient,
              by_group,
              [](In in) {
                  const EverybodyTally& all = in.patients.everybody;
                  return ratio(number(all.millionths) / EverybodyTally::kWhole, number(all.looks));
              },
              {},
              true},
    MetricRow{"left_while_ill", "patients",
              "Patients who left care ill because they did not ask for a booster.", count, by_group,
              [](In in) { return plain(number(care(in).left_while_ill)); }},
    MetricRow{"boosters_per_patient_year", "infusions per patient-year",
              "Infusions after the induction, planned and rescue, divided by years of follow-up; a "
              "pair counts two.",
              quotient, by_group,
              [](In in) { return ratio(number(boosters(in)), patient_years(in)); }},
    MetricRow{"planned_boosters_per_patient_year", "infusions per patient-year",
              "Planned infusions after the induction divided by years of follow-up.", quotient,
              by_group,
              [](In in) { return ratio(number(infusions(in, booster)), patient_years(in)); }},
    MetricRow{"rescue_boosters_per_patient_year", "infusions per patient-year",
              "Infusions asked for because of a relapse divided by years of follow-up.", quotient,
              by_group,
              [](In in) { return ratio(number(infusions(in, rescue)), patient_years(in)); }},
    MetricRow{"booster_interval_days", "days",
              "Mean time from the infusion before to a booster, of all boosters: who has many "
              "counts often.",
              quotient, by_group,
              [](In in) { return ratio(days(course(in).booster_ticks), number(boosters(in))); }},
    MetricRow{
        "booster_interval_days_of_patients", "days",
        "Mean over patients who had a booster of their own mean time from the infusion before "
        "to a booster: every patient counts once.",
        quotient, by_group,
        [](In in) {
            return ratio(days(course(in).mean_booster_ticks), number(course(in).boosted));
        }},
    MetricRow{"ratings_in_response", "share",
              "Ratings in follow-up that show response, of all; nothing where the course has no "
              "scores.",
              quotient, by_group,
              [](In in) {
                  return ratio(number(course(in).ratings_in_response), number(course(in).ratings));
              }},
    MetricRow{"inductions_repeated", "inductions",
              "Inductions begun by patients who had one before.", count, by_group,
              [](In in) { return plain(number(course(in).inductions_repeated)); }},
    MetricRow{"dropouts", "patients",
              "Patients who left care on their own before they were discharged.", count, by_group,
              [](In in) { return plain(number(care(in).dropouts)); }},
    MetricRow{"side_effects_per_100_infusions", "per 100 infusions",
              "Side effects of the kinds that the scenario names, per 100 infusions.", quotient,
              by_group,
              [](In in) {
                  return ratio(100 * number(care(in).side_effects),
                               number(infusions(in, induction) + boosters(in)));
              }},
    MetricRow{"infusions_broken_off", "infusions",
              "Infusions broken off because of a side effect; they have no effect.", count,
              by_group, [](In in) { return plain(number(care(in).broken_off)); }},
    MetricRow{"stopped_by_side_effects", "patients",
              "Patients who left care because a side effect forbids more infusions.", count,
              by_group, [](In in) { return plain(number(care(in).stopped_by_side_effects)); }},
    MetricRow{"no_shows", "visits", "Booked visits for which the patient did not come.", count,
              by_group, [](In in) { return plain(number(in.patients.attendance.no_shows)); }},
    MetricRow{"late_arrivals", "share",
              "Visits to which the patient came after the booked time, of all visits begun; see "
              "clinic.arrival.",
              quotient, by_group,
              [](In in) {
                  return ratio(number(in.patients.waits.late), number(in.patients.waits.visits));
              }},
    MetricRow{"late_cancels", "visits",
              "Booked visits that the patient cancelled before the booked time.", count, by_group,
              [](In in) { return plain(number(in.patients.attendance.cancelled)); }},
    MetricRow{"rescheduled", "visits",
              "Booked visits for which the patient asked for another time.", count, by_group,
              [](In in) { return plain(number(in.patients.attendance.rescheduled)); }},
    MetricRow{
        "bookings_moved", "visits",
        "Booked times given up for another one: by the patient, by the clinic because staff "
        "are sick (called_off_per_year), for a rescue, for an earlier time that was released, "
        "or with the rest of their series.",
        count, by_group, [](In in) { return plain(number(in.patients.attendance.moved)); }},
    MetricRow{"called_off_per_year", "visits per year",
              "Booked visits that the clinic called off in the morning, because those of the staff "
              "who were there could not see all who were booked for the day when they were booked; "
              "each is booked again, some for another hour of the same day "
              "(clinic.on_sick_days). The rest of its series or pair, which moves with it, is not "
              "counted here. In a year of 365.25 days.",
              quotient, by_group,
              [](In in) {
                  return ratio(number(in.patients.attendance.called_off),
                               years(in.window.length().count()));
              }},
    MetricRow{"called_off_the_day_per_year", "visits per year",
              "Of called_off_per_year, those for which there was no other time on the same day. In "
              "a year of 365.25 days.",
              quotient, by_group,
              [](In in) {
                  return ratio(number(in.patients.attendance.called_off_the_day),
                               years(in.window.length().count()));
              }},
    MetricRow{"slots_refilled", "visits",
              "Released times that a patient on the waiting list took when called.", count,
              by_group, [](In in) { return plain(number(in.patients.attendance.refilled)); }},
    MetricRow{
        "series_broken", "series",
        "Inductions and pairs of boosters whose spacing could not be kept, after a visit that "
        "the patient missed or cancelled.",
        count, by_group, [](In in) { return plain(number(in.patients.attendance.series_broken)); }},
    MetricRow{"no_place_found", "requests",
              "Requests for which the book had no time up to its horizon, so that they waited for "
              "one unbooked.",
              count, by_group,
              [](In in) { return plain(number(in.patients.attendance.no_place_found)); }},
    MetricRow{"lost_for_waiting", "patients",
              "Of patients_lost, those of a booked clinic: no first visit was offered before their "
              "patience (clinic.attendance.patience) ended.",
              count, by_group,
              [](In in) { return plain(number(in.patients.attendance.lost_for_waiting)); }},
    MetricRow{"transfers_offered", "offers",
              "Offers of a time at another site, made to who would wait long at the home site.",
              count, by_group,
              [](In in) { return plain(number(in.patients.attendance.transfers_offered)); }},
    MetricRow{"transfers", "bookings",
              "Inductions, pairs and single visits booked at another site because the patient took "
              "a time offered there.",
              count, by_group,
              [](In in) { return plain(number(in.patients.attendance.transfers)); }},
    MetricRow{
        "held_time_booked", "share",
        "Chair time held for rescues that was booked in the end, by rescues or, once it was "
        "released, by anybody; nothing where no time is held. Staff are held with the chairs, "
        "and their time is not counted.",
        quotient, all_only,
        [](In in) {
            if (!in.chairs) return MetricSample{};
            return ratio(number(in.chairs->kept_and_booked) / kTicksPerHour,
                         number(in.chairs->kept_for_rescues) / kTicksPerHour);
        }},
    MetricRow{"turned_away", "visits",
              "Requests that found the waiting room full, or whose patient left it unserved.",
              count, by_group,
              [](In in) { return plain(number(in.patients.attendance.turned_away)); }},
    MetricRow{"sent_home_per_year", "visits per year",
              "Patients who came for a booked visit and went home unseen: too late "
              "(sent_home_late_per_year), or because until the evening nobody was on duty to begin "
              "it, as where staff are sick (sent_home_sick_day_per_year); "
              "then another time is booked when the doors open next. In a year of 365.25 days.",
              quotient, by_group,
              [](In in) {
                  return ratio(number(in.patients.attendance.sent_home),
                               years(in.window.length().count()));
              }},
    MetricRow{"sent_home_late_per_year", "visits per year",
              "Patients who came later than clinic.arrival.refused_after and were not seen; they "
              "book again as who missed the visit does. In a year of 365.25 days.",
              quotient, by_group,
              [](In in) {
                  return ratio(number(in.patients.attendance.sent_home_late),
                               years(in.window.length().count()));
              }},
    MetricRow{
        "sent_home_sick_day_per_year", "visits per year",
        "Of sent_home_per_year, those who came on a day on which staff of the site whom visits "
        "need were sick, and for whom nobody was left. What is neither this nor too late "
        "came on a day on which all were there. In a year of 365.25 days.",
        quotient, by_group,
        [](In in) {
            return ratio(number(in.patients.attendance.sent_home_sick),
                         years(in.window.length().count()));
        }},
    MetricRow{
        "patients_lost", "patients",
        "Patients who never came into care because the clinic had no first visit for them: in "
        "a booked clinic none within their patience (lost_for_waiting); in a walk-in clinic "
        "they found the waiting room full or left it unserved. Who stayed away from a first "
        "visit that was booked is not in it.",
        count, by_group, [](In in) { return plain(number(care(in).lost)); }},
    MetricRow{"still_waiting", "requests",
              "Requests whose wanted time had come and whose visit had not begun at the end.",
              count, by_group,
              [](In in) { return plain(number(in.patients.waits.still_waiting)); }},
    MetricRow{"wait_days_induction.mean", "days", kMeanWait, quotient, by_group,
              mean_wait<induction>},
    MetricRow{"wait_days_induction.p50", "days", kP50, quantile, by_group,
              wait_quantile<induction, 50>},
    MetricRow{"wait_days_induction.p90", "days", kP90, quantile, by_group,
              wait_quantile<induction, 90>},
    MetricRow{"wait_days_induction.p95", "days", kP95, quantile, by_group,
              wait_quantile<induction, 95>},
    MetricRow{"wait_days_induction.waited", "share", kWaited, quotient, by_group,
              share_that_waited<induction>},
    MetricRow{"wait_days_booster.mean", "days", kMeanWait, quotient, by_group, mean_wait<booster>},
    MetricRow{"wait_days_booster.p50", "days", kP50, quantile, by_group,
              wait_quantile<booster, 50>},
    MetricRow{"wait_days_booster.p90", "days", kP90, quantile, by_group,
              wait_quantile<booster, 90>},
    MetricRow{"wait_days_booster.p95", "days", kP95, quantile, by_group,
              wait_quantile<booster, 95>},
    MetricRow{"wait_days_booster.waited", "share", kWaited, quotient, by_group,
              share_that_waited<booster>},
    MetricRow{"wait_days_rescue.mean", "days", kMeanWait, quotient, by_group, mean_wait<rescue>},
    MetricRow{"wait_days_rescue.p50", "days", kP50, quantile, by_group, wait_quantile<rescue, 50>},
    MetricRow{"wait_days_rescue.p90", "days", kP90, quantile, by_group, wait_quantile<rescue, 90>},
    MetricRow{"wait_days_rescue.p95", "days", kP95, quantile, by_group, wait_quantile<rescue, 95>},
    MetricRow{"wait_days_rescue.waited", "share", kWaited, quotient, by_group,
              share_that_waited<rescue>},
    MetricRow{"within_promise_induction", "share", kWithinPromise, quotient, by_group,
              within_promise<induction>},
    MetricRow{"within_promise_booster", "share", kWithinPromise, quotient, by_group,
              within_promise<booster>},
    MetricRow{"within_promise_rescue", "share", kWithinPromise, quotient, by_group,
              within_promise<rescue>},
    MetricRow{"wait_minutes_in_room.mean", "minutes",
              "Mean time from coming into the waiting room to the start of the visit, of all "
              "visits; days of access delay are no part of it.",
              quotient, by_group,
              [](In in) {
                  return ratio(number(in.patients.waits.ticks_in_room) / kTicksPerMinute,
                               number(in.patients.waits.visits));
              }},
    MetricRow{"wait_minutes_in_room.p50", "minutes", kRoomQuantile, quantile, by_group,
              room_quantile<50>},
    MetricRow{"wait_minutes_in_room.p90", "minutes", kRoomQuantile, quantile, by_group,
              room_quantile<90>},
    MetricRow{"wait_minutes_in_room.p95", "minutes", kRoomQuantile, quantile, by_group,
              room_quantile<95>},
    MetricRow{"wait_minutes_in_room.waited", "share",
              "Visits that did not begin as soon as the patient came, of all visits.", quotient,
              by_group,
              [](In in) {
                  return ratio(number(in.patients.waits.room_ticks.count()),
                               number(in.patients.waits.visits));
              }},
    MetricRow{"revenue_per_year", "money per year",
              "What is paid for infusions, first visits and no-shows, by the scenario's costs, in "
              "a year of 365.25 days; nothing where the scenario names no costs.",
              quotient, all_only, money::revenue_per_year},
    MetricRow{"staff_cost_per_year", "money per year",
              "Wages: of groups of the clinic's staff for their hours on duty and, as far as they "
              "are paid, those missed by sickness; of others for the opening hours; with the "
              "overtime factor while they stay until the last visit is over; and what the employer "
              "pays on top (costs.payroll).",
              quotient, all_only, money::staff_cost_per_year},
    MetricRow{
        "cost_per_year", "money per year",
        "Wages, chairs, fixed costs, supplies and losses by no-shows, by the scenario's costs; "
        "nothing where chairs are unlimited.",
        quotient, all_only, money::cost_per_year},
    MetricRow{"contribution_per_year", "money per year",
              "Revenue less cost: what is left for all that the scenario's costs do not name.",
              quotient, all_only, money::contribution_per_year},
    MetricRow{"contribution_per_chair_hour", "money per chair-hour",
              "Revenue less cost, divided by the chair-hours open.", quotient, all_only,
              money::contribution_per_chair_hour},
    MetricRow{"cost_per_infusion", "money per infusion", "Cost divided by infusions given.",
              quotient, all_only, money::cost_per_infusion},
};

}  // namespace

const char* name(MetricKind kind) {
    switch (kind) {
        case MetricKind::average:
            return "average";
        case MetricKind::ratio:
            return "ratio";
        case MetricKind::quantile:
            return "quantile";
        case MetricKind::count:
            return "count";
        case MetricKind::excess:
            return "excess";
    }
    return "";
}

std::span<const MetricRow> metric_rows() { return kRows; }

std::string unit_of(const MetricRow& row, std::string_view currency) {
    constexpr std::string_view kMoney = "money";
    if (currency.empty() || !row.unit.starts_with(kMoney)) return std::string{row.unit};
    return std::string{currency} + std::string{row.unit.substr(kMoney.size())};
}

std::string part_metric_name(std::string_view row, std::string_view part) {
    return std::string{row} + '.' + std::string{part};
}

std::optional<std::size_t> metric_index(std::string_view name) {
    for (std::size_t i = 0; i < kRows.size(); ++i)
        if (kRows[i].name == name) return i;
    return std::nullopt;
}

}  // namespace clinicsim
