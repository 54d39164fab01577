// Whatever the bytes are, reading ends soon, throws nothing, and says where it stopped.
#include <cctype>
#include <chrono>
#include <filesystem>
#include <random>

#include "scenario_text.hpp"

namespace clinicsim {
namespace {

/// Reads it and fails where that took long or gave neither a scenario nor a message.
ReadResult survive(const std::string& yaml) {
    const auto begin = std::chrono::steady_clock::now();
    ReadResult result = read_text(yaml);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(took.count(), 20) << "the limit leaves room for a sanitized build";
    EXPECT_EQ(result.scenario.has_value(), !has_errors(result.diagnostics));
    return result;
}

TEST(HostileInput, AnAliasBombIsRefusedAtItsFirstAnchor) {
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 30; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
        for (int k = 0; k < 9; ++k) bomb += ", " + before;
        bomb += "]\n";
    }
    const ReadResult result = survive(bomb);
    EXPECT_NE(messages(result).find("test.yaml:1:5: error: a0: anchors (&) are not supported"),
              std::string::npos)
        << messages(result);
}

TEST(HostileInput, AnAliasToItselfIsRefused) {
    EXPECT_NE(messages(survive("a: &a [1, *a]\n")).find("aliases (*)"), std::string::npos);
}

TEST(HostileInput, TenThousandPoliciesAreRefusedAtOnce) {
    std::string yaml = replaced(kSmall, "policies:\n", "policies:\n  p0: {every: 30 days}\n");
    std::string many;
    for (int i = 1; i < 10'000; ++i)
        many += "  p" + std::to_string(i) + ": {extends: p" + std::to_string(i - 1) + "}\n";
    yaml = replaced(yaml, "  p0: {every: 30 days}\n", "  p0: {every: 30 days}\n" + many);
    const auto begin = std::chrono::steady_clock::now();
    const std::string said = messages(survive(yaml));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    EXPECT_NE(said.find("policies: more than 200 are not supported"), std::string::npos) << said;
    EXPECT_LT(took.count(), 10) << "reading each costs the same, however many there are";
}

TEST(HostileInput, NestingIsRefusedWhereItGoesTooDeep) {
    for (const std::string open : {"[", "{a: ", "- ", "? ["}) {
        std::string deep;
        for (int i = 0; i < 5000; ++i) deep += open;
        const ReadResult result = survive(deep);
        ASSERT_FALSE(result.diagnostics.empty()) << open;
        EXPECT_EQ(result.diagnostics[0].line, 1) << open;
    }
}

TEST(HostileInput, AFileOfMoreThanOneMebibyteIsRefused) {
    const std::string huge = kSmall + "# " + std::string(1 << 20, 'x') + "\n";
    EXPECT_NE(messages(survive(huge)).find("larger than 1 MiB"), std::string::npos);
}

TEST(HostileInput, AMebibyteOfKeysGivesAFewHundredMessages) {
    std::string keys;
    for (int i = 0; keys.size() < (1 << 20) - 20; ++i) keys += "k" + std::to_string(i) + ": 1\n";
    const ReadResult result = survive(keys);
    EXPECT_LE(result.diagnostics.size(), 201u);
    EXPECT_NE(messages(result).find("too many faults"), std::string::npos);
}

TEST(HostileInput, AMebibyteOnOneLineIsShownShortened) {
    const ReadResult result = survive("{clinicsim: 1, x: " + std::string(1'000'000, 'y') + "}");
    for (const Diagnostic& diagnostic : result.diagnostics) {
        EXPECT_LE(diagnostic.source.size(), 400u);
        EXPECT_LE(diagnostic.message.size(), 1000u);
    }
}

TEST(HostileInput, EveryPrefixOfAScenarioIsReadOrReported) {
    const std::string whole = content_of(kGolden + "valid/booked.yaml");
    for (std::size_t length = 0; length < whole.size(); length += 3)
        survive(whole.substr(0, length));
}

TEST(HostileInput, EveryByteReplacedIsReadOrReported) {
    for (const char put : {'\0', '\xff', '{', '&', ':', '\n'})
        for (std::size_t at = 0; at < kSmall.size(); ++at) {
            std::string broken = kSmall;
            broken[at] = put;
            survive(broken);
        }
}

/// Words, numbers and brackets of a scenario, moved about: still YAML more often than not.
TEST(HostileInput, AScenarioWithItsPiecesMovedAboutIsReadOrReported) {
    for (const char* name : {"booked", "walk_in"}) {
        const std::string whole = content_of(kGolden + "valid/" + name + ".yaml");
        std::vector<std::string> pieces(1);
        for (const char c : whole) {
            const bool word = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
            const bool before =
                !pieces.back().empty() &&
                (std::isalnum(static_cast<unsigned char>(pieces.back().back())) != 0 ||
                 pieces.back().back() == '_');
            if (!pieces.back().empty() && !(word && before)) pieces.emplace_back();
            pieces.back() += c;
        }
        std::mt19937 dice{20260105};
        const auto any = [&] { return dice() % pieces.size(); };
        int read = 0;
        for (int round = 0; round < 400; ++round) {
            auto moved = pieces;
            for (unsigned i = 0; i < 1 + dice() % 3; ++i)
                if (dice() % 3 == 0)
                    moved[any()].clear();
                else
                    moved[any()] = pieces[any()];
            std::string text;
            for (const std::string& piece : moved) text += piece;
            read += survive(text).scenario.has_value();
        }
        EXPECT_LT(read, 400) << "most of these must be refused";
    }
}

TEST(HostileInput, BytesThatAreNoTextAreReportedAtTheirPlace) {
    const auto place = [](const std::string& yaml) {
        const ReadResult result = survive(yaml);
        return result.diagnostics.empty()
                   ? std::pair{0, 0}
                   : std::pair{result.diagnostics[0].line, result.diagnostics[0].column};
    };
    EXPECT_EQ(place("a: 1\nb: \xc3"), (std::pair{2, 4})) << "cut off in a character";
    EXPECT_EQ(place("a: \xc0\xaf"), (std::pair{1, 4})) << "longer than need be";
    EXPECT_EQ(place("a: \xed\xa0\x80"), (std::pair{1, 4})) << "half of a surrogate pair";
    EXPECT_EQ(place("a: \xf4\x90\x80\x80"), (std::pair{1, 4})) << "beyond Unicode";
    EXPECT_EQ(place(std::string("a: \0", 4)), (std::pair{1, 4}));
    EXPECT_EQ(place("a: \x1b[31m"), (std::pair{1, 4})) << "an escape sequence";
    EXPECT_EQ(place("\xff\xfe\x41\x00"), (std::pair{1, 1})) << "UTF-16";
    EXPECT_TRUE(read_text(replaced(kSmall, "Small", "Käfer ✓ 🦋")).scenario);
}

TEST(HostileInput, NumbersBeyondAllBoundsAreOutOfRange) {
    for (const std::string number : {"1e999", "99999999999999999999", "-1e308", "1e-999"}) {
        EXPECT_FALSE(survive(replaced(kSmall, "chairs: 2", "chairs: " + number)).scenario)
            << number;
        EXPECT_FALSE(survive(replaced(kSmall, "1 year", number + " years")).scenario) << number;
    }
    EXPECT_FALSE(survive(replaced(kSmall, "seed: 1", "seed: 18446744073709551616")).scenario);
    EXPECT_EQ(must_read(replaced(kSmall, "seed: 1", "seed: 18446744073709551615")).model.seed,
              ~std::uint64_t{0});
}

TEST(HostileInput, AThousandYearsOfOnePatientASecondFailAtOnce) {
    const auto begin = std::chrono::steady_clock::now();
    const ReadResult result = read_text(replaced(
        replaced(kSmall, "{mean: 5, per: week}", "{mean: 1, per: s}"), "1 year", "1000 years"));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(took.count(), 2);
    EXPECT_NE(messages(result).find("over limits.patients"), std::string::npos) << messages(result);
}

TEST(HostileInput, APathThatIsNoFileIsUnreadable) {
    for (const std::string& path :
         {std::string{"/nowhere/at/all.yaml"}, std::filesystem::temp_directory_path().string(),
          std::string{"/dev/zero"}}) {
        const ReadResult result = read_scenario(path);
        EXPECT_TRUE(result.unreadable) << path;
        ASSERT_EQ(result.diagnostics.size(), 1u) << path;
        EXPECT_EQ(result.diagnostics[0].file, path);
    }
}

}  // namespace
}  // namespace clinicsim
