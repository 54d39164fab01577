// The program. Exceptions cross this file only: here they become a sentence and an exit code.
#include <exception>
#include <map>
#include <new>
#include <string>

#include "clinicsim/experiment/run.hpp"
#include "clinicsim/report/results_folder.hpp"
#include "commands.hpp"
#include "failure.hpp"
#include "terminal.hpp"

namespace {

using namespace clinicsim;

int start(int count, const char* const* words) {
    const cli::Parsed parsed = cli::parse_command_line(count, words);
    if (!parsed.request) return parsed.exit_code;
    static const std::map<std::string, int (*)(const cli::Request&)> commands{
        {"run", cli::run},           {"plan", cli::plan},
        {"check", cli::check},       {"graph", cli::graph},
        {"trace", cli::trace},       {"explain", cli::explain_key},
        {"schema", cli::schema},     {"init", cli::init},
        {"selftest", cli::selftest}, {"template", cli::day_template},
        {"evidence", cli::evidence}, {"calibrate", cli::calibrate},
    };
    return commands.at(parsed.request->command)(*parsed.request);
}

}  // namespace

int main(int count, char** words) {
    try {
        return start(count, words);
    } catch (const cli::Failure& failure) {
        cli::say(failure.what());
        return failure.code;
    } catch (const report::FileError& error) {
        cli::say(error.what());
        return cli::kFile;
    } catch (const UnknownName& error) {
        cli::say(error.what());
        return cli::kUsage;
    } catch (const std::bad_alloc&) {
        cli::say("out of memory");
        return cli::kFault;
    } catch (const std::exception& error) {
        cli::say(std::string{"a fault of the program: "} + error.what());
        return cli::kFault;
    }
}
