// A book that counts staff phase by phase.
#include <gtest/gtest.h>

#include "busy_clinic.hpp"
#include "staff_models.hpp"

namespace clinicsim::test {
namespace {

/// A nurse alone for ten minutes, then one for three patients through infusion and recovery.
PhaseNeeds alone_then_a_third() { return {{{{0, whole}}, {{0, whole / 3}}, {{0, whole / 3}}, {}}}; }

/// So many first visits wanted on one morning, of 10, 40, 20 and 10 minutes.
Model morning(std::size_t patients, std::uint32_t nurses, bool by_phase) {
    Model model = phases(std::vector<Instant>(patients, day(0)), 6, Days{2});
    model.clinic.access = Access::booked;
    model.clinic.closing = Closing::finish;
    model.clinic.open = daily({{8, 17}});
    model.clinic.staff = {group_of("nurse", {daily_shift(nurses, 8h, 17h)})};
    needs(model, alone_then_a_third());
    model.clinic.booking.emplace().staff_on_average = !by_phase;
    return model;
}

Lines of(const Model& model, unsigned what) {
    Lines all;
    for (const std::string& line : told(model, with_pathway(model, Policy{}), what)) {
        const std::size_t at = what == visits ? 3 : line.find("for ") + 7;
        all.push_back(line.substr(at, 5));
    }
    return all;
}

TEST(BookStaff, OnAverageManyAreBookedForOneMomentAndWait) {
    const Model model = morning(3, 1, false);
    EXPECT_EQ(of(model, bookings), (Lines{"08:00", "08:00", "09:20"}));
    EXPECT_EQ(of(model, visits), (Lines{"08:00", "09:10", "10:20"}));
}

TEST(BookStaff, ByPhaseATimeIsGivenWhereEveryPhaseHasItsStaff) {
    // one nurse has a patient's third until ten past nine, and is not alone with another before
    EXPECT_EQ(of(morning(3, 1, true), bookings), (Lines{"08:00", "09:10", "10:20"}));
    // two nurses: two starts, then one while two thirds are taken, one more with three thirds
    const Model model = morning(5, 2, true);
    EXPECT_EQ(of(model, bookings), (Lines{"08:00", "08:00", "08:10", "08:20", "09:10"}));
    EXPECT_EQ(of(model, visits), of(model, bookings)) << "nobody waits in the room";
}

TEST(BookStaff, SomebodyWhoHasToBePresentHasToBeOnDutyWhenThePhaseStarts) {
    Model model = morning(2, 2, true);
    model.clinic.staff.push_back(group_of("prescriber", {daily_shift(1, 9h, 12h)}));
    needs(model, {{{{0, whole}}, {{0, whole / 3}, {1, 0}}, {{0, whole / 3}}, {}}});
    // the infusion starts ten minutes into the visit
    EXPECT_EQ(of(model, bookings), (Lines{"08:50", "08:50"}));
}

TEST(BookStaff, TimeHeldForRescuesIsHeldOfTheStaffToo) {
    // two nurses from 8 to 17; of 30 % of 108 cells of five minutes and two nurses, 64 are held: of
    // one of them, from 11:40 on
    const auto after = [](double held, std::string_view from) {
        Model model = morning(40, 2, true);
        model.clinic.chairs = 40;
        model.clinic.booking->held = held;
        std::ptrdiff_t count = 0;
        for (const std::string& line : told(model, with_pathway(model, Policy{}), bookings))
            if (const auto at = line.find("for 0d "); at != std::string::npos)
                count += line.substr(at + 7, 5) >= from;
        return count;
    };
    // a visit takes 80 minutes
    EXPECT_EQ(after(0.3, "00:00") - after(0.3, "10:20"), after(0, "00:00") - after(0, "10:20"));
    EXPECT_LE(after(0.3, "11:40"), after(0, "11:40") / 2 + 1);
    EXPECT_GT(after(0.3, "11:40"), 0) << "one nurse is there for everybody";
}

TEST(BookStaff, OfAVisitThatIsGivenBackIsFreeAgain) {
    // whoever cancels, all times of the day can be booked again: the book checks it by itself
    Model model = morning(40, 2, true);
    AttendancePlan attendance;
    attendance.late_cancel.share = attendance.reschedule.share = 0.3;
    attendance.cancel_notice = attendance.reschedule_notice = always(1h);
    model.clinic.attendance = attendance;
    model.end = day(12);
    const Lines lines = told(model, with_pathway(model, Policy{}), lists | visits);
    EXPECT_GT(std::count_if(lines.begin(), lines.end(),
                            [](const std::string& line) {
                                return line.find("given back") != std::string::npos;
                            }),
              5);
}

struct Waits final : Sink {
    using Sink::on;
    std::size_t visits = 0, waited = 0;
    void on(const VisitStarted& fact) override {
        ++visits;
        waited += fact.came < fact.at;
    }
};

// All lengths are constant and on the grid, nobody is sick: who is promised a time has it.
TEST(BookStaff, ByPhaseNobodyWaitsInTheRoomWhereEverythingTakesAsLongAsPlanned) {
    for (const bool by_phase : {true, false}) {
        Model model = booked(busy_clinic(Days{400}, 4));
        model.clinic.open = daily({{8, 17}});
        model.clinic.closing = Closing::finish;
        for (VisitParts* parts : {&model.clinic.visits[0].first, &model.clinic.visits[0].later})
            *parts = {always(10min), always(40min), always(20min), always(10min), {}};
        model.clinic.visits[0].first.preparation = always(30min);
        Shift nurses = daily_shift(1, 8h, 17h);
        nurses.pause = DayHours{12h, 12h + 30min};
        model.clinic.staff = {group_of("nurse", {nurses, daily_shift(1, 9h, 18h)})};
        needs(model, alone_then_a_third());
        model.clinic.booking.emplace().staff_on_average = !by_phase;
        Waits waits;
        simulate(model, with_pathway(model, monthly_with_rescue()), 0, waits);
        EXPECT_GT(waits.visits, 500u);
        if (by_phase)
            EXPECT_EQ(waits.waited, 0u);
        else
            EXPECT_GT(waits.waited, waits.visits / 50) << "nothing to avoid: too easy";
    }
}

}  // namespace
}  // namespace clinicsim::test
