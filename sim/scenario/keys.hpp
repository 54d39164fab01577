// The one table of keys: what a scenario may say, in which section, with what default. The reader
// asks for keys by these rows, and `explain` and the JSON Schema are written from them.
//
// A row's type is a small language that people can read, too:
//   type   = one { " | " one }
//   one    = "list of " each | "map of " each | "{section}" | "'word'" | "one of a, b" |
//            scalar [bounds]
//   each   = one { " or " one }
//   scalar = a name of kScalarTypes (types.cpp)       bounds = " over 0" | " A..B" | " A.."
// Bounds of a share are shares, those of days days, those of a frequency times per day.
// A fallback is "required", empty (may be absent, and then means nothing), prose in round brackets
// (the reader decides), or the default itself, read like a value of the file.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace clinicsim::reading {

struct KeyRow {
    std::string_view key, type, summary, fallback, example;
};

/// What to say to who writes a key that is not there on purpose.
struct Hint {
    std::string_view key, advice;
};

struct Section {
    std::string_view name;  // "condition"; names are unique
    std::string_view path;  // where it stands: "patients.conditions.NAME"
    std::string_view summary;
    std::span<const KeyRow> rows;
    std::span<const Hint> hints = {};

    const KeyRow* row(std::string_view key) const;
};

extern const Section kScenarioSection, kRunSection, kCompareSection, kTargetSection, kLimitsSection,
    kPlanSection;
extern const Section kClinicSection, kVisitSection, kVisitPartsSection, kVisitConditionSection,
    kAttendanceSection, kVisitPhaseSection, kStaffGroupSection, kShiftSection, kChairChangeSection,
    kBreakdownsSection, kVisitChanceSection, kLeadTimeSection, kReminderSection, kArrivalSection,
    kOffTimeSection, kBookingSection, kHeldSection, kWaitingListSection, kSeriesSection,
    kPreferenceSection, kSiteSection, kTransfersSection;
extern const Section kPromisesSection, kCostsSection, kPriceSection, kCostsStaffSection;
extern const Section kPatientsSection, kArrivalsSection, kPoissonSection, kSeasonSection,
    kRegularSection, kStockSection, kDropOutSection, kSideEffectSection, kConditionSection,
    kSeveritySection, kHabitSection, kInductionSection;
extern const Section kCourseSection, kRenewalSection, kEffectsSection, kPerInfusionSection,
    kCloseTogetherSection;
extern const Section kPosteriorSection, kObservationSection, kScaleSection, kSelfRatingsSection,
    kCheckUpsSection, kAtVisitsSection, kScoreRuleSection;
extern const Section kStudySection, kEnrolledSection, kPhaseSection, kStudyInfusionsSection,
    kSpacedSection, kStudyRatingsSection, kEventSection, kArmSection, kOutcomeSection,
    kThoseWithSection;
/// Its rows are those of the parameters' table (care/symptom_defaults.hpp), and a few more.
const Section& symptom_section();
/// What is known of a parameter: "fitted; 95 % of the sets that fit: 15 % to 55 %", and the source
/// on a line of its own. Empty for keys that are no parameter.
std::string parameter_details(std::string_view key, std::string_view margin);
extern const Section kPolicySection, kStepSection, kRescueSection, kSeenSection, kByOthersSection,
    kBeforeSection, kCapSection, kStopSection, kGroupSection, kGetsSection;
extern const Section kRepeatSection, kStageSection, kContraindicationSection;

/// Every section, those of distributions and schedules included.
std::span<const Section* const> all_sections();
const Section* find_section(std::string_view name);

}  // namespace clinicsim::reading
