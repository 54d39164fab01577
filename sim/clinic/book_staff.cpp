// Staff in the book, counted phase by phase: a nurse who starts a visit alone and then looks after
// three takes more of the book while the line is put in.
#include <algorithm>

#include "clinicsim/base/check.hpp"
#include "clinicsim/clinic/book.hpp"

namespace clinicsim {

void AppointmentBook::count_staff(std::vector<LimitAt> people,
                                  std::vector<std::pair<Duration, std::vector<StaffUse>>> uses) {
    CLINICSIM_CHECK(days_ == 0 && template_.empty(), "staff are counted from the first booking on");
    for (LimitAt& group : people) staff_.push_back({std::move(group), {}, {}});
    for (auto& [length, of_groups] : uses) {
        CLINICSIM_CHECK(of_groups.size() == staff_.size(), "a visit says what it takes of all");
        const std::int64_t cells = cells_of(length);
        const auto same = std::find_if(staff_uses_.begin(), staff_uses_.end(),
                                       [&](const auto& one) { return one.first == cells; });
        if (same == staff_uses_.end()) {
            staff_uses_.emplace_back(cells, std::move(of_groups));
            continue;
        }
        // of two kinds of visit that are as long, the one that takes more
        for (std::size_t group = 0; group < staff_.size(); ++group) {
            StaffUse& known = same->second[group];
            const StaffUse& other = of_groups[group];
            for (std::size_t cell = 0; cell < known.parts.size(); ++cell) {
                known.parts[cell] = std::max(known.parts[cell], other.parts[cell]);
                known.present[cell] = known.present[cell] || other.present[cell];
            }
        }
    }
}

void AppointmentBook::lay_out_staff(std::int64_t day) {
    for (StaffLayer& group : staff_) {
        group.promised.resize(static_cast<std::size_t>(days_ * cells_));
        group.limit.resize(group.promised.size());
        Limit limit{0, kRunStart - Duration{1}};
        for (std::int64_t cell = 0; cell < cells_; ++cell) {
            if (limit.until <= at(day, cell)) limit = group.people(at(day, cell));
            const double parts = std::min(limit.chairs, kMostChairs) * double{kWhole};
            group.limit[static_cast<std::size_t>(index(day, cell))] =
                static_cast<std::uint32_t>(parts * (1 + overbook_));
        }
    }
}

void AppointmentBook::change_staff(std::int64_t day, std::int64_t first, std::int64_t cells,
                                   int by) {
    for (const auto& [length, uses] : staff_uses_) {
        if (length != cells) continue;
        for (std::size_t group = 0; group < staff_.size(); ++group)
            for (std::size_t cell = 0; cell < uses[group].parts.size(); ++cell) {
                std::uint32_t& promised =
                    staff_[group].promised[static_cast<std::size_t>(index(day, first)) + cell];
                const std::uint32_t parts = uses[group].parts[cell];
                CLINICSIM_CHECK(by > 0 || promised >= parts,
                                "only staff that were promised are given back");
                promised = by > 0 ? promised + parts : promised - parts;
            }
    }
}

bool AppointmentBook::staff_carry(std::int64_t day, std::int64_t first, std::int64_t cells) const {
    for (const auto& [length, uses] : staff_uses_) {
        if (length != cells) continue;
        for (std::size_t group = 0; group < staff_.size(); ++group)
            for (std::size_t cell = 0; cell < uses[group].parts.size(); ++cell) {
                const auto i = static_cast<std::size_t>(index(day, first)) + cell;
                const std::uint32_t parts = uses[group].parts[cell];
                const std::uint32_t limit = staff_[group].limit[i];
                if (parts > 0 && staff_[group].promised[i] + parts > limit) return false;
                if (uses[group].present[cell] && limit == 0) return false;
            }
    }
    return true;
}

bool AppointmentBook::keep_staffed_starts(std::int64_t day, std::int64_t cells) {
    Word any = 0;
    for (std::int64_t i = 0; i < words_; ++i) {
        Word& word = starts_[static_cast<std::size_t>(i)];
        for (Word rest = word; rest != 0; rest &= rest - 1) {
            const int bit = __builtin_ctzll(rest);
            if (!staff_carry(day, i * 64 + bit, cells)) word &= ~(Word{1} << bit);
        }
        any |= word;
    }
    return any != 0;
}

}  // namespace clinicsim
