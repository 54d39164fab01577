clinicsim_tests(cli PROGRAM SOURCES calibrate_test.cpp command_line_test.cpp commands_test.cpp plan_test.cpp run_test.cpp selftest_test.cpp study_test.cpp
                LIBRARIES nlohmann_json::nlohmann_json)
