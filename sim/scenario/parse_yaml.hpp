// From YAML text to a plain tree: the only file that includes yaml-cpp. It reads the parser's
// events instead of its nodes, because the nodes keep duplicate keys silently and follow aliases.
#pragma once

#include "context.hpp"
#include "node.hpp"

namespace clinicsim::reading {

/// Deeper nesting and bigger files are refused: nobody writes them by hand.
constexpr int kDeepest = 32;
constexpr std::size_t kLargestFile = 1 << 20;  // bytes

/// The tree of source `file`. Anchors, aliases, tags, merge keys, duplicate keys, a second
/// document, NUL bytes, bad UTF-8, depth and size over the limits, and whatever is no YAML are
/// reported with their places; after a fault of syntax the tree is a refused node. `under` is the
/// path that the text's own paths begin with.
Node parse_yaml(Context& context, int file, const std::string& under = {});

}  // namespace clinicsim::reading
