#include "clinicsim/report/patient_story.hpp"

#include <gtest/gtest.h>

namespace clinicsim::report {
namespace {

using namespace std::chrono_literals;

Model model() {
    Model made;
    made.dates = Dates{Date{std::chrono::year{2026} / 1 / 5}};
    made.end = kRunStart + Days{1000};
    made.patients.conditions.push_back({"depression", 1, std::nullopt, 0});
    made.patients.in_care_at_start.patients = 3;
    return made;
}
PolicyModel policy() {
    PolicyModel made;
    made.choice.name = "monthly";
    made.choice.policies.emplace_back();
    made.pathways.push_back(default_pathway(true, {}, {}));
    return made;
}

TEST(PatientNames, TellArrivalsFromThoseInCareAtTheStart) {
    EXPECT_EQ(parse_patient("17"), PatientId{17});
    EXPECT_EQ(parse_patient("s3"), kFirstOfStock + 3);
    for (const char* none : {"", "s", "-1", "x", "3s", "99999999999", "2147483648", "1.5"})
        EXPECT_EQ(parse_patient(none), std::nullopt) << none;
    EXPECT_EQ(patient_name(kFirstOfStock + 3), "s3");
    EXPECT_EQ(patient_name(17), "17");
}

TEST(PatientStory, SaysAtWhichSite) {
    Model made = model();
    made.clinic.chairs = 2;
    made.clinic.chair_kinds = {{"", 1, 0}, {"", 1, 1}};
    made.clinic.sites = {{"north", {}, 0.5, {}}, {"south", {}, 0.5, {}}};
    const PolicyModel monthly = policy();
    PatientStory story{made, monthly, 1};
    const Group group{0, 0, 0};
    const Instant day = kRunStart + Days{10};
    story.on(Referred{day, 1, group});
    story.on(TransferOffered{day, 1, group, VisitKind::induction, 1, true});
    story.on(VisitStarted{day + 9h, day, 1, group, VisitKind::induction, true, true, day + 9h, 1});
    story.on(TransferOffered{day + 10h, 1, group, VisitKind::rescue, 1, false});
    EXPECT_EQ(
        story.text(),
        "2026-01-15 00:00  referred (depression, home site north)\n"
        "2026-01-15 00:00  induction visit: a long wait, is offered a time at south and takes "
        "it\n"
        "2026-01-15 09:00  induction visit begins at south, 9 h after it was wanted\n"
        "2026-01-15 10:00  rescue booster: a long wait, is offered a time at south and stays\n");
}

TEST(PatientStory, TellsTheWaitAfterTheAppointmentAndWhenTheInfusionEnds) {
    const Model made = model();
    const PolicyModel monthly = policy();
    PatientStory story{made, monthly, 1};
    ASSERT_TRUE(story.wants_phases());
    const Group group{};
    const Instant day = kRunStart + Days{10};
    const Instant asked = day - Days{3} + 9h + 27min, slot = day + 9h + 35min;
    story.on(BookingMade{asked, asked, slot, 1, group, VisitKind::rescue});
    story.on(BookingMade{asked, asked, day + Days{1} + 9h, 1, group, VisitKind::booster});
    story.on(VisitStarted{day + 11h + 1min, asked, 1, group, VisitKind::rescue, true, false});
    story.on(PhaseBegan{day + 11h + 11min, day + 11h + 56min, 1, group, VisitPhase::infusion});
    story.on(PhaseBegan{day + 11h + 56min, day + 12h + 26min, 1, group, VisitPhase::recovery});
    story.on(InfusionGiven{day + 12h + 26min, 1, group, VisitKind::rescue, true});
    story.on(VisitStarted{day + Days{1} + 9h, day + Days{1} + 9h, 1, group, VisitKind::booster,
                          true, false});
    const std::string text = story.text();
    for (const char* part :
         {"2026-01-15 11:01  rescue booster begins, 1 h 26 min after the booked time (3 days 2 h "
          "after it was wanted)\n",
          "2026-01-15 11:56  infusion 1 is given and works\n",
          "2026-01-16 09:00  planned booster begins, at the booked time\n"})
        EXPECT_NE(text.find(part), std::string::npos) << part << text;
}

TEST(PatientStory, TellsOnePatientsDaysInOrder) {
    const Model made = model();
    const PolicyModel monthly = policy();
    PatientStory story{made, monthly, 1};
    const Group group{};
    const Instant day = kRunStart + Days{10};
    story.on(Referred{day, 0, group});  // somebody else
    story.on(Referred{day + 9h, 1, group});
    story.on(CareBegan{day + 10h, 1, group});
    story.on(InductionBegan{day + 10h, 1, group, false});
    story.on(VisitStarted{day + 10h, day + 9h, 1, group, VisitKind::induction, true, true});
    story.on(InfusionGiven{day + 11h, 1, group, VisitKind::induction, true});
    story.on(InductionEnded{day + 11h, day + 10h, 1, group, false, true, true, false, false});
    story.on(Relapsed{day + 11h + Days{41}, 1, group, 1});
    story.on(RelapseSeen{day + 12h + Days{41}, 1, group, true});
    story.on(VisitStarted{day + 35h + Days{41}, day + 35h + Days{41}, 1, group, VisitKind::rescue,
                          true, false});
    story.on(InfusionGiven{day + 36h + Days{41}, 1, group, VisitKind::rescue, true});
    story.on(EpisodeEnded{day + 36h + Days{41}, day + 11h + Days{41}, 1, group});
    story.on(CareEnded{day + Days{60} + 10h, day + 10h, true, 1, group, LeftBecause::dropped_out});
    EXPECT_EQ(story.text(),
              "2026-01-15 09:00  referred (depression)\n"
              "2026-01-15 10:00  care begins\n"
              "2026-01-15 10:00  the induction begins\n"
              "2026-01-15 10:00  induction visit begins, 1 h after it was wanted\n"
              "2026-01-15 11:00  infusion 1 is given\n"
              "2026-01-15 11:00  the induction ends after 1 h, with a response\n"
              "2026-02-25 11:00  relapse 1 begins, after 41 days well\n"
              "2026-02-25 12:00  the relapse is seen; the patient will ask for a booster\n"
              "2026-02-26 11:00  rescue booster begins, without a wait\n"
              "2026-02-26 12:00  infusion 2 is given and works\n"
              "2026-02-26 12:00  well again, after 1 day 1 h ill\n"
              "2026-03-16 10:00  drops out: in care for 60 days, 2 infusions, 1 relapse\n");
    EXPECT_EQ(story.arrived(), 2u);
}

TEST(PatientStory, SaysWhereTheWarmUpEnds) {
    Model made = model();
    made.warm_up_end = kRunStart + Days{365};
    const PolicyModel monthly = policy();
    PatientStory story{made, monthly, kFirstOfStock};
    story.on(CareBegan{kRunStart, kFirstOfStock, Group{}});
    story.on(Relapsed{kRunStart + Days{400}, kFirstOfStock, Group{}, 1});
    story.on(Relapsed{kRunStart + Days{500}, kFirstOfStock, Group{}, 2});
    EXPECT_EQ(story.text(),
              "2026-01-05 00:00  in care from the start (depression), well\n"
              "2027-01-05 00:00  (the warm-up ends)\n"
              "2027-02-09 00:00  relapse 1 begins\n"
              "2027-05-20 00:00  relapse 2 begins\n");
}

TEST(PatientStory, IsEmptyWhereTheRunHasNoSuchPatient) {
    const Model made = model();
    const PolicyModel monthly = policy();
    PatientStory story{made, monthly, 99};
    story.on(Referred{kRunStart, 0, Group{}});
    EXPECT_EQ(story.text(), "");
    EXPECT_EQ(story.arrived(), 1u);
}

}  // namespace
}  // namespace clinicsim::report
