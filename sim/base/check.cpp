#include "clinicsim/base/check.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

#include "clinicsim/base/dates.hpp"

namespace clinicsim {

void fail_check(const char* condition, std::string_view why, const char* file, int line,
                Scene scene) {
    std::string where;
    if (scene.at != kNever)
        where += " at simulated time " + text(scene.at.time_since_epoch()) + " after the start";
    if (scene.patient != ~std::uint32_t{0}) where += ", patient " + std::to_string(scene.patient);
    std::fprintf(stderr, "clinicsim: a fault of the program%s: %.*s\n  (%s, %s:%d)\n",
                 where.c_str(), static_cast<int>(why.size()), why.data(), condition, file, line);
    std::fflush(nullptr);
    std::_Exit(1);
}

}  // namespace clinicsim
