clinicsim_room(observe USES base stats clinic
               SOURCES chair_metrics.cpp tallies.cpp run_observer.cpp metrics.cpp money.cpp staff_metrics.cpp unseen.cpp chair_use.cpp)
