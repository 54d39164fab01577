#include "clinicsim/stats/variance_split.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "clinicsim/stats/interval.hpp"

namespace clinicsim {

std::optional<VarianceSplit> variance_split(std::span<const std::optional<double>> replications,
                                            std::size_t sets) {
    struct Set {
        double n = 0, sum = 0;
    };
    std::vector<Set> all(sets);
    double n = 0, sum = 0;
    for (std::size_t r = 0; r < replications.size(); ++r)
        if (const auto& value = replications[r]; value && sets > 0) {
            all[r % sets].n += 1;
            all[r % sets].sum += *value;
            n += 1;
            sum += *value;
        }
    std::erase_if(all, [](const Set& set) { return set.n == 0; });
    const auto met = static_cast<double>(all.size());
    if (all.size() < 2 || n <= met) return std::nullopt;

    VarianceSplit split;
    split.sets = all.size();
    split.mean = sum / n;
    double between = 0, squares_of_n = 0, other = 0;
    for (const Set& set : all) {
        const double own = set.sum / set.n;
        between += set.n * (own - split.mean) * (own - split.mean);
        squares_of_n += set.n * set.n;
        other += own * split.mean < 0 ? 1 : 0;
    }
    // values about their set's mean, in a second pass: no difference of large squares
    std::vector<Set> of_set(sets);
    for (std::size_t r = 0; r < replications.size(); ++r)
        if (replications[r]) of_set[r % sets].n += 1, of_set[r % sets].sum += *replications[r];
    double within = 0;
    for (std::size_t r = 0; r < replications.size(); ++r)
        if (replications[r]) {
            const double off = *replications[r] - of_set[r % sets].sum / of_set[r % sets].n;
            within += off * off;
        }
    const double of_chance = within / (n - met), of_means = between / (met - 1);
    const double usual_size = (n - squares_of_n / n) / (met - 1);
    const double of_sets = std::max(0.0, (of_means - of_chance) / usual_size);
    split.sd_chance = std::sqrt(of_chance);
    split.sd_sets = std::sqrt(of_sets);
    split.half_chance = student_quantile(0.975, n - met) * std::sqrt(of_chance / n);
    split.half_sets = standard_normal_quantile(0.975) * split.sd_sets;
    split.half_whole = std::hypot(split.half_chance, split.half_sets);
    split.share_other_sign = other / met;
    const double whole = split.half_whole * split.half_whole;
    split.share_chance = whole > 0 ? split.half_chance * split.half_chance / whole : 0;
    return split;
}

std::vector<double> without_chance(std::span<const double> of_sets, const VarianceSplit& split,
                                   double replications) {
    const double of_the_sets = split.sd_sets * split.sd_sets;
    const double seen = of_the_sets + split.sd_chance * split.sd_chance / replications;
    const double kept = seen > 0 ? std::sqrt(of_the_sets / seen) : 1;
    const double mean =
        std::accumulate(of_sets.begin(), of_sets.end(), 0.0) / static_cast<double>(of_sets.size());
    std::vector<double> result;
    for (const double own : of_sets) result.push_back(mean + kept * (own - mean));
    return result;
}

}  // namespace clinicsim
