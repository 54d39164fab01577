// The proof as users have it. All cases run once here: a quarter of a minute of one core.
#include <cmath>
#include <set>

#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace clinicsim::cli {
namespace {

using Json = nlohmann::ordered_json;

class Selftest : public Program {};

TEST_F(Selftest, HoldsForEveryExactCase) {
    const Ended ended = shell("clinicsim selftest --format json");
    EXPECT_EQ(ended.code, 0) << ended.err;
    const Json proof = Json::parse(ended.out);
    const double bound = proof["bound"];
    EXPECT_GT(bound, 4);
    EXPECT_LT(bound, 6);
    std::set<std::string> ids;
    double greatest = 0, squares = 0, varying = 0;
    for (const Json& row : proof["cases"]) {
        for (const char* key : {"case", "quantity", "exact", "estimate", "se", "z"})
            ASSERT_TRUE(row.contains(key)) << row;
        ids.insert(row["case"].get<std::string>());
        ASSERT_TRUE(row["z"].is_number()) << row;
        const double z = row["z"];
        greatest = std::max(greatest, std::abs(z));
        if (row["se"] > 0) squares += z * z, ++varying;
    }
    EXPECT_GE(ids.size(), 60u);
    EXPECT_LE(greatest, bound);
    EXPECT_EQ(proof["all_hold"], true);
    // errors of the size that chance makes: neither hidden by wide bounds nor cut
    EXPECT_NEAR(std::sqrt(squares / varying), 1, 0.25);
}

TEST_F(Selftest, PrintsCaseByCaseAndHowTheBoundWasChosen) {
    const Ended ended = shell("clinicsim selftest --case X01,X02");
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_EQ(ended.out.substr(0, ended.out.find('\n')),
              "case   quantity     exact   estimate   standard error      z");
    EXPECT_TRUE(
        holds(ended.out, "\nX02    mean_wait        2          2                0   0.00\n"))
        << ended.out;
    EXPECT_TRUE(holds(ended.out, "\n6 of 6 numbers of 2 cases hold")) << ended.out;
    EXPECT_TRUE(holds(ended.out, "Bound: |z| <= 4.00: Student's t with 63 degrees of freedom"))
        << ended.out;
    EXPECT_TRUE(holds(ended.out, "Known exactly, but not rerun here:\n  all P: ")) << ended.out;
}

TEST_F(Selftest, GivesTheSameBytesForAnyNumberOfThreads) {
    const std::string line = "clinicsim selftest --case X,C04,S06 --format json --threads ";
    const std::string one = shell(line + "1").out;
    EXPECT_GT(one.size(), 1000u);
    EXPECT_EQ(one, shell(line + "3").out);
}

TEST_F(Selftest, OffersTheCaseThatWasMeant) {
    const Ended ended = shell("clinicsim selftest --case X0l");
    EXPECT_EQ(ended.code, 2);
    EXPECT_TRUE(holds(ended.err, "there is no exact case 'X0l'; did you mean 'X01'?")) << ended.err;
}

}  // namespace
}  // namespace clinicsim::cli
