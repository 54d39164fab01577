#include "study_trials.hpp"

#include <limits>
#include <optional>
#include <span>

namespace clinicsim {

namespace {

using Patients = std::span<const FollowUp>;
using Shows = StudyOutcome::Shows;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Nothing where no event says anything of the ratio.
std::optional<double> ratio_shown(Shows shows, Patients arm, Patients other, int cause) {
    if (const auto found = hazard_ratio(arm, other, cause))
        return shows == Shows::low ? found->low : shows == Shows::high ? found->high : found->ratio;
    const auto test = log_rank(arm, other, cause);
    if (!test) return std::nullopt;
    // the likelihood grows for ever towards the side that has no events
    const bool fewer = static_cast<double>(test->observed_a) < test->expected_a;
    if (shows == Shows::low) return 0;
    if (shows == Shows::high) return kInfinity;
    return fewer ? 0 : kInfinity;
}

double test_shown(Shows shows, Patients arm, Patients other, int cause) {
    const auto test = log_rank(arm, other, cause);
    if (shows == Shows::value) return test ? test->chi_square : 0;
    return test ? test->p : 1;
}

}  // namespace

std::vector<double> trials_of(const StudyOutcome& outcome, const std::vector<FollowUp>& arm,
                              const std::vector<FollowUp>& other, int cause) {
    const std::size_t n = outcome.trial ? outcome.trial->patients : arm.size();
    const std::size_t n_other = outcome.trial ? outcome.trial->other : other.size();
    std::vector<double> shown;
    if (n == 0 || n_other == 0) return shown;
    for (std::size_t i = 0; (i + 1) * n <= arm.size() && (i + 1) * n_other <= other.size(); ++i) {
        const Patients of_arm = Patients{arm}.subspan(i * n, n);
        const Patients of_other = Patients{other}.subspan(i * n_other, n_other);
        if (outcome.kind == StudyOutcome::Kind::log_rank)
            shown.push_back(test_shown(outcome.shows, of_arm, of_other, cause));
        else if (const auto ratio = ratio_shown(outcome.shows, of_arm, of_other, cause))
            shown.push_back(*ratio);
    }
    return shown;
}

}  // namespace clinicsim
