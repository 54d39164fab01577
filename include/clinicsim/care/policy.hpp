// Booster policies as values: which planned booster comes when, and who asks for a rescue. A policy
// sees what the clinic could know of a patient's past, never the future or the hidden state, and
// draws no number; the clinic's loop does that at the patient's addresses.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "clinicsim/base/dates.hpp"
#include "clinicsim/base/time.hpp"
#include "clinicsim/care/observation.hpp"
#include "clinicsim/random/distribution.hpp"

namespace clinicsim {

/// reset: intervals count from the end of the last infusion's visit, whatever its kind.
/// calendar: from the end of the induction; a rescue the day before changes nothing.
enum class ScheduleClock : std::uint8_t { reset, calendar };

/// What a policy may know of a patient. Instants are ends of visits, before turnover.
struct CareView {
    Instant induction_end;        // the first instant, for patients in care at the start
    Instant last_infusion;        // of any kind
    Instant last_planned_due;     // due time of the last planned booster given or passed over;
                                  // induction_end before the first
    std::uint32_t well_in_a_row;  // planned boosters given since the induction or the last relapse
                                  // that the clinic knows of
};

// --- schedules: a new one is added here and as a row in scenario/policy_rows --------------------

/// No planned booster.
struct NoSchedule {
    static constexpr std::string_view name = "none";
    Instant next_due(const CareView&, const Dates&) const { return kNever; }
    bool operator==(const NoSchedule&) const = default;
};

struct FixedInterval {
    static constexpr std::string_view name = "fixed_interval";
    Span every;  // > 0
    ScheduleClock clock = ScheduleClock::reset;
    Instant next_due(const CareView& seen, const Dates& dates) const;
    bool operator==(const FixedInterval&) const = default;
};

/// Monthly for six months, then quarterly: `lasts` counts from the end of the step before (the
/// first from the end of the induction). The last step has no end.
struct Steps {
    static constexpr std::string_view name = "steps";
    struct Step {
        Span every;  // > 0
        Span lasts;  // > 0, but for the last step, where it is empty
        bool operator==(const Step&) const = default;
    };
    std::vector<Step> steps;  // at least one
    ScheduleClock clock = ScheduleClock::reset;
    Instant next_due(const CareView& seen, const Dates& dates) const;
    bool operator==(const Steps&) const = default;
};

/// From 3 to 5 weeks by 1 week: one step longer after every planned booster given to somebody well,
/// back to the start after a relapse. Counts from the last infusion (clock: reset).
struct Lengthening {
    static constexpr std::string_view name = "lengthening";
    Span from, to, by;  // fixed parts only, from <= to, by > 0
    Instant next_due(const CareView& seen, const Dates& dates) const;
    bool operator==(const Lengthening&) const = default;
};

using Schedule = std::variant<NoSchedule, FixedInterval, Steps, Lengthening>;

// --- asking for a rescue ------------------------------------------------------------------------

struct SeenAtOnce {
    bool operator==(const SeenAtOnce&) const = default;
};
struct SeenAfter {
    Distribution delay = Constant{0};  // ticks from onset
    bool operator==(const SeenAfter&) const = default;
};
/// Check-ups counted from the end of the last infusion's visit; one at the very instant of onset
/// sees it.
struct SeenAtCheckUps {
    Duration every{};  // > 0
    bool operator==(const SeenAtCheckUps&) const = default;
};
using Seen = std::variant<SeenAtOnce, SeenAfter, SeenAtCheckUps>;

/// Relatives or others notice a share of the relapses, a while after onset; whichever way of being
/// seen comes first counts.
struct SeenByOthers {
    double share = 0;
    Distribution delay = Constant{0};  // ticks from onset
    bool operator==(const SeenByOthers&) const = default;
};

enum class PlannedInEpisode : std::uint8_t { kept, cancelled };

/// How a relapse becomes a request for a booster.
struct Asking {
    /// Asks on ratings like these instead of on a relapse (symptom course only); `seen` and
    /// `by_others` say nothing then, and `asks` is drawn once each time that the rule is met.
    std::optional<ScoreRule> on_score;
    Seen seen = SeenAtOnce{};
    SeenByOthers by_others;
    double asks = 1;                                    // chance to ask, drawn once per relapse
    Distribution asks_after = Constant{0};              // ticks from seen to asked
    Duration repeat_after{std::chrono::hours{24 * 7}};  // asks again after an infusion that did not
                                                        // work, or that could not be had
    PlannedInEpisode planned = PlannedInEpisode::kept;  // cancelled: from the instant of being seen
    bool operator==(const Asking&) const = default;
};

/// A planned booster ahead of certain days, on top of the schedule.
struct BeforeDates {
    std::vector<YearlyDay> days;  // the same for everybody
    bool anniversary = false;     // a personal day of the year, uniform over the patients
    Duration by{};                // how long before midnight of the day
    bool operator==(const BeforeDates&) const = default;
    bool empty() const { return days.empty() && !anniversary; }
};

/// At most so many booster infusions in any 365 days; one more waits until it fits.
struct Cap {
    std::uint32_t boosters = 0;
    bool operator==(const Cap&) const = default;
};
constexpr Days kCapWindow{365};

/// What an infusion holds. placebo: the visit is the same in everything, and the drug is not in it;
/// the symptom course says what expectation alone does.
enum class Given : std::uint8_t { drug, placebo };

/// What the visits of a policy give. Patients in care at the start have had the drug until then.
struct Gets {
    Given induction = Given::drug;
    Given boosters = Given::drug;  // planned and asked for
    bool operator==(const Gets&) const = default;
};

struct Policy {
    std::string name;
    Schedule schedule;
    std::optional<Asking> asking;
    /// As-needed: who does not ask leaves care when the relapse is seen. A schedule keeps them.
    bool leaves_unless_asking = false;
    std::uint32_t infusions = 1;       // of one booster: 1, or 2 for a pair
    Distribution apart = Constant{0};  // ticks from the end of the first of a pair to the
                                       // due time of the second
    double missed = 0;                 // chance that a planned booster is missed
    BeforeDates before;
    std::optional<Cap> cap;
    Span stop_when_well;  // discharge after so long without relapse; empty: never
    Gets gets;
    bool treats = true;  // false: nobody has any visit, not even an induction
    bool operator==(const Policy&) const = default;

    bool plans() const { return !std::holds_alternative<NoSchedule>(schedule) || !before.empty(); }
};

/// The next planned booster of the schedule alone; kNever where there is none. (An optional would
/// cost a visit three hundredths of its time: it is written in two pieces and read as one.)
Instant next_due(const Schedule& schedule, const CareView& seen, const Dates& dates);
/// The next instant strictly after `after` that lies `before.by` ahead of one of its days.
/// `anniversary` is the patient's own day; kNever where there is no day.
Instant next_before_date(const BeforeDates& before, const YearlyDay& anniversary, Instant after,
                         const Dates& dates);
/// When an onset is seen, given the end of the last infusion's visit. `delay` is the draw of a
/// SeenAfter, else unused.
Instant seen_at(const Seen& seen, Instant onset, Instant last_infusion, Duration delay);

/// A policy of the comparison: one for all, or one for each condition or severity.
struct PolicyChoice {
    enum class By : std::uint8_t { nothing, condition, severity };
    std::string name;
    By by = By::nothing;
    std::vector<Policy> policies;  // one (nothing), or one per condition or severity
    const Policy& of(std::size_t condition, std::size_t severity) const {
        return policies[by == By::nothing ? 0 : by == By::condition ? condition : severity];
    }
    /// A placebo, or nothing, for somebody: how all patients fare, in care or not, is then of
    /// interest.
    bool withholds_drug() const {
        return std::any_of(policies.begin(), policies.end(), [](const Policy& policy) {
            return !policy.treats || policy.gets != Gets{};
        });
    }
    bool operator==(const PolicyChoice&) const = default;
};

}  // namespace clinicsim
