#include "keys.hpp"

#include <vector>

#include "distribution_rows.hpp"

namespace clinicsim::reading {

const KeyRow* Section::row(std::string_view key) const {
    for (const KeyRow& row : rows)
        if (row.key == key) return &row;
    return nullptr;
}

std::span<const Section* const> all_sections() {
    static const std::vector<const Section*> kAll = [] {
        std::vector<const Section*> all{
            &kScenarioSection,       &kRunSection,
            &kClinicSection,         &kSiteSection,
            &kVisitSection,          &kVisitPartsSection,
            &kVisitConditionSection, &kAttendanceSection,
            &kVisitPhaseSection,     &kStaffGroupSection,
            &kShiftSection,          &kChairChangeSection,
            &kBreakdownsSection,     &kPatientsSection,
            &kArrivalsSection,       &kPoissonSection,
            &kSeasonSection,         &kRegularSection,
            &kStockSection,          &kDropOutSection,
            &kSideEffectSection,     &kConditionSection,
            &kSeveritySection,       &kHabitSection,
            &kInductionSection,      &kCourseSection,
            &kRenewalSection,        &kEffectsSection,
            &kPerInfusionSection,    &kCloseTogetherSection,
            &kStageSection,          &kContraindicationSection,
            &kRepeatSection,         &kPolicySection,
            &kStepSection,           &kRescueSection,
            &kSeenSection,           &kByOthersSection,
            &kBeforeSection,         &kCapSection,
            &kStopSection,           &kGroupSection,
            &kGetsSection,           &kPromisesSection,
            &kCostsSection,          &kPriceSection,
            &kCostsStaffSection,     &kCompareSection,
            &kTargetSection,         &kLimitsSection,
            &symptom_section(),      &kPosteriorSection,
            &kObservationSection,    &kScaleSection,
            &kSelfRatingsSection,    &kCheckUpsSection,
            &kAtVisitsSection,       &kScoreRuleSection,
            &kStudySection,          &kEnrolledSection,
            &kPhaseSection,          &kStudyInfusionsSection,
            &kSpacedSection,         &kStudyRatingsSection,
            &kEventSection,          &kArmSection,
            &kOutcomeSection,        &kThoseWithSection,
            &kVisitChanceSection,    &kLeadTimeSection,
            &kReminderSection,       &kArrivalSection,
            &kOffTimeSection,        &kBookingSection,
            &kHeldSection,           &kWaitingListSection,
            &kSeriesSection,         &kPreferenceSection,
            &kTransfersSection,
        };
        for (const Section* one : distribution_sections()) all.push_back(one);
        all.push_back(&kPlanSection);
        return all;
    }();
    return kAll;
}

const Section* find_section(std::string_view name) {
    for (const Section* section : all_sections())
        if (section->name == name) return section;
    return nullptr;
}

}  // namespace clinicsim::reading
