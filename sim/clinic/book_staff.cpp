// Staff in the book, counted phase by phase: a nurse who starts a visit alone and then looks after
// three takes more of the book while the line is put in.
#include <algorithm>

#include "cell_bits.hpp"
#include "clinicsim/base/check.hpp"
#include "clinicsim/clinic/book.hpp"

namespace clinicsim {

void AppointmentBook::count_staff(std::vector<LimitAt> people,
                                  std::vector<std::pair<Duration, std::vector<StaffUse>>> uses) {
    CLINICSIM_CHECK(days_ == 0 && template_.empty(), "staff are counted from the first booking on");
    for (LimitAt& group : people) staff_.push_back({std::move(group), {}, {}, {}});
    for (auto& [length, of_groups] : uses) {
        CLINICSIM_CHECK(of_groups.size() == staff_.size(), "a visit says what it takes of all");
        const std::int64_t cells = cells_of(length);
        const auto same = std::find_if(staffed_.begin(), staffed_.end(),
                                       [&](const auto& one) { return one.cells == cells; });
        if (same == staffed_.end()) {
            staffed_.push_back({cells, std::move(of_groups), {}});
            continue;
        }
        // of two kinds of visit that are as long, the one that takes more
        for (std::size_t group = 0; group < staff_.size(); ++group) {
            StaffUse& known = same->uses[group];
            const StaffUse& other = of_groups[group];
            for (std::size_t cell = 0; cell < known.parts.size(); ++cell) {
                known.parts[cell] = std::max(known.parts[cell], other.parts[cell]);
                known.present[cell] = known.present[cell] || other.present[cell];
            }
        }
    }
    for (StaffOfVisit& visit : staffed_)
        for (std::size_t group = 0; group < staff_.size(); ++group) add_stretches(visit, group);
}

/// The search looks at whole stretches in which a visit demands the same, as at chairs.
void AppointmentBook::add_stretches(StaffOfVisit& visit, std::size_t group) {
    const auto add = [&](std::size_t cell, std::uint32_t parts) {
        const std::size_t demand = demand_of(staff_[group], parts);
        const auto at = static_cast<std::int64_t>(cell);
        for (StaffStretch& known : visit.stretches)
            if (known.group == group && known.demand == demand && known.cell + known.cells == at) {
                ++known.cells;
                return;
            }
        visit.stretches.push_back({group, demand, at, 1});
    };
    const StaffUse& use = visit.uses[group];
    for (std::size_t cell = 0; cell < use.parts.size(); ++cell) {
        if (use.parts[cell] > 0) add(cell, use.parts[cell]);
        if (use.present[cell]) add(cell, 0);
    }
}

std::size_t AppointmentBook::demand_of(StaffLayer& group, std::uint32_t parts) {
    const auto same = std::find_if(group.demands.begin(), group.demands.end(),
                                   [&](const Demand& one) { return one.parts == parts; });
    if (same != group.demands.end()) return static_cast<std::size_t>(same - group.demands.begin());
    group.demands.push_back({parts, {}});
    return group.demands.size() - 1;
}

/// Chairs that are held for rescues are of no use without staff, so staff are held, too: of those
/// who are there while the clinic is open.
void AppointmentBook::lay_out_staff(std::int64_t day) {
    std::vector<std::uint16_t> people(static_cast<std::size_t>(cells_)), urgent(people.size()),
        everybody(people.size());
    for (StaffLayer& group : staff_) {
        group.promised.resize(static_cast<std::size_t>(days_ * cells_));
        for (int level = 0; level < kLevels; ++level) {
            group.limit[level].resize(group.promised.size());
            for (Demand& demand : group.demands)
                demand.lacking[level].resize(static_cast<std::size_t>(days_ * words_));
        }
        Limit limit{0, kRunStart - Duration{1}};
        for (std::int64_t cell = 0; cell < cells_; ++cell) {
            if (limit.until <= at(day, cell)) limit = group.people(at(day, cell));
            const auto i = static_cast<std::size_t>(cell);
            people[i] = static_cast<std::uint16_t>(std::min(limit.chairs, kMostChairs));
            const bool open =
                layers_.back().limit[1][static_cast<std::size_t>(index(day, cell))] > 0;
            urgent[i] = open ? people[i] : 0;
        }
        hold_back(urgent.data(), everybody.data());
        for (std::int64_t cell = 0; cell < cells_; ++cell) {
            const auto i = static_cast<std::size_t>(cell);
            const auto parts = [&](int of) {
                return static_cast<std::uint32_t>(double{kWhole} * of * (1 + overbook_));
            };
            const auto at_cell = static_cast<std::size_t>(index(day, cell));
            group.limit[1][at_cell] = parts(people[i]);
            group.limit[0][at_cell] = parts(people[i] - (urgent[i] - everybody[i]));
            set_lacking(group, day, cell);
        }
    }
}

void AppointmentBook::set_lacking(StaffLayer& group, std::int64_t day, std::int64_t cell) {
    const auto i = static_cast<std::size_t>(index(day, cell));
    for (Demand& demand : group.demands)
        for (int level = 0; level < kLevels; ++level)
            // to be present is no use of a person, so for that nobody is held
            set_bit(&demand.lacking[level][static_cast<std::size_t>(day * words_)], cell,
                    demand.parts == 0 ? group.limit[1][i] == 0
                                      : group.promised[i] + demand.parts > group.limit[level][i]);
}

void AppointmentBook::change_staff(std::int64_t day, std::int64_t first, std::int64_t cells,
                                   int by) {
    for (const StaffOfVisit& visit : staffed_) {
        if (visit.cells != cells) continue;
        for (std::size_t group = 0; group < staff_.size(); ++group)
            for (std::size_t cell = 0; cell < visit.uses[group].parts.size(); ++cell) {
                const std::uint32_t parts = visit.uses[group].parts[cell];
                if (parts == 0) continue;
                const std::int64_t at = first + static_cast<std::int64_t>(cell);
                std::uint32_t& promised =
                    staff_[group].promised[static_cast<std::size_t>(index(day, at))];
                CLINICSIM_CHECK(by > 0 || promised >= parts,
                                "only staff that were promised are given back");
                promised = by > 0 ? promised + parts : promised - parts;
                set_lacking(staff_[group], day, at);
            }
    }
}

bool AppointmentBook::keep_staffed_starts(std::int64_t day, std::int64_t cells,
                                          std::int64_t released) {
    carried_.resize(static_cast<std::size_t>(words_));
    for (const StaffOfVisit& visit : staffed_) {
        if (visit.cells != cells) continue;
        for (const StaffStretch& one : visit.stretches) {
            const auto& lacking = staff_[one.group].demands[one.demand].lacking;
            const auto first = static_cast<std::size_t>(day * words_);
            for (std::int64_t i = 0; i < words_; ++i)
                carried_[static_cast<std::size_t>(i)] =
                    ~full_before(&lacking[1][first], &lacking[0][first], i, released);
            keep_runs(carried_.data(), words_, one.cells);
            for (std::int64_t i = 0; i < words_; ++i)
                starts_[static_cast<std::size_t>(i)] &=
                    shifted(carried_.data(), words_, i, one.cell);
        }
    }
    return std::any_of(starts_.begin(), starts_.begin() + words_,
                       [](Word word) { return word != 0; });
}

}  // namespace clinicsim
