clinicsim_tests(scenario SOURCES staff_test.cpp calibration_test.cpp gallery_test.cpp gets_test.cpp hostile_test.cpp overrides_test.cpp
                                 parameter_sets_test.cpp plan_test.cpp quantities_test.cpp rows_test.cpp scales_test.cpp sites_test.cpp schema_test.cpp study_test.cpp symptom_test.cpp
                                 values_test.cpp defaults_test.cpp
                LIBRARIES clinicsim_scenario)
