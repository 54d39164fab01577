// What the command line refuses, and how; what help says.
#include "cli/program.hpp"

namespace clinicsim::cli {
namespace {

class CommandLine : public Program {};

TEST_F(CommandLine, HelpBeginsWithExamplesAndNamesTheExitCodes) {
    const Ended help = shell("clinicsim --help");
    EXPECT_EQ(help.code, 0);
    EXPECT_EQ(help.out.substr(0, 9), "Examples:");
    EXPECT_TRUE(holds(help.out, "130 interrupted"));
    for (const char* command :
         {"run", "check", "graph", "trace", "init", "explain", "schema", "selftest"}) {
        EXPECT_TRUE(holds(help.out, std::string{"\n  "} + command)) << command;
        const Ended own = shell(std::string{"clinicsim "} + command + " --help");
        EXPECT_EQ(own.code, 0) << command;
        EXPECT_EQ(own.out.substr(0, 9), "Examples:") << command;
    }
}

TEST_F(CommandLine, TellsItsVersion) {
    for (const char* flag : {"--version", "-V"}) {
        const Ended version = shell(std::string{"clinicsim "} + flag);
        EXPECT_EQ(version.code, 0);
        EXPECT_EQ(version.out.substr(0, 10), "clinicsim ");
    }
}

TEST_F(CommandLine, EndsWithTwoWhereItIsWrong) {
    for (const char* line : {"clinicsim",
                             "clinicsim rnu small.yaml",
                             "clinicsim run",
                             "clinicsim run small.yaml --polcy x",
                             "clinicsim run small.yaml other.yaml",
                             "clinicsim run small.yaml --seed banana",
                             "clinicsim run small.yaml --seed -1",
                             "clinicsim run small.yaml --replications 0",
                             "clinicsim run small.yaml --replications -1",
                             "clinicsim trace small.yaml --patient 0 --replication -1",
                             "clinicsim run small.yaml --seed 99999999999999999999",
                             "clinicsim run small.yaml --threads 0",
                             "clinicsim run small.yaml --format xml",
                             "clinicsim run small.yaml --set chairs",
                             "clinicsim run small.yaml --precision 0",
                             "clinicsim run small.yaml --precision 5x",
                             "clinicsim run small.yaml --policy mothly",
                             "clinicsim trace small.yaml",
                             "clinicsim trace small.yaml --patient x",
                             "clinicsim trace small.yaml --patient 100000",
                             "clinicsim explain clinic.chiars",
                             "clinicsim selftest small.yaml",
                             "clinicsim selftest --case Z01",
                             "clinicsim selftest --format csv",
                             "clinicsim graph small.yaml --format svg"}) {
        const Ended ended = shell(line);
        EXPECT_EQ(ended.code, 2) << line << '\n' << ended.err;
        EXPECT_EQ(ended.out, "") << line;
        EXPECT_NE(ended.err, "") << line;
    }
}

TEST_F(CommandLine, OffersTheNameThatWasMeant) {
    EXPECT_TRUE(holds(shell("clinicsim rnu small.yaml").err, "did you mean 'run'?"));
    EXPECT_TRUE(
        holds(shell("clinicsim run small.yaml --policy mothly").err, "did you mean 'monthly'?"));
    EXPECT_TRUE(holds(shell("clinicsim explain clinic.chiars").err, "did you mean 'chairs'?"));
    EXPECT_TRUE(holds(shell("clinicsim explain share_of_time_il").err,
                      "did you mean 'share_of_time_ill'?"));
}

TEST_F(CommandLine, NeverSendsControlCharactersToATerminal) {
    for (const char* line : {R"(clinicsim $'r\x1b[31mun')", R"(clinicsim run $'x\x1b[2J.yaml')",
                             R"(clinicsim run small.yaml --policy $'\x1b[5m')",
                             R"(clinicsim run small.yaml $'--x\x1b[5m')",
                             R"(clinicsim run small.yaml --set $'clinic.\x1b[5m=3')"}) {
        const Ended ended = shell(line);
        EXPECT_NE(ended.code, 0) << line;
        EXPECT_FALSE(holds(ended.out + ended.err, "\x1b")) << line;
    }
}

}  // namespace
}  // namespace clinicsim::cli
