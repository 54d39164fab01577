// clinicsim graph: the care pathway as DOT, or as SVG where Graphviz is installed.
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clinicsim/base/diagnostic.hpp"
#include "clinicsim/care/pathway.hpp"
#include "clinicsim/experiment/run.hpp"
#include "commands.hpp"
#include "failure.hpp"
#include "inputs.hpp"
#include "interrupt.hpp"
#include "terminal.hpp"

extern char** environ;

namespace clinicsim::cli {

namespace {

constexpr std::uint32_t kReplications = 3;

/// A file without a name, which is gone when it is closed.
class TemporaryFile {
  public:
    TemporaryFile() : file_{std::tmpfile()} {
        if (file_ == nullptr)
            throw Failure{kFile,
                          std::string{"cannot write a temporary file: "} + std::strerror(errno)};
    }
    ~TemporaryFile() { std::fclose(file_); }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    int number() const { return fileno(file_); }
    void write(const std::string& text) {
        if (std::fwrite(text.data(), 1, text.size(), file_) != text.size() ||
            std::fflush(file_) != 0)
            throw Failure{kFile,
                          std::string{"cannot write a temporary file: "} + std::strerror(errno)};
        std::rewind(file_);
    }
    std::string read() {
        std::string text;
        std::rewind(file_);
        char part[4096];
        for (std::size_t n; (n = std::fread(part, 1, sizeof part, file_)) > 0;)
            text.append(part, n);
        return text;
    }

  private:
    std::FILE* file_;
};

/// What `dot -Tsvg` makes of it; no shell in between.
std::string as_svg(const std::string& dot) {
    TemporaryFile in, out;
    in.write(dot);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in.number(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out.number(), STDOUT_FILENO);
    char name[] = "dot", to_svg[] = "-Tsvg";
    char* const words[] = {name, to_svg, nullptr};
    pid_t child = 0;
    const int error = ::posix_spawnp(&child, name, &actions, nullptr, words, environ);
    ::posix_spawn_file_actions_destroy(&actions);
    constexpr const char* kInstall =
        "--format svg needs Graphviz, which is not installed: apt-get install graphviz "
        "(or --format dot)";
    if (error == ENOENT) throw Failure{kFile, kInstall};
    if (error != 0) throw Failure{kFile, std::string{"cannot start dot: "} + std::strerror(error)};
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127) throw Failure{kFile, kInstall};
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        throw Failure{kFile, "dot could not draw the pathway"};
    return out.read();
}

struct Drawing {
    std::string title;
    const Pathway* pathway;
    std::vector<Flow> flows;
};

std::vector<PolicyResult> flows_of(const Scenario& scenario, const std::vector<std::string>& names,
                                   const Request& request) {
    RunOptions options;
    options.policies = names;
    options.replications =
        request.replications.value_or(std::min(kReplications, scenario.replications));
    options.threads = request.threads;
    options.stop = &stop_on_interrupt();
    Progress progress{request};
    options.progress = [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); };
    Comparison comparison = run_comparison(scenario, options);
    if (comparison.interrupted) throw Failure{kInterrupted, "interrupted"};
    return std::move(comparison.policies);
}

/// The name of what the pathways of a policy are split by.
std::string group_of(const Scenario& scenario, const PolicyChoice& choice, std::size_t pathway) {
    const PatientMix& mix = scenario.model.patients;
    if (choice.by == PolicyChoice::By::condition) return ", " + mix.conditions[pathway].name;
    if (choice.by == PolicyChoice::By::severity) return ", " + mix.severities[pathway].name;
    return "";
}

}  // namespace

int graph(const Request& request) {
    const Loaded loaded = load(request.files.front(), request);
    if (!loaded.scenario) return loaded.exit_code;
    const Scenario& scenario = *loaded.scenario;
    if (scenario.study)
        throw Failure{kUsage, "a study has no care pathway to draw; its phases are in its file"};
    const auto selected = selected_policies(scenario, request);

    std::vector<PolicyResult> results;
    if (!request.no_run) results = flows_of(scenario, policy_names(scenario, selected), request);
    std::vector<Drawing> drawings;
    for (std::size_t i = 0; i < selected.size(); ++i) {
        const PolicyModel& policy = scenario.policies[selected[i]];
        for (std::size_t pathway = 0; pathway < policy.pathways.size(); ++pathway) {
            Drawing drawing{policy.choice.name + group_of(scenario, policy.choice, pathway),
                            &policy.pathways[pathway],
                            {}};
            if (!request.no_run) {
                drawing.flows = results[i].pathways[pathway].flows;
                drawing.title +=
                    fmt::format(" (patients in {:.6g} days)",
                                in_days(scenario.model.end - scenario.model.warm_up_end));
            }
            drawings.push_back(std::move(drawing));
        }
    }
    if (request.format == "svg" && drawings.size() > 1)
        throw Failure{kUsage, "an SVG holds one drawing and these are " +
                                  std::to_string(drawings.size()) +
                                  ": name one policy with --policy, or ask for --format dot"};
    std::string out;
    for (const Drawing& drawing : drawings)
        out += to_dot(*drawing.pathway, printable(scenario.title + ": " + drawing.title),
                      drawing.flows);
    print(request.format == "svg" ? as_svg(out) : out);
    return kDone;
}

}  // namespace clinicsim::cli
