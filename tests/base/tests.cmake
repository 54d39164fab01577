clinicsim_tests(base SOURCES dates_test.cpp diagnostic_test.cpp check_test.cpp likeness_test.cpp
                LIBRARIES clinicsim_base)
