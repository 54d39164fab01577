#include "plan_names.hpp"

#include <vector>

#include "quantities.hpp"

namespace clinicsim::reading {

namespace {

using Path = std::vector<std::string_view>;

Path split(std::string_view path) {
    Path parts;
    for (;;) {
        const std::size_t dot = path.find('.');
        parts.push_back(path.substr(0, dot));
        if (dot == std::string_view::npos) return parts;
        path.remove_prefix(dot + 1);
    }
}

const Node* child(const Node* node, std::string_view name) {
    if (node == nullptr) return nullptr;
    if (node->kind == Node::Kind::list) {
        const auto at = parse_whole(name);
        return at.fits && at.value < node->items.size()
                   ? &node->items[static_cast<std::size_t>(at.value)]
                   : nullptr;
    }
    const Entry* entry = node->kind == Node::Kind::map ? node->find(name) : nullptr;
    return entry == nullptr ? nullptr : &entry->value;
}

/// The texts of these keys, as far as they are there, each after a space.
std::string texts(const Node* map, std::initializer_list<std::string_view> keys) {
    std::string out;
    for (const std::string_view key : keys) {
        const Node* value = child(map, key);
        if (value != nullptr && value->kind == Node::Kind::scalar && !value->text.empty())
            out += ' ' + value->text;
    }
    return out;
}

}  // namespace

std::string called(const Node& root, std::string_view path) {
    const Path parts = split(path);
    const auto is = [&](std::initializer_list<std::string_view> pattern) {
        if (pattern.size() != parts.size()) return false;
        std::size_t i = 0;
        for (const std::string_view wanted : pattern) {
            if (wanted != "*" && wanted != parts[i]) return false;
            ++i;
        }
        return true;
    };
    if (is({"clinic", "chairs"})) return "chairs";
    if (is({"clinic", "chairs", "*"})) return std::string{parts[2]} + " chairs";
    if (is({"clinic", "sites", "*", "chairs"})) return "chairs at " + std::string{parts[2]};
    if (is({"clinic", "sites", "*", "chairs", "*"}))
        return std::string{parts[4]} + " chairs at " + std::string{parts[2]};
    if (is({"clinic", "equipment", "*"})) return std::string{parts[2]} + " devices";
    if (is({"clinic", "staff", "*"})) return "people on duty as " + std::string{parts[2]};
    if (is({"clinic", "staff", "*", "shifts", "*", "people"})) {
        const Node* shift = &root;
        for (std::size_t i = 0; i + 1 < parts.size(); ++i) shift = child(shift, parts[i]);
        return "people on duty as " + std::string{parts[2]} + texts(shift, {"days", "hours"});
    }
    if (is({"clinic", "open"})) return "opening hours";
    if (is({"clinic", "open", "*"})) return "opening hours " + std::string{parts[2]};
    if (is({"clinic", "booking", "held_for_rescue", "share"})) return "chair time held for rescues";
    if (is({"clinic", "booking", "overbook"})) return "chair time overbooked";
    if (is({"patients", "arrivals", "poisson", "mean"})) {
        const Node* poisson = &root;
        for (std::size_t i = 0; i + 1 < parts.size(); ++i) poisson = child(poisson, parts[i]);
        return "new patients a" + texts(poisson, {"per"});
    }
    return {};
}

}  // namespace clinicsim::reading
