// One long run instead of many replications: warm-up, batches, autocorrelation.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "clinicsim/stats/interval.hpp"

namespace clinicsim {

/// Mean and Student's interval from the means of `batches` (>= 1) equally long batches; n counts
/// the batches. What is left over at the end of the series after the last full batch is not used;
/// nothing where there are fewer observations than batches.
Estimate batch_means(std::span<const double> series, std::size_t batches);

/// Where the warm-up ends by MSER-5 (White 1997).
struct WarmUp {
    std::size_t observations;  // to delete at the start: a multiple of 5
    double mser;               // squared standard error of the mean of the rest
    double mean;               // of the rest
    /// The minimum lies at the last allowed place: the series is too short to tell.
    bool too_short;
};

/// Means of five, deleted as long as that narrows the interval of the mean of the rest, at most the
/// first half. Nothing under ten observations.
std::optional<WarmUp> mser5(std::span<const double> series);

/// Correlation of neighbours, sum of products about the mean / sum of squares about the mean.
/// Nothing under two observations or where all are equal.
std::optional<double> lag1_correlation(std::span<const double> series);

}  // namespace clinicsim
