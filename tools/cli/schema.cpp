// clinicsim schema: for editors that complete and check YAML.
#include "clinicsim/scenario/scenario.hpp"
#include "commands.hpp"
#include "failure.hpp"
#include "terminal.hpp"

namespace clinicsim::cli {

int schema(const Request&) {
    std::string text = json_schema();
    if (text.empty() || text.back() != '\n') text += '\n';
    print(text);
    return kDone;
}

}  // namespace clinicsim::cli
