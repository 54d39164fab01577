// Queues: patients come, hold a chair once, and leave. One hour is the unit of theory.
//
// Sources of the exact values: Erlang (1917) for B and C; Pollaczek (1930) and Khinchine (1932) for
// M/G/1; birth and death for M/M/c/K and M/M/c+M (Palm 1957); the embedded chain of GI/M/1 (Kendall
// 1953); a pure death process between appointments (Kaandorp and Koole 2007); arithmetic for D/D/c.
//
// Horizons give some 10,000 patients per replication. Warm-ups are four relaxation times
// (1 + cv^2) / 2 / (sqrt(c) - sqrt(load))^2 hours or more (Morse 1955 for one chair).
#include <cmath>

#include "exact_cases.hpp"

namespace clinicsim::proof {

namespace {

constexpr const char* kQueue = R"(clinicsim: 1
title: "$title"
run: {start: 2026-01-01, warm_up: $warm_up, horizon: $horizon, replications: $replications}
clinic:
  chairs: $chairs
  open: always
  access: walk_in
  priority: none
  visit: {infusion: $service}
$clinic
patients:
  arrivals: $arrivals
  conditions: {depression: {induction: single, course: leaves}}
inductions: {single: {visits: 1}}
courses: {leaves: {renewal: {responds: 0 %}}}
$pathway
policies: {none: {}}
)";

struct Queue {
    int chairs = 1;
    std::string arrivals{};
    std::string service = "{exponential: {mean: 1 hour}}";
    std::string warm_up = "0 hours", horizon{};
    std::string clinic{};  // lines of the clinic's own
    double shown = 1;      // share of those expected who come: a screening without length
    int replications = kReplications;

    std::string scenario(const std::string& title) const {
        const std::string screening =
            "pathway:\n  screening: {to: {induction: " + digits(100 * shown) +
            " %, not_there: " + digits(100 - 100 * shown) +
            " %}}\n  induction: {to: {left: 100 %}}";
        return filled(kQueue, {{"$title", title},
                               {"$warm_up", warm_up},
                               {"$horizon", horizon},
                               {"$replications", std::to_string(replications)},
                               {"$chairs", std::to_string(chairs)},
                               {"$service", service},
                               {"$clinic", clinic.empty() ? "" : "  " + clinic},
                               {"$arrivals", arrivals},
                               {"$pathway", shown < 1 ? screening : ""}});
    }
};

std::string hours_text(double number) { return digits(number) + " hours"; }
std::string at_random(double per_hour) {
    return "{poisson: {mean: " + digits(per_hour) + ", per: hour}}";
}
std::string lognormal(double cv) {
    return "{lognormal: {mean: 1 hour, sd: " + digits(cv) + " hours}}";
}

// the visit is an induction's, the chair its station
constexpr auto kWait = "wait_days_induction.mean", kWaited = "wait_days_induction.waited",
               kP90 = "wait_days_induction.p90", kP95 = "wait_days_induction.p95",
               kBusy = "chair_utilisation", kInChairs = "patients_in_care", kAway = "turned_away",
               kCame = "referrals";

Ratio share_waiting(const Observed& run) { return {run.top(kWaited), run.bottom(kWaited)}; }
Ratio mean_wait(const Observed& run) { return {24 * run.top(kWait), run.bottom(kWait)}; }
/// Little's law on the integers of the run: time waited / time measured.
Ratio waiting(const Observed& run) { return {run.top(kWait), run.days()}; }
Ratio present(const Observed& run) {
    return {run.top(kWait) + run.top(kInChairs) * run.days(), run.days()};
}
Ratio sojourn(const Observed& run) {
    return {24 * (run.top(kWait) + run.top(kInChairs) * run.days()), run.bottom(kWait)};
}
Ratio utilisation(const Observed& run) { return {run.top(kBusy), run.bottom(kBusy)}; }
Ratio turned_away(const Observed& run) { return {run.top(kAway), run.top(kCame)}; }

Recipes queue_recipes() {
    return {{"Pwait", share_waiting},
            {"Wq", mean_wait},
            {"Lq", waiting},
            {"W", sojourn},
            {"L", present},
            {"Wq_p90",
             [](const Observed& run) {
                 return Ratio{24 * run.top(kP90), run.bottom(kP90)};
             }},
            {"Wq_p95", [](const Observed& run) {
                 return Ratio{24 * run.top(kP95), run.bottom(kP95)};
             }}};
}

/// Where waits over 0 are exponential with a mean of 1 / slack hours, a quantile read from a
/// histogram whose bins are at most 1/32 as wide as the wait is off by at most bin^2 x slack / 8:
/// the error of a straight line through an exponential.
void allow_for_bins(ExactCase& one, double slack) {
    for (ExactValue& value : one.values)
        if (value.quantity.starts_with("Wq_p"))
            value.resolution = value.exact / 32 * value.exact / 32 * slack / 8;
}

ExactCase mmc(const std::string& id, int chairs, double per_hour, double warm_up, double horizon,
              const std::vector<Known>& known) {
    const Queue queue{.chairs = chairs,
                      .arrivals = at_random(per_hour),
                      .warm_up = hours_text(warm_up),
                      .horizon = hours_text(horizon)};
    ExactCase one = exact_case(id, "", queue.scenario(id + ": M/M/" + std::to_string(chairs)),
                               "none", queue_recipes(), known);
    allow_for_bins(one, chairs - per_hour);
    return one;
}

ExactCase mg1(const std::string& id, double per_hour, double cv, double warm_up, double horizon,
              const std::vector<Known>& known) {
    const Queue queue{.arrivals = at_random(per_hour),
                      .service = cv > 0 ? lognormal(cv) : "1 hour",
                      .warm_up = hours_text(warm_up),
                      .horizon = hours_text(horizon)};
    return exact_case(id, "", queue.scenario(id + ": M/G/1"), "none", queue_recipes(), known);
}

/// Erlang's loss feels the mean of the service only (Sevastyanov 1957): run with three laws.
void add_loss(std::vector<ExactCase>& all, const std::string& id, int chairs, double load,
              double horizon, const std::vector<Known>& known) {
    const Recipes recipes{{"Ploss", turned_away},
                          {"carried", [chairs](const Observed& run) {
                               return Ratio{chairs * run.top(kBusy), run.bottom(kBusy)};
                           }}};
    for (const auto& [law, service] :
         {std::pair<const char*, std::string>{"exponential", "{exponential: {mean: 1 hour}}"},
          {"lognormal", lognormal(1)},
          {"constant", "1 hour"}}) {
        const Queue queue{.chairs = chairs,
                          .arrivals = at_random(load),
                          .service = service,
                          .warm_up = "100 hours",
                          .horizon = hours_text(horizon),
                          .clinic = "waiting_room: 0"};
        all.push_back(exact_case(id, std::string{law} + " service",
                                 queue.scenario(id + ": Erlang loss"), "none", recipes, known));
    }
}

ExactCase limited(const std::string& id, int chairs, int places, double per_hour, double horizon,
                  const std::vector<Known>& known) {
    const Queue queue{.chairs = chairs,
                      .arrivals = at_random(per_hour),
                      .warm_up = "200 hours",
                      .horizon = hours_text(horizon),
                      .clinic = "waiting_room: " + std::to_string(places - chairs)};
    const Recipes recipes{{"Pblock", turned_away},
                          {"Pwait_adm", share_waiting},
                          {"Lq", waiting},
                          {"L", present},
                          {"Wq_adm", mean_wait}};
    return exact_case(id, "", queue.scenario(id + ": M/M/c/K"), "none", recipes, known);
}

ExactCase impatient(const std::string& id, int chairs, double per_hour, double patience,
                    double horizon, const std::vector<Known>& known) {
    const Queue queue{.chairs = chairs,
                      .arrivals = at_random(per_hour),
                      .warm_up = "200 hours",
                      .horizon = hours_text(horizon),
                      .clinic = "patience: {exponential: {mean: " + digits(patience) + " hours}}"};
    const Recipes recipes{
        {"Pwait",  // who gave up has waited, too
         [](const Observed& run) {
             const double gave_up = run.top(kAway);
             return Ratio{run.top(kWaited) + gave_up, run.bottom(kWaited) + gave_up};
         }},
        {"Pabandon", turned_away},
        {"util", utilisation}};
    return exact_case(id, "", queue.scenario(id + ": M/M/c+M"), "none", recipes, known);
}

/// `gap` in hours. `known` begins with Pwait and Wq, whose ratio is the slack of the waits' tail.
ExactCase regular(const std::string& id, double gap, double shown, double warm_up, double horizon,
                  const std::vector<Known>& known) {
    const Queue queue{.arrivals = "{every: {gap: " + digits(gap) + " hours}}",
                      .warm_up = hours_text(warm_up),
                      .horizon = hours_text(horizon),
                      .shown = shown};
    ExactCase one =
        exact_case(id, "", queue.scenario(id + ": D/M/1"), "none", queue_recipes(), known);
    allow_for_bins(one, known[0].exact / known[1].exact);
    return one;
}

ExactCase appointment_day(const std::string& id, const Queue& day,
                          const std::vector<Known>& known) {
    const Recipes recipes{{"mean_wait", mean_wait}, {"sum_wait", [](const Observed& run) {
                                                         return Ratio{24 * run.top(kWait), 1};
                                                     }}};
    return exact_case(id, "", day.scenario(id + ": a day of appointments"), "none", recipes, known);
}

/// One millisecond, the tick, is the unit: waits under 32 ticks have a histogram bin each.
ExactCase clockwork(const std::string& id, const std::string& arrivals, int service, int horizon,
                    const std::vector<Known>& known) {
    constexpr double kTicks = 86'400'000;  // of a day
    const Queue queue{.chairs = 2,
                      .arrivals = arrivals,
                      .service = std::to_string(service) + " ms",
                      .horizon = std::to_string(horizon) + " ms"};
    const Recipes recipes{{"mean_wait",
                           [](const Observed& run) {
                               return Ratio{kTicks * run.top(kWait), run.bottom(kWait)};
                           }},
                          {"max_wait",  // of at most 20 waits the 95 % quantile is the longest
                           [](const Observed& run) {
                               return Ratio{kTicks * run.top(kP95), run.bottom(kP95)};
                           }},
                          {"util", utilisation}};
    return exact_case(id, "", queue.scenario(id + ": D/D/2"), "none", recipes, known);
}

std::string at_times(int at_once, int then, int minutes_apart) {
    std::string dates = "{dates: [";
    for (int i = 0; i < at_once + then; ++i) {
        const int minute = i < at_once ? 0 : (i - at_once + 1) * minutes_apart;
        char text[32];
        std::snprintf(text, sizeof text, "%s2026-01-01 %02d:%02d", i > 0 ? ", " : "", minute / 60,
                      minute % 60);
        dates += text;
    }
    return dates + "]}";
}

}  // namespace

std::vector<ExactCase> queue_cases() {
    std::vector<ExactCase> all{
        mmc("Q01", 1, 0.5, 200, 120'000,
            {{"Pwait", 0.5},
             {"Wq", 1.0},
             {"Lq", 0.5},
             {"W", 2.0},
             {"L", 1.0},
             {"Wq_p90", 3.2188758248682006},
             {"Wq_p95", 4.605170185988092}}),
        mmc("Q02", 1, 0.8, 800, 15'000,
            {{"Pwait", 0.8}, {"Wq", 4.0}, {"Lq", 3.2}, {"W", 5.0}, {"L", 4.0}}),
        mmc("Q04", 2, 1.0, 200, 60'000,
            {{"Pwait", 0.3333333333333333},
             {"Wq", 0.3333333333333333},
             {"Lq", 0.3333333333333333},
             {"W", 1.3333333333333333},
             {"L", 1.3333333333333333},
             {"Wq_p90", 1.203972804325936},
             {"Wq_p95", 1.8971199848858813}}),
        mmc("Q06", 2, 1.9, 4000, 8000,
            {{"Pwait", 0.9256410256410257},
             {"Wq", 9.256410256410257},
             {"Lq", 17.587179487179487},
             {"W", 10.256410256410257},
             {"L", 19.487179487179485}}),
        mmc("Q08", 4, 3.2, 200, 4000,
            {{"Pwait", 0.5964324717874044},
             {"Wq", 0.7455405897342555},
             {"Lq", 2.3857298871496178},
             {"W", 1.7455405897342555},
             {"L", 5.5857298871496175}}),
        mmc("Q09", 4, 3.8, 2000, 4000,
            {{"Pwait", 0.8914189951776736},
             {"Wq", 4.457094975888368},
             {"Lq", 16.9369609083758},
             {"W", 5.457094975888368},
             {"L", 20.7369609083758}}),
        mmc("Q10", 8, 4.0, 100, 5000,
            {{"Pwait", 0.059043994695266104},
             {"Wq", 0.014760998673816526},
             {"Lq", 0.059043994695266104},
             {"W", 1.0147609986738164},
             {"L", 4.059043994695266},
             {"Wq_p90", 0.0, true},
             {"Wq_p95", 0.04156495835071458}}),
        mmc("Q11", 8, 6.4, 200, 2500,
            {{"Pwait", 0.4576449254420161},
             {"Wq", 0.2860280784012601},
             {"Lq", 1.8305797017680645},
             {"W", 1.28602807840126},
             {"L", 8.230579701768065}}),
    };
    add_loss(all, "B01", 1, 0.5, 10'000,
             {{"Ploss", 0.3333333333333333}, {"carried", 0.3333333333333333}});
    add_loss(all, "B02", 3, 2, 2500,
             {{"Ploss", 0.21052631578947367}, {"carried", 1.5789473684210527}});
    add_loss(all, "B04", 8, 8, 700,
             {{"Ploss", 0.23557026112368193}, {"carried", 6.115437911010544}});
    add_loss(all, "B06", 20, 15, 400,
             {{"Ploss", 0.04559321558981184}, {"carried", 14.316101766152823}});
    const std::vector<ExactCase> others{
        mg1("G01", 0.5, 0, 200, 20'000, {{"Wq", 0.5}, {"Lq", 0.25}, {"W", 1.5}, {"L", 0.75}}),
        mg1("G03", 0.5, 1.5, 400, 20'000,
            {{"Wq", 1.625}, {"Lq", 0.8125}, {"W", 2.625}, {"L", 1.3125}}),
        mg1("G04", 0.8, 0, 800, 15'000, {{"Wq", 2.0}, {"Lq", 1.6}, {"W", 3.0}, {"L", 2.4}}),
        mg1("G05", 0.8, 0.5, 800, 15'000, {{"Wq", 2.5}, {"Lq", 2.0}, {"W", 3.5}, {"L", 2.8}}),
        mg1("G08", 0.95, 0.5, 5000, 12'000,
            {{"Wq", 11.875}, {"Lq", 11.28125}, {"W", 12.875}, {"L", 12.23125}}),
        mg1("G09", 0.95, 1.5, 12'000, 25'000,
            {{"Wq", 30.875}, {"Lq", 29.33125}, {"W", 31.875}, {"L", 30.28125}}),
        limited("K01", 1, 5, 0.8, 12'000,
                {{"Pblock", 0.08881949865556422},
                 {"Pwait_adm", 0.7025226082817706},
                 {"Lq", 1.13938763119091},
                 {"L", 1.8683320322664585},
                 {"Wq_adm", 1.5630652070442645}}),
        limited("K03", 4, 8, 3.8, 2500,
                {{"Pblock", 0.11701802223911573},
                 {"Pwait_adm", 0.6036229867185895},
                 {"Lq", 1.2334064638867344},
                 {"L", 4.588737979378094},
                 {"Wq_adm", 0.36759600599588216}}),
        limited("K04", 4, 12, 5, 2000,
                {{"Pblock", 0.218230332111614},
                 {"Pwait_adm", 0.9292627502742192},
                 {"Lq", 5.096866126149936},
                 {"L", 9.005714465591867},
                 {"Wq_adm", 1.3039303865336511}}),
        impatient("A01", 2, 1.6, 2, 6000,
                  {{"Pwait", 0.5235299210604846},
                   {"Pabandon", 0.1623298760053499},
                   {"util", 0.67013609919572}}),
        impatient("A03", 4, 5, 1, 2000,
                  {{"Pwait", 0.7349740847026383},
                   {"Pabandon", 0.28736871275480824},
                   {"util", 0.8907891090564897}}),
        impatient("A04", 8, 7.6, 10, 1500,
                  {{"Pwait", 0.6951066785107148},
                   {"Pabandon", 0.05034522850335219},
                   {"util", 0.9021720329218155}}),
        regular("D01", 1.25, 1, 200, 40'000,
                {{"Pwait", 0.6286297964969467},
                 {"Wq", 1.6927308399198975},
                 {"Lq", 1.3541846719359178},
                 {"Wq_p90", 4.950241891444891}}),
        regular(
            "D02", 1 / 0.95, 1, 4000, 12'000,
            {{"Pwait", 0.9016951100310884}, {"Wq", 9.172433948262842}, {"Lq", 8.713812250849701}}),
        regular("D03", 1, 0.8, 200, 20'000,
                {{"Pwait", 0.6781561217999753},
                 {"Wq", 2.1070965388333533},
                 {"Lq", 1.6856772310666825}}),
        regular("D05", 0.8, 0.6, 200, 20'000,
                {{"Pwait", 0.6498538453909657},
                 {"Wq", 1.8559502563053378},
                 {"Lq", 1.3919626922290034}}),
        appointment_day("S01",
                        {.arrivals = "{every: {gap: 1 hour, count: 10}}",
                         .horizon = "100 hours",
                         .replications = 4000},
                        {{"mean_wait", 1.0594539500760392}, {"sum_wait", 10.594539500760392}}),
        appointment_day(
            "S02", {.arrivals = at_times(2, 8, 60), .horizon = "100 hours", .replications = 4000},
            {{"mean_wait", 1.3712179899675707}, {"sum_wait", 13.712179899675707}}),
        appointment_day("S04",
                        {.arrivals = "{every: {gap: 1 hour, count: 10}}",
                         .horizon = "100 hours",
                         .shown = 0.9,
                         .replications = 4000},
                        {{"mean_wait", 0.8816927633709009}, {"sum_wait", 7.935234870338108}}),
        appointment_day("S06",
                        {.chairs = 4,
                         .arrivals = at_times(4, 16, 15),
                         .horizon = "100 hours",
                         .replications = 4000},
                        {{"mean_wait", 0.26679415814660135}, {"sum_wait", 5.335883162932027}}),
        clockwork("X01", at_times(6, 0, 0), 1, 3,
                  {{"mean_wait", 1.0, true}, {"max_wait", 2.0, true}, {"util", 1.0, true}}),
        clockwork("X02", "{every: {gap: 1 ms, count: 10}}", 3, 16,
                  {{"mean_wait", 2.0, true}, {"max_wait", 4.0, true}, {"util", 0.9375, true}}),
    };
    all.insert(all.end(), others.begin(), others.end());
    return all;
}

}  // namespace clinicsim::proof
