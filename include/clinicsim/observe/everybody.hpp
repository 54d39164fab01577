// How all patients fare, in care or not, for policies that do not treat, or not with the drug: who
// comes into care under them, and who stays, are not the same patients. Each symptom course is
// followed from the referral (for those in care at the start: from the start of the run) to the end
// of the measured time, by a copy that is infused as is told, and looked at every seven days.
#pragma once

#include <cmath>
#include <unordered_map>

#include "clinicsim/clinic/model.hpp"
#include "clinicsim/observe/tallies.hpp"

namespace clinicsim {

class EverybodyObserver {
  public:
    EverybodyObserver(const Window& window, const GroupGrid& grid, const Model& model)
        : window_{window}, grid_{grid}, model_{model}, cells_(grid.cells()) {}

    void on(const CourseBegan& fact) {
        if (!model_.follows_everybody) return;
        Instant first = fact.at;
        if (first < window_.from) first += kWeek * ((window_.from - first + kWeek - kTick) / kWeek);
        const Scale& scale = model_.observation.scale_of(fact.group.condition, fact.group.severity);
        followed_[fact.patient] = {fact.symptoms, first, scale.response, grid_.cell(fact.group),
                                   false};
    }
    void on(const SideEffectSeen& fact) {
        if (Followed* one = find(fact.patient)) one->broken_off |= fact.ends_infusion;
    }
    void on(const InfusionGiven& fact) {
        Followed* one = find(fact.patient);
        if (one == nullptr) return;
        look(*one, fact.at + kTick);  // a look at its very instant comes before the infusion
        if (!one->broken_off) one->symptoms.infuse(fact.at, fact.dose, fact.drug);
        one->broken_off = false;
    }
    /// Nothing is given any more, and the course goes on.
    void on(const CareEnded& fact) {
        Followed* one = find(fact.patient);
        if (one == nullptr) return;
        look(*one, window_.to);
        followed_.erase(fact.patient);
    }

    const std::vector<EverybodyTally>& cells() const { return cells_; }

  private:
    static constexpr Duration kWeek{Days{7}}, kTick{1};
    struct Followed {
        Symptoms symptoms;
        Instant next;  // look
        double response = 0;
        std::size_t cell = 0;
        bool broken_off = false;  // the infusion of the visit under way
    };
    Followed* find(PatientId patient) {
        if (followed_.empty()) return nullptr;
        const auto at = followed_.find(patient);
        return at == followed_.end() ? nullptr : &at->second;
    }
    void look(Followed& one, Instant until) {
        EverybodyTally& cell = cells_[one.cell];
        for (; one.next < std::min(until, window_.to); one.next += kWeek) {
            const double level = one.symptoms.level(one.next);
            ++cell.looks;
            cell.in_response += level >= one.response;
            cell.millionths += std::llround(level * EverybodyTally::kWhole);
        }
    }

    Window window_;
    GroupCells grid_;
    const Model& model_;
    std::vector<EverybodyTally> cells_;
    std::unordered_map<PatientId, Followed> followed_;
};

}  // namespace clinicsim
