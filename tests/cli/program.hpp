// The program as its users have it: started in a folder of its own, by a shell line.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace clinicsim::cli {

namespace fs = std::filesystem;

struct Ended {
    int code;  // 128 + signal where one ended it
    std::string out, err;
};

inline bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// A folder that is gone after the test, with a small scenario in it.
class Program : public testing::Test {
  protected:
    Program() {
        std::string name = (fs::temp_directory_path() / "clinicsim_cli_XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error{name};
        folder_ = name;
        write("small.yaml", kSmall);
    }
    ~Program() override {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }

    /// `line` is a shell's; "clinicsim" in its first place is the program.
    Ended shell(const std::string& line) const {
        const std::string all = "cd '" + folder_.string() +
                                "' && clinicsim() { '" CLINICSIM_PROGRAM
                                "' \"$@\"; }\n"
                                "unset NO_COLOR COLUMNS\n" +
                                line;
        write(".line", all);
        const std::string command = "bash '" + (folder_ / ".line").string() + "' </dev/null >'" +
                                    (folder_ / ".out").string() + "' 2>'" +
                                    (folder_ / ".err").string() + "'";
        const int status = std::system(command.c_str());
        const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        return {code, read(".out"), read(".err")};
    }

    void write(const std::string& name, const std::string& text) const {
        std::ofstream{folder_ / name, std::ios::binary} << text;
    }
    std::string read(const std::string& name) const {
        std::ifstream in{folder_ / name, std::ios::binary};
        return {std::istreambuf_iterator<char>{in}, {}};
    }
    bool exists(const std::string& name) const { return fs::exists(folder_ / name); }

    static constexpr const char* kSmall = R"(clinicsim: 1
title: A small clinic
run: {seed: 1, start: 2026-01-05, warm_up: 30 days, horizon: 200 days, replications: 4}
clinic: {chairs: 2, open: always, access: walk_in, visit: {infusion: 1 hour}}
patients:
  in_care_at_start: {patients: 20, last_infusion: at_start}
  arrivals: {poisson: {mean: 2, per: week}}
  conditions: {depression: {induction: two, course: relapsing}}
inductions: {two: {visits: 2, gap: 2 days}}
courses: {relapsing: {renewal: {responds: 70 %, relapse: {weibull: {shape: 1.5, median: 30 days}}}}}
policies:
  monthly: {every: 30 days, clock: reset, rescue: {asks_after: 1 day}}
  as_needed: {when: relapse, seen: at_once, asks_after: 1 day}
compare: {baseline: monthly}
)";

    fs::path folder_;
};

}  // namespace clinicsim::cli
