clinicsim_room(experiment USES base random stats scenario clinic observe LIBRARIES Threads::Threads PkgConfig::nlopt
               SOURCES workers.cpp estimates.cpp fold.cpp chair_use.cpp run.cpp study.cpp study_readings.cpp study_trials.cpp over_sets.cpp calibrate.cpp search.cpp day_template.cpp
                       selftest.cpp exact_booking.cpp exact_cases.cpp exact_queues.cpp exact_policies.cpp
                       plan.cpp plan_around.cpp plan_choices.cpp plan_closure.cpp plan_conclude.cpp plan_confirm.cpp plan_formula.cpp plan_growth.cpp
                       plan_judge.cpp plan_ladder.cpp plan_question.cpp plan_rounds.cpp plan_runs.cpp plan_search.cpp plan_select.cpp plan_shortage.cpp)
