#include "plan_runs.hpp"

#include <algorithm>
#include <mutex>
#include <thread>

#include "clinicsim/base/check.hpp"
#include "clinicsim/experiment/fold.hpp"
#include "clinicsim/experiment/workers.hpp"
#include "clinicsim/observe/run_observer.hpp"

namespace clinicsim::planning {

struct PlanRuns::Choice {
    explicit Choice(Scenario read)
        : scenario{std::move(read)},
          open{scenario.model.clinic.open, scenario.model.dates, scenario.model.end} {}
    Scenario scenario;
    OpeningHours open;
};

PlanRuns::PlanRuns(ReadChoice read, std::function<std::vector<Override>(std::size_t)> overrides_of,
                   const PlanOptions& options, const Simulate& simulate_one)
    : read_{std::move(read)},
      overrides_of_{std::move(overrides_of)},
      options_{options},
      simulate_one_{simulate_one} {}
PlanRuns::~PlanRuns() = default;

PlanRuns::Choice* PlanRuns::choice(std::size_t number) {
    const auto known = choices_.find(number);
    if (known != choices_.end()) return known->second.get();
    std::optional<Scenario> scenario = read_(overrides_of_(number));
    return (choices_[number] = scenario ? std::make_unique<Choice>(std::move(*scenario)) : nullptr)
        .get();
}

const Scenario* PlanRuns::scenario(std::size_t number) {
    const Choice* found = choice(number);
    return found != nullptr ? &found->scenario : nullptr;
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
            const Choice* one = choice(number);
            CLINICSIM_CHECK(one != nullptr, "what cannot be read is not asked for");
            items.push_back({one, policy, first_of(block) + r, &kept[r], key});
        }

    std::mutex mutex;
    const unsigned threads =
        options_.threads > 0 ? options_.threads : std::max(1u, std::thread::hardware_concurrency());
    const std::size_t done = do_items(
        items.size(), threads, options_.stop,
        [&](std::size_t i) {
            const Item& item = items[i];
            const Scenario& scenario = item.choice->scenario;
            const PolicyModel& policy = scenario.policies[item.policy];
            RunObserver observer{scenario.model, policy, item.choice->open};
            const RunCount count = simulate_one_(scenario.model, policy, item.number, observer);
            *item.result = outcome_of(observer.finish(), {}, count).everybody;
            const std::scoped_lock lock{mutex};
            events_ += count.events;
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
    std::vector<MetricSample> column;
    for (const auto& replication : samples(ask)) column.push_back(replication[metric]);
    return estimate(metric_rows()[metric].kind, column);
}

std::uint32_t PlanRuns::done_for(std::size_t policy) const {
    std::size_t runs = 0;
    for (const auto& [key, kept] : samples_)
        if (std::get<1>(key) == policy) runs += kept.size();
    return static_cast<std::uint32_t>(runs);
}

}  // namespace clinicsim::planning
