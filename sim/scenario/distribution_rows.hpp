// One row per distribution: all that reader, explain and schema know of it.
#pragma once

#include <span>
#include <string_view>

#include "clinicsim/random/distribution.hpp"
#include "reader.hpp"

namespace clinicsim::reading {

/// What a distribution's numbers are: durations with units (ticks), or plain numbers.
enum class Quantity : std::uint8_t { duration, plain };

struct DistributionRow {
    std::string_view name;
    std::string_view type;  // of the value under its name
    std::string_view summary;
    std::string_view example, plain_example;  // of durations, of plain numbers
    const Section* section;                   // its parameters; null where it has none
    Distribution (*read)(const Value& value, Quantity quantity);
};

std::span<const DistributionRow> distribution_rows();
const DistributionRow* distribution_row(std::string_view name);

/// The sections of the distribution mapping itself and of each distribution's parameters.
extern const Section kDistributionSection;
std::span<const Section* const> distribution_sections();

/// A plain quantity (constant), or a mapping with one key, the distribution's name. What it returns
/// has passed its validity check, or a fault was reported.
Distribution read_distribution(const Value& value, Quantity quantity = Quantity::duration);

}  // namespace clinicsim::reading
