// Laws that hold whatever the numbers are: doubling all times, a longer horizon, one chair more.
#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "busy_clinic.hpp"

namespace clinicsim::test {
namespace {

// --- time ----------------------------------------------------------------------------------------

/// Lengths that chance picks among whole ticks, so that twice the draw is the draw of twice.
Model ticking(std::int64_t factor) {
    const auto some = [&](std::vector<std::int64_t> minutes_each) {
        Discrete d;
        for (const auto m : minutes_each)
            d.values.push_back(static_cast<double>(m * factor * 60'000));
        d.shares.assign(d.values.size(), 1. / static_cast<double>(d.values.size()));
        return Distribution{d};
    };
    RenewalCourse course;
    course.responds = {0.7};
    course.works = 0.7;
    course.relapse = some({14'001, 28'411, 51'007, 90'003});
    Model model = renewal_model(5, course, Days{300 * factor});
    model.clinic.chairs = 2;
    model.clinic.visits[0].first = {some({11, 17}), some({41, 59, 83}), some({23}), some({7, 9})};
    model.clinic.visits[0].later = model.clinic.visits[0].first;
    model.clinic.patience = some({100, 1001});
    model.clinic.waiting_room = 3;
    model.patients.arrivals = RegularArrivals{.every = hours{37} * factor, .first = 5h * factor};
    model.patients.conditions[0].induction = InductionId{0};
    model.patients.inductions = {{"three", 3, some({1'501, 2'803})}};
    model.patients.drop_out = {some({100'000, 200'000}), DropOutFrom::induction_end,
                               DropOutLeaves::at_once, 0.1};
    return model;
}

PolicyModel ticking_policy(const Model& model, std::int64_t factor) {
    Policy policy = every(Days{21 * factor}, ScheduleClock::reset, asks_after(Days{3 * factor}));
    policy.asking->repeat_after = Days{7 * factor};
    policy.missed = 0.2;
    return with_pathway(model, policy, Span{.fixed = Days{30 * factor}});
}

/// The instants of everything that is told, in ticks.
struct Instants final : Sink {
    std::vector<std::int64_t> at;
    using Sink::on;
    void note(Instant t) { at.push_back((t - kRunStart).count()); }
    void on(const Referred& f) override { note(f.at); }
    void on(const CareEnded& f) override { note(f.at), note(f.since); }
    void on(const InductionEnded& f) override { note(f.at), note(f.began); }
    void on(const CareSpan& f) override { note(f.from), note(f.to); }
    void on(const Relapsed& f) override { note(f.at); }
    void on(const VisitStarted& f) override { note(f.at), note(f.wanted); }
    void on(const InfusionGiven& f) override { note(f.at); }
    void on(const ChairHeld& f) override { note(f.from), note(f.to); }
    void on(const TurnedAway& f) override { note(f.at), note(f.wanted); }
    void on(const RequestWithdrawn& f) override { note(f.at), note(f.wanted); }
    void on(const BoosterMissed& f) override { note(f.at); }
};

TEST(Time, TwiceAllLengthsIsTwiceEveryInstantToTheTick) {
    Instants once, twice;
    simulate(ticking(1), ticking_policy(ticking(1), 1), 0, once);
    simulate(ticking(2), ticking_policy(ticking(2), 2), 0, twice);
    ASSERT_GT(once.at.size(), 2000);
    for (auto& t : once.at) t *= 2;
    EXPECT_EQ(once.at, twice.at);
}

TEST(Time, ALongerHorizonAddsFactsAndChangesNone) {
    for (const bool book : {false, true})
        for (const Policy& policy : {monthly_with_rescue(), pairs_as_needed()}) {
            // bookings for after the end are made in the longer run only
            const unsigned of = book ? everything - bookings : everything;
            const Model model = busy_clinic(Days{200}), longer = busy_clinic(Days{260});
            Lines facts = all_of(book ? booked(model) : model, policy, of);
            const Lines more = all_of(book ? booked(longer) : longer, policy, of);
            const std::string end = when(model.end) + " ";
            while (facts.back().starts_with(end)) facts.pop_back();
            ASSERT_GT(facts.size(), 1000);
            ASSERT_GT(more.size(), facts.size());
            EXPECT_TRUE(std::equal(facts.begin(), facts.end(), more.begin()));
        }
}

TEST(Time, ScalingTheTimeToRelapseScalesEachTimeBetweenRelapses) {
    const auto instants = [](double scale) {
        Model model = renewal_model(1, weibull_course(1.5, scale), Days{4000});
        Instants sink;
        struct Relapses final : Sink {
            std::vector<double> at{0};
            using Sink::on;
            void on(const Relapsed& f) override { at.push_back(ticks(f.at - kRunStart)); }
        } relapses;
        simulate(model, with_pathway(model, as_needed()), 0, relapses);
        return relapses.at;
    };
    const auto usual = instants(40), longer = instants(50);
    ASSERT_GT(longer.size(), 50);
    for (std::size_t i = 1; i < longer.size(); ++i)
        EXPECT_NEAR(longer[i] - longer[i - 1], 1.25 * (usual[i] - usual[i - 1]), 1.5) << i;
}

// --- chairs --------------------------------------------------------------------------------------

TEST(Chairs, OneMoreMakesNobodyWaitLonger) {
    struct Waits final : Sink {
        std::map<PatientId, Duration> of;
        using Sink::on;
        void on(const VisitStarted& f) override { of[f.patient] = f.at - f.wanted; }
    };
    const auto waits = [](std::uint32_t chairs) {
        const Model model =
            queue_model(chairs, 1.9, Lognormal::of_mean_sd(kDay / 24, kDay / 20), Days{100});
        Waits sink;
        simulate(model, with_pathway(model, Policy{}), 0, sink);
        return sink.of;
    };
    const auto two = waits(2), three = waits(3);
    std::size_t shorter = 0;
    for (const auto& [patient, wait] : two) {
        ASSERT_TRUE(three.contains(patient));
        EXPECT_LE(three.at(patient), wait);
        shorter += three.at(patient) < wait;
    }
    EXPECT_GT(shorter, 1000);
}

TEST(Chairs, NoShowsByEverybodyLeaveTheClinicEmpty) {
    Model model = booked(busy_clinic(Days{60}));
    model.patients.in_care_at_start = {};
    model.clinic.no_show = model.clinic.no_show_first = 1;
    EXPECT_EQ(all_of(model, monthly_with_rescue(), visits | chairs), Lines{});
    model.clinic.chairs.reset();  // and a free chair at the same instant is not booked again
    EXPECT_EQ(all_of(model, monthly_with_rescue(), visits | chairs), Lines{});
}

}  // namespace
}  // namespace clinicsim::test
