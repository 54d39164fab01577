#include "clinicsim/experiment/selftest.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "clinicsim/base/check.hpp"
#include "clinicsim/experiment/run.hpp"
#include "clinicsim/experiment/workers.hpp"
#include "clinicsim/scenario/scenario.hpp"

namespace clinicsim {

namespace {

constexpr std::uint32_t kThorough = 10;
/// What doubles lose on the way from whole ticks to a share or a rate, relative.
constexpr double kRounding = 1e-12;

/// A seed for each case, so that cases do not fail together, whatever others there are (FNV-1a,
/// Fowler, Noll and Vo 1991).
std::uint64_t seed_of(const ExactCase& one, std::uint64_t seed) {
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : one.id + '/' + one.variant + '/' + one.policy + '/' + std::to_string(seed))
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return hash >> 16;
}

bool is_named(const ExactCase& one, const std::string& name) {
    return one.id == name || (name.size() == 1 && one.id[0] == name[0]);
}

std::vector<const ExactCase*> selected(const std::vector<ExactCase>& cases,
                                       const std::vector<std::string>& names) {
    for (const std::string& name : names)
        if (std::none_of(cases.begin(), cases.end(),
                         [&](const ExactCase& one) { return is_named(one, name); }))
            throw UnknownCase{"no exact case is called '" + name + "'"};
    std::vector<const ExactCase*> result;
    for (const ExactCase& one : cases)
        if (names.empty() || std::any_of(names.begin(), names.end(), [&](const std::string& name) {
                return is_named(one, name);
            }))
            result.push_back(&one);
    return result;
}

Scenario read(const ExactCase& one, const SelftestOptions& options) {
    const auto with = [&](const std::vector<Override>& overrides) {
        ReadResult read = read_scenario_text(one.scenario, one.id, "", overrides);
        CLINICSIM_CHECK(
            read.scenario.has_value(),
            one.id + ": " + (read.diagnostics.empty() ? "" : read.diagnostics.front().message));
        return std::move(*read.scenario);
    };
    std::vector<Override> overrides{{"run.seed", std::to_string(seed_of(one, options.seed))}};
    if (options.thorough)
        overrides.push_back(
            {"run.replications", std::to_string(kThorough * with({}).replications)});
    return with(overrides);
}

double z_of(const ExactValue& value, double estimate, double se) {
    const double off = estimate - value.exact;
    const double rounding = kRounding * std::abs(value.exact);
    if (value.certain || se <= rounding)
        return std::abs(off) <= rounding && se <= rounding ? 0
                                                           : std::copysign(kCertainlyWrong, off);
    if (std::abs(off) <= value.resolution) return 0;
    return std::copysign(std::abs(off) - value.resolution, off) / se;
}

SelftestRow judged(const ExactCase& one, const ExactValue& value, const PolicyResult& found,
                   double days) {
    std::vector<Ratio> replications;
    for (const auto& samples : found.samples) replications.push_back(value.of({samples, days}));
    const Estimate all = ratio_estimate(replications);
    SelftestRow row{one.id, one.variant, value.quantity, value.exact};
    row.replications = all.n;
    if (!all.mean || !all.sd) {
        row.estimate = std::numeric_limits<double>::quiet_NaN();
        row.z = kCertainlyWrong;
        return row;
    }
    row.estimate = *all.mean;
    row.se = *all.sd / std::sqrt(static_cast<double>(all.n));
    row.z = z_of(value, row.estimate, row.se);
    return row;
}

/// Nothing where it was interrupted.
std::vector<SelftestRow> rows_of(const ExactCase& one, const SelftestOptions& options) {
    const Scenario scenario = read(one, options);
    RunOptions run;
    run.policies = {one.policy};
    run.threads = 1;  // cases run side by side instead
    run.stop = options.stop;
    const Comparison found = run_comparison(scenario, run);
    if (found.interrupted) return {};
    std::vector<SelftestRow> rows;
    for (const ExactValue& value : one.values)
        rows.push_back(judged(one, value, found.policies.front(), found.horizon_days));
    return rows;
}

}  // namespace

double Observed::top(std::string_view metric) const {
    const auto index = metric_index(metric);
    CLINICSIM_CHECK(index.has_value(), "exact cases name metrics that exist");
    const MetricSample& sample = samples_[*index];
    return sample.exists ? sample.numerator : 0;
}

double Observed::bottom(std::string_view metric) const {
    const auto index = metric_index(metric);
    CLINICSIM_CHECK(index.has_value(), "exact cases name metrics that exist");
    const MetricSample& sample = samples_[*index];
    return sample.exists ? sample.denominator : 0;
}

bool SelftestResult::holds(const SelftestRow& row) const {
    return std::abs(row.z) <= bound && std::abs(row.z) < kCertainlyWrong;
}

bool SelftestResult::all_hold() const {
    return std::all_of(rows.begin(), rows.end(),
                       [this](const SelftestRow& row) { return holds(row); });
}

double selftest_bound(std::size_t numbers, std::size_t replications) {
    CLINICSIM_CHECK(numbers >= 1 && replications >= 2, "there is something to bound");
    return student_quantile(1 - kFalseAlarm / (2 * static_cast<double>(numbers)),
                            static_cast<double>(replications - 1));
}

SelftestResult run_selftest(const std::vector<ExactCase>& cases, const SelftestOptions& options) {
    const std::vector<const ExactCase*> chosen = selected(cases, options.cases);
    std::vector<std::vector<SelftestRow>> found(chosen.size());
    const std::size_t done = do_items(
        chosen.size(), options.threads, options.stop,
        [&](std::size_t item) { found[item] = rows_of(*chosen[item], options); },
        [&](std::size_t now_done) {
            if (options.progress) options.progress(now_done, chosen.size());
        });
    SelftestResult result;
    result.interrupted = done < chosen.size();
    for (std::size_t item = 0; item < done; ++item) {
        result.interrupted = result.interrupted || found[item].empty();
        result.rows.insert(result.rows.end(), found[item].begin(), found[item].end());
    }
    for (const SelftestRow& row : result.rows)
        if (row.replications >= 2 &&
            (result.least_replications == 0 || row.replications < result.least_replications))
            result.least_replications = row.replications;
    if (result.least_replications > 0)
        result.bound = selftest_bound(result.rows.size(), result.least_replications);
    return result;
}

}  // namespace clinicsim
