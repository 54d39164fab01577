// A scenario as the program understands it: typed, checked, complete. `read_scenario` is the only
// way to get one; it gives a scenario or diagnostics, never half of one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clinicsim/base/diagnostic.hpp"
#include "clinicsim/care/study.hpp"
#include "clinicsim/clinic/model.hpp"

namespace clinicsim {

/// What a published number can say about the model. Only `held_out` is a test of it: `fitted` is in
/// the calibration, `tuned` was met by choosing a value of this very file, `input` is what the file
/// was told.
enum class TargetStanding : std::uint8_t { held_out, fitted, tuned, input };
constexpr std::size_t kTargetStandings = 4;
constexpr const char* name(TargetStanding standing) {
    constexpr const char* kNames[kTargetStandings]{"held_out", "fitted", "tuned", "input"};
    return kNames[static_cast<std::size_t>(standing)];
}

/// The number that a target stands for, as it was published.
struct Published {
    std::optional<double> value;      // in the metric's unit
    std::optional<double> low, high;  // its own 95 % interval; both or neither
    std::optional<std::uint32_t> patients;
    std::string derived;  // how it was got from what was published; empty: as it stands there
    std::string source;
    TargetStanding standing = TargetStanding::held_out;
    bool operator==(const Published&) const = default;
};

/// A bound on a metric, or an interval it should lie in, in the metric's own unit.
struct Target {
    std::string text;  // as written: "wait_days_rescue.p95 <= 7 days"
    std::string metric;
    double lowest = 0, highest = 0;     // -inf or +inf where there is no bound
    std::vector<std::string> policies;  // names; empty: all
    bool expect_missed = false;
    std::string because;  // why it is not met; may be empty
    Published published;
    bool operator==(const Target&) const = default;
};

/// Something that a plan may choose: a path of the scenario, as for --set, and its values.
struct PlanVariable {
    std::string path;                 // "clinic.chairs"
    std::vector<std::string> values;  // texts for --set, from the least to the most
    std::vector<double> numbers;      // the same as numbers, ascending; empty where they are none
    std::string called{};             // what people call it: "new patients a week"; empty: its path
    bool operator==(const PlanVariable&) const = default;
};

/// fewest, most: of a variable, such that all targets are met. lowest, highest: of a metric, among
/// what meets all targets.
enum class PlanAim : std::uint8_t { fewest, most, lowest, highest };
constexpr const char* name(PlanAim aim) {
    constexpr const char* kNames[]{"fewest", "most", "lowest", "highest"};
    return kNames[static_cast<std::size_t>(aim)];
}

/// What `clinicsim plan` is asked; what is not said is decided there.
struct PlanQuestion {
    std::vector<PlanVariable> vary;  // empty: clinic.chairs, around what the formulas give
    PlanAim aim = PlanAim::fewest;
    std::string of;                      // a path of `vary`, or a metric; empty: the first of vary
    std::optional<double> indifference;  // lowest, highest: a smaller difference is none
    std::vector<Target> targets;         // empty: those of the scenario
    double confidence = 0.95;
    std::vector<std::string> policies;    // names; empty: all
    std::optional<std::uint32_t> budget;  // runs (a replication of a policy), all together
    bool operator==(const PlanQuestion&) const = default;
};

/// Combinations of values that a plan may have.
constexpr std::size_t kMostPlanCandidates = 1000;

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
    std::string resolved;   // JSON text after extends, defaults and --set; it reads as a
                            // scenario again. The order of the names in it matters
    Span warm_up, horizon;  // as written
    std::uint32_t replications = 20;
    std::vector<std::string> groups;  // "condition", "severity": results split by these
    Model model;
    std::vector<PolicyModel> policies;    // in the order of the file; none in a study
    std::optional<Study> study;           // then nothing is said of clinic, patients, policies
    std::optional<std::size_t> baseline;  // into policies
    bool without_limits = false;          // the same patients are also run without limits
    std::vector<Target> targets;
    std::optional<PlanQuestion> plan;
    Limits limits;
    Diagnostics warnings;  // of its reading
};

/// One --set path=value.
struct Override {
    std::string path, value;
    std::string option = "--set";  // that the user wrote it with, for diagnostics
    bool only = false;             // another one for the same value is a fault
};

struct ReadResult {
    std::optional<Scenario> scenario;  // none when `diagnostics` has errors
    Diagnostics diagnostics;           // sorted; warnings may come with a scenario
    bool unreadable = false;           // the file (or one it extends) could not be opened
};

/// A metric that a target may name. The names are observe's, which lies beside this room, so the
/// caller hands them in. unit: "days", "hours…" (a target's durations are converted), "share"
/// (percentages are), or anything else (plain numbers). "staff_utilisation.*" stands for one of
/// each group of the clinic's staff and equipment, or, `of_chairs`, of each site and kind of chair.
struct MetricUnit {
    std::string name, unit;
    bool of_chairs = false;
};

/// Reads a scenario file, with what it extends, and `overrides` on top, as strictly as can be. The
/// names in targets are checked where `metrics` is not empty. Nothing is thrown.
ReadResult read_scenario(const std::string& path, const std::vector<Override>& overrides = {},
                         const std::vector<MetricUnit>& metrics = {});
/// The same from text; `name` stands for the file in diagnostics, extends and CSV files are looked
/// for in `folder` (empty: other files are refused).
ReadResult read_scenario_text(const std::string& text, const std::string& name,
                              const std::string& folder,
                              const std::vector<Override>& overrides = {},
                              const std::vector<MetricUnit>& metrics = {});

/// Expected numbers, rough (waits and repeated inductions are left out): what the limits are
/// checked against, and what `check` prints.
struct Size {
    double patients = 0;  // in one replication, those in care at the start included
    double events = 0;    // in all replications of all policies
};
Size estimate_size(const Scenario& scenario);

/// Expected visits of a condition's patients in a whole run, at the fewest: rescues, inductions
/// that are repeated and what is booked again are left out. As if nobody waited.
struct PlannedVisits {
    double first = 0;     // of newcomers
    double later = 0;     // of their inductions
    double boosters = 0;  // planned ones, of who stays in care as long as the drop-out lets them
};
/// [condition]
std::vector<PlannedVisits> planned_visits(const Scenario& scenario, const PolicyModel& policy);

/// What a key means: "clinic.chairs", "patients.conditions.depression.share", a section, a kind of
/// policy, a distribution, or a bare key wherever it stands. Where there is none, near names are
/// offered and `known` is false.
struct Explanation {
    bool known = false;
    std::string text;
};
Explanation explain(std::string_view key);
/// Every key that `explain` knows by its path, in the order of the sections.
std::vector<std::string> explained_keys();
/// JSON Schema, draft 7, of a scenario file, for editors.
std::string json_schema();

}  // namespace clinicsim
