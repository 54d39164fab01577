#include "clinicsim/care/renewal.hpp"

#include <algorithm>
#include <cmath>

namespace clinicsim {

std::uint32_t responds_at(const RenewalCourse& course, std::uint32_t visits, Engine& engine) {
    const double u = uniform01(engine);
    if (course.responds_at_last) return u < course.responds[0] ? visits : 0;
    double below = 0;
    for (std::size_t k = 0; k < course.responds.size() && k < visits; ++k) {
        below += course.responds[k];
        if (u < below) return static_cast<std::uint32_t>(k + 1);
    }
    return 0;
}

double personal_factor(const RenewalCourse& course, std::size_t severity, bool in_therapy,
                       Engine& frailty) {
    double factor = draw(course.frailty, frailty);
    if (severity < course.effects.severity.size()) factor *= course.effects.severity[severity];
    if (in_therapy) factor *= course.effects.psychotherapy;
    return factor;
}

double infusion_factor(const RelapseEffects& effects, std::uint32_t before, Duration since) {
    double factor = 1;
    if (effects.per_infusion != 1)
        factor = std::pow(effects.per_infusion, std::min(before, effects.most_infusions));
    if (before > 0 && since <= effects.within) factor *= effects.close_together;
    return factor;
}

Duration time_to_relapse(const RenewalCourse& course, double factor, Engine& engine) {
    if (!course.relapse) return kNever.time_since_epoch();
    return from_ticks(draw(*course.relapse, engine) * factor);
}

Duration age_at_next_relapse(const RenewalCourse& course, double factor, Duration age,
                             Engine& engine) {
    if (!course.relapse) return kNever.time_since_epoch();
    const double u = uniform01(engine);
    const double a = static_cast<double>(age.count()) / factor;
    if (const auto* weibull = course.relapse->as<Weibull>())
        return from_ticks(factor * weibull->scale *
                          std::pow(std::pow(a / weibull->scale, weibull->shape) - std::log(u),
                                   1 / weibull->shape));
    // the survivor function falls from S(a) to u S(a): found by bisection, to a tenth of a tick
    const double wanted = u * (1 - cdf(*course.relapse, a));
    const auto end = static_cast<double>(kNever.time_since_epoch().count());
    double low = a, step = std::max(1.0, mean(*course.relapse));
    double high = a + step;
    while (1 - cdf(*course.relapse, high) > wanted) {
        if (high >= end) return kNever.time_since_epoch();
        low = high;
        high += step *= 2;
    }
    while (high - low > 0.1) {
        const double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high) break;  // as near as numbers of this size come
        (1 - cdf(*course.relapse, middle) > wanted ? low : high) = middle;
    }
    return from_ticks(factor * high);
}

}  // namespace clinicsim
