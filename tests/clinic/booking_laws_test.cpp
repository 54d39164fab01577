// Laws of a clinic that books by rules, whatever the rules are.
#include <cmath>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "busy_clinic.hpp"

namespace clinicsim::test {
namespace {

std::int64_t day_of(Instant at) { return (at - kRunStart) / Days{1}; }

/// Hears a run and checks as it goes on.
struct Watch final : Sink {
    std::int64_t least, most, within, horizon, visits_of_series;
    std::int64_t booked = 0, released = 0, missed = 0, came = 0, broken = 0, refilled = 0,
                 moved = 0;
    std::int64_t no_place = 0, lost = 0, series = 0, series_moved_up = 0;
    std::map<PatientId, std::vector<std::int64_t>> days;  // of the series booked at one instant
    std::map<PatientId, Instant> booked_at;
    std::map<PatientId, std::int64_t> last_infusion;
    std::map<PatientId, std::set<std::int64_t>> in_book;  // days of inductions
    std::map<PatientId, Instant> moves_up_at;

    using Sink::on;
    void on(const BookingMade& f) override {
        ++booked;
        EXPECT_GE(f.slot, f.at);
        EXPECT_LE(day_of(f.slot), day_of(f.at) + horizon);
        if (f.kind != VisitKind::induction) return;
        EXPECT_TRUE(in_book[f.patient].insert(day_of(f.slot)).second) << "never two on one day";
        if (moves_up_at[f.patient] == f.at) return;  // what stays of the series is not told
        auto& of = days[f.patient];
        if (booked_at[f.patient] != f.at) of.clear();
        booked_at[f.patient] = f.at;
        if (!of.empty()) {
            ++series;
            const std::int64_t gap = day_of(f.slot) - of.back();
            EXPECT_GE(gap, least);
            EXPECT_LE(gap, most);
            EXPECT_LE(day_of(f.slot) - of.front(), within);
        }
        of.push_back(day_of(f.slot));
    }
    void on(const BookingReleased& f) override {
        ++released;
        moved +=
            f.because != ReleasedBecause::not_needed && f.because != ReleasedBecause::cancelled;
        if (f.kind != VisitKind::induction) return;
        EXPECT_EQ(in_book[f.patient].erase(day_of(f.slot)), 1u);
        if (f.because == ReleasedBecause::moved_up) moves_up_at[f.patient] = f.at;
    }
    void on(const SlotRefilled& f) override {
        ++refilled;
        EXPECT_GE(f.slot - f.at, hours{24}) << "nobody is called at shorter notice";
        if (f.kind != VisitKind::induction) return;
        ++series_moved_up;
        const auto& of = in_book[f.patient];
        const auto first = of.find(day_of(f.slot));
        ASSERT_NE(first, of.end());
        EXPECT_EQ(std::distance(first, of.end()), visits_of_series);
        EXPECT_LE(*of.rbegin() - *first, within);
        for (auto day = first; std::next(day) != of.end(); ++day) {
            EXPECT_GE(*std::next(day) - *day, least);
            EXPECT_LE(*std::next(day) - *day, most);
        }
    }
    void on(const NoShow&) override { ++missed; }
    void on(const SeriesBroken&) override { ++broken; }
    void on(const NoPlaceFound&) override { ++no_place; }
    void on(const LostForWaiting&) override { ++lost; }
    void on(const InfusionGiven& f) override {
        if (f.kind != VisitKind::induction) return;
        const auto [at, first] = last_infusion.try_emplace(f.patient, -1);
        EXPECT_NE(at->second, day_of(f.at)) << "never two on one day";
        at->second = day_of(f.at);
    }
};

Model by_rules(int variant) {
    Model model = busy_clinic(Days{300}, 1 + static_cast<std::uint32_t>(variant % 3));
    model.clinic.access = Access::booked;
    model.clinic.closing = Closing::finish;  // or who is late comes again on the next day
    model.seed = static_cast<std::uint64_t>(variant);
    model.patients.inductions[0].gap = Uniform{1.5 * kDay, 2.5 * kDay};  // 1 to 3 days
    BookingPlan plan;
    plan.rule = static_cast<PlaceRule>(variant % 3);
    plan.horizon = Days{variant % 2 == 0 ? 84 : 20};
    plan.grid = variant % 4 == 0 ? Duration{15min} : kBookGrid;
    plan.held = variant % 2 == 0 ? 0.2 : 0;
    plan.released = 24h;
    plan.overbook = variant % 5 == 0 ? 0.1 : 0;
    plan.series_within = Days{variant % 3 == 0 ? 6 : 28};
    if (variant % 3 != 1) plan.waiting_list = WaitingListPlan{3, 0.5, 24h, true};
    if (variant % 4 == 1)
        plan.preferences = {{0.3, 0b0001110, {8h, 12h}, Days{7}},
                            {0.3, kAnyDay, {13h, 17h}, Days{3}}};
    if (variant % 7 == 6) plan.template_ = {{8h, 1}, {10h, 1}, {13h, 1}, {15h, 1}};
    model.clinic.booking = plan;
    if (variant % 2 == 1) {
        AttendancePlan comes;
        comes.no_show.share = 0.08;
        comes.no_show.first_visit = 0.2;
        comes.no_show.when_ill = 1.5;
        comes.no_show.leads = {{Days{14}, 1.5}};
        comes.late_cancel.share = 0.05;
        comes.cancel_notice = Uniform{0, 2 * kDay};
        comes.reschedule.share = 0.06;
        comes.reschedule_notice = Uniform{2 * kDay, 14 * kDay};
        comes.books_again = 0.7;
        comes.reminder = AttendancePlan::Reminder{Days{2}, 0.3};
        comes.patience = Exponential{40 * kDay};
        model.clinic.attendance = comes;
    } else {
        model.clinic.no_show = model.clinic.no_show_first = 0.05;
    }
    return model;
}

Policy policy_of(int variant) {
    if (variant % 3 == 0) return pairs_as_needed();
    Policy policy = monthly_with_rescue();
    if (variant % 3 == 1) {
        policy.infusions = 2;
        policy.apart = Uniform{kDay, 2 * kDay};
    }
    if (variant % 6 == 2)
        policy.schedule = FixedInterval{Span{.fixed = Days{35}}, ScheduleClock::calendar};
    return policy;
}

// The run itself stops where booked = attended + missed + given back + pending does not hold.
TEST(BookingByRules, KeepsEverySpacingAndEveryBookingWhateverTheRules) {
    std::int64_t series = 0, broken = 0, refilled = 0, no_place = 0, lost = 0, moved = 0;
    std::int64_t series_moved_up = 0;
    for (int variant = 0; variant < 42; ++variant) {
        SCOPED_TRACE("variant " + std::to_string(variant));
        const Model model = by_rules(variant);
        Watch watch;
        const BookingPlan& plan = *model.clinic.booking;
        watch.least = 1;
        watch.most = 3;
        watch.within = plan.series_within.count();
        watch.horizon = plan.horizon.count();
        watch.visits_of_series = model.patients.inductions[0].visits;
        simulate(model, with_pathway(model, policy_of(variant), Span{.fixed = Days{60}}), 0, watch);
        series += watch.series;
        broken += watch.broken;
        refilled += watch.refilled;
        no_place += watch.no_place;
        lost += watch.lost;
        moved += watch.moved;
        series_moved_up += watch.series_moved_up;
    }
    // or nothing is tested
    EXPECT_GT(series, 1000);
    EXPECT_GT(broken, 20);
    EXPECT_GT(refilled, 20);
    EXPECT_GT(no_place, 20);
    EXPECT_GT(lost, 20);
    EXPECT_GT(moved, 100);
    EXPECT_GT(series_moved_up, 20);
}

TEST(BookingByRules, APatientMoreChangesNobodysLuck) {
    // chairs are unlimited, so that patients cannot get into each other's way
    Model model = by_rules(1);
    model.clinic.chairs.reset();
    const auto lines = [&](std::uint32_t stock) {
        model.patients.in_care_at_start.patients = stock;
        Lines told = all_of(model, monthly_with_rescue(), bookings | visits | lists | care);
        const std::string who = " s" + std::to_string(20) + " ";
        std::erase_if(told, [&](const std::string& line) { return line.find(who) != line.npos; });
        return told;
    };
    EXPECT_EQ(lines(20), lines(21));
}

TEST(BookingByRules, TheSameReplicationTellsTheSameTwice) {
    for (const int variant : {1, 5, 9}) {
        const Model model = by_rules(variant);
        EXPECT_EQ(all_of(model, policy_of(variant), 32767),
                  all_of(model, policy_of(variant), 32767));
    }
}

TEST(Attendance, NoShowsAreAsManyAsTheirChanceSays) {
    Model model = renewal_model(400, never_relapses(), Days{300});
    model.clinic.access = Access::booked;
    model.clinic.open = daily({{8, 17}});
    model.clinic.booking.emplace();
    AttendancePlan comes;
    comes.no_show.share = 0.1;
    comes.no_show.leads = {{Days{20}, 2}};  // all are booked 28 days ahead
    comes.books_again = 0;
    model.clinic.attendance = comes;
    struct Shows final : Sink {
        double came = 0, missed = 0;
        using Sink::on;
        void on(const VisitStarted&) override { ++came; }
        void on(const NoShow&) override { ++missed; }
    } sink;
    simulate(model, with_pathway(model, every(Days{28}, ScheduleClock::reset)), 0, sink);
    const double visits = sink.came + sink.missed, share = sink.missed / visits;
    ASSERT_GT(visits, 3500);
    // two-sided, wrong once in a million for a right program
    const double tolerance = 4.8916 * std::sqrt(0.2 * 0.8 / visits);
    EXPECT_NEAR(share, 0.2, tolerance);
    EXPECT_GT(std::abs(share - 0.24), tolerance) << "the check has lost its power";
}

TEST(HeldTime, ShortensTheWaitOfRescuesAndLengthensThatOfOthers) {
    const auto waits = [](double held) {
        Model model = by_rules(2);
        model.clinic.chairs = 2;
        model.patients.in_care_at_start.patients = 120;
        model.clinic.booking->held = held;
        model.clinic.booking->waiting_list.reset();
        struct Waits final : Sink {
            double rescue = 0, rescues = 0, booster = 0, boosters = 0;
            using Sink::on;
            void on(const VisitStarted& f) override {
                const double wait = std::max(0.0, in_days(f.at - f.wanted));
                if (f.kind == VisitKind::rescue) rescue += wait, ++rescues;
                if (f.kind == VisitKind::booster) booster += wait, ++boosters;
            }
        } sink;
        simulate(model,
                 with_pathway(model, every(Days{28}, ScheduleClock::reset, asks_after(Days{1}))), 0,
                 sink);
        return std::pair{sink.rescue / sink.rescues, sink.booster / sink.boosters};
    };
    const auto [rescue, booster] = waits(0);
    const auto [rescue_held, booster_held] = waits(0.3);
    EXPECT_LT(rescue_held, 0.9 * rescue);
    EXPECT_GT(booster_held, booster);
}

}  // namespace
}  // namespace clinicsim::test
