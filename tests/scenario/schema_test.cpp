// The schema accepts every scenario that the reader accepts, and knows a slip when it sees one.
#include <cstdlib>
#include <filesystem>

#include <sys/wait.h>
#include <unistd.h>

#include "scenario_text.hpp"

namespace clinicsim {
namespace {

namespace fs = std::filesystem;

/// 0 if the schema accepts these files, 3 if not; anything else: the checker itself has failed.
int check(const std::string& files) {
    std::string schema = (fs::temp_directory_path() / "clinicsim_schema_XXXXXX").string();
    const int file = mkstemp(schema.data());  // tests run side by side
    if (file < 0) return -1;
    close(file);
    std::ofstream{schema} << json_schema();
    // Debian's own Python: it is the one that Debian's python3-jsonschema is installed for
    const std::string command = std::string{"/usr/bin/python3 '"} + CLINICSIM_SOURCE_DIR +
                                "/tests/scenario/schema_check.py' '" + schema + "'" + files;
    const int status = std::system(command.c_str());
    fs::remove(schema);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string scenarios_in(const fs::path& folder) {
    std::string files;
    if (fs::exists(folder))
        for (const auto& file : fs::recursive_directory_iterator(folder))
            // a calibration is another kind of file
            if (file.path().extension() == ".yaml" &&
                file.path().string().find("/calibration/") == std::string::npos)
                files += " '" + file.path().string() + "'";
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
          "distribution_two_names", "clinic_access", "symptom_unknown_parameter", "symptom_units",
          "observation_ratings", "study_outcome_kinds", "study_infusions"}) {
        EXPECT_EQ(check(" '" + kGolden + "faults/" + name + ".yaml' > /dev/null"), 3) << name;
    }
}

}  // namespace
}  // namespace clinicsim
