// Several sites: what one site changes (nothing), what two without anything in common are (two
// clinics), where visits take place, and who goes to another site because the wait is long.
#include "clinicsim/clinic/sites.hpp"

#include <array>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "clinicsim/clinic/coverage.hpp"
#include "replicated.hpp"
#include "site_models.hpp"

namespace clinicsim::test {
namespace {

/// Two sites with one chair each that takes one visit a day, from 8.
Model two_a_day(std::vector<Instant> referrals, std::uint32_t visits_of_induction = 1) {
    Model model = phases(std::move(referrals), 1, Days{40});
    model.clinic.access = Access::booked;
    model.clinic.open = daily({{8, 10}});
    model.clinic.booking.emplace();
    model.clinic.booking->transfers = TransferPlan{Days{2}, 1, {}};
    model.patients.inductions[0].visits = visits_of_induction;
    model.patients.inductions[0].gap = Uniform{1 * kDay, 2 * kDay};
    add_site(model, "north", 1, 1);
    add_site(model, "south", 1, 0);  // nobody lives there
    return model;
}

Lines story(const Model& model, unsigned of) {
    return told(model, with_pathway(model, Policy{}), of, true);
}

// --- one site, and two that have nothing in common -----------------------------------------------

TEST(Sites, OfWhichThereIsOneAreAsNone) {
    for (const bool by_appointment : {false, true})
        for (const bool with_staff : {false, true}) {
            Model plain = busy_clinic(Days{200}, 3);
            if (by_appointment) {
                plain = booked(plain);
                plain.clinic.booking.emplace();
            }
            if (with_staff) {
                plain.clinic.staff = {group_of("nurse", {always_there(1)})};
                needs(plain, {{{{0, whole}}, {{0, whole / 3}}, {}, {}}});
            }
            Model one = plain;
            add_site(one, "north", 3, 1);
            const Lines expected = all_of(plain, monthly_with_rescue());
            ASSERT_GT(expected.size(), 1000);
            EXPECT_EQ(all_of(one, monthly_with_rescue()), expected);
        }
}

TEST(Sites, WithoutAnythingInCommonDoNotFeelEachOther) {
    // who lives at north is served as ever, however crowded south is
    for (const bool by_appointment : {false, true}) {
        Model crowded = busy_clinic(Days{200}, 2);
        if (by_appointment) {
            crowded = booked(crowded);
            crowded.clinic.booking.emplace();
        }
        Model roomy = crowded;
        for (Model* model : {&crowded, &roomy}) {
            add_site(*model, "north", 1, 0.5);
            add_site(*model, "south", model == &crowded ? 1 : 50, 0.5);
            model->clinic.staff = {group_of("nurse.north", {always_there(1)}),
                                   group_of("nurse.south", {always_there(50)})};
            model->clinic.staff[1].site = 1;
            needs(*model, {{{{0, whole}}, {{0, whole / 3}}, {}, {}}});
        }
        const SiteFacts here = facts_of(crowded, monthly_with_rescue());
        const SiteFacts there = facts_of(roomy, monthly_with_rescue());
        ASSERT_GT(here.starts_of_home(0).size(), 300u);
        EXPECT_EQ(here.starts_of_home(0), there.starts_of_home(0));
        EXPECT_NE(here.starts_of_home(1), there.starts_of_home(1)) << "south must feel it";
        for (const SiteFacts::Start& start : here.starts) EXPECT_EQ(start.site, start.home);
    }
}

/// Waits of those who live at one site.
class WaitsAt final : public Sink {
  public:
    WaitsAt(SiteId home, Instant from) : home_{home}, from_{from} {}
    double hours = 0, waited = 0, visits = 0;
    void on(const VisitStarted& f) override {
        if (f.group.home != home_ || f.wanted < from_) return;
        hours += ticks(f.at - f.wanted) / (kDay / 24);
        waited += f.at > f.wanted;
        ++visits;
    }

  private:
    SiteId home_;
    Instant from_;
};

TEST(Sites, AreQueuesOfTheirOwnAsErlangSays) {
    // a Poisson stream of 3.7 an hour of which 0.5 go to one chair (Q01) and 3.2 to four (Q08)
    constexpr double kHour = kDay / 24;
    Model model = queue_model(1, 3.7, Exponential{kHour}, Days{60}, Days{8});
    add_site(model, "q01", 1, 0.5 / 3.7);
    add_site(model, "q08", 4, 3.2 / 3.7);
    const PolicyModel policy = with_pathway(model, Policy{});
    Ratio wait[2], share[2];
    for (std::uint32_t replication = 0; replication < kReplications; ++replication)
        for (SiteId site = 0; site < 2; ++site) {
            WaitsAt waits{site, model.warm_up_end};
            simulate(model, policy, replication, waits);
            wait[site].top.push_back(waits.hours);
            share[site].top.push_back(waits.waited);
            wait[site].bottom.push_back(waits.visits);
            share[site].bottom.push_back(waits.visits);
        }
    expect_exact(wait[0], 1, 0.2, "Q01, mean wait");
    expect_exact(share[0], 0.5, 0.1, "Q01, share who wait");
    expect_exact(wait[1], 0.7455405898, 0.2, "Q08, mean wait");
    expect_exact(share[1], 0.5964324718, 0.1, "Q08, share who wait");
    EXPECT_GT(std::abs(wait[1].mean() - 0.7455405898 * 1.25), kOneInAMillion * wait[1].se())
        << "the check has lost its power";
}

// --- where ---------------------------------------------------------------------------------------

TEST(HomeSite, IsDrawnByItsShareAndTheSameUnderEveryPolicy) {
    Model model = busy_clinic(Days{3000});
    add_site(model, "north", 2, 0.7);
    add_site(model, "south", 2, 0.3);
    std::map<PatientId, SiteId> homes;
    for (const auto& start : facts_of(model, monthly_with_rescue()).starts)
        homes[start.patient] = start.home;
    double south = 0;
    for (const auto& [patient, home] : homes) south += home;
    const auto n = static_cast<double>(homes.size());
    ASSERT_GT(n, 1000);
    // binomial; a fault of one in a million
    EXPECT_NEAR(south / n, 0.3, kOneInAMillion * std::sqrt(0.3 * 0.7 / n));
    EXPECT_GT(0.1, kOneInAMillion * std::sqrt(0.3 * 0.7 / n)) << "0.4 would not be seen";
    for (const auto& start : facts_of(model, pairs_as_needed()).starts)
        if (const auto known = homes.find(start.patient); known != homes.end()) {
            EXPECT_EQ(start.home, known->second);
        }
}

TEST(Sites, GiveNoVisitOnADayOnWhichTheyAreClosed) {
    for (const bool by_appointment : {false, true}) {
        Model model = busy_clinic(Days{200}, 2);
        if (by_appointment) model = booked(model);
        add_site(model, "north", 2, 0.5);
        add_site(model, "south", 2, 0.5);
        open_only_on(model.clinic.sites[0], {1, 3, 5});
        open_only_on(model.clinic.sites[1], {2, 4});
        std::array<std::array<int, 7>, 2> starts{};
        for (const auto& start : facts_of(model, monthly_with_rescue()).starts)
            ++starts[start.site][model.dates.weekday_of(start.at).c_encoding()];
        for (unsigned day = 0; day < 7; ++day) {
            EXPECT_EQ(starts[0][day] > 0, day == 1 || day == 3 || day == 5) << day;
            EXPECT_EQ(starts[1][day] > 0, day == 2 || day == 4) << day;
        }
    }
}

TEST(Sites, ThatShareANurseByWeekdayGiveVisitsWhereTheNurseIs) {
    // both are open every day; the one nurse is at north from Monday to Wednesday, then at south
    for (const bool by_appointment : {false, true}) {
        Model model = busy_clinic(Days{200}, 2);
        if (by_appointment) model = booked(model);
        add_site(model, "north", 3, 0.6);
        add_site(model, "south", 3, 0.4);
        Shift north = daily_shift(1, 8h, 17h), south = north;
        north.days = {false, true, true, true, false, false, false};
        south.days = {false, false, false, false, true, true, false};
        model.clinic.staff = {group_of("nurse.north", {north}), group_of("nurse.south", {south})};
        model.clinic.staff[1].site = 1;
        needs(model, {{{{0, whole / 2}}, {{0, whole / 4}}, {{0, whole / 4}}, {}}});
        int visits = 0;
        for (const auto& start : facts_of(model, monthly_with_rescue()).starts) {
            const unsigned day = model.dates.weekday_of(start.at).c_encoding();
            EXPECT_EQ(start.site, day <= 3 ? 0 : 1) << when(start.at);
            EXPECT_TRUE(day >= 1 && day <= 5) << when(start.at);
            ++visits;
        }
        EXPECT_GT(visits, 300);
    }
}

/// When patients come into the room.
class Comings final : public Sink {
  public:
    Lines lines;
    void on(const VisitStarted& f) override {
        lines.push_back("p" + std::to_string(f.patient) + " comes " + when(f.came) + ", starts " +
                        when(f.at));
    }
};

TEST(Sites, LetInWhoWaitsBeforeTheirOwnDoorsWhenTheseOpen) {
    Model model = phases({day(0, 7h), day(0, 7h + 1min)}, 1, Days{2});
    model.clinic.open = daily({{8, 17}});
    add_site(model, "north", 1, 0);
    model.clinic.open = daily({{10, 17}});
    add_site(model, "south", 1, 1);  // everybody lives there
    Comings comings;
    simulate(model, with_pathway(model, Policy{}), 0, comings);
    EXPECT_EQ(comings.lines,
              (Lines{"p0 comes 0d 10:00, starts 0d 10:00", "p1 comes 0d 10:00, starts 0d 11:20"}));
}

TEST(Sites, PromiseAsManyVisitsAsTheirOwnStaffCanCarry) {
    Model model = phases({}, 1);
    add_site(model, "north", 9, 0.5);
    add_site(model, "south", 9, 0.5);
    model.clinic.staff = {group_of("nurse.north", {always_there(1)}),
                          group_of("nurse.south", {always_there(2)})};
    model.clinic.staff[1].site = 1;
    const std::vector<Need> half{{0, whole / 2}};
    needs(model, {{half, half, half, half}});
    const auto visits = [&](SiteId site) {
        return bookable_visits(model.clinic, model.patients, model.dates, model.end, site)
            .at(kRunStart);
    };
    EXPECT_EQ(visits(0), 2u);
    EXPECT_EQ(visits(1), 4u);
}

TEST(Sites, SendWhoNeedsAnotherKindOfChairToTheNearestThatHasOne) {
    for (const bool by_appointment : {false, true}) {
        Model model = phases({day(0), day(1)}, 1, Days{10});
        if (by_appointment) model.clinic.access = Access::booked;
        add_site(model, "north", 1, 1);
        add_site(model, "far", 1, 0);
        add_site(model, "near", 1, 0);
        model.clinic.chair_kinds[1].name = model.clinic.chair_kinds[2].name = "room";
        model.clinic.sites[0].travel = {Duration{}, hours{2}, hours{1}};
        model.clinic.visits[0].first.chairs = {1, 2};
        const SiteFacts facts = facts_of(model, Policy{});
        ASSERT_EQ(facts.starts.size(), 2u);
        for (const auto& start : facts.starts) EXPECT_EQ(start.site, 2);
    }
}

Lines names_of(const std::vector<Part>& parts) {
    Lines names;
    for (const Part& part : parts) names.push_back(part.name);
    return names;
}

TEST(Sites, SendWhoLivesWhereThereIsNeverAChairToTheNextOne) {
    for (const bool by_appointment : {false, true}) {
        Model model = phases({kRunStart + hours{9}}, 1, Days{40});
        if (by_appointment) {
            model.clinic.access = Access::booked;
            model.clinic.open = daily({{8, 18}});
        }
        add_site(model, "north", 0, 1);  // everybody lives there
        add_site(model, "south", 1, 0);
        const SiteFacts facts = facts_of(model, Policy{});
        ASSERT_EQ(facts.starts.size(), 1u);
        EXPECT_EQ(facts.starts[0].site, 1);
    }
}

TEST(Parts, AreSitesKindsAndStaffTogetherAndAtEachSite) {
    ClinicPlan clinic;
    clinic.chairs = 9;
    clinic.staff = {group_of("nurse", {always_there(1)}), {"monitor", 2, {}, 0}};
    EXPECT_EQ(names_of(staff_parts(clinic)), (Lines{"nurse", "monitor"}));
    EXPECT_EQ(names_of(chair_parts(clinic)), Lines{}) << "all alike";
    clinic.chair_kinds = {{"recliner", 4, 0}, {"room", 2, 0}};
    EXPECT_EQ(names_of(chair_parts(clinic)), (Lines{"recliner", "room"}));

    clinic.sites.resize(2);
    clinic.sites[0].name = "north";
    clinic.sites[1].name = "south";
    clinic.chair_kinds.push_back({"recliner", 3, 1});
    // a room is at north only, and at south there is nothing but recliners
    EXPECT_EQ(names_of(chair_parts(clinic)),
              (Lines{"north", "south", "recliner", "room", "north.recliner"}));
    EXPECT_EQ(chair_parts(clinic)[2].members, (std::vector<std::uint8_t>{0, 2}));
    clinic.staff = {group_of("nurse.north", {always_there(1)}),
                    group_of("nurse.south", {always_there(0)}),
                    {"monitor.north", 2, {}, 0},
                    {"monitor.south", 1, {}, 0}};
    EXPECT_EQ(staff_names(clinic), (Lines{"nurse", "monitor"}));
    EXPECT_EQ(names_of(staff_parts(clinic)),
              (Lines{"nurse", "nurse.north", "monitor", "monitor.north", "monitor.south"}))
        << "nobody works at south";
    clinic.chairs.reset();
    EXPECT_EQ(names_of(chair_parts(clinic)), Lines{}) << "unlimited";
}

// --- transfers -----------------------------------------------------------------------------------

TEST(Transfer, IsOfferedToWhoWouldWaitLongAtHome) {
    // one place a day at each site; at home p2 and p3 would wait for 56 hours, over the two days;
    // p4 would, too, but the other site has nothing earlier than the same day
    const Model model = two_a_day({day(0), day(0), day(0), day(0), day(0)});
    EXPECT_EQ(
        story(model, bookings | lists | chairs | chair_kinds),
        (Lines{"0d p0 induction booked for 0d 08:00, wanted 0d",
               "0d p1 induction booked for 1d 08:00, wanted 0d",
               "0d p2 induction offered site 1: accepts",
               "0d p2 induction booked for 0d 08:00, wanted 0d",
               "0d p3 induction offered site 1: accepts",
               "0d p3 induction booked for 1d 08:00, wanted 0d",
               "0d p4 induction booked for 2d 08:00, wanted 0d",
               "0d 09:20 p0 chair 0 held since 0d 08:00", "0d 09:20 p2 chair 1 held since 0d 08:00",
               "1d 09:20 p1 chair 0 held since 1d 08:00", "1d 09:20 p3 chair 1 held since 1d 08:00",
               "2d 09:20 p4 chair 0 held since 2d 08:00"}));
}

TEST(Transfer, ThatIsRefusedLeavesThePlaceAtHome) {
    Model model = two_a_day({day(0), day(0), day(0), day(0)});
    model.clinic.booking->transfers->accepts = 0;
    EXPECT_EQ(story(model, bookings | lists),
              (Lines{"0d p0 induction booked for 0d 08:00, wanted 0d",
                     "0d p1 induction booked for 1d 08:00, wanted 0d",
                     "0d p2 induction offered site 1: refuses",
                     "0d p2 induction booked for 2d 08:00, wanted 0d",
                     "0d p3 induction offered site 1: refuses",
                     "0d p3 induction booked for 3d 08:00, wanted 0d"}));
}

TEST(Transfer, TakesASeriesAsAWhole) {
    const Model model = two_a_day({day(0), day(0), day(0), day(0), day(0)}, 2);
    const SiteFacts facts = facts_of(model, Policy{});
    std::map<PatientId, std::set<SiteId>> sites;
    for (const auto& start : facts.starts) sites[start.patient].insert(start.site);
    EXPECT_EQ(facts.starts.size(), 10u);
    int away = 0;
    for (const auto& [patient, of] : sites) {
        EXPECT_EQ(of.size(), 1u) << "p" << patient;
        away += *of.begin();
    }
    EXPECT_GT(away, 0);
}

TEST(Transfer, IsNotOfferedTwiceForOneVisit) {
    // a book of one week: who finds no place at home and refuses the other site waits unbooked, and
    // is tried again every midnight
    std::vector<Instant> many(12, day(0));
    Model model = two_a_day(std::move(many));
    model.clinic.booking->horizon = Days{7};
    model.clinic.booking->transfers->accepts = 0;
    std::map<PatientId, int> offers;
    for (const TransferOffered& offer : facts_of(model, Policy{}).offers) ++offers[offer.patient];
    EXPECT_GE(offers.size(), 4u);
    for (const auto& [patient, number] : offers) EXPECT_EQ(number, 1) << "p" << patient;
}

TEST(Transfer, IsAcceptedHalfAsOftenForEveryStretchOfTravel) {
    const TransferPlan plan{Days{7}, 0.6, Duration{minutes{30}}};
    EXPECT_DOUBLE_EQ(plan.chance(Duration{}), 0.6);
    EXPECT_DOUBLE_EQ(plan.chance(minutes{30}), 0.3);
    EXPECT_DOUBLE_EQ(plan.chance(minutes{60}), 0.15);
    EXPECT_DOUBLE_EQ((TransferPlan{Days{7}, 0.6, {}}.chance(hours{5})), 0.6);
}

/// A booked clinic of two sites, one of them crowded.
Model lopsided() {
    Model model = booked(busy_clinic(Days{400}, 2));
    model.clinic.booking.emplace();
    model.patients.in_care_at_start.patients = 60;
    add_site(model, "north", 1, 0.85);
    add_site(model, "south", 1, 0.15);
    model.clinic.open = {};
    return model;
}

TEST(Transfer, ThatNobodyAcceptsChangesNothing) {
    Model without = lopsided(), offered = without;
    offered.clinic.booking->transfers = TransferPlan{Days{2}, 0, {}};
    ASSERT_GT(facts_of(offered, monthly_with_rescue()).offers.size(), 100u);
    EXPECT_EQ(facts_of(offered, monthly_with_rescue()).starts,
              facts_of(without, monthly_with_rescue()).starts);
}

TEST(Transfer, ThatEverybodyAcceptsShortensTheWait) {
    Model apart = lopsided(), together = apart;
    together.clinic.booking->transfers = TransferPlan{Days{1}, 1, {}};
    Ratio difference;
    for (std::uint32_t replication = 0; replication < 20; ++replication) {
        difference.top.push_back(
            facts_of(together, monthly_with_rescue(), replication).mean_wait() -
            facts_of(apart, monthly_with_rescue(), replication).mean_wait());
        difference.bottom.push_back(1);
    }
    // paired by replication; far from 0 by more than the bound of one in a million
    EXPECT_LT(difference.mean(), -kOneInAMillion * difference.se())
        << difference.mean() << " ± " << difference.se();
}

TEST(Transfer, IsAcceptedAsOftenAsItSays) {
    Model model = lopsided();
    model.clinic.booking->transfers = TransferPlan{Days{1}, 0.8, Duration{hours{1}}};
    double offers = 0, accepted = 0;
    for (std::uint32_t replication = 0; replication < 10; ++replication)
        for (const TransferOffered& offer :
             facts_of(model, monthly_with_rescue(), replication).offers) {
            ++offers;
            accepted += offer.accepted;
        }
    const double se = std::sqrt(0.4 * 0.6 / offers);  // an hour away
    EXPECT_NEAR(accepted / offers, 0.4, kOneInAMillion * se) << offers;
    EXPECT_LT(kOneInAMillion * se, 0.1) << "0.5 would not be seen";
}

}  // namespace
}  // namespace clinicsim::test
