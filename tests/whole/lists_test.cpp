// Lists that stand in two places are the same in both: the kinds of policies in the scenarios'
// README and in the program, the page of evidence and what the program prints, the faults that
// tools/dev/mutants puts in and the lines they change, the relations of
// tests/relations.md and the tests that show them.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/wait.h>

namespace {

const std::string kRoot = CLINICSIM_SOURCE_DIR;

struct Ended {
    int code;
    std::string out;
};

Ended shell(const std::string& line) {
    FILE* pipe = popen((line + " 2>&1").c_str(), "r");
    if (pipe == nullptr) return {-1, ""};
    Ended ended{0, ""};
    char buffer[4096];
    for (std::size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;)
        ended.out.append(buffer, n);
    const int status = pclose(pipe);
    ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return ended;
}

std::string content_of(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    EXPECT_TRUE(in) << path;
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// What stands between two marks, nothing where they do not.
std::string between(const std::string& text, const std::string& from, const std::string& to) {
    const std::size_t begin = text.find(from);
    if (begin == std::string::npos) return "";
    const std::size_t end = text.find(to, begin);
    if (end == std::string::npos) return "";
    const std::size_t first = text.find('\n', begin) + 1;
    return first > end ? "" : text.substr(first, end - first);
}

/// The table of the kinds that `explain policies` tells one after the other.
std::string table_of(const std::string& explained) {
    std::string table = "| kind | what it does | example |\n|---|---|---|\n";
    const std::regex kind{"\npolicy (\\w+)\n  ([^\n]+)\n  example: ([^\n]+)"};
    for (std::sregex_iterator one{explained.begin(), explained.end(), kind}, end; one != end; ++one)
        table +=
            "| " + (*one)[1].str() + " | " + (*one)[2].str() + " | `" + (*one)[3].str() + "` |\n";
    return table;
}

TEST(PolicyKinds, InTheReadmeAreThoseThatTheProgramExplains) {
    const std::string shown = between(content_of(kRoot + "/scenarios/README.md"),
                                      "<!-- policy kinds: ", "<!-- end of policy kinds -->");
    const Ended explained = shell("'" CLINICSIM_PROGRAM "' explain policies");
    EXPECT_EQ(explained.code, 0) << explained.out;
    EXPECT_NE(shown.find("| fixed_interval |"), std::string::npos) << shown;
    EXPECT_EQ(shown, table_of(explained.out));
}

TEST(EvidencePage, IsWhatTheProgramSays) {
    const std::string folder = kRoot + "/scenarios/evidence";
    const Ended said = shell("CLINICSIM_ROOT='" + kRoot + "' '" CLINICSIM_PROGRAM "' evidence '" +
                             folder + "' --format markdown --quiet");
    EXPECT_EQ(said.code, 0) << said.out;
    EXPECT_EQ(content_of(folder + "/README.md"), said.out)
        << "write it anew: tools/clinicsim evidence --format markdown > "
           "scenarios/evidence/README.md";
}

/// All names of tests in the sources, "Suite.Name".
std::set<std::string> names_of_tests() {
    std::set<std::string> names;
    const std::regex test{R"(TEST(?:_F|_P)?\((\w+),\s*(\w+)\))"};
    for (const auto& file : std::filesystem::recursive_directory_iterator{kRoot + "/tests"}) {
        if (file.path().extension() != ".cpp") continue;
        const std::string text = content_of(file.path().string());
        for (std::sregex_iterator one{text.begin(), text.end(), test}, end; one != end; ++one)
            names.insert((*one)[1].str() + '.' + (*one)[2].str());
    }
    return names;
}

TEST(Relations, NameTestsThatExist) {
    const std::set<std::string> known = names_of_tests();
    const std::string table = content_of(kRoot + "/tests/relations.md");
    const std::regex named{"`([A-Z]\\w+\\.\\w+)`"};
    std::size_t found = 0;
    for (std::sregex_iterator one{table.begin(), table.end(), named}, end; one != end; ++one) {
        EXPECT_EQ(known.count((*one)[1].str()), 1u) << (*one)[1].str();
        ++found;
    }
    EXPECT_GT(found, 30u);
    for (int m = 1; m <= 23; ++m)
        EXPECT_NE(table.find("| M" + std::to_string(m) + " |"), std::string::npos) << m;
}

TEST(Mutants, AreStillFoundInTheCodeEachOnce) {
    const Ended checked = shell("'" + kRoot + "/tools/dev/mutants' --check");
    EXPECT_EQ(checked.code, 0) << checked.out;
    std::smatch found;
    ASSERT_TRUE(std::regex_search(checked.out, found, std::regex{"([0-9]+) faults, 0 "}))
        << checked.out;
    EXPECT_GE(std::stoi(found[1]), 40);
    // of each room whose code decides what comes out
    const std::string list = content_of(kRoot + "/tools/dev/mutants.txt");
    for (const char* room :
         {"random", "stats", "kernel", "care", "clinic", "observe", "experiment", "scenario"})
        EXPECT_NE(list.find(std::string{"\ntest "} + room + "\n"), std::string::npos) << room;
}

}  // namespace
