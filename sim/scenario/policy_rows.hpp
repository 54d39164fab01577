// One row per kind of policy: all that reader, explain and schema know of it. The keys themselves
// have their rows in kPolicySection.
#pragma once

#include <span>
#include <string_view>

#include "clinicsim/care/policy.hpp"
#include "draft.hpp"
#include "reader.hpp"

namespace clinicsim::reading {

struct PolicyRow {
    std::string_view name, summary;
    std::string_view example;                   // a YAML mapping that must load
    std::span<const std::string_view> markers;  // any of these keys chooses the row
    std::span<const std::string_view> keys;     // what goes with them
    // null: by_group, which needs other policies
    void (*read)(const Draft& draft, MapReader& map, Policy& policy);
};

std::span<const PolicyRow> policy_rows();
/// The row that the mapping's keys choose ("none" without any marker); nothing, and a fault, where
/// they choose several. Keys that do not go with the row are reported.
const PolicyRow* choose_policy_row(MapReader& map);
/// The row of a policy that was read.
std::string_view kind_of(const PolicyChoice& choice);

}  // namespace clinicsim::reading
