#include "clinicsim/base/likeness.hpp"

#include <algorithm>

namespace clinicsim {

namespace {

std::vector<std::string_view> words_of(std::string_view name) {
    constexpr std::size_t kFewestLetters = 4;
    std::vector<std::string_view> words;
    while (!name.empty()) {
        const std::size_t end = std::min(name.find_first_of("_.- "), name.size());
        if (end >= kFewestLetters) words.push_back(name.substr(0, end));
        name.remove_prefix(std::min(end + 1, name.size()));
    }
    return words;
}

/// The same but for up to two letters of a long word: utilization, waits.
bool is_the_same(std::string_view a, std::string_view b) {
    if (a == b) return true;
    constexpr std::size_t kLong = 6;
    if (std::min(a.size(), b.size()) < kLong) return a.starts_with(b) || b.starts_with(a);
    const std::size_t shorter = std::min(a.size(), b.size());
    std::size_t before = 0, after = 0;
    while (before < shorter && a[before] == b[before]) ++before;
    while (after < shorter - before && a[a.size() - 1 - after] == b[b.size() - 1 - after]) ++after;
    return std::max(a.size(), b.size()) - before - after <= 2;
}

}  // namespace

std::vector<std::string_view> names_alike(std::string_view name,
                                          std::span<const std::string_view> known) {
    constexpr std::size_t kMost = 3, kLongestName = 100;
    if (name.size() > kLongestName) return {};
    const auto words = words_of(name);
    struct Match {
        std::string_view name;
        std::size_t shared, others;  // words
    };
    std::vector<Match> matches;
    for (const std::string_view one : known) {
        const auto its = words_of(one);
        const auto shared = static_cast<std::size_t>(
            std::count_if(words.begin(), words.end(), [&](std::string_view word) {
                return std::any_of(its.begin(), its.end(), [&](std::string_view other) {
                    return is_the_same(word, other);
                });
            }));
        if (shared > 0 && 2 * shared >= words.size())
            matches.push_back({one, shared, its.size() - std::min(shared, its.size())});
    }
    std::stable_sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
        return a.shared != b.shared ? a.shared > b.shared : a.others < b.others;
    });
    std::vector<std::string_view> names;
    for (const Match& match : matches)
        if (match.shared == matches.front().shared && names.size() < kMost &&
            std::find(names.begin(), names.end(), match.name) == names.end())
            names.push_back(match.name);
    return names;
}

std::string meant_text(std::span<const std::string_view> names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += (i == 0                  ? "; did you mean '"
                 : i + 1 == names.size() ? " or '"
                                         : ", '") +
                std::string{names[i]} + "'";
    return text.empty() ? text : text + "?";
}

}  // namespace clinicsim
