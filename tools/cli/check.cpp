// clinicsim check: everything that is wrong, and what a run will cost.
#include <algorithm>
#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "clinicsim/base/diagnostic.hpp"
#include "clinicsim/clinic/model.hpp"
#include "commands.hpp"
#include "failure.hpp"
#include "inputs.hpp"
#include "terminal.hpp"

namespace clinicsim::cli {

namespace {

using Clock = std::chrono::steady_clock;

/// A trial ends after so long, and its time is then taken to go on as it did.
constexpr std::chrono::milliseconds kLongestTrial{500};

struct TrialOver {
    Instant at;
};

/// Counts visits, and stops the run by an exception when its time is up.
class TrialSink final : public Sink {
  public:
    explicit TrialSink(Clock::time_point end) : end_{end} {}
    void on(const VisitStarted& fact) override { look(fact.at); }
    void on(const Referred& fact) override { look(fact.at); }
    std::uint64_t visits() const { return visits_; }

  private:
    void look(Instant at) {
        if ((++visits_ & 255) == 0 && Clock::now() >= end_) throw TrialOver{at};
    }
    Clock::time_point end_;
    std::uint64_t visits_ = 0;
};

struct Trial {
    double seconds = 0;  // of one replication of this policy
    double visits = 0;
};

Trial try_out(const Scenario& scenario, const PolicyModel& policy) {
    const auto start = Clock::now();
    TrialSink sink{start + kLongestTrial};
    double share = 1;  // of the run that the trial reached
    double visits = 0;
    try {
        visits = static_cast<double>(simulate(scenario.model, policy, 0, sink).visits);
    } catch (const TrialOver& over) {
        share =
            std::max(in_days(over.at - kRunStart), 1e-3) / in_days(scenario.model.end - kRunStart);
        visits = static_cast<double>(sink.visits());
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return {seconds / share, visits / share};
}

/// Three digits are more than an estimate is worth.
std::string about(double number) {
    if (number < 1000) return fmt::format("{:.0f}", number);
    if (number < 1e6) return fmt::format("{:.3g} thousand", number / 1e3);
    if (number < 1e9) return fmt::format("{:.3g} million", number / 1e6);
    return fmt::format("{:.3g} billion", number / 1e9);
}
std::string about_time(double seconds) {
    if (seconds < 1) return "under a second";
    if (seconds < 100) return fmt::format("{:.0f} s", seconds);
    if (seconds < 6000) return fmt::format("{:.0f} min", seconds / 60);
    return fmt::format("{:.1f} h", seconds / 3600);
}

std::string study_estimate_text(const Scenario& scenario) {
    const auto start = Clock::now();
    constexpr std::uint32_t kTrialPatients = 200;
    for (std::uint32_t patient = 0; patient < kTrialPatients; ++patient)
        follow(*scenario.study, scenario.model.patients.courses, scenario.model.seed, 0, patient,
               scenario.model.dates);
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return fmt::format(
        "  size: {} replications of {} patients\n  time: {} on one core, by a trial "
        "just now\n",
        scenario.replications, scenario.study->patients,
        about_time(seconds / kTrialPatients * scenario.study->patients * scenario.replications));
}

std::string estimate_text(const Scenario& scenario) {
    if (scenario.study) return study_estimate_text(scenario);
    const Size size = estimate_size(scenario);
    double seconds = 0, visits = 0;
    for (const PolicyModel& policy : scenario.policies) {
        const Trial trial = try_out(scenario, policy);
        seconds += trial.seconds;
        visits += trial.visits;
    }
    const double replications = scenario.replications;
    const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
    std::string out = fmt::format(
        "  size: {} {} x {} replications, each of about {} patients; about {} visits in all\n",
        scenario.policies.size(), scenario.policies.size() == 1 ? "policy" : "policies",
        scenario.replications, about(size.patients), about(visits * replications));
    out += "  time: " + about_time(seconds * replications) + " on one core";
    if (cores > 1)
        out += fmt::format(", {} on the {} of this machine",
                           about_time(seconds * replications / cores), cores);
    return out + ", by a trial just now\n";
}

}  // namespace

int check(const Request& request) {
    int code = kDone;
    for (const std::string& file : request.files) {
        const Loaded loaded = load(file, request);
        if (!loaded.scenario) {
            code = std::max(code, loaded.exit_code);
            continue;
        }
        print(printable(file) + ": no faults\n  " + printable(loaded.scenario->title) + '\n' +
              estimate_text(*loaded.scenario));
    }
    return code;
}

}  // namespace clinicsim::cli
