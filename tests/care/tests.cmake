clinicsim_tests(care SOURCES policy_test.cpp pathway_test.cpp renewal_test.cpp symptoms_test.cpp
                        symptoms_reference_test.cpp study_test.cpp study_phases_test.cpp
                LIBRARIES clinicsim_care Boost::headers nlohmann_json::nlohmann_json)
