// Where every replication takes one of several parameter sets in turn: how much of the spread
// between replications is chance (other patients) and how much is that the sets differ.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace clinicsim {

struct VarianceSplit {
    double mean = 0;
    std::size_t sets = 0;    // that were met
    double sd_chance = 0;    // between replications of one set
    double sd_sets = 0;      // between sets, chance taken off; 0 where chance explains it all
    double half_chance = 0;  // 95 % half-width of the mean by chance: shrinks with replications
    double half_sets = 0;    // 1.96 x sd_sets: does not
    double half_whole = 0;   // both together
    double share_other_sign = 0;  // of the sets whose own mean has the other sign than `mean`,
                                  // what chance puts there included
    double share_chance = 0;      // of half_whole squared, the part that is chance
};

/// One-way analysis of variance with random effects (Searle, Casella and McCulloch 1992, section
/// 3.6, sets of unequal size): replication r belongs to set r modulo `sets`. Replications without a
/// value are left out. Nothing where fewer than two sets have been met, or none twice.
std::optional<VarianceSplit> variance_split(std::span<const std::optional<double>> replications,
                                            std::size_t sets);

/// The sets' own means, of `replications` each, as they spread without chance: all are drawn
/// towards their mean until their variance is that of the sets alone (Louis 1984, J Am Stat Assoc
/// 79:393). No single one is known better for it; quantiles over the sets, and shares of them, are.
std::vector<double> without_chance(std::span<const double> of_sets, const VarianceSplit& split,
                                   double replications);

}  // namespace clinicsim
