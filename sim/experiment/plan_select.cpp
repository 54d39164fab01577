#include "plan_select.hpp"

#include <algorithm>
#include <cmath>

#include "clinicsim/stats/selection.hpp"

namespace clinicsim::planning {

namespace {

constexpr std::uint32_t kBatch = 10;         // the first stage of KN, and every batch after it
constexpr double kUsualIndifference = 0.02;  // of the best choice's metric, as the search saw it

double usual_indifference(const PlanRuns& runs, const Asked& asked,
                          const std::vector<std::size_t>& among, bool smaller_is_better) {
    std::optional<double> best;
    for (const std::size_t choice : among) {
        const auto mean =
            runs.estimate_of({choice, asked.policy, 0, Block::search}, *asked.goal).mean;
        if (mean && (!best || (smaller_is_better ? *mean < *best : *mean > *best))) best = *mean;
    }
    const double size = std::abs(best.value_or(0));
    return size > 0 ? kUsualIndifference * size : kUsualIndifference;
}

}  // namespace

std::optional<Selected> select(PlanRuns& runs, const Asked& asked,
                               const std::vector<std::size_t>& among, bool smaller_is_better,
                               std::optional<double> indifference, double alpha) {
    Selected result;
    result.alpha = alpha;
    result.indifference =
        indifference.value_or(usual_indifference(runs, asked, among, smaller_is_better));
    KimNelson procedure{{.configurations = among.size(),
                         .first_stage = kBatch,
                         .alpha = alpha,
                         .indifference = result.indifference,
                         .smaller_is_better = smaller_is_better}};
    const auto ask_for = [&](std::size_t i, std::uint32_t replications) {
        return Ask{among[i], asked.policy, replications, Block::select};
    };
    for (std::uint32_t wanted = kBatch; !procedure.winner(); wanted += kBatch) {
        std::vector<Ask> asks;
        for (const std::size_t i : procedure.survivors()) asks.push_back(ask_for(i, wanted));
        if (asks.size() * kBatch > runs.left()) break;
        if (!runs.run(asks)) return std::nullopt;
        for (std::uint32_t r = wanted - kBatch; r < wanted && !procedure.winner(); ++r) {
            std::vector<double> replication(among.size());
            for (const std::size_t i : procedure.survivors())
                // who has nothing to observe in a replication is not seen to be better by it
                replication[i] = runs.samples(ask_for(i, 0))[r][*asked.goal].value().value_or(0);
            procedure.add(replication);
        }
    }
    result.sure = procedure.winner().has_value();
    const auto mean = [&](std::size_t i) {
        const auto selected = runs.estimate_of(ask_for(i, 0), *asked.goal).mean;
        return selected
                   ? selected
                   : runs.estimate_of({among[i], asked.policy, 0, Block::search}, *asked.goal).mean;
    };
    std::size_t best = procedure.survivors().front();
    for (const std::size_t i : procedure.survivors()) {
        result.as_good.push_back(among[i]);
        const auto a = mean(i), b = mean(best);
        if (a && b && (smaller_is_better ? *a < *b : *a > *b)) best = i;
    }
    result.choice = among[best];
    return result;
}

}  // namespace clinicsim::planning
