clinicsim_room(clinic USES base random kernel care
               SOURCES arrivals.cpp book.cpp book_search.cpp book_staff.cpp chair_calendar.cpp coverage.cpp
                       opening_hours.cpp roster.cpp run_attendance.cpp run_booking.cpp run_care.cpp
                       run_loop.cpp run_laws.cpp run_resources.cpp run_rules.cpp run_sick_days.cpp run_sites.cpp run_symptoms.cpp
                       run_visits.cpp run_waiting_list.cpp sites.cpp without_limits.cpp)
