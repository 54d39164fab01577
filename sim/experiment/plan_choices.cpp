#include "plan_choices.hpp"

#include <algorithm>

#include "clinicsim/base/check.hpp"

namespace clinicsim::planning {

Choices::Choices(const PlanQuestion& question) : variables_{question.vary} {
    CLINICSIM_CHECK(!variables_.empty(), "a plan has something to choose");
    const bool of_a_metric = question.aim == PlanAim::lowest || question.aim == PlanAim::highest;
    const auto goal =
        std::find_if(variables_.begin(), variables_.end(),
                     [&](const PlanVariable& one) { return one.path == question.of; });
    CLINICSIM_CHECK(of_a_metric || goal != variables_.end(), "the goal is of a variable");
    std::vector<std::size_t> slowest_first;
    if (!of_a_metric) slowest_first.push_back(static_cast<std::size_t>(goal - variables_.begin()));
    for (std::size_t i = 0; i < variables_.size(); ++i)
        if (of_a_metric || i != slowest_first.front()) slowest_first.push_back(i);

    std::size_t all = 1;
    for (const PlanVariable& one : variables_) all *= one.values.size();
    values_.assign(all, std::vector<std::string>(variables_.size()));
    std::size_t stride = all;
    for (const std::size_t variable : slowest_first) {
        const auto& values = variables_[variable].values;
        stride /= values.size();
        for (std::size_t choice = 0; choice < all; ++choice)
            values_[choice][variable] = values[choice / stride % values.size()];
    }
    if (!of_a_metric) per_step_ = all / goal->values.size();
    reversed_ = question.aim == PlanAim::most;
}

std::vector<Override> Choices::overrides(std::size_t choice) const {
    std::vector<Override> result;
    for (std::size_t i = 0; i < variables_.size(); ++i)
        result.push_back({variables_[i].path, values_[choice][i]});
    return result;
}

std::size_t Choices::step_of(std::size_t choice) const {
    const std::size_t step = choice / per_step_;
    return reversed_ ? steps() - 1 - step : step;
}

std::vector<std::size_t> Choices::on_step(std::size_t step) const {
    const std::size_t at = reversed_ ? steps() - 1 - step : step;
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i < per_step_; ++i) result.push_back(at * per_step_ + i);
    return result;
}

std::string Choices::text(std::size_t choice) const {
    std::string result;
    for (std::size_t i = 0; i < variables_.size(); ++i)
        result += (i > 0 ? ", " : "") + variables_[i].path + " " + values_[choice][i];
    return result;
}

}  // namespace clinicsim::planning
