#include "clinicsim/report/chair_use.hpp"

#include <gtest/gtest.h>

#include "report/made_up.hpp"

namespace clinicsim::report {
namespace {

constexpr std::int64_t kHour = 3'600'000;

ClinicPlan clinic_with_nurses() {
    ClinicPlan clinic;
    clinic.staff = {{"nurse", 2, {}, 0}};
    return clinic;
}

/// Two replications of a clinic with two chairs that is open on Mondays from 08 to 10, for a week.
Comparison monday() {
    std::vector<ChairUseTally> tallies(2);
    const auto tell = [&](std::size_t replication, std::size_t hour, ChairTime time) {
        tallies[replication].hours[hour] = time;
        tallies[replication].months.resize(1);
        tallies[replication].months[0].add(time);
    };
    // [preparation, infusion, recovery, turnover, no-show, held for rescues, broken, idle, nurse]
    tell(0, 8, {{0, kHour / 2, kHour / 4, kHour / 2, kHour / 4, 0, 0, kHour / 4, kHour / 4}});
    tell(1, 8, {{0, kHour / 2, kHour / 4, kHour / 2, kHour / 4, 0, 0, kHour / 4, kHour / 4}});
    tell(0, 9, {{0, 2 * kHour, 0, 0, 0, 0, 0, 0, 0}});
    tell(1, 9, {{0, kHour, 0, 0, 0, 0, 0, kHour, 0}});
    Comparison all = made_up(2, {{"monthly", {}}, {"never, ever", {}}});
    all.policies[0].chair_use = chair_use_of(tallies, std::vector<std::string>{"2026-01"},
                                             chair_states(clinic_with_nurses()));
    return all;
}

std::string plain(const std::string& text) { return text; }

TEST(ChairUseCsv, HasARowForEveryPartOfTheTimeAndState) {
    const std::string text = chair_use_csv(monday());
    EXPECT_EQ(text.substr(0, text.find('\n')),
              "policy,by,at,state,share,n,ci_low,ci_high,open_chair_hours");
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + (1 + 2 + 1) * 9);
    for (const char* row : {"monthly,hour_of_week,mon 08:00,turnover,0.25,2,0.25,0.25,2\n",
                            "monthly,hour_of_week,mon 08:00,no_show,0.125,2,0.125,0.125,2\n",
                            "monthly,hour_of_week,mon 09:00,infusion,0.75,2,",
                            "monthly,hour_of_week,mon 08:00,held_up.nurse,0.125,2,0.125,0.125,2\n",
                            "monthly,all,,infusion,0.5,2,", "monthly,month,2026-01,idle,0.1875,2,"})
        EXPECT_NE(text.find(row), std::string::npos) << row << text;
}

TEST(ChairUseTable, GivesCausesAndHowBusyEveryHourIs) {
    const std::string text = chair_use_table(monday(), 100, plain);
    EXPECT_NE(text.find("Chair time open, %"), std::string::npos);
    EXPECT_NE(text.find("12.5 ± 0 "), std::string::npos) << text;  // turnover
    EXPECT_NE(text.find("missing"), std::string::npos) << text;
    EXPECT_EQ(text.find("broken"), std::string::npos) << "nothing was";
    EXPECT_NE(text.find("monthly   08   09\n  mon     75   75\n"), std::string::npos) << text;
    // 0.5 and 1 of the chair time at nine o'clock: sd 0.354, t 12.7, n 2
    EXPECT_NE(text.find("Each ± 318 at most (95 %)"), std::string::npos) << text;
    EXPECT_EQ(text.find("tue"), std::string::npos) << "closed";
    EXPECT_EQ(text.find("never, ever"), std::string::npos) << "not observed";
}

TEST(ChairUseTable, IsEmptyWhereNothingWasObserved) {
    EXPECT_EQ(chair_use_table(made_up(2, {{"a", {}}}), 100, plain), "");
}

}  // namespace
}  // namespace clinicsim::report
