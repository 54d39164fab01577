#include <set>

#include <gtest/gtest.h>

#include "story.hpp"

namespace clinicsim {
namespace {

constexpr auto kInduction = static_cast<std::size_t>(VisitKind::induction);
constexpr auto kBooster = static_cast<std::size_t>(VisitKind::booster);
constexpr auto kRescue = static_cast<std::size_t>(VisitKind::rescue);

VisitStarted booster(Instant wanted, Instant at) {
    return {at, wanted, 0, {}, VisitKind::booster, true, false};
}

TEST(Waits, CountByTheTimeWantedInsideTheMeasuredTime) {
    Story story;
    story.visit(booster(hour(99), hour(130)));                 // wanted before: out
    story.visit(booster(hour(100), hour(100)));                // wanted at its first instant: in
    story.visit(booster(hour(120), hour(127)));                // in
    story.visit(booster(hour(199), hour(199) + minutes{30}));  // in
    const WaitTally waits = story.everybody().waits.of_kind[kBooster];
    EXPECT_EQ(waits.visits, 3u);
    EXPECT_EQ(waits.ticks_of_visits, ticks(hours{7} + minutes{30}));
    EXPECT_EQ(waits.waited, 2u);
    EXPECT_EQ(waits.ticks.count(), 3u);
    EXPECT_EQ(waits.ticks.zeros(), 1u);
}

TEST(Waits, OfAVisitBeforeItsWantedHourAreNothing) {
    Story story;
    story.visit(booster(hour(150), hour(148)));
    const WaitTally waits = story.everybody().waits.of_kind[kBooster];
    EXPECT_EQ(waits.visits, 1u);
    EXPECT_EQ(waits.ticks.zeros(), 1u);
    EXPECT_EQ(waits.waited, 0u);
}

TEST(Waits, OfLaterInductionVisitsEnterNothing) {
    Story story;
    story.visit({hour(120), hour(110), 0, {}, VisitKind::induction, false, false});
    story.observer.on(StillWaiting{hour(200), hour(190), 1, {}, VisitKind::induction, false});
    const WaitsTally waits = story.everybody().waits;
    EXPECT_EQ(waits.of_kind[kInduction], WaitTally{});
    EXPECT_EQ(waits.still_waiting, 1u) << "but who waits at the end is counted";
}

TEST(Waits, OfThoseWhoStillWaitAreAtLeastSoLongButInNoMean) {
    Story story;
    story.visit({hour(160), hour(150), 0, {}, VisitKind::rescue, true, false});
    story.observer.on(StillWaiting{hour(200), hour(170), 1, {}, VisitKind::rescue, true});
    story.observer.on(StillWaiting{hour(200), hour(90), 2, {}, VisitKind::rescue, true});
    const WaitsTally waits = story.everybody().waits;
    EXPECT_EQ(waits.still_waiting, 2u);
    const WaitTally& rescue = waits.of_kind[kRescue];
    EXPECT_EQ(rescue.visits, 1u);
    EXPECT_EQ(rescue.ticks_of_visits, ticks(hours{10}));
    EXPECT_EQ(rescue.waited, 2u);
    Histogram expected;
    expected.add(hours{10});
    expected.add(hours{30});
    EXPECT_EQ(rescue.ticks, expected);
}

TEST(Waits, AreKeptOrBrokenPromises) {
    Model model = model_of_hours();
    model.promises[kBooster] = hours{10};
    Story story{model};
    story.visit(booster(hour(120), hour(130)));  // just in time
    story.visit(booster(hour(120), hour(131)));
    story.visit(booster(hour(90), hour(131)));  // wanted before the measured time
    story.visit({hour(140), hour(100), 0, {}, VisitKind::rescue, true, false});    // not promised
    story.visit({hour(140), hour(100), 0, {}, VisitKind::booster, false, false});  // no wait
    story.observer.on(TurnedAway{hour(150), hour(149), 1, {}, VisitKind::booster, true});
    story.observer.on(TurnedAway{hour(150), hour(149), 1, {}, VisitKind::rescue, true});
    story.observer.on(StillWaiting{hour(200), hour(189), 1, {}, VisitKind::booster, true});
    story.observer.on(StillWaiting{hour(200), hour(190), 1, {}, VisitKind::booster, true});
    const WaitsTally waits = story.everybody().waits;
    EXPECT_EQ(waits.of_kind[kBooster].kept, 1u);
    EXPECT_EQ(waits.of_kind[kBooster].broken, 1u + 1 + 1) << "late, turned away, waits for longer";
    EXPECT_EQ(waits.of_kind[kRescue].kept + waits.of_kind[kRescue].broken, 0u);
}

TEST(WaitingRoom, IsFromComingToTheStartOfEveryVisitInTheMeasuredTime) {
    Story story;
    const auto visit = [](Instant came, Instant at, VisitKind kind, bool counted) {
        return VisitStarted{at, hour(0), 0, {}, kind, counted, false, came};
    };
    story.visit(visit(hour(99), hour(101), VisitKind::booster, true));
    story.visit(visit(hour(120), hour(120), VisitKind::rescue, true));
    story.visit(visit(hour(130), hour(133), VisitKind::induction, false));  // a later one counts
    story.visit(visit(hour(98), hour(99), VisitKind::booster, true));       // before
    const WaitsTally waits = story.everybody().waits;
    EXPECT_EQ(waits.visits, 3u);
    EXPECT_EQ(waits.room_ticks.count(), 2u);
    EXPECT_EQ(waits.ticks_in_room, ticks(hours{2 + 3}));
}

TEST(Care, CountsWhoIsLostBeforeAFirstVisit) {
    Story story;
    const auto lost = [&](Instant at, bool was_in_care, LeftBecause because) {
        story.observer.on(Referred{hour(90), 0, {}});
        if (was_in_care) story.observer.on(CareBegan{hour(95), 0, {}});
        story.observer.on(CareEnded{at, was_in_care ? hour(95) : at, was_in_care, 0, {}, because});
    };
    lost(hour(150), false, LeftBecause::turned_away);
    lost(hour(99), false, LeftBecause::turned_away);  // before the measured time
    lost(hour(150), false, LeftBecause::pathway);     // not suitable
    lost(hour(150), true, LeftBecause::dropped_out);
    EXPECT_EQ(story.everybody().care.lost, 1u);
}

TEST(Care, IsAveragedOverTheMeasuredTimeOnly) {
    Story story;
    story.care(hour(50), hour(90), LeftBecause::pathway, 0);       // before
    story.care(hour(60), hour(130), LeftBecause::pathway, 1);      // 100..130
    story.care(hour(150), hour(200), LeftBecause::end_of_run, 2);  // 150..200
    story.care(hour(10), hour(200), LeftBecause::end_of_run, 3);   // 100..200
    const CareTally care = story.everybody().care;
    EXPECT_EQ(care.patient_ticks, ticks(hours{30 + 50 + 100}));
    EXPECT_EQ(care.at_start, 2);
    EXPECT_EQ(care.at_end, 2);
    EXPECT_EQ(care.referrals, 1u);
    EXPECT_EQ(care.started, 1u);
}

TEST(Care, CountsWhatHappensAtTheFirstInstantAndNotAtTheEnd) {
    Story story;
    story.care(hour(20), hour(100), LeftBecause::dropped_out, 0);
    story.care(hour(100), hour(150), LeftBecause::dropped_out, 1);
    story.care(hour(20), hour(99), LeftBecause::dropped_out, 2);
    story.care(hour(30), hour(180), LeftBecause::left_while_ill, 3);
    const CareTally care = story.everybody().care;
    EXPECT_EQ(care.dropouts, 2u);
    EXPECT_EQ(care.left_while_ill, 1u);
    EXPECT_EQ(care.started, 1u);
    EXPECT_EQ(care.at_start, 2) << "after all that happens at its first instant";
    EXPECT_EQ(care.at_end, 0);
}

TEST(Care, DoesNotCallPatientsInCareAtTheStartStarted) {
    Story story{model_of_hours(0, 200)};
    story.observer.on(CareBegan{hour(0), kFirstOfStock, {}});
    story.observer.on(
        CareEnded{hour(200), hour(0), true, kFirstOfStock, {}, LeftBecause::end_of_run});
    const CareTally care = story.everybody().care;
    EXPECT_EQ(care.started, 0u);
    EXPECT_EQ(care.at_start, 1);
    EXPECT_EQ(care.at_end, 1);
    EXPECT_EQ(care.patient_ticks, ticks(hours{200}));
}

TEST(Care, OfThoseWhoNeverGotAFirstVisitIsNone) {
    Story story;
    story.observer.on(Referred{hour(120), 0, {}});
    story.observer.on(CareEnded{hour(125), hour(125), false, 0, {}, LeftBecause::turned_away});
    const CareTally care = story.everybody().care;
    EXPECT_EQ(care.referrals, 1u);
    EXPECT_EQ(care.patient_ticks, 0);
    EXPECT_EQ(care.at_end, 0);
}

TEST(Course, ClipsTimeWellAndIllToTheMeasuredTime) {
    Story story;
    story.care(hour(0), hour(200), LeftBecause::end_of_run);
    story.observer.on(ResponseBegan{hour(20), 0, {}});
    story.observer.on(CareSpan{hour(20), hour(110), 0, {}, CareState::well});  // 10 inside
    story.observer.on(Relapsed{hour(110), 0, {}, 1});
    story.observer.on(CareSpan{hour(110), hour(140), 0, {}, CareState::ill});
    story.observer.on(EpisodeEnded{hour(140), hour(110), 0, {}});
    story.observer.on(CareSpan{hour(140), hour(200), 0, {}, CareState::well});
    const CourseTally course = story.everybody().course;
    EXPECT_EQ(course.well_ticks, ticks(hours{10 + 60}));
    EXPECT_EQ(course.ill_ticks, ticks(hours{30}));
    EXPECT_EQ(course.relapses, 1u);
    EXPECT_EQ(course.responder_ticks, ticks(hours{100}));
}

TEST(Course, CountsRespondersFromTheirResponseToTheEndEvenAfterTheyLeft) {
    Story story;
    story.care(hour(110), hour(130), LeftBecause::dropped_out);
    story.observer.on(ResponseBegan{hour(120), 0, {}});
    story.observer.on(CareSpan{hour(120), hour(130), 0, {}, CareState::well});
    const CourseTally course = story.everybody().course;
    EXPECT_EQ(course.well_ticks, ticks(hours{10}));
    EXPECT_EQ(course.responder_ticks, ticks(hours{80}));
}

TEST(Course, CountsInductionsWhenTheyEnd) {
    Story story;
    const auto induction = [&](std::int64_t from, std::int64_t to, bool repeated, bool finished,
                               bool responded, bool remission) {
        story.observer.on(InductionBegan{hour(from), 0, {}, repeated});
        story.observer.on(InductionEnded{
            hour(to), hour(from), 0, {}, repeated, finished, responded, true, remission});
    };
    induction(80, 99, false, true, true, true);       // ended before
    induction(90, 100, false, true, true, true);      // ended at the first instant: in
    induction(110, 150, true, true, true, false);     // in
    induction(120, 130, false, false, false, false);  // dropped out: in, a no
    induction(190, 200, true, false, false, false);   // still going at the end: out, but begun
    const CourseTally course = story.everybody().course;
    EXPECT_EQ(course.inductions_ended, 3u);
    EXPECT_EQ(course.inductions_responded, 2u);
    EXPECT_EQ(course.inductions_with_scores, 3u);
    EXPECT_EQ(course.inductions_in_remission, 1u);
    EXPECT_EQ(course.inductions_repeated, 2u);
}

TEST(Course, CountsInfusionsByWhatTheyWereFor) {
    Story story;
    for (const VisitKind kind :
         {VisitKind::induction, VisitKind::booster, VisitKind::rescue, VisitKind::rescue})
        story.visit({hour(110), hour(110), 0, {}, kind, true, false});
    story.visit({hour(99), hour(99), 0, {}, VisitKind::booster, true, false});  // given at 100: in
    story.visit({hour(98), hour(98), 0, {}, VisitKind::booster, true, false});  // given at 99
    story.visit({hour(199), hour(199), 0, {}, VisitKind::booster, true, false});  // not yet given
    const auto infusions = story.everybody().course.infusions;
    EXPECT_EQ(infusions[kInduction], 1u);
    EXPECT_EQ(infusions[kBooster], 2u);
    EXPECT_EQ(infusions[kRescue], 2u);
}

TEST(Attendance, CountsNoShowsTheTurnedAwayAndWhoIsSentHome) {
    Story story;
    story.observer.on(NoShow{hour(99), 0, {}, VisitKind::booster});
    story.observer.on(NoShow{hour(100), 0, {}, VisitKind::booster});
    story.observer.on(TurnedAway{hour(150), hour(149), 0, {}, VisitKind::rescue, true});
    story.observer.on(TurnedAway{hour(199), hour(50), 0, {}, VisitKind::rescue, true});
    for (const auto because : {SentHomeBecause::too_late, SentHomeBecause::nobody_left})
        for (const int at : {99, 100, 150})
            story.observer.on(SentHome{hour(at), hour(at), 0, {}, VisitKind::booster, because});
    for (const int at : {99, 101, 102, 103})
        story.observer.on(
            SentHome{hour(at), hour(at), 0, {}, VisitKind::booster, SentHomeBecause::staff_sick});
    const AttendanceTally attendance = story.everybody().attendance;
    EXPECT_EQ(attendance.no_shows, 1u);
    EXPECT_EQ(attendance.sent_home, 7u);
    EXPECT_EQ(attendance.sent_home_late, 2u);
    EXPECT_EQ(attendance.sent_home_sick, 3u);
    EXPECT_EQ(attendance.turned_away, 2u);
}

TEST(Attendance, WhoIsCalledOffIsMovedByTheClinic) {
    Story story;
    for (const auto because :
         {ReleasedBecause::staff_sick, ReleasedBecause::series_moved, ReleasedBecause::cancelled})
        for (const int at : {99, 100, 150})
            story.observer.on(
                BookingReleased{hour(at), hour(at + 1), 0, {}, VisitKind::booster, because});
    const AttendanceTally attendance = story.everybody().attendance;
    EXPECT_EQ(attendance.called_off, 2u);
    EXPECT_EQ(attendance.called_off_the_day, 2u);
    EXPECT_EQ(attendance.moved, 4u);
    EXPECT_EQ(attendance.cancelled, 2u);
}

TEST(Attendance, KnowsWhoIsCalledOffForTheDayFromWhoComesAtAnotherHour) {
    Story story;
    const auto call_off = [&](PatientId patient, Instant from, Instant to) {
        story.observer.on(BookingReleased{
            hour(127), from, patient, {}, VisitKind::booster, ReleasedBecause::staff_sick});
        story.observer.on(BookingMade{hour(127), from, to, patient, {}, VisitKind::booster});
    };
    call_off(1, hour(130), hour(135));  // of hours 120 to 143
    call_off(2, hour(130), hour(143));
    call_off(3, hour(130), hour(144));
    // a booking of somebody else, or at another time, is not this one's
    story.observer.on(BookingReleased{
        hour(127), hour(130), 4, {}, VisitKind::booster, ReleasedBecause::staff_sick});
    story.observer.on(BookingMade{hour(127), hour(1), hour(135), 5, {}, VisitKind::booster});
    story.observer.on(BookingMade{hour(128), hour(1), hour(135), 4, {}, VisitKind::booster});
    const AttendanceTally attendance = story.everybody().attendance;
    EXPECT_EQ(attendance.called_off, 4u);
    EXPECT_EQ(attendance.called_off_the_day, 2u);
}

Model office_hours() {  // Mondays to Fridays 8-12 and 13-17 from Monday 5 January 2026
    Model model = model_of_hours(24, 24 * 8);  // measured: Tuesday to next Monday
    model.dates = Dates{Date{std::chrono::year{2026} / 1 / 5}};
    model.clinic.open.always = false;
    for (std::size_t day = 1; day <= 5; ++day)
        model.clinic.open.week[day] = {{hours{8}, hours{12}}, {hours{13}, hours{17}}};
    return model;
}

TEST(Chairs, AreOpenInOpeningHoursOfTheMeasuredTime) {
    EXPECT_EQ(Story{office_hours()}.observer.finish().window.open, hours{4 * 8 + 8});
    EXPECT_EQ(Story{}.observer.finish().window.open, hours{100});
}

TEST(Chairs, HeldPastClosingTimeAreOvertime) {
    Story story{office_hours()};
    const auto hold = [&](Instant from, Instant to) {
        story.observer.on(VisitStarted{from, from, 0, {}, VisitKind::booster, true, false});
        story.observer.on(InfusionGiven{to, 0, {}, VisitKind::booster, true});
        story.observer.on(ChairHeld{from, to, 0, {}});
    };
    hold(hour(10), hour(12));                              // Monday: before the measured time
    hold(hour(23), hour(33));                              // from 24: 8 closed, 8:00-9:00 open
    hold(hour(34), hour(35));                              // 1 open
    hold(hour(35) + minutes{30}, hour(36) + minutes{15});  // to 12:15: 30 min open, 15 closed
    hold(hour(40), hour(42));                              // 16:00-18:00: 1 open, 1 closed
    hold(hour(35), hour(38));                              // over noon: 2 open, 1 closed
    const ChairTally chairs = story.observer.finish().chairs;
    EXPECT_EQ(chairs.held_open, ticks(hours{1 + 1 + 1 + 2} + minutes{30}));
    EXPECT_EQ(chairs.held_closed, ticks(hours{8 + 1 + 1} + minutes{15}));
}

TEST(Chairs, OfEverySiteCountInItsOwnOpeningHours) {
    // north has two chairs from Monday to Friday, south one on Tuesdays from 8 to 12
    Model model = office_hours();
    OpeningRule tuesdays = model.clinic.open;
    for (auto& day : tuesdays.week) day.clear();
    tuesdays.week[2] = {{hours{8}, hours{12}}};
    model.clinic.chairs = 3;
    model.clinic.chair_kinds = {{"", 2, 0}, {"", 1, 1}};
    model.clinic.sites = {{"north", model.clinic.open, 0.5, {}}, {"south", tuesdays, 0.5, {}}};
    Story story{model};
    const auto hold = [&](ChairKindId chair, Instant from, Instant to) {
        story.observer.on(
            VisitStarted{from, from, 0, {}, VisitKind::booster, true, false, from, chair});
        story.observer.on(InfusionGiven{to, 0, {}, VisitKind::booster, true, true, {}, chair});
        story.observer.on(ChairHeld{from, to, 0, {}, chair});
    };
    hold(0, hour(35), hour(37));  // Tuesday 11:00-13:00: 1 open, 1 closed at both
    hold(1, hour(35), hour(37));
    hold(1, hour(37), hour(38));  // 13:00-14:00: south is closed, though north is open
    hold(0, hour(37), hour(38));
    const RunTallies tallies = story.observer.finish();
    ASSERT_EQ(tallies.chair_kinds.size(), 2u);
    EXPECT_EQ(tallies.chair_kinds[0], (ChairKindTally{ticks(hours{2}), ticks(hours{1}), 2}));
    EXPECT_EQ(tallies.chair_kinds[1], (ChairKindTally{ticks(hours{1}), ticks(hours{2}), 2}));
    EXPECT_EQ(tallies.chairs.held_open, ticks(hours{3}));
    EXPECT_EQ(tallies.chairs.held_closed, ticks(hours{3}));
    EXPECT_EQ(tallies.chairs.late, ticks(hours{1 + 2}))
        << "each site until its last chair is ready";
    // measured: five days of eight hours at north, four hours at south
    EXPECT_EQ(tallies.window.open_chair_hours, (std::vector<double>{2 * 40, 4}));
    EXPECT_EQ(tallies.window.chairs, 3);
    EXPECT_EQ(tallies.window.open, hours{28}) << "84 chair-hours of three chairs";
}

TEST(Groups, OfEveryHomeSiteAddUpToEverybody) {
    const GroupGrid grid{2, 2, 3};
    EXPECT_EQ(grid.cells(), 12u);
    Story story{model_of_hours(), grid};
    std::set<std::size_t> cells;
    for (std::uint8_t home = 0; home < 3; ++home)
        for (std::uint8_t condition = 0; condition < 2; ++condition)
            for (std::uint8_t severity = 0; severity < 2; ++severity) {
                const Group group{condition, severity, home};
                EXPECT_TRUE(cells.insert(grid.cell(group)).second);
                for (int times = 0; times <= home * 4 + condition * 2 + severity; ++times)
                    story.observer.on(NoShow{hour(110), 0, group, VisitKind::booster});
            }
    const RunTallies tallies = story.observer.finish();
    const auto no_shows = [](const PatientTallies& of) { return of.attendance.no_shows; };
    EXPECT_EQ(no_shows(tallies.everybody()), 78u);
    EXPECT_EQ(no_shows(tallies.of_site(0)), 1u + 2 + 3 + 4);
    EXPECT_EQ(no_shows(tallies.of_site(2)), 9u + 10 + 11 + 12);
    EXPECT_EQ(no_shows(tallies.of_condition(1)), 3u + 4 + 7 + 8 + 11 + 12);
    EXPECT_EQ(no_shows(tallies.of_severity(1)), 2u + 4 + 6 + 8 + 10 + 12);
}

TEST(Transfers, CountWhenTheyAreOfferedInTheMeasuredTime) {
    Story story;
    for (const int at : {50, 110, 120, 150})
        story.observer.on(TransferOffered{hour(at), 0, {}, VisitKind::rescue, 1, at != 120});
    const AttendanceTally tally = story.observer.finish().everybody().attendance;
    EXPECT_EQ(tally.transfers_offered, 3u);
    EXPECT_EQ(tally.transfers, 2u);
}

TEST(Chairs, StillHeldAtTheEndCountUpToIt) {
    Story story;
    story.visit(booster(hour(198), hour(198)), hours{5});
    story.visit(booster(hour(95), hour(95)), hours{7});
    EXPECT_EQ(story.observer.finish().chairs.held_open, ticks(hours{2 + 2}));
    EXPECT_EQ(story.observer.finish().chairs.held_closed, 0);
}

TEST(Flows, CountWaysTakenInTheMeasuredTime) {
    Story story;
    story.observer.on(StageLeft{hour(99), 0, {}, 1, 0});
    story.observer.on(StageLeft{hour(100), 0, {}, 1, 0});
    story.observer.on(StageLeft{hour(101), 0, {}, 1, 1});
    story.observer.on(StageLeft{hour(102), 0, {}, 1, 1});
    story.observer.on(StageLeft{hour(103), 0, {}, 2, -1});
    const std::vector<std::vector<WayCount>> expected{
        {{0, 0, 0}, {0, -1, 0}, {1, 0, 1}, {1, 1, 2}, {1, -1, 0}, {2, -1, 1}, {3, -1, 0}}};
    EXPECT_EQ(story.observer.finish().flows, expected);
}

TEST(Flows, GoToThePathwayOfThePatientsGroup) {
    PolicyModel policy = policy_of_one_pathway();
    policy.choice.by = PolicyChoice::By::severity;
    policy.pathways.push_back(policy.pathways[0]);
    const Model model = model_of_hours();
    const SiteHours open = opening_hours(model.clinic, model.dates, model.end);
    RunObserver observer{model, policy, open};
    observer.on(StageLeft{hour(150), 0, Group{0, 1}, 0, 0});
    const auto flows = observer.finish().flows;
    ASSERT_EQ(flows.size(), 2u);
    EXPECT_EQ(flows[0][0].patients, 0u);
    EXPECT_EQ(flows[1][0].patients, 1u);
}

TEST(Groups, AddUpToEverybodyEachWay) {
    Story story{model_of_hours(), GroupGrid{2, 3}};
    for (std::uint8_t condition = 0; condition < 2; ++condition)
        for (std::uint8_t severity = 0; severity < 3; ++severity)
            for (int i = 0; i <= 3 * condition + severity; ++i)  // 1 + 2 + … + 6 of them
                story.visit({hour(110 + i), hour(110), 0, Group{condition, severity},
                             VisitKind::rescue, true, false});
    const RunTallies run = story.observer.finish();
    const auto visits = [](const PatientTallies& t) { return t.waits.of_kind[kRescue].visits; };
    EXPECT_EQ(visits(run.everybody()), 1u + 2 + 3 + 4 + 5 + 6);
    EXPECT_EQ(visits(run.of_condition(0)), 1u + 2 + 3);
    EXPECT_EQ(visits(run.of_condition(1)), 4u + 5 + 6);
    EXPECT_EQ(visits(run.of_severity(2)), 3u + 6);
    PatientTallies sum = run.of_severity(0);
    sum.add(run.of_severity(1));
    sum.add(run.of_severity(2));
    EXPECT_EQ(sum, run.everybody());
}

TEST(Groups, ThatAreNotAskedForFallTogether) {
    EXPECT_EQ((GroupGrid{1, 1}.cell({3, 2})), 0u);
    EXPECT_EQ((GroupGrid{1, 4}.cell({3, 2})), 2u);
    EXPECT_EQ((GroupGrid{4, 1}.cell({3, 2})), 3u);
    EXPECT_EQ((GroupGrid{4, 5}.cell({3, 2})), 3u * 5 + 2);
}

TEST(Conservation, StopsARunThatLosesAPatient) {
    Story story;
    story.observer.on(Referred{hour(1), 0, {}});
    story.observer.on(CareBegan{hour(1), 0, {}});
    EXPECT_DEATH(story.observer.finish(), "has left it or is there");
    story.observer.on(CareEnded{hour(200), hour(2), true, 0, {}, LeftBecause::end_of_run});
    EXPECT_DEATH(story.observer.finish(), "for those for whom it began");
}

TEST(Conservation, StopsARunThatLosesAChairOrAnInfusion) {
    Story story;
    story.observer.on(booster(hour(110), hour(110)));
    EXPECT_DEATH(story.observer.finish(), "frees its chair");
    story.observer.on(ChairHeld{hour(110), hour(111), 0, {}});
    EXPECT_DEATH(story.observer.finish(), "ends in an infusion");
    EXPECT_DEATH((story.observer.on(InfusionGiven{hour(111), 7, {}, VisitKind::booster, true}),
                  story.observer.on(InfusionGiven{hour(112), 7, {}, VisitKind::booster, true})),
                 "given in a visit");
}

TEST(Conservation, KnowsThatFollowUpIsTimeInCare) {
    Story story;
    story.care(hour(110), hour(120), LeftBecause::pathway);
    story.observer.on(CareSpan{hour(110), hour(121), 0, {}, CareState::well});
    EXPECT_DEATH(story.observer.finish(), "follow-up is time in care");
}

TEST(ClinicOvertime, IsFromClosingUntilTheLastChairIsReadyHoweverManyAreLate) {
    Story story{model_of_days()};
    const auto held = [&](std::int64_t day, double from, double to) {
        const auto at = [&](double h) {
            return hour(24 * day) + Duration{static_cast<std::int64_t>(h * 3'600'000)};
        };
        story.visit({at(from), at(from), 0, {}, VisitKind::booster, true, false},
                    at(to) - at(from));
    };
    held(0, 16, 19);        // before the measured time
    held(1, 16, 17.5);      // half an hour late
    held(1, 16.5, 17.25);   // covered by the one before
    held(1, 17.75, 18);     // began after closing: everybody stayed for it from 17:30 on
    held(2, 11, 12.5);      // into the break
    held(2, 13, 17);        // ends at closing time
    held(3, 11, 14);        // all through the break
    held(4, 16, 24 + 9.5);  // through the night: until the doors open again
    const ChairTally chairs = story.observer.finish().chairs;
    EXPECT_EQ(chairs.late, ticks(minutes{60 + 30 + 60 + 15 * 60}));
}

}  // namespace
}  // namespace clinicsim
