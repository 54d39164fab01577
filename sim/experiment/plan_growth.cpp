#include "plan_growth.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "clinicsim/base/check.hpp"
#include "plan_closure.hpp"
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
    std::size_t usual = 0;        // what goes on when this quarter is over
    bool downwards = true;        // in the first quarter fewer may do
    bool reachable = false;       // something meets the targets in this quarter
    bool without_limits = false;  // is what is asked next
    bool over = false;
    std::size_t peak = 0;        // the step that a closure asked for in the quarter before
    std::string of_the_closure;  // what is said of it where it goes; empty: there was none
    GrowthTable table{};

    std::size_t choice(const Choices& choices) const { return choices.on_step(step).front(); }
};

class Timetable {
  public:
    Timetable(const GrowthQuestion& question, PlanRuns& runs) : question_{question}, runs_{runs} {
        for (std::size_t i = 0; i < question.asked.size(); ++i) {
            if (!question.from[i]) continue;
            Walk& walk = walks_.emplace_back();
            walk.policy = i;
            walk.step = walk.usual = question.choices.step_of(*question.from[i]);
            walk.table.policy = question.asked[i].name;
        }
    }

    /// False where it was stopped.
    bool walk() {
        for (;;) {
            std::vector<Ask> asks;
            for (const Walk& walk : walks_)
                if (!walk.over) asks.push_back(ask_of(walk));
            if (asks.empty()) return name_what_is_short();
            if (!runs_.run(asks)) return false;
            std::size_t next = 0;
            for (Walk& walk : walks_) {
                if (walk.over) continue;
                const PlanPoint point = point_of(runs_, question_.asked[walk.policy], asks[next++]);
                if (walk.without_limits)
                    learn_what_is_reachable(walk, point);
                else
                    move_on(walk, step_of(point).leans_met);
            }
        }
    }

    std::vector<GrowthTable> tables() {
        std::vector<GrowthTable> tables;
        for (Walk& walk : walks_) tables.push_back(std::move(walk.table));
        return tables;
    }

  private:
    const Choices& choices() const { return question_.choices; }

    Ask ask_of(const Walk& walk) {
        std::size_t number = number_in_quarter(choices(), walk.choice(choices()), walk.quarter);
        if (walk.without_limits) {
            const auto [kept, is_new] = without_limits_.try_emplace(number);
            if (is_new) {
                Scenario scenario = runs_.scenario(number);
                scenario.model = clinicsim::without_limits(scenario.model);
                kept->second = runs_.add(std::move(scenario));
            }
            number = kept->second;
        }
        return {number, question_.asked[walk.policy].policy, kReplications, Block::search};
    }

    std::optional<std::string> closure_of(const Walk& walk) {
        const Model& model =
            runs_.scenario(number_in_quarter(choices(), walk.choice(choices()), walk.quarter))
                .model;
        return closure_in(model, model.warm_up_end, model.end);
    }

    static std::string in_the_quarter(const Walk& walk) {
        return "in the quarter from month " + std::to_string(walk.quarter * kMonths) + " ";
    }

    void note(Walk& walk, std::optional<std::size_t> choice) {
        auto& steps = walk.table.steps;
        if (steps.empty() || steps.back().choice != choice)
            steps.push_back({walk.quarter * kMonths, choice});
    }

    void next_quarter(Walk& walk) {
        walk.step = walk.usual;
        walk.downwards = walk.reachable = walk.without_limits = false;
        walk.over = ++walk.quarter == kQuarters;
        if (walk.over) tell_of_the_closure_before(walk);
    }

    void settle(Walk& walk) {
        note(walk, walk.choice(choices()));
        const auto closure = walk.step > walk.usual ? closure_of(walk) : std::nullopt;
        tell_of_the_closure_before(walk);
        if (closure) {
            walk.peak = walk.step;
            walk.of_the_closure = in_the_quarter(walk) + "the clinic is " + *closure + ": " +
                                  choices().text(walk.choice(choices())) +
                                  " is for that quarter alone";
        } else {
            walk.usual = walk.step;
        }
        next_quarter(walk);
    }

    /// Where this quarter needs as much, it was no matter of the closure.
    static void tell_of_the_closure_before(Walk& walk) {
        if (!walk.of_the_closure.empty() && walk.step < walk.peak)
            walk.table.remarks.push_back(walk.of_the_closure);
        walk.of_the_closure.clear();
    }

    /// The number stays, and the next quarter has a try of its own.
    void pass_over(Walk& walk, const std::string& why) {
        walk.step = walk.usual;
        tell_of_the_closure_before(walk);
        walk.table.remarks.push_back(in_the_quarter(walk) + why);
        note(walk, walk.choice(choices()));
        next_quarter(walk);
    }

    /// One result moves the walk on: to the next quarter, or to the next step.
    void move_on(Walk& walk, bool met) {
        walk.reachable |= met;
        if (walk.quarter == 0 && walk.downwards) {
            if (met && walk.step > 0) {
                walk.usual = walk.step--;
                return;
            }
            walk.downwards = false;
        }
        if (met)
            settle(walk);
        else if (!walk.reachable)
            walk.without_limits = true;
        else
            climb(walk);
    }

    void climb(Walk& walk) {
        if (walk.step + 1 < choices().steps()) {
            ++walk.step;
            return;
        }
        if (const auto closure = closure_of(walk)) {
            pass_over(walk, "the clinic is " + *closure +
                                ", and nothing that the plan may choose meets the targets: it "
                                "was passed over");
            return;
        }
        note(walk, std::nullopt);
        walk.over = true;
    }

    void learn_what_is_reachable(Walk& walk, const PlanPoint& free) {
        walk.without_limits = false;
        std::vector<std::string> missed;
        for (const TargetResult& target : free.targets)
            if (target.estimate && !is_kept(target)) {
                char number[32];
                std::snprintf(number, sizeof number, "%.3g", *target.estimate);
                missed.push_back(target.metric + " is " + number);
            }
        if (missed.empty()) {
            walk.reachable = true;
            climb(walk);
            return;
        }
        std::string what;
        for (const std::string& one : missed) what += (what.empty() ? "" : ", ") + one;
        const auto closure = closure_of(walk);
        pass_over(walk, what + " even with unlimited chairs and staff in the same hours" +
                            (closure ? " (" + *closure + ")" : "") + ": it was passed over");
    }

    bool name_what_is_short() {
        std::vector<Shortage> all;
        std::vector<Ask> asks;
        for (const Walk& walk : walks_) {
            if (walk.table.steps.empty() || walk.table.steps.back().choice) continue;
            all.push_back(shortage_of(runs_, walk.policy, ask_of(walk),
                                      "in month " + std::to_string(walk.quarter * kMonths) +
                                          " with " + choices().text(walk.choice(choices()))));
            for (const Ask& ask : asks_of(all.back())) asks.push_back(ask);
        }
        if (!runs_.run(asks)) return false;
        for (const Shortage& one : all)
            for (Walk& walk : walks_)
                if (walk.policy == one.policy)
                    if (const auto text = shortage_text(runs_, question_.scenario.model.clinic,
                                                        question_.asked[one.policy], one))
                        walk.table.remarks.push_back(*text);
        return true;
    }

    const GrowthQuestion& question_;
    PlanRuns& runs_;
    std::vector<Walk> walks_;
    std::map<std::size_t, std::size_t> without_limits_;  // numbers of the runs, by those with them
};

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
    Timetable timetable{question, runs};
    if (!timetable.walk()) return std::nullopt;
    return timetable.tables();
}

}  // namespace clinicsim::planning
