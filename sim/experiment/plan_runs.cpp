#include "plan_runs.hpp"

#include <algorithm>
#include <thread>

#include "clinicsim/clinic/sites.hpp"
#include "clinicsim/experiment/fold.hpp"
#include "clinicsim/experiment/workers.hpp"
#include "clinicsim/observe/chair_metrics.hpp"
#include "clinicsim/observe/run_observer.hpp"
#include "clinicsim/observe/staff_metrics.hpp"

namespace clinicsim::planning {

std::optional<std::size_t> plan_metric(const ClinicPlan& clinic, const std::string& name) {
    if (const auto at = metric_index(name)) return at;
    std::size_t before = metric_rows().size();
    const auto find = [&](const std::vector<Part>& parts, std::size_t rows,
                          const auto& named) -> std::optional<std::size_t> {
        for (std::size_t part = 0; named && part < parts.size(); ++part)
            if (parts[part].name == named->second) return before + part * rows + named->first;
        before += parts.size() * rows;
        return std::nullopt;
    };
    const auto staff = find(staff_parts(clinic), staff_metric_rows().size(), staff_metric(name));
    return staff ? staff
                 : find(chair_parts(clinic), chair_metric_rows().size(), chair_metric(name));
}

MetricKind kind_of_plan_metric(const ClinicPlan& clinic, std::size_t metric) {
    const std::size_t of_staff = metric_rows().size();
    if (metric < of_staff) return metric_rows()[metric].kind;
    const std::size_t rows = staff_metric_rows().size();
    const std::size_t of_chairs = of_staff + staff_parts(clinic).size() * rows;
    if (metric < of_chairs) return staff_metric_rows()[(metric - of_staff) % rows].kind;
    return chair_metric_rows()[(metric - of_chairs) % chair_metric_rows().size()].kind;
}

namespace {

/// In the order of plan_metric().
std::vector<MetricSample> samples_of(Outcome outcome) {
    std::vector<MetricSample> samples = std::move(outcome.everybody);
    for (const auto* parts : {&outcome.staff, &outcome.chairs})
        for (const auto& part : *parts) samples.insert(samples.end(), part.begin(), part.end());
    return samples;
}

}  // namespace

struct PlanRuns::Choice {
    explicit Choice(Scenario read)
        : scenario{std::move(read)},
          free{without_limits(scenario.model)},
          open{opening_hours(scenario.model.clinic, scenario.model.dates, scenario.model.end)} {}
    Scenario scenario;
    Model free;
    SiteHours open;
};

PlanRuns::PlanRuns(const Scenario& scenario, ReadChoice read,
                   std::function<std::vector<Override>(std::size_t)> overrides_of,
                   const PlanOptions& options, const Simulate& simulate_one)
    : scenario_{scenario},
      read_{std::move(read)},
      overrides_of_{std::move(overrides_of)},
      options_{options},
      simulate_one_{simulate_one} {}
PlanRuns::~PlanRuns() = default;

const PlanRuns::Choice& PlanRuns::choice(std::size_t number) {
    auto& kept = choices_[number];
    if (kept) return *kept;
    Scenario scenario = number == kUnlimited ? scenario_ : read_(overrides_of_(number));
    if (number == kUnlimited) scenario.model = without_limits(scenario.model);
    kept = std::make_unique<Choice>(std::move(scenario));
    return *kept;
}

const Scenario& PlanRuns::scenario(std::size_t number) { return choice(number).scenario; }

std::size_t PlanRuns::add(Scenario scenario) {
    const std::size_t number = kUnlimited - ++added_;
    choices_[number] = std::make_unique<Choice>(std::move(scenario));
    return number;
}

std::vector<MetricSample> PlanRuns::run_one(const Choice& choice, std::size_t policy,
                                            std::uint32_t number) const {
    const auto tallies_of = [&](const Model& model, RunCount& count) {
        RunObserver observer{model, choice.scenario.policies[policy], choice.open};
        count = simulate_one_(model, choice.scenario.policies[policy], number, observer);
        return observer.finish();
    };
    RunCount count;
    const RunTallies here = tallies_of(choice.scenario.model, count);
    if (!twins_) return samples_of(outcome_of(choice.scenario.model, here, nullptr, {}, count));
    const RunTallies free = tallies_of(choice.free, count);
    return samples_of(outcome_of(choice.scenario.model, here, &free, {}, count));
}

bool PlanRuns::run(const std::vector<Ask>& asks) {
    struct Item {
        const Choice* choice;
        std::size_t policy;
        std::uint32_t number;  // of the replication
        std::vector<MetricSample>* result;
        Key key;
    };
    std::vector<Item> items;
    std::map<Key, std::uint32_t> before;
    std::uint32_t most = 0;
    for (const Ask& ask : asks) {
        auto& kept = samples_[key_of(ask)];
        before.emplace(key_of(ask), static_cast<std::uint32_t>(kept.size()));
        if (kept.size() < ask.replications) kept.resize(ask.replications);
        most = std::max(most, ask.replications);
    }
    // all asks of a replication before the next: an interruption leaves whole ones
    for (std::uint32_t r = 0; r < most; ++r)
        for (const auto& [key, first] : before) {
            auto& kept = samples_[key];
            const auto& [number, policy, block] = key;
            if (r < first || r >= kept.size()) continue;
            items.push_back({&choice(number), policy, first_of(block) + r, &kept[r], key});
        }

    const unsigned threads =
        options_.threads > 0 ? options_.threads : std::max(1u, std::thread::hardware_concurrency());
    const std::size_t done = do_items(
        items.size(), threads, options_.stop,
        [&](std::size_t i) {
            const Item& item = items[i];
            *item.result = run_one(*item.choice, item.policy, item.number);
        },
        [&](std::size_t now_done) {
            if (options_.progress)
                options_.progress(done_ + now_done, std::max(budget_, done_ + now_done));
        });
    done_ += done;
    if (done == items.size()) return true;
    std::map<Key, std::uint32_t> finished = before;
    for (std::size_t i = 0; i < done; ++i) ++finished[items[i].key];
    for (const auto& [key, count] : finished) samples_[key].resize(count);
    return false;
}

const std::vector<std::vector<MetricSample>>& PlanRuns::samples(const Ask& ask) const {
    static const std::vector<std::vector<MetricSample>> kNone;
    const auto found = samples_.find(key_of(ask));
    return found == samples_.end() ? kNone : found->second;
}

Estimate PlanRuns::estimate_of(const Ask& ask, std::size_t metric) const {
    const auto& replications = samples(ask);
    if (replications.empty()) return {};
    // a clinic without limits has no staff
    const MetricColumn column = [&](std::size_t of) {
        std::vector<MetricSample> result;
        for (const auto& replication : replications)
            result.push_back(of < replication.size() ? replication[of] : MetricSample{});
        return result;
    };
    const Scenario& here = choices_.at(ask.choice)->scenario;
    const Setting setting{here.model, here.policies[ask.policy]};
    const std::size_t of_staff = metric_rows().size();
    if (metric < of_staff) return estimate_of_row(metric, column, setting);
    const std::size_t rows = staff_metric_rows().size();
    const std::size_t of_chairs = of_staff + staff_parts(scenario_.model.clinic).size() * rows;
    if (metric < of_chairs)
        return estimate_of_part(staff_metric_rows()[(metric - of_staff) % rows], column(metric),
                                setting);
    return estimate_of_part(chair_metric_rows()[(metric - of_chairs) % chair_metric_rows().size()],
                            column(metric), setting);
}

std::uint32_t PlanRuns::done_for(std::size_t policy) const {
    std::size_t runs = 0;
    for (const auto& [key, kept] : samples_)
        if (std::get<1>(key) == policy) runs += kept.size();
    return static_cast<std::uint32_t>(runs);
}

}  // namespace clinicsim::planning
