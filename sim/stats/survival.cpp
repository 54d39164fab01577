#include "clinicsim/stats/survival.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "clinicsim/base/check.hpp"

namespace clinicsim {

namespace {

struct Moment {
    double time;
    std::uint64_t at_risk;  // just before
    std::uint64_t wanted;   // events of the asked cause
    std::uint64_t events;   // of any cause
};

/// Every time at which somebody leaves, in order.
std::vector<Moment> moments_of(std::span<const FollowUp> patients, int cause) {
    struct Leaving {
        std::uint64_t wanted = 0, events = 0, all = 0;
    };
    std::map<double, Leaving> leaving;
    std::uint64_t at_risk = 0;
    for (const auto& p : patients) {
        CLINICSIM_CHECK(p.time >= 0 && p.cause >= 0, "follow-up has a length and an end");
        if (p.count == 0) continue;
        Leaving& here = leaving[p.time];
        here.all += p.count;
        if (p.cause != 0) here.events += p.count;
        if (p.cause != 0 && (cause == kAnyCause || p.cause == cause)) here.wanted += p.count;
        at_risk += p.count;
    }
    std::vector<Moment> moments;
    for (const auto& [time, left] : leaving) {
        moments.push_back({time, at_risk, left.wanted, left.events});
        at_risk -= left.all;
    }
    return moments;
}

/// The term of Greenwood's sum; where all fail there is nothing left whose variance it could be.
double greenwood(double events, double at_risk) {
    return events < at_risk ? events / (at_risk * (at_risk - events)) : 0;
}

}  // namespace

SurvivalCurve kaplan_meier(std::span<const FollowUp> patients, int cause) {
    SurvivalCurve curve;
    double survival = 1, sum = 0;
    for (const auto& m : moments_of(patients, cause)) {
        if (m.wanted == 0) continue;
        const auto events = static_cast<double>(m.wanted), at_risk = static_cast<double>(m.at_risk);
        survival *= (at_risk - events) / at_risk;
        sum += greenwood(events, at_risk);
        curve.push_back({m.time, m.at_risk, m.wanted, survival, survival * std::sqrt(sum)});
    }
    return curve;
}

std::optional<double> time_quantile(const SurvivalCurve& curve, double p) {
    CLINICSIM_CHECK(p > 0 && p < 1, "a quantile's share lies inside (0, 1)");
    constexpr double kRounding = 1e-12;  // 3/4 x 2/3 is a half
    for (const auto& step : curve)
        if (step.survival <= 1 - p + kRounding) return step.time;
    return std::nullopt;
}

RestrictedMean restricted_mean(const SurvivalCurve& curve, double limit) {
    CLINICSIM_CHECK(limit > 0, "a mean over some time");
    double right = limit, area = 0, variance = 0;
    for (auto step = curve.rbegin(); step != curve.rend(); ++step) {
        if (step->time >= limit) continue;
        area += (right - step->time) * step->survival;
        right = step->time;
        // what this step's hazard costs is the area to its right
        variance +=
            area * area *
            greenwood(static_cast<double>(step->events), static_cast<double>(step->at_risk));
    }
    return {area + right, std::sqrt(variance)};
}

IncidenceCurve cumulative_incidence(std::span<const FollowUp> patients, int cause) {
    CLINICSIM_CHECK(cause >= 1, "the incidence of one cause");
    // The hazards of one time are multinomial and those of different times uncorrelated, so
    //   var F(t) = sum over s <= t of S(s-)^2 / Y(s) x
    //              [h(1-h) - 2 h (1-H) R + H (1-H) R^2],  R = (F(t) - F(s)) / S(s),
    // with h the hazard of this cause, H of all, Y at risk. As R is linear in F(t), sums over s of
    // the coefficients are enough.
    IncidenceCurve curve;
    double event_free = 1, incidence = 0;
    double own = 0, cross = 0, cross_f = 0, square = 0, square_f = 0, square_ff = 0;
    for (const auto& m : moments_of(patients, cause)) {
        if (m.events == 0) continue;
        const auto at_risk = static_cast<double>(m.at_risk);
        const double h = static_cast<double>(m.wanted) / at_risk;
        const double all = static_cast<double>(m.events) / at_risk;
        incidence += event_free * h;
        own += event_free * event_free / at_risk * h * (1 - h);
        if (m.events < m.at_risk) {  // else nobody is left to have a later event
            const double c = event_free * h / at_risk;
            cross += c;
            cross_f += c * incidence;
            const double q = greenwood(static_cast<double>(m.events), at_risk);
            square += q;
            square_f += q * incidence;
            square_ff += q * incidence * incidence;
        }
        event_free *= 1 - all;
        const double variance = own - 2 * (incidence * cross - cross_f) +
                                incidence * incidence * square - 2 * incidence * square_f +
                                square_ff;
        curve.push_back({m.time, incidence, std::sqrt(std::max(0.0, variance))});
    }
    return curve;
}

SurvivalCurve free_of(std::span<const FollowUp> patients, int cause) {
    SurvivalCurve curve;
    for (const IncidenceStep& step : cumulative_incidence(patients, cause))
        curve.push_back({step.time, 0, 0, 1 - step.incidence, step.se});
    return curve;
}

std::optional<LogRank> log_rank(std::span<const FollowUp> a, std::span<const FollowUp> b,
                                int cause) {
    const auto in_a = moments_of(a, cause), in_b = moments_of(b, cause);
    LogRank result{};
    double variance = 0;
    auto next_a = in_a.begin(), next_b = in_b.begin();
    while (next_a != in_a.end() && next_b != in_b.end()) {  // afterwards one group is empty
        const double time = std::min(next_a->time, next_b->time);
        const auto risk_a = static_cast<double>(next_a->at_risk);
        const double risk = risk_a + static_cast<double>(next_b->at_risk);
        std::uint64_t events_a = 0, events_b = 0;
        if (next_a->time == time) events_a = (next_a++)->wanted;
        if (next_b->time == time) events_b = (next_b++)->wanted;
        const auto events = static_cast<double>(events_a + events_b);
        result.observed_a += events_a;
        result.observed_b += events_b;
        result.expected_a += events * risk_a / risk;
        result.expected_b += events * (risk - risk_a) / risk;
        if (risk > 1)
            variance +=
                events * (risk_a / risk) * (1 - risk_a / risk) * (risk - events) / (risk - 1);
    }
    for (; next_a != in_a.end(); ++next_a) {
        result.observed_a += next_a->wanted;
        result.expected_a += static_cast<double>(next_a->wanted);
    }
    for (; next_b != in_b.end(); ++next_b) {
        result.observed_b += next_b->wanted;
        result.expected_b += static_cast<double>(next_b->wanted);
    }
    if (variance <= 0) return std::nullopt;
    const double excess = static_cast<double>(result.observed_a) - result.expected_a;
    result.chi_square = excess * excess / variance;
    result.p = std::erfc(std::sqrt(result.chi_square / 2));
    return result;
}

std::optional<HazardRatio> hazard_ratio(std::span<const FollowUp> a, std::span<const FollowUp> b,
                                        int cause) {
    struct Tie {
        double risk_a, risk_b, events_a, events_b;
    };
    std::vector<Tie> ties;
    const auto in_a = moments_of(a, cause), in_b = moments_of(b, cause);
    auto next_a = in_a.begin(), next_b = in_b.begin();
    double most = 0, least = 0;  // what the score tends to at a ratio of 0 and of infinity
    while (next_a != in_a.end() && next_b != in_b.end()) {
        const double time = std::min(next_a->time, next_b->time);
        Tie tie{static_cast<double>(next_a->at_risk), static_cast<double>(next_b->at_risk), 0, 0};
        if (next_a->time == time) tie.events_a = static_cast<double>((next_a++)->wanted);
        if (next_b->time == time) tie.events_b = static_cast<double>((next_b++)->wanted);
        if (tie.events_a + tie.events_b == 0) continue;
        ties.push_back(tie);
        // an event in the only group at risk says nothing: all of a's may be over within one tie
        if (tie.risk_b > 0) most += tie.events_a;
        if (tie.risk_a > 0) least += tie.events_b;
    }
    if (most == 0 || least == 0) return std::nullopt;

    constexpr int kMostRounds = 50;
    constexpr double kLongestStep = 1, kClose = 1e-10;
    double log_ratio = 0;
    for (int round = 0; round < kMostRounds; ++round) {
        const double ratio = std::exp(log_ratio);
        double score = 0, information = 0;
        for (const Tie& tie : ties) {
            const double events = tie.events_a + tie.events_b;
            score += tie.events_a;
            for (double k = 0; k < events; ++k) {
                const double gone = k / events;
                const double weight_a = (tie.risk_a - gone * tie.events_a) * ratio;
                const double share = weight_a / (weight_a + tie.risk_b - gone * tie.events_b);
                score -= share;
                information += share * (1 - share);
            }
        }
        const double step = std::clamp(score / information, -kLongestStep, kLongestStep);
        if (!std::isfinite(step)) return std::nullopt;
        log_ratio += step;
        if (std::abs(step) < kClose) {
            constexpr double kNormal975 = 1.959963984540054;
            const double se = 1 / std::sqrt(information);
            return HazardRatio{std::exp(log_ratio), se, std::exp(log_ratio - kNormal975 * se),
                               std::exp(log_ratio + kNormal975 * se)};
        }
    }
    return std::nullopt;
}

}  // namespace clinicsim
