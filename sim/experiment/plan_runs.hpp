// The runs of a plan: kept by choice, policy and block of replications, so that none is done twice.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "clinicsim/clinic/opening_hours.hpp"
#include "clinicsim/experiment/plan.hpp"
#include "clinicsim/observe/tallies.hpp"

namespace clinicsim::planning {

/// Which replications: their numbers never overlap.
enum class Block : std::uint8_t { search, confirm, select };
constexpr std::uint32_t first_of(Block block) {
    return block == Block::search    ? 0
           : block == Block::confirm ? kFirstConfirming
                                     : kFirstSelecting;
}

/// Not among the choices: the scenario without limits.
constexpr std::size_t kUnlimited = ~std::size_t{0};

/// A metric by its place: among metric_rows(), or behind them those of the clinic's staff, group by
/// group. Nothing where there is no such name or group.
std::optional<std::size_t> plan_metric(const ClinicPlan& clinic, const std::string& name);
MetricKind kind_of_plan_metric(const ClinicPlan& clinic, std::size_t metric);

struct Ask {
    std::size_t choice;
    std::size_t policy;          // into the scenario's policies
    std::uint32_t replications;  // wanted in all
    Block block = Block::search;
};

class PlanRuns {
  public:
    /// `overrides_of(choice)` are the values of a choice; `scenario` must outlive this.
    PlanRuns(const Scenario& scenario, ReadChoice read,
             std::function<std::vector<Override>(std::size_t)> overrides_of,
             const PlanOptions& options, const Simulate& simulate_one);
    ~PlanRuns();

    /// Runs what is missing; false where it was stopped before the end, and then the first
    /// replications of every ask are there.
    bool run(const std::vector<Ask>& asks);

    /// [replication][metric], in the order of replications.
    const std::vector<std::vector<MetricSample>>& samples(const Ask& ask) const;
    MetricKind kind_of(std::size_t metric) const {
        return kind_of_plan_metric(scenario_.model.clinic, metric);
    }
    Estimate estimate_of(const Ask& ask, std::size_t metric) const;
    const Scenario& scenario(std::size_t choice);
    /// One that is no choice of the plan; its number among the runs.
    std::size_t add(Scenario scenario);
    /// Also runs the same patients without limits, for metrics that are a difference to them.
    void run_twins() { twins_ = true; }

    std::uint64_t done() const { return done_; }
    std::uint32_t done_for(std::size_t policy) const;
    void set_budget(std::uint64_t budget) { budget_ = budget; }
    std::uint64_t left() const { return budget_ > done_ ? budget_ - done_ : 0; }
    bool stopped() const { return options_.stop != nullptr && options_.stop->load(); }

  private:
    struct Choice;
    using Key = std::tuple<std::size_t, std::size_t, Block>;
    static Key key_of(const Ask& ask) { return {ask.choice, ask.policy, ask.block}; }
    const Choice& choice(std::size_t number);
    std::vector<MetricSample> run_one(const Choice& choice, std::size_t policy,
                                      std::uint32_t number) const;

    const Scenario& scenario_;
    ReadChoice read_;
    std::function<std::vector<Override>(std::size_t)> overrides_of_;
    const PlanOptions& options_;
    const Simulate& simulate_one_;
    std::map<std::size_t, std::unique_ptr<Choice>> choices_;
    std::map<Key, std::vector<std::vector<MetricSample>>> samples_;
    std::uint64_t budget_ = 0, done_ = 0;
    std::size_t added_ = 0;
    bool twins_ = false;
};

}  // namespace clinicsim::planning
