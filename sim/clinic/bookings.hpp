// What a patient of a clinic that books by rules has in the book, and the lists of those who wait
// for a time. Internal to the clinic room.
#pragma once

#include <array>
#include <cstdint>
#include <tuple>
#include <vector>

#include "patient.hpp"

namespace clinicsim {

inline Instant morning_of(Instant at) { return kRunStart + Days{(at - kRunStart) / Days{1}}; }
inline std::int64_t days_between(Instant from, Instant to) {
    return (morning_of(to) - morning_of(from)) / Days{1};
}

/// Of a patient's bookings: the rest of the induction, the open request, the next planned booster.
enum class BookedLine : std::uint8_t { series, request, planned };

/// Somebody who waits for a time, or for an earlier one.
struct InList {
    std::uint8_t rank;
    Instant wanted;
    std::uint64_t serial;
    Slot slot;
    PatientId id;
    BookedLine line;
    Instant booked;  // kNever: has no time yet
    bool operator<(const InList& other) const {
        return std::tie(rank, wanted, serial) < std::tie(other.rank, other.wanted, other.serial);
    }
};

/// Somebody's booked time of a day on which staff are sick. In the order in which they keep it: by
/// the clinic's priority, who has begun a series or a pair before who has not, who wanted it first.
struct Claim {
    std::uint8_t rank;
    bool begins;
    Instant wanted;
    PatientId id;
    Slot slot;
    BookedLine line;
    bool operator<(const Claim& other) const {
        return std::tie(rank, begins, wanted, id, line) <
               std::tie(other.rank, other.begins, other.wanted, other.id, other.line);
    }
};

/// Beside the requests themselves.
struct Bookings {
    std::size_t preference = 0;               // into the plan's; past its end: none
    std::array<Instant, 3> made{};            // [BookedLine] when it was booked
    std::array<bool, 3> waits{};              // [BookedLine] for a time, in the list
    std::vector<Request> rest, planned_rest;  // of the pair of the request, of the planned one
    Instant series_wanted, patience = kNever;
    bool broken = false;  // the present series
    std::uint32_t calls = 0;
    std::uint64_t stays_for = 0;  // the visit for which another site was refused
    // what becomes of the next booked time; of which time and attendance this is known
    Instant foreseen = kNever;
    std::uint32_t foreseen_ordinal = 0;
    Instant moves_at = kNever, cancels_at = kNever;
    double moves = 1, cancels = 1, stays_away = 1;  // uniforms, against the chances
};

}  // namespace clinicsim
