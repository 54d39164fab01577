#include "clinicsim/base/check.hpp"

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

using namespace std::chrono_literals;

TEST(CheckDeathTest, NamesSimulatedTimeAndPatientAndExitsWithOne) {
    EXPECT_EXIT(CLINICSIM_CHECK(1 + 1 == 3, "sums add up", Scene{kRunStart + Days{2} + 1h, 17}),
                testing::ExitedWithCode(1),
                "simulated time 2 days 1 h after the start, patient 17: sums add up");
}

TEST(Check, IsSilentWhereAllIsWell) { CLINICSIM_CHECK(true, "never printed"); }

}  // namespace
}  // namespace clinicsim
