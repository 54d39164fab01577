clinicsim_room(observe USES base stats clinic
               SOURCES tallies.cpp run_observer.cpp metrics.cpp money.cpp staff_metrics.cpp chair_use.cpp)
