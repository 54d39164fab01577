#include "suggest.hpp"

#include <algorithm>
#include <numeric>

#include "clinicsim/base/likeness.hpp"

namespace clinicsim::cli {

namespace {

/// Letters to insert, delete, replace or swap with their neighbour (optimal string alignment).
std::size_t edits(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last, last(b.size() + 1), row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min(
                {last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), last[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        before_last = last;
        last = row;
    }
    return last.back();
}

}  // namespace

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
    constexpr std::size_t kFewestLetters = 4;
    if (word.size() >= kFewestLetters && word.size() <= 100) {
        // a name that begins with the word, or has it in it, is nearer than any other of its length
        for (const std::string& name : known)
            if (name.starts_with(word)) return "; did you mean '" + name + "'?";
        for (const std::string& name : known)
            if (name.find(word) != std::string::npos) return "; did you mean '" + name + "'?";
    }
    const std::string* nearest = nullptr;
    std::size_t least = std::min<std::size_t>(4, word.size() / 2 + 1);  // more is no likeness
    if (word.size() > 100) return {};
    for (const std::string& name : known)
        if (const std::size_t distance = edits(word, name); distance < least) {
            least = distance;
            nearest = &name;
        }
    if (nearest != nullptr) return "; did you mean '" + *nearest + "'?";
    const std::vector<std::string_view> names(known.begin(), known.end());
    return meant_text(names_alike(word, names));
}

}  // namespace clinicsim::cli
