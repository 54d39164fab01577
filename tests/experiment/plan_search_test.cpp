// The search as a function of what is known: no runs, no clinic.
#include "../../sim/experiment/plan_search.hpp"

#include <gtest/gtest.h>

namespace clinicsim::planning {
namespace {

Step met(std::uint32_t n = 5) { return {n, true, true}; }
Step missed(std::uint32_t n = 5) { return {n, false, false}; }
Step leaning(bool leans_met, std::uint32_t n = 5) { return {n, leans_met, std::nullopt}; }
const Step kUnseen{};

/// Follows the search to its end where `truth` says of every step what its looks show.
std::vector<Step> searched(const std::vector<Step>& truth, const LadderRules& rules,
                           std::size_t& looks) {
    std::vector<Step> ladder(truth.size());
    looks = 0;
    while (const auto look = next_look(ladder, rules)) {
        EXPECT_GT(look->replications, ladder[look->step].replications);
        EXPECT_LE(look->replications, std::max(rules.most, rules.first));
        ladder[look->step] = truth[look->step];
        ladder[look->step].replications = look->replications;
        if (++looks > 1000) throw std::logic_error{"the search does not end"};
    }
    return ladder;
}

TEST(PlanSearch, FindsTheBoundaryFromAnyStart) {
    for (std::size_t steps = 1; steps <= 9; ++steps)
        for (std::size_t boundary = 0; boundary <= steps; ++boundary)
            for (std::size_t start = 0; start < steps; ++start) {
                std::vector<Step> truth;
                for (std::size_t i = 0; i < steps; ++i)
                    truth.push_back(i < boundary ? missed() : met());
                std::size_t looks = 0;
                const Boundary found = boundary_of(searched(truth, {.start = start}, looks));
                EXPECT_EQ(found.met, boundary < steps ? std::optional{boundary} : std::nullopt);
                EXPECT_EQ(found.missed, boundary > 0 ? std::optional{boundary - 1} : std::nullopt);
                EXPECT_LE(looks, steps);
                EXPECT_FALSE(found.not_monotone);
            }
}

TEST(PlanSearch, GoesInStridesWhereTheStartIsFarOff) {
    std::vector<Step> truth(200, missed());
    for (std::size_t i = 150; i < truth.size(); ++i) truth[i] = met();
    std::size_t looks = 0;
    EXPECT_EQ(boundary_of(searched(truth, {.start = 3}, looks)).met, std::size_t{150});
    EXPECT_LT(looks, 20u);  // 2 log2 of the distance, not the distance
}

TEST(PlanSearch, TakesMoreReplicationsOnlyWhereItIsNotClear) {
    const LadderRules rules{.start = 1, .first = 5, .most = 40};
    EXPECT_EQ(next_look({missed(), leaning(true), met()}, rules), (Look{1, 10}));
    EXPECT_EQ(next_look({leaning(false), met(10), met()}, rules), (Look{0, 10}));
    EXPECT_EQ(next_look({leaning(false, 20), met(10), kUnseen}, rules), (Look{0, 40}));
    EXPECT_EQ(next_look({missed(), met(), kUnseen}, rules), std::nullopt);
}

TEST(PlanSearch, PassesOverAStepThatStaysUnclear) {
    const LadderRules rules{.start = 1, .first = 5, .most = 10};
    // the answer must be safe: the next step up is looked at
    EXPECT_EQ(next_look({missed(), leaning(true, 10), kUnseen}, rules), (Look{2, 5}));
    const Boundary found = boundary_of({missed(), leaning(true, 10), met()});
    EXPECT_EQ(found.met, std::size_t{2});
    EXPECT_EQ(found.missed, std::size_t{0});
    EXPECT_EQ(next_look({kUnseen, leaning(false, 10), met()}, rules), (Look{0, 5}));
}

TEST(PlanSearch, LooksAgainWhereEstimatesContradictEachOther) {
    const LadderRules rules{.start = 0, .first = 5, .most = 40};
    EXPECT_EQ(next_look({leaning(true), leaning(false, 10), met()}, rules), (Look{0, 10}));
    EXPECT_EQ(next_look({met(), missed(), met()}, rules), std::nullopt);
    EXPECT_TRUE(boundary_of({met(), missed(), met()}).not_monotone);
    EXPECT_EQ(boundary_of({met(), missed(), met()}).met, std::size_t{2});
}

}  // namespace
}  // namespace clinicsim::planning
