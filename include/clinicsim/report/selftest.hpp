// What `clinicsim selftest` prints: every number that is known exactly beside its estimate.
#pragma once

#include <cstddef>
#include <string>

#include "clinicsim/experiment/selftest.hpp"

namespace clinicsim::report {

/// A row per number, then how many hold, the bound with its derivation, what a fault must amount to
/// so that it is seen, and what is not rerun here. Lines of at most about `columns`; rows are not
/// broken.
std::string selftest_table(const SelftestResult& result, std::size_t columns);

/// {"cases": [{case, quantity, exact, estimate, se, z, …}], "bound": …}; z is a number in every
/// row, 0 where a number without chance is right.
std::string selftest_json(const SelftestResult& result);

}  // namespace clinicsim::report
