clinicsim_room(report USES base stats care scenario clinic observe experiment
               LIBRARIES fmt::fmt nlohmann_json::nlohmann_json
               SOURCES answer.cpp chair_use.cpp calibration.cpp csv.cpp grid.cpp json.cpp json_text.cpp manifest.cpp
                       patient_pair.cpp patient_story.cpp plan.cpp plan_files.cpp results_folder.cpp selftest.cpp shown.cpp published.cpp evidence.cpp evidence_sets.cpp study.cpp study_story.cpp table.cpp
                       text.cpp)
