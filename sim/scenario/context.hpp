// What the parts of the reader share: the sources, the faults found so far, the keys that were met.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "clinicsim/base/diagnostic.hpp"
#include "node.hpp"

namespace clinicsim::reading {

struct KeyRow;

/// Collects faults; never throws, never stops.
class Context {
  public:
    int add_source(Source source);
    const Source& source(int file) const { return sources_[static_cast<std::size_t>(file)]; }

    void fault(Place at, std::string path, std::string message) {
        report(Severity::error, at, std::move(path), std::move(message));
    }
    /// `policy`: the only one that it is about.
    void warn(Place at, std::string path, std::string message, std::string policy = {}) {
        report(Severity::warning, at, std::move(path), std::move(message), std::move(policy));
    }
    bool has_faults() const { return faults_ > 0; }
    /// Rises with every fault, reported or not.
    std::size_t fault_count() const { return faults_; }
    /// Enough is reported; what comes after is not shown, and needs no good words.
    bool is_full() const { return found_.size() > kMostDiagnostics; }
    /// Sorted, as the program prints them.
    Diagnostics take_diagnostics();

    std::string folder;           // of the scenario: nothing outside of it is read; may be empty
    bool unreadable = false;      // a file could not be opened
    std::set<const KeyRow*> met;  // rows whose key stood in the file

  private:
    /// Enough to see what is wrong; a hostile file has millions.
    static constexpr std::size_t kMostDiagnostics = 200;

    void report(Severity severity, Place at, std::string path, std::string message,
                std::string policy = {});

    std::vector<Source> sources_;
    Diagnostics found_;
    std::size_t faults_ = 0;
    std::set<std::tuple<int, int, int, std::string>> reported_;
};

}  // namespace clinicsim::reading
