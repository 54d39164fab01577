#include "clinicsim/report/chair_use.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "clinicsim/base/diagnostic.hpp"
#include "clinicsim/report/csv.hpp"
#include "grid.hpp"
#include "text.hpp"

namespace clinicsim::report {

namespace {

/// "held up, nurse missing", of held_up.nurse.
std::string label(std::string_view state) {
    constexpr std::string_view kHeldUp = "held_up.";
    if (state.starts_with(kHeldUp))
        return printable(std::string{state.substr(kHeldUp.size())}) + " missing";
    if (state == "no_show") return "no-show";
    if (state == "held_for_rescue") return "held for rescues";
    return std::string{state};
}

void add_part(std::string& out, const std::string& policy, std::string_view by,
              const std::vector<std::string>& states, const ChairUsePart& part) {
    for (std::size_t state = 0; state < states.size(); ++state) {
        const Estimate& share = part.shares[state];
        const auto bound = [&](double Interval::*end) {
            return shortest(share.ci95 ? std::optional{(*share.ci95).*end} : std::nullopt);
        };
        out +=
            fmt::format("{},{},{},{},{},{},{},{},{}\n", csv_cell(policy), by, part.at,
                        csv_cell(states[state]), shortest(share.mean), share.n,
                        bound(&Interval::low), bound(&Interval::high), shortest(part.open_hours));
    }
}

std::string heat(const PolicyResult& policy, std::size_t columns,
                 std::string (*bold)(const std::string&), double& widest) {
    std::set<std::string> days_open, hours_open;
    for (const ChairUsePart& part : policy.chair_use->hours) {
        days_open.insert(part.at.substr(0, 3));
        hours_open.insert(part.at.substr(4, 2));
    }
    Grid grid;
    grid.title = printable(policy.name);
    for (const char* day : {"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
        if (days_open.count(day) != 0) grid.rows.emplace_back(day);
    for (const std::string& hour : hours_open) {
        Column& column = grid.columns.emplace_back();
        column.heading = hour;
        for (const std::string& day : grid.rows) {
            const auto& parts = policy.chair_use->hours;
            const auto at = std::find_if(parts.begin(), parts.end(), [&](const ChairUsePart& part) {
                return part.at == day + " " + hour + ":00";
            });
            if (at == parts.end()) {
                column.cells.push_back({{"", ""}, ""});
                continue;
            }
            const Estimate& used = at->used;
            if (used.ci95) widest = std::max(widest, (used.ci95->high - used.ci95->low) / 2);
            column.cells.push_back({{fmt::format("{:.0f}", 100 * used.mean.value_or(0)), ""}, ""});
        }
    }
    return drawn(grid, columns, bold);
}

bool is_observed(const Comparison& comparison) {
    return std::any_of(comparison.policies.begin(), comparison.policies.end(),
                       [](const PolicyResult& policy) { return policy.chair_use.has_value(); });
}

}  // namespace

std::string chair_use_csv(const Comparison& comparison) {
    std::string out = "policy,by,at,state,share,n,ci_low,ci_high,open_chair_hours\n";
    for (const PolicyResult& policy : comparison.policies) {
        if (!policy.chair_use) continue;
        const std::vector<std::string>& states = policy.chair_use->states;
        add_part(out, policy.name, "all", states, policy.chair_use->all);
        for (const ChairUsePart& part : policy.chair_use->hours)
            add_part(out, policy.name, "hour_of_week", states, part);
        for (const ChairUsePart& part : policy.chair_use->months)
            add_part(out, policy.name, "month", states, part);
    }
    return out;
}

std::string chair_use_table(const Comparison& comparison, std::size_t columns,
                            std::string (*bold)(const std::string&)) {
    if (!is_observed(comparison)) return {};
    Grid causes;
    causes.title = "Chair time open, %";
    for (const PolicyResult& policy : comparison.policies)
        if (policy.chair_use) causes.rows.push_back(printable(policy.name));
    const auto observed =
        std::find_if(comparison.policies.begin(), comparison.policies.end(),
                     [](const PolicyResult& policy) { return policy.chair_use.has_value(); });
    const std::vector<std::string>& states = observed->chair_use->states;
    for (std::size_t state = 0; state < states.size(); ++state) {
        Column column{label(states[state]), {}};
        bool somewhere = false;
        for (const PolicyResult& policy : comparison.policies) {
            if (!policy.chair_use) continue;
            const Estimate& share = policy.chair_use->all.shares[state];
            somewhere |= share.mean.value_or(0) > 0;
            column.cells.push_back({rounded(share, 100), ""});
        }
        if (somewhere) causes.columns.push_back(std::move(column));
    }
    std::string out = drawn(causes, columns, bold);
    out += "  " +
           wrapped(
               "missing: in use, but the visit waits for this group to go on. no-show: empty while "
               "the booked time of somebody who did not come runs. held for rescues: empty because "
               "the book kept it for rescues and nobody had booked it in the end.",
               columns, 2) +
           "\n\n" + bold("Chairs in use by day and hour, % of the chair time open") + '\n';
    double widest = 0;
    for (const PolicyResult& policy : comparison.policies)
        if (policy.chair_use) out += heat(policy, columns, bold, widest);
    const std::string by =
        widest > 0 ? fmt::format("Each ± {:.0f} at most (95 %). ", std::ceil(100 * widest)) : "";
    out += "  " + wrapped(by + "By month: chair_use.csv of -o DIR.", columns, 2) + '\n';
    return out;
}

}  // namespace clinicsim::report
