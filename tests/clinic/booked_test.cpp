// Booked access: when a visit is booked, for when, and what becomes of the booked time.
#include <gtest/gtest.h>

#include "told.hpp"

namespace clinicsim::test {
namespace {

constexpr auto kReset = ScheduleClock::reset;
constexpr auto kCalendar = ScheduleClock::calendar;

Model booked(Model model, int from = 8, int to = 17, std::uint32_t chairs = 1) {
    model.clinic.access = Access::booked;
    model.clinic.chairs = chairs;
    model.clinic.open = daily({{from, to}});
    return model;
}

Lines told(const Model& model, const Policy& policy, unsigned of, bool who = false) {
    return test::told(model, with_pathway(model, policy), of, who);
}

TEST(Booked, TheWholeSeriesIsBookedAtReferralEachVisitOnOrAfterItsWantedDay) {
    const Model model = booked(referred_at({day(0, 20h)}, 3, never_relapses(), Days{20}));
    EXPECT_EQ(told(model, Policy{}, bookings | visits),
              (Lines{"0d 20:00 induction booked for 1d 08:00, wanted 0d 20:00",
                     // a day from the planned end, 1d 09:00: from the morning of day 2 on
                     "0d 20:00 induction booked for 2d 08:00, wanted 2d 09:00",
                     "0d 20:00 induction booked for 3d 08:00, wanted 3d 09:00",
                     "1d 08:00 induction starts, first visit, wanted 0d 20:00",
                     "2d 08:00 induction starts, wanted 2d 09:00, no wait counted",
                     "3d 08:00 induction starts, wanted 3d 09:00, no wait counted"}));
}

TEST(Booked, ATimeIsRoundedUpToFiveMinutes) {
    const Model model = booked(referred_at({day(0, 9h + 1ms)}, 1, never_relapses(), Days{5}));
    EXPECT_EQ(told(model, Policy{}, visits),
              (Lines{"0d 09:05 induction starts, first visit, wanted 0d 09:00:00.001"}));
}

TEST(Booked, ASlotIsTheMeanRoundedUpToFiveMinutesPlusTurnover) {
    Model model = booked(referred_at({day(0), day(0)}, 1, never_relapses(), Days{5}));
    model.clinic.visits[0].first.infusion = always(61min);  // 65, and 30 of turnover
    EXPECT_EQ(told(model, Policy{}, visits),
              (Lines{"0d 08:00 induction starts, first visit, wanted 0d",
                     "0d 09:35 induction starts, first visit, wanted 0d"}));
    model.clinic.visits[0].first.turnover = always(4min);
    model.clinic.visits[0].first.infusion = always(71min);  // 75 and 4: 79, so 80 in the book
    EXPECT_EQ(told(model, Policy{}, visits).back(),
              "0d 09:20 induction starts, first visit, wanted 0d");
    model.clinic.slot = Duration{2h};
    EXPECT_EQ(told(model, Policy{}, visits).back(),
              "0d 10:00 induction starts, first visit, wanted 0d");
}

TEST(Booked, AVisitIsBookedIntoOpeningHoursWithItsTurnover) {
    // 1.5 hours with turnover: two fit before noon, the third waits for the afternoon
    Model model = booked(referred_at({day(0), day(0), day(0)}, 1, never_relapses(), Days{5}));
    model.clinic.open = daily({{8, 12}, {13, 17}});
    EXPECT_EQ(told(model, Policy{}, visits, true),
              (Lines{"0d 08:00 p0 induction starts, first visit, wanted 0d",
                     "0d 09:30 p1 induction starts, first visit, wanted 0d",
                     "0d 13:00 p2 induction starts, first visit, wanted 0d"}));
}

TEST(Booked, APlannedBoosterIsBookedWhenTheVisitBeforeEnds) {
    const Model model = booked(one_in_care(never_relapses(), Days{70}));
    EXPECT_EQ(told(model, every(Days{28}, kReset), bookings | visits),
              (Lines{"0d booster booked for 28d 08:00, wanted 28d",
                     "28d 08:00 booster starts, wanted 28d",
                     "28d 09:00 booster booked for 56d 08:00, wanted 56d 09:00",
                     "56d 08:00 booster starts, wanted 56d 09:00"}))
        << "nothing is booked for after the end of the run";
}

TEST(Booked, ARescueIsBookedWhenAskedForAndCancelsThePlannedUnderResetOnly) {
    const Model model = booked(one_in_care(relapses_after(Days{20}), Days{40}));
    EXPECT_EQ(told(model, every(Days{28}, kReset, Asking{}), bookings | visits),
              (Lines{"0d booster booked for 28d 08:00, wanted 28d",
                     "20d rescue booked for 20d 08:00, wanted 20d",
                     "20d 08:00 rescue starts, wanted 20d"}));
    EXPECT_EQ(
        told(model, every(Days{28}, kCalendar, Asking{}), bookings | visits),
        (Lines{"0d booster booked for 28d 08:00, wanted 28d",
               "20d rescue booked for 20d 08:00, wanted 20d", "20d 08:00 rescue starts, wanted 20d",
               "28d 08:00 booster starts, wanted 28d"}));
}

TEST(Booked, ThePlannedTimeIsFreeAgainFromTheAskingOnUnderResetOnly) {
    // one place a day; p0 is referred between s0's asking and her rescue and wants day 28, too
    Model model = booked(referred_at({day(20, 2h)}, 2, relapses_after(Days{20}), Days{29}), 8, 10);
    model.patients.in_care_at_start.patients = 1;
    model.patients.inductions[0].gap = always(Days{7});
    const auto second_of_p0 = [&](ScheduleClock clock) {
        Lines lines = told(model, every(Days{28}, clock, Asking{}), bookings, true);
        std::erase_if(lines, [](const auto& l) { return l.find("induction") == l.npos; });
        return lines.back();
    };
    EXPECT_EQ(second_of_p0(kReset),
              "20d 02:00 p0 induction booked for 28d 08:00, wanted 28d 09:00");
    EXPECT_EQ(second_of_p0(kCalendar),
              "20d 02:00 p0 induction booked for 29d 08:00, wanted 28d 09:00");
}

TEST(Booked, ThePlannedBoosterServesTheAskingIfItComesFirst) {
    const Model model = booked(one_in_care(relapses_after(Days{28}), Days{40}));
    EXPECT_EQ(told(model, every(Days{28}, kReset, Asking{}), bookings | visits | relapses),
              (Lines{"0d booster booked for 28d 08:00, wanted 28d", "28d relapse 1",
                     "28d 08:00 booster starts, wanted 28d", "28d 09:00 recovers, ill since 28d"}));
}

TEST(Booked, WhoIsWaitedForOnTheDayGoesInOrderOfBookedTimeWithinARank) {
    // visits are booked for 10 minutes and last an hour, so people wait in the room
    Model model = booked(referred_at({day(0), day(0), day(0)}, 1, never_relapses(), Days{5}));
    model.clinic.slot = Duration{10min};
    EXPECT_EQ(told(model, Policy{}, visits | bookings, true),
              (Lines{"0d p0 induction booked for 0d 08:00, wanted 0d",
                     "0d p1 induction booked for 0d 08:10, wanted 0d",
                     "0d p2 induction booked for 0d 08:20, wanted 0d",
                     "0d 08:00 p0 induction starts, first visit, wanted 0d",
                     "0d 09:30 p1 induction starts, first visit, wanted 0d",
                     "0d 11:00 p2 induction starts, first visit, wanted 0d"}));
}

TEST(Booked, WithUnlimitedChairsEverybodyIsBookedForTheMorning) {
    Model model =
        booked(referred_at(std::vector<Instant>(50, day(0)), 1, never_relapses(), Days{2}));
    model.clinic.chairs.reset();
    for (const std::string& line : told(model, Policy{}, visits))
        EXPECT_EQ(line, "0d 08:00 induction starts, first visit, wanted 0d");
}

TEST(Booked, AFullBookWaitsForTheFirstDayWithAPlace) {
    // 8 to 11 has two places of 90 minutes a day
    const Model model =
        booked(referred_at(std::vector<Instant>(5, day(0)), 1, never_relapses(), Days{4}), 8, 11);
    EXPECT_EQ(told(model, Policy{}, visits).back(),
              "2d 08:00 induction starts, first visit, wanted 0d");
    // and a visit that no day is long enough for is never booked
    const Model short_days = booked(referred_at({day(0)}, 1, never_relapses(), Days{4}), 8, 9);
    EXPECT_EQ(
        told(short_days, Policy{}, bookings | visits | requests),
        (Lines{"0d induction booked for never, wanted 0d", "4d induction still waits, wanted 0d"}));
}

TEST(Booked, LeavingGivesTheBookedTimesBack) {
    // p0 drops out at the end of day 0's visit; p1, referred after that, finds day 1 empty
    Model model = booked(referred_at({day(0), day(0, 20h)}, 2, never_relapses(), Days{10}), 8, 10);
    model.patients.drop_out.per_induction_visit = 1;
    EXPECT_EQ(told(model, Policy{}, visits | bookings, true),
              (Lines{"0d p0 induction booked for 0d 08:00, wanted 0d",
                     "0d p0 induction booked for 1d 08:00, wanted 1d 09:00",
                     "0d 08:00 p0 induction starts, first visit, wanted 0d",
                     "0d 20:00 p1 induction booked for 1d 08:00, wanted 0d 20:00",
                     "0d 20:00 p1 induction booked for 2d 08:00, wanted 2d 09:00",
                     "1d 08:00 p1 induction starts, first visit, wanted 0d 20:00"}));
}

TEST(Booked, APairIsBookedOneByOneAndASecondIsWantedADayAfterTheFirst) {
    const Model model = booked(one_in_care(relapses_after(Days{20}), Days{25}));
    Policy policy = as_needed();
    policy.infusions = 2;
    policy.apart = always(Days{1});
    EXPECT_EQ(told(model, policy, bookings | infusions),
              (Lines{"20d rescue booked for 20d 08:00, wanted 20d", "20d 09:00 rescue works",
                     "20d 09:00 booster booked for 21d 08:00, wanted 21d 09:00",
                     "21d 09:00 rescue works"}));
}

// --- attendance ----------------------------------------------------------------------------------

TEST(NoShow, LeavesTheSlotEmptyAndAsksAgainAtOnce) {
    Model model = booked(referred_at({day(0)}, 1, never_relapses(), Days{1}), 8, 12);
    model.clinic.no_show_first = 1;
    // the time missed stays promised to nobody else: the next one lies after it
    EXPECT_EQ(
        told(model, Policy{}, bookings | visits | requests),
        (Lines{"0d induction booked for 0d 08:00, wanted 0d", "0d 08:00 induction not shown",
               "0d 08:00 induction booked for 0d 09:30, wanted 0d", "0d 09:30 induction not shown",
               "0d 09:30 induction booked for 1d 08:00, wanted 0d",
               "1d induction still waits, wanted 0d"}));
}

TEST(NoShow, APlannedBoosterKeepsItsDueTimeWhenItIsBookedAgain) {
    Model model = booked(one_in_care(never_relapses(), Days{29}), 8, 12);
    model.clinic.no_show = 1;
    EXPECT_EQ(
        told(model, every(Days{28}, kReset), bookings | visits),
        (Lines{"0d booster booked for 28d 08:00, wanted 28d", "28d 08:00 booster not shown",
               "28d 08:00 booster booked for 28d 09:30, wanted 28d", "28d 09:30 booster not shown",
               "28d 09:30 booster booked for 29d 08:00, wanted 28d"}));
}

TEST(NoShow, OfTheFirstVisitMovesTheWholeSeries) {
    Model model = booked(referred_at({day(0)}, 2, never_relapses(), Days{3}), 8, 10);
    model.clinic.no_show_first = 1;
    EXPECT_EQ(
        told(model, Policy{}, bookings),
        (Lines{"0d induction booked for 0d 08:00, wanted 0d",
               "0d induction booked for 1d 08:00, wanted 1d 09:00", "0d 08:00 induction not shown",
               "0d 08:00 induction booked for 1d 08:00, wanted 0d",
               "0d 08:00 induction booked for 2d 08:00, wanted 2d 09:00",
               "1d 08:00 induction not shown", "1d 08:00 induction booked for 2d 08:00, wanted 0d",
               "1d 08:00 induction booked for 3d 08:00, wanted 3d 09:00",
               "2d 08:00 induction not shown", "2d 08:00 induction booked for 3d 08:00, wanted 0d",
               "2d 08:00 induction booked for 4d 08:00, wanted 4d 09:00"}));
}

}  // namespace
}  // namespace clinicsim::test
