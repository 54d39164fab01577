// The same patients under every policy: no draw of one moves another.
#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "busy_clinic.hpp"

namespace clinicsim::test {
namespace {

constexpr auto kReset = ScheduleClock::reset;
constexpr auto kCalendar = ScheduleClock::calendar;

TEST(Policies, AScheduleThatNeverFallsDueIsItsRescueAlone) {
    const Policy never = every(Days{1000}, kReset, asks_after(Days{2}));
    const Policy rescue_alone = as_needed(asks_after(Days{2}));
    for (const bool book : {false, true}) {
        const Model model = book ? booked(busy_clinic(Days{200})) : busy_clinic(Days{200});
        EXPECT_EQ(all_of(model, never), all_of(model, rescue_alone));
    }
}

TEST(Policies, ResetAndCalendarAreOneWhereVisitsTakeNoTimeAndNobodyIsRescued) {
    Model model = renewal_model(20, weibull_course(1.5, 40), Days{400});
    EXPECT_EQ(all_of(model, every(Days{28}, kReset)), all_of(model, every(Days{28}, kCalendar)));
}

TEST(Patients, AreTheSameUnderEveryPolicy) {
    const Model model = busy_clinic(Days{300}, std::nullopt);
    const auto facts = [&](const Policy& policy, unsigned of) {
        Lines lines = told(model, with_pathway(model, policy), of, true);
        std::sort(lines.begin(), lines.end());
        return lines;
    };
    // an induction's begin and end hold the lengths of its visits, gaps, response and drop-out
    const Lines none = facts({}, inductions);
    ASSERT_GT(none.size(), 300);
    EXPECT_EQ(none, facts(monthly_with_rescue(), inductions));
    EXPECT_EQ(none, facts(pairs_as_needed(), inductions));
    const auto first_relapses = [&](const Policy& policy) {
        Lines lines = facts(policy, relapses);
        std::erase_if(lines, [](const std::string& l) { return !l.ends_with("relapse 1"); });
        return lines;
    };
    const Lines first = first_relapses({});
    ASSERT_GT(first.size(), 50);
    EXPECT_EQ(first, first_relapses(as_needed()));
}

TEST(Patients, AskAtTheSameRelapsesUnderEveryPolicy) {
    const Model model = busy_clinic(Days{400}, std::nullopt);
    struct Asks final : Sink {
        std::map<PatientId, std::uint32_t> relapse;                 // the latest, by its ordinal
        std::map<std::pair<PatientId, std::uint32_t>, bool> asked;  // by patient and relapse
        std::size_t visits = 0;
        using Sink::on;
        void on(const Relapsed& f) override { relapse[f.patient] = f.ordinal; }
        void on(const RelapseSeen& f) override { asked[{f.patient, relapse[f.patient]}] = f.asks; }
        void on(const VisitStarted&) override { ++visits; }
    };
    const auto under = [&](Days interval) {
        Asking half;
        half.asks = 0.5;
        Asks sink;
        simulate(model, with_pathway(model, every(interval, kReset, half)), 0, sink);
        return sink;
    };
    const Asks often = under(Days{20}), seldom = under(Days{50});
    ASSERT_NE(often.visits, seldom.visits);
    std::size_t both = 0, asking = 0;
    for (const auto& [which, asks] : often.asked)
        if (const auto other = seldom.asked.find(which); other != seldom.asked.end()) {
            EXPECT_EQ(asks, other->second) << which.first << ", relapse " << which.second;
            ++both;
            asking += asks;
        }
    EXPECT_GT(asking, 50);
    EXPECT_GT(both - asking, 50);
}

TEST(Patients, OneMoreChangesNobodyElse) {
    Model model = busy_clinic(Days{200}, std::nullopt);
    model.patients.arrivals = RegularArrivals{.every = hours{30}, .first = 1h, .count = 60};
    const Lines few = all_of(model, monthly_with_rescue());
    model.patients.in_care_at_start.patients += 1;                  // s20
    std::get<RegularArrivals>(model.patients.arrivals).count = 61;  // p60
    Lines more = all_of(model, monthly_with_rescue());
    EXPECT_GT(more.size(), few.size());
    std::erase_if(more, [](const std::string& line) {
        return line.find(" s20 ") != std::string::npos || line.find(" p60 ") != std::string::npos;
    });
    // who ends at the end of the run is told in the order of places, which one more may change
    const auto split = [&](Lines& lines) {
        Lines last;
        const std::string end = when(model.end) + " ";
        while (lines.back().starts_with(end)) {
            last.push_back(lines.back());
            lines.pop_back();
        }
        std::sort(last.begin(), last.end());
        return last;
    };
    Lines before = few;
    EXPECT_EQ(split(before), split(more));
    EXPECT_EQ(before, more);
}

TEST(Patients, AnotherPolicyForTheSevereChangesNothingForTheMild) {
    const Model model = busy_clinic(Days{200}, std::nullopt);
    struct OfMild final : Sink {
        std::vector<std::pair<PatientId, std::int64_t>> visits;
        using Sink::on;
        void on(const VisitStarted& f) override {
            if (f.group.severity == 0) visits.emplace_back(f.patient, (f.at - kRunStart).count());
        }
        void on(const Relapsed& f) override {
            if (f.group.severity == 0) visits.emplace_back(f.patient, (f.at - kRunStart).count());
        }
    };
    const auto mild = [&](const Policy& severe) {
        PolicyModel policy = with_pathway(model, monthly_with_rescue());
        policy.choice.by = PolicyChoice::By::severity;
        policy.choice.policies.push_back(severe);
        policy.pathways.push_back(policy.pathways[0]);
        OfMild sink;
        simulate(model, policy, 0, sink);
        return sink.visits;
    };
    const auto facts = mild(monthly_with_rescue());
    ASSERT_GT(facts.size(), 300);
    EXPECT_EQ(facts, mild(pairs_as_needed()));
    EXPECT_EQ(facts, mild(Policy{}));
}

TEST(Runs, AreTheSameWhateverRanBeforeAndWhoeverListens) {
    const Model model = busy_clinic(Days{100});
    const Lines once = all_of(model, monthly_with_rescue(), everything, 3);
    EXPECT_NE(once, all_of(model, monthly_with_rescue(), everything, 4));
    EXPECT_EQ(once, all_of(model, monthly_with_rescue(), everything, 3));
    Sink deaf;
    Count counting{model};
    const auto policy = with_pathway(model, monthly_with_rescue());
    const RunCount a = simulate(model, policy, 3, deaf), b = simulate(model, policy, 3, counting);
    EXPECT_EQ(a.events, b.events);
    EXPECT_EQ(a.visits, b.visits);
}

TEST(Patients, MayArriveByTheThousandAtOneInstant) {
    Model model = queue_model(1, 1, always(1min), Days{1});
    model.clinic.chairs.reset();
    model.patients.arrivals = ListedArrivals{std::vector<Instant>(2500, day(0, 9h))};
    struct Started final : Sink {
        using Sink::on;
        void on(const VisitStarted&) override { ++visits; }
        int visits = 0;
    } sink;
    simulate(model, with_pathway(model, Policy{}), 0, sink);
    EXPECT_EQ(sink.visits, 2500);
}

}  // namespace
}  // namespace clinicsim::test
