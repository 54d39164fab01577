// The command line as plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clinicsim/scenario/scenario.hpp"

namespace clinicsim::cli {

struct Request {
    std::string command;
    std::vector<std::string> files;  // scenarios; of init: the file to write
    std::string key;                 // of explain

    std::vector<std::string> policies;  // as given; empty: all
    std::vector<Override> overrides;    // --set, --seed and --replications
    std::optional<std::uint32_t> replications;
    std::optional<double> precision;  // relative
    unsigned threads = 0;             // 0: as many as the machine runs at once
    std::string format;
    std::string folder;  // -o
    bool quiet = false;
    bool details = false;
    bool simultaneous = false;  // intervals of differences hold together
    bool no_color = false;

    std::string patient;  // of trace
    std::vector<std::string> arms;
    std::uint32_t replication = 0;
    bool no_run = false;  // of graph
    bool study = false;   // of init
    bool full = false;    // of init

    std::vector<std::string> cases;  // of selftest: ids, or letters of families; empty: all
    bool thorough = false;
    std::optional<std::uint64_t> seed;  // beside `overrides`

    std::optional<std::size_t> sets;  // of evidence
    std::string posterior;            // its file; empty: the one that comes with the program

    std::optional<double> growth;  // of plan: of the arrivals, per month

    std::optional<std::uint64_t> evaluations;  // of calibrate
    std::optional<double> budget;              // seconds

    std::optional<std::uint32_t> patients;  // of template: on a day
    double wait_weight = 1, idle_weight = 1, overtime_weight = 1;
};

/// What the command line asks for, or the exit code where it asks for nothing more than help, or is
/// wrong (then the message is printed already).
struct Parsed {
    std::optional<Request> request;
    int exit_code = 0;
};
Parsed parse_command_line(int count, const char* const* words);

}  // namespace clinicsim::cli
