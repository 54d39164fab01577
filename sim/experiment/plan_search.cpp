#include "plan_search.hpp"

#include <algorithm>

#include "clinicsim/base/check.hpp"

namespace clinicsim::planning {

namespace {

class Looking {
  public:
    Looking(const std::vector<Step>& ladder, const LadderRules& rules)
        : ladder_{ladder}, rules_{rules} {
        for (std::size_t i = 0; i < ladder.size(); ++i) {
            if (!seen(i)) continue;
            if (ladder[i].leans_met)
                lowest_met_ = std::min(lowest_met_.value_or(i), i);
            else
                highest_missed_ = i;
        }
    }

    std::optional<Look> next() const {
        if (!lowest_met_ && !highest_missed_)
            return Look{std::min(rules_.start, ladder_.size() - 1), rules_.first};
        if (!lowest_met_) return upwards();
        if (!highest_missed_) return downwards();
        if (*highest_missed_ > *lowest_met_) return settle_contradiction();
        if (*lowest_met_ - *highest_missed_ > 1)
            return first((*lowest_met_ + *highest_missed_) / 2);
        if (const auto look = until_clear(*lowest_met_, true)) return look;
        return until_clear(*highest_missed_, false);
    }

  private:
    bool seen(std::size_t i) const { return ladder_[i].replications > 0; }
    Look first(std::size_t i) const { return {i, rules_.first}; }
    std::optional<Look> more(std::size_t i) const {
        const std::uint32_t now = ladder_[i].replications;
        if (ladder_[i].clear || now >= rules_.most) return std::nullopt;
        return Look{i, std::min(2 * now, rules_.most)};
    }

    /// All that was seen misses: further and further up.
    std::optional<Look> upwards() const {
        const std::size_t top = ladder_.size() - 1;
        if (*highest_missed_ == top) return more(top);
        const std::size_t stride = std::max<std::size_t>(1, *highest_missed_ - lowest_seen());
        return first(std::min(top, *highest_missed_ + stride));
    }
    std::optional<Look> downwards() const {
        if (*lowest_met_ == 0) return until_clear(0, true);
        const std::size_t stride = std::max<std::size_t>(1, highest_seen() - *lowest_met_);
        return first(*lowest_met_ - std::min(*lowest_met_, stride));
    }
    /// A step meets and one further up misses: chance, until both are clear.
    std::optional<Look> settle_contradiction() const {
        std::optional<Look> fewest;
        for (std::size_t i = *lowest_met_; i <= *highest_missed_; ++i) {
            if (!seen(i)) continue;
            const auto look = more(i);
            if (look && (!fewest || look->replications < fewest->replications)) fewest = look;
        }
        return fewest;
    }
    /// From `i` upwards (or downwards) to the first step that is clearly met (or missed); one that
    /// stays unclear is passed over.
    std::optional<Look> until_clear(std::size_t i, bool met) const {
        for (;;) {
            if (!seen(i)) return first(i);
            if (ladder_[i].clear == met) return std::nullopt;
            if (const auto look = more(i)) return look;
            if (met ? i + 1 == ladder_.size() : i == 0) return std::nullopt;
            if (met)
                ++i;
            else
                --i;
        }
    }
    std::size_t lowest_seen() const {
        std::size_t i = 0;
        while (!seen(i)) ++i;
        return i;
    }
    std::size_t highest_seen() const {
        std::size_t i = ladder_.size() - 1;
        while (!seen(i)) --i;
        return i;
    }

    const std::vector<Step>& ladder_;
    const LadderRules& rules_;
    std::optional<std::size_t> lowest_met_, highest_missed_;  // by the estimates
};

}  // namespace

std::optional<Look> next_look(const std::vector<Step>& ladder, const LadderRules& rules) {
    CLINICSIM_CHECK(!ladder.empty(), "there is something to look at");
    return Looking{ladder, rules}.next();
}

Boundary boundary_of(const std::vector<Step>& ladder) {
    Boundary result;
    std::optional<std::size_t> lowest, highest;  // clearly met, clearly missed
    for (std::size_t i = 0; i < ladder.size(); ++i) {
        if (ladder[i].clear == true && !lowest) lowest = i;
        if (ladder[i].clear == false) highest = i;
    }
    result.not_monotone = lowest && highest && *lowest < *highest;
    for (std::size_t i = 0; i < ladder.size(); ++i)
        if (ladder[i].clear == true && (!highest || i > *highest)) {
            result.met = i;
            break;
        }
    for (std::size_t i = 0; i < result.met.value_or(ladder.size()); ++i)
        if (ladder[i].clear == false) result.missed = i;
    return result;
}

}  // namespace clinicsim::planning
