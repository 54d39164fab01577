// Templates of a day against exact values (S01, S02, S04, S06 and O1 to O3 of the reference cases)
// and against looking at every template there is.
#include "clinicsim/experiment/day_template.hpp"

#include <functional>

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

constexpr double kSevenDigits = 5e-7;

void every_template(const DayTask& task, const std::function<void(const DayTemplate&)>& look) {
    DayTemplate starts;
    const std::function<void(std::uint32_t)> rest = [&](std::uint32_t left) {
        if (starts.size() + 1 == task.slots) {
            starts.push_back(left);
            look(starts);
            starts.pop_back();
            return;
        }
        for (std::uint32_t here = 0; here <= left; ++here) {
            starts.push_back(here);
            rest(left - here);
            starts.pop_back();
        }
    };
    rest(task.patients);
}

double least_cost(const DayTask& task, int* templates = nullptr) {
    double least = 1e300;
    every_template(task, [&](const DayTemplate& starts) {
        least = std::min(least, evaluate(task, starts).cost);
        if (templates != nullptr) ++*templates;
    });
    return least;
}

TEST(DayTemplate, ADayOfAppointmentsHasItsExactWaitAndEnd) {
    const DayTask ten{1, 10, 10};
    const DayValue s01 = evaluate(ten, individual_slots(ten));
    EXPECT_NEAR(s01.mean_wait, 1.059454, 7 * kSevenDigits);
    const DayValue s02 = evaluate(ten, bailey_welch(ten));
    EXPECT_NEAR(s02.mean_wait, 1.371218, 7 * kSevenDigits);
    const DayTask no_shows{1, 10, 10, 1, 0.1};
    EXPECT_NEAR(evaluate(no_shows, individual_slots(no_shows)).mean_wait, 0.8816928,
                7 * kSevenDigits);
    DayTask four{4, 20, 17, 0.25};
    DayTemplate starts(17, 1);
    starts[0] = 4;
    EXPECT_NEAR(evaluate(four, starts).mean_wait, 0.2667942, 7 * kSevenDigits);
}

TEST(DayTemplate, TheBestOfSixPatientsIsBaileyAndWelchs) {  // O1, O2
    DayTask task{1, 6, 6};
    BestDay best = best_day(task);
    EXPECT_EQ(best.starts, (DayTemplate{2, 1, 1, 1, 1, 0}));
    EXPECT_EQ(best.starts, bailey_welch(task));
    EXPECT_NEAR(best.value.cost, 3.151866, kSevenDigits);
    EXPECT_NEAR(evaluate(task, individual_slots(task)).cost, 3.481499, kSevenDigits);
    EXPECT_TRUE(best.certain);
    int templates = 0;
    EXPECT_DOUBLE_EQ(least_cost(task, &templates), best.value.cost);
    EXPECT_EQ(templates, 462);
    task.no_show = 0.1;
    best = best_day(task);
    EXPECT_EQ(best.starts, (DayTemplate{2, 1, 1, 1, 1, 0}));
    EXPECT_NEAR(best.value.cost, 3.141593, kSevenDigits);
    EXPECT_NEAR(evaluate(task, individual_slots(task)).cost, 3.508643, kSevenDigits);
}

TEST(DayTemplate, TheBestOfEightPatientsInTwoChairs) {  // O3
    const DayTask task{2, 8, 4, 1, 0.1, 1, 2, 1};
    const BestDay best = best_day(task);
    EXPECT_EQ(best.starts, (DayTemplate{5, 2, 1, 0}));
    EXPECT_NEAR(best.value.cost, 5.864459, kSevenDigits);
    EXPECT_NEAR(evaluate(task, {4, 3, 1, 0}).cost, 5.871235, kSevenDigits);
    EXPECT_DOUBLE_EQ(least_cost(task), best.value.cost);
    EXPECT_FALSE(best.certain) << "more than one chair";
}

TEST(DayTemplate, WhatIsCalledCertainIsTheBestOfAll) {
    for (const double no_show : {0.0, 0.3})
        for (const double slot : {0.5, 1.0, 1.7})
            for (const double wait : {0.2, 1.0, 6.0}) {
                const DayTask task{1, 6, 5, slot, no_show, wait, 0.5, 2};
                const BestDay best = best_day(task);
                EXPECT_TRUE(best.certain);
                EXPECT_NEAR(best.value.cost, least_cost(task), 1e-10)
                    << slot << " " << no_show << " " << wait;
            }
}

TEST(DayTemplate, NobodyWaitsWhereEverybodyHasAChair) {
    const DayTask task{6, 6, 2};
    const DayValue all_at_once = evaluate(task, {6, 0});
    EXPECT_DOUBLE_EQ(all_at_once.mean_wait, 0);
    // the last of six exponential visits after 1/6 + 1/5 + … + 1; two slots have passed by then,
    // or not: tardiness is less than that
    EXPECT_LT(all_at_once.tardiness, 2.45);
    EXPECT_GT(evaluate(task, {0, 6}).tardiness, all_at_once.tardiness);
}

}  // namespace
}  // namespace clinicsim
