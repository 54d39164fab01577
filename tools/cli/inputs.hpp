// What commands need of a scenario: read, checked, with the names on the command line found in it.
#pragma once

#include <string>
#include <vector>

#include "clinicsim/scenario/scenario.hpp"
#include "request.hpp"

namespace clinicsim::cli {

/// The scenario with the overrides of the command line on top, or nothing and the exit code. All
/// diagnostics go to standard error.
struct Loaded {
    std::optional<Scenario> scenario;
    int exit_code = 0;
};
Loaded load(const std::string& file, const Request& request);

/// Indices of the policies that the command line names, in the order of the scenario; a Failure
/// where it names one that is not there.
std::vector<std::size_t> selected_policies(const Scenario& scenario, const Request& request);
/// Their names.
std::vector<std::string> policy_names(const Scenario& scenario,
                                      const std::vector<std::size_t>& selected);

}  // namespace clinicsim::cli
