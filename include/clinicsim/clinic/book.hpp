// The appointment book of one site: how many chairs of each kind are promised in every cell of a
// grid of time. Which chair of a kind it will be is decided on the day, so the book never
// fragments. Where there are several kinds, all promises together have a limit of their own: the
// staff, whom the kinds share.
//
// Beside the counts stand bits. Per day a bit for every cell that is full, at two levels: for
// everybody, and for those who may use the time held for rescues. Per shape of visit a bit for
// every day with a place for it, brought up to date when it is asked for: so a search costs the
// same whether ten patients are booked or ten thousand, and a series of visits is found with a few
// shifts of such words, backwards from its last visit.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
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
    static constexpr std::array<ChairKindId, 1> kOneKind{0};

    /// `limits`: [kind], and where there are several kinds one more, of all together.
    /// The rules of `plan` that concern the book: grid, rule, held share, overbooking, template
    /// (with one kind only). `first_weekday`: of the first day of the run, 0 for Sunday. `opening`
    /// must outlive the book.
    AppointmentBook(std::vector<LimitAt> limits, const OpeningHours& opening,
                    const BookingPlan& plan = {}, unsigned first_weekday = 0);
    /// Of one kind.
    AppointmentBook(LimitAt limit, const OpeningHours& opening, const BookingPlan& plan = {},
                    unsigned first_weekday = 0)
        : AppointmentBook{std::vector<LimitAt>{std::move(limit)}, opening, plan, first_weekday} {}

    /// What is looked for.
    struct Wish {
        Duration length;  // rounded up to the grid, at least one cell
        DayHours hours = kWholeDay;
        Weekdays weekdays = kAnyDay;
        bool urgent = false;                            // may use held time
        std::span<const ChairKindId> kinds = kOneKind;  // the one liked best first
    };
    struct Place {
        Instant start = kNever;  // kNever: there is none
        ChairKindId kind = 0;
        bool operator==(const Place&) const = default;
    };
    /// Visits on days that lie `least` to `most` days apart, the first and the last at most
    /// `within` days.
    struct SeriesWish {
        std::uint32_t visits;
        Wish first, later;
        std::int64_t least, most, within;
    };

    /// The first place at or after `earliest` (rounded up to the grid), on a day up to that of
    /// `latest`; of several kinds with one at that time, the one liked best. `now` tells which held
    /// time is released.
    Place find(const Wish& wish, Instant earliest, Instant latest, Instant now);
    /// The series whose first visit comes earliest, and every later one as early as the rest
    /// allows; empty where there is none. Each visit has its own kind of chair.
    const std::vector<Place>& find_series(const SeriesWish& wish, Instant earliest, Instant latest,
                                          Instant now);
    /// In which kind of chair the visit can begin at exactly this time.
    std::optional<ChairKindId> fits(const Wish& wish, Instant start, Instant now);

    /// What a visit takes of a group of staff: parts of a person in every cell from its start, and
    /// cells in which somebody must be there, without being used up.
    struct StaffUse {
        std::vector<std::uint32_t> parts;
        std::vector<bool> present;
    };
    /// From now on visits are promised only where the staff can carry all of their phases at once.
    /// `people`: [group]; `uses`: by length of the visit, [group]. Before anything is booked.
    void count_staff(std::vector<LimitAt> people,
                     std::vector<std::pair<Duration, std::vector<StaffUse>>> uses);

    void take(Place place, Duration length);
    void give_back(Place place, Duration length);

    /// To be told when the limit of some instants in [from, to) has become another one.
    void limits_changed(Instant from, Instant to);

    /// Chair time of a day that is held for rescues, and how much of it is promised.
    struct Held {
        Duration held{}, promised{};
    };
    Held held_on(std::int64_t day);
    /// Where on the day how many chairs are held and not promised; nothing where a template counts
    /// starts.
    struct Unused {
        Instant from, to;
        std::uint32_t chairs;
    };
    std::vector<Unused> unused_held_on(std::int64_t day);

    Duration grid() const { return grid_; }
    /// For the conservation check: bookings made, and those taken back.
    std::uint64_t made() const { return made_; }
    std::uint64_t cancelled() const { return cancelled_; }

  private:
    /// Chairs of one cell that are held, and how many of these are promised.
    struct HeldAt {
        int chairs = 0, promised = 0;
    };
    HeldAt held_at(std::int64_t day, std::int64_t cell) const;
    using Word = std::uint64_t;
    using Words = std::vector<Word>;
    static constexpr int kLevels = 2;  // 0: for everybody, 1: for rescues
    /// The chairs of one kind, or all of them together.
    struct Layer {
        LimitAt limit_at;
        std::vector<std::uint16_t> promised;        // [index]
        std::vector<std::uint16_t> limit[kLevels];  // [index]; 0 where closed
        Words full[kLevels];                        // [day * words_ + word]
    };
    /// A length of visits with the hours that they must lie in and the kind of chair. `place` has a
    /// bit per day with a place, `stale` one per day where that must be looked up again, both by
    /// level.
    struct Shape {
        ChairKindId kind;
        std::int64_t cells, from, to;
        Words place[kLevels], stale[kLevels];
    };

    /// So many parts of a person at a time; 0: somebody must be there. A bit for every cell where
    /// that is not to be had.
    struct Demand {
        std::uint32_t parts;
        Words lacking[kLevels];  // [day * words_ + word]
    };
    /// The people of a group of staff, in parts.
    struct StaffLayer {
        LimitAt people;
        std::vector<std::uint32_t> promised;        // [index]
        std::vector<std::uint32_t> limit[kLevels];  // [index]
        std::vector<Demand> demands;
    };
    /// What a visit demands from `cell` of its own on, for so many cells.
    struct StaffStretch {
        std::size_t group, demand;
        std::int64_t cell, cells;
    };
    struct StaffOfVisit {
        std::int64_t cells;
        std::vector<StaffUse> uses;  // [group]
        std::vector<StaffStretch> stretches;
    };

    // --- book_staff.cpp
    void lay_out_staff(std::int64_t day);
    void change_staff(std::int64_t day, std::int64_t first, std::int64_t cells, int by);
    void add_stretches(StaffOfVisit& visit, std::size_t group);
    std::size_t demand_of(StaffLayer& group, std::uint32_t parts);
    void set_lacking(StaffLayer& group, std::int64_t day, std::int64_t cell);
    /// Drops from starts_ what the staff cannot carry; whether anything is left.
    bool keep_staffed_starts(std::int64_t day, std::int64_t cells, std::int64_t released);

    // --- book.cpp and book_search.cpp
    std::int64_t cells_of(Duration length) const;
    Shape& shape_of(const Wish& wish, ChairKindId kind);
    void reach(std::int64_t day);
    void lay_out(std::int64_t day);
    void lay_out(Layer& layer, std::int64_t day);
    /// What of a day is left for everybody when the held share of it is not, by cell.
    void hold_back(const std::uint16_t* urgent, std::uint16_t* everybody) const;
    void set_full(Layer& layer, std::int64_t day, std::int64_t cell);
    void mark_stale(std::int64_t day);
    void change(Place place, Duration length, int by);
    void change(Layer& layer, std::int64_t day, std::int64_t first, std::int64_t end, int by,
                Instant start);
    /// Cells of the day that are released to everybody.
    std::int64_t released_cells(std::int64_t day, Instant now) const;
    bool several_kinds() const { return layers_.size() > 1; }
    /// Into starts_: where a visit of this shape can begin, from cell `from` on; whether anywhere.
    bool find_starts(const Shape& shape, std::int64_t day, std::int64_t released,
                     std::int64_t from);
    bool has_place(Shape& shape, std::int64_t day, int level);
    bool has_place(Shape& shape, const Wish& wish, std::int64_t day, Instant now);
    std::int64_t next_day(Shape& shape, const Wish& wish, std::int64_t from, std::int64_t last,
                          Instant now);
    Instant find(const Wish& wish, ChairKindId kind, Instant earliest, Instant latest, Instant now);
    /// The earliest on a day that has one.
    Place find_on(const Wish& wish, std::int64_t day, std::int64_t from, Instant now);
    /// Into `bits`: the days from `first` on with a place.
    void days_with_place(const Wish& wish, std::int64_t first, std::int64_t last, Instant now,
                         Word* bits);
    void add_days_with_place(const Wish& wish, ChairKindId kind, std::int64_t first,
                             std::int64_t last, Instant now, Word* bits);
    std::int64_t released_cells(const Wish& wish, std::int64_t day, Instant now) const {
        return wish.urgent ? cells_ : released_cells(day, now);
    }
    bool likes(const Wish& wish, std::int64_t day) const {
        return wish.weekdays >> (static_cast<std::uint64_t>(day) + first_weekday_) % 7 & 1;
    }
    /// By the rule, among starts_.
    std::int64_t choose(const Shape& shape, std::int64_t day) const;
    std::int64_t best_fit(const Shape& shape, std::int64_t day) const;
    std::int64_t most_level(const Shape& shape, std::int64_t day) const;
    Instant at(std::int64_t day, std::int64_t cell) const {
        return kRunStart + Days{day} + grid_ * (cell + day_begin_);
    }
    std::int64_t index(std::int64_t day, std::int64_t cell) const { return day * cells_ + cell; }

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

    std::vector<Layer> layers_;      // [kind]; where there are several kinds, at last all together
    std::vector<StaffLayer> staff_;  // [group]; empty: not counted
    std::vector<StaffOfVisit> staffed_;  // each length once
    std::vector<Shape> shapes_;
    Words starts_, later_days_, first_days_, reached_, carried_;  // room for a search
    std::vector<Place> series_;
    std::uint64_t made_ = 0, cancelled_ = 0;
};

}  // namespace clinicsim
