// Chairs of several kinds; chairs that come, break and go.
#include <gtest/gtest.h>

#include "busy_clinic.hpp"
#include "clinicsim/clinic/chair_calendar.hpp"
#include "staff_models.hpp"

namespace clinicsim::test {
namespace {

using std::chrono::year;

Lines story(const Model& model, unsigned of) {
    Lines lines = told(model, with_pathway(model, Policy{}), of, true);
    for (std::string& line : lines)
        for (const std::string_view cut : {", first visit", "induction "})
            if (const auto at = line.find(cut); at != std::string::npos) line.erase(at, cut.size());
    return lines;
}

void kinds(Model& model, std::vector<ChairKind> of) {
    model.clinic.chairs = 0;
    for (const ChairKind& kind : of) *model.clinic.chairs += kind.chairs;
    model.clinic.chair_kinds = std::move(of);
}

TEST(ChairKind, WhoMayUseTheFreeOneStartsBeforeWhoMayNot) {
    // first visits (80 minutes with turnover) need the room; later ones take a recliner
    Model model = phases({day(0, 8h), day(1, 9h), day(1, 9h + 1min)}, 1, Days{2});
    model.patients.inductions[0].visits = 2;
    kinds(model, {{"recliner", 1}, {"room", 1}});
    model.clinic.visits[0].first.chairs = {1};
    model.clinic.visits[0].later.chairs = {0};
    EXPECT_EQ(story(model, visits), (Lines{"0d 08:00 p0 starts", "1d 09:00 p1 starts",
                                           // p2 waits for the room, p0 comes later and does not
                                           "1d 09:10 p0 starts, no wait counted",
                                           "1d 10:20 p2 starts, wanted 1d 09:01"}));
}

TEST(ChairKind, IsTakenInTheOrderOfLiking) {
    Model model = phases({day(0, 8h), day(0, 8h + 1min), day(0, 8h + 2min)}, 1);
    kinds(model, {{"recliner", 1}, {"room", 1}});
    model.patients.inductions[0].visits = 1;
    model.clinic.visits[0].first.chairs = {1, 0};
    EXPECT_EQ(story(model, visits), (Lines{"0d 08:00 p0 starts", "0d 08:01 p1 starts",
                                           "0d 09:20 p2 starts, wanted 0d 08:02"}));
}

TEST(ChairKind, OfWhichEveryVisitMayUseAnyIsOnePool) {
    for (const bool with_staff : {false, true}) {
        Model pool = busy_clinic(Days{200}, 3), parts = pool;
        kinds(parts, {{"a", 1}, {"b", 2}});
        if (with_staff)
            for (Model* model : {&pool, &parts}) {
                model->clinic.staff = {group_of("nurse", {always_there(1)})};
                needs(*model, {{{{0, whole}}, {{0, whole / 3}}, {}, {}}});
            }
        const Lines expected = all_of(pool, monthly_with_rescue());
        ASSERT_GT(expected.size(), 1000);
        EXPECT_EQ(all_of(parts, monthly_with_rescue()), expected);
    }
}

TEST(ChairKind, OfTheirOwnMakeQueuesOfTheirOwn) {
    // first visits and later ones share no chair: the first visits wait as if they were alone
    Model model = busy_clinic(Days{200}, 1), alone = model;
    kinds(model, {{"first", 1}, {"later", 1}});
    model.clinic.visits[0].first.chairs = {0};
    model.clinic.visits[0].later.chairs = {1};
    alone.clinic.chairs.reset();
    kinds(alone, {{"first", 1}, {"later", 10'000}});
    alone.clinic.visits[0].first.chairs = {0};
    alone.clinic.visits[0].later.chairs = {1};
    const auto first_visits = [](const Model& of) {
        Lines first;
        for (const std::string& line : all_of(of, monthly_with_rescue(), visits))
            if (line.find("first visit") != std::string::npos) first.push_back(line);
        return first;
    };
    ASSERT_GT(first_visits(model).size(), 50);
    EXPECT_EQ(first_visits(model), first_visits(alone));
    EXPECT_NE(all_of(model, monthly_with_rescue()), all_of(alone, monthly_with_rescue()));
}

TEST(ChairKind, InTheWaitingRoomNobodyTakesAPlaceWhoseChairIsFree) {
    Model model = phases({day(0, 8h), day(0, 8h), day(0, 8h)}, 1);
    kinds(model, {{"recliner", 1}, {"room", 5}});
    model.clinic.visits[0].first.chairs = {0};
    model.clinic.waiting_room = 1;
    EXPECT_EQ(story(model, visits | requests),
              (Lines{"0d 08:00 p2 turned away", "0d 08:00 p0 starts",
                     "0d 09:20 p1 starts, wanted 0d 08:00"}));
}

// --- booked --------------------------------------------------------------------------------------

/// Open from 8 to 10, so that a chair takes one visit of 80 minutes a day, with a reclining chair
/// and a room.
Model booked_kinds(std::vector<Instant> referrals, std::uint32_t induction_visits = 1) {
    Model model = phases(std::move(referrals), 1, Days{30});
    model.clinic.access = Access::booked;
    model.clinic.open = daily({{8, 10}});
    model.clinic.booking.emplace();
    model.patients.inductions[0].visits = induction_visits;
    model.patients.inductions[0].gap = Uniform{1 * kDay, 2 * kDay};
    kinds(model, {{"recliner", 1}, {"room", 1}});
    return model;
}

TEST(BookedKind, IsTheOneWithTheEarliestPlaceAndOfTwoTheOneLikedBest) {
    Model model = booked_kinds({day(0), day(0), day(0)});
    model.clinic.visits[0].first.chairs = {1, 0};
    // p0 has the room, p1 the recliner, p2 the room of the next day
    EXPECT_EQ(
        story(model, bookings | chairs | chair_kinds),
        (Lines{"0d p0 booked for 0d 08:00, wanted 0d", "0d p1 booked for 0d 08:00, wanted 0d",
               "0d p2 booked for 1d 08:00, wanted 0d", "0d 09:20 p0 chair 1 held since 0d 08:00",
               "0d 09:20 p1 chair 0 held since 0d 08:00",
               "1d 09:20 p2 chair 1 held since 1d 08:00"}));
}

TEST(BookedKind, MakesWhoNeedsItWaitForItAlone) {
    Model model = booked_kinds({day(0), day(0)});
    model.clinic.visits[0].first.chairs = {1};
    EXPECT_EQ(story(model, bookings), (Lines{"0d p0 booked for 0d 08:00, wanted 0d",
                                             "0d p1 booked for 1d 08:00, wanted 0d"}));
}

TEST(BookedKind, MayDifferWithinASeries) {
    // first visits need the room, later ones the recliner: two series never meet
    Model model = booked_kinds({day(0), day(0)}, 2);
    model.clinic.visits[0].first.chairs = {1};
    model.clinic.visits[0].later.chairs = {0};
    EXPECT_EQ(story(model, bookings), (Lines{"0d p0 booked for 0d 08:00, wanted 0d",
                                             "0d p0 booked for 1d 08:00, wanted 1d 08:00",
                                             "0d p1 booked for 1d 08:00, wanted 0d",
                                             "0d p1 booked for 2d 08:00, wanted 2d 08:00"}));
}

TEST(BookedKind, SharesItsStaffWithTheOthersInTheBook) {
    // a nurse for one visit at a time: two chairs, but one visit a day
    Model model = booked_kinds({day(0), day(0)});
    model.clinic.staff = {group_of("nurse", {always_there(1)})};
    needs(model, {{{{0, whole}}, {{0, whole}}, {{0, whole}}, {{0, whole}}}});
    EXPECT_EQ(story(model, bookings), (Lines{"0d p0 booked for 0d 08:00, wanted 0d",
                                             "0d p1 booked for 1d 08:00, wanted 0d"}));
}

TEST(BookedKind, ThatIsTheOnlyOneIsAsNone) {
    for (const bool by_rules : {false, true}) {
        Model plain = booked(busy_clinic(Days{300}, 2));
        if (by_rules) {
            plain.clinic.booking.emplace();
            plain.clinic.booking->held = 0.2;
            plain.clinic.booking->waiting_list = WaitingListPlan{5, 0.5, hours{12}, true};
            plain.clinic.attendance.emplace();
            plain.clinic.attendance->no_show.share = 0.1;
            plain.clinic.attendance->late_cancel.share = 0.1;
        }
        Model named = plain;
        kinds(named, {{"recliner", 2}});
        for (ClinicPlan::Visits& visits : named.clinic.visits)
            visits.first.chairs = visits.later.chairs = {0};
        const Lines expected = all_of(plain, monthly_with_rescue());
        ASSERT_GT(expected.size(), 1000);
        EXPECT_EQ(all_of(named, monthly_with_rescue()), expected);
    }
}

TEST(BookedKind, OfItsOwnMakesABookOfItsOwn) {
    // first visits and later ones share no chair: the first visits are booked as if alone
    Model model = booked(busy_clinic(Days{200}, 1)), roomy = model;
    kinds(model, {{"first", 1}, {"later", 1}});
    kinds(roomy, {{"first", 1}, {"later", 10'000}});
    for (Model* one : {&model, &roomy}) {
        one->clinic.visits[0].first.chairs = {0};
        one->clinic.visits[0].later.chairs = {1};
    }
    const auto first_visits = [](const Model& of) {
        Lines first;
        for (const std::string& line : all_of(of, monthly_with_rescue(), visits))
            if (line.find("first visit") != std::string::npos) first.push_back(line);
        return first;
    };
    ASSERT_GT(first_visits(model).size(), 50);
    EXPECT_EQ(first_visits(model), first_visits(roomy));
    EXPECT_NE(all_of(model, monthly_with_rescue()), all_of(roomy, monthly_with_rescue()));
}

// --- changes -------------------------------------------------------------------------------------

/// The run begins on Thursday, 1 January 2026.
ChairChange from(unsigned day_of_january, std::uint32_t chairs) {
    return {Date{year{2026} / 1 / day_of_january}, {chairs}};
}

TEST(ChairChanges, GiveAChairMoreFromMidnightOfTheirDate) {
    Model model = phases({day(0, 23h), day(0, 23h), day(0, 23h)}, 1);
    model.clinic.changes = {from(2, 3)};
    EXPECT_EQ(story(model, visits), (Lines{"0d 23:00 p0 starts", "1d p1 starts, wanted 0d 23:00",
                                           "1d p2 starts, wanted 0d 23:00"}));
}

TEST(ChairChanges, LetWhoSitsInAChairThatGoesFinish) {
    Model model = phases({day(0, 23h), day(0, 23h), day(0, 23h + 30min)}, 2);
    model.clinic.changes = {from(2, 1)};
    // both chairs are ready at 00:20 of day 1; one is left
    model.patients.arrivals =
        ListedArrivals{{day(0, 23h), day(0, 23h + 5min), day(0, 23h + 30min), day(0, 23h + 30min)}};
    EXPECT_EQ(story(model, visits), (Lines{"0d 23:00 p0 starts", "0d 23:05 p1 starts",
                                           "1d 00:25 p2 starts, wanted 0d 23:30",
                                           "1d 01:45 p3 starts, wanted 0d 23:30"}));
}

TEST(ChairChanges, ThatChangeNothingChangeNothing) {
    const Model without = busy_clinic(Days{200});
    Model with = without;
    with.clinic.changes = {from(10, 2), from(20, 2)};
    EXPECT_EQ(all_of(with, monthly_with_rescue()), all_of(without, monthly_with_rescue()));
    with.clinic.changes = {from(10, 3)};
    EXPECT_NE(all_of(with, monthly_with_rescue()), all_of(without, monthly_with_rescue()));
}

// --- breakdowns ----------------------------------------------------------------------------------

Lines changes_of(const ClinicPlan& plan, std::int64_t days) {
    Lines lines;
    const CapacityCalendar calendar =
        chairs_over_time(plan, 0, Dates{Date{year{2026} / 1 / 1}}, day(days), BreakdownDraws{7, 0});
    for (const auto& change : calendar.changes())
        if (change.at < day(days))
            lines.push_back(when(change.at) + " " + std::to_string(change.capacity));
    return lines;
}

TEST(Breakdowns, TakeEachChairOutForAsLongAsTheyLast) {
    ClinicPlan plan;
    plan.chairs = 2;
    plan.breakdowns = Breakdowns{always(Days{10}), always(Days{1})};
    EXPECT_EQ(changes_of(plan, 30), (Lines{"0d 2", "10d 0", "11d 2", "21d 0", "22d 2"}));
    plan.changes = {from(22, 1)};  // day 21
    EXPECT_EQ(changes_of(plan, 30), (Lines{"0d 2", "10d 0", "11d 2", "21d 0", "22d 1"}));
    // the second chair comes while the first is broken
    plan.chairs = 1;
    plan.breakdowns->lasts = always(Days{4});
    plan.changes = {from(13, 2)};  // day 12: broken as well, from day 10 to 14
    EXPECT_EQ(changes_of(plan, 20), (Lines{"0d 1", "10d 0", "14d 2"}));
}

TEST(Breakdowns, LetAVisitInTheChairFinish) {
    Model model = phases({day(0, 23h), day(0, 23h + 30min)}, 1, Days{4});
    model.clinic.breakdowns = Breakdowns{always(Days{1}), always(Days{1})};
    EXPECT_EQ(story(model, visits | chairs),
              (Lines{"0d 23:00 p0 starts", "1d 00:20 p0 chair held since 0d 23:00",
                     "2d p1 starts, wanted 0d 23:30", "2d 01:20 p1 chair held since 2d"}));
}

TEST(Breakdowns, OfOneChairAreMovedByNoOther) {
    ClinicPlan one, two;
    one.chairs = 1;
    one.breakdowns = Breakdowns{Exponential{20 * kDay}, Exponential{2 * kDay}};
    two = one;
    two.chairs = 2;
    const Dates dates{Date{year{2026} / 1 / 1}};
    const auto calendar = [&](const ClinicPlan& plan, std::uint32_t replication) {
        return chairs_over_time(plan, 0, dates, day(1000), BreakdownDraws{7, replication});
    };
    const auto first = calendar(one, 0), both = calendar(two, 0);
    EXPECT_NE(first, calendar(one, 1));
    int apart = 0;
    for (int i = 0; i < 1000; ++i) {
        const std::uint32_t others = both.at(day(i)) - first.at(day(i));
        ASSERT_LE(others, 1u) << i;
        apart += others != first.at(day(i));
    }
    EXPECT_GT(apart, 50) << "both break on the same days";
}

TEST(Breakdowns, TakeTheShareOfTimeThatRenewalTheorySays) {
    // mean up 20 days, down 2: 1/11 of the time; the variance of alternating renewals is known
    ClinicPlan plan;
    plan.chairs = 20;
    plan.breakdowns = Breakdowns{Exponential{20 * kDay}, Exponential{2 * kDay}};
    constexpr int kDays = 20'000;
    const auto calendar = chairs_over_time(plan, 0, Dates{Date{year{2026} / 1 / 1}}, day(kDays),
                                           BreakdownDraws{3, 0});
    double down = 0;
    for (Instant at = kRunStart; at < day(kDays);) {
        const Instant until = std::min(day(kDays), calendar.next(at).at);
        down += (20 - calendar.at(at)) * ticks(until - at) / kDay;
        at = until;
    }
    // of one chair: var(T) / T -> 2 u^2 d^2 / (u + d)^3 per day, u = 20, d = 2 (exponential both)
    const double variance = 2. * 20 * 20 * 2 * 2 / (22. * 22 * 22) * kDays * 20;
    const double expected = 20. * kDays / 11, tolerance = 4.8916 * std::sqrt(variance);
    EXPECT_NEAR(down, expected, tolerance);
    EXPECT_GT(std::abs(down - 1.1 * expected), tolerance) << "the check has lost its power";
}

}  // namespace
}  // namespace clinicsim::test
