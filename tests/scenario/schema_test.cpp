// The schema accepts every scenario that the reader accepts, and knows a slip when it sees one.
#include <cstdlib>
#include <filesystem>

#include "scenario_text.hpp"

namespace clinicsim {
namespace {

namespace fs = std::filesystem;

/// Exit status of the checker for these files.
int check(const std::string& files) {
    const fs::path schema = fs::path{testing::TempDir()} / "clinicsim_schema.json";
    std::ofstream{schema} << json_schema();
    const std::string command = std::string{"python3 "} + CLINICSIM_SOURCE_DIR +
                                "/tests/scenario/schema_check.py " + schema.string() + files;
    return std::system(command.c_str());
}

std::string scenarios_in(const fs::path& folder) {
    std::string files;
    if (fs::exists(folder))
        for (const auto& file : fs::recursive_directory_iterator(folder))
            if (file.path().extension() == ".yaml") files += " '" + file.path().string() + "'";
    return files;
}

TEST(Schema, AcceptsEveryScenarioOfTheProject) {
    const std::string files = scenarios_in(kGolden + "valid") +
                              scenarios_in(std::string{CLINICSIM_SOURCE_DIR} + "/scenarios");
    EXPECT_NE(files.find("booked.yaml"), std::string::npos);
    EXPECT_EQ(check(files), 0);
}

TEST(Schema, RefusesWhatTheReaderRefuses) {
    for (const std::string name :
         {"unknown_key_near", "missing_sections", "number_zero_chairs", "duration_without_unit",
          "share_without_per_cent", "distribution_rate", "distribution_unknown",
          "distribution_two_names", "clinic_access", "course_symptom"}) {
        EXPECT_NE(check(" '" + kGolden + "faults/" + name + ".yaml' > /dev/null"), 0) << name;
    }
}

}  // namespace
}  // namespace clinicsim
