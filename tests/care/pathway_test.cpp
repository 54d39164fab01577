#include "clinicsim/care/pathway.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

using When = Way::When;
using Messages = std::vector<std::string>;

Way share(double of, StageId to) { return {When::share, of, {}, to}; }
Way when(When condition, StageId to, int days = 0) {
    return {condition, 1, {.fixed = Days{days}}, to};
}

/// Referral, screening, induction, boosters and two exits, all well.
std::vector<Stage> sound() {
    return {{.name = "referral", .kind = StageKind::referral, .ways = {share(1, 1)}},
            {.name = "screening",
             .kind = StageKind::screening,
             .takes = Constant{86'400'000},
             .ways = {share(0.9, 2), share(0.1, 4)}},
            {.name = "induction",
             .kind = StageKind::induction,
             .ways = {when(When::responded, 3), when(When::otherwise, 4)}},
            {.name = "boosters",
             .kind = StageKind::boosters,
             .ways = {when(When::ill, 2, 60), when(When::well, 5, 365)}},
            {.name = "left"},
            {.name = "discharged"}};
}

/// Each fault with its stage and way: "1/0 message".
Messages faults_of(const std::vector<Stage>& stages) {
    Messages found;
    for (const PathwayFault& fault : faults(Pathway{stages}))
        found.push_back(std::to_string(fault.stage) + "/" + std::to_string(fault.way) + " " +
                        fault.message);
    return found;
}

TEST(PathwayFaults, AreNoneInASoundPathway) { EXPECT_EQ(faults_of(sound()), Messages{}); }

TEST(PathwayFaults, NameAStageThatCanNeverBeReached) {
    auto stages = sound();
    stages[3].ways.pop_back();
    EXPECT_EQ(faults_of(stages), Messages{"5/-1 stage 'discharged' can never be reached"});
}

TEST(PathwayFaults, LetPatientsInCareAtTheStartEnterAtTheFirstBoosters) {
    auto stages = sound();
    stages[2].ways[0].to = 4;  // nobody comes to the boosters from the induction
    EXPECT_EQ(faults_of(stages), Messages{});
}

TEST(PathwayFaults, NameAStageThatCannotBeLeft) {
    auto stages = sound();
    stages[1].ways.clear();
    EXPECT_EQ(faults_of(stages), Messages{"1/-1 stage 'screening' cannot be left"});
    stages = sound();
    stages[2].ways.clear();
    EXPECT_EQ(faults_of(stages), Messages{"2/-1 stage 'induction' cannot be left"});
}

TEST(PathwayFaults, LetBoostersAndFollowUpGoOnForEver) {
    auto stages = sound();
    stages[3].ways = {when(When::after, 5, 90)};
    stages[5].kind = StageKind::follow_up;
    EXPECT_EQ(faults_of(stages), Messages{});
}

TEST(PathwayFaults, NameSharesThatDoNotSumToOne) {
    auto stages = sound();
    stages[1].ways[1].share = 0.2;
    EXPECT_EQ(faults_of(stages),
              Messages{"1/-1 the shares of the ways out of 'screening' sum to 110 %, not 100 %"});
    stages[1].ways[1].share = 0.1 + 1e-12;
    EXPECT_EQ(faults_of(stages), Messages{}) << "rounding is no fault";
}

TEST(PathwayFaults, NameAnInductionWithoutBothItsEnds) {
    auto stages = sound();
    stages[2].ways.pop_back();
    const Messages expected{
        "2/-1 stage 'induction' needs one way for 'responded' and one for 'otherwise'"};
    EXPECT_EQ(faults_of(stages), expected);
    stages = sound();
    stages[2].ways.push_back(when(When::responded, 4));
    EXPECT_EQ(faults_of(stages), expected) << "two ways for 'responded'";
}

TEST(PathwayFaults, NameAnInductionThatMixesItsEndsWithShares) {
    auto stages = sound();
    stages[2].ways.push_back(share(1, 4));
    EXPECT_EQ(faults_of(stages),
              Messages{"2/-1 stage 'induction' mixes shares with 'responded' and 'otherwise'"});
}

TEST(PathwayFaults, LetAnInductionEndByShares) {
    auto stages = sound();
    stages[2].ways = {share(0.5, 3), share(0.5, 4)};
    EXPECT_EQ(faults_of(stages), Messages{});
}

TEST(PathwayFaults, NameAWayThatDoesNotFitItsStage) {
    auto stages = sound();
    stages[1].ways[1] = when(When::responded, 4);
    EXPECT_EQ(faults_of(stages),
              Messages{"1/1 a stage of kind screening is left by shares, such as '90 %'"});
    stages = sound();
    stages[0].ways[0].when = When::otherwise;
    EXPECT_EQ(faults_of(stages),
              Messages{"0/0 a stage of kind referral is left by shares, such as '90 %'"});
    stages = sound();
    stages[2].ways[1] = when(When::ill, 4, 60);
    EXPECT_EQ(faults_of(stages), Messages{"2/1 a stage of kind induction is left by shares, or by "
                                          "'responded' and 'otherwise'"});
    stages = sound();
    stages[3].ways[0] = share(1, 2);
    EXPECT_EQ(faults_of(stages),
              Messages{"3/0 a stage of kind boosters is left by conditions with a time, such as "
                       "'ill 60 days', 'well 1 year' or 'after 90 days'"});
    stages = sound();
    stages[4].ways = {share(1, 5)};
    EXPECT_EQ(faults_of(stages), Messages{"4/0 a stage of kind exit leads nowhere"});
}

TEST(PathwayFaults, NameAConditionWithoutItsTime) {
    auto stages = sound();
    stages[3].ways[1].lasting = {};
    EXPECT_EQ(faults_of(stages), Messages{"3/1 needs a time longer than 0"});
    stages[3].ways[1].lasting = {.months = 1};
    EXPECT_EQ(faults_of(stages), Messages{});
}

TEST(PathwayFaults, NameEveryStageOfACycleThatTakesNoTime) {
    auto stages = sound();
    stages[1].ways = {share(0.5, 2), share(0.5, 6)};
    stages.push_back({.name = "second look",
                      .kind = StageKind::screening,
                      .takes = Uniform{0, 86'400'000},  // may take no time at all
                      .ways = {share(0.5, 1), share(0.5, 4)}});
    EXPECT_EQ(faults_of(stages), Messages{}) << "the first one takes a day";
    stages[1].takes = Constant{0};
    EXPECT_EQ(faults_of(stages),
              (Messages{"1/1 stage 'screening' lies on a cycle that takes no time",
                        "6/0 stage 'second look' lies on a cycle that takes no time"}));
}

TEST(PathwayFaults, NameAScreeningThatLeadsToItselfAtOnce) {
    auto stages = sound();
    stages[1].takes = Constant{0};
    stages[1].ways = {share(0.9, 2), share(0.1, 1)};
    EXPECT_EQ(faults_of(stages),
              Messages{"1/1 stage 'screening' lies on a cycle that takes no time"});
}

TEST(PathwayFaults, AreAllReportedAtOnce) {
    auto stages = sound();
    stages[1].ways[1].share = 0.2;
    stages[2].ways.pop_back();
    stages[3].ways.pop_back();
    EXPECT_EQ(faults_of(stages).size(), 3u);
}

TEST(PathwayDeathTest, IsAGraphThatBeginsWithTheReferral) {
    EXPECT_EXIT(Pathway{std::vector<Stage>{}}, testing::ExitedWithCode(1), "1 to 200 stages");
    EXPECT_EXIT((Pathway{{{.name = "left"}}}), testing::ExitedWithCode(1),
                "a pathway begins with the referral");
    EXPECT_EXIT((Pathway{{{.kind = StageKind::referral, .ways = {share(1, 1)}}}}),
                testing::ExitedWithCode(1), "a way leads to a stage");
}

TEST(DefaultPathway, LeadsFromReferralOverInductionToBoosters) {
    const Pathway pathway = default_pathway(true, {}, {});
    EXPECT_TRUE(faults(pathway).empty());
    ASSERT_EQ(pathway.size(), 4u);
    EXPECT_EQ(pathway[0].ways, std::vector<Way>{share(1, 1)});
    EXPECT_EQ(pathway[1].kind, StageKind::induction);
    EXPECT_EQ(pathway[1].ways,
              (std::vector<Way>{when(When::responded, 2), when(When::otherwise, 3)}));
    EXPECT_EQ(pathway.first_boosters(), StageId{2});
    EXPECT_TRUE(pathway[2].ways.empty());
    EXPECT_EQ(pathway[3].name, "left");
}

TEST(DefaultPathway, SendsTheLongIllBackAndDischargesTheLongWell) {
    const Span ill{.fixed = Days{60}}, well{.months = 12};
    const Pathway pathway = default_pathway(true, ill, well);
    EXPECT_TRUE(faults(pathway).empty());
    EXPECT_EQ(pathway[2].ways,
              (std::vector<Way>{{When::ill, 1, ill, 1}, {When::well, 1, well, 4}}));
    EXPECT_EQ(pathway[4].name, "discharged");
    EXPECT_EQ(pathway[4].kind, StageKind::exit);
}

TEST(DefaultPathway, HasNoInductionWhereAllAreInCareAtTheStart) {
    for (const Span& well : {Span{}, Span{.months = 12}}) {
        const Pathway pathway = default_pathway(false, {}, well);
        EXPECT_TRUE(faults(pathway).empty());
        EXPECT_EQ(pathway[0].ways, std::vector<Way>{share(1, 1)});
        EXPECT_EQ(pathway.first_boosters(), StageId{1});
        EXPECT_EQ(pathway.size(), well.empty() ? 2u : 3u);
    }
}

TEST(ToDot, DrawsStagesWaysAndFlows) {
    auto stages = sound();
    stages[3].ways[1].lasting = {.months = 12};
    EXPECT_EQ(to_dot(Pathway{stages}, "monthly", {{0, 0, 12}, {2, 1, 3.25}}),
              R"(digraph G {
rankdir=LR;
labelloc=t;
label="monthly";
node [fontname="Helvetica"];
edge [fontname="Helvetica"];
0[label="referral", shape=ellipse];
1[label="screening", shape=ellipse];
2[label="induction", shape=ellipse];
3[label="boosters", shape=ellipse, style=bold];
4[label="left", shape=box];
5[label="discharged", shape=box];
0->1 [label="100 %\n12.0 patients"];
1->2 [label="90 %"];
1->4 [label="10 %"];
2->3 [label="responded"];
2->4 [label="otherwise\n3.2 patients"];
3->2 [label="ill 60 days"];
3->5 [label="well 1 year"];
}
)");
}

TEST(ToDot, QuotesWhatTheLanguageWouldMisread) {
    auto stages = sound();
    stages[4].name = "node";
    stages[5].name = "said \"no\" \\";
    const std::string dot = to_dot(Pathway{stages}, "a\\", {});
    EXPECT_NE(dot.find(R"(label="a\\";)"), std::string::npos) << dot;
    EXPECT_NE(dot.find(R"([label="node", )"), std::string::npos) << dot;
    EXPECT_NE(dot.find(R"([label="said \"no\" \\", )"), std::string::npos) << dot;
}

}  // namespace
}  // namespace clinicsim
