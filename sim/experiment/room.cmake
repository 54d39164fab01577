clinicsim_room(experiment USES base random stats scenario clinic observe LIBRARIES Threads::Threads PkgConfig::nlopt
               SOURCES workers.cpp fold.cpp run.cpp study.cpp calibrate.cpp search.cpp
                       selftest.cpp exact_cases.cpp exact_queues.cpp exact_policies.cpp)
