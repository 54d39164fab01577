// Arrivals, opening hours and the appointment book, each against the plainest thing that could be
// right.
#include "clinicsim/clinic/arrivals.hpp"
#include "clinicsim/clinic/book.hpp"
#include "clinicsim/clinic/opening_hours.hpp"
#include "clinicsim/random/engine.hpp"
#include "replicated.hpp"

namespace clinicsim::test {
namespace {

/// Whole numbers below n, from a fixed seed.
struct Dice {
    Engine engine;
    explicit Dice(std::uint64_t seed) : engine{{.seed = seed}} {}
    std::int64_t roll(std::int64_t n) {
        // an engine reads 512 numbers at its address
        if (++rolled % 500 == 0) engine = Engine{{.seed = 1, .index = ++address}};
        return static_cast<std::int64_t>(uniform01(engine) * static_cast<double>(n));
    }
    int rolled = 0;
    std::uint64_t address = 0;
};

const Dates kFrom2026{Date{std::chrono::year{2026} / 1 / 1}};

// --- arrivals ------------------------------------------------------------------------------------

TEST(Arrivals, RegularAndListedOnesComeWhenTheyShould) {
    const Arrivals regular = RegularArrivals{.every = Days{7}, .first = 3h, .count = 3};
    ArrivalSource weekly{regular, kFrom2026, 1, 0};
    for (const Instant expected : {day(0, 3h), day(7, 3h), day(14, 3h), kNever, kNever})
        EXPECT_EQ(weekly.next(), expected);
    const Arrivals listed = ListedArrivals{{day(1), day(1), day(4)}};
    ArrivalSource list{listed, kFrom2026, 1, 0};
    for (const Instant expected : {day(1), day(1), day(4), kNever})
        EXPECT_EQ(list.next(), expected);
    const Arrivals none;
    EXPECT_EQ((ArrivalSource{none, kFrom2026, 1, 0}.next()), kNever);
}

PoissonArrivals growing() {
    return {.per_tick = 3 / kDay,
            .growth_per_year = 0.3,
            .season_amplitude = 0.6,
            .season_peak = {std::chrono::month{11}, std::chrono::day{15}}};
}

TEST(Arrivals, ExpectedNumberIsTheIntegralOfTheIntensity) {
    const PoissonArrivals poisson = growing();
    const double peak = 318 * kDay;  // 15 November
    const auto year = static_cast<double>(kYear.count());
    for (const double days : {10., 100., 365., 800.}) {
        double sum = 0;  // by the midpoint rule
        constexpr int n = 200'000;
        for (int i = 0; i < n; ++i) {
            const double t = (i + 0.5) * days * kDay / n;
            sum += std::pow(1.3, t / year) * (1 + 0.6 * std::cos(2 * M_PI * (t - peak) / year));
        }
        const double integral = 3 / kDay * sum * days * kDay / n;
        EXPECT_NEAR(expected_arrivals(poisson, peak, days * kDay), integral, 1e-6 * integral);
    }
    EXPECT_NEAR(expected_arrivals({.per_tick = 3 / kDay}, 0, 10 * kDay), 30, 1e-9);
}

TEST(Arrivals, CountsPerMonthFollowGrowthAndSeason) {
    const PoissonArrivals poisson = growing();
    const Arrivals arrivals = poisson;
    constexpr int months = 24, replications = 40;
    std::array<double, months> seen{};
    for (std::uint32_t r = 0; r < replications; ++r) {
        ArrivalSource source{arrivals, kFrom2026, 11, r};
        for (Instant at; (at = source.next()) < kRunStart + kMonth * months;)
            ++seen[static_cast<std::size_t>((at - kRunStart) / kMonth)];
    }
    const auto chi_square = [&](const PoissonArrivals& law) {
        double sum = 0;
        for (int m = 0; m < months; ++m) {
            const auto before = static_cast<double>((kMonth * m).count());
            const auto after = static_cast<double>((kMonth * (m + 1)).count());
            const double mean = replications * (expected_arrivals(law, 318 * kDay, after) -
                                                expected_arrivals(law, 318 * kDay, before));
            const double off = seen[static_cast<std::size_t>(m)] - mean;
            sum += off * off / mean;
        }
        return sum;
    };
    EXPECT_LT(chi_square(poisson), 72.1);  // 24 degrees of freedom: one in a million
    PoissonArrivals other = poisson;
    other.season_amplitude = 0.5;
    EXPECT_GT(chi_square(other), 72.1) << "a season a sixth weaker would be seen";
    other = poisson;
    other.growth_per_year = 0.2;
    EXPECT_GT(chi_square(other), 72.1) << "a growth a third weaker would be seen";
}

TEST(Arrivals, GrowthDrawsTheSamePatientsEarlier) {
    const Arrivals flat = PoissonArrivals{.per_tick = 1 / kDay};
    const Arrivals more = PoissonArrivals{.per_tick = 1 / kDay, .growth_per_year = 0.5};
    ArrivalSource a{flat, kFrom2026, 5, 0}, b{more, kFrom2026, 5, 0};
    for (int n = 0; n < 1000; ++n) EXPECT_LE(b.next(), a.next());
}

// --- opening hours -------------------------------------------------------------------------------

TEST(OpeningHours, AgreeWithACheckOfEveryMinute) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Dice dice{seed};
        OpeningRule rule;
        rule.always = false;
        for (auto& of_day : rule.week) {
            const auto stretches = dice.roll(3);
            std::int64_t hour = dice.roll(8);
            for (std::int64_t s = 0; s < stretches; ++s) {
                const std::int64_t to = std::min<std::int64_t>(24, hour + 1 + dice.roll(9));
                if (hour >= to) break;
                of_day.push_back({hours{hour}, hours{to}});
                hour = to + dice.roll(3);
            }
        }
        // some weeks run through midnight
        if (seed % 3 == 0) rule.week[2] = {{20h, 24h}}, rule.week[3] = {{0h, 6h}};
        rule.holidays = {{std::chrono::month{1}, std::chrono::day{6}}};
        rule.closed = {
            {Date{std::chrono::year{2026} / 1 / 9}, Date{std::chrono::year{2026} / 1 / 10}}};
        const OpeningHours open{rule, kFrom2026, day(20)};
        const auto by_rule = [&](Instant at) {
            const auto number = (at - kRunStart) / Days{1};
            if (number == 5 || number == 8 || number == 9) return false;
            const Duration of_day = at - day(number);
            // 1 January 2026 is a Thursday
            for (const DayHours& h : rule.week[static_cast<std::size_t>((number + 4) % 7)])
                if (h.from <= of_day && of_day < h.to) return true;
            return false;
        };
        Duration before{};
        for (Instant at = kRunStart; at < day(20); at += 15min) {
            ASSERT_EQ(open.is_open(at), by_rule(at)) << in_hours(at - kRunStart);
            ASSERT_EQ(open.open_before(at), before);
            if (by_rule(at)) before += 15min;
            const auto stretch = open.stretch_at_or_after(at);
            if (stretch.from == kNever) continue;
            ASSERT_LT(at, stretch.to);
            for (Instant t = at; t < stretch.from && t < day(20); t += 1h) ASSERT_FALSE(by_rule(t));
            ASSERT_TRUE(by_rule(stretch.to - 1ms));
            ASSERT_FALSE(by_rule(stretch.to));
        }
    }
}

TEST(OpeningHours, AlwaysOpenIsOneStretchWithoutEnd) {
    const OpeningHours open{OpeningRule{}, kFrom2026, day(20)};
    EXPECT_TRUE(open.is_open(day(1000)));
    EXPECT_EQ(open.stretch_at_or_after(day(3)).to, kNever);
    EXPECT_EQ(open.open_before(day(3)), Days{3});
}

// --- the book ------------------------------------------------------------------------------------

/// Chairs promised per cell of five minutes, in one long row.
struct PlainBook {
    std::uint32_t chairs;
    const OpeningHours& open;
    std::vector<std::uint32_t> promised = std::vector<std::uint32_t>(60 * 288);

    Instant at(std::size_t cell) const { return kRunStart + kBookGrid * static_cast<int>(cell); }
    bool fits(std::size_t cell, std::size_t cells) const {
        for (std::size_t c = cell; c < cell + cells; ++c)
            if (c / 288 != cell / 288 || promised[c] >= chairs || !open.is_open(at(c)) ||
                !open.is_open(at(c + 1) - 1ms))
                return false;
        return true;
    }
    static std::size_t cells_of(Duration d) {
        return static_cast<std::size_t>(
            std::max<std::int64_t>(1, (d + kBookGrid - 1ms) / kBookGrid));
    }
    Instant book(Instant earliest, Duration length) {
        auto cell = static_cast<std::size_t>((earliest - kRunStart + kBookGrid - 1ms) / kBookGrid);
        while (!fits(cell, cells_of(length))) ++cell;
        for (std::size_t c = cell; c < cell + cells_of(length); ++c) ++promised[c];
        return at(cell);
    }
    void cancel(Instant start, Duration length) {
        const auto cell = static_cast<std::size_t>((start - kRunStart) / kBookGrid);
        for (std::size_t c = cell; c < cell + cells_of(length); ++c) --promised[c];
    }
};

AppointmentBook::LimitAt always_chairs(std::uint32_t chairs) {
    return [chairs](Instant) { return AppointmentBook::Limit{chairs, kNever}; };
}

Instant take_first(AppointmentBook& book, Instant earliest, Duration length) {
    const Instant start = book.find({length}, earliest, kNever, earliest).start;
    if (start != kNever) book.take({start}, length);
    return start;
}

TEST(AppointmentBook, BehavesAsARowOfCellsUnderAnySequenceOfCommands) {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Dice dice{100 + seed};
        const OpeningHours open{seed % 2 == 0 ? daily({{8, 12}, {13, 17}}) : OpeningRule{},
                                kFrom2026, day(60)};
        const auto chairs = static_cast<std::uint32_t>(1 + dice.roll(3));
        AppointmentBook book{always_chairs(chairs), open};
        PlainBook plain{chairs, open};
        std::vector<std::pair<Instant, Duration>> booked;
        for (int i = 0; i < 120; ++i) {
            if (dice.roll(3) == 0 && !booked.empty()) {
                const auto which = dice.roll(static_cast<std::int64_t>(booked.size()));
                const auto [start, length] = booked[static_cast<std::size_t>(which)];
                book.give_back({start}, length);
                plain.cancel(start, length);
                booked.erase(booked.begin() + which);
                continue;
            }
            const Instant earliest =
                kRunStart + minutes{dice.roll(3 * 1440)} + Duration{dice.roll(2)};
            const Duration length = minutes{dice.roll(200)} + Duration{dice.roll(2)};
            const Instant start = take_first(book, earliest, length);
            ASSERT_EQ(start, plain.book(earliest, length)) << "command " << i;
            booked.emplace_back(start, length);
        }
    }
}

TEST(AppointmentBook, OfAClinicThatNeverOpensLongEnoughHasNoTime) {
    const OpeningHours open{daily({{8, 9}}), kFrom2026, day(10)};
    AppointmentBook book{always_chairs(1), open};
    EXPECT_EQ(take_first(book, day(0), 61min), kNever);
    EXPECT_EQ(take_first(book, day(0), 60min), day(0, 8h));
    EXPECT_EQ(take_first(book, day(0), 60min), day(1, 8h));
}

}  // namespace
}  // namespace clinicsim::test
