// The appointment book: how many chairs are promised in every five minutes. Which chair it will be
// is decided on the day, so the book never fragments.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "clinicsim/base/time.hpp"
#include "clinicsim/clinic/clinic_plan.hpp"
#include "clinicsim/clinic/opening_hours.hpp"

namespace clinicsim {

class AppointmentBook {
  public:
    /// `chairs`: none for unlimited. `opening` must outlive the book.
    AppointmentBook(std::optional<std::uint32_t> chairs, const OpeningHours& opening);

    /// Books the first time at or after `earliest` (rounded up to the grid) at which `length` fits
    /// into opening hours with a chair free all along, and returns its start; kNever when the book
    /// has no such time. `length` is rounded up to the grid, at least one cell.
    Instant book(Instant earliest, Duration length);
    /// The same search without booking.
    Instant first_free(Instant earliest, Duration length);
    /// Takes back what book() gave for this length.
    void cancel(Instant start, Duration length);

    /// For the conservation check: bookings made, and those taken back.
    std::uint64_t made() const { return made_; }
    std::uint64_t cancelled() const { return cancelled_; }

  private:
    static constexpr std::int64_t kCells = Days{1} / kBookGrid;  // of a day
    struct Day {
        std::array<std::uint16_t, kCells> promised{};
        std::array<bool, kCells> open{};
        std::int64_t refused = kCells + 1;  // a length of so many cells has no place left
    };

    Day& day(std::int64_t number);
    /// First cell of the day at or after `from` where `cells` fit, or -1.
    std::int64_t find(const Day& day, std::int64_t from, std::int64_t cells) const;
    void change(Instant start, std::int64_t cells, int by);

    std::uint32_t chairs_;
    const OpeningHours& hours_;
    std::vector<std::unique_ptr<Day>> days_;
    std::uint64_t made_ = 0, cancelled_ = 0;
};

}  // namespace clinicsim
