clinicsim_room(clinic USES base random kernel care SOURCES arrivals.cpp chair_calendar.cpp book.cpp opening_hours.cpp roster.cpp run_care.cpp run_loop.cpp
                       run_resources.cpp run_symptoms.cpp run_visits.cpp without_limits.cpp)
