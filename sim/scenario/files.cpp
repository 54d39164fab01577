#include "files.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "distribution_rows.hpp"
#include "parse_yaml.hpp"
#include "reader.hpp"

namespace clinicsim::reading {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestChain = 32;

bool lies_in(const fs::path& folder, const fs::path& file) {
    const auto [end, ignored] =
        std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
    return end == folder.end();
}

bool is_choice(std::string_view key, const Node& over) {
    if (key == "seen") return true;
    if (over.entries.size() != 1) return false;
    const std::string& only = over.entries.front().key;
    const bool nested = over.entries.front().value.kind != Node::Kind::scalar;
    return distribution_row(only) != nullptr || only == "poisson" || only == "dates" ||
           (only == "every" && nested);
}

/// Whether `over` chooses another kind of thing than `base`, so that the two cannot be mixed.
bool chooses_another(const Node& base, const Node& over) {
    using Keys = std::array<std::string_view, 3>;
    constexpr std::array kAlternatives{
        Keys{"improvement_below", "score_at_least", "loss_of_response"},
        Keys{"renewal", "symptom", "symptom"}, Keys{"days", "every", "every"}};
    const auto chosen = [](const Node& node, const Keys& keys) {
        return std::find_if(keys.begin(), keys.end(),
                            [&](const auto key) { return node.find(key) != nullptr; });
    };
    return std::any_of(kAlternatives.begin(), kAlternatives.end(), [&](const Keys& keys) {
        const auto in_base = chosen(base, keys), in_over = chosen(over, keys);
        return in_base != keys.end() && in_over != keys.end() && *in_base != *in_over;
    });
}

void merge_into(Node& base, const Node& over) {
    for (const Entry& entry : over.entries) {
        Entry* under = base.find(entry.key);
        if (under == nullptr)
            base.entries.push_back(entry);
        else if (under->value.kind == Node::Kind::map && entry.value.kind == Node::Kind::map &&
                 !is_choice(entry.key, entry.value) && !chooses_another(under->value, entry.value))
            merge_into(under->value, entry.value);
        else
            under->value = entry.value, under->place = entry.place;
    }
    base.place = over.place;
}

/// How the user would name a file that an extending file names.
std::string shown_name(const std::string& extending, const std::string& name) {
    const fs::path folder = fs::path{extending}.parent_path();
    return (folder / name).lexically_normal().string();
}

Node extended(Context& context, int file, std::vector<std::string>& chain) {
    Node tree = parse_yaml(context, file);
    if (tree.kind != Node::Kind::map) return tree;
    Entry* extends = tree.find("extends");
    if (extends == nullptr) return tree;
    context.met.insert(kScenarioSection.row("extends"));
    const Node named = extends->value;
    tree.entries.remove_if([](const Entry& e) { return e.key == "extends"; });
    const Place at = named.place;
    if (named.kind != Node::Kind::scalar) {
        context.fault(at, "extends", "expected the name of a file; " + found_text(named));
        return tree;
    }
    const auto base_path = resolve(context, at, "extends", named.text);
    if (!base_path) return tree;
    if (std::find(chain.begin(), chain.end(), *base_path) != chain.end()) {
        context.fault(at, "extends", "'" + named.text + "' extends this file in turn: a cycle");
        return tree;
    }
    if (chain.size() >= kLongestChain) {
        context.fault(at, "extends", "more than 32 files extend each other");
        return tree;
    }
    const FileText base = read_file(*base_path, kLargestFile);
    if (!base.text) {
        context.fault(at, "extends", "'" + named.text + "' " + base.why);
        context.unreadable = true;
        return tree;
    }
    const int base_file =
        context.add_source({shown_name(context.source(file).name, named.text), *base.text,
                            fs::path{*base_path}.parent_path().string()});
    chain.push_back(*base_path);
    Node under = extended(context, base_file, chain);
    return merged(under, tree);
}

}  // namespace

FileText read_file(const std::string& path, std::size_t most) {
    std::error_code error;
    const auto status = fs::status(path, error);
    if (error || !fs::exists(status)) return {{}, "does not exist or cannot be reached"};
    if (fs::is_directory(status)) return {{}, "is a folder"};
    if (!fs::is_regular_file(status)) return {{}, "is no file"};
    std::ifstream in{path, std::ios::binary};
    if (!in) return {{}, "cannot be opened"};
    std::string text(most + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.bad()) return {{}, "cannot be read"};
    // one byte over the limit is kept, so that the parser sees that it is over
    text.resize(static_cast<std::size_t>(in.gcount()));
    return {std::move(text), {}};
}

std::optional<std::string> resolve(Context& context, Place at, const std::string& path,
                                   const std::string& name) {
    const std::string from = at.file < 0 ? context.folder : context.source(at.file).folder;
    if (context.folder.empty() || from.empty()) {
        context.fault(at, path, "no other file can be read here");
        return std::nullopt;
    }
    if (name.empty() || fs::path{name}.is_absolute()) {
        context.fault(at, path, "expected a file beside this one or deeper; found '" + name + "'");
        return std::nullopt;
    }
    std::error_code error;
    const fs::path folder = fs::canonical(context.folder, error);
    const fs::path asked = fs::weakly_canonical(fs::path{from} / name, error);
    if (error || !lies_in(folder, asked)) {
        context.fault(
            at, path,
            "'" + name + "' leads out of the scenario's folder; only files in it are read");
        return std::nullopt;
    }
    if (!fs::exists(asked, error)) {
        context.fault(at, path, "the file '" + name + "' does not exist");
        context.unreadable = true;
        return std::nullopt;
    }
    return asked.string();
}

Node with_extended(Context& context, int file, const std::string& real_path) {
    std::vector<std::string> chain{real_path};
    return extended(context, file, chain);
}

Node merged(const Node& base, const Node& over) {
    if (base.kind != Node::Kind::map || over.kind != Node::Kind::map) return over;
    Node result = base;
    merge_into(result, over);
    return result;
}

}  // namespace clinicsim::reading
