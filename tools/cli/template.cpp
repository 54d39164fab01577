// clinicsim template: the best template of a day of appointments, and how much better it is.
#include <algorithm>

#include <fmt/format.h>

#include "clinicsim/clinic/coverage.hpp"
#include "clinicsim/clinic/opening_hours.hpp"
#include "clinicsim/experiment/day_template.hpp"
#include "commands.hpp"
#include "failure.hpp"
#include "inputs.hpp"
#include "terminal.hpp"

namespace clinicsim::cli {

namespace {

/// The longest stretch of the first open day of the week from Monday on, and the first such day of
/// the run.
struct Day {
    DayHours hours = kWholeDay;
    Instant midnight = kRunStart;
};
Day day_of(const Model& model) {
    const OpeningRule& open = model.clinic.open;
    if (open.always) return {};
    for (const unsigned day : {1U, 2U, 3U, 4U, 5U, 6U, 0U}) {
        const auto& stretches = open.week[day];
        if (stretches.empty()) continue;
        Day result{*std::max_element(stretches.begin(), stretches.end(),
                                     [](const DayHours& a, const DayHours& b) {
                                         return a.to - a.from < b.to - b.from;
                                     }),
                   kRunStart};
        for (Instant at = kRunStart; at < model.end; at += Days{1})
            if (model.dates.weekday_of(at).c_encoding() == day &&
                !is_closed(open, model.dates.date_of(at))) {
                result.midnight = at;
                break;
            }
        return result;
    }
    return {};
}

/// How many visits at once those on duty can look after over the day.
struct Carried {
    double average = 0;
    std::uint32_t least = kUnlimited, most = 0;
};
Carried carried_on(const Model& model, const Day& day) {
    const CapacityCalendar visits =
        bookable_visits(model.clinic, model.patients, model.dates, model.end);
    const Instant from = day.midnight + day.hours.from, to = day.midnight + day.hours.to;
    Carried carried;
    for (Instant at = from; at < to;) {
        const Instant until = std::min(to, visits.next(at).at);
        const std::uint32_t now = visits.at(at);
        carried.average += static_cast<double>((until - at).count()) * now;
        carried.least = std::min(carried.least, now);
        carried.most = std::max(carried.most, now);
        at = until;
    }
    carried.average /= static_cast<double>((to - from).count());
    return carried;
}

std::string clock(Duration of_day) {
    const auto minute = of_day / std::chrono::minutes{1};
    return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

struct Plan {
    DayTask task;
    DayHours hours;
    Duration slot, visit;
    bool by_slot;
    std::uint32_t chairs;            // of the clinic; the task has fewer where staff is short
    std::optional<Carried> carried;  // where there is staff
};

Plan plan_of(const Scenario& scenario, const Request& request) {
    const ClinicPlan& clinic = scenario.model.clinic;
    if (scenario.study) throw Failure{kUsage, "template needs a clinic; this scenario is a study"};
    if (!clinic.chairs)
        throw Failure{kUsage, "template needs a number of chairs, and clinic.chairs is unlimited"};
    if (clinic.number_of_sites() > 1)
        throw Failure{kUsage, "template looks at the day of one site; this clinic has several"};
    const VisitParts& visit = clinic.visits.front().later;
    const Day day = day_of(scenario.model);
    Plan plan{{},
              day.hours,
              clinic.slot.value_or(visit.booked_length()),
              visit.planned_length() + from_ticks(mean(visit.turnover)),
              clinic.slot.has_value(),
              *clinic.chairs,
              {}};
    if (plan.visit <= Duration::zero())
        throw Failure{kUsage, "template needs visits that take time"};
    DayTask& task = plan.task;
    task.chairs = plan.chairs;
    if (!clinic.staff.empty()) {
        plan.carried = carried_on(scenario.model, day);
        task.chairs = std::min(task.chairs, static_cast<std::uint32_t>(plan.carried->average));
        if (task.chairs == 0)
            throw Failure{kUsage,
                          fmt::format("template: on {} the staff can look after {:.2g} "
                                      "visits at once on average, less than one",
                                      Dates::text(scenario.model.dates.date_of(day.midnight)),
                                      plan.carried->average)};
    }
    task.slots = static_cast<std::uint32_t>((plan.hours.to - plan.hours.from) / plan.slot);
    task.slot = static_cast<double>(plan.slot.count()) / static_cast<double>(plan.visit.count());
    task.no_show = clinic.no_show;
    task.patients = request.patients.value_or(task.chairs * task.slots);
    task.wait_weight = request.wait_weight;
    task.idle_weight = request.idle_weight / task.chairs;
    task.tardiness_weight = request.overtime_weight;
    constexpr std::uint32_t kMostPatients = 200, kMostSlots = 48;
    if (task.slots == 0)
        throw Failure{kUsage, "no slot of clinic.slot's length fits into the opening hours"};
    if (task.slots > kMostSlots || task.patients > kMostPatients)
        throw Failure{kUsage,
                      fmt::format("template looks at days of up to {} slots and {} patients; "
                                  "this one has {} and {}",
                                  kMostSlots, kMostPatients, task.slots, task.patients)};
    return plan;
}

std::string table(const Plan& plan, const BestDay& best) {
    const DayTask& task = plan.task;
    struct Column {
        const char* name;
        DayTemplate starts;
        DayValue value;
    };
    std::vector<Column> columns{{"best", best.starts, best.value},
                                {"individual", individual_slots(task), {}},
                                {"bailey_welch", bailey_welch(task), {}}};
    for (Column& column : columns) column.value = evaluate(task, column.starts);
    std::string out = fmt::format("{:<28}", "patients who come at");
    for (const Column& column : columns) out += fmt::format("{:>14}", column.name);
    out += '\n';
    for (std::size_t i = 0; i < task.slots; ++i) {
        out += fmt::format("{:<28}",
                           clock(plan.hours.from + plan.slot * static_cast<std::int64_t>(i)));
        for (const Column& column : columns) out += fmt::format("{:>14}", column.starts[i]);
        out += '\n';
    }
    const double visit_minutes = static_cast<double>(plan.visit.count()) / 60'000;
    const auto row = [&](const char* name, double DayValue::*of, double scale) {
        out += fmt::format("{:<28}", name);
        for (const Column& column : columns)
            out += fmt::format("{:>14.4g}", column.value.*of * scale);
        out += '\n';
    };
    row("mean wait, minutes", &DayValue::mean_wait, visit_minutes);
    row("chairs idle, chair-hours", &DayValue::idle, visit_minutes / 60);
    row("after the last slot, minutes", &DayValue::tardiness, visit_minutes);
    row("cost, mean visits", &DayValue::cost, 1);
    return out;
}

/// What the staff have to do with it: the search knows chairs alone.
std::string staff_text(const Plan& plan) {
    if (!plan.carried) return "";
    const Carried& carried = *plan.carried;
    std::string text =
        carried.most == carried.least
            ? fmt::format("staff: those on duty can look after {} visits at once", carried.most)
            : fmt::format(
                  "staff: those on duty can look after {} to {} visits at once, {:.3g} on "
                  "average",
                  carried.least, carried.most, carried.average);
    if (plan.task.chairs < plan.chairs)
        text += fmt::format(",\nso the day is planned as if there were {} of the {} chairs",
                            plan.task.chairs, plan.chairs);
    if (carried.least < plan.task.chairs)
        text += ";\nwhen there are fewer of them, visits wait longer than told here";
    return text + "\n";
}

std::string as_key(const Plan& plan, const BestDay& best) {
    std::string key;
    for (std::size_t i = 0; i < best.starts.size(); ++i)
        if (best.starts[i] > 0)
            key += fmt::format("{}\"{}\": {}", key.empty() ? "" : ", ",
                               clock(plan.hours.from + plan.slot * static_cast<std::int64_t>(i)),
                               best.starts[i]);
    return "{" + key + "}";
}

}  // namespace

int day_template(const Request& request) {
    const Loaded loaded = load(request.files.front(), request);
    if (!loaded.scenario) return loaded.exit_code;
    const Plan plan = plan_of(*loaded.scenario, request);
    const DayTask& task = plan.task;
    const BestDay best = best_day(task);
    const double minutes = static_cast<double>(plan.visit.count()) / 60'000;
    print(fmt::format(
        "{} {}, {}-{} in {} slots of {}; {} patients, no-shows {:.3g} %\n"
        "visits of {:.4g} minutes on average with turnover, taken as exponential: exact for "
        "those,\n"
        "and waits are longer than with lengths that vary less\n"
        "cost = {:.3g} x mean wait + {:.3g} x idle time per chair + {:.3g} x time after the last "
        "slot\n\n",
        plan.chairs, plan.chairs == 1 ? "chair" : "chairs", clock(plan.hours.from),
        clock(plan.hours.to), task.slots, text(plan.slot), task.patients, 100 * task.no_show,
        minutes, task.wait_weight, request.idle_weight, task.tardiness_weight));
    if (plan.carried) print(staff_text(plan) + "\n");
    print(table(plan, best));
    print(
        best.certain
            ? fmt::format("\nNo other template costs less ({} looked at; Kaandorp and Koole "
                          "2007).\n",
                          best.evaluated)
            : fmt::format("\nThe best that a local search found ({} looked at); for one chair and "
                          "up to 12 slots it would be known to be the best of all.\n",
                          best.evaluated));
    print("In the scenario: clinic.booking.template: " + as_key(plan, best) + "\n");
    if (plan.carried) print("A template is booked as it stands, whoever is on duty.\n");
    return kDone;
}

}  // namespace clinicsim::cli
