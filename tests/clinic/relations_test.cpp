// Relations between two runs, one of which has something more, less or in another order: what must
// stay the same to the tick, and what must not rise. And identities of policies: relapses per well
// patient-year do not depend on how soon an episode ends.
#include <map>
#include <set>

#include "busy_clinic.hpp"
#include "replicated.hpp"

namespace clinicsim::test {
namespace {

constexpr auto kReset = ScheduleClock::reset;
constexpr auto kCalendar = ScheduleClock::calendar;

// --- boosters ------------------------------------------------------------------------------------

TEST(BoostersWithoutEffect, ChangeNoRelapse) {
    Model model = busy_clinic(Days{300}, std::nullopt);
    auto& course = std::get<RenewalCourse>(model.patients.courses[0].law);
    course.works = 0;
    course.loss_of_response = 0;
    // nobody leaves because of a policy; who relapses stays ill
    const auto relapses_under = [&](const Policy& policy) {
        return told(model, with_pathway(model, policy), relapses, true);
    };
    const Lines none = relapses_under({});
    ASSERT_GT(none.size(), 50);
    EXPECT_EQ(none, relapses_under(every(Days{28}, kReset)));
    EXPECT_EQ(none, relapses_under(monthly_with_rescue()));
    EXPECT_EQ(none, relapses_under(as_needed(asks_after(Days{3}))));
    course.works = 1;
    EXPECT_NE(none, relapses_under(every(Days{28}, kReset))) << "the comparison sees nothing";
}

/// F(T) and the integral of S from 0 to T, T in days.
std::pair<double, double> of_weibull(double shape, double scale, double end) {
    const auto survival = [&](double t) { return std::exp(-std::pow(t / scale, shape)); };
    constexpr int kSteps = 20'000;  // Simpson; shapes under 1 are steep at 0, hence so many
    double integral = 0;
    for (int i = 0; i < kSteps; ++i) {
        // the substitution t = end v^3 takes the steepness away
        const auto part = [&](double v) { return survival(end * v * v * v) * 3 * end * v * v; };
        const double a = static_cast<double>(i) / kSteps, b = static_cast<double>(i + 1) / kSteps;
        integral += (part(a) + 4 * part((a + b) / 2) + part(b)) / (6 * kSteps);
    }
    return {1 - survival(end), integral};
}

TEST(ShorterIntervals, HaveTheExactRatesOfTheReferenceCases) {
    const auto rate = [](double shape, double days) {
        const auto [failed, integral] = of_weibull(shape, 40, days);
        return 365.25 * failed / integral;
    };
    EXPECT_NEAR(rate(1.5, 28), 7.19931199258367, 1e-9);    // R01
    EXPECT_NEAR(rate(1.5, 14), 5.290733597177887, 1e-9);   // R02
    EXPECT_NEAR(rate(1, 28), 9.13125, 1e-9);               // R04
    EXPECT_NEAR(rate(0.8, 28), 10.242824916039545, 1e-9);  // R05
    EXPECT_NEAR(rate(1.5, 56), 9.137187861622042, 1e-9);   // R06
}

TEST(ShorterIntervals, HelpWhereTheHazardRisesAndHarmWhereItFalls) {
    for (const double shape : {0.8, 1.0, 1.5}) {
        double relapses_before = 0, boosters_before = 1000;
        for (const int days : {14, 28, 56}) {
            const Model model =
                renewal_model(8, weibull_course(shape, 40), Days{56 * 65}, Days{56 * 13});
            const Replications runs{model,
                                    with_pathway(model, every(Days{days}, kReset, Asking{}))};
            const Ratio relapses = runs.ratio(&Count::relapses, &Count::years);
            const std::string what =
                "shape " + std::to_string(shape) + ", every " + std::to_string(days) + " days";
            const auto [failed, integral] = of_weibull(shape, 40, days);
            expect_exact(relapses, 365.25 * failed / integral, 0.04, what);
            if (days > 14 && shape > 1) {
                EXPECT_GT(relapses.mean(), relapses_before) << what;
            } else if (days > 14 && shape < 1) {
                EXPECT_LT(relapses.mean(), relapses_before) << what;
            }
            relapses_before = relapses.mean();
            const double boosters =
                runs.ratio([](const Count& n) { return n.planned + n.rescues; }, &Count::years)
                    .mean();
            EXPECT_LT(boosters, boosters_before) << what;
            boosters_before = boosters;
        }
    }
}

TEST(WellYears, HaveTheSameRateOfRelapsesUnderMonthlyBoostersHoweverAnEpisodeEnds) {
    // at once, a week later, at the next planned booster only, or with that one cancelled; seen at
    // check-ups: R01 = R16 = R19 = R22
    Asking cancelling = asks_after(Days{7});
    cancelling.planned = PlannedInEpisode::cancelled;
    Asking check_ups = asks_after(Days{2});
    check_ups.seen = SeenAtCheckUps{Days{5}};
    double least_ill = 1, most_ill = 0;
    for (const Policy& policy :
         {every(Days{28}, kReset, Asking{}), every(Days{28}, kReset, asks_after(Days{7})),
          every(Days{28}, kReset, cancelling), every(Days{28}, kReset, check_ups),
          every(Days{28}, kCalendar)}) {
        const Model model = renewal_model(8, weibull_course(1.5, 40), Days{56 * 65}, Days{56 * 13});
        const Replications runs{model, with_pathway(model, policy)};
        expect_exact(runs.ratio(&Count::relapses, &Count::well_years), 7.19931199258367, 0.04,
                     "relapses per well patient-year");
        const double ill =
            runs.ratio(&Count::ill, [](const Count& n) { return n.well + n.ill; }).mean();
        least_ill = std::min(least_ill, ill);
        most_ill = std::max(most_ill, ill);
    }
    EXPECT_LT(least_ill, 1e-9);
    EXPECT_GT(most_ill, 0.15) << "while the time ill is anything up to a fifth";
}

TEST(LongerDelays, NeverShortenTheTimeIll) {
    double before = -1;
    for (const int delay : {0, 3, 7, 14, 60}) {
        const Model model = renewal_model(8, weibull_course(1.5, 40), Days{56 * 20});
        const Count count = run(model, with_pathway(model, as_needed(asks_after(Days{delay}))));
        EXPECT_GT(count.ill, before);
        before = count.ill;
    }
}

TEST(Cycles, WithoutRelapseAreAsManyAsSurviveThem) {
    // R28: a booster every 28 days by the calendar renews, a rescue does not
    RenewalCourse course = weibull_course(1.5, 40);
    course.rescue_renews = false;
    const Model model = renewal_model(50, course, Days{28 * 40});
    struct Cycles final : Sink {
        std::map<PatientId, bool> relapsed;
        double all = 0, without = 0;
        using Sink::on;
        void on(const Relapsed& f) override { relapsed[f.patient] = true; }
        void on(const InfusionGiven& f) override {
            if (f.kind != VisitKind::booster) return;
            ++all;
            without += !relapsed[f.patient];
            relapsed[f.patient] = false;
        }
    } cycles;
    for (std::uint32_t r = 0; r < 30; ++r) {
        cycles.relapsed.clear();
        simulate(model, with_pathway(model, every(Days{28}, kCalendar, Asking{})), r, cycles);
    }
    constexpr double exact = 0.5567372;
    EXPECT_EQ(cycles.all, 30 * 50 * 39);
    EXPECT_NEAR(cycles.without / cycles.all, exact,
                kOneInAMillion * std::sqrt(exact * (1 - exact) / cycles.all));
    EXPECT_GT(0.02 * exact, kOneInAMillion * std::sqrt(exact * (1 - exact) / cycles.all));
}

TEST(AlternatingRenewal, IsWellAtTheEndOfAYearAsOftenAsTheorySays) {
    // R39: exponential well (40 days) and ill (10 days), well at the start
    Asking slow;
    slow.asks_after = Exponential{10 * kDay};
    Model model = renewal_model(2000, weibull_course(1, 40), Days{366});
    model.end = kRunStart + kYear;
    struct AtEnd final : Sink {
        Instant end{};
        double well = 0;
        using Sink::on;
        void on(const CareSpan& f) override { well += f.to == end && f.state == CareState::well; }
    } sink;
    sink.end = model.end;
    for (std::uint32_t r = 0; r < 10; ++r)
        simulate(model, with_pathway(model, as_needed(slow)), r, sink);
    const double bound = kOneInAMillion * std::sqrt(0.8 * 0.2 / 20'000);
    EXPECT_NEAR(sink.well / 20'000, 0.8, bound);
    EXPECT_GT(0.02, bound);
}

// --- drop-out ------------------------------------------------------------------------------------

struct Careers final : Sink {
    struct Career {
        Duration in_care{};
        std::set<Instant> relapses;
        int boosters = 0;
    };
    std::map<PatientId, Career> of;
    using Sink::on;
    void on(const CareEnded& f) override { of[f.patient].in_care = f.at - f.since; }
    void on(const Relapsed& f) override { of[f.patient].relapses.insert(f.at); }
    void on(const InfusionGiven& f) override { ++of[f.patient].boosters; }
};

TEST(MoreDropOut, KeepsNobodyLongerAndCutsTheRestOff) {
    for (const Policy& policy : {monthly_with_rescue(), pairs_as_needed()}) {
        const auto careers = [&](double mean_days) {
            Model model = busy_clinic(Days{300}, std::nullopt);
            model.patients.drop_out.time = Exponential{mean_days * kDay};
            model.patients.drop_out.per_induction_visit = 0.03 * 200 / mean_days;
            Careers sink;
            simulate(model, with_pathway(model, policy), 0, sink);
            return sink.of;
        };
        const auto few = careers(200), many = careers(100);
        ASSERT_EQ(few.size(), many.size());
        std::size_t shorter = 0, fewer = 0;
        for (const auto& [patient, longer] : few) {
            const auto& cut = many.at(patient);
            EXPECT_LE(cut.in_care, longer.in_care);
            EXPECT_LE(cut.boosters, longer.boosters);
            for (const Instant at : cut.relapses) EXPECT_TRUE(longer.relapses.contains(at));
            shorter += cut.in_care < longer.in_care;
            fewer += cut.relapses.size() < longer.relapses.size();
        }
        EXPECT_GT(shorter, 50);
        EXPECT_GT(fewer, 10);
    }
}

TEST(MoreDropOut, MeansFewerRelapsesAPatientEvenWhereItShortensTheLine) {
    // one chair: who leaves makes room, so that it holds on average only
    const auto relapses = [](double mean_days, std::uint32_t replication) {
        Model model = busy_clinic(Days{300}, 1);
        model.patients.in_care_at_start.patients = 60;
        model.patients.drop_out.time = Exponential{mean_days * kDay};
        return run(model, with_pathway(model, as_needed(asks_after(Days{2}))), replication)
            .relapses;
    };
    double sum = 0, squares = 0;
    constexpr std::uint32_t kRuns = 20;
    for (std::uint32_t r = 0; r < kRuns; ++r) {
        const double fewer = relapses(400, r) - relapses(200, r);
        sum += fewer;
        squares += fewer * fewer;
    }
    const double mean = sum / kRuns;
    const double se = std::sqrt((squares / kRuns - mean * mean) / (kRuns - 1));
    EXPECT_GT(mean, kOneInAMillion * se);
}

// --- what makes no difference --------------------------------------------------------------------

TEST(VisitsOfNoLength, NeverWaitHoweverFewTheChairs) {
    Model model = renewal_model(50, weibull_course(1.5, 40), Days{1000});
    const auto all = [&] { return all_of(model, as_needed(asks_after(Days{3}))); };
    const Lines unlimited = all();
    ASSERT_GT(unlimited.size(), 3000);
    model.clinic.chairs = 1;
    EXPECT_EQ(unlimited, all());
    const Count count = run(model, with_pathway(model, as_needed(asks_after(Days{3}))));
    EXPECT_GT(count.waits, 500);
    EXPECT_EQ(count.waited, 0);
}

TEST(UnlimitedChairs, MakeAClinicTheSumOfItsPatients) {
    // one patient in care and referrals at times of their own: together as each alone
    Model model = busy_clinic(Days{150}, std::nullopt);
    model.patients.arrivals = ListedArrivals{{day(1), day(2, 3h), day(40)}};
    model.patients.in_care_at_start.patients = 1;
    Lines together = all_of(model, monthly_with_rescue());
    const auto of = [](const Lines& lines, const std::string& who) {
        Lines result;
        for (const std::string& line : lines)
            if (line.find(" " + who + " ") != std::string::npos) result.push_back(line);
        return result;
    };
    model.patients.arrivals = {};
    const Lines alone = all_of(model, monthly_with_rescue());
    ASSERT_GT(alone.size(), 20);
    EXPECT_EQ(of(together, "s0"), alone);
    model.patients.in_care_at_start.patients = 0;
    model.patients.arrivals = ListedArrivals{{day(1)}};
    EXPECT_EQ(of(together, "p0"), all_of(model, monthly_with_rescue()));
}

TEST(Conditions, SplitIntoTwoThatAreAlikeChangeNothing) {
    const auto facts = [](bool split) {
        Model model = busy_clinic(Days{200});
        if (split) {
            model.patients.conditions = {{"one", 0.3, InductionId{0}, 0},
                                         {"other", 0.7, InductionId{0}, 0}};
            model.clinic.visits.push_back(model.clinic.visits[0]);
        }
        return all_of(model, monthly_with_rescue());
    };
    const Lines one = facts(false);
    ASSERT_GT(one.size(), 1000);
    EXPECT_EQ(one, facts(true));
}

TEST(Conditions, InAnotherOrderHaveTheSameRates) {
    const auto rate = [](double quick_share, bool swapped) {
        Model model = renewal_model(50, weibull_course(1.5, 20), Days{365 * 2});
        model.patients.courses.push_back({"slow", weibull_course(1.5, 80)});
        model.patients.conditions = {{"quick", quick_share, std::nullopt, 0},
                                     {"slow", 1 - quick_share, std::nullopt, 1}};
        if (swapped) std::swap(model.patients.conditions[0], model.patients.conditions[1]);
        model.clinic.visits.push_back(model.clinic.visits[0]);
        return Replications{model, with_pathway(model, as_needed())}.ratio(&Count::relapses,
                                                                           &Count::years);
    };
    const Ratio usual = rate(0.3, false), swapped = rate(0.3, true), other = rate(0.4, true);
    const double bound = kOneInAMillion * std::hypot(usual.se(), swapped.se());
    EXPECT_NE(usual.mean(), swapped.mean());
    EXPECT_NEAR(usual.mean(), swapped.mean(), bound);
    EXPECT_GT(std::abs(other.mean() - usual.mean()), bound) << "no power";
}

TEST(NoShows, OfNobodyAreTheClinicWithoutTheFeature) {
    Model model = booked(busy_clinic(Days{120}));
    model.clinic.no_show = model.clinic.no_show_first = 0;
    const Lines facts = all_of(model, monthly_with_rescue());
    ASSERT_GT(facts.size(), 1000);
    for (const std::string& line : facts) EXPECT_EQ(line.find("no show"), std::string::npos);
    // another law of patience, a rank or a place that nobody needs changes nothing either
    model.clinic.patience = Constant{1000 * kDay};
    EXPECT_EQ(facts, all_of(model, monthly_with_rescue()));
}

}  // namespace
}  // namespace clinicsim::test
