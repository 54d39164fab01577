// Searching the appointment book.
#include <algorithm>
#include <limits>

#include "clinicsim/base/check.hpp"
#include "clinicsim/clinic/book.hpp"

namespace clinicsim {
namespace {

constexpr Duration kDay = Days{1};
/// A place farther away than this is none. No clinic's opening hours are laid out so far.
constexpr std::int64_t kMostDaysAhead = 366 * 3;

using Word = std::uint64_t;

int lowest_bit(Word word) { return __builtin_ctzll(word); }
bool has_bit(const Word* bits, std::int64_t bit) { return bits[bit / 64] >> bit % 64 & 1; }
void drop_bit(Word* bits, std::int64_t bit) { bits[bit / 64] &= ~(Word{1} << bit % 64); }

/// Word `i` of (bits >> by), of `words` words.
Word shifted(const Word* bits, std::int64_t words, std::int64_t i, std::int64_t by) {
    const std::int64_t from = i + by / 64;
    if (from >= words) return 0;
    const int rest = static_cast<int>(by % 64);
    Word word = bits[from] >> rest;
    if (rest > 0 && from + 1 < words) word |= bits[from + 1] << (64 - rest);
    return word;
}

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

AppointmentBook::Kind& AppointmentBook::kind_of(const Wish& wish) {
    const std::int64_t cells = cells_of(wish.length);
    const std::int64_t from = (wish.hours.from + grid_ - Duration{1}) / grid_ - day_begin_;
    const std::int64_t to = wish.hours.to / grid_ - day_begin_;
    for (Kind& kind : kinds_)
        if (kind.cells == cells && kind.from == from && kind.to == to) return kind;
    Kind kind{cells, from, to, {}, {}};
    for (int level = 0; level < kLevels; ++level) {
        kind.place[level].resize(static_cast<std::size_t>(days_ / 64));
        kind.stale[level].assign(static_cast<std::size_t>(days_ / 64), ~Word{0});
    }
    kinds_.push_back(std::move(kind));
    return kinds_.back();
}

std::int64_t AppointmentBook::released_cells(std::int64_t day, Instant now) const {
    const Instant until = later(now, released_);
    const Instant morning = at(day, 0);
    if (until < morning) return 0;
    return std::min((until - morning) / grid_ + 1, cells_);
}

bool AppointmentBook::find_starts(const Kind& kind, std::int64_t day, std::int64_t released,
                                  std::int64_t from) {
    Word* free = starts_.data();
    const Word* everybody = &full_[0][static_cast<std::size_t>(day * words_)];
    const Word* urgent = &full_[1][static_cast<std::size_t>(day * words_)];
    for (std::int64_t i = 0; i < words_; ++i) {
        const std::int64_t cut = std::clamp<std::int64_t>(released - i * 64, 0, 64);
        const Word before = cut == 64 ? ~Word{0} : (Word{1} << cut) - 1;
        free[i] = ~((urgent[i] & before) | (everybody[i] & ~before));
    }
    // a run of n free cells begins where one of n/2 begins, and one n/2 cells later
    for (std::int64_t have = 1; have < kind.cells;) {
        const std::int64_t by = std::min(have, kind.cells - have);
        for (std::int64_t i = 0; i < words_; ++i) free[i] &= shifted(free, words_, i, by);
        have += by;
    }
    keep(free, words_, std::max(from, kind.from), std::min(kind.to, cells_) - kind.cells + 1);
    Word any = 0;
    for (std::int64_t i = 0; i < words_; ++i) any |= free[i];
    return any != 0;
}

bool AppointmentBook::has_place(Kind& kind, std::int64_t day, int level) {
    const auto word = static_cast<std::size_t>(day / 64);
    const Word bit = Word{1} << day % 64;
    if (kind.stale[level][word] & bit) {
        kind.stale[level][word] &= ~bit;
        if (find_starts(kind, day, level == 0 ? 0 : cells_, 0))
            kind.place[level][word] |= bit;
        else
            kind.place[level][word] &= ~bit;
    }
    return kind.place[level][word] & bit;
}

bool AppointmentBook::has_place(Kind& kind, const Wish& wish, std::int64_t day, Instant now) {
    if (!likes(wish, day)) return false;
    const std::int64_t released = wish.urgent ? cells_ : released_cells(day, now);
    if (released == 0 || held_ <= 0) return has_place(kind, day, 0);
    if (released == cells_) return has_place(kind, day, 1);
    return find_starts(kind, day, released, 0);
}

std::int64_t AppointmentBook::next_day(Kind& kind, const Wish& wish, std::int64_t from,
                                       std::int64_t last, Instant now) {
    for (std::int64_t day = from; day <= last; ++day) {
        reach(day);
        if (wish.weekdays == kAnyDay &&
            (held_ <= 0 || wish.urgent || released_cells(day, now) == 0)) {
            // pass over whole words of days that are known to be full
            const int level = wish.urgent && held_ > 0;
            const auto word = static_cast<std::size_t>(day / 64);
            const Word open = (kind.place[level][word] | kind.stale[level][word]) & ~Word{0}
                                                                                        << day % 64;
            if (open == 0) {
                day = (day / 64 + 1) * 64 - 1;
                continue;
            }
            day = day / 64 * 64 + lowest_bit(open);
            if (day > last) return -1;
        }
        if (has_place(kind, wish, day, now)) return day;
    }
    return -1;
}

Instant AppointmentBook::find(const Wish& wish, Instant earliest, Instant latest, Instant now) {
    Kind& kind = kind_of(wish);
    const std::int64_t first = day_of(earliest + grid_ - Duration{1});
    const std::int64_t last = std::min(day_of(latest), first + kMostDaysAhead);
    const auto released = [&](std::int64_t day) {
        return wish.urgent ? cells_ : released_cells(day, now);
    };
    if (first > last) return kNever;
    reach(first);
    const std::int64_t from = (earliest + grid_ - Duration{1} - at(first, 0)) / grid_;
    if (likes(wish, first) && from < cells_ &&
        find_starts(kind, first, released(first), std::max<std::int64_t>(from, 0)))
        return at(first, choose(kind, first));
    const std::int64_t day = next_day(kind, wish, first + 1, last, now);
    if (day < 0) return kNever;
    find_starts(kind, day, released(day), 0);
    return at(day, choose(kind, day));
}

bool AppointmentBook::fits(const Wish& wish, Instant start, Instant now) {
    const std::int64_t day = day_of(start);
    if (!likes(wish, day)) return false;
    reach(day);
    const std::int64_t cell = (start - at(day, 0)) / grid_;
    const Kind& kind = kind_of(wish);
    return find_starts(kind, day, wish.urgent ? cells_ : released_cells(day, now), 0) &&
           has_bit(starts_.data(), cell);
}

void AppointmentBook::days_with_place(const Wish& wish, std::int64_t first, std::int64_t last,
                                      Instant now, Word* bits) {
    Kind& kind = kind_of(wish);
    const std::int64_t words = (last - first) / 64 + 1;
    const int level = wish.urgent && held_ > 0;
    const auto all = static_cast<std::int64_t>(kind.place[level].size());
    for (std::int64_t word = first / 64; word <= last / 64; ++word)
        for (Word stale = kind.stale[level][static_cast<std::size_t>(word)]; stale != 0;
             stale &= stale - 1)
            has_place(kind, word * 64 + lowest_bit(stale), level);
    for (std::int64_t i = 0; i < words; ++i)
        bits[i] = shifted(kind.place[level].data(), all, i, first);
    if (held_ > 0 && !wish.urgent)  // the next days are released, in part or whole
        for (std::int64_t day = first; day <= last && released_cells(day, now) > 0; ++day)
            if (has_place(kind, wish, day, now))
                bits[(day - first) / 64] |= Word{1} << (day - first) % 64;
    keep(bits, words, 0, last - first + 1);
    if (wish.weekdays != kAnyDay)
        for (std::int64_t day = first; day <= last; ++day)
            if (!likes(wish, day)) drop_bit(bits, day - first);
}

const std::vector<Instant>& AppointmentBook::find_series(const SeriesWish& wish, Instant earliest,
                                                         Instant latest, Instant now) {
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
    const auto released = [&](const Wish& of, std::int64_t day) {
        return of.urgent ? cells_ : released_cells(day, now);
    };
    if (from > 0 && has_bit(first_days_.data(), 0) &&
        (from >= cells_ ||
         !find_starts(kind_of(wish.first), first, released(wish.first, first), from)))
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
        const Wish& of = k == 0 ? wish.first : wish.later;
        const Kind& kind = kind_of(of);
        find_starts(kind, first + day, released(of, first + day),
                    k == 0 && day == 0 ? std::max<std::int64_t>(from, 0) : 0);
        series_.push_back(at(first + day, choose(kind, first + day)));
    }
    return series_;
}

std::int64_t AppointmentBook::choose(const Kind& kind, std::int64_t day) const {
    switch (rule_) {
        case PlaceRule::first_free:
            break;
        case PlaceRule::best_fit:
            return best_fit(kind, day);
        case PlaceRule::level_day:
            return most_level(kind, day);
    }
    return next_bit(starts_.data(), words_, 0);
}

/// The start inside the shortest stretch of cells that are free to rescues, which is where the
/// chairs end; such a stretch is left whole or used up at its beginning.
std::int64_t AppointmentBook::best_fit(const Kind& kind, std::int64_t day) const {
    const Word* full = &full_[1][static_cast<std::size_t>(day * words_)];
    std::int64_t best = -1, shortest = std::numeric_limits<std::int64_t>::max(), end = -1;
    for (std::int64_t cell = next_bit(starts_.data(), words_, 0); cell >= 0;
         cell = next_bit(starts_.data(), words_, cell + 1)) {
        if (cell < end) continue;  // of the stretch just looked at
        std::int64_t begin = cell;
        while (begin > 0 && !has_bit(full, begin - 1)) --begin;
        for (end = cell + kind.cells; end < cells_ && !has_bit(full, end);) ++end;
        if (end - begin >= shortest) continue;
        shortest = end - begin;
        best = cell;
    }
    return best;
}

std::int64_t AppointmentBook::most_level(const Kind& kind, std::int64_t day) const {
    const std::uint16_t* promised = &promised_[static_cast<std::size_t>(index(day, 0))];
    std::int64_t best = -1;
    int fewest = std::numeric_limits<int>::max();
    for (std::int64_t cell = next_bit(starts_.data(), words_, 0); cell >= 0;
         cell = next_bit(starts_.data(), words_, cell + 1)) {
        const int busiest = *std::max_element(promised + cell, promised + cell + kind.cells);
        if (busiest >= fewest) continue;
        fewest = busiest;
        best = cell;
    }
    return best;
}

}  // namespace clinicsim
