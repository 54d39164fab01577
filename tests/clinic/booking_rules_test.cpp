// clinic.booking and clinic.attendance as stories: who is booked for when, and what becomes of it.
#include <gtest/gtest.h>

#include "told.hpp"

namespace clinicsim::test {
namespace {

constexpr auto kReset = ScheduleClock::reset;

/// One chair from 8 to `to`; a visit takes 90 minutes of it with its turnover.
Model booked(Model model, int to = 10) {
    model.clinic.access = Access::booked;
    model.clinic.chairs = 1;
    model.clinic.open = daily({{8, to}});
    model.clinic.booking.emplace();
    return model;
}

/// Everybody comes, until something is changed.
AttendancePlan& attendance(Model& model) {
    model.clinic.attendance.emplace();
    return *model.clinic.attendance;
}

Lines told(const Model& model, const Policy& policy, unsigned of, bool who = true) {
    return test::told(model, with_pathway(model, policy), of, who);
}

// --- series --------------------------------------------------------------------------------------

TEST(Series, IsBookedWholeWithItsSpacing) {
    // one place a day; 2 or 3 days apart
    Model model = booked(referred_at({day(0), day(0), day(0)}, 3, never_relapses(), Days{1}));
    model.patients.inductions[0].gap = Uniform{2 * kDay, 3 * kDay};
    EXPECT_EQ(told(model, Policy{}, bookings),
              (Lines{"0d p0 induction booked for 0d 08:00, wanted 0d",
                     "0d p0 induction booked for 2d 08:00, wanted 2d 08:00",
                     "0d p0 induction booked for 4d 08:00, wanted 4d 08:00",
                     "0d p1 induction booked for 1d 08:00, wanted 0d",
                     "0d p1 induction booked for 3d 08:00, wanted 3d 08:00",
                     "0d p1 induction booked for 5d 08:00, wanted 5d 08:00",
                     "0d p2 induction booked for 6d 08:00, wanted 0d",
                     "0d p2 induction booked for 8d 08:00, wanted 8d 08:00",
                     "0d p2 induction booked for 10d 08:00, wanted 10d 08:00"}));
}

TEST(Series, MovesAsAWholeWhereOneOfItsDaysIsTaken) {
    // two days apart exactly: days 0 to 3 are taken by two series, so the third moves to day 4
    Model model = booked(referred_at({day(0), day(0), day(0, 9h)}, 2, never_relapses(), Days{1}));
    model.patients.inductions[0].gap = always(Days{2});
    EXPECT_EQ(told(model, Policy{}, bookings),
              (Lines{"0d p0 induction booked for 0d 08:00, wanted 0d",
                     "0d p0 induction booked for 2d 08:00, wanted 2d 08:00",
                     "0d p1 induction booked for 1d 08:00, wanted 0d",
                     "0d p1 induction booked for 3d 08:00, wanted 3d 08:00",
                     "0d 09:00 p2 induction booked for 4d 08:00, wanted 0d 09:00",
                     "0d 09:00 p2 induction booked for 6d 08:00, wanted 6d 08:00"}));
}

TEST(Series, WithoutAPlaceUpToTheHorizonWaitsUntilThereIsOne) {
    Model model = booked(referred_at({day(0), day(0), day(0)}, 2, never_relapses(), Days{3}));
    model.clinic.booking->horizon = Days{3};
    EXPECT_EQ(
        told(model, Policy{}, bookings | lists | requests),
        (Lines{"0d p0 induction booked for 0d 08:00, wanted 0d",
               "0d p0 induction booked for 1d 08:00, wanted 1d 08:00",
               "0d p1 induction booked for 2d 08:00, wanted 0d",
               "0d p1 induction booked for 3d 08:00, wanted 3d 08:00",
               "0d p2 induction finds no place", "2d p2 induction booked for 4d 08:00, wanted 0d",
               "2d p2 induction booked for 5d 08:00, wanted 5d 08:00",
               "3d p2 induction still waits, wanted 0d"}));
}

TEST(Series, KeepsItsSpacingAfterAMissedVisitIfTheBookAllowsIt) {
    // who misses day 1 comes on day 2 where the gap may be 1 or 2 days; else the series is broken
    Model model = booked(referred_at({day(0)}, 2, never_relapses(), Days{2}));
    model.patients.inductions[0].gap = Uniform{kDay, 2 * kDay};
    AttendancePlan& comes = attendance(model);
    comes.no_show.of_kind[static_cast<std::size_t>(VisitKind::induction)] = 1;
    comes.no_show.first_visit = 0;
    EXPECT_EQ(
        told(model, Policy{}, bookings | lists | requests, false),
        (Lines{"0d induction booked for 0d 08:00, wanted 0d",
               "0d induction booked for 1d 08:00, wanted 1d 08:00", "1d 08:00 induction not shown",
               "1d 08:00 induction booked for 2d 08:00, wanted 1d 08:00",
               "2d induction still waits, wanted 1d 08:00"}));
    model.patients.inductions[0].gap = always(Days{1});
    const Lines lines = told(model, Policy{}, lists, false);
    EXPECT_EQ(lines, (Lines{"1d 08:00 series broken"}));
}

TEST(Pair, IsBookedWholeADayApart) {
    Model model = booked(one_in_care(relapses_after(Days{20}), Days{25}));
    Policy policy = as_needed();
    policy.infusions = 2;
    policy.apart = always(Days{1});
    EXPECT_EQ(told(model, policy, bookings | infusions | lists, false),
              (Lines{"20d rescue booked for 20d 08:00, wanted 20d",
                     "20d rescue booked for 21d 08:00, wanted 20d", "20d 09:00 rescue works",
                     "21d 09:00 rescue works"}));
}

// --- held time -----------------------------------------------------------------------------------

TEST(HeldTime, IsForRescuesUntilItIsReleased) {
    // 8 to 11 has two places of 90 minutes; the second is held until 4 hours before
    std::vector<Instant> at(3, day(0));
    at.push_back(day(2, 6h));
    Model model = booked(referred_at(at, 1, never_relapses(), Days{3}), 11);
    model.clinic.booking->held = 0.5;
    model.clinic.booking->released = 4h;
    EXPECT_EQ(told(model, Policy{}, bookings),
              (Lines{"0d p0 induction booked for 0d 08:00, wanted 0d",
                     "0d p1 induction booked for 1d 08:00, wanted 0d",
                     "0d p2 induction booked for 2d 08:00, wanted 0d",
                     "2d 06:00 p3 induction booked for 3d 08:00, wanted 2d 06:00"}))
        << "at 6 o'clock the last half hour before 11 is still held";
    model.clinic.booking->released = 5h;
    EXPECT_EQ(told(model, Policy{}, bookings).back(),
              "2d 06:00 p3 induction booked for 2d 09:30, wanted 2d 06:00");
    Model rescue = booked(one_in_care(relapses_after(Days{20}), Days{21}), 11);
    rescue.clinic.booking->held = 1;
    EXPECT_EQ(told(rescue, every(Days{28}, kReset, Asking{}), bookings, false).back(),
              "20d rescue booked for 20d 08:00, wanted 20d");
}

// --- waiting list --------------------------------------------------------------------------------

/// Two in care with boosters due on day 28, and one place a day: s1 has to come a day later. Both
/// relapse on day 20, when the time of s0 is given back.
Model two_in_care() {
    Model model = booked(one_in_care(relapses_after(Days{20}), Days{30}));
    model.patients.in_care_at_start.patients = 2;
    model.clinic.booking->waiting_list = WaitingListPlan{1, 1, 24h, true};
    return model;
}

TEST(WaitingList, ATimeGivenBackIsOfferedToWhoHasToComeLater) {
    const Lines lines = told(two_in_care(), every(Days{28}, kReset, Asking{}), bookings | lists);
    EXPECT_EQ(Lines(lines.begin(), lines.begin() + 7),
              (Lines{"0d s0 booster booked for 28d 08:00, wanted 28d",
                     "0d s1 booster booked for 29d 08:00, wanted 28d",
                     "20d s0 booster of 28d 08:00 given back: rescue",
                     "20d s0 rescue booked for 20d 08:00, wanted 20d",
                     "20d s1 booster of 29d 08:00 given back: moved up",
                     "20d s1 booster booked for 28d 08:00, wanted 28d",
                     "20d s1 booster refills 28d 08:00"}));
}

TEST(WaitingList, NobodyIsCalledWhoWouldNotAcceptOrAtTooShortNotice) {
    const auto refilled = [](const WaitingListPlan& plan) {
        Model model = two_in_care();
        model.clinic.booking->waiting_list = plan;
        for (const auto& line : told(model, every(Days{28}, kReset, Asking{}), lists))
            if (line.find("refills") != line.npos) return true;
        return false;
    };
    EXPECT_TRUE(refilled({1, 1, Days{8}, true}));
    EXPECT_FALSE(refilled({1, 0, Days{8}, true}));
    EXPECT_FALSE(refilled({0, 1, Days{8}, true}));
    EXPECT_FALSE(refilled({1, 1, Days{9}, true}));
    EXPECT_FALSE(refilled({1, 1, Days{8}, false})) << "nor for a planned booster, if not asked";
}

/// Open on Thursdays (day 0 is one) from 8 to `to`. `stock` in care have boosters due on day 28 and
/// leave on day 23; new patients, referred on day 22, want day 28 and come on later Thursdays.
Model leaves_on_day_23(std::uint32_t stock, std::size_t referred, Days least, Days most, int to) {
    Model model = booked(
        referred_at(std::vector<Instant>(referred, day(22)), 2, never_relapses(), Days{29}), to);
    for (std::size_t weekday = 0; weekday < 7; ++weekday)
        if (weekday != 4) model.clinic.open.week[weekday].clear();
    model.patients.in_care_at_start.patients = stock;
    model.patients.drop_out.time = always(Days{23});
    model.patients.inductions[0].gap = Uniform{static_cast<double>(least.count()) * kDay,
                                               static_cast<double>(most.count()) * kDay};
    model.clinic.booking->waiting_list = WaitingListPlan{1, 1, 24h, true};
    return model;
}

/// What is told of this day.
Lines of_day(const std::string& day, const Lines& lines) {
    Lines result;
    for (const auto& line : lines)
        if (line.rfind(day + " ", 0) == 0) result.push_back(line);
    return result;
}

TEST(WaitingList, ASeriesMovesUpWholeIntoTimesOfItsOwnToo) {
    const Model model = leaves_on_day_23(1, 2, Days{7}, Days{7}, 10);
    const Lines lines = told(model, every(Days{28}, kReset), bookings | lists);
    EXPECT_EQ(of_day("22d", lines),
              (Lines{"22d p0 induction booked for 35d 08:00, wanted 22d",
                     "22d p0 induction booked for 42d 08:00, wanted 42d 08:00",
                     "22d p1 induction booked for 49d 08:00, wanted 22d",
                     "22d p1 induction booked for 56d 08:00, wanted 56d 08:00"}));
    // and what p0 gives back lets p1 move up
    EXPECT_EQ(of_day("23d", lines),
              (Lines{"23d s0 booster of 28d 08:00 given back: not needed",
                     "23d p0 induction of 35d 08:00 given back: moved up",
                     "23d p0 induction of 42d 08:00 given back: moved up",
                     "23d p0 induction booked for 28d 08:00, wanted 22d",
                     "23d p0 induction booked for 35d 08:00, wanted 35d 08:00",
                     "23d p0 induction refills 28d 08:00",
                     "23d p1 induction of 49d 08:00 given back: moved up",
                     "23d p1 induction of 56d 08:00 given back: moved up",
                     "23d p1 induction booked for 42d 08:00, wanted 22d",
                     "23d p1 induction booked for 49d 08:00, wanted 49d 08:00",
                     "23d p1 induction refills 42d 08:00"}));
}

TEST(WaitingList, WhoseSeriesWouldLoseItsSpacingIsNotCalled) {
    // 14 days apart exactly: p0 would need day 42, which p1 has; p1 keeps day 42 as its second
    const Model model = leaves_on_day_23(1, 2, Days{14}, Days{14}, 10);
    const Lines lines = told(model, every(Days{28}, kReset), bookings | lists);
    EXPECT_EQ(of_day("22d", lines),
              (Lines{"22d p0 induction booked for 35d 08:00, wanted 22d",
                     "22d p0 induction booked for 49d 08:00, wanted 49d 08:00",
                     "22d p1 induction booked for 42d 08:00, wanted 22d",
                     "22d p1 induction booked for 56d 08:00, wanted 56d 08:00"}));
    EXPECT_EQ(of_day("23d", lines),
              (Lines{"23d s0 booster of 28d 08:00 given back: not needed",
                     "23d p1 induction of 42d 08:00 given back: moved up",
                     "23d p1 induction of 56d 08:00 given back: moved up",
                     "23d p1 induction booked for 28d 08:00, wanted 22d",
                     "23d p1 induction booked for 42d 08:00, wanted 42d 08:00",
                     "23d p1 induction refills 28d 08:00"}));
}

TEST(WaitingList, AVisitOfASeriesWhoseDayStaysKeepsItsTime) {
    // p0 likes times from 9:30 on, but not if they come later; day 42 is closed
    Model model = leaves_on_day_23(2, 1, Days{14}, Days{21}, 11);
    model.clinic.open.closed = {{model.dates.date_of(day(42)), model.dates.date_of(day(42))}};
    model.clinic.booking->preferences = {{1, kAnyDay, {9h + 30min, 11h}, {}}};
    const Lines lines = told(model, every(Days{28}, kReset), bookings | lists);
    EXPECT_EQ(of_day("22d", lines),
              (Lines{"22d p0 induction booked for 35d 08:00, wanted 22d",
                     "22d p0 induction booked for 49d 08:00, wanted 49d 08:00"}));
    EXPECT_EQ(of_day("23d", lines), (Lines{"23d s0 booster of 28d 08:00 given back: not needed",
                                           "23d s1 booster of 28d 09:30 given back: not needed",
                                           "23d p0 induction of 35d 08:00 given back: moved up",
                                           "23d p0 induction booked for 28d 09:30, wanted 22d",
                                           "23d p0 induction refills 28d 09:30"}));
}

TEST(WaitingList, APairMovesUpWhole) {
    // two in care want days 28 and 29; one place a day, so s1 has days 30 and 31 until s0 relapses
    Model model = two_in_care();
    Policy policy = every(Days{28}, kReset, Asking{});
    policy.infusions = 2;
    policy.apart = always(Days{1});
    const Lines lines = told(model, policy, bookings | lists);
    EXPECT_EQ(of_day("0d", lines), (Lines{"0d s0 booster booked for 28d 08:00, wanted 28d",
                                          "0d s0 booster booked for 29d 08:00, wanted 28d",
                                          "0d s1 booster booked for 30d 08:00, wanted 28d",
                                          "0d s1 booster booked for 31d 08:00, wanted 28d"}));
    const Lines then = of_day("20d", lines);
    ASSERT_GE(then.size(), 9u);
    EXPECT_EQ(Lines(then.begin(), then.begin() + 9),
              (Lines{"20d s0 booster of 28d 08:00 given back: rescue",
                     "20d s0 booster of 29d 08:00 given back: rescue",
                     "20d s0 rescue booked for 20d 08:00, wanted 20d",
                     "20d s0 rescue booked for 21d 08:00, wanted 20d",
                     "20d s1 booster of 30d 08:00 given back: moved up",
                     "20d s1 booster of 31d 08:00 given back: moved up",
                     "20d s1 booster booked for 28d 08:00, wanted 28d",
                     "20d s1 booster booked for 29d 08:00, wanted 28d",
                     "20d s1 booster refills 28d 08:00"}));
}

// --- preferences ---------------------------------------------------------------------------------

TEST(Preference, ALikedTimeIsTakenIfItDoesNotComeTooLate) {
    // day 0 is a Thursday; the clinic of 8 to 16 is empty
    Model model = booked(referred_at({day(0)}, 1, never_relapses(), Days{1}), 16);
    Preference likes{1, 1 << 1 /* Monday */, {10h, 12h}, Days{4} + 2h};
    model.clinic.booking->preferences = {likes};
    EXPECT_EQ(told(model, Policy{}, bookings, false),
              (Lines{"0d induction booked for 4d 10:00, wanted 0d"}));
    model.clinic.booking->preferences[0].waits = Days{4};
    EXPECT_EQ(told(model, Policy{}, bookings, false),
              (Lines{"0d induction booked for 0d 08:00, wanted 0d"}));
}

// --- attendance ----------------------------------------------------------------------------------

TEST(Attendance, WhoDoesNotBookAgainIsLostDropsOutOrWaitsForTheNextBooster) {
    Model model = booked(referred_at({day(0)}, 2, never_relapses(), Days{3}));
    AttendancePlan& comes = attendance(model);
    comes.books_again = 0;
    comes.no_show.first_visit = 1;
    EXPECT_EQ(
        told(model, Policy{}, bookings | lists | care, false),
        (Lines{"0d referred", "0d induction booked for 0d 08:00, wanted 0d",
               "0d induction booked for 1d 08:00, wanted 1d 08:00", "0d 08:00 induction not shown",
               "0d 08:00 induction of 1d 08:00 given back: not needed",
               "0d 08:00 care ends: stayed away, never began"}));
    comes.no_show.first_visit = 0;
    comes.no_show.share = 1;
    EXPECT_EQ(told(model, Policy{}, care, false),
              (Lines{"0d referred", "0d 08:00 care begins", "1d 08:00 care ends: dropped out"}));
    Model stock = booked(one_in_care(never_relapses(), Days{29}));
    attendance(stock) = comes;
    EXPECT_EQ(told(stock, every(Days{28}, kReset), bookings, false),
              (Lines{"0d booster booked for 28d 08:00, wanted 28d", "28d 08:00 booster not shown"}))
        << "the next is due on day 56, and the run ends before";
}

TEST(Attendance, ALateCancelGivesTheTimeBackAndAnotherIsBooked) {
    Model model = booked(one_in_care(never_relapses(), Days{29}));
    AttendancePlan& comes = attendance(model);
    comes.late_cancel.share = 1;
    comes.cancel_notice = always(24h);
    const Lines lines = told(model, every(Days{28}, kReset), bookings | lists, false);
    EXPECT_EQ(Lines(lines.begin(), lines.begin() + 3),
              (Lines{"0d booster booked for 28d 08:00, wanted 28d",
                     "27d 08:00 booster of 28d 08:00 given back: cancelled",
                     "27d 08:00 booster booked for 29d 08:00, wanted 28d"}));
    // who is booked at shorter notice than that has no time to cancel
    comes.cancel_notice = always(Days{28} + 8h);
    EXPECT_EQ(told(model, every(Days{28}, kReset), bookings | lists, false).size(), 1u);
}

TEST(Attendance, WhoAsksForAnotherTimeGetsALaterOne) {
    Model model = booked(referred_at({day(0)}, 2, never_relapses(), Days{2}));
    model.patients.inductions[0].gap = always(Days{3});
    AttendancePlan& comes = attendance(model);
    comes.reschedule.of_kind[static_cast<std::size_t>(VisitKind::induction)] = 1;
    comes.reschedule.first_visit = 0;
    comes.reschedule_notice = always(2h + Days{1});
    EXPECT_EQ(told(model, Policy{}, bookings | lists, false),
              (Lines{"0d induction booked for 0d 08:00, wanted 0d",
                     "0d induction booked for 3d 08:00, wanted 3d 08:00"}));
    model.end = day(3);
    EXPECT_EQ(
        told(model, Policy{}, bookings | lists, false),
        (Lines{"0d induction booked for 0d 08:00, wanted 0d",
               "0d induction booked for 3d 08:00, wanted 3d 08:00",
               "2d 06:00 induction of 3d 08:00 given back: rescheduled", "2d 06:00 series broken",
               "2d 06:00 induction booked for 4d 08:00, wanted 3d 08:00"}));
}

TEST(Attendance, AChanceDependsOnKindLeadTimeAndEpisode) {
    VisitChance chance;
    chance.share = 0.1;
    chance.first_visit = 0.2;
    chance.of_kind[static_cast<std::size_t>(VisitKind::rescue)] = 0.04;
    chance.when_ill = 2;
    chance.leads = {{Days{7}, 1.5}, {Days{30}, 3}};
    const auto of = [&](VisitKind kind, bool first, bool ill, Days lead) {
        return chance.of(kind, first, ill, lead);
    };
    EXPECT_DOUBLE_EQ(of(VisitKind::booster, false, false, Days{7}), 0.1) << "not over 7 days";
    EXPECT_DOUBLE_EQ(of(VisitKind::booster, false, false, Days{8}), 0.15);
    EXPECT_DOUBLE_EQ(of(VisitKind::booster, false, true, Days{31}), 0.6);
    EXPECT_DOUBLE_EQ(of(VisitKind::rescue, false, true, Days{1}), 0.08);
    EXPECT_DOUBLE_EQ(of(VisitKind::induction, true, false, Days{1}), 0.2);
    EXPECT_DOUBLE_EQ(of(VisitKind::induction, true, true, Days{31}), 1) << "no more than everybody";
    EXPECT_DOUBLE_EQ(chance.most(), 1);
}

TEST(Attendance, AReminderReachesWhoWasBookedByThen) {
    Model model = booked(one_in_care(never_relapses(), Days{29}));
    AttendancePlan& comes = attendance(model);
    comes.no_show.share = 1;
    comes.reminder = AttendancePlan::Reminder{Days{28}, 1};
    const auto no_show = [&] {
        for (const auto& line : told(model, every(Days{28}, kReset), bookings))
            if (line.find("not shown") != line.npos) return true;
        return false;
    };
    EXPECT_FALSE(no_show()) << "booked 28 days and 8 hours before";
    comes.reminder->before = Days{28} + 8h;
    EXPECT_TRUE(no_show());
    comes.reminder = AttendancePlan::Reminder{Days{2}, 0};
    EXPECT_TRUE(no_show()) << "a reminder that avoids nothing";
}

TEST(Patience, WhoIsOfferedAFirstVisitTooLateGoesElsewhereAtOnce) {
    Model model = booked(referred_at({day(0), day(0), day(0)}, 1, never_relapses(), Days{2}));
    attendance(model).patience = always(Days{1} + 8h);
    EXPECT_EQ(
        told(model, Policy{}, bookings | lists | care),
        (Lines{"0d p0 referred", "0d p0 induction booked for 0d 08:00, wanted 0d", "0d p1 referred",
               "0d p1 induction booked for 1d 08:00, wanted 0d", "0d p2 referred",
               "0d p2 lost for waiting", "0d p2 care ends: went elsewhere, never began",
               "0d 08:00 p0 care begins", "1d 08:00 p1 care begins", "2d p0 care ends: end of run",
               "2d p1 care ends: end of run"}));
}

TEST(Patience, EndsForWhoWaitsUnbooked) {
    Model model =
        booked(referred_at(std::vector<Instant>(8, day(0)), 1, never_relapses(), Days{4}));
    model.clinic.booking->horizon = Days{1};
    attendance(model).patience = always(13h);
    model.clinic.open = daily({{8, 9}, {20, 22}});
    model.clinic.slot = Duration{1h};
    // a place in the morning and two in the evening, today and tomorrow
    const Lines lines = told(model, Policy{}, lists);
    EXPECT_EQ(lines,
              (Lines{"0d p1 lost for waiting", "0d p2 lost for waiting", "0d p3 lost for waiting",
                     "0d p4 lost for waiting", "0d p5 lost for waiting", "0d p6 lost for waiting",
                     "0d p7 lost for waiting"}))
        << "8 o'clock is taken, the next time is 20:00";
    attendance(model).patience = always(Days{2} + 8h);
    EXPECT_EQ(told(model, Policy{}, lists),
              (Lines{"0d p6 induction finds no place", "0d p7 induction finds no place",
                     "1d p7 lost for waiting"}))
        << "six places in two days; at midnight day 2 can be booked, where p6 takes 8 o'clock";
    attendance(model).patience = always(23h);
    EXPECT_EQ(told(model, Policy{}, lists).size(), 5u) << "five are offered more than 23 hours";
}

}  // namespace
}  // namespace clinicsim::test
