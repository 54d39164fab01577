// The appointment book as a busy clinic has it: 20 chairs, 12 weeks ahead, Monday to Friday from 8
// to 17, on a grid of 5 minutes, filled with visits of 90 minutes at random until so much of the
// chair time is promised. What is measured is finding the first series of six visits 2 to 3 days
// apart; between two of these a visit is given back and another promised, so that the book has
// something to look up again.
#pragma once

#include <random>
#include <vector>

#include "clinicsim/base/dates.hpp"
#include "clinicsim/clinic/book.hpp"

namespace clinicsim {

class FullBook {
  public:
    static constexpr std::uint32_t kChairs = 20;
    static constexpr Duration kVisit{std::chrono::minutes{90}};

    explicit FullBook(double full)
        : hours_{week(), Dates{Date{std::chrono::year{2026} / 1 / 5}}, kRunStart + Days{84}},
          book_{[](Instant) {
                    return AppointmentBook::Limit{kChairs, kNever};
                },
                hours_,
                {},
                1} {
        // six visits of 90 minutes fit into nine hours
        const auto wanted = static_cast<std::size_t>(full * kChairs * 6 * 60);
        while (promised_.size() < wanted) promise();
    }

    /// Instant of the first visit found, as ticks, so that nothing is optimised away.
    std::int64_t find_series() {
        const auto& series = book_.find_series({6, {kVisit}, {kVisit}, 2, 3, 28}, kRunStart,
                                               kRunStart + Days{84}, kRunStart);
        return series.empty() ? -1 : series.front().start.time_since_epoch().count();
    }
    void change() {
        const std::size_t which = bits_() % promised_.size();
        book_.give_back(promised_[which], kVisit);
        promised_[which] = promised_.back();
        promised_.pop_back();
        promise();
    }

  private:
    static OpeningRule week() {
        OpeningRule rule;
        rule.always = false;
        for (std::size_t day = 1; day <= 5; ++day)
            rule.week[day].push_back({std::chrono::hours{8}, std::chrono::hours{17}});
        return rule;
    }
    void promise() {
        for (;;) {
            const Instant from =
                kRunStart + Days{bits_() % 84} + std::chrono::minutes{bits_() % 1440};
            const auto place = book_.find({kVisit}, from, from + Days{6}, kRunStart);
            if (place.start == kNever) continue;
            book_.take(place, kVisit);
            promised_.push_back(place);
            return;
        }
    }

    OpeningHours hours_;
    AppointmentBook book_;
    std::vector<AppointmentBook::Place> promised_;
    std::mt19937_64 bits_{20260105};
};

}  // namespace clinicsim
