clinicsim_room(clinic USES base random kernel care SOURCES arrivals.cpp book.cpp opening_hours.cpp run_care.cpp run_loop.cpp run_symptoms.cpp
                       run_visits.cpp without_limits.cpp)
