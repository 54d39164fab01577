// Walk-in: who comes when, who is next, who starts before closing time, who gives up.
#include <gtest/gtest.h>

#include "told.hpp"

namespace clinicsim::test {
namespace {

/// Patients who come for one visit of 1 hour (and half an hour of turnover) and leave. One chair,
/// open 08:00-12:00 every day, first come first served.
Model queue(std::vector<Instant> at, Days horizon = Days{3}) {
    RenewalCourse leaves;
    leaves.responds = {0};
    Model model = referred_at(std::move(at), 1, leaves, horizon);
    model.clinic.chairs = 1;
    model.clinic.rank = {0, 0, 0};
    model.clinic.open = daily({{8, 12}});
    return model;
}

/// Starts of visits and what became of requests, each line with its patient.
Lines starts(const Model& model, const Policy& policy = {}) {
    Lines lines = told(model, with_pathway(model, policy), visits | requests, true);
    for (std::string& line : lines) {
        if (const auto at = line.find(", first visit"); at != std::string::npos) line.erase(at, 13);
        if (const auto at = line.find("induction "); at != std::string::npos) line.erase(at, 10);
    }
    return lines;
}

TEST(WalkIn, WhoFallsDueWhileClosedComesAtTheNextOpeningInOrderOfDueTime) {
    const Model model = queue({day(0, 9h), day(0, 18h), day(1, 2h)});
    EXPECT_EQ(starts(model), (Lines{"0d 09:00 p0 starts", "1d 08:00 p1 starts, wanted 0d 18:00",
                                    "1d 09:30 p2 starts, wanted 1d 02:00"}));
}

TEST(WalkIn, OrderOfDueTimeHoldsBetweenKindsOfVisitOfOneRank) {
    Model model = queue({day(27, 23h), day(28, 1h)}, Days{30});
    model.patients.in_care_at_start.patients = 1;  // her booster is due at midnight
    const Policy monthly = every(Days{28}, ScheduleClock::reset);
    EXPECT_EQ(starts(model, monthly), (Lines{"28d 08:00 p0 starts, wanted 27d 23:00",
                                             "28d 09:30 s0 booster starts, wanted 28d",
                                             "28d 11:00 p1 starts, wanted 28d 01:00"}));
    model.clinic.rank = {1, 2, 0};
    EXPECT_EQ(starts(model, monthly), (Lines{"28d 08:00 p0 starts, wanted 27d 23:00",
                                             "28d 09:30 p1 starts, wanted 28d 01:00",
                                             "28d 11:00 s0 booster starts, wanted 28d"}));
}

TEST(WalkIn, RescueGoesBeforeInductionUnlessTheOrderIsOfArrival) {
    Model model = queue({day(18, 11h), day(19)}, Days{25});
    model.clinic.open = OpeningRule{};
    model.clinic.visits[0].first.infusion = always(Days{3});
    model.patients.in_care_at_start.patients = 1;
    std::get<RenewalCourse>(model.patients.courses[0].law).relapse = always(Days{20});
    model.clinic.rank = {1, 2, 0};
    EXPECT_EQ(starts(model, as_needed()),
              (Lines{"18d 11:00 p0 starts", "21d 11:30 s0 rescue starts, wanted 20d",
                     "21d 13:00 p1 starts, wanted 19d"}));
    model.clinic.rank = {0, 0, 0};
    EXPECT_EQ(starts(model, as_needed()),
              (Lines{"18d 11:00 p0 starts", "21d 11:30 p1 starts, wanted 19d",
                     "24d 12:00 s0 rescue starts, wanted 20d"}));
}

TEST(Closing, AVisitStartsOnlyIfItsMeanWithoutTurnoverEndsByClosingTime) {
    const Model on_time = queue({day(0, 11h)});
    EXPECT_EQ(starts(on_time), (Lines{"0d 11:00 p0 starts"}));
    const Model too_late = queue({day(0, 11h + 1ms)});
    EXPECT_EQ(starts(too_late), (Lines{"1d 08:00 p0 starts, wanted 0d 11:00:00.001"}));
}

TEST(Closing, FinishLetsItStartUntilClosingTimeAndTheChairIsHeldBeyond) {
    Model model = queue({day(0, 11h + 59min), day(1, 12h)});
    model.clinic.closing = Closing::finish;
    EXPECT_EQ(starts(model), (Lines{"0d 11:59 p0 starts", "2d 08:00 p1 starts, wanted 1d 12:00"}));
    EXPECT_EQ(told(model, with_pathway(model, Policy{}), chairs),
              (Lines{"0d 13:29 chair held since 0d 11:59", "2d 09:30 chair held since 2d 08:00"}));
}

TEST(Closing, WhatIsInTheChairAtClosingTimeIsFinishedUnderRefuseToo) {
    // 1 or 3 hours, 2 on average: one that starts at ten ends at eleven or at one
    Model model = queue({}, Days{20});
    model.patients.arrivals = RegularArrivals{.every = Days{1}, .first = 10h};
    model.clinic.visits[0].first = {.infusion = Discrete{{kDay / 24, kDay / 8}, {0.5, 0.5}}};
    const Lines held = told(model, with_pathway(model, Policy{}), chairs);
    ASSERT_EQ(held.size(), 20);
    int late = 0;
    for (const std::string& line : held) {
        EXPECT_NE(line.find(line.find("11:00 chair") == std::string::npos ? "13:00 chair"
                                                                          : "11:00 chair"),
                  std::string::npos)
            << line;
        late += line.find("13:00 chair") != std::string::npos;
    }
    EXPECT_GT(late, 0);
    EXPECT_LT(late, 20);
}

TEST(Closing, ABreakAtNoonIsAClosing) {
    Model model = queue({day(0, 11h + 30min), day(0, 12h + 30min)});
    model.clinic.open = daily({{8, 12}, {13, 17}});
    EXPECT_EQ(starts(model), (Lines{"0d 13:00 p0 starts, wanted 0d 11:30",
                                    "0d 14:30 p1 starts, wanted 0d 12:30"}));
}

TEST(Closing, HolidaysClosuresAndWeekdaysAreClosed) {
    Model model = queue({day(0, 18h), day(8, 18h)}, Days{14});
    // the run begins on Thursday, 1 January 2026
    model.clinic.open.holidays = {YearlyDay{std::chrono::month{1}, std::chrono::day{2}}};
    model.clinic.open.closed = {
        {Date{std::chrono::year{2026} / 1 / 3}, Date{std::chrono::year{2026} / 1 / 5}}};
    model.clinic.open.week[0].clear();  // Sundays
    model.clinic.open.week[6].clear();  // Saturdays: 10 January
    EXPECT_EQ(starts(model), (Lines{"5d 08:00 p0 starts, wanted 0d 18:00",
                                    "11d 08:00 p1 starts, wanted 8d 18:00"}));
}

TEST(Closing, WhoStillWaitsKeepsThePlaceForTheNextOpening) {
    const Model model = queue({day(0, 10h), day(0, 11h), day(0, 18h), day(1, 7h)});
    EXPECT_EQ(starts(model), (Lines{"0d 10:00 p0 starts", "1d 08:00 p1 starts, wanted 0d 11:00",
                                    "1d 09:30 p2 starts, wanted 0d 18:00",
                                    "1d 11:00 p3 starts, wanted 1d 07:00"}));
}

TEST(Closing, AShorterVisitThatStillFitsStartsBeforeALongerOneAheadThatDoesNot) {
    // p0 comes on day 27, too late for 3 hours; day 28, a Thursday, is open for 2 only
    Model model = queue({day(27, 10h)}, Days{30});
    model.clinic.visits[0].first.infusion = always(3h);
    model.clinic.open.week[4] = {{10h, 12h}};
    model.patients.in_care_at_start.patients = 1;
    const Policy policy = every(Days{28}, ScheduleClock::reset);
    EXPECT_EQ(starts(model, policy), (Lines{"28d 10:00 s0 booster starts, wanted 28d",
                                            "29d 08:00 p0 starts, wanted 27d 10:00"}));
}

TEST(WaitingRoom, WithoutPlacesWhoFindsTheChairTakenIsTurnedAway) {
    Model model = queue({day(0, 9h), day(0, 10h), day(0, 10h + 30min)});
    model.clinic.waiting_room = 0;
    EXPECT_EQ(starts(model),
              (Lines{"0d 09:00 p0 starts", "0d 10:00 p1 turned away", "0d 10:30 p2 starts"}));
}

TEST(WaitingRoom, AtTheOpeningAsManyStayAsThereAreChairsAndPlaces) {
    Model model = queue({day(0, 13h), day(0, 14h), day(0, 15h), day(0, 16h)});
    model.clinic.chairs = 2;
    model.clinic.waiting_room = 1;
    EXPECT_EQ(
        starts(model),
        (Lines{"1d 08:00 p3 turned away, wanted 0d 16:00", "1d 08:00 p0 starts, wanted 0d 13:00",
               "1d 08:00 p1 starts, wanted 0d 14:00", "1d 09:30 p2 starts, wanted 0d 15:00"}));
}

TEST(WaitingRoom, FreeChairsAreNoPlacesForWhoComesTooLateToStart) {
    Model model = queue({day(0, 11h + 10min), day(0, 11h + 20min)});
    model.clinic.chairs = 2;
    model.clinic.waiting_room = 1;
    EXPECT_EQ(starts(model),
              (Lines{"0d 11:20 p1 turned away", "1d 08:00 p0 starts, wanted 0d 11:10"}));
}

TEST(WaitingRoom, IsEnteredWhenThePatientComesNotWhenTheVisitIsWanted) {
    struct Came : Sink {
        std::vector<Duration> waits;  // in the room
        void on(const VisitStarted& fact) override { waits.push_back(fact.at - fact.came); }
    } came;
    // due at 09:00, and at 09:30 in the one chair's first visit; at 02:00 while it is closed
    const Model model = queue({day(0, 9h), day(0, 9h + 30min), day(1, 2h)});
    simulate(model, with_pathway(model, {}), 0, came);
    EXPECT_EQ(came.waits, (std::vector<Duration>{0min, 1h, 0min}));
}

TEST(Patience, CountsFromComingAndTheNextInLineMovesUp) {
    Model model = queue({day(0, 3h), day(0, 4h), day(0, 5h)});
    model.clinic.visits[0].first.infusion = always(90min);  // two hours with the turnover
    model.clinic.patience = always(2h);
    // all come at eight; p1 gives up at ten, the instant the chair is free again: too late by no
    // tick, so p1 leaves first and nobody is left
    EXPECT_EQ(starts(model), (Lines{"0d 08:00 p0 starts, wanted 0d 03:00",
                                    "0d 10:00 p1 turned away, wanted 0d 04:00",
                                    "0d 10:00 p2 turned away, wanted 0d 05:00"}));
    model.clinic.patience = always(2h + 1ms);
    EXPECT_EQ(starts(model),
              (Lines{"0d 08:00 p0 starts, wanted 0d 03:00", "0d 10:00 p1 starts, wanted 0d 04:00",
                     "0d 10:00:00.001 p2 turned away, wanted 0d 05:00"}));
}

TEST(TurnedAway, EachKindOfRequestHasItsSequel) {
    // the chair is taken from day 19 to day 30, and nobody waits
    Model model = queue({day(19)}, Days{45});
    model.clinic.open = OpeningRule{};
    model.clinic.waiting_room = 0;
    model.clinic.visits[0].first.infusion = always(Days{11});
    model.clinic.visits[0].first.turnover = Constant{0};
    model.patients.in_care_at_start.patients = 1;
    EXPECT_EQ(starts(model, every(Days{20}, ScheduleClock::reset)),
              (Lines{"19d p0 starts", "20d s0 booster turned away", "40d s0 booster starts"}));
    std::get<RenewalCourse>(model.patients.courses[0].law).relapse = always(Days{20});
    EXPECT_EQ(starts(model, as_needed()),
              (Lines{"19d p0 starts", "20d s0 rescue turned away", "27d s0 rescue turned away",
                     "34d s0 rescue starts"}));
    // a planned booster that falls due while the rescue waits in vain is dropped with it
    model.clinic.waiting_room.reset();
    model.clinic.patience = always(Days{2});
    EXPECT_EQ(starts(model, every(Days{21}, ScheduleClock::reset, Asking{})),
              (Lines{"19d p0 starts", "22d s0 rescue turned away, wanted 20d",
                     "30d s0 rescue starts, wanted 29d"}));
}

// --- D/D/c, to the tick (reference cases X01 and X02) --------------------------------------------

TEST(ConstantService, SixAtOnceInTwoChairsWaitOneHourOnAverage) {
    Model model = queue(std::vector<Instant>(6, day(0)), Days{1});
    model.clinic.open = OpeningRule{};
    model.clinic.chairs = 2;
    model.clinic.visits[0].first.turnover = Constant{0};
    EXPECT_EQ(starts(model),
              (Lines{"0d p0 starts", "0d p1 starts", "0d 01:00 p2 starts, wanted 0d",
                     "0d 01:00 p3 starts, wanted 0d", "0d 02:00 p4 starts, wanted 0d",
                     "0d 02:00 p5 starts, wanted 0d"}));
}

TEST(ConstantService, OneAnHourForThreeHoursInTwoChairs) {
    Model model = queue({}, Days{1});
    model.patients.arrivals = RegularArrivals{.every = 1h, .first = 0h, .count = 10};
    model.clinic.open = OpeningRule{};
    model.clinic.chairs = 2;
    model.clinic.visits[0].first = {.infusion = always(3h)};
    const Count count = run(model, with_pathway(model, Policy{}));
    EXPECT_EQ(count.wait_hours, 2 * 10);
    EXPECT_EQ(count.waited, 8);
    EXPECT_EQ(count.held, 30. / 24);
    EXPECT_EQ(starts(model).back(), "0d 13:00 p9 starts, wanted 0d 09:00");
}

}  // namespace
}  // namespace clinicsim::test
