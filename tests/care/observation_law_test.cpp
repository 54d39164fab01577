// How often one rates changes no law of ratings: a million patients a side. A program of its own,
// optimised and without sanitizers whatever the build, because the sanitized course would take
// minutes; what it runs is the same source.
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "clinicsim/care/symptom_defaults.hpp"
#include "clinicsim/random/normal.hpp"

namespace clinicsim {
namespace {

constexpr std::array kLooks{30, 90, 365};  // days
constexpr std::array kInfused{0, 2, 4, 7, 9, 11, 60, 120};
using Ratings = std::array<std::vector<double>, kLooks.size()>;

Instant day(int days) { return kRunStart + Days{days}; }

/// Days at which a patient is looked at: `every` so many days until `until`, and the three.
std::vector<int> looks(int every, int until) {
    std::vector<int> days(kLooks.begin(), kLooks.end());
    for (int at = every; every > 0 && at <= until; at += every) days.push_back(at);
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

/// What `follow` gives for patients 0 to n - 1; two threads, and the same for any number of them.
Ratings of_many(std::uint32_t n,
                const std::function<std::array<double, kLooks.size()>(std::uint32_t)>& follow) {
    Ratings all;
    for (auto& one : all) one.resize(n);
    const auto some = [&](std::uint32_t from, std::uint32_t to) {
        for (std::uint32_t id = from; id < to; ++id) {
            const auto found = follow(id);
            for (std::size_t i = 0; i < found.size(); ++i) all[i][id] = found[i];
        }
    };
    std::thread other{some, 0, n / 2};
    some(n / 2, n);
    other.join();
    for (auto& one : all) std::sort(one.begin(), one.end());
    return all;
}

/// The course itself; `seed` makes the two sides independent.
Ratings exact(std::uint32_t n, std::uint64_t seed, const std::vector<int>& days) {
    static const SymptomCourse course = default_symptom_course();
    static const Dates dates{Date{std::chrono::year{2026} / 1 / 5}};
    return of_many(n, [&](std::uint32_t id) {
        Symptoms one{course, {seed, 0, id}, kRunStart, dates};
        std::array<double, kLooks.size()> found{};
        std::size_t infused = 0, looked = 0;
        for (const int at : days) {
            for (; infused < kInfused.size() && kInfused[infused] < at; ++infused)
                one.infuse(day(kInfused[infused]));
            const double rating = one.rating(day(at));
            if (looked < kLooks.size() && at == kLooks[looked]) found[looked++] = rating;
        }
        return found;
    });
}

/// The mistake that the course avoids: shocks and recovery are decided once per step from look to
/// look, so that who is looked at more often fares otherwise.
Ratings stepped(std::uint32_t n, std::uint64_t seed, const std::vector<int>& days) {
    static const SymptomCourse c = default_symptom_course();
    return of_many(n, [&](std::uint32_t id) {
        Engine trait{{seed, 0, id, Purpose::symptom_traits, 0}};
        const double strength =
            std::max(0.0, c.response_mean + c.response_sd * standard_normal(trait)) *
            c.usual_care_response;
        const double ceiling =
            std::clamp(c.ceiling_mean + c.ceiling_sd * standard_normal(trait), 0.2, 0.98);
        const double fast_decay = std::log(2) / c.fast_half_life;
        const double slow_decay = std::log(2) / (c.slow_half_life * c.usual_care_half_life);
        double fast = 0, slow = 0, stress = 0, noise = c.noise_sd * standard_normal(trait);
        bool recovered = false;
        const auto level = [&] {
            const double drug = c.fast_share * fast + (1 - c.fast_share) * slow;
            const double up = std::min(ceiling, strength * drug);
            return (recovered ? std::max(up, c.recovered_level) : up) -
                   stress * (1 - c.stress_buffer * drug);
        };
        std::uint64_t step_number = 0;
        const auto step = [&](double length) {
            Engine luck{{seed, 0, id, Purpose::rating, ++step_number}};
            const double hazard = recovered        ? c.new_phase_per_day
                                  : level() >= 0.5 ? c.recovery_per_day
                                                   : 0;
            if (uniform01(luck) < 1 - std::exp(-hazard * length)) recovered = !recovered;
            fast *= std::exp(-fast_decay * length);
            slow *= std::exp(-slow_decay * length);
            stress *= std::exp(-length / c.stress_days);
            if (uniform01(luck) < 1 - std::exp(-c.stress_per_day * length))
                stress -= c.stress_size * std::log(uniform01(luck));
            const double kept = std::exp(-length / c.noise_days);
            noise = kept * noise + c.noise_sd * std::sqrt(1 - kept * kept) * standard_normal(luck);
        };
        std::array<double, kLooks.size()> found{};
        std::size_t infused = 0, looked = 0;
        int now = 0;
        const auto go = [&](int to) {
            if (to > now) step(to - now);
            now = to;
        };
        for (const int at : days) {
            for (; infused < kInfused.size() && kInfused[infused] < at; ++infused) {
                go(kInfused[infused]);
                fast += c.fast_gain * (1 - fast);
                slow += c.slow_gain * (1 - slow);
            }
            go(at);
            if (looked < kLooks.size() && at == kLooks[looked]) found[looked++] = level() + noise;
        }
        return found;
    });
}

/// Kolmogorov and Smirnov's, of two sorted samples.
double distance(const std::vector<double>& a, const std::vector<double>& b) {
    double most = 0;
    std::size_t i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        const double x = std::min(a[i], b[j]);
        while (i < a.size() && a[i] <= x) ++i;
        while (j < b.size() && b[j] <= x) ++j;
        most = std::max(most, std::abs(static_cast<double>(i) / static_cast<double>(a.size()) -
                                       static_cast<double>(j) / static_cast<double>(b.size())));
    }
    return most;
}

/// Two samples of n of one law are farther apart once in a million.
double bound(std::uint32_t n) { return std::sqrt(std::log(2e6) / 2) * std::sqrt(2.0 / n); }

constexpr std::uint32_t kMillion = 1'000'000;

const Ratings& looked_at_three_times() {
    static const Ratings ratings = exact(kMillion, 1, looks(0, 0));
    return ratings;
}

TEST(ObservationLaw, AMillionPatientsRatedWeeklyHaveTheRatingsOfAMillionWhoAreNot) {
    EXPECT_LT(bound(kMillion), 0.004);
    const Ratings weekly = exact(kMillion, 2, looks(7, 365));
    for (std::size_t i = 0; i < kLooks.size(); ++i)
        EXPECT_LT(distance(weekly[i], looked_at_three_times()[i]), bound(kMillion))
            << "day " << kLooks[i];
}

TEST(ObservationLaw, AMillionPatientsRatedDailyForThreeMonthsHaveTheRatingsOfAMillionWhoAreNot) {
    const Ratings daily = exact(kMillion, 3, looks(1, 90));
    for (std::size_t i = 0; i < kLooks.size(); ++i)
        EXPECT_LT(distance(daily[i], looked_at_three_times()[i]), bound(kMillion))
            << "day " << kLooks[i];
}

TEST(ObservationLaw, ALawSteppedFromLookToLookWouldBeFound) {
    constexpr std::uint32_t n = 400'000;
    const Ratings weekly = stepped(n, 4, looks(7, 365)), seldom = stepped(n, 5, looks(0, 0));
    // by day 30 the stepped law has not gone astray far enough for so few patients
    for (std::size_t i = 1; i < kLooks.size(); ++i)
        EXPECT_GT(distance(weekly[i], seldom[i]), 2 * bound(n)) << "day " << kLooks[i];
}

TEST(ObservationLaw, ASeventhLessStressWouldBeFound) {
    SymptomCourse calmer = default_symptom_course();
    calmer.stress_per_day *= 6.0 / 7;
    const Dates dates{Date{std::chrono::year{2026} / 1 / 5}};
    const Ratings other = of_many(kMillion, [&](std::uint32_t id) {
        Symptoms one{calmer, {6, 0, id}, kRunStart, dates};
        std::array<double, kLooks.size()> found{};
        std::size_t infused = 0;
        for (std::size_t i = 0; i < kLooks.size(); ++i) {
            for (; infused < kInfused.size() && kInfused[infused] < kLooks[i]; ++infused)
                one.infuse(day(kInfused[infused]));
            found[i] = one.rating(day(kLooks[i]));
        }
        return found;
    });
    EXPECT_GT(distance(other[2], looked_at_three_times()[2]), bound(kMillion));
}

}  // namespace
}  // namespace clinicsim
