// The numbers that are read off a study.
#include <algorithm>
#include <array>
#include <cmath>

#include "draft.hpp"
#include "rules.hpp"

namespace clinicsim::reading {
namespace {

using Kind = StudyOutcome::Kind;

/// What a kind of outcome is called, what stands under its name, and what it needs.
struct OutcomeRow {
    enum class Says : std::uint8_t { test, phase, other_phase, time, reason };
    std::string_view key;
    Kind kind;
    Says says;
    bool of_event, of_ratings;
};
using Says = OutcomeRow::Says;
constexpr std::array kRows{
    OutcomeRow{"share", Kind::share, Says::test, false, true},
    OutcomeRow{"going_on_to", Kind::share_going_on, Says::other_phase, false, false},
    OutcomeRow{"event_free", Kind::event_free, Says::time, true, false},
    OutcomeRow{"with_event", Kind::share_with_event, Says::phase, true, false},
    OutcomeRow{"median_time", Kind::median_time, Says::phase, true, false},
    OutcomeRow{"median_event_time", Kind::median_event_time, Says::phase, true, false},
    OutcomeRow{"restricted_mean", Kind::restricted_mean, Says::time, true, false},
    OutcomeRow{"hazard_ratio", Kind::hazard_ratio, Says::phase, true, false},
    OutcomeRow{"incidence", Kind::incidence, Says::time, true, false},
    OutcomeRow{"mean_change", Kind::mean_change, Says::phase, false, true},
    OutcomeRow{"median_infusions", Kind::median_infusions, Says::phase, false, false},
    OutcomeRow{"mean_difference", Kind::mean_difference, Says::phase, false, true},
    OutcomeRow{"effect_size", Kind::effect_size, Says::phase, false, true},
    OutcomeRow{"dropped_out", Kind::share_dropped_out, Says::phase, false, false},
    OutcomeRow{"log_rank", Kind::log_rank, Says::phase, true, false},
    OutcomeRow{"excluded", Kind::share_excluded, Says::reason, false, false},
};
static_assert(kRows.size() == static_cast<std::size_t>(Kind::share_excluded) + 1,
              "an outcome without a row cannot be written in a scenario");

/// How many ratings an arm can have at most; nothing where that is not known.
std::optional<double> most_ratings(const StudyPhase& phase, std::size_t arm) {
    const StudyRatings& ratings = phase.ratings_in(arm);
    const auto lasts = static_cast<double>(phase.lasts.count());
    double most = static_cast<double>(ratings.at.size());
    if (ratings.every) {
        if (lasts == 0 || !(lowest(*ratings.every) > 0)) return std::nullopt;
        most += std::floor(lasts / lowest(*ratings.every));
    }
    if (ratings.after_infusion && phase.infusions_in(arm) != nullptr) {
        const StudyInfusions& infusions = *phase.infusions_in(arm);
        if (!infusions.at.empty()) return most + static_cast<double>(infusions.at.size());
        if (infusions.most > 0) return most + infusions.most;
        most += std::floor(lasts / static_cast<double>(infusions.every.count())) + 1;
    }
    return most;
}

class OutcomeReader {
  public:
    OutcomeReader(const Draft& draft, const Value& value)
        : draft_{draft},
          study_{*draft.scenario.study},
          value_{value},
          map_{value, kOutcomeSection} {}

    StudyOutcome read(const std::string& name) {
        outcome_.name = name;
        const OutcomeRow* row = chosen();
        if (row == nullptr) {
            for (const KeyRow& key : kOutcomeSection.rows) map_.take(key.key);
            return outcome_;
        }
        outcome_.kind = row->kind;
        const std::size_t before = draft_.context.fault_count();
        const Value said = map_.take(row->key);
        read_phase(*row, said);
        switch (row->says) {
            case Says::test:
                outcome_.test = read_test(said);
                break;
            case Says::other_phase:
                if (const auto at = said.reference(draft_.phases, "phase", "phases"))
                    outcome_.other = *at;
                break;
            case Says::time:
                outcome_.time = said.duration();
                break;
            case Says::reason:
                read_reason(said);
                break;
            case Says::phase:
                break;
        }
        // without a phase, nothing more can be said of what it has
        const StudyPhase* phase = phase_known_ && outcome_.phase < study_.phases.size()
                                      ? &study_.phases[outcome_.phase]
                                      : nullptr;
        read_arms(*row, phase);
        read_rating(*row, phase);
        if (row->kind == Kind::share) {
            map_.decided("of", "entered");
            if (const Value of = map_.take("of")) read_of(of, phase);
        } else {
            map_.unfit("of", "it goes with share");
        }
        read_drop_out(*row, phase);
        read_cause(*row, phase);
        read_trial(*row, phase);
        if (phase != nullptr && draft_.context.fault_count() == before) check(*row, said, *phase);
        return outcome_;
    }

  private:
    /// The one kind that the keys name; null after a fault.
    const OutcomeRow* chosen() {
        const OutcomeRow* row = nullptr;
        for (const OutcomeRow& one : kRows) {
            if (!map_.has(one.key)) continue;
            if (row != nullptr) {
                map_.unfit(one.key, "an outcome is one number; this one is " +
                                        std::string{row->key} + " already");
                return nullptr;
            }
            row = &one;
        }
        if (row == nullptr && map_.readable() && !map_.has_unknown())
            map_.fault("name the kind of number, such as share: response, or median_time: " +
                       (draft_.phases.empty() ? "follow_up" : draft_.phases.back()));
        return row;
    }

    void read_phase(const OutcomeRow& row, const Value& said) {
        if (row.says == Says::phase) {
            map_.unfit("phase", "the phase stands under " + std::string{row.key});
            set_phase(said);
            return;
        }
        if (row.says == Says::reason) {
            map_.unfit("phase", "who is excluded is in none");
            return;
        }
        if (draft_.phases.size() == 1) map_.decided("phase", draft_.phases.front());
        if (!map_.has("phase") && !draft_.phases.empty())
            map_.missing("phase", "there are several phases");
        if (const Value phase = map_.take("phase")) set_phase(phase);
    }
    void read_reason(const Value& said) {
        const std::size_t why = said.choice();
        if (why > 0) outcome_.excluded = static_cast<Exclusion>(why);
        if (!draft_.screening_known) return;
        const Screening& screening = study_.screening;
        if ((why == 0 && !screening.excludes()) ||
            (outcome_.excluded == Exclusion::course && screening.excluded.empty()) ||
            (outcome_.excluded == Exclusion::score && !screening.at_least && !screening.below))
            said.fault(std::string{"nobody is excluded"} + (why == 0 ? "" : " for this reason") +
                       ": enrolled says who is, by score_at_least, score_below and exclude");
    }
    void set_phase(const Value& value) {
        if (const auto at = value.reference(draft_.phases, "phase", "phases")) {
            outcome_.phase = *at;
            phase_known_ = true;
        }
    }

    /// The phase whose arms are named; null where that is not known.
    const StudyPhase* read_arms_of(const StudyPhase* phase) {
        const Value of = map_.take("arms_of");
        if (!of || phase == nullptr) return phase;
        const auto at = of.reference(draft_.phases, "phase", "phases");
        if (!at || *at >= study_.phases.size()) return nullptr;
        if (*at != outcome_.phase) {
            if (*at > outcome_.phase || !leads_to(*at, outcome_.phase)) {
                of.fault("nobody goes from '" + draft_.phases[*at] + "' to '" + phase->name + "'");
                return nullptr;
            }
            outcome_.arms_of = at;
        }
        return &study_.phases[*at];
    }
    std::optional<std::size_t> arm_of(const Value& value, const StudyPhase& phase) const {
        std::vector<std::string> names;
        for (const StudyArm& arm : phase.arms) names.push_back(arm.name);
        return value.reference(names, "arm", "arms of " + phase.name);
    }

    void read_arms(const OutcomeRow& row, const StudyPhase* phase) {
        const bool compares = is_of_hazards(row) || row.kind == Kind::mean_difference ||
                              row.kind == Kind::effect_size;
        const std::string why = row.kind == Kind::hazard_ratio ? "a ratio needs two arms"
                                : row.kind == Kind::log_rank   ? "a test needs two arms"
                                                               : "a difference needs two arms";
        if (row.says == Says::reason) map_.unfit("arm", "who is excluded is in none");
        if (!map_.has("arm") && !map_.has("against"))
            map_.unfit("arms_of", "it goes with arm");
        else
            phase = read_arms_of(phase);
        if (compares && !map_.has("arm")) map_.missing("arm", why);
        if (compares && !map_.has("against")) map_.missing("against", why);
        const Value arm = map_.take("arm");
        if (arm && phase != nullptr) outcome_.arm = arm_of(arm, *phase);
        if (!compares) {
            map_.unfit("against",
                       "it goes with hazard_ratio, log_rank, mean_difference and effect_size");
            return;
        }
        const Value against = map_.take("against");
        if (against && phase != nullptr) outcome_.other_arm = arm_of(against, *phase);
        if (outcome_.arm && outcome_.arm == outcome_.other_arm)
            against.fault("an arm cannot be compared with itself");
    }

    /// Of whom a share is.
    void read_of(const Value& of, const StudyPhase* phase) {
        if (!of.is_map()) {
            outcome_.among_rated = of.choice() == 1;
            return;
        }
        const std::size_t before = draft_.context.fault_count();
        auto& among = outcome_.among.emplace();
        MapReader those{of, kThoseWithSection};
        if (const Value test = those.take("with")) among.test = read_test(test);
        if (phase != nullptr) those.decided("phase", phase->name);
        const Value where = those.take("phase");
        if (where) among.phase = where.reference(draft_.phases, "phase", "phases").value_or(0);
        const Value rating = those.take("rating");
        if (!rating.is("last")) among.rating = static_cast<std::uint32_t>(rating.whole());
        if (phase == nullptr || draft_.context.fault_count() != before ||
            among.phase >= study_.phases.size())
            return;
        const StudyPhase& other = study_.phases[among.phase];
        if (among == StudyOutcome::Among{outcome_.phase, outcome_.test, outcome_.rating})
            of.fault("this is the share's own rating: it would always be 100 %");
        if (!leads_to(std::min(among.phase, outcome_.phase), std::max(among.phase, outcome_.phase)))
            where.fault("nobody is in '" + phase->name + "' and in '" + other.name + "'");
        if (most_rated(other) == 0.0)
            where.fault("nothing is rated in '" + other.name + "'");
        else
            check_rating(rating, among.rating, other);
    }
    bool leads_to(std::size_t from, std::size_t to) const {
        const auto& next = study_.phases[from].next;
        return from == to || std::any_of(next.begin(), next.end(), [&](const auto& one) {
                   return one.phase <= to && leads_to(one.phase, to);
               });
    }

    static bool is_of_hazards(const OutcomeRow& row) {
        return row.kind == Kind::hazard_ratio || row.kind == Kind::log_rank;
    }
    static bool is_left(const StudyPhase& phase) {
        return phase.drop_out || phase.leaves_per_infusion > 0;
    }

    /// Leaving is no censoring in disguise: the file says so where a number takes it for that.
    void read_drop_out(const OutcomeRow& row, const StudyPhase* phase) {
        const bool censors = row.kind == Kind::event_free || row.kind == Kind::median_time ||
                             row.kind == Kind::restricted_mean || is_of_hazards(row);
        if (!censors) {
            map_.unfit("drop_out",
                       "it goes with event_free, median_time, restricted_mean, hazard_ratio and "
                       "log_rank");
            return;
        }
        if (phase != nullptr && !is_left(*phase)) {
            map_.unfit("drop_out", "nobody leaves '" + phase->name + "'");
            return;
        }
        if (phase != nullptr && !map_.has("drop_out"))
            map_.missing("drop_out", "patients leave '" + phase->name + "'");
        if (const Value drop_out = map_.take("drop_out")) {
            outcome_.competing = drop_out.choice() == 1;
            if (outcome_.competing && is_of_hazards(row))
                drop_out.fault(
                    "a hazard is of who is still there, so that competing would be the "
                    "same number: write censored");
        }
    }

    void read_cause(const OutcomeRow& row, const StudyPhase* phase) {
        if (row.kind == Kind::share_dropped_out && phase != nullptr && !is_left(*phase))
            map_.take(row.key).fault("nobody leaves '" + phase->name + "'");
        if (row.kind != Kind::incidence) {
            map_.unfit("cause", "it goes with incidence");
            return;
        }
        map_.decided("cause", "event");
        const Value cause = map_.take("cause");
        if (cause) outcome_.of_drop_out = cause.choice() == 1;
        if (outcome_.of_drop_out && phase != nullptr && !is_left(*phase))
            cause.fault("nobody leaves '" + phase->name + "'");
    }

    void read_trial(const OutcomeRow& row, const StudyPhase* phase) {
        if (!is_of_hazards(row)) {
            map_.unfit("trial", "it goes with hazard_ratio and log_rank");
            map_.unfit("shows", "it goes with hazard_ratio and log_rank");
            return;
        }
        if (const Value trial = map_.take("trial"))
            read_size(trial, phase == nullptr ? nullptr : &study_.phases[outcome_.phase_of_arms()]);
        const bool of_test = row.kind == Kind::log_rank;
        if (!of_test && !map_.has("trial")) {
            map_.unfit("shows",
                       "it goes with trial: the interval of all patients together stands "
                       "beside the ratio anyway");
            return;
        }
        map_.decided("shows", of_test ? "chi_square" : "ratio");
        const Value shows = map_.take("shows");
        if (!shows) return;
        const std::size_t before = draft_.context.fault_count();
        constexpr std::array kWords{StudyOutcome::Shows::value, StudyOutcome::Shows::low,
                                    StudyOutcome::Shows::high,  StudyOutcome::Shows::value,
                                    StudyOutcome::Shows::p,     StudyOutcome::Shows::significant};
        constexpr std::size_t kOfTest = 3;  // from this one on
        const std::size_t chosen = shows.choice();
        if (draft_.context.fault_count() != before) return;
        if ((chosen >= kOfTest) != of_test)
            shows.fault(of_test ? "log_rank shows chi_square, p or significant"
                                : "hazard_ratio shows ratio, low or high");
        outcome_.shows = kWords[chosen];
    }
    /// A number for either arm, or both by their names.
    void read_size(const Value& trial, const StudyPhase* phase) {
        const std::size_t before = draft_.context.fault_count();
        StudyOutcome::Trial size{0, 0};
        if (!trial.is_map()) {
            size.patients = size.other = static_cast<std::uint32_t>(trial.whole());
        } else {
            for (const auto& [name, number] : trial.named()) {
                const auto is = [&](std::optional<std::size_t> arm) {
                    return phase != nullptr && arm && phase->arms[*arm].name == name;
                };
                const auto patients = static_cast<std::uint32_t>(number.whole());
                if (is(outcome_.arm))
                    size.patients = patients;
                else if (is(outcome_.other_arm))
                    size.other = patients;
                else if (phase != nullptr && outcome_.arm && outcome_.other_arm)
                    number.fault("the arms compared here are '" + phase->arms[*outcome_.arm].name +
                                 "' and '" + phase->arms[*outcome_.other_arm].name + "'");
            }
            if (draft_.context.fault_count() == before && phase != nullptr && outcome_.arm &&
                outcome_.other_arm && (size.patients == 0 || size.other == 0))
                trial.fault("name the patients of both arms, '" + phase->arms[*outcome_.arm].name +
                            "' and '" + phase->arms[*outcome_.other_arm].name + "'");
        }
        const std::uint64_t both = std::uint64_t{size.patients} + size.other;
        if (draft_.context.fault_count() == before && both > study_.patients)
            trial.fault("a replication has " + std::to_string(study_.patients) +
                        " patients: they make no trial of " + std::to_string(both));
        outcome_.trial = size;
    }

    void read_rating(const OutcomeRow& row, const StudyPhase* phase) {
        if (!row.of_ratings) {
            map_.unfit("rating",
                       "it goes with share, mean_change, mean_difference and effect_size");
            return;
        }
        map_.decided("rating", "last");
        const Value rating = map_.take("rating");
        if (!rating || rating.is("last")) return;
        const std::size_t before = draft_.context.fault_count();
        outcome_.rating = static_cast<std::uint32_t>(rating.whole());
        if (phase != nullptr && draft_.context.fault_count() == before)
            check_rating(rating, outcome_.rating, *phase);
    }
    void check_rating(const Value& value, std::uint32_t rating, const StudyPhase& phase) const {
        const auto most = most_rated(phase);
        if (!most || rating <= *most) return;
        value.fault("'" + phase.name + "' has at most " + number_text(*most) +
                    (*most == 1 ? " rating" : " ratings") +
                    (outcome_.arm && !outcome_.arms_of && is_of(phase) && phase.has_own_ratings()
                         ? outcome_.other_arm ? " in both of these arms" : " in this arm"
                         : ""));
    }
    bool is_of(const StudyPhase& phase) const { return &phase == &study_.phases[outcome_.phase]; }
    /// Arms whose patients the outcome looks at.
    std::vector<std::size_t> looked_at(const StudyPhase& phase) const {
        std::vector<std::size_t> arms;
        for (std::size_t arm = 0; arm < phase.arm_count(); ++arm)
            if (!outcome_.arm || outcome_.arms_of || !is_of(phase) || arm == *outcome_.arm ||
                arm == outcome_.other_arm)
                arms.push_back(arm);
        return arms;
    }
    /// The most ratings that anybody looked at can have; of a comparison, that both arms can.
    std::optional<double> most_rated(const StudyPhase& phase) const {
        std::optional<double> most;
        for (const std::size_t arm : looked_at(phase)) {
            const auto here = most_ratings(phase, arm);
            if (!here) return std::nullopt;
            most = !most                                     ? *here
                   : outcome_.other_arm && !outcome_.arms_of ? std::min(*most, *here)
                                                             : std::max(*most, *here);
        }
        return most;
    }

    void check(const OutcomeRow& row, const Value& said, const StudyPhase& phase) const {
        if (row.of_event && !phase.event)
            said.fault("'" + phase.name + "' has no event whose time could be measured");
        const auto arms = looked_at(phase);
        if (row.of_ratings && most_rated(phase) == 0.0)
            said.fault("nothing is rated in '" + phase.name + "'");
        if (row.kind == Kind::median_infusions &&
            (!phase.until || std::none_of(arms.begin(), arms.end(), [&](std::size_t arm) {
                return phase.infusions_in(arm) != nullptr;
            })))
            said.fault("'" + phase.name + "' needs infusions and until for this");
        if (row.kind == Kind::share_going_on &&
            std::none_of(phase.next.begin(), phase.next.end(),
                         [&](const auto& next) { return next.phase == outcome_.other; }))
            said.fault("'" + phase.name + "' does not go on to '" + draft_.phases[outcome_.other] +
                       "'");
        if (row.says == Says::time && !phase.from_last_infusion && phase.lasts > Duration{} &&
            outcome_.time > phase.lasts)
            draft_.context.warn(said.node().place, said.path(),
                                "'" + phase.name + "' lasts " + text(phase.lasts) +
                                    " only: nothing is known of later");
    }

    const Draft& draft_;
    const Study& study_;
    const Value& value_;
    MapReader map_;
    StudyOutcome outcome_;
    bool phase_known_ = false;
};

bool is_metric_name(std::string_view name) {
    return name[0] >= 'a' && name[0] <= 'z' && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
           });
}

}  // namespace

void read_outcomes(Draft& draft, const Value& value) {
    if (!value) return;
    Study& study = *draft.scenario.study;
    for (const auto& [name, one] : value.named()) {
        if (!is_metric_name(name))
            draft.context.fault(value.node().find(name)->place, one.path(),
                                "targets name it: write small letters, digits and _ only");
        const std::size_t before = draft.context.fault_count();
        study.outcomes.push_back(OutcomeReader{draft, one}.read(name));
        // the unit of a faulty one is not known: its targets are not to blame
        const bool faulty = draft.context.fault_count() != before;
        draft.outcomes.push_back({name, faulty ? "" : unit_of(study.outcomes.back())});
    }
    if (value.is_map() && study.outcomes.empty()) value.fault("name at least one outcome");
}

}  // namespace clinicsim::reading
