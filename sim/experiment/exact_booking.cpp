// Days of appointments and D/M/1 with no-shows again, now through the appointment book: everybody
// is referred at once and a template says who comes when, or everybody books the time at which they
// are referred. The same exact values as in exact_queues.cpp; the pathways differ.
#include "exact_cases.hpp"

namespace clinicsim::proof {

namespace {

constexpr const char* kBooked = R"(clinicsim: 1
title: "$title"
run: {start: 2026-01-01, warm_up: $warm_up, horizon: $horizon, replications: $replications}
clinic:
  chairs: $chairs
  open: always
  access: booked
  closing: finish
  priority: none
  slot: $slot
  visit: {infusion: {exponential: {mean: $mean}}}
  attendance: {no_show: $no_show %, books_again: 0 %}
  booking: {$booking}
patients:
  arrivals: $arrivals
  conditions: {depression: {induction: single, course: leaves}}
inductions: {single: {visits: 1}}
courses: {leaves: {renewal: {responds: 0 %}}}
policies: {none: {}}
)";

struct Appointments {
    int chairs = 1;
    std::string slot = "1 hour", mean = "1 hour";
    double no_show = 0;
    std::string booking{}, arrivals{};
    std::string warm_up = "0 hours", horizon = "100 hours";
    int replications = kReplications;

    std::string scenario(const std::string& title) const {
        return filled(kBooked, {{"$title", title},
                                {"$warm_up", warm_up},
                                {"$horizon", horizon},
                                {"$replications", std::to_string(replications)},
                                {"$chairs", std::to_string(chairs)},
                                {"$slot", slot},
                                {"$mean", mean},
                                {"$no_show", digits(100 * no_show)},
                                {"$booking", booking},
                                {"$arrivals", arrivals}});
    }
};

constexpr auto kWait = "wait_days_induction.mean", kWaited = "wait_days_induction.waited";

/// All are referred at midnight, from where waits count: `mean_slot`, in hours, is taken off.
ExactCase day(const std::string& id, Appointments of, int patients, double mean_slot,
              const std::vector<Known>& known) {
    of.arrivals = "{dates: [";
    for (int i = 0; i < patients; ++i) of.arrivals += i > 0 ? ", 2026-01-01" : "2026-01-01";
    of.arrivals += "]}";
    of.replications = 4000;
    const auto in_room = [mean_slot](const Observed& run) {
        return 24 * run.top(kWait) - mean_slot * run.bottom(kWait);
    };
    const Recipes recipes{{"mean_wait",
                           [in_room](const Observed& run) {
                               return Ratio{in_room(run), run.bottom(kWait)};
                           }},
                          {"sum_wait", [in_room](const Observed& run) {
                               return Ratio{in_room(run), 1};
                           }}};
    return exact_case(id, "booked", of.scenario(id + ": a day of appointments, by the book"),
                      "none", recipes, known);
}

/// Everybody is referred at a time of their own, `gap` minutes apart, and booked for it.
ExactCase regular(const std::string& id, int gap, int mean, double no_show, int warm_up,
                  int horizon, const std::vector<Known>& known) {
    Appointments of{.slot = std::to_string(gap) + " min",
                    .mean = std::to_string(mean) + " min",
                    .no_show = no_show,
                    .booking = gap % 5 == 0 ? "" : "grid: 1 min",
                    .arrivals = "{every: {gap: " + std::to_string(gap) + " min}}",
                    .warm_up = std::to_string(warm_up) + " hours",
                    .horizon = std::to_string(horizon) + " hours"};
    const double per_day = 24 * 60.0 / mean;
    const Recipes recipes{{"Pwait",
                           [](const Observed& run) {
                               return Ratio{run.top(kWaited), run.bottom(kWaited)};
                           }},
                          {"Wq",
                           [per_day](const Observed& run) {
                               return Ratio{per_day * run.top(kWait), run.bottom(kWait)};
                           }},
                          {"Lq", [](const Observed& run) {
                               return Ratio{run.top(kWait), run.days()};
                           }}};
    return exact_case(id, "booked", of.scenario(id + ": D/M/1, by the book"), "none", recipes,
                      known);
}

std::string four_then_every_quarter() {
    std::string starts = "template: {\"00:00\": 4";
    for (int minute = 15; minute <= 240; minute += 15)
        starts += ", \"0" + std::to_string(minute / 60) + ":" + (minute % 60 == 0 ? "0" : "") +
                  std::to_string(minute % 60) + "\": 1";
    return starts + "}";
}

}  // namespace

std::vector<ExactCase> booked_cases() {
    return {
        day("S01", {.booking = "template: individual"}, 10, 4.5,
            {{"mean_wait", 1.0594539500760392}, {"sum_wait", 10.594539500760392}}),
        day("S02", {.booking = "template: bailey_welch"}, 10, 3.6,
            {{"mean_wait", 1.3712179899675707}, {"sum_wait", 13.712179899675707}}),
        day("S04", {.no_show = 0.1, .booking = "template: individual"}, 10, 4.5,
            {{"mean_wait", 0.8816927633709009}, {"sum_wait", 7.935234870338108}}),
        day("S06", {.chairs = 4, .booking = four_then_every_quarter()}, 20, 1.7,
            {{"mean_wait", 0.26679415814660135}, {"sum_wait", 5.335883162932027}}),
        regular("D01", 60, 48, 0, 200, 20'000,
                {{"Pwait", 0.6286297964969467},
                 {"Wq", 1.6927308399198975},
                 {"Lq", 1.3541846719359178}}),
        regular(
            "D02", 60, 57, 0, 4000, 12'000,
            {{"Pwait", 0.9016951100310884}, {"Wq", 9.172433948262842}, {"Lq", 8.713812250849701}}),
        regular("D03", 60, 60, 0.2, 200, 20'000,
                {{"Pwait", 0.6781561217999753},
                 {"Wq", 2.1070965388333533},
                 {"Lq", 1.6856772310666825}}),
        regular("D05", 48, 60, 0.4, 200, 20'000,
                {{"Pwait", 0.6498538453909657},
                 {"Wq", 1.8559502563053378},
                 {"Lq", 1.3919626922290034}}),
    };
}

}  // namespace clinicsim::proof
