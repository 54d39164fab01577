// Where to look next for the first step of a ladder that meets the targets, as a function of what
// is known of its steps: no runs here, no clinic. Step 0 would be preferred; further up the targets
// are easier to meet.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace clinicsim::planning {

/// What the replications so far say of a step.
struct Step {
    std::uint32_t replications = 0;  // 0: not looked at yet
    bool leans_met = false;          // the estimates meet the targets
    std::optional<bool> clear;       // the intervals say so, too; nothing: not clear
    bool operator==(const Step&) const = default;
};

struct Look {
    std::size_t step;
    std::uint32_t replications;  // wanted in all
    bool operator==(const Look&) const = default;
};

struct LadderRules {
    std::size_t start = 0;     // where to look first
    std::uint32_t first = 5;   // replications of a first look
    std::uint32_t most = 160;  // of a step; what is not clear by then stays so
};

/// Nothing when no look would help: the boundary is clear, or as clear as `most` lets it be.
std::optional<Look> next_look(const std::vector<Step>& ladder, const LadderRules& rules);

/// What the looks found.
struct Boundary {
    std::optional<std::size_t> met;     // the lowest step that clearly meets, with none clearly
                                        // missing above it
    std::optional<std::size_t> missed;  // the highest below it that clearly misses
    bool not_monotone = false;          // a step meets and one further up misses, both clearly
};
Boundary boundary_of(const std::vector<Step>& ladder);

}  // namespace clinicsim::planning
