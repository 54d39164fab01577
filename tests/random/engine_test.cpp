#include "clinicsim/random/engine.hpp"

#include <cmath>
#include <set>
#include <vector>

#include <Random123/philox.h>
#include <boost/math/distributions/chi_squared.hpp>
#include <gtest/gtest.h>

namespace clinicsim {
namespace {

const Address kSomewhere{.seed = 0x0123456789abcdef,
                         .replication = 3,
                         .patient = 17,
                         .purpose = Purpose::relapse,
                         .index = 0xfedcba987654};

std::uint64_t first(const Address& at) { return Engine{at}(); }

TEST(Philox, GivesThePublishedKnownAnswers) {  // Random123 1.14, kat_vectors
    EXPECT_EQ(philox_block({0, 0, 0, 0}, {0, 0}),
              (PhiloxCounter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    EXPECT_EQ(philox_block({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}),
              (PhiloxCounter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(
        philox_block({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
        (PhiloxCounter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Philox, AgreesWithRandom123OnTenThousandCounters) {
    Engine dice{{.seed = 1}};
    PhiloxCounter c{};
    PhiloxKey k{};
    for (int i = 0; i < 10'000; ++i) {
        const r123::Philox4x32 oracle;
        const auto expected = oracle({{c[0], c[1], c[2], c[3]}}, {{k[0], k[1]}});
        const auto found = philox_block(c, k);
        for (std::size_t w = 0; w < 4; ++w) ASSERT_EQ(found[w], expected[w]) << i;
        k = {found[0] ^ k[1], found[1]};  // wander on from the answer
        c = {found[2], found[3] ^ c[0], found[0] + c[1], c[3] + 0x01000001u};
    }
}

TEST(Engine, PutsTheAddressIntoKeyAndCounterAsDocumented) {
    Engine engine{kSomewhere};
    const std::uint32_t word = static_cast<std::uint32_t>(Purpose::relapse) << 24 | 0xfedc << 8;
    for (std::uint32_t block = 0; block < 256; ++block) {
        const r123::Philox4x32 oracle;
        const auto expected =
            oracle({{3, 17, 0xba987654, word | block}}, {{0x89abcdef, 0x01234567}});
        ASSERT_EQ(engine(), expected[0] | std::uint64_t{expected[1]} << 32) << block;
        ASSERT_EQ(engine(), expected[2] | std::uint64_t{expected[3]} << 32) << block;
    }
}

TEST(Engine, GivesTheseDrawsForEver) {  // changing them changes every published result
    Engine engine{{.seed = 1, .replication = 2, .patient = 3, .purpose = Purpose::no_show}};
    EXPECT_EQ(engine(), 5256854088196150505u);
    EXPECT_EQ(engine(), 1322942302291898944u);
    EXPECT_EQ(engine(), 6185499720549417703u);
    EXPECT_EQ(static_cast<int>(Purpose::stock_spread), 24);  // a purpose's number is an address
}

TEST(Engine, GivesOtherDrawsWhereverOneBitOfTheAddressDiffers) {
    std::set<std::uint64_t> seen{first(kSomewhere)};
    std::size_t addresses = 1;
    const auto see = [&](const Address& at) {
        seen.insert(first(at));
        EXPECT_EQ(seen.size(), ++addresses);
    };
    for (int bit = 0; bit < 64; ++bit) {
        Address at = kSomewhere;
        at.seed ^= std::uint64_t{1} << bit;
        see(at);
    }
    for (int bit = 0; bit < 32; ++bit) {
        Address at = kSomewhere;
        at.replication ^= std::uint32_t{1} << bit;
        see(at);
        at = kSomewhere;
        at.patient ^= std::uint32_t{1} << bit;
        see(at);
    }
    for (int bit = 0; bit < 8; ++bit) {
        Address at = kSomewhere;
        at.purpose = static_cast<Purpose>(static_cast<unsigned>(at.purpose) ^ 1u << bit);
        see(at);
    }
    for (int bit = 0; bit < 48; ++bit) {
        Address at = kSomewhere;
        at.index ^= std::uint64_t{1} << bit;
        see(at);
    }
}

TEST(Engine, NeverReadsIntoItsNeighboursAddress) {
    Engine long_reader{{.seed = 5, .index = 7}};
    std::set<std::uint64_t> read;
    for (int i = 0; i < 512; ++i) read.insert(long_reader());
    for (std::uint64_t index = 0; index < 1000; ++index) {
        if (index == 7) continue;
        Engine neighbour{{.seed = 5, .index = index}};
        for (int i = 0; i < 512; ++i) ASSERT_FALSE(read.contains(neighbour())) << index;
    }
}

TEST(EngineDeathTest, StopsASamplerAfter256Blocks) {
    Engine engine{{.patient = 41}};
    for (int i = 0; i < 512; ++i) engine();
    EXPECT_EXIT(engine(), testing::ExitedWithCode(1), "patient 41.*256 blocks");
}

TEST(EngineDeathTest, RefusesAnIndexOf49Bits) {
    EXPECT_EXIT(first({.index = std::uint64_t{1} << 48}), testing::ExitedWithCode(1), "48 bits");
}

TEST(Uniform01, IsNeverZeroOrOneAndComplementsExactly) {
    EXPECT_EQ(open_unit(0), 0x1p-53);
    EXPECT_EQ(open_unit(~std::uint64_t{0}), 1 - 0x1p-53);
    Engine engine{kSomewhere};
    for (int i = 0; i < 512; ++i) {
        const std::uint64_t bits = engine();
        ASSERT_EQ(open_unit(~bits), 1 - open_unit(bits));
    }
}

TEST(Happens, AlwaysAtOneAndNeverAtZero) {
    for (std::uint64_t index = 0; index < 10'000; ++index) {
        Engine one{{.index = index}}, zero{{.index = index}};
        ASSERT_TRUE(happens(1.0, one));
        ASSERT_FALSE(happens(0.0, zero));
    }
}

/// Chi-square of 2^16 pairs (draw at an address, draw at the next one) on 16 x 16 equal cells.
template <class Next>
double pair_statistic(const Next& next) {
    std::vector<double> cells(256, 0.0);
    constexpr std::uint32_t kPairs = 1 << 16;
    for (std::uint32_t i = 0; i < kPairs; ++i) {
        const auto [a, b] = next(i);
        ++cells[(a >> 60) * 16 + (b >> 60)];
    }
    double statistic = 0;
    for (const double n : cells) statistic += (n - kPairs / 256.0) * (n - kPairs / 256.0);
    return statistic / (kPairs / 256.0);
}

TEST(Engine, MakesNeighbouringAddressesIndependent) {
    const boost::math::chi_squared law{255};
    const double bound = quantile(complement(law, 1e-6));
    using Pair = std::pair<std::uint64_t, std::uint64_t>;
    const auto at = [](std::uint32_t replication, std::uint32_t patient, std::uint64_t index) {
        return first({9, replication, patient, Purpose::test, index});
    };
    EXPECT_LT(pair_statistic([&](auto i) { return Pair{at(i, 0, 0), at(i + 1, 0, 0)}; }), bound);
    EXPECT_LT(pair_statistic([&](auto i) { return Pair{at(0, i, 0), at(0, i + 1, 0)}; }), bound);
    EXPECT_LT(pair_statistic([&](auto i) { return Pair{at(0, 0, i), at(0, 0, i + 1)}; }), bound);
    EXPECT_LT(
        pair_statistic([&](auto i) {
            return Pair{at(0, 0, std::uint64_t{i} << 31), at(0, 0, std::uint64_t{i + 1} << 31)};
        }),
        bound);
    EXPECT_LT(pair_statistic([&](auto i) {  // the two draws of one block
                  Engine engine{{.seed = 9, .index = i}};
                  const std::uint64_t a = engine();
                  return Pair{a, engine()};
              }),
              bound);
    // The check has power: neighbours that agree in their first four bits once in 20 pairs.
    EXPECT_GT(pair_statistic([&](auto i) {
                  const std::uint64_t a = at(0, 0, i);
                  return Pair{a, i % 20 == 0 ? a : at(0, 0, i + 1)};
              }),
              bound);
}

}  // namespace
}  // namespace clinicsim
