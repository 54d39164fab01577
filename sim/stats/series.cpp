#include "clinicsim/stats/series.hpp"

#include <numeric>
#include <vector>

#include "clinicsim/base/check.hpp"

namespace clinicsim {

namespace {

double mean_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

Estimate batch_means(std::span<const double> series, std::size_t batches) {
    CLINICSIM_CHECK(batches > 0, "there is a batch");
    const std::size_t length = series.size() / batches;
    if (length == 0) return {};
    std::vector<std::optional<double>> means;
    for (std::size_t b = 0; b < batches; ++b)
        means.emplace_back(mean_of(series.subspan(b * length, length)));
    return student_estimate(means);
}

std::optional<WarmUp> mser5(std::span<const double> series) {
    std::vector<double> fives;
    for (std::size_t first = 0; first + 5 <= series.size(); first += 5)
        fives.push_back(mean_of(series.subspan(first, 5)));
    if (fives.size() < 2) return std::nullopt;

    // Welford (1962) from the end, so that every deletion costs one step
    const std::size_t most = fives.size() / 2;
    double mean = 0, squares = 0, count = 0;
    std::optional<WarmUp> best;
    for (std::size_t deleted = fives.size(); deleted-- > 0;) {
        const double delta = fives[deleted] - mean;
        mean += delta / ++count;
        squares += delta * (fives[deleted] - mean);
        const double mser = squares / (count * count);
        if (deleted <= most && (!best || mser <= best->mser))
            best = WarmUp{5 * deleted, mser, mean, deleted == most};
    }
    return best;
}

std::optional<double> lag1_correlation(std::span<const double> series) {
    if (series.size() < 2) return std::nullopt;
    const double mean = mean_of(series);
    double squares = 0, products = 0;
    for (std::size_t i = 0; i < series.size(); ++i) {
        squares += (series[i] - mean) * (series[i] - mean);
        if (i > 0) products += (series[i] - mean) * (series[i - 1] - mean);
    }
    if (squares == 0) return std::nullopt;
    return products / squares;
}

}  // namespace clinicsim
