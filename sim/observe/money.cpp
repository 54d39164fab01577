#include "money.hpp"

#include <algorithm>

#include "part_metrics.hpp"

namespace clinicsim::money {

namespace {

using In = const MetricInput&;

constexpr double kHoursPerYear = 24 * 365.25;

double years(In in) { return in_hours(in.window.length()) / kHoursPerYear; }
double chair_hours(In in) { return *in.window.chairs * in_hours(in.window.open); }

/// Money belongs to the clinic, not to a group of patients.
bool is_told(In in) { return in.costs != nullptr && in.chairs != nullptr && years(in) > 0; }
bool cost_is_known(In in) { return is_told(in) && in.window.chairs.has_value(); }

double infusions(In in) {
    double sum = 0;
    for (const std::uint64_t of_kind : in.patients.course.infusions)
        sum += static_cast<double>(of_kind);
    return sum;
}
double no_shows(In in) { return static_cast<double>(in.patients.attendance.no_shows); }

double revenue(In in) {
    double sum = in.costs->first_visit * static_cast<double>(in.patients.care.started) +
                 in.costs->no_show_fee * no_shows(in);
    for (std::size_t kind = 0; kind < kVisitKinds; ++kind)
        sum += in.costs->price[kind] * static_cast<double>(in.patients.course.infusions[kind]);
    return sum;
}

double staff_cost(In in) {
    const double paid_hours =
        in_hours(in.window.open) + in.costs->overtime * hours_of(in.chairs->late);
    double sum = 0;
    for (const CostPlan::Staff& group : in.costs->staff)
        if (group.on_duty) {
            const StaffTally& hours = in.staff[*group.on_duty];
            const double sick = std::max(
                0.0, in.window.planned_staff_hours[*group.on_duty] - hours_of(hours.on_duty));
            sum += group.wage * (hours_of(hours.on_duty) + group.sick_paid * sick +
                                 in.costs->overtime * hours_of(hours.overtime));
        } else {
            sum += group.people * group.wage * paid_hours;
        }
    return in.costs->payroll * sum;
}

double cost(In in) {
    const double a_month = in.costs->chair_month * *in.window.chairs + in.costs->fixed_month;
    return staff_cost(in) + a_month * 12 * years(in) + in.costs->supplies * infusions(in) +
           in.costs->no_show_loss * no_shows(in);
}

MetricSample per(double money, double of) {
    return of > 0 ? MetricSample{money, of, true} : MetricSample{};
}

}  // namespace

MetricSample revenue_per_year(In in) {
    return is_told(in) ? per(revenue(in), years(in)) : MetricSample{};
}
MetricSample staff_cost_per_year(In in) {
    return is_told(in) ? per(staff_cost(in), years(in)) : MetricSample{};
}
MetricSample cost_per_year(In in) {
    return cost_is_known(in) ? per(cost(in), years(in)) : MetricSample{};
}
MetricSample contribution_per_year(In in) {
    return cost_is_known(in) ? per(revenue(in) - cost(in), years(in)) : MetricSample{};
}
MetricSample contribution_per_chair_hour(In in) {
    return cost_is_known(in) ? per(revenue(in) - cost(in), chair_hours(in)) : MetricSample{};
}
MetricSample cost_per_infusion(In in) {
    return cost_is_known(in) ? per(cost(in), infusions(in)) : MetricSample{};
}

}  // namespace clinicsim::money
