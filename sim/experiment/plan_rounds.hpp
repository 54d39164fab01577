// The search of a plan: in every round all policies ask for the replications that they need next,
// so that they run side by side, until nothing more is to be seen or the budget is spent.
#pragma once

#include "plan_choices.hpp"
#include "plan_judge.hpp"
#include "plan_search.hpp"

namespace clinicsim::planning {

constexpr std::uint32_t kFirstLook = 5;

/// Whether there is anything to judge the choices of a policy by.
bool says_something(const Asked& asked, const PlanQuestion& question);
Ask search_ask(const Asked& asked, std::size_t choice, std::uint32_t replications);
/// The step on which to look first, for the policy with this number in the plan.
std::size_t start_of(const Plan& plan, std::size_t policy, const Choices& choices);

class SearchRounds {
  public:
    /// All must outlive this.
    SearchRounds(PlanRuns& runs, const std::vector<Asked>& asked, const Choices& choices,
                 const Plan& plan)
        : runs_{runs}, asked_{asked}, choices_{choices}, plan_{plan} {}

    /// False where it was stopped before the end.
    bool run();
    /// The budget ended it before all was clear.
    bool spent() const { return spent_; }

  private:
    std::uint64_t reserved() const;
    LadderRules rules_for(std::size_t policy) const;
    std::vector<Look> looks_for(std::size_t policy) const;

    PlanRuns& runs_;
    const std::vector<Asked>& asked_;
    const Choices& choices_;
    const Plan& plan_;
    bool spent_ = false;
};

}  // namespace clinicsim::planning
