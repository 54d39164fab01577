clinicsim_tests(care SOURCES policy_test.cpp pathway_test.cpp renewal_test.cpp
                LIBRARIES clinicsim_care Boost::headers)
