#include "exact_cases.hpp"

#include <array>
#include <cstdio>

#include "clinicsim/base/check.hpp"

namespace clinicsim {

namespace proof {

std::string digits(double number) {
    char text[40];
    std::snprintf(text, sizeof text, "%.17g", number);
    return text;
}

std::string filled(std::string text,
                   const std::vector<std::pair<std::string_view, std::string>>& holes) {
    for (const auto& [name, value] : holes) {
        std::size_t at = text.find(name);
        CLINICSIM_CHECK(at != std::string::npos, "every value has its place");
        for (; at != std::string::npos; at = text.find(name, at + value.size()))
            text.replace(at, name.size(), value);
    }
    CLINICSIM_CHECK(text.find('$') == std::string::npos, "every place has its value");
    return text;
}

ExactCase exact_case(std::string id, std::string variant, std::string scenario, std::string policy,
                     const Recipes& recipes, const std::vector<Known>& known) {
    ExactCase result{std::move(id), std::move(variant), std::move(scenario), std::move(policy), {}};
    for (const Known& value : known) {
        const auto recipe = recipes.find(value.quantity);
        CLINICSIM_CHECK(recipe != recipes.end(), value.quantity);
        result.values.push_back({value.quantity, value.exact, recipe->second, value.certain, 0});
    }
    return result;
}

}  // namespace proof

std::vector<ExactCase> exact_cases() {
    std::vector<ExactCase> all;
    for (auto& family : {proof::queue_cases(), proof::booked_cases(), proof::finite_source_cases(),
                         proof::policy_cases(), proof::first_episode_cases()})
        all.insert(all.end(), family.begin(), family.end());
    return all;
}

std::span<const LeftOut> left_out() {
    constexpr std::string_view kDependent =
        "quantiles of waits that depend on each other so long need many more to be unbiased";
    constexpr std::string_view kGiven = "given to the scenario, not found by it";
    constexpr std::string_view kNoMetric = "no metric gives it";
    static constexpr std::array kLeftOut{
        LeftOut{"P", "",
                "two streams at random with ranks of their own: in a clinic rank belongs to what a "
                "visit is for; run as programs of the kernel in the tests"},
        LeftOut{"T", "",
                "three stations in a row: a clinic is one; run as programs of the kernel in the "
                "tests"},
        LeftOut{"N", "",
                "waits of the n-th patient: metrics are of a time; run as programs of the kernel "
                "in the tests"},
        LeftOut{"Q02", "Wq_p90", kDependent},
        LeftOut{"Q02", "Wq_p95", kDependent},
        LeftOut{"Q06", "Wq_p90", kDependent},
        LeftOut{"Q06", "Wq_p95", kDependent},
        LeftOut{"Q08", "Wq_p90", kDependent},
        LeftOut{"Q08", "Wq_p95", kDependent},
        LeftOut{"Q09", "Wq_p90", kDependent},
        LeftOut{"Q09", "Wq_p95", kDependent},
        LeftOut{"Q11", "Wq_p90", kDependent},
        LeftOut{"Q11", "Wq_p95", kDependent},
        LeftOut{"D02", "Wq_p90", kDependent},
        LeftOut{"D03", "Wq_p90", kDependent},
        LeftOut{"D05", "Wq_p90", kDependent},
        LeftOut{"A", "Lq", "waits of those who give up are in no metric"},
        LeftOut{"A", "Wq_all", "waits of those who give up are in no metric"},
        LeftOut{"D", "sigma", "the same number as Pwait"},
        LeftOut{"D", "lam", kGiven},
        LeftOut{"S", "wait_last", kNoMetric},
        LeftOut{"S", "makespan", kNoMetric},
        LeftOut{"S", "idle", kNoMetric},
        LeftOut{"X", "makespan", kNoMetric},
        LeftOut{"R28", "P_no_relapse_in_cycle", kNoMetric},
        LeftOut{"R39", "P_well_t", kNoMetric},
        LeftOut{"R41", "T_star",
                "no mean of anything: it follows from cost_rate_py, as R43's does, but not in "
                "proportion"},
        LeftOut{"C", "naive_1mKM_relapse", "a wrong number, which nothing here computes"},
        LeftOut{"I", "P0",
                "under 1 in 10^17, never seen; that the census is Poisson, of which it is a "
                "value, is tested by mean, variance and a chi-square"},
    };
    return kLeftOut;
}

}  // namespace clinicsim
