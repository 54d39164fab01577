clinicsim_room(scenario USES base random care clinic LIBRARIES yaml-cpp PkgConfig::sodium
               SOURCES check_hours.cpp check_phase.cpp check_staff.cpp check_whole.cpp check_workload.cpp context.cpp distribution_rows.cpp estimate.cpp
                       explain.cpp files.cpp keys.cpp keys_booking.cpp keys_clinic.cpp keys_money.cpp keys_patients.cpp keys_plan.cpp
                       keys_policies.cpp keys_run.cpp keys_sites.cpp keys_staff.cpp keys_study.cpp keys_symptom.cpp node.cpp observed_values.cpp
                       overrides.cpp parameter_sets.cpp parse_yaml.cpp plan_names.cpp policy_rows.cpp quantities.cpp
                       read_arrivals.cpp read_attendance.cpp read_booking.cpp read_calibration.cpp read_chairs.cpp read_clinic.cpp read_courses.cpp read_money.cpp
                       read_observation.cpp read_outcomes.cpp read_pathways.cpp
                       read_patients.cpp read_plan.cpp read_policies.cpp read_questions.cpp read_run.cpp
                       read_scenario.cpp read_sites.cpp read_staff.cpp read_study.cpp read_symptom.cpp reader.cpp resolved.cpp rules.cpp schema.cpp sets_csv.cpp sha256.cpp
                       types.cpp utf8.cpp words.cpp)
