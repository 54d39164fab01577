// Searching the appointment book.
#include <algorithm>
#include <limits>

#include "cell_bits.hpp"
#include "clinicsim/base/check.hpp"
#include "clinicsim/clinic/book.hpp"

namespace clinicsim {
namespace {

constexpr Duration kDay = Days{1};
/// A place farther away than this is none. No clinic's opening hours are laid out so far.
constexpr std::int64_t kMostDaysAhead = 366 * 3;

using Word = CellWord;

int lowest_bit(Word word) { return __builtin_ctzll(word); }

std::int64_t next_bit(const Word* bits, std::int64_t words, std::int64_t from) {
    if (from / 64 >= words) return -1;
    std::int64_t i = from / 64;
    Word word = bits[i] & ~Word{0} << from % 64;
    while (word == 0)
        if (++i == words)
            return -1;
        else
            word = bits[i];
    return i * 64 + lowest_bit(word);
}

/// Clears the bits outside [from, to).
void keep(Word* bits, std::int64_t words, std::int64_t from, std::int64_t to) {
    for (std::int64_t i = 0; i < words; ++i) {
        const std::int64_t low = std::clamp<std::int64_t>(from - i * 64, 0, 64);
        const std::int64_t high = std::clamp<std::int64_t>(to - i * 64, 0, 64);
        const Word below_high = high == 64 ? ~Word{0} : (Word{1} << high) - 1;
        const Word below_low = low == 64 ? ~Word{0} : (Word{1} << low) - 1;
        bits[i] &= below_high & ~below_low;
    }
}

std::int64_t day_of(Instant at) { return (at - kRunStart) / kDay; }

}  // namespace

AppointmentBook::Shape& AppointmentBook::shape_of(const Wish& wish, ChairKindId kind) {
    const std::int64_t cells = cells_of(wish.length);
    const std::int64_t from = (wish.hours.from + grid_ - Duration{1}) / grid_ - day_begin_;
    const std::int64_t to = wish.hours.to / grid_ - day_begin_;
    for (Shape& shape : shapes_)
        if (shape.cells == cells && shape.from == from && shape.to == to && shape.kind == kind)
            return shape;
    Shape shape{kind, cells, from, to, {}, {}};
    for (int level = 0; level < kLevels; ++level) {
        shape.place[level].resize(static_cast<std::size_t>(days_ / 64));
        shape.stale[level].assign(static_cast<std::size_t>(days_ / 64), ~Word{0});
    }
    shapes_.push_back(std::move(shape));
    return shapes_.back();
}

std::int64_t AppointmentBook::released_cells(std::int64_t day, Instant now) const {
    const Instant until = later(now, released_);
    const Instant morning = at(day, 0);
    if (until < morning) return 0;
    return std::min((until - morning) / grid_ + 1, cells_);
}

bool AppointmentBook::find_starts(const Shape& shape, std::int64_t day, std::int64_t released,
                                  std::int64_t from) {
    Word* free = starts_.data();
    const auto full = [&](const Layer& layer, std::int64_t i) {
        const auto first = static_cast<std::size_t>(day * words_);
        return full_before(&layer.full[1][first], &layer.full[0][first], i, released);
    };
    const Layer& own = layers_[shape.kind];
    for (std::int64_t i = 0; i < words_; ++i) free[i] = ~full(own, i);
    if (several_kinds())  // and all together
        for (std::int64_t i = 0; i < words_; ++i) free[i] &= ~full(layers_.back(), i);
    keep_runs(free, words_, shape.cells);
    keep(free, words_, std::max(from, shape.from), std::min(shape.to, cells_) - shape.cells + 1);
    Word any = 0;
    for (std::int64_t i = 0; i < words_; ++i) any |= free[i];
    return any != 0 && (staff_.empty() || keep_staffed_starts(day, shape.cells, released));
}

bool AppointmentBook::has_place(Shape& shape, std::int64_t day, int level) {
    const auto word = static_cast<std::size_t>(day / 64);
    const Word bit = Word{1} << day % 64;
    if (shape.stale[level][word] & bit) {
        shape.stale[level][word] &= ~bit;
        if (find_starts(shape, day, level == 0 ? 0 : cells_, 0))
            shape.place[level][word] |= bit;
        else
            shape.place[level][word] &= ~bit;
    }
    return shape.place[level][word] & bit;
}

bool AppointmentBook::has_place(Shape& shape, const Wish& wish, std::int64_t day, Instant now) {
    if (!likes(wish, day)) return false;
    const std::int64_t released = wish.urgent ? cells_ : released_cells(day, now);
    if (released == 0 || held_ <= 0) return has_place(shape, day, 0);
    if (released == cells_) return has_place(shape, day, 1);
    return find_starts(shape, day, released, 0);
}

std::int64_t AppointmentBook::next_day(Shape& shape, const Wish& wish, std::int64_t from,
                                       std::int64_t last, Instant now) {
    for (std::int64_t day = from; day <= last; ++day) {
        reach(day);
        if (wish.weekdays == kAnyDay &&
            (held_ <= 0 || wish.urgent || released_cells(day, now) == 0)) {
            // pass over whole words of days that are known to be full
            const int level = wish.urgent && held_ > 0;
            const auto word = static_cast<std::size_t>(day / 64);
            const Word open =
                (shape.place[level][word] | shape.stale[level][word]) & ~Word{0} << day % 64;
            if (open == 0) {
                day = (day / 64 + 1) * 64 - 1;
                continue;
            }
            day = day / 64 * 64 + lowest_bit(open);
            if (day > last) return -1;
        }
        if (has_place(shape, wish, day, now)) return day;
    }
    return -1;
}

AppointmentBook::Place AppointmentBook::find(const Wish& wish, Instant earliest, Instant latest,
                                             Instant now) {
    Place first;
    for (const ChairKindId kind : wish.kinds)
        if (const Instant start = find(wish, kind, earliest, std::min(latest, first.start), now);
            start < first.start)
            first = {start, kind};
    return first;
}

Instant AppointmentBook::find(const Wish& wish, ChairKindId kind, Instant earliest, Instant latest,
                              Instant now) {
    Shape& shape = shape_of(wish, kind);
    const std::int64_t first = day_of(earliest + grid_ - Duration{1});
    const std::int64_t last = std::min(day_of(latest), first + kMostDaysAhead);
    if (first > last) return kNever;
    reach(first);
    const std::int64_t begin =
        std::max<std::int64_t>((earliest + grid_ - Duration{1} - at(first, 0)) / grid_, 0);
    if (likes(wish, first) && begin < cells_ &&
        find_starts(shape, first, released_cells(wish, first, now), begin))
        return at(first, choose(shape, first));
    const std::int64_t day = next_day(shape, wish, first + 1, last, now);
    if (day < 0) return kNever;
    find_starts(shape, day, released_cells(wish, day, now), 0);
    return at(day, choose(shape, day));
}

AppointmentBook::Place AppointmentBook::find_on(const Wish& wish, std::int64_t day,
                                                std::int64_t from, Instant now) {
    Place first;
    for (const ChairKindId kind : wish.kinds) {
        const Shape& shape = shape_of(wish, kind);
        if (!find_starts(shape, day, released_cells(wish, day, now), from)) continue;
        if (const Instant start = at(day, choose(shape, day)); start < first.start)
            first = {start, kind};
    }
    return first;
}

std::optional<ChairKindId> AppointmentBook::fits(const Wish& wish, Instant start, Instant now) {
    const std::int64_t day = day_of(start);
    if (!likes(wish, day)) return std::nullopt;
    reach(day);
    const std::int64_t cell = (start - at(day, 0)) / grid_;
    for (const ChairKindId kind : wish.kinds)
        if (find_starts(shape_of(wish, kind), day, released_cells(wish, day, now), 0) &&
            has_bit(starts_.data(), cell))
            return kind;
    return std::nullopt;
}

void AppointmentBook::days_with_place(const Wish& wish, std::int64_t first, std::int64_t last,
                                      Instant now, Word* bits) {
    const std::int64_t words = (last - first) / 64 + 1;
    std::fill_n(bits, words, Word{0});
    for (const ChairKindId kind : wish.kinds)
        add_days_with_place(wish, kind, first, last, now, bits);
    keep(bits, words, 0, last - first + 1);
    if (wish.weekdays != kAnyDay)
        for (std::int64_t day = first; day <= last; ++day)
            if (!likes(wish, day)) drop_bit(bits, day - first);
}

void AppointmentBook::add_days_with_place(const Wish& wish, ChairKindId kind, std::int64_t first,
                                          std::int64_t last, Instant now, Word* bits) {
    Shape& shape = shape_of(wish, kind);
    const std::int64_t words = (last - first) / 64 + 1;
    const int level = wish.urgent && held_ > 0;
    const auto all = static_cast<std::int64_t>(shape.place[level].size());
    for (std::int64_t word = first / 64; word <= last / 64; ++word)
        for (Word stale = shape.stale[level][static_cast<std::size_t>(word)]; stale != 0;
             stale &= stale - 1)
            has_place(shape, word * 64 + lowest_bit(stale), level);
    for (std::int64_t i = 0; i < words; ++i)
        bits[i] |= shifted(shape.place[level].data(), all, i, first);
    if (held_ > 0 && !wish.urgent)  // the next days are released, in part or whole
        for (std::int64_t day = first; day <= last && released_cells(day, now) > 0; ++day)
            if (has_place(shape, wish, day, now))
                bits[(day - first) / 64] |= Word{1} << (day - first) % 64;
}

const std::vector<AppointmentBook::Place>& AppointmentBook::find_series(const SeriesWish& wish,
                                                                        Instant earliest,
                                                                        Instant latest,
                                                                        Instant now) {
    CLINICSIM_CHECK(wish.visits > 0 && wish.least > 0 && wish.least <= wish.most,
                    "the visits of a series lie on days of their own");
    series_.clear();
    const std::int64_t first = day_of(earliest + grid_ - Duration{1});
    const std::int64_t last = std::min(day_of(latest), first + kMostDaysAhead);
    if (first > last) return series_;
    reach(last);
    const std::int64_t words = (last - first) / 64 + 1;
    const auto room = static_cast<std::size_t>(words);
    first_days_.resize(room);
    later_days_.resize(room);
    days_with_place(wish.first, first, last, now, first_days_.data());
    const std::int64_t from = (earliest + grid_ - Duration{1} - at(first, 0)) / grid_;
    if (from > 0 && has_bit(first_days_.data(), 0) &&
        (from >= cells_ || find_on(wish.first, first, from, now).start == kNever))
        drop_bit(first_days_.data(), 0);
    if (wish.visits > 1) days_with_place(wish.later, first, last, now, later_days_.data());

    // reached_[k]: the days from which visits k, k + 1, … can all be had, of those before `end`
    reached_.resize(room * wish.visits);
    const auto reach_back = [&](std::int64_t end) {
        for (std::uint32_t k = wish.visits; k-- > 0;) {
            Word* here = &reached_[room * k];
            std::copy_n(k == 0 ? first_days_.data() : later_days_.data(), words, here);
            if (k + 1 == wish.visits) {
                keep(here, words, 0, end);
                continue;
            }
            const Word* next = &reached_[room * (k + 1)];
            for (std::int64_t i = 0; i < words; ++i) {
                Word any = 0;
                for (std::int64_t gap = wish.least; gap <= wish.most; ++gap)
                    any |= shifted(next, words, i, gap);
                here[i] &= any;
            }
        }
    };
    reach_back(last - first + 1);
    std::int64_t day = next_bit(reached_.data(), words, 0);
    if (wish.within < (wish.visits - 1) * wish.most) {
        Words candidates(reached_.begin(), reached_.begin() + words);
        while (day >= 0) {
            reach_back(day + wish.within + 1);
            if (has_bit(reached_.data(), day)) break;
            day = next_bit(candidates.data(), words, day + 1);
        }
    }
    if (day < 0) return series_;
    for (std::uint32_t k = 0; k < wish.visits; ++k) {
        if (k > 0)
            for (day += wish.least; !has_bit(&reached_[room * k], day);) ++day;
        series_.push_back(find_on(k == 0 ? wish.first : wish.later, first + day,
                                  k == 0 && day == 0 ? std::max<std::int64_t>(from, 0) : 0, now));
    }
    return series_;
}

std::int64_t AppointmentBook::choose(const Shape& shape, std::int64_t day) const {
    switch (rule_) {
        case PlaceRule::first_free:
            break;
        case PlaceRule::best_fit:
            return best_fit(shape, day);
        case PlaceRule::level_day:
            return most_level(shape, day);
    }
    return next_bit(starts_.data(), words_, 0);
}

/// The start inside the shortest stretch of cells that are free to rescues, which is where the
/// chairs end; such a stretch is left whole or used up at its beginning.
std::int64_t AppointmentBook::best_fit(const Shape& shape, std::int64_t day) const {
    const auto full = [&](std::int64_t cell) {
        const auto word = static_cast<std::size_t>(day * words_);
        return has_bit(&layers_[shape.kind].full[1][word], cell) ||
               (several_kinds() && has_bit(&layers_.back().full[1][word], cell));
    };
    std::int64_t best = -1, shortest = std::numeric_limits<std::int64_t>::max(), end = -1;
    for (std::int64_t cell = next_bit(starts_.data(), words_, 0); cell >= 0;
         cell = next_bit(starts_.data(), words_, cell + 1)) {
        if (cell < end) continue;  // of the stretch just looked at
        std::int64_t begin = cell;
        while (begin > 0 && !full(begin - 1)) --begin;
        for (end = cell + shape.cells; end < cells_ && !full(end);) ++end;
        if (end - begin >= shortest) continue;
        shortest = end - begin;
        best = cell;
    }
    return best;
}

std::int64_t AppointmentBook::most_level(const Shape& shape, std::int64_t day) const {
    const std::uint16_t* promised =
        &layers_[shape.kind].promised[static_cast<std::size_t>(index(day, 0))];
    std::int64_t best = -1;
    int fewest = std::numeric_limits<int>::max();
    for (std::int64_t cell = next_bit(starts_.data(), words_, 0); cell >= 0;
         cell = next_bit(starts_.data(), words_, cell + 1)) {
        const int busiest = *std::max_element(promised + cell, promised + cell + shape.cells);
        if (busiest >= fewest) continue;
        fewest = busiest;
        best = cell;
    }
    return best;
}

}  // namespace clinicsim
