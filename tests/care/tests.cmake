clinicsim_tests(care SOURCES policy_test.cpp pathway_test.cpp renewal_test.cpp symptoms_test.cpp
                        symptoms_reference_test.cpp study_test.cpp study_phases_test.cpp study_screening_test.cpp study_telling_test.cpp therapy_test.cpp
                LIBRARIES clinicsim_care Boost::headers nlohmann_json::nlohmann_json)

# A million patients a side: optimised and without sanitizers in every build, so that it takes seconds.
# The rooms' libraries may be sanitized, so their few sources are compiled again.
add_executable(test_observation_law
  care/observation_law_test.cpp
  ${CMAKE_SOURCE_DIR}/sim/care/symptoms.cpp ${CMAKE_SOURCE_DIR}/sim/care/symptom_defaults.cpp
  ${CMAKE_SOURCE_DIR}/sim/base/check.cpp ${CMAKE_SOURCE_DIR}/sim/base/dates.cpp)
target_include_directories(test_observation_law PRIVATE ${CMAKE_SOURCE_DIR}/include)
target_compile_options(test_observation_law PRIVATE -Wall -Wextra -Wconversion -Wshadow -Werror
  -ffp-contract=off -O2)
target_link_libraries(test_observation_law PRIVATE GTest::gtest_main Threads::Threads Boost::headers)
set_target_properties(test_observation_law PROPERTIES INTERPROCEDURAL_OPTIMIZATION OFF)
gtest_discover_tests(test_observation_law DISCOVERY_MODE PRE_TEST)
