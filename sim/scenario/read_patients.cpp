// The patients' sections: arrivals, stock, conditions, severities, drop-out, inductions.
#include <algorithm>
#include <cmath>

#include "distribution_rows.hpp"
#include "draft.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::size_t kMostNames = 200;  // ids are bytes

void check_count(const Value& map) {
    if (map.is_map() && map.node().entries.size() > kMostNames)
        map.fault("more than 200 are not supported");
}

template <class Class>
void check_shares(const Value& map, const std::vector<Class>& classes, std::size_t faults_before) {
    if (map.context().fault_count() != faults_before || classes.empty()) return;
    double sum = 0;
    for (const Class& one : classes) sum += one.share;
    if (std::abs(sum - 1) > 1e-9)
        map.fault("the shares sum to " + number_text(sum * 100) + " %, not 100 %");
}

void read_stock(const Value& value, StockAtStart& stock) {
    if (!value) return;
    MapReader map{value, kStockSection};
    if (const Value patients = map.take("patients"))
        stock.patients = static_cast<std::uint32_t>(patients.whole());
    const Value last = map.take("last_infusion");
    if (!last || last.is("at_start")) return;
    constexpr std::string_view kSpread = "spread over ";
    if (!last.is_scalar() || !last.node().text.starts_with(kSpread)) {
        last.misfit();
        return;
    }
    const auto spread = parse_duration(last.node().text.substr(kSpread.size()));
    if (!spread.fits)
        last.misfit(spread.why);
    else if (spread.value == Duration::zero())
        last.misfit("it must be longer than 0; for all at the start write at_start");
    else
        stock.spread = spread.value;
}

void read_drop_out(const Value& value, DropOut& drop_out) {
    if (!value) return;
    MapReader map{value, kDropOutSection};
    if (const Value time = map.take("time"); time && !time.is("never"))
        drop_out.time = read_distribution(time);
    if (const Value from = map.take("from"))
        drop_out.from = static_cast<DropOutFrom>(from.choice());
    if (const Value leaves = map.take("leaves"))
        drop_out.leaves = static_cast<DropOutLeaves>(leaves.choice());
    if (const Value share = map.take("per_induction_visit"))
        drop_out.per_induction_visit = share.share();
}

Condition read_condition(Draft& draft, const std::string& name, const Value& value) {
    Condition condition;
    condition.name = name;
    MapReader map{value, kConditionSection};
    if (draft.conditions.size() == 1)
        map.decided("share", "100 %");
    else if (!map.has("share"))
        map.missing("share", "there are several conditions");
    if (const Value share = map.take("share")) condition.share = share.share();
    if (const Value induction = map.take("induction")) {
        if (!induction.is("none")) {
            if (const auto at = induction.reference(draft.inductions, "induction", "inductions"))
                condition.induction = static_cast<InductionId>(*at);
        } else if (draft.has_arrivals()) {
            induction.fault(
                "none is for patients in care at the start only, but this scenario has arrivals");
        }
    }
    draft.condition_values.push_back(value);
    draft.scale_of.push_back(map.take("scale"));
    draft.relapse_of.push_back(map.take("relapse"));
    draft.course_of.emplace_back();
    if (const Value course = map.take("course"))
        if (const auto at = course.reference(draft.courses, "course", "courses")) {
            condition.course = static_cast<CourseId>(*at);
            draft.course_of.back() = condition.course;
            if (condition.induction)
                draft.uses.push_back({name, *condition.induction, condition.course});
        }
    return condition;
}

SeverityClass read_severity(const std::string& name, const Value& value) {
    constexpr double kOfVerySevere = 1.2;  // see the key's row
    SeverityClass severity{name};
    severity.baseline_factor = name == "very_severe" ? kOfVerySevere : 1;
    if (!value.is_map()) {
        severity.share = value.share();
        return severity;
    }
    MapReader map{value, kSeveritySection};
    if (const Value share = map.take("share")) severity.share = share.share();
    if (const Value factor = map.take("baseline_factor"))
        severity.baseline_factor = factor.number();
    const Value shift = map.take("ceiling_shift");
    if (!shift) return severity;
    severity.ceiling_shift = shift.growth();
    if (std::abs(severity.ceiling_shift) > 0.5) shift.fault("at most 50 % up or down");
    return severity;
}

void read_severities(Draft& draft, const Value& value) {
    if (!value) return;
    check_count(value);
    const std::size_t before = draft.context.fault_count();
    auto& classes = draft.model().patients.severities;
    for (const auto& [name, one] : value.named()) classes.push_back(read_severity(name, one));
    check_shares(value, classes, before);
}

void read_side_effects(const Value& value, std::vector<SideEffect>& effects) {
    if (!value) return;
    constexpr std::size_t kMost = 16;
    for (const auto& [name, one] : value.named()) {
        MapReader map{one, kSideEffectSection};
        SideEffect effect;
        effect.name = name;
        if (const Value chance = map.take("chance")) effect.chance = chance.share();
        if (const Value from = map.take("from_infusion"))
            effect.from_infusion = static_cast<std::uint32_t>(from.whole());
        if (const Value until = map.take("until_infusion")) {
            effect.until_infusion = static_cast<std::uint32_t>(until.whole());
            if (effect.until_infusion >= 1 && effect.until_infusion < effect.from_infusion)
                until.fault("it would never happen: it begins with infusion " +
                            std::to_string(effect.from_infusion));
        }
        if (const Value holds = map.take("holds")) effect.holds = read_distribution(holds);
        if (const Value ends = map.take("ends_infusion")) effect.ends_infusion = ends.share();
        if (const Value stops = map.take("stops_treatment")) effect.stops_treatment = stops.share();
        effects.push_back(std::move(effect));
    }
    if (effects.size() > kMost) value.fault("more than 16 are not supported");
}

void read_lifestyle(const Value& value, std::vector<Habit>& habits) {
    if (!value) return;
    constexpr std::size_t kMost = 16;
    for (const auto& [name, one] : value.named()) {
        MapReader map{one, kHabitSection};
        Habit habit{name};
        if (const Value share = map.take("share")) habit.share = share.share();
        if (const Value factor = map.take("half_life")) habit.half_life = factor.number();
        if (const Value factor = map.take("stress")) habit.stress = factor.number();
        if (const Value factor = map.take("response")) habit.response = factor.number();
        if (!map.has("half_life") && !map.has("stress") && !map.has("response"))
            map.fault("name what it changes: half_life, stress or response");
        habits.push_back(std::move(habit));
    }
    if (habits.size() > kMost) value.fault("more than 16 are not supported");
}

void read_conditions(Draft& draft, const Value& value) {
    if (!value) return;
    check_count(value);
    const std::size_t before = draft.context.fault_count();
    auto& conditions = draft.model().patients.conditions;
    for (const auto& [name, one] : value.named())
        conditions.push_back(read_condition(draft, name, one));
    if (draft.context.fault_count() == before && conditions.empty())
        value.fault("name at least one condition");
    check_shares(value, conditions, before);
}

}  // namespace

std::vector<std::string> names_in(const Value& map) {
    std::vector<std::string> names;
    if (!map || !map.is_map()) return names;
    // the same as in Value::named, so that places in both agree
    for (const Entry& entry : map.node().entries)
        if (is_name(entry.key)) names.push_back(entry.key);
    return names;
}

bool Draft::has_induction() const {
    const auto& conditions_read = scenario.model.patients.conditions;
    return std::any_of(conditions_read.begin(), conditions_read.end(),
                       [](const Condition& c) { return c.induction.has_value(); });
}

void read_patients(Draft& draft, const Value& value) {
    if (!value) return;
    MapReader map{value, kPatientsSection};
    PatientMix& patients = draft.model().patients;
    const std::size_t before = draft.context.fault_count();
    read_arrivals(draft, map.take("arrivals"));
    read_stock(map.take("in_care_at_start"), patients.in_care_at_start);
    if (draft.context.fault_count() == before && !draft.has_arrivals() &&
        patients.in_care_at_start.patients == 0)
        map.fault("there is nobody: name arrivals, or patients in_care_at_start");
    read_drop_out(map.take("drop_out"), patients.drop_out);
    read_side_effects(map.take("side_effects"), patients.side_effects);
    if (const Value share = map.take("psychotherapy")) patients.psychotherapy = share.share();
    read_lifestyle(map.take("lifestyle"), patients.lifestyle);
    read_severities(draft, map.take("severity"));
    read_conditions(draft, map.take("conditions"));
}

void read_inductions(Draft& draft, const Value& value) {
    if (!value) return;
    check_count(value);
    for (const auto& [name, one] : value.named()) {
        Induction induction;
        induction.name = name;
        MapReader map{one, kInductionSection};
        if (const Value visits = map.take("visits"))
            induction.visits = static_cast<std::uint32_t>(visits.whole());
        if (const Value gap = map.take("gap")) {
            const std::size_t before = draft.context.fault_count();
            induction.gap = read_distribution(gap);
            if (draft.context.fault_count() == before && !(mean(induction.gap) > 0))
                gap.fault("the visits of an induction need time between them");
        } else if (induction.visits > 1) {
            map.missing("gap");
        }
        draft.model().patients.inductions.push_back(std::move(induction));
    }
}

}  // namespace clinicsim::reading
