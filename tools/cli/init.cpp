// clinicsim init: a scenario to start from, a clinic or a study.
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "clinicsim_starter.hpp"  // written by CMake from the starters
#include "commands.hpp"
#include "failure.hpp"
#include "terminal.hpp"

namespace clinicsim::cli {

int init(const Request& request) {
    const std::string_view text = request.study  ? kStudyStarter
                                  : request.full ? kFullStarter
                                                 : kStarter;
    if (request.files.empty()) {
        print(text);
        return kDone;
    }
    const std::string& name = request.files.front();
    const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0)
        throw Failure{kFile, errno == EEXIST
                                 ? name + " is there already, and nothing was written"
                                 : "cannot write " + name + ": " + std::strerror(errno)};
    std::string_view left = text;
    int error = 0;
    while (!left.empty() && error == 0) {
        const ssize_t n = ::write(file, left.data(), left.size());
        if (n >= 0)
            left.remove_prefix(static_cast<std::size_t>(n));
        else if (errno != EINTR)
            error = errno;
    }
    if (::close(file) != 0 && error == 0) error = errno;
    if (error != 0) {
        ::unlink(name.c_str());
        throw Failure{kFile, "cannot write " + name + ": " + std::strerror(error)};
    }
    if (!request.quiet) say(name + " is written; next: clinicsim run " + name);
    return kDone;
}

}  // namespace clinicsim::cli
