// How a command ends. Exceptions cross main only, which turns them into a message and a code.
#pragma once

#include <stdexcept>
#include <string>

namespace clinicsim::cli {

/// Part of the program's interface: scripts rely on them.
enum ExitCode : int {
    kDone = 0,
    kFault = 1,         // of the program
    kUsage = 2,         // of the command line
    kWrong = 3,         // the scenario
    kFile = 4,          // could not be read or written
    kMissed = 5,        // a target of the scenario is clearly missed
    kNotReached = 6,    // the asked precision, or a limit came first
    kInterrupted = 130  // what was finished is kept
};

/// Ends the program with a code and a sentence on standard error.
struct Failure : std::runtime_error {
    Failure(ExitCode why, const std::string& message) : std::runtime_error{message}, code{why} {}
    ExitCode code;
};

}  // namespace clinicsim::cli
