// What a key means, in words, written from the rows.
#include <algorithm>
#include <set>

#include "clinicsim/scenario/scenario.hpp"
#include "distribution_rows.hpp"
#include "keys.hpp"
#include "policy_rows.hpp"
#include "types.hpp"
#include "words.hpp"

namespace clinicsim {
namespace reading {
namespace {

std::string path_of(const Section& section, std::string_view key) {
    if (&section == &kScenarioSection) return std::string{key};
    const std::string_view stem = section.path.empty() ? section.name : section.path;
    return std::string{stem} + "." + std::string{key};
}

std::string default_of(const KeyRow& row) {
    if (row.fallback == "required") return "required";
    if (row.fallback.empty()) return "optional";
    if (row.fallback[0] == '(')
        return "default: " + std::string{row.fallback.substr(1, row.fallback.size() - 2)};
    return "default: " + std::string{row.fallback};
}

std::string list_of(const Section& section) {
    std::size_t width = 0;
    for (const KeyRow& row : section.rows) width = std::max(width, row.key.size());
    std::string out;
    for (const KeyRow& row : section.rows)
        out += "  " + std::string{row.key} + std::string(width - row.key.size() + 2, ' ') +
               std::string{row.summary} + "\n";
    return out;
}

/// The symptom course's keys, each with its default and what is known of it.
std::string list_of_parameters() {
    std::string out;
    for (const KeyRow& row : symptom_section().rows)
        out += "  " + std::string{row.key} + " (" + default_of(row) + ")\n      " +
               std::string{row.summary} + "\n" + parameter_details(row.key, "      ");
    return out;
}

std::string text_of(const PolicyRow& row) {
    std::string out = "policy " + std::string{row.name} + "\n  " + std::string{row.summary} +
                      "\n  example: " + std::string{row.example} + "\n  keys:";
    for (const auto keys : {row.markers, row.keys})
        for (const auto key : keys) out += " " + std::string{key};
    return out + "\n";
}

std::string text_of(const DistributionRow& row) {
    std::string out = "distribution " + std::string{row.name} + "\n  " + std::string{row.summary} +
                      "\n  example: {" + std::string{row.name} + ": " + std::string{row.example} +
                      "}\n";
    return row.section != nullptr ? out + list_of(*row.section) : out;
}

std::string text_of(const Section& section) {
    std::string out = std::string{section.name} + ": " + std::string{section.summary} + "\n";
    out += &section == &symptom_section() ? list_of_parameters() : list_of(section);
    if (&section == &kPolicySection)
        for (const PolicyRow& row : policy_rows()) out += text_of(row);
    return out;
}

std::string text_of(const Section& section, const KeyRow& row) {
    std::string out = path_of(section, row.key) + "\n  " + std::string{row.summary} + "\n  " +
                      in_words(row.type) + "\n  " + default_of(row) +
                      "\n  example: " + std::string{row.key} + ": " + std::string{row.example} +
                      "\n";
    if (&section == &symptom_section()) out += parameter_details(row.key, "  ");
    if (const Section* inner = find_section(section_of(row.type)))
        out += "keys of " + text_of(*inner);
    return out;
}

struct Found {
    const Section* section;
    const KeyRow* row;
};

/// Follows a path from a section; names in mappings and numbers in lists may be anything.
void follow(const Section& section, std::string_view path, std::vector<Found>& found);

void follow_type(std::string_view one, std::string_view path, std::vector<Found>& found) {
    const std::size_t dot = path.find('.');
    const std::string_view rest = dot == std::string_view::npos ? "" : path.substr(dot + 1);
    constexpr std::string_view kMapOf = "map of ", kListOf = "list of ";
    if (one.starts_with(kMapOf) || one.starts_with(kListOf)) {
        const auto inner = one.substr((one.starts_with(kMapOf) ? kMapOf : kListOf).size());
        for (const auto each : alternatives(inner)) {
            if (!rest.empty()) follow_type(each, rest, found);
            if (one.starts_with(kListOf)) follow_type(each, path, found);
        }
    } else if (const Section* inner =
                   find_section(one.ends_with("distribution") ? "distribution" : section_of(one))) {
        follow(*inner, path, found);
    }
}

void follow(const Section& section, std::string_view path, std::vector<Found>& found) {
    const std::size_t dot = path.find('.');
    const KeyRow* row = section.row(path.substr(0, dot));
    if (row == nullptr) return;
    if (dot == std::string_view::npos) {
        found.push_back({&section, row});
        return;
    }
    for (const auto one : alternatives(row->type)) follow_type(one, path.substr(dot + 1), found);
}

std::vector<Found> rows_named(std::string_view key) {
    std::vector<Found> found;
    follow(kScenarioSection, key, found);
    const std::size_t dot = key.rfind('.');
    if (found.empty() && dot != std::string_view::npos)
        if (const Section* section = find_section(key.substr(0, dot)))
            follow(*section, key.substr(dot + 1), found);
    // a bare key, wherever it stands
    if (dot == std::string_view::npos)
        for (const Section* section : all_sections())
            if (const KeyRow* row = section->row(key);
                row != nullptr && section != &kDistributionSection && section != &kScenarioSection)
                found.push_back({section, row});
    return found;
}

}  // namespace
}  // namespace reading

Explanation explain(std::string_view key) {
    using namespace reading;
    if (key.empty()) return {true, text_of(kScenarioSection)};
    std::string out;
    std::set<const KeyRow*> told;
    const auto add = [&](std::string text) { out += (out.empty() ? "" : "\n") + text; };
    for (const Found& one : rows_named(key))
        if (told.insert(one.row).second) add(text_of(*one.section, *one.row));
    if (const Section* section = find_section(key); section != nullptr && out.empty())
        add(text_of(*section));
    for (const PolicyRow& row : policy_rows())
        if (row.name == key) add(text_of(row));
    if (const DistributionRow* row = distribution_row(key)) add(text_of(*row));
    if (!out.empty()) return {true, out};

    std::vector<std::string_view> known;
    for (const Section* section : all_sections()) {
        known.push_back(section->name);
        for (const KeyRow& row : section->rows) known.push_back(row.key);
    }
    const std::size_t dot = key.rfind('.');
    const auto last = dot == std::string_view::npos ? key : key.substr(dot + 1);
    const auto meant = nearest(last, known);
    out = "there is no key '" + std::string{key} + "'";
    if (!meant.empty()) out += "; did you mean '" + std::string{meant} + "'?";
    return {false, out + "\n"};
}

std::vector<std::string> explained_keys() {
    using namespace reading;
    std::vector<std::string> keys;
    for (const Section* section : all_sections())
        for (const KeyRow& row : section->rows) keys.push_back(path_of(*section, row.key));
    return keys;
}

}  // namespace clinicsim
