clinicsim_tests(clinic SOURCES care_stories_test.cpp episode_stories_test.cpp leaving_stories_test.cpp
                LIBRARIES clinicsim_clinic)
