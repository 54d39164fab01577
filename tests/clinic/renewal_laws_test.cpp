// Booster policies against renewal theory (Barlow and Proschan 1965): patients treated at the
// start, visits of no length, unlimited chairs. The values are the reference cases R01-R43, from
// closed forms and numerical renewal functions; the formula stands in each row's comment.
#include "replicated.hpp"

namespace clinicsim::test {
namespace {

constexpr auto kReset = ScheduleClock::reset;
constexpr auto kCalendar = ScheduleClock::calendar;
constexpr double kNot = -1;  // no exact value

struct Rates {
    double relapses = kNot;  // per patient-year
    double boosters = kNot;  // planned and rescue
    double planned = kNot;
    double ill = kNot;  // share of time
};

struct Case {
    const char* name;
    RenewalCourse course;
    Policy policy;
    Rates exact;
    std::uint32_t patients = 8;

    friend void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
};

// a multiple of 56 days, so that calendar boosters fall at both ends alike
constexpr Days kHorizon{56 * 65}, kWarmUp{56 * 13};

Asking seen_every(Days every, Days after = Days{0}) {
    Asking asking = asks_after(after);
    asking.seen = SeenAtCheckUps{every};
    return asking;
}
Asking cancelling(Days after) {
    Asking asking = asks_after(after);
    asking.planned = PlannedInEpisode::cancelled;
    return asking;
}
Policy missing(Policy policy, double share) {
    policy.missed = share;
    return policy;
}
Policy every_ticks(double days, std::optional<Asking> rescue) {
    Policy policy = every(Days{1}, kReset, std::move(rescue));
    std::get<FixedInterval>(policy.schedule).every.fixed = from_ticks(days * kDay);
    return policy;
}
RenewalCourse with(RenewalCourse course, double works, bool rescue_renews) {
    course.works = works;
    course.rescue_renews = rescue_renews;
    return course;
}
RenewalCourse two_classes() {
    RenewalCourse course = weibull_course(1.5, 50);  // scales 25 and 75
    course.frailty = Discrete{{0.5, 1.5}, {0.5, 0.5}};
    return course;
}

const RenewalCourse kUsual = weibull_course(1.5, 40);

const std::vector<Case> kCases{
    // booster every T after the last treatment, rescue at once: F(T) / int_0^T S
    {"R01",
     kUsual,
     every(Days{28}, kReset, Asking{}),
     {7.19931199258367, 16.241632494783687, 9.042320502200017, 0}},
    {"R02",
     kUsual,
     every(Days{14}, kReset, Asking{}),
     {5.290733597177887, 28.287943098376928, 22.99720950119904, 0}},
    {"R04",
     weibull_course(1, 40),
     every(Days{28}, kReset, Asking{}),
     {9.13125, 18.13862421731219, 9.007374217312194, 0}},
    {"R05",
     weibull_course(0.8, 40),
     every(Days{28}, kReset, Asking{}),
     {10.242824916039545, 19.382277147902954, 9.139452231863409, 0}},
    {"R06",
     kUsual,
     every(Days{56}, kReset, Asking{}),
     {9.137187861622042, 11.291703438047252, 2.1545155764252093, 0}},
    {"R07",
     weibull_course(2, 30),
     every(Days{30}, kReset, Asking{}),
     {10.305060409276624, 16.30236553035691, 5.9973051210802835, 0}},
    // as needed: 1 / (E[X] + D)
    {"R08", kUsual, as_needed(), {10.114979353867763, 10.114979353867763, 0, 0}},
    {"R09",
     kUsual,
     as_needed(asks_after(Days{7})),
     {8.47254918181834, 8.47254918181834, 0, 0.1623760281251975}},
    {"R11",
     weibull_course(2.5, 60),
     as_needed(asks_after(Days{10})),
     {5.775997650163396, 5.775997650163396, 0, 0.1581381971297302}},
    // seen at check-ups every tau only: cycle = tau sum_j S(j tau) + D
    {"R12",
     kUsual,
     as_needed(seen_every(Days{7})),
     {9.21812403254509, 9.21812403254509, 0, 0.08866605555450141}},
    {"R14",
     kUsual,
     as_needed(seen_every(Days{14}, Days{3})),
     {7.908196901762116, 7.908196901762116, 0, 0.21816974359535588}},
    // calendar boosters only: F(T) / T
    {"R16",
     kUsual,
     every(Days{28}, kCalendar),
     {5.782205316525988, 13.044642857142858, 13.044642857142858, 0.19683918095472264}},
    {"R18",
     weibull_course(0.8, 40),
     every(Days{28}, kCalendar),
     {6.893616877851547, 13.044642857142858, 13.044642857142858, 0.3269808930291656}},
    // rescue D after the relapse; the planned one is given if it comes first
    {"R19",
     kUsual,
     every(Days{28}, kReset, asks_after(Days{7})),
     {6.436951212127983, 14.521748200652114, 14.521748200652114 - 4.594843058162593,
      0.10589356055704045}},
    {"R21",
     kUsual,
     every(Days{14}, kReset, asks_after(Days{7})),
     {4.950367514975499, 26.468109196497153, 26.468109196497153 - 1.8684440866706413,
      0.06433249301834851}},
    // the relapse cancels the planned one
    {"R22",
     kUsual,
     every(Days{28}, kReset, cancelling(Days{7})),
     {6.326426497509033, 14.2724046802878, kNot, 0.12124568236156942}},
    // works with 70 %, else again a week later
    {"R24",
     with(kUsual, 0.7, true),
     as_needed(asks_after(Days{3})),
     {8.673750489450622, 12.391072127786604, 0, 0.142484607629579}},
    // every fifth planned booster missed
    {"R26",
     kUsual,
     missing(every(Days{28}, kReset, Asking{}), 0.2),
     {7.762837893350654, 14.857258488064216, 7.0944205947135615, 0}},
    // minimal rescue: H(T) / T
    {"R28",
     with(kUsual, 1, false),
     every(Days{28}, kCalendar, Asking{}),
     {7.639751867289277, 13.044642857142858 + 7.639751867289277, 13.044642857142858, 0}},
    // block policy, the rescue renews as well: M(T) / T
    {"R33",
     kUsual,
     every(Days{28}, kCalendar, Asking{}),
     {6.8553515576197395, 19.8999944147626, 13.044642857142858, 0}},
    // two classes of patients: the mean of their rates
    {"R37",
     two_classes(),
     every(Days{28}, kReset, Asking{}),
     {8.307185067993546, 16.998836832089598, kNot, 0},
     60},
    // the intervals of least cost
    {"R41", kUsual, every_ticks(27.019679685458488, Asking{}), {7.094229583071418, kNot, kNot, 0}},
    {"R43",
     weibull_course(2, 30),
     every_ticks(22.137415805166157, Asking{}),
     {8.20157998883649, kNot, kNot, 0}},
};

class Renewal : public testing::TestWithParam<Case> {};

TEST_P(Renewal, AgreesWithTheory) {
    const Case& c = GetParam();
    const Model model = renewal_model(c.patients, c.course, kHorizon, kWarmUp);
    const Replications runs{model, with_pathway(model, c.policy)};
    const auto check = [&](auto top, auto bottom, double exact, const char* what) {
        const Ratio ratio = runs.ratio(top, bottom);
        if (exact == kNot) return;
        if (ratio.se() < 1e-9)  // the same in every replication
            EXPECT_NEAR(ratio.mean(), exact, 1e-9 + 1e-6 * exact) << what;
        else
            expect_exact(ratio, exact, 0.05, what);
    };
    check(&Count::relapses, &Count::years, c.exact.relapses, "relapses per patient-year");
    check([](const Count& n) { return n.planned + n.rescues; }, &Count::years, c.exact.boosters,
          "boosters per patient-year");
    check(&Count::planned, &Count::years, c.exact.planned, "planned boosters per patient-year");
    check(
        &Count::ill, [](const Count& n) { return n.well + n.ill; }, c.exact.ill,
        "share of time ill");
}

INSTANTIATE_TEST_SUITE_P(Reference, Renewal, testing::ValuesIn(kCases),
                         [](const auto& c) { return std::string{c.param.name}; });

/// The same case from another seed, so that the bound is tried on more than one sample.
TEST(Renewal, AgreesFromAnotherSeedAndWouldNotWithACourseFivePercentLonger) {
    Model model = renewal_model(8, kUsual, kHorizon, kWarmUp);
    model.seed = 987654321;
    const auto rate = [&] {
        return Replications{model, with_pathway(model, as_needed())}.ratio(&Count::relapses,
                                                                           &Count::years);
    };
    expect_exact(rate(), 10.114979353867763, 0.03, "R08");
    model.patients.courses = {{"longer", weibull_course(1.5, 42)}};
    const Ratio longer = rate();
    EXPECT_GT(10.114979353867763 - longer.mean(), kOneInAMillion * longer.se());
}

// --- a first year from just treated --------------------------------------------------------------

Ratio first_year(const RenewalCourse& course, const Asking& asking = {}) {
    Model model = renewal_model(60, course, Days{366});
    model.end = kRunStart + kYear;
    return Replications{model, with_pathway(model, as_needed(asking))}.mean(
        [](const Count& n) { return n.relapses / 60; });
}

TEST(FirstYear, HasTheRenewalFunctionsNumberOfRelapses) {
    RenewalCourse erlang = weibull_course(1, 40);
    erlang.relapse = Erlang{2, 40 * kDay};
    expect_exact(first_year(kUsual), 9.845478598728016, 0.03, "R30");
    expect_exact(first_year(weibull_course(0.8, 40)), 8.353050174062972, 0.03, "R31");
    expect_exact(first_year(erlang), 8.88125, 0.03, "R32");
}

TEST(FirstYear, OfAnAlternatingRenewalProcess) {
    Asking slow;
    slow.asks_after = Exponential{10 * kDay};
    expect_exact(first_year(weibull_course(1, 40), slow), 7.345, 0.05, "R39");
    Model model = renewal_model(20, weibull_course(1, 40), Days{50 * 365}, Days{365});
    expect_exact(Replications{model, with_pathway(model, as_needed(slow)), 20}.ratio(
                     &Count::well, [](const Count& n) { return n.well + n.ill; }),
                 0.8, 0.02, "R39, share of time well");
}

TEST(WellYears, HaveTheSameRateOfRelapsesWhateverTheDelay) {
    // while a slow clinic's relapses per patient-year fall: who is ill cannot relapse
    double before = 20;
    for (const Asking& asking :
         {Asking{}, asks_after(Days{7}), seen_every(Days{14}, Days{7}), asks_after(Days{60})}) {
        const Model model = renewal_model(8, kUsual, kHorizon, kWarmUp);
        const Replications runs{model, with_pathway(model, as_needed(asking))};
        expect_exact(runs.ratio(&Count::relapses, &Count::well_years), 10.114979353867763, 0.03,
                     "relapses per well patient-year");
        const double of_all = runs.ratio(&Count::relapses, &Count::years).mean();
        EXPECT_LT(of_all, before);
        before = of_all;
    }
}

TEST(DropOut, ExponentialEndsCareInAnyState) {
    // from just treated until drop-out: L / (1 - L), L = E exp(-theta X)
    Model model = renewal_model(50, kUsual, Days{30 * 250});
    model.patients.drop_out = {Exponential{250 * kDay}, DropOutFrom::first_visit,
                               DropOutLeaves::at_once, 0};
    const Replications runs{model, with_pathway(model, as_needed())};
    expect_exact(runs.mean([](const Count& n) { return n.relapses / 50; }), 6.665043495512751, 0.1,
                 "R35, relapses per patient");
    expect_exact(runs.ratio(&Count::relapses, &Count::years), 9.737628546944128, 0.03,
                 "R35, relapses per patient-year");
    expect_exact(runs.mean([](const Count& n) { return (n.well + n.ill) / 50; }), 250, 0.1,
                 "R35, days in care");
}

}  // namespace
}  // namespace clinicsim::test
