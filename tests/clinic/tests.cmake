clinicsim_tests(clinic SOURCES care_stories_test.cpp episode_stories_test.cpp leaving_stories_test.cpp
                              walk_in_test.cpp booked_test.cpp book_test.cpp book_staff_test.cpp booking_rules_test.cpp booking_laws_test.cpp renewal_laws_test.cpp
                              queue_laws_test.cpp laws_test.cpp patients_test.cpp conservation_test.cpp
                              calendar_test.cpp scale_test.cpp relations_test.cpp
                              appointment_day_test.cpp arrival_test.cpp symptom_stories_test.cpp symptom_laws_test.cpp
                              side_effects_test.cpp severity_test.cpp placebo_test.cpp staff_stories_test.cpp staff_laws_test.cpp
                              guard_test.cpp roster_test.cpp sick_days_test.cpp chairs_test.cpp sites_test.cpp coverage_test.cpp infusion_centre_test.cpp
                LIBRARIES clinicsim_clinic)
