// tools/clinicsim, tried on a checkout in small: the launcher itself is the real one, the project
// is a CMake project of a few lines whose "program" is a script, so that a build takes a second.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

struct Ended {
    int code;
    std::string text;  // both outputs
};

Ended shell(const std::string& command) {
    FILE* const pipe = popen(("exec </dev/null 2>&1\n" + command + "\n").c_str(), "r");
    if (pipe == nullptr) return {127, "no shell"};
    std::string text;
    char part[4096];
    while (std::fgets(part, sizeof part, pipe) != nullptr) text += part;
    const int status = pclose(pipe);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), text};
}

class Launcher : public testing::Test {
  protected:
    Launcher() {
        std::string name = (fs::temp_directory_path() / "clinicsim_launcher_XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no temporary folder"};
        folder_ = name;
        root_ = folder_ / "a checkout";
        fs::create_directories(root_ / "tools/cli");
        for (const char* file : {"clinicsim", "setup.sh"})
            fs::copy(fs::path(CLINICSIM_SOURCE_DIR) / "tools" / file, root_ / "tools");
        write("CMakeLists.txt",
              "cmake_minimum_required(VERSION 3.25)\n"
              "project(small NONE)\n"
              "set(program ${CMAKE_BINARY_DIR}/tools/cli/clinicsim)\n"
              "set(source ${CMAKE_SOURCE_DIR}/tools/cli/program.in)\n"
              "add_custom_command(OUTPUT ${program} DEPENDS ${source}\n"
              "  COMMAND sh ${CMAKE_SOURCE_DIR}/pause COMMAND sh -n ${source}\n"
              "  COMMAND ${CMAKE_COMMAND} -E copy ${source} ${program})\n"
              "add_custom_target(clinicsim DEPENDS ${program})\n");
        write("pause", "");
        write_program("for word; do echo \"[$word]\"; done; exit 7");
    }
    ~Launcher() override {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }

    void write(const fs::path& file, const std::string& text) const {
        std::ofstream{root_ / file} << text;
    }
    void write_program(const std::string& body) const {
        write("tools/cli/program.in", "#!/bin/sh\n" + body + "\n");
        fs::permissions(root_ / "tools/cli/program.in", fs::perms(0755));
    }
    std::string quoted(const fs::path& path) const { return "'" + path.string() + "'"; }
    std::string launcher() const { return quoted(root_ / "tools/clinicsim"); }

    fs::path folder_, root_;
};

TEST_F(Launcher, BuildsOnceThenSaysNothingAndPassesWordsAndExitCodeOn) {
    const Ended first = shell(launcher() + " run 'two  words' '*' ''");
    EXPECT_EQ(first.code, 7) << first.text;
    EXPECT_NE(first.text.find("building the program"), std::string::npos) << first.text;
    const Ended second = shell(launcher() + " run 'two  words' '*' ''");
    EXPECT_EQ(second.text, "[run]\n[two  words]\n[*]\n[]\n");
    EXPECT_EQ(second.code, 7);
}

TEST_F(Launcher, LaterStartsAddLessThanATenthOfASecond) {
    ASSERT_EQ(shell(launcher()).code, 7);
    using Clock = std::chrono::steady_clock;
    auto best = Clock::duration::max();  // of five: what the machine does besides is not ours
    for (int i = 0; i < 5; ++i) {
        const auto start = Clock::now();
        ASSERT_EQ(shell(launcher()).code, 7);
        best = std::min(best, Clock::now() - start);
    }
    EXPECT_LT(best, std::chrono::milliseconds{100});
}

TEST_F(Launcher, WorksThroughASymbolicLinkAndLeavesTheFolderOfTheCaller) {
    write_program("pwd");
    ASSERT_EQ(shell(launcher()).code, 0);
    const fs::path here = folder_ / "some where";
    fs::create_directory(here);
    fs::create_symlink(root_ / "tools/clinicsim", here / "link");
    EXPECT_EQ(shell("cd " + quoted(here) + " && ./link").text, here.string() + "\n");
}

TEST_F(Launcher, BuildsAgainAfterAChangeEvenToAnOlderFile) {
    ASSERT_EQ(shell(launcher()).code, 7);
    write_program("echo newer; exit 8");
    EXPECT_EQ(shell(launcher()).code, 8);
    write_program("echo from an archive; exit 9");
    fs::last_write_time(root_ / "tools/cli/program.in",
                        fs::file_time_type::clock::now() - std::chrono::hours{24 * 365});
    EXPECT_EQ(shell(launcher()).code, 9);
}

TEST_F(Launcher, SecondStartWaitsForTheFirst) {
    write("pause", "sleep 2");
    const Ended both = shell(launcher() + " one & sleep 0.5; " + launcher() + " two; wait");
    EXPECT_NE(both.text.find("another start is at work"), std::string::npos) << both.text;
    EXPECT_NE(both.text.find("[one]"), std::string::npos) << both.text;
    EXPECT_NE(both.text.find("[two]"), std::string::npos) << both.text;
}

TEST_F(Launcher, GoesOnAfterAnInterruption) {
    write("pause", "sleep 60");
    const Ended cut = shell("timeout -s TERM 2 " + launcher() + "; echo code $?");
    EXPECT_NE(cut.text.find("interrupted"), std::string::npos) << cut.text;
    write("pause", "");
    const Ended next = shell(launcher() + " again");
    EXPECT_EQ(next.code, 7) << next.text;
    EXPECT_NE(next.text.find("[again]"), std::string::npos) << next.text;
}

TEST_F(Launcher, StartsAfreshWhereAnInterruptionLeftRubbish) {
    ASSERT_EQ(shell(launcher()).code, 7);
    fs::remove(root_ / ".build/release/up_to_date");
    write(".build/release.unfinished", "");
    int spoilt = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root_ / ".build/release"))
        if (entry.path().filename() == "CMakeSystem.cmake") {
            std::ofstream{entry.path()} << "message(FATAL_ERROR rubbish)\n";
            ++spoilt;
        }
    ASSERT_GT(spoilt, 0);
    const Ended next = shell(launcher());
    EXPECT_EQ(next.code, 7) << next.text;
    EXPECT_NE(next.text.find("starting afresh"), std::string::npos) << next.text;
}

TEST_F(Launcher, StartsAfreshInAFolderThatWasMoved) {
    ASSERT_EQ(shell(launcher()).code, 7);
    fs::rename(root_, folder_ / "moved");
    root_ = folder_ / "moved";
    const Ended next = shell(launcher() + " here");
    EXPECT_EQ(next.code, 7) << next.text;
    EXPECT_EQ(shell(launcher() + " here").text, "[here]\n");
}

TEST_F(Launcher, ShowsTheFaultWhenTheBuildFails) {
    write_program("if (");
    const Ended failed = shell(launcher());
    EXPECT_EQ(failed.code, 1);
    EXPECT_NE(failed.text.find("yntax error"), std::string::npos) << failed.text;
    EXPECT_NE(failed.text.find("the build failed"), std::string::npos) << failed.text;
    write_program("exit 6");
    EXPECT_EQ(shell(launcher()).code, 6);
}

/// A folder of commands that stand before the system's, as on a machine without any package.
class LauncherOnABareSystem : public Launcher {
  protected:
    LauncherOnABareSystem() {
        fs::create_directory(folder_ / "bin");
        command("dpkg-query", "exit 1");
        command("apt-get", "echo E: Unable to fetch some archives; exit 100");
        command("sudo", "exec \"$@\"");
    }
    void command(const std::string& name, const std::string& body) const {
        const fs::path file = folder_ / "bin" / name;
        std::ofstream{file} << "#!/bin/sh\n" << body << '\n';
        fs::permissions(file, fs::perms(0755));
    }
    Ended start(const std::string& words) const {
        return shell("PATH=" + quoted(folder_ / "bin") + ":$PATH " + launcher() + ' ' + words);
    }
};

TEST_F(LauncherOnABareSystem, NoInstallListsWhatIsMissingAndLeavesNothing) {
    const Ended refused = start("--no-install run");
    EXPECT_EQ(refused.code, 4);
    for (const char* package : {"g++", "cmake", "ninja-build", "libboost-graph-dev"})
        EXPECT_NE(refused.text.find(package), std::string::npos) << refused.text;
    EXPECT_EQ(refused.text.find("libgtest-dev"), std::string::npos) << refused.text;
    EXPECT_FALSE(fs::exists(root_ / ".build"));
}

TEST_F(LauncherOnABareSystem, SaysThatThereIsNoNetwork) {
    const Ended failed = start("run");
    EXPECT_EQ(failed.code, 4);
    EXPECT_NE(failed.text.find("will install these Debian packages: g++"), std::string::npos);
    EXPECT_NE(failed.text.find("is there a network?"), std::string::npos) << failed.text;
}

TEST_F(LauncherOnABareSystem, SaysThatThereIsNoRightToInstall) {
    command("sudo", "exit 1");
    fs::permissions(folder_, fs::perms::all);
    // root needs no sudo, so root tries it as nobody
    const std::string somebody =
        geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";
    const Ended refused =
        shell(somebody + "env PATH=" + quoted(folder_ / "bin") + ":$PATH " + launcher() + " run");
    EXPECT_EQ(refused.code, 4) << refused.text;
    EXPECT_NE(refused.text.find("needs root"), std::string::npos) << refused.text;
    EXPECT_FALSE(fs::exists(root_ / ".build"));
}

}  // namespace
