#include "resolved.hpp"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "quantities.hpp"

namespace clinicsim::reading {
namespace {

/// JSON allows no sign in front of a positive number.
bool is_json_number(const Node& node) {
    return !node.quoted && !node.text.empty() && node.text[0] != '+' &&
           trimmed(node.text) == node.text && parse_number(node.text).fits;
}

void write(const Node& node, std::string& out, const std::string& margin);

void write_map(const Node& node, std::string& out, const std::string& margin) {
    std::vector<const Entry*> sorted;
    for (const Entry& entry : node.entries) sorted.push_back(&entry);
    if (!node.in_order)
        std::sort(sorted.begin(), sorted.end(),
                  [](const Entry* a, const Entry* b) { return a->key < b->key; });
    const std::string inner = margin + "  ";
    out += "{";
    for (const Entry* entry : sorted) {
        out += (entry == sorted.front() ? "\n" : ",\n") + inner + json_string(entry->key) + ": ";
        write(entry->value, out, inner);
    }
    out += sorted.empty() ? "}" : "\n" + margin + "}";
}

void write(const Node& node, std::string& out, const std::string& margin) {
    switch (node.kind) {
        case Node::Kind::scalar:
            out += is_json_number(node) ? node.text : json_string(node.text);
            return;
        case Node::Kind::list:
            out += "[";
            for (std::size_t i = 0; i < node.items.size(); ++i) {
                if (i > 0) out += ", ";
                write(node.items[i], out, margin);
            }
            out += "]";
            return;
        case Node::Kind::map:
            write_map(node, out, margin);
            return;
        case Node::Kind::nothing:
        case Node::Kind::refused:
            out += "null";
            return;
    }
}

}  // namespace

std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(c));
            out += escaped;
        } else {
            out += c;
        }
    }
    return out + "\"";
}

std::string canonical_json(const Node& tree) {
    std::string out;
    write(tree, out, "");
    return out + "\n";
}

}  // namespace clinicsim::reading
