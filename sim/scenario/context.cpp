#include "context.hpp"

#include "utf8.hpp"

namespace clinicsim::reading {
namespace {

/// A longer line tells nobody anything, and a file may be one line of a megabyte.
constexpr std::size_t kMostSource = 400;

}  // namespace

int Context::add_source(Source source) {
    sources_.push_back(std::move(source));
    return static_cast<int>(sources_.size()) - 1;
}

void Context::report(Severity severity, Place at, std::string path, std::string message,
                     std::string policy) {
    if (severity == Severity::error) ++faults_;
    if (is_full()) return;
    // a value that several policies inherit is reported once, where it stands
    if (at.line > 0 && !reported_.insert({at.file, at.line, at.column, message}).second) return;
    Diagnostic diagnostic{.severity = severity,
                          .path = std::move(path),
                          .message = std::move(message),
                          .policy = std::move(policy)};
    if (at.file >= 0) {
        diagnostic.file = source(at.file).name;
    }
    if (at.file >= 0 && !source(at.file).is_option) {
        diagnostic.line = at.line;
        const std::string line{source(at.file).line(at.line)};
        diagnostic.column = in_characters(line, at.column);
        diagnostic.source = valid_utf8(line.substr(0, kMostSource));
    }
    if (found_.size() == kMostDiagnostics) {
        diagnostic.path.clear();
        diagnostic.message = "too many faults: those after this line are not shown";
        diagnostic.severity = Severity::error;
    }
    found_.push_back(std::move(diagnostic));
}

Diagnostics Context::take_diagnostics() {
    sort(found_);
    return std::move(found_);
}

}  // namespace clinicsim::reading
