// Assertions that stay on in release builds. They are for faults of the program, never for the
// user's input: a failed one prints what was expected and where (simulated time and patient, where
// the caller knows them) on standard error, and ends the program with exit code 1.
#pragma once

#include <cstdint>
#include <string_view>

#include "clinicsim/base/time.hpp"

namespace clinicsim {

/// Who was concerned when an assertion failed; the defaults mean "not inside a simulation".
struct Scene {
    Instant at = kNever;
    std::uint32_t patient = ~std::uint32_t{0};
};

[[noreturn]] void fail_check(const char* condition, std::string_view why, const char* file,
                             int line, Scene scene = {});

}  // namespace clinicsim

#define CLINICSIM_CHECK(condition, why, ...)                              \
    do {                                                                  \
        if (!(condition)) [[unlikely]]                                    \
            ::clinicsim::fail_check(#condition, why, __FILE__,            \
                                    __LINE__ __VA_OPT__(, ) __VA_ARGS__); \
    } while (false)
