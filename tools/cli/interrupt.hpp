// Ctrl-C: the first one asks the run to stop after what is under way, the second ends the program.
#pragma once

#include <atomic>

namespace clinicsim::cli {

/// Set by the first SIGINT after the first call.
const std::atomic<bool>& stop_on_interrupt();

}  // namespace clinicsim::cli
