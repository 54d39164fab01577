clinicsim_tests(stats SOURCES tally_test.cpp time_weighted_test.cpp histogram_test.cpp
                              interval_test.cpp proportion_test.cpp series_test.cpp
                              survival_test.cpp pooled_survival_test.cpp queueing_test.cpp selection_test.cpp
                              variance_split_test.cpp
                LIBRARIES clinicsim_stats clinicsim_random)
