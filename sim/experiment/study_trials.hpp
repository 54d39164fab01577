// What trials of the size that was published report of the same patients: a number of each, so that
// their spread and their power are seen.
#pragma once

#include <vector>

#include "clinicsim/experiment/study.hpp"
#include "clinicsim/stats/survival.hpp"

namespace clinicsim {

/// Of the log-rank test, two-sided.
constexpr double kSignificantUnder = 0.05;

/// One number for each trial: the first patients of both arms make the first one, the next ones the
/// second, and who is left over none; without a size, all make one. As the outcome shows: the
/// hazard ratio or an end of its interval, chi-square or p. Where all events are on one side the
/// ratio is 0 or infinite and its interval reaches from 0 to infinity; a trial without events has
/// no ratio, a chi-square of 0 and a p of 1.
std::vector<double> trials_of(const StudyOutcome& outcome, const std::vector<FollowUp>& arm,
                              const std::vector<FollowUp>& other, int cause);

}  // namespace clinicsim
