// clinicsim selftest: the exact cases, on the user's machine.
#include "clinicsim/experiment/selftest.hpp"

#include <algorithm>
#include <thread>

#include "clinicsim/report/selftest.hpp"
#include "commands.hpp"
#include "failure.hpp"
#include "interrupt.hpp"
#include "suggest.hpp"
#include "terminal.hpp"

namespace clinicsim::cli {

namespace {

void check_names(const std::vector<ExactCase>& cases, const std::vector<std::string>& names) {
    std::vector<std::string> known;
    for (const ExactCase& one : cases) {
        known.push_back(one.id);
        known.push_back(one.id.substr(0, 1));  // a family
    }
    for (const std::string& name : names)
        if (std::find(known.begin(), known.end(), name) == known.end())
            throw Failure{kUsage, "--case: there is no exact case '" + name + "'" +
                                      did_you_mean(name, known) +
                                      " (clinicsim selftest --help shows them)"};
}

}  // namespace

int selftest(const Request& request) {
    const std::vector<ExactCase> cases = exact_cases();
    check_names(cases, request.cases);
    SelftestOptions options;
    options.cases = request.cases;
    options.thorough = request.thorough;
    options.threads =
        request.threads > 0 ? request.threads : std::max(1u, std::thread::hardware_concurrency());
    options.seed = request.seed.value_or(1);
    options.stop = &stop_on_interrupt();
    Progress progress{request};
    options.progress = [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); };
    const SelftestResult result = run_selftest(cases, options);
    progress.clear();
    print(request.format == "json" ? report::selftest_json(result)
                                   : report::selftest_table(result, columns()));
    if (result.interrupted) return kInterrupted;
    return result.all_hold() ? kDone : kFault;
}

}  // namespace clinicsim::cli
