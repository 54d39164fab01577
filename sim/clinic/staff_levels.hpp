// Who is on duty, who is used by whom: the pools of staff and equipment at one instant. Knows no
// patients. Internal to the clinic room.
//
// Staff go home when their shift ends, or have their break, unless a visit that has begun still
// needs their group: then as many stay as are in use, and one as long as any such visit is there.
// So no visit is left alone half-way, and no share is ever given out twice: what is used is at most
// what is there, an assertion in every run.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "clinicsim/base/check.hpp"
#include "clinicsim/clinic/staff.hpp"

namespace clinicsim {

using GroupSet = std::uint32_t;
constexpr GroupSet set_of(StaffGroupId group) { return GroupSet{1} << group; }
inline GroupSet set_of(const std::vector<Need>& needs) {
    GroupSet groups = 0;
    for (const Need& need : needs) groups |= set_of(need.group);
    return groups;
}

class StaffLevels {
  public:
    struct Group {
        std::uint32_t on_duty = 0;  // people by the roster, less those who are sick
        std::uint32_t staying = 0;  // people who would stay if nobody were on duty
        std::uint32_t visits = 0;   // visits under way that still need the group
        std::uint32_t fewest = 1;   // people that the largest single need takes
        std::uint64_t used = 0;     // parts
        std::uint32_t there() const { return std::max(on_duty, staying); }
        std::uint64_t parts() const { return std::uint64_t{there()} * kWhole; }
    };

    explicit StaffLevels(std::size_t groups = 0) : groups_(groups) {}

    const Group& of(StaffGroupId group) const { return groups_[group]; }
    std::size_t size() const { return groups_.size(); }

    void may_need(const Need& need) {
        groups_[need.group].fewest = std::max(groups_[need.group].fewest, need.people());
    }
    void set_on_duty(StaffGroupId group, std::uint32_t people) {
        groups_[group].on_duty = people;
        settle(group);
    }

    /// Whether a visit may begin with these needs: only people on duty take on somebody new, and
    /// not those of the groups in `closed`. The first need that is not met; null: all are.
    const Need* missing_at_start(const std::vector<Need>& needs, GroupSet closed) const {
        for (const Need& need : needs) {
            const Group& group = groups_[need.group];
            const bool met = need.parts == 0 ? group.on_duty > 0
                                             : !(closed & set_of(need.group)) &&
                                                   group.used + need.parts <=
                                                       std::uint64_t{group.on_duty} * kWhole;
            if (!met) return &need;
        }
        return nullptr;
    }
    /// Whether a visit may go on with `needs` when it gives back `held`. What it holds already it
    /// may keep; more of a group in `closed` it may not have.
    const Need* missing_to_go_on(const std::vector<Need>& held, const std::vector<Need>& needs,
                                 GroupSet closed) const {
        for (const Need& need : needs) {
            const Group& group = groups_[need.group];
            std::uint32_t own = 0;
            for (const Need& one : held)
                if (one.group == need.group) own = one.parts;
            const bool met = need.parts == 0 ? group.there() > 0
                                             : need.parts <= own ||
                                                   (!(closed & set_of(need.group)) &&
                                                    group.used - own + need.parts <= group.parts());
            if (!met) return &need;
        }
        return nullptr;
    }

    void begin_visit(GroupSet groups) {
        for_each(groups, [&](StaffGroupId group) { ++groups_[group].visits; });
    }
    void end_visit(GroupSet groups) {
        for_each(groups, [&](StaffGroupId group) {
            CLINICSIM_CHECK(groups_[group].visits > 0, "only a visit under way is done with staff");
            --groups_[group].visits;
        });
    }
    /// Gives back and takes at one instant: nobody goes home between.
    void exchange(const std::vector<Need>& held, const std::vector<Need>& needs) {
        for (const Need& need : held) {
            CLINICSIM_CHECK(groups_[need.group].used >= need.parts,
                            "only shares in use are given back");
            groups_[need.group].used -= need.parts;
        }
        for (const Need& need : needs) {
            groups_[need.group].used += need.parts;
            CLINICSIM_CHECK(groups_[need.group].used <= groups_[need.group].parts(),
                            "nobody looks after more than a whole share");
        }
    }
    /// Lets go home who may. After every change.
    void settle(StaffGroupId group) {
        Group& of = groups_[group];
        const auto in_use = static_cast<std::uint32_t>((of.used + kWhole - 1) / kWhole);
        of.staying = std::min(of.there(), std::max(in_use, of.visits > 0 ? of.fewest : 0));
        CLINICSIM_CHECK(of.used <= of.parts(), "nobody goes home while a share of them is in use");
    }

    template <class Do>
    static void for_each(GroupSet groups, Do act) {
        for (StaffGroupId group = 0; groups != 0; ++group, groups >>= 1)
            if (groups & 1) act(group);
    }

  private:
    std::vector<Group> groups_;
};

}  // namespace clinicsim
