// Random bits at an address: Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random
// numbers: as easy as 1, 2, 3", SC 2011), a bijection of a 128-bit counter under a 64-bit key.
//   key      seed, low half | seed, high half
//   counter  replication | patient | index, low 32 bits | purpose (8), index, high 16, block (8)
// Nothing is hashed, so two addresses never share a block. Nothing is stored between draws either:
// an engine is made where a draw is needed, and its first bits cost one block.
// All of this is inline because a visit draws several times.
#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "clinicsim/base/check.hpp"
#include "clinicsim/random/address.hpp"

namespace clinicsim {

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

constexpr PhiloxCounter philox_block(PhiloxCounter c, PhiloxKey key) {
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t a = std::uint64_t{0xD2511F53} * c[0];
        const std::uint64_t b = std::uint64_t{0xCD9E8D57} * c[2];
        c = {static_cast<std::uint32_t>(b >> 32) ^ c[1] ^ key[0], static_cast<std::uint32_t>(b),
             static_cast<std::uint32_t>(a >> 32) ^ c[3] ^ key[1], static_cast<std::uint32_t>(a)};
        key[0] += 0x9E3779B9;  // golden ratio
        key[1] += 0xBB67AE85;  // sqrt(3) - 1
    }
    return c;
}

/// A UniformRandomBitGenerator of 64 bits, two draws per block. Blocks are made when they are
/// asked for; a sampler that needs more than 256 of them at one address is a fault of the program.
class Engine {
  public:
    using result_type = std::uint64_t;

    [[gnu::always_inline]] explicit Engine(const Address& at)
        : key_{static_cast<std::uint32_t>(at.seed), static_cast<std::uint32_t>(at.seed >> 32)},
          counter_{at.replication, at.patient, static_cast<std::uint32_t>(at.index),
                   static_cast<std::uint32_t>(at.purpose) << 24 |
                       static_cast<std::uint32_t>(at.index >> 32) << 8} {
        CLINICSIM_CHECK(at.index >> 48 == 0, "an address has 48 bits for its index",
                        Scene{kNever, at.patient});
    }

    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

    result_type operator()() {
        const std::uint32_t draw = drawn_++;
        if (draw % 2 == 1) return second_;
        CLINICSIM_CHECK(draw < 2 * kBlocks, "a sampler reads at most 256 blocks at its address",
                        Scene{kNever, counter_[1]});
        const PhiloxCounter block =
            philox_block({counter_[0], counter_[1], counter_[2], counter_[3] | draw / 2}, key_);
        second_ = block[2] | std::uint64_t{block[3]} << 32;
        return block[0] | std::uint64_t{block[1]} << 32;
    }

  private:
    static constexpr std::uint32_t kBlocks = 256;

    PhiloxKey key_;
    PhiloxCounter counter_;  // of block 0
    std::uint64_t second_ = 0;
    std::uint32_t drawn_ = 0;
};

/// The middle of one of 2^52 equal cells of (0, 1): never 0, never 1, and the complement of the
/// bits gives exactly 1 - u. (With 2^53 cells the last middle would round to 1.)
constexpr double open_unit(std::uint64_t bits) {
    return (static_cast<double>(static_cast<std::int64_t>(bits >> 12)) + 0.5) * 0x1p-52;
}

inline double uniform01(Engine& engine) { return open_unit(engine()); }

/// True with probability `share`: always at 1, never at 0.
inline bool happens(double share, Engine& engine) { return uniform01(engine) < share; }

}  // namespace clinicsim
