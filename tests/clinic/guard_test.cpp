// A run ends, whatever a model says: a patient whose events never let the clock go on stops the
// program, and a crowd at one instant does not.
#include <gtest/gtest.h>

#include "small_models.hpp"

namespace clinicsim::test {
namespace {

/// Boosters without an interval and visits of no length, for as long as the patient is in care.
PolicyModel endless(const Model& model) {
    return with_pathway(model, every(Days{0}, ScheduleClock::reset));
}

Model in_care(std::uint32_t patients) {
    return renewal_model(patients, weibull_course(1, 1e9), Days{10});
}

TEST(Guard, StopsAtAPatientWhoseEventsNeverLetTheClockGoOnAndNamesInstantAndPatient) {
    const Model model = in_care(1);
    Sink nobody;
    EXPECT_EXIT(
        simulate(model, endless(model), 0, nobody), testing::ExitedWithCode(1),
        "at simulated time 0 .*, patient 2147483648: .*at most 1,000 events at one instant");
}

TEST(Guard, LetsFiveThousandPatientsHaveTheirEventsAtOneInstant) {
    const Model model = in_care(5000);
    Count count{model};
    const RunCount run =
        simulate(model, with_pathway(model, every(Days{4}, ScheduleClock::reset)), 0, count);
    EXPECT_EQ(run.visits, 10'000u) << "all on day 4 and all on day 8";
}

}  // namespace
}  // namespace clinicsim::test
