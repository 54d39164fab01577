// The other commands, and input that no clinic would write.
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace clinicsim::cli {
namespace {

class Commands : public Program {
  protected:
    /// Writes mine.yaml by `init`, which says the same on standard output; it has no fault.
    void start_from(const std::string& option) {
        ASSERT_EQ(shell("clinicsim init mine.yaml " + option).code, 0);
        const Ended checked = shell("clinicsim check mine.yaml");
        EXPECT_EQ(checked.code, 0);
        EXPECT_EQ(checked.err, "") << "no warning either";
        EXPECT_EQ(shell("clinicsim init " + option).out, read("mine.yaml"));
    }
};

TEST_F(Commands, CheckNamesEveryFaultWithItsPlace) {
    write("bad.yaml", "clinicsim: 1\ntitle: x\nclinic:\n  chairs: six\ncolour: red\n");
    const Ended ended = shell("clinicsim check bad.yaml");
    EXPECT_EQ(ended.code, 3);
    EXPECT_EQ(ended.out, "");
    EXPECT_TRUE(holds(ended.err, "bad.yaml:4:11: error: clinic.chairs: ")) << ended.err;
    EXPECT_TRUE(holds(ended.err, "  4 |   chairs: six\n    |           ^\n")) << ended.err;
    EXPECT_TRUE(holds(ended.err, "bad.yaml:5:1: error: ")) << ended.err;
}

TEST_F(Commands, CheckEstimatesSizeAndTime) {
    const Ended ended = shell("clinicsim check small.yaml");
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_TRUE(holds(ended.out,
                      "small.yaml: no faults\n  A small clinic\n  size: 2 policies x 4 "
                      "replications, each of about "))
        << ended.out;
    EXPECT_TRUE(holds(ended.out, "  time: ")) << ended.out;
}

TEST_F(Commands, CheckReadsSeveralFilesAndEndsWithTheWorst) {
    write("bad.yaml", "colour: red\n");
    EXPECT_EQ(shell("clinicsim check small.yaml bad.yaml").code, 3);
    EXPECT_EQ(shell("clinicsim check small.yaml none.yaml bad.yaml").code, 4);
}

TEST_F(Commands, OddFilesAreRefusedInWords) {
    write("empty.yaml", "");
    write("bytes.yaml", std::string("\xFF\xFE\x00\x01", 4));
    fs::create_directory(folder_ / "folder.yaml");
    for (const auto& [file, codes] : std::map<std::string, std::set<int>>{{"empty.yaml", {3}},
                                                                          {"bytes.yaml", {3}},
                                                                          {"folder.yaml", {3, 4}},
                                                                          {"none.yaml", {4}}}) {
        for (const char* command : {"run ", "check ", "graph ", "trace --patient 0 "}) {
            const Ended ended = shell(std::string{"clinicsim "} + command + file);
            EXPECT_TRUE(codes.count(ended.code)) << command << file << ": " << ended.code;
            EXPECT_TRUE(holds(ended.err, file)) << ended.err;
            EXPECT_EQ(ended.out, "");
        }
    }
}

TEST_F(Commands, HugeNumbersAreRefusedBeforeTheStart) {
    for (const char* setting :
         {"clinic.chairs=99999999999999999999", "run.replications=1e300",
          "patients.in_care_at_start.patients=99999999999", "run.horizon=1e18 years"}) {
        const Ended ended = shell(std::string{"clinicsim run small.yaml --set '"} + setting + "'");
        EXPECT_EQ(ended.code, 3) << setting << '\n' << ended.err;
    }
}

TEST_F(Commands, TitlesMayBeAnythingAndSteerNothing) {
    std::string text = kSmall;
    text.replace(text.find("A small clinic"), 14, "\"Größe \\x1b[31m \\u009b2J\"");
    write("odd.yaml", text);
    for (const char* line : {"clinicsim run odd.yaml", "clinicsim run odd.yaml --format json",
                             "clinicsim check odd.yaml", "clinicsim graph odd.yaml --no-run",
                             "clinicsim trace odd.yaml --patient s0"}) {
        const Ended ended = shell(line);
        EXPECT_FALSE(holds(ended.out + ended.err, "\x1b")) << line;
        EXPECT_FALSE(holds(ended.out + ended.err, "\xC2\x9b")) << line;
        if (ended.code == 0) {
            EXPECT_TRUE(holds(ended.out, "Größe")) << line;
        } else {
            EXPECT_EQ(ended.code, 3) << line << ended.err;  // or the reader refuses it
        }
    }
}

TEST_F(Commands, InitWritesAScenarioThatRunsAndNeverOverwrites) {
    ASSERT_EQ(shell("clinicsim init mine.yaml").code, 0);
    EXPECT_EQ(shell("clinicsim check mine.yaml").code, 0);
    EXPECT_EQ(shell("clinicsim run mine.yaml --replications 2").code, 0);
    write("mine.yaml", "my work");
    const Ended again = shell("clinicsim init mine.yaml");
    EXPECT_EQ(again.code, 4);
    EXPECT_TRUE(holds(again.err, "is there already"));
    EXPECT_EQ(read("mine.yaml"), "my work");
    EXPECT_EQ(shell("clinicsim init no/such/folder.yaml").code, 4);
    EXPECT_TRUE(holds(shell("clinicsim init").out, "clinicsim: 1\n"));
}

TEST_F(Commands, InitWritesTheWeekOfAClinicInFullWithAPlanThatHasAnAnswer) {
    start_from("--full");
    const Ended ran = shell("clinicsim run mine.yaml --replications 2 --details");
    EXPECT_EQ(ran.code, 0) << ran.err;
    for (const char* part : {"nurse utilisation", "contribution a year", "held time booked",
                             "refilled from the waiting list", "rescues as promised"})
        EXPECT_TRUE(holds(ran.out, part)) << part;
    const Ended planned = shell("clinicsim plan mine.yaml --policy as_needed");
    EXPECT_EQ(planned.code, 0) << planned.out;
    EXPECT_TRUE(holds(planned.out, "Chairs: ")) << planned.out;
    EXPECT_EQ(shell("clinicsim init --full --study").code, 2);
}

TEST_F(Commands, InitWritesAStudyThatRunsWhereOneIsAskedFor) {
    start_from("--study");
    const Ended ran = shell("clinicsim run mine.yaml");
    EXPECT_EQ(ran.code, 0) << ran.out;
    EXPECT_TRUE(holds(ran.out, "\nhazard_ratio ")) << ran.out;
    EXPECT_FALSE(holds(ran.out, "–")) << "every number can be read off";
    EXPECT_EQ(shell("clinicsim trace mine.yaml --patient 3 --arm weekly,monthly").code, 0)
        << "as its first lines say";
}

TEST_F(Commands, ExplainKnowsKeysAndMetrics) {
    const Ended key = shell("clinicsim explain clinic.chairs");
    EXPECT_EQ(key.code, 0);
    EXPECT_TRUE(holds(key.out, "chairs"));
    const Ended metric = shell("clinicsim explain share_of_time_ill");
    EXPECT_EQ(metric.code, 0);
    EXPECT_TRUE(holds(metric.out, "Follow-up spent ill"));
    EXPECT_EQ(shell("clinicsim explain 'share of time ill'").out, metric.out);
    const Ended all = shell("clinicsim explain");
    EXPECT_TRUE(holds(all.out, "chair_utilisation"));
    EXPECT_TRUE(holds(all.out, "patients"));
}

TEST_F(Commands, SchemaIsJsonOfDraftSeven) {
    const Ended ended = shell("clinicsim schema");
    EXPECT_EQ(ended.code, 0);
    const auto schema = nlohmann::json::parse(ended.out);
    EXPECT_TRUE(holds(schema.at("$schema"), "draft-07"));
    EXPECT_TRUE(schema.at("definitions").contains("scenario"));
}

TEST_F(Commands, TraceTellsTheSameStoryEveryTime) {
    const Ended story = shell("clinicsim trace small.yaml --patient s0 --policy monthly");
    EXPECT_EQ(story.code, 0) << story.err;
    EXPECT_TRUE(holds(story.out, "2026-01-05 00:00  in care from the start (depression), well\n"));
    EXPECT_TRUE(holds(story.out, "planned booster begins"));
    EXPECT_EQ(story.out, shell("clinicsim trace small.yaml --patient s0").out);  // the first policy
    EXPECT_NE(story.out, shell("clinicsim trace small.yaml --patient s0 --replication 1").out);
    EXPECT_TRUE(holds(shell("clinicsim trace small.yaml --patient s20").err,
                      "20 were in care at the start (s0 to s19)"));
    EXPECT_TRUE(
        holds(shell("clinicsim trace small.yaml --patient 0").out, "  referred (depression)"));
}

TEST_F(Commands, TraceSetsOnePatientUnderSeveralPoliciesSideBySide) {
    const Ended both = shell("clinicsim trace small.yaml --patient s0 --policy monthly,as_needed");
    EXPECT_EQ(both.code, 0) << both.err;
    EXPECT_TRUE(holds(both.out, "  monthly ")) << both.out;
    EXPECT_TRUE(holds(both.out, "  as_needed")) << both.out;
    EXPECT_TRUE(holds(both.out, "until here the same under all of them")) << both.out;
    const Ended csv =
        shell("clinicsim trace small.yaml --patient s0 --policy monthly,as_needed --format csv");
    EXPECT_EQ(csv.code, 0) << csv.err;
    EXPECT_EQ(csv.out.substr(0, 47), "at,day,monthly.improvement,monthly.rating,month") << csv.out;
}

TEST_F(Commands, TraceSaysWhatDoesNotGoSideBySide) {
    for (const char* wrong :
         {"--policy monthly --format csv", "--format csv", "--policy monthly,no_such",
          "--policy monthly,as_needed --format json",
          "--policy monthly,as_needed --replication -1"}) {
        const Ended ended = shell(std::string{"clinicsim trace small.yaml --patient s0 "} + wrong);
        EXPECT_EQ(ended.code, 2) << wrong << '\n' << ended.out << ended.err;
        EXPECT_FALSE(ended.err.empty()) << wrong;
    }
    const Ended nobody =
        shell("clinicsim trace small.yaml --patient s77 --policy monthly,as_needed");
    EXPECT_EQ(nobody.code, 2);
    EXPECT_TRUE(holds(nobody.err, "there is no patient s77")) << nobody.err;
    EXPECT_EQ(shell("clinicsim trace small.yaml --patient s0 --policy monthly,monthly").code, 0);
}

TEST_F(Commands, GraphDrawsThePathwayWithAndWithoutItsFlows) {
    const Ended flows = shell("clinicsim graph small.yaml --policy monthly");
    EXPECT_EQ(flows.code, 0) << flows.err;
    EXPECT_EQ(flows.out.substr(0, 10), "digraph G ");
    EXPECT_TRUE(holds(flows.out, " patients\""));
    EXPECT_EQ(flows.out, shell("clinicsim graph small.yaml --policy monthly --threads 1").out);
    const Ended bare = shell("clinicsim graph small.yaml --policy monthly --no-run");
    EXPECT_EQ(bare.code, 0);
    EXPECT_TRUE(holds(bare.out, R"(label="induction")"));
    EXPECT_FALSE(holds(bare.out, " patients\""));
    EXPECT_TRUE(holds(shell("clinicsim graph small.yaml --no-run").out, "as_needed"));
}

TEST_F(Commands, GraphSaysWhatIsMissingForAnSvg) {
    fs::create_directory(folder_ / "empty");
    const Ended none = shell("PATH=\"$PWD/empty\" '" CLINICSIM_PROGRAM
                             "' graph small.yaml --policy monthly --no-run --format svg");
    EXPECT_EQ(none.code, 4);
    EXPECT_TRUE(holds(none.err, "apt-get install graphviz")) << none.err;
    EXPECT_EQ(none.out, "");
    const Ended svg = shell("clinicsim graph small.yaml --policy monthly --no-run --format svg");
    if (svg.code == 4) {  // no Graphviz on this machine
        EXPECT_TRUE(holds(svg.err, "apt-get install graphviz")) << svg.err;
    } else {
        EXPECT_EQ(svg.code, 0) << svg.err;
        EXPECT_TRUE(holds(svg.out, "<svg"));
    }
}

/// Two visits of an hour at once for a nurse; the chairs are more.
std::string template_clinic(const std::string& clinic) {
    return "clinicsim: 1\ntitle: A day\nrun: {seed: 1, start: 2026-01-05, warm_up: 0 days, "
           "horizon: "
           "30 days, replications: 2}\nclinic: {chairs: 6, open: {mon-fri: \"08:00-12:00\"}, "
           "access: "
           "booked, " +
           clinic + R"(}
patients:
  arrivals: {poisson: {mean: 1, per: day}}
  conditions: {depression: {induction: single, course: leaves}}
inductions: {single: {visits: 1}}
courses: {leaves: {renewal: {responds: 0 %}}}
policies: {none: {}}
)";
}

TEST_F(Commands, TemplateCountsTheStaffOfTheDay) {
    const std::string visit = "visit: {infusion: {takes: 1 h, needs: {nurse: 1/2}}}";
    write("two.yaml", template_clinic("staff: {nurse: 2}, " + visit));
    const Ended two = shell("clinicsim template two.yaml --patients 8");
    EXPECT_EQ(two.code, 0) << two.err;
    EXPECT_TRUE(holds(two.out,
                      "staff: those on duty can look after 4 visits at once,\nso the day is "
                      "planned as if there were 4 of the 6 chairs"))
        << two.out;
    // the same day as with four chairs and nobody to be short of
    write("four.yaml", template_clinic("visit: {infusion: 1 h}"));
    const Ended four = shell("clinicsim template four.yaml --patients 8 --set clinic.chairs=4");
    const auto key = [](const std::string& out) {
        const auto at = out.find("clinic.booking.template: ");
        return out.substr(at, out.find('\n', at) - at);
    };
    EXPECT_EQ(key(two.out), key(four.out));
    EXPECT_FALSE(holds(four.out, "staff:")) << four.out;
    const Ended six = shell("clinicsim template four.yaml --patients 8");
    EXPECT_NE(key(two.out), key(six.out)) << "the staff would not be seen here";

    write("part.yaml", template_clinic("staff: {nurse: {shifts: [{people: 2}, {people: 1, hours: "
                                       "\"08:00-10:00\"}]}}, " +
                                       visit));
    const Ended part = shell("clinicsim template part.yaml --patients 8");
    EXPECT_TRUE(holds(part.out,
                      "4 to 6 visits at once, 5 on average,\nso the day is planned as if "
                      "there were 5 of the 6 chairs;\nwhen there are fewer"))
        << part.out << part.err;
}

}  // namespace
}  // namespace clinicsim::cli
