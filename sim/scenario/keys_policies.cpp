// Rows of the policies' sections, and of the pathway's. Which keys of a policy go together is in
// policy_rows.cpp.
#include "keys.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::array kPolicyKeyRows{
    KeyRow{"extends", "name", "another policy of this file, which this one changes", "", "monthly"},
    KeyRow{"every", "length over 0", "fixed_interval: time from one planned booster to the next",
           "", "30 days"},
    KeyRow{"steps", "list of {step}", "steps: intervals that change with time", "",
           "[{every: 30 days, for: 6 months}, {every: 90 days}]"},
    KeyRow{"clock", "one of reset, calendar",
           "reset: intervals count from the last infusion of any kind; calendar: from the end of "
           "the induction, and a rescue the day before changes nothing",
           "", "reset"},
    KeyRow{"from", "duration over 0", "lengthening: the first interval", "", "3 weeks"},
    KeyRow{"to", "duration over 0", "lengthening: the longest interval", "", "5 weeks"},
    KeyRow{"by", "duration over 0 | {by_group}",
           "lengthening: how much longer after each planned booster given to somebody well; "
           "by_group: a policy for each severity or condition",
           "", "1 week"},
    KeyRow{"when", "'relapse' | {score_rule}",
           "as_needed: a booster is asked for on a relapse, or on such ratings (symptom course)",
           "", "relapse"},
    KeyRow{"seen", "'at_once' | {seen}", "as_needed: when a relapse is seen", "",
           "{every: 7 days}"},
    KeyRow{"by_others", "{by_others}", "as_needed: relapses that others notice", "",
           "{share: 30 %, after: 3 days}"},
    KeyRow{"asks", "share",
           "as_needed: chance that the patient asks, drawn once per relapse; who does not leaves",
           "", "80 %"},
    KeyRow{"asks_after", "distribution", "as_needed: from seen to asked", "", "2 days"},
    KeyRow{"repeat_after", "duration over 0",
           "as_needed: asks again so long after an infusion that did not work", "", "7 days"},
    KeyRow{"rescue", "{rescue}",
           "boosters asked for because of a relapse; absent: the ill wait for the planned booster",
           "", "{asks_after: 7 days, planned: kept}"},
    KeyRow{"infusions", "whole number 1..2", "infusions of one booster", "1", "2"},
    KeyRow{"apart", "list of duration | distribution",
           "time between the two infusions of a booster: a distribution, or [shortest, longest]",
           "(required for 2 infusions)", "[1 day, 2 days]"},
    KeyRow{"missed", "share", "share of planned boosters to which the patient does not come", "0 %",
           "20 %"},
    KeyRow{"before", "{before}", "planned boosters ahead of certain days, beside the schedule", "",
           "{dates: [\"12-20\"], by: 5 days}"},
    KeyRow{"at_most", "{at_most}", "cap on boosters; absent: none", "", "{boosters: 6, per: year}"},
    KeyRow{"stop", "{stop}", "when a patient is discharged; absent: never", "", "{well: 1 year}"},
    KeyRow{
        "gets", "one of drug, placebo, nothing | {gets}",
        "what every visit gives, those of the induction included; absent: the drug. placebo: the "
        "same visits, chairs and calls (and side effects) without the drug, which do what the "
        "course's expectation says; nothing: nobody has a visit",
        "", "placebo"},
};
constexpr std::array kPolicyHints{
    Hint{"interval", "write every, such as every: 30 days"},
    Hint{"improvement_below", "write when: {improvement_below: 45 %, for: 2 ratings}"},
};

constexpr std::array kStepRows{
    KeyRow{"every", "length over 0", "time from one planned booster to the next", "required",
           "30 days"},
    KeyRow{"for", "length over 0",
           "how long the step lasts, from the end of the step before; the last step has none", "",
           "6 months"},
};

constexpr std::array kRescueRows{
    KeyRow{"when", "'relapse' | {score_rule}",
           "asked for on a relapse, or on such ratings (symptom course); absent: on a relapse", "",
           "{improvement_below: 45 %, for: 2 ratings}"},
    KeyRow{"seen", "'at_once' | {seen}", "when a relapse is seen", "at_once", "{every: 7 days}"},
    KeyRow{"by_others", "{by_others}", "relapses that others notice", "",
           "{share: 30 %, after: 3 days}"},
    KeyRow{"asks", "share", "chance that the patient asks, drawn once per relapse", "100 %",
           "80 %"},
    KeyRow{"asks_after", "distribution", "from seen to asked", "0 days", "2 days"},
    KeyRow{"repeat_after", "duration over 0",
           "asks again so long after an infusion that did not work", "7 days", "10 days"},
    KeyRow{"planned", "one of kept, cancelled",
           "kept: a planned booster that comes first is given and withdraws the asking; cancelled: "
           "from the instant of being seen no planned booster is given",
           "kept", "cancelled"},
};

constexpr std::array kSeenRows{
    KeyRow{"after", "distribution", "a while after onset", "", "{exponential: {mean: 5 days}}"},
    KeyRow{"every", "duration over 0",
           "at the next check-up; they count from the end of the last infusion's visit", "",
           "7 days"},
};

constexpr std::array kByOthersRows{
    KeyRow{"share", "share", "share of relapses that others notice", "required", "30 %"},
    KeyRow{"after", "distribution", "a while after onset; what sees the relapse first counts",
           "required", "3 days"},
};

constexpr std::array kBeforeRows{
    KeyRow{"dates", "list of yearly day", "days of every year, the same for everybody", "[]",
           "[\"12-20\"]"},
    KeyRow{"anniversary", "yes/no", "a day of the year of each patient's own", "no", "yes"},
    KeyRow{"by", "duration", "how long before midnight of the day", "required", "5 days"},
};

constexpr std::array kCapRows{
    KeyRow{"boosters", "whole number 1..100000", "booster infusions at most; one more waits",
           "required", "6"},
    KeyRow{"per", "'year'", "in any 365 days", "required", "year"},
};

constexpr std::array kStopRows{
    KeyRow{"well", "length over 0", "discharge after so long without a relapse", "required",
           "1 year"},
};

constexpr std::array kGetsRows{
    KeyRow{"induction", "one of drug, placebo",
           "what the visits of an induction give; patients in care at the start have had the drug",
           "drug", "drug"},
    KeyRow{"boosters", "one of drug, placebo", "what boosters give, planned ones and rescues",
           "drug", "placebo"},
};

constexpr std::array kGroupRows{
    KeyRow{"severity", "map of name", "a policy for each severity class, or for otherwise", "",
           "{severe: monthly, otherwise: as_needed}"},
    KeyRow{"condition", "map of name", "a policy for each condition, or for otherwise", "",
           "{chronic_pain: monthly, otherwise: as_needed}"},
};

constexpr std::array kRepeatRows{
    KeyRow{"ill_for", "length over 0",
           "how long ill without a break before the induction is repeated", "required", "60 days"},
};

constexpr std::array kContraindicationRows{
    KeyRow{"share", "share", "share of who is screened; who has several reasons counts for one",
           "required", "2 %"},
    KeyRow{"standing", "one of published, fitted, assumed", "how well the share is known",
           "assumed", "published"},
    KeyRow{"source", "text", "where it is published", "", "our own referrals of 2025"},
};

constexpr std::array kStageRows{
    KeyRow{"kind", "one of referral, screening, induction, boosters, follow_up",
           "what happens in the stage", "(the stage's name, where it is one of these)",
           "induction"},
    KeyRow{"takes", "distribution", "screening: how long it takes", "0 min",
           "{uniform: {min: 3 days, max: 14 days}}"},
    KeyRow{
        "contraindications", "map of share or {contraindication}",
        "screening: reasons for which patients get no infusions, by names of your own, each with "
        "its share of who is screened; the shares of to are of the others",
        "{}", "{uncontrolled_hypertension: 4 %, psychosis: {share: 2 %, standing: assumed}}"},
    KeyRow{"to", "map of way",
           "where the ways lead, each with a share or a condition; a goal that is no stage is an "
           "exit",
           "required", "{boosters: responded, left: otherwise}"},
};

}  // namespace

constinit const Section kPolicySection{
    "policy", "policies.NAME", "a booster policy; the keys that go together are listed by schedule",
    kPolicyKeyRows, kPolicyHints};
constinit const Section kStepSection{"step", "policies.NAME.steps.N", "one interval of a schedule",
                                     kStepRows};
constinit const Section kRescueSection{
    "rescue", "policies.NAME.rescue", "how a relapse becomes a request for a booster", kRescueRows};
constinit const Section kSeenSection{"seen", "policies.NAME.rescue.seen",
                                     "when a relapse is seen; one of these", kSeenRows};
constinit const Section kByOthersSection{"by_others", "policies.NAME.rescue.by_others",
                                         "relapses that others notice", kByOthersRows};
constinit const Section kBeforeSection{"before", "policies.NAME.before",
                                       "planned boosters ahead of certain days", kBeforeRows};
constinit const Section kCapSection{"at_most", "policies.NAME.at_most", "cap on boosters",
                                    kCapRows};
constinit const Section kStopSection{"stop", "policies.NAME.stop", "when a patient is discharged",
                                     kStopRows};
constinit const Section kGetsSection{
    "gets", "policies.NAME.gets",
    "what visits give: for a comparison with the same visits without the drug", kGetsRows};
constinit const Section kGroupSection{"by_group", "policies.NAME.by",
                                      "a policy for each group; one of these", kGroupRows};
constinit const Section kRepeatSection{"repeat_induction", "repeat_induction",
                                       "the whole induction again after a long relapse",
                                       kRepeatRows};
constinit const Section kContraindicationSection{
    "contraindication", "pathway.NAME.contraindications.NAME",
    "a reason for which who is screened gets no infusions", kContraindicationRows};
constinit const Section kStageSection{"stage", "pathway.NAME", "a stage of the care pathway",
                                      kStageRows};

}  // namespace clinicsim::reading
