// What the shipped studies accept follows from what was published wherever the file says of how
// many patients a share is, or which interval its authors give: nobody need trust the digits.
#include <cmath>
#include <filesystem>

#include <gtest/gtest.h>

#include "clinicsim/scenario/scenario.hpp"
#include "clinicsim/stats/proportion.hpp"

namespace clinicsim {
namespace {

std::vector<Target> shipped_targets() {
    std::vector<Target> all;
    const std::filesystem::path folder{std::string{CLINICSIM_SOURCE_DIR} + "/scenarios/evidence"};
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        if (entry.path().extension() != ".yaml") continue;
        const ReadResult read = read_scenario(entry.path().string());
        EXPECT_TRUE(read.scenario) << entry.path();
        if (!read.scenario) continue;
        for (Target target : read.scenario->targets) {
            target.text = entry.path().filename().string() + ": " + target.text;
            all.push_back(target);
        }
    }
    return all;
}

bool is_accepted(const Target& target, const Interval& interval) {
    return std::abs(target.lowest - interval.low) < 0.0006 &&
           std::abs(target.highest - interval.high) < 0.0006;
}

TEST(AcceptedIntervals, AreWilsonsOrExactWhereTheFileSaysOfHowManyPatientsAShareIs) {
    std::size_t checked = 0;
    for (const Target& target : shipped_targets()) {
        if (!target.published.patients || !target.published.value) continue;
        const double n = *target.published.patients;
        const auto count = static_cast<std::uint64_t>(std::lround(*target.published.value * n));
        const Interval wilson = wilson_interval(count, *target.published.patients);
        EXPECT_TRUE(
            is_accepted(target, wilson) ||
            is_accepted(target, clopper_pearson_interval(count, *target.published.patients)))
            << target.text << ": Wilson's are " << wilson.low << " to " << wilson.high;
        ++checked;
    }
    EXPECT_GE(checked, 20u);
}

TEST(AcceptedIntervals, AreThoseOfTheAuthorsWhereTheFileGivesThem) {
    std::size_t checked = 0;
    for (const Target& target : shipped_targets()) {
        if (!target.published.low) continue;
        EXPECT_DOUBLE_EQ(target.lowest, *target.published.low) << target.text;
        EXPECT_DOUBLE_EQ(target.highest, *target.published.high) << target.text;
        ++checked;
    }
    EXPECT_GE(checked, 8u);
}

}  // namespace
}  // namespace clinicsim
