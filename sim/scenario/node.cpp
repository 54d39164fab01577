#include "node.hpp"

#include <algorithm>

namespace clinicsim::reading {

Entry* Node::find(std::string_view key) {
    const auto at =
        std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
    return at == entries.end() ? nullptr : &*at;
}

const Entry* Node::find(std::string_view key) const { return const_cast<Node*>(this)->find(key); }

Node Node::scalar(std::string text, Place place) {
    Node node;
    node.kind = Kind::scalar;
    node.text = std::move(text);
    node.place = place;
    return node;
}

std::string_view Source::line(int number) const {
    std::size_t begin = 0;
    for (int i = 1; i < number; ++i) {
        begin = text.find('\n', begin);
        if (begin == std::string::npos) return {};
        ++begin;
    }
    std::string_view rest = std::string_view{text}.substr(begin);
    rest = rest.substr(0, rest.find('\n'));
    if (!rest.empty() && rest.back() == '\r') rest.remove_suffix(1);
    return number < 1 ? std::string_view{} : rest;
}

}  // namespace clinicsim::reading
