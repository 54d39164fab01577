// What the chairs do, over replications: shares of the chair time open.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "clinicsim/observe/chair_use.hpp"
#include "clinicsim/stats/interval.hpp"

namespace clinicsim {

struct ChairUsePart {
    std::string at;                // "mon 08:00", "2026-01"; empty: all the time
    double open_hours = 0;         // chair-hours, per replication
    std::vector<Estimate> shares;  // [ChairUse::states]; of the chair time open
    Estimate used;                 // by visits, turnover included
};

struct ChairUse {
    std::vector<std::string> states;  // as chair_states() gives them
    ChairUsePart all;
    std::vector<ChairUsePart> hours;   // of the week, from Monday 00:00 on; those with opening time
    std::vector<ChairUsePart> months;  // of the measured time; those with opening time
};

/// `months` as months_of(), `states` as chair_states() give them; `replications` is not empty.
ChairUse chair_use_of(std::span<const ChairUseTally> replications,
                      std::span<const std::string> months, std::vector<std::string> states);

}  // namespace clinicsim
