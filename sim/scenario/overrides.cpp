#include "overrides.hpp"

#include <algorithm>

#include "parse_yaml.hpp"
#include "quantities.hpp"

namespace clinicsim::reading {
namespace {

std::vector<std::string> segments_of(std::string_view path) {
    std::vector<std::string> segments;
    for (;;) {
        const std::size_t dot = path.find('.');
        segments.emplace_back(path.substr(0, dot));
        if (dot == std::string_view::npos) return segments;
        path.remove_prefix(dot + 1);
    }
}

std::string joined(const std::vector<std::string>& segments) {
    std::string path;
    for (const std::string& segment : segments) path += (path.empty() ? "" : ".") + segment;
    return path;
}

/// The entry's value, made where it is missing; null, and a fault, where the path leads nowhere.
Node* step_into(Context& context, Node& node, const std::string& segment, Place at,
                const std::string& path) {
    if (segment.empty()) {
        context.fault(at, path, "expected keys with dots between them, such as clinic.chairs");
        return nullptr;
    }
    if (node.kind == Node::Kind::list) {
        const auto index = parse_whole(segment);
        if (index.fits && index.value < node.items.size())
            return &node.items[static_cast<std::size_t>(index.value)];
        context.fault(at, path,
                      "'" + segment + "' is no place in a list of " +
                          std::to_string(node.items.size()) + "; they count from 0");
        return nullptr;
    }
    if (node.kind == Node::Kind::nothing) node.kind = Node::Kind::map;
    if (node.kind != Node::Kind::map) {
        context.fault(at, path, "'" + segment + "' lies under a single value, not under a mapping");
        return nullptr;
    }
    if (Entry* entry = node.find(segment)) return &entry->value;
    node.entries.push_back({segment, at, {}});
    node.entries.back().value.place = at;
    return &node.entries.back().value;
}

/// Whether one of the paths leads through the other: only one of the two values could stay.
bool overlap(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::equal(a.begin(), a.begin() + std::ptrdiff_t(std::min(a.size(), b.size())),
                      b.begin());
}

}  // namespace

void apply_overrides(Context& context, Node& tree, const std::vector<Override>& overrides) {
    std::vector<std::vector<std::string>> set_before;  // by those that must be the only one
    for (const Override& one : overrides) {
        const std::string shown =
            one.option == "--set" ? "--set " + one.path + "=" + one.value : one.option;
        Source source{shown, one.value, context.folder};
        source.is_option = true;
        const int file = context.add_source(std::move(source));
        const Place at{file, 1, 1};
        const auto segments = segments_of(one.path);
        if (segments.front() == "extends") {
            context.fault(at, one.path, "what a file extends cannot be set");
            continue;
        }
        if (one.only) {
            const auto before =
                std::find_if(set_before.begin(), set_before.end(),
                             [&](const auto& path) { return overlap(path, segments); });
            if (before != set_before.end())
                context.fault(at, one.path, "set twice; another --set gives " + joined(*before));
            set_before.push_back(segments);
        }
        Node value = parse_yaml(context, file, one.path);
        if (value.place.file < 0) value.place = at;
        if (segments.size() >= kDeepest) {
            context.fault(at, "", "the path is too long");
            continue;
        }
        Node* node = &tree;
        for (const std::string& segment : segments) {
            node = step_into(context, *node, segment, at, one.path);
            if (node == nullptr) break;
        }
        if (node != nullptr) *node = std::move(value);
    }
}

}  // namespace clinicsim::reading
