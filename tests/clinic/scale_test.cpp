// A hundred thousand patients: no more events per patient than of a thousand, no work that grows
// with the square of their number, little memory for each.
#include <ctime>

#include <gtest/gtest.h>

#include "../../sim/clinic/patient.hpp"
#include "small_models.hpp"

namespace clinicsim::test {
namespace {

struct Cost {
    double events_per_patient;
    double seconds_per_event;  // of this processor, in processor time
};

Cost year_of(std::uint32_t patients, const Model& clinic) {
    Model model = clinic;
    model.patients.in_care_at_start.patients = patients;
    if (model.clinic.chairs) model.clinic.chairs = patients / 1000 * *model.clinic.chairs;
    Sink deaf;
    const std::clock_t begin = std::clock();
    const RunCount count = simulate(
        model, with_pathway(model, every(Days{90}, ScheduleClock::reset, Asking{})), 0, deaf);
    const auto events = static_cast<double>(count.events);
    return {events / patients, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC / events};
}

TEST(Scale, AHundredThousandPatientsCostAHundredTimesAThousand) {
    // 1,000 patients: five boosters a year each, 12 chairs of 7 visits a day are used to the half
    Model model = renewal_model(0, weibull_course(1.5, 150), Days{365});
    model.clinic.chairs = 4;
    model.clinic.open = daily({{8, 18}});
    model.clinic.visits[0].later.infusion = always(1h);
    model.patients.in_care_at_start.spread = Days{90};
    const Cost few = year_of(1'000, model), many = year_of(100'000, model);
    EXPECT_NEAR(many.events_per_patient, few.events_per_patient, 0.1 * few.events_per_patient);
    // caches make a factor of 2 or 3; work in proportion to the patients would make 100
    EXPECT_LT(many.seconds_per_event, 12 * few.seconds_per_event);
}

TEST(Scale, APatientTakesLittleMemory) { EXPECT_LE(sizeof(Patient), 512); }

}  // namespace
}  // namespace clinicsim::test
