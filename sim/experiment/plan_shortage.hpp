// What is short where a choice misses its targets: the same clinic with twice as many of one thing,
// chairs or a group of staff or equipment, and nothing else changed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plan_choices.hpp"
#include "plan_judge.hpp"

namespace clinicsim::planning {

/// A choice of one policy that misses, and the same with each of its things twice.
struct Shortage {
    std::size_t policy = 0;  // into the question's
    Ask missing;
    std::string name;                                  // how the sentence begins: "with 4 chairs"
    std::vector<std::pair<std::string, Ask>> doubled;  // by what: "chairs", "nurse"
};

/// The choice that misses only because something is short: where none does, the one that was to be
/// easiest; where most is asked for, the one after the answer.
std::optional<std::size_t> choice_that_is_short(const PolicyPlan& policy,
                                                const PlanQuestion& question,
                                                const Choices& choices);

/// With numbers of its own among the runs; nothing is run yet.
Shortage shortage_of(PlanRuns& runs, std::size_t policy, const Ask& missing, std::string name);
std::vector<Ask> asks_of(const Shortage& shortage);

/// After all asks of it were run: a sentence; nothing where the targets are met after all.
std::optional<std::string> shortage_text(const PlanRuns& runs, const Asked& asked,
                                         const Shortage& shortage);

}  // namespace clinicsim::planning
