#include "plan_ladder.hpp"

#include <algorithm>

namespace clinicsim::planning {

namespace {

PlanPoint searched(const PlanRuns& runs, const Asked& asked, std::size_t choice) {
    return point_of(runs, asked, {choice, asked.policy, 0, Block::search});
}

Step step_at(const PlanRuns& runs, const Asked& asked, const std::vector<std::size_t>& choices) {
    Step all{0, false, false};
    bool unclear = false;
    for (const std::size_t choice : choices) {
        const Step one = step_of(searched(runs, asked, choice));
        all.replications = std::max(all.replications, one.replications);
        all.leans_met |= one.leans_met && one.replications > 0;
        if (one.clear == true) all.clear = true;
        unclear |= !one.clear;
    }
    if (all.clear == false && unclear) all.clear.reset();
    return all;
}

}  // namespace

std::vector<Step> ladder_of(const PlanRuns& runs, const Asked& asked, const Choices& choices) {
    std::vector<Step> ladder;
    for (std::size_t step = 0; step < choices.steps(); ++step)
        ladder.push_back(step_at(runs, asked, choices.on_step(step)));
    return ladder;
}

std::optional<std::size_t> clearly_met_on(const PlanRuns& runs, const Asked& asked,
                                          const Choices& choices, std::size_t step) {
    for (const std::size_t choice : choices.on_step(step))
        if (searched(runs, asked, choice).met == true) return choice;
    return std::nullopt;
}

bool more_is_worse(const PlanRuns& runs, const Asked& asked, const Choices& choices) {
    const std::size_t last = choices.steps() - 1;
    for (const std::size_t at_last : choices.on_step(last)) {
        const PlanPoint top = searched(runs, asked, at_last);
        for (std::size_t choice = 0; choice < choices.size(); ++choice) {
            if (choices.step_of(choice) == last) continue;
            const PlanPoint below = searched(runs, asked, choice);
            for (std::size_t i = 0; i < top.targets.size(); ++i)
                if (top.targets[i].met == false &&
                    is_clearly_nearer(below.targets[i], top.targets[i]))
                    return true;
        }
    }
    return false;
}

}  // namespace clinicsim::planning
