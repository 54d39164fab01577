clinicsim_tests(experiment SOURCES workers_test.cpp fold_test.cpp over_sets_test.cpp accepted_intervals_test.cpp estimates_test.cpp run_test.cpp clinic_test.cpp day_template_test.cpp without_limits_test.cpp chair_use_test.cpp study_test.cpp study_run_test.cpp study_trials_test.cpp
                           selftest_test.cpp search_test.cpp calibrate_test.cpp plan_test.cpp plan_choices_test.cpp plan_growth_test.cpp plan_search_test.cpp plan_confirm_test.cpp
                LIBRARIES clinicsim_experiment)
