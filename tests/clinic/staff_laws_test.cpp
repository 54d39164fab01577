// Laws of staff: what must hold whatever the numbers are.
#include <gtest/gtest.h>

#include "busy_clinic.hpp"
#include "staff_models.hpp"

namespace clinicsim::test {
namespace {

/// Everything but chairs and staff, whose facts are told at other instants.
constexpr unsigned kOfPatients = everything & ~(chairs | staff | held_up);

PhaseNeeds one_nurse_each() { return {{{{0, whole}}, {{0, whole}}, {{0, whole}}, {}}}; }

TEST(StaffLaw, ANurseForEveryChairChangesNothing) {
    for (const bool is_booked : {false, true}) {
        const Model without = is_booked ? booked(busy_clinic(Days{200})) : busy_clinic(Days{200});
        Model with = without;
        with.clinic.staff = {group_of("nurse", {always_there(2)})};
        needs(with, one_nurse_each());
        for (const Policy& policy : {monthly_with_rescue(), pairs_as_needed()}) {
            const Lines expected = all_of(without, policy, kOfPatients);
            ASSERT_GT(expected.size(), 1000);
            EXPECT_EQ(all_of(with, policy, kOfPatients), expected);
            with.clinic.staff[0].shifts[0].people = 1;
            EXPECT_NE(all_of(with, policy, kOfPatients), expected) << "the comparison sees nothing";
            with.clinic.staff[0].shifts[0].people = 2;
        }
    }
}

TEST(StaffLaw, ChairsAreHeldAsLongAsWithoutStaffWhereNobodyIsMissing) {
    const auto held = [](const Model& model) {
        const Count count = run(model, with_pathway(model, monthly_with_rescue()));
        return count.held;
    };
    Model model = busy_clinic(Days{200});
    const double expected = held(model);
    ASSERT_GT(expected, 10);
    model.clinic.staff = {group_of("nurse", {always_there(2)})};
    needs(model, one_nurse_each());
    // the last visit's turnover may reach beyond the end
    EXPECT_NEAR(held(model), expected, 1e-9);
}

TEST(StaffLaw, NursesAndUnlimitedChairsAreTheSameQueueAsChairs) {
    for (const std::uint32_t c : {1u, 4u}) {
        const Model chairs_alone = queue_model(c, 0.8 * c, Exponential{3'600'000}, Days{60});
        Model nurses = chairs_alone;
        nurses.clinic.chairs.reset();
        nurses.clinic.staff = {group_of("nurse", {always_there(c)})};
        needs(nurses, {{{}, {{0, whole}}, {}, {}}});
        const auto lines = [](const Model& model) {
            return told(model, with_pathway(model, Policy{}), kOfPatients, true);
        };
        ASSERT_GT(lines(chairs_alone).size(), 1000);
        EXPECT_EQ(lines(nurses), lines(chairs_alone)) << c;
    }
}

/// Adds up, in ticks, how long patients waited, and how long for a group with a chair free.
struct Waits final : Sink {
    using Sink::on;
    Instant last;
    std::uint32_t lacking = 0;
    std::int64_t for_nurses = 0, in_all = 0;
    void on(const StaffAwaited& f) override {
        for_nurses += lacking * (f.at - last).count();
        last = f.at;
        lacking = f.visits;
    }
    void on(const VisitStarted& f) override { in_all += (f.at - f.wanted).count(); }
    void on(const StillWaiting& f) override { in_all += (f.at - f.wanted).count(); }
};
Waits waits_in(const Model& model) {
    Waits waits;
    simulate(model, with_pathway(model, Policy{}), 0, waits);
    waits.on(StaffAwaited{model.end, 0, 0});
    return waits;
}

TEST(StaffLaw, WhereChairsAboundAllWaitingIsForNursesToTheTick) {
    for (const std::uint32_t nurses : {1u, 4u}) {
        Model model = queue_model(1, 0.9 * nurses, Exponential{3'600'000}, Days{60});
        model.clinic.chairs.reset();
        model.clinic.staff = {group_of("nurse", {always_there(nurses)})};
        needs(model, {{{}, {{0, whole}}, {}, {}}});
        const Waits waits = waits_in(model);
        EXPECT_GT(waits.in_all, 0);
        EXPECT_EQ(waits.for_nurses, waits.in_all) << nurses;
        // with as many chairs as nurses it is a chair that everybody waits for
        model.clinic.chairs = nurses;
        EXPECT_EQ(waits_in(model).in_all, waits.in_all);
        EXPECT_EQ(waits_in(model).for_nurses, 0);
    }
}

TEST(StaffLaw, WithoutLimitsNobodyIsMissing) {
    const Model without = busy_clinic(Days{60});
    Model with = without;
    with.clinic.staff = {group_of("nurse", {always_there(1)})};
    needs(with, one_nurse_each());
    EXPECT_EQ(without_limits(with), without_limits(without));
    with.clinic.chairs.reset();
    EXPECT_TRUE(has_limits(with));
    EXPECT_FALSE(has_limits(without_limits(with)));
}

/// Adds up what the facts tell of one group, in ticks.
struct Audit final : Sink {
    using Sink::on;
    Instant last, end;
    std::uint64_t used = 0, there = 0, on_duty = 0;  // now
    long double parts = 0, beyond = 0;               // used; people beyond those on duty
    std::uint64_t facts = 0, too_much = 0, visits = 0;
    Duration held_up{};
    void on(const StaffChanged& f) override {
        if (f.group != 0) return;
        advance(f.at);
        used = f.used;
        there = f.there;
        on_duty = f.on_duty;
        ++facts;
        too_much += used > there * kWhole;
    }
    void on(const VisitStarted&) override { ++visits; }
    void on(const VisitHeldUp& f) override { held_up += f.to - f.from; }
    void advance(Instant at) {
        parts += static_cast<long double>(used) * static_cast<long double>((at - last).count());
        beyond += static_cast<long double>(there - on_duty) *
                  static_cast<long double>((at - last).count());
        last = at;
    }
};

TEST(StaffLaw, WhatIsUsedIsAlwaysThereAndAddsUpToTheVisits) {
    Model model = busy_clinic(Days{200}, 4);
    model.patients.drop_out = {};
    const auto third = whole / 3;
    model.clinic.visits[0].later = {always(10min), always(40min), always(20min), always(10min), {}};
    model.clinic.visits[0].first = model.clinic.visits[0].later;
    Shift nurses = daily_shift(1, 8h, 16h);
    nurses.pause = DayHours{12h, 12h + 30min};
    model.clinic.staff = {group_of("nurse", {nurses, daily_shift(1, 9h, 17h)}),
                          {"monitor", 3, {}, 0}};
    model.clinic.staff[0].sick = 0.1;
    needs(model, {{{{0, whole}}, {{0, third}, {1, whole}}, {{0, third}}, {{0, whole / 2}}}});
    // everybody is gone at the end, for nobody comes in the last hours
    Audit audit;
    simulate(model, with_pathway(model, monthly_with_rescue()), 0, audit);
    audit.advance(model.end);
    EXPECT_EQ(audit.too_much, 0u);
    EXPECT_GT(audit.facts, 5000u);
    EXPECT_GT(audit.held_up, Duration{1h}) << "nobody was ever held up: too easy";
    EXPECT_GT(audit.beyond, 0) << "nobody ever stayed";
    const Duration of_a_visit = 10min * 6 + 40min * 2 + 20min * 2 + 10min * 3;  // in sixths
    EXPECT_EQ(audit.parts, static_cast<long double>(audit.visits) * (whole / 6) *
                               static_cast<long double>(of_a_visit.count()));
}

TEST(StaffLaw, VisitsAreAsLongUnderEveryStaffing) {
    // the same draws of lengths, whoever is missing: chair time less the time held up
    const auto net = [](std::uint32_t nurses) {
        struct Net final : Sink {
            using Sink::on;
            Duration ticks{};
            std::uint64_t visits = 0;
            void on(const ChairHeld& f) override {
                ticks += f.to - f.from;
                ++visits;
            }
            void on(const VisitHeldUp& f) override { ticks -= f.to - f.from; }
        } sink;
        Model model = queue_model(3, 0.5, Exponential{3'600'000}, Days{30});
        model.clinic.visits[0].first.recovery = Exponential{1'800'000};
        model.patients.arrivals = RegularArrivals{.every = 2h, .first = 1h, .count = 200};
        model.clinic.staff = {group_of("nurse", {always_there(nurses)})};
        needs(model, {{{}, {{0, whole / 2}}, {{0, whole}}, {}}});
        simulate(model, with_pathway(model, Policy{}), 0, sink);
        return std::pair{sink.visits, sink.ticks};
    };
    EXPECT_EQ(net(1), net(5));
    EXPECT_EQ(net(1).first, 200u);
}

}  // namespace
}  // namespace clinicsim::test
