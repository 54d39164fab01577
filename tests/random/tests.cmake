find_path(RANDOM123_INCLUDE Random123/philox.h REQUIRED)  # the oracle of our Philox
clinicsim_tests(random SOURCES engine_test.cpp normal_test.cpp distribution_test.cpp draws_test.cpp
                LIBRARIES clinicsim_random Boost::headers)
target_include_directories(test_random SYSTEM PRIVATE ${RANDOM123_INCLUDE})
