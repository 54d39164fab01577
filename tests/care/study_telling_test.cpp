// A patient's story is that of the study: telling it changes nothing, and an arm that is named
// instead of drawn moves no draw.
#include "clinicsim/care/study_telling.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "study_protocol.hpp"

namespace clinicsim {
namespace {

using What = StudyNote::What;

/// An induction with drop-out, then boosters in two arms, spaced out in one of them.
Protocol two_arms() {
    Protocol protocol{default_symptom_course()};
    protocol.study.screening.at_least = 30;
    protocol.study.screening.baseline_sd = 5;
    StudyPhase& induction = protocol.phase();
    induction.infusions = rhythm(3, 6);
    induction.ratings.after_infusion = Days{1};
    induction.leaves_per_infusion = 0.02;
    induction.next = {{1, response()}};
    StudyPhase& boosters = protocol.add("boosters");
    boosters.infusions = rhythm(7);
    boosters.infusions->spaced = StudyInfusions::Spaced{Days{14}, Duration{}, remission()};
    boosters.ratings.every = days(7);
    boosters.lasts = Days{84};
    boosters.event = ScoreRule{0.42, 2};
    boosters.arms = {{"drug", 0.5}, {"placebo", 0.5, ArmGets::placebo}};
    return protocol;
}
StudyTelling told(const Protocol& protocol, std::uint32_t patient,
                  std::vector<std::optional<std::size_t>> arms = {}) {
    return tell(protocol.study, protocol.courses, kSeed, 0, patient, kDates, std::move(arms));
}
std::size_t count(const StudyTelling& telling, What what) {
    return static_cast<std::size_t>(
        std::count_if(telling.notes.begin(), telling.notes.end(),
                      [&](const StudyNote& note) { return note.what == what; }));
}
bool same(const StudyPath& a, const StudyPath& b) {
    return a.excluded == b.excluded && a.screening_score == b.screening_score &&
           std::equal(a.phases.begin(), a.phases.end(), b.phases.begin(), b.phases.end(),
                      [](const PhaseRecord& x, const PhaseRecord& y) {
                          return x.phase == y.phase && x.arm == y.arm && x.end == y.end &&
                                 x.days == y.days && x.infusions == y.infusions &&
                                 x.ratings == y.ratings;
                      });
}

TEST(Telling, IsOfTheSamePathAsInTheStudyAndNotesAllOfIt) {
    const Protocol protocol = two_arms();
    int excluded = 0, in_boosters = 0;
    std::size_t spaced_out = 0;
    for (std::uint32_t id = 0; id < 300; ++id) {
        const StudyTelling telling = told(protocol, id);
        const StudyPath& path = telling.path;
        EXPECT_TRUE(same(path, follow(protocol.study, protocol.courses, kSeed, 0, id, kDates)))
            << id;
        std::size_t ratings = 0, infusions = 0;
        for (const PhaseRecord& record : path.phases) {
            ratings += record.ratings.size();
            infusions += record.infusions;
        }
        EXPECT_EQ(count(telling, What::screened), 1U);
        EXPECT_EQ(count(telling, What::entered), path.phases.size());
        EXPECT_EQ(count(telling, What::ended), path.phases.size());
        EXPECT_EQ(count(telling, What::rated), ratings);
        EXPECT_EQ(count(telling, What::infused), infusions);
        EXPECT_TRUE(std::is_sorted(telling.notes.begin(), telling.notes.end(),
                                   [](const auto& a, const auto& b) { return a.at < b.at; }));
        for (const StudyNote& note : telling.notes)
            EXPECT_LT(note.record, std::max<std::size_t>(path.phases.size(), 1)) << id;
        spaced_out += count(telling, What::spaced_out);
        excluded += path.excluded != Exclusion::none;
        in_boosters += path.phases.size() == 2;
    }
    EXPECT_GT(excluded, 50);
    EXPECT_GT(in_boosters, 50);
    EXPECT_GT(spaced_out, 50U);
}

TEST(Telling, OfAnArmThatIsNamedIsOfTheSamePatientUntilTheArmsPart) {
    const Protocol protocol = two_arms();
    int parted = 0, drawn_drug = 0, entered = 0;
    for (std::uint32_t id = 0; id < 300; ++id) {
        const StudyTelling drawn = told(protocol, id), drug = told(protocol, id, {{}, 0}),
                           placebo = told(protocol, id, {{}, 1});
        if (drawn.path.phases.size() < 2) {
            EXPECT_EQ(drug.notes, placebo.notes) << id << ": never in an arm";
            continue;
        }
        ++entered;
        const bool is_drug = drawn.path.phases[1].arm == 0;
        drawn_drug += is_drug;
        EXPECT_EQ(drawn.notes, (is_drug ? drug : placebo).notes) << id << ": as was drawn";
        ASSERT_EQ(drug.path.phases[1].arm, 0U);
        ASSERT_EQ(placebo.path.phases[1].arm, 1U);
        EXPECT_EQ(drug.path.phases[0].ratings, placebo.path.phases[0].ratings) << id;
        parted += drug.path.phases[1].ratings != placebo.path.phases[1].ratings;
    }
    EXPECT_GT(drawn_drug, entered / 4);
    EXPECT_LT(drawn_drug, 3 * entered / 4);
    EXPECT_GT(parted, entered / 2);
}

}  // namespace
}  // namespace clinicsim
