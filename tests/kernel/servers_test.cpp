#include "clinicsim/kernel/servers.hpp"

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

Instant at(std::int64_t tick) { return kRunStart + Duration{tick}; }

TEST(Servers, AreFreeUntilAllAreBusy) {
    Servers servers{2};
    servers.seize();
    EXPECT_TRUE(servers.any_free());
    servers.seize();
    EXPECT_FALSE(servers.any_free());
    servers.release();
    EXPECT_TRUE(servers.any_free());
    EXPECT_EQ(servers.busy(), 1u);
}

TEST(Servers, FinishWhatTheyHaveBegunWhenTheirNumberFalls) {
    Servers servers{3};
    for (int i = 0; i < 3; ++i) servers.seize();
    servers.set_capacity(1);
    EXPECT_EQ(servers.busy(), 3u);
    servers.release();
    EXPECT_FALSE(servers.any_free()) << "two are busy and one may be";
    servers.release();
    EXPECT_FALSE(servers.any_free());
    servers.release();
    EXPECT_TRUE(servers.any_free());
}

TEST(Servers, MayBeWithoutLimit) {
    Servers servers;
    for (int i = 0; i < 1'000; ++i) servers.seize();
    EXPECT_TRUE(servers.any_free());
}

TEST(ServersDeathTest, AreNeitherSeizedWhenBusyNorReleasedWhenFree) {
    Servers none{0}, one{1};
    EXPECT_EXIT(none.seize(), testing::ExitedWithCode(1), "only a free server is seized");
    EXPECT_EXIT(one.release(), testing::ExitedWithCode(1), "only a busy server is released");
}

TEST(CapacityCalendar, HoldsFromEachChangeToTheNext) {
    const CapacityCalendar calendar{{{at(0), 2}, {at(10), 0}, {at(20), 5}}};
    EXPECT_EQ(calendar.at(at(0)), 2u);
    EXPECT_EQ(calendar.at(at(9)), 2u);
    EXPECT_EQ(calendar.at(at(10)), 0u);
    EXPECT_EQ(calendar.at(at(1'000)), 5u);
}

TEST(CapacityCalendar, KnowsTheNextChangeStrictlyAfter) {
    const CapacityCalendar calendar{{{at(0), 2}, {at(10), 0}}};
    EXPECT_EQ(calendar.next(at(0)).at, at(10));
    EXPECT_EQ(calendar.next(at(9)).capacity, 0u);
    EXPECT_EQ(calendar.next(at(10)).at, kNever);
}

TEST(CapacityCalendar, HasNobodyBeforeItsFirstChange) {
    const CapacityCalendar calendar{{{at(10), 2}}};
    EXPECT_EQ(calendar.at(at(9)), 0u);
    EXPECT_EQ(calendar.next(at(0)).capacity, 2u);
    EXPECT_EQ(CapacityCalendar{{}}.at(at(5)), 0u);
}

TEST(CapacityCalendarDeathTest, IsInOrderOfTime) {
    EXPECT_EXIT((CapacityCalendar{{{at(1), 1}, {at(1), 2}}}), testing::ExitedWithCode(1),
                "a calendar is in order of time");
}

}  // namespace
}  // namespace clinicsim
