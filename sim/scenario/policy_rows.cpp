#include "policy_rows.hpp"

#include <algorithm>
#include <array>

#include "clinicsim/base/check.hpp"
#include "distribution_rows.hpp"
#include "rules.hpp"

namespace clinicsim::reading {
namespace {

using Words = std::span<const std::string_view>;
using Word = std::string_view;

constexpr std::array kNoneMarkers{Word{}};
constexpr std::array kEveryMarkers{Word{"every"}};
constexpr std::array kStepsMarkers{Word{"steps"}};
constexpr std::array kLengtheningMarkers{Word{"from"}, Word{"to"}};
constexpr std::array kAsNeededMarkers{Word{"when"}, Word{"seen"},       Word{"by_others"},
                                      Word{"asks"}, Word{"asks_after"}, Word{"repeat_after"}};
constexpr std::array kGroupMarkers{Word{"by"}};

constexpr std::array kNoneKeys{Word{"rescue"}, Word{"infusions"}, Word{"apart"}, Word{"before"},
                               Word{"missed"}, Word{"at_most"},   Word{"stop"},  Word{"gets"}};
constexpr std::array kScheduleKeys{Word{"clock"},   Word{"rescue"}, Word{"infusions"},
                                   Word{"apart"},   Word{"before"}, Word{"missed"},
                                   Word{"at_most"}, Word{"stop"},   Word{"gets"}};
constexpr std::array kLengtheningKeys{
    Word{"by"},     Word{"clock"},     Word{"rescue"}, Word{"apart"},   Word{"before"},
    Word{"missed"}, Word{"infusions"}, Word{"gets"},   Word{"at_most"}, Word{"stop"}};
constexpr std::array kAsNeededKeys{Word{"infusions"}, Word{"apart"}, Word{"before"}, Word{"missed"},
                                   Word{"at_most"},   Word{"stop"},  Word{"gets"}};

// --- schedules ----------------------------------------------------------------------------------

ScheduleClock read_clock(MapReader& map) {
    if (!map.has("clock"))
        map.missing("clock", "reset and calendar give different results, so neither is assumed");
    const Value clock = map.take("clock");
    return clock ? static_cast<ScheduleClock>(clock.choice()) : ScheduleClock::reset;
}

void read_none(const Draft&, MapReader&, Policy& policy) { policy.schedule = NoSchedule{}; }

void read_fixed_interval(const Draft&, MapReader& map, Policy& policy) {
    FixedInterval schedule;
    if (const Value every = map.take("every")) schedule.every = every.span();
    schedule.clock = read_clock(map);
    policy.schedule = schedule;
}

void read_steps(const Draft&, MapReader& map, Policy& policy) {
    Steps schedule;
    const Value steps = map.take("steps");
    std::vector<Value> items;
    if (steps) items = steps.items();
    if (steps && steps.is_list() && items.empty()) steps.fault("name at least one step");
    for (std::size_t i = 0; i < items.size(); ++i) {
        MapReader one{items[i], kStepSection};
        Steps::Step step;
        if (const Value every = one.take("every")) step.every = every.span();
        const bool last = i + 1 == items.size();
        if (!last && !one.has("for")) one.missing("for", "only the last step has no end");
        if (last)
            one.unfit("for", "the last step has no end");
        else if (const Value lasts = one.take("for"))
            step.lasts = lasts.span();
        schedule.steps.push_back(step);
    }
    schedule.clock = read_clock(map);
    policy.schedule = std::move(schedule);
}

void read_lengthening(const Draft&, MapReader& map, Policy& policy) {
    Lengthening schedule;
    const auto read = [&](std::string_view key, Span& span) {
        if (!map.has(key)) map.missing(key);
        const Value value = map.take(key);
        if (!value) return;
        const Value typed{value.context(), value.node(), value.path(), "duration over 0"};
        const std::size_t before = value.context().fault_count();
        span = typed.span();
        if (value.context().fault_count() == before && span.months != 0)
            value.fault("write days or weeks: months differ in length");
        if (value.context().fault_count() == before && span.empty())
            value.fault("it must be longer than 0");
    };
    read("from", schedule.from);
    read("to", schedule.to);
    read("by", schedule.by);
    if (!schedule.from.empty() && !schedule.to.empty() && schedule.to.fixed < schedule.from.fixed)
        map.fault("to must not be shorter than from");
    map.decided("clock", "reset");
    if (const Value clock = map.take("clock"); clock && clock.choice() != 0)
        clock.fault("a lengthening schedule counts from the last infusion: clock: reset");
    policy.schedule = schedule;
}

// --- asking -------------------------------------------------------------------------------------

Seen read_seen(const Value& value) {
    if (value.is("at_once")) return SeenAtOnce{};
    if (!value.is_map()) {
        value.misfit();
        return SeenAtOnce{};
    }
    MapReader map{value, kSeenSection};
    if (map.has("after") == map.has("every")) map.fault("write at_once, {after: …} or {every: …}");
    Seen seen = SeenAtOnce{};
    if (const Value after = map.take("after")) seen = SeenAfter{read_distribution(after)};
    if (const Value every = map.take("every")) seen = SeenAtCheckUps{every.duration()};
    return seen;
}

/// A value of the asking keys, with the default of `rescue:` also where they stand in the policy.
Value take_asking(MapReader& map, std::string_view key) {
    const KeyRow* row = kRescueSection.row(key);
    CLINICSIM_CHECK(row != nullptr, "asking keys have their rows under rescue");
    if (!row->fallback.empty()) map.decided(key, std::string{row->fallback});
    return map.take(key);
}

/// The rule of a policy that goes by ratings; nothing where it goes by relapses.
std::optional<ScoreRule> read_when(const Draft& draft, const Value& when) {
    if (!when.is_map()) {
        when.choice();
        return std::nullopt;
    }
    const Observation& observation = draft.scenario.model.observation;
    MapReader map{when, kScoreRuleSection};
    if (const Condition* renewal = draft.first_renewal())
        when.fault("ratings need a symptom course, but " + renewal->name +
                   " has a renewal course, which has no scores; write when: relapse");
    const ScoreRule rule =
        read_score_rule(map, observation.scale, false, observation.self.every == Days{7});
    if (rule.by == ScoreRule::By::score && !draft.scales_in_use.empty())
        when.fault("a score means another thing on every scale, and these patients are rated by " +
                   draft.scales_in_use + "; write improvement_below or loss_of_response");
    return rule;
}

Asking read_asking(const Draft& draft, MapReader& map) {
    Asking asking;
    if (const Value when = take_asking(map, "when")) asking.on_score = read_when(draft, when);
    if (asking.on_score) {
        map.unfit("seen", "the policy goes by ratings, and sees those that are made");
        map.unfit("by_others", "the policy goes by ratings; others notice relapses");
    } else {
        if (const Value seen = take_asking(map, "seen")) asking.seen = read_seen(seen);
        if (const Value others = take_asking(map, "by_others")) {
            MapReader one{others, kByOthersSection};
            if (const Value share = one.take("share")) asking.by_others.share = share.share();
            if (const Value after = one.take("after"))
                asking.by_others.delay = read_distribution(after);
        }
    }
    if (const Value asks = take_asking(map, "asks")) asking.asks = asks.share();
    if (const Value after = take_asking(map, "asks_after"))
        asking.asks_after = read_distribution(after);
    if (const Value again = take_asking(map, "repeat_after"))
        asking.repeat_after = again.duration();
    return asking;
}

void read_as_needed(const Draft& draft, MapReader& map, Policy& policy) {
    if (!map.has("when")) map.missing("when");
    policy.asking = read_asking(draft, map);
    policy.leaves_unless_asking = true;
}

// --- what goes with any of them -----------------------------------------------------------------

void read_pair(MapReader& map, Policy& policy) {
    if (const Value infusions = map.take("infusions"))
        policy.infusions = static_cast<std::uint32_t>(infusions.whole());
    if (policy.infusions == 1) {
        map.unfit("apart",
                  "a booster of one infusion has no second one; it goes with infusions: 2");
        return;
    }
    const Value apart = map.take("apart");
    if (!apart) {
        map.missing("apart");
        return;
    }
    if (!apart.is_list()) {
        policy.apart = read_distribution(apart);
        return;
    }
    const auto ends = apart.items();
    if (ends.size() != 2) {
        apart.fault("expected [shortest, longest], such as [1 day, 2 days]");
        return;
    }
    const double shortest = ends[0].ticks(), longest = ends[1].ticks();
    if (longest < shortest)
        apart.fault("the longest time must not be below the shortest");
    else
        policy.apart = Uniform{shortest, longest};
}

void read_before(const Value& value, BeforeDates& before) {
    if (!value) return;
    MapReader map{value, kBeforeSection};
    if (const Value dates = map.take("dates"))
        for (const Value& day : dates.items()) before.days.push_back(day.yearly_day());
    if (const Value anniversary = map.take("anniversary"))
        before.anniversary = anniversary.yes_no();
    if (const Value by = map.take("by")) before.by = by.duration();
    if (map.readable() && before.empty()) map.fault("name dates, or anniversary: yes");
}

void read_common(const Draft& draft, MapReader& map, Policy& policy) {
    read_pair(map, policy);
    if (const Value rescue = map.take("rescue")) {
        MapReader one{rescue, kRescueSection};
        policy.asking = read_asking(draft, one);
        if (const Value planned = one.take("planned"))
            policy.asking->planned = static_cast<PlannedInEpisode>(planned.choice());
    }
    read_before(map.take("before"), policy.before);
    if (policy.plans()) {
        if (const Value missed = map.take("missed")) policy.missed = missed.share();
    } else {
        map.unfit("missed", "nothing is planned that could be missed");
    }
    if (const Value at_most = map.take("at_most")) {
        MapReader one{at_most, kCapSection};
        Cap cap;
        const Value boosters = one.take("boosters");
        if (boosters) cap.boosters = static_cast<std::uint32_t>(boosters.whole());
        if (const Value per = one.take("per")) per.choice();
        if (boosters && cap.boosters < policy.infusions)
            boosters.fault("a booster of this policy has 2 infusions, so none would ever fit");
        policy.cap = cap;
    }
    if (const Value stop = map.take("stop")) {
        MapReader one{stop, kStopSection};
        if (const Value well = one.take("well")) policy.stop_when_well = well.span();
    }
}

Given read_given(const Draft& draft, const Value& value) {
    const auto given = static_cast<Given>(value.choice());
    if (const Condition* renewal = draft.first_renewal(); given == Given::placebo && renewal)
        value.fault("a placebo does what the course expects of it (expectation), but " +
                    renewal->name +
                    " has a renewal course, which knows infusions with the drug only");
    return given;
}

/// `gets`; yes where nobody is treated, and nothing else goes with it.
bool read_nothing_given(const Draft& draft, MapReader& map, Policy& policy) {
    const Value gets = map.take("gets");
    if (!gets) return false;
    if (gets.is_map()) {
        MapReader one{gets, kGetsSection};
        if (const Value given = one.take("induction"))
            policy.gets.induction = read_given(draft, given);
        if (const Value given = one.take("boosters"))
            policy.gets.boosters = read_given(draft, given);
        return false;
    }
    if (!gets.is("nothing")) {
        policy.gets.induction = policy.gets.boosters = read_given(draft, gets);
        return false;
    }
    policy.treats = false;
    for (const KeyRow& row : kPolicySection.rows)
        if (row.key != "gets" && map.has(row.key))
            map.unfit(row.key, "with gets: nothing nobody has a visit, so it stands alone");
    return true;
}

template <void (*ReadSchedule)(const Draft&, MapReader&, Policy&)>
void read_all(const Draft& draft, MapReader& map, Policy& policy) {
    if (read_nothing_given(draft, map, policy)) return;
    ReadSchedule(draft, map, policy);
    read_common(draft, map, policy);
}

constexpr std::array kRows{
    PolicyRow{NoSchedule::name, "no planned booster; without rescue, no booster at all", "{}",
              Words{kNoneMarkers}.subspan(1), kNoneKeys, read_all<read_none>},
    PolicyRow{FixedInterval::name, "one booster every so often",
              "{every: 30 days, clock: reset, rescue: {asks_after: 7 days, planned: kept}}",
              kEveryMarkers, kScheduleKeys, read_all<read_fixed_interval>},
    PolicyRow{Steps::name, "intervals that change with time: monthly for a while, then quarterly",
              "{steps: [{every: 30 days, for: 6 months}, {every: 90 days}], clock: reset}",
              kStepsMarkers, kScheduleKeys, read_all<read_steps>},
    PolicyRow{Lengthening::name,
              "intervals that grow while the patient is well, and start anew after a relapse",
              "{from: 3 weeks, to: 5 weeks, by: 1 week}", kLengtheningMarkers, kLengtheningKeys,
              read_all<read_lengthening>},
    PolicyRow{"as_needed", "a booster on a relapse that was seen, if the patient asks",
              "{when: relapse, seen: {every: 7 days}, asks: 80 %, asks_after: 2 days}",
              kAsNeededMarkers, kAsNeededKeys, read_all<read_as_needed>},
    PolicyRow{"by_group", "a policy of this file for each severity or condition",
              "{by: {severity: {severe: monthly, otherwise: as_needed}}}", kGroupMarkers, Words{},
              nullptr},
};
static_assert(kRows.size() == std::variant_size_v<Schedule> + 2,
              "a schedule without a row cannot be written in a scenario");

bool names_any(const MapReader& map, Words keys) {
    return std::any_of(keys.begin(), keys.end(), [&](Word key) { return map.has(key); });
}

bool holds(Words keys, Word key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); }

Word first_named(const MapReader& map, Words keys) {
    return *std::find_if(keys.begin(), keys.end(), [&](Word key) { return map.has(key); });
}

}  // namespace

std::span<const PolicyRow> policy_rows() { return kRows; }

const PolicyRow* choose_policy_row(MapReader& map) {
    const PolicyRow* chosen = nullptr;
    for (const PolicyRow& row : kRows) {
        if (!names_any(map, row.markers)) continue;
        // `by` also belongs to lengthening
        if (chosen != nullptr && row.markers.data() == kGroupMarkers.data() &&
            holds(chosen->keys, "by"))
            continue;
        if (chosen != nullptr) {
            const Word second = first_named(map, row.markers);
            for (const KeyRow& key : kPolicySection.rows)
                if (key.key != second) map.take(key.key);
            map.unfit(second, "a policy has one schedule; '" +
                                  std::string{first_named(map, chosen->markers)} +
                                  "' makes this one " + std::string{chosen->name} + ", '" +
                                  std::string{second} + "' " + std::string{row.name});
            return nullptr;
        }
        chosen = &row;
    }
    if (chosen == nullptr && map.has_unknown()) {
        // most likely the schedule's own key was mistyped: what goes with it is not known
        for (const KeyRow& key : kPolicySection.rows) map.take(key.key);
        return nullptr;
    }
    if (chosen == nullptr) chosen = &kRows[0];
    for (const KeyRow& key : kPolicySection.rows)
        if (map.has(key.key) && !holds(chosen->markers, key.key) && !holds(chosen->keys, key.key))
            map.unfit(key.key, chosen == &kRows[0]
                                   ? "this needs a schedule beside it, such as every: 30 days"
                                   : "this does not go with a policy of the kind " +
                                         std::string{chosen->name});
    return chosen;
}

std::string_view kind_of(const PolicyChoice& choice) {
    if (choice.by != PolicyChoice::By::nothing) return "by_group";
    const Policy& policy = choice.policies.front();
    if (policy.leaves_unless_asking) return "as_needed";
    return std::visit([](const auto& schedule) { return schedule.name; }, policy.schedule);
}

}  // namespace clinicsim::reading
