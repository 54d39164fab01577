// Patients of a booked clinic who come before the booked time, or after it.
#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "busy_clinic.hpp"
#include "told.hpp"

namespace clinicsim::test {
namespace {

/// Three first visits of an hour on one day, booked for 8, 10 and 12 o'clock in one chair.
Model morning(const std::optional<Punctuality>& arrival) {
    Model model = referred_at({day(0), day(0), day(0)}, 1, never_relapses(), Days{5});
    model.clinic.access = Access::booked;
    model.clinic.closing = Closing::finish;
    model.clinic.chairs = 1;
    model.clinic.open = daily({{8, 14}});
    model.clinic.slot = Duration{2h};
    model.clinic.arrival = arrival;
    return model;
}

Punctuality late(Duration by, double share = 1) {
    Punctuality all;
    all.late = share;
    all.late_by = always(by);
    return all;
}
Punctuality early(Duration by, bool starts) {
    Punctuality all;
    all.early = 1;
    all.early_by = always(by);
    all.early_starts = starts;
    return all;
}

Lines starts(const Model& model) {
    Lines all;
    for (const std::string& line : told(model, with_pathway(model, Policy{}), visits))
        all.push_back(line.substr(3, line.find(" induction") - 3));
    return all;
}

TEST(Arrival, OfWhoIsLateMovesTheStart) {
    EXPECT_EQ(starts(morning({})), (Lines{"08:00", "10:00", "12:00"}));
    EXPECT_EQ(starts(morning(late(10min))), (Lines{"08:10", "10:10", "12:10"}));
}

TEST(Arrival, IsNeverLaterThanTheMostNorAfterClosingTime) {
    Punctuality all = late(5h);
    all.at_most = 90min;
    // the second finds the chair in use until 11:00; the third comes when the doors close
    EXPECT_EQ(starts(morning(all)), (Lines{"09:30", "11:30", "13:30"}));
    all.at_most = 5h;
    Model model = morning(all);
    model.clinic.open = daily({{8, 13}});  // the third is booked for the next day
    EXPECT_EQ(starts(model).front(), "13:00");
}

TEST(Arrival, BeforeTheBookedTimeWaitsForItUnlessTheScenarioSaysOtherwise) {
    EXPECT_EQ(starts(morning(early(20min, false))), (Lines{"08:00", "10:00", "12:00"}));
    // nobody comes before the doors open
    EXPECT_EQ(starts(morning(early(20min, true))), (Lines{"08:00", "09:40", "11:40"}));
    // the chair is free half an hour after the end of the visit
    EXPECT_EQ(starts(morning(early(50min, true))), (Lines{"08:00", "09:30", "11:10"}));
}

TEST(Arrival, OfNobodyIsKnownBeforeTheBookedTime) {
    Model model = morning(early(20min, true));
    model.patients.arrivals = ListedArrivals{{day(0, 9h)}};
    model.clinic.no_show = model.clinic.no_show_first = 1;
    model.end = day(0, 12h);
    EXPECT_EQ(told(model, with_pathway(model, Policy{}), bookings).at(1),
              "0d 09:00 induction not shown");
    model.patients.arrivals = ListedArrivals{{day(0, 8h), day(0, 8h)}};
    const Lines lines = told(model, with_pathway(model, Policy{}), bookings, true);
    EXPECT_EQ(std::count(lines.begin(), lines.end(), "0d 10:00 p1 induction not shown"), 1);
}

TEST(Arrival, OnTimeAloneIsAsIfNothingWereSaid) {
    Model without = booked(busy_clinic(Days{300}));
    without.clinic.no_show = 0.1;
    Model with = without;
    with.clinic.arrival = Punctuality{};
    const auto all = [](const Model& model) {
        return all_of(model, monthly_with_rescue(), everything);
    };
    ASSERT_GT(all(without).size(), 1000u);
    EXPECT_EQ(all(with), all(without));
    with.clinic.arrival = early(30min, false);
    EXPECT_EQ(all(with), all(without)) << "who waits for the booked time changes nothing";
    with.clinic.arrival = late(1min, 0.01);
    EXPECT_NE(all(with), all(without)) << "the comparison sees nothing";
}

TEST(Arrival, LaterThanTheClinicAllowsIsNotSeenAndBooksAgain) {
    Punctuality all = late(40min);
    all.refused_after = 30min;
    Model model = morning(all);
    model.end = day(0, 11h);
    EXPECT_EQ(
        told(model, with_pathway(model, Policy{}), bookings | visits | lists | requests, true),
        (Lines{"0d p0 induction booked for 0d 08:00, wanted 0d",
               "0d p1 induction booked for 0d 10:00, wanted 0d",
               "0d p2 induction booked for 0d 12:00, wanted 0d",
               "0d 08:40 p0 induction was sent home, came 0d 08:40, too late",
               "0d 08:40 p0 induction booked for 1d 08:00, wanted 0d",
               "0d 10:40 p1 induction was sent home, came 0d 10:40, too late",
               "0d 10:40 p1 induction booked for 1d 10:00, wanted 0d",
               "0d 11:00 p0 induction still waits, wanted 0d",
               "0d 11:00 p1 induction still waits, wanted 0d",
               "0d 11:00 p2 induction still waits, wanted 0d"}));
    all.refused_after = 40min;
    EXPECT_EQ(starts(morning(all)), (Lines{"08:40", "10:40", "12:40"})) << "not later than that";
}

TEST(Arrival, OfWhoDoesNotBookAgainAfterBeingRefusedIsTheEnd) {
    Punctuality all = late(40min);
    all.refused_after = 30min;
    Model model = morning(all);
    model.clinic.booking.emplace();
    model.clinic.attendance.emplace();
    model.clinic.attendance->books_again = 0;
    model.patients.arrivals = ListedArrivals{{day(0)}};
    EXPECT_EQ(
        told(model, with_pathway(model, Policy{}), care | lists, true),
        (Lines{"0d p0 referred", "0d 08:40 p0 induction was sent home, came 0d 08:40, too late",
               "0d 08:40 p0 care ends: stayed away, never began"}));
}

TEST(Arrival, IsRefusedAsOftenAsTheLatenessSays) {
    Model model = renewal_model(400, never_relapses(), Days{300});
    model.clinic.access = Access::booked;
    model.clinic.open = daily({{8, 17}});
    Punctuality all;
    all.late = 0.3;
    all.late_by = Exponential{20. * 60'000};
    all.refused_after = 30min;
    model.clinic.arrival = all;
    struct Refused final : Sink {
        double seen = 0, refused = 0;
        using Sink::on;
        void on(const VisitStarted&) override { ++seen; }
        void on(const SentHome&) override { ++refused; }
    } sink;
    simulate(model, with_pathway(model, every(Days{28}, ScheduleClock::reset)), 0, sink);
    const double came = sink.seen + sink.refused, share = 0.3 * std::exp(-30. / 20);
    ASSERT_GT(came, 3500);
    // two-sided, wrong once in a million for a right program
    const double tolerance = 4.8916 * std::sqrt(share * (1 - share) / came);
    EXPECT_NEAR(sink.refused / came, share, tolerance);
    EXPECT_GT(std::abs(sink.refused / came - 0.3 * std::exp(-20. / 20)), tolerance)
        << "the check has lost its power";
}

struct Starts final : Sink {
    using Sink::on;
    std::vector<Instant> at;
    std::map<PatientId, bool> first_was_late;
    double visits = 0, late = 0;
    void on(const VisitStarted& fact) override {
        at.push_back(fact.at);
        ++visits;
        late += fact.late;
        if (fact.first_visit) first_was_late[fact.patient] = fact.late;
    }
};

// S01 of the theory, a slot an hour and exponential visits: when everybody is late by the same time
// the whole day moves by it, to the tick.
TEST(Arrival, ADayOfWhichEverybodyIsLateByTheSameTimeMovesByIt) {
    for (std::uint32_t replication = 0; replication < 50; ++replication) {
        const auto day_of = [&](const std::optional<Punctuality>& arrival) {
            Model model = morning(arrival);
            model.patients.arrivals = ListedArrivals{std::vector<Instant>(10, day(0))};
            model.clinic.open = daily({{8, 20}});
            model.clinic.slot = Duration{1h};
            model.clinic.visits[0].first.infusion = Exponential{3'600'000};
            model.clinic.visits[0].first.turnover = always(0min);
            Starts starts;
            simulate(model, with_pathway(model, Policy{}), replication, starts);
            return starts.at;
        };
        std::vector<Instant> expected = day_of({});
        ASSERT_EQ(expected.size(), 10u);
        for (Instant& at : expected) at += 17min;
        EXPECT_EQ(day_of(late(17min)), expected);
    }
}

Model unpunctual(Days horizon) {
    Model model = booked(busy_clinic(horizon, 4));
    model.clinic.no_show = 0.1;
    Punctuality all;
    all.late = 0.05;
    all.late_by = Exponential{600'000};
    all.early = 0.8;
    all.early_by = Exponential{900'000};
    all.early_starts = true;
    model.clinic.arrival = all;
    return model;
}

TEST(Arrival, IsLateAsOftenAsTheScenarioSays) {
    const Model model = unpunctual(Days{4000});
    Starts starts;
    simulate(model, with_pathway(model, monthly_with_rescue()), 0, starts);
    ASSERT_GT(starts.visits, 5000);
    // one false alarm in a million: z = 4.8916 standard errors of a share
    const auto bound = [&](double share) {
        return 4.8916 * std::sqrt(share * (1 - share) / starts.visits);
    };
    EXPECT_NEAR(starts.late / starts.visits, 0.05, bound(0.05));
    EXPECT_GT(std::abs(starts.late / starts.visits - 0.07), bound(0.07)) << "it could not fail";
}

TEST(Arrival, OfTheSamePatientIsTheSameUnderEveryPolicy) {
    const Model model = unpunctual(Days{400});
    Starts one, other;
    simulate(model, with_pathway(model, monthly_with_rescue()), 0, one);
    simulate(model, with_pathway(model, pairs_as_needed()), 0, other);
    std::size_t both = 0, late_ones = 0;
    for (const auto& [patient, late] : one.first_was_late) {
        const auto found = other.first_was_late.find(patient);
        // who missed the first time booked comes to another, whose luck is its own
        if (found == other.first_was_late.end()) continue;
        ++both;
        late_ones += late;
        EXPECT_EQ(found->second, late) << patient;
    }
    EXPECT_GT(both, 50u);
    EXPECT_GT(late_ones, 0u);
}

// The run itself checks that nobody and no booking gets lost.
TEST(Arrival, LosesNobodyWhereEverythingElseHappensToo) {
    Model model = unpunctual(Days{1000});
    model.clinic.booking.emplace().held = 0.2;
    AttendancePlan attendance;
    attendance.no_show.share = 0.1;
    attendance.late_cancel.share = 0.1;
    attendance.reschedule.share = 0.1;
    attendance.cancel_notice = attendance.reschedule_notice = Uniform{0, 10'000'000};
    attendance.books_again = 0.5;
    model.clinic.attendance = attendance;
    model.patients.drop_out.time = Exponential{40 * kDay};
    model.patients.drop_out.leaves = DropOutLeaves::at_once;
    for (const Policy& policy : {monthly_with_rescue(), pairs_as_needed()}) {
        Starts starts;
        simulate(model, with_pathway(model, policy), 0, starts);
        EXPECT_GT(starts.visits, 200);
        EXPECT_GT(starts.late, 0);
    }
}

}  // namespace
}  // namespace clinicsim::test
