#include "plan_rounds.hpp"

#include <algorithm>

#include "plan_ladder.hpp"
#include "plan_question.hpp"

namespace clinicsim::planning {

bool says_something(const Asked& asked, const PlanQuestion& question) {
    return !asked.targets.empty() || is_of_a_metric(question.aim);
}

Ask search_ask(const Asked& asked, std::size_t choice, std::uint32_t replications) {
    return {choice, asked.policy, replications, Block::search};
}

std::size_t start_of(const Plan& plan, std::size_t policy, const Choices& choices) {
    if (is_of_a_metric(plan.question.aim)) return 0;
    const std::size_t middle = (choices.steps() - 1) / 2;
    const auto& vary = plan.question.vary;
    const auto& variable = *std::find_if(vary.begin(), vary.end(), [&](const PlanVariable& one) {
        return one.path == plan.question.of;
    });
    const auto& f = plan.policies[policy].formula;
    const auto of_chairs = std::count_if(vary.begin(), vary.end(), is_of_chairs);
    if (!is_of_chairs(variable) || of_chairs > 1 || variable.numbers.empty() || !f) return middle;
    const double guess = std::max(f->at_85_percent, f->for_targets.value_or(1));
    std::size_t value = 0;
    while (value + 1 < variable.numbers.size() && variable.numbers[value] < guess) ++value;
    return choices.step_of(value * choices.per_step());
}

/// What the search leaves for the confirmation, or for KN.
std::uint64_t SearchRounds::reserved() const {
    return std::min<std::uint64_t>(plan_.budget / 2, 200 * asked_.size());
}

LadderRules SearchRounds::rules_for(std::size_t policy) const {
    const std::uint64_t share = plan_.budget / (8 * asked_.size() * choices_.per_step());
    return {start_of(plan_, policy, choices_), kFirstLook,
            static_cast<std::uint32_t>(std::clamp<std::uint64_t>(4 * share, 2 * kFirstLook, 640))};
}

bool SearchRounds::run() {
    std::vector<bool> over(asked_.size(), false);
    for (;;) {
        std::vector<Ask> asks;
        std::uint64_t more = 0;
        for (std::size_t i = 0; i < asked_.size(); ++i) {
            if (over[i] || !says_something(asked_[i], plan_.question)) continue;
            const std::vector<Look> looks = looks_for(i);
            over[i] = looks.empty();
            for (const Look& look : looks)
                for (const std::size_t choice : choices_.on_step(look.step)) {
                    const Ask ask = search_ask(asked_[i], choice, look.replications);
                    const std::size_t there = runs_.samples(ask).size();
                    if (there >= look.replications) continue;
                    const std::uint64_t needed = look.replications - there;
                    if (more + needed + reserved() > runs_.left()) {
                        over[i] = spent_ = true;
                        continue;
                    }
                    more += needed;
                    asks.push_back(ask);
                }
        }
        if (asks.empty()) return true;
        if (!runs_.run(asks)) return false;
    }
}

std::vector<Look> SearchRounds::looks_for(std::size_t policy) const {
    const Asked& asked = asked_[policy];
    const std::vector<Step> ladder = ladder_of(runs_, asked, choices_);
    const LadderRules rules = rules_for(policy);
    std::vector<Look> looks;
    if (!is_of_a_metric(plan_.question.aim) && !boundary_of(ladder).not_monotone) {
        if (const auto look = next_look(ladder, rules)) return {*look};
        if (std::any_of(ladder.begin(), ladder.end(),
                        [](const Step& step) { return step.replications > 0 && step.leans_met; }))
            return {};
        // none does, if more is better: the other end shows whether it is
        if (ladder.front().replications == 0) return {{0, rules.first}};
        if (!more_is_worse(runs_, asked, choices_)) return {};
    }
    for (std::size_t step = 0; step < ladder.size(); ++step)
        if (ladder[step].replications == 0)
            looks.push_back({step, rules.first});
        else if (!ladder[step].clear && !asked.targets.empty() &&
                 ladder[step].replications < rules.most)
            looks.push_back({step, std::min(2 * ladder[step].replications, rules.most)});
    return looks;
}

}  // namespace clinicsim::planning
