// What the book knows: counts, limits, and the bits that follow from them. Searching is in
// book_search.cpp.
#include "clinicsim/clinic/book.hpp"

#include <algorithm>
#include <cmath>

#include "clinicsim/base/check.hpp"

namespace clinicsim {
namespace {

constexpr Duration kDay = Days{1};
/// Days are laid out so many at a time.
constexpr std::int64_t kPiece = 64;

/// How much of the day's chair time a share is, in whole chairs (or starts) all day long, and one
/// more for so many cells.
struct Portion {
    double share;
    std::int64_t more;
    std::uint16_t all_day(std::uint16_t limit) const {
        return static_cast<std::uint16_t>(share * limit);
    }
};

Portion portion(double share, const std::uint16_t* limits, std::int64_t cells) {
    double wanted = 0;
    std::int64_t given = 0;
    Portion of{share, 0};
    for (std::int64_t cell = 0; cell < cells; ++cell) {
        wanted += share * limits[cell];
        given += of.all_day(limits[cell]);
    }
    of.more = std::lround(wanted) - given;
    return of;
}

}  // namespace

AppointmentBook::AppointmentBook(std::vector<LimitAt> limits, const OpeningHours& opening,
                                 const BookingPlan& plan, unsigned first_weekday)
    : hours_{opening},
      grid_{plan.grid},
      rule_{plan.rule},
      held_{plan.held},
      overbook_{plan.overbook},
      released_{plan.released},
      template_{plan.template_},
      first_weekday_{first_weekday} {
    CLINICSIM_CHECK(grid_ > Duration::zero() && kDay % grid_ == Duration::zero(),
                    "the grid divides a day");
    CLINICSIM_CHECK(limits.size() == 1 || (limits.size() > 2 && template_.empty()),
                    "several kinds have a limit together, and no template");
    for (LimitAt& limit : limits) layers_.push_back({std::move(limit), {}, {}, {}});
    std::int64_t end = kDay / grid_;
    if (!opening.always()) {
        // the hours of the day that are ever open, so that a day's bits take few words
        Duration from = kDay, to{};
        for (const OpeningHours::Stretch& open : opening.stretches()) {
            const Duration begins = (open.from - kRunStart) % kDay;
            const Duration ends = begins + (open.to - open.from);
            from = std::min(from, ends > kDay ? Duration::zero() : begins);
            to = std::max(to, std::min(ends, kDay));
        }
        day_begin_ = std::min(from / grid_, end - 1);
        end = std::max((to + grid_ - Duration{1}) / grid_, day_begin_ + 1);
    }
    cells_ = end - day_begin_;
    words_ = (cells_ + 63) / 64;
    starts_.resize(static_cast<std::size_t>(words_));
}

std::int64_t AppointmentBook::cells_of(Duration length) const {
    if (!template_.empty()) return 1;  // a template counts starts, not chairs
    return std::max<std::int64_t>(1, (length + grid_ - Duration{1}) / grid_);
}

void AppointmentBook::reach(std::int64_t day) {
    if (day < days_) return;
    const std::int64_t before = days_;
    days_ = (day / kPiece + 1) * kPiece;
    for (Layer& layer : layers_) {
        layer.promised.resize(static_cast<std::size_t>(days_ * cells_));
        for (int level = 0; level < kLevels; ++level) {
            layer.limit[level].resize(layer.promised.size());
            layer.full[level].resize(static_cast<std::size_t>(days_ * words_), ~Word{0});
        }
    }
    for (Shape& shape : shapes_)
        for (int level = 0; level < kLevels; ++level) {
            shape.place[level].resize(static_cast<std::size_t>(days_ / 64));
            shape.stale[level].resize(static_cast<std::size_t>(days_ / 64), ~Word{0});
        }
    for (std::int64_t each = before; each < days_; ++each) lay_out(each);
}

void AppointmentBook::lay_out(std::int64_t day) {
    for (Layer& layer : layers_) lay_out(layer, day);
    if (!staff_.empty()) lay_out_staff(day);
    mark_stale(day);
}

/// The limits of a day, from opening hours, chairs, template, held share and overbooking.
void AppointmentBook::lay_out(Layer& layer, std::int64_t day) {
    std::uint16_t* everybody = &layer.limit[0][static_cast<std::size_t>(index(day, 0))];
    std::uint16_t* urgent = &layer.limit[1][static_cast<std::size_t>(index(day, 0))];
    std::fill_n(urgent, cells_, std::uint16_t{0});
    const Instant evening = at(day, cells_);
    auto open = hours_.stretch_at_or_after(at(day, 0));
    Limit limit{0, kRunStart - Duration{1}};
    for (std::int64_t cell = 0; cell < cells_ && open.from < evening; ++cell) {
        const Instant from = at(day, cell);
        if (open.to < from + grid_) open = hours_.stretch_at_or_after(from + grid_ - Duration{1});
        if (open.from > from || open.to < from + grid_) continue;
        if (template_.empty()) {
            if (limit.until <= from) limit = layer.limit_at(from);
            urgent[cell] = static_cast<std::uint16_t>(std::min(limit.chairs, kMostChairs));
        } else {
            for (const DayStarts& starts : template_)
                if (starts.at == grid_ * (cell + day_begin_)) urgent[cell] = starts.visits;
        }
    }
    if (overbook_ > 0) {  // the day's first hours take more, so that it need not end late
        Portion of = portion(overbook_, urgent, cells_);
        for (std::int64_t cell = 0; cell < cells_; ++cell) {
            const bool one_more = urgent[cell] > 0 && of.more > 0;
            of.more -= one_more;
            const unsigned more = of.all_day(urgent[cell]) + one_more;
            urgent[cell] =
                static_cast<std::uint16_t>(std::min<unsigned>(urgent[cell] + more, kMostChairs));
        }
    }
    hold_back(urgent, everybody);
    for (std::int64_t cell = 0; cell < cells_; ++cell) set_full(layer, day, cell);
}

/// Its last hours: who asks in the morning can still come.
void AppointmentBook::hold_back(const std::uint16_t* urgent, std::uint16_t* everybody) const {
    std::copy_n(urgent, cells_, everybody);
    if (held_ <= 0) return;
    Portion of = portion(held_, urgent, cells_);
    for (std::int64_t cell = cells_ - 1; cell >= 0; --cell) {
        const std::uint16_t all_day = of.all_day(urgent[cell]);
        const bool one_more = urgent[cell] > all_day && of.more > 0;
        of.more -= one_more;
        everybody[cell] = static_cast<std::uint16_t>(urgent[cell] - all_day - one_more);
    }
}

void AppointmentBook::set_full(Layer& layer, std::int64_t day, std::int64_t cell) {
    const auto i = static_cast<std::size_t>(index(day, cell));
    const Word bit = Word{1} << cell % 64;
    for (int level = 0; level < kLevels; ++level) {
        Word& word = layer.full[level][static_cast<std::size_t>(day * words_ + cell / 64)];
        word = layer.promised[i] < layer.limit[level][i] ? word & ~bit : word | bit;
    }
}

void AppointmentBook::mark_stale(std::int64_t day) {
    const Word bit = Word{1} << day % 64;
    for (Shape& shape : shapes_)
        for (int level = 0; level < kLevels; ++level)
            shape.stale[level][static_cast<std::size_t>(day / 64)] |= bit;
}

void AppointmentBook::take(Place place, Duration length) {
    change(place, length, 1);
    ++made_;
}

void AppointmentBook::give_back(Place place, Duration length) {
    if (place.start == kNever) return;
    change(place, length, -1);
    ++cancelled_;
}

void AppointmentBook::change(Place place, Duration length, int by) {
    const std::int64_t day = (place.start - kRunStart) / kDay;
    const std::int64_t first = (place.start - kRunStart) % kDay / grid_ - day_begin_;
    const std::int64_t end = first + cells_of(length);
    CLINICSIM_CHECK(first >= 0 && end <= cells_, "a book promises what it has found",
                    Scene{place.start});
    reach(day);
    change(layers_[place.kind], day, first, end, by, place.start);
    if (several_kinds()) change(layers_.back(), day, first, end, by, place.start);
    if (!staff_.empty()) change_staff(day, first, end - first, by);
    mark_stale(day);
}

/// A cell is full, or free again, just when its promises reach their limit, or leave it: only then
/// a bit changes.
void AppointmentBook::change(Layer& layer, std::int64_t day, std::int64_t first, std::int64_t end,
                             int by, Instant start) {
    const auto from = static_cast<std::size_t>(index(day, first));
    std::uint16_t* promised = &layer.promised[from];
    const std::uint16_t* limit[kLevels] = {&layer.limit[0][from], &layer.limit[1][from]};
    Word* full[kLevels] = {&layer.full[0][static_cast<std::size_t>(day * words_)],
                           &layer.full[1][static_cast<std::size_t>(day * words_)]};
    for (std::int64_t cell = first; cell < end; ++cell, ++promised, ++limit[0], ++limit[1]) {
        CLINICSIM_CHECK(by > 0 ? *promised < *limit[1] : *promised > 0,
                        "a book promises no chair twice and takes back only what it promised",
                        Scene{start});
        *promised = static_cast<std::uint16_t>(*promised + by);
        const int fullest = by > 0 ? *promised : *promised + 1;
        for (int level = 0; level < kLevels; ++level)
            if (fullest == *limit[level]) full[level][cell / 64] ^= Word{1} << cell % 64;
    }
}

void AppointmentBook::limits_changed(Instant from, Instant to) {
    const std::int64_t last = std::min((to - Duration{1} - kRunStart) / kDay, days_ - 1);
    for (std::int64_t day = (from - kRunStart) / kDay; day <= last; ++day) lay_out(day);
}

/// Of each kind by itself; of all together where the staff carry fewer visits than there are
/// chairs.
AppointmentBook::HeldAt AppointmentBook::held_at(std::int64_t day, std::int64_t cell) const {
    const auto i = static_cast<std::size_t>(index(day, cell));
    const auto of = [&](const Layer& layer) {
        const int for_all = layer.limit[0][i], for_rescues = layer.limit[1][i];
        const int promised = std::min<int>(layer.promised[i], for_rescues);
        return HeldAt{for_rescues - for_all, std::max(0, promised - for_all)};
    };
    if (!several_kinds()) return of(layers_.back());
    HeldAt kinds;
    int chairs = 0;
    for (std::size_t kind = 0; kind + 1 < layers_.size(); ++kind) {
        const HeldAt one = of(layers_[kind]);
        kinds.chairs += one.chairs;
        kinds.promised += one.promised;
        chairs += layers_[kind].limit[1][i];
    }
    return chairs < layers_.back().limit[1][i] ? kinds : of(layers_.back());
}

AppointmentBook::Held AppointmentBook::held_on(std::int64_t day) {
    reach(day);
    std::int64_t held = 0, promised = 0;
    for (std::int64_t cell = 0; cell < cells_; ++cell) {
        const HeldAt at_cell = held_at(day, cell);
        held += at_cell.chairs;
        promised += at_cell.promised;
    }
    return {grid_ * held, grid_ * promised};
}

std::vector<AppointmentBook::Unused> AppointmentBook::unused_held_on(std::int64_t day) {
    std::vector<Unused> all;
    if (!template_.empty()) return all;
    reach(day);
    for (std::int64_t cell = 0; cell < cells_; ++cell) {
        const HeldAt held = held_at(day, cell);
        const int unused = held.chairs - held.promised;
        if (unused <= 0) continue;
        const auto chairs = static_cast<std::uint32_t>(unused);
        if (!all.empty() && all.back().to == at(day, cell) && all.back().chairs == chairs)
            all.back().to = at(day, cell + 1);
        else
            all.push_back({at(day, cell), at(day, cell + 1), chairs});
    }
    return all;
}

}  // namespace clinicsim
