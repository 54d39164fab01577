// The gallery of broken scenarios: every file of tests/golden/faults with the messages that it must
// give. CLINICSIM_UPDATE_GOLDEN=1 writes the messages anew; read the difference before you keep it.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "clinicsim/scenario/scenario.hpp"

namespace clinicsim {
namespace {

namespace fs = std::filesystem;

const fs::path kGallery = fs::path{CLINICSIM_SOURCE_DIR} / "tests/golden/faults";

std::vector<std::string> broken_scenarios() {
    std::vector<std::string> names;
    for (const auto& file : fs::directory_iterator(kGallery))
        if (file.path().extension() == ".yaml") names.push_back(file.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

std::string content_of(const fs::path& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// The metrics that the gallery's targets name.
const std::vector<MetricUnit> kMetrics{{"wait_days_rescue.p95", "days"},
                                       {"wait_days_rescue.mean", "days"},
                                       {"chair_utilisation", "share"}};

ReadResult read_broken(const std::string& name) {
    return read_scenario_text(content_of(kGallery / (name + ".yaml")), name + ".yaml",
                              kGallery.string(), {}, kMetrics);
}

class BrokenScenario : public testing::TestWithParam<std::string> {};

TEST_P(BrokenScenario, GivesItsMessages) {
    const ReadResult result = read_broken(GetParam());
    std::string messages;
    for (const Diagnostic& diagnostic : result.diagnostics) messages += text(diagnostic);
    const fs::path expected = kGallery / (GetParam() + ".txt");
    if (std::getenv("CLINICSIM_UPDATE_GOLDEN") != nullptr) std::ofstream{expected} << messages;
    EXPECT_FALSE(messages.empty());
    EXPECT_EQ(messages, content_of(expected));
}

TEST_P(BrokenScenario, NamesAPlaceForEveryFaultAndGivesAScenarioOnlyWithoutFaults) {
    const ReadResult result = read_broken(GetParam());
    for (const Diagnostic& diagnostic : result.diagnostics) {
        EXPECT_GT(diagnostic.line, 0) << text(diagnostic);
        EXPECT_GT(diagnostic.column, 0) << text(diagnostic);
        EXPECT_FALSE(diagnostic.file.empty());
        EXPECT_FALSE(diagnostic.message.empty());
    }
    EXPECT_EQ(result.scenario.has_value(), !has_errors(result.diagnostics));
}

INSTANTIATE_TEST_SUITE_P(Gallery, BrokenScenario, testing::ValuesIn(broken_scenarios()),
                         [](const auto& each) { return each.param; });

TEST(Gallery, HoldsAtLeastSixtyBrokenScenarios) { EXPECT_GE(broken_scenarios().size(), 60u); }

TEST(Gallery, ReportsAllFaultsOfAFileAtOnce) {
    EXPECT_EQ(read_broken("several_at_once").diagnostics.size(), 4u);
}

}  // namespace
}  // namespace clinicsim
