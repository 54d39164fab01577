// The commands: each in a file of its own, each returning the program's exit code.
#pragma once

#include "request.hpp"

namespace clinicsim::cli {

int run(const Request& request);
int plan(const Request& request);
int check(const Request& request);
int graph(const Request& request);
int trace(const Request& request);
int selftest(const Request& request);
int evidence(const Request& request);
int calibrate(const Request& request);
int day_template(const Request& request);
int init(const Request& request);
int explain_key(const Request& request);
int schema(const Request& request);

}  // namespace clinicsim::cli
