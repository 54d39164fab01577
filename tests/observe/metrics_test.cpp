#include "clinicsim/observe/metrics.hpp"

#include <cmath>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

/// Typed in from the design on purpose: renaming a metric breaks everybody's files.
const std::vector<std::string> kPermanent{
    "chair_utilisation",
    "chair_overtime_hours_per_week",
    "infusions_per_week",
    "patients_started",
    "patients_in_care",
    "response_rate",
    "remission_rate",
    "relapses",
    "relapses_per_patient_year",
    "relapses_per_well_patient_year",
    "share_of_time_ill",
    "well_share_of_started",
    "left_while_ill",
    "boosters_per_patient_year",
    "planned_boosters_per_patient_year",
    "rescue_boosters_per_patient_year",
    "inductions_repeated",
    "dropouts",
    "no_shows",
    "turned_away",
    "still_waiting",
    "wait_days_induction.mean",
    "wait_days_induction.p50",
    "wait_days_induction.p90",
    "wait_days_induction.p95",
    "wait_days_induction.waited",
    "wait_days_booster.mean",
    "wait_days_booster.p50",
    "wait_days_booster.p90",
    "wait_days_booster.p95",
    "wait_days_booster.waited",
    "wait_days_rescue.mean",
    "wait_days_rescue.p50",
    "wait_days_rescue.p90",
    "wait_days_rescue.p95",
    "wait_days_rescue.waited",
};
const std::vector<std::string> kAdded{"chairs_for_85_percent",
                                      "referrals",
                                      "patients_in_care_at_start",
                                      "patients_in_care_at_end",
                                      "booster_interval_days",
                                      "booster_interval_days_of_patients",
                                      "ratings_in_response",
                                      "side_effects_per_100_infusions",
                                      "infusions_broken_off",
                                      "stopped_by_side_effects",
                                      "days_ill_caused_by_waiting_per_patient_year",
                                      "relapse_change_by_waiting_per_patient_year",
                                      "clinic_overtime_hours_per_week",
                                      "patients_lost",
                                      "within_promise_induction",
                                      "within_promise_booster",
                                      "within_promise_rescue",
                                      "wait_minutes_in_room.mean",
                                      "wait_minutes_in_room.p50",
                                      "wait_minutes_in_room.p90",
                                      "wait_minutes_in_room.p95",
                                      "wait_minutes_in_room.waited",
                                      "revenue_per_year",
                                      "staff_cost_per_year",
                                      "cost_per_year",
                                      "contribution_per_year",
                                      "contribution_per_chair_hour",
                                      "cost_per_infusion",
                                      "late_arrivals",
                                      "late_cancels",
                                      "rescheduled",
                                      "bookings_moved",
                                      "slots_refilled",
                                      "sent_home_per_year",
                                      "sent_home_late_per_year",
                                      "sent_home_sick_day_per_year",
                                      "called_off_per_year",
                                      "called_off_the_day_per_year",
                                      "series_broken",
                                      "no_place_found",
                                      "lost_for_waiting",
                                      "transfers_offered",
                                      "transfers",
                                      "held_time_booked",
                                      "well_share_of_all_patients",
                                      "mean_improvement_of_all_patients"};

TEST(Metrics, HaveTheirPermanentNamesAndNoOthers) {
    std::set<std::string> expected{kPermanent.begin(), kPermanent.end()}, found;
    expected.insert(kAdded.begin(), kAdded.end());
    for (const MetricRow& row : metric_rows()) {
        EXPECT_TRUE(found.insert(std::string{row.name}).second) << row.name << " twice";
        EXPECT_FALSE(row.unit.empty()) << row.name;
        EXPECT_TRUE(row.definition.ends_with('.')) << row.name;
    }
    EXPECT_EQ(found, expected);
}

TEST(Metrics, AreFoundByName) {
    for (std::size_t i = 0; i < metric_rows().size(); ++i)
        EXPECT_EQ(metric_index(metric_rows()[i].name), i);
    EXPECT_FALSE(metric_index("wait_days_rescue"));
    EXPECT_FALSE(metric_index(""));
}

/// 100 weeks of measured time, 1,000 of its hours open.
struct Example {
    Window window{kRunStart + Days{10}, kRunStart + Days{10 + 700}, hours{1000}, 4};
    PatientTallies patients;
    ChairTally chairs;

    MetricSample of(std::string_view name) const {
        return metric_rows()[metric_index(name).value()].of({window, patients, &chairs});
    }
    double value(std::string_view name) const { return of(name).value().value(); }
};

constexpr I128 in_ticks(Duration d) { return d.count(); }

TEST(Metrics, OfChairsAreArithmetic) {
    Example run;
    run.chairs.held_open = in_ticks(hours{3000});
    run.chairs.held_closed = in_ticks(hours{50});
    EXPECT_DOUBLE_EQ(run.value("chair_utilisation"), 3000.0 / (4 * 1000));
    EXPECT_DOUBLE_EQ(run.value("chair_overtime_hours_per_week"), 50.0 / 100);
    EXPECT_DOUBLE_EQ(run.value("chairs_for_85_percent"), 3000 / (0.85 * 1000));
    run.window.chairs.reset();
    EXPECT_FALSE(run.of("chair_utilisation").exists) << "unlimited chairs";
    EXPECT_DOUBLE_EQ(run.value("chairs_for_85_percent"), 3000 / (0.85 * 1000));
}

TEST(Metrics, OfChairsDoNotExistForAGroup) {
    const Example run;
    for (const MetricRow& row : metric_rows())
        if (!row.by_group) {
            EXPECT_FALSE(row.of({run.window, run.patients, nullptr}).exists) << row.name;
        }
}

TEST(Metrics, OfFollowUpAreArithmetic) {
    Example run;
    CourseTally& course = run.patients.course;
    course.well_ticks = in_ticks(3 * kYear);
    course.ill_ticks = in_ticks(kYear);
    course.responder_ticks = in_ticks(6 * kYear);
    course.relapses = 12;
    course.infusions = {600, 30, 10};
    EXPECT_DOUBLE_EQ(run.value("relapses"), 12);
    EXPECT_DOUBLE_EQ(run.value("relapses_per_patient_year"), 12.0 / 4);
    EXPECT_DOUBLE_EQ(run.value("relapses_per_well_patient_year"), 12.0 / 3);
    EXPECT_DOUBLE_EQ(run.value("share_of_time_ill"), 1.0 / 4);
    EXPECT_DOUBLE_EQ(run.value("well_share_of_started"), 3.0 / 6);
    EXPECT_DOUBLE_EQ(run.value("boosters_per_patient_year"), 40.0 / 4);
    EXPECT_DOUBLE_EQ(run.value("planned_boosters_per_patient_year"), 30.0 / 4);
    EXPECT_DOUBLE_EQ(run.value("rescue_boosters_per_patient_year"), 10.0 / 4);
    EXPECT_DOUBLE_EQ(run.value("infusions_per_week"), 640.0 / 100);
}

TEST(Metrics, OfInductionsAreShares) {
    Example run;
    run.patients.course.inductions_ended = 8;
    run.patients.course.inductions_responded = 6;
    EXPECT_DOUBLE_EQ(run.value("response_rate"), 6.0 / 8);
    EXPECT_FALSE(run.of("remission_rate").exists) << "a course without scores";
    run.patients.course.inductions_with_scores = 8;
    EXPECT_EQ(run.value("remission_rate"), 0) << "nobody is a number";
    run.patients.course.inductions_in_remission = 2;
    EXPECT_DOUBLE_EQ(run.value("remission_rate"), 2.0 / 8);
    run.patients.course.inductions_repeated = 3;
    EXPECT_EQ(run.value("inductions_repeated"), 3);
}

TEST(Metrics, OfBoosterIntervalsCountIntervalsOrPatients) {
    Example run;
    CourseTally& course = run.patients.course;
    course.infusions = {600, 3, 1};
    course.ratings = 10;
    EXPECT_FALSE(run.of("booster_interval_days_of_patients").exists) << "nobody had one";
    // one patient every 20 days, three times; another after 100 days
    course.booster_ticks = in_ticks(Days{3 * 20 + 100});
    course.boosted = 2;
    course.mean_booster_ticks = in_ticks(Days{20 + 100});
    EXPECT_DOUBLE_EQ(run.value("booster_interval_days"), 160.0 / 4);
    EXPECT_DOUBLE_EQ(run.value("booster_interval_days_of_patients"), 120.0 / 2);
    course.infusions = {600, 0, 0};
    EXPECT_FALSE(run.of("booster_interval_days").exists) << "inductions are no boosters";
}

TEST(Metrics, OfRatingsAreAShareOfThoseMade) {
    Example run;
    EXPECT_FALSE(run.of("ratings_in_response").exists) << "a course without scores";
    run.patients.course.ratings = 8;
    EXPECT_EQ(run.value("ratings_in_response"), 0);
    run.patients.course.ratings_in_response = 6;
    EXPECT_DOUBLE_EQ(run.value("ratings_in_response"), 6.0 / 8);
}

TEST(Metrics, OfPatientsAreCountsAndATimeAverage) {
    Example run;
    run.patients.care = {11, 9, 4, 2, 30, 40, in_ticks(Days{700 * 35})};
    run.patients.attendance = {5, 6, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25};
    run.patients.waits.still_waiting = 7;
    EXPECT_EQ(run.value("referrals"), 11);
    EXPECT_EQ(run.value("patients_started"), 9);
    EXPECT_EQ(run.value("dropouts"), 4);
    EXPECT_EQ(run.value("left_while_ill"), 2);
    EXPECT_EQ(run.value("patients_in_care_at_start"), 30);
    EXPECT_EQ(run.value("patients_in_care_at_end"), 40);
    EXPECT_DOUBLE_EQ(run.value("patients_in_care"), 35);
    EXPECT_EQ(run.value("no_shows"), 5);
    EXPECT_EQ(run.value("turned_away"), 6);
    EXPECT_EQ(run.value("no_place_found"), 12);
    EXPECT_EQ(run.value("bookings_moved"), 13);
    EXPECT_EQ(run.value("rescheduled"), 14);
    EXPECT_EQ(run.value("late_cancels"), 15);
    EXPECT_EQ(run.value("slots_refilled"), 16);
    EXPECT_EQ(run.value("series_broken"), 17);
    EXPECT_EQ(run.value("lost_for_waiting"), 18);
    EXPECT_EQ(run.value("transfers_offered"), 19);
    EXPECT_EQ(run.value("transfers"), 20);
    EXPECT_DOUBLE_EQ(run.value("sent_home_per_year"), 21 / (700 / 365.25));
    EXPECT_DOUBLE_EQ(run.value("sent_home_late_per_year"), 22 / (700 / 365.25));
    EXPECT_DOUBLE_EQ(run.value("sent_home_sick_day_per_year"), 23 / (700 / 365.25));
    EXPECT_DOUBLE_EQ(run.value("called_off_per_year"), 24 / (700 / 365.25));
    EXPECT_DOUBLE_EQ(run.value("called_off_the_day_per_year"), 25 / (700 / 365.25));
    EXPECT_EQ(run.value("still_waiting"), 7);
}

TEST(Metrics, OfWaitingAreLessThoseOfTheClinicWithoutLimits) {
    Example here, there;
    here.patients.course.ill_ticks = in_ticks(Days{100});
    here.patients.course.well_ticks = in_ticks(Days{900});
    here.patients.course.relapses = 10;
    there.patients.course.ill_ticks = in_ticks(Days{30});
    there.patients.course.well_ticks = in_ticks(Days{470});
    there.patients.course.relapses = 8;
    const auto of = [&](std::string_view name, const PatientTallies* free) {
        const MetricRow& row = metric_rows()[metric_index(name).value()];
        return row.of({here.window, here.patients, &here.chairs, free});
    };
    constexpr const char* kIll = "days_ill_caused_by_waiting_per_patient_year";
    constexpr const char* kRelapses = "relapse_change_by_waiting_per_patient_year";
    EXPECT_DOUBLE_EQ(*of(kIll, &there.patients).value(), (0.1 - 0.06) * 365.25);
    EXPECT_DOUBLE_EQ(*of(kRelapses, &there.patients).value(), (0.01 - 0.016) * 365.25)
        << "fewer relapses, and yet ill for longer";
    EXPECT_EQ(of(kIll, &here.patients).value(), 0.0);
    EXPECT_FALSE(of(kIll, nullptr).exists) << "the clinic without limits was not run";
    const PatientTallies nobody;
    EXPECT_FALSE(of(kIll, &nobody).exists);
}

TEST(Metrics, OfPromisesAreOfThoseThatWereKeptOrBroken) {
    Example run;
    EXPECT_FALSE(run.of("within_promise_rescue").exists) << "nothing is promised";
    WaitTally& waits = run.patients.waits.of_kind[static_cast<std::size_t>(VisitKind::rescue)];
    waits.kept = 90;
    waits.broken = 30;
    waits.visits = 1000;
    EXPECT_DOUBLE_EQ(run.value("within_promise_rescue"), 90.0 / 120);
    EXPECT_FALSE(run.of("within_promise_booster").exists);
}

TEST(Metrics, OfTheWaitingRoomAreInMinutesOfAllVisits) {
    Example run;
    EXPECT_FALSE(run.of("wait_minutes_in_room.mean").exists);
    EXPECT_FALSE(run.of("wait_minutes_in_room.p50").exists);
    run.patients.waits.visits = 100;
    run.patients.waits.room_ticks.add(minutes{30}, 8);
    run.patients.waits.ticks_in_room = 8 * in_ticks(minutes{30});
    EXPECT_DOUBLE_EQ(run.value("wait_minutes_in_room.mean"), 8 * 30.0 / 100);
    EXPECT_DOUBLE_EQ(run.value("wait_minutes_in_room.waited"), 8.0 / 100);
    EXPECT_EQ(run.value("wait_minutes_in_room.p50"), 0);
    EXPECT_EQ(run.value("wait_minutes_in_room.p90"), 0) << "92 of 100 did not wait";
    EXPECT_NEAR(run.value("wait_minutes_in_room.p95"), 30, 30.0 / 32);
}

/// Every tally another number and every price another prime, so that none can stand for another.
struct PaidExample : Example {
    CostPlan costs{"USD", {2, 3, 5}, 7,  11, {{"nurse", 2, 13}, {"clerk", 0.5, 17}},
                   1.5,   19,        23, 29};
    PaidExample() {
        patients.course.infusions = {101, 211, 307};
        patients.care.started = 401;
        patients.attendance.no_shows = 503;
        chairs.late = in_ticks(hours{40});
    }
    std::optional<double> money(std::string_view name) const {
        const MetricRow& row = metric_rows()[metric_index(name).value()];
        return row.of({window, patients, &chairs, nullptr, &costs}).value();
    }
};

TEST(Money, IsArithmeticOfTheTallies) {
    const PaidExample run;
    const double years = 700 / 365.25;
    const double revenue = 2 * 101 + 3 * 211 + 5 * 307 + 7 * 401 + 11 * 503;
    const double staff = (2 * 13 + 0.5 * 17) * (1000 + 1.5 * 40);  // 1,000 hours open, 40 late
    const double cost =
        staff + 19 * 4 * 12 * years + 23 * (101 + 211 + 307) + 29 * 503;  // 4 chairs
    EXPECT_DOUBLE_EQ(*run.money("revenue_per_year"), revenue / years);
    EXPECT_DOUBLE_EQ(*run.money("staff_cost_per_year"), staff / years);
    EXPECT_DOUBLE_EQ(*run.money("cost_per_year"), cost / years);
    EXPECT_DOUBLE_EQ(*run.money("contribution_per_year"), (revenue - cost) / years);
    EXPECT_DOUBLE_EQ(*run.money("contribution_per_chair_hour"), (revenue - cost) / (4 * 1000));
    EXPECT_DOUBLE_EQ(*run.money("cost_per_infusion"), cost / (101 + 211 + 307));
    EXPECT_DOUBLE_EQ(run.value("clinic_overtime_hours_per_week"), 40.0 / 100);
}

TEST(Money, OfStaffInShiftsIsPaidByTheHoursOnDuty) {
    PaidExample run;
    run.costs.staff = {{"doctor", 0, 13, StaffGroupId{1}}, {"clerk", 0.5, 17, {}}};
    std::vector<StaffTally> staff(2);
    staff[1].on_duty = in_ticks(hours{600});
    staff[1].overtime = in_ticks(hours{10});
    run.window.planned_staff_hours = {0, 600};
    const MetricRow& row = metric_rows()[metric_index("staff_cost_per_year").value()];
    const auto paid = [&] {
        return *row.of({run.window, run.patients, &run.chairs, nullptr, &run.costs, staff}).value();
    };
    const double clerk = 0.5 * 17 * (1000 + 1.5 * 40), years = 700 / 365.25;
    EXPECT_DOUBLE_EQ(paid(), (13 * (600 + 1.5 * 10) + clerk) / years);

    run.window.planned_staff_hours = {0, 640};  // 40 of them sick
    EXPECT_DOUBLE_EQ(paid(), (13 * (640 + 1.5 * 10) + clerk) / years);
    run.costs.staff[0].sick_paid = 0.25;
    EXPECT_DOUBLE_EQ(paid(), (13 * (610 + 1.5 * 10) + clerk) / years);
    run.costs.payroll = 1.25;
    EXPECT_DOUBLE_EQ(paid(), 1.25 * (13 * (610 + 1.5 * 10) + clerk) / years);
}

TEST(Money, HasFixedCostsWhateverTheClinicDoes) {
    PaidExample run;
    const double before = *run.money("cost_per_year"), left = *run.money("contribution_per_year");
    run.costs.fixed_month = 31;
    EXPECT_DOUBLE_EQ(*run.money("cost_per_year"), before + 12 * 31);
    EXPECT_DOUBLE_EQ(*run.money("contribution_per_year"), left - 12 * 31);
}

TEST(Money, IsToldOnlyWhereThereAreCostsAndOfUnlimitedChairsOnlyTheRevenue) {
    PaidExample run;
    for (const MetricRow& row : metric_rows())
        if (row.unit.starts_with("money")) {
            EXPECT_FALSE(row.of({run.window, run.patients, &run.chairs}).exists) << row.name;
            EXPECT_FALSE(row.by_group) << "chairs and staff are everybody's";
            EXPECT_EQ(unit_of(row, "EUR").substr(0, 8), "EUR per ");
        }
    run.window.chairs.reset();
    EXPECT_TRUE(run.money("revenue_per_year"));
    for (const char* name : {"cost_per_year", "contribution_per_year", "cost_per_infusion",
                             "contribution_per_chair_hour"})
        EXPECT_FALSE(run.money(name)) << name;
}

TEST(Metrics, OfWaitsAreInDays) {
    Example run;
    const std::vector<std::string> kinds{"induction", "booster", "rescue"};
    for (std::size_t kind = 0; kind < kVisitKinds; ++kind) {
        WaitTally& waits = run.patients.waits.of_kind[kind];
        const auto k = static_cast<std::int64_t>(kind);
        for (int i = 0; i < 20; ++i) waits.ticks.add(Duration{0});
        for (int i = 0; i < 60; ++i) waits.ticks.add(Days{1 + k});
        for (int i = 0; i < 20; ++i) waits.ticks.add(Days{10 + k});
        waits.waited = 80;
        waits.visits = 50;
        waits.ticks_of_visits = in_ticks(Days{25 * (1 + k)});
        const std::string name = "wait_days_" + kinds[kind];
        EXPECT_DOUBLE_EQ(run.value(name + ".mean"), 0.5 * static_cast<double>(1 + k));
        EXPECT_DOUBLE_EQ(run.value(name + ".waited"), 80.0 / 100);
        const double near = static_cast<double>(1 + k), far = static_cast<double>(10 + k);
        EXPECT_NEAR(run.value(name + ".p50"), near, near / 32);
        EXPECT_NEAR(run.value(name + ".p90"), far, far / 32);
        EXPECT_NEAR(run.value(name + ".p95"), far, far / 32);
        EXPECT_LT(run.value(name + ".p90"), run.value(name + ".p95")) << "spread in the bin";
    }
}

TEST(Metrics, OfNothingObservedDoNotExistAndCountsAreZero) {
    const Example run;
    for (const MetricRow& row : metric_rows()) {
        const MetricSample sample = row.of({run.window, run.patients, &run.chairs});
        if (row.kind == MetricKind::count || row.kind == MetricKind::average) {
            EXPECT_EQ(sample.value(), 0.0) << row.name;
        } else if (row.kind == MetricKind::quantile) {
            EXPECT_FALSE(sample.exists) << row.name;
        }
    }
    for (const char* name : {"relapses_per_patient_year", "share_of_time_ill", "response_rate",
                             "well_share_of_started", "wait_days_rescue.waited"})
        EXPECT_FALSE(run.of(name).exists) << name;
}

TEST(Metrics, OfNoMeasuredTimeAreFiniteOrMissing) {
    Example run;
    run.window.to = run.window.from;
    run.window.open = Duration{0};
    for (const MetricRow& row : metric_rows()) {
        const auto value = row.of({run.window, run.patients, &run.chairs}).value();
        EXPECT_TRUE(!value || std::isfinite(*value)) << row.name;
    }
}

}  // namespace
}  // namespace clinicsim
