// Bits of the cells of a day, 64 to a word.
#pragma once

#include <algorithm>
#include <cstdint>

namespace clinicsim {

using CellWord = std::uint64_t;

inline bool has_bit(const CellWord* bits, std::int64_t bit) {
    return bits[bit / 64] >> bit % 64 & 1;
}
inline void drop_bit(CellWord* bits, std::int64_t bit) {
    bits[bit / 64] &= ~(CellWord{1} << bit % 64);
}
inline void set_bit(CellWord* bits, std::int64_t bit, bool to) {
    drop_bit(bits, bit);
    bits[bit / 64] |= CellWord{to} << bit % 64;
}

/// Word `i` of (bits >> by), of `words` words.
inline CellWord shifted(const CellWord* bits, std::int64_t words, std::int64_t i, std::int64_t by) {
    const std::int64_t from = i + by / 64;
    if (from >= words) return 0;
    const int rest = static_cast<int>(by % 64);
    CellWord word = bits[from] >> rest;
    if (rest > 0 && from + 1 < words) word |= bits[from + 1] << (64 - rest);
    return word;
}

/// Leaves the bits at which `cells` set ones begin.
inline void keep_runs(CellWord* bits, std::int64_t words, std::int64_t cells) {
    // a run of n begins where one of n/2 begins, and one n/2 later
    for (std::int64_t have = 1; have < cells;) {
        const std::int64_t by = std::min(have, cells - have);
        for (std::int64_t i = 0; i < words; ++i) bits[i] &= shifted(bits, words, i, by);
        have += by;
    }
}

/// Word `i` of the cells that are full: to rescues before `released`, to everybody from there on.
inline CellWord full_before(const CellWord* urgent, const CellWord* everybody, std::int64_t i,
                            std::int64_t released) {
    const std::int64_t cut = std::clamp<std::int64_t>(released - i * 64, 0, 64);
    const CellWord before = cut == 64 ? ~CellWord{0} : (CellWord{1} << cut) - 1;
    return (urgent[i] & before) | (everybody[i] & ~before);
}

}  // namespace clinicsim
