// Visits phase by phase, with staff: stories that can be worked out by hand, to the tick.
#include <gtest/gtest.h>

#include "staff_models.hpp"

namespace clinicsim::test {
namespace {

Lines story(const Model& model, unsigned of) {
    Lines lines = told(model, with_pathway(model, Policy{}), of, true);
    for (std::string& line : lines)
        for (const std::string_view cut : {", first visit", "induction "})
            if (const auto at = line.find(cut); at != std::string::npos) line.erase(at, cut.size());
    return lines;
}

TEST(Staff, TwoNursesPrepareTwoAndLookAfterFour) {
    // 1 nurse prepares one patient; in infusion and recovery she has two
    Model model = phases({day(0, 8h), day(0, 8h), day(0, 8h), day(0, 8h + 5min)}, 3);
    model.clinic.staff = {group_of("nurse", {always_there(2)})};
    needs(model, {{{{0, whole}}, {{0, whole / 2}}, {{0, whole / 2}}, {}}});
    EXPECT_EQ(story(model, visits), (Lines{"0d 08:00 p0 starts", "0d 08:00 p1 starts",
                                           "0d 08:10 p2 starts, wanted 0d 08:00",
                                           "0d 09:20 p3 starts, wanted 0d 08:05"}));
    EXPECT_EQ(
        story(model, staff),
        (Lines{"0d group 0: 2 on duty, 0 used", "0d 08:00 group 0: 2 on duty, 1 used",
               "0d 08:00 group 0: 2 on duty, 2 used", "0d 08:10 group 0: 2 on duty, 1.5 used",
               "0d 08:10 group 0: 2 on duty, 1 used", "0d 08:10 group 0: 2 on duty, 2 used",
               "0d 08:20 group 0: 2 on duty, 1.5 used",
               // recovery takes over the shares of the infusion
               "0d 08:50 group 0: 2 on duty, 1.5 used", "0d 08:50 group 0: 2 on duty, 1.5 used",
               "0d 09:00 group 0: 2 on duty, 1.5 used", "0d 09:10 group 0: 2 on duty, 1 used",
               "0d 09:10 group 0: 2 on duty, 0.5 used", "0d 09:20 group 0: 2 on duty, 0 used",
               // the chair of p0 is ready
               "0d 09:20 group 0: 2 on duty, 1 used", "0d 09:30 group 0: 2 on duty, 0.5 used",
               "0d 10:10 group 0: 2 on duty, 0.5 used", "0d 10:30 group 0: 2 on duty, 0 used"}));
    EXPECT_EQ(
        story(model, chairs),
        (Lines{"0d 09:20 p0 chair held since 0d 08:00", "0d 09:20 p1 chair held since 0d 08:00",
               "0d 09:30 p2 chair held since 0d 08:10", "0d 10:40 p3 chair held since 0d 09:20"}));
}

TEST(Staff, WhoCannotGoOnWaitsInTheChairAndGoesBeforeWhoHasNotBegun) {
    // one nurse, who prepares and watches recoveries one by one; the infusion runs alone
    Model model = phases({day(0, 8h), day(0, 8h), day(0, 8h + 55min)}, 3);
    model.clinic.staff = {group_of("nurse", {always_there(1)})};
    needs(model, {{{{0, whole}}, {}, {{0, whole}}, {}}});
    EXPECT_EQ(
        story(model, visits | held_up | infusions),
        (Lines{"0d 08:00 p0 starts", "0d 08:10 p1 starts, wanted 0d 08:00", "0d 09:10 p0 fails",
               "0d 09:10 p1 held up since 0d 09:00 before recovery for group 0",
               "0d 09:30 p1 fails",
               // p2 came at 08:55, when the nurse had p0, and p1 was next at 09:10
               "0d 09:30 p2 starts, wanted 0d 08:55", "0d 10:40 p2 fails"}));
}

TEST(Staff, AChairWaitsToBeMadeReady) {
    Model model = phases({day(0, 8h), day(0, 8h + 5min)}, 2);
    model.clinic.staff = {group_of("nurse", {always_there(1)}),
                          group_of("cleaner", {daily_shift(1, 9h + 30min, 24h)})};
    needs(model, {{{{0, whole}}, {}, {}, {{1, whole}}}});
    EXPECT_EQ(story(model, held_up | chairs),
              (Lines{"0d 09:30 p0 held up since 0d 09:10 before turnover for group 1",
                     "0d 09:40 p0 chair held since 0d 08:00",
                     "0d 09:40 p1 held up since 0d 09:20 before turnover for group 1",
                     "0d 09:50 p1 chair held since 0d 08:10"}));
}

TEST(Staff, StayAfterTheirShiftAsLongAsAVisitNeedsThem) {
    Model model = phases({day(0, 8h + 30min), day(0, 8h + 50min)}, 2);
    model.clinic.staff = {group_of("nurse", {daily_shift(1, 8h, 9h)})};
    needs(model, {{{{0, whole}}, {{0, whole / 2}}, {{0, whole / 3}}, {}}});
    EXPECT_EQ(story(model, visits | staff),
              (Lines{"0d 08:00 group 0: 1 on duty, 0 used", "0d 08:30 p0 starts",
                     "0d 08:30 group 0: 1 on duty, 1 used", "0d 08:40 group 0: 1 on duty, 0.5 used",
                     "0d 09:00 group 0: 0 on duty, 0.5 used, 1 there",
                     "0d 09:20 group 0: 0 on duty, 0.333333 used, 1 there",
                     "0d 09:40 group 0: 0 on duty, 0 used",
                     // half a nurse was not enough for the second one, who comes back
                     "1d 08:00 group 0: 1 on duty, 0 used", "1d 08:00 p1 starts, wanted 0d 08:50",
                     "1d 08:00 group 0: 1 on duty, 1 used", "1d 08:10 group 0: 1 on duty, 0.5 used",
                     "1d 08:50 group 0: 1 on duty, 0.333333 used",
                     "1d 09:00 group 0: 0 on duty, 0.333333 used, 1 there",
                     "1d 09:10 group 0: 0 on duty, 0 used", "2d 08:00 group 0: 1 on duty, 0 used",
                     "2d 09:00 group 0: 0 on duty, 0 used"}));
}

TEST(Staff, OneStaysForAPhaseThatIsStillToCome) {
    // nobody is used while the infusion runs over the end of the shift
    Model model = phases({day(0, 8h + 30min)}, 1, Days{1});
    model.clinic.staff = {group_of("nurse", {daily_shift(2, 8h, 9h)})};
    needs(model, {{{{0, whole}}, {}, {{0, whole}}, {}}});
    EXPECT_EQ(story(model, staff),
              (Lines{"0d 08:00 group 0: 2 on duty, 0 used", "0d 08:30 group 0: 2 on duty, 1 used",
                     "0d 08:40 group 0: 2 on duty, 0 used",
                     "0d 09:00 group 0: 0 on duty, 0 used, 1 there",
                     "0d 09:20 group 0: 0 on duty, 1 used, 1 there",
                     "0d 09:40 group 0: 0 on duty, 0 used"}));
}

TEST(Staff, NobodyNewIsTakenOnByThoseWhoStayOrAreOnABreak) {
    Model model = phases({day(0, 9h + 30min), day(0, 10h + 5min), day(0, 12h + 30min)}, 3);
    Shift shift = daily_shift(1, 8h, 12h);
    shift.pause = DayHours{10h, 10h + 30min};
    model.clinic.staff = {group_of("nurse", {shift})};
    needs(model, {{{{0, whole / 4}}, {{0, whole / 4}}, {{0, whole / 4}}, {}}});
    EXPECT_EQ(story(model, visits),
              (Lines{"0d 09:30 p0 starts", "0d 10:30 p1 starts, wanted 0d 10:05",
                     "1d 08:00 p2 starts, wanted 0d 12:30"}));
}

TEST(Staff, AVisitDoesNotBeginWhereALaterPhaseWillHaveNobody) {
    Model model = phases({day(0, 7h + 45min), day(0, 7h + 55min), day(0, 12h)}, 3);
    model.clinic.staff = {group_of("nurse", {daily_shift(1, 8h, 12h)}),
                          group_of("helper", {always_there(1)})};
    needs(model, {{{{1, whole}}, {{0, whole / 4}}, {}, {}}});
    // at 07:45 the infusion would begin at 07:55, before the nurse is there; at 07:55 it is after
    EXPECT_EQ(story(model, visits | held_up),
              (Lines{"0d 07:55 p0 starts, wanted 0d 07:45", "0d 08:05 p1 starts, wanted 0d 07:55",
                     "1d 08:00 p2 starts, wanted 0d 12:00"}));
}

TEST(Staff, APrescriberWhoIsPresentIsNotUsedUp) {
    Model model = phases({day(0, 7h), day(0, 8h), day(0, 8h)}, 3);
    model.clinic.staff = {group_of("prescriber", {daily_shift(1, 8h, 9h)})};
    needs(model, {{{{0, 0}}, {}, {{0, 0}}, {}}});
    EXPECT_EQ(
        story(model, visits | held_up | infusions),
        (Lines{"0d 08:00 p0 starts, wanted 0d 07:00", "0d 08:00 p1 starts", "0d 08:00 p2 starts",
               "0d 09:10 p0 fails", "0d 09:10 p1 fails", "0d 09:10 p2 fails"}));
}

/// Every infusion raises the blood pressure, which takes so long.
Model with_holds(Model model, Duration holds) {
    model.patients.side_effects = {{.name = "blood_pressure", .chance = 1, .holds = always(holds)}};
    return model;
}

TEST(Staff, APrescriberOnCallComesForASideEffectAndTheNextOneKeepsTheNurseWhileWaiting) {
    Model model =
        with_holds(phases({day(0, 8h), day(0, 8h), day(0, 8h + 5min)}, 3, Days{1}), 20min);
    model.clinic.staff = {group_of("nurse", {always_there(1)}),
                          group_of("prescriber", {always_there(1)})};
    needs(model, {{{}, {{0, whole / 2}, {1, 0, true}}, {}, {}}});
    // p0 has the prescriber from 08:50 to 09:10, p1 after that; p2 gets the half nurse of p0
    EXPECT_EQ(
        story(model, held_up | chairs),
        (Lines{"0d 09:10 p1 held up since 0d 08:50 before infusion for group 1",
               "0d 09:10 p2 held up since 0d 08:15 before infusion for group 0",
               "0d 09:40 p0 chair held since 0d 08:00", "0d 10:00 p1 chair held since 0d 08:00",
               "0d 10:40 p2 chair held since 0d 08:05"}));
    Lines nurse;
    for (const std::string& line : story(model, staff))
        if (line.find("group 0") != std::string::npos) nurse.push_back(line);
    // both halves of the nurse stay with p0 and p1
    EXPECT_EQ(nurse[3], "0d 09:10 group 0: 1 on duty, 0.5 used");
}

TEST(Staff, WhoIsOnCallAndNeverCalledIsAsIfPresent) {
    Model model = phases({day(0, 7h), day(0, 8h), day(0, 8h)}, 3);
    model.clinic.staff = {group_of("prescriber", {daily_shift(1, 8h, 9h)})};
    needs(model, {{{}, {{0, 0}}, {}, {}}});
    const Lines present = story(model, visits | held_up | infusions | staff | chairs);
    needs(model, {{{}, {{0, 0, true}}, {}, {}}});
    EXPECT_EQ(story(model, visits | held_up | infusions | staff | chairs), present);
}

TEST(Staff, WithEnoughOnCallAHoldLastsAsLongAsWithoutAny) {
    Model model = with_holds(phases({day(0, 8h), day(0, 8h), day(0, 8h + 5min)}, 3), 20min);
    model.clinic.staff = {group_of("prescriber", {always_there(3)})};
    needs(model, {{{}, {{0, 0}}, {}, {}}});
    const Lines present = story(model, visits | held_up | infusions | chairs);
    needs(model, {{{}, {{0, 0, true}}, {}, {}}});
    EXPECT_EQ(story(model, visits | held_up | infusions | chairs), present);
    model.clinic.staff = {group_of("prescriber", {always_there(2)})};
    EXPECT_NE(story(model, visits | held_up | infusions | chairs), present);
}

TEST(Staff, WhoWasCalledStaysBeyondTheShiftUntilTheHoldIsOver) {
    // both are called at 08:50, their shift ends at 09:00, the holds at 09:10
    Model model = with_holds(phases({day(0, 8h), day(0, 8h)}, 2, Days{1}), 20min);
    model.clinic.staff = {group_of("prescriber", {daily_shift(2, 8h, 9h)})};
    needs(model, {{{}, {{0, 0, true}}, {}, {}}});
    EXPECT_EQ(story(model, staff),
              (Lines{"0d 08:00 group 0: 2 on duty, 0 used", "0d 08:10 group 0: 2 on duty, 0 used",
                     "0d 08:10 group 0: 2 on duty, 0 used", "0d 08:50 group 0: 2 on duty, 1 used",
                     "0d 08:50 group 0: 2 on duty, 2 used",
                     "0d 09:00 group 0: 0 on duty, 2 used, 2 there",
                     "0d 09:10 group 0: 0 on duty, 1 used, 1 there",
                     "0d 09:10 group 0: 0 on duty, 0 used"}));
}

TEST(Staff, WhoWaitsForSomebodyOnCallAtTheEndOfTheRunIsTold) {
    Model model = with_holds(phases({day(0, 23h), day(0, 23h)}, 2, Days{1}), 20min);
    model.clinic.staff = {group_of("nurse", {always_there(1)}),
                          group_of("prescriber", {always_there(1)})};
    needs(model, {{{}, {{0, whole / 2}, {1, 0, true}}, {}, {}}});
    model.end = day(0, 23h + 55min);
    EXPECT_EQ(story(model, held_up),
              (Lines{"0d 23:55 p1 held up since 0d 23:50 before infusion for group 1"}));
}

TEST(Staff, EquipmentIsAlwaysThereAndLimitsInfusionsBesideNurses) {
    Model model = phases({day(0, 3h), day(0, 3h), day(0, 3h)}, 3);
    StaffGroup monitor;
    monitor.name = "monitor";
    monitor.devices = 2;
    model.clinic.staff = {monitor};
    needs(model, {{{}, {{0, whole}}, {}, {}}});
    EXPECT_EQ(story(model, held_up),
              (Lines{"0d 03:50 p2 held up since 0d 03:10 before infusion for group 0"}));
}

TEST(Staff, WhoNeedsLessDoesNotOvertakeWhoIsFirstInLineForThem) {
    // on day 1 one first visit has three quarters of the nurse, another waits for as much; the
    // quarter that is left would do for p0, who comes for her second visit and waits behind
    Model model = phases({day(0, 8h), day(1, 8h + 30min), day(1, 8h + 40min)}, 9, Days{2});
    model.patients.inductions[0].visits = 2;
    model.clinic.staff = {group_of("nurse", {always_there(1)})};
    needs(model, {{{{0, whole / 4}}, {{0, whole / 4}}, {{0, whole / 4}}, {}}});
    for (auto& of_phase : model.clinic.visits[0].first.needs)
        for (Need& need : of_phase) need.parts = 3 * whole / 4;
    EXPECT_EQ(
        story(model, visits),
        (Lines{"0d 08:00 p0 starts", "1d 08:30 p1 starts", "1d 09:40 p2 starts, wanted 1d 08:40",
               "1d 09:40 p0 starts, wanted 1d 09:10, no wait counted"}));
}

TEST(Staff, APhaseThatTakesNoTimeNeedsNobody) {
    Model model = phases({day(0, 8h)}, 1);
    model.clinic.staff = {group_of("nurse", {daily_shift(1, 20h, 21h)})};
    model.clinic.visits[0].first.preparation = always(0min);
    needs(model, {{{{0, whole}}, {}, {}, {}}});
    EXPECT_EQ(story(model, visits), (Lines{"0d 08:00 p0 starts"}));
}

TEST(Staff, AVisitUnderWayAtTheEndOfTheRunIsToldWithItsHoldUp) {
    Model model = phases({day(0, 23h), day(0, 23h)}, 2, Days{1});
    model.clinic.staff = {group_of("monitor", {always_there(1)})};
    needs(model, {{{}, {{0, whole}}, {}, {}}});
    EXPECT_EQ(story(model, held_up | chairs),
              (Lines{"0d 23:50 p1 held up since 0d 23:10 before infusion for group 0",
                     "1d p0 chair held since 0d 23:00", "1d p1 chair held since 0d 23:00"}));
    model.end = day(0, 23h + 30min);
    EXPECT_EQ(story(model, held_up),
              (Lines{"0d 23:30 p1 held up since 0d 23:10 before infusion for group 0"}));
}

TEST(Staff, WhoWasBookedAndFoundNobodyIsBookedAnewWhenTheDoorsOpen) {
    Model model = phases({day(0, 7h)}, 1);
    model.clinic.access = Access::booked;
    model.clinic.closing = Closing::finish;
    model.clinic.open = daily({{8, 16}});
    model.clinic.staff = {group_of("nurse", {daily_shift(1, 8h, 16h)})};
    model.clinic.staff[0].sick = 1;
    needs(model, {{{{0, whole}}, {{0, whole}}, {{0, whole}}, {}}});
    EXPECT_EQ(story(model, visits | bookings),
              (Lines{"0d 07:00 p0 booked for 0d 08:00, wanted 0d 07:00",
                     "1d 08:00 p0 booked for 1d 08:00, wanted 0d 07:00",
                     "2d 08:00 p0 booked for 2d 08:00, wanted 0d 07:00"}));
    model.clinic.staff[0].sick = 0;
    EXPECT_EQ(story(model, visits | bookings),
              (Lines{"0d 07:00 p0 booked for 0d 08:00, wanted 0d 07:00",
                     "0d 08:00 p0 starts, wanted 0d 07:00"}));
}

TEST(Staff, TheWaitingRoomKeepsNoPlaceForWhoIsHandedChairAndStaffAtOnce) {
    // two chairs, one nurse, one place: of three at once the first starts, the second sits down
    Model model = phases({day(0, 8h), day(0, 8h), day(0, 8h)}, 2);
    model.clinic.staff = {group_of("nurse", {always_there(1)})};
    needs(model, {{{{0, whole}}, {}, {}, {}}});
    model.clinic.waiting_room = 1;
    EXPECT_EQ(story(model, visits | requests),
              (Lines{"0d 08:00 p2 turned away", "0d 08:00 p0 starts",
                     "0d 08:10 p1 starts, wanted 0d 08:00"}));
}

TEST(StaffStory, WhoIsBookedAndFindsNobodyAllDayGoesHomeAndIsBookedAnew) {
    Model model = phases({day(0, 20h)}, 1, Days{4});
    model.clinic.access = Access::booked;
    model.clinic.open = daily({{8, 17}});
    model.clinic.staff = {group_of("nurse", {always_there(1)})};
    model.clinic.staff[0].sick = 1;
    needs(model, {{{{0, whole}}, {}, {}, {}}});
    EXPECT_EQ(told(model, with_pathway(model, Policy{}), lists | bookings),
              (Lines{"0d 20:00 induction booked for 1d 08:00, wanted 0d 20:00",
                     "2d 08:00 induction was sent home, came 1d 08:00, staff sick",
                     "2d 08:00 induction booked for 2d 08:00, wanted 0d 20:00",
                     "3d 08:00 induction was sent home, came 2d 08:00, staff sick",
                     "3d 08:00 induction booked for 3d 08:00, wanted 0d 20:00"}));
}

}  // namespace
}  // namespace clinicsim::test
