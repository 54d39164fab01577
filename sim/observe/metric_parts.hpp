// What the rows of metrics are made of: units of time, ratios, the tallies by their short names.
// Internal to the observe room.
#pragma once

#include "clinicsim/observe/metrics.hpp"

namespace clinicsim::metric_parts {

using In = const MetricInput&;

template <class Integer>
double number(Integer value) {
    return static_cast<double>(value);
}
constexpr double kTicksPerDay = 86'400'000;
constexpr double kTicksPerHour = 3'600'000;
inline double days(I128 ticks) { return number(ticks) / kTicksPerDay; }
inline double years(I128 ticks) { return days(ticks) / 365.25; }
inline double weeks(const Window& window) { return days(window.length().count()) / 7; }

inline MetricSample ratio(double numerator, double denominator) {
    if (!(denominator > 0)) return {};
    return {numerator, denominator, true};
}
inline MetricSample plain(double value) { return {value, 1, true}; }

/// Of `top` and `bottom` of the patients here, less the same of those without limits.
template <class Top, class Bottom>
MetricSample excess(In in, Top top, Bottom bottom) {
    if (in.without_limits == nullptr) return {};
    const CourseTally &here = in.patients.course, &there = in.without_limits->course;
    if (!(bottom(here) > 0) || !(bottom(there) > 0)) return {};
    return {top(here), bottom(here), true, top(there), bottom(there)};
}

inline const CourseTally& course(In in) { return in.patients.course; }
inline const CareTally& care(In in) { return in.patients.care; }
inline double well_years(In in) { return years(course(in).well_ticks); }
inline double follow_up_years(const CourseTally& of) { return years(of.well_ticks + of.ill_ticks); }
inline double patient_years(In in) { return follow_up_years(course(in)); }
inline std::uint64_t infusions(In in, VisitKind kind) {
    return course(in).infusions[static_cast<std::size_t>(kind)];
}
inline std::uint64_t boosters(In in) {
    return infusions(in, VisitKind::booster) + infusions(in, VisitKind::rescue);
}

template <VisitKind kind>
const WaitTally& waits(In in) {
    return in.patients.waits.of_kind[static_cast<std::size_t>(kind)];
}
template <VisitKind kind>
MetricSample mean_wait(In in) {
    return ratio(days(waits<kind>(in).ticks_of_visits), number(waits<kind>(in).visits));
}
template <VisitKind kind, int percent>
MetricSample wait_quantile(In in) {
    const auto ticks = waits<kind>(in).ticks.quantile(percent / 100.0);
    return ticks ? plain(*ticks / kTicksPerDay) : MetricSample{};
}
template <VisitKind kind>
MetricSample share_that_waited(In in) {
    return ratio(number(waits<kind>(in).waited), number(waits<kind>(in).ticks.count()));
}

template <VisitKind kind>
MetricSample within_promise(In in) {
    return ratio(number(waits<kind>(in).kept),
                 number(waits<kind>(in).kept + waits<kind>(in).broken));
}
constexpr double kTicksPerMinute = 60'000;
template <int percent>
MetricSample room_quantile(In in) {
    Histogram all = in.patients.waits.room_ticks;
    all.add(std::int64_t{0}, in.patients.waits.visits - all.count());
    const auto ticks = all.quantile(percent / 100.0);
    return ticks ? plain(*ticks / kTicksPerMinute) : MetricSample{};
}

inline MetricSample chair_utilisation(In in) {
    if (!in.chairs || !in.window.chairs) return {};
    return ratio(number(in.chairs->held_open) / kTicksPerHour,
                 number(*in.window.chairs) * in_hours(in.window.open));
}
inline MetricSample chairs_for_85_percent(In in) {
    if (!in.chairs) return {};
    return ratio(number(in.chairs->held_open) / kTicksPerHour, 0.85 * in_hours(in.window.open));
}
inline MetricSample overtime(In in) {
    if (!in.chairs) return {};
    return ratio(number(in.chairs->held_closed) / kTicksPerHour, weeks(in.window));
}

}  // namespace clinicsim::metric_parts
