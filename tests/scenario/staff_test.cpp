// Staff, equipment and phases of a visit come back as exact values.
#include <gtest/gtest.h>

#include "../../sim/scenario/quantities.hpp"
#include "scenario_text.hpp"

namespace clinicsim::reading {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::year;

const ClinicPlan& staffed() {
    static const Scenario scenario = must_read(content_of(kGolden + "valid/staffed.yaml"));
    return scenario.model.clinic;
}

TEST(Staff, CallOffWhomTheyCannotSeeUnlessTheScenarioOrATemplateSaysOtherwise) {
    const auto on_sick_days = [](const std::string& booking) {
        std::string text = content_of(kGolden + "faults/sick_days_by_template.yaml");
        const std::string key = "  on_sick_days: call_off\n";
        text.erase(text.find(key), key.size());
        const std::size_t from = text.find("  booking:"), to = text.find('\n', from) + 1;
        text.replace(from, to - from, booking);
        return must_read(text).model.clinic.on_sick_days;
    };
    EXPECT_EQ(on_sick_days(""), OnSickDays::call_off);
    EXPECT_EQ(on_sick_days("  booking: {staff: on_average}\n"), OnSickDays::call_off);
    EXPECT_EQ(on_sick_days("  on_sick_days: nobody_is_called\n"), OnSickDays::nobody_is_called);
    EXPECT_EQ(on_sick_days("  booking: {template: {\"08:00\": 2}}\n"),
              OnSickDays::nobody_is_called);
    EXPECT_EQ(must_read(content_of(kGolden + "valid/sites.yaml")).model.clinic.on_sick_days,
              OnSickDays::nobody_is_called);
}

TEST(Staff, ComesBackWithItsShifts) {
    const auto& staff = staffed().staff;
    ASSERT_EQ(staff.size(), 4u);
    EXPECT_EQ(staff[0].name, "nurse");
    EXPECT_EQ(staff[0].sick, 0.03);
    const DayHours late{hours{12}, hours{17} + minutes{30}};
    Shift first{2,
                std::array{false, true, true, true, true, true, false},
                DayHours{hours{7} + minutes{30}, hours{16}},
                DayHours{hours{12}, hours{12} + minutes{30}},
                {},
                {},
                {}};
    Shift second{1,
                 std::array{false, true, false, true, false, false, false},
                 late,
                 {},
                 Date{year{2026} / 3 / 1},
                 Date{year{2027} / 12 / 31},
                 {}};
    Shift third{1,
                std::array{false, false, true, false, true, true, false},
                late,
                {},
                {},
                {},
                {{Date{year{2026} / 8 / 10}, Date{year{2026} / 8 / 21}},
                 {Date{year{2026} / 12 / 24}, Date{year{2026} / 12 / 24}}}};
    EXPECT_EQ(staff[0].shifts, (std::vector{first, second, third}));
    EXPECT_EQ(staff[1].shifts[0].days, std::nullopt);
    EXPECT_EQ(staff[1].shifts[0].hours, (DayHours{hours{8}, hours{17}}));
    EXPECT_EQ(staff[2], (StaffGroup{"assistant", 0, {Shift{}}, 0}));
    EXPECT_EQ(staff[3], (StaffGroup{"monitor", 5, {}, 0}));
    EXPECT_TRUE(staff[3].is_equipment());
}

TEST(Staff, IsNeededAsThePhasesSayAndOverridesLeaveOutWhatStaysTheSame) {
    constexpr std::uint32_t one = kWhole;
    const std::vector<Need> prepared{{0, one}, {1, 0}},
        infused{{0, one / 3}, {3, one}, {1, 0, true}};
    const std::vector<Need> recovered{{0, one / 5}, {3, one}}, cleaned{{2, one / 2}};
    const auto& depression = staffed().visits[0];
    EXPECT_EQ(depression.later.needs, (PhaseNeeds{prepared, infused, recovered, cleaned}));
    EXPECT_EQ(depression.first.needs, (PhaseNeeds{prepared, infused, {{0, one / 2}}, cleaned}));
    EXPECT_EQ(depression.first.preparation, Distribution{Constant{30 * 60'000.}});
    EXPECT_EQ(depression.first.recovery, depression.later.recovery);
    const auto& pain = staffed().visits[1];
    EXPECT_EQ(pain.later.infusion, Distribution{Constant{4 * 3'600'000.}});
    EXPECT_EQ(pain.later.needs, (PhaseNeeds{prepared, infused, {}, cleaned}));
    EXPECT_EQ(pain.first.needs,
              (PhaseNeeds{std::vector<Need>{{0, one}, {1, one}}, infused, {}, cleaned}));
}

TEST(Portion, IsExactOrRefused) {
    EXPECT_EQ(parse_portion("1").value, kWhole);
    EXPECT_EQ(parse_portion("2").value, 2 * kWhole);
    EXPECT_EQ(parse_portion("1/3").value, kWhole / 3);
    EXPECT_EQ(parse_portion(" 2 / 7 ").value, 2 * kWhole / 7);
    EXPECT_EQ(parse_portion("50 %").value, kWhole / 2);
    EXPECT_EQ(parse_portion("0.1").value, kWhole / 10);
    for (const char* text : {"0", "-1", "1/0", "1/11", "33 %", "0.33", "1001", "a", "1/2/3", ""})
        EXPECT_FALSE(parse_portion(text).fits) << text;
}

TEST(Weekdays, AreNamedOnce) {
    const std::array weekend{true, false, false, false, false, false, true};
    EXPECT_EQ(parse_weekdays("sat-sun").value, weekend);
    EXPECT_EQ(parse_weekdays("sat,sun").value, weekend);
    EXPECT_FALSE(parse_weekdays("sat-sun,sat").fits);
    EXPECT_FALSE(parse_weekdays("someday").fits);
    EXPECT_FALSE(parse_weekdays("").fits);
}

}  // namespace
}  // namespace clinicsim::reading
