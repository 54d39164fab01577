// The plainest appointment book that could be right: a list of promises, and every question
// answered by trying every time of the grid. The reference of the property test.
#pragma once

#include <cmath>
#include <functional>
#include <vector>

#include "clinicsim/clinic/book.hpp"

namespace clinicsim::test {

class PlainBook {
  public:
    using Place = AppointmentBook::Place;

    /// `chairs`: [kind], and where there are several one more, of all together.
    PlainBook(std::vector<std::function<int(Instant)>> chairs, const OpeningHours& opening,
              const BookingPlan& plan, unsigned first_weekday)
        : chairs_{std::move(chairs)}, opening_{opening}, plan_{plan}, weekday_{first_weekday} {}

    struct Promise {
        Instant from, to;
        ChairKindId kind;
    };
    std::vector<Promise> promises;

    Place find(const AppointmentBook::Wish& wish, Instant earliest, Instant latest,
               Instant now) const {
        for (Instant start = on_grid(earliest); start < day_end(latest); start += plan_.grid)
            if (const auto kind = fits(wish, start, now)) return {start, *kind};
        return {};
    }

    std::optional<ChairKindId> fits(const AppointmentBook::Wish& wish, Instant start,
                                    Instant now) const {
        for (const ChairKindId kind : wish.kinds)
            if (fits(wish, kind, start, now) &&
                (chairs_.size() == 1 || fits(wish, chairs_.size() - 1, start, now)))
                return kind;
        return std::nullopt;
    }
    bool fits(const AppointmentBook::Wish& wish, std::size_t kind, Instant start,
              Instant now) const {
        const Duration length = rounded(wish.length);
        const Duration of_day = (start - kRunStart) % kDay;
        if (of_day < wish.hours.from || of_day + length > wish.hours.to || of_day + length > kDay)
            return false;
        const auto day = static_cast<unsigned>((start - kRunStart) / kDay);
        if (!(wish.weekdays >> (day + weekday_) % 7 & 1)) return false;
        for (Instant cell = start; cell < start + length; cell += plan_.grid) {
            const bool released = cell <= now + plan_.released;
            if (promised(cell, kind) >= limit(cell, wish.urgent || released, kind)) return false;
        }
        return true;
    }

    /// By trying every first day, then every day of every later visit.
    std::vector<Place> find_series(const AppointmentBook::SeriesWish& wish, Instant earliest,
                                   Instant latest, Instant now) const {
        for (Instant day = midnight(on_grid(earliest)); day < day_end(latest); day += kDay) {
            std::vector<Place> series;
            if (extend(series, wish, day, earliest, std::min(latest, day + Days{wish.within}), now))
                return series;
        }
        return {};
    }

    /// Chairs that may be promised at a cell.
    int limit(Instant cell, bool urgent, std::size_t kind = 0) const {
        const Instant day = midnight(cell);
        std::vector<int> limits;
        for (Instant at = day; at < day + kDay; at += plan_.grid) {
            const auto open = opening_.stretch_at_or_after(at);
            limits.push_back(open.from <= at && at + plan_.grid <= open.to ? chairs_[kind](at) : 0);
        }
        const auto all_day = [](double share, int limit) {
            return static_cast<int>(share * limit);
        };
        const auto rest = [&](double share) {
            double wanted = 0;
            int given = 0;
            for (const int one : limits) {
                wanted += share * one;
                given += all_day(share, one);
            }
            return std::lround(wanted) - given;
        };
        long more = rest(plan_.overbook);
        for (int& one : limits) {
            const int extra = one > 0 && more > 0;
            more -= extra;
            one += all_day(plan_.overbook, one) + extra;
        }
        if (!urgent) {
            more = rest(plan_.held);
            for (auto one = limits.rbegin(); one != limits.rend(); ++one) {
                const int whole = all_day(plan_.held, *one);
                const int extra = *one > whole && more > 0;
                more -= extra;
                *one -= whole + extra;
            }
        }
        return limits[static_cast<std::size_t>((cell - day) / plan_.grid)];
    }

  private:
    static constexpr Duration kDay = Days{1};

    bool extend(std::vector<Place>& series, const AppointmentBook::SeriesWish& wish, Instant day,
                Instant earliest, Instant latest, Instant now) const {
        const auto& visit = series.empty() ? wish.first : wish.later;
        const Place place = find(visit, std::max(earliest, day), std::min(latest, day), now);
        if (place.start == kNever || midnight(place.start) != day) return false;
        series.push_back(place);
        if (series.size() == wish.visits) return true;
        for (std::int64_t gap = wish.least; gap <= wish.most; ++gap)
            if (day + Days{gap} < day_end(latest) &&
                extend(series, wish, day + Days{gap}, earliest, latest, now))
                return true;
        series.pop_back();
        return false;
    }
    int promised(Instant cell, std::size_t kind) const {
        const bool all = kind + 1 == chairs_.size();
        int count = 0;
        for (const Promise& one : promises)
            count += one.from <= cell && cell < one.to && (all || one.kind == kind);
        return count;
    }
    Duration rounded(Duration length) const {
        return std::max(plan_.grid, (length + plan_.grid - Duration{1}) / plan_.grid * plan_.grid);
    }
    Instant on_grid(Instant at) const {
        return kRunStart + (at - kRunStart + plan_.grid - Duration{1}) / plan_.grid * plan_.grid;
    }
    static Instant midnight(Instant at) { return kRunStart + (at - kRunStart) / kDay * kDay; }
    static Instant day_end(Instant at) { return midnight(at) + kDay; }

    std::vector<std::function<int(Instant)>> chairs_;
    const OpeningHours& opening_;
    BookingPlan plan_;
    unsigned weekday_;
};

}  // namespace clinicsim::test
