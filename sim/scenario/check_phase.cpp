// What belongs together in a phase of a study, arm by arm.
#include <algorithm>
#include <set>

#include "draft.hpp"

namespace clinicsim::reading {
namespace {

using Path = std::vector<std::string_view>;

Path operator+(Path path, std::string_view key) {
    path.push_back(key);
    return path;
}

class PhaseCheck {
  public:
    PhaseCheck(const Value& value, const StudyPhase& phase) : value_{value}, phase_{phase} {}

    void all() {
        if (!any_arm([&](std::size_t arm) { return happens(arm); })) {
            value_.fault("nothing happens in this phase: name infusions, ratings, or lasts");
            return;
        }
        for (std::size_t arm = 0; arm < phase_.arm_count(); ++arm) check(arm);
        check_used();
        if (!phase_.event && phase_.from_last_infusion)
            fault_at({"clock"}, "no time is measured in this phase: it has no event");
        if (!phase_.event && phase_.censored)
            fault_at({"censored"}, "no time is measured in this phase: it has no event");
        if (phase_.leaves_per_infusion > 0 &&
            !any_arm([&](std::size_t arm) { return phase_.infusions_in(arm) != nullptr; }))
            fault_at({"leaves_per_infusion"}, "there are no infusions in this phase");
    }

  private:
    template <class Test>
    bool any_arm(Test test) const {
        for (std::size_t arm = 0; arm < phase_.arm_count(); ++arm)
            if (test(arm)) return true;
        return false;
    }
    static bool is_rated(const StudyRatings& ratings) {
        return ratings.after_infusion || !ratings.at.empty() || ratings.every;
    }
    bool ends() const { return phase_.lasts > Duration{}; }
    bool happens(std::size_t arm) const {
        return ends() || phase_.infusions_in(arm) != nullptr || is_rated(phase_.ratings_in(arm));
    }
    /// "this phase", or the arm, where it has something of its own.
    std::string where(std::size_t arm) const {
        const bool same = std::all_of(phase_.arms.begin(), phase_.arms.end(),
                                      [](const auto& a) { return !a.infusions && !a.ratings; });
        return same ? "this phase" : "arm '" + phase_.arms[arm].name + "'";
    }

    void check(std::size_t arm) {
        if (!happens(arm)) {
            fault_at({"arms", phase_.arms[arm].name},
                     "nothing happens in this arm: name infusions, ratings, or how long the phase "
                     "lasts");
            return;
        }
        const bool own_ratings = !phase_.arms.empty() && phase_.arms[arm].ratings;
        const bool own_infusions = !phase_.arms.empty() && phase_.arms[arm].infusions;
        const Path at_ratings =
            own_ratings ? Path{"arms", phase_.arms[arm].name, "ratings"} : Path{"ratings"};
        const Path at_infusions =
            own_infusions ? Path{"arms", phase_.arms[arm].name, "infusions"} : Path{"infusions"};
        const StudyRatings& ratings = phase_.ratings_in(arm);
        const StudyInfusions* infusions = phase_.infusions_in(arm);
        check_ratings(ratings, at_ratings);
        if (!is_rated(ratings)) check_unrated(arm);
        if (ratings.after_infusion && infusions == nullptr)
            fault_at(at_ratings + "after_infusion", "there are no infusions in " + where(arm));
        if (infusions == nullptr) {
            if (!phase_.arms.empty() && phase_.arms[arm].gets == ArmGets::placebo)
                fault_at({"arms", phase_.arms[arm].name, "gets"},
                         "there are no infusions in this arm, of the drug or of a placebo");
            return;
        }
        check_infusions(*infusions, at_infusions);
        const Duration shortest = shortest_gap(*infusions);
        if (ratings.after_infusion && shortest > Duration{} && *ratings.after_infusion > shortest)
            fault_at(at_ratings + "after_infusion",
                     "the next infusion comes before this rating: they are " + text(shortest) +
                         " apart" + (own_infusions && !own_ratings ? " in " + where(arm) : ""));
    }

    void check_ratings(const StudyRatings& ratings, const Path& path) {
        if (!ends() && ratings.every)
            fault_at(path + "every", "these ratings never end: name how long the phase lasts");
        for (std::size_t i = 0; i < ratings.at.size(); ++i)
            if (ends() && lowest(ratings.at[i]) > static_cast<double>(phase_.lasts.count()))
                fault_at(path + "at", "number " + std::to_string(i + 1) +
                                          " comes after the end of the phase, which lasts " +
                                          text(phase_.lasts));
    }

    void check_unrated(std::size_t arm) {
        const std::string unrated = "nothing is rated in " + where(arm);
        if (phase_.until) fault_at({"until"}, unrated);
        if (phase_.event) fault_at({"event"}, unrated);
        for (const auto& next : phase_.next)
            if (next.when.what != RatingTest::What::always) {
                fault_at({"next"}, unrated + ", so only always can hold");
                break;
            }
    }

    void check_infusions(const StudyInfusions& infusions, const Path& path) {
        if (!ends() && infusions.at.empty() && infusions.most == 0)
            fault_at(path + "every",
                     "these infusions never end: name their count, or how long the phase lasts");
        if (ends() && !infusions.at.empty() && infusions.at.back() > phase_.lasts)
            fault_at(path + "days", "the last one comes after the end of the phase, which lasts " +
                                        text(phase_.lasts));
    }
    static Duration shortest_gap(const StudyInfusions& infusions) {
        Duration shortest = infusions.every;
        for (std::size_t i = 1; i < infusions.at.size(); ++i) {
            const Duration gap = infusions.at[i] - infusions.at[i - 1];
            shortest = shortest == Duration{} ? gap : std::min(shortest, gap);
        }
        return shortest;
    }

    /// What the phase names must be somebody's.
    void check_used() {
        if (phase_.arms.empty()) return;
        if (phase_.infusions && std::all_of(phase_.arms.begin(), phase_.arms.end(),
                                            [](const auto& a) { return a.infusions; }))
            fault_at({"infusions"}, "nobody gets these: every arm has infusions of its own");
        if (is_rated(phase_.ratings) && std::all_of(phase_.arms.begin(), phase_.arms.end(),
                                                    [](const auto& a) { return a.ratings; }))
            fault_at({"ratings"}, "nobody is rated then: every arm has ratings of its own");
    }

    /// Once, though several arms have the same.
    void fault_at(const Path& keys, std::string message) {
        Node* node = &value_.node();
        Place place = node->place;
        std::string path = value_.path();
        for (const auto key : keys) {
            Entry* entry = node->find(key);
            if (entry == nullptr) break;
            node = &entry->value;
            if (node->place.file >= 0) place = node->place;
            path += "." + std::string{key};
        }
        if (said_.insert(path + message).second)
            value_.context().fault(place, path, std::move(message));
    }

    const Value& value_;
    const StudyPhase& phase_;
    std::set<std::string> said_;
};

}  // namespace

void check_phase(const Value& value, const StudyPhase& phase) { PhaseCheck{value, phase}.all(); }

}  // namespace clinicsim::reading
