// A scenario as the program understands it: typed, checked, complete. `read_scenario` is the only
// way to get one; it gives a scenario or diagnostics, never half of one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clinicsim/base/diagnostic.hpp"
#include "clinicsim/clinic/model.hpp"

namespace clinicsim {

/// A bound on a metric, or an interval it should lie in, in the metric's own unit.
struct Target {
    std::string text;  // as written: "wait_days_rescue.p95 <= 7 days"
    std::string metric;
    double lowest, highest;             // -inf or +inf where there is no bound
    std::vector<std::string> policies;  // names; empty: all
    bool expect_missed = false;
    std::string because;  // the reason of expect: missed
    bool operator==(const Target&) const = default;
};

/// Sizes checked before the start; a scenario or an option may raise them.
struct Limits {
    double patients = 5e6;  // expected per replication
    double events = 2e10;   // expected in all
    std::uint32_t replications = 100'000;
    bool operator==(const Limits&) const = default;
};

struct Scenario {
    std::string title;
    std::string file;       // its name without folders
    std::string sha256;     // of `resolved`
    std::string resolved;   // canonical JSON text after extends, defaults and --set
    Span warm_up, horizon;  // as written
    std::uint32_t replications = 20;
    std::vector<std::string> groups;  // "condition", "severity": results split by these
    Model model;
    std::vector<PolicyModel> policies;    // in the order of the file
    std::optional<std::size_t> baseline;  // into policies
    std::vector<Target> targets;
    Limits limits;
};

/// One --set path=value.
struct Override {
    std::string path, value;
};

struct ReadResult {
    std::optional<Scenario> scenario;  // none when `diagnostics` has errors
    Diagnostics diagnostics;           // sorted; warnings may come with a scenario
    bool unreadable = false;           // the file (or one it extends) could not be opened
};

/// Reads a scenario file, with what it extends, and `overrides` on top, as strictly as can be.
ReadResult read_scenario(const std::string& path, const std::vector<Override>& overrides = {});
/// The same from text; `name` stands for the file in diagnostics, extends and CSV files are looked
/// for in `folder`.
ReadResult read_scenario_text(const std::string& text, const std::string& name,
                              const std::string& folder,
                              const std::vector<Override>& overrides = {});

}  // namespace clinicsim
