// Patients with a symptom course in the clinic: what must hold for any course, whoever is in care
// at the start, however often they are rated, in every kind of clinic.
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include <gtest/gtest.h>

#include "symptom_models.hpp"

namespace clinicsim::test {
namespace {

/// Ratings by patient, in order, and when the first booster came.
struct RatingsOf final : Sink {
    using Sink::on;
    std::map<PatientId, std::vector<std::pair<Instant, double>>> by;
    std::map<PatientId, Instant> first_booster;
    void on(const Rated& f) override { by[f.patient].emplace_back(f.at, f.improvement); }
    void on(const InfusionGiven& f) override {
        if (f.kind != VisitKind::induction) first_booster.try_emplace(f.patient, f.at);
    }
};

// --- patients in care at the start ---------------------------------------------------------------

TEST(SymptomStock, IsMadeOfRespondersWhoHaveHadTheirInduction) {
    SymptomCourse course = one_store(100'000);  // what an induction does stays
    course.response_sd = 1;
    course.fast_gain = 0.3;
    Model model = one_referred(course, Days{8}, 2);
    model.patients.arrivals = std::monostate{};
    model.patients.in_care_at_start = {500, Days{1}};
    struct Ratings_ final : Sink {
        using Sink::on;
        std::vector<Rated> all;
        std::set<PatientId> patients;
        void on(const Rated& f) override {
            all.push_back(f);
            patients.insert(f.patient);
        }
    } rated;
    simulate(model, with_pathway(model, nothing()), 0, rated);
    EXPECT_EQ(rated.patients.size(), 500U);
    double most = 0;
    for (const Rated& one : rated.all) {
        EXPECT_GT(one.improvement, 0.4999);
        most = std::max(most, one.improvement);
    }
    EXPECT_GT(most, 0.9) << "they are not all alike";
    // two infusions fill 0.51: without the choice a half of them would be under 0.5
}

TEST(SymptomStock, HasTheLawOfWhoArrivesAndResponds) {
    // noise decides about many: whose induction is drawn again has other noise, too
    SymptomCourse course = one_store(50);
    course.response_mean = 0.6;
    course.noise_sd = 0.3;
    Model model = one_referred(course, Days{9});
    const auto first_ratings = [&] {
        RatingsOf found;
        simulate(model, with_pathway(model, nothing()), 0, found);
        double sum = 0, squares = 0;
        for (const auto& [patient, rated] : found.by) {
            sum += rated.front().second;
            squares += rated.front().second * rated.front().second;
        }
        const auto n = static_cast<double>(found.by.size());
        return std::tuple{n, sum / n, std::sqrt(squares / n - sum * sum / n / n)};
    };
    model.patients.arrivals = RegularArrivals{Duration{1}, {}, 20'000};
    const auto [responders, mean, sd] = first_ratings();
    EXPECT_GT(responders, 5'000);
    EXPECT_LT(responders, 15'000);
    model.patients.arrivals = std::monostate{};
    model.patients.in_care_at_start = {10'000, Duration{}};
    const auto [stock, mean_of_stock, sd_of_stock] = first_ratings();
    EXPECT_EQ(stock, 10'000);
    const double tolerance = 4.8916 * 0.3 * std::sqrt(1 / responders + 1 / stock);
    EXPECT_NEAR(mean_of_stock, mean, tolerance);
    EXPECT_NEAR(sd_of_stock, sd, tolerance);
    EXPECT_GT(mean, 0.6 * 0.8 * std::exp2(-7.0 / 50) + tolerance) << "who responds had good days";
}

RatingsOf ratings_of(const Model& model, const Policy& policy) {
    RatingsOf found;
    simulate(model, with_pathway(model, policy), 0, found);
    return found;
}

TEST(SymptomStock, AndWhoArrivesAreTheSameUnderEveryPolicyUntilTheirFirstBooster) {
    const Model model = crowd(Days{200});
    const RatingsOf none = ratings_of(model, nothing());
    for (const Policy& policy :
         {every(Days{30}, ScheduleClock::reset), only_rescue(by_score(0.45, 2, Days{2})),
          only_rescue(asks_after(Days{4}))}) {
        const RatingsOf treated = ratings_of(model, policy);
        EXPECT_EQ(treated.by.size(), none.by.size());
        int before = 0, differing = 0;
        for (const auto& [patient, rated] : none.by) {
            const auto& other = treated.by.at(patient);
            ASSERT_EQ(rated.size(), other.size());
            const auto booster = treated.first_booster.find(patient);
            for (std::size_t i = 0; i < rated.size(); ++i) {
                ASSERT_EQ(rated[i].first, other[i].first);
                if (booster == treated.first_booster.end() || rated[i].first <= booster->second) {
                    ++before;
                    ASSERT_EQ(rated[i].second, other[i].second) << patient;
                } else {
                    differing += rated[i].second != other[i].second;
                }
            }
        }
        EXPECT_GT(before, 300);
        EXPECT_GT(differing, 300) << "boosters do something";
    }
}

/// Follows every patient with a course of its own, one look after the other, from the facts alone.
struct Replay final : Sink {
    using Sink::on;
    struct One {
        Symptoms symptoms;
        Instant arrival, response = kNever;
        std::int64_t ratings = 0;
    };
    std::map<PatientId, One> patients;
    std::uint64_t same = 0, others = 0, after_boosters = 0;
    std::set<PatientId> boosted;

    void on(const CourseBegan& f) override { patients[f.patient] = {f.symptoms, f.at}; }
    void on(const ResponseBegan& f) override { patients.at(f.patient).response = f.at; }
    void on(const InductionEnded& f) override { patients.at(f.patient).symptoms.rating(f.at); }
    void on(const Rated& f) override {
        One& one = patients.at(f.patient);
        ++one.ratings;
        ++(one.symptoms.rating(f.at) == f.improvement ? same : others);
        after_boosters += boosted.contains(f.patient);
    }
    void on(const InfusionGiven& f) override {
        patients.at(f.patient).symptoms.infuse(f.at);
        if (f.kind != VisitKind::induction) boosted.insert(f.patient);
    }
    void on(const CareEnded& f) override {
        const One& one = patients.at(f.patient);
        if (one.response == kNever || f.because != LeftBecause::end_of_run) return;
        const auto weeks = [&](Instant at) { return (at - one.arrival) / Days{7}; };
        EXPECT_EQ(one.ratings, weeks(f.at - Duration{1}) - weeks(one.response)) << f.patient;
    }
};

/// The run takes ratings ahead where they change nothing; none is left out, and each is what it
/// would be in its turn.
TEST(SymptomRatings, AreThoseOfEveryWeekTakenOneAfterTheOther) {
    const Model model = crowd(Days{800});
    for (const Policy& policy :
         {every(Days{30}, ScheduleClock::reset), only_rescue(by_score(0.45, 2, Days{2})),
          only_rescue(asks_after(Days{4}))}) {
        Replay replay;
        simulate(model, with_pathway(model, policy), 0, replay);
        EXPECT_EQ(replay.others, 0U);
        EXPECT_GT(replay.same, 10'000U);
        EXPECT_GT(replay.after_boosters, 3'000U);
    }
}

TEST(SymptomNoise, IsSharedByTheRatingsOfADayUnderTwoPolicies) {
    SymptomCourse course = one_store(10);
    course.noise_sd = 0.1;
    Model model = one_referred(course, Days{100});
    model.patients.arrivals = ListedArrivals{std::vector<Instant>(200, kRunStart)};
    const RatingsOf none = ratings_of(model, nothing());
    const RatingsOf monthly = ratings_of(model, every(Days{30}, ScheduleClock::calendar));
    // without noise all patients are alike, so what boosters add is the same for all of them
    std::map<Instant, double> added;
    double spread = 0;
    for (const auto& [patient, rated] : none.by)
        for (std::size_t i = 0; i < rated.size(); ++i) {
            const double gain = monthly.by.at(patient).at(i).second - rated[i].second;
            const auto [first, is_first] = added.try_emplace(rated[i].first, gain);
            ASSERT_NEAR(gain, first->second, 1e-12);
            spread =
                std::max(spread, std::abs(rated[i].second - none.by.begin()->second[i].second));
        }
    EXPECT_GT(spread, 0.2) << "there is noise";
    EXPECT_GT(added.rbegin()->second, 0.1);
}

TEST(SymptomObservation, ChangesNoVisitOfAScheduleThatNobodyAsksIn) {
    Model model = crowd(Days{300});
    model.patients.drop_out.time = Exponential{200 * kDay};
    const Policy monthly = every(Days{30}, ScheduleClock::reset);
    const auto seen = [&] {
        return test::told(model, with_pathway(model, monthly), visits | care | infusions, true);
    };
    const Lines plain = seen();
    model.observation.check_ups.every = Days{3};
    EXPECT_EQ(seen(), plain);
    model.observation.at_visits = 1;
    EXPECT_EQ(seen(), plain);
    model.observation.self.every = Duration{};
    EXPECT_EQ(seen(), plain);
    model.observation.relapse = {0.6, 1};
    EXPECT_EQ(seen(), plain);
    EXPECT_GT(plain.size(), 1000U);
}

TEST(SymptomObservation, MoreRatingsChangeNoLevelByABit) {
    SymptomCourse course = default_symptom_course();
    course.noise_sd = 0;  // a rating is the level
    Model model = crowd(Days{200});
    model.patients.courses[0].law = course;
    const Policy monthly = every(Days{30}, ScheduleClock::reset);
    const RatingsOf weekly = ratings_of(model, monthly);
    model.observation.check_ups.every = Days{1};
    const RatingsOf daily = ratings_of(model, monthly);
    std::size_t compared = 0;
    for (const auto& [patient, rated] : weekly.by) {
        std::map<Instant, double> all(daily.by.at(patient).begin(), daily.by.at(patient).end());
        EXPECT_GE(all.size(), 7 * (rated.size() - 1));
        for (const auto& [at, level] : rated) {
            ASSERT_EQ(all.at(at), level) << patient;
            ++compared;
        }
    }
    EXPECT_GT(compared, 1000U);
}

// --- clinics -------------------------------------------------------------------------------------

TEST(SymptomClinic, BookedAnInductionIsRatedAfterItsLastVisit) {
    Model model = one_referred(one_store(), Days{22}, 2);
    model.clinic.access = Access::booked;
    model.clinic.chairs = 1;
    model.clinic.open = daily({{9, 17}});
    model.clinic.visits[0].first.infusion = always(1h);
    model.clinic.visits[0].later = model.clinic.visits[0].first;
    EXPECT_EQ(
        told(model, every(Days{10}, ScheduleClock::reset), inductions | visits | infusions),
        (Lines{"0d 09:00 induction begins", "0d 09:00 induction starts, first visit, wanted 0d",
               "0d 10:00 induction works",
               "1d 09:00 induction starts, wanted 1d 10:00, no wait counted",
               "1d 10:00 induction works", "2d 10:00 induction ends: responded, began 0d 09:00",
               "2d 10:00 response", "11d 09:00 booster starts, wanted 11d 10:00",
               "11d 10:00 booster works", "21d 09:00 booster starts, wanted 21d 10:00",
               "21d 10:00 booster works"}));
}

TEST(SymptomClinic, KeepsItsLedgersInEveryKindOfClinic) {
    // the run itself checks that nobody, no chair and no booking gets lost
    for (const Access access : {Access::walk_in, Access::booked})
        for (const DropOutLeaves leaves : {DropOutLeaves::at_once, DropOutLeaves::at_next_due})
            for (const bool score : {false, true}) {
                Model model = crowd(Days{300});
                model.clinic.access = access;
                model.clinic.chairs = 2;
                model.clinic.open = daily({{9, 12}, {13, 17}});
                model.clinic.no_show = access == Access::booked ? 0.1 : 0;
                if (access == Access::walk_in) model.clinic.waiting_room = 4;
                model.patients.drop_out = {Exponential{150 * kDay}, DropOutFrom::first_visit,
                                           leaves, 0.05};
                model.observation.at_visits = 0.7;
                model.observation.check_ups = {Days{28}, 0.9, 0.05};
                Asking asking = score ? by_score(0.45, 2, Days{3}) : asks_after(Days{3});
                asking.asks = 0.8;
                Policy policy = every(Days{28}, ScheduleClock::calendar, asking);
                policy.infusions = 2;
                policy.apart = Uniform{1 * kDay, 2 * kDay};
                policy.missed = 0.1;
                policy.cap = Cap{20};
                const Count count =
                    run(model, with_pathway(model, policy, Span{.fixed = Days{60}}));
                EXPECT_GT(count.relapses, 10);
                EXPECT_GT(count.rescues, 10);
                EXPECT_GT(count.dropped_out, 10);
            }
}

TEST(SymptomClinic, APlaceGivenToAPatientWithAnotherKindOfCourseRemembersNothing) {
    // who drops out between the last infusion and its rating leaves a place behind
    Model model = one_referred(one_store(), Days{300});
    model.patients.arrivals = RegularArrivals{hours{5}, {}, {}};
    model.patients.conditions = {{"depression", 0.5, InductionId{0}, 0},
                                 {"chronic_pain", 0.5, InductionId{0}, 1}};
    model.patients.courses.push_back({"renewal", weibull_course(1.5, 40), {}});
    model.clinic.visits.resize(2);
    model.patients.drop_out.time = Exponential{1 * kDay};
    model.observation.response_after = Days{3};
    model.patients.inductions[0].visits = 2;
    const Count count = run(model, with_pathway(model, nothing()));
    EXPECT_GT(count.dropped_out, 1000);
    EXPECT_GT(count.responded, 50);
}

}  // namespace
}  // namespace clinicsim::test
