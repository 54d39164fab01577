// Files that a scenario names: beside it or deeper, never outside its folder, whatever links say.
#pragma once

#include <optional>
#include <string>

#include "context.hpp"
#include "node.hpp"

namespace clinicsim::reading {

/// The text of a regular file of at most `most` bytes; else the reason.
struct FileText {
    std::optional<std::string> text;
    std::string why;
};
FileText read_file(const std::string& path, std::size_t most);

/// Where `name` leads from the folder of the file that `at` lies in, with links resolved. Reports
/// at `at` and `path`, and returns nothing, where it would lead out of the scenario's folder or to
/// nothing.
std::optional<std::string> resolve(Context& context, Place at, const std::string& path,
                                   const std::string& name);

/// The tree of the scenario file `file` with what it extends merged under it; `name` is where it
/// lies, for `extends` beside it. `extends` itself is gone.
Node with_extended(Context& context, int file, const std::string& real_path);

/// `over` on top of `base`: mappings key by key, everything else replaced; a mapping whose one key
/// chooses (a distribution's name, an arrival's kind, how a relapse is seen) is replaced, too, and
/// so is one of another kind (a renewal course by a symptom course, one rule of a relapse by
/// another).
Node merged(const Node& base, const Node& over);

}  // namespace clinicsim::reading
