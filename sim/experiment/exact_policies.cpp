// Patients in care who relapse: booster policies against renewal theory, the finite source, first
// episodes, and how a clinic fills. One day is the unit of theory, one year 365.25 days.
//
// Sources of the exact values: age, block and minimal-repair replacement (Barlow and Proschan
// 1965); renewal functions by Xie's recursion (1989); M/M/c//N (Palm 1947), which feels the mean of
// the time well only (Bunday and Scraton 1980); competing risks by integration; M/G/infinity
// (Palm 1943).
//
// Everybody is treated at the start, so long-run rates are counted after a warm-up in which the
// patients fall out of step; it and the horizon are whole numbers of 28 days, so that calendar
// boosters are counted exactly.
#include <optional>

#include "exact_cases.hpp"

namespace clinicsim::proof {

namespace {

constexpr double kYearDays = 365.25;

constexpr const char* kPatients = R"(clinicsim: 1
title: "$title"
run: {start: 2026-01-01, warm_up: $warm_up days, horizon: $horizon days, replications: $replications}
clinic: {chairs: $chairs, open: always, access: walk_in, visit: {infusion: $infusion}}
patients:
  in_care_at_start: {patients: $patients, last_infusion: at_start}
$drop_out
  conditions: {depression: {induction: none, course: relapsing}}
courses: {relapsing: {renewal: {relapse: $relapse$course}}}
policies:
  $policies
)";

struct Patients {
    std::string relapse;     // a distribution
    std::string course{};    // more keys of the course
    std::string drop_out{};  // a distribution
    std::string chairs = "unlimited", infusion = "0 min";
    int patients = 50;
    double warm_up = 28 * 26, horizon = 28 * 130;  // days

    std::string scenario(const std::string& title, const std::string& policies) const {
        return filled(
            kPatients,
            {{"$title", title},
             {"$warm_up", digits(warm_up)},
             {"$horizon", digits(horizon)},
             {"$replications", std::to_string(kReplications)},
             {"$chairs", chairs},
             {"$infusion", infusion},
             {"$patients", std::to_string(patients)},
             {"$drop_out",
              drop_out.empty() ? "" : "  drop_out: {time: " + drop_out + ", leaves: at_once}"},
             {"$relapse", relapse},
             {"$course", course.empty() ? "" : ", " + course},
             {"$policies", policies}});
    }
};

std::string weibull(double shape, double scale) {
    return "{weibull: {shape: " + digits(shape) + ", scale: " + digits(scale) + " days}}";
}
std::string exponential(double mean) { return "{exponential: {mean: " + digits(mean) + " days}}"; }
std::string every(double days, const std::string& clock, const std::string& more) {
    return "{every: " + digits(days) + " days, clock: " + clock + (more.empty() ? "" : ", ") +
           more + "}";
}
constexpr const char* kAsNeeded = "{when: relapse, seen: at_once, asks_after: 0 days}";
constexpr const char* kAtOnce = "rescue: {seen: at_once, asks_after: 0 days}";

constexpr auto kRelapses = "relapses_per_patient_year",
               kWellRelapses = "relapses_per_well_patient_year",
               kBoosters = "boosters_per_patient_year", kIntervals = "booster_interval_days",
               kPlanned = "planned_boosters_per_patient_year",
               kRescues = "rescue_boosters_per_patient_year", kIll = "share_of_time_ill",
               kWait = "wait_days_rescue.mean", kBusy = "chair_utilisation";

using Recipe = std::function<Ratio(const Observed&)>;
Recipe as_it_is(const char* metric) {
    return [metric](const Observed& run) { return Ratio{run.top(metric), run.bottom(metric)}; };
}
/// A count of the run, for each of `patients`.
Recipe per_patient(const char* metric, double patients) {
    return [=](const Observed& run) { return Ratio{run.top(metric), patients}; };
}
Ratio share_well(const Observed& run) {
    return {run.bottom(kIll) - run.top(kIll), run.bottom(kIll)};
}

// --- booster policies in the long run ------------------------------------------------------------

Recipes rates() {
    return {{"relapse_py", as_it_is(kRelapses)},
            {"relapse_py_at_Tstar", as_it_is(kRelapses)},
            {"long_run_py", as_it_is(kRelapses)},
            {"total_boost_py", as_it_is(kBoosters)},
            {"planned_boost_py", as_it_is(kPlanned)},
            {"planned_done_py", as_it_is(kPlanned)},
            {"rescue_py", as_it_is(kRescues)},
            {"frac_relapsed", as_it_is(kIll)},
            {"frac_well", share_well},
            {"mean_cycle_d",
             [](const Observed& run) {
                 return Ratio{kYearDays * run.bottom(kBoosters), run.top(kBoosters)};
             }},
            {"M_T", [](const Observed& run) {  // relapses from one calendar booster to the next
                 return Ratio{28 * run.top(kRelapses), kYearDays * run.bottom(kRelapses)};
             }}};
}

ExactCase policy_case(const std::string& id, const Patients& patients, const std::string& policy,
                      const std::vector<Known>& known) {
    return exact_case(id, "", patients.scenario(id, "policy: " + policy), "policy", rates(), known);
}

/// Relapses seen at check-ups every `tau` days after a booster only, which is given `delay` days
/// later: of the time between two boosters the rest is check-ups.
ExactCase check_up_case(const std::string& id, const Patients& patients, int tau, int delay,
                        const std::vector<Known>& known) {
    Recipes recipes = rates();
    recipes["checkups_py"] = [=](const Observed& run) {
        const double waited = run.top(kIntervals) - delay * run.top(kBoosters);  // days
        return Ratio{waited / tau, run.bottom(kBoosters)};
    };
    const std::string policy = "policy: {when: relapse, seen: {every: " + std::to_string(tau) +
                               " days}, asks_after: " + std::to_string(delay) + " days}";
    return exact_case(id, "", patients.scenario(id, policy), "policy", recipes, known);
}

/// The interval of least cost, as found by theory, and what it costs; a relapse, rescue included,
/// costs so many planned boosters. There, and only there, a day's wait costs what a day costs
/// anyway: (relapse_cost - 1) x hazard(best) = cost per day. Where the hazard is `slope` x time the
/// interval is therefore in proportion to the cost.
void add_cost_case(std::vector<ExactCase>& all, const std::string& id, const Patients& patients,
                   double best, double relapse_cost, double cost, double cost_never,
                   double relapses, std::optional<double> slope = std::nullopt) {
    const std::string scenario =
        patients.scenario(id, "best: " + every(best, "reset", kAtOnce) + "\n  never: " + kAsNeeded);
    Recipes recipes = rates();
    recipes["cost_rate_py"] = recipes["cost_never_py"] = [=](const Observed& run) {
        return Ratio{run.top(kPlanned) + relapse_cost * run.top(kRelapses), run.bottom(kRelapses)};
    };
    std::vector<Known> known{{"cost_rate_py", cost}, {"relapse_py_at_Tstar", relapses}};
    if (slope) {
        recipes["T_star"] = [=, cost_of = recipes["cost_rate_py"]](const Observed& run) {
            const Ratio a_year = cost_of(run);
            return Ratio{a_year.numerator,
                         a_year.denominator * kYearDays * (relapse_cost - 1) * *slope};
        };
        known.push_back({"T_star", best});
    }
    all.push_back(exact_case(id, "at the best interval", scenario, "best", recipes, known));
    all.push_back(exact_case(id, "never planned", scenario, "never", recipes,
                             {{"cost_never_py", cost_never}}));
}

// --- a first year from just treated --------------------------------------------------------------

void add_first_year(std::vector<ExactCase>& all, const std::string& id, Patients patients,
                    const std::string& policy, const char* relapses_name, double relapses,
                    const std::vector<Known>& in_the_long_run) {
    all.push_back(exact_case(id, "long run", patients.scenario(id, "policy: " + policy), "policy",
                             rates(), in_the_long_run));
    patients.patients = 500;
    patients.warm_up = 0;
    patients.horizon = kYearDays;
    all.push_back(exact_case(id, "first year", patients.scenario(id, "policy: " + policy), "policy",
                             {{relapses_name, per_patient("relapses", patients.patients)}},
                             {{relapses_name, relapses}}));
}

ExactCase until_drop_out(const std::string& id, const std::vector<Known>& known) {
    const Patients patients{.relapse = weibull(1.5, 40),
                            .drop_out = exponential(250),
                            .patients = 1000,
                            .warm_up = 0,
                            .horizon = 40 * 250};
    const double n = patients.patients;
    const Recipes recipes{{"relapse_py", as_it_is(kRelapses)},
                          {"relapses_per_patient", per_patient("relapses", n)},
                          {"boosters_per_patient", per_patient(kBoosters, n)},
                          // of the times from just treated, those that end in a relapse
                          {"L_X",
                           [n](const Observed& run) {
                               return Ratio{run.top("relapses"), n + run.top("relapses")};
                           }},
                          {"mean_days", [n](const Observed& run) {
                               return Ratio{kYearDays * run.bottom(kRelapses), n};
                           }}};
    return exact_case(id, "", patients.scenario(id, std::string{"policy: "} + kAsNeeded), "policy",
                      recipes, known);
}

// --- the finite source: the loop is closed -------------------------------------------------------

void add_finite_source(std::vector<ExactCase>& all, const std::string& id, int patients, int chairs,
                       double well, double in_chair, double horizon,
                       const std::vector<Known>& known) {
    const double n = patients;
    const Recipes recipes{
        {"throughput",
         [](const Observed& run) {
             return Ratio{run.top("infusions_per_week"), 7 * run.bottom("infusions_per_week")};
         }},
        {"rate_per_patient",
         [](const Observed& run) {
             return Ratio{run.top(kRescues), kYearDays * run.bottom(kRescues)};
         }},
        {"Wq", as_it_is(kWait)},
        {"L",
         [n](const Observed& run) {
             return Ratio{n * run.top(kIll), run.bottom(kIll)};
         }},
        {"Lq",
         [](const Observed& run) {
             return Ratio{run.top(kWait), run.days()};
         }},
        {"frac_well", share_well},
        {"util", as_it_is(kBusy)}};
    for (const char* shape : {"0.7", "1", "1.5"}) {
        const Patients source{.relapse = std::string{"{weibull: {shape: "} + shape +
                                         ", mean: " + digits(well) + " days}}",
                              .chairs = std::to_string(chairs),
                              .infusion = exponential(in_chair),
                              .patients = patients,
                              .warm_up = 10 * well,
                              .horizon = horizon};
        all.push_back(exact_case(id, std::string{"shape "} + shape,
                                 source.scenario(id, std::string{"policy: "} + kAsNeeded), "policy",
                                 recipes, known));
    }
}

// --- first episodes, and leaving
// ------------------------------------------------------------------

/// Relapse and drop-out as competing risks, up to `days`. Under `none` a patient relapses once at
/// most and stays; under `leaves` nobody asks, so that a relapse ends care.
void add_competing(std::vector<ExactCase>& all, const std::string& id, double shape, double scale,
                   double drop_out, double days, double relapsed, double dropped_out,
                   double event_free, double well_days) {
    const Patients patients{.relapse = weibull(shape, scale),
                            .drop_out = exponential(drop_out),
                            .patients = 3000,
                            .warm_up = 0,
                            .horizon = days};
    const double n = patients.patients;
    const std::string scenario =
        patients.scenario(id, "none: {}\n  leaves: {when: relapse, seen: at_once, asks: 0 %}");
    const Recipes recipes{{"CIF_relapse", per_patient("relapses", n)},
                          {"CIF_dropout", per_patient("dropouts", n)},
                          {"event_free", per_patient("patients_in_care_at_end", n)},
                          {"RMST_event_free", [n](const Observed& run) {
                               return Ratio{kYearDays * run.bottom(kWellRelapses), n};
                           }}};
    all.push_back(exact_case(id, "stay", scenario, "none", recipes,
                             {{"CIF_relapse", relapsed}, {"RMST_event_free", well_days}}));
    all.push_back(exact_case(id, "leave", scenario, "leaves", recipes,
                             {{"CIF_relapse", relapsed},
                              {"CIF_dropout", dropped_out},
                              {"event_free", event_free},
                              {"RMST_event_free", well_days}}));
}

constexpr const char* kFilling = R"(clinicsim: 1
title: "$title"
run: {start: 2026-01-01, warm_up: $warm_up days, horizon: $horizon days, replications: $replications}
clinic: {chairs: unlimited, open: always, access: walk_in, visit: {infusion: 0 min}}
patients:
  arrivals: {poisson: {mean: 0.5, per: day}}
  drop_out: {time: {weibull: {shape: 1.5, scale: 180 days}}, from: first_visit, leaves: at_once}
  conditions: {depression: {induction: single, course: stays_well}}
inductions: {single: {visits: 1}}
courses: {stays_well: {renewal: {responds: 100 %, relapse: never}}}
policies: {none: {}}
)";

/// A clinic that opens empty, after so many days; and in the long run.
void add_census(std::vector<ExactCase>& all, const std::string& id, int days, double in_care,
                double gone, double steady) {
    const auto scenario = [&](int warm_up, int horizon, int replications) {
        return filled(kFilling, {{"$title", id},
                                 {"$warm_up", std::to_string(warm_up)},
                                 {"$horizon", std::to_string(horizon)},
                                 {"$replications", std::to_string(replications)}});
    };
    const Recipes recipes{{"mean_census",
                           [](const Observed& run) {
                               return Ratio{run.top("patients_in_care_at_end"), 1};
                           }},
                          {"discharged",
                           [](const Observed& run) {
                               return Ratio{run.top("dropouts"), 1};
                           }},
                          {"steady", as_it_is("patients_in_care")}};
    all.push_back(exact_case(id, "filling", scenario(0, days, 2000), "none", recipes,
                             {{"mean_census", in_care}, {"discharged", gone}}));
    all.push_back(exact_case(id, "long run", scenario(2000, 20 * days, kReplications), "none",
                             recipes, {{"steady", steady}}));
}

}  // namespace

std::vector<ExactCase> finite_source_cases() {
    std::vector<ExactCase> all;
    add_finite_source(all, "F01", 10, 1, 20, 1, 8000,
                      {{"throughput", 0.4620368313679271},
                       {"rate_per_patient", 0.04620368313679271},
                       {"Wq", 0.6432962073468228},
                       {"L", 0.7592633726414582},
                       {"Lq", 0.29722654127353104},
                       {"frac_well", 0.9240736627358542},
                       {"util", 0.4620368313679271}});
    add_finite_source(all, "F02", 30, 2, 20, 1, 3500,
                      {{"throughput", 1.3840316247666469},
                       {"rate_per_patient", 0.04613438749222156},
                       {"Wq", 0.6758052801417147},
                       {"L", 2.319367504667063},
                       {"Lq", 0.9353358799004163},
                       {"frac_well", 0.9226877498444312},
                       {"util", 0.6920158123833234}});
    add_finite_source(all, "F04", 200, 4, 40, 0.5, 1200,
                      {{"throughput", 4.926825154684173},
                       {"rate_per_patient", 0.024634125773420865},
                       {"Wq", 0.09409329958670222},
                       {"L", 2.926993812633085},
                       {"Lq", 0.4635812352909984},
                       {"frac_well", 0.9853650309368346},
                       {"util", 0.6158531443355216}});
    return all;
}

std::vector<ExactCase> policy_cases() {
    const Patients usual{.relapse = weibull(1.5, 40)};
    const auto as_needed = [](const std::string& seen, int asks_after) {
        return "{when: relapse, seen: " + seen + ", asks_after: " + std::to_string(asks_after) +
               " days}";
    };
    const auto rescued = [](int asks_after, const char* planned) {
        return "rescue: {seen: at_once, asks_after: " + std::to_string(asks_after) +
               " days, planned: " + planned + "}";
    };
    std::vector<ExactCase> all{
        // a booster T after the last treatment, rescue at once: F(T) / int_0^T S
        policy_case("R01", usual, every(28, "reset", kAtOnce),
                    {{"relapse_py", 7.19931199258367},
                     {"planned_boost_py", 9.042320502200017},
                     {"total_boost_py", 16.241632494783687},
                     {"mean_cycle_d", 22.488502933267768}}),
        policy_case("R02", usual, every(14, "reset", kAtOnce),
                    {{"relapse_py", 5.290733597177887},
                     {"planned_boost_py", 22.99720950119904},
                     {"total_boost_py", 28.287943098376928},
                     {"mean_cycle_d", 12.91186137959097}}),
        policy_case("R04", {.relapse = weibull(1, 40)}, every(28, "reset", kAtOnce),
                    {{"relapse_py", 9.13125},
                     {"planned_boost_py", 9.007374217312194},
                     {"total_boost_py", 18.13862421731219},
                     {"mean_cycle_d", 20.13658784834362}}),
        policy_case("R05", {.relapse = weibull(0.8, 40)}, every(28, "reset", kAtOnce),
                    {{"relapse_py", 10.242824916039545},
                     {"planned_boost_py", 9.139452231863409},
                     {"total_boost_py", 19.382277147902954},
                     {"mean_cycle_d", 18.844534995183363}}),
        policy_case("R06", usual, every(56, "reset", kAtOnce),
                    {{"relapse_py", 9.137187861622042},
                     {"planned_boost_py", 2.1545155764252093},
                     {"total_boost_py", 11.291703438047252},
                     {"mean_cycle_d", 32.34675813122179}}),
        policy_case("R07", {.relapse = weibull(2, 30)}, every(30, "reset", kAtOnce),
                    {{"relapse_py", 10.305060409276624},
                     {"planned_boost_py", 5.9973051210802835},
                     {"total_boost_py", 16.30236553035691},
                     {"mean_cycle_d", 22.40472398437281}}),
        // as needed: 1 / (E[X] + D)
        policy_case("R08", usual, kAsNeeded,
                    {{"relapse_py", 10.114979353867763},
                     {"total_boost_py", 10.114979353867763},
                     {"frac_relapsed", 0.0, true},
                     {"mean_cycle_d", 36.10981171803734}}),
        policy_case("R09", usual, as_needed("at_once", 7),
                    {{"relapse_py", 8.47254918181834},
                     {"total_boost_py", 8.47254918181834},
                     {"frac_relapsed", 0.1623760281251975},
                     {"mean_cycle_d", 43.10981171803734}}),
        policy_case("R11", {.relapse = weibull(2.5, 60)}, as_needed("at_once", 10),
                    {{"relapse_py", 5.775997650163396},
                     {"total_boost_py", 5.775997650163396},
                     {"frac_relapsed", 0.1581381971297302},
                     {"mean_cycle_d", 63.23582905018452}}),
        // seen at check-ups every tau only: cycle = tau sum_j S(j tau) + D
        check_up_case("R12", usual, 7, 0,
                      {{"relapse_py", 9.21812403254509},
                       {"frac_relapsed", 0.08866605555450141},
                       {"checkups_py", 52.17857142857143},
                       {"mean_cycle_d", 39.623029448341654}}),
        check_up_case("R14", usual, 14, 3,
                      {{"relapse_py", 7.908196901762116},
                       {"frac_relapsed", 0.21816974359535588},
                       {"checkups_py", 24.394672092479546},
                       {"mean_cycle_d", 46.18625516501928}}),
        // by the calendar only, the ill wait for the next: F(T) / T
        policy_case("R16", usual, every(28, "calendar", ""),
                    {{"relapse_py", 5.782205316525988},
                     {"total_boost_py", 13.044642857142858, true},
                     {"frac_relapsed", 0.19683918095472264}}),
        policy_case("R18", {.relapse = weibull(0.8, 40)}, every(28, "calendar", ""),
                    {{"relapse_py", 6.893616877851547},
                     {"total_boost_py", 13.044642857142858, true},
                     {"frac_relapsed", 0.3269808930291656}}),
        // rescue D after a relapse; a planned booster that comes first is given
        policy_case("R19", usual, every(28, "reset", rescued(7, "kept")),
                    {{"relapse_py", 6.436951212127983},
                     {"total_boost_py", 14.521748200652114},
                     {"frac_relapsed", 0.10589356055704045},
                     {"rescue_py", 4.594843058162593},
                     {"mean_cycle_d", 25.151930397994235}}),
        policy_case("R21", usual, every(14, "reset", rescued(7, "kept")),
                    {{"relapse_py", 4.950367514975499},
                     {"total_boost_py", 26.468109196497153},
                     {"frac_relapsed", 0.06433249301834851},
                     {"rescue_py", 1.8684440866706413},
                     {"mean_cycle_d", 13.799625703839016}}),
        // the relapse cancels it
        policy_case("R22", usual, every(28, "reset", rescued(7, "cancelled")),
                    {{"relapse_py", 6.326426497509033},
                     {"total_boost_py", 14.2724046802878},
                     {"frac_relapsed", 0.12124568236156942},
                     {"mean_cycle_d", 25.591342747200944}}),
        // works seven times in ten, else again a week later
        policy_case("R24", {.relapse = weibull(1.5, 40), .course = "works: 70 %"},
                    "{when: relapse, seen: at_once, asks_after: 3 days, repeat_after: 7 days}",
                    {{"relapse_py", 8.673750489450622},
                     {"total_boost_py", 12.391072127786604},
                     {"frac_relapsed", 0.142484607629579}}),
        // one planned booster in five missed, the next T later
        policy_case("R26", usual, every(28, "reset", std::string{kAtOnce} + ", missed: 20 %"),
                    {{"relapse_py", 7.762837893350654},
                     {"total_boost_py", 14.857258488064216},
                     {"planned_done_py", 7.0944205947135615},
                     {"mean_cycle_d", 24.58394328222994}}),
        // minimal rescue, the risk runs on: H(T) / T
        policy_case(
            "R28", {.relapse = weibull(1.5, 40), .course = "rescue_renews: no"},
            every(28, "calendar", kAtOnce),
            {{"relapse_py", 7.639751867289277}, {"planned_boost_py", 13.044642857142858, true}}),
        // by the calendar, and a rescue renews: M(T) / T
        policy_case("R33", usual, every(28, "calendar", kAtOnce),
                    {{"relapse_py", 6.8553515576197395},
                     {"total_boost_py", 19.8999944147626},
                     {"M_T", 0.5255300304267014}}),
        // half the patients with a scale of 25 days, half with 75
        policy_case("R37",
                    {.relapse = weibull(1.5, 50),
                     .course = "frailty: {discrete: [{value: 0.5, share: 50 %}, {value: 1.5, "
                               "share: 50 %}]}",
                     .patients = 200},
                    every(28, "reset", kAtOnce),
                    {{"relapse_py", 8.307185067993546}, {"total_boost_py", 16.998836832089598}}),
        until_drop_out("R35", {{"relapses_per_patient", 6.665043495512751},
                               {"relapse_py", 9.737628546944128},
                               {"boosters_per_patient", 6.665043495512751},
                               {"mean_days", 250.0},
                               {"L_X", 0.8695375961551403}}),
    };
    // the renewal function of a first year
    add_first_year(all, "R30", usual, kAsNeeded, "relapses_first_year", 9.845478598728016,
                   {{"long_run_py", 10.114979353867763}});
    add_first_year(all, "R31", {.relapse = weibull(0.8, 40)}, kAsNeeded, "relapses_first_year",
                   8.353050174062972, {{"long_run_py", 8.059333667898716}});
    add_first_year(all, "R32", {.relapse = "{erlang: {stages: 2, mean: 40 days}}"}, kAsNeeded,
                   "relapses_first_year", 8.88125, {{"long_run_py", 9.13125}});
    add_first_year(all, "R39", {.relapse = exponential(40)},
                   "{when: relapse, seen: at_once, asks_after: " + exponential(10) + "}",
                   "relapses_by_t", 7.345, {{"long_run_py", 7.305}, {"frac_well", 0.8}});
    add_cost_case(all, "R41", usual, 27.019679685458488, 5, 45.028925743147354, 50.57489676933882,
                  7.094229583071418);
    add_cost_case(all, "R43", {.relapse = weibull(2, 30)}, 22.137415805166157, 3, 35.9364049903864,
                  41.2140490781636, 8.20157998883649, 2.0 / (30 * 30));
    return all;
}

std::vector<ExactCase> first_episode_cases() {
    std::vector<ExactCase> all;
    add_competing(all, "C01", 1.5, 40, 250, 90, 0.8471441328859519, 0.12898269604530108,
                  0.02387317106874703, 32.245674011325264);
    add_competing(all, "C02", 0.8, 60, 500, 365, 0.8783610905704273, 0.11469219751906029,
                  0.00694671191051242, 57.34609875953014);
    add_competing(all, "C04", 1, 50, 200, 180, 0.7911128027694062, 0.19777820069235155,
                  0.011108996538242306, 39.55564013847031);
    add_competing(all, "C05", 1.5, 90, 1000.0 / 3, 180, 0.7630579275768828, 0.2024983019088772,
                  0.03444377051423995, 67.49943396962573);
    add_census(all, "I01", 90, 39.28285242796741, 5.717147572032587, 81.24707636558402);
    add_census(all, "I02", 365, 79.09620740600758, 103.40379259399242, 81.24707636558402);
    return all;
}

}  // namespace clinicsim::proof
