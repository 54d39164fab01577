// What is asked of the results: the baseline, the groups, the targets.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "clinicsim/clinic/sites.hpp"
#include "draft.hpp"
#include "words.hpp"

namespace clinicsim::reading {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// A number with its unit in the metric's unit; `unit` is what the metric has, empty: not known.
Parsed<double> parse_bound(std::string_view text, std::string_view unit) {
    text = trimmed(text);
    if (text.find('%') != std::string_view::npos) {
        if (!unit.empty() && unit != "share") return {.why = "this metric is no share"};
        auto number = parse_number(trimmed(text.substr(0, text.find('%'))));
        if (trimmed(text.substr(text.find('%') + 1)).size() > 0) return {};
        number.value /= 100;
        return number;
    }
    if (auto number = parse_number(text); number.fits) {
        if (unit == "days" || unit == "hours" || unit == "minutes")
            return {.why = "the unit is missing, such as '" + std::string{text} + " days'"};
        if (unit == "share" && std::abs(number.value) > 1)
            return {.why =
                        "a share is at most 1; for per cent write '" + std::string{text} + " %'"};
        return number;
    }
    const auto ticks = parse_ticks(text);
    if (!ticks.fits) return {.why = ticks.why};
    const bool hours = unit.starts_with("hours");  // "hours per week", too
    const bool minutes = unit == "minutes";
    if (!unit.empty() && unit != "days" && !hours && !minutes)
        return {.why = "this metric is no time"};
    return {ticks.value / (hours ? 3.6e6 : minutes ? 6e4 : 8.64e7), true, {}};
}

/// "11" beside "27 days" is "11 days": the unit may stand once, behind.
std::string with_unit_of(std::string_view number, std::string_view other) {
    const std::size_t at = other.find_first_of("%abcdefghijklmnopqrstuvwxyz");
    if (at == std::string_view::npos || !parse_number(number).fits) return std::string{number};
    return std::string{number} + " " + std::string{other.substr(at)};
}

struct Interval {
    double lowest = -kInfinity, highest = kInfinity;
};

Parsed<Interval> parse_interval(std::string_view text, std::string_view unit) {
    const auto split = [&](std::string_view by) {
        const std::size_t at = text.find(by);
        return std::pair{trimmed(text.substr(0, at)), trimmed(text.substr(at + by.size()))};
    };
    const auto pair_of = [&](const auto& a, const auto& b) -> Parsed<Interval> {
        if (!a.fits) return {.why = a.why};
        if (!b.fits) return {.why = b.why};
        return {Interval{a.value, b.value}, true, {}};
    };
    if (text.starts_with("in ")) {
        text = text.substr(3);
        if (text.find("..") == std::string_view::npos)
            return {.why = "write an interval as in 11 .. 27 days"};
        const auto [low, high] = split("..");
        auto result = pair_of(parse_bound(with_unit_of(low, high), unit), parse_bound(high, unit));
        if (result.fits && result.value.highest < result.value.lowest)
            return {.why = "the interval ends before it begins"};
        return result;
    }
    constexpr std::array<std::string_view, 4> kSigns{"<=", ">=", "<", ">"};
    for (const std::string_view sign : kSigns) {
        if (!text.starts_with(sign)) continue;
        const auto bound = parse_bound(text.substr(sign.size()), unit);
        if (!bound.fits) return {.why = bound.why};
        return {
            sign[0] == '<' ? Interval{-kInfinity, bound.value} : Interval{bound.value, kInfinity},
            true,
            {}};
    }
    if (!text.starts_with("=")) return {.why = "one of <=, >=, <, >, =, in is missing"};
    text = trimmed(text.substr(1));
    if (text.find("+-") == std::string_view::npos)
        return {.why = "an equality needs a tolerance, such as = 18 days +- 3 days"};
    const auto [middle, tolerance] = split("+-");
    const auto result =
        pair_of(parse_bound(with_unit_of(middle, tolerance), unit), parse_bound(tolerance, unit));
    if (!result.fits) return result;
    const auto [at, around] = result.value;
    return {Interval{at - around, at + around}, true, {}};
}

/// The unit of the target's metric; empty where the metric is not known.
std::string read_target_text(const Draft& draft, const Value& value, Target& target) {
    target.text = value.text();
    if (!value.is_scalar()) return {};
    const std::string_view text = trimmed(target.text);
    const std::size_t end = text.find_first_of(" <>=");
    target.metric = std::string{text.substr(0, end)};
    std::string unit;
    const std::vector<MetricUnit> metrics =
        draft.is_study() ? draft.outcomes : metrics_of_clinic(draft);
    if (!metrics.empty()) {
        const auto at = std::find_if(metrics.begin(), metrics.end(),
                                     [&](const MetricUnit& m) { return m.name == target.metric; });
        if (at == metrics.end()) {
            std::vector<std::string_view> known;
            for (const MetricUnit& metric : metrics) known.push_back(metric.name);
            const std::string what = draft.is_study() ? "outcome" : "metric";
            value.fault("there is no " + what + " '" + target.metric + "'" +
                        advice(target.metric, known, what + "s"));
            return {};
        }
        unit = at->unit;
    }
    if (target.metric.empty() || end == std::string_view::npos) {
        value.misfit();
        return unit;
    }
    const auto interval = parse_interval(trimmed(text.substr(end)), unit);
    if (!interval.fits) value.misfit(interval.why);
    target.lowest = interval.value.lowest;
    target.highest = interval.value.highest;
    return unit;
}

/// A 95 % interval as it was published, around the number.
void read_interval(const Value& value, const std::string& unit, Published& published) {
    const std::size_t before = value.context().fault_count();
    std::vector<double> ends;
    for (const Value& end : value.items()) ends.push_back(read_measure(end, unit));
    if (value.context().fault_count() != before) return;
    if (ends.size() != 2 || !(ends[0] < ends[1])) {
        value.fault("name its two ends, the lower one first, such as [11 days, 27 days]");
        return;
    }
    published.low = ends[0];
    published.high = ends[1];
    if (published.value && (*published.value < ends[0] || *published.value > ends[1]))
        value.fault("the published number lies outside its own interval");
}

void read_published(MapReader& map, const std::string& unit, const Interval& accepted,
                    Published& published) {
    if (const Value source = map.take("source")) published.source = source.text();
    const Value number = map.take("published");
    if (!number) {
        for (const char* key : {"ci", "n", "derived", "standing"})
            map.unfit(key, "it says something of a published number, and there is none");
        return;
    }
    const std::size_t before = number.context().fault_count();
    published.value = read_measure(number, unit);
    if (number.context().fault_count() == before &&
        (*published.value < accepted.lowest || *published.value > accepted.highest))
        number.context().warn(number.node().place, number.path(),
                              "the published number itself lies outside what is accepted");
    if (const Value ci = map.take("ci")) read_interval(ci, unit, published);
    if (const Value n = map.take("n")) published.patients = static_cast<std::uint32_t>(n.whole());
    if (const Value derived = map.take("derived")) published.derived = derived.text();
    if (const Value standing = map.take("standing"))
        published.standing = static_cast<TargetStanding>(standing.choice());
}

Target read_target(const Draft& draft, const Value& value) {
    Target target{};
    MapReader map{value, kTargetSection};
    std::string unit;
    if (const Value text = map.take("target")) unit = read_target_text(draft, text, target);
    read_published(map, unit, {target.lowest, target.highest}, target.published);
    if (draft.is_study())
        map.unfit("for", "a study compares no policies; an outcome names its arm");
    if (const Value names = draft.is_study() ? Value{} : map.take("for")) {
        const auto add = [&](const Value& one) {
            const Value name{one.context(), one.node(), one.path(), "name"};
            if (const auto at = name.reference(draft.policies, "policy", "policies"))
                target.policies.push_back(draft.policies[*at]);
        };
        if (names.is_list())
            for (const Value& item : names.items()) add(item);
        else
            add(names);
    }
    if (const Value expect = map.take("expect")) {
        expect.choice();
        target.expect_missed = true;
        if (!map.has("because")) map.missing("because", "expect: missed needs a reason");
    }
    if (const Value because = map.take("because")) target.because = because.text();
    return target;
}

void read_groups(Draft& draft, const Value& groups) {
    if (!groups) return;
    for (const Value& item : groups.items()) {
        const std::size_t before = draft.context.fault_count();
        item.choice();
        if (draft.context.fault_count() != before || !item.is_scalar()) continue;
        const std::string name = item.node().text;
        auto& known = draft.scenario.groups;
        if (name == "severity" && draft.severities.empty())
            item.fault("patients have no severity here; name patients.severity");
        if (name == "site" && draft.model().clinic.sites.empty())
            item.fault("the clinic has one site; several are named in clinic.sites");
        if (std::count(known.begin(), known.end(), name) != 0) item.fault("named twice");
        known.push_back(name);
    }
}

}  // namespace

std::vector<MetricUnit> metrics_of_clinic(const Draft& draft) {
    const ClinicPlan& clinic = draft.scenario.model.clinic;
    std::vector<MetricUnit> all;
    for (const MetricUnit& metric : draft.metrics)
        if (!metric.name.ends_with(".*"))
            all.push_back(metric);
        else
            for (const Part& part : metric.of_chairs ? chair_parts(clinic) : staff_parts(clinic))
                all.push_back(
                    {metric.name.substr(0, metric.name.size() - 1) + part.name, metric.unit});
    return all;
}

void read_questions(Draft& draft, MapReader& scenario) {
    if (const Value compare = scenario.take("compare")) {
        MapReader map{compare, kCompareSection};
        if (!map.has("baseline") && !map.has("without_waiting")) map.missing("baseline");
        if (const Value baseline = map.take("baseline"))
            draft.scenario.baseline = baseline.reference(draft.policies, "policy", "policies");
        map.decided("without_waiting", has_limits(draft.model()) ? "yes" : "no");
        if (const Value twin = map.take("without_waiting"))
            draft.scenario.without_limits = twin.yes_no();
    }
    read_groups(draft, scenario.take("groups"));
}

Target read_plain_target(Draft& draft, const Value& target) {
    Target result = read_target(draft, target);
    if (result.expect_missed)
        target.fault("a plan looks for what meets its targets: leave out expect: missed");
    return result;
}

double read_measure(const Value& value, std::string_view unit) {
    const auto number = value.is_scalar() ? parse_bound(value.node().text, unit) : Parsed<double>{};
    if (!number.fits) value.misfit(number.why);
    return number.value;
}

void read_targets(Draft& draft, const Value& targets) {
    if (!targets) return;
    for (const Value& item : targets.items())
        draft.scenario.targets.push_back(read_target(draft, item));
}

}  // namespace clinicsim::reading
