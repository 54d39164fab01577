// Whom and what a visit needs besides a chair: groups of staff and equipment, their shifts, and the
// needs of each phase of a visit. Plain values.
//
// A group is a pool: 2 nurses are 2 whole ones, and what a phase needs is a share of the pool, not
// of a named person. Shares are exact integers.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "clinicsim/base/dates.hpp"
#include "clinicsim/base/time.hpp"

namespace clinicsim {

enum class VisitPhase : std::uint8_t { preparation, infusion, recovery, turnover };
constexpr std::size_t kVisitPhases = 4;
const char* name(VisitPhase phase);

/// Half-open stretch of a day, in ticks after midnight; 0 <= from < to <= 24 h.
struct DayHours {
    Duration from{}, to{};
    bool operator==(const DayHours&) const = default;
};

/// A whole person or device, in parts: a half to a tenth are whole numbers of them.
constexpr std::uint32_t kWhole = 2520;

/// One of the places that a clinic treats at; 0 where it has only one.
using SiteId = std::uint8_t;

using StaffGroupId = std::uint8_t;
constexpr std::size_t kMostStaffGroups = 32;  // a set of them is a 32-bit mask

/// What a phase needs of one group from its start to its end. 0 parts: somebody of the group must
/// be there when the phase starts, but is not used up; `on_call`, besides: one of them comes,
/// whole, for as long as a side effect makes the visit longer, and the patient waits for them.
/// Where there are several sites, `group` is the one at the first of them, and those at the others
/// follow it in their order.
struct Need {
    StaffGroupId group = 0;
    std::uint32_t parts = kWhole;
    bool on_call = false;  // of an infusion only
    bool operator==(const Need&) const = default;
    /// People there must be for it to be met at all.
    std::uint32_t people() const { return parts == 0 ? 1 : (parts + kWhole - 1) / kWhole; }
};
using PhaseNeeds = std::array<std::vector<Need>, kVisitPhases>;

/// People who work the same hours. None of them works while the clinic is closed for the day.
struct Shift {
    std::uint32_t people = 1;
    std::optional<std::array<bool, 7>> days;  // [0] = Sunday; none: every day that is open
    std::optional<DayHours> hours;            // none: the opening hours of the day
    std::optional<DayHours> pause;            // the break, inside the hours
    std::optional<Date> from, until;          // first and last date; none: always
    std::vector<std::pair<Date, Date>> away;  // first and last date of a leave, inclusive
    bool operator==(const Shift&) const = default;
};

/// At one site: who works at several is on duty in the group of each at other times.
struct StaffGroup {
    std::string name;           // where there are several sites: "nurse.north"
    std::uint32_t devices = 0;  // equipment: always there; then there are no shifts
    std::vector<Shift> shifts;
    double sick = 0;  // chance per person and working day, known in the morning
    SiteId site = 0;
    bool operator==(const StaffGroup&) const = default;
    bool is_equipment() const { return shifts.empty(); }
};

}  // namespace clinicsim
