// The map of the rooms, and what may not be written in them. The map is the table of rooms that the
// project is designed by; a new room needs a row here, one in sim/CMakeLists.txt, and a reason.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = CLINICSIM_SOURCE_DIR;

using Names = std::set<std::string>;

// room -> the rooms it may include and link, itself apart
const std::map<std::string, Names> kMayUse = {
    {"base", {}},
    {"random", {"base"}},
    {"stats", {"base"}},
    {"kernel", {"base"}},
    {"care", {"base", "random"}},
    {"clinic", {"base", "random", "kernel", "care"}},
    {"scenario", {"base", "random", "care", "clinic"}},
    {"observe", {"base", "stats", "clinic"}},
    {"experiment", {"base", "random", "stats", "scenario", "clinic", "observe"}},
    {"report", {"base", "stats", "care", "scenario", "clinic", "observe", "experiment"}},
};

struct Line {
    fs::path file;  // from the project's root
    int number;
    std::string text;  // without its // comment
};

std::ostream& operator<<(std::ostream& out, const Line& line) {
    return out << line.file.string() << ':' << line.number << ": " << line.text;
}

std::vector<Line> lines_of(const fs::path& file) {
    std::vector<Line> lines;
    std::ifstream in{file};
    int number = 0;
    for (std::string text; std::getline(in, text);) {
        if (const auto comment = text.find("//"); comment != std::string::npos)
            text.resize(comment);
        lines.push_back({file.lexically_relative(kRoot), ++number, text});
    }
    return lines;
}

/// Every line of C++ under a folder of the project.
std::vector<Line> lines_under(const fs::path& folder) {
    std::vector<Line> all;
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
        const auto kind = entry.path().extension();
        if (!entry.is_regular_file() || (kind != ".hpp" && kind != ".cpp")) continue;
        const auto lines = lines_of(entry.path());
        all.insert(all.end(), lines.begin(), lines.end());
    }
    return all;
}

std::vector<Line> lines_of_room(const std::string& room) {
    auto lines = lines_under(fs::path("include/clinicsim") / room);
    const auto sources = lines_under(fs::path("sim") / room);
    lines.insert(lines.end(), sources.begin(), sources.end());
    return lines;
}

/// What a line includes, as written between quotes or angle brackets; empty if nothing.
std::string included(const std::string& text) {
    static const std::regex directive{R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])"};
    std::smatch found;
    return std::regex_search(text, found, directive) ? found[1].str() : "";
}

/// The room of a header of ours; empty for every other.
std::string room_of(const std::string& header) {
    static const std::regex ours{"^clinicsim/([^/]+)/"};
    std::smatch found;
    return std::regex_search(header, found, ours) ? found[1].str() : "";
}

bool may_include(const std::string& room, const std::string& header) {
    const std::string other = room_of(header);
    return other.empty() || other == room || kMayUse.at(room).contains(other);
}

TEST(Rooms, AreTheOnesOfTheMap) {
    Names mapped;
    for (const auto& [room, below] : kMayUse) mapped.insert(room);
    for (const char* folder : {"include/clinicsim", "sim"}) {
        Names found;
        for (const auto& entry : fs::directory_iterator(kRoot / folder))
            if (entry.is_directory()) found.insert(entry.path().filename().string());
        EXPECT_EQ(found, mapped) << "in " << folder;
    }
}

TEST(Rooms, IncludeOnlyDownwards) {
    int seen = 0;
    for (const auto& [room, below] : kMayUse)
        for (const Line& line : lines_of_room(room)) {
            const std::string header = included(line.text);
            seen += !room_of(header).empty();
            EXPECT_TRUE(may_include(room, header)) << line;
        }
    EXPECT_GT(seen, 0) << "the check has lost its power";
    EXPECT_FALSE(may_include("kernel", "clinicsim/care/patient.hpp"));
    EXPECT_FALSE(may_include("clinic", "clinicsim/observe/run.hpp"));
}

TEST(Rooms, KeepTheirPrivateHeadersToThemselves) {
    static const std::regex quoted{R"re(^\s*#\s*include\s*"([^"]+)")re"};
    for (const auto& [room, below] : kMayUse)
        for (const Line& line : lines_of_room(room)) {
            std::smatch found;
            if (!std::regex_search(line.text, found, quoted)) continue;
            const std::string header = found[1];
            EXPECT_TRUE(header.starts_with("clinicsim/") || header.find('/') == std::string::npos)
                << line
                << "\nanother folder's header is reached by \"clinicsim/room/name.hpp\" only";
        }
}

TEST(Rooms, LinkExactlyWhatTheMapNames) {
    for (const auto& [room, below] : kMayUse) {
        std::ifstream in{kRoot / "sim" / room / "room.cmake"};
        const std::string text{std::istreambuf_iterator<char>{in}, {}};
        std::smatch call;
        ASSERT_TRUE(std::regex_search(text, call, std::regex{R"(clinicsim_room\s*\(([^)]*)\))"}))
            << "sim/" << room << "/room.cmake";
        std::istringstream words{call[1]};
        std::string word;
        ASSERT_TRUE(words >> word && word == room) << word;
        Names linked;
        for (bool uses = false; words >> word;)
            if (word == "USES" || word == "SOURCES" || word == "LIBRARIES")
                uses = word == "USES";
            else if (uses)
                linked.insert(word);
        EXPECT_EQ(linked, below) << "USES in sim/" << room << "/room.cmake";
    }
}

TEST(Rooms, OnlyTheRoomScenarioKnowsYaml) {
    int inside = 0;
    for (const char* folder : {"include", "sim", "tests", "tools"})
        for (const Line& line : lines_under(folder)) {
            if (!included(line.text).starts_with("yaml-cpp/")) continue;
            const std::string place = line.file.generic_string();
            const bool at_home =
                place.starts_with("sim/scenario/") || place.starts_with("tests/scenario/");
            EXPECT_TRUE(at_home) << line;
            inside += at_home;
        }
    EXPECT_GT(inside, 0) << "the check has lost its power";
}

TEST(Rooms, KeepSlowHeadersOutOfTheirPublicOnes) {
    int headers = 0;
    for (const Line& line : lines_under("include")) {
        const std::string header = included(line.text);
        headers += !header.empty();
        EXPECT_FALSE(header.starts_with("boost/graph") || header.starts_with("yaml-cpp") ||
                     header.starts_with("nlohmann") || header.starts_with("CLI"))
            << line << "\ntakes seconds in every file that includes it: keep it in one .cpp";
    }
    EXPECT_GT(headers, 0) << "the check has lost its power";
}

/// What libc++ 13 lacks, with which the rooms become WebAssembly.
const std::regex kNotInLibcxx13{
    R"(std::(ranges|views|bit_cast|jthread|stop_token|format|source_location|pmr|chars_format)\b)"
    R"(|<(ranges|format|source_location|memory_resource|stop_token)>)"
    R"(|\bauto\s+operator\s*<=>)"};

TEST(Rooms, UseNothingThatTheBrowserLabCannotCompile) {
    int seen = 0;
    for (const auto& [room, below] : kMayUse) {
        if (room == "experiment") continue;  // threads: it stays native
        for (const Line& line : lines_of_room(room)) {
            ++seen;
            EXPECT_FALSE(std::regex_search(line.text, kNotInLibcxx13)) << line;
        }
    }
    EXPECT_GT(seen, 0);
    for (const std::string bad :
         {"std::ranges::sort(x);", "#include <ranges>", "std::bit_cast<int>(x)",
          "auto operator<=>(const T&) const = default;", "std::format(\"{}\", 1)"})
        EXPECT_TRUE(std::regex_search(bad, kNotInLibcxx13)) << bad;
    EXPECT_FALSE(std::regex_search(
        std::string{"std::strong_ordering operator<=>(const T&) const = default;"},
        kNotInLibcxx13));
}

/// The undefined symbols of a library, one per line.
std::string needed_by(const std::string& library) {
    const std::string command = std::string{"'"} + CLINICSIM_NM + "' -u '" + library + "' 2>&1";
    std::string text;
    FILE* const pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return text;
    char part[4096];
    while (std::fgets(part, sizeof part, pipe) != nullptr) text += part;
    pclose(pipe);
    return text;
}

// Conversions of whole numbers are templates in a header; those of floating point, which libc++ 13
// lacks, are functions of the library. So the linker's list tells them apart where a search cannot.
TEST(Rooms, ConvertNoFloatingPointWithCharsFunctions) {
    const std::regex floating{"_ZSt(10from_chars|8to_chars)P"};
    std::istringstream libraries{CLINICSIM_ROOM_LIBRARIES};
    int seen = 0;
    for (std::string library; std::getline(libraries, library, ':'); ++seen) {
        const std::string symbols = needed_by(library);
        EXPECT_NE(symbols.find("_Z"), std::string::npos) << library << ": " << symbols;
        EXPECT_FALSE(std::regex_search(symbols, floating)) << library << ": " << symbols;
    }
    EXPECT_GT(seen, 0);
    EXPECT_TRUE(std::regex_search(std::string{"U _ZSt8to_charsPcS_d"}, floating));
}

}  // namespace
