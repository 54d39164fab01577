// A published infusion centre (reference models, V9): 17 chairs, 9 hours on 5 days, 23.5 patients a
// day, 4 nurses. Published: chairs half used (49-50 %), nurses 84-85 %. Its inputs are incomplete,
// so this is a check of plausibility: with the chairs per nurse that surveys give (2.1 to 3.6) the
// nurses are the bottleneck, and chairs are not.
#include <cmath>

#include <gtest/gtest.h>

#include "staff_models.hpp"

namespace clinicsim::test {
namespace {

struct Use final : Sink {
    using Sink::on;
    double chair_hours = 0, nurse_hours = 0, wait_hours = 0, waited = 0;
    std::uint64_t visits = 0, used = 0;
    Instant last;
    void on(const ChairHeld& f) override { chair_hours += in_hours(f.to - f.from); }
    void on(const StaffChanged& f) override {
        nurse_hours += static_cast<double>(used) / whole * in_hours(f.at - last);
        used = f.used;
        last = f.at;
    }
    void on(const VisitStarted& f) override {
        ++visits;
        wait_hours += in_hours(f.at - f.wanted);
        waited += f.at > f.wanted;
    }
    double minutes_waited() const { return 60 * wait_hours / static_cast<double>(visits); }
};

constexpr int kWorkingDays = 400;

/// Patients come at even steps from 08:00 to 14:00, 23 or 24 a day.
Use centre(std::uint32_t chairs, std::uint32_t nurses) {
    std::vector<Instant> at;
    for (int n = 0, working = 0; working < kWorkingDays; ++n) {
        if (n % 7 >= 5) continue;
        const int patients = 23 + working++ % 2;
        for (int i = 0; i < patients; ++i) at.push_back(day(n, 8h + 6h * i / patients));
    }
    Model model = phases(std::move(at), chairs, Days{kWorkingDays / 5 * 7 + 7});
    // 3.1 hours on average
    Discrete hours_of_infusion{{1 * kDay / 24, 2 * kDay / 24, 5 * kDay / 24}, {0.3, 0.4, 0.3}};
    VisitParts& visit = model.clinic.visits[0].first;
    visit.preparation = always(20min);
    visit.infusion = hours_of_infusion;
    visit.recovery = always(10min);
    visit.turnover = always(0min);
    visit.needs = {{{{0, whole}}, {{0, whole / 3}}, {{0, whole / 3}}, {}}};
    model.clinic.visits[0].later = visit;
    model.clinic.open = daily({{8, 17}});
    model.clinic.closing = Closing::finish;
    model.clinic.staff = {group_of("nurse", {daily_shift(nurses, 8h, 17h)})};
    Use use;
    simulate(model, with_pathway(model, Policy{}), 0, use);
    EXPECT_EQ(use.visits, 23.5 * kWorkingDays) << "somebody was not seen";
    return use;
}

TEST(InfusionCentre, HasNursesAndNotChairsAsItsBottleneck) {
    const Use use = centre(17, 4);
    const double chair_use = use.chair_hours / (17. * 9 * kWorkingDays);
    const double nurse_use = use.nurse_hours / (4. * 9 * kWorkingDays);
    EXPECT_NEAR(chair_use, 0.495, 0.05);
    EXPECT_NEAR(nurse_use, 0.845, 0.05);
    // four chairs fewer or more hardly matter; a nurse fewer or more does
    const double wait = use.minutes_waited();
    EXPECT_GT(wait, 5);
    EXPECT_NEAR(centre(21, 4).minutes_waited(), wait, 0.05 * wait);
    EXPECT_NEAR(centre(13, 4).minutes_waited(), wait, 0.05 * wait);
    EXPECT_LT(centre(17, 5).minutes_waited(), 0.5 * wait);
    EXPECT_GT(centre(17, 3).minutes_waited(), 2 * wait);
}

TEST(InfusionCentre, HasItsChairsAsBottleneckWhereNursesAreMany) {
    const double wait = centre(9, 10).minutes_waited();
    EXPECT_GT(wait, 5) << "nine chairs are too many for this to show anything";
    EXPECT_DOUBLE_EQ(centre(9, 9).minutes_waited(), wait);
    EXPECT_LT(centre(11, 10).minutes_waited(), 0.5 * wait);
}

}  // namespace
}  // namespace clinicsim::test
