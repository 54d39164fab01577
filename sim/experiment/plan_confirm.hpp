// The claims of a plan, tested with replications that its search never saw (plan.hpp, the promise).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plan_judge.hpp"

namespace clinicsim::planning {

/// A choice meets all targets, or misses one on a side that is named before.
struct Claim {
    const Asked* asked = nullptr;
    std::size_t choice = 0;
    std::optional<Side> misses;  // nothing: it meets all
    // what came out
    bool confirmed = false;
    std::uint32_t replications = 0;  // 0: the budget was spent before
    double p = 1;                    // after the split by looks; of the whole claim
};

/// Looks that are planned for every claim, each with twice the replications of the one before.
constexpr int kLooks = 3;
/// Of a first look: under ten, a variance says little.
constexpr std::uint32_t kFewestFresh = 10;

/// Tests all claims together, so that P(any false one is confirmed) <= alpha. False where it was
/// stopped. Claims for which the budget is too small stay unconfirmed.
bool confirm(PlanRuns& runs, std::vector<Claim>& claims, double alpha);

/// Why a claim is not confirmed, as a sentence.
std::string not_confirmed(const Claim& claim, const std::string& choice);

}  // namespace clinicsim::planning
