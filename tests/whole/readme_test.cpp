// What the README shows is what the program prints. Each command in a ```console block that begins
// with "$ tools/clinicsim" is run, in order, in a folder that holds a copy of scenarios/ and the
// program; a line with only "…" stands for any lines.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

using Lines = std::vector<std::string>;

struct Example {
    int line;  // of the README
    std::string command;
    Lines shown;
};

std::string without_trailing_space(std::string text) {
    text.resize(text.find_last_not_of(" \t\r\n") + 1);
    return text;
}

std::vector<Example> examples_of(std::istream& readme) {
    std::vector<Example> examples;
    bool inside = false, wanted = false, continued = false;
    int number = 0;
    for (std::string text; std::getline(readme, text);) {
        ++number;
        text = without_trailing_space(text);
        if (text.starts_with("```")) {
            inside = text == "```console";
            wanted = continued = false;
            continue;
        }
        if (!inside) continue;
        if (continued) {
            examples.back().command += '\n' + text;
            continued = text.ends_with('\\');
        } else if (text.starts_with("$ ")) {
            wanted = text.starts_with("$ tools/clinicsim");
            if (!wanted) continue;
            examples.push_back({number, text.substr(2), {}});
            continued = text.ends_with('\\');
        } else if (wanted) {
            examples.back().shown.push_back(text);
        }
    }
    return examples;
}

bool matches(std::span<const std::string> shown, std::span<const std::string> printed) {
    if (shown.empty()) return printed.empty();
    if (shown.front() != "…")
        return !printed.empty() && shown.front() == printed.front() &&
               matches(shown.subspan(1), printed.subspan(1));
    for (std::size_t skipped = 0; skipped <= printed.size(); ++skipped)
        if (matches(shown.subspan(1), printed.subspan(skipped))) return true;
    return false;
}

/// Empty lines at the end do not count: a block of a README has none.
Lines without_empty_end(Lines lines) {
    while (!lines.empty() && lines.back().empty()) lines.pop_back();
    return lines;
}

/// A folder in which "tools/clinicsim" and "scenarios/" are found, as in a checkout.
class Folder {
  public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "clinicsim_readme_XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw fs::filesystem_error(name, {});
        path_ = name;
        fs::create_directory(path_ / "tools");
        fs::create_symlink(CLINICSIM_PROGRAM, path_ / "tools/clinicsim");
        fs::copy(fs::path(CLINICSIM_SOURCE_DIR) / "scenarios", path_ / "scenarios",
                 fs::copy_options::recursive);
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    /// Exit code and both outputs together, as a terminal shows them.
    std::pair<int, Lines> run(const std::string& command) const {
        const std::string all =
            "cd '" + path_.string() + "' && exec </dev/null 2>&1\n" + command + "\n";
        FILE* const pipe = popen(all.c_str(), "r");
        if (pipe == nullptr) return {127, {}};
        std::string text;
        char part[4096];
        while (std::fgets(part, sizeof part, pipe) != nullptr) text += part;
        const int status = pclose(pipe);
        Lines lines;
        std::istringstream in{text};
        for (std::string line; std::getline(in, line);)
            lines.push_back(without_trailing_space(line));
        return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), lines};
    }

  private:
    fs::path path_;
};

std::string joined(const Lines& lines) {
    std::string text;
    for (const auto& line : lines) text += line + '\n';
    return text;
}

TEST(Readme, ShowsWhatTheProgramPrints) {
    std::ifstream readme{fs::path(CLINICSIM_SOURCE_DIR) / "README.md"};
    const auto examples = examples_of(readme);
    ASSERT_FALSE(examples.empty()) << "no ```console block with a line \"$ tools/clinicsim …\"";
    const Folder folder;
    for (const Example& example : examples) {
        const auto [code, printed] = folder.run(example.command);
        const bool shows_error = joined(example.shown).find("error") != std::string::npos;
        EXPECT_TRUE(shows_error ? code == 2 || code == 3 || code == 4 : code == 0)
            << "README.md:" << example.line << ": exit code " << code;
        EXPECT_TRUE(matches(without_empty_end(example.shown), without_empty_end(printed)))
            << "README.md:" << example.line << ": $ " << example.command << "\nprints\n"
            << joined(printed) << "but the README shows\n"
            << joined(example.shown);
    }
}

TEST(Readme, ExamplesAreFoundAndComparedLineByLine) {
    std::istringstream readme{
        "```console\n$ git clone x\nnot this\n$ tools/clinicsim run \\\n    a.yaml\none\n…\nfour\n"
        "```\n```yaml\n$ tools/clinicsim no\n```\n"};
    const auto examples = examples_of(readme);
    ASSERT_EQ(examples.size(), 1u);
    EXPECT_EQ(examples[0].line, 4);
    EXPECT_EQ(examples[0].command, "tools/clinicsim run \\\n    a.yaml");
    EXPECT_EQ(examples[0].shown, (Lines{"one", "…", "four"}));
    EXPECT_TRUE(matches(examples[0].shown, Lines{"one", "two", "three", "four"}));
    EXPECT_TRUE(matches(examples[0].shown, Lines{"one", "four"}));
    EXPECT_FALSE(matches(examples[0].shown, Lines{"one", "two"}));
    EXPECT_FALSE(matches(examples[0].shown, Lines{"one", "four", "five"}));
}

}  // namespace
