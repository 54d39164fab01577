// A scenario file as a plain tree with the place of every value, after the YAML was parsed and
// before it has a meaning. Entries live in lists, so that a pointer to one stays good while
// defaults are added beside it.
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <vector>

namespace clinicsim::reading {

/// Where a value was written. A line of 0 means that it has none: a default, or an option's value.
struct Place {
    int file = -1;   // into Sources; -1: nowhere
    int line = 0;    // counts from 1
    int column = 0;  // counts from 1
};

struct Entry;

struct Node {
    enum class Kind : std::uint8_t {
        nothing,
        scalar,
        list,
        map,
        refused,  // already reported (an alias, say): whoever reads it stays silent
    };
    Kind kind = Kind::nothing;
    bool quoted = false;    // scalar only
    bool in_order = false;  // map only: its names are the user's, and their order means something
    Place place;
    std::string text;          // scalar only
    std::vector<Node> items;   // list only
    std::list<Entry> entries;  // map only, in the order of the file, keys unique

    Entry* find(std::string_view key);
    const Entry* find(std::string_view key) const;
    static Node scalar(std::string text, Place place = {});
};

struct Entry {
    std::string key;
    Place place;
    Node value;
};

/// What the user wrote, line by line, for diagnostics.
struct Source {
    std::string name;  // as the user named it, or "--set path=value"
    std::string text;
    std::string folder;      // where it really lies, for files that it names; empty: nowhere
    bool is_option = false;  // no file: its places have no line
    std::string_view line(int number) const;  // from 1; empty where there is none
};

}  // namespace clinicsim::reading
