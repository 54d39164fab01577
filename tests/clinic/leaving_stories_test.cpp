// Inductions, responses, drop-outs and the ways of the pathway, to the tick.
#include <gtest/gtest.h>

#include "told.hpp"

namespace clinicsim::test {
namespace {

constexpr auto kReset = ScheduleClock::reset;

Lines told(const Model& model, const Policy& policy, unsigned of) {
    return test::told(model, with_pathway(model, policy), of);
}

Policy monthly() { return every(Days{28}, kReset); }

Model with_drop_out(Model model, Duration time, DropOutFrom from, DropOutLeaves leaves) {
    model.patients.drop_out = {always(time), from, leaves, 0};
    return model;
}

TEST(Induction, GapsCountFromTheEndOfAVisitAndOnlyTheFirstWaitCounts) {
    const Model model = referred_at({day(1)}, 3, never_relapses(), Days{40});
    EXPECT_EQ(
        told(model, monthly(), care | visits | inductions),
        (Lines{"1d referred", "1d care begins", "1d induction begins",
               "1d induction starts, first visit", "2d 01:00 induction starts, no wait counted",
               "3d 02:00 induction starts, no wait counted",
               "3d 03:00 induction ends: responded, began 1d", "3d 03:00 response",
               "31d 03:00 booster starts", "40d care ends: end of run"}));
}

TEST(Induction, WhoDoesNotRespondLeavesAtItsEnd) {
    RenewalCourse course;
    course.responds = {0};
    const Model model = referred_at({day(0)}, 2, course, Days{40});
    EXPECT_EQ(told(model, monthly(), care | infusions | inductions | stages | spans),
              (Lines{"0d referred", "0d leaves stage 0 by way 0", "0d care begins",
                     "0d induction begins", "0d 01:00 induction fails", "1d 02:00 induction fails",
                     "1d 02:00 induction ends: no response, began 0d",
                     "1d 02:00 leaves stage 1 by way 1", "1d 02:00 care ends: pathway"}));
}

TEST(Induction, ARelapseIsPossibleOnlyAfterItsLastVisit) {
    // well from the first visit on; 20 hours to relapse would be over before the second
    RenewalCourse course = relapses_after(20h);
    course.responds = {1};
    course.responds_at_last = false;
    const Model model = referred_at({day(0)}, 2, course, Days{3});
    EXPECT_EQ(
        told(model, Policy{}, infusions | relapses | spans),
        (Lines{"0d 01:00 induction works", "1d 02:00 induction works",
               "1d 22:00 well since 1d 02:00", "1d 22:00 relapse 1", "3d ill since 1d 22:00"}));
}

TEST(DropOut, AtOnceComesBetweenVisits) {
    const Model model = with_drop_out(one_in_care(never_relapses(), Days{60}), Days{30},
                                      DropOutFrom::first_visit, DropOutLeaves::at_once);
    EXPECT_EQ(told(model, monthly(), visits | care),
              (Lines{"0d care begins", "28d booster starts", "30d care ends: dropped out"}));
}

TEST(DropOut, AtOnceInTheChairWaitsForTheEndOfTheVisit) {
    const Model model =
        with_drop_out(one_in_care(never_relapses(), Days{60}), Days{28} + Duration{30min},
                      DropOutFrom::first_visit, DropOutLeaves::at_once);
    EXPECT_EQ(
        told(model, monthly(), infusions | care),
        (Lines{"0d care begins", "28d 01:00 booster works", "28d 01:00 care ends: dropped out"}));
}

TEST(DropOut, AtOnceWhileWaitingLeavesUnserved) {
    // the one chair is taken from day 0 to day 40 by p0; p1 waits from day 1 on
    Model model = referred_at({day(0), day(1)}, 2, never_relapses(), Days{60});
    model.clinic.chairs = 1;
    model.clinic.visits[0].first = {.infusion = Discrete{{40 * kDay}, {1}}};
    model = with_drop_out(model, Days{10}, DropOutFrom::first_visit, DropOutLeaves::at_once);
    // p0 drops out in the chair; p1's first visit has not begun, so nothing counts before day 40
    EXPECT_EQ(
        test::told(model, with_pathway(model, monthly()), visits | care | requests, true),
        (Lines{"0d p0 referred", "0d p0 care begins", "0d p0 induction starts, first visit",
               "1d p1 referred", "40d p0 care ends: dropped out", "40d p1 care begins",
               "40d p1 induction starts, first visit, wanted 1d", "60d p1 care ends: end of run"}));
    // one in care waits for the booster of day 28 behind p0 and drops out on day 30
    Model in_care = one_in_care(never_relapses(), Days{60});
    in_care.clinic.chairs = 1;
    in_care.clinic.visits[0].first = {.infusion = Discrete{{40 * kDay}, {1}}};
    in_care.patients.arrivals = ListedArrivals{{day(20)}};
    in_care.patients.conditions[0].induction = InductionId{0};
    in_care.patients.inductions = {{"once", 1, Constant{0}}};
    in_care = with_drop_out(in_care, Days{30}, DropOutFrom::first_visit, DropOutLeaves::at_once);
    EXPECT_EQ(test::told(in_care, with_pathway(in_care, monthly()), visits | care | requests, true),
              (Lines{"0d s0 care begins", "20d p0 referred", "20d p0 care begins",
                     "20d p0 induction starts, first visit", "30d s0 booster withdrawn, wanted 28d",
                     "30d s0 care ends: dropped out", "60d p0 care ends: end of run"}));
}

TEST(DropOut, AtNextDueLeavesInsteadOfTheBooster) {
    const Model model = with_drop_out(one_in_care(relapses_after(Days{50}), Days{90}), Days{30},
                                      DropOutFrom::first_visit, DropOutLeaves::at_next_due);
    EXPECT_EQ(told(model, monthly(), visits | care),
              (Lines{"0d care begins", "28d booster starts", "56d 01:00 care ends: dropped out"}));
    // asking for a rescue is a booster that falls due
    EXPECT_EQ(told(model, as_needed(), visits | care | relapses),
              (Lines{"0d care begins", "50d relapse 1", "50d care ends: dropped out"}));
}

TEST(DropOut, FromTheEndOfTheInduction) {
    const Model model = with_drop_out(referred_at({day(0)}, 2, never_relapses(), Days{60}),
                                      Days{10}, DropOutFrom::induction_end, DropOutLeaves::at_once);
    EXPECT_EQ(told(model, monthly(), care),
              (Lines{"0d referred", "0d care begins", "11d 02:00 care ends: dropped out"}));
}

TEST(DropOut, IsDrawnOnceAndARepeatedInductionDoesNotPutItOff) {
    const Model model = with_drop_out(referred_at({day(0)}, 1, relapses_after(Days{5}), Days{90}),
                                      Days{40}, DropOutFrom::induction_end, DropOutLeaves::at_once);
    EXPECT_EQ(
        test::told(model, with_pathway(model, Policy{}, Span{.fixed = Days{30}}), visits | care),
        (Lines{"0d referred", "0d care begins", "0d induction starts, first visit",
               "35d 01:00 induction starts", "40d 01:00 care ends: dropped out"}));
}

TEST(DropOut, PerInductionVisitSparesTheLast) {
    Model model = referred_at({day(0)}, 3, never_relapses(), Days{60});
    model.patients.drop_out.per_induction_visit = 1;
    EXPECT_EQ(told(model, monthly(), care | inductions),
              (Lines{"0d referred", "0d care begins", "0d induction begins",
                     "0d 01:00 induction ends: no response, unfinished, began 0d",
                     "0d 01:00 care ends: dropped out"}));
    model.patients.inductions[0].visits = 1;
    EXPECT_EQ(told(model, Policy{}, care),
              (Lines{"0d referred", "0d care begins", "60d care ends: end of run"}));
}

// --- a pathway of one's own ----------------------------------------------------------------------

Way by(Way::When when, StageId to, Duration lasting = {}, double share = 1) {
    return {when, share, Span{.fixed = lasting}, to};
}

TEST(Pathway, ScreeningTakesItsTimeAndSendsSharesOnTheirWays) {
    Model model = referred_at({day(0)}, 1, never_relapses(), Days{20});
    PolicyModel policy = with_pathway(model, monthly());
    const auto pathway_with = [](double suitable) {
        return Pathway{
            {{"referral", StageKind::referral, Constant{0}, {by(Way::When::share, 1)}},
             {"screening",
              StageKind::screening,
              always(Days{7}),
              {by(Way::When::share, 2, {}, suitable), by(Way::When::share, 3, {}, 1 - suitable)}},
             {"induction", StageKind::induction, Constant{0}, {by(Way::When::share, 3)}},
             {"out", StageKind::exit, Constant{0}, {}}}};
    };
    policy.pathways = {pathway_with(1)};
    EXPECT_EQ(test::told(model, policy, care | visits),
              (Lines{"0d referred", "7d care begins", "7d induction starts, first visit",
                     "7d 01:00 care ends: pathway"}));
    policy.pathways = {pathway_with(0)};
    EXPECT_EQ(test::told(model, policy, care | visits),
              (Lines{"0d referred", "7d care ends: pathway, never began"}));
}

TEST(Pathway, FollowUpHasNoBoostersAndIsLeftAfterATime) {
    Model model = referred_at({day(0)}, 1, relapses_after(Days{15}), Days{60});
    PolicyModel policy = with_pathway(model, every(Days{10}, kReset, Asking{}));
    policy.pathways = {
        Pathway{{{"referral", StageKind::referral, Constant{0}, {by(Way::When::share, 1)}},
                 {"induction", StageKind::induction, Constant{0}, {by(Way::When::share, 2)}},
                 {"follow_up",
                  StageKind::follow_up,
                  Constant{0},
                  {by(Way::When::after, 3, Days{30}), by(Way::When::ill, 3, Days{20})}},
                 {"boosters", StageKind::boosters, Constant{0}, {}}}}};
    // nobody asks in follow-up; in the boosters stage, ill since day 15, the asking begins at once
    EXPECT_EQ(test::told(model, policy, visits | relapses | asking | stages),
              (Lines{"0d leaves stage 0 by way 0", "0d induction starts, first visit",
                     "0d 01:00 leaves stage 1 by way 0", "15d 01:00 relapse 1",
                     "30d 01:00 leaves stage 2 by way 0", "30d 01:00 seen, will ask",
                     "30d 01:00 rescue starts", "30d 02:00 recovers, ill since 15d 01:00",
                     "40d 02:00 booster starts", "50d 03:00 booster starts"}));
}

TEST(Pathway, AWayWithATimeCountsFromTheFirstInstantOfWhoIsInCareAtTheStart) {
    Model model = one_in_care(never_relapses(), Days{100});
    model.patients.in_care_at_start = {20, Days{60}};
    PolicyModel policy = with_pathway(model, Policy{});
    policy.pathways = {
        Pathway{{{"referral", StageKind::referral, Constant{0}, {by(Way::When::share, 1)}},
                 {"boosters", StageKind::boosters, Constant{0}, {by(Way::When::after, 2, Days{1})}},
                 {"out", StageKind::exit, Constant{0}, {}}}}};
    Lines lines = test::told(model, policy, spans);
    EXPECT_EQ(lines.size(), 20);
    for (const std::string& line : lines) {
        const auto since = line.find("since ");
        ASSERT_NE(since, std::string::npos);
        EXPECT_EQ(std::stoi(line), std::stoi(line.substr(since + 6)) + 1) << line;
    }
}

TEST(Pathway, AfterAnInductionWithoutResponseNoBoosterWorksUntilOneWithResponse) {
    // boosters every 10 days, and whatever happens a new induction after 50
    RenewalCourse course;
    course.responds = {0.5};
    Model model = referred_at({day(0)}, 1, course, Days{1000});
    PolicyModel policy = with_pathway(model, every(Days{10}, kReset));
    policy.pathways = {Pathway{
        {{"referral", StageKind::referral, Constant{0}, {by(Way::When::share, 1)}},
         {"induction", StageKind::induction, Constant{0}, {by(Way::When::share, 2)}},
         {"boosters", StageKind::boosters, Constant{0}, {by(Way::When::after, 1, Days{50})}}}}};
    bool responded = false;
    int worked = 0, failed = 0;
    for (const std::string& line : test::told(model, policy, inductions | infusions)) {
        if (line.find("induction ends") != std::string::npos)
            responded = line.find("no response") == std::string::npos;
        if (line.find("booster") == std::string::npos) continue;
        EXPECT_EQ(line.find("works") != std::string::npos, responded) << line;
        ++(responded ? worked : failed);
    }
    EXPECT_GT(worked, 20);
    EXPECT_GT(failed, 20);
}

/// One patient in care from the start, well, who begins an induction of one visit of an hour after
/// ten days and does not respond to it.
PolicyModel induction_after_ten_days(Model& model) {
    model.patients.courses[0].law = RenewalCourse{};
    model.patients.conditions[0].induction = InductionId{0};
    model.patients.inductions = {{"single", 1, Constant{0}}};
    PolicyModel policy = with_pathway(model, Policy{});
    policy.pathways = {Pathway{
        {{"referral", StageKind::referral, {}, {Way{.to = 1}}},
         {"induction",
          StageKind::induction,
          {},
          {Way{.when = Way::When::responded, .to = 2}, Way{.when = Way::When::otherwise, .to = 2}}},
         {"boosters",
          StageKind::boosters,
          {},
          {Way{.when = Way::When::after, .lasting = Span{.fixed = Days{10}}, .to = 1}}}}}};
    return policy;
}

TEST(RepeatedInduction, OfSomebodyWellThatFailsIsARelapse) {
    Model model = one_in_care(never_relapses(), Days{15});
    const PolicyModel policy = induction_after_ten_days(model);
    EXPECT_EQ(test::told(model, policy, relapses | spans),
              (Lines{"10d 01:00 well since 0d", "10d 01:00 relapse 1", "15d ill since 10d 01:00"}));
}

TEST(RepeatedInduction, IsNotBegunByWhoIsDueToLeave) {
    Model model = with_drop_out(one_in_care(never_relapses(), Days{15}), Days{5},
                                DropOutFrom::first_visit, DropOutLeaves::at_next_due);
    const PolicyModel policy = induction_after_ten_days(model);
    EXPECT_EQ(test::told(model, policy, care | inductions),
              (Lines{"0d care begins", "0d response", "10d care ends: dropped out"}));
}

}  // namespace
}  // namespace clinicsim::test
