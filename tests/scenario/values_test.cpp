// Scenarios come back as exact typed values: the three that fix the format, and one of everything.
#include <cmath>
#include <limits>

#include "scenario_text.hpp"

namespace clinicsim {
namespace {

using std::chrono::days;
constexpr double kMinute = 60e3, kHour = 3600e3, kDay = 86400e3;

Scenario valid(const std::string& name) {
    const ReadResult result = read_scenario(kGolden + "valid/" + name + ".yaml");
    EXPECT_TRUE(result.scenario.has_value()) << messages(result);
    EXPECT_TRUE(result.diagnostics.empty()) << messages(result);
    return result.scenario.value_or(Scenario{});
}

Date date(int y, unsigned m, unsigned d) {
    return Date{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}
YearlyDay day(unsigned m, unsigned d) { return {std::chrono::month{m}, std::chrono::day{d}}; }

Policy plain(const std::string& name, Schedule schedule, std::optional<Asking> asking = {}) {
    Policy policy;
    policy.name = name;
    policy.schedule = std::move(schedule);
    policy.asking = std::move(asking);
    return policy;
}

Asking asking_after(double ticks) {
    Asking asking;
    asking.asks_after = Constant{ticks};
    return asking;
}

TEST(Scenario, OfTheRenewalCasesIsExactlyWhatTheFileSays) {
    const Scenario scenario = valid("exact_renewal");
    const Model& model = scenario.model;
    EXPECT_EQ(scenario.title, "Exact renewal cases");
    EXPECT_EQ(scenario.file, "exact_renewal.yaml");
    EXPECT_EQ(scenario.replications, 20u);
    EXPECT_EQ(scenario.baseline, std::optional<std::size_t>{1});
    EXPECT_EQ(model.seed, 1u);
    EXPECT_EQ(model.dates, Dates{date(2026, 1, 1)});
    EXPECT_EQ(model.warm_up_end, kRunStart + Days{365 + 365});     // 2026, 2027
    EXPECT_EQ(model.end, model.warm_up_end + Days{20 * 365 + 5});  // 2028-2047: 5 leap days
    EXPECT_EQ(scenario.horizon, (Span{.months = 20 * 12}));

    ClinicPlan clinic;
    clinic.visits.resize(1);
    EXPECT_EQ(model.clinic, clinic);

    PatientMix patients;
    patients.in_care_at_start = {.patients = 200};
    patients.conditions = {{.name = "depression", .share = 1, .induction = {}, .course = 0}};
    RenewalCourse course;
    course.responds = {1.0};
    course.relapse = Weibull{1.5, 40 * kDay};
    patients.courses = {{"weibull_40", course}};
    EXPECT_EQ(model.patients, patients);

    const Span month{.fixed = Days{28}};
    Policy r08 = plain("r08", NoSchedule{}, asking_after(0));
    Policy r09 = plain("r09", NoSchedule{}, asking_after(7 * kDay));
    r08.leaves_unless_asking = r09.leaves_unless_asking = true;
    const std::vector<Policy> expected{
        plain("r01", FixedInterval{month, ScheduleClock::reset}, asking_after(0)), r08, r09,
        plain("r16", FixedInterval{month, ScheduleClock::calendar}),
        plain("r19", FixedInterval{month, ScheduleClock::reset}, asking_after(7 * kDay))};
    ASSERT_EQ(scenario.policies.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(scenario.policies[i].choice,
                  (PolicyChoice{expected[i].name, PolicyChoice::By::nothing, {expected[i]}}))
            << expected[i].name;
        EXPECT_EQ(scenario.policies[i].pathways,
                  std::vector<Pathway>{default_pathway(false, {}, {})});
    }
}

TEST(Scenario, OfAQueueIsExactlyWhatTheFileSays) {
    const Scenario scenario = valid("mm8");
    const Model& model = scenario.model;
    EXPECT_EQ(model.warm_up_end, kRunStart + Days{30});
    EXPECT_EQ(model.end, kRunStart + Days{390});
    ClinicPlan clinic;
    clinic.chairs = 8;
    clinic.rank = {0, 0, 0};
    VisitParts visit;
    visit.infusion = Exponential{kHour};
    clinic.visits = {{visit, visit}};
    EXPECT_EQ(model.clinic, clinic);
    PatientMix patients;
    patients.arrivals = PoissonArrivals{.per_tick = 6.4 / kHour};
    patients.conditions = {{.name = "depression", .induction = InductionId{0}}};
    patients.inductions = {{.name = "single", .visits = 1}};
    RenewalCourse course;
    course.responds = {0.0};
    patients.courses = {{"leaves", course}};
    EXPECT_EQ(model.patients, patients);
    ASSERT_EQ(scenario.policies.size(), 1u);
    EXPECT_EQ(scenario.policies[0].choice.policies,
              std::vector<Policy>{plain("none", NoSchedule{})});
    EXPECT_EQ(scenario.policies[0].pathways, std::vector<Pathway>{default_pathway(true, {}, {})});
    EXPECT_EQ(scenario.baseline, std::nullopt);
}

TEST(Costs, AreExactlyWhatTheFileSays) {
    const Scenario scenario = valid("booked");
    EXPECT_EQ(scenario.model.costs, (CostPlan{"USD",
                                              {475, 450, 500},
                                              250,
                                              50,
                                              {{"nurse", 3, 45}, {"clerk", 0.5, 25}},
                                              1.5,
                                              900,
                                              40,
                                              15,
                                              1.25,
                                              9000}));
    EXPECT_EQ(scenario.model.promises, (Promises{Days{14}, Days{3}, Days{7}}));
    EXPECT_EQ(must_read(kSmall).model.costs, std::nullopt);
    EXPECT_EQ(must_read(kSmall).model.promises, Promises{});
}

TEST(Costs, OfStaffInShiftsNameTheirWageOnly) {
    const CostPlan costs = valid("staffed").model.costs.value();
    const auto group = [&](std::size_t at) { return costs.staff.at(at); };
    EXPECT_EQ(group(0), (CostPlan::Staff{"nurse", 0, 45, StaffGroupId{0}, 0.6}));
    EXPECT_EQ(group(1), (CostPlan::Staff{"prescriber", 0, 130, StaffGroupId{1}}));
    EXPECT_EQ(group(2), (CostPlan::Staff{"assistant", 0, 25, StaffGroupId{2}}));
    EXPECT_EQ(group(3), (CostPlan::Staff{"cleaner", 0.5, 20, {}}));
}

TEST(Costs, StandWithTheirCurrencyInAnyScript) {
    const std::string rest =
        ", price: {induction: 1, booster: 1, rescue: 1, first_visit: 0, no_show: 0}, staff: {}, "
        "overtime: 1, chair_month: 0, supplies: 0, no_show: 0}\n";
    EXPECT_EQ(must_read(kSmall + "costs: {currency: €" + rest).model.costs->currency, "€");
}

TEST(Compare, AlsoRunsTheClinicWithoutWaitingWhereChairsAreLimitedOrItIsAskedFor) {
    const auto runs_both = [](const std::string& more, const std::vector<Override>& set = {}) {
        return must_read(kSmall + more, set).without_limits;
    };
    EXPECT_FALSE(runs_both("")) << "nothing is compared";
    EXPECT_TRUE(runs_both("compare: {baseline: monthly}\n"));
    EXPECT_FALSE(runs_both("compare: {baseline: monthly}\n", {{"clinic.chairs", "unlimited"}}));
    EXPECT_FALSE(runs_both("compare: {baseline: monthly, without_waiting: no}\n"));
    EXPECT_TRUE(runs_both("compare: {without_waiting: yes}\n"));
    EXPECT_EQ(must_read(kSmall + "compare: {without_waiting: yes}\n").baseline, std::nullopt);
    const double alone = estimate_size(must_read(kSmall)).events;
    EXPECT_EQ(estimate_size(must_read(kSmall + "compare: {baseline: monthly}\n")).events,
              2 * alone);
}

TEST(Scenario, OfTheCommonClinicIsExactlyWhatTheFileSays) {
    const Scenario scenario = valid("common_clinic");
    const Model& model = scenario.model;
    EXPECT_EQ(model.warm_up_end, kRunStart);
    EXPECT_EQ(model.end, kRunStart + Days{1825});
    EXPECT_EQ(scenario.replications, 1u);
    EXPECT_EQ(model.clinic.chairs, std::optional<std::uint32_t>{5});
    EXPECT_EQ(model.clinic.visits[0].later.infusion,
              Distribution{(Uniform{60 * kMinute, 80 * kMinute})});
    PatientMix patients;
    patients.arrivals = PoissonArrivals{.per_tick = 4 / kDay};
    patients.drop_out = {.time = Exponential{360 * kDay},
                         .from = DropOutFrom::induction_end,
                         .leaves = DropOutLeaves::at_next_due};
    patients.conditions = {{.name = "depression", .induction = InductionId{0}}};
    patients.inductions = {{.name = "six", .visits = 6, .gap = Uniform{2 * kDay, 3 * kDay}}};
    RenewalCourse course;
    course.responds = {1.0};
    patients.courses = {{"stays_well", course}};
    EXPECT_EQ(model.patients, patients);
    EXPECT_EQ(scenario.policies[0].choice.policies,
              std::vector<Policy>{plain("every_30_days",
                                        FixedInterval{{.fixed = Days{30}}, ScheduleClock::reset})});
}

TEST(Scenario, OfABookedClinicHoldsItsHoursAndVisits) {
    const ClinicPlan clinic = valid("booked").model.clinic;
    const auto h = [](int hour, int minute = 0) { return Duration{hours{hour} + minutes{minute}}; };
    EXPECT_FALSE(clinic.open.always);
    const std::vector<DayHours> long_day{{h(8), h(17)}};
    const std::vector<DayHours> with_break{{h(8), h(12)}, {h(13), h(17, 30)}};
    EXPECT_TRUE(clinic.open.week[0].empty());  // Sunday
    EXPECT_EQ(clinic.open.week[1], long_day);
    EXPECT_EQ(clinic.open.week[3], long_day);
    EXPECT_EQ(clinic.open.week[4], with_break);
    EXPECT_EQ(clinic.open.week[5], with_break);
    EXPECT_TRUE(clinic.open.week[6].empty());
    EXPECT_EQ(clinic.open.holidays, (std::vector{day(1, 1), day(12, 25), day(2, 29), day(12, 30),
                                                 day(12, 31), day(1, 1), day(1, 2)}));
    EXPECT_EQ(clinic.open.closed,
              (std::vector<std::pair<Date, Date>>{{date(2026, 8, 3), date(2026, 8, 3)},
                                                  {date(2026, 8, 10), date(2026, 8, 14)}}));
    EXPECT_EQ(clinic.access, Access::booked);
    EXPECT_EQ(clinic.closing, Closing::refuse);
    EXPECT_EQ(clinic.rank, (std::array<std::uint8_t, 3>{2, 1, 0}));  // induction, booster, rescue
    EXPECT_EQ(clinic.no_show, 0.07);
    EXPECT_EQ(clinic.no_show_first, 0.12);
    EXPECT_EQ(clinic.slot, std::optional{h(3, 20)});

    ASSERT_EQ(clinic.visits.size(), 2u);
    VisitParts later;
    later.preparation = Constant{10 * kMinute};
    later.infusion = Triangular{40 * kMinute, 45 * kMinute, 60 * kMinute};
    later.recovery = Uniform{20 * kMinute, 30 * kMinute};
    later.turnover = Constant{10 * kMinute};
    VisitParts first;
    first.preparation = Constant{30 * kMinute};
    first.infusion = Constant{50 * kMinute};
    first.recovery = Constant{40 * kMinute};
    first.turnover = Constant{12 * kMinute};
    EXPECT_EQ(clinic.visits[0], (ClinicPlan::Visits{first, later}));
    VisitParts pain;
    pain.preparation = Constant{20 * kMinute};
    pain.infusion = Constant{2 * kHour};
    pain.recovery = Constant{kHour};
    pain.turnover = Constant{15 * kMinute};
    VisitParts pain_first = pain;
    pain_first.preparation = Constant{45 * kMinute};
    EXPECT_EQ(clinic.visits[1], (ClinicPlan::Visits{pain_first, pain}));
}

TEST(Scenario, OfABookedClinicHoldsItsPatients) {
    const Scenario scenario = valid("booked");
    const PatientMix& patients = scenario.model.patients;
    EXPECT_EQ(patients.in_care_at_start, (StockAtStart{400, Duration{Days{30}}}));
    EXPECT_EQ(patients.arrivals,
              (Arrivals{PoissonArrivals{5 / (7 * kDay), -0.05, 0.2, day(3, 1)}}));
    EXPECT_EQ(patients.psychotherapy, 0.3);
    EXPECT_EQ(patients.drop_out.per_induction_visit, 0.03);
    EXPECT_EQ(patients.severities,
              (std::vector<SeverityClass>{{"mild", 0.2}, {"moderate", 0.5}, {"severe", 0.3}}));
    EXPECT_EQ(patients.conditions[1],
              (Condition{"chronic_pain", 0.25, InductionId{1}, CourseId{1}}));
    const auto& course = std::get<RenewalCourse>(patients.courses[0].law);
    EXPECT_EQ(course.responds, (std::vector{0.1, 0.15, 0.2, 0.1, 0.05, 0.1}));
    EXPECT_FALSE(course.responds_at_last);
    EXPECT_EQ(course.remits, 0.3);
    EXPECT_EQ(course.works, 0.95);
    EXPECT_EQ(course.loss_of_response, 0.01);
    EXPECT_FALSE(course.rescue_renews);
    EXPECT_EQ(course.frailty, Distribution{Gamma::of_mean_sd(1, 0.4)});
    EXPECT_NEAR(mean(*course.relapse), 60 * kDay, 1);
    EXPECT_EQ(course.effects, (RelapseEffects{1.02, 20, 1.3, Duration{Days{3}}, 1.5, {1, 1, 0.8}}));
    EXPECT_EQ(scenario.groups, (std::vector<std::string>{"condition", "severity"}));
    EXPECT_EQ(scenario.limits, (Limits{1e6, 1e10, 1000}));
}

TEST(Scenario, OfABookedClinicHoldsItsPolicies) {
    const Scenario scenario = valid("booked");
    const auto policy = [&](std::size_t i) { return scenario.policies.at(i).choice; };
    const Policy monthly = policy(1).policies[0];
    EXPECT_EQ(monthly.schedule, (Schedule{FixedInterval{{.months = 1}, ScheduleClock::reset}}));
    EXPECT_EQ(monthly.missed, 0.2);
    EXPECT_EQ(monthly.cap, std::optional<Cap>{Cap{14}});
    EXPECT_EQ(monthly.stop_when_well, (Span{.months = 12}));
    Asking asking;
    asking.seen = SeenAfter{Exponential{5 * kDay}};
    asking.by_others = {0.3, Constant{3 * kDay}};
    asking.asks = 0.9;
    asking.asks_after = Constant{7 * kDay};
    asking.repeat_after = Days{10};
    asking.planned = PlannedInEpisode::cancelled;
    EXPECT_EQ(monthly.asking, std::optional{asking});

    EXPECT_EQ(policy(2).policies[0].schedule,
              (Schedule{Steps{{{{.fixed = Days{30}}, {.months = 6}}, {{.fixed = Days{90}}, {}}},
                              ScheduleClock::calendar}}));
    EXPECT_EQ(
        policy(3).policies[0].schedule,
        (Schedule{Lengthening{{.fixed = Days{21}}, {.fixed = Days{35}}, {.fixed = Days{7}}}}));
    Policy pair = policy(4).policies[0];  // as_needed
    EXPECT_TRUE(pair.leaves_unless_asking);
    EXPECT_EQ(pair.asking->seen, Seen{SeenAtCheckUps{Days{7}}});
    pair.name = "as_needed_pair";
    pair.infusions = 2;
    pair.apart = Uniform{kDay, 2 * kDay};
    EXPECT_EQ(policy(5).policies[0], pair);
    EXPECT_EQ(policy(6).policies[0].before, (BeforeDates{{day(12, 20)}, true, Days{5}}));

    const PolicyChoice by_severity = policy(7);
    EXPECT_EQ(by_severity.by, PolicyChoice::By::severity);
    EXPECT_EQ(by_severity.policies,
              (std::vector{policy(4).policies[0], policy(4).policies[0], monthly}));
    EXPECT_EQ(policy(8).policies, (std::vector{pair, monthly}));
    EXPECT_EQ(scenario.policies[7].pathways.size(), 3u);
    EXPECT_EQ(scenario.policies[1].pathways[0],
              default_pathway(true, {.fixed = Days{60}}, {.months = 12}));
}

TEST(Scenario, OfABookedClinicHoldsItsTargets) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    const auto targets = valid("booked").targets;
    ASSERT_EQ(targets.size(), 4u);
    EXPECT_EQ(targets[0], (Target{"wait_days_rescue.p95 <= 7 days",
                                  "wait_days_rescue.p95",
                                  -kInfinity,
                                  7,
                                  {"as_needed", "as_needed_pair"},
                                  false,
                                  "",
                                  {.source = "the clinic's promise"}}));
    EXPECT_EQ(targets[1], (Target{"chair_utilisation < 85 %",
                                  "chair_utilisation",
                                  -kInfinity,
                                  0.85,
                                  {"monthly"},
                                  true,
                                  "six chairs are not enough",
                                  {}}));
    EXPECT_EQ(targets[2].lowest, 1);
    EXPECT_EQ(targets[2].highest, 3);
    EXPECT_EQ(targets[3].lowest, 1.5);
    EXPECT_EQ(targets[3].highest, 2.5);
}

TEST(Target, IsReadInTheUnitOfItsMetric) {
    const std::vector<MetricUnit> metrics{{"wait_days_rescue.p95", "days"},
                                          {"chair_overtime_hours_per_week", "hours per week"},
                                          {"chair_utilisation", "share"},
                                          {"relapses", "relapses"}};
    const auto bounds = [&](const std::string& target) {
        const ReadResult result = read_scenario_text(
            kSmall + "targets: [{target: \"" + target + "\"}]\n", "test.yaml", "", {}, metrics);
        EXPECT_TRUE(result.scenario) << messages(result);
        return result.scenario ? std::pair{result.scenario->targets[0].lowest,
                                           result.scenario->targets[0].highest}
                               : std::pair{0.0, 0.0};
    };
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    EXPECT_EQ(bounds("wait_days_rescue.p95 <= 2 weeks"), (std::pair{-kInfinity, 14.0}));
    EXPECT_EQ(bounds("wait_days_rescue.p95 > 12 h"), (std::pair{0.5, kInfinity}));
    EXPECT_EQ(bounds("wait_days_rescue.p95 = 18 days +- 3 days"), (std::pair{15.0, 21.0}));
    EXPECT_EQ(bounds("wait_days_rescue.p95 in 11 .. 27 days"), (std::pair{11.0, 27.0}));
    EXPECT_EQ(bounds("wait_days_rescue.p95 in 12 h .. 1 day"), (std::pair{0.5, 1.0}));
    EXPECT_EQ(bounds("chair_overtime_hours_per_week < 90 min"), (std::pair{-kInfinity, 1.5}));
    EXPECT_EQ(bounds("chair_overtime_hours_per_week < 2"), (std::pair{-kInfinity, 2.0}));
    EXPECT_EQ(bounds("chair_utilisation in 60 .. 70 %"), (std::pair{0.6, 0.7}));
    EXPECT_EQ(bounds("chair_utilisation >= 0.5"), (std::pair{0.5, kInfinity}));
    EXPECT_EQ(bounds("relapses = 10 +- 2"), (std::pair{8.0, 12.0}));
}

TEST(Scenario, WithAPathwayOfItsOwnFollowsIt) {
    const Scenario scenario = valid("walk_in");
    const Pathway& pathway = scenario.policies[0].pathways.at(0);
    std::vector<std::string> names;
    std::vector<StageKind> kinds;
    for (const Stage& stage : pathway.stages()) {
        names.push_back(stage.name);
        kinds.push_back(stage.kind);
    }
    EXPECT_EQ(names, (std::vector<std::string>{"referral", "screening", "induction", "boosters",
                                               "again", "follow_up", "uncontrolled_hypertension",
                                               "psychosis", "not_suitable", "left", "discharged"}));
    using Kind = StageKind;
    EXPECT_EQ(kinds, (std::vector{Kind::referral, Kind::screening, Kind::induction, Kind::boosters,
                                  Kind::induction, Kind::follow_up, Kind::exit, Kind::exit,
                                  Kind::exit, Kind::exit, Kind::exit}));
    EXPECT_EQ(pathway[1].takes, Distribution{(Uniform{3 * kDay, 14 * kDay})});
    EXPECT_EQ(
        pathway[1].ways,
        (std::vector<Way>{{.when = Way::When::share, .share = 0.04, .to = 6},
                          {.when = Way::When::share, .share = 0.02, .to = 7},
                          {.when = Way::When::share, .share = 0.9 * (1 - 0.04 - 0.02), .to = 2},
                          {.when = Way::When::share, .share = 0.1 * (1 - 0.04 - 0.02), .to = 8}}));
    EXPECT_EQ(pathway[3].ways,
              (std::vector<Way>{{.when = Way::When::ill, .lasting = {.fixed = Days{60}}, .to = 4},
                                {.when = Way::When::well, .lasting = {.months = 12}, .to = 10}}));
}

TEST(Scenario, ReadsObservedValuesFromAColumnBesideIt) {
    const Scenario scenario = valid("walk_in");
    const auto& course = std::get<RenewalCourse>(scenario.model.patients.courses[3].law);
    EXPECT_EQ(course.relapse, Distribution{(Empirical{{30 * kDay, 45.5 * kDay, 80 * kDay}})});
    EXPECT_EQ(scenario.resolved.find(".csv"), std::string::npos) << "what was run is told whole";
}

TEST(Scenario, ThatExtendsAnotherChangesWhatItNamesOnly) {
    const Scenario base = valid("walk_in");
    Scenario variant = valid("variant");
    EXPECT_EQ(variant.title, "A variant of the walk-in clinic");
    EXPECT_EQ(variant.model.clinic.chairs, std::optional<std::uint32_t>{2});
    EXPECT_EQ(variant.model.clinic.patience, std::optional<Distribution>{Constant{3 * kHour}});
    EXPECT_EQ(
        variant.model.patients.arrivals,
        (Arrivals{ListedArrivals{{kRunStart, kRunStart + Days{1} + hours{9} + minutes{30}}}}));
    EXPECT_EQ(variant.policies[0].choice.policies[0].schedule,
              (Schedule{FixedInterval{{.fixed = Days{14}}, ScheduleClock::reset}}));
    variant.model.clinic.chairs = base.model.clinic.chairs;
    variant.model.clinic.patience = base.model.clinic.patience;
    variant.model.patients.arrivals = base.model.patients.arrivals;
    EXPECT_EQ(variant.model, base.model);
}

TEST(Scenario, HasAFingerprintOfWhatIsRunAndNotOfHowItIsWritten) {
    const Scenario small = must_read(kSmall);
    EXPECT_EQ(small.sha256.size(), 64u);
    const std::string other_order =
        replaced(replaced(kSmall, "{seed: 1, horizon: 1 year}", "{horizon: 1 year, seed: 1}"),
                 "title: Small\n", "title: Small # a comment\n");
    EXPECT_EQ(must_read(other_order).sha256, small.sha256);
    const std::string default_named = replaced(kSmall, "chairs: 2,", "chairs: 2, access: walk_in,");
    EXPECT_EQ(must_read(default_named).sha256, small.sha256);
    EXPECT_NE(must_read(replaced(kSmall, "chairs: 2", "chairs: 3")).sha256, small.sha256);
    EXPECT_NE(must_read(kSmall, {{"clinic.chairs", "3"}}).sha256, small.sha256);
    EXPECT_EQ(must_read(kSmall, {{"clinic.chairs", "3"}}).sha256,
              must_read(replaced(kSmall, "chairs: 2", "chairs: 3")).sha256);
}

TEST(Scenario, IsReadAgainFromItsOwnResolvedText) {
    for (const std::string name : {"exact_renewal", "mm8", "common_clinic", "booked", "walk_in"}) {
        const Scenario first = valid(name);
        const Scenario again = must_read(first.resolved);
        EXPECT_EQ(again.model, first.model) << name;
        EXPECT_EQ(again.policies.size(), first.policies.size());
        EXPECT_EQ(again.resolved, first.resolved) << name;
    }
}

TEST(Size, OfTheCommonClinicIsNearItsTheory) {
    const Size size = estimate_size(valid("common_clinic"));
    EXPECT_DOUBLE_EQ(size.patients, 4 * 1825);
    EXPECT_NEAR(size.events, 4 * 109'796, 0.25 * 4 * 109'796);  // four events per visit
}

TEST(Size, OfGrowingArrivalsIsTheIntegralOfTheirIntensity) {
    const Scenario grown = must_read(replaced(
        replaced(kSmall, "per: week", "per: day, growth_per_year: 100 %"), "1 year", "1461 days"));
    // 5 a day, doubling each of 4 years of 365.25 days
    EXPECT_NEAR(estimate_size(grown).patients, 5 * 365.25 * (16 - 1) / std::log(2.0), 1e-6);
}

/// 100 patients in care for good, half of each condition or severity.
std::vector<PlannedVisits> planned_of(const std::string& policy) {
    std::string text = replaced(kSmall, "  arrivals: {poisson: {mean: 5, per: week}}\n",
                                "  in_care_at_start: {patients: 100, last_infusion: at_start}\n");
    text = replaced(text, "{mild: 60 %, severe: 40 %}", "{mild: 75 %, severe: 25 %}");
    text = replaced(text, "{depression: {induction: six, course: usual}}",
                    "{depression: {share: 40 %, induction: none, course: usual}, ptsd: {share: 60 "
                    "%, induction: none, course: usual}}");
    text =
        replaced(text, "1 year", "360 days") + "  daily: {every: 1 day, clock: reset}\n" + policy;
    const Scenario scenario = must_read(text);
    return planned_visits(scenario, scenario.policies.back());
}

TEST(Size, OfPlannedBoostersIsThatOfEachConditionsPolicy) {
    const auto visits =
        planned_of("  mixed: {by: {condition: {ptsd: daily, otherwise: monthly}}}\n");
    ASSERT_EQ(visits.size(), 2u);
    EXPECT_DOUBLE_EQ(visits[0].boosters, 40 * 360 / 30);
    EXPECT_DOUBLE_EQ(visits[1].boosters, 60 * 360);
}

TEST(Size, OfPlannedBoostersBySeverityIsOverTheSeverities) {
    const auto visits =
        planned_of("  mixed: {by: {severity: {severe: daily, otherwise: monthly}}}\n");
    EXPECT_DOUBLE_EQ(visits[0].boosters, 40 * (0.25 * 360 + 0.75 * 360 / 30));
}

}  // namespace
}  // namespace clinicsim
