#include "clinicsim/clinic/book.hpp"

#include <algorithm>
#include <limits>

#include "clinicsim/base/check.hpp"

namespace clinicsim {
namespace {

std::int64_t cells_of(Duration length) {
    return std::max<std::int64_t>(1, (length + kBookGrid - Duration{1}) / kBookGrid);
}

/// A visit longer than this is never booked across a midnight; no clinic's opening is longer.
constexpr std::int64_t kMostDaysAhead = 366 * 3;

}  // namespace

AppointmentBook::AppointmentBook(std::optional<std::uint32_t> chairs, const OpeningHours& opening)
    : chairs_{chairs.value_or(std::numeric_limits<std::uint16_t>::max())}, hours_{opening} {
    CLINICSIM_CHECK(chairs_ <= std::numeric_limits<std::uint16_t>::max(),
                    "a book counts at most 65,535 chairs");
}

AppointmentBook::Day& AppointmentBook::day(std::int64_t number) {
    const auto index = static_cast<std::size_t>(number);
    if (index >= days_.size()) days_.resize(index + 64);
    if (!days_[index]) {
        days_[index] = std::make_unique<Day>();
        const Instant midnight = kRunStart + Days{number};
        for (std::int64_t cell = 0; cell < kCells; ++cell) {
            const Instant from = midnight + kBookGrid * cell;
            const auto stretch = hours_.stretch_at_or_after(from);
            days_[index]->open[static_cast<std::size_t>(cell)] =
                stretch.from <= from && from + kBookGrid <= stretch.to;
        }
    }
    return *days_[index];
}

std::int64_t AppointmentBook::find(const Day& day, std::int64_t from, std::int64_t cells) const {
    std::int64_t run = 0;
    for (std::int64_t cell = from; cell < kCells; ++cell) {
        const auto i = static_cast<std::size_t>(cell);
        run = day.open[i] && day.promised[i] < chairs_ ? run + 1 : 0;
        if (run == cells) return cell - cells + 1;
    }
    return -1;
}

Instant AppointmentBook::first_free(Instant earliest, Duration length) {
    const std::int64_t cells = cells_of(length);
    std::int64_t cell = (earliest - kRunStart + kBookGrid - Duration{1}) / kBookGrid;
    for (std::int64_t number = cell / kCells, last = number + kMostDaysAhead; number <= last;
         ++number) {
        Day& on = day(number);
        const std::int64_t from = std::max<std::int64_t>(0, cell - number * kCells);
        if (cells >= on.refused) continue;
        const std::int64_t found = find(on, from, cells);
        if (found >= 0) return kRunStart + Days{number} + kBookGrid * found;
        if (from == 0) on.refused = cells;
    }
    return kNever;
}

Instant AppointmentBook::book(Instant earliest, Duration length) {
    const Instant start = first_free(earliest, length);
    if (start == kNever) return kNever;
    change(start, cells_of(length), 1);
    ++made_;
    return start;
}

void AppointmentBook::cancel(Instant start, Duration length) {
    if (start == kNever) return;
    change(start, cells_of(length), -1);
    ++cancelled_;
}

void AppointmentBook::change(Instant start, std::int64_t cells, int by) {
    const std::int64_t first = (start - kRunStart) / kBookGrid;
    Day& on = day(first / kCells);
    for (std::int64_t cell = first % kCells; cell < first % kCells + cells; ++cell) {
        std::uint16_t& promised = on.promised[static_cast<std::size_t>(cell)];
        CLINICSIM_CHECK(by > 0 ? promised < chairs_ : promised > 0,
                        "a book promises no chair twice and takes back only what it promised",
                        Scene{start});
        promised = static_cast<std::uint16_t>(promised + by);
    }
    if (by < 0) on.refused = kCells + 1;
}

}  // namespace clinicsim
