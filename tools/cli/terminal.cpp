#include "terminal.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "clinicsim/base/diagnostic.hpp"
#include "failure.hpp"

namespace clinicsim::cli {

namespace {

bool dumb() {
    const char* term = std::getenv("TERM");
    return term == nullptr || std::strcmp(term, "dumb") == 0;
}

std::string time_left(double seconds) {
    if (seconds < 90) return fmt::format("{:.0f} s", seconds);
    if (seconds < 5400) return fmt::format("{:.0f} min", seconds / 60);
    return fmt::format("{:.1f} h", seconds / 3600);
}

void to_stderr(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
}

}  // namespace

void print(std::string_view text) {
    while (!text.empty()) {
        const ssize_t n = ::write(STDOUT_FILENO, text.data(), text.size());
        if (n >= 0)
            text.remove_prefix(static_cast<std::size_t>(n));
        else if (errno != EINTR)
            throw Failure{kFile,
                          std::string{"cannot write to standard output: "} + std::strerror(errno)};
    }
}

void say(std::string_view message) { to_stderr("clinicsim: " + printable(message) + '\n'); }

std::size_t columns() {
    if (const char* set = std::getenv("COLUMNS")) {
        const long wide = std::strtol(set, nullptr, 10);
        if (wide >= 20 && wide <= 10'000) return static_cast<std::size_t>(wide);
    }
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20) return size.ws_col;
    return 100;
}

bool colour(const Request& request) {
    const char* no_color = std::getenv("NO_COLOR");
    return !request.no_color && (no_color == nullptr || *no_color == '\0') && !dumb() &&
           ::isatty(STDOUT_FILENO) == 1;
}

Progress::Progress(const Request& request)
    : on_{!request.quiet && !dumb() && ::isatty(STDERR_FILENO) == 1} {}

void Progress::show(std::uint64_t done, std::uint64_t total) {
    const auto now = Clock::now();
    if (!on_ || total == 0 || (done < total && now - last_ < std::chrono::milliseconds{100}))
        return;
    last_ = now;
    const double elapsed = std::chrono::duration<double>(now - start_).count();
    const double share = static_cast<double>(done) / static_cast<double>(total);
    constexpr std::size_t kBar = 30;
    const auto full = static_cast<std::size_t>(share * kBar);
    std::string line = "\r\x1b[K[" + std::string(full, '#') + std::string(kBar - full, '.') +
                       fmt::format("] {:3.0f} %  {} of {} runs", 100 * share, done, total);
    if (elapsed > 0.5 && done > 0)
        line += fmt::format("  {:.3g} per second  {} left", static_cast<double>(done) / elapsed,
                            time_left(elapsed * (1 - share) / share));
    to_stderr(line);
    visible_ = true;
}

void Progress::clear() {
    if (visible_) to_stderr("\r\x1b[K");
    visible_ = false;
}

}  // namespace clinicsim::cli
