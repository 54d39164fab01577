// Which ways of the care pathway patients take.
#pragma once

#include "clinicsim/base/check.hpp"
#include "clinicsim/clinic/model.hpp"
#include "clinicsim/observe/tallies.hpp"

namespace clinicsim {

class FlowObserver {
  public:
    FlowObserver(const Window& window, const PolicyModel& policy);

    void on(const StageLeft& fact) {
        if (!window_.contains(fact.at)) return;
        const std::size_t pathway =
            by_ == PolicyChoice::By::nothing
                ? 0
                : (by_ == PolicyChoice::By::condition ? fact.group.condition : fact.group.severity);
        const std::vector<std::size_t>& first = first_of_stage_[pathway];
        const std::size_t last = first[fact.stage + 1u] - 1;  // way -1
        const std::size_t place =
            fact.way < 0 ? last : first[fact.stage] + static_cast<std::size_t>(fact.way);
        CLINICSIM_CHECK(place <= last, "patients take ways that exist",
                        Scene{fact.at, fact.patient});
        ++flows_[pathway][place].patients;
    }

    const std::vector<std::vector<WayCount>>& flows() const { return flows_; }

  private:
    Window window_;
    PolicyChoice::By by_;
    std::vector<std::vector<std::size_t>> first_of_stage_;  // [pathway][stage] into flows_[pathway]
    std::vector<std::vector<WayCount>> flows_;
};

}  // namespace clinicsim
