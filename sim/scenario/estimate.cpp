// Expected sizes from the scenario alone, so that an impossible run is refused before it starts.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "clinicsim/scenario/scenario.hpp"

namespace clinicsim {
namespace {

/// A visit is wanted, begins, is left, and frees its chair; a relapse has an onset.
constexpr double kEventsPerVisit = 4;
constexpr double kEventsPerRelapse = 2;
/// With staff a visit has its phases, too.
constexpr double kEventsPerPhases = 3;
/// A symptom course has no rate of its own: roughly what the published studies see in a year of
/// usual care.
constexpr double kSymptomRelapsesPerYear = 2;
constexpr double kSymptomResponding = 0.6;
/// Ratings and infusions of a patient in a study.
constexpr double kEventsPerStudyPatient = 60;

double ticks_of(const Span& span) {
    return static_cast<double>(span.months) * static_cast<double>(kMonth.count()) +
           static_cast<double>(span.fixed.count());
}

double in_ticks(Instant at) { return static_cast<double>(at.time_since_epoch().count()); }

double expected_arrivals(const Arrivals& arrivals, Instant end) {
    const double run = in_ticks(end);
    if (const auto* poisson = std::get_if<PoissonArrivals>(&arrivals)) {
        // the integral of (1 + g)^t; a season averages out
        const double growth = std::log1p(poisson->growth_per_year);
        const double years = run / static_cast<double>(kYear.count());
        const double stretched =
            std::abs(growth) < 1e-12 ? run : std::expm1(growth * years) / growth * (run / years);
        return poisson->per_tick * stretched;
    }
    if (const auto* regular = std::get_if<RegularArrivals>(&arrivals)) {
        const double left = run - static_cast<double>(regular->first.count());
        const double all =
            left <= 0 ? 0 : std::ceil(left / static_cast<double>(regular->every.count()));
        return regular->count ? std::min(all, static_cast<double>(*regular->count)) : all;
    }
    if (const auto* listed = std::get_if<ListedArrivals>(&arrivals))
        return static_cast<double>(listed->at.size());
    return 0;
}

/// Ticks from one planned booster to the next, as far as the schedule names them.
std::vector<double> planned_intervals(const Policy& policy) {
    if (const auto* fixed = std::get_if<FixedInterval>(&policy.schedule))
        return {ticks_of(fixed->every)};
    if (const auto* growing = std::get_if<Lengthening>(&policy.schedule))
        return {ticks_of(growing->from), ticks_of(growing->to)};
    std::vector<double> intervals;
    if (const auto* steps = std::get_if<Steps>(&policy.schedule))
        for (const auto& step : steps->steps) intervals.push_back(ticks_of(step.every));
    return intervals;
}

/// Planned boosters per tick, at their densest.
double planned_rate(const Policy& policy) {
    const std::vector<double> intervals = planned_intervals(policy);
    const double shortest =
        intervals.empty() ? 0 : *std::min_element(intervals.begin(), intervals.end());
    const double yearly =
        static_cast<double>(policy.before.days.size()) + (policy.before.anniversary ? 1 : 0);
    return (shortest > 0 ? 1 / shortest : 0) + yearly / static_cast<double>(kYear.count());
}

double relapse_rate(const PatientMix& patients) {
    double rate = 0;
    for (const Condition& condition : patients.conditions) {
        const RenewalCourse* course = patients.courses[condition.course].renewal();
        if (course == nullptr)
            rate += condition.share * kSymptomRelapsesPerYear / static_cast<double>(kYear.count());
        else if (course->relapse)
            rate += condition.share / std::max(mean(*course->relapse), 1.0);
    }
    return rate;
}

/// The share that stays in care after the induction: of a condition, and of those who arrive.
double responding(const PatientMix& patients, const Condition& condition) {
    const RenewalCourse* course = patients.courses[condition.course].renewal();
    return course == nullptr
               ? kSymptomResponding
               : std::accumulate(course->responds.begin(), course->responds.end(), 0.0);
}
double responding(const PatientMix& patients) {
    double share = 0;
    for (const Condition& condition : patients.conditions)
        share += condition.share * responding(patients, condition);
    return share;
}

/// The same at their rarest; those of single days of the year left out.
double rarest_rate(const Policy& policy) {
    const std::vector<double> intervals = planned_intervals(policy);
    const double longest =
        intervals.empty() ? 0 : *std::max_element(intervals.begin(), intervals.end());
    return longest > 0 ? 1 / longest : 0;
}

/// Planned booster infusions of a patient with the condition, at the rarest; over the severities.
double boosters_per_tick(const PatientMix& patients, const PolicyChoice& choice,
                         std::size_t condition) {
    const auto of = [](const Policy& policy) {
        return rarest_rate(policy) * policy.infusions * (1 - policy.missed);
    };
    if (choice.by != PolicyChoice::By::severity) return of(choice.of(condition, 0));
    double boosters = 0;
    for (std::size_t severity = 0; severity < patients.severities.size(); ++severity)
        boosters += patients.severities[severity].share * of(choice.of(condition, severity));
    return boosters;
}

/// Time in care in [0, run) of one who is there at 0 and stays so long on average; exponential.
double time_in_care(double stay, double run) { return stay * -std::expm1(-run / stay); }

}  // namespace

std::vector<PlannedVisits> planned_visits(const Scenario& scenario, const PolicyModel& policy) {
    const PatientMix& patients = scenario.model.patients;
    const double run = in_ticks(scenario.model.end);
    double in_care = patients.in_care_at_start.patients * run;
    double of_an_arrival = run / 2;  // time in care
    if (patients.drop_out.time) {
        const double stay = std::max(mean(*patients.drop_out.time), 1.0);
        in_care = patients.in_care_at_start.patients * time_in_care(stay, run);
        of_an_arrival = stay * (1 - time_in_care(stay, run) / run);
    }
    const double all_arriving = expected_arrivals(patients.arrivals, scenario.model.end);
    std::vector<PlannedVisits> all;
    for (std::size_t c = 0; c < patients.conditions.size(); ++c) {
        const Condition& condition = patients.conditions[c];
        const double arriving = all_arriving * condition.share;
        const double of =
            condition.induction ? patients.inductions[*condition.induction].visits : 0;
        const double stays = 1 - patients.drop_out.per_induction_visit;
        PlannedVisits& visits = all.emplace_back();
        visits.first = arriving;
        // after each visit but the last some leave
        for (double visit = 1; visit < of; ++visit)
            visits.later += arriving * std::pow(stays, visit);
        const double newcomers =
            arriving * std::pow(stays, std::max(0.0, of - 1)) * responding(patients, condition);
        visits.boosters = (in_care * condition.share + newcomers * of_an_arrival) *
                          boosters_per_tick(patients, policy.choice, c);
    }
    return all;
}

Size estimate_size(const Scenario& scenario) {
    if (scenario.study) {
        const double enrolled = scenario.study->patients;
        return {enrolled, kEventsPerStudyPatient * enrolled * scenario.replications};
    }
    const PatientMix& patients = scenario.model.patients;
    const double run = in_ticks(scenario.model.end);
    const double arriving = expected_arrivals(patients.arrivals, scenario.model.end);
    const double stock = patients.in_care_at_start.patients;
    double induction_visits = 0;
    for (const Condition& condition : patients.conditions)
        if (condition.induction)
            induction_visits += condition.share * patients.inductions[*condition.induction].visits;
    // who arrives does so half-way through the run, on average
    const double stay = patients.drop_out.time ? mean(*patients.drop_out.time) : run;
    const double in_care =
        stock * std::min(stay, run) + arriving * responding(patients) * std::min(stay, run / 2);
    const double relapses = relapse_rate(patients);

    const double per_visit =
        kEventsPerVisit + (scenario.model.clinic.staff.empty() ? 0 : kEventsPerPhases);
    Size size;
    size.patients = stock + arriving;
    for (const PolicyModel& model : scenario.policies) {
        double boosters = 0;
        for (const Policy& policy : model.choice.policies)
            boosters = std::max(boosters, planned_rate(policy) * policy.infusions +
                                              (policy.asking ? relapses * policy.infusions : 0));
        size.events += per_visit * (arriving * induction_visits + in_care * boosters) +
                       kEventsPerRelapse * in_care * relapses;
    }
    size.events *= scenario.replications * (scenario.without_limits ? 2.0 : 1.0);
    return size;
}

}  // namespace clinicsim
