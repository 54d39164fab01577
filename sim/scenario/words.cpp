#include "words.hpp"

#include <algorithm>

#include "clinicsim/base/likeness.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::size_t kLongestWord = 64;
constexpr std::size_t kMostNamed = 24;

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most) {
    if (a.size() > kLongestWord || b.size() > kLongestWord) return most + 1;
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min(
                {last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return std::min(last[b.size()], most + 1);
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> known) {
    constexpr std::size_t kMostEdits = 2;
    std::string_view best;
    std::size_t least = std::min(kMostEdits, word.empty() ? 0 : word.size() - 1) + 1;
    for (const std::string_view one : known)
        if (const std::size_t edits = edit_distance(word, one, kMostEdits); edits < least) {
            least = edits;
            best = one;
        }
    return best;
}

namespace {

/// The first that begins with the word, else the first that has it in it: "cost" is cost_per_year.
std::string_view longer_name_of(std::string_view word, std::span<const std::string_view> known) {
    constexpr std::size_t kFewestLetters = 4;
    if (word.size() < kFewestLetters) return {};
    for (const std::string_view one : known)
        if (one.starts_with(word)) return one;
    for (const std::string_view one : known)
        if (one.find(word) != std::string_view::npos) return one;
    return {};
}

}  // namespace

std::string advice(std::string_view word, std::span<const std::string_view> known,
                   std::string_view known_as) {
    std::string result;
    std::string_view meant = nearest(word, known);
    if (meant.empty()) meant = longer_name_of(word, known);
    if (!meant.empty())
        result += meant_text({&meant, 1});
    else
        result += meant_text(names_alike(word, known));
    if (known.empty()) return result + " (there are no " + std::string{known_as} + ")";
    result += " (" + std::string{known_as} + ": ";
    for (std::size_t i = 0; i < std::min(known.size(), kMostNamed); ++i) {
        if (i > 0) result += ", ";
        result += known[i];
    }
    if (known.size() > kMostNamed) result += ", …";
    return result + ")";
}

std::string advice(std::string_view word, const std::vector<std::string>& known,
                   std::string_view known_as) {
    const std::vector<std::string_view> words(known.begin(), known.end());
    return advice(word, words, known_as);
}

}  // namespace clinicsim::reading
