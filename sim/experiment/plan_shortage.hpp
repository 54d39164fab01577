// What is short where a choice misses its targets: how busy everything is, and the same clinic with
// one more or twice as many of one thing, chairs or a group of staff or equipment, and nothing else
// changed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plan_choices.hpp"
#include "plan_judge.hpp"

namespace clinicsim::planning {

/// The same choice with more of one thing.
struct Relief {
    std::string thing;  // "chairs", "nurse"
    std::string how;    // "one more in every shift"
    Ask ask;
};

/// A choice of one policy that misses, and the same with more of each of its things.
struct Shortage {
    std::size_t policy = 0;  // into the question's
    Ask missing;
    std::string name;             // how the sentence begins: "with 4 chairs"
    std::vector<Relief> reliefs;  // thing by thing, the smallest first
};

/// The choice that misses only because something is short: where none does, or none was found, the
/// one that was to be easiest; where most is asked for, the one after the answer.
std::optional<std::size_t> choice_that_is_short(const PolicyPlan& policy,
                                                const PlanQuestion& question,
                                                const Choices& choices);

/// With numbers of its own among the runs; nothing is run yet.
Shortage shortage_of(PlanRuns& runs, std::size_t policy, const Ask& missing, std::string name);
std::vector<Ask> asks_of(const Shortage& shortage);

/// After all asks of it were run: a sentence; nothing where the targets are met after all.
std::optional<std::string> shortage_text(const PlanRuns& runs, const ClinicPlan& clinic,
                                         const Asked& asked, const Shortage& shortage);

}  // namespace clinicsim::planning
