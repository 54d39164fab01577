// What goes in comes out: patients, chairs, spans and bookings of long random runs add up.
#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "told.hpp"

namespace clinicsim::test {
namespace {

/// Keeps the books of a run in the plainest way, and complains.
struct Books final : Sink {
    explicit Books(const Model& of) : model{of} {}
    const Model& model;
    std::set<PatientId> known, in_care, gone, in_chair;
    std::map<PatientId, Instant> span_to, response;
    std::map<PatientId, CareState> last_state;
    std::map<PatientId, bool> ill;
    std::vector<std::pair<Instant, int>> chairs;  // +1 taken, -1 free
    std::size_t visits = 0, infusions = 0, relapses = 0, recoveries = 0, left_ill = 0;
    Instant last;

    using Sink::on;
    void in_order(Instant at) {
        EXPECT_GE(at, last) << "facts come in order of time";
        last = at;
    }
    void on(const Referred& f) override {
        in_order(f.at);
        EXPECT_TRUE(known.insert(f.patient).second) << "nobody is referred twice";
    }
    void on(const CareBegan& f) override {
        in_order(f.at);
        EXPECT_EQ(known.contains(f.patient), f.patient < kFirstOfStock);
        known.insert(f.patient);
        EXPECT_TRUE(in_care.insert(f.patient).second);
    }
    void on(const CareEnded& f) override {
        in_order(f.at);
        EXPECT_TRUE(gone.insert(f.patient).second) << "nobody leaves twice";
        EXPECT_EQ(f.was_in_care, in_care.contains(f.patient));
        if (response.contains(f.patient)) {
            EXPECT_EQ(span_to[f.patient], f.at) << "spans reach to the end of care";
            left_ill += ill[f.patient];
        }
    }
    void on(const ResponseBegan& f) override { span_to[f.patient] = response[f.patient] = f.at; }
    void on(const CareSpan& f) override {
        EXPECT_EQ(span_to.at(f.patient), f.from) << "spans leave no gap";
        EXPECT_EQ(f.state == CareState::well ? CareState::ill : CareState::well,
                  last_state.contains(f.patient) ? last_state[f.patient] : CareState::ill)
            << "well and ill take turns";
        last_state[f.patient] = f.state;
        span_to[f.patient] = f.to;
    }
    void on(const Relapsed& f) override {
        in_order(f.at);
        EXPECT_FALSE(ill[f.patient]) << "who is ill cannot relapse";
        ill[f.patient] = true;
        ++relapses;
    }
    void on(const EpisodeEnded& f) override {
        in_order(f.at);
        EXPECT_TRUE(ill[f.patient]);
        ill[f.patient] = false;
        ++recoveries;
    }
    void on(const VisitStarted& f) override {
        in_order(f.at);
        ++visits;
        EXPECT_TRUE(in_care.contains(f.patient));
        EXPECT_FALSE(gone.contains(f.patient));
        EXPECT_TRUE(in_chair.insert(f.patient).second) << "nobody sits in two chairs";
        if (model.clinic.access == Access::walk_in) {
            EXPECT_GE(f.at, f.wanted);
        }
    }
    void on(const InfusionGiven& f) override {
        in_order(f.at);
        ++infusions;
        EXPECT_FALSE(gone.contains(f.patient));
    }
    void on(const ChairHeld& f) override {
        EXPECT_EQ(in_chair.erase(f.patient), 1);
        chairs.emplace_back(f.from, 1);
        chairs.emplace_back(f.to, -1);
    }
    void close(const RunCount& count) {
        EXPECT_EQ(known, gone) << "who came in went out, or is there at the end";
        EXPECT_EQ(count.patients, known.size());
        EXPECT_EQ(count.visits, visits);
        EXPECT_EQ(relapses, recoveries + left_ill);
        EXPECT_TRUE(in_chair.empty());
        std::sort(chairs.begin(), chairs.end());  // -1 before +1: released before handed out
        int busy = 0, most = 0;
        for (const auto& [at, change] : chairs) most = std::max(most, busy += change);
        EXPECT_EQ(busy, 0);
        if (model.clinic.chairs) {
            EXPECT_LE(most, static_cast<int>(*model.clinic.chairs));
        }
    }
};

Model clinic_of(int variant) {
    RenewalCourse course = weibull_course(0.9, 30);
    course.responds = {0.4, 0.3};
    course.responds_at_last = false;
    course.works = 0.7;
    course.rescue_renews = variant % 3 != 0;
    Model model = renewal_model(15, course, Days{400});
    model.clinic.chairs = 1 + static_cast<std::uint32_t>(variant % 3);
    if (variant % 5 != 0) model.clinic.open = daily({{9, 12}, {14, 18}});
    model.clinic.closing = variant % 2 == 0 ? Closing::refuse : Closing::finish;
    model.clinic.visits[0].later = {always(5min), Gamma::of_mean_sd(kDay / 30, kDay / 90),
                                    always(10min), Uniform{0, kDay / 96}};
    model.clinic.visits[0].first = model.clinic.visits[0].later;
    if (variant % 4 == 1) model.clinic.patience = Exponential{kDay / 12};
    if (variant % 4 == 2) model.clinic.waiting_room = 2;
    if (variant % 4 == 3) {
        model.clinic.access = Access::booked;
        model.clinic.no_show = model.clinic.no_show_first = 0.15;
    }
    model.patients.in_care_at_start.spread = Days{20};
    model.patients.arrivals = PoissonArrivals{.per_tick = 0.8 / kDay};
    model.patients.conditions[0].induction = InductionId{0};
    model.patients.inductions = {{"three", 3, Uniform{kDay, 2 * kDay}}};
    model.patients.drop_out = {
        Weibull{1, 150 * kDay}, DropOutFrom::first_visit,
        variant % 2 == 0 ? DropOutLeaves::at_once : DropOutLeaves::at_next_due, 0.05};
    return model;
}

Policy policy_of(int variant) {
    Asking asking;
    asking.asks_after = Exponential{2 * kDay};
    asking.asks = 0.8;
    asking.planned = variant % 2 == 0 ? PlannedInEpisode::kept : PlannedInEpisode::cancelled;
    Policy policy;
    switch (variant % 5) {
        case 0:
            return as_needed(asking);
        case 1:
            policy = every(Days{21}, ScheduleClock::reset, asking);
            policy.cap = Cap{10};
            break;
        case 2:
            policy = every(Days{21}, ScheduleClock::calendar, asking);
            policy.missed = 0.2;
            policy.infusions = 2;
            policy.apart = Uniform{kDay, 2 * kDay};
            break;
        case 3:
            policy.schedule = Lengthening{Span{.fixed = Days{10}}, Span{.fixed = Days{40}},
                                          Span{.fixed = Days{10}}};
            policy.asking = asking;
            policy.stop_when_well = Span{.months = 4};
            break;
        default:
            policy.schedule =
                Steps{{{Span{.months = 1}, Span{.months = 3}}, {Span{.months = 2}, {}}},
                      ScheduleClock::calendar};
            policy.before = {.days = {YearlyDay{}}, .anniversary = true, .by = Days{5}};
    }
    return policy;
}

TEST(Conservation, HoldsInEveryKindOfClinicUnderEveryKindOfPolicy) {
    std::size_t visits = 0, relapses = 0;
    for (int variant = 0; variant < 60; ++variant) {
        SCOPED_TRACE("variant " + std::to_string(variant));
        Model model = clinic_of(variant);
        model.seed = static_cast<std::uint64_t>(variant);
        Books books{model};
        books.close(simulate(model,
                             with_pathway(model, policy_of(variant / 4),
                                          variant % 2 == 0 ? Span{.fixed = Days{40}} : Span{}),
                             0, books));
        visits += books.visits;
        relapses += books.relapses;
    }
    EXPECT_GT(visits, 30'000);
    EXPECT_GT(relapses, 3'000);
}

}  // namespace
}  // namespace clinicsim::test
