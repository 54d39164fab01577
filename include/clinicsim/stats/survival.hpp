// Time to an event when some are still event-free at the end (censored), and when several kinds of
// event compete. Times are in any one unit and >= 0. At equal times events come before censorings,
// as in R's survival.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace clinicsim {

/// `count` patients who were followed up to `time` and left for `cause`.
struct FollowUp {
    double time = 0;
    int cause = 0;  // 0: censored; 1, 2, ...: an event
    std::uint64_t count = 1;
};

constexpr int kAnyCause = -1;

/// The curve is 1 from time 0 to the first step, and constant between steps.
struct SurvivalStep {
    double time;
    std::uint64_t at_risk;  // just before
    std::uint64_t events;
    double survival;  // from this time on
    double se;        // Greenwood (1926)
};
using SurvivalCurve = std::vector<SurvivalStep>;

/// Kaplan & Meier (1958), one step per time with an event. Leaving for another cause than the asked
/// one counts as censored, which is a risk only where the others can be prevented:
/// cumulative_incidence() is the risk in the presence of the others.
SurvivalCurve kaplan_meier(std::span<const FollowUp> patients, int cause = kAnyCause);

/// Least time at which survival is 1 - p or less (p = 0.5: the median); nothing where the curve
/// stays above.
std::optional<double> time_quantile(const SurvivalCurve& curve, double p = 0.5);

struct RestrictedMean {
    double mean;  // event-free time up to the limit, in the unit of the times
    double se;
};
/// Area under the curve from 0 to `limit` (> 0); past the last follow-up the curve is taken to stay
/// where it was.
RestrictedMean restricted_mean(const SurvivalCurve& curve, double limit);

/// 0 before the first step, and constant between steps.
struct IncidenceStep {
    double time;
    double incidence;  // share with an event of this cause up to and at this time
    double se;         // infinitesimal jackknife, as R's survfit gives it
};
using IncidenceCurve = std::vector<IncidenceStep>;

/// Cumulative incidence of `cause` (>= 1) where all other causes compete (Aalen & Johansen 1978),
/// one step per time with an event of any cause. The share without any event is
/// kaplan_meier(patients).
IncidenceCurve cumulative_incidence(std::span<const FollowUp> patients, int cause);

/// 1 - cumulative_incidence() as a curve, for its quantiles and its area: who leaves for another
/// cause stays in it, and never has the event. Its steps count nobody (`at_risk` and `events` are
/// 0), so that an error of the area is not to be had from it.
SurvivalCurve free_of(std::span<const FollowUp> patients, int cause);

struct LogRank {
    std::uint64_t observed_a, observed_b;  // events
    double expected_a, expected_b;         // if both groups had the same hazard
    double chi_square;                     // one degree of freedom
    double p;                              // two-sided
};
/// Do two groups differ in their hazard (Mantel 1966)? Nothing where no event can tell, that is
/// when never both groups were at risk.
std::optional<LogRank> log_rank(std::span<const FollowUp> a, std::span<const FollowUp> b,
                                int cause = kAnyCause);

struct HazardRatio {
    double ratio;      // hazard of a / hazard of b
    double se_log;     // standard error of its logarithm, from the observed information
    double low, high;  // 95 % interval (Wald, on the logarithm)
};
/// Proportional hazards with the group as the only covariate (Cox 1972), ties after Efron (1977),
/// as R's coxph does. Nothing where the likelihood has no greatest value: no events while both are
/// at risk, or all of them in one group.
std::optional<HazardRatio> hazard_ratio(std::span<const FollowUp> a, std::span<const FollowUp> b,
                                        int cause = kAnyCause);

}  // namespace clinicsim
