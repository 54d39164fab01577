clinicsim_tests(observe SOURCES observers_test.cpp course_observer_test.cpp everybody_test.cpp chair_use_test.cpp metrics_test.cpp staff_test.cpp
                LIBRARIES clinicsim_observe)
