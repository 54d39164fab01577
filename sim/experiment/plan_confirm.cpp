#include "plan_confirm.hpp"

#include <algorithm>
#include <cmath>

#include "clinicsim/base/check.hpp"

namespace clinicsim::planning {

namespace {

constexpr double kHopeless = 0.3;  // p of a look after which none better is to be expected

Ask fresh(const Claim& claim, std::uint32_t replications) {
    return {claim.choice, claim.asked->policy, replications, Block::confirm};
}

double p_of(const PlanRuns& runs, const Claim& claim, const Ask& ask) {
    return claim.misses ? p_of_missing(runs, *claim.asked, ask, *claim.misses)
                        : p_of_meeting(runs, *claim.asked, ask);
}

/// Replications of the first look: what the search saw of the choice would pass with them, with a
/// margin. The fresh replications have no part in it.
std::uint32_t first_look(const PlanRuns& runs, const Claim& claim, double level) {
    const Ask searched{claim.choice, claim.asked->policy, 0, Block::search};
    const double n = static_cast<double>(runs.samples(searched).size());
    const double p = p_of(runs, claim, searched);
    if (n < 2 || !(p < 0.5)) return kFewestFresh;
    constexpr double kMargin = 1.5;  // standard errors, so that few first looks are too short
    const double distance = p > 0 ? student_quantile(1 - std::max(p, 1e-15), n - 1) / std::sqrt(n)
                                  : HUGE_VAL;  // in standard deviations of a replication
    constexpr std::uint32_t kMost = 1u << 16;
    std::uint32_t wanted = kFewestFresh;
    while (wanted < kMost &&
           distance * std::sqrt(wanted) < student_quantile(1 - level, wanted - 1.0) + kMargin)
        wanted *= 2;
    return wanted;
}

}  // namespace

bool confirm(PlanRuns& runs, std::vector<Claim>& claims, double alpha) {
    if (claims.empty()) return true;
    const double level = alpha / static_cast<double>(claims.size()) / kLooks;
    std::vector<std::uint32_t> first;
    for (const Claim& claim : claims) first.push_back(first_look(runs, claim, level));
    std::vector<bool> given_up(claims.size(), false);
    for (int look = 0; look < kLooks; ++look) {
        std::vector<Ask> asks;
        std::vector<std::size_t> looked_at;
        std::uint64_t left = runs.left();
        for (std::size_t i = 0; i < claims.size(); ++i) {
            if (claims[i].confirmed || given_up[i]) continue;
            const std::uint32_t wanted = first[i] << look;
            const Ask ask = fresh(claims[i], wanted);
            const std::uint64_t more =
                wanted - std::min<std::size_t>(wanted, runs.samples(ask).size());
            if (more > left) {
                given_up[i] = true;
                continue;
            }
            left -= more;
            asks.push_back(ask);
            looked_at.push_back(i);
        }
        if (asks.empty()) return true;
        if (!runs.run(asks)) return false;
        for (const std::size_t i : looked_at) {
            Claim& claim = claims[i];
            const Ask ask = fresh(claim, first[i] << look);
            CLINICSIM_CHECK(runs.samples(ask).size() == ask.replications,
                            "a claim is alone with its replications");
            claim.replications = ask.replications;
            const double p = p_of(runs, claim, ask);
            claim.p = std::min(claim.p, std::min(1.0, kLooks * p));
            claim.confirmed = p <= level;
            given_up[i] = p > kHopeless;  // to stop looking is always allowed
        }
    }
    return true;
}

std::string not_confirmed(const Claim& claim, const std::string& choice) {
    const std::string what = claim.misses
                                 ? " misses " + claim.asked->targets[claim.misses->target].text
                                 : " meets its targets";
    return "that " + choice + what +
           (claim.replications == 0
                ? " was not confirmed: the budget was spent"
                : " was seen in the search, and " + std::to_string(claim.replications) +
                      " fresh replications do not confirm it");
}

}  // namespace clinicsim::planning
