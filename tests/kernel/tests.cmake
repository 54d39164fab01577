clinicsim_tests(kernel SOURCES agenda_test.cpp event_list_test.cpp waiting_line_test.cpp
                               servers_test.cpp queueing_test.cpp
                               transient_and_tandem_test.cpp
                LIBRARIES clinicsim_kernel clinicsim_random Boost::headers)
add_executable(mm1_example kernel/mm1_example.cpp)
target_link_libraries(mm1_example PRIVATE clinicsim_kernel clinicsim_random Boost::headers)
add_test(NAME Kernel.AnExampleOnOnePageFindsTheExactMeanWait COMMAND mm1_example)
