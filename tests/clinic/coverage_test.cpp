// What a book may promise where staff and chairs are limited.
#include "clinicsim/clinic/coverage.hpp"

#include <gtest/gtest.h>

#include "busy_clinic.hpp"
#include "staff_models.hpp"

namespace clinicsim::test {
namespace {

Lines bookable(const Model& model, std::int64_t days) {
    Lines lines;
    const CapacityCalendar calendar =
        bookable_visits(model.clinic, model.patients, model.dates, day(days));
    for (const auto& change : calendar.changes())
        if (change.at < day(days))
            lines.push_back(
                when(change.at) + " " +
                (change.capacity == kUnlimited ? "unlimited" : std::to_string(change.capacity)));
    return lines;
}

TEST(Bookable, IsTheChairsWhereNobodyIsNeeded) {
    Model model = phases({}, 6);
    EXPECT_EQ(bookable(model, 9), (Lines{"0d 6"}));
    model.clinic.changes = {{Date{std::chrono::year{2026} / 1 / 3}, {8}}};
    EXPECT_EQ(bookable(model, 9), (Lines{"0d 6", "2d 8"}));
    model.clinic.changes.clear();
    model.clinic.chairs.reset();
    EXPECT_EQ(bookable(model, 9), (Lines{"0d unlimited"}));
}

TEST(Bookable, IsWhatThoseOnDutyCanLookAfterOnAverage) {
    // 10 min of a whole nurse, 60 min of a third, 10 min of none: 30 of 80 minutes
    Model model = phases({}, 6);
    Shift first = daily_shift(1, 8h, 16h);
    first.pause = DayHours{12h, 12h + 30min};
    model.clinic.staff = {group_of("nurse", {first, daily_shift(1, 9h, 17h)})};
    needs(model, {{{{0, whole}}, {{0, whole / 3}}, {{0, whole / 3}}, {}}});
    // 80 / 30 = 2.67 visits a nurse
    EXPECT_EQ(bookable(model, 1), (Lines{"0d 0", "0d 08:00 2", "0d 09:00 5", "0d 12:00 2",
                                         "0d 12:30 5", "0d 16:00 2", "0d 17:00 0"}));
    model.clinic.chairs = 4;
    EXPECT_EQ(bookable(model, 1)[2], "0d 09:00 4");
}

TEST(Bookable, IsNotClosedToAllByAGroupThatOnlySomeNeed) {
    // an anaesthetist from 8 to 12, for the second of two conditions alone
    Model model = phases({}, 6);
    model.clinic.staff = {group_of("anaesthetist", {daily_shift(1, 8h, 12h)})};
    model.patients.conditions.push_back(model.patients.conditions[0]);
    model.patients.conditions[0].share = 0.9;
    model.patients.conditions[1].share = 0.1;
    model.clinic.visits.push_back(model.clinic.visits[0]);
    model.clinic.visits[1].later.needs = {{{}, {{0, whole}}, {}, {}}};
    EXPECT_EQ(bookable(model, 1), (Lines{"0d 6"}));
    model.clinic.visits[0].later.needs = model.clinic.visits[1].later.needs;
    // 40 of 80 minutes of one
    EXPECT_EQ(bookable(model, 1), (Lines{"0d 0", "0d 08:00 2", "0d 12:00 0"}));
}

TEST(Bookable, NeedsSomebodyThereWhoIsNotUsedUp) {
    Model model = phases({}, 6);
    model.clinic.staff = {group_of("prescriber", {daily_shift(1, 8h, 16h)}),
                          group_of("nobody needs her", {daily_shift(1, 3h, 4h)})};
    needs(model, {{{{0, 0}}, {}, {}, {}}});
    EXPECT_EQ(bookable(model, 1), (Lines{"0d 0", "0d 08:00 6", "0d 16:00 0"}));
}

TEST(Bookable, KnowsNoSickDaysAndNoBreakdownsBeforehand) {
    Model model = phases({}, 6);
    model.clinic.staff = {group_of("nurse", {always_there(2)})};
    model.clinic.staff[0].sick = 0.5;
    model.clinic.breakdowns = Breakdowns{always(Days{2}), always(Days{1})};
    needs(model, {{{{0, whole}}, {{0, whole}}, {{0, whole}}, {{0, whole}}}});
    EXPECT_EQ(bookable(model, 90), (Lines{"0d 2"}));
}

/// The most visits that were booked at once, turnover included.
struct Promised final : Sink {
    using Sink::on;
    Duration length;
    std::vector<Instant> starts;
    explicit Promised(Duration of) : length{of} {}
    void on(const BookingMade& f) override {
        if (f.slot != kNever) starts.push_back(f.slot);
    }
    std::size_t most() const {
        std::size_t most = 0;
        for (const Instant at : starts)
            most = std::max(most, static_cast<std::size_t>(std::count_if(
                                      starts.begin(), starts.end(), [&](Instant other) {
                                          return other <= at && at < other + length;
                                      })));
        return most;
    }
};

TEST(Bookable, IsAllThatTheBookPromises) {
    // patients enough for six chairs, nurses for two visits at once
    const auto most_promised = [](std::uint32_t nurses) {
        std::vector<Instant> at(60, day(0, 7h));
        Model model = phases(std::move(at), 6, Days{10});
        model.clinic.access = Access::booked;
        model.clinic.closing = Closing::finish;
        model.clinic.open = daily({{8, 16}});
        model.clinic.staff = {group_of("nurse", {daily_shift(nurses, 8h, 16h)})};
        needs(model, {{{{0, whole}}, {{0, whole}}, {{0, whole}}, {{0, whole}}}});
        Promised promised{80min};
        simulate(model, with_pathway(model, Policy{}), 0, promised);
        EXPECT_EQ(promised.starts.size(), 60u);
        return promised.most();
    };
    EXPECT_EQ(most_promised(2), 2u);
    EXPECT_EQ(most_promised(5), 5u);
    EXPECT_EQ(most_promised(9), 6u);
}

}  // namespace
}  // namespace clinicsim::test
