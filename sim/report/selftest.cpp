#include "clinicsim/report/selftest.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "clinicsim/version.hpp"
#include "json_text.hpp"
#include "text.hpp"

namespace clinicsim::report {

namespace {

std::size_t cases_in(const SelftestResult& result) {
    std::set<std::string> ids;
    for (const SelftestRow& row : result.rows) ids.insert(row.id);
    return ids.size();
}

std::string z_text(const SelftestRow& row) {
    return std::abs(row.z) < kCertainlyWrong ? fmt::format("{:.2f}", row.z) : "wrong";
}

/// Six digits; those of a standard error are worth two.
std::vector<std::string> cells(const SelftestRow& row) {
    const std::string quantity =
        row.variant.empty() ? row.quantity : row.quantity + ", " + row.variant;
    return {row.id,
            quantity,
            fmt::format("{:.6g}", row.exact),
            std::isnan(row.estimate) ? "-" : fmt::format("{:.6g}", row.estimate),
            row.se > 0 ? fmt::format("{:.2g}", row.se) : "0",
            z_text(row)};
}

/// How far off, relative, a number would have to be to fall beyond the bound.
std::optional<double> least_seen(const SelftestResult& result, const SelftestRow& row) {
    if (row.exact == 0 || !(row.se > 0)) return std::nullopt;
    return result.bound * row.se / std::abs(row.exact);
}

std::string grid(const SelftestResult& result) {
    const std::vector<std::string> head{"case",     "quantity",       "exact",
                                        "estimate", "standard error", "z"};
    std::vector<std::size_t> wide;
    for (const auto& word : head) wide.push_back(width(word));
    for (const SelftestRow& row : result.rows) {
        const auto texts = cells(row);
        for (std::size_t i = 0; i < texts.size(); ++i) wide[i] = std::max(wide[i], width(texts[i]));
    }
    const auto line = [&](const std::vector<std::string>& texts) {
        std::string out;
        for (std::size_t i = 0; i < texts.size(); ++i)
            out += (i > 0 ? "   " : "") +
                   (i < 2 ? pad_right(texts[i], wide[i]) : pad_left(texts[i], wide[i]));
        return out;
    };
    std::string out = line(head) + '\n';
    for (const SelftestRow& row : result.rows)
        out += line(cells(row)) + (result.holds(row) ? "" : "   beyond the bound") + '\n';
    return out;
}

std::string verdict_text(const SelftestResult& result) {
    const SelftestRow* worst = nullptr;
    std::size_t hold = 0;
    for (const SelftestRow& row : result.rows) {
        hold += result.holds(row);
        if (worst == nullptr || std::abs(row.z) > std::abs(worst->z)) worst = &row;
    }
    if (worst == nullptr) return "no case was finished";
    std::string out = fmt::format(
        "{} of {} numbers of {} cases hold; the greatest z is {} ({} {}).", hold,
        result.rows.size(), cases_in(result), z_text(*worst), worst->id, worst->quantity);
    if (result.interrupted) out += " Interrupted: cases are missing.";
    return out;
}

std::string bound_text(const SelftestResult& result) {
    return fmt::format(
        "|z| <= {:.2f}: Student's t with {} degrees of freedom (the fewest replications, less one) "
        "at 1 - {:g} / (2 x {}), so that a right program fails one time in {:g} or less, all "
        "numbers together. z = (estimate - exact) / standard error, by jackknife over "
        "replications; what cannot vary must be equal.",
        result.bound, result.least_replications - 1, kFalseAlarm, result.rows.size(),
        1 / kFalseAlarm);
}

/// The power of the whole: a test that cannot fail proves nothing.
std::string power_text(const SelftestResult& result) {
    constexpr std::size_t kNamed = 5;
    std::vector<std::pair<double, const SelftestRow*>> seen;
    for (const SelftestRow& row : result.rows)
        if (const auto least = least_seen(result, row)) seen.emplace_back(*least, &row);
    if (seen.empty()) return {};
    std::stable_sort(seen.begin(), seen.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::string> weakest;
    for (std::size_t i = 0; i < std::min(kNamed, seen.size()); ++i)
        weakest.push_back(fmt::format("{} {} {:.2g} %", seen[i].second->id,
                                      seen[i].second->quantity, 100 * seen[i].first));
    return fmt::format(
        "Half of the numbers that vary would show a fault of {:.2g} % of the exact value. The "
        "weakest show one of: {}.",
        100 * seen[seen.size() / 2].first, listed(weakest));
}

/// "Q02 Wq_p90, Q02 Wq_p95: why", one entry for each reason.
std::vector<std::string> left_out_texts() {
    std::vector<std::pair<std::string_view, std::string>> by_reason;
    for (const LeftOut& one : left_out()) {
        std::string name{one.cases};
        if (one.cases.size() == 1) name = "all " + name;
        if (!one.quantity.empty()) name += " " + std::string{one.quantity};
        const auto known = std::find_if(by_reason.begin(), by_reason.end(),
                                        [&](const auto& entry) { return entry.first == one.why; });
        if (known == by_reason.end())
            by_reason.emplace_back(one.why, name);
        else
            known->second += ", " + name;
    }
    std::vector<std::string> texts;
    for (const auto& [why, names] : by_reason) texts.push_back(names + ": " + std::string{why});
    return texts;
}

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

}  // namespace

std::string selftest_table(const SelftestResult& result, std::size_t columns) {
    std::string out = result.rows.empty() ? "" : grid(result) + '\n';
    out += wrapped(verdict_text(result), columns) + '\n';
    if (result.rows.empty()) return out;
    out += wrapped("Bound: " + bound_text(result), columns, 2) + '\n';
    if (const std::string power = power_text(result); !power.empty())
        out += wrapped("Power: " + power, columns, 2) + '\n';
    out += "Known exactly, but not rerun here:\n";
    for (const std::string& text : left_out_texts()) out += "  " + wrapped(text, columns, 2) + '\n';
    return out;
}

std::string selftest_json(const SelftestResult& result) {
    Json all{{"clinicsim", kVersion},
             {"cases", Json::array()},
             {"bound", result.bound},
             {"false_alarm", kFalseAlarm},
             {"least_replications", result.least_replications},
             {"all_hold", result.all_hold()},
             {"left_out", left_out_texts()}};
    if (result.interrupted) all["interrupted"] = true;
    for (const SelftestRow& row : result.rows)
        all["cases"].push_back({{"case", row.id},
                                {"variant", row.variant},
                                {"quantity", row.quantity},
                                {"exact", row.exact},
                                {"estimate", number(row.estimate)},
                                {"se", number(row.se)},
                                {"z", row.z},
                                {"n", row.replications},
                                {"holds", result.holds(row)}});
    return json_text(all);
}

}  // namespace clinicsim::report
