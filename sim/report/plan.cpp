// A plan for a terminal.
#include "clinicsim/report/plan.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "clinicsim/base/diagnostic.hpp"
#include "clinicsim/observe/metrics.hpp"
#include "clinicsim/observe/staff_metrics.hpp"
#include "shown.hpp"
#include "text.hpp"

namespace clinicsim::report {

namespace {

const char* bold(bool colour) { return colour ? "\x1b[1m" : ""; }
const char* plain(bool colour) { return colour ? "\x1b[0m" : ""; }

/// Rows of cells, the first column to the left, the others to the right.
std::string per_cent(double share) {
    // rounded down: nothing is surer than it is
    const double tenths = std::floor(share * 1000 + 1e-9) / 10;
    return fmt::format("{:g} %", tenths);
}

std::string choice_text(const Plan& plan, std::size_t choice) {
    std::string text;
    for (const std::string& value : plan.choices[choice])
        text += (text.empty() ? "" : ", ") + printable(value);
    return text;
}

/// What a person calls a variable; its path where that has no other name.
std::string called(const PlanVariable& variable) {
    return printable(variable.called.empty() ? variable.path : variable.called);
}

/// The name, and the path behind it.
std::string called_with_path(const PlanVariable& variable) {
    return variable.called.empty() ? printable(variable.path)
                                   : called(variable) + " (" + printable(variable.path) + ")";
}

/// The only variable's value; of several each with its name.
std::string named_choice_text(const Plan& plan, std::size_t choice) {
    if (plan.question.vary.size() == 1) return choice_text(plan, choice);
    std::string text;
    for (std::size_t i = 0; i < plan.question.vary.size(); ++i) {
        const PlanVariable& one = plan.question.vary[i];
        const std::string value = printable(plan.choices[choice][i]);
        const bool counted = !one.called.empty() && !one.numbers.empty();  // "8 chairs"
        text += (i > 0 ? " with " : "") +
                (counted ? value + " " + called(one) : called(one) + " " + value);
    }
    return text;
}

bool is_of_a_metric(const Plan& plan) {
    return plan.question.aim == PlanAim::lowest || plan.question.aim == PlanAim::highest;
}

std::string number_text(const std::string& metric, const std::optional<double>& mean,
                        const std::optional<Interval>& ci) {
    Estimate found;
    found.mean = mean;
    found.ci95 = ci;
    const Rounded number = rounded(found, scale_of(metric));
    std::string text = number.text();
    if (!mean) return text;
    const std::string_view unit = unit_of_metric(metric);
    if (unit == "share") text += " %";
    if (unit == "money per year") text += " thousand";
    return text;
}

const char* mark(const std::optional<bool>& met) { return !met ? "?" : *met ? "✓" : "✗"; }

class Text {
  public:
    Text(const Plan& plan, const TableStyle& style)
        : plan_{plan}, columns_{style.columns}, colour_{style.colour} {}

    std::string text() {
        head();
        answer();
        answers();
        facts();
        curves();
        money();
        timetable();
        promise();
        formulas();
        for (const std::string& warning : plan_.warnings)
            paragraph("warning: " + printable(warning));
        paragraph(
            "A simulation of synthetic patients, to plan capacity. This is no medical advice.");
        return out_;
    }

  private:
    void paragraph(const std::string& text) { out_ += wrapped(text, columns_) + "\n"; }
    void heading(const std::string& text) {
        out_ += '\n' + std::string{bold(colour_)} + text + plain(colour_) + '\n';
    }

    std::string goal() const {
        const auto variable =
            std::find_if(plan_.question.vary.begin(), plan_.question.vary.end(),
                         [&](const PlanVariable& one) { return one.path == plan_.question.of; });
        const bool of_a_variable = variable != plan_.question.vary.end();
        std::string text =
            std::string{"the "} + name(plan_.question.aim) + " " +
            (of_a_variable ? called_with_path(*variable) : printable(plan_.question.of));
        if (of_a_variable && variable->values.size() > 1)
            text += " of " + printable(variable->values.front()) + " to " +
                    printable(variable->values.back());
        return text;
    }

    void head() {
        out_ += std::string{bold(colour_)} + printable(plan_.title) + plain(colour_) + '\n';
        paragraph(
            fmt::format("{}, seed {}: each replication {:g} days after a warm-up of {:g} days",
                        printable(plan_.file), plan_.seed, plan_.horizon_days, plan_.warm_up_days));
        out_ += '\n';
        paragraph("courses: " + plan_.courses);
        std::string text = "plan: " + goal();
        if (is_of_a_metric(plan_)) {
            std::vector<std::string> paths;
            for (const PlanVariable& one : plan_.question.vary)
                paths.push_back(called_with_path(one));
            text += " over " + listed(paths);
        }
        std::vector<std::string> targets;
        for (const Target& target : plan_.question.targets)
            targets.push_back(printable(target.text));
        if (!targets.empty())
            text += " that keeps " + listed(targets) +
                    (plan_.asked && plan_.usual_targets ? " (by default)" : "");
        if (!plan_.asked) text += " (by default; a plan: section asks for something else)";
        paragraph(text);
        out_ += '\n';
    }

    /// The answer in a sentence.
    void answer() {
        std::vector<std::string> found, missing;
        for (const PolicyPlan& policy : plan_.policies)
            if (policy.answer)
                found.push_back(named_choice_text(plan_, *policy.answer) + " for " +
                                printable(policy.policy) +
                                (policy.end == PlanEnd::found ? "" : " (not sure)"));
            else if (policy.end == PlanEnd::none)
                missing.push_back(printable(policy.policy));
        std::string text;
        if (!found.empty()) {
            const bool one = plan_.question.vary.size() == 1;
            text =
                (one ? called(plan_.question.vary.front()) : "Answer") + ": " + listed(found) + ".";
            // a path stays as it is written
            if (!one || !plan_.question.vary.front().called.empty())
                text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
        }
        if (!missing.empty())
            text += (text.empty() ? "" : " ") + std::string{"No choice does for "} +
                    listed(missing) + ".";
        if (!text.empty()) paragraph(text);
    }

    std::string end_text(const PolicyPlan& policy) const {
        switch (policy.end) {
            case PlanEnd::found:
                return per_cent(policy.confidence_reached);
            case PlanEnd::none:
                return per_cent(policy.confidence_reached) + ", none";
            case PlanEnd::unclear:
                return "not clear";
            case PlanEnd::nothing:
                return "no target";
            case PlanEnd::interrupted:
                return "interrupted";
        }
        return {};
    }

    void answers() {
        Lines lines;
        const bool chooses_chairs =
            std::any_of(plan_.question.vary.begin(), plan_.question.vary.end(),
                        [](const PlanVariable& one) { return one.path == "clinic.chairs"; });
        const std::string of = chooses_chairs ? "" : "chairs ";
        lines.push_back(
            {"policy", "answer", "sure to", "load in chairs", of + "by formula", of + "85 % full"});
        for (const PolicyPlan& policy : plan_.policies) {
            std::vector<std::string> row{printable(policy.policy),
                                         policy.answer ? choice_text(plan_, *policy.answer) : "–",
                                         end_text(policy)};
            if (policy.formula) {
                row.push_back(fmt::format("{:.2f}", policy.formula->load));
                row.push_back(policy.formula->for_targets
                                  ? std::to_string(*policy.formula->for_targets)
                                  : "–");
                row.push_back(std::to_string(policy.formula->at_85_percent));
            }
            lines.push_back(std::move(row));
        }
        out_ += '\n' + columns_of(lines);
    }

    std::string fact_label(const std::string& metric) const {
        constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kLabels{{
            {"wait_minutes_in_room.mean", "minutes in the waiting room, mean"},
            {"sent_home_per_year", "visits a year sent home unseen"},
            {"called_off_per_year", "visits a year called off for sick staff"},
            {"clinic_overtime_hours_per_week", "clinic overtime, hours per week"},
            {"chair_utilisation", "chair utilisation"},
            {kContribution, "contribution a year"},
        }};
        for (const auto& [name, label] : kLabels)
            if (name == metric) return std::string{label} + currency_of(metric);
        const auto group = staff_metric(metric);
        return group ? printable(group->second) + " utilisation" : printable(metric);
    }

    /// A table of them: a row for each, a column for each policy with an answer.
    void facts() {
        std::vector<const PolicyPlan*> answered;
        std::vector<std::string> metrics, head{""};
        for (const PolicyPlan& policy : plan_.policies) {
            if (policy.facts.empty()) continue;
            answered.push_back(&policy);
            head.push_back(printable(policy.policy));
            for (const PlanFact& fact : policy.facts)
                if (std::find(metrics.begin(), metrics.end(), fact.metric) == metrics.end())
                    metrics.push_back(fact.metric);
        }
        if (answered.empty()) return;
        heading("What else the answer would do");
        Lines lines;
        lines.push_back(head);
        for (const std::string& metric : metrics) {
            std::vector<std::string> row{fact_label(metric)};
            for (const PolicyPlan* policy : answered) {
                const auto fact =
                    std::find_if(policy->facts.begin(), policy->facts.end(),
                                 [&](const PlanFact& one) { return one.metric == metric; });
                row.push_back(fact == policy->facts.end()
                                  ? "–"
                                  : number_text(metric, fact->found.mean, fact->found.ci95));
            }
            lines.push_back(std::move(row));
        }
        out_ += columns_of(lines);
    }

    void curves() {
        std::string title =
            is_of_a_metric(plan_) ? "What other choices would do" : "What fewer and more would do";
        if (plan_.question.vary.size() > 1) {
            std::vector<std::string> names;
            for (const PlanVariable& one : plan_.question.vary) names.push_back(called(one));
            title += ": " + listed(names);
        }
        heading(wrapped(title, columns_));
        for (const PolicyPlan& policy : plan_.policies) {
            Lines lines;
            const auto row_of = [&](const PlanPoint& point, std::string label) {
                std::vector<std::string> row{std::move(label)};
                for (const TargetResult& target : point.targets)
                    row.push_back(number_text(target.metric, target.estimate, target.ci95) + " " +
                                  mark(target.met));
                if (point.goal)
                    row.push_back(
                        number_text(plan_.question.of, point.goal->mean, point.goal->ci95));
                row.push_back(fmt::format("{} {}", point.replications,
                                          point.fresh ? "fresh replications" : "replications"));
                return row;
            };
            std::vector<std::string> head{printable(policy.policy)};
            if (!policy.curve.empty()) {
                for (const TargetResult& target : policy.curve.front().targets)
                    head.push_back(printable(target.text));
                if (policy.curve.front().goal) head.push_back(goal_heading());
            }
            lines.push_back(head);
            for (const PlanPoint& point : shown_of(policy))
                lines.push_back(row_of(point, "  " + choice_text(plan_, point.choice) +
                                                  (policy.answer == point.choice    ? " ←"
                                                   : is_a_tie(policy, point.choice) ? " ≈"
                                                                                    : "")));
            if (policy.unlimited && !policy.unlimited->targets.empty())
                lines.push_back(row_of(*policy.unlimited, "  without limits"));
            out_ += columns_of(lines);
            if (policy.indifference)
                out_ += "  " + wrapped(indifference_text(policy), columns_, 2) + '\n';
            for (const std::string& remark : policy.remarks)
                out_ += "  " + wrapped(printable(remark), columns_, 2) + '\n';
        }
    }

    /// What the choices of the curves earn: rows of them, a column for every policy.
    void money() {
        if (plan_.question.of == kContribution) return;  // stands in the curves
        std::vector<std::string> head{""};
        std::map<std::size_t, std::vector<std::string>> rows;  // by choice
        for (const PolicyPlan& policy : plan_.policies) {
            std::map<std::size_t, std::string> cells;
            for (const PlanPoint& point : shown_of(policy))
                if (point.contribution && point.contribution->mean)
                    cells[point.choice] = number_text(kContribution, point.contribution->mean,
                                                      point.contribution->ci95) +
                                          (policy.answer == point.choice ? " ←" : "  ");
            if (cells.empty()) continue;
            for (auto& [choice, cell] : cells) {
                auto& row = rows[choice];
                row.resize(head.size());
                row.push_back(std::move(cell));
            }
            head.push_back(printable(policy.policy) + "  ");
        }
        if (rows.empty()) return;
        heading("What they would earn: contribution a year" + currency_of(kContribution));
        Lines lines{head};
        for (auto& [choice, row] : rows) {
            row.resize(head.size());
            row.front() = "  " + choice_text(plan_, choice);
            lines.push_back(std::move(row));
        }
        out_ += columns_of(lines);
    }

    /// ", USD" after the name of a metric of money.
    std::string currency_of(const std::string& metric) const {
        const bool is_money = unit_of_metric(metric).starts_with("money");
        return is_money && !plan_.currency.empty() ? ", " + printable(plan_.currency) : "";
    }
    std::string goal_heading() const {
        return printable(plan_.question.of) + currency_of(plan_.question.of);
    }

    static bool is_a_tie(const PolicyPlan& policy, std::size_t choice) {
        return std::find(policy.ties.begin(), policy.ties.end(), choice) != policy.ties.end();
    }

    std::string indifference_text(const PolicyPlan& policy) const {
        const std::string& metric = plan_.question.of;
        std::string text = "differences in " + printable(metric) + " up to " +
                           number_text(metric, policy.indifference, std::nullopt);
        if (const std::string money = currency_of(metric); !money.empty())
            text += " " + money.substr(2);
        text += " count as none";
        if (policy.ties.empty())
            return text + "; no other choice that meets the targets is so near to the answer";
        std::vector<std::string> ties;
        for (const std::size_t choice : policy.ties)
            ties.push_back(named_choice_text(plan_, choice));
        return text + "; by the runs of the search, as good as the answer (≈): " + listed(ties);
    }

    /// Those around the answer; all of few. Of several variables, one step to each side in each of
    /// them, and what is as good.
    std::vector<PlanPoint> shown_of(const PolicyPlan& policy) const {
        constexpr std::size_t kFew = 7;
        if (policy.curve.size() <= kFew || !policy.answer) return policy.curve;
        if (plan_.question.vary.size() > 1) {
            std::vector<PlanPoint> shown;
            for (const PlanPoint& point : policy.curve)
                if (point.choice == *policy.answer || is_a_tie(policy, point.choice) ||
                    are_neighbours(plan_.question, plan_.choices[*policy.answer],
                                   plan_.choices[point.choice]))
                    shown.push_back(point);
            return shown;
        }
        const auto at =
            std::find_if(policy.curve.begin(), policy.curve.end(),
                         [&](const PlanPoint& point) { return point.choice == *policy.answer; });
        const auto before = std::min<std::ptrdiff_t>(at - policy.curve.begin(), kFew / 2);
        const auto after = std::min<std::ptrdiff_t>(policy.curve.end() - at, kFew / 2 + 1);
        return {at - before, at + after};
    }

    void timetable() {
        if (!plan_.growth) return;
        heading(fmt::format("When arrivals grow by {:g} % a month", 100 * *plan_.growth));
        for (const GrowthTable& table : plan_.timetable) {
            std::vector<std::string> parts;
            for (const GrowthStep& step : table.steps)
                parts.push_back(
                    step.choice ? (step.month == 0
                                       ? choice_text(plan_, *step.choice) + " now"
                                       : fmt::format("{} from month {}",
                                                     choice_text(plan_, *step.choice), step.month))
                                : fmt::format("more than the plan may choose from "
                                              "month {}",
                                              step.month));
            out_ += "  " +
                    wrapped(printable(table.policy) + ": " + listed(parts, "then"), columns_, 2) +
                    '\n';
            for (const std::string& remark : table.remarks)
                out_ += "    " + wrapped(printable(remark), columns_, 4) + '\n';
        }
        for (const PolicyPlan& policy : plan_.policies)
            if (!policy.answer && !plan_.interrupted)
                out_ += "  " +
                        wrapped(printable(policy.policy) +
                                    ": the plan has no answer for now to begin with",
                                columns_, 2) +
                        '\n';
        paragraph(
            "Quarter by quarter for three years after the warm-up, arrivals growing all the time "
            "and as the scenario says at the end of the warm-up; by the estimates of 10 "
            "replications, not confirmed. A quarter that misses its targets even with unlimited "
            "chairs and staff asks for no more of them and is passed over; what a quarter needs "
            "for a closure of a week or longer alone goes when it is over.");
    }

    void promise() {
        out_ += '\n';
        std::string text = fmt::format(
            "{} runs of at most {}. {} with fresh replications (numbers from {}), which the search "
            "never saw: that an answer meets its targets, and that what stands before it misses "
            "one. ",
            plan_.runs, plan_.budget,
            plan_.claims == 1 ? "One claim was tested"
                              : fmt::format("{} claims were tested", plan_.claims),
            kFirstConfirming);
        if (plan_.claims == 0)
            text = fmt::format("{} runs of at most {}. ", plan_.runs, plan_.budget);
        if (is_of_a_metric(plan_))
            text = fmt::format(
                "{} runs of at most {}. Of the choices that meet the targets, the best was chosen "
                "by "
                "Kim and Nelson's procedure. ",
                plan_.runs, plan_.budget);
        text += plan_.confirmed
                    ? fmt::format("All of it together is sure to {} (asked for: {}).",
                                  per_cent(plan_.confidence_reached),
                                  per_cent(plan_.question.confidence))
                    : fmt::format("Not all of it is as sure as the {} that were asked for.",
                                  per_cent(plan_.question.confidence));
        paragraph(text);
    }

    void formulas() {
        if (plan_.policies.empty() || !plan_.policies.front().formula) return;
        const PlanFormula& f = *plan_.policies.front().formula;
        std::string text = fmt::format(
            "by formula: the fewest chairs for the targets by Erlang C and Allen-Cunneen, from the "
            "load of a pilot with unlimited chairs ({}a visit takes {:.0f} min on average; chairs "
            "are open {:.0f} % of all hours); –: no formula for a target. The simulated answer is "
            "to be trusted where they differ",
            plan_.formula_of.empty() ? "" : "at " + listed(plan_.formula_of) + ": ",
            60 * f.mean_visit_hours, 100 * f.open_share);
        if (!plan_.reasons.empty()) {
            text += ", because ";
            for (std::size_t i = 0; i < plan_.reasons.size(); ++i)
                text += (i > 0 ? "; " : "") + plan_.reasons[i];
        }
        paragraph(text + ".");
    }

    const Plan& plan_;
    std::size_t columns_;
    bool colour_;
    std::string out_;
};

}  // namespace

std::string plan_table(const Plan& plan, const TableStyle& style) {
    return Text{plan, style}.text();
}

}  // namespace clinicsim::report
