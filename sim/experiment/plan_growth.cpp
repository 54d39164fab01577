#include "plan_growth.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "clinicsim/base/check.hpp"
#include "plan_shortage.hpp"

namespace clinicsim::planning {

namespace {

constexpr std::uint32_t kReplications = 10;
constexpr std::uint32_t kMonths = 3;  // of a quarter

std::string exactly(double number) {
    char text[40];
    std::snprintf(text, sizeof text, "%.17g", number);
    return text;
}

std::string length_text(const Span& span, std::uint32_t more_months) {
    std::string text =
        std::to_string(static_cast<std::uint64_t>(span.months) + more_months) + " months";
    if (span.fixed.count() > 0) text += " " + std::to_string(span.fixed.count()) + " ms";
    return text;
}

/// Where a policy's walk through the quarters stands.
struct Walk {
    std::size_t policy;  // into the question's
    std::uint32_t quarter = 0;
    std::size_t step = 0;
    bool downwards = true;  // in the first quarter fewer may do
    bool over = false;
    GrowthTable table;

    std::size_t choice(const Choices& choices) const { return choices.on_step(step).front(); }
};

/// One result moves the walk on: to the next quarter, or to the next step.
void move_on(Walk& walk, bool met, const Choices& choices) {
    const auto settle = [&] {
        const std::size_t choice = walk.choice(choices);
        if (walk.table.steps.empty() || walk.table.steps.back().choice != choice)
            walk.table.steps.push_back({walk.quarter * kMonths, choice});
        walk.over = ++walk.quarter == kQuarters;
    };
    if (walk.quarter == 0 && walk.downwards) {
        if (met && walk.step > 0) {
            --walk.step;
            return;
        }
        walk.downwards = false;
        if (met) {
            settle();
            return;
        }
    }
    if (met) {
        settle();
        return;
    }
    if (walk.step + 1 == choices.steps()) {
        walk.table.steps.push_back({walk.quarter * kMonths, std::nullopt});
        walk.over = true;
        return;
    }
    ++walk.step;
}

}  // namespace

std::size_t number_in_quarter(const Choices& choices, std::size_t choice, std::uint32_t quarter) {
    return choice + choices.size() * (quarter + 1);
}

std::vector<Override> overrides_in_quarter(const Choices& choices, std::size_t number,
                                           const Scenario& scenario, double per_month) {
    const auto quarter = static_cast<std::uint32_t>(number / choices.size() - 1);
    const auto* poisson = std::get_if<PoissonArrivals>(&scenario.model.patients.arrivals);
    CLINICSIM_CHECK(poisson != nullptr, "arrivals that grow are Poisson");
    const double year = std::pow(1 + per_month, 12);
    const double years_before = in_years(scenario.model.warm_up_end - kRunStart);
    // what the scenario has grown to by the end of the warm-up
    const double a_day = poisson->per_tick * static_cast<double>(Duration{Days{1}}.count()) *
                         std::pow(1 + poisson->growth_per_year, years_before);
    std::vector<Override> overrides = choices.overrides(number % choices.size());
    overrides.push_back(
        {"patients.arrivals.poisson.mean", exactly(a_day * std::pow(year, -years_before))});
    overrides.push_back({"patients.arrivals.poisson.per", "day"});
    overrides.push_back({"patients.arrivals.poisson.growth_per_year", exactly(year - 1)});
    overrides.push_back({"run.warm_up", length_text(scenario.warm_up, quarter * kMonths)});
    overrides.push_back({"run.horizon", std::to_string(kMonths) + " months"});
    return overrides;
}

std::optional<std::vector<GrowthTable>> growth_timetable(const GrowthQuestion& question,
                                                         PlanRuns& runs) {
    std::vector<Walk> walks;
    for (std::size_t i = 0; i < question.asked.size(); ++i) {
        if (!question.from[i]) continue;
        Walk& walk = walks.emplace_back();
        walk.policy = i;
        walk.step = question.choices.step_of(*question.from[i]);
        walk.table.policy = question.asked[i].name;
    }
    for (;;) {
        std::vector<Ask> asks;
        for (const Walk& walk : walks)
            if (!walk.over)
                asks.push_back({number_in_quarter(question.choices, walk.choice(question.choices),
                                                  walk.quarter),
                                question.asked[walk.policy].policy, kReplications, Block::search});
        if (asks.empty()) break;
        if (!runs.run(asks)) return std::nullopt;
        std::size_t next = 0;
        for (Walk& walk : walks) {
            if (walk.over) continue;
            const PlanPoint point = point_of(runs, question.asked[walk.policy], asks[next++]);
            move_on(walk, step_of(point).leans_met, question.choices);
        }
    }
    std::vector<Shortage> all;
    std::vector<Ask> asks;
    for (Walk& walk : walks) {
        if (walk.table.steps.empty() || walk.table.steps.back().choice) continue;
        const std::size_t choice = walk.choice(question.choices);
        all.push_back(
            shortage_of(runs, walk.policy,
                        {number_in_quarter(question.choices, choice, walk.quarter),
                         question.asked[walk.policy].policy, kReplications, Block::search},
                        "in month " + std::to_string(walk.quarter * kMonths) + " with " +
                            question.choices.text(choice)));
        for (const Ask& ask : asks_of(all.back())) asks.push_back(ask);
    }
    if (!runs.run(asks)) return std::nullopt;
    for (const Shortage& one : all)
        for (Walk& walk : walks)
            if (walk.policy == one.policy)
                walk.table.remark =
                    shortage_text(runs, question.asked[one.policy], one).value_or("");
    std::vector<GrowthTable> tables;
    for (Walk& walk : walks) tables.push_back(std::move(walk.table));
    return tables;
}

}  // namespace clinicsim::planning
