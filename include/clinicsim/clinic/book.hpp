// The appointment book: how many chairs are promised in every cell of a grid of time. Which chair
// it will be is decided on the day, so the book never fragments.
//
// Beside the counts stand bits. Per day a bit for every cell that is full, at two levels: for
// everybody, and for those who may use the time held for rescues. Per length of visit a bit for
// every day with a place for it, brought up to date when it is asked for: so a search costs the
// same whether ten patients are booked or ten thousand, and a series of visits is found with a few
// shifts of such words, backwards from its last visit.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "clinicsim/base/time.hpp"
#include "clinicsim/clinic/booking_plan.hpp"
#include "clinicsim/clinic/opening_hours.hpp"

namespace clinicsim {

class AppointmentBook {
  public:
    /// How many chairs there are at an instant, and until when that holds.
    struct Limit {
        std::uint32_t chairs;
        Instant until;
    };
    using LimitAt = std::function<Limit(Instant)>;
    static constexpr std::uint32_t kMostChairs = 65'535;

    /// The rules of `plan` that concern the book: grid, rule, held share, overbooking, template.
    /// `first_weekday`: of the first day of the run, 0 for Sunday. `opening` must outlive the book.
    AppointmentBook(LimitAt limit, const OpeningHours& opening, const BookingPlan& plan = {},
                    unsigned first_weekday = 0);

    /// What is looked for.
    struct Wish {
        Duration length;  // rounded up to the grid, at least one cell
        DayHours hours = kWholeDay;
        Weekdays weekdays = kAnyDay;
        bool urgent = false;  // may use held time
    };
    /// Visits on days that lie `least` to `most` days apart, the first and the last at most
    /// `within` days.
    struct SeriesWish {
        std::uint32_t visits;
        Wish first, later;
        std::int64_t least, most, within;
    };

    /// Start of the first place at or after `earliest` (rounded up to the grid), on a day up to
    /// that of `latest`; kNever where there is none. `now` tells which held time is released.
    Instant find(const Wish& wish, Instant earliest, Instant latest, Instant now);
    /// The series whose first visit comes earliest, and every later one as early as the rest
    /// allows; empty where there is none.
    const std::vector<Instant>& find_series(const SeriesWish& wish, Instant earliest,
                                            Instant latest, Instant now);
    /// Whether the visit can begin at exactly this time.
    bool fits(const Wish& wish, Instant start, Instant now);

    void take(Instant start, Duration length);
    void give_back(Instant start, Duration length);

    /// To be told when the limit of some instants in [from, to) has become another one.
    void limits_changed(Instant from, Instant to);

    /// Chair time of a day that is held for rescues, and how much of it is promised.
    struct Held {
        Duration held{}, promised{};
    };
    Held held_on(std::int64_t day);

    Duration grid() const { return grid_; }
    /// For the conservation check: bookings made, and those taken back.
    std::uint64_t made() const { return made_; }
    std::uint64_t cancelled() const { return cancelled_; }

  private:
    using Word = std::uint64_t;
    using Words = std::vector<Word>;
    static constexpr int kLevels = 2;  // 0: for everybody, 1: for rescues
    /// Lengths of visits with the hours that they must lie in. `place` has a bit per day with a
    /// place, `stale` one per day where that must be looked up again, both by level.
    struct Kind {
        std::int64_t cells, from, to;
        Words place[kLevels], stale[kLevels];
    };

    std::int64_t cells_of(Duration length) const;
    Kind& kind_of(const Wish& wish);
    void reach(std::int64_t day);
    void lay_out(std::int64_t day);
    void set_full(std::int64_t day, std::int64_t cell);
    void mark_stale(std::int64_t day);
    void change(Instant start, Duration length, int by);
    /// Cells of the day that are released to everybody.
    std::int64_t released_cells(std::int64_t day, Instant now) const;
    /// Into starts_: where a visit of this kind can begin, from cell `from` on; whether anywhere.
    bool find_starts(const Kind& kind, std::int64_t day, std::int64_t released, std::int64_t from);
    bool has_place(Kind& kind, std::int64_t day, int level);
    bool has_place(Kind& kind, const Wish& wish, std::int64_t day, Instant now);
    std::int64_t next_day(Kind& kind, const Wish& wish, std::int64_t from, std::int64_t last,
                          Instant now);
    /// Into `bits`: the days from `first` on with a place.
    void days_with_place(const Wish& wish, std::int64_t first, std::int64_t last, Instant now,
                         Word* bits);
    bool likes(const Wish& wish, std::int64_t day) const {
        return wish.weekdays >> (static_cast<std::uint64_t>(day) + first_weekday_) % 7 & 1;
    }
    /// By the rule, among starts_.
    std::int64_t choose(const Kind& kind, std::int64_t day) const;
    std::int64_t best_fit(const Kind& kind, std::int64_t day) const;
    std::int64_t most_level(const Kind& kind, std::int64_t day) const;
    Instant at(std::int64_t day, std::int64_t cell) const {
        return kRunStart + Days{day} + grid_ * (cell + day_begin_);
    }
    std::int64_t index(std::int64_t day, std::int64_t cell) const { return day * cells_ + cell; }

    LimitAt limit_at_;
    const OpeningHours& hours_;
    Duration grid_;
    PlaceRule rule_;
    double held_, overbook_;
    Duration released_;
    std::vector<DayStarts> template_;
    unsigned first_weekday_;
    std::int64_t day_begin_ = 0;  // cells from midnight to the first that is ever open
    std::int64_t cells_ = 0;      // of a day, from there
    std::int64_t words_ = 0;      // of a day's bits
    std::int64_t days_ = 0;       // laid out

    std::vector<std::uint16_t> promised_;        // [index]
    std::vector<std::uint16_t> limit_[kLevels];  // [index]; 0 where closed
    Words full_[kLevels];                        // [day * words_ + word]
    std::vector<Kind> kinds_;
    Words starts_, later_days_, first_days_, reached_;  // room for a search
    std::vector<Instant> series_;
    std::uint64_t made_ = 0, cancelled_ = 0;
};

}  // namespace clinicsim
