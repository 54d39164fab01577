#include "clinicsim/experiment/day_template.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "clinicsim/base/check.hpp"

namespace clinicsim {
namespace {

/// Up to so many slots every set of shifts is a neighbour: 2^slots of them.
constexpr std::uint32_t kMostForAllShifts = 12;
constexpr double kSmallestGain = 1e-12;

class Day {
  public:
    explicit Day(const DayTask& task) : task_{task}, passed_((task.patients + 1) * width()) {
        CLINICSIM_CHECK(task.chairs > 0 && task.slots > 0 && task.slot > 0,
                        "a day has chairs and slots");
        for (std::uint32_t from = 0; from <= task.patients; ++from) pass_slot(from);
    }

    DayValue value(const DayTemplate& starts) const {
        std::vector<double> inside(width()), after(width());
        inside[0] = 1;
        double waits = 0;
        for (const std::uint32_t coming : starts) {
            for (std::uint32_t i = 0; i < coming; ++i) {
                waits += expected_wait(inside);
                join(inside);
            }
            std::fill(after.begin(), after.end(), 0);
            for (std::size_t n = 0; n < width(); ++n)
                for (std::size_t m = 0; m <= n && inside[n] > 0; ++m)
                    after[m] += inside[n] * passed_[n * width() + m];
            inside.swap(after);
        }
        DayValue value;
        value.mean_wait = task_.patients > 0 ? waits / task_.patients : 0;
        double to_empty = 0;  // from n patients on
        for (std::size_t n = 1; n < width(); ++n) {
            to_empty += 1 / busy(n);
            value.tardiness += inside[n] * to_empty;
        }
        value.idle = task_.chairs * (task_.slots * task_.slot + value.tardiness) -
                     task_.patients * (1 - task_.no_show);
        value.cost = task_.wait_weight * value.mean_wait + task_.idle_weight * value.idle +
                     task_.tardiness_weight * value.tardiness;
        return value;
    }

  private:
    std::size_t width() const { return task_.patients + std::size_t{1}; }
    double busy(std::size_t inside) const {
        return static_cast<double>(std::min<std::size_t>(inside, task_.chairs));
    }
    /// Of who comes now: one visit must end for every patient ahead of the last chair.
    double expected_wait(const std::vector<double>& inside) const {
        double wait = 0;
        for (std::size_t n = task_.chairs; n < width(); ++n)
            wait += inside[n] * static_cast<double>(n - task_.chairs + 1) / task_.chairs;
        return wait;
    }
    void join(std::vector<double>& inside) const {
        for (std::size_t n = width(); n-- > 1;)
            inside[n] = inside[n] * task_.no_show + inside[n - 1] * (1 - task_.no_show);
        inside[0] *= task_.no_show;
    }
    /// How many of `from` are left after a slot, by uniformisation: visits end at times of a
    /// Poisson process of all chairs, busy or not.
    void pass_slot(std::uint32_t from) {
        double* left = &passed_[from * width()];
        std::vector<double> now(width());
        now[from] = 1;
        const double mean = task_.chairs * task_.slot;
        const int most = static_cast<int>(mean + 12 * std::sqrt(mean) + 60);
        for (int ends = 0; ends <= most; ++ends) {
            const double weight = std::exp(ends * std::log(mean) - mean - std::lgamma(ends + 1.0));
            for (std::size_t n = 0; n <= from; ++n) left[n] += weight * now[n];
            for (std::size_t n = 0; n <= from; ++n) {
                const double stay = now[n] * (1 - busy(n) / task_.chairs);
                now[n] = stay + (n < from ? now[n + 1] * busy(n + 1) / task_.chairs : 0);
            }
        }
    }

    DayTask task_;
    std::vector<double> passed_;  // [before * width + after]
};

class Search {
  public:
    explicit Search(const DayTask& task) : task_{task}, day_{task} {}

    BestDay from(DayTemplate starts) {
        BestDay best{starts, day_.value(starts), 1, false};
        while (improve(best)) {
        }
        return best;
    }

  private:
    /// Shift t takes a patient from slot t to the one before; shift 0 from the first to the last.
    /// All of them together change nothing.
    static void shift(std::vector<std::int64_t>& starts, std::uint32_t t) {
        --starts[t];
        ++starts[t == 0 ? starts.size() - 1 : t - 1];
    }
    bool consider(std::vector<std::int64_t> shifted, BestDay& best) {
        if (*std::min_element(shifted.begin(), shifted.end()) < 0) return false;
        const DayTemplate starts(shifted.begin(), shifted.end());
        const DayValue value = day_.value(starts);
        ++best.evaluated;
        if (value.cost >= best.value.cost - kSmallestGain) return false;
        best.starts = starts;
        best.value = value;
        return true;
    }
    bool improve(BestDay& best) {
        const std::vector<std::int64_t> here(best.starts.begin(), best.starts.end());
        // one patient from any slot to any other: shifts that follow each other
        for (std::uint32_t first = 0; first < task_.slots; ++first) {
            auto shifted = here;
            for (std::uint32_t n = 0; n + 1 < task_.slots; ++n) {
                shift(shifted, (first + n) % task_.slots);
                if (consider(shifted, best)) return true;
            }
        }
        if (task_.slots > kMostForAllShifts) return false;
        for (std::uint32_t set = 1; set + 1 < 1U << task_.slots; ++set) {
            auto shifted = here;
            for (std::uint32_t t = 0; t < task_.slots; ++t)
                if (set >> t & 1U) shift(shifted, t);
            if (consider(shifted, best)) return true;
        }
        return false;
    }

    DayTask task_;
    Day day_;
};

}  // namespace

DayValue evaluate(const DayTask& task, const DayTemplate& starts) {
    CLINICSIM_CHECK(
        starts.size() == task.slots &&
            std::accumulate(starts.begin(), starts.end(), std::uint64_t{0}) == task.patients,
        "a template has all patients and all slots");
    return Day{task}.value(starts);
}

DayTemplate individual_slots(const DayTask& task) {
    DayTemplate starts;
    std::uint64_t before = 0;
    for (std::uint64_t slot = 1; slot <= task.slots; ++slot) {
        const std::uint64_t up_to = (slot * task.patients + task.slots - 1) / task.slots;
        starts.push_back(static_cast<std::uint32_t>(up_to - before));
        before = up_to;
    }
    return starts;
}

DayTemplate bailey_welch(const DayTask& task) {
    DayTemplate starts = individual_slots(task);
    for (std::size_t slot = starts.size(); slot-- > 1;)
        if (starts[slot] > 0) {
            starts[0] += std::exchange(starts[slot], 0U);
            break;
        }
    return starts;
}

BestDay best_day(const DayTask& task) {
    Search search{task};
    BestDay best = search.from(individual_slots(task));
    BestDay other = search.from(bailey_welch(task));
    const std::uint64_t evaluated = best.evaluated + other.evaluated;
    if (other.value.cost < best.value.cost - kSmallestGain) best = std::move(other);
    best.evaluated = evaluated;
    best.certain = task.chairs == 1 && task.slots <= kMostForAllShifts;
    return best;
}

}  // namespace clinicsim
