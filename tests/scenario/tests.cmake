clinicsim_tests(scenario SOURCES gallery_test.cpp values_test.cpp LIBRARIES clinicsim_scenario)
