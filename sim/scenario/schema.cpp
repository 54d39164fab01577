// The JSON Schema of a scenario file, written from the rows. Every section is there twice:
// complete, and partial (nothing required) for files and policies that change others.
#include "clinicsim/scenario/scenario.hpp"
#include "distribution_rows.hpp"
#include "keys.hpp"
#include "resolved.hpp"
#include "types.hpp"

namespace clinicsim {
namespace reading {
namespace {

constexpr std::string_view kPartial = "partial_";

std::string object_schema(const Section& section, bool partial) {
    const std::string_view prefix = partial ? kPartial : std::string_view{};
    std::string properties, required;
    for (const KeyRow& row : section.rows) {
        if (!properties.empty()) properties += ",";
        properties += "\n    " + json_string(row.key) +
                      ":{\"description\":" + json_string(row.summary) + ",\"allOf\":[" +
                      schema_of(row.type, prefix) + "]}";
        if (row.fallback == "required" && !partial)
            required += (required.empty() ? "" : ",") + json_string(row.key);
    }
    std::string schema = "{\"type\":\"object\",\"description\":" + json_string(section.summary) +
                         ",\"additionalProperties\":false,\"properties\":{" + properties + "}";
    if (&section == &kDistributionSection) schema += ",\"minProperties\":1,\"maxProperties\":1";
    if (!required.empty()) schema += ",\"required\":[" + required + "]";
    if (&section == &kScenarioSection && !partial)
        schema +=
            R"(,"anyOf":[{"required":["study"]},{"required":["clinic","patients","policies"]}])";
    return schema + "}";
}

std::string reference(std::string_view name) {
    return "{\"$ref\":\"#/definitions/" + std::string{name} + "\"}";
}

}  // namespace
}  // namespace reading

std::string json_schema() {
    using namespace reading;
    std::string out =
        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\n"
        "\"title\":\"clinicsim scenario\",\n\"allOf\":[" +
        reference("scenario") + "],\n\"definitions\":{";
    const char* separator = "\n";
    for (const Section* section : all_sections()) {
        const std::string name{section->name};
        const std::string partial = std::string{kPartial} + name;
        std::string complete = object_schema(*section, false);
        if (section->row("extends") != nullptr)
            complete = "{\"if\":{\"required\":[\"extends\"]},\"then\":" + reference(partial) +
                       ",\"else\":" + complete + "}";
        out += separator + json_string(name) + ":" + complete + ",\n" + json_string(partial) + ":" +
               object_schema(*section, true);
        separator = ",\n";
    }
    return out + "}}\n";
}

}  // namespace clinicsim
