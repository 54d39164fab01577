// The choices of a plan, and how they stand on the ladder that the search climbs.
#pragma once

#include <string>
#include <vector>

#include "clinicsim/scenario/scenario.hpp"

namespace clinicsim::planning {

/// Combinations of the variables' values, those of the goal's variable slowest, each ascending. A
/// step of the ladder holds all with one value of the goal's variable, the preferred one first:
/// step 0 has the fewest for a goal of fewest, the most for one of most. For a goal of a metric
/// every choice is a step.
class Choices {
  public:
    Choices() = default;
    explicit Choices(const PlanQuestion& question);

    std::size_t size() const { return values_.size(); }
    const std::vector<std::vector<std::string>>& values() const { return values_; }
    std::vector<Override> overrides(std::size_t choice) const;
    std::size_t steps() const { return values_.size() / per_step_; }
    std::size_t per_step() const { return per_step_; }
    std::size_t step_of(std::size_t choice) const;
    /// Its choices, ascending.
    std::vector<std::size_t> on_step(std::size_t step) const;
    /// "clinic.chairs 7, clinic.closing finish".
    std::string text(std::size_t choice) const;

  private:
    std::vector<PlanVariable> variables_;
    std::vector<std::vector<std::string>> values_;  // [choice][variable]
    std::size_t per_step_ = 1;
    bool reversed_ = false;
};

}  // namespace clinicsim::planning
