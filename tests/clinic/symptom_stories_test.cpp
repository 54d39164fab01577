// Patients with a symptom course in the clinic. First without chance, so that every rating is known
// in closed form: one store of effect, filled by four fifths of what is missing, halved every
// seven days; visits take no time and chairs are many.
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include <gtest/gtest.h>

#include "symptom_models.hpp"

namespace clinicsim::test {
namespace {

// --- inductions ----------------------------------------------------------------------------------

TEST(SymptomInduction, EndsWithTheRatingADayAfterItsLastInfusion) {
    const Model model = one_referred(one_store(), Days{7}, 2);
    EXPECT_EQ(told(model, nothing(), inductions | infusions),
              (Lines{"0d induction begins", "0d induction works", "1d induction works",
                     "2d induction ends: responded, began 0d", "2d response"}));
}

TEST(SymptomInduction, TheScenarioSaysHowLongAfterItsRatingIs) {
    Model model = one_referred(one_store(), Days{7});
    model.observation.response_after = Days{4};  // 0.8 x 2^(-4/7) = 0.538
    EXPECT_EQ(told(model, nothing(), inductions).back(), "4d response");
    model.observation.response_after = Days{5};  // 0.488: no response
    EXPECT_EQ(told(model, nothing(), inductions | care),
              (Lines{"0d referred", "0d care begins", "0d induction begins",
                     "5d induction ends: no response, began 0d", "5d care ends: pathway"}));
}

TEST(SymptomInduction, RemissionIsByTheScale) {
    struct Ended final : Sink {
        using Sink::on;
        void on(const InductionEnded& f) override { fact = f; }
        InductionEnded fact{};
    };
    Model model = one_referred(one_store(), Days{7});  // 0.725 a day later
    for (const auto& [remission, reached] : {std::pair{0.72, true}, std::pair{0.73, false}}) {
        model.observation.scale.remission = remission;
        Ended ended;
        simulate(model, with_pathway(model, nothing()), 0, ended);
        EXPECT_TRUE(ended.fact.responded);
        EXPECT_TRUE(ended.fact.remission_known);
        EXPECT_EQ(ended.fact.in_remission, reached) << remission;
    }
}

TEST(SymptomInduction, WhoDropsOutBeforeItsRatingHasNotFinishedIt) {
    Model model = one_referred(one_store(), Days{7});
    model.patients.drop_out.time = always(hours{12});
    EXPECT_EQ(told(model, nothing(), inductions | care),
              (Lines{"0d referred", "0d care begins", "0d induction begins",
                     "0d 12:00 induction ends: no response, unfinished, began 0d",
                     "0d 12:00 care ends: dropped out"}));
}

TEST(SymptomInduction, AgainForWhoIsIllEndsTheEpisodeWithItsRating) {
    const Model model = one_referred(one_store(), Days{21});
    // ill since day 7, told on day 14; ten days ill on day 17
    EXPECT_EQ(told(model, nothing(), relapses | inductions | ratings, Span{.fixed = Days{10}}),
              (Lines{"0d induction begins", "1d induction ends: responded, began 0d", "1d response",
                     "7d rated 0.400", "14d rated 0.200", "7d relapse 1", "17d induction again",
                     "18d rated 0.751", "18d recovers, ill since 7d",
                     "18d induction ends: responded, began 17d"}));
}

TEST(SymptomInduction, AConditionWithATimeThatIsOverWhenTheRelapseIsToldHoldsAtOnce) {
    const Model model = one_referred(one_store(), Days{20});
    const Lines lines = told(model, nothing(), inductions, Span{.fixed = Days{5}});
    EXPECT_EQ(lines.at(3), "14d induction again");
}

// --- ratings -------------------------------------------------------------------------------------

TEST(SelfRatings, StayOnThePatientsOwnWeekWhateverIsGiven) {
    const Model model = one_referred(one_store(), Days{30}, 3, Days{2} + 5h);
    const Lines expected{"9d 05:00 rated 0.579", "16d 05:00 rated 0.290", "23d 05:00 rated 0.145"};
    const Lines found = told(model, nothing(), ratings);
    ASSERT_EQ(found.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(found[i].substr(0, 9), expected[i].substr(0, 9));
    for (const Days interval : {Days{5}, Days{8}}) {
        const Lines lines = told(model, every(interval, ScheduleClock::reset), ratings);
        ASSERT_EQ(lines.size(), 3U);
        for (std::size_t i = 0; i < 3; ++i)
            EXPECT_EQ(lines[i].substr(0, 9), expected[i].substr(0, 9));
    }
}

TEST(SelfRatings, AreOfWhoIsInFollowUpOnly) {
    const Model model = one_referred(one_store(), Days{30}, 10);  // the induction ends on day 10
    EXPECT_EQ(told(model, nothing(), ratings).front().substr(0, 4), "14d ");
}

TEST(Ratings, AreTakenBeforeAnInfusionThatEndsAtTheirInstant) {
    Model model = one_referred(one_store(), Days{8});
    model.clinic.visits[0].first.infusion = always(1h);
    model.clinic.visits[0].later = model.clinic.visits[0].first;
    // boosters every 142 hours from the end of the induction, 25 hours: the visit of hour 167 ends
    // after a week
    Policy policy;
    policy.schedule = FixedInterval{Span{.fixed = hours{142}}, ScheduleClock::calendar};
    EXPECT_EQ(told(model, policy, ratings | visits | infusions),
              (Lines{"0d induction starts, first visit", "0d 01:00 induction works",
                     "6d 23:00 booster starts", "7d rated 0.402", "7d booster works"}));
}

TEST(Ratings, OneInstantIsLookedAtOnce) {
    // a rating asks, the visit starts at its instant and rates as well: that is one low rating
    Model model = one_referred(one_store(), Days{8});
    model.observation.at_visits = 1;
    EXPECT_EQ(told(model, only_rescue(by_score(0.45, 1)), ratings | visits | relapses),
              (Lines{"0d induction starts, first visit", "7d rated 0.400", "7d rescue starts"}));
}

TEST(CheckUps, AreOnAGridOfTheirOwnAndCountWhereBothFallTogether) {
    Model model = one_referred(one_store(), Days{36});
    model.observation.self.every = Duration{};
    EXPECT_EQ(told(model, nothing(), ratings), Lines{});
    model.observation.check_ups.every = Days{10};
    EXPECT_EQ(told(model, nothing(), ratings),
              (Lines{"10d rated 0.297", "20d rated 0.110", "30d rated 0.041"}));
    model.observation.self.every = Days{5};
    model.observation.self.done = 0;  // nobody rates, but the clinic calls
    EXPECT_EQ(told(model, nothing(), ratings),
              (Lines{"10d rated 0.297", "20d rated 0.110", "30d rated 0.041"}));
    model.observation.self.done = 1;
    model.observation.check_ups.done = 0;
    EXPECT_EQ(told(model, nothing(), ratings).size(), 4U) << "days 5, 15, 25 and 35";
}

TEST(AtVisits, RatesBeforeTheInfusionOfABooster) {
    Model model = one_referred(one_store(), Days{22});
    model.observation.self.every = Duration{};
    model.observation.at_visits = 1;
    // 0.8, ten days later 0.8 x 2^(-11/7) = 0.269; then 0.854, ten days later 0.317
    EXPECT_EQ(told(model, every(Days{10}, ScheduleClock::calendar), ratings),
              (Lines{"11d rated 0.269", "21d rated 0.317"}));
}

TEST(Ratings, AreDoneWithTheirChance) {
    Model model = one_referred(one_store(), Days{7 * 52 + 1});
    model.patients.arrivals = ListedArrivals{std::vector<Instant>(500, kRunStart)};
    model.observation.self.done = 0.8;
    const auto rated = static_cast<double>(told(model, nothing(), ratings).size());
    const double n = 500 * 52, tolerance = 4.8916 * std::sqrt(0.16 * n);
    EXPECT_NEAR(rated, 0.8 * n, tolerance);
    EXPECT_GT(std::abs(rated - 0.82 * n), tolerance) << "the bound can tell";
}

TEST(Ratings, ThatAreNotDoneAreTheSameUnderEveryPolicy) {
    Model model = one_referred(one_store(), Days{7 * 52 + 1});
    model.observation.self.done = 0.5;
    const auto instants = [&](const Policy& policy) {
        Lines lines = told(model, policy, ratings);
        for (std::string& line : lines) line = line.substr(0, line.find(' '));
        return lines;
    };
    EXPECT_LT(instants(nothing()).size(), 40U);
    EXPECT_EQ(instants(nothing()), instants(every(Days{17}, ScheduleClock::reset)));
}

// --- relapses ------------------------------------------------------------------------------------

TEST(SymptomRelapse, BeginsAtTheFirstOfTheRatingsAndIsToldAtTheLast) {
    Model model = one_referred(one_store(), Days{28});
    EXPECT_EQ(told(model, nothing(), ratings | relapses | spans),
              (Lines{"7d rated 0.400", "14d rated 0.200", "7d well since 1d", "7d relapse 1",
                     "21d rated 0.100", "28d ill since 7d"}));
    model.observation.relapse.ratings = 1;
    EXPECT_EQ(told(model, nothing(), relapses | ratings).at(1), "7d relapse 1");
    model.observation.relapse.ratings = 3;
    EXPECT_EQ(told(model, nothing(), relapses | ratings).at(3), "7d relapse 1");
    model.observation.relapse.ratings = 4;
    EXPECT_EQ(told(model, nothing(), relapses), Lines{}) << "not before the end of the run";
}

TEST(SymptomRelapse, ARatingThatIsNotLowBreaksTheRow) {
    Model model = one_referred(one_store(), Days{36});
    // 7: 0.400, an infusion on day 8, 14: 0.482, 21: 0.241, 28: 0.120
    Policy policy;
    policy.schedule = Steps{
        {{Span{.fixed = Days{7}}, Span{.fixed = Days{8}}}, {Span{.fixed = Days{1000}}, Span{}}},
        ScheduleClock::calendar};
    EXPECT_EQ(told(model, policy, ratings | relapses | visits),
              (Lines{"0d induction starts, first visit", "7d rated 0.400", "8d booster starts",
                     "14d rated 0.482", "21d rated 0.241", "28d rated 0.120", "21d relapse 1",
                     "35d rated 0.060"}));
}

TEST(SymptomRelapse, EndsAtTheFirstRatingInResponseNotAtTheInfusion) {
    Model model = one_referred(one_store(), Days{22});
    model.observation.relapse.ratings = 1;
    EXPECT_EQ(told(model, every(Days{10}, ScheduleClock::calendar), ratings | relapses | infusions),
              (Lines{"0d induction works", "7d rated 0.400", "7d relapse 1", "11d booster works",
                     "14d rated 0.634", "14d recovers, ill since 7d", "21d rated 0.317",
                     "21d relapse 2", "21d booster works"}));
}

TEST(SymptomRelapse, LastsThroughRatingsBetweenItsBoundAndResponse) {
    Model model = one_referred(one_store(), Days{22});
    model.observation.relapse.ratings = 1;
    // an infusion six days before every rating: 0.482, 0.490, never in response
    EXPECT_EQ(told(model, every(Days{7}, ScheduleClock::calendar), ratings | relapses),
              (Lines{"7d rated 0.400", "7d relapse 1", "14d rated 0.482", "21d rated 0.490"}));
}

TEST(SymptomRelapse, SpansTileTheFollowUpAndEpisodesAreTheIllOnes) {
    struct Spans final : Sink {
        using Sink::on;
        std::map<PatientId, Instant> until;
        std::map<PatientId, Instant> ill_from;
        int episodes = 0;
        void on(const ResponseBegan& f) override { until[f.patient] = f.at; }
        void on(const CareSpan& f) override {
            ASSERT_TRUE(until.contains(f.patient));
            EXPECT_EQ(f.from, until[f.patient]);
            EXPECT_LE(f.from, f.to);
            until[f.patient] = f.to;
            if (f.state == CareState::ill) {
                EXPECT_EQ(f.from, ill_from[f.patient]);
            }
        }
        void on(const Relapsed& f) override {
            EXPECT_EQ(until[f.patient], f.at) << "the well span is told first";
            ill_from[f.patient] = f.at;
        }
        void on(const EpisodeEnded& f) override {
            ++episodes;
            EXPECT_EQ(f.onset, ill_from[f.patient]);
            EXPECT_EQ(f.at, until[f.patient]);
        }
        void on(const CareEnded& f) override {
            if (until.contains(f.patient)) {
                EXPECT_EQ(until[f.patient], f.at);
            }
        }
    };
    Model model = crowd();
    model.patients.drop_out.time = Exponential{300 * kDay};
    model.observation.at_visits = 0.5;
    Spans spans;
    simulate(model,
             with_pathway(model, every(Days{28}, ScheduleClock::reset, asks_after(Days{3})),
                          Span{.fixed = Days{60}}),
             0, spans);
    EXPECT_GT(spans.episodes, 50);
}

// --- asking because of a relapse -----------------------------------------------------------------

TEST(SymptomRescue, IsAskedForWhenTheRelapseIsTold) {
    const Model model = one_referred(one_store(), Days{36});
    EXPECT_EQ(told(model, only_rescue(asks_after(Days{2})), asking | visits | relapses),
              (Lines{"0d induction starts, first visit", "7d relapse 1", "14d seen, will ask",
                     "16d rescue starts", "21d recovers, ill since 7d", "28d relapse 2",
                     "35d seen, will ask"}));
}

TEST(SymptomRescue, IsRepeatedUntilARatingIsInResponse) {
    Model model = one_referred(one_store(), Days{40});
    model.observation.scale.response = 0.6;
    // five days after an infusion it is 0.508, 0.538 and 0.547 at most
    EXPECT_EQ(told(model, only_rescue(asks_after(Days{2})), visits | relapses),
              (Lines{"0d induction starts, first visit", "7d relapse 1", "16d rescue starts",
                     "23d rescue starts", "30d rescue starts", "37d rescue starts"}));
    // ten days later the rating two days after the second one is in response
    Asking later = asks_after(Days{2});
    later.repeat_after = Days{10};
    EXPECT_EQ(told(model, only_rescue(later), visits | relapses),
              (Lines{"0d induction starts, first visit", "7d relapse 1", "16d rescue starts",
                     "26d rescue starts", "28d recovers, ill since 7d"}));
}

TEST(SymptomRescue, WhoDoesNotAskLeavesWhereThePolicySaysSo) {
    const Model model = one_referred(one_store(), Days{36});
    Asking nobody;
    nobody.asks = 0;
    EXPECT_EQ(told(model, as_needed(nobody), asking | care),
              (Lines{"0d referred", "0d care begins", "14d seen, will not ask",
                     "14d care ends: left while ill"}));
}

/// Facts of a patient that matter to who asked and got well.
struct Asked final : Sink {
    using Sink::on;
    std::map<PatientId, Instant> ended;  // the episode
    std::set<PatientId> ill;
    int withdrawn = 0;
    void on(const Relapsed& f) override { ill.insert(f.patient); }
    void on(const EpisodeEnded& f) override {
        ill.erase(f.patient);
        ended[f.patient] = f.at;
    }
    void on(const RequestWithdrawn& f) override {
        if (f.kind != VisitKind::rescue) return;
        ++withdrawn;
        EXPECT_TRUE(ended.contains(f.patient) && ended[f.patient] == f.at);
    }
    void on(const VisitStarted& f) override {
        if (f.kind == VisitKind::rescue) {
            EXPECT_TRUE(ill.contains(f.patient)) << when(f.at);
        }
    }
};

TEST(SymptomRescue, IsWithdrawnWhenARatingIsInResponseAgain) {
    for (const Access access : {Access::walk_in, Access::booked}) {
        Model model = crowd(Days{200});
        SymptomCourse course = default_symptom_course();
        course.noise_sd = 0.3;  // up and down
        model.patients.courses[0].law = course;
        model.patients.arrivals = std::monostate{};
        model.patients.in_care_at_start = {300, Duration{}};
        model.observation.relapse = {0.42, 1};
        model.clinic.open = daily({{9, 17}});
        model.clinic.chairs = 1;
        model.clinic.access = access;
        model.clinic.visits[0].later.infusion = always(2h);  // many wait for long
        Asked asked;
        simulate(model, with_pathway(model, only_rescue(asks_after(Days{1}))), 0, asked);
        EXPECT_GT(asked.withdrawn, 20) << static_cast<int>(access);
    }
}

TEST(SymptomRescue, PlannedBoostersThatItCancelledComeBackWhenARatingIsInResponse) {
    // nobody's asking is ever followed by a visit, but ratings go up and down
    Model model = crowd(Days{400});
    SymptomCourse course = default_symptom_course();
    course.noise_sd = 0.3;
    model.patients.courses[0].law = course;
    model.patients.arrivals = std::monostate{};
    Asking asking = asks_after(Days{5000});
    asking.planned = PlannedInEpisode::cancelled;
    struct Boosted final : Sink {
        using Sink::on;
        std::map<PatientId, Instant> well_from;  // present well time after an episode
        std::set<PatientId> given;               // a booster in it
        Instant end;
        int with = 0, without = 0;
        void judge(PatientId id, Instant until) {
            const auto from = well_from.find(id);
            if (from == well_from.end()) return;
            if (until - from->second > Days{30}) ++(given.contains(id) ? with : without);
            well_from.erase(from);
            given.erase(id);
        }
        void on(const EpisodeEnded& f) override { well_from[f.patient] = f.at; }
        void on(const Relapsed& f) override { judge(f.patient, f.at); }
        void on(const CareEnded& f) override { judge(f.patient, f.at); }
        void on(const InfusionGiven& f) override { given.insert(f.patient); }
    } boosted;
    simulate(model, with_pathway(model, every(Days{20}, ScheduleClock::reset, asking)), 0, boosted);
    EXPECT_GT(boosted.with, 20);
    EXPECT_EQ(boosted.without, 0);
}

// --- asking by score -----------------------------------------------------------------------------

TEST(ByScore, AsksAtTheRatingsOfItsRuleAndCountsAnewAfterTheInfusion) {
    Model model = one_referred(one_store(), Days{43});
    // 0.4, 0.2; an infusion: 0.84; 0.42, 0.21; an infusion: 0.842; …
    EXPECT_EQ(told(model, only_rescue(by_score(0.45, 2)), asking | visits),
              (Lines{"0d induction starts, first visit", "14d seen, will ask", "14d rescue starts",
                     "28d seen, will ask", "28d rescue starts", "42d seen, will ask",
                     "42d rescue starts"}));
}

TEST(ByScore, OneWishAtATime) {
    const Model model = one_referred(one_store(), Days{40});
    // ratings stay low until the visit; the ones before it count no more
    EXPECT_EQ(
        told(model, only_rescue(by_score(0.45, 2, Days{20})), asking | visits),
        (Lines{"0d induction starts, first visit", "14d seen, will ask", "34d rescue starts"}));
}

TEST(ByScore, WhoDoesNotAskLeavesOrGoesOnAsThePolicySays) {
    const Model model = one_referred(one_store(), Days{30});
    Asking nobody = by_score(0.45, 2);
    nobody.asks = 0;
    EXPECT_EQ(told(model, as_needed(nobody), asking | care),
              (Lines{"0d referred", "0d care begins", "14d seen, will not ask",
                     "14d care ends: left while ill"}));
    EXPECT_EQ(told(model, only_rescue(nobody), asking),
              (Lines{"14d seen, will not ask", "28d seen, will not ask"}));
}

TEST(ByScore, DoesNotAskAgainAfterAnInfusionThatDidNotHelpUnlessTheRuleHoldsAnew) {
    Model model = one_referred(one_store(2), Days{40});
    model.observation.response_after = hours{12};
    model.observation.relapse = {0.42, 1};
    // 7: 0.07, ill; 14: asks; 21, 28: low again, asks: no repetition after 7 days in between
    EXPECT_EQ(
        told(model, only_rescue(by_score(0.45, 2)), visits),
        (Lines{"0d induction starts, first visit", "14d rescue starts", "28d rescue starts"}));
}

TEST(ByScore, AWishOutlivesARatingInResponseButNotAnInfusion) {
    // relapse and wish are told on day 14, the visit is wanted on day 34; a planned booster of day
    // 19 brings a rating in response on day 21, and with it the end of the episode
    Model model = one_referred(one_store(), Days{36});
    Policy policy = every(Days{18}, ScheduleClock::calendar, by_score(0.45, 2, Days{20}));
    EXPECT_EQ(told(model, policy, visits | relapses).at(2), "19d booster starts");
    for (const std::string& line : told(model, policy, visits))
        EXPECT_EQ(line.find("rescue"), std::string::npos) << line << ": the booster served it";
}

TEST(ByScore, EveryWishIsServedWhateverIsRatedMeanwhile) {
    struct Wishes final : Sink {
        using Sink::on;
        std::map<PatientId, Instant> due;
        int served = 0, got_well = 0;
        void on(const RelapseSeen& f) override {
            EXPECT_TRUE(f.by_score);
            EXPECT_FALSE(due.contains(f.patient)) << "one at a time";
            due[f.patient] = f.at + Days{10};
        }
        void on(const EpisodeEnded& f) override { got_well += due.contains(f.patient); }
        void on(const VisitStarted& f) override {
            if (f.kind != VisitKind::rescue) return;
            ASSERT_TRUE(due.contains(f.patient));
            EXPECT_EQ(f.at, due[f.patient]);
            due.erase(f.patient);
            ++served;
        }
    } wishes;
    Model model = crowd(Days{300});
    SymptomCourse course = default_symptom_course();
    course.noise_sd = 0.3;
    model.patients.courses[0].law = course;
    model.patients.arrivals = std::monostate{};
    model.observation.relapse = {0.42, 1};
    simulate(model, with_pathway(model, only_rescue(by_score(0.45, 2, Days{10}))), 0, wishes);
    EXPECT_GT(wishes.served, 100);
    EXPECT_GT(wishes.got_well, 10) << "some are in response before their visit";
    for (const auto& [patient, due] : wishes.due) EXPECT_GE(due, model.end) << patient;
}

TEST(ByScore, AWishMayCancelThePlannedBoosterThatComesFirst) {
    const Model model = one_referred(one_store(), Days{46});
    Asking asking = by_score(0.45, 2, Days{6});
    Policy policy = every(Days{18}, ScheduleClock::calendar, asking);
    EXPECT_EQ(told(model, policy, visits).at(1), "19d booster starts") << "kept: it comes first";
    policy.asking->planned = PlannedInEpisode::cancelled;
    // low again on days 28 and 35: that of day 37 is cancelled as well
    EXPECT_EQ(told(model, policy, visits), (Lines{"0d induction starts, first visit",
                                                  "20d rescue starts", "41d rescue starts"}));
}

// --- infusions -----------------------------------------------------------------------------------

TEST(SymptomInfusions, TellTheTimeSinceTheLastAndThatTheyShowInRatingsOnly) {
    struct Given final : Sink {
        using Sink::on;
        std::vector<double> days;
        std::uint32_t boosters = 0;
        double booster_days = 0;
        void on(const InfusionGiven& f) override {
            EXPECT_FALSE(f.shows);
            days.push_back(in_days(f.since_last));
        }
        void on(const CareEnded& f) override {
            boosters = f.boosters;
            booster_days = in_days(f.booster_time);
        }
    } given;
    const Model model = one_referred(one_store(), Days{30}, 3);
    // induction until day 2, rated on day 3; calendar: days 13 and 23
    simulate(model, with_pathway(model, every(Days{10}, ScheduleClock::calendar)), 0, given);
    EXPECT_EQ(given.days, (std::vector<double>{0, 1, 1, 11, 10}));
    EXPECT_EQ(given.boosters, 2U);
    EXPECT_EQ(given.booster_days, 21);
}

TEST(SymptomInfusions, OfTheWarmUpAreNotInAPatientsOwnMean) {
    struct Ended final : Sink {
        using Sink::on;
        CareEnded fact{};
        void on(const CareEnded& f) override { fact = f; }
    } ended;
    Model model = one_referred(one_store(), Days{30}, 3);
    model.warm_up_end = day(20);
    simulate(model, with_pathway(model, every(Days{10}, ScheduleClock::calendar)), 0, ended);
    EXPECT_EQ(ended.fact.boosters, 1U);
    EXPECT_EQ(ended.fact.booster_time, Days{10});
}

}  // namespace
}  // namespace clinicsim::test
