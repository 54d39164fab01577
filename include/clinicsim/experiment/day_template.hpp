// Which template a day of appointments should have: how many patients come at every slot. Exact
// for visits of exponential length: between slots the number of patients inside is a pure death
// process (Kaandorp and Koole 2007, "Optimal outpatient appointment scheduling", Health Care
// Management Science 10:217).
#pragma once

#include <cstdint>
#include <vector>

namespace clinicsim {

/// One unit of time is the mean length of a visit.
struct DayTask {
    std::uint32_t chairs = 1;
    std::uint32_t patients = 0;
    std::uint32_t slots = 0;
    double slot = 1;     // length
    double no_show = 0;  // chance of every patient
    // what an hour is worth: the mean patient's wait, the chairs' idle time, the time past the end
    // of the last slot
    double wait_weight = 1, idle_weight = 1, tardiness_weight = 1;
};

using DayTemplate = std::vector<std::uint32_t>;  // [slot] patients

struct DayValue {
    double mean_wait = 0;  // mean over patients of the expected wait of each, if it comes
    double idle = 0;       // chairs x (time of all slots + tardiness) - expected shows
    double tardiness = 0;  // from the end of the last slot until everybody has left
    double cost = 0;       // weighted sum
};
DayValue evaluate(const DayTask& task, const DayTemplate& starts);

/// As even as whole patients can be; and with the last slot's patients at the first.
DayTemplate individual_slots(const DayTask& task);
DayTemplate bailey_welch(const DayTask& task);

struct BestDay {
    DayTemplate starts;
    DayValue value;
    std::uint64_t evaluated = 0;
    /// The cost is multimodular for one chair, so that what no neighbour improves is the optimum
    /// (Kaandorp and Koole). With more chairs or more slots than the whole neighbourhood is looked
    /// at, it is the best that was found.
    bool certain = false;
};
/// Local search over patients shifted by a slot, any of them at once.
BestDay best_day(const DayTask& task);

}  // namespace clinicsim
