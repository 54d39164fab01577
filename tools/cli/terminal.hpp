// Standard output and standard error: results go to the one, and a failed write is noticed;
// diagnostics and progress go to the other.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "request.hpp"

namespace clinicsim::cli {

/// Writes all of it to standard output; a Failure where that cannot be done (full disk).
void print(std::string_view text);
/// "clinicsim: …" on standard error, control characters taken out.
void say(std::string_view message);

/// COLUMNS, else the terminal's width, else 100.
std::size_t columns();
/// Standard output is a terminal, and neither --no-color nor NO_COLOR nor TERM=dumb is there.
bool colour(const Request& request);

/// A bar with rate and time left on standard error, where that is a terminal and nobody asked for
/// quiet. Erases itself.
class Progress {
  public:
    explicit Progress(const Request& request);
    ~Progress() { clear(); }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void show(std::uint64_t done, std::uint64_t total);
    void clear();

  private:
    using Clock = std::chrono::steady_clock;
    bool on_;
    bool visible_ = false;
    Clock::time_point start_ = Clock::now(), last_{};
};

}  // namespace clinicsim::cli
