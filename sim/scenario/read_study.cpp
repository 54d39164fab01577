// A study: who is enrolled and what happens in its phases.
#include <algorithm>
#include <cmath>

#include "distribution_rows.hpp"
#include "draft.hpp"
#include "rules.hpp"
#include "words.hpp"

namespace clinicsim::reading {
namespace {

constexpr double kTicksPerDay = 86'400'000.0;

void check_sum(const Value& value, double sum) {
    if (std::abs(sum - 1) > 1e-9)
        value.fault("the shares sum to " + number_text(sum * 100) + " %, not 100 %");
}

struct Shared {
    std::size_t index;
    double share;
};

/// A name, or names with shares that sum to 100 %.
std::vector<Shared> read_shares(const Value& value, const std::vector<std::string>& known,
                                std::string_view what, std::string_view known_as) {
    std::vector<Shared> result;
    if (!value) return result;
    const std::size_t before = value.context().fault_count();
    if (!value.is_map()) {
        if (const auto at = value.reference(known, what, known_as)) result.push_back({*at, 1});
        return result;
    }
    double sum = 0;
    for (const auto& [name, share] : value.named()) {
        const auto at = std::find(known.begin(), known.end(), name);
        if (at == known.end())
            value.context().fault(value.node().find(name)->place, share.path(),
                                  "there is no " + std::string{what} + " '" + name + "'" +
                                      advice(name, known, known_as));
        result.push_back({static_cast<std::size_t>(at - known.begin()), share.share()});
        if (value.context().fault_count() == before && result.back().share == 0)
            share.fault("nobody is here: leave it out");
        sum += result.back().share;
    }
    if (value.context().fault_count() == before) check_sum(value, sum);
    return result;
}

void read_course(const Draft& draft, const Value& value, Study& study) {
    const auto& courses = draft.scenario.model.patients.courses;
    for (const Shared& one : read_shares(value, draft.courses, "course", "courses")) {
        study.enrolled.push_back({static_cast<CourseId>(one.index), one.share});
        if (one.index < courses.size() && courses[one.index].renewal() != nullptr)
            value.fault("'" + draft.courses[one.index] +
                        "' is a renewal course; a study follows ratings, which need a symptom "
                        "course");
    }
}

void read_excluded(const Draft& draft, const Value& value, Study& study) {
    auto& excluded = study.screening.excluded;
    for (const Value& one : value.items()) {
        const auto course = one.reference(draft.courses, "course", "courses");
        if (!course) continue;
        const auto id = static_cast<CourseId>(*course);
        if (std::none_of(study.enrolled.begin(), study.enrolled.end(),
                         [&](const auto& e) { return e.course == id; }))
            one.fault("nobody with this course is screened");
        if (std::find(excluded.begin(), excluded.end(), id) != excluded.end())
            one.fault("it is named twice");
        excluded.push_back(id);
    }
    std::sort(excluded.begin(), excluded.end());
    if (!study.enrolled.empty() && excluded.size() >= study.enrolled.size())
        value.fault("every course is excluded: nobody would be enrolled");
}

void read_enrolled(const Draft& draft, const Value& value, Study& study) {
    MapReader map{value, kEnrolledSection};
    Screening& screening = study.screening;
    const Scale& scale = study.scale;
    if (const Value sd = map.take("baseline_sd")) screening.baseline_sd = sd.number();
    const std::size_t before = draft.context.fault_count();
    const auto score_in = [&](std::string_view key) {
        std::optional<double> score;
        const Value said = map.take(key);
        if (said) score = said.number();
        if (score && *score > scale.worst && draft.context.fault_count() == before)
            said.fault("no score of " + scale.name + " is over " + number_text(scale.worst));
        return score;
    };
    screening.at_least = score_in("score_at_least");
    screening.below = score_in("score_below");
    if (screening.at_least && screening.below && *screening.below <= *screening.at_least &&
        draft.context.fault_count() == before)
        map.take("score_below").fault("nobody would be enrolled: it must be over score_at_least");
    if (const Value error = map.take("error")) screening.error = error.share();
    if (const Value exclude = map.take("exclude")) read_excluded(draft, exclude, study);
    if (const Value from = map.take("improvement_from"))
        screening.from_screening = from.choice() == 1;
}

Duration read_day(const Value& value) {
    if (value.is_scalar() && !value.node().quoted)
        if (const auto days = parse_number(value.node().text); days.fits) {
            if (days.value < 0) value.misfit("it must not be negative");
            return from_ticks(std::max(days.value, 0.0) * kTicksPerDay);
        }
    return value.duration();
}

StudyInfusions read_infusions(const Value& value) {
    StudyInfusions infusions;
    MapReader map{value, kStudyInfusionsSection};
    if (map.readable() && map.has("days") == map.has("every") && !map.has_unknown())
        map.fault("write one of days, every");
    if (const Value days = map.take("days")) {
        const std::size_t before = value.context().fault_count();
        for (const Value& day : days.items()) {
            const Duration at = read_day(day);
            if (value.context().fault_count() == before && !infusions.at.empty() &&
                at <= infusions.at.back())
                day.fault("name them in the order of time, each once");
            infusions.at.push_back(at);
        }
        if (days.is_list() && infusions.at.empty()) days.fault("name at least one");
        map.unfit("count", "days says how many");
        map.unfit("spaced", "it goes with every");
    }
    if (const Value every = map.take("every")) infusions.every = every.duration();
    if (const Value count = map.take("count"))
        infusions.most = static_cast<std::uint32_t>(count.whole());
    if (const Value dose = map.take("dose")) {
        infusions.nasal = dose.is("nasal");
        if (!infusions.nasal) infusions.dose = dose.share();
    }
    if (const Value spaced = map.take("spaced")) {
        MapReader one{spaced, kSpacedSection};
        StudyInfusions::Spaced rule;
        const Value to = one.take("to");
        if (to) rule.to = to.duration();
        if (const Value after = one.take("after")) rule.after = after.duration();
        if (const Value when = one.take("when")) rule.when = read_test(when);
        if (to && infusions.every > Duration{} && rule.to <= infusions.every)
            to.fault("this must be longer than every, " + text(infusions.every));
        infusions.spaced = rule;
    }
    return infusions;
}

StudyRatings read_ratings(const Value& value) {
    StudyRatings ratings;
    MapReader map{value, kStudyRatingsSection};
    if (map.readable() && !map.has("after_infusion") && !map.has("at") && !map.has("every") &&
        !map.has_unknown())
        map.fault("write at least one of after_infusion, at, every");
    if (const Value after = map.take("after_infusion")) ratings.after_infusion = after.duration();
    if (const Value at = map.take("at")) {
        for (const Value& one : at.items()) ratings.at.push_back(read_distribution(one));
        if (at.is_list() && ratings.at.empty()) at.fault("name at least one");
    }
    if (const Value every = map.take("every")) {
        const std::size_t before = value.context().fault_count();
        ratings.every = read_distribution(every);
        if (value.context().fault_count() == before && !(mean(*ratings.every) > 0))
            every.fault("there must be time from one rating to the next");
    }
    if (const Value error = map.take("error")) ratings.error = error.share();
    return ratings;
}

void read_event(const Value& value, const Scale& scale, StudyPhase& phase) {
    MapReader map{value, kEventSection};
    const Distribution a_week{Constant{static_cast<double>(Duration{Days{7}}.count())}};
    bool weekly = true;
    for (std::size_t arm = 0; arm < phase.arm_count(); ++arm)
        weekly = weekly && phase.ratings_in(arm).every == a_week;
    phase.event = read_score_rule(map, scale, false, weekly);
    if (const Value counts = map.take("counts")) phase.event_at_first = counts.choice() == 0;
}

void read_arms(const Value& value, StudyPhase& phase) {
    const std::size_t before = value.context().fault_count();
    double sum = 0;
    for (const auto& [name, one] : value.named()) {
        StudyArm arm;
        arm.name = name;
        if (one.is_map()) {
            MapReader map{one, kArmSection};
            if (const Value share = map.take("share")) arm.share = share.share();
            if (const Value gets = map.take("gets")) arm.gets = static_cast<ArmGets>(gets.choice());
            if (const Value therapy = map.take("therapy")) arm.therapy = therapy.yes_no();
            if (arm.gets == ArmGets::nothing)
                map.unfit("infusions", "this arm gets nothing: leave them out, or gets");
            if (const Value infusions = map.take("infusions"))
                arm.infusions = read_infusions(infusions);
            if (const Value ratings = map.take("ratings")) arm.ratings = read_ratings(ratings);
        } else {
            arm.share = one.share();
        }
        if (value.context().fault_count() == before && arm.share == 0)
            one.fault("nobody is in this arm: leave it out");
        sum += arm.share;
        phase.arms.push_back(std::move(arm));
    }
    if (value.context().fault_count() == before && !phase.arms.empty()) check_sum(value, sum);
}

void read_next(const Draft& draft, const Value& value, std::size_t id, StudyPhase& phase) {
    bool all = false;
    for (const auto& [name, test] : value.named()) {
        const auto at = std::find(draft.phases.begin(), draft.phases.end(), name);
        const auto other = static_cast<std::size_t>(at - draft.phases.begin());
        const Place place = value.node().find(name)->place;
        if (at == draft.phases.end())
            draft.context.fault(
                place, test.path(),
                "there is no phase '" + name + "'" + advice(name, draft.phases, "phases"));
        else if (other <= id)
            draft.context.fault(place, test.path(),
                                "'" + name + "' " +
                                    (other == id ? "is this phase" : "stands before this phase") +
                                    "; patients go on to later ones only");
        else if (all)
            draft.context.fault(place, test.path(), "nobody is left to go on here, after always");
        const RatingTest when = read_test(test);
        all = all || when.what == RatingTest::What::always;
        phase.next.push_back({other, when});
    }
}

StudyPhase read_phase(const Draft& draft, std::size_t id, const Value& value, const Scale& scale) {
    StudyPhase phase;
    phase.name = draft.phases[id];
    const std::size_t before = draft.context.fault_count();
    MapReader map{value, kPhaseSection};
    if (const Value infusions = map.take("infusions")) phase.infusions = read_infusions(infusions);
    if (const Value ratings = map.take("ratings")) phase.ratings = read_ratings(ratings);
    if (const Value lasts = map.take("lasts")) phase.lasts = lasts.duration();
    if (const Value until = map.take("until")) {
        phase.until = read_test(until);
        if (phase.until->of > 1) until.fault("it looks at one rating at a time: leave out 'at'");
    }
    if (const Value leaves = map.take("leaves_per_infusion"))
        phase.leaves_per_infusion = leaves.share();
    if (const Value next = map.take("next")) read_next(draft, next, id, phase);
    if (const Value arms = map.take("arms")) read_arms(arms, phase);
    if (const Value event = map.take("event")) read_event(event, scale, phase);
    if (const Value clock = map.take("clock")) phase.from_last_infusion = clock.choice() == 1;
    if (const Value censored = map.take("censored")) phase.censored = read_distribution(censored);
    if (const Value drop_out = map.take("drop_out")) phase.drop_out = read_distribution(drop_out);
    if (draft.context.fault_count() == before && map.readable()) check_phase(value, phase);
    return phase;
}

/// Every phase must have somebody in it.
void check_reached(const Value& phases, const Study& study) {
    std::vector<bool> reached(study.phases.size(), false);
    for (const auto& start : study.start) reached[start.phase] = true;
    for (std::size_t i = 0; i < study.phases.size(); ++i) {
        const StudyPhase& phase = study.phases[i];
        if (!reached[i])
            phases.context().fault(phases.node().find(phase.name)->place,
                                   phases.path() + "." + phase.name,
                                   "nobody gets here: no phase goes on to it, and start does not "
                                   "name it");
        for (const auto& next : phase.next) reached[next.phase] = true;
    }
}

}  // namespace

void read_study(Draft& draft, const Value& value) {
    Study& study = *draft.scenario.study;
    MapReader map{value, kStudySection};
    if (const Value patients = map.take("patients"))
        study.patients = static_cast<std::uint32_t>(patients.whole());
    study.scale = read_scale(map.take("scale"));
    const std::size_t before_courses = draft.context.fault_count();
    read_course(draft, map.take("course"), study);
    if (const Value enrolled = map.take("enrolled")) read_enrolled(draft, enrolled, study);
    draft.screening_known = draft.context.fault_count() == before_courses;
    const Value phases = map.take("phases");
    draft.phases = names_in(phases);
    const std::size_t before = draft.context.fault_count();
    if (phases) {
        const auto named = phases.named();
        for (std::size_t i = 0; i < named.size(); ++i)
            study.phases.push_back(read_phase(draft, i, named[i].second, study.scale));
        if (phases.is_map() && named.empty()) phases.fault("name at least one phase");
    }
    if (!draft.phases.empty()) map.decided("start", draft.phases.front());
    const Value start = map.take("start");
    for (const Shared& one : read_shares(start, draft.phases, "phase", "phases"))
        study.start.push_back({one.index, one.share});
    if (phases && draft.context.fault_count() == before) check_reached(phases, study);
    read_outcomes(draft, map.take("outcomes"));
}

}  // namespace clinicsim::reading
