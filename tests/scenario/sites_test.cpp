// A clinic of several sites comes back as exact values.
#include "clinicsim/clinic/sites.hpp"

#include <gtest/gtest.h>

#include "scenario_text.hpp"

namespace clinicsim::reading {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::year;

const Scenario& golden() {
    static const Scenario scenario = must_read(content_of(kGolden + "valid/sites.yaml"));
    return scenario;
}
const ClinicPlan& clinic() { return golden().model.clinic; }

TEST(Sites, ComeBackWithTheirChairsHoursAndPatients) {
    ASSERT_EQ(clinic().sites.size(), 3u);
    const auto& [north, south, east] =
        std::tie(clinic().sites[0], clinic().sites[1], clinic().sites[2]);
    EXPECT_EQ(north.name, "north");
    EXPECT_EQ(std::vector({north.share, south.share, east.share}), std::vector({0.6, 0.25, 0.15}));
    EXPECT_EQ(clinic().chair_kinds,
              (std::vector<ChairKind>{
                  {"recliner", 4, 0}, {"private_room", 1, 0}, {"recliner", 2, 1}, {"", 2, 2}}));
    EXPECT_EQ(clinic().chairs, 9u);
    EXPECT_FALSE(north.open.always);
    EXPECT_EQ(south.open.week[1],
              (std::vector<DayHours>{{hours{8}, hours{12}}, {hours{13}, hours{17}}}));
    EXPECT_TRUE(south.open.week[2].empty());
    EXPECT_EQ(east.open.week[6], (std::vector<DayHours>{{hours{9}, hours{17}}}));
    for (const Site& site : clinic().sites) {
        EXPECT_EQ(site.open.holidays.size(), 1u) << "holidays of the clinic hold for all";
        EXPECT_EQ(site.open.closed.size(), 1u);
    }
}

TEST(Sites, AreAsFarBothWaysUnlessTheWayBackIsSaid) {
    const auto travel = [](std::size_t from) { return clinic().sites[from].travel; };
    EXPECT_EQ(travel(0), (std::vector<Duration>{{}, minutes{30}, minutes{50}}));
    EXPECT_EQ(travel(1), (std::vector<Duration>{minutes{40}, {}, minutes{20}}));
    EXPECT_EQ(travel(2), (std::vector<Duration>{minutes{50}, minutes{20}, {}}));
    EXPECT_EQ(nearest_sites(clinic(), 2), (std::vector<SiteId>{2, 1, 0}));
}

TEST(Sites, HaveTheStaffWhoseShiftsNameThem) {
    EXPECT_EQ(staff_names(clinic()), (std::vector<std::string>{"nurse", "monitor"}));
    const auto& staff = clinic().staff;
    ASSERT_EQ(staff.size(), 6u);
    EXPECT_EQ(staff[1].name, "nurse.south");
    EXPECT_EQ(staff[1].site, 1);
    EXPECT_EQ(staff[1].sick, 0.03);
    EXPECT_EQ(staff[0].shifts.at(0).people, 2u);
    // one shift by weekday: the same hours at south and at east
    EXPECT_EQ(staff[1].shifts.at(0).days,
              (std::array{false, true, false, true, false, true, false}));
    EXPECT_EQ(staff[2].shifts.at(0).days,
              (std::array{false, false, true, false, true, false, true}));
    EXPECT_EQ(staff[1].shifts[0].hours, staff[2].shifts[0].hours);
    EXPECT_EQ(staff[3].devices, 4u);
    EXPECT_EQ(staff[5].devices, 1u);
    // needs name the group at the first site
    const PhaseNeeds& needs = clinic().visits[0].later.needs;
    EXPECT_EQ(needs[1], (std::vector<Need>{{0, kWhole / 4}, {3, kWhole}}));
}

TEST(Sites, TakeTheVisitsThatTheirChairsAreFor) {
    const VisitParts& pain = clinic().visits[1].later;
    EXPECT_EQ(kinds_at(clinic(), pain, 0), (std::vector<ChairKindId>{1}));
    EXPECT_TRUE(kinds_at(clinic(), pain, 1).empty());
    EXPECT_EQ(kinds_at(clinic(), clinic().visits[0].later, 0), (std::vector<ChairKindId>{0, 1}));
    EXPECT_EQ(kinds_at(clinic(), clinic().visits[0].later, 2), (std::vector<ChairKindId>{3}));
}

TEST(Sites, ChangeTheirOwnChairs) {
    using Chairs = std::vector<std::optional<std::uint32_t>>;
    ASSERT_EQ(clinic().changes.size(), 2u);
    EXPECT_EQ(clinic().changes[0].chairs, (Chairs{6, {}, {}, {}}));
    EXPECT_EQ(clinic().changes[1].chairs, (Chairs{{}, {}, {}, 3}));
    EXPECT_EQ(clinic().changes[0].from, clinic().changes[1].from) << "one day, two sites";
}

TEST(Sites, SendPatientsToEachOtherAsTheScenarioSays) {
    EXPECT_EQ(clinic().booking.value().transfers, (TransferPlan{Days{7}, 0.6, minutes{30}}));
}

TEST(Sites, PayWhoWorksAtSeveralOfThemAtEach) {
    const auto& paid = golden().model.costs.value().staff;
    ASSERT_EQ(paid.size(), 3u);
    for (StaffGroupId site = 0; site < 3; ++site) {
        EXPECT_EQ(paid[site].on_duty, site);
        EXPECT_EQ(paid[site].wage, 45);
    }
}

}  // namespace
}  // namespace clinicsim::reading
