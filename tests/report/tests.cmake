clinicsim_tests(report SOURCES csv_test.cpp chair_use_test.cpp json_test.cpp patient_pair_test.cpp patient_story_test.cpp plan_test.cpp
                               results_folder_test.cpp selftest_test.cpp shipped_fit_test.cpp study_story_test.cpp study_test.cpp table_test.cpp text_test.cpp
                LIBRARIES clinicsim_report nlohmann_json::nlohmann_json)
target_include_directories(test_report PRIVATE ${CMAKE_SOURCE_DIR}/sim/report)  # text.hpp
